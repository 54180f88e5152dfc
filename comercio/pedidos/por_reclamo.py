"""What a claim decided, of who bought or of a card's bank, is given back, and what becomes of the order."""

from collections.abc import Mapping
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from comercio.catalogo import Modalidad
from comercio.compra import POR_DESPACHAR, VIDA_PEDIDO, EstadoPedido
from comercio.compra.modelos import Pedido
from comercio.custodia import devolver, dinero_de
from comercio.existencias import reponer, soltar
from comercio.pedidos.avanzar import avanzar
from comercio.pedidos.cancelar import anular_anunciados, quitar
from comercio.pedidos.estados import EstadoPaquete
from comercio.pedidos.lineas import NADA, contenido_de, elegidas, lineas_del_pedido, paquetes_de
from comercio.pedidos.modelos import DevolucionDeLinea
from comercio.pedidos.paquetes import saldar
from comercio.pedidos.seguir import perder
from nucleo.actor import Autorizacion
from nucleo.dinero import a_centavos, cero, de_centavos


def devolver_por_reclamo(
    sesion: Session,
    pedido: Pedido,
    autorizacion: Autorizacion,
    monto: Money,
    de: Mapping[UUID, Money],
    causa: UUID,
    motivo: str,
    porte: Money,
) -> Money:
    """Give `monto` back of an order, locked, out of what its lines `de` are still worth, and what is more out
    of its postage (`porte` at most). When it is all that is held and something was not delivered, that is
    given up for lost, or not done; delivered, the order ends. How much went back apart from lines that this
    cancelled.
    """
    antes = dinero_de(sesion, pedido.id).queda
    assert cero() < monto <= min(antes, sum(de.values(), porte))
    if monto == antes and pedido.estado != EstadoPedido.ENTREGADO:
        _dejar_sin_efecto(sesion, pedido, autorizacion, motivo)
    falta = monto - (antes - dinero_de(sesion, pedido.id).queda)
    if falta > cero():
        quedan = {x.fila.id: x.por_devolver for x in lineas_del_pedido(sesion, pedido.id)}
        valen = {id: min(vale, quedan[id]) for id, vale in de.items()}
        de_lineas = min(falta, sum(valen.values(), cero()))
        partes = _repartir(de_lineas, valen)
        sesion.add_all(
            DevolucionDeLinea(causa=causa, linea_id=id, pedido_id=pedido.id, importe=parte)
            for id, parte in partes.items()
            if parte > cero()
        )
        queda = devolver(sesion, autorizacion, pedido.id, falta, causa, falta - de_lineas)
        if queda == cero() and pedido.estado not in VIDA_PEDIDO.fines:
            avanzar(sesion, pedido, EstadoPedido.CONCLUIDO, autorizacion, motivo)
    return falta


def devolver_al_banco(
    sesion: Session, pedido: Pedido, autorizacion: Autorizacion, monto: Money, causa: UUID, motivo: str
) -> None:
    """A card's bank took `monto` of what is held of an order, locked: it goes back where it was paid from.
    When it is all, what is still with who sold is cancelled and for sale again, by no fault of theirs, and
    the order ends."""
    antes = dinero_de(sesion, pedido.id).queda
    assert cero() < monto <= antes
    if monto == antes and pedido.modalidad != Modalidad.SERVICIO:
        _quitar_lo_que_no_salio(sesion, pedido, autorizacion, motivo)
    dinero = dinero_de(sesion, pedido.id)
    falta = monto - (antes - dinero.queda)
    if falta > cero():
        de = {x.fila.id: x.por_devolver for x in lineas_del_pedido(sesion, pedido.id)}
        de = {id: vale for id, vale in de.items() if vale > cero()}
        devolver_por_reclamo(sesion, pedido, autorizacion, falta, de, causa, motivo, dinero.porte)


def _quitar_lo_que_no_salio(sesion: Session, pedido: Pedido, autorizacion: Autorizacion, motivo: str) -> None:
    """What nobody received, and what waits at the seller's, or goes with them, to be handed over."""
    if pedido.estado in POR_DESPACHAR:
        anular_anunciados(sesion, pedido, autorizacion)
        que = elegidas(lineas_del_pedido(sesion, pedido.id), None)
        quitar(sesion, pedido, autorizacion, que, motivo, lambda s, q, _a, _p: soltar(s, q))
    for paquete in paquetes_de(sesion, pedido.id):
        en_espera = paquete.en_mano and paquete.estado == EstadoPaquete.DESPACHADO
        if en_espera and saldar(sesion, paquete, EstadoPaquete.DEVUELTO):
            quitar(sesion, pedido, autorizacion, contenido_de(sesion, paquete.id), motivo, reponer)


def _repartir(monto: Money, entre: Mapping[UUID, Money]) -> dict[UUID, Money]:
    """So much among lines, to each by what it is worth and never more; all together exactly."""
    total, va, hasta = a_centavos(sum(entre.values(), cero())), 0, 0
    partes: dict[UUID, Money] = {}
    assert monto == cero() or total > 0
    for linea_id, vale in entre.items():
        va += a_centavos(vale)
        antes, hasta = hasta, a_centavos(monto) * va // (total or 1)
        partes[linea_id] = de_centavos(hasta - antes)
    return partes


def _dejar_sin_efecto(sesion: Session, pedido: Pedido, autorizacion: Autorizacion, motivo: str) -> None:
    if pedido.modalidad == Modalidad.SERVICIO:
        vivas = {x.fila.id: x.viva for x in lineas_del_pedido(sesion, pedido.id) if x.viva > NADA}
        quitar(sesion, pedido, autorizacion, vivas, motivo, lambda s, q, _a, _p: soltar(s, q))
        return
    for paquete in paquetes_de(sesion, pedido.id):
        if paquete.estado == EstadoPaquete.DESPACHADO:
            perder(sesion, pedido, paquete)
