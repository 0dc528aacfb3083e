from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from garrison.ledger import Ledger, lock, session
from garrison.pipeline.picture import posture
from garrison.vocabulary import LedgerError

TEXT = "Russia keeps 7,000 troops in Tajikistan."
NOBODY = 65534


def test_a_new_ledger_makes_its_folders_and_opens_again(tmp_path, claim, reading):
    path = tmp_path / "a" / "b" / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.record(reading(TEXT, claim(TEXT)))
    with Ledger.open(path, create=False) as ledger:
        assert ledger.path == path and len(list(ledger.claims())) == 1


def test_an_absent_ledger_is_not_made_unasked(tmp_path):
    with pytest.raises(LedgerError, match="there is no ledger at"):
        Ledger.open(tmp_path / "none.db", create=False)
    assert not (tmp_path / "none.db").exists()


def test_an_empty_file_becomes_a_ledger(tmp_path):
    path = tmp_path / "empty.db"
    path.touch()
    with Ledger.open(path) as ledger:
        assert list(ledger.documents()) == []


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("These are my notes. " * 200)
    with pytest.raises(LedgerError, match="is not a ledger: it is no SQLite file"):
        Ledger.open(path)
    assert path.read_text().startswith("These are my notes.")


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as driver:
        driver.execute("CREATE TABLE song (title TEXT)")
    with pytest.raises(LedgerError, match="no ledger of Garrison"):
        Ledger.open(path)
    with sqlite3.connect(path) as driver:
        assert driver.execute("SELECT name FROM sqlite_master").fetchall() == [("song",)]


def test_a_ledger_of_a_newer_version_is_refused(tmp_path):
    path = tmp_path / "ledger.db"
    Ledger.open(path).close()
    with sqlite3.connect(path) as driver:
        driver.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LedgerError, match=r"newer Garrison \(tables 9999"):
        Ledger.open(path)


def test_a_folder_is_no_ledger(tmp_path):
    with pytest.raises(LedgerError, match="is a folder"):
        Ledger.open(tmp_path)


def test_a_file_in_the_way_of_a_folder_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(LedgerError, match=r"no ledger can be kept|no permission"):
        Ledger.open(tmp_path / "file" / "ledger.db")


def test_a_damaged_ledger_is_told(tmp_path, claim, reading):
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.record(reading(TEXT, claim(TEXT)))
    data = bytearray(path.read_bytes())
    data[4096:] = b"\x5a" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(LedgerError, match="damaged"), Ledger.open(path) as ledger:
        list(ledger.claims())


def test_a_ledger_opened_for_reading_answers_and_refuses_to_record(tmp_path, claim, reading):
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.record(reading(TEXT, claim(TEXT)))
    with Ledger.open(path, read_only=True) as ledger:
        assert len(list(ledger.claims())) == 1
        with pytest.raises(LedgerError, match="opened for reading only"):
            ledger.record(reading("More."))


def as_nobody(code: str) -> subprocess.CompletedProcess[str]:
    """Run ``code`` as a user without rights, when the tests run as root; else as this user."""
    imports = (
        "import os; from pathlib import Path; from garrison.ledger import Ledger\n"
        "from garrison.ledger import asking, citing, documents, session, unit_names\n"
        f"if os.getuid() == 0: os.setgid({NOBODY}); os.setuid({NOBODY})\n"
    )
    return subprocess.run([sys.executable, "-c", imports + code], capture_output=True, text=True, check=False)


@pytest.fixture
def open_folder():
    """A folder that every user may reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(folder)


def test_a_file_that_may_only_be_read_is_read_and_not_written(open_folder, claim, reading):
    path = open_folder / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.record(reading(TEXT, claim(TEXT)))
    path.chmod(0o444)
    open_folder.chmod(0o555)
    done = as_nobody(
        f"with Ledger.open(Path({str(path)!r})) as ledger:\n"
        "    print(len(list(ledger.claims())))\n"
        "    ledger.import_units([{'id': 'a', 'names': 'A'}])"
    )
    assert done.stdout == "1\n"
    assert "LedgerError" in done.stderr and "for reading only" in done.stderr


def test_a_folder_without_permission_is_named(open_folder):
    open_folder.chmod(0o555)
    path = open_folder / "ledger.db"
    done = as_nobody(f"Ledger.open(Path({str(path)!r}))")
    assert "LedgerError: no permission to make a ledger in" in done.stderr


def test_an_up_to_date_ledger_opens_without_the_migrations(tmp_path):
    path = tmp_path / "ledger.db"
    Ledger.open(path).close()
    code = (
        "import sys; from pathlib import Path; from garrison.ledger import Ledger\n"
        "assert 'sqlalchemy' not in sys.modules\n"
        f"Ledger.open(Path({str(path)!r})).close()\n"
        "assert 'sqlalchemy' in sys.modules and 'alembic' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_migrations_make_the_tables_that_the_code_has(tmp_path):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from garrison.ledger.tables import metadata

    with Ledger.open(tmp_path / "ledger.db") as ledger:
        context = MigrationContext.configure(ledger.session.connection)
        different = [
            change
            for change in compare_metadata(context, metadata)
            if not (change[0] == "remove_table" and change[1].name.startswith("quotation"))
        ]
    assert different == []


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the write lock of the ledger."""
    path = tmp_path / "ledger.db"
    Ledger.open(path).close()
    code = (
        "import sqlite3, sys, time\n"
        f"driver = sqlite3.connect({str(path)!r}, isolation_level=None)\n"
        "driver.execute('BEGIN IMMEDIATE'); print('held', flush=True); sys.stdin.readline(); driver.execute('COMMIT')"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    yield path, process
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()


def test_a_locked_ledger_names_who_holds_it(holder, reading, monkeypatch):
    path, process = holder
    monkeypatch.setattr(session, "WAIT_S", 0.1)
    with Ledger.open(path) as ledger, pytest.raises(LedgerError, match=r"is locked by .*close it") as error:
        ledger.record(reading("Quiet."))
    if Path("/proc").exists():
        assert str(process.pid) in str(error.value)


def test_waiting_for_a_lock_is_said_and_ends_when_it_is_free(holder, reading, caplog):
    path, process = holder

    def let_go(*_):
        process.stdin.write("\n")
        process.stdin.flush()
        return ("process 1 (other)",)

    with Ledger.open(path) as ledger, pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "holders", let_go)
        assert ledger.record(reading("Quiet.")).outcome == "new"
    assert "is being written by process 1 (other); waiting up to 30 s" in caplog.text


