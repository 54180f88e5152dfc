"""Which authority decides what, today."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal, or_
from sqlmodel import Session, col, select

from empresa_digital.registro.competencias.errores import CompetenciaNoEncontrada
from empresa_digital.registro.competencias.modelos import Competencia
from empresa_digital.registro.competencias.tipos import Materia


def vigente() -> tuple[Any, ...]:
    """SQL conditions on `Competencia`: in force today (in Bolivia) and not withdrawn."""
    hoy = func.date(func.timezone(literal("America/La_Paz"), func.nucleo_ahora()))
    return (
        col(Competencia.retirada_en).is_(None),
        col(Competencia.vigente_desde) <= hoy,
        or_(col(Competencia.vigente_hasta).is_(None), col(Competencia.vigente_hasta) >= hoy),
    )


def competentes(materia: Materia, clase: str | None = None, lugar: str | None = None) -> Any:
    """A SELECT of the authorities that decide a matter, of that kind and in that place (INE code).

    A case without place or kind is only of those that reach every place or kind.
    """
    return select(Competencia.autoridad_id).where(
        col(Competencia.materia) == materia,
        or_(col(Competencia.clase).is_(None), col(Competencia.clase) == clase),
        or_(
            col(Competencia.lugar).is_(None),
            literal(lugar or "").startswith(col(Competencia.lugar)),
        ),
        *vigente(),
    )


def autoridades_competentes(sesion: Session, materia: Materia, clase: str | None = None) -> Sequence[UUID]:
    """The authorities that decide a matter, of that kind, everywhere: who is told that something of it
    waits."""
    return sorted(set(sesion.execute(competentes(materia, clase)).scalars()))


def competencias_vigentes(sesion: Session, autoridad_id: UUID | None = None) -> Sequence[Competencia]:
    """Those in force, of one authority or of all."""
    consulta = select(Competencia).where(*vigente())
    if autoridad_id is not None:
        consulta = consulta.where(col(Competencia.autoridad_id) == autoridad_id)
    orden = (col(Competencia.materia), col(Competencia.autoridad_id), col(Competencia.id))
    return sesion.exec(consulta.order_by(*orden)).all()


def todas_las_competencias(sesion: Session) -> Sequence[Competencia]:
    """Those in force, those to come and those that ended; the newest first."""
    consulta = select(Competencia).order_by(col(Competencia.otorgada_en).desc(), col(Competencia.id))
    return sesion.exec(consulta.limit(500)).all()


def competencia_por_id(sesion: Session, id: UUID) -> Competencia:
    """Raises `CompetenciaNoEncontrada`."""
    fila = sesion.get(Competencia, id)
    if fila is None:
        raise CompetenciaNoEncontrada()
    return fila
