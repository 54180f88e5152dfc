"""Demonstration data and toys: people, the year's story, pictures, an identity provider. No domain rule."""

from demostracion.personas import PERSONAS, token_de

__all__ = ["PERSONAS", "token_de"]
