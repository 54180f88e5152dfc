"""Reads of the fair. Nothing here shows a price before the opening: those come only from `sobres.py`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import ColumnElement, Select, func, or_
from sqlmodel import Session, col, select

from empresa_digital.registro import (
    CON_LO_SUYO,
    Facultad,
    Unidad,
    tiene_facultad,
    unidades_de,
    unidades_en_lote,
)
from feria_inversa.errores import ConvocatoriaNoEncontrada, OfertaNoEncontrada, OrdenNoEncontrada
from feria_inversa.estados import PUBLICOS, Estado, EstadoOferta
from feria_inversa.modelos import (
    Adjudicacion,
    Convocatoria,
    Item,
    Modalidad,
    Oferta,
    OfertaLinea,
    OrdenDeCompra,
    tabla_convocatoria,
)
from feria_inversa.montos import sumar
from feria_inversa.sobres import lineas_abiertas
from nucleo.actor import Actor
from nucleo.paginacion import CursorPedido, paginar

PRIMERA = CursorPedido(None, 20)


def items_de(sesion: Session, convocatoria_id: UUID) -> list[Item]:
    consulta = select(Item).where(Item.convocatoria_id == convocatoria_id).order_by(col(Item.numero))
    return list(sesion.exec(consulta))


def puede_gestionar(sesion: Session, actor: Actor | None, unidad_id: UUID) -> bool:
    """Whether the actor works for the entity on its calls: it sees drafts and the panel, also while the
    entity may begin nothing.
    """
    return actor is not None and any(
        tiene_facultad(sesion, actor, unidad_id, facultad, estados=CON_LO_SUYO)
        for facultad in (Facultad.COMPRAR, Facultad.EVALUAR)
    )


def convocatoria_visible(sesion: Session, actor: Actor | None, convocatoria_id: UUID) -> Convocatoria:
    """A call that this visitor may see: any published one, or a draft of an entity they work for."""
    convocatoria = sesion.get(Convocatoria, convocatoria_id)
    if convocatoria is None or (
        convocatoria.estado not in PUBLICOS and not puede_gestionar(sesion, actor, convocatoria.unidad_id)
    ):
        raise ConvocatoriaNoEncontrada
    return convocatoria


@dataclass(frozen=True, slots=True)
class Filtro:
    """What a visitor looks for. `situacion`: `abiertas` (still taking bids), `cerradas` or `todas`."""

    q: str = ""
    departamento: str | None = None
    modalidad: str | None = None
    categoria: str | None = None
    cierra_en_dias: int | None = None
    situacion: str = "abiertas"


def _condiciones(filtro: Filtro) -> Iterable[ColumnElement[bool]]:
    yield col(Convocatoria.estado).in_(sorted(PUBLICOS))
    abierta = (col(Convocatoria.estado) == Estado.PUBLICADO) & (
        col(Convocatoria.vence_en) > func.nucleo_ahora()
    )
    if filtro.situacion == "abiertas":
        yield abierta
    elif filtro.situacion == "cerradas":
        yield ~abierta
    if texto := filtro.q.replace("\x00", " ").strip()[:200]:
        coincide = tabla_convocatoria.c.busqueda.op("@@")(func.websearch_to_tsquery("feria_es", texto))
        yield or_(coincide, col(Convocatoria.cuce).startswith(texto, autoescape=True))
    if filtro.departamento:
        yield col(Convocatoria.municipio_ine).startswith(filtro.departamento, autoescape=True)
    if filtro.modalidad:
        yield col(Modalidad.codigo) == filtro.modalidad
    if filtro.categoria:
        yield col(Convocatoria.categoria) == filtro.categoria
    if filtro.cierra_en_dias is not None:
        yield col(Convocatoria.vence_en) <= func.nucleo_ahora() + timedelta(days=filtro.cierra_en_dias)


def buscar(
    sesion: Session, filtro: Filtro, pagina: CursorPedido = PRIMERA
) -> tuple[list[Convocatoria], str | None]:
    """A page of published calls: the open ones by what closes first, the rest newest first."""
    consulta: Select[Any] = (
        select(Convocatoria)
        .outerjoin(Modalidad, col(Modalidad.id) == Convocatoria.modalidad_id)
        .where(*_condiciones(filtro))
    )
    abiertas = filtro.situacion == "abiertas"
    columnas = (Convocatoria.vence_en if abiertas else Convocatoria.publicado_en, Convocatoria.id)
    return paginar(sesion, consulta, pagina, columnas=columnas, desc=not abiertas)


def buscar_convocatorias(sesion: Session, q: str = "", limite: int = 20) -> list[Convocatoria]:
    """Open needs that match a text, what closes first on top. For other rooms' pages."""
    return buscar(sesion, Filtro(q=q), CursorPedido(None, limite))[0]


