"""What the last processes of somebody say: what is bought, from whom, against how many, paid when."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from moneyed import Money
from sqlalchemy import text
from sqlmodel import Session, select

from feria_inversa.panorama import Hallazgo
from feria_inversa.panorama.modelos import tabla_proceso
from feria_inversa.precios import MINIMO_DE_PRECIOS
from nucleo.dinero import bs, redondear

RECIENTES = 2_000
"""So many processes, or awards, are looked at: the last ones."""
POCAS = 10
"""Of each list, those of most."""


class Parte(NamedTuple):
    """How many processes are of one thing; `clave` names its page."""

    clave: str
    nombre: str
    procesos: int


class Reparto(NamedTuple):
    """How a number that some processes say lies among them; the five, only if they are not too few."""

    procesos: int
    cinco: tuple[int, int, int, int, int] | None


@dataclass(frozen=True, slots=True)
class Recientes:
    """Of how many processes, of which days; `todos`: whether there are no more. `unidades`: the units of the
    registry that asked for those of here.
    """

    procesos: int
    todos: bool
    desde: date | None
    hasta: date | None
    familias: Sequence[Parte]
    sin_familia: int
    proponentes: Reparto
    dias_al_pago: Reparto
    proveedores: Sequence[Parte]
    unidades: frozenset[UUID]


def recientes(sesion: Session, hallazgo: Hallazgo, *, con_proveedores: bool = True) -> Recientes:
    t = tabla_proceso.c
    consulta: Any = (
        select(  # type: ignore[call-overload]
            t.id, t.dia, t.familias, t.proponentes, t.dias_al_pago, t.unidad_id
        )
        .where(*hallazgo.condiciones())
        .order_by(t.dia.desc(), t.id.desc())
        .limit(RECIENTES + 1)
    )
    hallados = sesion.execute(consulta).all()
    filas = hallados[:RECIENTES]
    familias = Counter(familia for fila in filas for familia in fila.familias)
    return Recientes(
        len(filas),
        len(hallados) <= RECIENTES,
        filas[-1].dia if filas else None,
        filas[0].dia if filas else None,
        de_mas([(familia, "", n) for familia, n in familias.items()]),
        sum(not fila.familias for fila in filas),
        repartir(fila.proponentes for fila in filas),
        repartir(fila.dias_al_pago for fila in filas),
        _proveedores(sesion, [fila.id for fila in filas]) if con_proveedores and filas else (),
        frozenset(fila.unidad_id for fila in filas if fila.unidad_id is not None),
    )


def de_mas(partes: Iterable[tuple[str, str, int]]) -> list[Parte]:
    """Those of most, in one order always."""
    return [Parte(*p) for p in sorted(partes, key=lambda p: (-p[2], p[0], p[1]))[:POCAS]]


def repartir(valores: Iterable[int | None]) -> Reparto:
    """The least, the quartiles and the greatest, each one that there was."""
    dichos = sorted(v for v in valores if v is not None)
    n = len(dichos)
    if n < MINIMO_DE_PRECIOS:
        return Reparto(n, None)
    uno, dos, tres = (dichos[-(-n * k // 4) - 1] for k in (1, 2, 3))
    return Reparto(n, (dichos[0], uno, dos, tres, dichos[-1]))


_PROVEEDORES = text("""
    SELECT coalesce(proveedor_numero, feria_nombre_llano(proveedor)) AS clave, max(proveedor) AS nombre,
        count(DISTINCT proceso_id) AS procesos
    FROM feria_mercado_item
    WHERE proceso_id = ANY(:cuales) AND proveedor IS NOT NULL AND precio_adjudicado IS NOT NULL
    GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT :pocas
""")


def _proveedores(sesion: Session, cuales: Sequence[int]) -> list[Parte]:
    filas = sesion.connection().execute(_PROVEEDORES, {"cuales": list(cuales), "pocas": POCAS})
    return [Parte(*fila) for fila in filas]


@dataclass(frozen=True, slots=True)
class DelProveedor:
    """What the last awards of a supplier say. `total` is of lines whose quantity by price is theirs."""

    nombre: str
    lineas: int
    todas: bool
    procesos: int
    desde: date
    hasta: date
    total: Money
    en_el_total: int
    meses: Sequence[tuple[int, int]]
    entidades: Sequence[Parte]
    familias: Sequence[Parte]
    sin_familia: int
    departamentos: Sequence[Parte]


_DEL_PROVEEDOR = """
    SELECT i.proceso_id, i.proveedor, i.familia, p.entidad_codigo, p.entidad, p.departamento,
        coalesce(p.decidido, p.dia) AS dia,
        CASE WHEN NOT 'adjudicado_distinto' = ANY(i.fallas) THEN i.cantidad * i.precio_adjudicado END AS total
    FROM feria_mercado_item i JOIN feria_mercado_proceso p ON p.id = i.proceso_id AND p.etapa <> 'sin_efecto'
    WHERE QUIEN AND i.precio_adjudicado IS NOT NULL
    ORDER BY i.proceso_id DESC, i.lugar LIMIT :n
"""
_POR_NUMERO = text(_DEL_PROVEEDOR.replace("QUIEN", "i.proveedor_numero = :clave"))
_POR_NOMBRE = text(
    _DEL_PROVEEDOR.replace("QUIEN", "i.proveedor_numero IS NULL AND feria_nombre_llano(i.proveedor) = :clave")
)


def del_proveedor(sesion: Session, clave: str, *, por_numero: bool) -> DelProveedor | None:
    """None of who was awarded nothing."""
    consulta = _POR_NUMERO if por_numero else _POR_NOMBRE
    halladas = sesion.connection().execute(consulta, {"clave": clave, "n": RECIENTES + 1}).all()
    filas = halladas[:RECIENTES]
    if not filas:
        return None
    de_cada_uno = {fila.proceso_id: fila for fila in filas}.values()
    nombres = Counter(fila.proveedor for fila in filas)
    totales = [fila.total for fila in filas if fila.total is not None]
    entidades = Counter(fila.entidad_codigo for fila in de_cada_uno if fila.entidad_codigo)
    nombre_de = {fila.entidad_codigo: fila.entidad or "" for fila in filas}
    de_cada_familia = {(fila.familia, fila.proceso_id) for fila in filas if fila.familia}
    familias = Counter(familia for familia, _proceso in de_cada_familia)
    con_familia = {proceso for _familia, proceso in de_cada_familia}
    lugares = Counter(fila.departamento or "" for fila in de_cada_uno)
    meses = Counter(fila.dia.month for fila in de_cada_uno)
    return DelProveedor(
        min(nombres, key=lambda nombre: (-nombres[nombre], nombre)),
        len(filas),
        len(halladas) <= RECIENTES,
        len(de_cada_uno),
        min(fila.dia for fila in filas),
        max(fila.dia for fila in filas),
        redondear(sum(totales, bs(0).amount)),
        len(totales),
        [(mes, meses[mes]) for mes in range(1, 13)],
        de_mas((codigo, nombre_de[codigo], n) for codigo, n in entidades.items()),
        de_mas((familia, "", n) for familia, n in familias.items()),
        len(de_cada_uno) - len(con_familia),
        de_mas((lugar, "", n) for lugar, n in lugares.items()),
    )
