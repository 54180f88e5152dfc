"""Search of units."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Integer as Entero
from sqlalchemy import Subquery, cast, exists, func, literal, literal_column, or_, select, union_all
from sqlmodel import Session, col

from empresa_digital.registro.catalogos import TipoUnidad
from empresa_digital.registro.catalogos.modelos import Actividad
from empresa_digital.registro.identificadores import es_numero, leer_numero
from empresa_digital.registro.identificadores.modelos import Identificador
from empresa_digital.registro.unidades import PUBLICAS, EstadoUnidad, Unidad, unidades_en_lote
from empresa_digital.registro.unidades.modelos import ActividadSecundaria, IndiceBusqueda, UnidadEconomica
from nucleo.lectores import para_buscar
from nucleo.paginacion import PRIMERA_PAGINA, CursorPedido, paginar

CONSULTA_MAX = 120
LARGO_PARECIDO_MIN = 3
UMBRALES_DE_PARECIDO = (0.5, 0.35)
"""How much of what was typed must be found in a name (word similarity); the second one only when nothing
matches.
"""


# --- Search ---------------------------------------------------------------------------------------------


def buscar_unidades(
    sesion: Session,
    q: str = "",
    *,
    municipio: str | None = None,
    actividad: str | None = None,
    tipo: TipoUnidad | None = None,
    estados: Collection[EstadoUnidad] = PUBLICAS,
    pagina: CursorPedido = PRIMERA_PAGINA,
) -> tuple[list[Unidad], str | None]:
    """A page of units and the cursor of the next one, best match first, newest first without `q`.

    `q` is a name (accents, plurals and small mistakes forgiven), words of the activity or place, a unit
    number, or an identifier such as the NIT. `municipio` is an INE code of 2, 4 or 6 digits; `actividad` a
    CIIU section, division or class.
    """
    limpia = " ".join(para_buscar(q).split())[:CONSULTA_MAX]
    filtros = _filtros(estados, municipio, actividad, tipo)
    if not limpia:
        consulta: Any = select(col(IndiceBusqueda.unidad_id)).where(*filtros)
        columnas: tuple[Any, ...] = (col(IndiceBusqueda.unidad_id),)
        filas, siguiente = paginar(sesion, consulta, pagina, columnas=columnas, escalares=False)
        return _unidades_en_orden(sesion, [fila[0] for fila in filas]), siguiente
    # Likeness scores below any exact or word match: it is only looked for when those do not fill the page.
    filas, siguiente = _pagina_de(sesion, _candidatas(limpia, filtros), pagina)
    if siguiente is None and len(limpia) >= LARGO_PARECIDO_MIN:
        for umbral in UMBRALES_DE_PARECIDO:
            sesion.execute(select(func.set_config("pg_trgm.word_similarity_threshold", str(umbral), True)))
            filas, siguiente = _pagina_de(sesion, _candidatas(limpia, filtros, parecidas=True), pagina)
            if filas:
                break
    return _unidades_en_orden(sesion, filas), siguiente


def _pagina_de(sesion: Session, candidatas: Subquery, pagina: CursorPedido) -> tuple[list[UUID], str | None]:
    columnas = (candidatas.c.puntos, candidatas.c.unidad_id)
    filas, siguiente = paginar(sesion, select(*columnas), pagina, columnas=columnas, escalares=False)
    return [fila.unidad_id for fila in filas], siguiente


def _unidades_en_orden(sesion: Session, ids: list[UUID]) -> list[Unidad]:
    por_id = unidades_en_lote(sesion, ids)
    return [por_id[unidad_id] for unidad_id in ids]


def _candidatas(q: str, filtros: list[Any], *, parecidas: bool = False) -> Subquery:
    """(unidad_id, puntos) of what matches: exact codes, then words by rank, then (if asked) likeness of the
    name.
    """
    indice = col(IndiceBusqueda.unidad_id)
    # A subquery is worked out once; the bare function, for every row when the plan serves any words.
    palabras = select(func.websearch_to_tsquery(literal_column("'registro_es'"), q)).scalar_subquery()
    rango = cast(500 + 1000 * func.ts_rank(IndiceBusqueda.texto, palabras), Entero)
    partes: list[Any] = [
        select(indice.label("unidad_id"), rango.label("puntos")).where(
            col(IndiceBusqueda.texto).op("@@")(palabras), *filtros
        )
    ]
    codigo = q.upper().replace(" ", "")
    con_valor = select(col(Identificador.unidad_id)).where(
        col(Identificador.valor).in_(sorted({codigo, codigo.replace("-", "").replace(".", "")}))
    )
    partes.append(select(indice, literal(5000)).where(indice.in_(con_valor), *filtros))
    if es_numero(q):
        con_numero = select(col(UnidadEconomica.id)).where(col(UnidadEconomica.numero) == leer_numero(q))
        partes.append(select(indice, literal(9000)).where(indice.in_(con_numero), *filtros))
    if len(q) == 4 and q.isascii() and q.isdigit():
        con_clase = select(col(UnidadEconomica.id)).where(col(UnidadEconomica.actividad_ciiu) == q)
        partes.append(select(indice, literal(3000)).where(indice.in_(con_clase), *filtros))
    if parecidas:
        simple = func.nucleo_sin_acentos(q)
        semejanza = cast(400 * func.word_similarity(simple, IndiceBusqueda.nombre), Entero)
        partes.append(select(indice, semejanza).where(col(IndiceBusqueda.nombre).op("%>")(simple), *filtros))
    todas = union_all(*partes).subquery("todas")
    return (
        select(todas.c.unidad_id, func.max(todas.c.puntos).label("puntos"))
        .group_by(todas.c.unidad_id)
        .subquery("halladas")
    )


def _filtros(
    estados: Collection[EstadoUnidad],
    municipio: str | None,
    actividad: str | None,
    tipo: TipoUnidad | None,
) -> list[Any]:
    """SQL conditions on `IndiceBusqueda`."""
    filtros: list[Any] = [col(IndiceBusqueda.estado).in_(list(estados))]
    if municipio:
        filtros.append(col(IndiceBusqueda.municipio_ine).startswith(municipio, autoescape=True))
    if tipo is not None:
        filtros.append(col(IndiceBusqueda.tipo) == tipo)
    if actividad:
        clases = select(col(Actividad.codigo)).where(
            or_(
                col(Actividad.codigo).startswith(actividad, autoescape=True),
                col(Actividad.seccion) == actividad,
            )
        )
        filtros.append(
            or_(
                exists().where(
                    col(UnidadEconomica.id) == col(IndiceBusqueda.unidad_id),
                    col(UnidadEconomica.actividad_ciiu).in_(clases),
                ),
                exists().where(
                    col(ActividadSecundaria.unidad_id) == col(IndiceBusqueda.unidad_id),
                    col(ActividadSecundaria.actividad).in_(clases),
                ),
            )
        )
    return filtros


# --- Entries --------------------------------------------------------------------------------------------
