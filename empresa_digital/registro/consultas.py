"""Reads of the registry: look-up, search, trays, history, and the feed of changes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Integer as Entero
from sqlalchemy import Subquery, cast, exists, func, literal, literal_column, or_, select, union_all
from sqlmodel import Session, col

from empresa_digital.registro.errores import UnidadNoEncontrada
from empresa_digital.registro.escritura import sin_nulos
from empresa_digital.registro.estados import PENDIENTES, PUBLICAS
from empresa_digital.registro.modelos import (
    Actividad,
    ActividadSecundaria,
    Asiento,
    Cambio,
    Identificador,
    IndiceBusqueda,
    UnidadEconomica,
)
from empresa_digital.registro.numeros import es_numero, leer_numero
from empresa_digital.registro.tipos import EstadoUnidad, Operacion, TipoUnidad
from nucleo.paginacion import CursorPedido, paginar

PRIMERA_PAGINA = CursorPedido(cursor=None, limite=20)
CONSULTA_MAX = 120
LARGO_PARECIDO_MIN = 3
UMBRALES_DE_PARECIDO = (0.5, 0.35)
"""How much of what was typed must be found in a name (word similarity); the second one only when nothing
matches.
"""


def unidad_por_id(sesion: Session, unidad_id: UUID) -> UnidadEconomica:
    """The unit in any state. Raises `UnidadNoEncontrada`."""
    unidad = sesion.get(UnidadEconomica, unidad_id)
    if unidad is None:
        raise UnidadNoEncontrada()
    return unidad


def unidades_en_lote(sesion: Session, ids: Iterable[UUID]) -> dict[UUID, UnidadEconomica]:
    """The units with these ids, in any state, in one query."""
    consulta = select(UnidadEconomica).where(col(UnidadEconomica.id).in_(set(ids)))
    return {unidad.id: unidad for unidad in sesion.execute(consulta).scalars()}


def unidad_por_numero(sesion: Session, numero: str) -> UnidadEconomica:
    """The unit with this number, written in any tolerable way. Raises `UnidadNoEncontrada`."""
    if not es_numero(numero):
        raise UnidadNoEncontrada()
    consulta = select(UnidadEconomica).where(col(UnidadEconomica.numero) == leer_numero(numero))
    unidad: UnidadEconomica | None = sesion.execute(consulta).scalar_one_or_none()
    if unidad is None:
        raise UnidadNoEncontrada()
    return unidad


def es_publica(unidad: UnidadEconomica) -> bool:
    """Whether anybody may see it: registered now or once (a cancelled unit stays on record)."""
    return unidad.inscrita_en is not None


def identificadores_de(sesion: Session, unidad_id: UUID) -> dict[str, str]:
    consulta = select(Identificador).where(col(Identificador.unidad_id) == unidad_id)
    filas = sesion.execute(consulta.order_by(col(Identificador.esquema))).scalars()
    return {fila.esquema: fila.valor for fila in filas}


def actividades_de(sesion: Session, unidad_id: UUID) -> Sequence[Actividad]:
    """The secondary activities of a unit."""
    consulta = (
        select(Actividad)
        .join(ActividadSecundaria, col(ActividadSecundaria.actividad) == col(Actividad.codigo))
        .where(col(ActividadSecundaria.unidad_id) == unidad_id)
    )
    return sesion.execute(consulta.order_by(col(Actividad.codigo))).scalars().all()


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
) -> tuple[list[UnidadEconomica], str | None]:
    """A page of units and the cursor of the next one, best match first, newest first without `q`.

    `q` is a name (accents, plurals and small mistakes forgiven), words of the activity or place, a unit
    number, or an identifier such as the NIT. `municipio` is an INE code of 2, 4 or 6 digits; `actividad` a
    CIIU section, division or class.
    """
    limpia = " ".join(sin_nulos(q).split())[:CONSULTA_MAX]
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


def _unidades_en_orden(sesion: Session, ids: list[UUID]) -> list[UnidadEconomica]:
    consulta = select(UnidadEconomica).where(col(UnidadEconomica.id).in_(ids))
    por_id = {unidad.id: unidad for unidad in sesion.execute(consulta).scalars()}
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


def bandeja(
    sesion: Session, estados: Collection[EstadoUnidad] = PENDIENTES, pagina: CursorPedido = PRIMERA_PAGINA
) -> tuple[list[UnidadEconomica], str | None]:
    """The regulator's tray: units in these states, those that wait longest first."""
    consulta = select(UnidadEconomica).where(col(UnidadEconomica.estado).in_(list(estados)))
    columnas = (col(UnidadEconomica.actualizado_en), col(UnidadEconomica.id))
    return paginar(sesion, consulta, pagina, columnas=columnas, desc=False)


