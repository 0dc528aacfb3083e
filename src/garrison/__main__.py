"""``python -m garrison``."""

from garrison.cli.main import main

main()
