"""What items said before, which entries were read, and when keys were last seen."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_SEEN = sa.text("UPDATE item_keys SET seen = (SELECT first_seen FROM items WHERE items.id = item_keys.item)")
"""A key was seen when its item was: no later moment is known of those that there are."""


def upgrade() -> None:
    """Make the new tables, columns and indexes."""
    op.add_column("sources", sa.Column("read_whole", sa.BigInteger))
    op.create_table(
        "entries",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("hashes", sa.LargeBinary, nullable=False),
    )
    op.add_column("items", sa.Column("revised", sa.BigInteger))
    op.add_column("items", sa.Column("document", sa.Text))
    op.add_column("items", sa.Column("changed", sa.Text))
    op.create_table(
        "versions",
        sa.Column("item", sa.Text, sa.ForeignKey("items.id"), primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("seen", sa.BigInteger, nullable=False),
        sa.Column("document", sa.Text),
        sa.Column("changed", sa.Text),
        sa.Column("record", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.add_column("item_keys", sa.Column("seen", sa.BigInteger, nullable=False, server_default="0"))
    op.execute(_SEEN)
    op.create_index("item_keys_item", "item_keys", ["item"])
    op.create_index("item_keys_seen", "item_keys", ["seen"])
    held = sa.text("reason = 'HELD_FLOOD'")
    op.create_index("decisions_held", "decisions", ["at"], sqlite_where=held, postgresql_where=held)
