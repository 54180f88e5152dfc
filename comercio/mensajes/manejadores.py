"""Who is told of a question: who sells, that there is one; who asked, how it ended. Of the messages of an
order, the other side, once until it reads them; the seller's own system, of each.
"""

from sqlmodel import Session

from ciudadania import notificar
from comercio.catalogo import titulos_de
from comercio.compra.modelos import Pedido
from comercio.mensajes import eventos
from comercio.mensajes import para_afuera as para_afuera
from comercio.mensajes.avisos import AVISO_PREGUNTA
from comercio.mensajes.consultas_de_hilo import es_la_primera_sin_leer
from comercio.mensajes.modelos import Mensaje, Pregunta, RespuestaDePregunta
from comercio.pedidos import AVISO_VENTA, avisar_comprador
from comercio.reclamos import Lado
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


@al_ocurrir(eventos.MENSAJE_ESCRITO, consumidor="comercio.avisar_mensaje")
def avisar_mensaje(sesion: Session, evento: EventoRecibido) -> None:
    mensaje = sesion.get_one(Mensaje, evento.objeto_id)
    if not es_la_primera_sin_leer(sesion, mensaje):
        return
    pedido = sesion.get_one(Pedido, mensaje.pedido_id)
    asunto = _("Le escribieron por el pedido %(numero)s") % {"numero": pedido.numero}
    cuerpo = _("Lea el mensaje y responda en el pedido. No le avisaremos de otros hasta que lo lea.")
    if mensaje.lado == Lado.VENDEDOR:
        avisar_comprador(sesion, pedido, asunto, cuerpo, f"/pedidos/{pedido.id}/mensajes")
        return
    enlace = f"/vender/pedidos/{pedido.id}/mensajes"
    notificar_unidad(sesion, pedido.vendedor_id, asunto, cuerpo, enlace, clase=AVISO_VENTA)


def _titulo(sesion: Session, pregunta: Pregunta) -> str:
    return titulos_de(sesion, [pregunta.producto_id])[pregunta.producto_id]
