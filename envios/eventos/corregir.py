"""Declare an event wrong (EPCIS error declaration): it never counts again, however often it is sent."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col

from envios.eventos.aplicar import Historias
from envios.eventos.bloqueos import bloquear_correcciones
from envios.eventos.consultas import eventos_por_cliente, eventos_por_id
from envios.eventos.errores import EventoNoEncontrado, LoDijoQuienRecibe
from envios.eventos.modelos import CorreccionDeEvento
from envios.eventos.motivos import MotivoCorreccion
from envios.eventos.nuevo import ID_DE_LA_CASA, Fuente, Resultado
from envios.eventos.sucesos import Suceso
from envios.items import bloquear_envio, datos_de
from envios.items import eventos as publicados
from envios.items.modelos import Envio
from envios.operadores import exigir_despacho
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class Correccion:
    """Which event, by its id or by the operator's own, and why. The second may be of one still to come."""

    motivo: MotivoCorreccion
    evento_id: UUID | None = None
    evento_cliente_id: str = ""
    detalle: str = ""


@dataclass(frozen=True, slots=True)
class ResultadoCorreccion:
    """`envio` is None while the event has not arrived."""

    resultado: Resultado
    envio: Envio | None


def corregir(
    sesion: Session, actor: Actor, operador_unidad_id: UUID, nueva: Correccion, fuente: Fuente
) -> ResultadoCorreccion:
    """Declare wrong one of the operator's own events; the item is derived again without it.

    Raises `SinFacultad`, `SinHabilitacion`, `EventoNoEncontrado` (by id), `DatosInvalidos`,
    `LoDijoQuienRecibe`.
    """
    autorizacion = exigir_despacho(sesion, actor, operador_unidad_id)
    return corregir_autorizado(sesion, autorizacion, operador_unidad_id, nueva, fuente)


def corregir_autorizado(
    sesion: Session,
    autorizacion: Autorizacion,
    operador_unidad_id: UUID,
    nueva: Correccion,
    fuente: Fuente,
) -> ResultadoCorreccion:
    """`corregir` for a caller that has already been found entitled."""
    if (nueva.evento_id is None) == (not nueva.evento_cliente_id):
        raise DatosInvalidos(_("Diga qué evento: por su id o por su identificador propio, uno de los dos."))
    bloquear_correcciones(sesion, operador_unidad_id, solo_lee=False)
    evento = _evento(sesion, operador_unidad_id, nueva)
    if evento is None:
        if ID_DE_LA_CASA.fullmatch(nueva.evento_cliente_id):
            raise EventoNoEncontrado(_("Ese identificador lo da la plataforma: no hay un evento con él."))
        hecha = _guardar(sesion, autorizacion, operador_unidad_id, nueva, None, fuente)
        return ResultadoCorreccion(Resultado.REGISTRADO if hecha else Resultado.REPETIDO, None)
    return corregir_evento(sesion, autorizacion, evento, nueva, fuente)


def corregir_evento(
    sesion: Session, autorizacion: Autorizacion, evento: Suceso, nueva: Correccion, fuente: Fuente
) -> ResultadoCorreccion:
    """`corregir` of an event that is there, for a caller entitled to speak for who noted it.

    Raises `LoDijoQuienRecibe`.
    """
    if evento.fuente == Fuente.DESTINATARIO:
        raise LoDijoQuienRecibe(_("Anote dónde está el paquete: lo que dijo quien recibe queda escrito."))
    envio = bloquear_envio(sesion, evento.envio_id)
    historias = Historias(sesion, {envio.id: envio}, ahora_bd(sesion))
    if evento.id in historias.corregidos:
        return ResultadoCorreccion(Resultado.REPETIDO, envio)
    historias.antes(envio)
    _guardar(sesion, autorizacion, evento.operador_unidad_id, nueva, evento, fuente)
    historias.corregidos.add(evento.id)
    antes = envio.estado
    historias.aplicar([envio], autorizacion)
    if antes.es_terminal and envio.estado is not antes:
        publicar(sesion, publicados.ENVIO_CORREGIDO, envio.id, datos_de(envio), autorizacion)
    auditar(
        sesion,
        autorizacion,
        "envio.corregir",
        "envios_envio",
        envio.id,
        {"evento_id": str(evento.id), "motivo": nueva.motivo, **historias.cambio(envio.id)},
    )
    sesion.flush()
    return ResultadoCorreccion(Resultado.REGISTRADO, envio)


def _evento(sesion: Session, operador_unidad_id: UUID, nueva: Correccion) -> Suceso | None:
    if nueva.evento_id is None:
        propios = eventos_por_cliente(sesion, operador_unidad_id, [nueva.evento_cliente_id])
        return propios.get(nueva.evento_cliente_id)
    evento = eventos_por_id(sesion, [nueva.evento_id]).get(nueva.evento_id)
    if evento is None or evento.operador_unidad_id != operador_unidad_id:
        raise EventoNoEncontrado(_("Cada operador corrige los eventos que anotó."))
    return evento


def _guardar(
    sesion: Session,
    autorizacion: Autorizacion,
    operador_unidad_id: UUID,
    nueva: Correccion,
    evento: Suceso | None,
    fuente: Fuente,
) -> bool:
    """The row, by the operator's own id where there is one. False when it was there already."""
    cliente = evento.evento_cliente_id if evento is not None else nueva.evento_cliente_id
    fila = {
        "id": nuevo_id(),
        "operador_unidad_id": operador_unidad_id,
        "evento_id": None if cliente or evento is None else evento.id,
        "evento_cliente_id": cliente,
        "motivo": nueva.motivo,
        "detalle": nueva.detalle.strip()[:300],
        "fuente": fuente,
        "registrado_por": autorizacion.actor.clave,
    }
    escribir = insert(CorreccionDeEvento).values(fila).on_conflict_do_nothing()
    return sesion.execute(escribir.returning(col(CorreccionDeEvento.id))).first() is not None
