"""`qhatu verify`: each row of the market is what its source says, and none is missing."""

from sqlalchemy import text
from sqlmodel import Session

from feria_inversa.panorama.guardar import DE_ITEM, TODAS, Proyeccion, lista
from feria_inversa.panorama.historia import HISTORIA
from feria_inversa.panorama.planes import PLANES
from feria_inversa.panorama.vivos import DE_AQUI
from nucleo.verificar import comprueba

FALTAS_MAXIMO = 50
# Those of which nothing is still to be brought.
_YA_TRAIDOS = """IN (
    SELECT cuce FROM feria_historia_proceso p WHERE NOT EXISTS (
        SELECT FROM feria_historia_linea x LEFT JOIN feria_mercado_archivo m USING (archivo_id)
        WHERE x.cuce = p.cuce AND x.que = 'repetido' AND x.linea > coalesce(m.hasta_linea, 0)
            AND m.terminado IS NOT TRUE)
    EXCEPT
    SELECT cuce FROM (
        SELECT cuce, archivo_id, linea FROM feria_historia_proceso
        UNION ALL SELECT cuce, archivo_id, linea FROM feria_historia_item
    ) x LEFT JOIN feria_mercado_archivo m USING (archivo_id)
    WHERE m.terminado IS NOT TRUE AND x.linea > coalesce(m.hasta_linea, 0)
    EXCEPT
    SELECT cuce FROM feria_mercado_proceso WHERE convocatoria_id IS NOT NULL
)"""
_TODO_DICHO = """IN (
    SELECT v.cuce FROM feria_convocatoria v JOIN feria_ocds_compilado k ON k.convocatoria_id = v.id
    LEFT JOIN feria_mercado_proceso m ON m.convocatoria_id = v.id
    JOIN feria_ocds_release r ON r.convocatoria_id = v.id AND r.secuencia = k.secuencia
    WHERE k.secuencia = (SELECT max(secuencia) FROM feria_acto_publico a WHERE a.convocatoria_id = v.id)
        AND (m.secuencia = k.secuencia OR r.fecha < nucleo_ahora() - interval '2 hours')
)"""
_DE_PLANES_DE_ANTES = """IN (
    SELECT l.id FROM feria_plan_linea l JOIN feria_plan p ON p.id = l.plan_id
    JOIN feria_plan_version v ON v.plan_id = p.id AND v.version = p.version
    WHERE v.hecha_en < nucleo_ahora() - interval '2 hours'
)"""
# Rows that no source gives: the projections, asked of what sources have, do not see them.
_DE_NADIE = text("""
    SELECT m.cuce FROM feria_mercado_proceso m WHERE m.archivo_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM feria_historia_proceso p WHERE p.cuce = m.cuce)
    UNION ALL
    SELECT m.cuce FROM feria_mercado_proceso m WHERE m.convocatoria_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM feria_ocds_compilado k JOIN feria_convocatoria v ON v.id = k.convocatoria_id
        WHERE k.convocatoria_id = m.convocatoria_id AND v.cuce = m.cuce)
    ORDER BY 1 LIMIT :n
""")


@comprueba("mercado del Estado")
def verificar_mercado(sesion: Session) -> list[str]:
    """What does not agree, in words; nothing is well."""
    de_nadie = sesion.connection().execute(_DE_NADIE, {"n": FALTAS_MAXIMO}).scalars()
    faltas = [f"{cuce}: ninguna fuente dice lo que dice el mercado" for cuce in de_nadie]
    for proyeccion, cuales in (
        (HISTORIA, _YA_TRAIDOS),
        (DE_AQUI, _TODO_DICHO),
        (PLANES, _DE_PLANES_DE_ANTES),
    ):
        for sentencia in (_de_procesos(proyeccion, cuales), _de_items(proyeccion, cuales)):
            ajenos = sesion.connection().execute(text(sentencia), {"n": FALTAS_MAXIMO}).scalars()
            faltas += [f"{de}: el mercado no dice lo que dice su fuente" for de in ajenos]
    return list(dict.fromkeys(faltas))[:FALTAS_MAXIMO]


def _de_procesos(proyeccion: Proyeccion, cuales: str) -> str:
    hay = f"""SELECT {lista(TODAS, "m.")} FROM feria_mercado_proceso m
        WHERE {proyeccion.suyas} AND m.{proyeccion.clave} {cuales}"""  # noqa: S608 (our own text)
    return f"""
        WITH dice AS ({proyeccion.completos(cuales)}), hay AS ({hay})
        SELECT DISTINCT {proyeccion.clave}::text FROM (
            (TABLE dice EXCEPT TABLE hay) UNION ALL (TABLE hay EXCEPT TABLE dice)
        ) x ORDER BY 1 LIMIT :n
    """  # noqa: S608 (our own text)


def _de_items(proyeccion: Proyeccion, cuales: str) -> str:
    hay = f"""SELECT m.{proyeccion.clave} AS de, {lista(DE_ITEM, "i.")} FROM feria_mercado_item i
        JOIN feria_mercado_proceso m ON m.id = i.proceso_id
        WHERE {proyeccion.suyas} AND m.{proyeccion.clave} {cuales}"""  # noqa: S608 (our own text)
    return f"""
        WITH dice AS ({proyeccion.items.replace("DE_ESTOS", cuales)}), hay AS ({hay})
        SELECT DISTINCT de::text FROM (
            (TABLE dice EXCEPT TABLE hay) UNION ALL (TABLE hay EXCEPT TABLE dice)
        ) x ORDER BY 1 LIMIT :n
    """  # noqa: S608 (our own text)
