"""What an entity may not do, or its people."""

from nucleo.errores import Prohibido
from nucleo.textos import perezoso as _l


class ConflictoDeInteres(Prohibido):
    codigo = "conflicto_de_interes"
    titulo = _l("Hay un conflicto de interés")
