"""HTML pages: the article on one, the articles that one lists, the feeds that one names."""
