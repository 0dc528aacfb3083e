"""The ledger's tables. What each one is for stands in ``docs/decisions/storage.md``."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

REVISION = "0010"
KNOWN_REVISIONS = frozenset({"0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", REVISION})
# "garr": tells a ledger from any other SQLite file.
APPLICATION_ID = 0x67617272

# The way in which claims are filed under voices, rows and places (``keys``, ``standing``, ``rows``); when it changes, a
# ledger that is opened is filed anew.
FILING = 1

metadata = MetaData()


def _pk() -> Column[int]:
    return Column("pk", Integer, primary_key=True)


def _ref(name: str, target: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, Integer, ForeignKey(f"{target}.pk"), nullable=nullable)


# Every change of the ledger has a tick; seq never repeats nor runs backward, at never runs backward either.
tick = Table(
    "tick",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Index("tick_at", "at"),
    sqlite_autoincrement=True,
)

document = Table(
    "document",
    metadata,
    _pk(),
    Column("id", Text, nullable=False, unique=True),
    Column("by_url", Boolean, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("redacted_at", Text),
    Column("because", Text),
    Index("document_redacted", "redacted_at", sqlite_where=text("redacted_at IS NOT NULL")),
)

version = Table(
    "version",
    metadata,
    _pk(),
    _ref("document_pk", "document"),
    Column("sha256", Text, nullable=False),
    Column("obtained", Text, nullable=False),
    Column("obtained_at", Text, nullable=False),
    Column("location", Text),
    Column("seq", Integer, nullable=False),
    UniqueConstraint("document_pk", "sha256", name="version_once"),
    Index("version_sha256", "sha256"),
)

body = Table(
    "body",
    metadata,
    _pk(),
    _ref("version_pk", "version"),
    Column("sha256", Text, nullable=False),
    Column("text", Text, nullable=False),
    UniqueConstraint("version_pk", "sha256", name="body_once"),
)

reading = Table(
    "reading",
    metadata,
    _pk(),
    _ref("version_pk", "version"),
    Column("digest", Text, nullable=False),
    Column("reader", Text, nullable=False),
    Column("extractor", Text, nullable=False),
    Column("claimed_by", Text),
    Column("text_known", Boolean, nullable=False),
    Column("sure", Float, nullable=False, server_default="0"),
    _ref("body_pk", "body", nullable=True),
    Column("text_hash", Text, nullable=False),
    Column("title", Text),
    Column("published", Text),
    Column("outlet", Text),
    Column("url", Text),
    Column("language", Text),
    Column("rights", Text),
    Column("more", Text),
    Column("seq", Integer, nullable=False),
    UniqueConstraint("version_pk", "digest", name="reading_once"),
)

claim = Table(
    "claim",
    metadata,
    _pk(),
    Column("id", Text, nullable=False, unique=True),
    _ref("version_pk", "version"),
    Column("seq", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("span_start", Integer),
    Column("span_end", Integer),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("asset", Text, nullable=False),
    Column("measure", Text, nullable=False),
    Column("asset_text", Text),
    Column("unit", Text),
    Column("place", Text),
    Column("origin", Text),
    Column("quantity_text", Text),
    Column("low", Integer),
    Column("high", Integer),
    Column("hedge", Text),
    Column("when_text", Text),
    # The part of the document that the span counts in: "text" or "headline".
    Column("part", Text, nullable=False, server_default="text"),
    Index("claim_version", "version_pk"),
)

# What a reading takes the words of a claim to mean.
meaning = Table(
    "meaning",
    metadata,
    _pk(),
    _ref("reading_pk", "reading"),
    _ref("claim_pk", "claim"),
    Column("position", Integer, nullable=False),
    Column("actor", Text),
    Column("actor_iso3", Text),
    Column("place_iso3", Text),
    Column("place_found", Text),
    Column("origin_iso3", Text),
    Column("origin_found", Text),
    Column("when_start", Text),
    Column("when_end", Text),
    Column("when_more", Text),
    Column("sources", Text),
    Column("confidence", Float),
    # Who added the claim, which its reader had missed.
    Column("made_by", Text),
    UniqueConstraint("reading_pk", "claim_pk", name="meaning_once"),
    Index("meaning_claim", "claim_pk"),
)

# The counting reading of a version, from tick ``since`` until tick ``until``; days are proleptic ordinals.
edition = Table(
    "edition",
    metadata,
    _pk(),
    _ref("document_pk", "document"),
    _ref("version_pk", "version"),
    _ref("reading_pk", "reading"),
    Column("since", Integer, nullable=False),
    Column("until", Integer),
    Column("voice", Text, nullable=False),
    Column("voice_key", Text, nullable=False),
    Column("series", Text),
    Column("said_day", Integer, nullable=False),
    Column("known", Text, nullable=False),
    Column("known_basis", Text, nullable=False),
    Column("known_day", Integer, nullable=False),
    Column("next_known_day", Integer),
    Column("digest", Text, nullable=False),
    Index("edition_document", "document_pk"),
    Index("edition_reading", "reading_pk"),
    Index("edition_since", "since"),
    Index("edition_until", "until", sqlite_where=text("until IS NOT NULL")),
    Index("edition_series", "series", "said_day", sqlite_where=text("series IS NOT NULL")),
)

row = Table(
    "row",
    metadata,
    _pk(),
    Column("key", Text, nullable=False, unique=True),
    Column("actor_key", Text, nullable=False),
    Column("asset", Text, nullable=False),
    Column("place_key", Text, nullable=False),
    Column("site_key", Text, nullable=False),
    Column("component_key", Text, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("checked", Integer, nullable=False),
    Column("first_day", Integer),
    Column("last_day", Integer),
    Column("latest_day", Integer),
    Index("row_place", "place_key"),
    Index("row_site", "site_key"),
    Index("row_actor", "actor_key"),
)

_NOW = text("until IS NULL AND next_known_day IS NULL")
# What a search for the newest of something looks at, so that it need not look into the table.
_SAID = ("said_day", "weight", "bucket", "asset", "checked", "until", "next_known_day", "claim_pk")

# A claim as it counts in pictures: judgements applied, with the keys and days that pictures ask for.
standing = Table(
    "standing",
    metadata,
    _pk(),
    _ref("edition_pk", "edition"),
    _ref("claim_pk", "claim"),
    _ref("meaning_pk", "meaning"),
    _ref("row_pk", "row", nullable=True),
    Column("bucket", Text, nullable=False),
    Column("since", Integer, nullable=False),
    Column("until", Integer),
    Column("known_day", Integer, nullable=False),
    Column("next_known_day", Integer),
    Column("said_day", Integer, nullable=False),
    Column("valid_start", Integer, nullable=False),
    Column("sort_day", Integer, nullable=False),
    Column("voice_key", Text, nullable=False),
    Column("actor_key", Text, nullable=False),
    Column("asset", Text, nullable=False),
    Column("place_key", Text, nullable=False),
    Column("site_key", Text, nullable=False),
    Column("origin_key", Text, nullable=False),
    Column("unit_key", Text, nullable=False),
    Column("bounded", Integer, nullable=False),
    Column("weight", Integer, nullable=False),
    Column("checked", Integer, nullable=False),
    Column("corrections", Text),
    # Whether it names a place finer than a country.
    Column("fine", Integer, nullable=False, server_default="0"),
    Index("standing_edition", "edition_pk"),
    # With what a search for words looks at, so that it need not look into the table.
    Index("standing_claim", "claim_pk", "until", "next_known_day", "bucket", "said_day", "weight"),
    Index("standing_row", "row_pk", "voice_key", "bounded", "sort_day"),
    Index("standing_place", "place_key", "bucket", "sort_day"),
    Index("standing_actor", "actor_key", "bucket", "sort_day"),
    Index("standing_site", "site_key"),
    Index("standing_unit", "unit_key", sqlite_where=text("unit_key != ''")),
    Index("standing_origin", "origin_key", "sort_day", sqlite_where=text("origin_key != ''")),
    Index("standing_said", "said_day", "weight"),
    Index("standing_fine", "known_day", sqlite_where=text("fine = 1")),
    Index("standing_base", "place_key", sqlite_where=text("asset = 'base' AND site_key != ''")),
    Index("standing_named", "place_key", "unit_key", sqlite_where=text("unit_key != ''")),
    # With what is always empty in them, as SQLite looks into the table for it otherwise.
    Index("standing_valid", "bucket", "valid_start", "sort_day", "until", "next_known_day", sqlite_where=_NOW),
    Index("standing_known", "bucket", "known_day", "checked", "until", "next_known_day", sqlite_where=_NOW),
    Index("standing_actor_said", "actor_key", *_SAID, sqlite_where=_NOW),
    Index("standing_place_said", "place_key", *_SAID, sqlite_where=_NOW),
    Index("standing_voice_said", "voice_key", *_SAID, sqlite_where=_NOW),
)

# Each voice's statement in each row, kept up to date with every change: what a picture of today reads.
row_voice = Table(
    "row_voice",
    metadata,
    Column("row_pk", Integer, ForeignKey("row.pk"), primary_key=True),
    Column("voice_key", Text, primary_key=True),
    _ref("standing_pk", "standing"),
    Column("sort_day", Integer, nullable=False),
    # The figure, and whether the place is known by its coordinates: what rows are reconciled by.
    Column("quantity_text", Text),
    Column("low", Integer),
    Column("high", Integer),
    Column("hedge", Text),
    Column("located", Boolean, nullable=False),
    # The citation itself, so that a picture reads one table from end to end instead of seven here and there.
    Column("citation", Text, nullable=False),
    Index("row_voice_standing", "standing_pk"),
    sqlite_with_rowid=False,
)

judgement = Table(
    "judgement",
    metadata,
    _pk(),
    Column("id", Text, nullable=False, unique=True),
    Column("claim_id", Text, nullable=False),
    Column("document_pk", Integer, ForeignKey("document.pk"), nullable=False),
    Column("verdict", Text, nullable=False),
    Column("field", Text),
    Column("value", Text),
    Column("same_as", Text),
    Column("by", Text, nullable=False),
    Column("because", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("applies_to", Text),
    Column("withdrawn_seq", Integer),
    Column("withdrawn_by", Text),
    Column("withdrawn_because", Text),
    Index("judgement_claim", "claim_id"),
    Index("judgement_document", "document_pk"),
    Index("judgement_same_as", "same_as", sqlite_where=text("same_as IS NOT NULL")),
)

unit = Table(
    "unit",
    metadata,
    _pk(),
    Column("id", Text, nullable=False, unique=True),
    Column("names", Text, nullable=False),
    Column("aliases", Text, nullable=False),
    Column("parent", Text),
    Column("relation", Text),
    Column("dates", Text),
    Column("source", Text),
    Column("seq", Integer, nullable=False),
)

unit_name = Table(
    "unit_name",
    metadata,
    Column("key", Text, primary_key=True),
    Column("unit_id", Text, primary_key=True),
    sqlite_with_rowid=False,
)

# What is remembered of a host from one gathering to the next; times in seconds since the epoch.
host = Table(
    "host",
    metadata,
    Column("name", Text, primary_key=True),
    Column("next_at", Float, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("robots", Text),
    Column("robots_at", Float, nullable=False),
    sqlite_with_rowid=False,
)

# An address that is or was gathered, under the id that a document of that address has; times as above. ``due_at``
# is when it is next to be asked for, ``taken_by`` the process that is at it.
page = Table(
    "page",
    metadata,
    Column("id", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("listed_in", Text),
    Column("title", Text),
    Column("published", Text),
    Column("mark", Text),
    Column("etag", Text),
    Column("modified", Text),
    Column("sha256", Text),
    Column("failures", Integer, nullable=False),
    Column("note", Text),
    Column("first_at", Float, nullable=False),
    Column("checked_at", Float),
    Column("changed_at", Float),
    Column("due_at", Float),
    Column("taken_by", Text),
    Index("page_due", "due_at", sqlite_where=text("due_at IS NOT NULL")),
    sqlite_with_rowid=False,
)

# Where in the archive an answer is; ``sha256`` is that of its body, as in ``version``.
archived = Table(
    "archived",
    metadata,
    _pk(),
    Column("page_id", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("length", Integer, nullable=False),
    Column("answer", Integer, nullable=False),
    Column("answer_length", Integer, nullable=False),
    Column("record", Text, nullable=False),
    Index("archived_page", "page_id"),
    Index("archived_sha256", "sha256"),
    Index("archived_file", "file", "start"),
)

# What a rule of notification has seen: the hash of a key, so that no words stay when a document is redacted, and for
# estimates the interval that was last told.
noticed = Table(
    "noticed",
    metadata,
    Column("rule", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value", Text),
    sqlite_with_rowid=False,
)

# Something new that a rule found, with the claim that it rests on.
notice = Table(
    "notice",
    metadata,
    _pk(),
    Column("rule", Text, nullable=False),
    Column("news", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("claim_id", Text, nullable=False),
    Column("at", Text, nullable=False),
    Index("notice_claim", "claim_id"),
)

# A notice on its way to somebody, under the hash of the address; ``due_at`` in seconds since the epoch.
delivery = Table(
    "delivery",
    metadata,
    Column("notice_pk", Integer, ForeignKey("notice.pk"), primary_key=True),
    Column("target", Text, primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("due_at", Float),
    Column("sent_at", Text),
    Index("delivery_due", "target", "due_at", sqlite_where=text("due_at IS NOT NULL")),
    sqlite_with_rowid=False,
)
