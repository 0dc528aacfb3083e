"""Finding the named units and bases of a place without reading all that is said of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the indexes."""
    base, named = sa.text("asset = 'base' AND site_key != ''"), sa.text("unit_key != ''")
    op.create_index("standing_base", "standing", ["place_key"], unique=False, sqlite_where=base)
    op.create_index("standing_named", "standing", ["place_key", "unit_key"], unique=False, sqlite_where=named)


def downgrade() -> None:
    """Take them away again."""
    for name in ("standing_named", "standing_base"):
        op.drop_index(name, "standing")
