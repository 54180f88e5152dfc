"""Reads of the comparison and of the decisions."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from empresa_digital.registro import Unidad
from feria_inversa.entidades import habilitados
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.ofertas import lineas_abiertas, ofertas_abiertas
from feria_inversa.ofertas.modelos import Oferta, OfertaLinea
from feria_inversa.procesos import POR_DECIDIR, items_de
from feria_inversa.procesos.modelos import Convocatoria, Item


def adjudicaciones_de(sesion: Session, convocatoria_id: UUID) -> dict[UUID, Adjudicacion]:
    """The decision in force on each item, by item; empty before the award."""
    consulta = select(Adjudicacion).where(Adjudicacion.convocatoria_id == convocatoria_id, en_vigor())
    return {fila.item_id: fila for fila in sesion.exec(consulta)}


def en_vigor() -> ColumnElement[bool]:
    """That no later decision replaces it."""
    posterior = aliased(Adjudicacion)
    return ~exists().where(col(posterior.reemplaza_a) == col(Adjudicacion.id))


def adjudicadas_alguna_vez(sesion: Session, convocatoria_id: UUID) -> list[tuple[Adjudicacion, OfertaLinea]]:
    """Every award there was, in the order in which they were decided and, of one act, of their items."""
    consulta = (
        select(Adjudicacion, OfertaLinea)
        .join(OfertaLinea, col(OfertaLinea.id) == Adjudicacion.oferta_linea_id)
        .join(Item, col(Item.id) == Adjudicacion.item_id)
        .where(Adjudicacion.convocatoria_id == convocatoria_id)
        .order_by(col(Adjudicacion.decidida_en), col(Item.numero))
    )
    return list(sesion.exec(consulta).all())


def lineas_caidas(sesion: Session, convocatoria_id: UUID) -> set[UUID]:
    """The lines of bids whose award fell: they do not win again."""
    consulta = select(col(Adjudicacion.oferta_linea_id)).where(
        Adjudicacion.convocatoria_id == convocatoria_id,
        col(Adjudicacion.oferta_linea_id).is_not(None),
        ~en_vigor(),
    )
    return {linea_id for linea_id in sesion.exec(consulta) if linea_id is not None}


@dataclass(frozen=True, slots=True)
class LineaComparada:
    linea: OfertaLinea
    oferta: Oferta
    proveedor: Unidad
    es_menor: bool
    supera_referencia: bool
    habilitado: bool  # its bidder may contract today
    cayo: bool  # it was awarded, and that fell
    gana: bool

    @property
    def adjudicable(self) -> bool:
        return self.habilitado and not self.supera_referencia and not self.cayo


@dataclass(frozen=True, slots=True)
class ItemComparado:
    item: Item
    lineas: list[LineaComparada]
    adjudicacion: Adjudicacion | None

    @property
    def por_decidir(self) -> bool:
        return self.item.estado in POR_DECIDIR


def comparar(sesion: Session, convocatoria: Convocatoria) -> list[ItemComparado]:
    """Item by item, the lines of every bid, cheapest first. Raises `SobresCerrados` before the opening."""
    lineas = lineas_abiertas(sesion, convocatoria)
    ofertas = {abierta.oferta.id: abierta for abierta in ofertas_abiertas(sesion, convocatoria)}
    pueden = habilitados(sesion, [abierta.proveedor.id for abierta in ofertas.values()])
    decididas = adjudicaciones_de(sesion, convocatoria.id)
    caidas = lineas_caidas(sesion, convocatoria.id) if decididas else set()
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
                        habilitado=ofertas[linea.oferta_id].proveedor.id in pueden,
                        cayo=linea.id in caidas,
                        gana=decision is not None and decision.oferta_linea_id == linea.id,
                    )
                    for linea in suyas
                ],
                decision,
            )
        )
    return comparados
