"""Authoring rules: testing and linting them."""
