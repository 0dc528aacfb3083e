"""The endpoints, one file to a subject."""
