"""A multi-source news monitoring and alert daemon: schedule, fetch, parse, match, cluster, decide, compose, deliver."""

__version__ = "0.1.0"
