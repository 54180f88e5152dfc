"""Which months of the market are known, and how many processes each had."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlmodel import Session

from feria_inversa.temporada.perfil import Mes

DIAS_DE_UN_MES = 15
"""Of how many days a month has calls that were published, when all of it was imported: it has some twenty."""

# Only a list of all the calls of a month, seen once it was over, says what there was not: what a search found
# (the other shapes of file) covers no month. Day by day along the index, however many processes a day has; of
# a family, the days of which nearly all the processes tell what they ask for, by the first twenty.
_MESES = """
    WITH RECURSIVE archivo AS MATERIALIZED (
        SELECT coalesce(array_agg(id), '{}') AS ids FROM feria_historia_archivo
        WHERE formato = 'convocatorias' AND estado = 'terminado'
    ), dia (dia) AS (
        SELECT min(p.dia) FROM feria_mercado_proceso p, archivo a
        WHERE p.etapa <> 'programado' AND cardinality(a.ids) > 0
        UNION ALL
        SELECT (SELECT min(p.dia) FROM feria_mercado_proceso p
                WHERE p.etapa <> 'programado' AND p.dia > d.dia)
        FROM dia d WHERE d.dia IS NOT NULL
    ), conocido AS (
        SELECT extract(year FROM d.dia)::int AS anio, extract(month FROM d.dia)::int AS mes
        FROM dia d, archivo a, LATERAL (
            SELECT count(*) AS vistos, count(*) FILTER (WHERE v.items > 0) AS con_items
            FROM (SELECT p.items FROM feria_mercado_proceso p
                  WHERE p.etapa <> 'programado' AND p.dia = d.dia AND p.archivo_id = ANY (a.ids)
                      AND p.publicado IS NOT NULL
                      AND p.visto_en >= (date_trunc('month', d.dia) + interval '1 month')::date LIMIT 20) v
        ) v
        WHERE d.dia IS NOT NULL AND v.vistos > 0 AND (NOT :con_items OR v.con_items >= 0.8 * v.vistos)
        GROUP BY 1, 2 HAVING count(*) >= :dias
    ), suyo AS (
        SELECT extract(year FROM p.dia)::int AS anio, p.mes::int AS mes, count(*) AS procesos,
            min(p.dia) AS desde, max(p.dia) AS hasta
        FROM feria_mercado_proceso p
        WHERE p.etapa <> 'programado' AND p.mes IS NOT NULL DE_QUIEN
        GROUP BY 1, 2
    )
    SELECT anio, mes, k.anio IS NOT NULL AS conocido, s.procesos, s.desde, s.hasta
    FROM conocido k FULL JOIN suyo s USING (anio, mes)
    ORDER BY anio, mes
"""
_DE = {
    "entidad": "AND p.entidad_codigo = :entidad",
    "familia": "AND p.familias @> ARRAY[CAST(:familia AS varchar)]",
}
_NOMBRE = text(
    "SELECT entidad FROM feria_mercado_proceso WHERE entidad_codigo = :entidad AND etapa <> 'programado'"
    " ORDER BY dia DESC, id DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Meses:
    """The months of which a whole list of calls was imported (`conocidos`), how many processes each month
    had, known or not (`cuentas`), and from which day to which they are.
    """

    conocidos: list[Mes]
    cuentas: dict[Mes, int]
    dias: tuple[date, date] | None


def meses(sesion: Session, *, entidad: str | None = None, familia: str | None = None) -> Meses:
    """Those of an entity, of a family or of both, in one statement. Of a family, a month is known only if
    what each call asks for is.
    """
    suyos = {clave: valor for clave, valor in (("entidad", entidad), ("familia", familia)) if valor}
    consulta = text(_MESES.replace("DE_QUIEN", " ".join(_DE[clave] for clave in suyos)))
    pide = {"con_items": familia is not None, "dias": DIAS_DE_UN_MES, **suyos}
    filas = sesion.connection().execute(consulta, pide).all()
    con = [fila for fila in filas if fila.procesos is not None]
    return Meses(
        [(fila.anio, fila.mes) for fila in filas if fila.conocido],
        {(fila.anio, fila.mes): fila.procesos for fila in con},
        (min(fila.desde for fila in con), max(fila.hasta for fila in con)) if con else None,
    )


def nombre_de_entidad(sesion: Session, codigo: str) -> str | None:
    nombre: str | None = sesion.connection().execute(_NOMBRE, {"entidad": codigo}).scalar_one_or_none()
    return nombre
