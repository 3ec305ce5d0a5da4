"""Which schema a database has."""

from sqlalchemy import Connection, inspect, text

from monitor.errors import WrongSchema

NEWEST = "0003"
"""The revision that the tables of `monitor.store.tables` have; revisions are four digits, counted up."""

_CURRENT = text("SELECT version_num FROM alembic_version")
"""The revision that Alembic noted last."""


def current(connection: Connection) -> str | None:
    """Return the revision of a database, None if it has none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(_CURRENT).scalar_one_or_none()
    return revision


def verify(connection: Connection) -> None:
    """Raise WrongSchema for a database that has other tables than this program's."""
    if told := difference(current(connection)):
        raise WrongSchema(told)


def difference(revision: str | None) -> str | None:
    """Return what is to be done about a revision that is not the newest."""
    if revision == NEWEST:
        return None
    if revision and revision > NEWEST:
        return f"the database has schema {revision}, made by a newer program; this one knows {NEWEST}"
    return f"the database has schema {revision or 'none'}, this program {NEWEST}; run `monitor db upgrade`"
