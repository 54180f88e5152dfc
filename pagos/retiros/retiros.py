"""Withdrawals to bank accounts: held when asked, sent to the bank in batches, ended by what the bank says."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from moneyed import Money
from sqlmodel import Session, col, select

from ciudadania import Riesgo, exigir_sesion_reciente, notificar
from empresa_digital.registro import notificar_unidad
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, bs, formato_bs
from nucleo.errores import Conflicto, DatosInvalidos, Prohibido
from nucleo.ids import nuevo_id
from nucleo.paginacion import CursorPedido, paginar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos.libro import (
    Codigo,
    Comision,
    Operacion,
    SolicitudTransferencia,
    TipoCuenta,
    calcular_comision,
    comision_vigente,
    cuenta_de_sistema,
    cuentas_de,
    exigir_cuenta,
    exigir_supervisor,
    exigir_transferencia,
    obtener_cuenta,
)
from pagos.retiros.avisos import AVISO_RETIRO
from pagos.retiros.bloqueos import retiro_bloqueado, retiros_por_enviar
from pagos.retiros.errores import (
    ComisionDistinta,
    LoteInexistente,
    RetiroDistinto,
    RetiroInexistente,
    RetiroInvalido,
)
from pagos.retiros.estados import VIDA_RETIRO, EstadoRetiro
from pagos.retiros.latino import a_latino
from pagos.retiros.modelos import Banco, LoteDeRetiros, Retiro
from pagos.retiros.pain import escribir_pain001

LOTE_MAXIMO = 1_000


def bancos(sesion: Session) -> dict[str, str]:
    """Where one may withdraw to: code and name."""
    consulta = select(Banco).where(Banco.activo).order_by(col(Banco.nombre))
    return {b.codigo: b.nombre for b in sesion.exec(consulta)}


@dataclass(frozen=True, slots=True)
class DatosDeRetiro:
    """What somebody asks for: how much reaches which bank account, from which account of the ledger."""

    cuenta_id: int
    monto: Money
    banco: str
    numero_cuenta: str
    titular: str

    def limpios(self) -> "DatosDeRetiro":
        """Without the spaces and dashes that people write."""
        numero = re.sub(r"[\s.\-]", "", self.numero_cuenta)
        return replace(self, numero_cuenta=numero, titular=" ".join(self.titular.split()))


@dataclass(frozen=True, slots=True)
class PorPedir:
    """A withdrawal that may be asked for, alone or with others: its clean data, and what it costs."""

    datos: DatosDeRetiro
    comision: Comision

    @property
    def titular_en_el_banco(self) -> str:
        """The holder's name in the letters that banks take."""
        return a_latino(self.datos.titular)

    @property
    def total(self) -> Money:
        """What leaves the account: what reaches the bank and the commission."""
        return self.datos.monto + self.comision.monto


def revisar(sesion: Session, actor: Actor, datos: DatosDeRetiro) -> PorPedir:
    """What `pedir` would do with these data now. Raises `Prohibido`, `MontoExcedido`, `RetiroInvalido`,
    `SesionNoReciente`."""
    if actor.persona_id is None:
        raise Prohibido(_("Los retiros los pide una persona."))
    cuenta = obtener_cuenta(sesion, datos.cuenta_id)
    exigir_cuenta(sesion, actor, cuenta, con_otros=True)
    exigir_sesion_reciente(actor, Riesgo.DINERO)
    datos = datos.limpios()
    _exigir_datos(sesion, datos)
    comision = calcular_comision(datos.monto, comision_vigente(sesion, Operacion.RETIRO))
    exigir_cuenta(sesion, actor, cuenta, datos.monto + comision.monto, con_otros=True)
    return PorPedir(datos, comision)


