"""The cases of `casos.csv`, each worked by hand with its reason.

`plazo` reads «value unit [dia_siguiente] [sin_prorroga]», then «+ n» for the extension for distance and «|
from/to» for each pause. `inicio` is in La Paz (10:00 unless told) or UTC with Z; `vence` is the last day, or
the instant of a term of hours.
"""

import csv
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from nucleo.plazos import Empieza, Pausa, Plazo, Unidad, fin_del_dia
from nucleo.reloj import ZONA

ARCHIVO = Path(__file__).with_name("casos.csv")


@dataclass(frozen=True)
class Caso:
    linea: int
    plazo: Plazo
    inicio: datetime
    lugares: tuple[str, ...]
    pausas: tuple[Pausa, ...]
    distancia: Plazo | None
    vence_en: datetime
    razon: str

    def __str__(self) -> str:
        return f"linea {self.linea}: {self.razon}"


def un_plazo(valor: int, unidad: str = "dias_habiles", *opciones: str) -> Plazo:
    return Plazo(
        codigo="prueba.plazo",
        nombre="Un plazo",
        valor=valor,
        unidad=Unidad(unidad),
        norma="Norma de prueba",
        confirmado=False,
        empieza=Empieza.DIA_SIGUIENTE if "dia_siguiente" in opciones else Empieza.DIA_HABIL_SIGUIENTE,
        prorroga="sin_prorroga" not in opciones,
    )


def instante(texto: str) -> datetime:
    if texto.endswith("Z"):
        return datetime.fromisoformat(texto)
    if len(texto) == 10:
        return datetime.combine(date.fromisoformat(texto), time(10), ZONA)
    return datetime.fromisoformat(texto).replace(tzinfo=ZONA)


def casos() -> list[Caso]:
    with ARCHIVO.open(encoding="utf-8", newline="") as archivo:
        return [_caso(linea, fila) for linea, fila in enumerate(csv.DictReader(archivo), start=2)]


def _caso(linea: int, fila: dict[str, str]) -> Caso:
    regla, *pausas = fila["plazo"].split(" | ")
    regla, _mas, distancia = regla.partition(" + ")
    valor, *resto = regla.split()
    vence = fila["vence"]
    return Caso(
        linea=linea,
        plazo=un_plazo(int(valor), *resto),
        inicio=instante(fila["inicio"]),
        lugares=tuple(fila["lugares"].split()),
        pausas=tuple(Pausa(*(instante(i) for i in re.split("/", pausa))) for pausa in pausas),
        distancia=un_plazo(int(distancia)) if distancia else None,
        vence_en=fin_del_dia(date.fromisoformat(vence)) if len(vence) == 10 else instante(vence),
        razon=fila["razon"],
    )
