"""What crosses the API of the purchase orders and their guarantees."""

from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from feria_inversa.contratos.estados import ClaseDeGarantia, FormaDeGarantia
from feria_inversa.entidades import UnidadResumen
from feria_inversa.procesos import ITEMS_MAXIMOS, Texto
from nucleo.dinero import Dinero, bs
from nucleo.lectores import DecimalPlano, Entero, Entrada, Fecha, PrecioUnitario
from nucleo.textos import gettext as _


class OrdenLineaSalida(BaseModel):
    numero_item: int
    descripcion: str
    marca: str
    cantidad: DecimalPlano
    unidad_medida: str | None
    unidad_texto: Annotated[
        str | None, Field(description="La unidad como la escribió la entidad, si no es de la lista.")
    ]
    precio_unitario: PrecioUnitario
    total: Dinero
    entregada: Annotated[DecimalPlano, Field(description="Lo entregado que no se devolvió.")]
    recibida: DecimalPlano


class EntregaLineaSalida(BaseModel):
    numero_item: int
    cantidad: DecimalPlano
    recibida: DecimalPlano | None


class EntregaSalida(BaseModel):
    id: UUID
    numero: int
    estado: Literal["por_recibir", "recibida", "devuelta"]
    nota: str
    entregada_en: datetime
    recibir_hasta: Annotated[
        datetime, Field(description="Sin objeción hasta entonces, se tiene por recibida.")
    ]
    respondida_en: datetime | None
    tacita: Annotated[bool | None, Field(description="Si nadie objetó y se la tuvo por recibida.")]
    motivo: str | None
    valor: Dinero | None
    llego_el: Annotated[date | None, Field(description="El día en que llegó, según quien la recibió.")]
    dias_atraso: int | None
    multa: Dinero | None
    lineas: list[EntregaLineaSalida]


class PagoSalida(BaseModel):
    id: UUID
    numero: int
    monto: Dinero
    medio: Literal["libro", "c31"]
    comprobante: str | None
    fecha: date | None
    pagado_en: datetime


class GarantiaSalida(BaseModel):
    id: UUID
    numero: int
    clase: Literal["cumplimiento", "anticipo", "seriedad"]
    forma: Literal["boleta", "primer_requerimiento", "poliza"]
    emisor: str
    documento: str
    monto: Dinero
    mype: bool
    desde: date
    hasta: date
    renueva_a: Annotated[int | None, Field(description="El número de la que renueva.")]
    estado: Literal["vigente", "renovada", "devuelta", "ejecutada", "vencida", "anulada"]
    registrada_en: datetime
    terminada_en: datetime | None
    motivo: Annotated[str | None, Field(description="Por qué se ejecutó o se anuló.")]


class LineaModificadaSalida(BaseModel):
    numero_item: int
    cantidad_antes: DecimalPlano
    cantidad: DecimalPlano
    total: Dinero


class ModificacionSalida(BaseModel):
    id: UUID
    numero: int
    estado: Literal["propuesta", "firmada", "rechazada", "retirada", "vencida"]
    dias: Annotated[int, Field(description="Cuántos días más para entregar.")]
    total_antes: Dinero
    total: Dinero
    entregar_antes: datetime
    entregar_hasta: datetime
    motivo: str
    propuesta_en: datetime
    propuesta_por: str
    firmar_hasta: Annotated[datetime, Field(description="Sin firma hasta entonces, nada cambia.")]
    respondida_en: datetime | None
    respondida_por: str | None
    lineas: list[LineaModificadaSalida]


