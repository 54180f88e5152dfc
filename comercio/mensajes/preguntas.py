"""Ask about a product before buying, answer for everybody, close what nobody answered."""

from uuid import UUID

from sqlmodel import Session

from comercio.catalogo import detalle_de_producto
from comercio.mensajes import eventos
from comercio.mensajes.bloqueos import bloquear_pregunta
from comercio.mensajes.consultas import pregunta_del_vendedor
from comercio.mensajes.contactos import EN_PUBLICO, exigir_sin_contactos
from comercio.mensajes.errores import PreguntaPropia
from comercio.mensajes.estados import VIDA_PREGUNTA, EstadoPregunta
from comercio.mensajes.modelos import Pregunta, RespuestaDePregunta
from empresa_digital.registro import Facultad, exigir_facultad, facultades_de
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import Prohibido
from nucleo.eventos import publicar
from nucleo.limites import limitar
from nucleo.plazos import vence
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

RESPONDER = "comercio.responder_pregunta"
POR_DIA = 20
SISTEMA = Autorizacion.propia(Actor.sistema("plazo de preguntas"))


def preguntar(sesion: Session, actor: Actor, producto_id: UUID, texto: str) -> Pregunta:
    """Somebody asks about a product; it is published with its answer. Twenty a day each.

    Raises `Prohibido` to a program, `ProductoNoEncontrado`, `PreguntaPropia`, `ConContacto`,
    `LimiteExcedido`.
    """
    if actor.persona_id is None:
        raise Prohibido(_("Para preguntar ingrese como persona."))
    producto = detalle_de_producto(sesion, producto_id, actor).producto
    if Facultad.VENDER in facultades_de(sesion, actor, con_otros=True).get(producto.vendedor_id, ()):
        raise PreguntaPropia(_("Usted puede vender por esa unidad: responda lo que otros preguntan."))
    exigir_sin_contactos(texto, EN_PUBLICO)
    limitar("comercio.preguntar", str(actor.persona_id), cupo=POR_DIA, ventana_s=86_400)
    ahora = ahora_bd(sesion)
    pregunta = Pregunta(
        producto_id=producto_id,
        vendedor_id=producto.vendedor_id,
        persona_id=actor.persona_id,
        texto=texto,
        hecha_en=ahora,
        vence_en=vence(sesion, RESPONDER, ahora),
    )
    sesion.add(pregunta)
    sesion.flush()
    _contar(sesion, pregunta, Autorizacion.propia(actor), "pregunta.hacer", eventos.PREGUNTA_HECHA)
    return pregunta


def responder(sesion: Session, actor: Actor, pregunta_id: UUID, texto: str) -> None:
    """Who sells answers, once, for everybody.

    Raises `PreguntaNoEncontrada`, `SinFacultad`, `PreguntaTerminada`, `ConContacto`.
    """
    pregunta_del_vendedor(sesion, actor, pregunta_id)
    pregunta = bloquear_pregunta(sesion, pregunta_id)
    autorizacion = exigir_facultad(sesion, actor, pregunta.vendedor_id, Facultad.VENDER)
    ya_termino = _("Esta pregunta ya terminó: se responde una vez, en su plazo.")
    VIDA_PREGUNTA.exigir_paso(pregunta, EstadoPregunta.RESPONDIDA, ya_termino)
    exigir_sin_contactos(texto, EN_PUBLICO)
    sesion.add(RespuestaDePregunta(pregunta_id=pregunta.id, texto=texto, actor=actor.nombre[:200]))
    sesion.flush()
    _terminar(sesion, pregunta, EstadoPregunta.RESPONDIDA)
    _contar(sesion, pregunta, autorizacion, "pregunta.responder", eventos.PREGUNTA_RESPONDIDA)


def cerrar_sin_respuesta(sesion: Session, pregunta_id: UUID) -> bool:
    """The sweep: the term ended. False when it was answered meanwhile."""
    pregunta = bloquear_pregunta(sesion, pregunta_id)
    if pregunta.estado != EstadoPregunta.ABIERTA or pregunta.vence_en > ahora_bd(sesion):
        return False
    _terminar(sesion, pregunta, EstadoPregunta.CERRADA)
    _contar(sesion, pregunta, SISTEMA, "pregunta.cerrar", eventos.PREGUNTA_CERRADA)
    return True


def _terminar(sesion: Session, pregunta: Pregunta, fin: EstadoPregunta) -> None:
    VIDA_PREGUNTA.pasar(pregunta, fin)
    pregunta.terminada_en = ahora_bd(sesion)
    sesion.flush()


def _contar(
    sesion: Session, pregunta: Pregunta, autorizacion: Autorizacion, accion: str, evento: str
) -> None:
    auditar(sesion, autorizacion, accion, "comercio_pregunta", pregunta.id, {})
    datos = {"producto_id": str(pregunta.producto_id)}
    publicar(sesion, evento, pregunta.id, datos, autorizacion)
