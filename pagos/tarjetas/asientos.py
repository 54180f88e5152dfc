"""What card payments do in the ledger. Every transfer id derives from the row it belongs to, so that each
movement exists at most once whatever is repeated.

An intent holds its credit from the start (a pending transfer): the limits of who receives are judged before
the card is charged, and the account cannot be closed meanwhile.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID, uuid5

from moneyed import Money
from sqlalchemy import func, select
from sqlmodel import Session

from nucleo.actor import Actor, Autorizacion
from nucleo.dinero import a_centavos, cero, de_centavos
from pagos.libro import (
    Codigo,
    Cuenta,
    SolicitudTransferencia,
    TipoCuenta,
    TipoTitular,
    congelar,
    cuenta_de_persona,
    cuenta_de_sistema,
    exigir_transferencia,
    marcar_congelada,
    obtener_cuenta,
)
from pagos.tarjetas.consultas import otra_disputa_con_faltante
from pagos.tarjetas.modelos import Disputa, Intento, Reembolso

SISTEMA = Autorizacion.propia(Actor.sistema("pasarela de tarjetas"))


def id_de(objeto_id: UUID, movimiento: str) -> UUID:
    """The id of a movement of an intent, refund or dispute."""
    return uuid5(objeto_id, movimiento)


def es_de_asunto(sesion: Session, cuenta_id: int) -> bool:
    """Whether an account is of a matter, where money moves for reasons of its own."""
    return obtener_cuenta(sesion, cuenta_id).titular_tipo == TipoTitular.ASUNTO


def _mover(sesion: Session, *solicitudes: SolicitudTransferencia, quien: Autorizacion = SISTEMA) -> None:
    exigir_transferencia(sesion, list(solicitudes), quien)


# --- Payments ---------------------------------------------------------------------------------------------


def reservar_abono(sesion: Session, intento: Intento, autorizacion: Autorizacion) -> None:
    """Hold the credit of a new intent. Raises the ledger's errors (`LimiteSuperado`, `CuentaNoOpera`…)."""
    _mover(
        sesion,
        SolicitudTransferencia(
            id=intento.reserva_id,
            tipo="pendiente",
            debito=cuenta_de_sistema(sesion, TipoCuenta.PASARELA),
            credito=intento.destino,
            monto=intento.monto,
            codigo=intento.codigo,
            referencia=intento.referencia_id or intento.id,
        ),
        quien=autorizacion,
    )


def abonar(sesion: Session, intento: Intento, *, con_reserva: bool) -> UUID:
    """Credit a charged intent, once; return the transfer's id.

    Without its hold (it had been given up) the ledger may refuse: raises its error then.
    """
    transferencia_id = id_de(intento.id, "abono")
    if con_reserva:
        abono = SolicitudTransferencia(
            id=transferencia_id,
            tipo="confirma",
            pendiente_id=intento.reserva_id,
            codigo=intento.codigo,
            monto=intento.monto,
            referencia=intento.referencia_id or intento.id,
        )
    else:
        abono = SolicitudTransferencia(
            id=transferencia_id,
            debito=cuenta_de_sistema(sesion, TipoCuenta.PASARELA),
            credito=intento.destino,
            monto=intento.monto,
            codigo=intento.codigo,
            referencia=intento.referencia_id or intento.id,
        )
    _mover(sesion, abono)
    return transferencia_id


def soltar_abono(sesion: Session, intento: Intento) -> None:
    """Give back the hold of an intent that will not be credited."""
    _mover(
        sesion,
        SolicitudTransferencia(
            id=id_de(intento.id, "anulacion"),
            tipo="anula",
            pendiente_id=intento.reserva_id,
            codigo=intento.codigo,
            referencia=intento.referencia_id or intento.id,
        ),
    )


# --- Refunds ----------------------------------------------------------------------------------------------


def retener_reembolso(
    sesion: Session, reembolso: Reembolso, intento: Intento, autorizacion: Autorizacion
) -> None:
    """Hold what will go back to the card. Raises `FondosInsuficientes`, `CuentaNoOpera`."""
    assert reembolso.reserva_id is not None
    _mover(
        sesion,
        SolicitudTransferencia(
            id=reembolso.reserva_id,
            tipo="pendiente",
            debito=intento.destino,
            credito=cuenta_de_sistema(sesion, TipoCuenta.PASARELA),
            monto=reembolso.monto,
            codigo=Codigo.DEVOLUCION,
            referencia=intento.id,
        ),
        quien=autorizacion,
    )


