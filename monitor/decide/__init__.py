"""Decisions, each with its reason: what becomes an alert, and when a thing is tried again."""
