"""From which confidence the claims of a reading count before anyone has looked at them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; claims of readings made before go on counting, whatever their confidence."""
    op.add_column("reading", sa.Column("sure", sa.Float(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("reading", "sure")
