"""Every movement of the money of orders. Who calls has locked the order; what the ledger refuses raises its
domain error and undoes the caller's transaction.

Money that waits as a pending transfer, from before orders had accounts, is moved before anything else: posted
to the seller and taken from there into the order's account, linked. So the payer's limits count it once, and
a buyer whose wallet is frozen is no obstacle: nothing new is debited from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import func
from sqlmodel import Session, select

from comercio.custodia import eventos
from comercio.custodia.asunto import CLASE, SISTEMA, id_de
from comercio.custodia.bloqueos import bloquear_custodia
from comercio.custodia.comprometer import (
    Certificacion,
    comprometer,
    en_mora,
    liberar_lo_comprometido,
    olvidar_mora,
    pagar_o_esperar,
)
from comercio.custodia.compromiso import EstadoCompromiso, Garantia, SePagaCon
from comercio.custodia.estados import VIDA_CUSTODIA, VIVA, EstadoCustodia
from comercio.custodia.modelos import Compromiso, Custodia, PorteDevuelto
from comercio.custodia.terminar import terminar
from nucleo.actor import Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, cero
from nucleo.eventos import publicar
from nucleo.filas import Fila, insertar_filas
from nucleo.reloj import ahora_bd
from pagos import (
    Codigo,
    SolicitudTransferencia,
    TipoCuenta,
    cuenta_de_asunto,
    cuenta_de_sistema,
    cuentas_de_asuntos,
    exigir_transferencia,
    saldo_disponible,
)


@dataclass(frozen=True, slots=True)
class NuevaCustodia:
    """What is paid for an order, `porte` of it for its postage, from which account, and whose it will be."""

    pedido_id: UUID
    monto: Money
    comision: Money
    cuenta_comprador: int
    cuenta_vendedor: int
    porte: Money = field(default_factory=cero)


def guardar(
    sesion: Session,
    autorizacion: Autorizacion,
    nuevas: Sequence[NuevaCustodia],
    codigo: Codigo = Codigo.PAGO_PEDIDO,
) -> None:
    """Take what a purchase costs, each order into its own account, linked: all of it is paid or nothing.

    `codigo`: `CUSTODIA` of what comes out of the purchase's own account (`comercio.por_pagar`).
    """
    suyas = cuentas_de_asuntos(sesion, CLASE, [n.pedido_id for n in nuevas])
    exigir_transferencia(
        sesion,
        [
            SolicitudTransferencia(
                id=id_de(n.pedido_id, "entra"),
                codigo=codigo,
                debito=n.cuenta_comprador,
                credito=suyas[n.pedido_id],
                monto=n.monto,
                referencia=n.pedido_id,
            )
            for n in nuevas
        ],
        autorizacion,
    )
    insertar_filas(sesion, Custodia, [_fila(n) for n in nuevas])


def guardar_comprometido(
    sesion: Session,
    autorizacion: Autorizacion,
    nuevas: Sequence[NuevaCustodia],
    de: Certificacion,
    se_paga_con: SePagaCon,
) -> None:
    """Each order holds what a public entity commits for it, linked; `cuenta_comprador` pays it at conformity,
    unless it is paid by a C-31. Raises what `comprometer` does."""
    comprometer(sesion, autorizacion, [(n.pedido_id, n.monto) for n in nuevas], de)
    insertar_filas(sesion, Custodia, [dict(_fila(n)) | {"garantia": Garantia.COMPROMISO} for n in nuevas])
    suyo = {"entidad_id": de.entidad_id, "certificado_id": de.certificado_id, "certificacion": de.numero}
    vigente = {"estado": EstadoCompromiso.VIGENTE, "intentos": 0, "se_paga_con": se_paga_con}
    insertar_filas(sesion, Compromiso, [{"pedido_id": n.pedido_id} | suyo | vigente for n in nuevas])


def prometer(sesion: Session, nuevas: Sequence[NuevaCustodia]) -> None:
    """Each order has its account, and nothing in it until who receives it pays at the door."""
    cuentas_de_asuntos(sesion, CLASE, [n.pedido_id for n in nuevas])
    insertar_filas(
        sesion,
        Custodia,
        [dict(_fila(n)) | {"estado": EstadoCustodia.POR_COBRAR, "contra_entrega": True} for n in nuevas],
    )


def por_cobrar(sesion: Session, pedido_id: UUID) -> tuple[Money, int] | None:
    """How much is to be collected at the door, and into which account; None of what is not, or no more."""
    custodia = bloquear_custodia(sesion, pedido_id)
    if custodia.estado != EstadoCustodia.POR_COBRAR:
        return None
    return custodia.monto, cuenta_de_asunto(sesion, CLASE, pedido_id)


def cobrada(sesion: Session, pedido_id: UUID) -> bool:
    """Whether its money is there: of what is paid at the door, from when it entered its account, whole. A
    claim that did not wait for it holds it from then on."""
    espera = por_cobrar(sesion, pedido_id)
    if espera is None:
        return True
    monto, cuenta = espera
    if saldo_disponible(sesion, cuenta) != monto:
        return False
    custodia = bloquear_custodia(sesion, pedido_id)
    VIDA_CUSTODIA.pasar(custodia, EstadoCustodia.RETENIDA)
    custodia.cobrada_en = ahora_bd(sesion)
    sesion.flush()
    if reclamado(sesion, pedido_id):
        _congelar(custodia)
        sesion.flush()
    hechos = {"monto": a_centavos(monto)}
    auditar(sesion, SISTEMA, "custodia.cobrar", "comercio_pedido", pedido_id, hechos)
    return True


def reclamado(sesion: Session, pedido_id: UUID) -> bool:
    """Whether who bought claims, and nobody ended it."""
    return bool(sesion.exec(select(func.comercio_reclamado(pedido_id))).one())


def no_cobrar(sesion: Session, autorizacion: Autorizacion, pedido_id: UUID) -> None:
    """Nobody paid it and nobody will: nothing comes back. Raises `CuentaNoOpera` if its money came by now."""
    terminar(sesion, bloquear_custodia(sesion, pedido_id), EstadoCustodia.NO_COBRADA)
    sesion.flush()
    auditar(sesion, autorizacion, "custodia.no_cobrar", "comercio_pedido", pedido_id, {})


def _fila(nueva: NuevaCustodia) -> Fila:
    return {
        "pedido_id": nueva.pedido_id,
        "monto": nueva.monto,
        "comision": nueva.comision,
        "cuenta_comprador": nueva.cuenta_comprador,
        "cuenta_vendedor": nueva.cuenta_vendedor,
        "estado": EstadoCustodia.RETENIDA,
        "devuelto": cero(),
        "porte": nueva.porte,
        "porte_devuelto": cero(),
        "al_vendedor": cero(),
        "comision_cobrada": cero(),
        "contra_entrega": False,
        "garantia": Garantia.DINERO,
        "ejecutado": cero(),
    }


def fechar(sesion: Session, pedido_id: UUID, liberar_en: datetime) -> None:
    """Say when the seller is paid; what had a date takes this one, unless it is due and unpaid. Nothing while
    a dispute holds it."""
    custodia = _lista(sesion, pedido_id)
    if en_mora(sesion, custodia):
        return
    if custodia.estado == EstadoCustodia.RETENIDA:
        VIDA_CUSTODIA.pasar(custodia, EstadoCustodia.POR_LIBERAR)
    if custodia.estado in (EstadoCustodia.POR_LIBERAR, EstadoCustodia.CONGELADA):
        custodia.liberar_en = liberar_en
    sesion.flush()


def desfechar(sesion: Session, pedido_id: UUID) -> None:
    """What was delivered was not: it waits again, without a date."""
    custodia = _lista(sesion, pedido_id)
    if custodia.estado == EstadoCustodia.POR_LIBERAR:
        VIDA_CUSTODIA.pasar(custodia, EstadoCustodia.RETENIDA)
    if custodia.estado in (EstadoCustodia.RETENIDA, EstadoCustodia.CONGELADA):
        custodia.liberar_en = None
        olvidar_mora(sesion, custodia)
    sesion.flush()


def congelar(sesion: Session, pedido_id: UUID) -> None:
    """A dispute begins: nobody is paid until it ends. Raises `TransicionInvalida` when the money is gone."""
    _congelar(_lista(sesion, pedido_id))
    sesion.flush()


def soltar(sesion: Session, pedido_id: UUID) -> None:
    """A dispute ended and something is still held: its date is what it was, or it waits for one. Not while a
    bank claims it too."""
    custodia = bloquear_custodia(sesion, pedido_id)
    if custodia.estado == EstadoCustodia.CONGELADA and custodia.banco_desde is None:
        _descongelar(custodia)
        sesion.flush()


def detener_por_banco(sesion: Session, pedido_id: UUID) -> bool:
    """The bank of the card that paid for it claims: nobody is paid until it decides. False when that was
    known, or nothing is held any more."""
    custodia = _lista(sesion, pedido_id)
    if custodia.estado not in VIVA or custodia.banco_desde is not None:
        return False
    _congelar(custodia)
    custodia.banco_desde = ahora_bd(sesion)
    sesion.flush()
    auditar(sesion, SISTEMA, "custodia.detener_por_banco", "comercio_pedido", pedido_id)
    return True


def soltar_del_banco(sesion: Session, pedido_id: UUID, *, reclamado: bool) -> bool:
    """The bank decided: what is still held goes on as it was, unless who bought claims too (`reclamado`).
    False when no bank held it."""
    custodia = bloquear_custodia(sesion, pedido_id)
    if custodia.estado != EstadoCustodia.CONGELADA or custodia.banco_desde is None:
        return False
    custodia.banco_desde = None
    if not reclamado:
        _descongelar(custodia)
    sesion.flush()
    auditar(sesion, SISTEMA, "custodia.soltar_del_banco", "comercio_pedido", pedido_id)
    return True


def _congelar(custodia: Custodia) -> None:
    if custodia.estado != EstadoCustodia.CONGELADA:  # by a bank or by who bought: either holds it
        VIDA_CUSTODIA.pasar(custodia, EstadoCustodia.CONGELADA)


def _descongelar(custodia: Custodia) -> None:
    con_fecha = custodia.liberar_en is not None
    VIDA_CUSTODIA.pasar(custodia, EstadoCustodia.POR_LIBERAR if con_fecha else EstadoCustodia.RETENIDA)


def devolver(
    sesion: Session,
    autorizacion: Autorizacion,
    pedido_id: UUID,
    monto: Money,
    causa: UUID,
    porte: Money | None = None,
) -> Money:
    """Give back to who paid, `porte` of it out of the postage, for a cause that does so once; what remains is
    held. How much remains.

    Raises the ledger's errors. Nobody can be given more than is held.
    """
    custodia = bloquear_custodia(sesion, pedido_id)
    porte = porte or cero()
    assert cero() < monto <= custodia.queda
    assert cero() <= porte <= min(monto, custodia.porte - custodia.porte_devuelto)
    if custodia.estado == EstadoCustodia.POR_MUDAR and monto == custodia.monto:
        _anular_pendiente(sesion, custodia)
    elif custodia.garantia == Garantia.COMPROMISO:
        liberar_lo_comprometido(sesion, pedido_id, monto, causa)
    else:
        custodia = _lista(sesion, pedido_id)
        _mover(
            sesion, pedido_id, [(f"devuelve.{causa}", Codigo.DEVOLUCION, custodia.cuenta_comprador, monto)]
        )
    custodia.devuelto += monto
    if porte > cero():
        custodia.porte_devuelto += porte
        sesion.add(PorteDevuelto(causa=causa, pedido_id=pedido_id, importe=porte))
    if custodia.queda == cero():
        terminar(sesion, custodia, EstadoCustodia.DEVUELTA)
    sesion.flush()
    hechos = {"monto": a_centavos(monto), "porte": a_centavos(porte), "causa": str(causa)}
    auditar(sesion, autorizacion, "custodia.devolver", "comercio_pedido", pedido_id, hechos)
    publicar(sesion, eventos.DINERO_DEVUELTO, pedido_id, hechos, autorizacion)
    return custodia.queda


def liberar(sesion: Session, pedido_id: UUID) -> bool:
    """Pay the seller, less the commission, what is held and has reached its date. False when it is not so, or
    what a public entity committed could not be paid."""
    custodia = bloquear_custodia(sesion, pedido_id)
    if custodia.estado != EstadoCustodia.POR_LIBERAR:
        return False
    assert custodia.liberar_en is not None
    if custodia.liberar_en > ahora_bd(sesion):
        return False
    if custodia.garantia == Garantia.COMPROMISO:
        return pagar_o_esperar(sesion, custodia)
    comision = custodia.comision_debida
    neto = custodia.queda - comision
    assert cero() <= comision <= custodia.queda
    _mover(
        sesion,
        pedido_id,
        [
            ("libera", Codigo.LIBERACION, custodia.cuenta_vendedor, neto),
            ("comision", Codigo.COMISION, cuenta_de_sistema(sesion, TipoCuenta.COMISION), comision),
        ],
    )
    custodia.al_vendedor, custodia.comision_cobrada = neto, comision
    terminar(sesion, custodia, EstadoCustodia.LIBERADA)
    sesion.flush()
    hechos = {"al_vendedor": a_centavos(neto), "comision": a_centavos(comision)}
    auditar(sesion, SISTEMA, "custodia.liberar", "comercio_pedido", pedido_id, hechos)
    return True


def mudar(sesion: Session, pedido_id: UUID) -> bool:
    """Move what waits as a pending transfer into the order's account. False when there is nothing to move."""
    custodia = bloquear_custodia(sesion, pedido_id)
    if custodia.estado != EstadoCustodia.POR_MUDAR:
        return False
    exigir_transferencia(
        sesion,
        [
            SolicitudTransferencia(
                id=id_de(pedido_id, "muda.confirma"),
                tipo="confirma",
                codigo=Codigo.PAGO_PEDIDO,
                pendiente_id=custodia.pendiente_id,
                monto=custodia.monto,
                referencia=pedido_id,
            ),
            SolicitudTransferencia(
                id=id_de(pedido_id, "muda.entra"),
                codigo=Codigo.CUSTODIA,
                debito=custodia.cuenta_vendedor,
                credito=cuenta_de_asunto(sesion, CLASE, pedido_id),
                monto=custodia.monto,
                referencia=pedido_id,
            ),
        ],
        SISTEMA,
    )
    VIDA_CUSTODIA.pasar(custodia, EstadoCustodia.RETENIDA)
    custodia.mudada_en = ahora_bd(sesion)
    sesion.flush()
    auditar(sesion, SISTEMA, "custodia.mudar", "comercio_pedido", pedido_id, {})
    return True


def _lista(sesion: Session, pedido_id: UUID) -> Custodia:
    """The money of an order, locked and in its own account."""
    mudar(sesion, pedido_id)
    return bloquear_custodia(sesion, pedido_id)


def _mover(sesion: Session, pedido_id: UUID, salidas: Sequence[tuple[str, Codigo, int, Money]]) -> None:
    custodia = cuenta_de_asunto(sesion, CLASE, pedido_id)
    exigir_transferencia(
        sesion,
        [
            SolicitudTransferencia(
                id=id_de(pedido_id, nombre),
                codigo=codigo,
                debito=custodia,
                credito=cuenta,
                monto=monto,
                referencia=pedido_id,
            )
            for nombre, codigo, cuenta, monto in salidas
            if monto > cero()
        ],
        SISTEMA,
    )


def _anular_pendiente(sesion: Session, custodia: Custodia) -> None:
    exigir_transferencia(
        sesion,
        SolicitudTransferencia(
            id=id_de(custodia.pedido_id, "muda.anula"),
            tipo="anula",
            codigo=Codigo.PAGO_PEDIDO,
            pendiente_id=custodia.pendiente_id,
            referencia=custodia.pedido_id,
        ),
        SISTEMA,
    )
