"""Refunds to the card: the money is held in the ledger, then the gateway is asked, then posted or freed.

The same discipline as payments: the row is committed before the call, the call is outside any transaction,
and an answer that is lost is found again by the gateway's key or its list.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from moneyed import Money
from sqlmodel import Session

from ciudadania import Riesgo, exigir_sesion_reciente, notificar
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.bd import transaccion
from nucleo.dinero import a_centavos, cero, formato_bs
from nucleo.errores import NoEncontrado
from nucleo.eventos import publicar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos.libro import exigir_cuenta, exigir_supervisor, obtener_cuenta
from pagos.tarjetas import asientos as libro
from pagos.tarjetas import puerta
from pagos.tarjetas.bloqueos import (
    REEMBOLSO_VENCIDO,
    bloquear_intento,
    bloquear_reembolso,
    reembolso_del_objeto,
)
from pagos.tarjetas.buzon import AVISO_TARJETA
from pagos.tarjetas.conciliar import ARRIENDO, DEMORA_MAXIMA, SIN_RASTRO, VIDA_DE_LA_CLAVE, barrer_filas
from pagos.tarjetas.consultas import (
    disputas_de,
    intento_por_id,
    plazo_de_reembolso,
    reembolsos_de,
    saldo_reembolsable,
)
from pagos.tarjetas.errores import (
    NadaPorReembolsar,
    PagoEnDisputa,
    PagoNoReembolsable,
    PlazoDeReembolsoVencido,
    ReembolsoDistinto,
    ReembolsoExcedido,
    SaldoReembolsableDistinto,
)
from pagos.tarjetas.estados import (
    REEMBOLSOS_ABIERTOS,
    REEMBOLSOS_SIN_EFECTO,
    VIDA_REEMBOLSO,
    Estado,
    EstadoDisputa,
    EstadoReembolso,
)
from pagos.tarjetas.eventos import REEMBOLSO_HECHO, REEMBOLSO_REVERTIDO
from pagos.tarjetas.iniciar import PRIMERA_CONSULTA, exigir_tarjetas
from pagos.tarjetas.lectura import LecturaReembolso
from pagos.tarjetas.modelos import Intento, Reembolso
from pagos.tarjetas.puerta import (
    FallaDePasarela,
    NoEjecutada,
    PedidoRechazado,
    SinRespuesta,
    tarjetas_disponibles,
)

registro = structlog.get_logger(__name__)


def pedir_reembolso(
    sesion: Session,
    actor: Actor,
    *,
    id: UUID,
    intento_id: UUID,
    monto: Money,
    saldo_visto: Money,
    nota: str = "",
) -> Reembolso:
    """Hold `monto` and write the refund down; the caller commits and then calls `avanzar_reembolso(id)`.

    `saldo_visto` is the refundable balance that the caller saw: if another refund changed it meanwhile, this
    one is refused (412) instead of refunding more than was meant. Only an account's own people refund from
    it, and only a regulator returns an observed charge, which no account holds.

    Raises `PagoNoReembolsable`, `PlazoDeReembolsoVencido`, `PagoEnDisputa`, `NadaPorReembolsar`,
    `SaldoReembolsableDistinto`, `ReembolsoExcedido`, `ReembolsoDistinto`, `Prohibido`, the ledger's errors.
    """
    exigir_tarjetas()
    intento = bloquear_intento(sesion, intento_id)
    autorizacion = _autorizar(sesion, actor, intento, monto)
    previo = sesion.get(Reembolso, id)
    if previo is not None:
        if (previo.intento_id, previo.monto, previo.nota) != (intento_id, monto, nota[:200]):
            raise ReembolsoDistinto(_("Use un identificador nuevo para un reembolso nuevo."))
        return previo
    _exigir_reembolsable(sesion, intento, monto, saldo_visto)
    assert actor.persona_id is not None
    return _anotar(sesion, autorizacion, intento, id, monto, nota, actor.persona_id)


def devolver_de_asunto(
    sesion: Session, intento_id: UUID, *, id: UUID, monto: Money, nota: str
) -> bool | None:
    """Give back to the card what the account of a matter has of what it paid: the sweep asks the gateway.

    False when it cannot go back to the card (its term is over, or a refund of it failed): then the caller
    gives it to the person otherwise. None while a bank's claim waits for that money.
    """
    intento = bloquear_intento(sesion, intento_id)
    reclamos = disputas_de(sesion, intento_id)
    if any(d.estado == EstadoDisputa.ABIERTA or d.faltante for d in reclamos):
        return None
    hasta = plazo_de_reembolso(intento)
    a_tiempo = intento.estado == Estado.PAGADO and hasta is not None and ahora_bd(sesion) <= hasta
    sin_efecto = any(r.estado in REEMBOLSOS_SIN_EFECTO for r in reembolsos_de(sesion, intento_id))
    if (
        not a_tiempo
        or sin_efecto
        or monto > saldo_reembolsable(sesion, intento)
        or not tarjetas_disponibles()
    ):
        return False
    _anotar(sesion, libro.SISTEMA, intento, id, monto, nota, intento.persona_id)
    return True


def _anotar(
    sesion: Session,
    autorizacion: Autorizacion,
    intento: Intento,
    id: UUID,
    monto: Money,
    nota: str,
    persona_id: UUID,
) -> Reembolso:
    """Write a refund down and hold its money."""
    reembolso = Reembolso(
        id=id,
        intento_id=intento.id,
        monto=monto,
        nota=nota[:200],
        persona_id=persona_id,
        unidad_id=autorizacion.unidad_id,
        reserva_id=libro.id_de(id, "reserva") if intento.estado == Estado.PAGADO else None,
        consultar_en=ahora_bd(sesion) + PRIMERA_CONSULTA,
    )
    sesion.add(reembolso)
    sesion.flush()
    if reembolso.reserva_id is not None:
        libro.retener_reembolso(sesion, reembolso, intento, autorizacion)
    auditar(
        sesion,
        autorizacion,
        "reembolso_a_tarjeta.pedir",
        "pagos_reembolso",
        id,
        {"intento_id": str(intento.id), "monto": a_centavos(monto)},
    )
    return reembolso


def _autorizar(sesion: Session, actor: Actor, intento: Intento, monto: Money) -> Autorizacion:
    if intento.estado == Estado.OBSERVADO:
        autorizacion = exigir_supervisor(sesion, actor, obtener_cuenta(sesion, intento.destino))
        exigir_sesion_reciente(actor, Riesgo.DINERO)
        return autorizacion
    return exigir_cuenta(sesion, actor, obtener_cuenta(sesion, intento.destino), monto)


def _exigir_reembolsable(sesion: Session, intento: Intento, monto: Money, visto: Money) -> None:
    if intento.estado not in (Estado.PAGADO, Estado.OBSERVADO) or intento.pasarela_id is None:
        raise PagoNoReembolsable(_("Solo se reembolsa un pago que la tarjeta ya pagó."))
    hasta = plazo_de_reembolso(intento)
    assert hasta is not None
    if ahora_bd(sesion) > hasta:
        raise PlazoDeReembolsoVencido(
            _("Se puede reembolsar hasta 90 días después del pago. Devuelva el dinero por otro medio.")
        )
    saldo = saldo_reembolsable(sesion, intento)
    _exigir_que_quede(sesion, intento, saldo)
    if saldo != visto:
        raise SaldoReembolsableDistinto(
            _("Ahora quedan %(saldo)s por reembolsar. Revise el monto y vuelva a confirmarlo.")
            % {"saldo": formato_bs(saldo)}
        )
    if not cero() < monto <= saldo:
        texto = _("Reembolse entre Bs 0,01 y %(saldo)s.") % {"saldo": formato_bs(saldo)}
        raise ReembolsoExcedido(texto, campos={"monto": texto})


def _exigir_que_quede(sesion: Session, intento: Intento, saldo: Money) -> None:
    estados = {d.estado for d in disputas_de(sesion, intento.id)}
    if EstadoDisputa.ABIERTA in estados:
        raise PagoEnDisputa(
            _("Mientras su banco decide no se puede reembolsar: si le da la razón, lo devolverá él mismo.")
        )
    if not saldo and EstadoDisputa.PERDIDA in estados:
        raise NadaPorReembolsar(_("El banco ya devolvió este pago al titular de la tarjeta."))
    if not saldo:
        raise NadaPorReembolsar(_("Este pago ya se reembolsó entero, o su reembolso está en camino."))


def reembolso_por_id(sesion: Session, reembolso_id: UUID) -> Reembolso:
    """Raises `NoEncontrado`."""
    hallado = sesion.get(Reembolso, reembolso_id, populate_existing=True)
    if hallado is None:
        raise NoEncontrado(_("Ese reembolso no existe."))
    return hallado


# --- The engine ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tomado:
    reembolso: Reembolso
    pago_id: str
    instante: datetime

    @property
    def edad_del_envio(self) -> timedelta:
        enviado = self.reembolso.enviado_en
        return self.instante - enviado if enviado else timedelta(0)


def avanzar_reembolso(reembolso_id: UUID) -> None:
    """Ask the gateway about this refund now and write what it says. Never inside a transaction."""
    with transaccion() as sesion:
        tomado = _arrendar(sesion, reembolso_id)
    _consultar(tomado)


def conciliar_reembolsos() -> int:
    """The sweep of refunds."""
    return barrer_filas(_tomar_vencido, _consultar)


def _tomar_vencido() -> Tomado | None:
    with transaccion() as sesion:
        reembolso_id = sesion.connection().execute(REEMBOLSO_VENCIDO).scalar_one_or_none()
        return _arrendar(sesion, reembolso_id) if reembolso_id is not None else None


def _arrendar(sesion: Session, reembolso_id: UUID) -> Tomado:
    reembolso = bloquear_reembolso(sesion, reembolso_id)
    instante = ahora_bd(sesion)
    if reembolso.estado == EstadoReembolso.CREADO and reembolso.envios > 0:
        _mover(sesion, reembolso, EstadoReembolso.AMBIGUO)
    if reembolso.pasarela_id is None:
        reembolso.enviado_en = reembolso.enviado_en or instante
        reembolso.envios += 1
    reembolso.consultas += 1
    reembolso.consultar_en = instante + ARRIENDO
    sesion.flush()
    pago_id = intento_por_id(sesion, reembolso.intento_id).pasarela_id
    assert pago_id is not None
    return Tomado(reembolso, pago_id, instante)


def _consultar(tomado: Tomado) -> None:
    resultado: LecturaReembolso | FallaDePasarela
    try:
        resultado = _preguntar(tomado)
    except FallaDePasarela as falla:
        resultado = falla
    with transaccion() as sesion:
        aplicar_reembolso(sesion, tomado.reembolso.id, resultado)


class SinRastro(FallaDePasarela):
    """The gateway shows no such refund, and it will not be asked again."""


def _preguntar(tomado: Tomado) -> LecturaReembolso:
    reembolso = tomado.reembolso
    if reembolso.pasarela_id is not None:
        return puerta.consultar_reembolso(reembolso.pasarela_id)
    if reembolso.envios <= 1:
        return puerta.reembolsar(reembolso, tomado.pago_id)
    hallado = puerta.buscar_reembolso(reembolso, tomado.pago_id)
    if hallado is not None:
        return hallado
    if tomado.edad_del_envio > VIDA_DE_LA_CLAVE:
        raise SinRastro("sin_respuesta")
    try:
        return puerta.reembolsar(reembolso, tomado.pago_id)
    except SinRespuesta as falla:
        if falla.repetida and tomado.edad_del_envio > SIN_RASTRO:
            raise SinRastro("sin_respuesta") from falla
        raise


def aplicar_reembolso(
    sesion: Session, reembolso_id: UUID, resultado: LecturaReembolso | FallaDePasarela
) -> Reembolso:
    """Move the refund by what the gateway answered, with its money, in the caller's transaction."""
    reembolso = bloquear_reembolso(sesion, reembolso_id)
    match resultado:
        case LecturaReembolso():
            _aplicar_lectura(sesion, reembolso, resultado)
        case NoEjecutada():
            if reembolso.estado == EstadoReembolso.CREADO:
                reembolso.envios, reembolso.enviado_en = 0, None
        case SinRastro():
            _fallar(sesion, reembolso, "sin_respuesta")
        case PedidoRechazado():
            if reembolso.pasarela_id is None:
                _fallar(sesion, reembolso, resultado.codigo or "pedido_invalido")
        case _:
            if reembolso.estado == EstadoReembolso.CREADO:
                _mover(sesion, reembolso, EstadoReembolso.AMBIGUO)
    _agendar(sesion, reembolso)
    sesion.flush()
    return reembolso


