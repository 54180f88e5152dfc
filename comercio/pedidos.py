"""The life of an order after it is paid. Each step is one use case; `estados` says which may follow which."""

from uuid import UUID

from sqlmodel import Session, select

from comercio import eventos
from comercio.bloqueos import bloquear_pedido
from comercio.comprar import datos_de
from comercio.errores import PedidoAjeno, PedidoNoEncontrado
from comercio.estados import (
    POR_DESPACHAR,
    VIDA_PEDIDO,
    EstadoPedido,
    Modalidad,
    nombre_estado,
)
from comercio.existencias import reponer, retirar, soltar
from comercio.modelos import ComisionPedido, Compra, Pedido, PedidoLinea, PedidoPaso
from empresa_digital.registro import (
    CON_LO_SUYO,
    Facultad,
    SinFacultad,
    UnidadInactiva,
    exigir_facultad,
    parte_de_persona,
    parte_de_unidad,
)
from envios import crear_envio
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.vidas import TransicionInvalida
from pagos import (
    Codigo,
    SolicitudTransferencia,
    TipoCuenta,
    cuenta_de_sistema,
    cuenta_de_unidad,
    exigir_transferencia,
)

_EVENTO = {
    EstadoPedido.EN_PREPARACION: eventos.PEDIDO_EN_PREPARACION,
    EstadoPedido.DESPACHADO: eventos.PEDIDO_DESPACHADO,
    EstadoPedido.ENTREGADO: eventos.PEDIDO_ENTREGADO,
    EstadoPedido.LIBERADO: eventos.PEDIDO_LIBERADO,
    EstadoPedido.CANCELADO: eventos.PEDIDO_CANCELADO,
}


def preparar(sesion: Session, actor: Actor, pedido_id: UUID) -> Pedido:
    """The seller has begun to prepare the order."""
    pedido = bloquear_pedido(sesion, pedido_id)
    autorizacion = _exigir_vendedor(sesion, actor, pedido)
    _avanzar(sesion, pedido, EstadoPedido.EN_PREPARACION, autorizacion)
    return pedido


def despachar(sesion: Session, actor: Actor, pedido_id: UUID, operador_id: UUID) -> Pedido:
    """Hand the order to a postal operator: its shipment is announced and the units leave the stock.

    Raises `TransicionInvalida`, `SinHabilitacion` when the unit chosen is no postal operator, `SinFacultad`.
    """
    pedido = bloquear_pedido(sesion, pedido_id)
    autorizacion = _exigir_vendedor(sesion, actor, pedido)
    VIDA_PEDIDO.exigir_paso(pedido, EstadoPedido.DESPACHADO)
    if pedido.modalidad != Modalidad.ENVIO:
        raise TransicionInvalida(_("Un servicio no se despacha: el comprador da su conformidad."))
    compra = sesion.get_one(Compra, pedido.compra_id)
    lineas = lineas_de(sesion, pedido.id)
    retirar(sesion, {linea.producto_id: linea.cantidad for linea in lineas})
    envio = crear_envio(
        sesion,
        autorizacion,
        remitente_parte_id=parte_de_unidad(sesion, pedido.vendedor_id).id,
        destinatario_parte_id=parte_de_persona(sesion, pedido.comprador_id).id,
        destinatario_nombre=compra.destinatario,
        destinatario_telefono=compra.telefono,
        destino_municipio_ine=compra.municipio_ine,
        destino_referencia=compra.referencia,
        operador_unidad_id=operador_id,
        referencia_tipo="pedido",
        referencia_id=pedido.id,
        peso_g=max(1, pedido.peso_g),
        contenido="; ".join(f"{linea.cantidad} × {linea.titulo}" for linea in lineas)[:200],
    )
    pedido.envio_id = envio.id
    pedido.envio_numero = envio.numero
    _avanzar(sesion, pedido, EstadoPedido.DESPACHADO, autorizacion, envio.numero)
    return pedido


