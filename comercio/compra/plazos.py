"""The term to dispatch, by the legal clock. The market's commission is a rule of `pagos`."""

from datetime import datetime, timedelta

from sqlmodel import Session

from nucleo.plazos import Computo, correr

DESPACHO = "comercio.despacho"
ELEGIR_CITA = "comercio.elegir_cita"


def plazo_de_despacho(
    sesion: Session, instante: datetime, municipio_ine: str | None, dias_de_elaboracion: int = 0
) -> Computo:
    """How long the seller, of that municipality, has to dispatch an order paid at `instante`: the days that
    it takes to make run before.

    Raises `LugarDesconocido`.
    """
    return correr(sesion, DESPACHO, instante + timedelta(days=dias_de_elaboracion), [municipio_ine])


def plazo_para_elegir(sesion: Session, instante: datetime, municipio_ine: str | None) -> Computo:
    """How long who bought what needs an appointment has to choose it, by the calendar of where it is done.

    Raises `LugarDesconocido`.
    """
    return correr(sesion, ELEGIR_CITA, instante, [municipio_ine])
