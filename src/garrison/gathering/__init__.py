"""Gathering: pages, feeds and lists from the web to bytes with provenance, politely, and safely for the reader."""
