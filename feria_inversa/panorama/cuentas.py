"""How many processes there are, counted in the background for who looks for no words."""

from sqlalchemy import text
from sqlmodel import Session

from feria_inversa.panorama.bloqueos import recuento_si_libre

CORTES = ("departamento", "modalidad", "categoria", "normativa", "etapa")
"""One of these, or none, in a year or in all: what is asked otherwise is counted when it is asked."""
ENTIDADES = 10
_DE_CORTE = ", ".join(f"('{c}', b.{c})" for c in CORTES)

# First what a day has: what is counted afterwards is few rows, however many processes there are.
_CONTAR = f"""
    WITH base AS (
        SELECT extract(year FROM dia)::smallint AS anio, mes::text AS mes, {", ".join(CORTES)},
            count(*) AS n, min(dia) AS desde, max(dia) AS hasta
        FROM feria_mercado_proceso WHERE etapa <> 'programado'
        GROUP BY 1, 2, {", ".join(CORTES)}
    ), de_entidad AS (
        SELECT extract(year FROM dia)::smallint AS anio, entidad_codigo, {", ".join(CORTES)},
            max(entidad) AS nombre, count(*) AS n, min(dia) AS desde, max(dia) AS hasta
        FROM feria_mercado_proceso WHERE etapa <> 'programado' AND entidad_codigo IS NOT NULL
        GROUP BY 1, 2, {", ".join(CORTES)}
    ), contadas AS (
        SELECT a.anio, c.corte, c.valor, q.que, coalesce(q.cual, '') AS cual, '' AS nombre,
            sum(b.n)::int AS procesos, min(b.desde) AS desde, max(b.hasta) AS hasta
        FROM base b
        CROSS JOIN LATERAL (VALUES (b.anio), (0::smallint)) a (anio)
        CROSS JOIN LATERAL (VALUES ('', ''), {_DE_CORTE}) c (corte, valor)
        CROSS JOIN LATERAL (VALUES ('todo', ''), ('mes', b.mes), {_DE_CORTE}) q (que, cual)
        WHERE c.valor IS NOT NULL
        GROUP BY a.anio, c.corte, c.valor, q.que, q.cual
        UNION ALL
        SELECT anio, corte, valor, 'entidad', entidad_codigo, coalesce(nombre, ''), procesos, desde, hasta
        FROM (
            SELECT a.anio, c.corte, c.valor, b.entidad_codigo, max(b.nombre) AS nombre,
                sum(b.n)::int AS procesos, min(b.desde) AS desde, max(b.hasta) AS hasta,
                row_number() OVER (PARTITION BY a.anio, c.corte, c.valor
                    ORDER BY sum(b.n) DESC, b.entidad_codigo) AS puesto
            FROM de_entidad b
            CROSS JOIN LATERAL (VALUES (b.anio), (0::smallint)) a (anio)
            CROSS JOIN LATERAL (VALUES ('', ''), {_DE_CORTE}) c (corte, valor)
            WHERE c.valor IS NOT NULL
            GROUP BY a.anio, c.corte, c.valor, b.entidad_codigo
        ) puestas WHERE puesto <= {ENTIDADES}
    )
"""  # noqa: S608 (our own text)
_QUE_CAMBIA = "nombre, procesos, desde, hasta"
_ESCRIBIR = text(
    f"""
    {_CONTAR}, van AS (
        DELETE FROM feria_mercado_cuenta m WHERE NOT EXISTS (
            SELECT FROM contadas c WHERE (c.anio, c.corte, c.valor, c.que, c.cual)
                = (m.anio, m.corte, m.valor, m.que, m.cual))
    )
    INSERT INTO feria_mercado_cuenta AS m (anio, corte, valor, que, cual, {_QUE_CAMBIA})
    SELECT anio, corte, valor, que, cual, {_QUE_CAMBIA} FROM contadas
    ON CONFLICT (anio, corte, valor, que, cual) DO UPDATE
        SET (nombre, procesos, desde, hasta)
            = ROW (excluded.nombre, excluded.procesos, excluded.desde, excluded.hasta)
        WHERE (m.nombre, m.procesos, m.desde, m.hasta)
            <> (excluded.nombre, excluded.procesos, excluded.desde, excluded.hasta)
    """  # noqa: S608 (our own text)
)
_HECHO = text(
    "INSERT INTO feria_mercado_recuento (id) VALUES (1)"
    " ON CONFLICT (id) DO UPDATE SET hecho_en = nucleo_ahora()"
)


def contar(sesion: Session) -> bool:
    """Count all of it again, and write what changed; False when another does."""
    if not recuento_si_libre(sesion):
        return False
    sesion.connection().execute(_ESCRIBIR)
    sesion.connection().execute(_HECHO)
    return True
