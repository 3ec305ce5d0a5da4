"""Getting documents: over the web, with conditional requests and manners; from folders, once files rest."""
