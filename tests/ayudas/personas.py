"""People, units and money for tests, made through the rooms' own façades."""
