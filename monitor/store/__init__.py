"""The store: what is remembered, in SQL tables behind `monitor.ports.Store`; SQLite here, PostgreSQL by its URL."""
