"""What can go wrong, each with a stable code."""

from nucleo.errores import Conflicto
from nucleo.textos import perezoso as _l


class FavoritosLlenos(Conflicto):
    codigo = "favoritos_llenos"
    titulo = _l("Ya no caben más favoritos")
