"""A ledger from before there was gathering goes on being one."""

import sqlite3

from garrison.ledger import Ledger, gathered
from garrison.ledger.tables import REVISION

TEXT = "Russia keeps 7,000 troops in Tajikistan."


def test_a_ledger_of_the_first_tables_is_brought_up_to_date_and_keeps_its_claims(tmp_path, claim, reading):
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.record(reading(TEXT, claim(TEXT)))
    with sqlite3.connect(path) as driver:
        for table in ("host", "page", "archived", "delivery", "notice", "noticed"):
            driver.execute(f"DROP TABLE {table}")
        driver.execute("ALTER TABLE claim DROP COLUMN part")
        indexes = ("standing_said", "standing_fine", "standing_base", "standing_named", "standing_valid")
        newest = ("standing_actor_said", "standing_place_said", "standing_voice_said")
        for index in (*indexes, *newest, "standing_known", "edition_since", "edition_until", "document_redacted"):
            driver.execute(f"DROP INDEX {index}")
        driver.execute("ALTER TABLE standing DROP COLUMN fine")
        driver.execute("ALTER TABLE meaning DROP COLUMN made_by")
        driver.execute("ALTER TABLE reading DROP COLUMN sure")
        driver.execute("UPDATE alembic_version SET version_num = '0001'")
    with Ledger.open(path) as ledger:
        assert [(each.quote, each.part) for each in ledger.claims()] == [(TEXT, "text")]
        assert gathered.hosts(ledger.session) == {}
    with sqlite3.connect(path) as driver:
        assert driver.execute("SELECT version_num FROM alembic_version").fetchone() == (REVISION,)


def test_the_migrated_tables_are_those_that_the_program_knows(tmp_path):
    from garrison.ledger.tables import metadata

    path = tmp_path / "ledger.db"
    Ledger.open(path).close()
    with sqlite3.connect(path) as driver:
        for table in ("claim", "host", "page", "archived", "delivery", "notice", "noticed"):
            made = [row[1] for row in driver.execute(f"PRAGMA table_info({table})")]
            assert made == [column.name for column in metadata.tables[table].c]
