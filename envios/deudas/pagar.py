"""How a debt is paid: the round is closed, its date comes, or who has no account comes for the cash."""

from collections.abc import Sequence
from dataclasses import dataclass, field
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
from envios.deudas.eventos import CESION_PAGADA, DEUDA_SALDADA, ENVIO_COBRADO
from envios.deudas.modelos import Cesion, Deuda, PagoDeDeuda
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
    suyos = _pagos(sesion, partes)
    cadenas = [encadenar(_movimientos(sesion, cuenta, pagos)) for pagos in suyos]
    resultados = transferir(sesion, [s for cadena in cadenas for s in cadena], SISTEMA)
    pagado = cero()
    for pagos, cadena in zip(suyos, cadenas, strict=True):
        hechos, resultados = resultados[: len(cadena)], resultados[len(cadena) :]
        if all(r.hecha for r in hechos):
            pagado += _anotar(sesion, SISTEMA, pagos)
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
    suyos = _pagos(sesion, [(deuda, deuda.debe) for deuda in deudas])
    movimientos = [s for pagos in suyos for s in _movimientos(sesion, cuenta, pagos)]
    exigir_transferencia(sesion, movimientos, autorizacion)
    for pagos in suyos:
        _anotar(sesion, autorizacion, pagos)
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
    _anotar(sesion, autorizacion, [_Pago(deuda, deuda.debe, None)], recibo=recibo)
    return DeudaDeOperador.de(deuda)


@dataclass(frozen=True, slots=True)
class _Pago:
    """A part of a debt that goes into one account; in cash, into none."""

    deuda: Deuda
    monto: Money
    hacia: int | None
    custodia: bool = False
    cierra_cesion: bool = False  # with it, whom it was ceded to has all of theirs
    id: UUID = field(default_factory=nuevo_id)


def _movimientos(sesion: Session, cuenta: int, pagos: Sequence[_Pago]) -> list[SolicitudTransferencia]:
    """Into the debt's escrow and out of it: reasons of escrow have no use without one."""
    movimientos: list[SolicitudTransferencia] = []
    for pago in pagos:
        assert pago.hacia is not None
        custodia = cuenta_de_asunto(sesion, CLASE, pago.deuda.id)
        codigo = CODIGOS[ClaseDeDeuda(pago.deuda.clase)]
        tramos = (
            (uuid5(pago.id, "deuda.entra"), cuenta, custodia),
            (pago.id, custodia, pago.hacia),
        )
        movimientos += [
            SolicitudTransferencia(
                id=id, codigo=codigo, debito=de, credito=a, monto=pago.monto, referencia=pago.deuda.envio_id
            )
            for id, de, a in tramos
        ]
    return movimientos


def _su_custodia(sesion: Session, deuda: Deuda) -> int | None:
    """Where what was collected for an order goes, while that waits for it."""
    if deuda.clase != ClaseDeDeuda.CONTRA_ENTREGA:
        return None
    return espera_el_cobro(sesion, deuda.envio_id)


def _pagos(sesion: Session, partes: Sequence[tuple[Deuda, Money]]) -> list[list[_Pago]]:
    """By debt, into which accounts so much of it is paid: the custody that waits for it, of which each takes
    one; else, of what was ceded, first to whom it was, and the rest to its creditor."""
    pagos: list[list[_Pago]] = []
    tomadas: set[int] = set()
    for deuda, monto in partes:
        custodia = _su_custodia(sesion, deuda)
        if custodia is not None and custodia not in tomadas:
            tomadas.add(custodia)
            pagos.append([_Pago(deuda, monto, custodia, custodia=True)])
            continue
        cedido = _cedido(sesion, deuda, monto)
        suyo = monto - cedido.monto if cedido else monto
        pagos.append([cedido] if cedido else [])
        if suyo > cero():
            pagos[-1].append(_Pago(deuda, suyo, _cuenta_de(sesion, deuda.acreedor_parte_id)))
    return pagos


def _cedido(sesion: Session, deuda: Deuda, monto: Money) -> "_Pago | None":
    """What, of so much that is paid now of a debt, is of whom it was ceded to."""
    cesion = sesion.get(Cesion, deuda.envio_id) if deuda.clase == ClaseDeDeuda.CONTRA_ENTREGA else None
    if cesion is None or cesion.monto <= deuda.pagado:
        return None
    falta = cesion.monto - deuda.pagado
    return _Pago(deuda, min(falta, monto), _cuenta_de(sesion, cesion.parte_id), cierra_cesion=falta <= monto)


def _cuenta_de(sesion: Session, parte_id: UUID) -> int:
    parte = partes_en_lote(sesion, [parte_id])[parte_id]
    if parte.persona_id is not None:
        return cuenta_de_persona(sesion, parte.persona_id)
    assert parte.unidad_id is not None
    return cuenta_de_unidad(sesion, parte.unidad_id)


def _anotar(
    sesion: Session, autorizacion: Autorizacion, pagos: Sequence[_Pago], *, recibo: str = ""
) -> Money:
    """What was paid of one debt, locked, at once. How much."""
    deuda, como = pagos[0].deuda, ComoSePaga.EFECTIVO if recibo else ComoSePaga.LIBRO
    monto = sum((p.monto for p in pagos), cero())
    for pago in pagos:
        assert pago.deuda is deuda
        sesion.add(
            PagoDeDeuda(
                id=pago.id,
                deuda_id=deuda.id,
                como=como,
                monto=pago.monto,
                recibo=recibo,
                custodia=pago.hacia if pago.custodia else None,
                registrado_por=autorizacion.actor.clave,
            )
        )
        sesion.flush()  # the debt's guard adds up its payments, each its place among them
    deuda.pagado += monto
    assert cero() < deuda.pagado <= deuda.monto
    datos = {"clase": deuda.clase, "origen_id": str(deuda.origen_id), "envio_id": str(deuda.envio_id)}
    if deuda.debe == cero():
        VIDA_DEUDA.pasar(deuda, EstadoDeuda.SALDADA)
        deuda.terminada_en = ahora_bd(sesion)
        publicar(sesion, DEUDA_SALDADA, deuda.id, datos, autorizacion)
    if any(p.cierra_cesion for p in pagos):
        publicar(sesion, CESION_PAGADA, deuda.id, datos, autorizacion)
    sesion.flush()
    hechos = {"monto": a_centavos(monto), "como": como.value, "deuda_id": str(deuda.id)}
    auditar(sesion, autorizacion, "deuda.pagar", "envios_envio", deuda.envio_id, hechos)
    if como is ComoSePaga.LIBRO and deuda.estado == EstadoDeuda.SALDADA:
        cerrar_cuenta_de_asunto(sesion, CLASE, deuda.id)
        if pagos[0].custodia:
            envio = envio_por_id(sesion, deuda.envio_id)
            publicar(sesion, ENVIO_COBRADO, envio.id, datos_de(envio), autorizacion)
        else:
            avisar_pagada(sesion, deuda)
    return monto
