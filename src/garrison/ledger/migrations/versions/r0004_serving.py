"""For serving: claims newest first, which of them name fine places, and who added those that a reader missed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns and indexes; a claim with a place that it comes from counts as fine until it is filed anew."""
    op.add_column("meaning", sa.Column("made_by", sa.Text(), nullable=True))
    op.add_column("standing", sa.Column("fine", sa.Integer(), nullable=False, server_default="0"))
    op.execute(
        "UPDATE standing SET fine = 1 WHERE site_key != '' OR (place_key NOT IN ('strength', 'unstated') AND "
        "(length(place_key) != 3 OR place_key != upper(place_key))) OR claim_pk IN "
        "(SELECT pk FROM claim WHERE origin IS NOT NULL)"
    )
    op.create_index("standing_said", "standing", ["said_day", "weight"], unique=False)
    op.create_index("standing_fine", "standing", ["known_day"], unique=False, sqlite_where=sa.text("fine = 1"))


def downgrade() -> None:
    """Take them away again."""
    for name in ("standing_fine", "standing_said"):
        op.drop_index(name, "standing")
    op.drop_column("standing", "fine")
    op.drop_column("meaning", "made_by")
