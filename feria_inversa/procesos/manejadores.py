"""What a call does with its own news: tell its entity.

News that later acts have overtaken by the time they are delivered are not sent.
"""

from sqlmodel import Session

from empresa_digital.registro import notificar_unidad
from feria_inversa.llaves import guardianes_de_llave, llave_de
from feria_inversa.procesos import eventos
from feria_inversa.procesos.avisos import AVISO_CONVOCATORIA
from feria_inversa.procesos.estados import Estado
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.plantillas import filtro_fecha_hora
from nucleo.textos import gettext as _


@al_ocurrir(eventos.CONVOCATORIA_PUBLICADA, consumidor="feria.avisar_publicacion")
def avisar_publicacion(sesion: Session, evento: EventoRecibido) -> None:
    """The entity gets the CUCE and the deadline in its mailbox."""
    convocatoria = sesion.get_one(Convocatoria, evento.objeto_id)
    if convocatoria.estado != Estado.PUBLICADO:
        return
    if llave_de(sesion, convocatoria.id) is None:
        cuerpo = _("CUCE {cuce}. Recibe ofertas hasta el {fecha}; después podrá abrir los sobres.")
    else:
        cuerpo = _("CUCE {cuce}. Recibe ofertas hasta el {fecha}; los abren los depositarios de la llave.")
    notificar_unidad(
        sesion,
        convocatoria.unidad_id,
        _("Convocatoria publicada: {}").format(convocatoria.titulo),
        cuerpo.format(cuce=convocatoria.cuce, fecha=filtro_fecha_hora(convocatoria.vence_en)),
        f"/compras/{convocatoria.id}",
        clase=AVISO_CONVOCATORIA,
    )


@al_ocurrir(eventos.CONVOCATORIA_MODIFICADA, consumidor="feria.avisar_version")
def avisar_version(sesion: Session, evento: EventoRecibido) -> None:
    """The entity: what was published changed, and until when it takes bids or must be resumed."""
    convocatoria = sesion.get_one(Convocatoria, evento.objeto_id)
    if convocatoria.versiones != evento.datos["version"]:
        return
    suspendida = convocatoria.estado == Estado.SUSPENDIDO
    cuerpo = (
        _("Está suspendida: si nadie la reanuda hasta el {}, queda cancelada.")
        if suspendida
        else _("Recibe ofertas hasta el {}. Quien ya ofertó tiene que reconfirmar.")
    )
    cuando = convocatoria.sigue_en if suspendida else convocatoria.vence_en
    notificar_unidad(
        sesion,
        convocatoria.unidad_id,
        _("Cambió una convocatoria: {}").format(convocatoria.titulo),
        cuerpo.format(filtro_fecha_hora(cuando)),
        f"/compras/{convocatoria.id}",
        clase=AVISO_CONVOCATORIA,
    )


@al_ocurrir(eventos.RECEPCION_CERRADA, consumidor="feria.avisar_cierre")
def avisar_cierre(sesion: Session, evento: EventoRecibido) -> None:
    convocatoria = sesion.get_one(Convocatoria, evento.objeto_id)
    if convocatoria.estado != Estado.RECEPCION_CERRADA:
        return
    if (llave := llave_de(sesion, convocatoria.id)) is None:
        asunto = _("Ya puede abrir las ofertas: {}")
        cuerpo = _("El plazo terminó. La apertura es un acto que queda registrado con su nombre y la hora.")
    else:
        guardan = guardianes_de_llave(sesion, llave)
        asunto = _("Terminó la recepción de ofertas: {}")
        cuerpo = _("Los sobres los abren los depositarios de la llave, {k} de: {quienes}.").format(
            k=guardan.umbral, quienes=", ".join(guardan.nombres)
        )
    notificar_unidad(
        sesion,
        convocatoria.unidad_id,
        asunto.format(convocatoria.titulo),
        cuerpo,
        f"/compras/{convocatoria.id}",
        clase=AVISO_CONVOCATORIA,
    )
