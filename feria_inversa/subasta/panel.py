"""The auctions in which a unit takes part now, in its panel."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col, func, select

from empresa_digital.registro import Facultad
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.procesos import Estado
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.subasta.modelos import GrupoSubastado, Participante
from nucleo.actor import Actor
from nucleo.panel import Accion, Representada, de_unidades
from nucleo.textos import gettext as _


@de_unidades("feria_inversa.pujar")
def pujar(sesion: Session, _actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    """A line for each auction, by when the last thing for which the unit competes ends."""
    ofertan = [u.id for u in unidades if Facultad.OFERTAR in u.facultades]
    if not ofertan:
        return {}
    termina = func.max(col(GrupoSubastado.termina_en))
    por_rondas = func.bool_or(col(Convocatoria.subasta_por_rondas))
    consulta = (
        select(Oferta.unidad_id, Participante.convocatoria_id, func.count(), termina)
        .join(Oferta, col(Oferta.id) == Participante.oferta_id)
        .join(Convocatoria, col(Convocatoria.id) == Participante.convocatoria_id)
        .join(
            GrupoSubastado,
            (col(GrupoSubastado.convocatoria_id) == Participante.convocatoria_id)
            & (col(GrupoSubastado.numero) == Participante.grupo),
        )
        .where(
            col(Oferta.unidad_id).in_(ofertan),
            Convocatoria.estado == Estado.SUBASTA,
            col(GrupoSubastado.termina_en) > func.nucleo_ahora(),
        )
        .group_by(col(Oferta.unidad_id), col(Participante.convocatoria_id))
        .order_by(termina, col(Participante.convocatoria_id))
    )
    acciones: dict[UUID, Sequence[Accion]] = {}
    for unidad_id, proceso, cosas, hasta, rondas in sesion.execute(consulta.add_columns(por_rondas)):
        url, texto = f"/feria/{proceso}/subasta", _("Su precio puede bajar hasta que termine.")
        if rondas:
            texto = _("Va por turnos de pocos minutos: su precio puede bajar en el suyo.")
        linea = Accion(url, _("Pujar en la subasta"), texto, "gavel", cosas, True, hasta)
        acciones[unidad_id] = [*acciones.get(unidad_id, ()), linea]
    return acciones
