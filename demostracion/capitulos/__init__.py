"""The story of the demonstration, one chapter for each room."""
