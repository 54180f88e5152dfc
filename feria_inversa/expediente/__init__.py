"""A process with all that became of it, as the API answers and the pages show it."""
