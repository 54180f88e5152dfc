"""Parcels that go from the seller to who bought it without a shipment: picked up, or taken there by the
seller. Handed over against the code that who bought it shows; after its term it is the seller's again.
"""

from uuid import UUID

from sqlmodel import Session

from comercio.compra import POR_EMPEZAR, VIDA_PEDIDO, EstadoPedido
from comercio.compra.modelos import Pedido
from comercio.custodia import dinero_de
from comercio.existencias import reponer
from comercio.formas import FormaDeEntrega
from comercio.pedidos.avanzar import (
    avanzar,
    exigir_comprador,
    exigir_que_no_compre,
    exigir_vendedor,
    poner_al_dia,
)
from comercio.pedidos.bloqueos import bloquear_pedido
from comercio.pedidos.cancelar import quitar
from comercio.pedidos.estados import VIDA_PAQUETE, EstadoPaquete
from comercio.pedidos.lineas import contenido_de, lineas_del_pedido, paquetes_de
from comercio.pedidos.modelos import Paquete
from comercio.pedidos.paquetes import (
    anotar_despacho,
    empaquetar,
    exigir_por_despachar,
    lo_que_va,
    saldar,
)
from comercio.reputacion import Falta, anotar_falta
from envios import FALLOS_MAXIMOS, CodigoBloqueado, CodigoIncorrecto, coincide, leer_codigo
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import ErrorDominio
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import ngettext
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida

_MOTIVOS = {
    FormaDeEntrega.RETIRO: _l("No se recogió."),
    FormaDeEntrega.REPARTO: _l("No se entregó."),
}


def alistar(sesion: Session, actor: Actor, pedido_id: UUID) -> Paquete:
    """All that is left of the order waits for who bought it, or the seller is taking it there: the term to
    dispatch is met. Raises `TransicionInvalida`, `SinFacultad`, `CompraPropia`.
    """
    pedido = bloquear_pedido(sesion, pedido_id)
    autorizacion = exigir_vendedor(sesion, actor, pedido)
    exigir_que_no_compre(sesion, actor, pedido)
    exigir_por_despachar(pedido)
    if pedido.forma == FormaDeEntrega.CORREO:
        raise TransicionInvalida(_("Este pedido va por correo: despáchelo con un operador."))
    que = lo_que_va(lineas_del_pedido(sesion, pedido.id))
    paquete = empaquetar(sesion, pedido, que, codigo_version=1)
    if pedido.estado in POR_EMPEZAR:
        avanzar(sesion, pedido, EstadoPedido.EN_PREPARACION, autorizacion)
    anotar_despacho(sesion, pedido, paquete, autorizacion)
    return paquete


def entregar_en_mano(sesion: Session, actor: Actor, pedido_id: UUID, codigo: str) -> ErrorDominio | None:
    """The seller hands it over against the code of who bought it. A wrong code is answered, not raised, so
    that its count is kept; the fifth locks it until who bought asks for another.

    Raises `TransicionInvalida`, `SinFacultad`, `CompraPropia`.
    """
    pedido = bloquear_pedido(sesion, pedido_id)
    autorizacion = exigir_vendedor(sesion, actor, pedido)
    exigir_que_no_compre(sesion, actor, pedido)
    paquete = _en_espera(sesion, pedido)
    if error := _comprobar(sesion, autorizacion, paquete, codigo):
        return error
    paquete.entregado_en = ahora_bd(sesion)
    VIDA_PAQUETE.pasar(paquete, EstadoPaquete.ENTREGADO)
    sesion.flush()
    poner_al_dia(sesion, pedido, autorizacion, _("Con el código de quien compró."))
    return None


