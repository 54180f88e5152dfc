"""Reads of the comparison and of the decisions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from empresa_digital.registro import Unidad
from feria_inversa.documentos import pedidos_de
from feria_inversa.entidades import habilitados
from feria_inversa.evaluacion.calificaciones import Calificacion, Revisada, calificacion_de, criterio_de
from feria_inversa.evaluacion.causas import Causa
from feria_inversa.evaluacion.metodos import Comparable, Puesto, evaluar
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.ofertas import OfertaConLineas, ofertas_abiertas
from feria_inversa.ofertas.modelos import Oferta, OfertaLinea
from feria_inversa.precios import sumar
from feria_inversa.procesos import Grupo, grupos_de
from feria_inversa.procesos.modelos import Convocatoria, Item
from feria_inversa.reglas import Margen
from nucleo.dinero import a_centavos


def adjudicaciones_de(sesion: Session, convocatoria_id: UUID) -> dict[UUID, Adjudicacion]:
    """The decision in force on each item, by item; empty before the award."""
    consulta = select(Adjudicacion).where(Adjudicacion.convocatoria_id == convocatoria_id, en_vigor())
    return {fila.item_id: fila for fila in sesion.exec(consulta)}


def en_vigor() -> ColumnElement[bool]:
    """That no later decision replaces it."""
    posterior = aliased(Adjudicacion)
    return ~exists().where(col(posterior.reemplaza_a) == col(Adjudicacion.id))


@dataclass(frozen=True, slots=True)
class Decidido:
    """One decision on an item, with the line of the bid to which it was awarded."""

    fila: Adjudicacion
    linea: OfertaLinea | None


def todo_lo_decidido(sesion: Session, convocatoria_id: UUID) -> list[Decidido]:
    """Every decision there was, in force or not, in the order in which they were taken and, of one act, of
    their items.
    """
    consulta = (
        select(Adjudicacion, OfertaLinea)
        .join(OfertaLinea, col(OfertaLinea.id) == Adjudicacion.oferta_linea_id, isouter=True)
        .join(Item, col(Item.id) == Adjudicacion.item_id)
        .where(Adjudicacion.convocatoria_id == convocatoria_id)
        .order_by(col(Adjudicacion.decidida_en), col(Item.numero))
    )
    return [Decidido(fila, linea) for fila, linea in sesion.exec(consulta)]


def ganadoras(sesion: Session, ofertas: Collection[UUID]) -> set[UUID]:
    """Of these bids, those that win something by a decision in force."""
    consulta = (
        select(OfertaLinea.oferta_id)
        .join(Adjudicacion, col(Adjudicacion.oferta_linea_id) == OfertaLinea.id)
        .where(col(OfertaLinea.oferta_id).in_(ofertas), en_vigor())
    )
    return set(sesion.exec(consulta))


def lineas_caidas(sesion: Session, convocatoria_id: UUID) -> set[UUID]:
    """The lines of bids whose award fell: they do not win again."""
    consulta = select(col(Adjudicacion.oferta_linea_id)).where(
        Adjudicacion.convocatoria_id == convocatoria_id,
        col(Adjudicacion.oferta_linea_id).is_not(None),
        ~en_vigor(),
    )
    return {linea_id for linea_id in sesion.exec(consulta) if linea_id is not None}


@dataclass(frozen=True, slots=True)
class PropuestaComparada:
    """What a bid says of what is awarded at once, item by item, beside the others."""

    lineas: tuple[OfertaLinea, ...]
    oferta: Oferta
    proveedor: Unidad
    total: Money
    entera: bool  # it answers every item
    es_menor: bool  # of those that do
    supera_referencia: bool
    habilitado: bool  # its bidder may contract today
    cayo: bool  # it was awarded, and that fell
    gana: bool
    causa: Causa | None  # why the qualification leaves it out
    puesto: Puesto | None  # in the comparison; None of one left out, and while points are not given
    margenes: tuple[Margen, ...]

    @property
    def adjudicable(self) -> bool:
        return self.habilitado and not self.cayo and self.puesto is not None and self.puesto.lugar is not None

    @property
    def plazo_dias(self) -> int:
        return max(linea.plazo_dias for linea in self.lineas)


@dataclass(frozen=True, slots=True)
class GrupoComparado:
    """What is awarded at once, the bids for it, cheapest first, and the decision in force."""

    grupo: Grupo
    propuestas: list[PropuestaComparada]
    adjudicacion: Adjudicacion | None


@dataclass(frozen=True, slots=True)
class LineaComparada:
    """A line of a bid, with what became of the whole of which it is a part."""

    linea: OfertaLinea
    propuesta: PropuestaComparada


@dataclass(frozen=True, slots=True)
class ItemComparado:
    item: Item
    lineas: list[LineaComparada]
    adjudicacion: Adjudicacion | None

    @property
    def propuestas(self) -> list[PropuestaComparada]:
        return [comparada.propuesta for comparada in self.lineas]


def comparar_grupos(
    sesion: Session, convocatoria: Convocatoria, calificacion: Calificacion | None = None
) -> list[GrupoComparado]:
    """What is awarded at once, each with its bids, the first one first: by this qualification, or the last.

    Raises `SobresCerrados` before the opening.
    """
    calificacion = calificacion or calificacion_de(sesion, convocatoria.id) or Calificacion({}, {})
    ofertas = ofertas_abiertas(sesion, convocatoria)
    pueden = habilitados(sesion, [abierta.proveedor.id for abierta in ofertas])
    decididas = adjudicaciones_de(sesion, convocatoria.id)
    caidas = lineas_caidas(sesion, convocatoria.id) if decididas else set()
    por_verificar = bool(pedidos_de(sesion, convocatoria.id))
    comparados = []
    for grupo in grupos_de(sesion, convocatoria):
        decision = decididas.get(grupo.primero.id)
        suyas = [(o, lineas) for o in ofertas if (lineas := _del_grupo(grupo, o))]
        enteras = [_total(lineas) for _oferta, lineas in suyas if len(lineas) == len(grupo.items)]
        puestos = _puestos(convocatoria, grupo, suyas, calificacion, por_verificar=por_verificar)
        propuestas = [
            PropuestaComparada(
                lineas,
                abierta.oferta,
                abierta.proveedor,
                total=_total(lineas),
                entera=len(lineas) == len(grupo.items),
                es_menor=len(lineas) == len(grupo.items) and _total(lineas) == min(enteras),
                supera_referencia=_total(lineas) > grupo.total_referencial,
                habilitado=abierta.proveedor.id in pueden,
                cayo=any(linea.id in caidas for linea in lineas),
                gana=decision is not None and decision.oferta_linea_id in {linea.id for linea in lineas},
                causa=calificacion.revisadas.get(abierta.oferta.id, Revisada()).causa,
                puesto=puestos.get(abierta.oferta.id),
                margenes=calificacion.revisadas.get(abierta.oferta.id, Revisada()).margenes,
            )
            for abierta, lineas in suyas
        ]
        propuestas.sort(key=_orden)
        comparados.append(GrupoComparado(grupo, propuestas, decision))
    return comparados


def _puestos(
    convocatoria: Convocatoria,
    grupo: Grupo,
    suyas: Sequence[tuple[OfertaConLineas, tuple[OfertaLinea, ...]]],
    calificacion: Calificacion,
    *,
    por_verificar: bool,
) -> dict[UUID, Puesto]:
    """The place of each whole bid that was not left out; none while their technical points are not given, or
    the documents that were asked for not looked at.
    """
    criterio = criterio_de(convocatoria)
    numero = grupo.primero.numero
    comparables = []
    for abierta, lineas in suyas:
        id_, revisada = abierta.oferta.id, calificacion.revisadas.get(abierta.oferta.id, Revisada())
        puntos = calificacion.puntos.get((id_, numero))
        if len(lineas) < len(grupo.items) or revisada.causa is not None:
            continue
        if criterio.metodo.con_puntaje and puntos is None:
            continue
        if por_verificar and id_ not in calificacion.revisadas:
            continue
        comparables.append(
            Comparable(id_, Fraction(a_centavos(_total(lineas)), 100), revisada.margenes, puntos)
        )
    techo = Fraction(a_centavos(grupo.total_referencial), 100)
    return evaluar(criterio, techo, comparables, calificacion.formula)


def _orden(propuesta: PropuestaComparada) -> tuple[Any, ...]:
    """By their place, of equal ones who said that price first; then those that have none, cheapest first."""
    subastada = max((li.subastada_en for li in propuesta.lineas if li.subastada_en is not None), default=None)
    cuando = subastada or propuesta.oferta.presentada_en, propuesta.oferta.id
    if propuesta.puesto is not None and propuesta.puesto.lugar is not None:
        return (False, propuesta.puesto.lugar, *cuando)
    return (True, not propuesta.entera, propuesta.total, *cuando)


def _del_grupo(grupo: Grupo, abierta: OfertaConLineas) -> tuple[OfertaLinea, ...]:
    numeros = {item.id: item.numero for item in grupo.items}
    suyas = [linea for linea in abierta.lineas if linea.item_id in numeros]
    return tuple(sorted(suyas, key=lambda linea: numeros[linea.item_id]))


def _total(lineas: Sequence[OfertaLinea]) -> Money:
    return sumar(linea.total for linea in lineas)


def comparar(sesion: Session, convocatoria: Convocatoria) -> list[ItemComparado]:
    """Item by item, the lines of every bid, in the order of the bids. Raises `SobresCerrados`."""
    decididas = adjudicaciones_de(sesion, convocatoria.id)
    comparados = [
        ItemComparado(
            item,
            [
                LineaComparada(linea, propuesta)
                for propuesta in comparado.propuestas
                for linea in propuesta.lineas
                if linea.item_id == item.id
            ],
            decididas.get(item.id),
        )
        for comparado in comparar_grupos(sesion, convocatoria)
        for item in comparado.grupo.items
    ]
    return sorted(comparados, key=lambda comparado: comparado.item.numero)
