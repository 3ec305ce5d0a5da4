"""The first tables; `monitor.store.tables` says what they are for."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables and their indexes."""
    _sources()
    _archive()
    _outbox()


def _sources() -> None:
    op.create_table(
        "sources",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("registered", sa.Boolean, nullable=False),
        sa.Column("due", sa.BigInteger, nullable=False),
        sa.Column("address", sa.Text),
        sa.Column("started", sa.Boolean, nullable=False),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("asked_whole", sa.BigInteger),
        sa.Column("body", sa.Text),
        sa.Column("moved_to", sa.Text),
        sa.Column("moves", sa.Integer, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("polled", sa.BigInteger),
        sa.Column("succeeded", sa.BigInteger),
        sa.Column("pace", sa.BigInteger),
    )
    op.create_index("sources_due", "sources", ["registered", "paused", "due"])
    op.create_table(
        "files_seen",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("path", sa.LargeBinary, primary_key=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("changed", sa.BigInteger, nullable=False),
    )


def _archive() -> None:
    op.create_table(
        "items",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("headline", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("published", sa.Text),
        sa.Column("first_seen", sa.BigInteger, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("folded", sa.Text),
        sa.Column("record", sa.Text),
    )
    op.create_index("items_url", "items", ["url"], postgresql_using="hash")
    _partial_index("items_in_archive", "items", ["first_seen"], "record IS NOT NULL")
    op.create_table(
        "item_keys",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("key", sa.LargeBinary, primary_key=True),
        sa.Column("item", sa.Text, sa.ForeignKey("items.id"), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "decisions",
        sa.Column("item", sa.Text, sa.ForeignKey("items.id"), primary_key=True),
        sa.Column("rule", sa.Text, primary_key=True),
        sa.Column("alert", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("spans", sa.Text, nullable=False),
    )
    op.create_table(
        "alerts",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("story", sa.Text, nullable=False),
        sa.Column("first_item", sa.Text),
        sa.Column("fired", sa.BigInteger, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
    )
    op.create_index("alerts_fired", "alerts", ["fired"])


def _outbox() -> None:
    op.create_table(
        "channels",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("disabled", sa.BigInteger),
        sa.Column("reason", sa.Text),
    )
    op.create_table(
        "outbox",
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("channel", sa.Text, sa.ForeignKey("channels.id"), nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("alert", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("tried", sa.BigInteger),
        sa.Column("next_try", sa.BigInteger, nullable=False),
        sa.Column("leased_until", sa.BigInteger),
        sa.Column("token", sa.Text),
        sa.Column("settled", sa.BigInteger),
        sa.Column("answer", sa.Text),
        sa.UniqueConstraint("alert", "rule", "channel", "revision", name="outbox_once"),
    )
    op.create_index("outbox_settled", "outbox", ["settled"])
    _partial_index("outbox_first", "outbox", ["channel", "position"], "state = 'waiting' AND attempts = 0")
    _partial_index("outbox_retry", "outbox", ["channel", "next_try"], "state = 'waiting' AND attempts > 0")
    _partial_index("outbox_untaken", "outbox", ["channel", "next_try"], "state = 'waiting' AND token IS NULL")
    _partial_index("outbox_dead", "outbox", ["channel", "position"], "state = 'dead'")


def _partial_index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
