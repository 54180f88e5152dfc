"""The frozen values of rates: what is sent, what it costs, why not, and when it arrives."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from uuid import UUID

from moneyed import Money

from nucleo.dinero import cero
from nucleo.plazos import Dia
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class Medidas:
    """Outer sizes of a parcel in whole centimetres."""

    largo_cm: int
    ancho_cm: int
    alto_cm: int

    @property
    def volumen_cm3(self) -> int:
        return self.largo_cm * self.ancho_cm * self.alto_cm

    @property
    def suma_cm(self) -> int:
        return self.largo_cm + self.ancho_cm + self.alto_cm

    @property
    def mayor_cm(self) -> int:
        return max(self.largo_cm, self.ancho_cm, self.alto_cm)


def medidas_de(largo_cm: int | None, ancho_cm: int | None, alto_cm: int | None) -> Medidas | None:
    """The three sides of a box, or none. Raises `ValueError`, as who writes them reads it."""
    if largo_cm and ancho_cm and alto_cm:
        return Medidas(largo_cm, ancho_cm, alto_cm)
    if largo_cm or ancho_cm or alto_cm:
        raise ValueError(_("Escriba los tres lados de la caja, o ninguno."))
    return None


def en_gramos(kilos: Decimal) -> int:
    """A gram begun is a gram."""
    return int((kilos * 1000).to_integral_value(ROUND_CEILING))


@dataclass(frozen=True, slots=True)
class Bulto:
    """What is to be sent. `contra_entrega` is what the operator collects from who receives."""

    peso_g: int
    medidas: Medidas | None = None
    valor_declarado: Money = field(default_factory=cero)
    contra_entrega: Money = field(default_factory=cero)
    recojo: bool = False

    def __post_init__(self) -> None:
        assert self.peso_g > 0
        assert self.valor_declarado >= cero()
        assert self.contra_entrega >= cero()


@dataclass(frozen=True, slots=True)
class Tramo:
    """A band of weights, above `desde_g` up to `hasta_g`, as `modelos.Banda` says."""

    desde_g: int
    hasta_g: int
    precio: Money
    paso_g: int | None = None
    precio_paso: Money | None = None


@dataclass(frozen=True, slots=True)
class Condiciones:
    """A service on a route of a rate sheet: all that the price and the date need, the bands in order."""

    tarifario_id: UUID
    version: int
    vigente_hasta: datetime | None
    operador_unidad_id: UUID
    servicio: str
    nombre: str
    indicador: str
    entrega: str
    cm3_por_kg: int
    peso_maximo_g: int
    lado_maximo_cm: int
    suma_maxima_cm: int
    seguro_pb: int
    seguro_minimo: Money
    valor_maximo: Money
    contra_entrega_pb: int | None
    contra_entrega_minimo: Money | None
    recojo: Money | None
    tarifa: str
    dias: int
    corte: time
    reparte: int
    recargo: Money
    tramos: tuple[Tramo, ...]


@dataclass(frozen=True, slots=True)
class Cargos:
    """What a parcel costs, line by line; `total` is their sum."""

    peso_facturado_g: int
    base: Money
    peso: Money
    lejania: Money
    seguro: Money
    contra_entrega: Money
    recojo: Money
    pasos: int = 0

    @property
    def total(self) -> Money:
        return self.base + self.peso + self.lejania + self.seguro + self.contra_entrega + self.recojo


class Razon(StrEnum):
    """Why an operator does not carry a parcel."""

    SIN_ORIGEN = "sin_origen"
    SIN_DESTINO = "sin_destino"
    SIN_RUTA = "sin_ruta"
    SIN_SERVICIO = "sin_servicio"
    PESADO = "pesado"
    GRANDE = "grande"
    VOLUMINOSO = "voluminoso"
    VALOR_EXCESIVO = "valor_excesivo"
    SIN_CONTRA_ENTREGA = "sin_contra_entrega"
    SIN_RECOJO = "sin_recojo"


@dataclass(frozen=True, slots=True)
class Negativa:
    """An operator, or one of its services, that does not carry the parcel; `limite` is for the words."""

    razon: Razon
    limite: int = 0
    operador_unidad_id: UUID | None = None
    servicio: str = ""
    nombre: str = ""


@dataclass(frozen=True, slots=True)
class Promesa:
    """When it arrives, counted day by day. `corte` is the hour that decided on which day it leaves."""

    recibido_en: datetime
    corte: time
    salida: date
    dias: tuple[Dia, ...]
    entrega_el: date


@dataclass(frozen=True, slots=True)
class Oferta:
    """What an operator asks for carrying a parcel with a service, and when it arrives (None: the holidays of
    that year are not published)."""

    condiciones: Condiciones
    bulto: Bulto
    cargos: Cargos
    promesa: Promesa | None
    operador: str = ""


@dataclass(frozen=True, slots=True)
class CotizacionGuardada:
    """What a kept quote says: who cites it charges `total`, up to `vence_en`."""

    id: UUID
    operador_unidad_id: UUID
    servicio: str
    origen_ine: str
    destino_ine: str
    bulto: Bulto
    total: Money
    entrega_el: date | None
    vence_en: datetime
