"""Demonstration data and toys: people, the year's story, pictures, an identity provider. No domain rule."""
