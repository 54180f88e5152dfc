"""The award as a joint act: whoever only decides with others proposes it, and the last signature does it."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session

from empresa_digital.registro import Facultad, acto_salida
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.calificaciones import huella_de_calificacion
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.evaluacion.firmantes import exigir_firmantes
from feria_inversa.evaluacion.informar import Recomendacion, como_decisiones, como_se_lee
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.procesos import EstadoNoPermite, bloquear, grupos_de
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.actos import ActoConjunto, Propuesto, acto_conjunto
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l


class CuerpoDeAdjudicacion(BaseModel):
    """What is signed: of which process, for which of its decisions, whose role it is, upon which
    qualification (the digest of its act), and what is decided.
    """

    model_config = ConfigDict(frozen=True)

    convocatoria: UUID
    vez: int
    decide: UUID | None
    calificacion: str = ""
    decisiones: tuple[Recomendacion, ...]


def adjudicar_o_proponer(
    sesion: Session, actor: Actor, convocatoria_id: UUID, decisiones: Sequence[DecisionEntrada]
) -> list[Adjudicacion] | Propuesto:
    """`adjudicar` for whoever may alone; for who only may with others, it waits for their signatures."""
    convocatoria = sesion.get(Convocatoria, convocatoria_id)
    grupos = grupos_de(sesion, convocatoria) if convocatoria else []
    primero = {item.id: grupo.primero.id for grupo in grupos for item in grupo.items}
    cuerpo = CuerpoDeAdjudicacion(
        convocatoria=convocatoria_id,
        vez=convocatoria.resoluciones + 1 if convocatoria else 1,
        decide=actor.persona_id,
        calificacion=huella_de_calificacion(sesion, convocatoria_id),
        decisiones=tuple(
            Recomendacion(
                item=primero.get(d.item_id, d.item_id),
                oferta=d.oferta_id,
                causa=d.causa,
                motivo=d.motivo.strip(),
            )
            for d in decisiones
        ),
    )
    return ADJUDICACION_CONJUNTA.hacer(sesion, actor, cuerpo)


def _adjudicar(sesion: Session, actor: Actor, cuerpo: CuerpoDeAdjudicacion) -> list[Adjudicacion]:
    """At once, or with the last signature: then who signed is judged again, and which decision it was."""
    if actor.acto is not None:
        convocatoria = bloquear(sesion, cuerpo.convocatoria)
        _exigir_que_espere(sesion, convocatoria, cuerpo)
        firmas = acto_salida(sesion, actor.acto).firmas
        exigir_firmantes(sesion, convocatoria, {firma.persona_id for firma in firmas if firma.vale})
    decide = actor if actor.acto is None else replace(actor, persona_id=cuerpo.decide)
    return adjudicar(sesion, actor, cuerpo.convocatoria, como_decisiones(cuerpo.decisiones), decide)


def _exigir_que_espere(sesion: Session, convocatoria: Convocatoria, cuerpo: CuerpoDeAdjudicacion) -> None:
    if cuerpo.vez != convocatoria.resoluciones + 1:
        raise EstadoNoPermite(_("Eso ya se decidió: lo que se decida ahora se propone de nuevo."))
    if cuerpo.calificacion != huella_de_calificacion(sesion, convocatoria.id):
        raise EstadoNoPermite(
            _("Las ofertas se calificaron de nuevo: lea la calificación y propóngalo otra vez.")
        )


def _exigir_de_quien_firma(sesion: Session, actor: Actor, cuerpo: CuerpoDeAdjudicacion) -> None:
    assert actor.persona_id is not None
    convocatoria = sesion.get_one(Convocatoria, cuerpo.convocatoria)
    _exigir_que_espere(sesion, convocatoria, cuerpo)
    exigir_firmantes(sesion, convocatoria, {actor.persona_id})


ADJUDICACION_CONJUNTA: ActoConjunto[CuerpoDeAdjudicacion, list[Adjudicacion]] = acto_conjunto(
    ActoConjunto(
        codigo="adjudicacion",
        nombre=_l("Adjudicación"),
        facultad=Facultad.EVALUAR.value,
        cuerpo=CuerpoDeAdjudicacion,
        ejecutar=_adjudicar,
        en_palabras=lambda sesion, c: como_se_lee(
            sesion, sesion.get_one(Convocatoria, c.convocatoria), c.calificacion, c.decisiones
        ),
        vence=lambda sesion, c: sesion.get_one(Convocatoria, c.convocatoria).sigue_en,
        pagina=lambda c: f"/compras/{c.convocatoria}",
        exige=_exigir_de_quien_firma,
    )
)
