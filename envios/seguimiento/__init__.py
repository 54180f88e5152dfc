"""Following items: the public track, my shipments, the operator's desk, notices."""
