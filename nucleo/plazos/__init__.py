"""The calendar of Bolivia and the legal clock: which days count, and a term counted, shown day by day."""

from nucleo.plazos.calendario import Calendario, calendario, exigir_lugares, plazo
from nucleo.plazos.computo import contar, correr, fin_del_dia, inicio_del_dia
from nucleo.plazos.errores import CalendarioSinPublicar, LugarDesconocido
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
    "Calendario",
    "CalendarioSinPublicar",
    "Clase",
    "Computo",
    "Dia",
    "Empieza",
    "Feriado",
    "LugarDesconocido",
    "Pausa",
    "Plazo",
    "Silencio",
    "Unidad",
    "calendario",
    "contar",
    "correr",
    "exigir_lugares",
    "fin_del_dia",
    "inicio_del_dia",
    "plazo",
]