def _aplicar_lectura(sesion: Session, reembolso: Reembolso, lectura: LecturaReembolso) -> None:
    if lectura.metadatos_id not in (None, str(reembolso.id)) or lectura.monto != a_centavos(reembolso.monto):
        registro.error("pasarela_reembolso_ajeno", reembolso=str(reembolso.id), dice=lectura.pasarela_id)
        return
    reembolso.pasarela_id = reembolso.pasarela_id or lectura.pasarela_id
    match lectura.veredicto:
        case "hecho" if reembolso.estado in REEMBOLSOS_ABIERTOS:
            libro.resolver_reembolso(sesion, reembolso, hecho=True)
            _mover(sesion, reembolso, EstadoReembolso.HECHO)
            _publicar(sesion, reembolso, REEMBOLSO_HECHO)
            _avisar(sesion, reembolso, _("Reembolsamos %(monto)s a su tarjeta"))
        case "procesando" if reembolso.estado in REEMBOLSOS_ABIERTOS:
            _mover(sesion, reembolso, EstadoReembolso.PROCESANDO)
        case "fallido" if reembolso.estado == EstadoReembolso.HECHO:
            libro.revertir_reembolso(sesion, reembolso, intento_por_id(sesion, reembolso.intento_id))
            _mover(sesion, reembolso, EstadoReembolso.REVERTIDO, lectura.motivo)
            _publicar(sesion, reembolso, REEMBOLSO_REVERTIDO)
            _avisar(sesion, reembolso, _("El banco devolvió el reembolso de %(monto)s: está en su cuenta"))
        case "fallido":
            _fallar(sesion, reembolso, lectura.motivo)


