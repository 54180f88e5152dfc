"""When it happened, told by a clock that may be wrong. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# A telephone's clock drifts by seconds and the network takes some: less than this is no error of its clock.
TOLERANCIA = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Hora:
    """What counts, and whether the telephone's clock was put right for it."""

    ocurrido_en: datetime
    corregida: bool


def corregir_hora(
    reloj_en: datetime, medido: timedelta | None, al_enviar: timedelta, recibido_en: datetime
) -> Hora:
    """The instant of a reading, in the telephone's own zone.

    `medido` is how far the server's clock was ahead of the telephone's at their last contact before the
    reading; `al_enviar`, the same when it was sent. The first one holds unless it leaves the reading in the
    future (the clock was moved since); then the second one; and nothing happens after it was received.
    """
    for desfase in (al_enviar,) if medido is None else (medido, al_enviar):
        corregida = abs(desfase) > TOLERANCIA
        ocurrido_en = _sumar(reloj_en, desfase) if corregida else reloj_en
        if ocurrido_en is not None and ocurrido_en <= recibido_en + TOLERANCIA:
            return Hora(ocurrido_en, corregida)
    return Hora(recibido_en.astimezone(reloj_en.tzinfo), True)


def _sumar(instante: datetime, desfase: timedelta) -> datetime | None:
    try:
        return instante + desfase
    except OverflowError:
        return None