def dar_conformidad(sesion: Session, actor: Actor, pedido_id: UUID) -> Pedido:
    """The buyer says that the service was done; the escrow follows."""
    pedido = bloquear_pedido(sesion, pedido_id)
    _exigir_comprador(sesion, actor, pedido)
    if pedido.modalidad != Modalidad.SERVICIO:
        raise TransicionInvalida(_("Este pedido viaja por correo: se entrega con su código."))
    VIDA_PEDIDO.exigir_paso(pedido, EstadoPedido.ENTREGADO)
    retirar(sesion, _cantidades(sesion, pedido.id))
    _avanzar(sesion, pedido, EstadoPedido.ENTREGADO, Autorizacion.propia(actor))
    return pedido


def cancelar(sesion: Session, actor: Actor, pedido_id: UUID, motivo: str) -> Pedido:
    """The buyer or the seller cancels before dispatch: money and units go back where they were."""
    pedido = bloquear_pedido(sesion, pedido_id)
    if _es_comprador(actor, pedido):
        autorizacion = Autorizacion.propia(actor)
    else:
        autorizacion = _exigir_vendedor(sesion, actor, pedido)
    if pedido.estado not in POR_DESPACHAR:
        raise TransicionInvalida(
            _("El pedido está en estado «%(estado)s»: ya no se puede cancelar.")
            % {"estado": nombre_estado(pedido.estado).lower()},
            estado_actual=pedido.estado,
        )
    _anular(sesion, pedido, autorizacion, motivo)
    return pedido


def cancelar_sin_despacho(sesion: Session, pedido_id: UUID) -> bool:
    """The sweep: the seller let the term to dispatch pass. False when somebody moved the order meanwhile."""
    pedido = bloquear_pedido(sesion, pedido_id)
    if pedido.estado not in POR_DESPACHAR or pedido.despachar_hasta >= ahora_bd(sesion):
        return False
    sistema = Autorizacion.propia(Actor.sistema("plazo de despacho"))
    _anular(sesion, pedido, sistema, _("El vendedor no despachó a tiempo."))
    return True


def anotar_entrega(sesion: Session, pedido_id: UUID) -> bool:
    """The shipment was delivered. False when that was already known."""
    pedido = bloquear_pedido(sesion, pedido_id)
    if pedido.estado != EstadoPedido.DESPACHADO:
        return False
    sistema = Autorizacion.propia(Actor.sistema("entrega del envío"))
    _avanzar(sesion, pedido, EstadoPedido.ENTREGADO, sistema, pedido.envio_numero or "")
    return True


def anotar_devolucion(sesion: Session, pedido_id: UUID) -> bool:
    """The shipment came back to the seller, or never left: the buyer gets the money, the seller the units."""
    pedido = bloquear_pedido(sesion, pedido_id)
    if pedido.estado != EstadoPedido.DESPACHADO:
        return False
    sistema = Autorizacion.propia(Actor.sistema("devolución del envío"))
    _anular(sesion, pedido, sistema, _("El envío volvió al vendedor."))
    return True


def liberar_custodia(sesion: Session, pedido_id: UUID) -> bool:
    """Post the escrow to the seller and move the frozen commission, both or none. False when already done."""
    pedido = bloquear_pedido(sesion, pedido_id)
    if pedido.estado != EstadoPedido.ENTREGADO:
        return False
    comision = sesion.get_one(ComisionPedido, pedido.id)
    sistema = Autorizacion.propia(Actor.sistema("liberación de custodia"))
    pedido.confirmacion_id = nuevo_id()
    transferencias = [
        SolicitudTransferencia(
            id=pedido.confirmacion_id,
            tipo="confirma",
            codigo=Codigo.PAGO_PEDIDO,
            pendiente_id=pedido.custodia_id,
            monto=pedido.total,
            referencia=pedido.id,
        )
    ]
    if a_centavos(comision.monto) > 0:
        pedido.comision_transferencia_id = nuevo_id()
        transferencias.append(
            SolicitudTransferencia(
                id=pedido.comision_transferencia_id,
                codigo=Codigo.COMISION,
                debito=cuenta_de_unidad(sesion, pedido.vendedor_id, TipoCuenta.COMERCIO),
                credito=cuenta_de_sistema(sesion, TipoCuenta.COMISION),
                monto=comision.monto,
                referencia=pedido.id,
            )
        )
    exigir_transferencia(sesion, transferencias, sistema)
    _avanzar(sesion, pedido, EstadoPedido.LIBERADO, sistema)
    return True


