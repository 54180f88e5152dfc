"""A public entity of the State, the person who buys for it, and a short way to promote."""

from tests.comercio.entidades import entidad
from tests.comercio.promociones.conftest import promo

__all__ = ["entidad", "promo"]
