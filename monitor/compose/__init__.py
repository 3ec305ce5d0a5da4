"""What leaves the house: the forms of items, matches and messages."""
