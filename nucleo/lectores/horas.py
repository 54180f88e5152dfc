"""Hours of a day in which something is open, as people write them."""

import re
from itertools import pairwise

from nucleo.lectores.errores import Ilegible, Preciso
from nucleo.textos import gettext as _

DIA_MIN = 24 * 60
_HORA = r"([0-9]{1,2})(?:[:.h]([0-9]{2}))?\s*(?:h(?:rs?|oras)?\.?)?"
_TRAMO = re.compile(rf"{_HORA}\s*(?:-|–|—|a|hasta)\s*(?:las?\s*)?{_HORA}")
_ENTRE = re.compile(r"\s*(?:[,;/]|\by\b)?\s*(?:de\s*)?(?:las?\s*)?")
_NADA = frozenset({"", "-", "cerrado", "cerrada", "no atiende"})


def leer_horario(texto: str) -> tuple[tuple[int, int], ...]:
    """`8:30-12:30, 14:30-18:30`, `8.30 a 12.30 y 14.30 a 18.30`, `cerrado`: pairs of minutes after midnight.

    In order, without overlaps; 24:00 is the end of the day. Raises `Ilegible`, `Preciso`.
    """
    limpio = " ".join(texto.lower().split())
    if limpio in _NADA:
        return ()
    tramos, desde = [], _saltar(limpio, 0)
    while desde < len(limpio):
        hallado = _TRAMO.match(limpio, desde)
        if hallado is None:
            raise Ilegible(_("Escriba las horas como 8:30-12:30, 14:30-18:30, o deje vacío si no atiende."))
        tramos.append((_minutos(hallado[1], hallado[2]), _minutos(hallado[3], hallado[4])))
        desde = _saltar(limpio, hallado.end())
    for abre, cierra in tramos:
        if abre >= cierra:
            raise Preciso(_("Cada horario empieza antes de terminar: escriba la tarde como 14:30-18:30."))
    for (_abre, cierra), (abre, _cierra) in pairwise(tramos):
        if abre <= cierra:
            raise Preciso(_("Los horarios van en orden y no se tocan, por ejemplo 8:30-12:30, 14:30-18:30."))
    return tuple(tramos)


def en_horas(minutos: int) -> str:
    """`8:30`."""
    return f"{minutos // 60}:{minutos % 60:02d}"


def horario_para_escribir(tramos: tuple[tuple[int, int], ...]) -> str:
    """What `leer_horario` reads back the same."""
    return ", ".join(f"{en_horas(abre)}-{en_horas(cierra)}" for abre, cierra in tramos)


def _saltar(texto: str, desde: int) -> int:
    hallado = _ENTRE.match(texto, desde)
    return hallado.end() if hallado else desde


def _minutos(hora: str, minuto: str | None) -> int:
    total = int(hora) * 60 + int(minuto or 0)
    if int(minuto or 0) > 59 or total > DIA_MIN:
        raise Preciso(_("Esa hora no existe: van de 0:00 a 24:00."))
    return total
