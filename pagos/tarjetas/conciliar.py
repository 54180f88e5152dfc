"""The engine of card payments: take a due intent, ask the gateway with no transaction open, write the answer.

Each step is safe to repeat and to lose. Before asking, the row says that we are about to (committed); after
it, one transaction moves the state and the money together. A crash at any point leaves a row that the sweep
finds again, and the gateway's own key and list tell what happened meanwhile.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

import structlog
from sqlmodel import Session

from ciudadania import notificar
from nucleo.auditoria import auditar
from nucleo.bd import transaccion
from nucleo.configuracion import ajustes
from nucleo.dinero import a_centavos, formato_bs
from nucleo.eventos import publicar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos.libro import ErrorDePago
from pagos.tarjetas import asientos as libro
from pagos.tarjetas import puerta
from pagos.tarjetas.bloqueos import INTENTO_VENCIDO, bloquear_intento, intentos_del_objeto
from pagos.tarjetas.buzon import AVISO_TARJETA
from pagos.tarjetas.consultas import guardada_por_metodo, intento_por_id
from pagos.tarjetas.estados import ABIERTOS, FALLIDOS, VIDA_INTENTO, Estado
from pagos.tarjetas.eventos import PAGO_CONFIRMADO, PAGO_NO_REALIZADO
from pagos.tarjetas.lectura import Lectura
from pagos.tarjetas.modelos import Intento
from pagos.tarjetas.puerta import NoEjecutada, PedidoRechazado, SinRespuesta

ARRIENDO = timedelta(seconds=60)  # how long one consultation may take before another may start
VIDA_DE_LA_CLAVE = timedelta(hours=23)  # the gateway keeps its keys 24 hours
SIN_RASTRO = timedelta(minutes=10)  # after this, a charge that is not in the gateway's list was not made
DEMORA_MAXIMA = timedelta(minutes=15)
TRABAJO_S_MAX = 60  # of one sweep; a task is killed at twice that
ENTRE_MIRADAS = timedelta(seconds=1)

registro = structlog.get_logger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tomado:
    """An intent as its row was when it was taken, and the database's instant then."""

    intento: Intento
    instante: datetime
    cliente: str | None  # whose saved card pays it, at the gateway

    @property
    def edad_del_envio(self) -> timedelta:
        enviado = self.intento.enviado_en
        return self.instante - enviado if enviado else timedelta(0)

    @property
    def vencido(self) -> bool:
        return self.instante >= self.intento.vence_en


Resultado = Lectura | SinRespuesta | NoEjecutada | PedidoRechazado


def url_de(intento_id: UUID) -> str:
    """The page of a payment, where the gateway sends the person back."""
    return f"{ajustes().url_publica}/pagos-con-tarjeta/{intento_id}?vuelta=1"


def avanzar(intento_id: UUID) -> None:
    """Ask the gateway about this payment now and write what it says. Never call it inside a transaction."""
    tomado = _tomar(intento_id)
    if tomado is not None:
        _consultar(tomado)


def avanzar_al_volver(intento_id: UUID) -> None:
    """The same when somebody looks at the page: at most once a second while we wait for the gateway, and
    always while it is the person's turn, for they may come back from paying this very moment."""
    with transaccion() as sesion:
        intento = intento_por_id(sesion, intento_id)
        mirado = intento.consultado_en if intento.consultas > 0 else None
        reciente = mirado is not None and ahora_bd(sesion) - mirado < ENTRE_MIRADAS
        reciente = reciente and intento.estado != Estado.REQUIERE_ACCION
        if reciente or intento.estado not in ABIERTOS:
            return
    avanzar(intento_id)


def conciliar() -> int:
    """The sweep: every intent that is due, one at a time, until none is left or the time is over."""
    return barrer_filas(_tomar_vencido, _consultar)


def barrer_filas(tomar: Callable[[], T | None], hacer: Callable[[T], None]) -> int:
    """Take a due row and work on it, until there is none or the time of one sweep is over."""
    limite = time.monotonic() + TRABAJO_S_MAX
    hechos = 0
    while time.monotonic() < limite:
        tomado = tomar()
        if tomado is None:
            break
        try:
            hacer(tomado)
        except Exception:  # one sick row must not stop the others; its lease brings it back
            registro.exception("conciliar_fallo", fila=str(tomado))
        hechos += 1
    return hechos


# --- 1. Take ------------------------------------------------------------------------------------------------


def _tomar_vencido() -> Tomado | None:
    with transaccion() as sesion:
        intento_id = sesion.connection().execute(INTENTO_VENCIDO).scalar_one_or_none()
        return _arrendar(sesion, intento_id) if intento_id is not None else None


def _tomar(intento_id: UUID) -> Tomado | None:
    with transaccion() as sesion:
        return _arrendar(sesion, intento_id)


