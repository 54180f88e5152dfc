"""Pay órdenes de cobro, and units without an order, from accounts of the ledger or by card."""

from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, formato_bs
from nucleo.eventos import publicar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos.cobros.accesos import cuenta_que_recibe
from pagos.cobros.bloqueos import bloquear_orden
from pagos.cobros.devueltos import devuelto_por_orden
from pagos.cobros.errores import (
    MontoNoCorresponde,
    OrdenAnulada,
    OrdenVencida,
    OrdenYaPagada,
    PagoDistinto,
)
from pagos.cobros.estados import VIDA_ORDEN, Devolucion, EstadoOrden, estado_tras_pago, estado_visible
from pagos.cobros.eventos import (
    ORDEN_DEVUELTA,
    ORDEN_PAGADA,
    ORDEN_PAGADA_EN_PARTE,
    PAGO_SIN_LUGAR,
)
from pagos.cobros.formula import MONTO_MAXIMO
from pagos.cobros.modelos import Orden, Pago
from pagos.libro import Resultado, SolicitudTransferencia, exigir_cuenta, exigir_transferencia, obtener_cuenta

SISTEMA = Actor.sistema("cobros")


def pagar_orden(
    sesion: Session, actor: Actor, orden_id: UUID, pago_id: UUID, monto: Money | None, cuenta_id: int
) -> Pago:
    """Pay `monto` of an order (all that is left when None) from an account of the actor's.

    Everything is judged under the order's lock, so payers who come at once never pay more than it asks.
    `pago_id` is the client's and the ledger's: the same one again gives the same payment.

    Raises `OrdenYaPagada`, `OrdenVencida`, `OrdenAnulada`, `MontoNoCorresponde`, `PagoDistinto`,
    `EntidadNoRecibe`, `Prohibido` (not the actor's account), and the ledger's errors.
    """
    orden = bloquear_orden(sesion, orden_id)
    cuenta = obtener_cuenta(sesion, cuenta_id)
    previo = sesion.get(Pago, pago_id)
    if previo is not None:
        exigir_cuenta(sesion, actor, cuenta)
        return _repetido(previo, orden_id, cuenta_id, monto)
    a_pagar = monto_a_pagar(orden, monto, ahora_bd(sesion))
    autorizacion = exigir_cuenta(sesion, actor, cuenta, a_pagar)
    destino, codigo = cuenta_que_recibe(sesion, orden.unidad_id)
    (resultado,) = exigir_transferencia(
        sesion,
        SolicitudTransferencia(
            id=pago_id,
            debito=cuenta_id,
            credito=destino,
            monto=a_pagar,
            codigo=codigo,
            referencia=orden.id,
        ),
        autorizacion,
    )
    if resultado.codigo != "ok" or resultado.creada_en is None:
        raise PagoDistinto(_("Use un identificador nuevo para un pago nuevo."))
    pago = Pago(
        id=pago_id,
        orden_id=orden.id,
        monto=a_pagar,
        cuenta_origen=cuenta_id,
        cuenta_destino=destino,
        transferencia_id=pago_id,
        persona_id=actor.persona_id,
        unidad_id=autorizacion.unidad_id,
        pagado_en=resultado.creada_en,
    )
    _anotar(sesion, orden, pago, autorizacion)
    return pago


def monto_a_pagar(orden: Orden, monto: Money | None, ahora: datetime) -> Money:
    """How much a payment made `ahora` is for. Raises what `pagar_orden` raises about the order."""
    estado = estado_visible(EstadoOrden(orden.estado), orden.vence_en, ahora)
    if estado is EstadoOrden.PAGADA:
        raise OrdenYaPagada(_("No hace falta pagar nada más: esta orden ya está pagada."))
    if estado is EstadoOrden.ANULADA:
        raise OrdenAnulada(_("Quien la emitió la anuló. Pídale una orden nueva si todavía debe."))
    if estado is EstadoOrden.VENCIDA:
        raise OrdenVencida(_("El plazo terminó. Pida una orden nueva a quien le cobra."))
    if monto is None:
        return orden.saldo
    if monto > orden.saldo:
        raise _monto_malo(
            _("Falta pagar %(saldo)s: no puede pagar más.") % {"saldo": formato_bs(orden.saldo)}
        )
    if monto < orden.minimo_ahora:
        if not orden.parcial:
            texto = _("Esta orden se paga completa: %(saldo)s.") % {"saldo": formato_bs(orden.saldo)}
        else:
            texto = _("Lo menos que puede pagar ahora es %(minimo)s.") % {
                "minimo": formato_bs(orden.minimo_ahora)
            }
        raise _monto_malo(texto)
    return monto


def _monto_malo(texto: str) -> MontoNoCorresponde:
    return MontoNoCorresponde(texto, campos={"monto": texto})


def _repetido(previo: Pago, orden_id: UUID, cuenta_id: int, monto: Money | None) -> Pago:
    iguales = (previo.orden_id, previo.cuenta_origen) == (orden_id, cuenta_id)
    if not iguales or (monto is not None and monto != previo.monto):
        raise PagoDistinto(_("Use un identificador nuevo para un pago nuevo."))
    return previo


