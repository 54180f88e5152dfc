"""The engine of saved cards: take a due one, ask the gateway with no transaction open, write the answer.

Each step may be repeated or lost: the key of a session is the id of its row, a detached card stays so.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import structlog
from sqlmodel import Session

from nucleo.auditoria import auditar
from nucleo.bd import transaccion
from nucleo.configuracion import ajustes
from nucleo.reloj import ahora_bd
from pagos.tarjetas import asientos as libro
from pagos.tarjetas import puerta
from pagos.tarjetas.bloqueos import TARJETA_VENCIDA, bloquear_tarjeta, tarjetas_de_uno
from pagos.tarjetas.conciliar import ARRIENDO, DEMORA_MAXIMA, barrer_filas
from pagos.tarjetas.consultas import cliente_en_la_pasarela, tarjetas_de
from pagos.tarjetas.estados import VIDA_TARJETA, EstadoTarjeta
from pagos.tarjetas.lectura import LecturaTarjeta
from pagos.tarjetas.modelos import TarjetaGuardada
from pagos.tarjetas.puerta import FallaDePasarela, PedidoRechazado

registro = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Tomada:
    """A card as its row was when it was taken; `cliente` is the person's customer at the gateway, if any."""

    tarjeta: TarjetaGuardada
    instante: datetime
    cliente: str | None


def url_de(tarjeta_id: UUID) -> str:
    """Where the gateway sends the person back."""
    return f"{ajustes().url_publica}/billetera/tarjetas/{tarjeta_id}"


def avanzar_tarjeta(tarjeta_id: UUID) -> None:
    """Ask the gateway about this card now and write what it says. Never inside a transaction."""
    with transaccion() as sesion:
        tomada = _arrendar(sesion, tarjeta_id)
    if tomada is not None:
        _consultar(tomada)


def conciliar_tarjetas() -> int:
    """The sweep: pages that wait, cards to be forgotten, cards that expired."""
    return barrer_filas(_tomar_vencida, _consultar)


def _tomar_vencida() -> Tomada | None:
    with transaccion() as sesion:
        vencida = sesion.connection().execute(TARJETA_VENCIDA).scalar_one_or_none()
        return _arrendar(sesion, vencida) if vencida is not None else None


def _arrendar(sesion: Session, tarjeta_id: UUID) -> Tomada | None:
    tarjeta = bloquear_tarjeta(sesion, tarjeta_id)
    instante = ahora_bd(sesion)
    if tarjeta.estado == EstadoTarjeta.GUARDADA and _caduco(tarjeta, instante):
        _mover(sesion, tarjeta, EstadoTarjeta.POR_QUITAR, "caduco")
    if tarjeta.estado in (EstadoTarjeta.GUARDADA, *VIDA_TARJETA.fines):
        return None
    if tarjeta.estado == EstadoTarjeta.CREADA:
        tarjeta.envios += 1
    tarjeta.consultas += 1
    tarjeta.consultar_en = instante + ARRIENDO
    sesion.flush()
    return Tomada(tarjeta, instante, cliente_en_la_pasarela(sesion, tarjeta.persona_id))


def _caduco(tarjeta: TarjetaGuardada, instante: datetime) -> bool:
    assert tarjeta.caduca is not None
    return instante >= _fin_de(tarjeta.caduca)


def _fin_de(caduca: date) -> datetime:
    """A card works until the end of its month, wherever in the world its bank is."""
    return datetime.combine(caduca + timedelta(days=2), time(), UTC)


def _consultar(tomada: Tomada) -> None:
    resultado: LecturaTarjeta | FallaDePasarela
    try:
        resultado = _preguntar(tomada)
    except FallaDePasarela as falla:
        resultado = falla
    with transaccion() as sesion:
        aplicar_tarjeta(sesion, tomada.tarjeta.id, resultado)


def _preguntar(tomada: Tomada) -> LecturaTarjeta:
    tarjeta, vencida = tomada.tarjeta, tomada.instante >= tomada.tarjeta.vence_en
    if tarjeta.estado == EstadoTarjeta.POR_QUITAR:
        assert tarjeta.pasarela_id is not None
        puerta.olvidar_tarjeta(tarjeta.pasarela_id)
        return LecturaTarjeta("olvidada")
    if tarjeta.sesion_id is None:
        # A page whose address we never got cannot be written on by anybody.
        if vencida:
            return LecturaTarjeta("sin_terminar")
        return puerta.abrir_guardado(tarjeta, url_de(tarjeta.id), tomada.cliente)
    lectura = puerta.consultar_guardado(tarjeta.sesion_id)
    if lectura.veredicto == "abierta" and vencida:
        return puerta.cerrar_guardado(tarjeta.sesion_id)
    return lectura


