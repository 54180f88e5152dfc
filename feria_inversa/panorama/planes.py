"""The lines of published plans in the market, as the last version of each says them."""

from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from feria_inversa.panorama.bloqueos import uno_por_plan
from feria_inversa.panorama.guardar import Proyeccion
from feria_inversa.panorama.vivos import COMO_SICOES

_PROCESOS = f"""
    SELECT l.id AS de, NULL::uuid AS convocatoria_id, NULL::smallint AS secuencia, l.id AS plan_linea_id,
        NULL::int AS archivo_id, NULL::int AS linea, NULL::varchar AS cuce, l.gestion,
        e.codigo AS entidad_codigo, NULL::varchar AS entidad, p.unidad_id, l.objeto, l.categoria,
        m.codigo AS modalidad, {COMO_SICOES} AS normativa, 'programado' AS etapa, NULL::varchar AS estado,
        NULL::boolean AS subasta, NULL::date AS publicado, NULL::date AS presentacion,
        NULL::timestamptz AS cierra_en, NULL::date AS decidido, make_date(l.gestion, l.mes, 1) AS previsto,
        nullif(l.departamento, '') AS departamento,
        coalesce(l.municipio_ine, p.municipio_ine) AS municipio_ine, l.monto AS total_referencial,
        NULL::bigint AS total_adjudicado, NULL::int AS proponentes, NULL::int AS dias_al_pago,
        ARRAY[]::varchar[] AS fallas, (v.hecha_en AT TIME ZONE 'America/La_Paz')::date AS visto_en
    FROM feria_plan_linea l
    JOIN feria_plan p ON p.id = l.plan_id
    JOIN feria_plan_version v ON v.plan_id = l.plan_id AND v.version = p.version
    JOIN feria_modalidad m ON m.id = l.modalidad_id
    LEFT JOIN feria_entidad e ON e.unidad_id = p.unidad_id
    WHERE l.publica AND NOT l.retirada AND l.id DE_ESTOS
"""  # noqa: S608 (our own text)
_ITEMS = """
    SELECT l.id AS de, 1 AS lugar, NULL::int AS numero, NULL::varchar AS unspsc, l.familia,
        NULL::varchar AS descripcion, l.unidad_medida AS unidad, NULL::numeric(14, 4) AS contenido,
        NULL::varchar AS contenido_unidad, l.unidad_texto, l.cantidad,
        NULL::numeric(18, 4) AS precio_referencial, NULL::numeric(18, 4) AS precio_adjudicado,
        NULL::varchar AS proveedor, NULL::varchar AS proveedor_numero, ARRAY[]::varchar[] AS fallas
    FROM feria_plan_linea l
    WHERE l.publica AND NOT l.retirada AND num_nonnulls(l.familia, l.cantidad) > 0 AND l.id DE_ESTOS
"""
PLANES = Proyeccion(
    _PROCESOS,
    _ITEMS,
    clave="plan_linea_id",
    tipo="uuid",
    suyas="m.plan_linea_id IS NOT NULL",
    puede="true",
)
_LINEAS = text("SELECT id FROM feria_plan_linea WHERE plan_id = :plan AND publica ORDER BY id")
_SIN_LAS_QUE_SALIERON = text(
    "DELETE FROM feria_mercado_proceso WHERE plan_linea_id IN"
    " (SELECT id FROM feria_plan_linea WHERE plan_id = :plan AND (retirada OR NOT publica))"
)


def llevar_plan(sesion: Session, plan_id: UUID) -> None:
    """Write what a plan says now; what was taken out of it goes."""
    uno_por_plan(sesion, plan_id)
    conexion = sesion.connection()
    lineas = conexion.execute(_LINEAS, {"plan": plan_id}).scalars().all()
    PLANES.guardar(conexion, lineas)
    conexion.execute(_SIN_LAS_QUE_SALIERON, {"plan": plan_id})
