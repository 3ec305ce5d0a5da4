"""Alembic's revisions of the schema, run by `monitor.store.schema.upgrade` in one transaction."""
