"""Rules as they are written: YAML and the one-line query, read and written."""
