"""Another key to sign with."""

from tests.constancia.conftest import usar_clave

__all__ = ["usar_clave"]
