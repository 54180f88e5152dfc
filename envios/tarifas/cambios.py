"""What a draft changes against the version in force: line by line, by the cells that a person would see."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from envios.tarifas.consultas import lineas_de
from envios.tarifas.tablas import FORMAS, Que

EJEMPLOS_MAXIMOS = 12


@dataclass(frozen=True, slots=True)
class Cambio:
    """A line that is other: what it is of, and `(column, before, now)` of what changed; new or gone: none."""

    de_que: str
    columnas: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Cambios:
    """Of a table: how many lines are new, gone and other, and some of each."""

    que: Que
    nuevas: int
    quitadas: int
    cambiadas: int
    ejemplos_nuevas: tuple[Cambio, ...]
    ejemplos_quitadas: tuple[Cambio, ...]
    ejemplos_cambiadas: tuple[Cambio, ...]

    @property
    def hay(self) -> bool:
        return bool(self.nuevas or self.quitadas or self.cambiadas)


def cambios(sesion: Session, borrador_id: UUID, vigente_id: UUID | None) -> list[Cambios]:
    """Of each table, in their order; without a version in force, all is new."""
    return [_de_una_tabla(sesion, que, borrador_id, vigente_id) for que in Que]


def _de_una_tabla(sesion: Session, que: Que, borrador_id: UUID, vigente_id: UUID | None) -> Cambios:
    ahora = _por_clave(sesion, que, borrador_id)
    antes = _por_clave(sesion, que, vigente_id) if vigente_id else {}
    nuevas = [clave for clave in ahora if clave not in antes]
    quitadas = [clave for clave in antes if clave not in ahora]
    cambiadas = [clave for clave in ahora if clave in antes and antes[clave] != ahora[clave]]
    return Cambios(
        que=que,
        nuevas=len(nuevas),
        quitadas=len(quitadas),
        cambiadas=len(cambiadas),
        ejemplos_nuevas=tuple(Cambio(" · ".join(clave)) for clave in nuevas[:EJEMPLOS_MAXIMOS]),
        ejemplos_quitadas=tuple(Cambio(" · ".join(clave)) for clave in quitadas[:EJEMPLOS_MAXIMOS]),
        ejemplos_cambiadas=tuple(
            _cambio(que, clave, antes[clave], ahora[clave]) for clave in cambiadas[:EJEMPLOS_MAXIMOS]
        ),
    )


def _por_clave(sesion: Session, que: Que, id: UUID) -> dict[tuple[str, ...], tuple[str, ...]]:
    forma = FORMAS[que]
    filas = (forma.celdas(fila) for fila in lineas_de(sesion, id, que))
    return {celdas[: forma.clave]: celdas for celdas in filas}


def _cambio(que: Que, clave: tuple[str, ...], antes: tuple[str, ...], ahora: tuple[str, ...]) -> Cambio:
    distintas = tuple(
        (nombre, era or "—", es or "—")
        for nombre, era, es in zip(FORMAS[que].nombres, antes, ahora, strict=True)
        if era != es
    )
    return Cambio(" · ".join(clave), distintas)
