"""Who is told of a question: who sells, that there is one; who asked, how it ended."""

from sqlmodel import Session

from ciudadania import notificar
from comercio.catalogo import titulos_de
from comercio.mensajes import eventos
from comercio.mensajes.avisos import AVISO_PREGUNTA
from comercio.mensajes.modelos import Pregunta, RespuestaDePregunta
from comercio.pedidos import AVISO_VENTA
from empresa_digital.registro import notificar_unidad
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.textos import gettext as _


@al_ocurrir(eventos.PREGUNTA_HECHA, consumidor="comercio.avisar_pregunta")
def avisar_al_vendedor(sesion: Session, evento: EventoRecibido) -> None:
    pregunta = sesion.get_one(Pregunta, evento.objeto_id)
    asunto = _("Preguntan por «%(que)s»") % {"que": _titulo(sesion, pregunta)}
    enlace = f"/vender/preguntas?unidad={pregunta.vendedor_id}"
    notificar_unidad(sesion, pregunta.vendedor_id, asunto, pregunta.texto, enlace, clase=AVISO_VENTA)


@al_ocurrir(eventos.PREGUNTA_RESPONDIDA, consumidor="comercio.avisar_fin_de_pregunta")
@al_ocurrir(eventos.PREGUNTA_CERRADA, consumidor="comercio.avisar_fin_de_pregunta")
def avisar_a_quien_pregunto(sesion: Session, evento: EventoRecibido) -> None:
    pregunta = sesion.get_one(Pregunta, evento.objeto_id)
    respuesta = sesion.get(RespuestaDePregunta, pregunta.id)
    que = {"que": _titulo(sesion, pregunta)}
    asunto = _("Respondieron su pregunta por «%(que)s»") if respuesta else _("Nadie respondió por «%(que)s»")
    notificar(
        sesion,
        persona_id=pregunta.persona_id,
        asunto=(asunto % que)[:200],
        cuerpo=respuesta.texto if respuesta else _("Puede preguntar otra vez, o mirar otros parecidos."),
        enlace=f"/productos/{pregunta.producto_id}",
        clase=AVISO_PREGUNTA,
    )


def _titulo(sesion: Session, pregunta: Pregunta) -> str:
    return titulos_de(sesion, [pregunta.producto_id])[pregunta.producto_id]
