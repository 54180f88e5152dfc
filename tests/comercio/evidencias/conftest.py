"""A public entity of the State and the person who buys for it."""

from tests.comercio.entidades import entidad

__all__ = ["entidad"]
