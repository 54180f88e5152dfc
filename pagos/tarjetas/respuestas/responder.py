"""Answer a claim: written down first, then handed to the gateway, and known to be there before it is said.

The same discipline as refunds. The bank takes evidence once: its count at the gateway tells whether an answer
whose reply was lost arrived.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import structlog
from sqlmodel import Session

from ciudadania import notificar
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.eventos import publicar
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from pagos.libro import exigir_cuenta, obtener_cuenta
from pagos.tarjetas import asientos as libro
from pagos.tarjetas import puerta
from pagos.tarjetas.bloqueos import RESPUESTA_VENCIDA, bloquear_disputa, bloquear_intento, bloquear_respuesta
from pagos.tarjetas.buzon import AVISO_TARJETA
from pagos.tarjetas.conciliar import ARRIENDO, DEMORA_MAXIMA, barrer_filas
from pagos.tarjetas.consultas import disputa_por_id, respuesta_viva
from pagos.tarjetas.errores import DisputaNoRespondible, IntentoDistinto
from pagos.tarjetas.estados import RESPUESTAS_ABIERTAS, VIDA_RESPUESTA, EstadoDisputa, EstadoRespuesta
from pagos.tarjetas.eventos import RESPUESTA_RECHAZADA
from pagos.tarjetas.iniciar import PRIMERA_CONSULTA, exigir_tarjetas
from pagos.tarjetas.lectura import LecturaDisputa
from pagos.tarjetas.modelos import Disputa, RespuestaDisputa
from pagos.tarjetas.puerta import FallaDePasarela, NoEjecutada, PedidoRechazado

registro = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pruebas:
    """What the bank reads: why the charge is right, what was sold, when it was handed over, and how sent."""

    explicacion: str
    producto: str = ""
    fecha: date | None = None
    guia: str = ""


def responder(
    sesion: Session,
    actor: Actor,
    *,
    id: UUID,
    disputa_id: UUID,
    explicacion: str,
    producto: str = "",
    fecha: date | None = None,
    guia: str = "",
) -> RespuestaDisputa:
    """Write the answer down; the caller commits and then calls `avanzar_respuesta(id)`.

    Whoever may use the account that was paid answers: its holder, or the people of the unit or entity.

    The same `id` and answer again are the same one; with another answer, `IntentoDistinto`.

    Raises `DisputaInexistente`, `DisputaNoRespondible`, `Prohibido`, `TarjetasNoDisponibles`.
    """
    exigir_tarjetas()
    intento = bloquear_intento(sesion, disputa_por_id(sesion, disputa_id).intento_id)
    disputa = bloquear_disputa(sesion, disputa_id)
    autorizacion = exigir_cuenta(sesion, actor, obtener_cuenta(sesion, intento.destino))
    previa = sesion.get(RespuestaDisputa, id)
    if previa is not None:
        dicho = (previa.disputa_id, previa.explicacion, previa.producto, previa.fecha, previa.guia)
        if dicho != (disputa_id, explicacion, producto, fecha, guia):
            raise IntentoDistinto(_("Use un identificador nuevo para otra respuesta."))
        return previa
    assert actor.persona_id is not None
    return _anotar(
        sesion, autorizacion, disputa, id, actor.persona_id, Pruebas(explicacion, producto, fecha, guia)
    )


def responder_por_asunto(sesion: Session, disputa_id: UUID, *, id: UUID, pruebas: Pruebas) -> None:
    """The platform answers for whoever sold what the account of a matter was paid for: nobody else may use
    that account. The sweep hands it to the gateway.

    Raises `DisputaInexistente`, `DisputaNoRespondible`, `TarjetasNoDisponibles`.
    """
    exigir_tarjetas()
    intento = bloquear_intento(sesion, disputa_por_id(sesion, disputa_id).intento_id)
    de_asunto = libro.es_de_asunto(sesion, intento.destino)
    assert de_asunto
    _anotar(sesion, libro.SISTEMA, bloquear_disputa(sesion, disputa_id), id, None, pruebas)


def _anotar(
    sesion: Session,
    autorizacion: Autorizacion,
    disputa: Disputa,
    id: UUID,
    persona_id: UUID | None,
    pruebas: Pruebas,
) -> RespuestaDisputa:
    instante = ahora_bd(sesion)
    if disputa.estado != EstadoDisputa.ABIERTA:
        raise DisputaNoRespondible(_("El banco ya decidió este reclamo."))
    if disputa.responder_hasta is not None and instante >= disputa.responder_hasta:
        raise DisputaNoRespondible(_("Pasó la fecha hasta la que el banco recibía pruebas."))
    if respuesta_viva(sesion, disputa.id) is not None:
        raise DisputaNoRespondible(_("Ya se envió una respuesta: el banco recibe una sola."))
    if pruebas.fecha is not None and pruebas.fecha > fecha_bolivia(instante):
        texto = _("Escriba una fecha que ya pasó.")
        raise DatosInvalidos(texto, campos={"fecha": texto})
    respuesta = RespuestaDisputa(
        id=id,
        disputa_id=disputa.id,
        explicacion=pruebas.explicacion,
        producto=pruebas.producto,
        fecha=pruebas.fecha,
        guia=pruebas.guia,
        persona_id=persona_id,
        unidad_id=autorizacion.unidad_id,
        consultar_en=instante + PRIMERA_CONSULTA,
    )
    sesion.add(respuesta)
    sesion.flush()
    auditar(
        sesion,
        autorizacion,
        "disputa.responder",
        "pagos_disputa_respuesta",
        id,
        {"disputa_id": str(disputa.id)},
    )
    return respuesta


# --- The engine ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tomada:
    respuesta: RespuestaDisputa
    disputa: str  # its id at the gateway


def avanzar_respuesta(respuesta_id: UUID) -> None:
    """Hand the answer to the gateway now and write what it says. Never inside a transaction."""
    with transaccion() as sesion:
        tomada = _arrendar(sesion, respuesta_id)
    if tomada is not None:
        _consultar(tomada)


def conciliar_respuestas() -> int:
    """The sweep of answers that did not arrive yet."""
    return barrer_filas(_tomar_vencida, _consultar)


def _tomar_vencida() -> Tomada | None:
    with transaccion() as sesion:
        vencida = sesion.connection().execute(RESPUESTA_VENCIDA).scalar_one_or_none()
        return _arrendar(sesion, vencida) if vencida is not None else None


def _arrendar(sesion: Session, respuesta_id: UUID) -> Tomada | None:
    respuesta = bloquear_respuesta(sesion, respuesta_id)
    if respuesta.estado not in RESPUESTAS_ABIERTAS:
        return None
    instante = ahora_bd(sesion)
    if respuesta.estado == EstadoRespuesta.CREADA and respuesta.envios > 0:
        _mover(sesion, respuesta, EstadoRespuesta.AMBIGUA)  # sent before, and nobody wrote the answer
    respuesta.enviado_en = respuesta.enviado_en or instante
    respuesta.envios += 1
    respuesta.consultas += 1
    respuesta.consultar_en = instante + ARRIENDO
    sesion.flush()
    return Tomada(respuesta, disputa_por_id(sesion, respuesta.disputa_id).pasarela_id)


def _consultar(tomada: Tomada) -> None:
    resultado: LecturaDisputa | FallaDePasarela
    try:
        resultado = _preguntar(tomada)
    except FallaDePasarela as falla:
        resultado = falla
    with transaccion() as sesion:
        aplicar_respuesta(sesion, tomada.respuesta.id, resultado)


def _preguntar(tomada: Tomada) -> LecturaDisputa:
    """Look first when it may be there already: the bank takes it once."""
    if tomada.respuesta.envios > 1:
        lectura = puerta.consultar_disputa(tomada.disputa)
        if lectura.pruebas or lectura.veredicto != "abierta" or lectura.fuera_de_plazo:
            return lectura
    return puerta.responder_disputa(tomada.respuesta, tomada.disputa)


def aplicar_respuesta(
    sesion: Session, respuesta_id: UUID, resultado: LecturaDisputa | FallaDePasarela
) -> RespuestaDisputa:
    """Move the answer by what the gateway said, in the caller's transaction."""
    respuesta = bloquear_respuesta(sesion, respuesta_id)
    if respuesta.estado not in RESPUESTAS_ABIERTAS:
        return respuesta
    match resultado:
        case LecturaDisputa() if resultado.pruebas:
            _mover(sesion, respuesta, EstadoRespuesta.ENVIADA)
        case LecturaDisputa():
            _rechazar(sesion, respuesta, "fuera_de_plazo")
        case PedidoRechazado():
            _rechazar(sesion, respuesta, resultado.codigo or "pedido_invalido")
        case NoEjecutada():
            registro.warning("respuesta_sin_enviar", respuesta=str(respuesta_id))
        case _ if respuesta.estado == EstadoRespuesta.CREADA:
            _mover(sesion, respuesta, EstadoRespuesta.AMBIGUA)
    if respuesta.estado in RESPUESTAS_ABIERTAS:
        demora = min(timedelta(seconds=5 * 2 ** min(respuesta.consultas, 8)), DEMORA_MAXIMA)
        respuesta.consultar_en = ahora_bd(sesion) + demora
    sesion.flush()
    return respuesta