def pedir(
    sesion: Session, actor: Actor, id: UUID, datos: DatosDeRetiro, *, comision_vista: Money | None = None
) -> Retiro:
    """Hold the money and its commission, both or none, and write the withdrawal down; the same id again is
    the same one. The commission is the one in force now, and stays; if it is not `comision_vista`, which the
    person confirmed, nothing is asked for (412).

    Raises also what `revisar` raises, `RetiroDistinto`, `ComisionDistinta`, and the ledger's errors.
    """
    previo = sesion.get(Retiro, id)
    if previo is not None:
        exigir_cuenta(sesion, actor, obtener_cuenta(sesion, previo.cuenta_id), con_otros=True)
        return _repetido(previo, datos.limpios())
    pedido = revisar(sesion, actor, datos)
    if comision_vista is not None and comision_vista != pedido.comision.monto:
        raise ComisionDistinta(
            _("Ahora la comisión es %(comision)s. Revise el total y vuelva a confirmarlo.")
            % {"comision": formato_bs(pedido.comision.monto)}
        )
    cuenta = obtener_cuenta(sesion, datos.cuenta_id)
    autorizacion = exigir_cuenta(sesion, actor, cuenta, pedido.total)
    assert actor.persona_id is not None
    retiro = Retiro(
        id=id,
        extremo=f"QR{id.hex}",
        cuenta_id=pedido.datos.cuenta_id,
        monto=pedido.datos.monto,
        comision=pedido.comision.monto,
        comision_id=pedido.comision.regla_id,
        banco=pedido.datos.banco,
        numero_cuenta=pedido.datos.numero_cuenta,
        titular=pedido.datos.titular,
        persona_id=actor.persona_id,
        unidad_id=autorizacion.unidad_id,
    )
    sesion.add(retiro)
    sesion.flush()
    exigir_transferencia(sesion, _reservas(sesion, retiro), autorizacion)
    _auditar(sesion, autorizacion, retiro, "pedir")
    return retiro


def _repetido(previo: Retiro, datos: DatosDeRetiro) -> Retiro:
    pedido = DatosDeRetiro(previo.cuenta_id, previo.monto, previo.banco, previo.numero_cuenta, previo.titular)
    if pedido != datos:
        raise RetiroDistinto(_("Use un identificador nuevo para un retiro nuevo."))
    return previo


def _reservas(sesion: Session, retiro: Retiro) -> list[SolicitudTransferencia]:
    """What reaches the bank, and the commission if there is one, each held."""
    partes = [("reserva", TipoCuenta.LIQUIDACION, retiro.monto, Codigo.RETIRO)]
    if retiro.comision.amount:
        partes.append(("reserva-comision", TipoCuenta.COMISION, retiro.comision, Codigo.COMISION))
    return [
        SolicitudTransferencia(
            id=uuid5(retiro.id, nombre),
            tipo="pendiente",
            debito=retiro.cuenta_id,
            credito=cuenta_de_sistema(sesion, tipo),
            monto=monto,
            codigo=codigo,
            referencia=retiro.id,
        )
        for nombre, tipo, monto, codigo in partes
    ]


def _exigir_datos(sesion: Session, datos: DatosDeRetiro) -> None:
    campos: dict[str, str] = {}
    if not a_centavos(datos.monto) > 0:
        campos["monto"] = _("El monto debe ser mayor que cero.")
    if datos.banco not in bancos(sesion):
        campos["banco"] = _("Elija un banco de la lista.")
    if not re.fullmatch(r"[0-9]{5,20}", datos.numero_cuenta):
        campos["numero_cuenta"] = _("Escriba el número de cuenta: entre 5 y 20 cifras.")
    elif len(set(datos.numero_cuenta)) == 1:
        campos["numero_cuenta"] = _("Ese no es un número de cuenta: cópielo de su contrato o de su banca.")
    if (falta := _falta_en_titular(datos.titular)) is not None:
        campos["titular"] = falta
    if campos:
        raise RetiroInvalido(_("Revise los datos de la cuenta de banco."), campos=campos)


def _falta_en_titular(titular: str) -> str | None:
    """What is wrong with the holder's name, also as the bank will read it."""
    if not 0 < len(titular) <= 70 or not titular.isprintable():
        return _("Escriba el nombre del titular de la cuenta, en hasta 70 letras.")
    en_el_banco = a_latino(titular)
    dibujos = any(unicodedata.category(c) == "So" for c in titular)
    if dibujos or sum(c.isalpha() for c in en_el_banco) < 2:
        return _("Escriba el nombre del titular con letras, como figura en su banco.")
    if len(en_el_banco) > 70:
        return _(
            "Escrito con letras latinas, como lo recibe el banco, el nombre pasa de 70 letras: abrévielo."
        )
    return None


