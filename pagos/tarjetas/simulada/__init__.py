"""A stateful stand-in for the card gateway, for tests and the demonstration: same library, same protocol."""
