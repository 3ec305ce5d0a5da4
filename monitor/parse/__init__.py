"""Document to items: one module a kind of document, and the pieces they share."""
