"""What becomes of the order of a purchase becomes of it: received, on its way again, paid, or let go."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

import comercio
from feria_inversa.certificaciones import bloquear_certificacion, devolver_lo_que_quede
from feria_inversa.compra_de_catalogo import eventos
from feria_inversa.compra_de_catalogo.bloqueos import bloquear_por_pedido
from feria_inversa.compra_de_catalogo.estados import TERMINADAS, VIDA_COMPRA, EstadoCompra
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import cero
from nucleo.eventos import publicar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

OBJETO = "feria_compra_de_catalogo"
_E, _C = EstadoCompra, comercio.EstadoCompromiso
PAGADOS = frozenset({_C.PAGADO, _C.RECIBIDO})
LOTE = 200


def seguir(sesion: Session, pedido_id: UUID, quien: Autorizacion | None = None) -> bool:
    """Take the purchase whose order it is to where its commitment is; of another order nothing is done. It
    may be asked late, twice and in any order. False when nothing changed."""
    compra = bloquear_por_pedido(sesion, pedido_id)
    if compra is None:
        return False
    bloquear_certificacion(sesion, compra.certificacion_id)  # before what the ledger gives back to it
    estaba = compra.estado
    compromiso = comercio.compromiso_de(sesion, pedido_id)
    assert compromiso is not None
    quien = quien or Autorizacion(Actor.sistema("pedidos de entidades"), unidad_id=compra.unidad_id)
    ahora = ahora_bd(sesion)
    while (sigue := _que_sigue(EstadoCompra(compra.estado), compromiso)) is not None:
        _pasar(compra, sigue, ahora, compromiso.recibido_en)
        contar_cambio(sesion, compra, quien, f"compra_de_catalogo.{sigue}", volvio=sigue is _E.ORDENADA)
    if compromiso.liberado > cero():
        devolver_lo_que_quede(sesion, compra.certificacion_id)
    return compra.estado != estaba


def atrasadas(sesion: Session, tras: UUID) -> tuple[Sequence[UUID], UUID | None]:
    """Of the next `LOTE` purchases under way after one, the orders that went on without them, or gave
    something back; and the last one that was looked at, None when there are no more."""
    consulta = (
        select(CompraDeCatalogo.id, CompraDeCatalogo.pedido_id, CompraDeCatalogo.estado)
        .where(col(CompraDeCatalogo.estado).in_((_E.ORDENADA, _E.RECIBIDA)), col(CompraDeCatalogo.id) > tras)
        .order_by(col(CompraDeCatalogo.id))
        .limit(LOTE)
    )
    filas = sesion.exec(consulta).all()
    suyos = comercio.compromisos_de_pedidos(sesion, [pedido_id for _id, pedido_id, _e in filas if pedido_id])
    de_cual = [(EstadoCompra(estado), suyos[pedido_id]) for _id, pedido_id, estado in filas if pedido_id]
    atras = [c.pedido_id for e, c in de_cual if _que_sigue(e, c) is not None or c.liberado > cero()]
    return atras, filas[-1][0] if len(filas) == LOTE else None


def desmentidas(sesion: Session) -> Sequence[UUID]:
    """The orders of what is said to be paid, and is owed."""
    deben = comercio.pedidos_adeudados(sesion)
    consulta = select(CompraDeCatalogo.pedido_id).where(
        CompraDeCatalogo.estado == _E.PAGADA, col(CompraDeCatalogo.pedido_id).in_(deben)
    )
    return [pedido_id for pedido_id in sesion.exec(consulta) if pedido_id is not None] if deben else []


def _que_sigue(estado: EstadoCompra, compromiso: comercio.CompromisoLeido) -> EstadoCompra | None:
    """The next step of a purchase, given what its order holds of the budget."""
    if estado is _E.PAGADA:  # what who sells let pass for paid, and then said that it never came
        return None if compromiso.estado in PAGADOS else _E.RECIBIDA
    if estado not in (_E.ORDENADA, _E.RECIBIDA):
        return None
    if compromiso.estado is _C.LIBERADO:
        return _E.ANULADA
    recibida = compromiso.pagar_desde is not None or compromiso.estado is not _C.VIGENTE
    if estado is _E.ORDENADA:
        return _E.RECIBIDA if recibida else None
    if not recibida and not compromiso.detenido:
        return _E.ORDENADA  # what was said to be delivered was not
    return _E.PAGADA if compromiso.estado in PAGADOS else None


def _pasar(
    compra: CompraDeCatalogo, estado: EstadoCompra, ahora: datetime, recibido_en: datetime | None
) -> None:
    """`recibido_en`: when its order was delivered, however late it is told here."""
    estaba = compra.estado
    VIDA_COMPRA.pasar(compra, estado)
    compra.terminada_en = ahora if estado in TERMINADAS else None
    if estado is _E.ORDENADA:
        compra.recibida_en = None
    elif estado is _E.RECIBIDA and estaba == _E.ORDENADA:
        assert recibido_en is not None
        compra.recibida_en = recibido_en
    if estado is _E.ANULADA:
        compra.motivo = _("Su pedido se deshizo: lo comprometido volvió a la certificación.")


def contar_cambio(
    sesion: Session, compra: CompraDeCatalogo, quien: Autorizacion, accion: str, *, volvio: bool = False
) -> None:
    """Each step is told and audited. `volvio`: it went back, its delivery was not one."""
    sesion.flush()
    hechos = {"estado": str(compra.estado), "volvio": volvio}
    publicar(sesion, eventos.COMPRA_DE_CATALOGO_CAMBIO, compra.id, hechos, quien)
    auditar(sesion, quien, accion, OBJETO, compra.id, {"numero": compra.numero})