def ver_retiro(sesion: Session, actor: Actor, retiro_id: UUID, *, bloquear: bool = False) -> Retiro:
    """A withdrawal from an account of the actor's; to others it does not exist."""
    retiro = _retiro(sesion, retiro_id, bloquear=bloquear)
    try:
        exigir_cuenta(sesion, actor, obtener_cuenta(sesion, retiro.cuenta_id), con_otros=True)
    except Prohibido:
        raise RetiroInexistente() from None
    return retiro


def _retiro(sesion: Session, retiro_id: UUID, *, bloquear: bool) -> Retiro:
    hallado = (
        retiro_bloqueado(sesion, retiro_id)
        if bloquear
        else sesion.get(Retiro, retiro_id, populate_existing=True)
    )
    if hallado is None:
        raise RetiroInexistente()
    return hallado


def retiros_de(sesion: Session, actor: Actor, pagina: CursorPedido) -> tuple[list[Retiro], str | None]:
    """The withdrawals from the actor's accounts, newest first."""
    suyas = [c.id for c in cuentas_de(sesion, actor)]
    consulta = select(Retiro).where(col(Retiro.cuenta_id).in_(suyas))
    return paginar(sesion, consulta, pagina, columnas=(col(Retiro.creado_en), col(Retiro.id)))


def cancelar(sesion: Session, actor: Actor, retiro_id: UUID) -> Retiro:
    """The owner takes it back before it goes to the bank. Raises `RetiroNoAdmite`."""
    retiro = ver_retiro(sesion, actor, retiro_id, bloquear=True)
    if retiro.estado != EstadoRetiro.CANCELADO:
        # To take it back harms nobody: one of those who sign is enough.
        cuenta = obtener_cuenta(sesion, retiro.cuenta_id)
        autorizacion = exigir_cuenta(sesion, actor, cuenta, con_otros=True)
        terminar(sesion, retiro, EstadoRetiro.CANCELADO, autorizacion)
    return retiro


def terminar(
    sesion: Session, retiro: Retiro, a: EstadoRetiro, autorizacion: Autorizacion, motivo: str | None = None
) -> None:
    """Post the held money to the bank and its commission, or give both back, and write how it ended. What the
    bank returns after it was paid goes back the way it came. The row is locked."""
    VIDA_RETIRO.exigir_paso(retiro, a)
    movimientos = [
        _devolucion(reserva) if a is EstadoRetiro.DEVUELTO else _fin(reserva, pagado=a is EstadoRetiro.PAGADO)
        for reserva in _reservas(sesion, retiro)
    ]
    exigir_transferencia(sesion, movimientos, autorizacion)
    VIDA_RETIRO.pasar(retiro, a)
    retiro.motivo, retiro.terminado_en = motivo, ahora_bd(sesion)
    sesion.flush()
    _auditar(sesion, autorizacion, retiro, a.value)
    if a is not EstadoRetiro.CANCELADO:
        _avisar(sesion, retiro, pagado=a is EstadoRetiro.PAGADO)


def _fin(reserva: SolicitudTransferencia, *, pagado: bool) -> SolicitudTransferencia:
    return SolicitudTransferencia(
        id=uuid5(reserva.id, "confirmacion" if pagado else "anulacion"),
        tipo="confirma" if pagado else "anula",
        pendiente_id=reserva.id,
        codigo=reserva.codigo,
        monto=reserva.monto,
        referencia=reserva.referencia,
    )


def _devolucion(reserva: SolicitudTransferencia) -> SolicitudTransferencia:
    return SolicitudTransferencia(
        id=uuid5(reserva.id, "devolucion"),
        debito=reserva.credito,
        credito=reserva.debito,
        monto=reserva.monto,
        codigo=Codigo.DEVOLUCION,
        referencia=reserva.referencia,
    )


