"""What each side may do with a claim, as pages and API send it."""

from uuid import UUID

from sqlmodel import Session

from comercio.reclamos import reclamar
from comercio.reclamos.esquemas import PosturaDeReclamo, RespuestaDeReclamo
from nucleo.actor import Actor
from nucleo.errores import DatosInvalidos
from nucleo.lectores import texto_obligatorio
from nucleo.textos import gettext as _


def responder(sesion: Session, actor: Actor, reclamo_id: UUID, datos: RespuestaDeReclamo) -> None:
    """Raises `DatosInvalidos` of an offer without its amount, and what `reclamar.responder` does."""
    if datos.que == "ofrecer" and datos.oferta is None:
        texto = _("Escriba cuánto ofrece devolver.")
        raise DatosInvalidos(texto, campos={"oferta": texto})
    oferta = datos.oferta if datos.que == "ofrecer" else None
    reclamar.responder(
        sesion,
        actor,
        reclamo_id,
        datos.texto,
        oferta,
        datos.que == "aceptar",
        de_vuelta=datos.que == "recibir",
    )


def tomar_postura(sesion: Session, actor: Actor, reclamo_id: UUID, datos: PosturaDeReclamo) -> None:
    """Raises `DatosInvalidos` without why, and what each act of `reclamar` does."""
    if datos.que == "aceptar":
        reclamar.aceptar_oferta(sesion, actor, reclamo_id)
    elif datos.que == "retirar":
        reclamar.retirar(sesion, actor, reclamo_id)
    else:
        texto = texto_obligatorio("texto", datos.texto, _("Diga por qué no acepta la respuesta."))
        reclamar.pedir_mediacion(sesion, actor, reclamo_id, texto)
