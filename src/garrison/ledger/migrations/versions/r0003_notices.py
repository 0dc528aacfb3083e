"""Claims of headlines; what was noticed, and whom it was told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and say of all claims so far that they stand in a text."""
    op.add_column("claim", sa.Column("part", sa.Text(), nullable=False, server_default="text"))
    op.create_table(
        "noticed",
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("rule", "key"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "notice",
        sa.Column("pk", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("news", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
    )
    op.create_index("notice_claim", "notice", ["claim_id"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("notice_pk", sa.Integer(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.Float(), nullable=True),
        sa.Column("sent_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["notice_pk"], ["notice.pk"]),
        sa.PrimaryKeyConstraint("notice_pk", "target"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "delivery_due", "delivery", ["target", "due_at"], unique=False, sqlite_where=sa.text("due_at IS NOT NULL")
    )


def downgrade() -> None:
    """Leave the older tables only; claims of headlines go, since nothing tells them from others any more."""
    for name in ("delivery", "notice", "noticed"):
        op.drop_table(name)
    op.execute("DELETE FROM claim WHERE part != 'text'")
    op.drop_column("claim", "part")
