"""Proves that nothing is lost and nothing doubled: servers with ledgers, a daemon that is killed, and an oracle.

    plan ─▶ feed server (ledger P) ─▶ monitor run, killed and started again ─▶ receiver (ledger R)
      └────────────────────────── oracle: owed, lost, dup … ──────────────────────┘

It knows the daemon by its contract alone: commands, configuration, HTTP.
"""
