"""Bytes to documents: HTML, text, PDF and JSON lines."""