def _arrendar(sesion: Session, intento_id: UUID) -> Tomado | None:
    """Note that we are about to ask, so that a crash from here on is known."""
    intento = bloquear_intento(sesion, intento_id)
    instante = ahora_bd(sesion)
    if intento.estado == Estado.CREADO and intento.envios > 0:
        _mover(sesion, intento, Estado.AMBIGUO)  # asked before, and nobody wrote the answer
    if intento.pasarela_id is None and intento.sesion_id is None:
        intento.enviado_en = intento.enviado_en or instante
        intento.envios += 1
    intento.consultas += 1
    intento.consultado_en = instante
    intento.consultar_en = instante + ARRIENDO
    sesion.flush()
    guardada = guardada_por_metodo(sesion, intento.metodo)
    suya = guardada is not None and guardada.persona_id == intento.persona_id
    return Tomado(intento, instante, guardada.cliente if guardada is not None and suya else None)


# --- 2. Ask, with no transaction open -----------------------------------------------------------------------


def _consultar(tomado: Tomado) -> None:
    try:
        resultado: Resultado = _preguntar(tomado)
    except (SinRespuesta, NoEjecutada, PedidoRechazado) as falla:
        resultado = falla
    with transaccion() as sesion:
        aplicar(sesion, tomado.intento.id, resultado)


def _preguntar(tomado: Tomado) -> Lectura:
    intento = tomado.intento
    if intento.pasarela_id is not None or intento.sesion_id is not None:
        lectura = puerta.consultar(intento)
        if lectura.cancelable and (intento.cancelar or tomado.vencido):
            return puerta.cancelar(intento)
        return lectura
    if intento.envios > 1:
        return _averiguar(tomado)
    if intento.cancelar:
        return Lectura("cancelado", motivo="a_pedido")
    return puerta.enviar(intento, url_de(intento.id), tomado.cliente)


def _averiguar(tomado: Tomado) -> Lectura:
    """We asked before and lost the answer: look for the charge, else ask again with the same key.

    A hosted page whose address we never got cannot be paid by anybody, so it may be given up at any time.
    """
    intento = tomado.intento
    hallado = puerta.buscar(intento)
    if hallado is not None:
        return hallado
    sin_pagina = intento.modalidad == "alojada" and tomado.vencido
    if intento.cancelar and (intento.modalidad == "alojada" or tomado.edad_del_envio > SIN_RASTRO):
        return Lectura("cancelado", motivo="a_pedido")
    if sin_pagina or tomado.edad_del_envio > VIDA_DE_LA_CLAVE:
        return Lectura("cancelado", motivo="sin_respuesta")
    try:
        return puerta.enviar(intento, url_de(intento.id), tomado.cliente)
    except SinRespuesta as falla:
        if falla.repetida and (intento.modalidad == "alojada" or tomado.edad_del_envio > SIN_RASTRO):
            # It keeps answering its stored failure, and its list shows no charge: there was none.
            return Lectura("cancelado", motivo="sin_respuesta")
        raise


# --- 3. Write what it said ----------------------------------------------------------------------------------


def aplicar(sesion: Session, intento_id: UUID, resultado: Resultado) -> Intento:
    """Move the intent by what the gateway answered; state and money in the caller's transaction."""
    intento = bloquear_intento(sesion, intento_id)
    match resultado:
        case Lectura():
            _aplicar_lectura(sesion, intento, resultado)
        case NoEjecutada():
            if intento.estado == Estado.CREADO:
                intento.envios, intento.enviado_en = 0, None
        case SinRespuesta():
            if intento.estado == Estado.CREADO:
                _mover(sesion, intento, Estado.AMBIGUO)
        case PedidoRechazado():
            if intento.pasarela_id is None and intento.sesion_id is None and intento.estado in ABIERTOS:
                _terminar_sin_abono(sesion, intento, Estado.RECHAZADO, resultado.codigo or "pedido_invalido")
            else:
                registro.warning("pasarela_rechaza_consulta", intento=str(intento_id), error=str(resultado))
    _agendar(sesion, intento, contestado=isinstance(resultado, Lectura))
    sesion.flush()
    return intento


def _aplicar_lectura(sesion: Session, intento: Intento, lectura: Lectura) -> None:
    if lectura.metadatos_id not in (None, str(intento.id)):
        registro.error("pasarela_pago_ajeno", intento=str(intento.id), dice=lectura.metadatos_id)
        return
    if intento.estado in (Estado.PAGADO, Estado.OBSERVADO):
        return
    intento.pasarela_id = intento.pasarela_id or lectura.pasarela_id
    intento.sesion_id = intento.sesion_id or lectura.sesion_id
    match lectura.veredicto:
        case "cobrado":
            _cobrado(sesion, intento, lectura)
        case "rechazado" | "cancelado" if intento.estado in ABIERTOS:
            estado = Estado.RECHAZADO if lectura.veredicto == "rechazado" else Estado.CANCELADO
            motivo = "a_pedido" if estado == Estado.CANCELADO and intento.cancelar else lectura.motivo
            _terminar_sin_abono(sesion, intento, estado, motivo)
        case "requiere_accion" if intento.estado in ABIERTOS and lectura.accion_url:
            intento.accion_url = lectura.accion_url
            _mover(sesion, intento, Estado.REQUIERE_ACCION, lectura.motivo)
        case "procesando" | "requiere_accion" if intento.estado in ABIERTOS:
            _mover(sesion, intento, Estado.PROCESANDO)