def test_a_locked_ledger_can_still_be_read(holder):
    path, _ = holder
    with Ledger.open(path) as ledger:
        assert list(ledger.claims()) == []


def test_nobody_else_holds_a_file_that_only_this_process_opened(tmp_path):
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        assert lock.holders(ledger.path) == ()


def test_a_full_disk_is_told_and_leaves_whole_versions(tmp_path, claim, reading):
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.record(reading(TEXT, claim(TEXT)))
        pages = ledger.session.sql("PRAGMA page_count").scalar()
        ledger.session.sql(f"PRAGMA max_page_count = {pages + 20}")
        long = "Russia keeps troops in Tajikistan. " + "And so on. " * 200_000
        with pytest.raises(LedgerError, match="no space left"):
            ledger.record(reading(long, claim(long, quote="Russia keeps troops in Tajikistan.")))
        assert len(list(ledger.documents())) == 1
        ledger.session.sql("PRAGMA max_page_count = 1073741823")
        assert ledger.record(reading(long, claim(long, quote="Russia keeps troops in Tajikistan."))).outcome == "new"


def test_a_full_disk_within_a_batch_leaves_whole_versions(tmp_path, claim, reading):
    path = tmp_path / "ledger.db"
    long = "Russia keeps troops in Tajikistan. " + "And so on. " * 200_000
    with Ledger.open(path) as ledger:
        ledger.session.sql(f"PRAGMA max_page_count = {ledger.session.sql('PRAGMA page_count').scalar() + 60}")
        with ledger.recording():
            ledger.record(reading(TEXT, claim(TEXT)))
            with pytest.raises(LedgerError, match="no space left"):
                ledger.record(reading(long, claim(long, quote="Russia keeps troops in Tajikistan.")))
    with Ledger.open(path) as ledger:
        assert all(entry.claims == 1 for entry in ledger.documents())
        assert ledger.session.sql("PRAGMA integrity_check").scalar() == "ok"


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from conftest import make_claim, make_reading
from garrison.ledger import Ledger
with Ledger.open(Path({path!r})) as ledger, ledger.recording():
    for number in range({first}, {last}):
        text = f"Russia keeps {{number}} troops in Tajikistan. Russia keeps {{number}} tanks in Tajikistan."
        quotes = [part + "." for part in text.split(".") if part.strip()]
        ledger.record(make_reading(text, *(make_claim(text, quote.strip(), number) for quote in quotes)))
        print(number, flush=True)
"""


def writer(path: Path, first: int, last: int) -> subprocess.Popen[str]:
    code = WRITER.format(tests=str(Path(__file__).parents[1]), path=str(path), first=first, last=last)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)


def test_a_batch_killed_in_the_middle_leaves_whole_versions(tmp_path):
    path = tmp_path / "ledger.db"
    process = writer(path, 0, 100_000)
    for line in process.stdout:
        if int(line) >= 450:
            break
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    with Ledger.open(path) as ledger:
        entries = list(ledger.documents())
        assert len(entries) >= 200
        assert all(entry.claims == 2 for entry in entries)
        assert len(list(ledger.claims())) == 2 * len(entries)
        assert ledger.session.sql("PRAGMA foreign_key_check").all() == []
        assert ledger.session.sql("PRAGMA integrity_check").scalar() == "ok"


def test_two_writers_at_once_both_get_their_say(tmp_path):
    path = tmp_path / "ledger.db"
    processes = [writer(path, 0, 60), writer(path, 30, 90)]
    for process in processes:
        process.communicate()
        assert process.returncode == 0
    with Ledger.open(path) as ledger:
        assert len(list(ledger.documents())) == 90
        assert len(list(ledger.claims())) == 180


@pytest.mark.parametrize("read_only", [False, True])
def test_a_ledger_of_older_filing_is_filed_anew_when_it_is_opened(tmp_path, claim, reading, read_only):
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.record(reading(TEXT, claim(TEXT)))
        kept = posture(ledger).rows
        with ledger.session.writing():
            ledger.session.sql("UPDATE edition SET voice_key = 'as it was', digest = ''")
            ledger.session.sql("DELETE FROM row_voice")
            ledger.session.sql("PRAGMA user_version = 0")
    with Ledger.open(path, create=False, read_only=read_only) as ledger:
        assert posture(ledger).rows == kept and len(kept) == 1
        now = ledger.session.sql("SELECT voice_key FROM edition WHERE until IS NULL").scalars().all()
        assert now == ["herald"]


def test_who_passes_over_all_of_a_ledger_does_not_hold_it_mapped_into_memory(ledger):
    mapped = ledger.session.sql("PRAGMA mmap_size").scalar_one()
    with ledger.session.unmapped():
        assert ledger.session.sql("PRAGMA mmap_size").scalar_one() == 0
    assert ledger.session.sql("PRAGMA mmap_size").scalar_one() == mapped
