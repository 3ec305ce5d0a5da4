"""Names and places in any spelling: what there is shipped, and where it stands in a text."""
