"""The qualification of the bids, read from its act: who was left out and why, margins, technical points."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Self
from uuid import UUID

from sqlalchemy import exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from feria_inversa.actos import EVALUACION, acta_de_clase
from feria_inversa.actos.modelos import Acta
from feria_inversa.evaluacion.causas import Causa
from feria_inversa.evaluacion.metodos import Criterio
from feria_inversa.ofertas import EstadoOferta
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.procesos import Estado, Metodo
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.reglas import ClaseDeMargen, Formula, Margen
from nucleo.reloj import ahora_bd


@dataclass(frozen=True, slots=True)
class Verificado:
    """A document that the call asked for, and whether the bid brings it."""

    numero: int
    nombre: str
    subsanable: bool
    presente: bool


@dataclass(frozen=True, slots=True)
class Revisada:
    """What the evaluation says of a bid as a whole."""

    causa: Causa | None = None
    explicacion: str = ""
    margenes: tuple[Margen, ...] = ()
    documentos: tuple[Verificado, ...] = ()

    @property
    def por_subsanar(self) -> list[str]:
        """What a bid that stays lacks, and may still bring."""
        if self.causa is not None:
            return []
        return [d.nombre for d in self.documentos if d.subsanable and not d.presente]


@dataclass(frozen=True, slots=True)
class Calificacion:
    """The last one of a process. `puntos`: those of each bid for what is awarded at once, by item."""

    revisadas: Mapping[UUID, Revisada]
    puntos: Mapping[tuple[UUID, int], Fraction]
    numero: int = 0
    huella: str = ""
    hecho_en: datetime | None = None
    hecho_por: str = ""
    subsanar_hasta: datetime | None = None

    @property
    def por_subsanar(self) -> dict[UUID, list[str]]:
        """What each bid that stays lacks and may bring until `subsanar_hasta`; nothing is decided before."""
        return {id_: faltan for id_, revisada in self.revisadas.items() if (faltan := revisada.por_subsanar)}

    def por_decir(self, previa: Self | None) -> set[UUID]:
        """The bids that lack something that the one before did not tell, or not until then."""
        ya = {} if previa is None or previa.subsanar_hasta != self.subsanar_hasta else previa.por_subsanar
        return {id_ for id_, faltan in self.por_subsanar.items() if not set(faltan) <= set(ya.get(id_, ()))}

    @property
    def formula(self) -> Formula:
        """By which the margins join: they are all of one."""
        formulas = {margen.formula for revisada in self.revisadas.values() for margen in revisada.margenes}
        assert len(formulas) <= 1
        return next(iter(formulas), Formula.SUMA)

    @classmethod
    def leer(cls, acta: Acta) -> Self:
        dicho = json.loads(acta.contenido, parse_float=Decimal)
        return cls(
            revisadas={UUID(o["oferta"]): _revisada(o) for o in dicho["ofertas"]},
            puntos={
                (UUID(p["oferta"]), grupo["item"]): Fraction(p["puntos"])
                for grupo in dicho["grupos"]
                for p in grupo["puestos"]
                if p["puntos"] is not None
            },
            numero=acta.numero,
            huella=acta.huella,
            hecho_en=acta.hecha_en,
            hecho_por=acta.hecha_por,
            subsanar_hasta=_instante(dicho.get("subsanar_hasta")),
        )


def _instante(dicho: str | None) -> datetime | None:
    return None if dicho is None else datetime.fromisoformat(dicho)


def _revisada(dicho: Mapping[str, Any]) -> Revisada:
    return Revisada(
        causa=Causa(dicho["causa"]) if dicho["causa"] else None,
        explicacion=dicho["explicacion"],
        margenes=tuple(
            Margen(**dict(m) | {"clase": ClaseDeMargen(m["clase"]), "formula": Formula(m["formula"])})
            for m in dicho["margenes"]
        ),
        documentos=tuple(Verificado(**d) for d in dicho.get("documentos", ())),
    )


def calificacion_de(sesion: Session, convocatoria_id: UUID) -> Calificacion | None:
    """The last qualification of a process; None before the first."""
    acta = acta_de_clase(sesion, convocatoria_id, EVALUACION)
    return None if acta is None else Calificacion.leer(acta)


def por_subsanar_de(
    sesion: Session, unidades: Sequence[UUID]
) -> list[tuple[UUID, UUID, datetime, list[str]]]:
    """What the bids of these units lack and may bring while the last qualification of their process waits for
    it: of which unit, of which process, until when, and what; what ends first, first.
    """
    posterior = aliased(Acta)
    ultima = ~exists().where(
        col(posterior.convocatoria_id) == col(Acta.convocatoria_id),
        col(posterior.clase) == EVALUACION,
        col(posterior.numero) > col(Acta.numero),
    )
    consulta = (
        select(Oferta.id, Oferta.unidad_id, Acta)
        .join(Convocatoria, col(Convocatoria.id) == Oferta.convocatoria_id)
        .join(Acta, col(Acta.convocatoria_id) == Convocatoria.id)
        .where(
            col(Oferta.unidad_id).in_(unidades),
            Oferta.estado == EstadoOferta.VIGENTE,
            Convocatoria.estado == Estado.EVALUACION,
            Acta.clase == EVALUACION,
            col(Acta.contenido).contains('"subsanar_hasta"'),
            ultima,
        )
    )
    instante = ahora_bd(sesion)
    faltan = []
    for oferta_id, unidad_id, acta in sesion.exec(consulta):
        dicha = Calificacion.leer(acta)
        hasta, que = dicha.subsanar_hasta, dicha.por_subsanar.get(oferta_id)
        if que and hasta is not None and hasta > instante:
            faltan.append((unidad_id, acta.convocatoria_id, hasta, que))
    return sorted(faltan, key=lambda falta: falta[2])


def huella_de_calificacion(sesion: Session, convocatoria_id: UUID) -> str:
    """By which what is signed upon a qualification names it; empty before the first."""
    acta = acta_de_clase(sesion, convocatoria_id, EVALUACION)
    return "" if acta is None else acta.huella


def criterio_de(convocatoria: Convocatoria) -> Criterio:
    return Criterio(Metodo(convocatoria.metodo), convocatoria.puntos_tecnica, convocatoria.minimo_tecnica)
