"""What an item must have for a rule to hold, as keys, and how rules are found by them."""
