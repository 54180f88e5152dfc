"""What a seller must prepare: the orders by their term, and what to pick for them, summed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from comercio.catalogo import Modalidad
from comercio.formas import FormaDeEntrega
from nucleo.reloj import fecha_bolivia

MAXIMO = 100
"""Orders at a time: what fits in one document of labels."""


@dataclass(frozen=True, slots=True)
class Renglon:
    """So much of a variant, to be sent for an order or picked in a place."""

    sku: str
    titulo: str
    opcion: str
    unidad_medida: str
    cantidad: Decimal

    @property
    def nombre(self) -> str:
        return f"{self.titulo} ({self.opcion})" if self.opcion else self.titulo


@dataclass(frozen=True, slots=True)
class PorPreparar:
    """An order not yet announced, in whole or in part; a service holds what is to be done."""

    id: UUID
    numero: str
    estado: str
    modalidad: str
    forma: str | None
    destinatario: str
    lugar: str | None
    despachar_hasta: datetime
    al_recibir: bool
    """It is paid at the door: only who collects there may take it."""
    regalo: bool
    """It is for somebody else: what goes with it says no prices."""
    reclamado: bool
    """Its money is held by a claim: better not sent before it is decided."""
    renglones: Sequence[Renglon]

    @property
    def es_servicio(self) -> bool:
        return self.modalidad == Modalidad.SERVICIO

    @property
    def por_correo(self) -> bool:
        """Whether it is announced to the post: what is fetched or taken is told from its own page."""
        return self.forma == FormaDeEntrega.CORREO


@dataclass(frozen=True, slots=True)
class PorRecoger(Renglon):
    """So much of a variant to take from a place, for so many orders."""

    lugar: str
    pedidos: int


@dataclass(frozen=True, slots=True)
class PorLlevar:
    """A parcel that waits for the post to receive it."""

    pedido_id: UUID
    numero: str
    envio_id: UUID
    envio_numero: str
    destinatario: str
    despachar_hasta: datetime


# What is neither cancelled nor in a parcel that holds it, of the orders of a unit whose term has not ended.
_SUELTAS = """
    SELECT l.pedido_id, l.existencia_id, l.sku, l.titulo, l.opcion, l.unidad_medida, l.id AS linea_id,
           l.cantidad
           - coalesce((SELECT sum(c.cantidad) FROM comercio_pedido_cancelacion c WHERE c.linea_id = l.id), 0)
           - coalesce((SELECT sum(pl.cantidad) FROM comercio_paquete_linea pl
               JOIN comercio_paquete q ON q.id = pl.paquete_id
               WHERE pl.linea_id = l.id AND NOT q.saldado), 0)
           AS suelta
    FROM comercio_pedido_linea l
    JOIN comercio_pedido p ON p.id = l.pedido_id
    LEFT JOIN comercio_servicio s ON s.pedido_id = p.id
    WHERE p.vendedor_id = :unidad AND p.estado IN ('confirmado', 'pagado', 'en_preparacion')
      AND (s.estado IS NULL OR s.estado = 'agendado')
      AND (CAST(:hasta AS date) IS NULL
           OR CAST(p.despachar_hasta AT TIME ZONE 'America/La_Paz' AS date) <= CAST(:hasta AS date))
