"""Pictures of the demonstration products."""
