"""Channels: what each wants to be told before anything can be sent through it."""
