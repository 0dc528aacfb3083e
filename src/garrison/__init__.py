"""Garrison: who has what forces where, as of when, and on whose word."""

__version__ = "0.1.0"