def _rechazar(sesion: Session, respuesta: RespuestaDisputa, motivo: str) -> None:
    _mover(sesion, respuesta, EstadoRespuesta.RECHAZADA, motivo)
    intento_id = disputa_por_id(sesion, respuesta.disputa_id).intento_id
    if respuesta.persona_id is None:  # the platform's: the matter tells whom it answered for
        datos = {"disputa_id": str(respuesta.disputa_id), "respuesta_id": str(respuesta.id)}
        publicar(sesion, RESPUESTA_RECHAZADA, intento_id, datos, libro.SISTEMA)
        return
    notificar(
        sesion,
        persona_id=respuesta.persona_id,
        asunto=_("El banco no recibió su respuesta al reclamo"),
        cuerpo=_("Mire en la página del pago si todavía puede enviar otra."),
        enlace=f"/pagos-con-tarjeta/{intento_id}",
        clase=AVISO_TARJETA,
    )


def _mover(
    sesion: Session, respuesta: RespuestaDisputa, estado: EstadoRespuesta, motivo: str | None = None
) -> None:
    if respuesta.estado == estado:
        return
    anterior = respuesta.estado
    VIDA_RESPUESTA.pasar(respuesta, estado)
    respuesta.motivo = motivo[:60] if motivo else None
    if estado in VIDA_RESPUESTA.fines:
        respuesta.terminado_en = ahora_bd(sesion)
        respuesta.consultar_en = None
    sesion.flush()
    auditar(
        sesion,
        libro.SISTEMA,
        f"disputa.respuesta_{estado.value}",
        "pagos_disputa_respuesta",
        respuesta.id,
        {"antes": anterior, "motivo": motivo},
    )