class OrdenSalida(BaseModel):
    id: UUID
    numero: str
    convocatoria_id: UUID
    cuce: str
    entidad: UnidadResumen
    proveedor: UnidadResumen
    forma: Annotated[
        Literal["orden", "contrato"],
        Field(description="Una orden, o un contrato si la entrega pasa de los días de la regla."),
    ]
    total: Dinero
    plazo_dias: int
    emitida_en: datetime
    estado: Literal["por_aceptar", "vigente", "recibida", "concluida", "rechazada", "vencida", "resuelta"]
    aceptar_hasta: Annotated[datetime, Field(description="Sin respuesta hasta entonces, la orden cae.")]
    respondida_en: datetime | None
    motivo: Annotated[str | None, Field(description="Por qué no rige.")]
    entregar_hasta: datetime | None
    recibido: Annotated[Dinero, Field(description="Lo que vale lo recibido hasta ahora.")]
    multa: Dinero
    pagado: Dinero
    recibida_en: datetime | None
    pagar_hasta: datetime | None
    dias_para_pagar: Annotated[
        int | None, Field(description="En cuántos días se pagó lo recibido, o cuántos lleva esperando.")
    ]
    causa: Annotated[str | None, Field(description="Por qué terminó antes de entregarse todo.")]
    concluida_en: datetime | None
    garantia_dicha_en: Annotated[
        datetime | None,
        Field(
            description="Cuándo dijo el proveedor que entregó la garantía que la entidad no había anotado."
        ),
    ]
    lineas: list[OrdenLineaSalida]
    entregas: list[EntregaSalida]
    pagos: list[PagoSalida]
    garantias: list[GarantiaSalida]
    modificaciones: list[ModificacionSalida]


class HistorialSalida(BaseModel):
    """The record of a supplier, read from its orders."""

    proveedor: UnidadResumen
    aceptadas: Annotated[int, Field(description="Órdenes que aceptó.")]
    concluidas: Annotated[int, Field(description="De ellas, recibidas y pagadas.")]
    resueltas: Annotated[int, Field(description="De ellas, terminadas por atraso.")]
    con_multa: int
    caidas: Annotated[int, Field(description="Órdenes que rechazó o no respondió.")]
    entregas: Annotated[int, Field(description="Entregas que se recibieron.")]
    a_tiempo: Annotated[int, Field(description="De ellas, dentro de su plazo.")]
    recibido: Dinero
    multas: Dinero


class LineaDeEntrega(Entrada):
    """How much of an item of the order, by its number."""

    numero: Annotated[Entero, Field(ge=1, le=32767)]
    cantidad: Annotated[DecimalPlano, Field(ge=0, max_digits=14, decimal_places=4, examples=["12"])]


class EntregaEntrada(Entrada):
    lineas: Annotated[list[LineaDeEntrega], Field(min_length=1, max_length=ITEMS_MAXIMOS)]
    nota: Annotated[Texto, Field(max_length=500, description="Remisión, quién la llevó.")] = ""


class EntregaNueva(EntregaEntrada):
    id: Annotated[
        UUID | None, Field(description="Identificador propuesto: repetir el envío no la duplica.")
    ] = None


class RecepcionEntrada(Entrada):
    """What is received of a delivery. Without lines, all of it; a line that is left out, nothing of it."""

    lineas: list[LineaDeEntrega] = Field([], max_length=ITEMS_MAXIMOS)
    motivo: Annotated[
        Texto, Field(max_length=1000, description="Obligatorio si no se recibe todo. Será público.")
    ] = ""
    llego_el: Annotated[
        Fecha | None,
        Field(
            description="El día en que llegó, desde el que se dio la orden hasta hoy: hasta él se cuenta el "
            "atraso. Sin decirlo, el día en que se anotó la entrega."
        ),
    ] = None
    multar: Annotated[
        bool, Field(description="Aplica la multa por atraso aunque su regla esté por confirmar.")
    ] = False


class PagoEntrada(Entrada):
    """Money of the entity's account in the ledger, or a C-31 of the treasury, with its number and day."""

    monto: Dinero
    medio: Literal["libro", "c31"]
    cuenta_id: Annotated[Entero | None, Field(ge=1, description="Con «libro», la cuenta de la entidad.")] = (
        None
    )
    comprobante: Annotated[
        Annotated[Texto, Field(min_length=1, max_length=40)] | None, Field(description="El número del C-31.")
    ] = None
    fecha: Annotated[
        Fecha | None, Field(description="El día del C-31: no antes de recibir lo primero de la orden.")
    ] = None
    repetido: Annotated[
        bool, Field(description="La entidad sabe que ese C-31 paga también otra orden suya.")
    ] = False

    @model_validator(mode="after")
    def _segun_el_medio(self) -> Self:
        if self.medio == "libro" and self.cuenta_id is None:
            raise ValueError(_("Elija de qué cuenta paga."))
        if self.medio == "c31" and (self.comprobante is None or self.fecha is None):
            raise ValueError(_("Escriba el número y la fecha del C-31."))
        return self


