"""What can go wrong, said for the person who sees it: what, where, and what to do."""


class GarrisonError(Exception):
    """Base of every error that Garrison raises on purpose. Its message is fit to print."""


class UsageError(GarrisonError):
    """The request itself cannot be met as put: an unknown place, a filter that contradicts itself."""


class WithheldError(UsageError):
    """What was asked for by its whole name is kept back for now."""


class SourceError(GarrisonError):
    """A source could not be read as documents: missing, forbidden, binary, broken, too large."""


class ClaimError(GarrisonError):
    """A claim breaks the guide: an unknown field value, or a quotation that is not in its text."""


class LedgerError(GarrisonError):
    """The ledger file could not be opened, read or written."""
