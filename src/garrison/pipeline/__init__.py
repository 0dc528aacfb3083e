"""The rooms joined: intake (bytes to recorded claims) and picture (ledger to posture)."""
