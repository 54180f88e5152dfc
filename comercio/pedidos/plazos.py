"""The terms of an order after its purchase, by the legal clock, and how the one to dispatch came about."""

from datetime import datetime, timedelta

from sqlmodel import Session

from comercio.compra import POR_DESPACHAR, EstadoPedido, plazo_de_despacho
from comercio.compra.modelos import Pedido
from comercio.reputacion import Clase
from empresa_digital.registro import unidad_por_id
from nucleo.plazos import NACIONAL, Computo, correr

CONFORMIDAD = "comercio.conformidad"
SIN_ENTREGA = "comercio.sin_entrega"
SIN_RENDIR = "comercio.sin_rendir"
EN_MANO = "comercio.entrega_en_mano"
NO_RECIBIDO = "comercio.no_recibido"


def liberacion(sesion: Session, pedido: Pedido, entregado_en: datetime) -> datetime:
    """When the seller of what was delivered then is paid, unless there is a claim: in two, six or twenty-two
    days, by the reputation that they had at the sale."""
    return _fin(sesion, Clase(pedido.reputacion).liberacion, entregado_en)


def conformidad(sesion: Session, prestado_en: datetime) -> datetime:
    """Until when who bought a service may say that it was not as agreed."""
    return _fin(sesion, CONFORMIDAD, prestado_en)


def sin_entrega(sesion: Session, despachado_en: datetime) -> datetime:
    """When a parcel that was not delivered is given up for lost, whatever is said of it meanwhile."""
    return _fin(sesion, SIN_ENTREGA, despachado_en)


def sin_rendir(sesion: Session, entregado_en: datetime) -> datetime:
    """Until when whoever collected an order at the door may hand it over into its custody."""
    return _fin(sesion, SIN_RENDIR, entregado_en)


def entrega_en_mano(sesion: Session, listo_en: datetime) -> datetime:
    """When what waits for who bought it, or the seller is taking there, is the seller's again."""
    return _fin(sesion, EN_MANO, listo_en)


def no_recibido(sesion: Session, pedido: Pedido) -> datetime:
    """From when on who bought may claim that nothing came: the days that it takes to make run before."""
    return _fin(sesion, NO_RECIBIDO, pedido.creado_en + timedelta(days=pedido.dias_de_elaboracion))


def reclamable_desde(sesion: Session, pedido: Pedido) -> datetime | None:
    """From when on it may be claimed that what is on its way did not come."""
    return no_recibido(sesion, pedido) if pedido.estado == EstadoPedido.DESPACHADO else None


def _fin(sesion: Session, codigo: str, desde: datetime) -> datetime:
    vence_en = correr(sesion, codigo, desde, [NACIONAL]).vence_en
    assert vence_en is not None
    return vence_en


def cuenta_del_despacho(sesion: Session, pedido: Pedido) -> Computo | None:
    """How the end of a running term came about; None when it was counted otherwise (the seller has moved
    since): the date of the order is the one that holds.
    """
    if pedido.estado not in POR_DESPACHAR:
        return None
    lugar = unidad_por_id(sesion, pedido.vendedor_id).municipio_ine
    computo = plazo_de_despacho(sesion, pedido.creado_en, lugar, pedido.dias_de_elaboracion)
    return computo if computo.vence_en == pedido.despachar_hasta else None
