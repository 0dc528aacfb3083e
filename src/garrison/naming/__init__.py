"""Words to identities: countries, groups, formations, equipment, outlets and places, with their reference data."""
