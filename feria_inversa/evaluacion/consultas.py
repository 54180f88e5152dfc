"""Reads of the comparison and of the decisions."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, select

from empresa_digital.registro import Unidad
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.ofertas import lineas_abiertas, ofertas_abiertas
from feria_inversa.ofertas.modelos import Oferta, OfertaLinea
from feria_inversa.procesos import items_de
from feria_inversa.procesos.modelos import Convocatoria, Item


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
