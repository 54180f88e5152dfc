"""What crosses the API of charges, and the requests of its use cases."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from moneyed import Money
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from nucleo.dinero import Dinero, bs
from nucleo.ids import IdElegido
from nucleo.lectores import (
    ES_NOMBRE,
    DecimalPlano,
    Entero,
    Fecha,
    Momento,
    Nit,
    PrecioUnitario,
    escrito,
    leer_carnet,
    leer_nit,
)
from nucleo.textos import gettext as _
from pagos.cobros.cpt import formato_cpt
from pagos.cobros.estados import Devolucion, EstadoOrden
from pagos.cobros.formula import MONTO_MAXIMO, Cantidad, Formula, Variable
from pagos.cobros.modelos import Concepto, LineaDeOrden, Orden, Pago

PLAZO_POR_DEFECTO = timedelta(days=30)
PLAZO_MAXIMO = timedelta(days=5 * 366)
LINEAS_MAX = 50


def _monto_posible(monto: Money) -> Money:
    if not bs(0) < monto <= MONTO_MAXIMO:
        raise ValueError(_("Debe ser mayor que cero y como máximo un millón."))
    return monto


Monto = Annotated[Dinero, AfterValidator(_monto_posible)]
PrecioPosible = Annotated[PrecioUnitario, AfterValidator(_monto_posible)]
Texto120 = Annotated[str, escrito(120, 1)]
Texto200 = Annotated[str, escrito(200, 1)]
Descripcion = Annotated[str, escrito(1000)]
CodigoConcepto = Annotated[
    str, StringConstraints(to_upper=True, strip_whitespace=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,19}$")
]
CodigoSin = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,12}$")]
Referencia = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,60}$")]


def exigir_vigencia(desde: date, hasta: date | None) -> None:
    """Raises `ValueError` when it ends before it begins."""
    if hasta is not None and hasta < desde:
        raise ValueError(_("La vigencia termina antes de empezar."))


class _Pedido(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


# --- Catalogue ------------------------------------------------------------------------------------------


class ConceptoPorCrear(_Pedido):
    """A fee: exactly one of `monto` and `formula`."""

    unidad_id: UUID
    codigo: CodigoConcepto = Field(examples=["PAT-FUN"])
    nombre: Texto120 = Field(examples=["Patente de funcionamiento"])
    descripcion: Descripcion = ""
    norma: Texto200 = Field(examples=["Ley Municipal 12/2024, artículo 7"])
    codigo_sin: CodigoSin | None = None
    monto: Monto | None = None
    formula: Formula | None = None
    vigente_desde: Fecha
    vigente_hasta: Fecha | None = None

    @model_validator(mode="after")
    def _coherente(self) -> Self:
        if (self.monto is None) == (self.formula is None):
            raise ValueError(_("Indique un monto fijo o una fórmula, no ambos."))
        exigir_vigencia(self.vigente_desde, self.vigente_hasta)
        return self


class ConceptoPorEditar(_Pedido):
    """Fields to change; what is left out stays. Amounts change only while no order was issued."""

    nombre: Texto120 | None = None
    descripcion: Descripcion | None = None
    norma: Texto200 | None = None
    codigo_sin: CodigoSin | None = None
    monto: Monto | None = None
    formula: Formula | None = None
    vigente_desde: Fecha | None = None
    vigente_hasta: Fecha | None = None

    @model_validator(mode="after")
    def _uno(self) -> Self:
        if self.monto is not None and self.formula is not None:
            raise ValueError(_("Indique un monto fijo o una fórmula, no ambos."))
        return self


class ConceptoLeido(BaseModel):
    id: UUID
    unidad_id: UUID
    codigo: str
    nombre: str
    descripcion: str
    norma: str
    codigo_sin: str | None
    monto: Dinero | None
    formula: Formula | None
    vigente_desde: date
    vigente_hasta: date | None
    version: int

    model_config = ConfigDict(arbitrary_types_allowed=True)

    @classmethod
    def de(cls, c: Concepto) -> Self:
        return cls(**c.model_dump(exclude={"creado_en", "formula"}), formula=c.como_formula)


# --- Orders ---------------------------------------------------------------------------------------------


class LineaPorEmitir(_Pedido):
    descripcion: Texto200
    cantidad: Annotated[DecimalPlano, Field(gt=0, le=1_000_000, max_digits=11, decimal_places=4)] = Decimal(1)
    precio: PrecioPosible = Field(description="Precio de una unidad, con hasta cuatro decimales.")
    codigo_sin: CodigoSin | None = Field(None, description="Código de producto del Servicio de Impuestos.")


class Pagador(_Pedido):
    """Who is expected to pay; anybody with the code may."""

    tipo: Literal["CI", "NIT"]
    documento: Annotated[str, escrito(40, 4), Field(examples=["1234567", "1234567-1A"])]
    nombre: Annotated[str, escrito(120, 1), ES_NOMBRE] | None = None

    @field_validator("documento")
    @classmethod
    def _leido(cls, documento: str, info: ValidationInfo) -> str:
        return leer_nit(documento) if info.data.get("tipo") == "NIT" else str(leer_carnet(documento))


class Facturacion(_Pedido):
    """To whom the invoice is made out."""

    razon_social: Annotated[str, escrito(120, 1), ES_NOMBRE]
    nit: Nit
    correo: (
        Annotated[str, StringConstraints(max_length=120, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")] | None
    ) = None


class OrdenPorEmitir(_Pedido):
    """What a unit asks to be paid: a concept of its catalogue, or lines of its own."""

    unidad_id: UUID
    concepto: CodigoConcepto | None = Field(None, description="Código de un concepto vigente de la unidad.")
    cantidad: Annotated[DecimalPlano, Field(gt=0, le=1_000_000, max_digits=11, decimal_places=4)] = Field(
        Decimal(1), description="Cuántas veces un concepto de monto fijo."
    )
    variables: dict[Variable, Cantidad] = Field(
        default_factory=dict, max_length=10, description="Valores de un concepto con fórmula."
    )
    lineas: tuple[LineaPorEmitir, ...] = Field((), max_length=LINEAS_MAX)
    detalle: Texto200 | None = Field(
        None, description="Qué se cobra. Lo ve cualquiera que tenga el código: no ponga datos personales."
    )
    pagador: Pagador | None = None
    facturacion: Facturacion | None = None
    parcial: bool = Field(False, description="Si admite pagos por partes.")
    minimo: Monto | None = Field(None, description="Lo menos que se paga de una vez, si admite partes.")
    vence_en: Momento | None = Field(
        None, description="Hasta cuándo se paga, sin incluir ese instante; sin valor, 30 días."
    )
    referencia: Referencia | None = Field(
        None, description="Número de la unidad para esta deuda: repetirlo devuelve la misma orden."
    )

    @model_validator(mode="after")
    def _coherente(self) -> Self:
        if (self.concepto is None) == (not self.lineas):
            raise ValueError(_("Indique un concepto o líneas, no ambos."))
        if self.lineas and (self.variables or self.cantidad != 1):
            raise ValueError(_("La cantidad y las variables son de un concepto."))
        if self.lineas and self.detalle is None:
            raise ValueError(_("Diga en el detalle qué se cobra."))
        if self.minimo is not None and not self.parcial:
            raise ValueError(_("El mínimo solo va si se admiten pagos por partes."))
        return self


class LineaLeida(BaseModel):
    descripcion: str
    cantidad: DecimalPlano
    precio: PrecioUnitario
    subtotal: Dinero
    codigo_sin: str | None

    model_config = ConfigDict(arbitrary_types_allowed=True)

    @classmethod
    def de(cls, linea: LineaDeOrden) -> Self:
        return cls(
            **linea.model_dump(exclude={"orden_id", "posicion", "cantidad"}),
            cantidad=linea.cantidad,
        )


class PagoLeido(BaseModel):
    id: UUID
    orden_id: UUID
    monto: Dinero
    medio: Literal["billetera", "tarjeta"]
    transferencia_id: UUID
    pagado_en: datetime
    devuelto: Dinero = Field(description="Lo que volvió a quien pagó.")
    saldo_reembolsable: Dinero = Field(description="Lo que todavía se puede devolver de este pago.")

    model_config = ConfigDict(arbitrary_types_allowed=True)

    @classmethod
    def de(cls, pago: Pago, devuelto: Money, reembolsable: Money) -> Self:
        campos = set(cls.model_fields) - {"devuelto", "saldo_reembolsable"}
        return cls(**pago.model_dump(include=campos), devuelto=devuelto, saldo_reembolsable=reembolsable)


class OrdenResumen(BaseModel):
    id: UUID
    cpt: str = Field(examples=["4821-0937-5514"])
    unidad_id: UUID
    concepto_id: UUID | None
    detalle: str
    monto: Dinero
    pagado: Dinero
    saldo: Dinero
    devuelto: Dinero = Field(description="De lo pagado, lo que volvió a quien pagó.")
    devolucion: Devolucion
    parcial: bool
    minimo: Dinero | None
    vence_en: datetime
    estado: EstadoOrden
    referencia: str | None
    version: int
    creado_en: datetime

    model_config = ConfigDict(arbitrary_types_allowed=True)

    @classmethod
    def campos_de(cls, o: Orden, devuelto: Money) -> dict[str, Any]:
        return o.model_dump(include=set(OrdenResumen.model_fields) - {"cpt"}) | {
            "cpt": formato_cpt(o.cpt),
            "saldo": o.saldo,
            "devuelto": devuelto,
            "devolucion": Devolucion.de(o.pagado, devuelto),
        }

    @classmethod
    def de(cls, o: Orden, devuelto: Money) -> Self:
        return cls(**cls.campos_de(o, devuelto))


class OrdenLeida(OrdenResumen):
    """The whole order, for who charges it and who owes it."""

    pagador: Pagador | None
    facturacion: Facturacion | None
    calculo: dict[str, Any] | None = Field(description="Cómo salió el monto de una fórmula.")
    lineas: list[LineaLeida]
    pagos: list[PagoLeido]
    motivo_anulacion: str | None
    url_pago: str

    @classmethod
    def completa(
        cls, o: Orden, lineas: list[LineaDeOrden], pagos: list[PagoLeido], devuelto: Money, url: str
    ) -> Self:
        return cls(
            **cls.campos_de(o, devuelto),
            pagador=_pagador(o),
            facturacion=_facturacion(o),
            calculo=o.calculo,
            lineas=[LineaLeida.de(linea) for linea in lineas],
            pagos=pagos,
            motivo_anulacion=o.motivo_anulacion,
            url_pago=url,
        )


def _pagador(o: Orden) -> Pagador | None:
    if o.pagador_tipo is None:
        return None
    campos: dict[str, Any] = {"tipo": o.pagador_tipo, "documento": o.pagador_documento}
    return Pagador.model_construct(**campos, nombre=o.pagador_nombre)


def _facturacion(o: Orden) -> Facturacion | None:
    if o.factura_nit is None:
        return None
    return Facturacion.model_construct(
        razon_social=o.factura_razon_social or "", nit=o.factura_nit, correo=o.factura_correo
    )


class CobroPublico(BaseModel):
    """What anybody with the code may know: who charges, what, how much, until when. Nobody's data."""

    id: UUID = Field(description="Para pagarla en /ordenes-de-cobro/{id}/pagos.")
    cpt: str
    unidad_numero: str
    unidad_nombre: str
    detalle: str
    monto: Dinero
    saldo: Dinero
    parcial: bool
    minimo: Dinero = Field(description="Lo menos que se paga ahora.")
    vence_en: datetime
    estado: EstadoOrden
    devolucion: Devolucion
    qr: str | None = Field(description="Texto del código QR; solo mientras se puede pagar.")

    model_config = ConfigDict(arbitrary_types_allowed=True)


class PagoPorHacer(_Pedido):
    """A payment. `id` is the idempotency key: the same id again answers the same payment."""

    id: IdElegido = Field(description="UUIDv7 que usted genera; es la clave de idempotencia.")
    cuenta: Annotated[Entero, Field(ge=1, lt=2**63)] = Field(
        description="Su cuenta, o la de una unidad suya."
    )
    monto: Monto | None = Field(None, description="Sin monto se paga todo lo que falta.")


class PorAnular(_Pedido):
    motivo: Texto200
