"""How many processes answer, and by whom, when, how and where: what was counted before or, of what is asked
otherwise, counted now among as many as can be looked at, saying which.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Text, cast, func, literal, true
from sqlalchemy.dialects.postgresql import array
from sqlmodel import Session, col, select

from feria_inversa.panorama.buscar import (
    ABIERTO,
    Filtro,
    Hallazgo,
    abiertos,
    de_la_etapa,
    de_sus_columnas,
    del_periodo,
    este_mes,
    por_venir,
)
from feria_inversa.panorama.cuentas import CORTES, ENTIDADES
from feria_inversa.panorama.estados import Etapa
from feria_inversa.panorama.modelos import Cuenta, ProcesoDelMercado, Recuento, tabla_proceso

VENTANA = 10_000
"""Of the list, the last ones that are looked at when what is asked cannot be counted otherwise."""
CONTADOS = 500
"""Open and planned ones are counted up to here."""
CLASES = ("mes", "etapa", "modalidad", "departamento", "normativa", "categoria", "entidad")


@dataclass(frozen=True, slots=True)
class Parte:
    cual: str
    nombre: str
    procesos: int
    desde: date
    hasta: date


@dataclass(frozen=True, slots=True)
class Resumen:
    """`partes` are by class, most first (months in their order); of what a source does not say, `cual` is
    empty. `contado_en`: when, if it was before. `entre`: among how many of the last ones, if not all were
    looked at. `abiertos` and `programados` stop at `CONTADOS` + 1.
    """

    procesos: int
    desde: date | None
    hasta: date | None
    partes: Mapping[str, Sequence[Parte]]
    contado_en: datetime | None
    entre: int | None
    abiertos: int
    programados: int

    def sin_decir(self, clase: str) -> int:
        """Of how many no source says it."""
        return sum(p.procesos for p in self.partes.get(clase, ()) if not p.cual)


def resumir(sesion: Session, hallazgo: Hallazgo) -> Resumen:
    corte = _corte(hallazgo.filtro)
    contado_en = None
    if corte is not None:
        contado_en = sesion.exec(select(Recuento.hecho_en)).one_or_none()
    if corte is not None and contado_en is not None:
        filas, entre = _contadas(sesion, hallazgo.filtro.anio or 0, *corte), None
    else:
        filas, entre = _por_contar(sesion, hallazgo)
    partes: dict[str, list[Parte]] = {clase: [] for clase in ("todo", *CLASES)}
    for que, *parte in filas:
        partes[que].append(Parte(*parte))
    todo = partes.pop("todo")
    partes["entidad"] = [p for p in partes["entidad"] if p.cual]
    for clase, suyas in partes.items():
        suyas.sort(key=lambda p: (int(p.cual or 0),) if clase == "mes" else (-p.procesos, p.cual))
    partes["entidad"] = partes["entidad"][:ENTIDADES]
    n_abiertos, n_programados = sesion.exec(_de_ahora(hallazgo)).one()
    return Resumen(
        todo[0].procesos if todo else 0,
        todo[0].desde if todo else None,
        todo[0].hasta if todo else None,
        partes,
        contado_en,
        entre,
        n_abiertos,
        n_programados,
    )


def _corte(filtro: Filtro) -> tuple[str, str] | None:
    """By which one thing what is asked was counted before; None if it was not."""
    if filtro.por_lo_que_es or filtro.mes is not None or filtro.entidad_codigo:
        return None
    if filtro.etapa in {ABIERTO, Etapa.EN_CURSO, Etapa.PROGRAMADO}:
        return None  # these are of this very moment, or no process
    pedido = filtro.puestos | ({"etapa": filtro.etapa} if filtro.etapa else {})
    if len(pedido) > 1:
        return None
    return next(iter(pedido.items()), ("", ""))


def _contadas(sesion: Session, anio: int, corte: str, valor: str) -> Sequence[Any]:
    columnas = (Cuenta.que, Cuenta.cual, Cuenta.nombre, Cuenta.procesos, Cuenta.desde, Cuenta.hasta)
    consulta: Any = select(*columnas)  # type: ignore[call-overload]
    suyas = (Cuenta.anio == anio, Cuenta.corte == corte, Cuenta.valor == valor)
    return sesion.exec(consulta.where(*suyas)).all()  # type: ignore[no-any-return]


def _por_contar(sesion: Session, hallazgo: Hallazgo) -> tuple[Sequence[Any], int | None]:
    """Those few that words find; or of the last ones of the list, those that answer."""
    filtro, tabla = hallazgo.filtro, tabla_proceso.c
    ultimos: Any = None
    condiciones = hallazgo.condiciones()
    if hallazgo.ids is None:
        ultimos = select(tabla.id).where(*_por_su_indice(filtro))
        ultimos = ultimos.order_by(tabla.dia.desc(), tabla.id.desc()).limit(VENTANA).cte("ultimos")
        condiciones.append(tabla.id.in_(select(ultimos.c.id)))
    columnas = [tabla[c] for c in ("dia", "mes", "entidad_codigo", "entidad", *CORTES)]
    hallados: Any = select(*columnas).where(*condiciones)
    h = hallados.cte("hallados").prefix_with("MATERIALIZED")
    de_cada_clase = [h.c.mes, *(h.c[c] for c in CORTES), h.c.entidad_codigo]
    q: Any = (
        func.unnest(
            array(["todo", "mes", *CORTES, "entidad"]), array(["", *(cast(c, Text) for c in de_cada_clase)])
        )
        .table_valued("que", "cual")
        .render_derived(name="q")
    )
    vistos = (
        select(func.count()).select_from(ultimos).scalar_subquery() if ultimos is not None else literal(0)
    )
    consulta: Any = (
        select(  # type: ignore[call-overload]
            q.c.que,
            func.coalesce(q.c.cual, ""),
            func.coalesce(func.max(h.c.entidad).filter(q.c.que == "entidad"), ""),
            func.count(),
            func.min(h.c.dia),
            func.max(h.c.dia),
            vistos,
        )
        .select_from(h.join(q, true()))
        .group_by(q.c.que, q.c.cual)
    )
    filas = sesion.execute(consulta).all()
    cuantos = filas[0][-1] if filas else sesion.execute(select(vistos)).scalar_one()
    return [fila[:-1] for fila in filas], VENTANA if cuantos == VENTANA else None


def _por_su_indice(filtro: Filtro) -> list[Any]:
    """Of what is asked, what walks an index by day: stage, one column (or the month of any year), days."""
    condiciones = [*de_sus_columnas(filtro)][:1]
    if filtro.anio is not None or not condiciones:
        condiciones += del_periodo(filtro)
    suya = filtro.etapa if filtro.etapa in {ABIERTO, Etapa.PROGRAMADO} else None
    return [*condiciones, de_la_etapa(suya), *por_venir(filtro)]


def _de_ahora(hallazgo: Hallazgo) -> Any:
    """How many of these take bids now, and how many are planned from this month on."""
    otras = hallazgo.condiciones(etapa=False)
    cuentas = []
    for suyas in (
        (abiertos(),),
        (col(ProcesoDelMercado.etapa) == Etapa.PROGRAMADO, col(ProcesoDelMercado.dia) >= este_mes()),
    ):
        hasta = select(ProcesoDelMercado.id).where(*suyas, *otras).limit(CONTADOS + 1).subquery()
        cuentas.append(select(func.count()).select_from(hasta).scalar_subquery())
    return select(*cuentas)
