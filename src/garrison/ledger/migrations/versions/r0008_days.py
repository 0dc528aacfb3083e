"""Telling on which days anything changed, how much is held and what moved of late without reading all claims."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the indexes of what stands now."""
    now = sa.text("until IS NULL AND next_known_day IS NULL")
    for name, columns in (
        ("standing_valid", ["bucket", "valid_start", "sort_day", "until", "next_known_day"]),
        ("standing_known", ["bucket", "known_day", "checked", "until", "next_known_day"]),
    ):
        op.create_index(name, "standing", columns, unique=False, sqlite_where=now)


def downgrade() -> None:
    """Take them away again."""
    op.drop_index("standing_known", "standing")
    op.drop_index("standing_valid", "standing")
