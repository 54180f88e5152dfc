"""What the entity does with what it ordered: says that it came well, and pays for it."""

from uuid import UUID

from sqlmodel import Session

import comercio
from feria_inversa.certificaciones import bloquear_certificacion
from feria_inversa.compra_de_catalogo.bloqueos import bloquear_compra
from feria_inversa.compra_de_catalogo.consultas import exigir_de_su_gente
from feria_inversa.compra_de_catalogo.errores import CompraNoPermite
from feria_inversa.compra_de_catalogo.esquemas import PagoDeCompra
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo
from feria_inversa.compra_de_catalogo.seguir import seguir
from feria_inversa.entidades import exigir_sin_conflicto_al_comprar
from nucleo.actor import Actor, Autorizacion
from nucleo.actos import Propuesto
from nucleo.textos import gettext as _


def conformar(sesion: Session, actor: Actor, compra_id: UUID) -> CompraDeCatalogo:
    """The entity says that what came is well: it is paid without waiting for its date.

    Raises `CompraNoEncontrada`, `ConflictoDeInteres`, `CompraNoPermite`, and what `comercio.dar_conformidad`
    does: `SinPapel`, for whom another person receives it.
    """
    compra, pedido_id = _de_su_pedido(sesion, actor, compra_id)
    comercio.dar_conformidad(sesion, actor, pedido_id)
    seguir(sesion, pedido_id, Autorizacion(actor, unidad_id=compra.unidad_id))
    return compra


def pagar(
    sesion: Session, actor: Actor, compra_id: UUID, datos: PagoDeCompra
) -> CompraDeCatalogo | Propuesto:
    """Pay what was received, from the account of the entity or by a C-31, or correct the C-31 that was
    said; of who only may with others, it waits for their signatures.

    Raises `CompraNoEncontrada`, `ConflictoDeInteres`, `CompraNoPermite`, and what `comercio.pagar_de_entidad`
    and `comercio.anotar_pago_fuera` do.
    """
    compra, pedido_id = _de_su_pedido(sesion, actor, compra_id)
    if datos.medio == "libro":
        propuesto = comercio.pagar_de_entidad(sesion, actor, pedido_id)
    else:
        assert datos.comprobante is not None
        assert datos.fecha is not None
        pago = comercio.PagoFuera(datos.comprobante, datos.fecha, datos.repetido)
        propuesto = comercio.anotar_pago_fuera(sesion, actor, pedido_id, pago)
    if propuesto is not None:
        return propuesto
    seguir(sesion, pedido_id, Autorizacion(actor, unidad_id=compra.unidad_id))
    return compra


def elegir_con_que_se_paga(
    sesion: Session, actor: Actor, compra_id: UUID, con: comercio.SePagaCon
) -> CompraDeCatalogo:
    """Leave it to the treasury, or to the account of the entity, before it is paid.

    Raises `CompraNoEncontrada`, `ConflictoDeInteres`, `CompraNoPermite`, and what
    `comercio.elegir_con_que_se_paga` does.
    """
    compra, pedido_id = _de_su_pedido(sesion, actor, compra_id)
    comercio.elegir_con_que_se_paga(sesion, actor, pedido_id, con)
    return compra


def _de_su_pedido(sesion: Session, actor: Actor, compra_id: UUID) -> tuple[CompraDeCatalogo, UUID]:
    exigir_de_su_gente(sesion, actor, compra_id)
    compra = bloquear_compra(sesion, compra_id)
    bloquear_certificacion(sesion, compra.certificacion_id)
    exigir_sin_conflicto_al_comprar(sesion, actor, compra.vendedor_id)
    if compra.pedido_id is None:
        raise CompraNoPermite(_("Todavía no se ordenó: apruébela primero."))
    return compra, compra.pedido_id
