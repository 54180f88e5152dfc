"""Acts: written once, with the number that follows in their process and the digest of their text."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy import select as columnas_de
from sqlmodel import Session, col, func, select

from constancia import registrar_tipo
from feria_inversa.actos.errores import ActaNoEncontrada
from feria_inversa.actos.json_exacto import a_json
from feria_inversa.actos.modelos import Acta
from nucleo.ids import nuevo_id
from nucleo.textos import perezoso as _l

APERTURA = "apertura"
INFORME = "informe"
ENMIENDA = "enmienda"
AMPLIACION = "ampliacion"
SUSPENSION = "suspension"
REANUDACION = "reanudacion"
EVALUACION = "evaluacion"
SUBASTA = "subasta"
INTERRUPCION = "interrupcion"
MESA = "mesa"
APERTURA_TECNICA = "apertura_tecnica"
EVALUACION_TECNICA = "evaluacion_tecnica"
DECISION = "decision"
NOMBRES = "nombres"
ADJUDICACION = "adjudicacion"

HOJA_DE_ACTA = "acta_de_proceso"
registrar_tipo(HOJA_DE_ACTA, _l("Acta de un proceso de compra"), "/feria/{objeto}")


def acta_en_hoja(numero: int, clase: str, huella: str) -> str:
    """What the public log says of an act (a trigger notes it)."""
    return f"{numero}|{clase}|{huella}"


def levantar(
    sesion: Session,
    proceso_id: UUID,
    clase: str,
    que: Mapping[str, Any],
    quien: str,
    instante: datetime,
    version: int | None = None,
) -> Acta:
    """Write an act of a locked process. `que` is JSON with exact decimals; `version`, the one it makes."""
    cuantas = sesion.exec(select(func.count()).where(Acta.convocatoria_id == proceso_id)).one()
    contenido = a_json({"clase": clase, "numero": cuantas + 1, **que})
    acta = Acta(
        id=nuevo_id(),
        convocatoria_id=proceso_id,
        numero=cuantas + 1,
        clase=clase,
        contenido=contenido,
        huella=hashlib.sha256(contenido.encode()).hexdigest(),
        hecha_en=instante,
        hecha_por=quien,
        version=version,
    )
    sesion.add(acta)
    sesion.flush()
    return acta


@dataclass(frozen=True, slots=True)
class Renglon:
    """What is known of an act without reading what it says."""

    clase: str
    numero: int
    huella: str
    hecha_en: datetime
    hecha_por: str


def _renglones(sesion: Session, *condiciones: ColumnElement[bool]) -> list[Renglon]:
    columnas = (col(c) for c in (Acta.clase, Acta.numero, Acta.huella, Acta.hecha_en, Acta.hecha_por))
    consulta = columnas_de(*columnas).where(*condiciones).order_by(col(Acta.numero))
    return [Renglon(*fila) for fila in sesion.execute(consulta)]


def renglon_de_clase(sesion: Session, proceso_id: UUID, clase: str) -> Renglon | None:
    """The last act of a class of a process, unread."""
    suyos = _renglones(sesion, col(Acta.convocatoria_id) == proceso_id, col(Acta.clase) == clase)
    return suyos[-1] if suyos else None


def renglones_sin_version(sesion: Session, proceso_id: UUID) -> list[Renglon]:
    """The acts of a process by which its call did not change, unread and in their order."""
    return _renglones(sesion, col(Acta.convocatoria_id) == proceso_id, col(Acta.version).is_(None))


def acta_de_clase(sesion: Session, proceso_id: UUID, clase: str) -> Acta | None:
    """The last act of a class of a process."""
    consulta = select(Acta).where(Acta.convocatoria_id == proceso_id, Acta.clase == clase)
    return sesion.exec(consulta.order_by(col(Acta.numero).desc())).first()


def actas_de_clase(sesion: Session, proceso_id: UUID, clase: str, ultimas: int | None = None) -> list[Acta]:
    """The acts of a class of a process, or so many of the last, in their order."""
    consulta = select(Acta).where(Acta.convocatoria_id == proceso_id, Acta.clase == clase)
    return list(sesion.exec(consulta.order_by(col(Acta.numero).desc()).limit(ultimas)))[::-1]


def actas_de_versiones(sesion: Session, proceso_id: UUID) -> list[Acta]:
    """The acts by which a process changed since it was published, in their order."""
    consulta = select(Acta).where(Acta.convocatoria_id == proceso_id, col(Acta.version).is_not(None))
    return list(sesion.exec(consulta.order_by(col(Acta.version))))


def acta_numero(sesion: Session, proceso_id: UUID, numero: int) -> Acta:
    """An act by its number. Raises `ActaNoEncontrada`."""
    consulta = select(Acta).where(Acta.convocatoria_id == proceso_id, Acta.numero == numero)
    acta = sesion.exec(consulta).one_or_none()
    if acta is None:
        raise ActaNoEncontrada
    return acta
