"""An open connection to the ledger's file."""


class Session:
    """Connection, clock and sequence of one open ledger."""
