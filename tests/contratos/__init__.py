"""What holds the house together, checked on its source: imports and tables."""
