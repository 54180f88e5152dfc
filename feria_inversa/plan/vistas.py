"""What the pages of a plan show: a line, now or as a version said it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from feria_inversa.plan.archivo import MESES
from feria_inversa.plan.consultas import Empezado, modalidades_de, procesos_de
from feria_inversa.plan.modelos import Linea, VersionDePlan
from nucleo.dinero import bs

POR_PAGINA = 25


@dataclass(frozen=True, slots=True)
class Renglon:
    """A line in a list. `dineros` says of which budget it is paid, as its entity wrote it."""

    id: UUID
    plan_id: UUID
    numero: int
    objeto: str
    categoria: str
    modalidad: str
    mes: str
    monto: Money
    partida: str
    fuente: str | None
    organismo: str | None
    familia: str | None
    procesos: Sequence[Empezado] = ()


_CAMPOS = ("numero", "objeto", "categoria", "partida", "fuente", "organismo", "familia")


def nombre_de_mes(mes: int) -> str:
    return str(MESES[mes - 1]).capitalize()


def renglones(sesion: Session, lineas: Sequence[Linea]) -> list[Renglon]:
    """Those of a page, with the public processes that were begun from each."""
    modalidades = modalidades_de(sesion, lineas)
    procesos = procesos_de(sesion, [linea.id for linea in lineas])
    return [
        Renglon(
            id=linea.id,
            plan_id=linea.plan_id,
            **{campo: getattr(linea, campo) for campo in _CAMPOS},
            modalidad=modalidades[linea.modalidad_id].codigo,
            mes=nombre_de_mes(linea.mes),
            monto=linea.monto,
            procesos=procesos[linea.id],
        )
        for linea in lineas
    ]


def renglones_de_version(version: VersionDePlan, desde: int) -> tuple[list[Renglon], bool]:
    """A page of the lines that a version said, and whether there are more."""
    dichas = json.loads(version.contenido, parse_float=Decimal)["plan"]["lineas"]
    pagina: list[Mapping[str, Any]] = dichas[desde : desde + POR_PAGINA]
    hay = [
        Renglon(
            id=UUID(dicha["id"]),
            plan_id=version.plan_id,
            **{campo: dicha[campo] for campo in _CAMPOS},
            modalidad=dicha["modalidad"],
            mes=nombre_de_mes(dicha["mes"]),
            monto=bs(dicha["monto"]),
        )
        for dicha in pagina
    ]
    return hay, desde + POR_PAGINA < len(dichas)