def resolver_reembolso(sesion: Session, reembolso: Reembolso, *, hecho: bool) -> None:
    """Post or free the hold; nothing to do for a payment that was never credited."""
    if reembolso.reserva_id is None:
        return
    _mover(
        sesion,
        SolicitudTransferencia(
            id=id_de(reembolso.id, "confirmacion" if hecho else "anulacion"),
            tipo="confirma" if hecho else "anula",
            pendiente_id=reembolso.reserva_id,
            codigo=Codigo.DEVOLUCION,
            monto=reembolso.monto,
            referencia=reembolso.intento_id,
        ),
    )


def revertir_reembolso(sesion: Session, reembolso: Reembolso, intento: Intento) -> None:
    """The bank gave the refund back: so does the ledger."""
    if reembolso.reserva_id is None:
        return
    _mover(
        sesion,
        SolicitudTransferencia(
            id=id_de(reembolso.id, "reversion"),
            debito=cuenta_de_sistema(sesion, TipoCuenta.PASARELA),
            credito=intento.destino,
            monto=reembolso.monto,
            codigo=Codigo.CUSTODIA if es_de_asunto(sesion, intento.destino) else Codigo.DEVOLUCION,
            referencia=intento.id,
        ),
    )


# --- Disputes ---------------------------------------------------------------------------------------------


@contextmanager
def _sin_congelamiento(sesion: Session, cuenta_id: int) -> Iterator[Cuenta]:
    """A claim of the bank is stronger than a freeze: lift it inside this transaction and put it back."""
    cuenta = obtener_cuenta(sesion, cuenta_id)
    if cuenta.congelada:
        marcar_congelada(sesion, cuenta_id, congelada=False)
    yield cuenta
    if cuenta.congelada:
        marcar_congelada(sesion, cuenta_id, congelada=True)


def retener_disputa(sesion: Session, disputa: Disputa) -> None:
    """Hold as much of what is missing as the account has now; freeze it while something is missing."""
    with _sin_congelamiento(sesion, disputa.cuenta) as cuenta:
        monto = min(max(cuenta.disponible, cero()), disputa.faltante)
        if monto and not cuenta.cerrada:
            _retener(sesion, disputa, monto)
    _congelar_si_falta(sesion, disputa)


def _congelar_si_falta(sesion: Session, disputa: Disputa) -> None:
    if not disputa.faltante:
        descongelar(sesion, disputa)
    elif congelar(sesion, disputa.cuenta):
        disputa.congelo = True


def _motivo(sesion: Session, cuenta_id: int) -> Codigo:
    """Why a claim takes money: out of a matter it is given back, since nobody corrects what is in one."""
    return Codigo.DEVOLUCION if es_de_asunto(sesion, cuenta_id) else Codigo.AJUSTE


def _retener(sesion: Session, disputa: Disputa, monto: Money) -> None:
    _mover(
        sesion,
        SolicitudTransferencia(
            id=id_de(disputa.id, f"reserva:{disputa.reservas}"),
            tipo="pendiente",
            debito=disputa.cuenta,
            credito=cuenta_de_sistema(sesion, TipoCuenta.PASARELA),
            monto=monto,
            codigo=_motivo(sesion, disputa.cuenta),
            referencia=disputa.id,
        ),
    )
    disputa.reservas += 1
    disputa.retenido += monto


def resolver_reservas(sesion: Session, disputa: Disputa, *, perdida: bool) -> None:
    """Post or free every hold of a dispute that ended."""
    motivo = _motivo(sesion, disputa.cuenta)
    for n in range(disputa.reservas):
        _mover(
            sesion,
            SolicitudTransferencia(
                id=id_de(disputa.id, f"{'confirmacion' if perdida else 'anulacion'}:{n}"),
                tipo="confirma" if perdida else "anula",
                pendiente_id=id_de(disputa.id, f"reserva:{n}"),
                codigo=motivo,
                referencia=disputa.id,
            ),
        )
    if perdida:
        disputa.cobrado += disputa.retenido
    disputa.retenido = cero()


def adelantar_faltante(sesion: Session, disputa: Disputa) -> None:
    """A lost dispute took the whole amount from the platform: what the account could not cover is lent by
    the adjustment account, so that the gateway's account always equals the gateway."""
    if not disputa.faltante:
        return
    _mover(
        sesion,
        SolicitudTransferencia(
            id=id_de(disputa.id, "adelanto"),
            debito=cuenta_de_sistema(sesion, TipoCuenta.AJUSTE),
            credito=cuenta_de_sistema(sesion, TipoCuenta.PASARELA),
            monto=disputa.faltante,
            codigo=Codigo.AJUSTE,
            referencia=disputa.id,
        ),
    )


