"""The history in the market: what is in force of each process, and of each of its items."""

from typing import cast

from sqlalchemy import text
from sqlmodel import Session, col, select

from feria_inversa.importar import VIGENTES, EstadoArchivo
from feria_inversa.importar.modelos import Archivo
from feria_inversa.panorama.bloqueos import historia_si_libre
from feria_inversa.panorama.guardar import Proyeccion
from feria_inversa.panorama.modelos import ArchivoEnElMercado

LOTE = 2_000
"""Lines of a file that are brought at once."""

_PROCESOS = f"""
    SELECT v.cuce AS de, NULL::uuid AS convocatoria_id, NULL::smallint AS secuencia,
        NULL::uuid AS plan_linea_id, v.archivo_id, v.linea, v.cuce, v.gestion, v.entidad_codigo, v.entidad,
        NULL::uuid AS unidad_id, v.objeto, v.categoria, v.modalidad, v.normativa, e.etapa, v.estado,
        v.subasta,
        v.publicado, v.presentacion,
        CASE WHEN e.etapa = 'convocado'
            THEN (v.presentacion + 1)::timestamp AT TIME ZONE 'America/La_Paz' END AS cierra_en,
        v.decidido, NULL::date AS previsto, v.departamento, NULL::text AS municipio_ine, v.total_referencial,
        v.total_adjudicado, NULL::int AS proponentes, NULL::int AS dias_al_pago, v.fallas, v.visto_en
    FROM ({VIGENTES}) v
    CROSS JOIN LATERAL (SELECT CASE
        WHEN v.estado IN ('Vigente', 'Suspendido') THEN 'convocado'
        WHEN v.estado = 'En curso' THEN 'en_curso'
        WHEN v.estado IN ('Adjudicado', 'Contratado', 'Desierto Parcial') THEN 'adjudicado'
        WHEN v.estado = 'Desierto' THEN 'desierto'
        WHEN v.estado LIKE 'Anulado%' OR v.estado LIKE 'Cancelado%' THEN 'sin_efecto'
        ELSE 'no_consta' END AS etapa) e
    WHERE v.cuce DE_ESTOS
"""  # noqa: S608 (our own text)
# Of several lines that tell of an item, what the last one says, by the rule of `VIGENTES`.
_ITEMS = """
    SELECT cuce AS de, row_number() OVER (PARTITION BY cuce ORDER BY numero, archivo_id, linea)::int AS lugar,
        numero, unspsc, left(unspsc, 4) AS familia, descripcion, unidad, contenido, contenido_unidad,
        unidad_texto, cantidad, precio_referencial, precio_adjudicado, proveedor,
        NULL::varchar AS proveedor_numero, fallas
    FROM (
        SELECT DISTINCT ON (i.cuce, i.numero, suelto) i.*
        FROM feria_historia_item i
        CROSS JOIN LATERAL (SELECT CASE WHEN i.numero IS NULL THEN i.huella END AS suelto) s
        CROSS JOIN LATERAL (
            SELECT i.archivo_id AS en, i.linea AS renglon
            UNION ALL
            SELECT l.archivo_id, l.linea FROM feria_historia_linea l
            WHERE l.que = 'repetido' AND l.otro_archivo_id = i.archivo_id AND l.otra_linea = i.linea
        ) d
        JOIN feria_historia_archivo a ON a.id = d.en
        WHERE i.cuce DE_ESTOS
        ORDER BY i.cuce, i.numero, suelto, a.visto_en DESC, d.en DESC, d.renglon DESC
    ) vigentes
"""
HISTORIA = Proyeccion(
    _PROCESOS,
    _ITEMS,
    clave="cuce",
    tipo="varchar",
    suyas="m.archivo_id IS NOT NULL",
    puede="m.convocatoria_id IS NULL",
)
"""A process that is here too is what it is here."""

_DE_SUS_LINEAS = (
    "SELECT linea, cuce FROM {} WHERE archivo_id = :archivo AND linea > :desde {} ORDER BY linea LIMIT :n"
)
_LINEAS = text(
    " UNION ALL ".join(
        f"({_DE_SUS_LINEAS.format(tabla, ademas)})"
        for tabla, ademas in (
            ("feria_historia_proceso", ""),
            ("feria_historia_item", ""),
            ("feria_historia_linea", "AND que = 'repetido'"),
        )
    )
    + " ORDER BY linea LIMIT :n"
)


def por_llevar(sesion: Session) -> list[int]:
    """The files of which something may be to bring, in the order in which they came."""
    llevado = select(ArchivoEnElMercado.archivo_id).where(col(ArchivoEnElMercado.terminado))
    faltan = select(Archivo.id).where(col(Archivo.id).not_in(llevado)).order_by(col(Archivo.id))
    return [cast(int, id_) for id_ in sesion.exec(faltan)]


def llevar_lote(sesion: Session, archivo_id: int) -> bool:
    """Bring what the next lines of a file tell of; False when there are no more now, or another does it."""
    if not historia_si_libre(sesion):
        return False
    llevado = sesion.get(ArchivoEnElMercado, archivo_id) or ArchivoEnElMercado(archivo_id=archivo_id)
    termino = sesion.get_one(Archivo, archivo_id).estado != EstadoArchivo.EN_MARCHA  # before its lines
    que = {"archivo": archivo_id, "desde": llevado.hasta_linea, "n": LOTE}
    lineas = sesion.connection().execute(_LINEAS, que).all()
    if lineas:
        HISTORIA.guardar(sesion.connection(), {cuce for _linea, cuce in lineas})
        llevado.hasta_linea = lineas[-1].linea
    llevado.terminado = termino and len(lineas) < LOTE
    sesion.add(llevado)
    return len(lineas) == LOTE
