"""The feed of changes: the entries as anybody may read them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from empresa_digital.registro.asientos import Operacion
from empresa_digital.registro.asientos.modelos import Asiento, Cambio
from empresa_digital.registro.unidades.modelos import UnidadEconomica

_OPERACIONES_PUBLICAS = frozenset(
    {
        Operacion.EDITAR,
        Operacion.RECTIFICAR,
        Operacion.INSCRIBIR,
        Operacion.SUSPENDER,
        Operacion.REHABILITAR,
        Operacion.CANCELAR,
        Operacion.OTORGAR_HABILITACION,
        Operacion.SUSPENDER_HABILITACION,
    }
)


@dataclass(frozen=True, slots=True)
class CambioPublico:
    """An entry as anybody may read it. `datos` is None when its content is reserved (drafts, people's
    mandates).
    """

    numero: int
    unidad: str
    secuencia: int
    operacion: Operacion
    instante: datetime
    datos: dict[str, Any] | None
    huella: str
    huella_anterior: str | None


def cambios(sesion: Session, desde: int = 0, limite: int = 100) -> list[CambioPublico]:
    """The entries after number `desde`, in order and without gaps.

    Numbers are given while a transaction commits, so nothing ever appears behind a number already read.
    """
    consulta = (
        select(col(Cambio.numero), Asiento, col(UnidadEconomica.numero), col(UnidadEconomica.inscrita_en))
        .join(Asiento, col(Asiento.id) == col(Cambio.asiento_id))
        .join(UnidadEconomica, col(UnidadEconomica.id) == col(Asiento.unidad_id))
        .where(col(Cambio.numero) > desde)
        .order_by(col(Cambio.numero))
        .limit(limite)
    )
    return [
        CambioPublico(
            numero=numero,
            unidad=unidad,
            secuencia=asiento.secuencia,
            operacion=asiento.operacion,
            instante=asiento.instante,
            datos=asiento.datos if _es_publico(asiento, inscrita_en) else None,
            huella=asiento.huella,
            huella_anterior=asiento.huella_anterior,
        )
        for numero, asiento, unidad, inscrita_en in sesion.execute(consulta)
    ]


def _es_publico(asiento: Asiento, inscrita_en: datetime | None) -> bool:
    """Content is public from the registration on; that entry carries every fact known until then."""
    if inscrita_en is None or asiento.instante < inscrita_en:
        return False
    return asiento.operacion in _OPERACIONES_PUBLICAS
