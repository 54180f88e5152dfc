"""Reads of questions: what anybody may read of a product, one's own, those of a seller."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from comercio.mensajes.errores import PreguntaNoEncontrada
from comercio.mensajes.estados import EstadoPregunta
from comercio.mensajes.modelos import Pregunta, RespuestaDePregunta
from empresa_digital.registro import CON_LO_SUYO, Facultad, tiene_facultad
from nucleo.actor import Actor
from nucleo.paginacion import CursorPedido, paginar

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


def preguntas_de_persona(sesion: Session, producto_id: UUID, persona_id: UUID) -> list[PreguntaLeida]:
    """What somebody asked about a product and was not answered yet, or never."""
    return _leer(
        sesion,
        MAS_NUEVAS,
        col(Pregunta.producto_id) == producto_id,
        col(Pregunta.persona_id) == persona_id,
        col(Pregunta.estado) != EstadoPregunta.RESPONDIDA,
    )[0]


def preguntas_del_vendedor(
    sesion: Session, vendedor_id: UUID, pagina: CursorPedido, *, abiertas: bool = True
) -> tuple[list[PreguntaLeida], str | None]:
    filtros = [col(Pregunta.vendedor_id) == vendedor_id]
    if abiertas:
        filtros.append(col(Pregunta.estado) == EstadoPregunta.ABIERTA)
    return _leer(sesion, pagina, *filtros)


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
