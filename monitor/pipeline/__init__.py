"""The one story that the shell tells: a source is polled, what it brings is matched and decided, alerts are sent.

    poll     fetch ─▶ parse ─▶ take: identify ─▶ hold ─▶ match ─▶ cluster ─▶ decide ─▶ count ─▶ one transaction
    watch    what rules over time counted ─▶ decide ─▶ one transaction
    deliver  lease ─▶ send ─▶ settle

Each step is idempotent: killed anywhere and begun again, it comes to the same.
"""
