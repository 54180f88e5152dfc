"""Products by the file: taken in and given out as a table, whole catalogues at once."""
