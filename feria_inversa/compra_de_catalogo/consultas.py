"""Reads of the purchases from the catalogue, and who may see each."""

from collections.abc import Collection
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, func, select

import comercio
from feria_inversa.certificaciones import exigir_que_la_vea, la_ve
from feria_inversa.compra_de_catalogo.errores import CompraNoEncontrada
from feria_inversa.compra_de_catalogo.estados import EstadoCompra
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo
from nucleo.actor import Actor
from nucleo.paginacion import CursorPedido, paginar
from nucleo.textos import gettext as _


def compra_visible(sesion: Session, actor: Actor | None, compra_id: UUID) -> CompraDeCatalogo:
    """Of all once it was ordered; before, and if it never was, of its entity's people.

    Raises `CompraNoEncontrada`.
    """
    fila = sesion.get(CompraDeCatalogo, compra_id)
    if fila is None or (fila.pedido_id is None and not es_de_su_gente(sesion, actor, fila)):
        raise CompraNoEncontrada
    return fila


def compra_del_pedido(sesion: Session, pedido_id: UUID) -> CompraDeCatalogo | None:
    """The purchase whose order it is; none of another order."""
    return sesion.exec(select(CompraDeCatalogo).where(CompraDeCatalogo.pedido_id == pedido_id)).one_or_none()


def es_de_su_gente(sesion: Session, actor: Actor | None, compra: CompraDeCatalogo) -> bool:
    return actor is not None and la_ve(sesion, actor, compra.unidad_id)


def exigir_de_su_gente(sesion: Session, actor: Actor, compra_id: UUID) -> None:
    """For who may do something about it; for others it does not exist, or they only read it.

    Raises `CompraNoEncontrada`, `SinFacultad`.
    """
    compra = compra_visible(sesion, actor, compra_id)
    exigir_que_la_vea(sesion, actor, compra.unidad_id)


def compras_de(
    sesion: Session, actor: Actor, unidad_id: UUID, pagina: CursorPedido
) -> tuple[list[CompraDeCatalogo], str | None]:
    """Those of an entity, the last asked for first. Raises `SinFacultad`."""
    exigir_que_la_vea(sesion, actor, unidad_id)
    consulta = select(CompraDeCatalogo).where(CompraDeCatalogo.unidad_id == unidad_id)
    return paginar(sesion, consulta, pagina, columnas=(CompraDeCatalogo.id,))


def contar_por_aprobar(sesion: Session, actor: Actor, unidades: Collection[UUID]) -> dict[UUID, int]:
    """How many that others asked for wait in each of these entities for somebody to decide them."""
    consulta = (
        select(CompraDeCatalogo.unidad_id, func.count())
        .where(
            col(CompraDeCatalogo.unidad_id).in_(unidades),
            CompraDeCatalogo.estado == EstadoCompra.SOLICITADA,
            CompraDeCatalogo.solicito_id != actor.persona_id,
        )
        .group_by(col(CompraDeCatalogo.unidad_id))
    )
    return dict(sesion.exec(consulta).all())


def oferta_de(sesion: Session, unidad_id: UUID, oferta_id: UUID) -> comercio.OfertaLeida:
    """What is held now for the entity. Raises `OfertaNoEncontrada`."""
    for oferta in comercio.ofertas_sostenidas(sesion, unidad_id):
        if oferta.id == oferta_id:
            return oferta
    raise comercio.OfertaNoEncontrada(_("Esa oferta no está sostenida para la entidad: vea las que hay."))


def cuanto_cuesta(sesion: Session, compra: CompraDeCatalogo) -> tuple[Money, Money]:
    """What its goods, and their postage, come to today. Raises `OfertaNoEncontrada`."""
    forma = None if compra.forma is None else comercio.FormaDeEntrega(compra.forma)
    oferta = oferta_de(sesion, compra.unidad_id, compra.oferta_id)
    porte = comercio.porte_de_oferta(sesion, oferta, forma, compra.municipio_ine)
    return comercio.importe_de_hoy(sesion, oferta), porte


def ya_pedidas(sesion: Session, ofertas: Collection[UUID]) -> dict[UUID, UUID]:
    """Which purchase waits for each of these offers, of those that one does."""
    consulta = select(CompraDeCatalogo.oferta_id, CompraDeCatalogo.id).where(
        col(CompraDeCatalogo.oferta_id).in_(ofertas), CompraDeCatalogo.estado == EstadoCompra.SOLICITADA
    )
    return dict(sesion.exec(consulta).all()) if ofertas else {}
