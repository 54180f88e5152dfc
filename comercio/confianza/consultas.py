"""Reads of trust: the authority's tray, a product's case, and who may see each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlalchemy import select as columnas
from sqlmodel import Session, col, select

from comercio.catalogo.modelos import Producto
from comercio.confianza.errores import IntervencionNoEncontrada
from comercio.confianza.estados import EstadoIntervencion
from comercio.confianza.modelos import Denuncia, Intervencion
from comercio.vendedores import exigir_autoridad
from empresa_digital.registro import CON_LO_SUYO, Facultad, tiene_facultad
from nucleo.actor import Actor

EN_LA_BANDEJA = 100


@dataclass(frozen=True, slots=True)
class Caso:
    """A product about which somebody waits for the authority."""

    producto_id: UUID
    titulo: str
    vendedor: str
    denuncias: int
    vence_en: datetime
    es_apelacion: bool = False


def casos(sesion: Session, actor: Actor) -> list[Caso]:
    """What waits for the authority, what ends first before: at most `EN_LA_BANDEJA` of reports and as many
    appeals. Raises `SinFacultad`, `SinCompetencia`."""
    exigir_autoridad(sesion, actor)
    vence = func.min(Denuncia.vence_en)
    de_producto = (col(Producto.id), col(Producto.titulo), col(Producto.vendedor_nombre))
    denunciados = sesion.execute(
        columnas(*de_producto, func.count(), vence)
        .join(Denuncia, col(Denuncia.producto_id) == col(Producto.id))
        .where(col(Denuncia.vence_en).is_not(None))
        .group_by(col(Producto.id))
        .order_by(vence, col(Producto.id))
        .limit(EN_LA_BANDEJA)
    ).all()
    apelados = sesion.execute(
        columnas(*de_producto, col(Intervencion.vence_en))
        .join(Intervencion, col(Intervencion.producto_id) == col(Producto.id))
        .where(col(Intervencion.estado) == EstadoIntervencion.APELADA)
        .order_by(col(Intervencion.vence_en), col(Producto.id))
        .limit(EN_LA_BANDEJA)
    ).all()
    todos = [Caso(*fila) for fila in denunciados]
    todos += [Caso(id, titulo, quien, 0, hasta, True) for id, titulo, quien, hasta in apelados]
    return sorted(todos, key=lambda caso: (caso.vence_en, caso.producto_id))


def cuantos_casos(sesion: Session) -> int:
    denunciados = select(func.count(func.distinct(Denuncia.producto_id))).where(
        col(Denuncia.vence_en).is_not(None)
    )
    apelados = select(func.count()).where(col(Intervencion.estado) == EstadoIntervencion.APELADA)
    return sesion.exec(denunciados).one() + sesion.exec(apelados).one()


def denuncias_de(sesion: Session, producto_id: UUID) -> Sequence[Denuncia]:
    """All of a product, the last one first: at most `EN_LA_BANDEJA`."""
    consulta = select(Denuncia).where(col(Denuncia.producto_id) == producto_id)
    orden = (col(Denuncia.abierta_en).desc(), col(Denuncia.id).desc())
    return sesion.exec(consulta.order_by(*orden).limit(EN_LA_BANDEJA)).all()


def ultima_intervencion(sesion: Session, producto_id: UUID) -> Intervencion | None:
    consulta = select(Intervencion).where(col(Intervencion.producto_id) == producto_id)
    return sesion.exec(consulta.order_by(col(Intervencion.abierta_en).desc()).limit(1)).first()


def intervencion_visible(sesion: Session, actor: Actor, producto_id: UUID) -> tuple[Producto, Intervencion]:
    """The last taking off sale of a product, for those who sell it; for others there is none
    (`IntervencionNoEncontrada`)."""
    producto, intervencion = sesion.get(Producto, producto_id), ultima_intervencion(sesion, producto_id)
    if (
        producto is None
        or intervencion is None
        or not tiene_facultad(sesion, actor, producto.vendedor_id, Facultad.VENDER, estados=CON_LO_SUYO)
    ):
        raise IntervencionNoEncontrada()
    return producto, intervencion


def por_apelar(sesion: Session, unidades: Sequence[UUID]) -> Sequence[tuple[UUID, UUID]]:
    """What each of these units may still appeal as (unit, product), what ends first before."""
    return sesion.exec(
        select(Intervencion.vendedor_id, Intervencion.producto_id)
        .where(
            col(Intervencion.estado) == EstadoIntervencion.VIGENTE,
            col(Intervencion.vendedor_id).in_(unidades),
        )
        .order_by(col(Intervencion.vence_en), col(Intervencion.id))
    ).all()