def abiertas_entre(sesion: Session, ids: Sequence[UUID]) -> list[Convocatoria]:
    """Those of some calls that take bids now."""
    return list(
        sesion.exec(select(Convocatoria).where(col(Convocatoria.id).in_(ids), *_condiciones(Filtro())))
    )


def contar_abiertas(sesion: Session, hasta: int) -> int:
    """How many needs take bids now; counting stops at `hasta`."""
    abiertas = select(Convocatoria.id).where(*_condiciones(Filtro())).limit(hasta).subquery()
    return sesion.exec(select(func.count()).select_from(abiertas)).one()


def de_la_entidad(
    sesion: Session, unidad_ids: Sequence[UUID], estados: Iterable[Estado], limite: int = 100
) -> list[Convocatoria]:
    """An entity's calls in some states, newest first, for its panel."""
    consulta = (
        select(Convocatoria)
        .where(col(Convocatoria.unidad_id).in_(unidad_ids), col(Convocatoria.estado).in_(sorted(estados)))
        .order_by(col(Convocatoria.creado_en).desc(), col(Convocatoria.id).desc())
        .limit(limite)
    )
    return list(sesion.exec(consulta))


def modalidades_por_id(sesion: Session, convocatorias: Iterable[Convocatoria]) -> dict[UUID, Modalidad]:
    ids = {c.modalidad_id for c in convocatorias if c.modalidad_id is not None}
    return {m.id: m for m in sesion.exec(select(Modalidad).where(col(Modalidad.id).in_(ids)))}


def adjudicaciones_de(sesion: Session, convocatoria_id: UUID) -> dict[UUID, Adjudicacion]:
    """The decision on each item, by item; empty before the award."""
    consulta = select(Adjudicacion).where(Adjudicacion.convocatoria_id == convocatoria_id)
    return {fila.item_id: fila for fila in sesion.exec(consulta)}


@dataclass(frozen=True, slots=True)
class LineaComparada:
    linea: OfertaLinea
    oferta: Oferta
    proveedor: Unidad
    es_menor: bool
    supera_referencia: bool
    gana: bool


@dataclass(frozen=True, slots=True)
class ItemComparado:
    item: Item
    lineas: list[LineaComparada]
    adjudicacion: Adjudicacion | None


@dataclass(frozen=True, slots=True)
class OfertaConLineas:
    oferta: Oferta
    proveedor: Unidad
    lineas: list[OfertaLinea]
    total: Money


def ofertas_abiertas(sesion: Session, convocatoria: Convocatoria) -> list[OfertaConLineas]:
    """The bids of an opened call with their lines, in the order they came. Raises `SobresCerrados`."""
    lineas = lineas_abiertas(sesion, convocatoria)
    consulta = (
        select(Oferta)
        .where(Oferta.convocatoria_id == convocatoria.id, Oferta.estado == EstadoOferta.VIGENTE)
        .order_by(col(Oferta.presentada_en), col(Oferta.id))
    )
    ofertas = list(sesion.exec(consulta))
    unidades = unidades_en_lote(sesion, [oferta.unidad_id for oferta in ofertas])
    salida = []
    for oferta in ofertas:
        propias = [linea for linea in lineas if linea.oferta_id == oferta.id]
        salida.append(
            OfertaConLineas(
                oferta, unidades[oferta.unidad_id], propias, sumar(linea.total for linea in propias)
            )
        )
    return salida


