"""Reads of the schedules."""

from uuid import UUID

from sqlmodel import Session, col, select

from feria_inversa.cronograma.modelos import Cronograma


def cronogramas_de(sesion: Session, convocatoria_id: UUID) -> list[Cronograma]:
    """All that a process has had, the one in force first."""
    consulta = (
        select(Cronograma)
        .where(Cronograma.convocatoria_id == convocatoria_id)
        .order_by(col(Cronograma.numero).desc())
    )
    return list(sesion.exec(consulta))


def cronograma_de(sesion: Session, convocatoria_id: UUID) -> Cronograma | None:
    return next(iter(cronogramas_de(sesion, convocatoria_id)), None)
