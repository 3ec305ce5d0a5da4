"""A newswire that does not exist, and the whole daemon at work on it."""
