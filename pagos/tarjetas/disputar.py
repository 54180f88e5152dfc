"""Disputes: a cardholder tells their bank that they do not recognise a charge, and the bank claims it back.

Nothing is decided here: each look takes the claim's state from the gateway and moves the money that follows
from it. The claimed money is held; what the account does not have is written down, and the account frozen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog
from moneyed import Money
from sqlmodel import Session, select

from ciudadania import notificar
from empresa_digital.registro import notificar_unidad
from nucleo.auditoria import auditar
from nucleo.bd import transaccion
from nucleo.dinero import a_centavos, de_centavos, formato_bs
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos.libro import TipoTitular, obtener_cuenta
from pagos.tarjetas import asientos as libro
from pagos.tarjetas import puerta
from pagos.tarjetas.bloqueos import (
    DISPUTA_ANUNCIADA,
    DISPUTA_VENCIDA,
    bloquear_disputa,
    bloquear_intento,
    disputa_del_objeto,
)
from pagos.tarjetas.buzon import AVISO_TARJETA
from pagos.tarjetas.conciliar import ARRIENDO, barrer_filas
from pagos.tarjetas.consultas import disputa_por_id
from pagos.tarjetas.estados import VIDA_DISPUTA, Estado, EstadoDisputa
from pagos.tarjetas.eventos import DISPUTA_ABIERTA, DISPUTA_GANADA, DISPUTA_PERDIDA
from pagos.tarjetas.lectura import LecturaDisputa
from pagos.tarjetas.modelos import AvisoPasarela, Disputa, Intento
from pagos.tarjetas.puerta import FallaDePasarela

CADA = timedelta(hours=1)
ESPERA_DEL_PAGO = timedelta(days=1)

registro = structlog.get_logger(__name__)


def conciliar_disputa(pasarela_id: str) -> None:
    """Take the claim's state from the gateway and apply it. Never inside a transaction.

    Raises `FallaDePasarela` when the gateway does not answer.
    """
    lectura = puerta.consultar_disputa(pasarela_id)
    with transaccion() as sesion:
        aplicar_disputa(sesion, lectura)


def conciliar_disputas() -> int:
    """The sweep: claims that a webhook announced, open ones, and lost ones that still owe."""
    return barrer_filas(_tomar_anunciada, _leer_anunciada) + barrer_filas(_tomar_vencida, _consultar)


@dataclass(frozen=True, slots=True)
class Anunciada:
    aviso_id: str
    pasarela_id: str
    recibido_en: datetime


def _tomar_anunciada() -> Anunciada | None:
    with transaccion() as sesion:
        fila = sesion.connection().execute(DISPUTA_ANUNCIADA, {"arriendo": ARRIENDO}).one_or_none()
        return Anunciada(*fila) if fila is not None else None


def _leer_anunciada(anunciada: Anunciada) -> None:
    """Open the claim. Its payment may not be written yet: it is looked for during a day."""
    try:
        lectura = puerta.consultar_disputa(anunciada.pasarela_id)
    except FallaDePasarela as falla:
        registro.warning("disputa_sin_respuesta", disputa=anunciada.pasarela_id, error=str(falla))
        return
    with transaccion() as sesion:
        hallada = aplicar_disputa(sesion, lectura)
        if hallada is not None or ahora_bd(sesion) - anunciada.recibido_en > ESPERA_DEL_PAGO:
            aviso = sesion.get_one(AvisoPasarela, anunciada.aviso_id)
            aviso.atender_en = None


def _tomar_vencida() -> str | None:
    with transaccion() as sesion:
        hallada = sesion.connection().execute(DISPUTA_VENCIDA, {"arriendo": ARRIENDO}).scalar_one_or_none()
        return str(hallada) if hallada is not None else None


def _consultar(pasarela_id: str) -> None:
    try:
        conciliar_disputa(pasarela_id)
    except FallaDePasarela as falla:
        registro.warning("disputa_sin_respuesta", disputa=pasarela_id, error=str(falla))


def aplicar_disputa(sesion: Session, lectura: LecturaDisputa) -> Disputa | None:
    """Open, hold, release or post by what the gateway says; None for nothing of ours."""
    intento = _intento_de(sesion, lectura.pago_id)
    if intento is None:
        registro.error("disputa_de_pago_desconocido", disputa=lectura.pasarela_id, pago=lectura.pago_id)
        return None
    if lectura.monto < 1:  # of what went back already
        registro.error("disputa_de_nada", disputa=lectura.pasarela_id, pago=lectura.pago_id)
        return None
    disputa = disputa_del_objeto(sesion, lectura.pasarela_id)
    if disputa is None:
        disputa = _abrir(sesion, intento, lectura)
    if disputa.estado == EstadoDisputa.PERDIDA and lectura.veredicto == "ganada":
        _recuperar(sesion, disputa, intento)
    acreditado = intento.estado == Estado.PAGADO  # an observed charge was never credited: nothing to hold
    if disputa.estado == EstadoDisputa.ABIERTA:
        if lectura.veredicto != "abierta":
            _terminar(sesion, disputa, intento, EstadoDisputa(lectura.veredicto))
        elif acreditado:
            libro.retener_disputa(sesion, disputa)
    if disputa.estado == EstadoDisputa.PERDIDA and acreditado:
        _cobrar(sesion, disputa, intento)
    _oir_si_se_desmiente(sesion, disputa, lectura)
    sigue = (
        disputa.estado == EstadoDisputa.ABIERTA
        or disputa.desmentida_en is not None
        or (acreditado and bool(disputa.faltante))
    )
    disputa.consultar_en = ahora_bd(sesion) + CADA if sigue else None
    sesion.flush()
    return disputa


def _oir_si_se_desmiente(sesion: Session, disputa: Disputa, lectura: LecturaDisputa) -> None:
    """A bank changes its mind once, and never takes what it let go: if the gateway says so, no money moves
    and `verify` tells it, until the gateway says otherwise."""
    if disputa.estado != EstadoDisputa.GANADA or lectura.veredicto != "perdida":
        disputa.desmentida_en = None
    elif disputa.desmentida_en is None:
        disputa.desmentida_en = ahora_bd(sesion)
        registro.error("disputa_ganada_que_se_pierde", disputa=disputa.pasarela_id, monto=lectura.monto)


def _intento_de(sesion: Session, pago_id: str | None) -> Intento | None:
    hallado = sesion.exec(select(Intento.id).where(Intento.pasarela_id == pago_id)).one_or_none()
    if pago_id is None or hallado is None:
        return None
    return bloquear_intento(sesion, hallado)


def _abrir(sesion: Session, intento: Intento, lectura: LecturaDisputa) -> Disputa:
    hasta = datetime.fromtimestamp(lectura.responder_hasta, UTC) if lectura.responder_hasta else None
    disputa = Disputa(
        id=nuevo_id(),
        pasarela_id=lectura.pasarela_id,
        intento_id=intento.id,
        cuenta=intento.destino,
        monto=de_centavos(lectura.monto),
        causa=lectura.causa,
        responder_hasta=hasta,
        consultar_en=ahora_bd(sesion) + CADA,
    )
    sesion.add(disputa)
    sesion.flush()
    datos = {"intento_id": str(intento.id), "monto": lectura.monto, "causa": lectura.causa}
    auditar(sesion, libro.SISTEMA, "disputa.abrir", "pagos_disputa", disputa.id, datos)
    _publicar(sesion, disputa, DISPUTA_ABIERTA)
    _avisar(
        sesion,
        disputa,
        intento,
        _("Un banco reclama %(monto)s de un pago con tarjeta"),
        _(
            "El titular de la tarjeta dice que no reconoce el cargo. "
            "El dinero queda retenido hasta que el banco decida. Quien cobró puede enviarle pruebas una vez, "
            "desde la página del pago."
        ),
    )
    return disputa


def _terminar(sesion: Session, disputa: Disputa, intento: Intento, estado: EstadoDisputa) -> None:
    acreditado = intento.estado == Estado.PAGADO
    if estado == EstadoDisputa.PERDIDA:
        if acreditado:
            libro.retener_disputa(sesion, disputa)
            libro.resolver_reservas(sesion, disputa, perdida=True)
            libro.adelantar_faltante(sesion, disputa)
        asunto = _("El banco dio la razón al titular de la tarjeta por %(monto)s")
        cuerpo = _("Lo retenido se devolvió a la tarjeta.")
    else:
        libro.resolver_reservas(sesion, disputa, perdida=False)
        libro.descongelar(sesion, disputa)
        asunto = _("El reclamo de %(monto)s se resolvió a su favor")
        cuerpo = _("Lo retenido está otra vez disponible en la cuenta.")
    VIDA_DISPUTA.pasar(disputa, estado)
    disputa.terminado_en = ahora_bd(sesion)
    sesion.flush()
    auditar(
        sesion,
        libro.SISTEMA,
        f"disputa.{estado.value}",
        "pagos_disputa",
        disputa.id,
        {"cobrado": a_centavos(disputa.cobrado), "faltante": a_centavos(disputa.faltante)},
    )
    _publicar(sesion, disputa, DISPUTA_PERDIDA if estado == EstadoDisputa.PERDIDA else DISPUTA_GANADA)
    _avisar(sesion, disputa, intento, asunto, cuerpo)


def _recuperar(sesion: Session, disputa: Disputa, intento: Intento) -> None:
    """The bank changed its mind and gave back what it had taken."""
    debia, cobrado, volvio = disputa.faltante, disputa.cobrado, de_centavos(0)
    if intento.estado == Estado.PAGADO:
        volvio = libro.recuperar(sesion, disputa, intento)
    ahora = ahora_bd(sesion)
    VIDA_DISPUTA.pasar(disputa, EstadoDisputa.GANADA, salvo=True)
    disputa.terminado_en = disputa.recuperada_en = ahora
    sesion.flush()
    datos = {
        "cobrado": a_centavos(cobrado),
        "faltante": a_centavos(debia),
        "por_repartir": a_centavos(disputa.por_repartir),
    }
    auditar(sesion, libro.SISTEMA, "disputa.recuperar", "pagos_disputa", disputa.id, datos)
    _publicar(sesion, disputa, DISPUTA_GANADA)
    cuerpo = _("El cargo a la tarjeta queda firme, y por ese reclamo no se debe nada.")
    if volvio:
        cuerpo = _("Lo que se tomó de la cuenta por ese reclamo volvió a ella, y por él no se debe nada.")
    _avisar(sesion, disputa, intento, _("El banco cambió su decisión y devolvió %(monto)s"), cuerpo)


def repartir_lo_recuperado(sesion: Session, disputa_id: UUID, partes: Mapping[int, Money]) -> None:
    """Of what a bank gave back of what a matter had held, so much is given to the accounts whose it was; the
    rest waits. Raises the ledger's errors."""
    bloquear_intento(sesion, disputa_por_id(sesion, disputa_id).intento_id)
    disputa = bloquear_disputa(sesion, disputa_id)
    libro.repartir(sesion, disputa, partes)
    sesion.flush()
    datos = {str(cuenta): a_centavos(monto) for cuenta, monto in partes.items()}
    auditar(sesion, libro.SISTEMA, "disputa.repartir", "pagos_disputa", disputa.id, datos)


