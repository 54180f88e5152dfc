"""The calendar of Bolivia and the legal clock: which days count, and a term counted, shown day by day."""

from nucleo.plazos.calendario import Calendario, calendario, exigir_lugares, feriados_en, plazo
from nucleo.plazos.computo import contar, correr, dia_del_hecho, fin_del_dia, inicio_del_dia, vence
from nucleo.plazos.de_salas import ofrece_plazos, plazos_de_salas
from nucleo.plazos.declarar import Declaracion, declarar, publicar_anio, trasladar
from nucleo.plazos.errores import AnioPublicado, CalendarioSinPublicar, FeriadoSinCambio, LugarDesconocido
from nucleo.plazos.valores import (
    NACIONAL,
    Clase,
    Computo,
    Dia,
    Empieza,
    Feriado,
    Pausa,
    Plazo,
    Silencio,
    Unidad,
)

__all__ = [
    "NACIONAL",
    "AnioPublicado",
    "Calendario",
    "CalendarioSinPublicar",
    "Clase",
    "Computo",
    "Declaracion",
    "Dia",
    "Empieza",
    "Feriado",
    "FeriadoSinCambio",
    "LugarDesconocido",
    "Pausa",
    "Plazo",
    "Silencio",
    "Unidad",
    "calendario",
    "contar",
    "correr",
    "declarar",
    "dia_del_hecho",
    "exigir_lugares",
    "feriados_en",
    "fin_del_dia",
    "inicio_del_dia",
    "ofrece_plazos",
    "plazo",
    "plazos_de_salas",
    "publicar_anio",
    "trasladar",
    "vence",
]
