"""Claims at rest: tables, migrations, recording and querying."""
