"""How the simulated gateway misbehaves on demand.

A control row says which fault, for one payment (the id of our intent or refund) or for all of them, and how
many times. Tests and the demonstration's page write it; any process reads it.
"""

from enum import StrEnum
from uuid import UUID

from nucleo.textos import perezoso as _l
from pagos.tarjetas.simulada.almacen import Almacen, Json, abrir

GENERAL = "general"


class Falla(StrEnum):
    """`tiempo_*`: no answer, before or after doing it. `error_*`: a 500, and the key keeps answering it."""

    TIEMPO_ANTES = "tiempo_antes"
    TIEMPO_DESPUES = "tiempo_despues"
    ERROR_ANTES = "error_antes"
    ERROR_DESPUES = "error_despues"
    LIMITE = "limite"
    LENTA = "lenta"
    AVISO_DOBLE = "aviso_doble"
    AVISOS_EN_DESORDEN = "avisos_en_desorden"
    AVISO_TARDIO = "aviso_tardio"
    AVISO_PERDIDO = "aviso_perdido"
    MONTO_DISTINTO = "monto_distinto"


NOMBRES: dict[Falla, str] = {
    Falla.TIEMPO_ANTES: _l("No responde, y no cobró"),
    Falla.TIEMPO_DESPUES: _l("No responde, pero cobró"),
    Falla.ERROR_ANTES: _l("Responde un error, y no cobró"),
    Falla.ERROR_DESPUES: _l("Responde un error, pero cobró"),
    Falla.LIMITE: _l("Dice que hay demasiados pedidos"),
    Falla.LENTA: _l("No responde, y cobra veinte segundos después"),
    Falla.AVISO_DOBLE: _l("Manda cada aviso dos veces"),
    Falla.AVISOS_EN_DESORDEN: _l("Manda los avisos en desorden"),
    Falla.AVISO_TARDIO: _l("Manda los avisos una hora después"),
    Falla.AVISO_PERDIDO: _l("No manda avisos"),
    Falla.MONTO_DISTINTO: _l("Cobra otro monto"),
}
# These hang on the payment for as long as they are set; the others are counted down by each request.
DURADERAS = frozenset(
    {
        Falla.AVISO_DOBLE,
        Falla.AVISOS_EN_DESORDEN,
        Falla.AVISO_TARDIO,
        Falla.AVISO_PERDIDO,
        Falla.MONTO_DISTINTO,
    }
)


def provocar(falla: Falla | None, *, de: UUID | str = GENERAL, veces: int | None = 1) -> None:
    """From now on misbehave so for that payment (or all), that many times (None: until told otherwise)."""
    with abrir() as almacen:
        if falla is None:
            almacen.borrar("control", str(de))
        else:
            almacen.guardar("control", str(de), {"falla": falla.value, "quedan": veces})


def falla_general() -> Falla | None:
    with abrir() as almacen:
        control = almacen.leer("control", GENERAL)
    return Falla(control["falla"]) if control else None


def tomar_falla(almacen: Almacen, propio: str | None) -> Falla | None:
    """The fault for this request, if one is due, counting it."""
    for clave in (propio, GENERAL):
        control = almacen.leer("control", clave, bloquear=True) if clave else None
        if control is None or clave is None:
            continue
        falla = Falla(control["falla"])
        if falla in DURADERAS or control["quedan"] is None:
            return falla
        _descontar(almacen, clave, control)
        return falla
    return None


def _descontar(almacen: Almacen, clave: str, control: Json) -> None:
    quedan = control["quedan"] - 1
    if quedan <= 0:
        almacen.borrar("control", clave)
    else:
        almacen.guardar("control", clave, {**control, "quedan": quedan})


def falla_duradera(almacen: Almacen, propio: str | None) -> Falla | None:
    """How the webhooks and the charge of this payment misbehave."""
    for clave in (propio, GENERAL):
        control = almacen.leer("control", clave) if clave else None
        if control and control["falla"] in DURADERAS:
            return Falla(control["falla"])
    return None
