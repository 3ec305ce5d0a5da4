"""Words, folding, agencies: what several stages need to know about text."""
