"""Who may bid asks about a call; its entity answers for everybody; time closes what nobody answered."""

import re
from uuid import UUID

from sqlmodel import Session, col, func, select

from empresa_digital.registro import Facultad, exigir_facultad, unidad_por_id
from feria_inversa.actos import publicar_acto
from feria_inversa.entidades import exigir_sin_mandato_de
from feria_inversa.papeles import CONDUCIR, exigir_papel
from feria_inversa.preguntas import eventos
from feria_inversa.preguntas.consultas import pregunta_de, se_pregunta_hasta, todas_las_preguntas
from feria_inversa.preguntas.errores import DiceQuienPregunta, NoSePregunta, PreguntaTerminada
from feria_inversa.preguntas.estados import VIDA_PREGUNTA, EstadoPregunta
from feria_inversa.preguntas.modelos import POR_UNIDAD, Pregunta
from feria_inversa.procesos import Estado, bloquear, bloquear_publica
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.contactos import contactos_en
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.plantillas import filtro_hasta
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

OBJETO = "feria_pregunta"
ABIERTAS = frozenset({Estado.PUBLICADO, Estado.SUSPENDIDO})


def preguntar(sesion: Session, actor: Actor, convocatoria_id: UUID, unidad_id: UUID, texto: str) -> Pregunta:
    """Ask about a call that takes bids, up to 20 times each unit; it is published at once, without who asks.

    Raises `NoSePregunta` (too late, too many), `DiceQuienPregunta`, `ConflictoDeInteres`, `SinFacultad`.
    """
    convocatoria = bloquear_publica(sesion, convocatoria_id)
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.OFERTAR)
    exigir_sin_mandato_de(sesion, actor, convocatoria.unidad_id)
    _exigir_anonima(sesion, unidad_id, texto)
    instante = ahora_bd(sesion)
    hasta = se_pregunta_hasta(sesion, convocatoria)
    if hasta is None:
        raise NoSePregunta(_("Se pregunta mientras la convocatoria recibe ofertas."))
    if instante >= hasta:
        cuando = filtro_hasta(hasta)
        raise NoSePregunta(_("Se podía preguntar hasta el {}. Lea lo que ya se respondió.").format(cuando))
    numero, vez = _siguientes(sesion, convocatoria_id, unidad_id)
    if vez > POR_UNIDAD:
        raise NoSePregunta(_("Su unidad ya preguntó {} veces en esta convocatoria.").format(POR_UNIDAD))
    fila = Pregunta(
        id=nuevo_id(),
        convocatoria_id=convocatoria_id,
        numero=numero,
        unidad_id=unidad_id,
        vez=vez,
        texto=texto,
        hecha_en=instante,
        hecha_por=actor.nombre[:200],
    )
    sesion.add(fila)
    sesion.flush()
    _contar(sesion, fila, autorizacion, "pregunta_de_convocatoria.hacer", eventos.PREGUNTA_HECHA)
    return fila


def responder(
    sesion: Session, actor: Actor, convocatoria_id: UUID, pregunta_id: UUID, respuesta: str
) -> Pregunta:
    """The entity answers once, for everybody. Raises `PreguntaNoEncontrada`, `PreguntaTerminada`."""
    convocatoria = bloquear_publica(sesion, convocatoria_id)
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR)
    exigir_papel(sesion, actor, convocatoria, CONDUCIR)
    fila = pregunta_de(sesion, convocatoria_id, pregunta_id)
    VIDA_PREGUNTA.exigir_paso(fila, EstadoPregunta.RESPONDIDA, _("Ya terminó: se responde una vez."))
    if not _se_responde(sesion, convocatoria):
        raise PreguntaTerminada(_("La recepción de ofertas terminó: ya no se responde."))
    fila.respuesta, fila.respondida_por = respuesta, actor.nombre[:200]
    _terminar(sesion, fila, EstadoPregunta.RESPONDIDA, autorizacion)
    return fila


def cerrar_sin_respuesta(sesion: Session, convocatoria_id: UUID) -> bool:
    """The questions that nobody answered of a process that takes bids no more. False: there is none."""
    convocatoria = bloquear(sesion, convocatoria_id)
    if convocatoria.estado in ABIERTAS:
        return False
    sistema = Autorizacion.propia(Actor.sistema("cierre de recepción"))
    pendientes = [
        p for p in todas_las_preguntas(sesion, convocatoria_id) if p.estado == EstadoPregunta.POR_RESPONDER
    ]
    for fila in pendientes:
        _terminar(sesion, fila, EstadoPregunta.SIN_RESPUESTA, sistema)
    return bool(pendientes)


def _se_responde(sesion: Session, convocatoria: Convocatoria) -> bool:
    if convocatoria.estado != Estado.PUBLICADO:
        return convocatoria.estado == Estado.SUSPENDIDO
    assert convocatoria.vence_en is not None
    return ahora_bd(sesion) < convocatoria.vence_en


def _exigir_anonima(sesion: Session, unidad_id: UUID, texto: str) -> None:
    """A question that says who asks would say who bids."""
    hallados = contactos_en(texto)
    que = (
        texto[hallados[0].desde : hallados[0].hasta] if hallados else unidad_por_id(sesion, unidad_id).nombre
    )
    if hallados or re.search(rf"(?<!\w){re.escape(que)}(?!\w)", texto, re.IGNORECASE):
        dice = _("Quite «{}»: la pregunta es pública y nadie debe saber quién la hace.").format(que)
        raise DiceQuienPregunta(dice, campos={"texto": dice})


def _siguientes(sesion: Session, convocatoria_id: UUID, unidad_id: UUID) -> tuple[int, int]:
    consulta = select(func.count(), func.count().filter(col(Pregunta.unidad_id) == unidad_id)).where(
        Pregunta.convocatoria_id == convocatoria_id
    )
    todas, suyas = sesion.exec(consulta).one()
    return todas + 1, suyas + 1


def _terminar(sesion: Session, fila: Pregunta, como: EstadoPregunta, quien: Autorizacion) -> None:
    fila.terminada_en = ahora_bd(sesion)
    VIDA_PREGUNTA.pasar(fila, como)
    sesion.flush()
    _contar(sesion, fila, quien, f"pregunta_de_convocatoria.{como}", eventos.PREGUNTA_TERMINADA)


def _contar(sesion: Session, fila: Pregunta, quien: Autorizacion, accion: str, evento: str) -> None:
    """The record says who; the event, which everybody's consumers read, only of which process."""
    publicar_acto(sesion, fila.convocatoria_id, ["tenderUpdate"], ahora_bd(sesion))
    hechos = {"convocatoria_id": str(fila.convocatoria_id), "numero": fila.numero}
    publicar(sesion, evento, fila.id, hechos, quien)
    auditar(sesion, quien, accion, OBJETO, fila.id, hechos)
    sesion.flush()
