"""What each kind of seller may sell, up to how much and with which documents: dated rows."""

from comercio.requisitos.errores import RequisitoIncumplido
from comercio.requisitos.juzgar import exigir_al_publicar

__all__ = ["RequisitoIncumplido", "exigir_al_publicar"]
