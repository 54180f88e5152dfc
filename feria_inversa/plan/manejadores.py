"""What a plan does with its own news: tell its entity and, through the alerts, whoever asked for it."""

from sqlmodel import Session

from empresa_digital.registro import notificar_unidad
from feria_inversa.plan import alertas as alertas  # registered by being imported
from feria_inversa.plan import eventos
from feria_inversa.plan.avisos import AVISO_PLAN
from feria_inversa.plan.modelos import Plan
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.textos import gettext as _


@al_ocurrir(eventos.PLAN_PUBLICADO, consumidor="feria.avisar_plan")
def avisar_publicacion(sesion: Session, evento: EventoRecibido) -> None:
    _avisar(sesion, evento, _("Publicó el plan de contrataciones {numero}"))


@al_ocurrir(eventos.PLAN_MODIFICADO, consumidor="feria.avisar_cambio_de_plan")
def avisar_cambio(sesion: Session, evento: EventoRecibido) -> None:
    _avisar(sesion, evento, _("Cambió el plan de contrataciones {numero}: versión {version}"))


def _avisar(sesion: Session, evento: EventoRecibido, asunto: str) -> None:
    """News that a later version has overtaken are not sent."""
    plan = sesion.get_one(Plan, evento.objeto_id)
    if plan.version != evento.datos["version"]:
        return
    notificar_unidad(
        sesion,
        plan.unidad_id,
        asunto.format(numero=plan.numero, version=plan.version),
        _("Es público: cualquiera ve lo que la entidad va a contratar, y lo que decía antes."),
        f"/feria/planes/{plan.id}",
        clase=AVISO_PLAN,
    )
