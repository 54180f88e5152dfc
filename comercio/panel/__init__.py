"""The desk of who sells."""