def comparar(sesion: Session, convocatoria: Convocatoria) -> list[ItemComparado]:
    """Item by item, the lines of every bid, cheapest first. Raises `SobresCerrados` before the opening."""
    lineas = lineas_abiertas(sesion, convocatoria)
    ofertas = {abierta.oferta.id: abierta for abierta in ofertas_abiertas(sesion, convocatoria)}
    decididas = adjudicaciones_de(sesion, convocatoria.id)
    comparados = []
    for item in items_de(sesion, convocatoria.id):
        suyas = [linea for linea in lineas if linea.item_id == item.id]
        menor = min((linea.total for linea in suyas), default=None)
        decision = decididas.get(item.id)
        comparados.append(
            ItemComparado(
                item,
                [
                    LineaComparada(
                        linea,
                        ofertas[linea.oferta_id].oferta,
                        ofertas[linea.oferta_id].proveedor,
                        es_menor=linea.total == menor,
                        supera_referencia=linea.total > item.total_referencial,
                        gana=decision is not None and decision.oferta_linea_id == linea.id,
                    )
                    for linea in suyas
                ],
                decision,
            )
        )
    return comparados


def mis_ofertas(sesion: Session, actor: Actor, limite: int = 200) -> list[tuple[Oferta, Convocatoria]]:
    """Current and withdrawn bids of the units the actor may bid for, newest first."""
    unidades = [u.id for u in unidades_de(sesion, actor, Facultad.OFERTAR, estados=CON_LO_SUYO)]
    consulta = (
        select(Oferta, Convocatoria)
        .join(Convocatoria, col(Convocatoria.id) == Oferta.convocatoria_id)
        .where(col(Oferta.unidad_id).in_(unidades), Oferta.estado != EstadoOferta.REEMPLAZADA)
        .order_by(col(Oferta.presentada_en).desc(), col(Oferta.id).desc())
        .limit(limite)
    )
    return list(sesion.exec(consulta).all())


def oferta_propia(sesion: Session, actor: Actor, convocatoria_id: UUID, oferta_id: UUID) -> Oferta:
    """A bid for whoever may bid for its unit; to anybody else it does not exist."""
    oferta = sesion.get(Oferta, oferta_id)
    if (
        oferta is None
        or oferta.convocatoria_id != convocatoria_id
        or not tiene_facultad(sesion, actor, oferta.unidad_id, Facultad.OFERTAR, estados=CON_LO_SUYO)
    ):
        raise OfertaNoEncontrada
    return oferta


@dataclass(frozen=True, slots=True)
class LineaDeOrden:
    item: Item
    linea: OfertaLinea


def orden_por_id(sesion: Session, orden_id: UUID) -> OrdenDeCompra:
    """A purchase order; public, like every award."""
    orden = sesion.get(OrdenDeCompra, orden_id)
    if orden is None:
        raise OrdenNoEncontrada
    return orden


def ordenes_de(sesion: Session, convocatoria_id: UUID) -> list[OrdenDeCompra]:
    consulta = (
        select(OrdenDeCompra)
        .where(OrdenDeCompra.convocatoria_id == convocatoria_id)
        .order_by(col(OrdenDeCompra.numero))
    )
    return list(sesion.exec(consulta))


def lineas_de_orden(sesion: Session, orden: OrdenDeCompra) -> list[LineaDeOrden]:
    """What the order is for: the items its supplier won, at the prices it bid."""
    consulta = (
        select(Item, OfertaLinea)
        .join(Adjudicacion, col(Adjudicacion.item_id) == Item.id)
        .join(OfertaLinea, col(OfertaLinea.id) == Adjudicacion.oferta_linea_id)
        .where(
            Adjudicacion.convocatoria_id == orden.convocatoria_id,
            Adjudicacion.proveedor_id == orden.proveedor_id,
        )
        .order_by(col(Item.numero))
    )
    return [LineaDeOrden(item, linea) for item, linea in sesion.exec(consulta)]
