"""Reads of reviews: of a product with how many gave how many stars, of a seller, of an order, one whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from comercio.compra.modelos import PedidoLinea
from comercio.opiniones.errores import OpinionNoEncontrada
from comercio.opiniones.modelos import Opinion, OpinionModeracion, OpinionRespuesta, OpinionVersion
from nucleo.en_texto import filas_en_json, leer_filas
from nucleo.paginacion import CursorPedido, paginar

MAS_NUEVAS = CursorPedido(None, 5)


@dataclass(frozen=True, slots=True)
class OpinionLeida:
    """A review as it stands. `respondida_antes`: what was answered is an older version of it."""

    id: UUID
    pedido_id: UUID
    linea_id: UUID
    producto_id: UUID
    titulo: str  # of what was bought, as it was called then
    opcion: str  # which of its variants, as it was told apart then
    vendedor_id: UUID
    autor: str
    estrellas: int
    texto: str
    version: int
    oculta: bool
    publicada_en: datetime
    editable_hasta: datetime
    escrita_en: datetime
    respuesta: str | None
    respondida_en: datetime | None
    respondida_antes: bool


@dataclass(frozen=True, slots=True)
class Distribucion:
    """How many reviews that anybody may see gave each number of stars."""

    por_estrellas: Mapping[int, int]

    @property
    def n(self) -> int:
        return sum(self.por_estrellas.values())

    @property
    def media(self) -> Decimal | None:
        """To one decimal, half up; none without reviews."""
        if not self.n:
            return None
        suma = sum(estrellas * cuantas for estrellas, cuantas in self.por_estrellas.items())
        return (Decimal(suma) / self.n).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def barras(self) -> list[tuple[int, int, int]]:
        """(stars, how many, per cent), the best first."""
        return [
            (e, self.por_estrellas.get(e, 0), round(100 * self.por_estrellas.get(e, 0) / (self.n or 1)))
            for e in range(5, 0, -1)
        ]


_CADA_UNA = (
    select(col(Opinion.estrellas).label("estrellas"), func.count().label("n"))
    .where(col(Opinion.producto_id) == bindparam("producto_id"), col(Opinion.oculta).is_(False))
    .group_by(col(Opinion.estrellas))
    .subquery("cada_una")
)
POR_ESTRELLAS = select(func.jsonb_object_agg(_CADA_UNA.c.estrellas, _CADA_UNA.c.n)).scalar_subquery()
"""What `leer_distribucion` reads of :producto_id, to be asked beside other things."""


def distribucion_de(sesion: Session, producto_id: UUID) -> Distribucion:
    consulta: Any = select(POR_ESTRELLAS)
    return leer_distribucion(sesion.exec(consulta, params={"producto_id": producto_id}).one())


def leer_distribucion(dato: Any) -> Distribucion:
    return Distribucion({int(estrellas): n for estrellas, n in (dato or {}).items()})


_ESCRITA = (col(OpinionVersion.opinion_id) == col(Opinion.id)) & (
    col(OpinionVersion.numero) == col(Opinion.version)
)
_RESPONDIDA = col(OpinionRespuesta.opinion_id) == col(Opinion.id)
_NUEVAS: Any = (
    sql_select(  # type: ignore[call-overload]
        Opinion.id,
        Opinion.pedido_id,
        Opinion.linea_id,
        Opinion.producto_id,
        PedidoLinea.titulo,
        PedidoLinea.opcion,
        Opinion.vendedor_id,
        Opinion.autor,
        Opinion.estrellas,
        col(OpinionVersion.texto).label("escrito"),
        Opinion.version,
        Opinion.oculta,
        Opinion.publicada_en,
        Opinion.editable_hasta,
        col(OpinionVersion.ocurrio_en).label("escrita_en"),
        col(OpinionRespuesta.texto).label("respuesta"),
        col(OpinionRespuesta.ocurrio_en).label("respondida_en"),
        func.coalesce(col(OpinionRespuesta.version) < col(Opinion.version), False),
    )
    .join(PedidoLinea, col(PedidoLinea.id) == col(Opinion.linea_id))
    .join(OpinionVersion, _ESCRITA)
    .outerjoin(OpinionRespuesta, _RESPONDIDA)
    .where(col(Opinion.producto_id) == bindparam("producto_id"), col(Opinion.oculta).is_(False))
    .order_by(col(Opinion.id).desc())
    .limit(MAS_NUEVAS.limite)
)
OPINADO = filas_en_json(_NUEVAS)
"""The newest that anybody may read of :producto_id, to be asked beside other things."""


def leer_opinado(dato: Any) -> list[OpinionLeida]:
    return [OpinionLeida(*valores) for valores in leer_filas(_NUEVAS, dato)]


def opiniones_de(
    sesion: Session, producto_id: UUID, pagina: CursorPedido = MAS_NUEVAS
) -> tuple[list[OpinionLeida], str | None]:
    """What anybody may read of a product, newest first."""
    return _leer(sesion, pagina, col(Opinion.producto_id) == producto_id, col(Opinion.oculta).is_(False))


def opiniones_del_vendedor(
    sesion: Session, vendedor_id: UUID, pagina: CursorPedido, *, sin_responder: bool = False
) -> tuple[list[OpinionLeida], str | None]:
    filtros = [col(Opinion.vendedor_id) == vendedor_id]
    if sin_responder:
        filtros += [col(OpinionRespuesta.opinion_id).is_(None), col(Opinion.oculta).is_(False)]
    return _leer(sesion, pagina, *filtros)


def opiniones_de_todos(
    sesion: Session, pagina: CursorPedido, *, ocultas: bool = False
) -> tuple[list[OpinionLeida], str | None]:
    """For the authority: all of them, or those that are hidden."""
    return _leer(sesion, pagina, *([col(Opinion.oculta).is_(True)] if ocultas else []))


def opiniones_del_pedido(sesion: Session, pedido_id: UUID) -> dict[UUID, OpinionLeida]:
    """By line of the order; hidden ones too."""
    leidas, _mas = _leer(sesion, CursorPedido(None, 100), col(Opinion.pedido_id) == pedido_id)
    return {o.linea_id: o for o in leidas}


def opinion_por_id(sesion: Session, opinion_id: UUID) -> OpinionLeida:
    """Raises `OpinionNoEncontrada`."""
    leidas, _mas = _leer(sesion, CursorPedido(None, 1), col(Opinion.id) == opinion_id)
    if not leidas:
        raise OpinionNoEncontrada()
    return leidas[0]


def versiones_de(sesion: Session, opinion_id: UUID) -> Sequence[OpinionVersion]:
    """The last one first."""
    consulta = select(OpinionVersion).where(col(OpinionVersion.opinion_id) == opinion_id)
    return sesion.exec(consulta.order_by(col(OpinionVersion.numero).desc())).all()


def moderaciones_de(sesion: Session, opinion_id: UUID) -> Sequence[OpinionModeracion]:
    """The last one first."""
    consulta = select(OpinionModeracion).where(col(OpinionModeracion.opinion_id) == opinion_id)
    return sesion.exec(consulta.order_by(col(OpinionModeracion.id).desc())).all()


def _leer(sesion: Session, pagina: CursorPedido, *filtros: Any) -> tuple[list[OpinionLeida], str | None]:
    consulta: Any = (
        select(Opinion, OpinionVersion, OpinionRespuesta, col(Opinion.id).label("id"))
        .add_columns(col(PedidoLinea.titulo), col(PedidoLinea.opcion))
        .join(PedidoLinea, col(PedidoLinea.id) == col(Opinion.linea_id))
        .join(OpinionVersion, _ESCRITA)
        .outerjoin(OpinionRespuesta, _RESPONDIDA)
        .where(*filtros)
        .execution_options(populate_existing=True)
    )
    filas, siguiente = paginar(sesion, consulta, pagina, columnas=(col(Opinion.id),), escalares=False)
    return [_leida(f[0], f[1], f[2], f.titulo, f.opcion) for f in filas], siguiente


def _leida(
    opinion: Opinion, version: OpinionVersion, respuesta: OpinionRespuesta | None, titulo: str, opcion: str
) -> OpinionLeida:
    return OpinionLeida(
        id=opinion.id,
        pedido_id=opinion.pedido_id,
        linea_id=opinion.linea_id,
        producto_id=opinion.producto_id,
        titulo=titulo,
        opcion=opcion,
        vendedor_id=opinion.vendedor_id,
        autor=opinion.autor,
        estrellas=opinion.estrellas,
        texto=version.texto,
        version=opinion.version,
        oculta=opinion.oculta,
        publicada_en=opinion.publicada_en,
        editable_hasta=opinion.editable_hasta,
        escrita_en=version.ocurrio_en,
        respuesta=respuesta.texto if respuesta else None,
        respondida_en=respuesta.ocurrio_en if respuesta else None,
        respondida_antes=respuesta is not None and respuesta.version < opinion.version,
    )