def lineas_de(sesion: Session, pedido_id: UUID) -> list[PedidoLinea]:
    return list(sesion.exec(select(PedidoLinea).where(PedidoLinea.pedido_id == pedido_id)))


def _cantidades(sesion: Session, pedido_id: UUID) -> dict[UUID, int]:
    return {linea.producto_id: linea.cantidad for linea in lineas_de(sesion, pedido_id)}


def _anular(
    sesion: Session,
    pedido: Pedido,
    autorizacion: Autorizacion,
    motivo: str,
) -> None:
    VIDA_PEDIDO.exigir_paso(pedido, EstadoPedido.CANCELADO)
    devolver = reponer if pedido.estado == EstadoPedido.DESPACHADO else soltar
    devolver(sesion, _cantidades(sesion, pedido.id))
    pedido.anulacion_id = nuevo_id()
    anulacion = SolicitudTransferencia(
        id=pedido.anulacion_id,
        tipo="anula",
        codigo=Codigo.PAGO_PEDIDO,
        pendiente_id=pedido.custodia_id,
        referencia=pedido.id,
    )
    exigir_transferencia(sesion, anulacion, autorizacion)
    _avanzar(sesion, pedido, EstadoPedido.CANCELADO, autorizacion, motivo)


def _es_comprador(actor: Actor, pedido: Pedido) -> bool:
    return actor.persona_id is not None and actor.persona_id == pedido.comprador_id


def _exigir_vendedor(sesion: Session, actor: Actor, pedido: Pedido) -> Autorizacion:
    """Raises `SinFacultad`; to who neither buys nor sells the order does not exist (`PedidoNoEncontrado`)."""
    try:
        return exigir_facultad(sesion, actor, pedido.vendedor_id, Facultad.VENDER, estados=CON_LO_SUYO)
    except UnidadInactiva:
        raise
    except SinFacultad:
        if _es_comprador(actor, pedido):
            raise
        raise PedidoNoEncontrado() from None


def _exigir_comprador(sesion: Session, actor: Actor, pedido: Pedido) -> None:
    """Raises `PedidoAjeno` for the seller, `PedidoNoEncontrado` for anybody else."""
    if not _es_comprador(actor, pedido):
        _exigir_vendedor(sesion, actor, pedido)
        raise PedidoAjeno(_("Solo quien compró puede hacer esto."))


def _avanzar(
    sesion: Session,
    pedido: Pedido,
    nuevo: EstadoPedido,
    autorizacion: Autorizacion,
    detalle: str = "",
) -> None:
    """The only place where an order changes state: step recorded, event published, audited."""
    anterior = pedido.estado
    VIDA_PEDIDO.pasar(pedido, nuevo)
    pedido.version += 1
    pedido.actualizado_en = ahora_bd(sesion)
    paso = PedidoPaso(
        pedido_id=pedido.id,
        estado=nuevo,
        actor=autorizacion.actor.nombre[:200],
        detalle=detalle[:300],
        ocurrio_en=pedido.actualizado_en,
    )
    sesion.add(paso)
    sesion.flush()
    publicar(sesion, _EVENTO[nuevo], pedido.id, datos_de(pedido) | {"antes": anterior}, autorizacion)
    auditar(sesion, autorizacion, f"pedido.{nuevo}", "comercio_pedido", pedido.id, {"antes": anterior})
