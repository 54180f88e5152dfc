"""What can be wrong with an event, each with a stable `codigo`."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l


class EventoInvalido(DatosInvalidos):
    codigo = "evento_invalido"
    titulo = _l("El evento no se puede registrar así")


class EventoFuturo(EventoInvalido):
    """A clock runs fast: it may be recorded later."""


class EventoSinExplicar(EventoInvalido):
    codigo = "falta_motivo_y_accion"
    titulo = _l("Un intento fallido lleva motivo y acción")


class IdentidadEnUso(Conflicto):
    codigo = "identidad_en_uso"
    titulo = _l("Ya hay otro evento con ese identificador")


class CodigoIncorrecto(DatosInvalidos):
    """Counted: answer it, do not raise it, or the count is rolled back."""

    codigo = "codigo_incorrecto"
    titulo = _l("El código de entrega no es correcto")


class CodigoBloqueado(Conflicto):
    codigo = "codigo_bloqueado"
    titulo = _l("El código de entrega está bloqueado")

    def __init__(self, detalle: str = "") -> None:
        super().__init__(
            detalle
            or _(
                "Se dijo un código incorrecto demasiadas veces. Quien recibe debe pedir otro en la página "
                "de seguimiento."
            )
        )


class TraspasoSinDar(Conflicto):
    """Only who was handed the item may try the recipient's code: anybody else could lock it."""

    codigo = "traspaso_sin_dar"
    titulo = _l("El envío está con otro operador")


class LoDijoQuienRecibe(Conflicto):
    """An operator corrects what it noted, never what somebody else said of it."""

    codigo = "lo_dijo_quien_recibe"
    titulo = _l("Eso lo dijo quien recibe")


class IncidenciaNoEncontrada(NoEncontrado):
    codigo = "incidencia_no_encontrada"
    titulo = _l("No existe esa incidencia")


class EventoNoEncontrado(NoEncontrado):
    codigo = "evento_no_encontrado"
    titulo = _l("No existe ese evento")


class AnulacionPedida(Conflicto):
    codigo = "anulacion_ya_pedida"
    titulo = _l("La anulación ya está pedida")


class SinAnulacion(Conflicto):
    codigo = "sin_anulacion_pedida"
    titulo = _l("Nadie pidió anular este envío")


class SinDevolucion(Conflicto):
    """Only who presses a button is stopped: what an operator reports is kept, and looked at."""

    codigo = "sin_devolucion"
    titulo = _l("El envío no está en devolución")


class SinEntregaProvisional(Conflicto):
    codigo = "sin_entrega_provisional"
    titulo = _l("No hay una entrega por confirmar")


class YaEnManos(Conflicto):
    codigo = "ya_en_manos"
    titulo = _l("El paquete ya está en manos del operador")


class OtroOperador(Conflicto):
    codigo = "otro_operador"
    titulo = _l("El envío lo lleva otro operador")