def aplicar_tarjeta(
    sesion: Session, tarjeta_id: UUID, resultado: LecturaTarjeta | FallaDePasarela
) -> TarjetaGuardada:
    """Move the card by what the gateway answered, in the caller's transaction."""
    tarjeta = bloquear_tarjeta(sesion, tarjeta_id)
    if tarjeta.estado in (EstadoTarjeta.GUARDADA, *VIDA_TARJETA.fines):
        return tarjeta
    match resultado:
        case LecturaTarjeta():
            _aplicar_lectura(sesion, tarjeta, resultado)
        case PedidoRechazado() if tarjeta.estado == EstadoTarjeta.POR_QUITAR:
            _mover(sesion, tarjeta, EstadoTarjeta.QUITADA, tarjeta.motivo)  # it had forgotten it already
        case PedidoRechazado() if tarjeta.estado == EstadoTarjeta.CREADA:
            _mover(sesion, tarjeta, EstadoTarjeta.DESCARTADA, resultado.codigo or "pedido_invalido")
        case _:
            registro.warning("tarjeta_sin_respuesta", tarjeta=str(tarjeta_id), error=str(resultado))
    if tarjeta.estado in (EstadoTarjeta.CREADA, EstadoTarjeta.POR_ESCRIBIR, EstadoTarjeta.POR_QUITAR):
        demora = min(timedelta(seconds=5 * 2 ** min(tarjeta.consultas, 8)), DEMORA_MAXIMA)
        tarjeta.consultar_en = ahora_bd(sesion) + demora
    sesion.flush()
    return tarjeta


def _aplicar_lectura(sesion: Session, tarjeta: TarjetaGuardada, lectura: LecturaTarjeta) -> None:
    match lectura.veredicto:
        case "abierta":
            tarjeta.sesion_id, tarjeta.accion_url = lectura.sesion_id, lectura.accion_url
            _mover(sesion, tarjeta, EstadoTarjeta.POR_ESCRIBIR)
        case "guardada":
            _guardar(sesion, tarjeta, lectura)
        case "sin_terminar":
            _mover(sesion, tarjeta, EstadoTarjeta.DESCARTADA, "sin_terminar")
        case "olvidada":
            _mover(sesion, tarjeta, EstadoTarjeta.QUITADA, tarjeta.motivo)


def _guardar(sesion: Session, tarjeta: TarjetaGuardada, lectura: LecturaTarjeta) -> None:
    """Keep it; the same card twice is kept once, and one that came while it was given up is forgotten."""
    assert lectura.vence_mes is not None
    assert lectura.vence_anio is not None
    ultimo = monthrange(lectura.vence_anio, lectura.vence_mes)[1]
    tarjetas_de_uno(sesion, tarjeta.persona_id)
    repetida = any(
        t.huella == lectura.huella and t.estado == EstadoTarjeta.GUARDADA
        for t in tarjetas_de(sesion, tarjeta.persona_id)
    )
    tarjeta.pasarela_id, tarjeta.cliente = lectura.pasarela_id, lectura.cliente
    tarjeta.huella, tarjeta.marca, tarjeta.ultimos = lectura.huella, lectura.marca, lectura.ultimos
    tarjeta.caduca = date(lectura.vence_anio, lectura.vence_mes, ultimo)
    if repetida:
        _mover(sesion, tarjeta, EstadoTarjeta.POR_QUITAR, "repetida")
    else:
        tarjeta.consultar_en = _fin_de(tarjeta.caduca)
        _mover(sesion, tarjeta, EstadoTarjeta.GUARDADA)


def _mover(
    sesion: Session, tarjeta: TarjetaGuardada, estado: EstadoTarjeta, motivo: str | None = None
) -> None:
    """The only place where a card changes state, but for its holder's wish to take it off."""
    if tarjeta.estado == estado:
        return
    anterior = tarjeta.estado
    VIDA_TARJETA.pasar(tarjeta, estado)
    tarjeta.motivo = motivo[:60] if motivo else None
    tarjeta.consultas = 0
    if estado in VIDA_TARJETA.fines:
        tarjeta.terminado_en = ahora_bd(sesion)
        tarjeta.consultar_en = None
    sesion.flush()
    auditar(
        sesion,
        libro.SISTEMA,
        f"tarjeta.{estado.value}",
        "pagos_tarjeta",
        tarjeta.id,
        {"antes": anterior, "motivo": motivo},
    )
