"""Reads of the prices of what is alike."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from moneyed import Money
from sqlalchemy import Row, func, text
from sqlmodel import Session, col, select

from feria_inversa.panorama.modelos import tabla_item
from feria_inversa.perfiles.modelos import PrecioDeRacimo, Que, Racimo
from feria_inversa.precios import Dispersion
from nucleo.dinero import bs
from nucleo.lectores import para_buscar
from nucleo.paginacion import CursorPedido, paginar

FILAS = 5
"""Of what is too little to say a price, so many of its prices are shown."""
LINEAS = 20_000
"""Of a family, so many lines at most are looked at to find its things."""


class Fuera(NamedTuple):
    """Lines whose price is not looked at: times the quantity it is not their total, or they say none."""

    distintos: int
    sin_precio: int


class Fila(NamedTuple):
    """Prices of a process, as its source says them; None where it says none, or one that is left out."""

    convocatoria_id: UUID | None
    cuce: str | None
    entidad: str | None
    entidad_codigo: str | None
    dia: date
    referencial: Money | None
    adjudicado: Money | None


@dataclass(frozen=True, slots=True)
class PreciosDeRacimo:
    """A cluster with how its prices lie, those awarded and those of reference; where both are too
    few or too far apart to say a price, the newest of their lines."""

    racimo: Racimo
    adjudicado: Dispersion | None
    referencial: Dispersion | None
    fuera_de_adjudicado: Fuera
    fuera_de_referencial: Fuera
    filas: Sequence[Fila] = ()

    @property
    def dice_un_precio(self) -> bool:
        return any(d is not None and d.dice_un_precio for d in (self.adjudicado, self.referencial))


def buscar_precios(sesion: Session, q: str, pagina: CursorPedido) -> tuple[list[PreciosDeRacimo], str | None]:
    """A page of what is called so, by how many prices were awarded of each."""
    consulta = select(Racimo)
    if palabras := para_buscar(q).strip():
        lo_que_es = func.string_to_array(func.feria_lo_que_es(palabras, None), " ")
        consulta = consulta.where(col(Racimo.palabras).op("@>")(lo_que_es))
    racimos, siguiente = paginar(sesion, consulta, pagina, columnas=(Racimo.precios, Racimo.id))
    return _con_sus_precios(sesion, racimos), siguiente


def racimos_de_familia(sesion: Session, familia: str, pocas: int) -> list[PreciosDeRacimo]:
    """The things of a family of which most prices were awarded, under whatever codes; without their lines."""
    i = tabla_item.c
    algunos = select(i.racimo).where(i.familia == familia, i.racimo.is_not(None)).limit(LINEAS).subquery()
    orden = col(Racimo.precios).desc(), col(Racimo.id)
    suyos = select(Racimo.id).where(col(Racimo.id).in_(select(algunos.c.racimo)))
    consulta = (
        select(Racimo, PrecioDeRacimo)
        .join(PrecioDeRacimo, col(PrecioDeRacimo.racimo_id) == col(Racimo.id))
        .where(col(Racimo.id).in_(suyos.order_by(*orden).limit(pocas)))
        .order_by(*orden)
    )
    filas = sesion.exec(consulta).all()
    precios = {(precio.racimo_id, precio.que): precio for _racimo, precio in filas}
    return [_de_uno(racimo, precios) for racimo in {r.id: r for r, _precio in filas}.values()]


def _con_sus_precios(sesion: Session, racimos: Sequence[Racimo]) -> list[PreciosDeRacimo]:
    consulta = select(PrecioDeRacimo).where(col(PrecioDeRacimo.racimo_id).in_([r.id for r in racimos]))
    precios = {(p.racimo_id, p.que): p for p in sesion.exec(consulta)}
    hallados = [_de_uno(racimo, precios) for racimo in racimos]
    filas = _filas(sesion, [h.racimo.id for h in hallados if not h.dice_un_precio])
    return [replace(hallado, filas=filas.get(hallado.racimo.id, ())) for hallado in hallados]


def _de_uno(racimo: Racimo, precios: dict[tuple[UUID, str], PrecioDeRacimo]) -> PreciosDeRacimo:
    adjudicado, referencial = (precios.get((racimo.id, que)) for que in (Que.ADJUDICADO, Que.REFERENCIAL))
    return PreciosDeRacimo(
        racimo, _dispersion(adjudicado), _dispersion(referencial), _fuera(adjudicado), _fuera(referencial)
    )


def _fuera(fila: PrecioDeRacimo | None) -> Fuera:
    return Fuera(fila.distintos, fila.sin_precio) if fila else Fuera(0, 0)


def _dispersion(fila: PrecioDeRacimo | None) -> Dispersion | None:
    if fila is None or not fila.precios:
        return None
    return Dispersion(**{campo.name: getattr(fila, campo.name) for campo in fields(Dispersion)})


_FILAS = text("""
    SELECT r.id, f.* FROM unnest(CAST(:cuales AS uuid[])) r (id)
    CROSS JOIN LATERAL (
        SELECT p.id AS proceso_id, p.convocatoria_id, p.cuce, p.entidad, p.entidad_codigo,
            coalesce(p.decidido, p.dia) AS dia, e.referencial, e.adjudicado
        FROM feria_mercado_item i
        JOIN feria_mercado_proceso p ON p.id = i.proceso_id AND p.etapa <> 'sin_efecto'
        CROSS JOIN LATERAL (SELECT
            CASE WHEN NOT 'referencial_distinto' = ANY(i.fallas) THEN nullif(i.precio_referencial, 0) END
                AS referencial,
            CASE WHEN NOT 'adjudicado_distinto' = ANY(i.fallas) THEN nullif(i.precio_adjudicado, 0) END
                AS adjudicado
        ) e
        WHERE i.racimo = r.id AND num_nonnulls(e.referencial, e.adjudicado) > 0
        ORDER BY i.proceso_id DESC, i.lugar LIMIT :filas
    ) f
    ORDER BY f.dia DESC, f.proceso_id DESC
""")


def _filas(sesion: Session, cuales: Sequence[UUID]) -> dict[UUID, list[Fila]]:
    hay: dict[UUID, list[Fila]] = {}
    if cuales:
        for fila in sesion.connection().execute(_FILAS, {"cuales": list(cuales), "filas": FILAS}):
            hay.setdefault(fila.id, []).append(_fila(fila))
    return hay


def _fila(fila: Row[Any]) -> Fila:
    precios = (None if p is None else bs(p) for p in (fila.referencial, fila.adjudicado))
    return Fila(
        fila.convocatoria_id,
        fila.cuce,
        fila.entidad,
        fila.entidad_codigo,
        fila.dia,
        *precios,
    )
