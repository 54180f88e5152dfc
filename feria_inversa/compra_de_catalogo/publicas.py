"""What entities ordered from the catalogue, for everybody: whose, of whom, when, and what is near each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Depends, Query
from moneyed import Money
from sqlalchemy import and_, false
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from empresa_digital.registro import unidades_por_numero
from feria_inversa.certificaciones.modelos import Certificacion
from feria_inversa.compra_de_catalogo.estados import EstadoCompra
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo
from nucleo.paginacion import CursorPedido, paginar
from nucleo.reloj import ZONA

CERCANAS_DIAS = 30
_DESHECHAS = (EstadoCompra.RECHAZADA, EstadoCompra.VENCIDA, EstadoCompra.ANULADA)


@dataclass(frozen=True, slots=True)
class Filtro:
    """The number in the registry of the entity, of the seller; the year in which it was ordered. Empty, of
    all; of a number that is nobody's, none."""

    entidad: str = ""
    vendedor: str = ""
    gestion: str = ""

    def en_la_direccion(self, **mas: str | None) -> str:
        """As the query of an address."""
        puestos = {"entidad": self.entidad, "vendedor": self.vendedor, "gestion": self.gestion, **mas}
        return urlencode({clave: valor for clave, valor in puestos.items() if valor})


async def _leer(  # async: it waits for nothing, and a plain function would be sent to a thread
    entidad: Annotated[
        str, Query(max_length=30, description="Número de registro de la entidad que compró.")
    ] = "",
    vendedor: Annotated[str, Query(max_length=30, description="Número de registro de quien vendió.")] = "",
    gestion: Annotated[str, Query(pattern="^(20[0-9]{2})?$", description="El año en que se ordenó.")] = "",
) -> Filtro:
    return Filtro(entidad.strip(), vendedor.strip(), gestion)


Elegidas = Annotated[Filtro, Depends(_leer)]


def publicas(
    sesion: Session, pagina: CursorPedido, filtro: Filtro | None = None
) -> tuple[list[CompraDeCatalogo], str | None]:
    """Those that were ordered, the last decided first."""
    consulta = select(CompraDeCatalogo).where(*_condiciones(sesion, filtro or Filtro()))
    columnas = (CompraDeCatalogo.decidida_en, CompraDeCatalogo.id)
    return paginar(sesion, consulta, pagina, columnas=columnas)


def _condiciones(sesion: Session, filtro: Filtro) -> list[Any]:
    condiciones: list[Any] = [col(CompraDeCatalogo.pedido_id).is_not(None)]
    unidades = unidades_por_numero(sesion, [n for n in (filtro.entidad, filtro.vendedor) if n])
    for columna, numero in (
        (CompraDeCatalogo.unidad_id, filtro.entidad),
        (CompraDeCatalogo.vendedor_id, filtro.vendedor),
    ):
        if numero:
            unidad = unidades.get(numero)
            condiciones.append(false() if unidad is None else col(columna) == unidad.id)
    if filtro.gestion:
        desde, hasta = (datetime(int(filtro.gestion) + n, 1, 1, tzinfo=ZONA) for n in (0, 1))
        condiciones += [
            col(CompraDeCatalogo.decidida_en) >= desde,
            col(CompraDeCatalogo.decidida_en) < hasta,
        ]
    return condiciones


@dataclass(frozen=True, slots=True)
class Cercanas:
    """Other orders of the same entity to the same seller of the same object of expenditure, not undone,
    decided up to `CERCANAS_DIAS` days before or after; of what nobody decided yet, before now."""

    cuantas: int
    total: Money


def cercanas(sesion: Session, ids: Collection[UUID]) -> dict[UUID, Cercanas]:
    """Of each of these purchases that has some, in one statement. Nobody judges here whether what was bought
    in parts should have been one call: it is told."""
    una, otra = aliased(CompraDeCatalogo), aliased(CompraDeCatalogo)
    de_una, de_otra = aliased(Certificacion), aliased(Certificacion)
    dias = timedelta(days=CERCANAS_DIAS)
    cuando = func.coalesce(col(una.decidida_en), func.nucleo_ahora())
    consulta = (
        select(una.id, func.count(), func.sum(otra.ordenado))
        .join(de_una, col(de_una.id) == col(una.certificacion_id))
        .join(
            otra,
            and_(
                col(otra.unidad_id) == col(una.unidad_id),
                col(otra.vendedor_id) == col(una.vendedor_id),
                col(otra.id) != col(una.id),
                col(otra.pedido_id).is_not(None),
                col(otra.estado) != EstadoCompra.ANULADA,
                col(otra.decidida_en).between(cuando - dias, cuando + dias),
            ),
        )
        .join(
            de_otra,
            and_(col(de_otra.id) == col(otra.certificacion_id), col(de_otra.objeto) == col(de_una.objeto)),
        )
        .where(col(una.id).in_(ids), col(una.estado).not_in(_DESHECHAS))
        .group_by(col(una.id))
    )
    filas = sesion.exec(consulta).all() if ids else []
    return {id: Cercanas(cuantas, total) for id, cuantas, total in filas if total is not None}
