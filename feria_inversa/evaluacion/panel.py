"""What bids lack, in the panel of who bid; and what waits for who was named to evaluate, in theirs."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, TipoUnidad
from feria_inversa.evaluacion.calificaciones import por_subsanar_de
from feria_inversa.evaluacion.informes import contar_por_evaluar
from nucleo.actor import Actor
from nucleo.panel import Accion, Representada, de_unidades
from nucleo.textos import gettext as _


@de_unidades("feria_inversa.subsanar")
def subsanar(
    sesion: Session, _actor: Actor, unidades: Sequence[Representada]
) -> dict[UUID, Sequence[Accion]]:
    """A line for each process: what to bring is another thing in each."""
    ofertan = [u.id for u in unidades if Facultad.OFERTAR in u.facultades]
    acciones: dict[UUID, list[Accion]] = defaultdict(list)
    for unidad_id, proceso, hasta, que in por_subsanar_de(sesion, ofertan) if ofertan else ():
        titulo, texto = _("Entregar lo que falta a su oferta"), "; ".join(que)
        acciones[unidad_id].append(
            Accion(f"/feria/{proceso}", titulo, texto, "file-check", len(que), True, hasta)
        )
    return dict(acciones)


@de_unidades("feria_inversa.evaluar")
def evaluar(sesion: Session, actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    """Only to who was named, until the report is signed."""
    evaluan = [
        u.id for u in unidades if u.tipo == TipoUnidad.ENTIDAD_PUBLICA and Facultad.EVALUAR in u.facultades
    ]
    if not evaluan or actor.persona_id is None:
        return {}
    texto = _("Le nombraron para esto: califique las ofertas y firme el informe.")
    return {
        unidad_id: [
            Accion(
                espera.url("/compras/{}", "/compras?ver=por_adjudicar"),
                _("Evaluar e informar"),
                texto,
                "scale",
                espera.cuantas,
                True,
                espera.hasta,
            )
        ]
        for unidad_id, espera in contar_por_evaluar(sesion, evaluan, actor.persona_id).items()
    }
