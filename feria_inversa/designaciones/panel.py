"""The recusals and excuses that wait for an answer, in the panel of who gives it."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, TipoUnidad
from feria_inversa.papeles import Papel, excusas_por_resolver, que_actuan
from nucleo.actor import Actor
from nucleo.panel import Accion, Representada, de_unidades
from nucleo.textos import gettext as _


@de_unidades("feria_inversa.excusas")
def resolver(sesion: Session, actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    """Of the highest authority where there is one, but in her own case; else of who administers it."""
    administran = [
        u.id
        for u in unidades
        if u.tipo == TipoUnidad.ENTIDAD_PUBLICA and Facultad.ADMINISTRAR in u.facultades
    ]
    esperan = excusas_por_resolver(sesion, administran) if administran else []
    texto = _("Sin respuesta en su plazo responde el tiempo.")
    acciones: dict[UUID, Sequence[Accion]] = {}
    for unidad_id in dict.fromkeys(d.unidad_id for _excusa, d in esperan):
        maes = {d.persona_id for d in que_actuan(sesion, unidad_id, None) if d.papel == Papel.MAE}
        suyas = [
            d
            for _excusa, d in esperan
            if d.unidad_id == unidad_id
            and d.persona_id != actor.persona_id
            and (maes <= {d.persona_id} or actor.persona_id in maes)
        ]
        if suyas:
            pagina = f"/compras/{suyas[0].convocatoria_id}/papeles"
            titulo = _("Resolver excusas y recusaciones")
            acciones[unidad_id] = [Accion(pagina, titulo, texto, "scale", len(suyas), True)]
    return acciones