def _anotar(sesion: Session, orden: Orden, pago: Pago, autorizacion: Autorizacion) -> None:
    """Write the payment and move the order with it. The order is locked by the caller."""
    assert pago.monto <= orden.saldo
    sesion.add(pago)
    orden.pagado = orden.pagado + pago.monto
    despues = estado_tras_pago(EstadoOrden(orden.estado), orden.monto, orden.pagado)
    if despues != orden.estado:
        VIDA_ORDEN.pasar(orden, despues)
    orden.version += 1
    completa = orden.estado == EstadoOrden.PAGADA
    if completa:
        orden.terminada_en = ahora_bd(sesion)
    sesion.flush()
    datos = {
        "pago_id": str(pago.id),
        "cpt": orden.cpt,
        "monto": a_centavos(pago.monto),
        "pagado": a_centavos(orden.pagado),
        "total": a_centavos(orden.monto),
        "estado": orden.estado,
    }
    auditar(sesion, autorizacion, "orden_de_cobro.pagar", "pagos_orden", orden.id, datos)
    publicar(sesion, ORDEN_PAGADA if completa else ORDEN_PAGADA_EN_PARTE, orden.id, datos, autorizacion)


def anotar_devolucion(sesion: Session, pago: Pago) -> None:
    """Something of a payment went back, or that was undone: the order is another version of itself, and who
    issued it learns the totals as they are now."""
    orden = bloquear_orden(sesion, pago.orden_id)
    devuelto = devuelto_por_orden(sesion, [orden.id])[orden.id]
    orden.version += 1
    sesion.flush()
    datos = {
        "pago_id": str(pago.id),
        "cpt": orden.cpt,
        "monto": a_centavos(pago.monto),
        "pagado": a_centavos(orden.pagado),
        "total": a_centavos(orden.monto),
        "devuelto": a_centavos(devuelto),
        "devolucion": Devolucion.de(orden.pagado, devuelto).value,
        "estado": orden.estado,
    }
    autorizacion = Autorizacion.propia(SISTEMA)
    auditar(sesion, autorizacion, "orden_de_cobro.devolver", "pagos_orden", orden.id, datos)
    publicar(sesion, ORDEN_DEVUELTA, orden.id, datos, autorizacion)


# --- By card --------------------------------------------------------------------------------------------


def anotar_pago_con_tarjeta(
    sesion: Session,
    *,
    orden_id: UUID,
    intento_id: UUID,
    transferencia_id: UUID,
    monto: Money,
    destino: int,
    persona_id: UUID,
    iniciado_en: datetime,
) -> Pago | None:
    """Count a charge that the gateway confirmed and the ledger already credited to who collects.

    A payment that began before the due instant counts even if the bank answered later. One that the order can
    no longer take (somebody else paid it meanwhile, it was annulled) is not forced in: the event
    `PagoDeOrdenSinLugar` tells both sides, and who charges gives it back to the card. Safe to repeat.
    """
    orden = bloquear_orden(sesion, orden_id)
    previo = sesion.get(Pago, intento_id)
    if previo is not None:
        return previo
    autorizacion = Autorizacion.propia(SISTEMA)
    a_tiempo = iniciado_en < orden.vence_en
    cabe = monto <= orden.saldo and (orden.parcial or monto == orden.saldo)
    if orden.estado == EstadoOrden.ANULADA or not (a_tiempo and cabe):
        datos = {"cpt": orden.cpt, "intento_id": str(intento_id), "monto": a_centavos(monto)}
        datos["persona_id"] = str(persona_id)
        auditar(sesion, autorizacion, "orden_de_cobro.pago_sin_lugar", "pagos_orden", orden.id, datos)
        publicar(sesion, PAGO_SIN_LUGAR, orden.id, datos, autorizacion)
        return None
    pago = Pago(
        id=intento_id,
        orden_id=orden.id,
        monto=monto,
        medio="tarjeta",
        cuenta_destino=destino,
        transferencia_id=transferencia_id,
        persona_id=persona_id,
    )
    _anotar(sesion, orden, pago, autorizacion)
    return pago


# --- Without an order -----------------------------------------------------------------------------------


def pagar_a_unidad(
    sesion: Session, actor: Actor, unidad_id: UUID, pago_id: UUID, monto: Money, cuenta_id: int
) -> Resultado:
    """Pay a free amount to a unit (its printed QR). The same id again gives the same payment.

    Raises `MontoNoCorresponde`, `EntidadNoRecibe`, `Prohibido`, and the ledger's errors.
    """
    if not 0 < a_centavos(monto) <= a_centavos(MONTO_MAXIMO):
        raise _monto_malo(_("El monto debe ser mayor que cero y como máximo un millón."))
    autorizacion = exigir_cuenta(sesion, actor, obtener_cuenta(sesion, cuenta_id), monto)
    destino, codigo = cuenta_que_recibe(sesion, unidad_id)
    (resultado,) = exigir_transferencia(
        sesion,
        SolicitudTransferencia(id=pago_id, debito=cuenta_id, credito=destino, monto=monto, codigo=codigo),
        autorizacion,
    )
    if resultado.codigo == "ok":
        datos = {"monto": a_centavos(monto), "transferencia_id": str(pago_id)}
        auditar(sesion, autorizacion, "unidad.pagar", "registro_unidad", unidad_id, datos)
    return resultado
