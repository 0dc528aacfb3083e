"""Finding the claims of an actor, of a place and of an outlet by their words without looking at each of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NOW = sa.text("until IS NULL AND next_known_day IS NULL")
_SAID = ("said_day", "weight", "bucket", "asset", "checked", "until", "next_known_day")
_NAMES = ("actor", "place", "voice")


def upgrade() -> None:
    """Make the indexes wider."""
    for name in _NAMES:
        op.drop_index(f"standing_{name}_said", "standing")
        columns = [f"{name}_key", *_SAID, "claim_pk"]
        op.create_index(f"standing_{name}_said", "standing", columns, unique=False, sqlite_where=_NOW)
    op.drop_index("standing_claim", "standing")
    op.create_index(
        "standing_claim", "standing", ["claim_pk", "until", "next_known_day", "bucket", "said_day", "weight"]
    )


def downgrade() -> None:
    """Make them as they were."""
    op.drop_index("standing_claim", "standing")
    op.create_index("standing_claim", "standing", ["claim_pk"])
    for name in _NAMES:
        op.drop_index(f"standing_{name}_said", "standing")
        op.create_index(f"standing_{name}_said", "standing", [f"{name}_key", *_SAID], unique=False, sqlite_where=_NOW)
