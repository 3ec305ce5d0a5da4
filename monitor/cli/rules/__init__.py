"""`monitor rules …`: one module a command, and what several of them share."""
