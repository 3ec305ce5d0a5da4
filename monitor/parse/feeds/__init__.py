"""Feeds, and lists of addresses: RSS, Atom, RDF, CDF, JSON Feed, sitemaps, OPML."""
