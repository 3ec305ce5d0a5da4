"""Plain text as wires carry it: dateline, paragraphs, sidebar."""
