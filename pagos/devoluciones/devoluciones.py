"""Give a received payment back, in parts, never above it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, select

from ciudadania import notificar
from empresa_digital.registro import notificar_unidad, unidad_por_id
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, cero, formato_bs
from nucleo.eventos import publicar
from nucleo.plazos import NACIONAL, correr
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos.devoluciones.avisos import AVISO_DEVOLUCION
from pagos.devoluciones.bloqueos import bloquear_devuelto
from pagos.devoluciones.errores import (
    DevolucionDistinta,
    DevolucionExcedida,
    NoReembolsable,
    PlazoDeDevolucionVencido,
    SaldoReembolsableDistinto,
)
from pagos.devoluciones.eventos import PAGO_DEVUELTO
from pagos.devoluciones.modelos import Devolucion, Devuelto
from pagos.libro import (
    Codigo,
    Cuenta,
    SolicitudTransferencia,
    TipoTitular,
    TipoTransferencia,
    exigir_cuenta,
    exigir_transferencia,
    obtener_cuenta,
    transferencia_por_id,
)
from pagos.libro.modelos import Transferencia

# Marketplace orders are not here: their returns go through the order and its escrow.
CODIGOS = frozenset(
    {Codigo.ENVIO, Codigo.PAGO_COMERCIO, Codigo.PAGO_ESTADO, Codigo.PAGO_CONTRATO, Codigo.PLANILLA}
)


@dataclass(frozen=True, slots=True)
class PagoRecibido:
    """A payment that may be given back: what is left of it, and until when."""

    transferencia: Transferencia
    recibe: Cuenta
    saldo: Money
    hasta: datetime


def pago_recibido(sesion: Session, actor: Actor, transferencia_id: UUID) -> PagoRecibido:
    """The payment, for who may pay from the account that received it.

    Raises `TransferenciaInexistente`, `Prohibido`, `NoReembolsable`.
    """
    pago = transferencia_por_id(sesion, transferencia_id)
    recibe = obtener_cuenta(sesion, pago.credito)
    exigir_cuenta(sesion, actor, recibe)
    if recibe.titular_tipo != TipoTitular.UNIDAD:
        raise NoReembolsable(
            _("Devuelven las empresas y entidades. Usted puede enviar el dinero a quien le pagó.")
        )
    if pago.codigo not in CODIGOS or pago.tipo not in (TipoTransferencia.SIMPLE, TipoTransferencia.CONFIRMA):
        raise NoReembolsable(_("Este movimiento no es un pago recibido que se pueda devolver desde aquí."))
    if obtener_cuenta(sesion, pago.debito).titular_tipo == TipoTitular.SISTEMA:
        raise NoReembolsable(_("Lo pagado con tarjeta se devuelve a la tarjeta, desde «Pagos con tarjeta»."))
    devuelto = devuelto_de(sesion, [pago.id]).get(pago.id, cero())
    return PagoRecibido(pago, recibe, pago.monto - devuelto, _hasta(sesion, pago))


def _hasta(sesion: Session, pago: Transferencia) -> datetime:
    hasta = correr(sesion, "pagos.devolucion", pago.creada_en, [NACIONAL]).vence_en
    assert hasta is not None
    return hasta


def devolver(
    sesion: Session,
    actor: Actor,
    *,
    id: UUID,
    transferencia_id: UUID,
    monto: Money,
    saldo_visto: Money,
    nota: str = "",
) -> Devolucion:
    """Give back `monto` of a received payment; the same id again is the same refund.

    `saldo_visto` is the refundable balance that the caller saw: if another refund changed it, this one is
    refused (412). Two at once wait for each other on the payment's row. Raises also `DevolucionDistinta`,
    `DevolucionExcedida`, `PlazoDeDevolucionVencido`, `MontoExcedido`, and the ledger's errors.
    """
    bloquear_devuelto(sesion, pago_recibido(sesion, actor, transferencia_id).transferencia)
    previa = sesion.get(Devolucion, id)
    if previa is not None:
        if (previa.transferencia_id, previa.monto, previa.nota) != (transferencia_id, monto, _nota(nota)):
            raise DevolucionDistinta(_("Use un identificador nuevo para una devolución nueva."))
        return previa
    pago = pago_recibido(sesion, actor, transferencia_id)
    _exigir_saldo(sesion, pago, monto, saldo_visto)
    autorizacion = exigir_cuenta(sesion, actor, pago.recibe, monto)
    assert autorizacion.unidad_id is not None
    (resultado,) = exigir_transferencia(
        sesion,
        SolicitudTransferencia(
            id=id,
            debito=pago.transferencia.credito,
            credito=pago.transferencia.debito,
            monto=monto,
            codigo=Codigo.DEVOLUCION,
            referencia=transferencia_id,
        ),
        autorizacion,
    )
    if resultado.codigo != "ok":
        raise DevolucionDistinta(_("Use un identificador nuevo para una devolución nueva."))
    devolucion = Devolucion(
        id=id,
        transferencia_id=transferencia_id,
        monto=monto,
        nota=_nota(nota),
        persona_id=actor.persona_id,
        unidad_id=autorizacion.unidad_id,
        mandato_id=autorizacion.mandato_id,
    )
    sesion.add(devolucion)
    sesion.flush()
    datos = {"transferencia_id": str(transferencia_id), "monto": a_centavos(monto)}
    auditar(sesion, autorizacion, "devolucion.hacer", "pagos_devolucion", id, datos)
    hecho = {"devolucion_id": str(id), "monto": a_centavos(monto)}
    publicar(sesion, PAGO_DEVUELTO, transferencia_id, hecho, autorizacion)
    _avisar(sesion, pago, devolucion)
    return devolucion


def _nota(texto: str) -> str:
    return texto.strip()[:200]


def _exigir_saldo(sesion: Session, pago: PagoRecibido, monto: Money, visto: Money) -> None:
    if ahora_bd(sesion) > pago.hasta:
        raise PlazoDeDevolucionVencido(
            _("El plazo para devolver este pago terminó. Envíe el dinero por otro medio.")
        )
    if pago.saldo != visto:
        raise SaldoReembolsableDistinto(
            _("Ahora quedan %(saldo)s por devolver. Revise el monto y vuelva a confirmarlo.")
            % {"saldo": formato_bs(pago.saldo)}
        )
    if not 0 < a_centavos(monto) <= a_centavos(pago.saldo):
        texto = _("Devuelva entre Bs 0,01 y %(saldo)s.") % {"saldo": formato_bs(pago.saldo)}
        raise DevolucionExcedida(texto, campos={"monto": texto})


def _avisar(sesion: Session, pago: PagoRecibido, devolucion: Devolucion) -> None:
    paga = obtener_cuenta(sesion, pago.transferencia.debito)
    unidad = unidad_por_id(sesion, devolucion.unidad_id).denominacion
    asunto = _("Le devolvieron %(monto)s") % {"monto": formato_bs(devolucion.monto)}
    cuerpo = _("%(quien)s devolvió %(monto)s de un pago de %(total)s. %(nota)s") % {
        "quien": unidad,
        "monto": formato_bs(devolucion.monto),
        "total": formato_bs(pago.transferencia.monto),
        "nota": devolucion.nota,
    }
    enlace = f"/comprobantes/{devolucion.id}"
    if paga.titular_tipo == TipoTitular.PERSONA:
        notificar(
            sesion,
            persona_id=paga.titular_id,
            asunto=asunto,
            cuerpo=cuerpo.strip(),
            enlace=enlace,
            clase=AVISO_DEVOLUCION,
        )
    else:
        notificar_unidad(sesion, paga.titular_id, asunto, cuerpo.strip(), enlace, clase=AVISO_DEVOLUCION)


def devuelto_de(sesion: Session, transferencias: Collection[UUID]) -> dict[UUID, Money]:
    """How much of each payment went back to who paid; those of which nothing did are not there."""
    consulta = select(Devuelto.transferencia_id, col(Devuelto.devuelto)).where(
        col(Devuelto.transferencia_id).in_(transferencias), col(Devuelto.devuelto) > cero()
    )
    return dict(sesion.exec(consulta).all())


def devoluciones_de(sesion: Session, transferencia_id: UUID) -> Sequence[Devolucion]:
    """The refunds of a payment, in order."""
    consulta = select(Devolucion).where(Devolucion.transferencia_id == transferencia_id)
    return sesion.exec(consulta.order_by(col(Devolucion.creado_en), col(Devolucion.id))).all()
