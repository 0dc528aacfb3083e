"""Documents to claims: shared normalisers and, behind one protocol, the extractors."""
