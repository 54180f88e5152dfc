"""Reads of the units: look-up, trays, counts."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import func
from sqlmodel import Session, col, select

from empresa_digital.registro.catalogos.modelos import Actividad
from empresa_digital.registro.identificadores import es_numero, leer_numero
from empresa_digital.registro.identificadores.modelos import Identificador
from empresa_digital.registro.unidades.errores import UnidadNoEncontrada
from empresa_digital.registro.unidades.estados import PENDIENTES
from empresa_digital.registro.unidades.modelos import ActividadSecundaria, UnidadEconomica
from empresa_digital.registro.unidades.tipos import EstadoUnidad
from empresa_digital.registro.unidades.valores import Unidad
from nucleo.paginacion import PRIMERA_PAGINA, CursorPedido, paginar


def unidad_por_id(sesion: Session, unidad_id: UUID) -> Unidad:
    """The unit in any state. Raises `UnidadNoEncontrada`."""
    fila = sesion.get(UnidadEconomica, unidad_id)
    if fila is None:
        raise UnidadNoEncontrada()
    sesion.info.setdefault("unidades", {})[unidad_id] = fila  # held, so that an act reads it once
    return fila.valor()


def unidades_en_lote(sesion: Session, ids: Iterable[UUID]) -> dict[UUID, Unidad]:
    """The units with these ids, in any state, in one query; in none when there are none."""
    pedidas = set(ids)
    filas = (
        sesion.exec(select(UnidadEconomica).where(col(UnidadEconomica.id).in_(pedidas))) if pedidas else ()
    )
    return {fila.id: fila.valor() for fila in filas}


def nombres_de_unidades(sesion: Session, ids: Iterable[UUID]) -> dict[UUID, str]:
    """`{id: what people call it}`, in one query."""
    return {id: unidad.nombre for id, unidad in unidades_en_lote(sesion, ids).items()}


def unidad_por_numero(sesion: Session, numero: str) -> Unidad:
    """The unit with this number, written in any tolerable way. Raises `UnidadNoEncontrada`."""
    if not es_numero(numero):
        raise UnidadNoEncontrada()
    consulta = select(UnidadEconomica).where(col(UnidadEconomica.numero) == leer_numero(numero))
    fila: UnidadEconomica | None = sesion.execute(consulta).scalar_one_or_none()
    if fila is None:
        raise UnidadNoEncontrada()
    return fila.valor()


def unidades_por_numero(sesion: Session, numeros: Iterable[str]) -> dict[str, Unidad]:
    """Of these numbers, each as it was written, the units that there are; in one statement."""
    leidos = {numero: leer_numero(numero) for numero in numeros if es_numero(numero)}
    if not leidos:
        return {}
    consulta = select(UnidadEconomica).where(col(UnidadEconomica.numero).in_(set(leidos.values())))
    halladas = {fila.numero: fila.valor() for fila in sesion.exec(consulta)}
    return {dicho: halladas[numero] for dicho, numero in leidos.items() if numero in halladas}


def es_publica(unidad: Unidad) -> bool:
    """Whether anybody may see it: registered now or once (a cancelled unit stays on record)."""
    return unidad.inscrita_en is not None


def actividades_de(sesion: Session, unidad_id: UUID) -> Sequence[Actividad]:
    """The secondary activities of a unit."""
    consulta = (
        select(Actividad)
        .join(ActividadSecundaria, col(ActividadSecundaria.actividad) == col(Actividad.codigo))
        .where(col(ActividadSecundaria.unidad_id) == unidad_id)
    )
    return sesion.execute(consulta.order_by(col(Actividad.codigo))).scalars().all()


def bandeja(
    sesion: Session, estados: Collection[EstadoUnidad] = PENDIENTES, pagina: CursorPedido = PRIMERA_PAGINA
) -> tuple[list[Unidad], str | None]:
    """The regulator's tray: units in these states, those that wait longest first."""
    consulta = select(UnidadEconomica).where(col(UnidadEconomica.estado).in_(list(estados)))
    columnas = (col(UnidadEconomica.actualizado_en), col(UnidadEconomica.id))
    filas, siguiente = paginar(sesion, consulta, pagina, columnas=columnas, desc=False)
    return [fila.valor() for fila in filas], siguiente


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


def unidad_con_identificador(sesion: Session, esquema: str, valor: str) -> Unidad | None:
    """The live unit that holds an identifier."""
    consulta = (
        select(UnidadEconomica)
        .join(Identificador)
        .where(
            col(Identificador.esquema) == esquema, col(Identificador.valor) == valor, col(Identificador.vivo)
        )
    )
    fila = sesion.exec(consulta).one_or_none()
    return None if fila is None else fila.valor()