def _cobrado(sesion: Session, intento: Intento, lectura: Lectura) -> None:
    """The card was charged. Credit exactly what was asked, or nothing: somebody must look at the rest."""
    intento.recibido, intento.recibido_moneda = lectura.recibido, lectura.moneda
    con_reserva = intento.estado in ABIERTOS
    if (lectura.recibido, lectura.moneda) != (a_centavos(intento.monto), intento.moneda):
        _terminar_sin_abono(sesion, intento, Estado.OBSERVADO, "monto_distinto")
        return
    try:
        transferencia_id = libro.abonar(sesion, intento, con_reserva=con_reserva)
    except ErrorDePago as error:
        if con_reserva:
            raise  # its credit was held: this cannot be, and the sweep will say so again
        _terminar_sin_abono(sesion, intento, Estado.OBSERVADO, error.codigo)
        return
    intento.transferencia_id = transferencia_id
    _mover(sesion, intento, Estado.PAGADO)
    publicar(
        sesion,
        PAGO_CONFIRMADO,
        intento.id,
        {
            "proposito": intento.proposito,
            "referencia_id": str(intento.referencia_id) if intento.referencia_id else None,
            "monto": a_centavos(intento.monto),
            "transferencia_id": str(transferencia_id),
        },
        libro.SISTEMA,
    )
    if intento.proposito == "recarga":
        _avisar(
            sesion,
            intento,
            _("Recarga de %(monto)s con tarjeta"),
            _("Cobramos su tarjeta y el dinero ya está en la cuenta."),
        )


def _terminar_sin_abono(sesion: Session, intento: Intento, estado: Estado, motivo: str | None) -> None:
    anterior = intento.estado
    if anterior not in FALLIDOS:
        libro.soltar_abono(sesion, intento)
    _mover(sesion, intento, estado, motivo)
    publicar(
        sesion,
        PAGO_NO_REALIZADO,
        intento.id,
        {
            "proposito": intento.proposito,
            "referencia_id": str(intento.referencia_id) if intento.referencia_id else None,
            "estado": estado.value,
            "motivo": motivo,
        },
        libro.SISTEMA,
    )
    if estado == Estado.OBSERVADO:
        _avisar(
            sesion,
            intento,
            _("Su pago con tarjeta de %(monto)s está en revisión"),
            _("La pasarela cobró algo distinto de lo que usted pidió. No se abonó; lo estamos revisando."),
        )
    elif anterior in (Estado.AMBIGUO, Estado.PROCESANDO):
        _avisar(
            sesion,
            intento,
            _("Su pago con tarjeta de %(monto)s no se realizó"),
            _("Confirmamos con la pasarela que no se cobró. Puede intentarlo otra vez."),
        )


def _avisar(sesion: Session, intento: Intento, asunto: str, cuerpo: str) -> None:
    notificar(
        sesion,
        persona_id=intento.persona_id,
        asunto=asunto % {"monto": formato_bs(intento.monto)},
        cuerpo=cuerpo,
        enlace=f"/pagos-con-tarjeta/{intento.id}",
        clase=AVISO_TARJETA,
    )


def _mover(sesion: Session, intento: Intento, estado: Estado, motivo: str | None = None) -> None:
    """The only place where a payment changes state."""
    if intento.estado == estado:
        intento.motivo = motivo or intento.motivo
        return
    anterior = intento.estado
    VIDA_INTENTO.pasar(intento, estado)
    intento.motivo = motivo[:60] if motivo else None
    intento.consultas = 0
    if estado not in ABIERTOS:
        intento.terminado_en = ahora_bd(sesion)
        intento.consultar_en = None
    sesion.flush()
    auditar(
        sesion,
        libro.SISTEMA,
        f"pago_con_tarjeta.{estado.value}",
        "pagos_intento",
        intento.id,
        {"antes": anterior, "motivo": motivo},
    )


def _agendar(sesion: Session, intento: Intento, *, contestado: bool) -> None:
    """When to look again: soon at first, then ever less often; no more once it is over and answered."""
    if intento.estado not in ABIERTOS and contestado:
        intento.consultar_en = None
        return
    instante = ahora_bd(sesion)
    base_s = 5 if intento.estado in (Estado.CREADO, Estado.AMBIGUO) else 30
    demora = min(timedelta(seconds=base_s * 2 ** min(intento.consultas, 8)), DEMORA_MAXIMA)
    intento.consultar_en = instante + demora
    if intento.estado == Estado.REQUIERE_ACCION and instante < intento.vence_en < intento.consultar_en:
        intento.consultar_en = intento.vence_en  # close it at the gateway as soon as its time is over


def marcar_por_consultar(sesion: Session, objeto: str, citado: UUID | None) -> None:
    """Make due the payment that a gateway's object is, by its id there or by the id of ours it carries."""
    for intento in intentos_del_objeto(sesion, objeto, citado):
        if intento.estado not in (Estado.PAGADO, Estado.OBSERVADO):
            intento.consultar_en = ahora_bd(sesion)