"""
_PEDIDOS = text(
    f"""
    WITH sueltas AS ({_SUELTAS}), cuales AS (
        SELECT p.id FROM comercio_pedido p
        WHERE p.id IN (SELECT pedido_id FROM sueltas WHERE suelta > 0)
        ORDER BY p.despachar_hasta, p.id LIMIT :limite)
    SELECT p.id, p.numero, p.estado, p.modalidad, p.forma, p.despachar_hasta, c.destinatario, c.lugar,
           k.estado = 'por_cobrar' AS al_recibir, c.regalo,
           k.estado = 'congelada' AS reclamado,
           s.sku, s.titulo, s.opcion, s.unidad_medida, s.suelta AS cantidad
    FROM cuales JOIN comercio_pedido p ON p.id = cuales.id JOIN comercio_compra c ON c.id = p.compra_id
    JOIN comercio_custodia k ON k.pedido_id = p.id
    JOIN sueltas s ON s.pedido_id = p.id
    WHERE s.suelta > 0 ORDER BY p.despachar_hasta, p.id, s.linea_id
    """  # noqa: S608 (our own text)
)
_RECOJO = text(
    f"""
    WITH sueltas AS ({_SUELTAS})
    SELECT d.nombre AS lugar, s.sku, s.titulo, s.opcion, s.unidad_medida, sum(s.suelta) AS cantidad,
           count(DISTINCT s.pedido_id) AS pedidos
    FROM sueltas s JOIN comercio_pedido p ON p.id = s.pedido_id
    JOIN comercio_existencia e ON e.id = s.existencia_id
    JOIN comercio_lugar_de_despacho d ON d.id = e.lugar_id
    WHERE s.suelta > 0 AND p.modalidad = 'envio' AND p.id = ANY(CAST(:pedidos AS uuid[]))
    GROUP BY d.principal, d.nombre, e.variante_id, s.sku, s.titulo, s.opcion, s.unidad_medida
    ORDER BY d.principal DESC, d.nombre, s.titulo, s.opcion, s.sku
    """  # noqa: S608 (our own text)
)
_POR_LLEVAR = text(
    """
    SELECT p.id AS pedido_id, p.numero, q.envio_id, q.envio_numero, c.destinatario, p.despachar_hasta
    FROM comercio_paquete q JOIN comercio_pedido p ON p.id = q.pedido_id
    JOIN comercio_compra c ON c.id = p.compra_id
    WHERE p.vendedor_id = :unidad AND q.estado = 'anunciado' AND q.forma = 'correo'
      AND p.estado IN ('confirmado', 'pagado', 'en_preparacion')
    ORDER BY p.despachar_hasta, p.id, q.numero LIMIT :limite
    """
)


def por_preparar(sesion: Session, unidad_id: UUID, hasta: date | None = None) -> list[PorPreparar]:
    """The orders with something to send or to do, those whose term ends first before; at most `MAXIMO`.
    Only those whose term ends until a day, with `hasta`.
    """
    filas = sesion.connection().execute(_PEDIDOS, _parametros(unidad_id, hasta) | {"limite": MAXIMO})
    return [_pedido(list(suyas)) for _id, suyas in groupby(filas, key=lambda f: f.id)]


def _pedido(filas: Sequence[Any]) -> PorPreparar:
    p = filas[0]
    renglones = [Renglon(f.sku, f.titulo, f.opcion, f.unidad_medida, f.cantidad) for f in filas]
    return PorPreparar(
        id=p.id,
        numero=p.numero,
        estado=p.estado,
        modalidad=p.modalidad,
        forma=p.forma,
        destinatario=p.destinatario,
        lugar=p.lugar,
        despachar_hasta=p.despachar_hasta,
        al_recibir=p.al_recibir,
        regalo=p.regalo,
        reclamado=p.reclamado,
        renglones=renglones,
    )


def por_recoger(sesion: Session, unidad_id: UUID, pedidos: Sequence[PorPreparar]) -> list[PorRecoger]:
    """What to take for these orders: each variant once in each place, summed."""
    parametros = _parametros(unidad_id, None) | {"pedidos": [p.id for p in pedidos]}
    filas = sesion.connection().execute(_RECOJO, parametros)
    return [
        PorRecoger(f.sku, f.titulo, f.opcion, f.unidad_medida, f.cantidad, f.lugar, f.pedidos) for f in filas
    ]


def por_llevar(sesion: Session, unidad_id: UUID) -> list[PorLlevar]:
    """The parcels announced that the post has not received, those whose order's term ends first before."""
    filas = sesion.connection().execute(_POR_LLEVAR, {"unidad": unidad_id, "limite": MAXIMO})
    return [PorLlevar(**f._mapping) for f in filas]


def por_dia(pedidos: Sequence[PorPreparar]) -> list[tuple[date, list[PorPreparar]]]:
    """The same orders, by the day on which their term ends."""
    return [
        (dia, list(suyos)) for dia, suyos in groupby(pedidos, key=lambda p: fecha_bolivia(p.despachar_hasta))
    ]


def _parametros(unidad_id: UUID, hasta: date | None) -> dict[str, Any]:
    return {"unidad": unidad_id, "hasta": hasta}
