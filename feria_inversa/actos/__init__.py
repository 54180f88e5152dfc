"""The acts of a process, as the rest of the room hears of them."""

from feria_inversa.actos.publicacion import al_publicar, publicar_acto

__all__ = ["al_publicar", "publicar_acto"]
