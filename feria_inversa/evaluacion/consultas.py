"""Reads of the comparison and of the decisions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
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
from feria_inversa.evaluacion.causas import Causa, por_que_desierto
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
    anonima: bool = False  # its names, and when it came, are not told yet

    @property
    def subastada_en(self) -> datetime | None:
        return max(
            (linea.subastada_en for linea in self.lineas if linea.subastada_en is not None), default=None
        )

    @property
    def dicha_en(self) -> datetime:
        """When its price was said: in the auction, or when it was presented."""
        return self.subastada_en or self.oferta.presentada_en

    @property
    def adjudicable(self) -> bool:
        return self.habilitado and not self.cayo and self.puesto is not None and self.puesto.lugar is not None

    def linea_de(self, item_id: UUID) -> OfertaLinea | None:
        return next((linea for linea in self.lineas if linea.item_id == item_id), None)

    @property
    def plazo_dias(self) -> int:
        return max(linea.plazo_dias for linea in self.lineas)


@dataclass(frozen=True, slots=True)
class GrupoComparado:
    """What is awarded at once, the bids for it, cheapest first, and the decision in force; `vigentes`, those
    of all items of its process.
    """

    grupo: Grupo
    propuestas: list[PropuestaComparada]
    adjudicacion: Adjudicacion | None
    vigentes: Mapping[UUID, Adjudicacion]

    @property
    def empatadas(self) -> Sequence[PropuestaComparada]:
        """Of those that may be awarded, those that share the best place, by who said their price before;
        nothing where one alone has it.
        """
        pueden = [(p.puesto.lugar, p) for p in self.propuestas if p.adjudicable and p.puesto is not None]
        iguales = [p for lugar, p in pueden if lugar == pueden[0][0]]
        return iguales if len(iguales) > 1 else ()

    @property
    def por_que_desierto(self) -> str:
        decision = self.adjudicacion
        return "" if decision is None else por_que_desierto(decision.causa, decision.motivo)


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
    sesion: Session,
    convocatoria: Convocatoria,
    calificacion: Calificacion | None = None,
    ofertas: Sequence[OfertaConLineas] | None = None,
    grupos: Sequence[Grupo] | None = None,
) -> list[GrupoComparado]:
    """What is awarded at once, each with its bids, the first one first: by this qualification, or the last.

    `ofertas`: those of the process, by whoever read them. `grupos`: only these of its own. Raises
    `SobresCerrados` before the opening.
    """
    calificacion = calificacion or calificacion_de(sesion, convocatoria.id) or Calificacion({}, {})
    if ofertas is None:
        solo = None if grupos is None else [item.id for grupo in grupos for item in grupo.items]
        ofertas = ofertas_abiertas(sesion, convocatoria, solo)
    pueden = habilitados(sesion, [abierta.proveedor.id for abierta in ofertas])
    decididas = adjudicaciones_de(sesion, convocatoria.id)
    caidas = lineas_caidas(sesion, convocatoria.id) if decididas else set()
    por_verificar = bool(pedidos_de(sesion, convocatoria.id))
    dichas = [(abierta, {linea.item_id: linea for linea in abierta.lineas}) for abierta in ofertas]
    comparados = []
    for grupo in grupos_de(sesion, convocatoria) if grupos is None else grupos:
        decision = decididas.get(grupo.primero.id)
        suyas = [(abierta, lineas) for abierta, dicha in dichas if (lineas := _del_grupo(grupo, dicha))]
        enteras = [_total(lineas) for _oferta, lineas in suyas if len(lineas) == len(grupo.items)]
        menor = min(enteras, default=None)
        puestos = _puestos(convocatoria, grupo, suyas, calificacion, por_verificar=por_verificar)
        propuestas = [
            PropuestaComparada(
                lineas,
                abierta.oferta,
                abierta.proveedor,
                total=_total(lineas),
                entera=len(lineas) == len(grupo.items),
                es_menor=len(lineas) == len(grupo.items) and _total(lineas) == menor,
                supera_referencia=_total(lineas) > grupo.total_referencial,
                habilitado=abierta.proveedor.id in pueden,
                cayo=any(linea.id in caidas for linea in lineas),
                gana=decision is not None and decision.oferta_linea_id in {linea.id for linea in lineas},
                causa=calificacion.revisadas.get(abierta.oferta.id, Revisada()).causa,
                puesto=puestos.get(abierta.oferta.id),
                margenes=calificacion.revisadas.get(abierta.oferta.id, Revisada()).margenes,
                anonima=abierta.anonima,
            )
            for abierta, lineas in suyas
        ]
        propuestas.sort(key=_orden)
        comparados.append(GrupoComparado(grupo, propuestas, decision, decididas))
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
    cuando = propuesta.dicha_en, propuesta.oferta.id
    if propuesta.puesto is not None and propuesta.puesto.lugar is not None:
        return (False, propuesta.puesto.lugar, *cuando)
    return (True, not propuesta.entera, propuesta.total, *cuando)


def _del_grupo(grupo: Grupo, dicha: Mapping[UUID, OfertaLinea]) -> tuple[OfertaLinea, ...]:
    """What a bid says of its items, by their number."""
    return tuple(dicha[item.id] for item in grupo.items if item.id in dicha)


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
                if (linea := propuesta.linea_de(item.id)) is not None
            ],
            decididas.get(item.id),
        )
        for comparado in comparar_grupos(sesion, convocatoria)
        for item in comparado.grupo.items
    ]
    return sorted(comparados, key=lambda comparado: comparado.item.numero)
