"""The two postal operators open their agencies: `datos/agencias.csv`."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from uuid import UUID

from sqlmodel import Session

from demostracion.elenco import ETIQUETA, actor, id_de_persona, id_de_unidad
from demostracion.relato import Epoca, Paso, a_las, capitulo
from envios.operadores import (
    ClaseAgencia,
    DatosDeAgencia,
    abrir_agencia,
    asignar,
)
from nucleo.ids import id_demo
from nucleo.lectores import leer_horario, leer_telefono

DATOS = Path(__file__).parents[1] / "datos"
OPERADORES = ("correos", "mensajeria")
TRABAJA_EN = "PT-01"


@capitulo("envios.operadores")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    """Each opens its agencies in the first days; the one in Potosí has somebody who works in it."""
    for n, operador in enumerate(OPERADORES):
        yield Paso(
            a_las(epoca.desde, 24 + 9 + n), f"agencias: {operador}", partial(_abrir, operador=operador)
        )
    yield Paso(a_las(epoca.desde, 48 + 9), f"gente: {TRABAJA_EN}", _asignar)


def _filas(archivo: str, operador: str) -> Iterator[dict[str, str]]:
    with (DATOS / archivo).open(encoding="utf-8", newline="") as lector:
        yield from (fila for fila in csv.DictReader(lector) if fila["operador"] == operador)


def _abrir(sesion: Session, operador: str) -> None:
    for fila in _filas("agencias.csv", operador):
        dias = [fila["lunes_a_viernes"]] * 5 + [fila["sabado"], fila["domingo"]]
        semana = {n: leer_horario(horas) for n, horas in enumerate(dias, 1)}
        datos = DatosDeAgencia(
            codigo=fila["codigo"],
            nombre=f"{fila['nombre']} {ETIQUETA}",
            clase=ClaseAgencia(fila["clase"]),
            municipio_ine=fila["municipio"],
            direccion=fila["direccion"],
            latitud=Decimal(fila["latitud"]) if fila["latitud"] else None,
            longitud=Decimal(fila["longitud"]) if fila["longitud"] else None,
            telefono=leer_telefono(fila["telefono"]),
            semana={n: tramos for n, tramos in semana.items() if tramos},
        )
        abrir_agencia(
            sesion, actor(sesion, "correos"), id_de_unidad(operador), datos, id=id_de_agencia(datos.codigo)
        )


def _asignar(sesion: Session) -> None:
    asignar(sesion, actor(sesion, "correos"), id_de_agencia(TRABAJA_EN), id_de_persona("correos"))


def id_de_agencia(codigo: str) -> UUID:
    return id_demo(f"agencia:{codigo}")
