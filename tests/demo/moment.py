"""A moment for tests that need one."""

from datetime import UTC, datetime

NOW = datetime(2026, 2, 5, 10, tzinfo=UTC)
