"""What a rule may say: a frozen dataclass a clause, whose docstring is its meaning."""