class PagoNuevo(PagoEntrada):
    id: Annotated[
        UUID | None, Field(description="Identificador propuesto: repetir el envío no paga dos veces.")
    ] = None


class GarantiaEntrada(Entrada):
    """A guarantee that the supplier brought: who issued it, for how much, from when until when."""

    clase: Annotated[ClaseDeGarantia, Field(description="Por qué responde.")] = ClaseDeGarantia.CUMPLIMIENTO
    forma: FormaDeGarantia
    emisor: Annotated[Texto, Field(min_length=3, max_length=120, description="El banco o la aseguradora.")]
    documento: Annotated[Texto, Field(min_length=1, max_length=40, description="El número que le dio.")]
    monto: Dinero
    mype: Annotated[bool, Field(description="Si es MyPE, OECA o asociación de productores.")] = False
    desde: Fecha
    hasta: Annotated[Fecha, Field(description="El último día en que responde.")]
    renueva_a: Annotated[
        Entero | None, Field(ge=1, le=32767, description="El número de la que renueva, si renueva una.")
    ] = None

    @model_validator(mode="after")
    def _con_monto(self) -> Self:
        if self.monto <= bs(0):
            raise ValueError(_("Escriba un monto mayor que cero."))
        return self


class GarantiaNueva(GarantiaEntrada):
    id: Annotated[
        UUID | None, Field(description="Identificador propuesto: repetir el envío no la duplica.")
    ] = None


class AceptacionEntrada(Entrada):
    """The word of the supplier, where the guarantee that is asked for is not written down."""

    garantia_entregada: Annotated[
        bool, Field(description="Que ya entregó a la entidad su garantía de cumplimiento.")
    ] = False


class LineaModificada(Entrada):
    """How much of an item of the order there will be, by its number."""

    numero: Annotated[Entero, Field(ge=1, le=32767)]
    cantidad: Annotated[DecimalPlano, Field(gt=0, max_digits=14, decimal_places=4, examples=["44"])]


class ModificacionEntrada(Entrada):
    """What an order in force becomes if its supplier signs too; a line that is left out stays as it is."""

    dias: Annotated[Entero, Field(ge=0, le=1095, description="Cuántos días más para entregar.")] = 0
    lineas: list[LineaModificada] = Field([], max_length=ITEMS_MAXIMOS)
    motivo: Annotated[Texto, Field(min_length=10, max_length=1000, description="Será público.")]


class ModificacionNueva(ModificacionEntrada):
    id: Annotated[
        UUID | None, Field(description="Identificador propuesto: repetir el envío no la duplica.")
    ] = None


class EjecucionEntrada(Entrada):
    """Why the entity claims a guarantee."""

    motivo: Annotated[Texto, Field(min_length=10, max_length=1000, description="Será público.")]


class AnulacionEntrada(Entrada):
    """What was wrong in a guarantee that was written down."""

    motivo: Annotated[Texto, Field(min_length=10, max_length=1000, description="Será público.")]


class ResolucionEntrada(Entrada):
    """Why an order that is late ends."""

    motivo: Annotated[Texto, Field(min_length=10, max_length=1000, description="Será público.")]


class RechazoEntrada(Entrada):
    """Why who won does not take the order."""

    motivo: Annotated[Texto, Field(min_length=10, max_length=1000, description="Será público.")]


class SinEfectoEntrada(Entrada):
    """An award that falls before its order."""

    item_id: UUID
    causa: Annotated[
        Literal["desistido", "descalificado"],
        Field(description="Desistió quien ganó, o la entidad lo descalifica."),
    ]
    explicacion: Annotated[Texto, Field(min_length=10, max_length=1000, description="Será pública.")]
