"""The processes of here in the market: what their releases say together, which is what is public."""

from uuid import UUID

from sqlmodel import Session

from feria_inversa.datos_abiertos import poner_al_dia
from feria_inversa.panorama.guardar import Proyeccion
from feria_inversa.procesos import compartir
from feria_inversa.procesos.modelos import Convocatoria

# As SICOES writes them, so that those of here and those of the history are counted together.
NORMAS = {
    "NB-SABS": "NB-SABS (D.S.0181)",
    "DS-4505": "Compro Hecho en Bolivia (D.S.4505)",
    "DS-2511": "D.S. 2511 Programa Bolivia Cambia",
    "DS-26688": "D.S. 26688",
    "DS-2439": "D.S. 2439 FPS",
    "FINANCIADOR": "Normativa del Financiador",
    "BID": "Normativa del Financiador (BID)",
    "BM": "Normativa del Financiador (BM)",
    "OTRA": "Otra Normativa especifica nacional",
}
COMO_SICOES = (
    "CASE m.norma "
    + " ".join(f"WHEN '{codigo}' THEN '{nombre}'" for codigo, nombre in NORMAS.items())
    + " END"
)
"""SQL of the norm of a modality `m`."""
_EN_CENTAVOS = "round((({})::numeric) * 100)::bigint"
_EN_BOLIVIA = "(({})::timestamptz AT TIME ZONE 'America/La_Paz')::date"

