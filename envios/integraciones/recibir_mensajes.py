"""What an operator's program says, message by message: kept first, then recorded, or tried again by itself.

Messages come late, doubled, by halves, in any order and with mistakes, and nobody looks at the answer: so
each is a row before it is judged, the same one is one row, and what cannot be recorded yet is tried again.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from envios.eventos import EventoFuturo, Fuente, ResultadoEvento, TraspasoSinDar, ficha, registrar_autorizado
from envios.integraciones.bloqueos import bloquear_mensajes
from envios.integraciones.estados import VIDA_MENSAJE, EstadoMensaje
from envios.integraciones.mensajes import CLAVE, leer_mensaje
from envios.integraciones.modelos import MensajeDeOperador
from envios.items import EnvioNoEncontrado
from envios.operadores import exigir_despacho
from nucleo.actor import Actor, Autorizacion
from nucleo.errores import DatosInvalidos, ErrorDominio
from nucleo.ids import nuevo_id
from nucleo.plazos import vence
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

REINTENTAR, RESOLVER = "envios.reintentar_mensaje", "envios.resolver_mensaje"
# What may be right later, and costs nobody anything to try: a wrong delivery code uses up a try.
PASAJEROS = (EnvioNoEncontrado, TraspasoSinDar, EventoFuturo)
PRIMERA_ESPERA, ESPERA_MAXIMA = timedelta(minutes=5), timedelta(hours=6)
LARGO_MAXIMO = 4_000


class ResultadoMensaje(StrEnum):
    REGISTRADO = "registrado"
    REPETIDO = "repetido"
    EN_ESPERA = "en_espera"
    RECHAZADO = "rechazado"


@dataclass(frozen=True, slots=True)
class Juzgado:
    """What became of a message. Without a row (it was too long to keep) there is only what to mend."""

    numero: int
    resultado: ResultadoMensaje
    fila: MensajeDeOperador | None = None
    detalle: str = ""


def recibir_mensajes(
    sesion: Session, actor: Actor, operador_unidad_id: UUID, crudos: Sequence[object]
) -> list[Juzgado]:
    """Keep and judge them; results in their order. What came before is not judged again.

    Raises `SinFacultad`, `SinHabilitacion` before anything is kept.
    """
    autorizacion = exigir_despacho(sesion, actor, operador_unidad_id)
    textos = [_canonico(crudo) for crudo in crudos]
    caben = {_huella(t): t for t in textos if len(t) <= LARGO_MAXIMO}
    nuevas = _guardar(sesion, autorizacion, operador_unidad_id, caben)
    juzgar(sesion, autorizacion, nuevas)
    filas = _por_huella(sesion, operador_unidad_id, caben)
    recien = {fila.huella for fila in nuevas}
    juzgados = []
    for numero, texto in enumerate(textos, 1):
        fila = filas.get(_huella(texto))
        if fila is None:
            detalle = _("Es demasiado largo: un mensaje lleva hasta 4.000 letras.")
            juzgados.append(Juzgado(numero, ResultadoMensaje.RECHAZADO, detalle=detalle))
            continue
        nueva = fila.huella in recien
        recien.discard(fila.huella)  # the same one twice in a batch
        resultado = ResultadoMensaje(fila.estado) if nueva else ResultadoMensaje.REPETIDO
        juzgados.append(Juzgado(numero, resultado, fila, fila.detalle))
    return juzgados


def _canonico(crudo: object) -> str:
    """The same message gives the same text; what no text column takes is escaped."""
    return json.dumps(crudo, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _huella(texto: str) -> str:
    return hashlib.sha256(texto.encode()).hexdigest()


def _guardar(
    sesion: Session, autorizacion: Autorizacion, operador_unidad_id: UUID, textos: dict[str, str]
) -> list[MensajeDeOperador]:
    """The rows of those that were not there, as they came. Written by hash, so that no two batches cross."""
    if not textos:
        return []
    instante = ahora_bd(sesion)
    valores = [
        {
            "id": nuevo_id(),
            "operador_unidad_id": operador_unidad_id,
            "huella": huella,
            "contenido": textos[huella],
            "recibido_en": instante,
            "recibido_de": autorizacion.actor.clave,
            "estado": EstadoMensaje.RECIBIDO,
            "intentos": 0,
            "revisar_en": instante,
            "envio_numero": "",
            "codigo": "",
            "desconocido": False,
            "error_codigo": "",
            "detalle": "",
        }
        for huella in sorted(textos)
    ]
    consulta = insert(MensajeDeOperador).values(valores).on_conflict_do_nothing()
    nuevas = bloquear_mensajes(sesion, sesion.scalars(consulta.returning(col(MensajeDeOperador.id))).all())
    lugar = {huella: n for n, huella in enumerate(textos)}
    return sorted(nuevas, key=lambda fila: lugar[fila.huella])


def _por_huella(
    sesion: Session, operador_unidad_id: UUID, huellas: Iterable[str]
) -> dict[str, MensajeDeOperador]:
    consulta = select(MensajeDeOperador).where(
        col(MensajeDeOperador.operador_unidad_id) == operador_unidad_id,
        col(MensajeDeOperador.huella).in_(list(huellas)),
    )
    return {fila.huella: fila for fila in sesion.exec(consulta)}


def juzgar(sesion: Session, autorizacion: Autorizacion, filas: Sequence[MensajeDeOperador]) -> None:
    """Record what locked messages of one operator say; each ends, waits, or is left to its people."""
    leidos = [(fila, leer_mensaje(0, json.loads(fila.contenido))) for fila in filas]
    for fila, leido in leidos:
        if leido.evento is None:
            negar(sesion, fila, DatosInvalidos(leido.error))
    buenos = [(fila, leido.evento) for fila, leido in leidos if leido.evento is not None]
    if buenos:
        operador = buenos[0][0].operador_unidad_id
        hechos = registrar_autorizado(sesion, autorizacion, operador, [e for _f, e in buenos], Fuente.LOTE)
        for (fila, evento), hecho in zip(buenos, hechos, strict=True):
            fila.envio_numero, fila.codigo = (evento.numero or "")[:60], evento.codigo
            fila.desconocido = ficha(evento.codigo) is None
            _anotar(sesion, fila, hecho)
    sesion.flush()


def _anotar(sesion: Session, fila: MensajeDeOperador, hecho: ResultadoEvento) -> None:
    if hecho.error is not None:
        negar(sesion, fila, hecho.error)
        return
    assert hecho.evento is not None
    fila.evento_id, fila.revisar_en, fila.terminado_en = hecho.evento.id, None, ahora_bd(sesion)
    fila.error_codigo = fila.detalle = ""
    fila.contenido = sin_clave(fila.contenido)
    VIDA_MENSAJE.pasar(fila, EstadoMensaje.REGISTRADO)


def sin_clave(contenido: str) -> str:
    """Who ended needs no delivery code any more."""
    dicho = json.loads(contenido)
    return _canonico({k: v for k, v in dicho.items() if k != CLAVE}) if isinstance(dicho, dict) else contenido


def negar(sesion: Session, fila: MensajeDeOperador, error: ErrorDominio) -> None:
    """Why not; tried again later if that may help and its term for it has not passed."""
    fila.error_codigo, fila.detalle = error.codigo, (error.detalle or str(error.titulo))[:300]
    instante, hasta = ahora_bd(sesion), vence(sesion, REINTENTAR, fila.recibido_en)
    if isinstance(error, PASAJEROS) and instante < hasta:
        fila.intentos += 1
        fila.revisar_en = min(instante + espera(fila.intentos), hasta)
        nuevo = EstadoMensaje.EN_ESPERA
    else:
        nuevo = EstadoMensaje.RECHAZADO
        if fila.estado is not nuevo:
            fila.revisar_en = vence(sesion, RESOLVER, instante)
    if fila.estado is not nuevo:
        VIDA_MENSAJE.pasar(fila, nuevo)


def espera(intentos: int) -> timedelta:
    """Twice as long each time, up to six hours."""
    veces: int = 2 ** min(intentos - 1, 10)
    return min(PRIMERA_ESPERA * veces, ESPERA_MAXIMA)


def proximo(fila: MensajeDeOperador) -> datetime | None:
    """When it is tried again by itself; None when it is not."""
    return fila.revisar_en if fila.estado is EstadoMensaje.EN_ESPERA else None
