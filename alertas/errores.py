"""What this room refuses."""

from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l


class AlertaNoEncontrada(NoEncontrado):
    codigo = "alerta_no_encontrada"
    titulo = _l("Esa alerta no existe o no es suya")


class SinPropuesta(Conflicto):
    codigo = "alerta_sin_propuesta"
    titulo = _l("No hay una alerta propuesta para esa unidad, o ya se respondió")


class DemasiadasAlertas(Conflicto):
    codigo = "demasiadas_alertas"
    titulo = _l("Ya tiene todas las alertas que puede tener")