def _avisar(sesion: Session, retiro: Retiro, *, pagado: bool) -> None:
    monto = formato_bs(retiro.monto)
    if pagado:
        asunto = _("Su retiro de %(monto)s llegó al banco") % {"monto": monto}
        cuerpo = _("El banco confirmó el abono en la cuenta de %(quien)s.") % {"quien": retiro.titular}
    else:
        asunto = _("Su retiro de %(monto)s no se hizo") % {"monto": monto}
        cuerpo = _("El dinero volvió a su cuenta. Motivo: %(motivo)s") % {"motivo": retiro.motivo}
    if retiro.unidad_id is not None:
        notificar_unidad(sesion, retiro.unidad_id, asunto, cuerpo, "/billetera/retirar", clase=AVISO_RETIRO)
    else:
        notificar(
            sesion,
            persona_id=retiro.persona_id,
            asunto=asunto,
            cuerpo=cuerpo,
            enlace="/billetera/retirar",
            clase=AVISO_RETIRO,
        )


def _auditar(sesion: Session, autorizacion: Autorizacion, retiro: Retiro, accion: str) -> None:
    datos = {
        "monto": a_centavos(retiro.monto),
        "comision": a_centavos(retiro.comision),
        "estado": retiro.estado,
    }
    auditar(sesion, autorizacion, f"retiro.{accion}", "pagos_retiro", retiro.id, datos)


# --- The operator -------------------------------------------------------------------------------------------


def abiertos(sesion: Session, estado: EstadoRetiro, limite: int = 200) -> Sequence[Retiro]:
    """Withdrawals waiting in this state, oldest first."""
    consulta = select(Retiro).where(Retiro.estado == estado.value)
    return sesion.exec(consulta.order_by(col(Retiro.creado_en), col(Retiro.id)).limit(limite)).all()


def exportar_lote(sesion: Session, actor: Actor) -> LoteDeRetiros:
    """Put what waits in a file for the bank. Two operators at once never send a withdrawal twice: each row
    is locked, and one already taken is skipped. Raises `SinFacultad`, `Conflicto` when nothing waits."""
    autorizacion = exigir_supervisor(sesion, actor)
    exigir_sesion_reciente(actor, Riesgo.DINERO)
    retiros = retiros_por_enviar(sesion, LOTE_MAXIMO)
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
        VIDA_RETIRO.pasar(retiro, EstadoRetiro.EN_LOTE)
        retiro.lote_id = lote.id
    sesion.flush()
    datos = {"cantidad": lote.cantidad, "total": a_centavos(total)}
    auditar(sesion, autorizacion, "lote_de_retiros.exportar", "pagos_lote_retiro", lote.id, datos)
    return lote


def lotes(sesion: Session, limite: int = 20) -> Sequence[LoteDeRetiros]:
    consulta = select(LoteDeRetiros).order_by(col(LoteDeRetiros.creado_en).desc()).limit(limite)
    return sesion.exec(consulta).all()


def ver_lote(sesion: Session, actor: Actor, lote_id: UUID) -> LoteDeRetiros:
    """Raises `SinFacultad`, `LoteInexistente`."""
    exigir_supervisor(sesion, actor)
    lote = sesion.get(LoteDeRetiros, lote_id)
    if lote is None:
        raise LoteInexistente()
    return lote


def resolver(sesion: Session, actor: Actor, retiro_id: UUID, *, pagado: bool, motivo: str = "") -> Retiro:
    """The operator says what the bank answered by another way. Raises `RetiroNoAdmite`, `DatosInvalidos`."""
    exigir_supervisor(sesion, actor)
    exigir_sesion_reciente(actor, Riesgo.DINERO)
    retiro = _retiro(sesion, retiro_id, bloquear=True)
    autorizacion = exigir_supervisor(sesion, actor, obtener_cuenta(sesion, retiro.cuenta_id))
    motivo = motivo.strip()
    if not pagado and (not 0 < len(motivo) <= 200 or "\x00" in motivo):
        falta = _("Escriba por qué se rechaza, en hasta 200 letras.")
        raise DatosInvalidos(falta, campos={"motivo": falta})
    a = EstadoRetiro.PAGADO if pagado else EstadoRetiro.RECHAZADO
    if retiro.estado != a:
        terminar(sesion, retiro, a, autorizacion, None if pagado else motivo)
    return retiro
