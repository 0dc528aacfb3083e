"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table and the index of the quotations."""
    op.create_table(
        "document",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("by_url", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("redacted_at", sa.Text(), nullable=True),
        sa.Column("because", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("id"),
    )
    op.create_table(
        "row",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("actor_key", sa.Text(), nullable=False),
        sa.Column("asset", sa.Text(), nullable=False),
        sa.Column("place_key", sa.Text(), nullable=False),
        sa.Column("site_key", sa.Text(), nullable=False),
        sa.Column("component_key", sa.Text(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=True),
        sa.Column("last_day", sa.Integer(), nullable=True),
        sa.Column("latest_day", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("row_actor", "row", ["actor_key"], unique=False)
    op.create_index("row_place", "row", ["place_key"], unique=False)
    op.create_index("row_site", "row", ["site_key"], unique=False)
    op.create_table(
        "tick",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sqlite_autoincrement=True,
    )
    op.create_index("tick_at", "tick", ["at"], unique=False)
    op.create_table(
        "unit",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("relation", sa.Text(), nullable=True),
        sa.Column("dates", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("id"),
    )
    op.create_table(
        "unit_name",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", "unit_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "judgement",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("document_pk", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("same_as", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("applies_to", sa.Text(), nullable=True),
        sa.Column("withdrawn_seq", sa.Integer(), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("withdrawn_because", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_pk"],
            ["document.pk"],
        ),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("judgement_claim", "judgement", ["claim_id"], unique=False)
    op.create_index("judgement_document", "judgement", ["document_pk"], unique=False)
    op.create_index(
        "judgement_same_as", "judgement", ["same_as"], unique=False, sqlite_where=sa.text("same_as IS NOT NULL")
    )
    op.create_table(
        "version",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("document_pk", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("obtained", sa.Text(), nullable=False),
        sa.Column("obtained_at", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_pk"],
            ["document.pk"],
        ),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("document_pk", "sha256", name="version_once"),
    )
    op.create_index("version_sha256", "version", ["sha256"], unique=False)
    op.create_table(
        "body",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("version_pk", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_pk"],
            ["version.pk"],
        ),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("version_pk", "sha256", name="body_once"),
    )
    op.create_table(
        "claim",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version_pk", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("asset", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("asset_text", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column("quantity_text", sa.Text(), nullable=True),
        sa.Column("low", sa.Integer(), nullable=True),
        sa.Column("high", sa.Integer(), nullable=True),
        sa.Column("hedge", sa.Text(), nullable=True),
        sa.Column("when_text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_pk"],
            ["version.pk"],
        ),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("claim_version", "claim", ["version_pk"], unique=False)
    op.create_table(
        "reading",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("version_pk", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("text_known", sa.Boolean(), nullable=False),
        sa.Column("body_pk", sa.Integer(), nullable=True),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("rights", sa.Text(), nullable=True),
        sa.Column("more", sa.Text(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_pk"],
            ["body.pk"],
        ),
        sa.ForeignKeyConstraint(
            ["version_pk"],
            ["version.pk"],
        ),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("version_pk", "digest", name="reading_once"),
    )
    op.create_table(
        "edition",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("document_pk", sa.Integer(), nullable=False),
        sa.Column("version_pk", sa.Integer(), nullable=False),
        sa.Column("reading_pk", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("voice_key", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=True),
        sa.Column("said_day", sa.Integer(), nullable=False),
        sa.Column("known", sa.Text(), nullable=False),
        sa.Column("known_basis", sa.Text(), nullable=False),
        sa.Column("known_day", sa.Integer(), nullable=False),
        sa.Column("next_known_day", sa.Integer(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_pk"],
            ["document.pk"],
        ),
        sa.ForeignKeyConstraint(
            ["reading_pk"],
            ["reading.pk"],
        ),
        sa.ForeignKeyConstraint(
            ["version_pk"],
            ["version.pk"],
        ),
        sa.PrimaryKeyConstraint("pk"),
    )
    op.create_index("edition_document", "edition", ["document_pk"], unique=False)
    op.create_index("edition_reading", "edition", ["reading_pk"], unique=False)
    op.create_index(
        "edition_series", "edition", ["series", "said_day"], unique=False, sqlite_where=sa.text("series IS NOT NULL")
    )
    op.create_table(
        "meaning",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("reading_pk", sa.Integer(), nullable=False),
        sa.Column("claim_pk", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("actor_iso3", sa.Text(), nullable=True),
        sa.Column("place_iso3", sa.Text(), nullable=True),
        sa.Column("place_found", sa.Text(), nullable=True),
        sa.Column("origin_iso3", sa.Text(), nullable=True),
        sa.Column("origin_found", sa.Text(), nullable=True),
        sa.Column("when_start", sa.Text(), nullable=True),
        sa.Column("when_end", sa.Text(), nullable=True),
        sa.Column("when_more", sa.Text(), nullable=True),
        sa.Column("sources", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim_pk"],
            ["claim.pk"],
        ),
        sa.ForeignKeyConstraint(
            ["reading_pk"],
            ["reading.pk"],
        ),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("reading_pk", "claim_pk", name="meaning_once"),
    )
    op.create_index("meaning_claim", "meaning", ["claim_pk"], unique=False)
    op.create_table(
        "standing",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("edition_pk", sa.Integer(), nullable=False),
        sa.Column("claim_pk", sa.Integer(), nullable=False),
        sa.Column("meaning_pk", sa.Integer(), nullable=False),
        sa.Column("row_pk", sa.Integer(), nullable=True),
        sa.Column("bucket", sa.Text(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.Column("known_day", sa.Integer(), nullable=False),
        sa.Column("next_known_day", sa.Integer(), nullable=True),
        sa.Column("said_day", sa.Integer(), nullable=False),
        sa.Column("valid_start", sa.Integer(), nullable=False),
        sa.Column("sort_day", sa.Integer(), nullable=False),
        sa.Column("voice_key", sa.Text(), nullable=False),
        sa.Column("actor_key", sa.Text(), nullable=False),
        sa.Column("asset", sa.Text(), nullable=False),
        sa.Column("place_key", sa.Text(), nullable=False),
        sa.Column("site_key", sa.Text(), nullable=False),
        sa.Column("origin_key", sa.Text(), nullable=False),
        sa.Column("unit_key", sa.Text(), nullable=False),
        sa.Column("bounded", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.Column("corrections", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim_pk"],
            ["claim.pk"],
        ),
        sa.ForeignKeyConstraint(
            ["edition_pk"],
            ["edition.pk"],
        ),
        sa.ForeignKeyConstraint(
            ["meaning_pk"],
            ["meaning.pk"],
        ),
        sa.ForeignKeyConstraint(
            ["row_pk"],
            ["row.pk"],
        ),
        sa.PrimaryKeyConstraint("pk"),
    )
    op.create_index("standing_actor", "standing", ["actor_key", "bucket", "sort_day"], unique=False)
    op.create_index("standing_claim", "standing", ["claim_pk"], unique=False)
    op.create_index("standing_edition", "standing", ["edition_pk"], unique=False)
    op.create_index(
        "standing_origin",
        "standing",
        ["origin_key", "sort_day"],
        unique=False,
        sqlite_where=sa.text("origin_key != ''"),
    )
    op.create_index("standing_place", "standing", ["place_key", "bucket", "sort_day"], unique=False)
    op.create_index("standing_row", "standing", ["row_pk", "voice_key", "bounded", "sort_day"], unique=False)
    op.create_index("standing_site", "standing", ["site_key"], unique=False)
    op.create_index("standing_unit", "standing", ["unit_key"], unique=False, sqlite_where=sa.text("unit_key != ''"))
    op.create_table(
        "row_voice",
        sa.Column("row_pk", sa.Integer(), nullable=False),
        sa.Column("voice_key", sa.Text(), nullable=False),
        sa.Column("standing_pk", sa.Integer(), nullable=False),
        sa.Column("sort_day", sa.Integer(), nullable=False),
        sa.Column("quantity_text", sa.Text(), nullable=True),
        sa.Column("low", sa.Integer(), nullable=True),
        sa.Column("high", sa.Integer(), nullable=True),
        sa.Column("hedge", sa.Text(), nullable=True),
        sa.Column("located", sa.Boolean(), nullable=False),
        sa.Column("citation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["row_pk"],
            ["row.pk"],
        ),
        sa.ForeignKeyConstraint(
            ["standing_pk"],
            ["standing.pk"],
        ),
        sa.PrimaryKeyConstraint("row_pk", "voice_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("row_voice_standing", "row_voice", ["standing_pk"], unique=False)
    op.execute(
        "CREATE VIRTUAL TABLE quotation USING fts5(quote, content='claim', content_rowid='pk', "
        'tokenize="unicode61 remove_diacritics 2")'
    )
    op.execute(
        "CREATE TRIGGER quotation_in AFTER INSERT ON claim BEGIN "
        "INSERT INTO quotation (rowid, quote) VALUES (new.pk, new.quote); END"
    )
    op.execute(
        "CREATE TRIGGER quotation_out AFTER DELETE ON claim BEGIN "
        "INSERT INTO quotation (quotation, rowid, quote) VALUES ('delete', old.pk, old.quote); END"
    )


def downgrade() -> None:
    """There is nothing older."""
    raise NotImplementedError("the first tables have nothing before them")
