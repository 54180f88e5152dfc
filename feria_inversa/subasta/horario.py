"""When an auction begins: some time after the opening, on a working day and while offices are open."""

from datetime import datetime, timedelta

from sqlmodel import Session

from feria_inversa.reglas import Clave, Reglas
from nucleo.plazos import calendario, inicio_del_dia
from nucleo.reloj import fecha_bolivia

MINUTO = timedelta(minutes=1)
DIA_ENTERO = 24 * 60


def cuando_empieza(
    sesion: Session, reglas: Reglas, desde: datetime, municipio_ine: str | None, minutos: int
) -> datetime:
    """The first whole minute, the wait of the rule after an instant, from which so many minutes fit in the
    office hours of a day on which acts are done at the place of the entity.
    """
    assert reglas.subasta is not None
    actual, sitios = calendario(sesion), [municipio_ine or ""]
    abre, ultimo = 0, DIA_ENTERO  # without hours of its own it may begin at any
    if reglas.horario is not None:
        abre, cierra = reglas.horario
        ultimo = max(cierra - minutos, abre)
    pronto = desde + timedelta(minutes=reglas.subasta.espera_min)
    pronto += -timedelta(seconds=pronto.second, microseconds=pronto.microsecond) % MINUTO
    dia = fecha_bolivia(pronto)
    while True:
        inicio = max(pronto, inicio_del_dia(dia) + timedelta(minutes=abre))
        habil = not reglas.exige(Clave.ACTOS_HABILES) or actual.es_habil(dia, sitios)
        if habil and inicio <= inicio_del_dia(dia) + timedelta(minutes=ultimo):
            return inicio
        dia += timedelta(days=1)
