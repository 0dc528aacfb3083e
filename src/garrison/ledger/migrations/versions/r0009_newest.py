"""Finding the newest claims of an actor, of a place and of an outlet without looking at each of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the indexes."""
    now = sa.text("until IS NULL AND next_known_day IS NULL")
    said = ["said_day", "weight", "bucket", "asset", "checked", "until", "next_known_day"]
    for name in ("actor", "place", "voice"):
        op.create_index(f"standing_{name}_said", "standing", [f"{name}_key", *said], unique=False, sqlite_where=now)


def downgrade() -> None:
    """Take them away again."""
    for name in ("voice", "place", "actor"):
        op.drop_index(f"standing_{name}_said", "standing")
