"""What can go wrong, each with a stable code."""

from nucleo.errores import Conflicto
from nucleo.textos import perezoso as _l


class RequisitoIncumplido(Conflicto):
    codigo = "requisito_incumplido"
    titulo = _l("A la unidad le falta algo para vender esto")


class ReglaQueNoSigue(Conflicto):
    """A rule that would begin before, or on the same day as, the one it follows."""

    codigo = "regla_que_no_sigue"
    titulo = _l("Esa regla no puede empezar ese día")
