"""The server as a process of its own."""

import subprocess
import sys

import httpx


def test_who_reads_the_address_is_answered_at_once(tmp_path, ledger):
    path = ledger.path
    ledger.close()
    served = subprocess.Popen(
        [sys.executable, "-m", "garrison", "serve", "--ledger", str(path), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        address = served.stdout.readline().split()[-1]
        assert httpx.get(f"{address}api/v1/health").status_code == 200
    finally:
        served.terminate()
        served.wait()
        served.stdout.close()
