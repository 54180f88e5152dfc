"""What can go wrong, each with a stable code."""

from nucleo.errores import Conflicto
from nucleo.textos import perezoso as _l


class LugarRepetido(Conflicto):
    codigo = "lugar_repetido"
    titulo = _l("Ya tiene un lugar con ese nombre")


class DemasiadosLugares(Conflicto):
    codigo = "demasiados_lugares"
    titulo = _l("Ya tiene abiertos todos los lugares que puede")


class LugarEnUso(Conflicto):
    """It is the principal one, has stock, or an order that has not ended left from it."""

    codigo = "lugar_en_uso"
    titulo = _l("Ese lugar todavía no se puede cerrar")
