"""When things are done: in this process (`local`)."""
