"""The server: a JSON API over a ledger, and the files of the web page. FastAPI is imported when it is asked for."""
