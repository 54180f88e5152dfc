"""The only place where an order changes state, and who may act on it."""

from sqlmodel import Session

from comercio.catalogo import Modalidad
from comercio.compra import (
    VIDA_PEDIDO,
    CompraPropia,
    EstadoPedido,
    PedidoNoEncontrado,
    Quien,
    datos_de,
    exigir_que_baste_solo,
    exigir_que_no_venda,
    lo_suyo,
)
from comercio.compra.modelos import Pedido, PedidoPaso
from comercio.custodia import cobrada, compromiso_de, desfechar, fechar
from comercio.pedidos import eventos
from comercio.pedidos.errores import PedidoAjeno
from comercio.pedidos.estados import EN_MANOS, EstadoPaquete
from comercio.pedidos.lineas import NADA, lineas_del_pedido
from comercio.pedidos.plazos import liberacion
from empresa_digital.registro import (
    CON_LO_SUYO,
    Facultad,
    SinFacultad,
    UnidadInactiva,
    exigir_facultad,
    facultades_de,
    partes_en_lote,
)
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.eventos import publicar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

_EVENTO = {
    EstadoPedido.EN_PREPARACION: eventos.PEDIDO_EN_PREPARACION,
    EstadoPedido.DESPACHADO: eventos.PEDIDO_DESPACHADO,
    EstadoPedido.ENTREGADO: eventos.PEDIDO_ENTREGADO,
    EstadoPedido.CONCLUIDO: eventos.PEDIDO_CONCLUIDO,
    EstadoPedido.CANCELADO: eventos.PEDIDO_CANCELADO,
}


def sistema(por: str) -> Autorizacion:
    return Autorizacion.propia(Actor.sistema(por))


SEGUIMIENTO = "seguimiento del envío"


def quien_actua(sesion: Session, pedido: Pedido, autorizacion: Autorizacion) -> Quien:
    """Which side of an order somebody acts for, or that neither does."""
    if autorizacion.actor.tipo == "sistema":
        return Quien.CORREO if autorizacion.actor.nombre == SEGUIMIENTO else Quien.PLATAFORMA
    if autorizacion.unidad_id is None:
        return Quien.COMPRADOR
    if autorizacion.unidad_id == pedido.vendedor_id:
        return Quien.VENDEDOR
    parte = partes_en_lote(sesion, [pedido.comprador_parte_id])[pedido.comprador_parte_id]
    return Quien.COMPRADOR if autorizacion.unidad_id == parte.unidad_id else Quien.AUTORIDAD


def avanzar(
    sesion: Session, pedido: Pedido, nuevo: EstadoPedido, autorizacion: Autorizacion, detalle: str = ""
) -> None:
    """One step of an order, locked: recorded, published, audited."""
    anterior = pedido.estado
    VIDA_PEDIDO.pasar(pedido, nuevo)
    pedido.version += 1
    pedido.actualizado_en = ahora_bd(sesion)
    sesion.add(
        PedidoPaso(
            pedido_id=pedido.id,
            estado=nuevo,
            actor=autorizacion.actor.nombre[:200],
            quien=quien_actua(sesion, pedido, autorizacion),
            detalle=detalle[:300],
            ocurrio_en=pedido.actualizado_en,
        )
    )
    sesion.flush()
    publicar(sesion, _EVENTO[nuevo], pedido.id, datos_de(pedido) | {"antes": anterior}, autorizacion)
    auditar(sesion, autorizacion, f"pedido.{nuevo}", "comercio_pedido", pedido.id, {"antes": anterior})


