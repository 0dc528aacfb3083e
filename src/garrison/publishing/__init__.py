"""Pictures for people: tables, citations and formats of other tools."""