def cobrar_lo_perdido(sesion: Session, disputa_id: UUID) -> None:
    """A matter gave back what it held of a payment that a bank took: that is taken for the platform, which
    paid the bank, and what is still missing is owed by who paid from now on. It may be asked twice."""
    intento = bloquear_intento(sesion, disputa_por_id(sesion, disputa_id).intento_id)
    disputa = bloquear_disputa(sesion, disputa_id)
    assert disputa.estado == EstadoDisputa.PERDIDA
    _cobrar(sesion, disputa, intento, lo_dio_todo=True)


def _cobrar(sesion: Session, disputa: Disputa, intento: Intento, *, lo_dio_todo: bool = False) -> None:
    """Of a lost claim. A matter answers while it may have something: until it says that it gave all, or its
    account is closed."""
    libro.cobrar_faltante(sesion, disputa, intento)
    if not disputa.faltante or disputa.cuenta != intento.destino:
        return
    if libro.es_de_asunto(sesion, intento.destino) and (
        lo_dio_todo or obtener_cuenta(sesion, intento.destino).cerrada
    ):
        _pasar_a_quien_pago(sesion, disputa, intento)


def _pasar_a_quien_pago(sesion: Session, disputa: Disputa, intento: Intento) -> None:
    libro.pasar_a_quien_pago(sesion, disputa, intento)
    libro.cobrar_faltante(sesion, disputa, intento)
    datos = {"cobrado": a_centavos(disputa.cobrado), "faltante": a_centavos(disputa.faltante)}
    auditar(sesion, libro.SISTEMA, "disputa.a_quien_pago", "pagos_disputa", disputa.id, datos)
    _avisar(
        sesion,
        disputa,
        intento,
        _("Debe lo que su banco le devolvió de una compra de %(monto)s"),
        _("Quien vendió ya había cobrado. Lo que falta sale de su billetera a medida que tenga dinero."),
    )


def _publicar(sesion: Session, disputa: Disputa, tipo: str) -> None:
    datos = {"disputa_id": str(disputa.id), "monto": a_centavos(disputa.monto)}
    publicar(sesion, tipo, disputa.intento_id, datos, libro.SISTEMA)


def _avisar(sesion: Session, disputa: Disputa, intento: Intento, asunto: str, cuerpo: str) -> None:
    """To whoever paid, and to the unit whose account was paid: it is the one that may answer the bank."""
    asunto, enlace = asunto % {"monto": formato_bs(disputa.monto)}, f"/pagos-con-tarjeta/{intento.id}"
    notificar(
        sesion,
        persona_id=intento.persona_id,
        asunto=asunto,
        cuerpo=cuerpo,
        enlace=enlace,
        clase=AVISO_TARJETA,
    )
    cuenta = obtener_cuenta(sesion, intento.destino)
    if cuenta.titular_tipo == TipoTitular.UNIDAD:
        notificar_unidad(sesion, cuenta.titular_id, asunto, cuerpo, enlace, clase=AVISO_TARJETA)