def recuperar(sesion: Session, disputa: Disputa, intento: Intento) -> Money:
    """The bank gave back what a lost dispute had taken: what was lent comes back to the platform, what was
    taken from who answered for it, to them; what came out of a matter waits to be shared (`repartir`), and so
    does what was taken from an account that is closed by now. How much came back to who answered for it."""
    del_asunto = _del_asunto(sesion, disputa, intento)
    propio, falta, espera = disputa.cobrado - del_asunto, disputa.faltante, del_asunto
    assert cero() <= del_asunto <= disputa.cobrado
    if obtener_cuenta(sesion, disputa.cuenta).cerrada:
        propio, espera = cero(), disputa.cobrado
    pasarela, ajuste = (cuenta_de_sistema(sesion, t) for t in (TipoCuenta.PASARELA, TipoCuenta.AJUSTE))
    partes = (("cuenta", disputa.cuenta, propio), ("plataforma", ajuste, disputa.monto - propio))
    assert propio + (disputa.monto - propio) == disputa.monto >= falta
    _mover(
        sesion,
        *(
            SolicitudTransferencia(
                id=id_de(disputa.id, f"recupera:{nombre}"),
                debito=pasarela,
                credito=cuenta,
                monto=monto,
                codigo=Codigo.AJUSTE,
                referencia=disputa.id,
            )
            for nombre, cuenta, monto in partes
            if monto
        ),
    )
    descongelar(sesion, disputa)
    disputa.cobrado = disputa.retenido = cero()
    disputa.por_repartir = espera  # the caller flushes it with its new state
    return propio


def _del_asunto(sesion: Session, disputa: Disputa, intento: Intento) -> Money:
    """What a dispute took from the matter that was paid; nothing of another account."""
    if not es_de_asunto(sesion, intento.destino):
        return cero()
    salio = (
        func.pagos_pagado_por(
            disputa.id, int(Codigo.DEVOLUCION), intento.destino, cuenta_de_sistema(sesion, tipo)
        )
        for tipo in (TipoCuenta.PASARELA, TipoCuenta.AJUSTE)
    )
    return de_centavos(sum(sesion.execute(select(*salio)).one()))


def repartir(sesion: Session, disputa: Disputa, partes: Mapping[int, Money]) -> None:
    """Give of what came back to the accounts whose it was; what is not given yet waits."""
    todo, queda = sum(partes.values(), cero()), a_centavos(disputa.por_repartir)
    assert cero() < todo <= disputa.por_repartir
    _mover(
        sesion,
        *(
            SolicitudTransferencia(
                id=id_de(disputa.id, f"reparte:{cuenta}:{queda}"),
                debito=cuenta_de_sistema(sesion, TipoCuenta.AJUSTE),
                credito=cuenta,
                monto=monto,
                codigo=Codigo.AJUSTE,
                referencia=disputa.id,
            )
            for cuenta, monto in partes.items()
        ),
    )
    disputa.por_repartir -= todo


def cobrar_faltante(sesion: Session, disputa: Disputa, intento: Intento) -> None:
    """Take what a lost dispute still owes the platform, as far as there is money: from the account that was
    paid, then from the one that answers for it."""
    for cuenta_id in dict.fromkeys((intento.destino, disputa.cuenta)):
        _cobrar(sesion, disputa, cuenta_id)
    _congelar_si_falta(sesion, disputa)


def pasar_a_quien_pago(sesion: Session, disputa: Disputa, intento: Intento) -> None:
    """What a matter does not have of a lost dispute is owed by who paid, as if they had topped up with it."""
    descongelar(sesion, disputa)
    disputa.cuenta = cuenta_de_persona(sesion, intento.persona_id)
    sesion.flush()


def _cobrar(sesion: Session, disputa: Disputa, cuenta_id: int) -> None:
    with _sin_congelamiento(sesion, cuenta_id) as cuenta:
        monto = min(max(cuenta.disponible, cero()), disputa.faltante)
        if monto and not cuenta.cerrada:
            _mover(
                sesion,
                SolicitudTransferencia(
                    id=id_de(disputa.id, f"cobro:{a_centavos(disputa.cobrado)}"),
                    debito=cuenta_id,
                    credito=cuenta_de_sistema(sesion, TipoCuenta.AJUSTE),
                    monto=monto,
                    codigo=_motivo(sesion, cuenta_id),
                    referencia=disputa.id,
                ),
            )
            disputa.cobrado += monto


def descongelar(sesion: Session, disputa: Disputa) -> None:
    """Lift the freeze that this dispute put, unless another claim on the account needs it: that one then
    answers for the freeze."""
    if not disputa.congelo:
        return
    disputa.congelo = False
    otra = otra_disputa_con_faltante(sesion, disputa.cuenta, disputa.id)
    if otra is not None:
        otra.congelo = True
    else:
        congelar(sesion, disputa.cuenta, congelada=False)
