"""Prices of what is alike, worked out of the items of the market."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from feria_inversa.perfiles.bloqueos import precios_si_libres

LOTE = 2_000
"""Clusters that are worked out at once."""

_TOCADOS = text("""
    DELETE FROM feria_mercado_racimo_tocado
    WHERE id IN (SELECT id FROM feria_mercado_racimo_tocado ORDER BY id LIMIT :lote)
    RETURNING racimo_id
""")
# Of what was left without effect, none. The same price in a process is one, of however many lines.
_LINEAS = """
    SELECT i.racimo, p.id AS proceso_id, p.entidad_codigo, coalesce(p.decidido, p.dia) AS dia, i.descripcion,
        i.unidad, i.contenido, i.contenido_unidad, e.que, e.precio,
        i.lugar, CASE WHEN p.archivo_id IS NOT NULL THEN i.unspsc END AS de_historia,
        coalesce(e.precio, 0) = 0 AS sin_precio, e.falla = ANY(i.fallas) AS distinto
    FROM feria_mercado_item i
    JOIN feria_mercado_proceso p ON p.id = i.proceso_id AND p.etapa <> 'sin_efecto'
    CROSS JOIN LATERAL (VALUES
        ('adjudicado', i.precio_adjudicado, 'adjudicado_distinto'),
        ('referencial', i.precio_referencial, 'referencial_distinto')
    ) e (que, precio, falla)
    WHERE i.racimo = ANY(:cuales) AND (e.que = 'referencial' OR e.precio IS NOT NULL)
"""
_RACIMOS = """
    INSERT INTO feria_mercado_racimo (id, nombre, unidad, contenido, contenido_unidad, palabras, precios)
    SELECT racimo, left(mode() WITHIN GROUP (ORDER BY descripcion COLLATE "C"), 300), min(unidad),
        min(contenido), min(contenido_unidad),
        string_to_array(feria_lo_que_es((array_agg(descripcion ORDER BY proceso_id, lugar, que))[1],
            (array_agg(de_historia ORDER BY proceso_id, lugar, que))[1]), ' '),
        count(DISTINCT (proceso_id, precio))
            FILTER (WHERE que = 'adjudicado' AND NOT sin_precio AND NOT distinto)
    FROM (LINEAS) l GROUP BY racimo
""".replace("LINEAS", _LINEAS)
_PRECIOS = """
    INSERT INTO feria_mercado_precio (racimo_id, que, precios, procesos, entidades, desde, hasta, minimo,
        cuartil_1, mediana, cuartil_3, maximo, distintos, sin_precio)
    SELECT racimo, que, count(*) FILTER (WHERE sirve), count(DISTINCT proceso_id) FILTER (WHERE sirve),
        count(DISTINCT entidad_codigo) FILTER (WHERE sirve), min(dia) FILTER (WHERE sirve),
        max(dia) FILTER (WHERE sirve), min(precio) FILTER (WHERE sirve),
        percentile_disc(0.25) WITHIN GROUP (ORDER BY precio) FILTER (WHERE sirve),
        percentile_disc(0.5) WITHIN GROUP (ORDER BY precio) FILTER (WHERE sirve),
        percentile_disc(0.75) WITHIN GROUP (ORDER BY precio) FILTER (WHERE sirve),
        max(precio) FILTER (WHERE sirve), sum(distintos), sum(sin_precios)
    FROM (
        SELECT racimo, que, proceso_id, min(entidad_codigo) AS entidad_codigo, min(dia) AS dia, precio,
            NOT sin_precio AND NOT distinto AS sirve, count(*) FILTER (WHERE sin_precio) AS sin_precios,
            count(*) FILTER (WHERE distinto AND NOT sin_precio) AS distintos
        FROM (LINEAS) l GROUP BY racimo, que, proceso_id, precio, sin_precio, distinto
    ) p GROUP BY racimo, que
""".replace("LINEAS", _LINEAS)


def calcular_tocados(sesion: Session) -> int | None:
    """Work out again the clusters of the oldest notes; of how many notes, None when somebody is at it."""
    if not precios_si_libres(sesion):
        return None
    notas = sesion.connection().execute(_TOCADOS, {"lote": LOTE}).scalars().all()
    calcular(sesion, list(set(notas)))
    return len(notas)


def calcular(sesion: Session, cuales: Sequence[UUID]) -> None:
    """In place of what there was of those clusters, what their items say now."""
    if cuales:
        for sentencia in ("DELETE FROM feria_mercado_racimo WHERE id = ANY(:cuales)", _RACIMOS, _PRECIOS):
            sesion.connection().execute(text(sentencia), {"cuales": list(cuales)})
