"""Withdrawals to bank accounts: held when asked, sent to the bank in batches, ended by what the bank says."""

import hashlib
import re
from collections.abc import Sequence
from uuid import UUID, uuid5

from moneyed import Money
from sqlmodel import Session, col, select

from ciudadania import notificar
from empresa_digital.registro import exigir_regulador, notificar_unidad
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, bs, formato_bs
from nucleo.errores import Conflicto, DatosInvalidos, Prohibido
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos import (
    Codigo,
    SolicitudTransferencia,
    TipoCuenta,
    cuenta_de_sistema,
    exigir_transferencia,
    obtener_cuenta,
)
from pagos.accesos import cuentas_de, exigir_cuenta
from pagos.empresas.bancos_xml import MONEDA, Apunte, escribir_pain001, leer_camt053
from pagos.empresas.errores import (
    ExtractoInexistente,
    LoteInexistente,
    RetiroDistinto,
    RetiroInexistente,
    RetiroInvalido,
    RetiroNoAdmite,
)
from pagos.empresas.estados import EstadoRetiro, retiro_puede_pasar
from pagos.empresas.modelos import Banco, Extracto, LineaDeExtracto, LoteDeRetiros, Retiro

LOTE_MAXIMO = 1_000


def bancos(sesion: Session) -> dict[str, str]:
    """Where one may withdraw to: code and name."""
    consulta = select(Banco).where(Banco.activo).order_by(col(Banco.nombre))
    return {b.codigo: b.nombre for b in sesion.exec(consulta)}


def pedir(
    sesion: Session,
    actor: Actor,
    *,
    id: UUID,
    cuenta_id: int,
    monto: Money,
    banco: str,
    numero_cuenta: str,
    titular: str,
) -> Retiro:
    """Hold the money and write the withdrawal down; the same id again is the same one.

    Raises `Prohibido`, `MontoExcedido`, `RetiroInvalido`, `RetiroDistinto`, and the ledger's errors.
    """
    if actor.persona_id is None:
        raise Prohibido(_("Los retiros los pide una persona."))
    autorizacion = exigir_cuenta(sesion, actor, obtener_cuenta(sesion, cuenta_id), monto)
    numero = re.sub(r"[\s.\-]", "", numero_cuenta)
    nombre = " ".join(titular.split())
    previo = sesion.get(Retiro, id)
    if previo is not None:
        iguales = (previo.cuenta_id, previo.monto, previo.banco, previo.numero_cuenta)
        if iguales != (cuenta_id, monto, banco, numero):
            raise RetiroDistinto(_("Use un identificador nuevo para un retiro nuevo."))
        return previo
    _exigir_datos(sesion, monto, banco, numero, nombre)
    retiro = Retiro(
        id=id,
        extremo=f"QR{id.hex}",
        cuenta_id=cuenta_id,
        monto=monto,
        banco=banco,
        numero_cuenta=numero,
        titular=nombre,
        persona_id=actor.persona_id,
        unidad_id=autorizacion.unidad_id,
    )
    sesion.add(retiro)
    sesion.flush()
    reserva = SolicitudTransferencia(
        id=uuid5(id, "reserva"),
        tipo="pendiente",
        debito=cuenta_id,
        credito=cuenta_de_sistema(sesion, TipoCuenta.LIQUIDACION),
        monto=monto,
        codigo=Codigo.RETIRO,
        referencia=id,
    )
    exigir_transferencia(sesion, reserva, autorizacion)
    _auditar(sesion, autorizacion, retiro, "pedir")
    return retiro


def _exigir_datos(sesion: Session, monto: Money, banco: str, numero: str, titular: str) -> None:
    campos: dict[str, str] = {}
    if not a_centavos(monto) > 0:
        campos["monto"] = _("El monto debe ser mayor que cero.")
    if banco not in bancos(sesion):
        campos["banco"] = _("Elija un banco de la lista.")
    if not re.fullmatch(r"[0-9]{5,20}", numero):
        campos["numero_cuenta"] = _("Escriba el número de cuenta: entre 5 y 20 cifras.")
    if not 0 < len(titular) <= 70 or not titular.isprintable():
        campos["titular"] = _("Escriba el nombre del titular de la cuenta, en hasta 70 letras.")
    if campos:
        raise RetiroInvalido(_("Revise los datos de la cuenta de banco."), campos=campos)


