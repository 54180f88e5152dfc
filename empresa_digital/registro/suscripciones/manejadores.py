"""What follows when a receiver does not answer: the unit is told."""

from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro.mandatos import notificar_unidad
from empresa_digital.registro.suscripciones.avisos import AVISO_SISTEMAS
from empresa_digital.registro.unidades import unidad_por_id
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.textos import gettext as _
from nucleo.webhooks import WEBHOOK_DESACTIVADO


@al_ocurrir(WEBHOOK_DESACTIVADO, consumidor="registro.avisar_webhook_desactivado")
def avisar_desactivacion(sesion: Session, evento: EventoRecibido) -> None:
    unidad = unidad_por_id(sesion, UUID(evento.datos["duenio_id"]))
    cuerpo = _("No aceptó ningún aviso en cinco días.")
    if evento.datos["motivo"] == "410":
        cuerpo = _("Respondió que ya no existe (410).")
    cuerpo += " " + _(
        "Cuando funcione, actívela otra vez y pida el reenvío de lo que faltó: se guarda treinta días."
    )
    notificar_unidad(
        sesion,
        unidad.id,
        _("Dejamos de avisar a %(url)s") % {"url": evento.datos["url"]},
        cuerpo,
        f"/mis-unidades/{unidad.numero}/webhooks/{evento.objeto_id}",
        clase=AVISO_SISTEMAS,
    )