def _comprobar(
    sesion: Session, autorizacion: Autorizacion, paquete: Paquete, dicho: str
) -> ErrorDominio | None:
    bloqueado = CodigoBloqueado(
        _("Se dijo un código incorrecto demasiadas veces. Quien compró debe pedir otro en su pedido.")
    )
    if paquete.codigo_fallos >= FALLOS_MAXIMOS:
        return bloqueado
    codigo = leer_codigo(dicho)
    if codigo is None:  # nobody's guess: it uses up no try
        detalle = _("Pida otra vez el código a quien recibe: son 7 dígitos y alguno no coincide.")
        return CodigoIncorrecto(detalle, campos={"codigo_entrega": detalle})
    assert paquete.codigo_version is not None
    if coincide(paquete.id, paquete.codigo_version, codigo):
        return None
    paquete.codigo_fallos += 1
    sesion.flush()
    hechos = {"fallos": paquete.codigo_fallos}
    auditar(sesion, autorizacion, "paquete.codigo_incorrecto", "comercio_pedido", paquete.pedido_id, hechos)
    quedan = FALLOS_MAXIMOS - paquete.codigo_fallos
    if quedan == 0:
        return bloqueado
    detalle = ngettext(
        "Ese no es el código de este pedido. Queda %(num)s intento.",
        "Ese no es el código de este pedido. Quedan %(num)s intentos.",
        quedan,
    ) % {"num": quedan}
    return CodigoIncorrecto(detalle, campos={"codigo_entrega": detalle}, intentos_restantes=quedan)


def renovar_codigo(sesion: Session, actor: Actor, pedido_id: UUID) -> Paquete:
    """Who bought gets another code; the one before stops working. Raises `TransicionInvalida`,
    `PedidoAjeno`, `CompraPropia`."""
    pedido = bloquear_pedido(sesion, pedido_id)
    autorizacion = exigir_comprador(sesion, actor, pedido)
    paquete = _en_espera(sesion, pedido)
    assert paquete.codigo_version is not None
    paquete.codigo_version += 1
    paquete.codigo_fallos = 0
    pedido.version += 1
    sesion.flush()
    hechos = {"version": paquete.codigo_version}
    auditar(sesion, autorizacion, "paquete.renovar_codigo", "comercio_pedido", pedido.id, hechos)
    return paquete


def no_se_entrego(sesion: Session, actor: Actor, pedido_id: UUID) -> Pedido:
    """The seller keeps it: what it cost goes back. Before its term it is a cancellation.
    Raises `TransicionInvalida`, `SinFacultad`."""
    pedido = bloquear_pedido(sesion, pedido_id)
    autorizacion = exigir_vendedor(sesion, actor, pedido)
    paquete = _en_espera(sesion, pedido)
    antes = paquete.vence_en is not None and paquete.vence_en > ahora_bd(sesion)
    quedarselo(sesion, pedido, paquete, autorizacion, renuncia=antes)
    return pedido


def quedarselo(
    sesion: Session, pedido: Pedido, paquete: Paquete, autorizacion: Autorizacion, *, renuncia: bool = False
) -> None:
    """A parcel, locked with its order, was not handed over: its units are the seller's again, and so is the
    fault, if they gave it up (`renuncia`) or were to take it there, and no card's bank claims it."""
    if saldar(sesion, paquete, EstadoPaquete.DEVUELTO) and pedido.estado not in VIDA_PEDIDO.fines:
        era_suyo = renuncia or paquete.forma == FormaDeEntrega.REPARTO
        if era_suyo and dinero_de(sesion, pedido.id).banco_desde is None:
            anotar_falta(sesion, pedido.id, Falta.CANCELADA)
        motivo = _("Quien vende no lo entregó.") if renuncia else str(_MOTIVOS[FormaDeEntrega(paquete.forma)])
        quitar(sesion, pedido, autorizacion, contenido_de(sesion, paquete.id), motivo, reponer)


def _en_espera(sesion: Session, pedido: Pedido) -> Paquete:
    """What waits to be handed over. Raises `TransicionInvalida`."""
    for paquete in paquetes_de(sesion, pedido.id):
        if paquete.en_mano and paquete.estado == EstadoPaquete.DESPACHADO:
            return paquete
    raise TransicionInvalida(_("Este pedido no espera que se entregue en mano: mírelo otra vez."))
