"""What an announced parcel costs as it was measured, with its arithmetic, and by which way it is paid."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from envios.admision.estados import Medio
from envios.items.modelos import Envio
from envios.portes import EstadoPorte, PorteDeItem, devolver_recojo, porte_de
from envios.tarifas import (
    Bulto,
    Linea,
    Medidas,
    Negativa,
    Oferta,
    Pedido,
    SinOferta,
    bulto_de,
    comparar,
    cotizacion_sin_recojo,
    cotizar,
    entrega_cotizada,
    lineas_de,
    negativa_en_palabras,
    recalcular,
    unica_oferta,
)
from envios.tarifas.modelos import Cotizacion
from nucleo.actor import Actor, Autorizacion
from nucleo.dinero import cero
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class Pesada:
    """What the scale and the tape said: grams, and whole centimetres (None: nobody measured it)."""

    peso_g: int
    medidas: Medidas | None = None


@dataclass(frozen=True, slots=True)
class Precio:
    """The postage of a parcel as measured, by the rates of its quote.

    `cotizado` is what its announcement said. `vencida`: that no longer holds; `oferta` is by today's rates.
    """

    cotizacion_id: UUID
    oferta: Oferta
    cotizado: Money
    medio: Medio
    vencida: bool = False

    @property
    def total(self) -> Money:
        return self.oferta.cargos.total

    @property
    def importe(self) -> Money:
        """What is charged now: of an account, never more than was held; the rest waits for consent. Nothing
        of what was paid before (an admission that was declared wrong)."""
        if self.medio is Medio.NINGUNO:
            return cero()
        return min(self.total, self.cotizado) if self.medio is Medio.CUENTA else self.total

    @property
    def de_mas(self) -> Money:
        return max(self.total - self.cotizado, cero())

    @property
    def de_menos(self) -> Money:
        return max(self.cotizado - self.total, cero())

    @property
    def lineas(self) -> list[Linea]:
        return lineas_de(self.oferta.condiciones, self.oferta.bulto, self.oferta.cargos)

    @property
    def entrega_el(self) -> date | None:
        return self.oferta.promesa.entrega_el if self.oferta.promesa else None


def precio_de(sesion: Session, envio: Envio, pesada: Pesada) -> Precio | None:
    """None of an item without a quote: its postage is not paid here. Raises `SinOferta`.

    What is held of an account is held until it is admitted; a quote to be paid here may no longer hold.
    """
    porte = porte_de(sesion, envio.id)
    cotizacion_id = porte.cotizacion_id if porte else envio.cotizacion_id
    if cotizacion_id is None:
        return None
    cotizacion = sesion.get_one(Cotizacion, cotizacion_id)
    vencida = porte is None and ahora_bd(sesion) > cotizacion.vence_en
    if vencida:
        oferta = _de_hoy(sesion, cotizacion, pesada)
    else:
        con_recojo = porte is None or porte.recojo_devuelto == cero()
        oferta = oferta_medida(sesion, cotizacion, pesada, con_recojo=con_recojo)
    cotizado = porte.guardado if porte else cotizacion.total
    return Precio(cotizacion.id, oferta, cotizado, _medio(porte), vencida)


def _medio(porte: PorteDeItem | None) -> Medio:
    if porte is None:
        return Medio.EFECTIVO
    return Medio.CUENTA if porte.estado is EstadoPorte.RETENIDO else Medio.NINGUNO


def referencia_de(sesion: Session, cotizacion_id: UUID, escrita: str) -> str:
    """How to get there, as it was written; of what is collected at an agency nobody needs to say it.

    Raises `DatosInvalidos` by field.
    """
    if escrita.strip():
        return escrita
    if entrega_cotizada(sesion, cotizacion_id) == "agencia":
        return _("Se retira en una agencia")
    texto = _("Escriba calle o zona y una referencia, por ejemplo: calle Sucre 120, puerta verde.")
    raise DatosInvalidos(texto, campos={"destino_referencia": texto})


def sostener(sesion: Session, actor: Actor, envio: Envio) -> Cotizacion:
    """The quote of an item that is paid now: its own, or one of today when that no longer holds."""
    assert envio.cotizacion_id is not None
    cotizacion = sesion.get_one(Cotizacion, envio.cotizacion_id)
    if ahora_bd(sesion) > cotizacion.vence_en:
        cotizacion = cotizar(sesion, actor, _pedido(cotizacion, bulto_de(cotizacion)), id=nuevo_id())
        envio.cotizacion_id = cotizacion.id
        sesion.flush()
    return cotizacion


def quitar_recojo(sesion: Session, autorizacion: Autorizacion, envio: Envio) -> Money:
    """Nobody came for an item, locked by the caller and not received: what that costs goes back to the
    account that paid it, or is not asked of who pays later. How much that was."""
    porte = porte_de(sesion, envio.id)
    cotizacion_id = porte.cotizacion_id if porte else envio.cotizacion_id
    if cotizacion_id is None or (porte is not None and porte.estado is not EstadoPorte.RETENIDO):
        return cero()  # settled by an admission that was declared wrong: corrections move no money
    cotizacion = sesion.get_one(Cotizacion, cotizacion_id)
    cargo = cotizacion.cargo_recojo
    if cargo == cero():
        return cargo
    if porte is None:
        envio.cotizacion_id = cotizacion_sin_recojo(sesion, autorizacion, cotizacion).id
        sesion.flush()
    else:
        devolver_recojo(sesion, envio, cargo)
    return cargo


def total_por_pagar(sesion: Session, envio: Envio) -> Money:
    """What an item that was not weighed yet costs, if it is paid now. Raises `SinOferta`."""
    assert envio.cotizacion_id is not None
    cotizacion = sesion.get_one(Cotizacion, envio.cotizacion_id)
    if ahora_bd(sesion) <= cotizacion.vence_en:
        return cotizacion.total
    return unica_oferta(comparar(sesion, _pedido(cotizacion, bulto_de(cotizacion)))).cargos.total


def oferta_medida(
    sesion: Session, cotizacion: Cotizacion, pesada: Pesada, *, con_recojo: bool = True
) -> Oferta:
    """By the rates of a quote, counted from now. Raises `SinOferta`: it is not carried as it turned out."""
    medido = _medido(bulto_de(cotizacion), pesada)
    medido = replace(medido, recojo=medido.recojo and con_recojo)
    hallada = recalcular(sesion, cotizacion, medido, ahora_bd(sesion))
    if isinstance(hallada, Negativa):
        raise SinOferta(negativa_en_palabras(hallada), razon=hallada.razon.value)
    return hallada


def _de_hoy(sesion: Session, cotizacion: Cotizacion, pesada: Pesada) -> Oferta:
    """What the same operator charges today for it as it was measured. Raises `SinOferta`."""
    return unica_oferta(comparar(sesion, _pedido(cotizacion, _medido(bulto_de(cotizacion), pesada))))


def _pedido(cotizacion: Cotizacion, bulto: Bulto) -> Pedido:
    return Pedido(
        cotizacion.origen_ine,
        cotizacion.destino_ine,
        bulto,
        cotizacion.servicio,
        cotizacion.operador_unidad_id,
    )


def _medido(bulto: Bulto, pesada: Pesada) -> Bulto:
    return replace(bulto, peso_g=pesada.peso_g, medidas=pesada.medidas or bulto.medidas)