def _fallar(sesion: Session, reembolso: Reembolso, motivo: str | None) -> None:
    if reembolso.estado not in REEMBOLSOS_ABIERTOS:
        return
    libro.resolver_reembolso(sesion, reembolso, hecho=False)
    _mover(sesion, reembolso, EstadoReembolso.FALLIDO, motivo)
    _avisar(sesion, reembolso, _("El reembolso de %(monto)s no se hizo: el dinero sigue en su cuenta"))


def _publicar(sesion: Session, reembolso: Reembolso, tipo: str) -> None:
    intento = intento_por_id(sesion, reembolso.intento_id)
    publicar(
        sesion,
        tipo,
        intento.id,
        {
            "proposito": intento.proposito,
            "referencia_id": str(intento.referencia_id) if intento.referencia_id else None,
            "reembolso_id": str(reembolso.id),
            "monto": a_centavos(reembolso.monto),
        },
        libro.SISTEMA,
    )


def _avisar(sesion: Session, reembolso: Reembolso, asunto: str) -> None:
    notificar(
        sesion,
        persona_id=reembolso.persona_id,
        asunto=asunto % {"monto": formato_bs(reembolso.monto)},
        cuerpo=_("El detalle está en la página del pago."),
        enlace=f"/pagos-con-tarjeta/{reembolso.intento_id}",
        clase=AVISO_TARJETA,
    )