def ver_retiro(sesion: Session, actor: Actor, retiro_id: UUID, *, bloquear: bool = False) -> Retiro:
    """A withdrawal from an account of the actor's; to others it does not exist."""
    retiro = _retiro(sesion, retiro_id, bloquear=bloquear)
    try:
        exigir_cuenta(sesion, actor, obtener_cuenta(sesion, retiro.cuenta_id))
    except Prohibido:
        raise RetiroInexistente() from None
    return retiro


def _retiro(sesion: Session, retiro_id: UUID, *, bloquear: bool) -> Retiro:
    consulta = select(Retiro).where(Retiro.id == retiro_id).execution_options(populate_existing=True)
    hallado = sesion.exec(consulta.with_for_update() if bloquear else consulta).one_or_none()
    if hallado is None:
        raise RetiroInexistente()
    return hallado


def retiros_de(sesion: Session, actor: Actor, limite: int = 50) -> Sequence[Retiro]:
    """The newest withdrawals from the actor's accounts."""
    suyas = [c.id for c in cuentas_de(sesion, actor)]
    consulta = select(Retiro).where(col(Retiro.cuenta_id).in_(suyas))
    return sesion.exec(
        consulta.order_by(col(Retiro.creado_en).desc(), col(Retiro.id).desc()).limit(limite)
    ).all()


def cancelar(sesion: Session, actor: Actor, retiro_id: UUID) -> Retiro:
    """The owner takes it back before it goes to the bank. Raises `RetiroNoAdmite`."""
    retiro = ver_retiro(sesion, actor, retiro_id, bloquear=True)
    if retiro.estado != EstadoRetiro.CANCELADO:
        autorizacion = exigir_cuenta(sesion, actor, obtener_cuenta(sesion, retiro.cuenta_id))
        _terminar(sesion, retiro, EstadoRetiro.CANCELADO, autorizacion)
    return retiro


def _terminar(
    sesion: Session, retiro: Retiro, a: EstadoRetiro, autorizacion: Autorizacion, motivo: str | None = None
) -> None:
    """Post the held money to the bank, or give it back, and write how it ended. The row is locked."""
    _exigir_paso(retiro, a)
    pagado = a is EstadoRetiro.PAGADO
    fin = SolicitudTransferencia(
        id=uuid5(retiro.id, "confirmacion" if pagado else "anulacion"),
        tipo="confirma" if pagado else "anula",
        pendiente_id=uuid5(retiro.id, "reserva"),
        codigo=Codigo.RETIRO,
        monto=retiro.monto,
        referencia=retiro.id,
    )
    exigir_transferencia(sesion, fin, autorizacion)
    retiro.estado, retiro.motivo, retiro.terminado_en = a.value, motivo, ahora_bd(sesion)
    sesion.flush()
    _auditar(sesion, autorizacion, retiro, a.value)
    if a is not EstadoRetiro.CANCELADO:
        _avisar(sesion, retiro, pagado=pagado)


def _exigir_paso(retiro: Retiro, a: EstadoRetiro) -> None:
    if not retiro_puede_pasar(retiro.estado, a):
        raise RetiroNoAdmite(_("El retiro está %(estado)s.") % {"estado": retiro.estado.replace("_", " ")})


def _avisar(sesion: Session, retiro: Retiro, *, pagado: bool) -> None:
    monto = formato_bs(retiro.monto)
    if pagado:
        asunto = _("Su retiro de %(monto)s llegó al banco") % {"monto": monto}
        cuerpo = _("El banco confirmó el abono en la cuenta de %(quien)s.") % {"quien": retiro.titular}
    else:
        asunto = _("Su retiro de %(monto)s no se hizo") % {"monto": monto}
        cuerpo = _("El dinero volvió a su cuenta. Motivo: %(motivo)s") % {"motivo": retiro.motivo}
    if retiro.unidad_id is not None:
        notificar_unidad(sesion, retiro.unidad_id, asunto, cuerpo, "/billetera/retirar")
    else:
        notificar(
            sesion, persona_id=retiro.persona_id, asunto=asunto, cuerpo=cuerpo, enlace="/billetera/retirar"
        )


def _auditar(sesion: Session, autorizacion: Autorizacion, retiro: Retiro, accion: str) -> None:
    datos = {"monto": a_centavos(retiro.monto), "estado": retiro.estado}
    auditar(sesion, autorizacion, f"retiro.{accion}", "pagos_retiro", retiro.id, datos)


