"""Hold the postage of an item at its announcement, or note that it was paid in cash at the counter."""

from typing import Any
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import sostener_activas
from envios.deudas import exigir_sin_mora
from envios.items.modelos import Envio
from envios.portes.asunto import CLASE, id_de
from envios.portes.estados import EstadoPorte
from envios.portes.modelos import Porte
from envios.portes.valores import PorteDeItem
from envios.tarifas import CotizacionGuardada, cotizacion_vigente
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, cero
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos import (
    Codigo,
    CuentaNoOpera,
    SolicitudTransferencia,
    cuenta_de_asunto,
    cuenta_de_unidad,
    exigir_cuenta,
    exigir_transferencia,
    obtener_cuenta,
)


def retener(
    sesion: Session, actor: Actor, envio: Envio, *, cotizacion_id: UUID, cuenta_id: int
) -> PorteDeItem:
    """Take what a kept quote says from an account of the actor's and hold it for the item, just announced, in
    the announcement's own transaction: without money nothing is announced.

    `cuenta_id` is the actor's wallet or the account of a unit for which they may pay (PAGAR). Raises
    `CotizacionInexistente`, `CotizacionVencida`, `DatosInvalidos` (by field: the quote is of another parcel),
    `OperadorEnMora` (cash on delivery), `CuentaInexistente`, `Prohibido`, `SesionNoReciente` and the ledger's
    errors (`FondosInsuficientes`, `LimiteSuperado`…).
    """
    cotizacion = _cotizacion_de(sesion, envio, cotizacion_id)
    cuenta = obtener_cuenta(sesion, cuenta_id)
    autorizacion = exigir_cuenta(sesion, actor, cuenta, cotizacion.total)
    if cuenta.titular_tipo == "unidad" and not sostener_activas(sesion, {cuenta.titular_id}):
        raise CuentaNoOpera(_("La unidad que paga no está activa: no puede enviar nada nuevo."))
    del_operador = cuenta_de_unidad(sesion, envio.operador_unidad_id)
    if del_operador == cuenta_id:
        texto = _("El operador no se paga a sí mismo: elija la cuenta de quien envía.")
        raise DatosInvalidos(texto, campos={"cuenta": texto})
    porte_id = nuevo_id()
    exigir_transferencia(
        sesion,
        SolicitudTransferencia(
            id=id_de(porte_id, "retener"),
            codigo=Codigo.PAGO_EN_CUSTODIA,
            debito=cuenta_id,
            credito=cuenta_de_asunto(sesion, CLASE, porte_id),
            monto=cotizacion.total,
            referencia=envio.id,
        ),
        autorizacion,
    )
    porte = _porte(envio, cotizacion, id=porte_id, cuenta=cuenta_id, cuenta_operador=del_operador)
    return _guardar(sesion, autorizacion, porte, "porte.retener")


def cobrado_en_ventanilla(
    sesion: Session, autorizacion: Autorizacion, envio: Envio, *, cotizacion_id: UUID
) -> PorteDeItem:
    """Note that whoever brought the item paid its quote in cash to the operator, for whom the actor works;
    nothing moves in the ledger, and what is measured later changes nothing.

    Raises `CotizacionInexistente`, `CotizacionVencida`, `DatosInvalidos`, `OperadorEnMora`.
    """
    assert autorizacion.unidad_id == envio.operador_unidad_id
    cotizacion = _cotizacion_de(sesion, envio, cotizacion_id)
    porte = _porte(
        envio,
        cotizacion,
        estado=EstadoPorte.EN_EFECTIVO,
        cobrado=cotizacion.total,
        devuelto=cero(),
        terminado_en=ahora_bd(sesion),
    )
    return _guardar(sesion, autorizacion, porte, "porte.cobrar_en_ventanilla")


def _porte(envio: Envio, cotizacion: CotizacionGuardada, **campos: Any) -> Porte:
    return Porte(
        envio_id=envio.id,
        cotizacion_id=cotizacion.id,
        operador_unidad_id=envio.operador_unidad_id,
        cotizado=cotizacion.total,
        contra_entrega=cotizacion.bulto.contra_entrega,
        **campos,
    )


def _guardar(sesion: Session, autorizacion: Autorizacion, porte: Porte, accion: str) -> PorteDeItem:
    sesion.add(porte)
    sesion.flush()
    hechos = {"cotizado": a_centavos(porte.cotizado), "contra_entrega": a_centavos(porte.contra_entrega)}
    auditar(sesion, autorizacion, accion, "envios_envio", porte.envio_id, hechos)
    return PorteDeItem.de(porte)


def _cotizacion_de(sesion: Session, envio: Envio, cotizacion_id: UUID) -> CotizacionGuardada:
    """The quote, if it is of this item. A database trigger says the same."""
    cotizacion = cotizacion_vigente(sesion, cotizacion_id)
    campos: dict[str, str] = {}
    if cotizacion.operador_unidad_id != envio.operador_unidad_id:
        campos["operador_unidad_id"] = _("La cotización es de otro operador.")
    if cotizacion.destino_ine != envio.destino_municipio_ine:
        campos["destino_municipio_ine"] = _("La cotización es para otro destino.")
    if cotizacion.bulto.peso_g != envio.peso_g:
        campos["peso_g"] = _("La cotización es para otro peso.")
    if cotizacion.bulto.contra_entrega > cero() and envio.referencia_tipo == "pedido":
        campos["contra_entrega"] = _("Un pedido de Qhatu ya está pagado: no lleva cobro contra entrega.")
    if campos:
        raise DatosInvalidos(_("La cotización no es de este envío: pida otra."), campos=campos)
    if cotizacion.bulto.contra_entrega > cero():
        exigir_sin_mora(sesion, envio.operador_unidad_id)
    return cotizacion