# What its entity fixed when it was published is read of its row; the rest, of what was told.
_PROCESOS = f"""
    SELECT v.cuce AS de, v.id AS convocatoria_id, k.secuencia, NULL::uuid AS plan_linea_id,
        NULL::int AS archivo_id, NULL::int AS linea, v.cuce, 2000 + left(v.cuce, 2)::smallint AS gestion,
        split_part(v.cuce, '-', 2) AS entidad_codigo, left(d -> 'buyer' ->> 'name', 300) AS entidad,
        v.unidad_id, left(t ->> 'title', 4000) AS objeto, v.categoria, v.reglas ->> 'codigo' AS modalidad,
        {COMO_SICOES} AS normativa,
        CASE t ->> 'status' WHEN 'cancelled' THEN 'sin_efecto' WHEN 'complete' THEN 'adjudicado'
            WHEN 'unsuccessful' THEN 'desierto'
            ELSE CASE WHEN t ? 'numberOfTenderers' THEN 'en_curso' ELSE 'convocado' END END AS etapa,
        t ->> 'status' AS estado, v.subasta, {_EN_BOLIVIA.format("v.publicado_en")} AS publicado,
        {_EN_BOLIVIA.format("t -> 'tenderPeriod' ->> 'endDate'")} AS presentacion,
        CASE WHEN t ->> 'status' = 'active' AND NOT t ? 'numberOfTenderers'
            THEN (t -> 'tenderPeriod' ->> 'endDate')::timestamptz END AS cierra_en,
        {_EN_BOLIVIA.format("a.decidido")} AS decidido, NULL::date AS previsto,
        nullif(left(v.municipio_ine, 2), '') AS departamento, nullif(v.municipio_ine, '') AS municipio_ine,
        {_EN_CENTAVOS.format("t -> 'value' ->> 'amount'")} AS total_referencial,
        {_EN_CENTAVOS.format("a.total")} AS total_adjudicado,
        (t ->> 'numberOfTenderers')::int AS proponentes, p.dias AS dias_al_pago,
        ARRAY[]::varchar[] AS fallas, {_EN_BOLIVIA.format("d ->> 'date'")} AS visto_en
    FROM feria_ocds_compilado k
    JOIN feria_convocatoria v ON v.id = k.convocatoria_id
    JOIN feria_modalidad m ON m.id = v.modalidad_id
    CROSS JOIN LATERAL (SELECT k.contenido::jsonb AS d) dicho
    CROSS JOIN LATERAL (SELECT d -> 'tender' AS t) licitacion
    CROSS JOIN LATERAL (
        SELECT sum((x -> 'value' ->> 'amount')::numeric) FILTER (WHERE x ->> 'status' = 'active') AS total,
            max((x ->> 'date')::timestamptz) FILTER (WHERE x ->> 'status' <> 'cancelled') AS decidido
        FROM jsonb_array_elements(d -> 'awards') x
    ) a
    CROSS JOIN LATERAL (
        SELECT max(greatest({_EN_BOLIVIA.format("pagado")} - {_EN_BOLIVIA.format("recibido")}, 0)) AS dias
        FROM jsonb_array_elements(d -> 'contracts') c
        CROSS JOIN LATERAL (SELECT max((y ->> 'date')::timestamptz) AS pagado
            FROM jsonb_array_elements(c -> 'implementation' -> 'transactions') y) y
        CROSS JOIN LATERAL (SELECT max((h ->> 'dateMet')::timestamptz) AS recibido
            FROM jsonb_array_elements(c -> 'implementation' -> 'milestones') h) h
        WHERE c ->> 'status' = 'terminated'
    ) p
    WHERE v.cuce DE_ESTOS
"""  # noqa: S608 (our own text)
_ITEMS = """
    WITH dichos AS (
        SELECT v.id AS convocatoria_id, v.cuce, k.contenido::jsonb AS d
        FROM feria_ocds_compilado k JOIN feria_convocatoria v ON v.id = k.convocatoria_id
        WHERE v.cuce DE_ESTOS
    ), partes AS (
        SELECT DISTINCT ON (cuce, id) cuce, x ->> 'id' AS id, n ->> 'id' AS numero
        FROM dichos, jsonb_array_elements(d -> 'parties') x,
            jsonb_array_elements(coalesce(x -> 'additionalIdentifiers', '[]') || (x -> 'identifier')) n
        WHERE n ->> 'scheme' = 'BO-QHATU' ORDER BY cuce, id
    ), ganados AS (
        SELECT DISTINCT ON (cuce, numero) cuce, y ->> 'id' AS numero,
            (y -> 'unit' -> 'value' ->> 'amount')::numeric AS precio,
            x -> 'suppliers' -> 0 ->> 'name' AS proveedor, x -> 'suppliers' -> 0 ->> 'id' AS parte
        FROM dichos, jsonb_array_elements(d -> 'awards') x, jsonb_array_elements(x -> 'items') y
        WHERE x ->> 'status' = 'active' ORDER BY cuce, numero
    )
    SELECT q.cuce AS de, row_number() OVER (PARTITION BY q.cuce ORDER BY i.numero)::int AS lugar,
        i.numero::int AS numero, z -> 'classification' ->> 'id' AS unspsc,
        left(z -> 'classification' ->> 'id', 4) AS familia, left(z ->> 'description', 4000) AS descripcion,
        i.unidad_medida AS unidad, NULL::numeric(14, 4) AS contenido, NULL::varchar AS contenido_unidad,
        left(z -> 'unit' ->> 'name', 100) AS unidad_texto, (z ->> 'quantity')::numeric(14, 4) AS cantidad,
        (z -> 'unit' -> 'value' ->> 'amount')::numeric(18, 4) AS precio_referencial,
        g.precio::numeric(18, 4) AS precio_adjudicado, left(g.proveedor, 300) AS proveedor,
        r.numero AS proveedor_numero, ARRAY[]::varchar[] AS fallas
    FROM dichos q CROSS JOIN LATERAL jsonb_array_elements(q.d -> 'tender' -> 'items') z
    JOIN feria_item i ON i.convocatoria_id = q.convocatoria_id AND i.numero = (z ->> 'id')::int
    LEFT JOIN ganados g ON g.cuce = q.cuce AND g.numero = z ->> 'id'
    LEFT JOIN partes r ON r.cuce = q.cuce AND r.id = g.parte
"""
DE_AQUI = Proyeccion(
    _PROCESOS,
    _ITEMS,
    clave="cuce",
    tipo="varchar",
    suyas="m.convocatoria_id IS NOT NULL",
    puede="coalesce(m.secuencia, 0) <= excluded.secuencia",
)


def llevar_proceso(sesion: Session, convocatoria_id: UUID) -> None:
    """Write what is told of a process, once what was done in it is told. Bids may come in meanwhile."""
    compartir(sesion, convocatoria_id)
    poner_al_dia(sesion, convocatoria_id)
    proceso = sesion.get_one(Convocatoria, convocatoria_id)
    DE_AQUI.guardar(sesion.connection(), [proceso.cuce])
