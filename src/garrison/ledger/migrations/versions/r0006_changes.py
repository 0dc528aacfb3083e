"""Finding what has changed since a tick without reading all editions and documents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the indexes."""
    op.create_index("edition_since", "edition", ["since"], unique=False)
    op.create_index("edition_until", "edition", ["until"], unique=False, sqlite_where=sa.text("until IS NOT NULL"))
    erased = sa.text("redacted_at IS NOT NULL")
    op.create_index("document_redacted", "document", ["redacted_at"], unique=False, sqlite_where=erased)


def downgrade() -> None:
    """Take them away again."""
    for name, table in (("document_redacted", "document"), ("edition_until", "edition"), ("edition_since", "edition")):
        op.drop_index(name, table)
