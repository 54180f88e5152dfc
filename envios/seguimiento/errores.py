"""What can go wrong with following, each with a stable `codigo`."""

from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l


class RastreadorNoEncontrado(NoEncontrado):
    codigo = "rastreador_no_encontrado"
    titulo = _l("No existe ese rastreador")


class DemasiadosRastreadores(Conflicto):
    codigo = "demasiados_rastreadores"
    titulo = _l("Sigue demasiados números")


class RastreadorTerminado(Conflicto):
    codigo = "rastreador_terminado"
    titulo = _l("Ese número ya no se sigue")


class NadieEscucha(Conflicto):
    codigo = "rastreador_sin_webhook"
    titulo = _l("Ningún webhook de la unidad recibe avisos de rastreadores")
