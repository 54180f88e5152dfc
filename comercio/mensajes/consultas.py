"""Reads of questions: what anybody may read of a product, one's own, those of a seller."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, union_all
from sqlalchemy import select as sql_select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlmodel import Session, col, select

from comercio.mensajes.errores import PreguntaNoEncontrada
from comercio.mensajes.estados import EstadoPregunta
from comercio.mensajes.modelos import Pregunta, RespuestaDePregunta
from empresa_digital.registro import CON_LO_SUYO, Facultad, tiene_facultad
from nucleo.actor import Actor
from nucleo.paginacion import PRIMERA_PAGINA, CursorPedido, paginar

MAS_NUEVAS = CursorPedido(None, 5)


@dataclass(frozen=True, slots=True)
class PreguntaLeida:
    id: UUID
    producto_id: UUID
    vendedor_id: UUID
    texto: str
    estado: EstadoPregunta
    hecha_en: datetime
    vence_en: datetime
    respuesta: str | None
    respondida_en: datetime | None


def preguntas_de(
    sesion: Session, producto_id: UUID, pagina: CursorPedido = MAS_NUEVAS
) -> tuple[list[PreguntaLeida], str | None]:
    """What was answered about a product, which anybody reads; newest first."""
    respondidas = col(Pregunta.estado) == EstadoPregunta.RESPONDIDA
    return _leer(sesion, pagina, col(Pregunta.producto_id) == producto_id, respondidas)


def _nuevas(*filtros: Any) -> Any:
    de_el = col(Pregunta.producto_id) == bindparam("producto_id")
    consulta = sql_select(col(Pregunta.id)).where(de_el, *filtros)
    return consulta.order_by(col(Pregunta.id).desc()).limit(MAS_NUEVAS.limite)


_RESPONDIDA = col(Pregunta.estado) == EstadoPregunta.RESPONDIDA
_SUYA = col(Pregunta.persona_id) == bindparam("persona_id", type_=Uuid())
A_LA_VISTA = (
    sql_select(
        func.jsonb_agg(
            aggregate_order_by(
                func.jsonb_build_array(
                    Pregunta.id,
                    Pregunta.producto_id,
                    Pregunta.vendedor_id,
                    Pregunta.texto,
                    Pregunta.estado,
                    Pregunta.hecha_en,
                    Pregunta.vence_en,
                    RespuestaDePregunta.texto,
                    RespuestaDePregunta.ocurrio_en,
                ),
                col(Pregunta.id).desc(),
            )
        )
    )
    .select_from(Pregunta)
    .outerjoin(RespuestaDePregunta, col(RespuestaDePregunta.pregunta_id) == col(Pregunta.id))
    .where(col(Pregunta.id).in_(union_all(_nuevas(_RESPONDIDA), _nuevas(~_RESPONDIDA, _SUYA))))
    .scalar_subquery()
)
"""What `leer_a_la_vista` reads of :producto_id and :persona_id, to be asked beside other things."""


def leer_a_la_vista(dato: Any) -> tuple[list[PreguntaLeida], list[PreguntaLeida]]:
    """The newest that were answered about a product, for everybody; and of what that person asked, what was
    not answered yet, or never."""
    leidas = [_de_dato(*fila) for fila in dato or ()]
    respondidas = [p for p in leidas if p.estado is EstadoPregunta.RESPONDIDA]
    return respondidas, [p for p in leidas if p.estado is not EstadoPregunta.RESPONDIDA]


def _de_dato(
    id: str,
    producto_id: str,
    vendedor_id: str,
    texto: str,
    estado: str,
    hecha_en: str,
    vence_en: str,
    respuesta: str | None,
    respondida_en: str | None,
) -> PreguntaLeida:
    return PreguntaLeida(
        id=UUID(id),
        producto_id=UUID(producto_id),
        vendedor_id=UUID(vendedor_id),
        texto=texto,
        estado=EstadoPregunta(estado),
        hecha_en=datetime.fromisoformat(hecha_en),
        vence_en=datetime.fromisoformat(vence_en),
        respuesta=respuesta,
        respondida_en=datetime.fromisoformat(respondida_en) if respondida_en else None,
    )


def preguntas_del_vendedor(
    sesion: Session, vendedor_id: UUID, pagina: CursorPedido, *, abiertas: bool = True
) -> tuple[list[PreguntaLeida], str | None]:
    filtros = [col(Pregunta.vendedor_id) == vendedor_id]
    if abiertas:
        filtros.append(col(Pregunta.estado) == EstadoPregunta.ABIERTA)
    return _leer(sesion, pagina, *filtros)


def preguntas_por_responder(sesion: Session, vendedor_id: UUID) -> list[PreguntaLeida]:
    """The first ones that wait for who sells."""
    return preguntas_del_vendedor(sesion, vendedor_id, PRIMERA_PAGINA)[0]


def pregunta_del_vendedor(sesion: Session, actor: Actor, pregunta_id: UUID) -> PreguntaLeida:
    """A question, for who sells; for anybody else it does not exist. Raises `PreguntaNoEncontrada`."""
    leidas, _mas = _leer(sesion, CursorPedido(None, 1), col(Pregunta.id) == pregunta_id)
    if not leidas or not tiene_facultad(
        sesion, actor, leidas[0].vendedor_id, Facultad.VENDER, estados=CON_LO_SUYO
    ):
        raise PreguntaNoEncontrada()
    return leidas[0]


def cuantas_por_responder(sesion: Session, unidades: Collection[UUID]) -> dict[UUID, int]:
    """By unit, those that wait for it."""
    consulta = (
        select(Pregunta.vendedor_id, func.count())
        .where(col(Pregunta.vendedor_id).in_(unidades), col(Pregunta.estado) == EstadoPregunta.ABIERTA)
        .group_by(col(Pregunta.vendedor_id))
    )
    return dict(sesion.exec(consulta).all())


def _leer(sesion: Session, pagina: CursorPedido, *filtros: Any) -> tuple[list[PreguntaLeida], str | None]:
    consulta: Any = (
        select(Pregunta, RespuestaDePregunta, col(Pregunta.id).label("id"))
        .outerjoin(RespuestaDePregunta, col(RespuestaDePregunta.pregunta_id) == col(Pregunta.id))
        .where(*filtros)
        .execution_options(populate_existing=True)
    )
    filas, siguiente = paginar(sesion, consulta, pagina, columnas=(col(Pregunta.id),), escalares=False)
    return [_leida(f[0], f[1]) for f in filas], siguiente


def _leida(pregunta: Pregunta, respuesta: RespuestaDePregunta | None) -> PreguntaLeida:
    return PreguntaLeida(
        id=pregunta.id,
        producto_id=pregunta.producto_id,
        vendedor_id=pregunta.vendedor_id,
        texto=pregunta.texto,
        estado=EstadoPregunta(pregunta.estado),
        hecha_en=pregunta.hecha_en,
        vence_en=pregunta.vence_en,
        respuesta=respuesta.texto if respuesta else None,
        respondida_en=respuesta.ocurrio_en if respuesta else None,
    )
