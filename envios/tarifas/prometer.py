"""The date by which a parcel arrives, counted day by day: pure, on a calendar at hand.

It leaves on the day on which it is handed in, if that is a working day there and not after the cut-off hour;
else on the next working day. Then days count that are working days at both places. It is delivered on the
first day from then on (or from the day that it leaves, when no day counts) on which there is delivery at the
destination: its weekdays, Saturday too if it says so, never a holiday.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from envios.tarifas.valores import Promesa
from nucleo.plazos import Calendario, Clase, Dia
from nucleo.reloj import ZONA

UN_DIA = timedelta(days=1)


def prometer(
    actual: Calendario,
    recibido_en: datetime,
    *,
    origen_ine: str,
    destino_ine: str,
    dias: int,
    corte: time,
    reparte: int,
) -> Promesa:
    """When what is handed in at an instant arrives; `reparte` has a bit a weekday, Monday's is 1.

    By the calendar as it was known then. Raises `CalendarioSinPublicar`.
    """
    assert dias >= 0
    assert 1 <= reparte <= 127
    local = recibido_en.astimezone(ZONA)
    version = actual.version_en(recibido_en)
    ambos = (origen_ine, destino_ine)
    feriados = actual.en(ambos, version)
    salida = local.date()
    pasos: list[Dia] = []
    if local.time() > corte or not actual.es_habil(salida, [origen_ine], version):
        while True:
            salida += UN_DIA
            if actual.es_habil(salida, [origen_ine], version):
                break
            pasos.append(Dia(salida, Clase.ANTES, feriados=feriados.get(salida, ())))
    dia, contados = salida, 0
    while contados < dias:
        dia += UN_DIA
        if actual.es_habil(dia, ambos, version):
            contados += 1
            pasos.append(Dia(dia, Clase.CONTADO, contados))
        else:
            fin_de_semana = dia.weekday() >= 5
            clase = Clase.FIN_DE_SEMANA if fin_de_semana else Clase.FERIADO
            pasos.append(Dia(dia, clase, feriados=feriados.get(dia, ())))
    del_destino = actual.en([destino_ine], version)
    while not _hay_reparto(actual, dia, reparte, del_destino):
        dia += UN_DIA
        pasos.append(Dia(dia, Clase.PRORROGA, feriados=del_destino.get(dia, ())))
    return Promesa(recibido_en, corte, salida, tuple(pasos), dia)


def _hay_reparto(actual: Calendario, dia: date, reparte: int, feriados: Mapping[date, object]) -> bool:
    actual.exigir_anio(dia)
    return bool(reparte >> dia.weekday() & 1) and dia not in feriados
