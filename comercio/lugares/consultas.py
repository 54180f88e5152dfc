"""The places of a seller, and what keeps each open."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from comercio.compra import ABIERTOS

# Of each place: the variants of which there is some, and the orders that left from it and have not ended.
_LUGARES = """
    SELECT d.id, d.nombre, d.municipio_ine, d.referencia, d.principal, d.cerrado_en IS NULL AS abierto,
        (SELECT count(*) FROM comercio_existencia e
            WHERE e.lugar_id = d.id AND e.existencia > 0) AS variantes,
        (SELECT count(DISTINCT p.id) FROM comercio_existencia e
            JOIN comercio_pedido_linea l ON l.existencia_id = e.id
            JOIN comercio_pedido p ON p.id = l.pedido_id
            WHERE e.lugar_id = d.id AND p.estado = ANY (CAST(:abiertos AS text[]))) AS pedidos
    FROM comercio_lugar_de_despacho d
"""
_DE_UNIDAD = text(_LUGARES + " WHERE d.vendedor_id = :unidad ORDER BY d.principal DESC, d.nombre, d.id")
_DE_UNO = text(_LUGARES + " WHERE d.id = :lugar")


@dataclass(frozen=True, slots=True)
class Lugar:
    """A place of dispatch; `variantes` there is some of, `pedidos` that left from it and have not ended."""

    id: UUID
    nombre: str
    municipio_ine: str | None
    referencia: str
    principal: bool
    abierto: bool
    variantes: int
    pedidos: int

    @property
    def se_cierra(self) -> bool:
        return self.abierto and not (self.principal or self.variantes or self.pedidos)


def lugares_de(sesion: Session, unidad_id: UUID) -> list[Lugar]:
    """Those of a seller, the principal first, closed ones too; one query."""
    filas = sesion.connection().execute(_DE_UNIDAD, _parametros(unidad=unidad_id))
    return [Lugar(**fila._mapping) for fila in filas]


def pendientes_de(sesion: Session, lugar_id: UUID) -> tuple[int, int]:
    """How many variants there is some of in a place, and how many orders from it have not ended."""
    fila = sesion.connection().execute(_DE_UNO, _parametros(lugar=lugar_id)).one()
    return fila.variantes, fila.pedidos


def _parametros(**propios: UUID) -> dict[str, Any]:
    return {"abiertos": sorted(ABIERTOS), **propios}