def _mover(sesion: Session, reembolso: Reembolso, estado: EstadoReembolso, motivo: str | None = None) -> None:
    if reembolso.estado == estado:
        return
    anterior = reembolso.estado
    VIDA_REEMBOLSO.pasar(reembolso, estado)
    reembolso.motivo = motivo[:60] if motivo else None
    reembolso.consultas = 0
    if estado not in REEMBOLSOS_ABIERTOS:
        reembolso.terminado_en = ahora_bd(sesion)
        reembolso.consultar_en = None
    sesion.flush()
    auditar(
        sesion,
        libro.SISTEMA,
        f"reembolso_a_tarjeta.{estado.value}",
        "pagos_reembolso",
        reembolso.id,
        {"antes": anterior, "motivo": motivo},
    )


def _agendar(sesion: Session, reembolso: Reembolso) -> None:
    if reembolso.estado not in REEMBOLSOS_ABIERTOS:
        reembolso.consultar_en = None
        return
    base_s = 60 if reembolso.estado == EstadoReembolso.PROCESANDO else 5
    demora = min(timedelta(seconds=base_s * 2 ** min(reembolso.consultas, 8)), DEMORA_MAXIMA)
    reembolso.consultar_en = ahora_bd(sesion) + demora


def marcar_reembolso(sesion: Session, objeto: str) -> bool:
    """Make due the refund that a gateway's object is, a finished one too: a bank may take it back."""
    reembolso = reembolso_del_objeto(sesion, objeto)
    if reembolso is None:
        return False
    reembolso.consultar_en = ahora_bd(sesion)
    return True