# --- The operator -------------------------------------------------------------------------------------------


def abiertos(sesion: Session, estado: EstadoRetiro, limite: int = 200) -> Sequence[Retiro]:
    """Withdrawals waiting in this state, oldest first."""
    consulta = select(Retiro).where(Retiro.estado == estado.value)
    return sesion.exec(consulta.order_by(col(Retiro.creado_en), col(Retiro.id)).limit(limite)).all()


def exportar_lote(sesion: Session, actor: Actor) -> LoteDeRetiros:
    """Put what waits in a file for the bank. Two operators at once never send a withdrawal twice: each row
    is locked, and one already taken is skipped. Raises `SinFacultad`, `Conflicto` when nothing waits."""
    autorizacion = exigir_regulador(sesion, actor)
    consulta = (
        select(Retiro)
        .where(Retiro.estado == EstadoRetiro.PEDIDO.value)
        .order_by(col(Retiro.creado_en), col(Retiro.id))
        .limit(LOTE_MAXIMO)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    retiros = sesion.exec(consulta).all()
    if not retiros:
        raise Conflicto(_("No hay retiros por enviar al banco."))
    assert actor.persona_id is not None
    ahora = ahora_bd(sesion)
    total = sum((r.monto for r in retiros), bs(0))
    lote = LoteDeRetiros(
        id=nuevo_id(),
        cantidad=len(retiros),
        total=total,
        creado_por=actor.persona_id,
        creado_en=ahora,
        contenido=b"",
    )
    nombres = {b.codigo: b.nombre for b in sesion.exec(select(Banco))}
    lote.contenido = escribir_pain001(lote, retiros, nombres, ahora)
    sesion.add(lote)
    sesion.flush()
    for retiro in retiros:
        _exigir_paso(retiro, EstadoRetiro.EN_LOTE)
        retiro.estado, retiro.lote_id = EstadoRetiro.EN_LOTE.value, lote.id
    sesion.flush()
    datos = {"cantidad": lote.cantidad, "total": a_centavos(total)}
    auditar(sesion, autorizacion, "lote_de_retiros.exportar", "pagos_lote_retiro", lote.id, datos)
    return lote


def lotes(sesion: Session, limite: int = 20) -> Sequence[LoteDeRetiros]:
    consulta = select(LoteDeRetiros).order_by(col(LoteDeRetiros.creado_en).desc()).limit(limite)
    return sesion.exec(consulta).all()


def ver_lote(sesion: Session, actor: Actor, lote_id: UUID) -> LoteDeRetiros:
    """Raises `SinFacultad`, `LoteInexistente`."""
    exigir_regulador(sesion, actor)
    lote = sesion.get(LoteDeRetiros, lote_id)
    if lote is None:
        raise LoteInexistente()
    return lote


def resolver(sesion: Session, actor: Actor, retiro_id: UUID, *, pagado: bool, motivo: str = "") -> Retiro:
    """The operator says what the bank answered by another way. Raises `RetiroNoAdmite`, `DatosInvalidos`."""
    autorizacion = exigir_regulador(sesion, actor)
    retiro = _retiro(sesion, retiro_id, bloquear=True)
    motivo = motivo.strip()
    if not pagado and (not 0 < len(motivo) <= 200 or "\x00" in motivo):
        falta = _("Escriba por qué se rechaza, en hasta 200 letras.")
        raise DatosInvalidos(falta, campos={"motivo": falta})
    a = EstadoRetiro.PAGADO if pagado else EstadoRetiro.RECHAZADO
    if retiro.estado != a:
        _terminar(sesion, retiro, a, autorizacion, None if pagado else motivo)
    return retiro


# --- Reconciliation -----------------------------------------------------------------------------------------


def conciliar(sesion: Session, actor: Actor, *, nombre: str, contenido: bytes) -> Extracto:
    """Match a bank's statement with the withdrawals by end-to-end id and amount; what does not match is kept
    with its reason. The same file again is the same statement. Raises `SinFacultad`, `ExtractoInvalido`."""
    autorizacion = exigir_regulador(sesion, actor)
    assert actor.persona_id is not None
    huella = hashlib.sha256(contenido).digest()
    previo = sesion.exec(select(Extracto).where(Extracto.huella == huella)).one_or_none()
    if previo is not None:
        return previo
    apuntes = leer_camt053(contenido)
    extremos = {a.extremo for a in apuntes if a.extremo}
    consulta = (
        select(Retiro).where(col(Retiro.extremo).in_(extremos)).order_by(col(Retiro.id)).with_for_update()
    )
    hallados = {r.extremo: r for r in sesion.exec(consulta.execution_options(populate_existing=True))}
    extracto = Extracto(
        id=nuevo_id(),
        huella=huella,
        nombre=nombre[:120] if nombre.isprintable() and nombre.strip() else "camt.053",
        subido_por=actor.persona_id,
    )
    sesion.add(extracto)
    sesion.flush()
    for numero, apunte in enumerate(apuntes, 1):
        retiro = hallados.get(apunte.extremo or "")
        resultado = _aplicar(sesion, apunte, retiro, autorizacion)
        sesion.add(
            LineaDeExtracto(
                extracto_id=extracto.id,
                numero=numero,
                extremo=apunte.extremo,
                monto=apunte.centavos,
                moneda=apunte.moneda,
                sentido=apunte.sentido,
                retiro_id=retiro.id if retiro else None,
                resultado=resultado,
            )
        )
    sesion.flush()
    auditar(
        sesion, autorizacion, "extracto.conciliar", "pagos_extracto", extracto.id, {"lineas": len(apuntes)}
    )
    return extracto


def _aplicar(sesion: Session, apunte: Apunte, retiro: Retiro | None, autorizacion: Autorizacion) -> str:
    """What a transaction of the statement does to its withdrawal: one of the keys of `EXPLICACIONES`."""
    if apunte.extremo is None:
        return "sin_referencia"
    if retiro is None:
        return "desconocido"
    if not apunte.contabilizado:
        return "no_contabilizado"
    if apunte.moneda != MONEDA:
        return "moneda_distinta"
    if apunte.centavos != a_centavos(retiro.monto):
        return "monto_distinto"
    if retiro.estado == EstadoRetiro.PEDIDO:
        return "no_enviado"
    if apunte.sentido == "DBIT":
        if retiro.estado == EstadoRetiro.EN_LOTE:
            _terminar(sesion, retiro, EstadoRetiro.PAGADO, autorizacion)
            return "pagado"
        return "ya_pagado" if retiro.estado == EstadoRetiro.PAGADO else "ya_terminado"
    if retiro.estado == EstadoRetiro.EN_LOTE:
        _terminar(sesion, retiro, EstadoRetiro.RECHAZADO, autorizacion, _("El banco devolvió el pago."))
        return "devuelto"
    return "devuelto_tarde" if retiro.estado == EstadoRetiro.PAGADO else "ya_terminado"


EXPLICACIONES: dict[str, tuple[str, str]] = {
    "pagado": (_("Conciliado: el retiro quedó pagado."), "bien"),
    "devuelto": (_("El banco lo devolvió: el dinero volvió a la cuenta."), "bien"),
    "ya_pagado": (_("Ya estaba pagado: no cambió nada."), "neutro"),
    "ya_terminado": (_("El retiro ya había terminado sin pagarse: revise con el banco."), "mal"),
    "devuelto_tarde": (_("El banco lo devolvió después de pagado: resuélvalo con un ajuste."), "mal"),
    "no_enviado": (_("El retiro todavía no se envió al banco: revise con el banco."), "mal"),
    "monto_distinto": (_("El monto no es el del retiro."), "mal"),
    "moneda_distinta": (_("La moneda no es BOB."), "mal"),
    "no_contabilizado": (_("El banco aún no lo contabiliza: espere el próximo extracto."), "aviso"),
    "desconocido": (_("Su referencia no es de ningún retiro."), "mal"),
    "sin_referencia": (_("No trae referencia de extremo a extremo."), "aviso"),
}


def ver_extracto(
    sesion: Session, actor: Actor, extracto_id: UUID
) -> tuple[Extracto, Sequence[LineaDeExtracto]]:
    """A statement and what was made of each line. Raises `SinFacultad`, `ExtractoInexistente`."""
    exigir_regulador(sesion, actor)
    extracto = sesion.get(Extracto, extracto_id)
    if extracto is None:
        raise ExtractoInexistente()
    consulta = select(LineaDeExtracto).where(LineaDeExtracto.extracto_id == extracto_id)
    return extracto, sesion.exec(consulta.order_by(col(LineaDeExtracto.numero)).limit(1_000)).all()
