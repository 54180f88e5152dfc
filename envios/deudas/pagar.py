"""How a debt is paid: the round is closed, its date comes, or who has no account comes for the cash."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from uuid import UUID, uuid5

from moneyed import Money
from sqlmodel import Session

from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad, partes_en_lote
from envios.deudas.asunto import CLASE, SISTEMA
from envios.deudas.avisos import avisar_pagada
from envios.deudas.bloqueos import deuda_bloqueada, deudas_bloqueadas
from envios.deudas.cobros import espera_el_cobro
from envios.deudas.consultas import por_pagar_en_cuenta
from envios.deudas.errores import AcreedorConCuenta, DeudaTerminada, RondaDistinta, RondaSinFondos
from envios.deudas.estados import VIDA_DEUDA, ClaseDeDeuda, ComoSePaga, EstadoDeuda
from envios.deudas.eventos import DEUDA_SALDADA, ENVIO_COBRADO
from envios.deudas.modelos import Cobro, Deuda, PagoDeDeuda
from envios.deudas.valores import DeudaDeOperador
from envios.items import datos_de, envio_por_id
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, cero, formato_bs
from nucleo.errores import DatosInvalidos
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos import (
    Codigo,
    SolicitudTransferencia,
    cerrar_cuenta_de_asunto,
    cuenta_de_asunto,
    cuenta_de_persona,
    cuenta_de_unidad,
    encadenar,
    exigir_cuenta,
    exigir_transferencia,
    obtener_cuenta,
    saldo_disponible,
    transferir,
)

CODIGOS = {
    ClaseDeDeuda.CONTRA_ENTREGA: Codigo.CONTRA_ENTREGA,
    ClaseDeDeuda.INDEMNIZACION: Codigo.INDEMNIZACION,
}


def cobrar(sesion: Session, deudas: Sequence[Deuda]) -> Money:
    """Pay these debts of one operator, locked, with what its account has, in this order; the last one perhaps
    in part, unless it goes into the custody of an order, which is paid whole. How much was paid. What the
    ledger refuses stays due.
    """
    pagables = [d for d in deudas if d.estado == EstadoDeuda.PENDIENTE and not d.en_ventanilla]
    if not pagables:
        return cero()
    cuenta = cuenta_de_unidad(sesion, pagables[0].operador_unidad_id)
    queda = saldo_disponible(sesion, cuenta)
    partes: list[tuple[Deuda, Money]] = []
    for deuda in pagables:
        assert deuda.operador_unidad_id == pagables[0].operador_unidad_id
        monto = min(deuda.debe, queda)
        if monto < deuda.debe and _su_custodia(sesion, deuda) is not None:
            continue
        if monto > cero():
            partes.append((deuda, monto))
            queda -= monto
    pagos = [(deuda, monto, nuevo_id()) for deuda, monto in partes]
    hacia = _destinos(sesion, [deuda for deuda, _monto in partes])
    cadenas = [encadenar(_movimientos(sesion, cuenta, hacia, *pago)) for pago in pagos]
    resultados = transferir(sesion, [s for cadena in cadenas for s in cadena], SISTEMA)
    pagado = cero()
    for i, pago in enumerate(pagos):
        if all(r.hecha for r in resultados[2 * i : 2 * i + 2]):
            _anotar(sesion, SISTEMA, *pago, hacia=hacia)
            pagado += pago[1]
    return pagado


def cerrar_ronda(
    sesion: Session,
    actor: Actor,
    operador_unidad_id: UUID,
    ids: Sequence[UUID] | None = None,
    *,
    total: Money | None = None,
) -> list[DeudaDeOperador]:
    """Pay what the operator collected on delivery, these debts or all that wait, from its account and in one
    act: all or nothing. Those already paid are left out, so that twice is once. With `total`, only if that is
    what they add up to: what whoever closes it counted.

    Whoever pays for the operator (PAGAR) has brought the cash into its account before, as any money comes in.
    Raises what `exigir_facultad` raises, `SesionNoReciente`, `RondaDistinta` (another total),
    `RondaSinFondos` (how much is lacking), `DatosInvalidos` (a debt of another operator) and the ledger's
    errors.
    """
    cuenta = cuenta_de_unidad(sesion, operador_unidad_id)
    exigir_cuenta(sesion, actor, obtener_cuenta(sesion, cuenta))
    elegidas = por_pagar_en_cuenta(sesion, operador_unidad_id) if ids is None else ids
    deudas = deudas_bloqueadas(sesion, elegidas)
    if any(d.operador_unidad_id != operador_unidad_id or d.en_ventanilla for d in deudas):
        texto = _("Elija cobros de este operador que se pagan en una cuenta.")
        raise DatosInvalidos(texto, campos={"deudas": texto})
    deudas = [d for d in deudas if d.estado == EstadoDeuda.PENDIENTE]
    suma = sum((d.debe for d in deudas), cero())
    if suma == cero():
        return []
    if total is not None and total != suma:
        raise RondaDistinta(
            _("Ahora suma %(suma)s: mírela otra vez y ciérrela.") % {"suma": formato_bs(suma)}
        )
    autorizacion = exigir_cuenta(sesion, actor, obtener_cuenta(sesion, cuenta), suma)
    falta = suma - saldo_disponible(sesion, cuenta)
    if falta > cero():
        raise RondaSinFondos(
            _("Ingrese %(falta)s a la cuenta del operador y cierre la ronda.") % {"falta": formato_bs(falta)},
            falta=a_centavos(falta),
        )
    pagos = [(deuda, deuda.debe, nuevo_id()) for deuda in deudas]
    hacia = _destinos(sesion, deudas)
    movimientos = [s for pago in pagos for s in _movimientos(sesion, cuenta, hacia, *pago)]
    exigir_transferencia(sesion, movimientos, autorizacion)
    for pago in pagos:
        _anotar(sesion, autorizacion, *pago, hacia=hacia)
    return [DeudaDeOperador.de(d) for d in deudas]


def pagar_en_efectivo(sesion: Session, actor: Actor, deuda_id: UUID, recibo: str) -> DeudaDeOperador:
    """Note that who has no account was paid in cash, for who dispatches for the operator; `recibo` says who
    signed for it (name and document, or the receipt's number). Twice is once.

    Raises `DeudaInexistente`, `SinFacultad`, `AcreedorConCuenta`, `DeudaTerminada`, `DatosInvalidos`.
    """
    deuda = deuda_bloqueada(sesion, deuda_id)
    autorizacion = exigir_facultad(
        sesion, actor, deuda.operador_unidad_id, Facultad.DESPACHAR, estados=CON_LO_SUYO
    )
    recibo = recibo.strip()
    if not 3 <= len(recibo) <= 200:
        texto = _("Escriba quién firmó el recibo: nombre y documento.")
        raise DatosInvalidos(texto, campos={"recibo": texto})
    if not deuda.en_ventanilla:
        raise AcreedorConCuenta(_("Cierre la ronda: el dinero va de la cuenta del operador a la suya."))
    if deuda.estado == EstadoDeuda.SALDADA:
        return DeudaDeOperador.de(deuda)
    if deuda.estado != EstadoDeuda.PENDIENTE:
        raise DeudaTerminada(EstadoDeuda(deuda.estado).texto)
    _anotar(sesion, autorizacion, deuda, deuda.debe, nuevo_id(), recibo=recibo)
    return DeudaDeOperador.de(deuda)


def _movimientos(
    sesion: Session, cuenta: int, hacia: Mapping[UUID, int], deuda: Deuda, monto: Money, pago_id: UUID
) -> list[SolicitudTransferencia]:
    """Into the debt's escrow and out of it: reasons of escrow have no use without one."""
    custodia = cuenta_de_asunto(sesion, CLASE, deuda.id)
    codigo = CODIGOS[ClaseDeDeuda(deuda.clase)]
    tramos = (
        (uuid5(pago_id, "deuda.entra"), cuenta, custodia),
        (pago_id, custodia, hacia[deuda.id]),
    )
    return [
        SolicitudTransferencia(
            id=id, codigo=codigo, debito=de, credito=a, monto=monto, referencia=deuda.envio_id
        )
        for id, de, a in tramos
    ]


def _su_custodia(sesion: Session, deuda: Deuda) -> int | None:
    """Where what was collected for an order goes, while that waits for it."""
    if deuda.clase != ClaseDeDeuda.CONTRA_ENTREGA:
        return None
    return espera_el_cobro(sesion, deuda.envio_id)


def _destinos(sesion: Session, deudas: Sequence[Deuda]) -> dict[UUID, int]:
    """By debt, the account that it is paid into: the custody that waits for it, of which each takes one; else
    its creditor's."""
    destinos: dict[UUID, int] = {}
    for deuda in deudas:
        custodia = _su_custodia(sesion, deuda)
        if custodia is None or custodia in destinos.values():
            destinos[deuda.id] = _cuenta_del_acreedor(sesion, deuda)
        else:
            destinos[deuda.id] = custodia
    return destinos


def _custodia_pagada(sesion: Session, deuda: Deuda, hacia: int | None) -> int | None:
    """That account, if it is the custody of the order of what was collected."""
    cobro = sesion.get(Cobro, deuda.envio_id)
    return hacia if cobro is not None and cobro.cuenta == hacia else None


def _cuenta_del_acreedor(sesion: Session, deuda: Deuda) -> int:
    parte = partes_en_lote(sesion, [deuda.acreedor_parte_id])[deuda.acreedor_parte_id]
    if parte.persona_id is not None:
        return cuenta_de_persona(sesion, parte.persona_id)
    assert parte.unidad_id is not None
    return cuenta_de_unidad(sesion, parte.unidad_id)


def _anotar(
    sesion: Session,
    autorizacion: Autorizacion,
    deuda: Deuda,
    monto: Money,
    pago_id: UUID,
    *,
    hacia: Mapping[UUID, int] = MappingProxyType({}),
    recibo: str = "",
) -> None:
    como = ComoSePaga.EFECTIVO if recibo else ComoSePaga.LIBRO
    custodia = _custodia_pagada(sesion, deuda, hacia.get(deuda.id))
    sesion.add(
        PagoDeDeuda(
            id=pago_id,
            deuda_id=deuda.id,
            como=como,
            monto=monto,
            recibo=recibo,
            custodia=custodia,
            registrado_por=autorizacion.actor.clave,
        )
    )
    sesion.flush()  # the debt's guard adds up its payments
    deuda.pagado += monto
    assert cero() < deuda.pagado <= deuda.monto
    if deuda.debe == cero():
        VIDA_DEUDA.pasar(deuda, EstadoDeuda.SALDADA)
        deuda.terminada_en = ahora_bd(sesion)
        datos = {"clase": deuda.clase, "origen_id": str(deuda.origen_id), "envio_id": str(deuda.envio_id)}
        publicar(sesion, DEUDA_SALDADA, deuda.id, datos, autorizacion)
    sesion.flush()
    hechos = {"monto": a_centavos(monto), "como": como.value, "deuda_id": str(deuda.id)}
    auditar(sesion, autorizacion, "deuda.pagar", "envios_envio", deuda.envio_id, hechos)
    if como is ComoSePaga.LIBRO and deuda.estado == EstadoDeuda.SALDADA:
        cerrar_cuenta_de_asunto(sesion, CLASE, deuda.id)
        if custodia is None:
            avisar_pagada(sesion, deuda)
        else:
            envio = envio_por_id(sesion, deuda.envio_id)
            publicar(sesion, ENVIO_COBRADO, envio.id, datos_de(envio), autorizacion)
