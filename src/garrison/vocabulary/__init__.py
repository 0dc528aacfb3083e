"""The words that every room shares: frozen data, no I/O, standard library only."""

from garrison.vocabulary.actor import Actor
from garrison.vocabulary.asset import Asset
from garrison.vocabulary.attribution import Attribution, Role
from garrison.vocabulary.claim import Claim, Kind, Measure, Status
from garrison.vocabulary.document import Document, DocumentPart, Page, Post, Span
from garrison.vocabulary.errors import ClaimError, GarrisonError, LedgerError, SourceError, UsageError, WithheldError
from garrison.vocabulary.estimate import OUTLYING, Estimate, Heard, Less
from garrison.vocabulary.mention import Mention
from garrison.vocabulary.period import Extent, Period
from garrison.vocabulary.place import Place, PlaceKind
from garrison.vocabulary.posture import Citation, Picture, Position, Row
from garrison.vocabulary.quantity import Hedge, Quantity
from garrison.vocabulary.reading import Obtained, Reading, Version

__all__ = [
    "OUTLYING",
    "Actor",
    "Asset",
    "Attribution",
    "Citation",
    "Claim",
    "ClaimError",
    "Document",
    "DocumentPart",
    "Estimate",
    "Extent",
    "GarrisonError",
    "Heard",
    "Hedge",
    "Kind",
    "LedgerError",
    "Less",
    "Measure",
    "Mention",
    "Obtained",
    "Page",
    "Period",
    "Picture",
    "Place",
    "PlaceKind",
    "Position",
    "Post",
    "Quantity",
    "Reading",
    "Role",
    "Row",
    "SourceError",
    "Span",
    "Status",
    "UsageError",
    "Version",
    "WithheldError",
]
