"""What rules over time count, when they fired, and since when they are counted."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the new tables; nothing is counted yet."""
    op.create_table(
        "occurrences",
        sa.Column("rule", sa.Text, primary_key=True),
        sa.Column("term", sa.Text, primary_key=True),
        sa.Column("item", sa.Text, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("occurrences_in_time", "occurrences", ["rule", "term", "at"])
    op.create_index("occurrences_at", "occurrences", ["at"])
    op.create_table(
        "firings",
        sa.Column("rule", sa.Text, primary_key=True),
        sa.Column("term", sa.Text, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("upto", sa.BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "counting",
        sa.Column("rule", sa.Text, primary_key=True),
        sa.Column("definition", sa.Text, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
    )
