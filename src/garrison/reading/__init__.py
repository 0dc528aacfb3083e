"""Bytes to documents: HTML, text, PDF and JSON lines."""

from garrison.reading.failure import Failure
from garrison.reading.reader import read_bytes, reader_name

__all__ = ["Failure", "read_bytes", "reader_name"]