def contar_inscritas(sesion: Session, hasta: int) -> int:
    """How many units are registered; counting stops at `hasta`, so that it costs the same for ever."""
    inscritas = (
        select(col(UnidadEconomica.id))
        .where(col(UnidadEconomica.estado) == EstadoUnidad.INSCRITA)
        .limit(hasta)
        .subquery()
    )
    cuantas: int = sesion.execute(select(func.count()).select_from(inscritas)).scalar_one()
    return cuantas


def contar_por_estado(sesion: Session) -> dict[EstadoUnidad, int]:
    """How many units are in each state."""
    filas = sesion.execute(
        select(col(UnidadEconomica.estado), func.count()).group_by(col(UnidadEconomica.estado))
    )
    return {EstadoUnidad(estado): total for estado, total in filas}


# --- Entries --------------------------------------------------------------------------------------------

_OPERACIONES_PUBLICAS = frozenset(
    {
        Operacion.EDITAR,
        Operacion.INSCRIBIR,
        Operacion.SUSPENDER,
        Operacion.REHABILITAR,
        Operacion.CANCELAR,
        Operacion.OTORGAR_HABILITACION,
        Operacion.SUSPENDER_HABILITACION,
    }
)


@dataclass(frozen=True, slots=True)
class CambioPublico:
    """An entry as anybody may read it. `datos` is None when its content is reserved (drafts, people's
    mandates).
    """

    numero: int
    unidad: str
    secuencia: int
    operacion: Operacion
    instante: datetime
    datos: dict[str, Any] | None
    huella: str
    huella_anterior: str | None


def cambios(sesion: Session, desde: int = 0, limite: int = 100) -> list[CambioPublico]:
    """The entries after number `desde`, in order and without gaps.

    Numbers are given while a transaction commits, so nothing ever appears behind a number already read.
    """
    consulta = (
        select(col(Cambio.numero), Asiento, col(UnidadEconomica.numero), col(UnidadEconomica.inscrita_en))
        .join(Asiento, col(Asiento.id) == col(Cambio.asiento_id))
        .join(UnidadEconomica, col(UnidadEconomica.id) == col(Asiento.unidad_id))
        .where(col(Cambio.numero) > desde)
        .order_by(col(Cambio.numero))
        .limit(limite)
    )
    return [
        CambioPublico(
            numero=numero,
            unidad=unidad,
            secuencia=asiento.secuencia,
            operacion=asiento.operacion,
            instante=asiento.instante,
            datos=asiento.datos if _es_publico(asiento, inscrita_en) else None,
            huella=asiento.huella,
            huella_anterior=asiento.huella_anterior,
        )
        for numero, asiento, unidad, inscrita_en in sesion.execute(consulta)
    ]


def _es_publico(asiento: Asiento, inscrita_en: datetime | None) -> bool:
    """Content is public from the registration on; that entry carries every fact known until then."""
    if inscrita_en is None or asiento.instante < inscrita_en:
        return False
    return asiento.operacion in _OPERACIONES_PUBLICAS


def asientos_de(
    sesion: Session, unidad_id: UUID, pagina: CursorPedido = PRIMERA_PAGINA
) -> tuple[list[Asiento], str | None]:
    """The entries of a unit, newest first."""
    consulta = select(Asiento).where(col(Asiento.unidad_id) == unidad_id)
    return paginar(sesion, consulta, pagina, columnas=(col(Asiento.secuencia),))
