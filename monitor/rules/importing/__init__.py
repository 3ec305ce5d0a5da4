"""Queries that people already have elsewhere, made into rules: one module a dialect, listed in `dialects`."""
