"""What those concerned by an item read besides its track: what is left to do, to pay, to be collected."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, or_, select

from empresa_digital.registro import lugar
from envios.admision import dia_de_recojo, peso_medido
from envios.items import EstadoEnvio, Vista, calla_el_contacto
from envios.items.modelos import Envio
from envios.portes import espera_respuesta, excedente_de_item, por_cobrar, porte_de
from envios.tarifas import entrega_cotizada, se_retira
from envios.tarifas.modelos import Cotizacion
from nucleo.dinero import cero


@dataclass(frozen=True, slots=True)
class Detalles:
    """For one side. `entrega`: `puerta`, `agencia`, or empty when no quote says it.

    `cobro`: what who receives pays at the door. `franqueo`: what the sender paid or pays (None: not here);
    `franqueo_en` says how that goes, empty while it is to be paid in cash. `excedente`: above what was
    quoted, waiting for the word of who pays; for the sender and the operator. `por_llevar`: the sender still
    has the parcel, at `origen`. `callado`: how to reach who receives it is not told any more.
    """

    peso_g: int
    medido: bool
    entrega: str
    cobro: Money
    franqueo: Money | None = None
    franqueo_en: str = ""
    excedente: Money | None = None
    por_llevar: bool = False
    recojo_el: date | None = None
    origen_ine: str = ""
    origen: str = ""
    callado: bool = False


def detalles_de(sesion: Session, envio: Envio, vista: Vista) -> Detalles:
    """Never for the public."""
    assert vista is not Vista.PUBLICO
    porte = porte_de(sesion, envio.id)
    cotizacion = sesion.get(Cotizacion, envio.cotizacion_id) if envio.cotizacion_id else None
    medido = peso_medido(sesion, envio)
    cobro = por_cobrar(sesion, [envio.id]).get(envio.id)
    if cobro is None:
        cobro = cotizacion.contra_entrega if cotizacion and not porte else cero()
    de_todos = Detalles(
        peso_g=envio.peso_g if medido is None else medido,
        medido=medido is not None,
        entrega=entrega_cotizada(sesion, envio.cotizacion_id),
        cobro=cero() if envio.estado.es_terminal else cobro,
    )
    if vista is Vista.DESTINATARIO:
        return de_todos
    excedente = excedente_de_item(sesion, envio.id) if porte else None
    espera = excedente.monto if excedente is not None and excedente.espera else None
    if vista is Vista.OPERADOR:
        return replace(de_todos, excedente=espera)
    por_llevar = envio.estado is EstadoEnvio.ANUNCIADO
    franqueo = porte.total if porte else cotizacion.total if cotizacion else None
    if franqueo is not None and excedente is not None and excedente.impago:
        franqueo -= excedente.monto
    return replace(
        de_todos,
        franqueo=franqueo,
        franqueo_en=porte.estado.texto if porte else "",
        excedente=espera,
        por_llevar=por_llevar,
        recojo_el=dia_de_recojo(sesion, envio.id) if por_llevar else None,
        origen_ine=cotizacion.origen_ine if cotizacion else "",
        origen=lugar(sesion, cotizacion.origen_ine) if cotizacion else "",
        callado=calla_el_contacto(sesion, envio, vista),
    )


def sin_reparto(sesion: Session, ids: Collection[UUID]) -> set[UUID]:
    """Those of these items that do not go out for delivery: paid to be collected, or waiting for who pays."""
    quietos = or_(se_retira(col(Envio.cotizacion_id)), espera_respuesta(col(Envio.id)))
    return set(sesion.exec(select(Envio.id).where(col(Envio.id).in_(ids), quietos)))
