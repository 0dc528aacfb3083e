"""How ledgers made by older versions are brought up to date (Alembic)."""