def poner_al_dia(sesion: Session, pedido: Pedido, autorizacion: Autorizacion, detalle: str = "") -> None:
    """Take the order where its lines and parcels say that it is, and its money with it: nothing left of it is
    cancelled; all in the hands of who carries it, on its way; all delivered, delivered, and its money has a
    date. What is paid at the door is delivered when its money is there.
    """
    if pedido.modalidad != Modalidad.ENVIO or pedido.estado in VIDA_PEDIDO.fines:
        return
    vivas = [x for x in lineas_del_pedido(sesion, pedido.id) if x.viva > NADA]
    if not vivas:
        avanzar(sesion, pedido, EstadoPedido.CANCELADO, autorizacion, detalle)
    elif all(x.en(EstadoPaquete.ENTREGADO) >= x.viva for x in vivas) and cobrada(sesion, pedido.id):
        entregar(sesion, pedido, autorizacion, detalle)
    elif pedido.estado == EstadoPedido.ENTREGADO:
        desfechar(sesion, pedido.id)
        avanzar(sesion, pedido, EstadoPedido.DESPACHADO, autorizacion, detalle)
    elif pedido.estado != EstadoPedido.DESPACHADO and all(x.en(*EN_MANOS) >= x.viva for x in vivas):
        avanzar(sesion, pedido, EstadoPedido.DESPACHADO, autorizacion, detalle)


def entregar(sesion: Session, pedido: Pedido, autorizacion: Autorizacion, detalle: str = "") -> None:
    """All of the order was received: from now on runs the term after which the seller is paid."""
    if pedido.estado == EstadoPedido.ENTREGADO:
        return
    avanzar(sesion, pedido, EstadoPedido.ENTREGADO, autorizacion, detalle)
    fechar(sesion, pedido.id, liberacion(sesion, pedido, ahora_bd(sesion)))


def es_comprador(sesion: Session, actor: Actor, pedido: Pedido, *, con_otros: bool = False) -> bool:
    """`con_otros`: to look at it."""
    return lo_suyo(sesion, actor, pedido.comprador_parte_id, con_otros=con_otros) is not None


def del_comprador(sesion: Session, actor: Actor, pedido: Pedido) -> Autorizacion | None:
    """By what authority somebody acts for who bought; None of who does not. Of what a public entity bought,
    nobody does who represents who sells: neither as one nor as the other. Raises `CompraPropia`."""
    autorizacion = lo_suyo(sesion, actor, pedido.comprador_parte_id)
    if autorizacion is not None and compromiso_de(sesion, pedido.id) is not None:
        exigir_que_no_venda(sesion, actor, pedido.vendedor_id)
    return autorizacion


def exigir_que_no_compre(sesion: Session, actor: Actor, pedido: Pedido) -> None:
    """Of what a public entity bought: who may buy for it, alone or with others, is not who hands it over.
    Raises `CompraPropia`."""
    compromiso = compromiso_de(sesion, pedido.id)
    if compromiso is None:
        return
    if Facultad.COMPRAR in facultades_de(sesion, actor, con_otros=True).get(compromiso.entidad_id, ()):
        raise CompraPropia(
            _("Usted compra por la entidad que lo pidió: que lo entregue otra persona de quien vende.")
        )


def exigir_vendedor(sesion: Session, actor: Actor, pedido: Pedido) -> Autorizacion:
    """Raises `SinFacultad`; to who neither buys nor sells the order does not exist (`PedidoNoEncontrado`)."""
    try:
        return exigir_facultad(sesion, actor, pedido.vendedor_id, Facultad.VENDER, estados=CON_LO_SUYO)
    except UnidadInactiva:
        raise
    except SinFacultad:
        if es_comprador(sesion, actor, pedido, con_otros=True):
            raise
        raise PedidoNoEncontrado() from None


def exigir_comprador(sesion: Session, actor: Actor, pedido: Pedido) -> Autorizacion:
    """By what authority somebody acts for who bought. Raises `PedidoAjeno` for the seller, `EsperaFirmas` for
    who buys only with others, `PedidoNoEncontrado` for anybody else, and what `del_comprador` does."""
    autorizacion = del_comprador(sesion, actor, pedido)
    if autorizacion is None:
        exigir_que_baste_solo(sesion, actor, pedido.comprador_parte_id)
        exigir_vendedor(sesion, actor, pedido)
        raise PedidoAjeno(_("Solo quien compró puede hacer esto."))
    return autorizacion
