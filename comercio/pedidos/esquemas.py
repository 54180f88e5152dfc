"""What crosses the API."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from comercio.agenda import CitaFicha
from comercio.catalogo import Modalidad, VendedorDePedido
from comercio.compra import (
    ClaseDeCargo,
    EstadoPedido,
    EstadoServicio,
    Factura,
    Paga,
    Recibe,
    Regalo,
)
from comercio.custodia import EstadoCompromiso, EstadoCustodia, Garantia, SePagaCon
from comercio.formas import FormaDeEntrega
from comercio.pedidos.estados import EstadoPaquete
from nucleo.dinero import Dinero
from nucleo.lectores import DecimalPlano, Entrada, escrito

Motivo = Annotated[str, escrito(300, 3)]


class LineaPedidoFicha(BaseModel):
    id: UUID
    producto_id: UUID
    variante_id: UUID
    sku: str
    titulo: str
    opcion: str
    cantidad: DecimalPlano
    unidad_medida: str
    precio: Dinero
    importe: Dinero = Field(description="Cantidad por precio, antes del descuento.")
    descuento: Dinero = Field(description="Lo que quitaron su promoción y el cupón.")
    cancelada: DecimalPlano = Field(description="De la cantidad, cuánto se canceló.")
    por_despachar: DecimalPlano = Field(description="De la cantidad, cuánto no está en ningún paquete.")


class CantidadDeLinea(Entrada):
    """So much of a line of the order, by its id."""

    linea_id: UUID
    cantidad: DecimalPlano = Field(gt=0)


class PaqueteFicha(BaseModel):
    """A parcel of the order: a life of its own."""

    numero: int
    estado: EstadoPaquete
    forma: FormaDeEntrega
    envio_numero: str | None = Field(description="Solo de lo que va por correo.")
    despachado_en: datetime | None = Field(description="Desde cuándo lo tiene el correo, o está listo.")
    vence_en: datetime | None = Field(description="Hasta cuándo se puede entregar; después el dinero vuelve.")
    entregado_en: datetime | None
    codigo_entrega: str | None = Field(
        None, description="De lo que se entrega en mano, y solo para quien compró: lo muestra al recibir."
    )
    incidencia: str = Field(description="Qué de él no cuadra con lo que se hizo con su dinero.")


class ServicioFicha(BaseModel):
    """What a service promises to do: a life of its own."""

    estado: EstadoServicio
    prestado_en: datetime | None
    evidencia: str
    conforme_hasta: datetime | None = Field(description="Pasado este instante se da por conforme.")
    duracion_min: int | None = Field(description="De lo que se atiende con cita, cuántos minutos.")
    cita: CitaFicha | None = Field(None, description="La cita, si ya se eligió.")
    propuesta: CitaFicha | None = Field(None, description="Adónde pide moverla un lado.")


class CompromisoFicha(BaseModel):
    """What a public entity committed of its budget in the place of money, which it pays at conformity."""

    certificacion: str = Field(description="Número de la certificación presupuestaria.")
    estado: EstadoCompromiso
    por_pagar: bool = Field(description="Si ya debía pagarse y no se pagó.")
    se_paga_con: SePagaCon = Field(description="Con la cuenta de la entidad en Qhatu, o con un C-31.")
    dias_de_mora: int
    adeudado: Dinero
    comprobante: str = Field(description="El C-31 con que la entidad dice que lo pagó; vacío si no.")
    comprobante_fecha: date | None
    responder_hasta: datetime | None = Field(
        description="Hasta cuándo quien vende puede decir que ese pago no llegó."
    )


class DineroFicha(BaseModel):
    """The money of the order: a life of its own."""

    estado: EstadoCustodia
    en_custodia: Dinero
    comprometido: Dinero = Field(description="Presupuesto comprometido: no es dinero de nadie.")
    devuelto: Dinero
    liberar_en: datetime | None = Field(description="Cuándo se paga a quien vende, si nadie reclama antes.")
    contra_entrega: bool = Field(description="Si se paga al recibir.")
    por_cobrar: Dinero = Field(description="Lo que falta pagar al recibir.")
    banco_desde: datetime | None = Field(
        description="Desde cuándo reclama el pago el banco de la tarjeta: el dinero espera lo que decida."
    )
    garantia: Garantia = Field(description="Dinero, o presupuesto que una entidad pública comprometió.")
    compromiso: CompromisoFicha | None = Field(description="Lo que comprometió una entidad pública.")


class PasoFicha(BaseModel):
    estado: EstadoPedido
    ocurrio_en: datetime
    detalle: str


class CargoFicha(BaseModel):
    """What somebody pays of the order."""

    clase: ClaseDeCargo
    paga: Paga
    recibe: Recibe
    monto: Dinero = Field(description="Un descuento es menor que cero.")
    linea_id: UUID | None = Field(description="De qué línea, si es de una.")
    detalle: str = Field(description="De un descuento, por qué promoción o cupón.")


class ComisionFicha(BaseModel):
    tasa_pb: int = Field(description="Centésimas de uno por ciento.")
    monto: Dinero
    impuesto: Dinero = Field(description="IVA contenido en la comisión.")
    neto: Dinero = Field(description="Lo que recibe quien vende.")


class UnidadQueCompra(BaseModel):
    unidad_id: UUID
    nombre: str


class EntregaDelPedido(BaseModel):
    """By whom an order is received, and where. Who sells is told the telephone and how to get there until a
    month after the order ends."""

    destinatario: str
    telefono: str | None
    municipio_ine: str | None
    referencia: str | None


class PedidoFicha(BaseModel):
    id: UUID
    numero: str
    compra_id: UUID
    estado: EstadoPedido
    modalidad: Modalidad
    forma: FormaDeEntrega | None = Field(description="Cómo se recibe; un servicio no tiene.")
    indicaciones: str = Field(description="Dónde y cuándo se recoge, o qué días y zonas se reparte.")
    vendedor: VendedorDePedido
    total: Dinero
    cancelado: Dinero = Field(description="De ese total, lo que se canceló.")
    lineas: list[LineaPedidoFicha]
    envio_numero: str | None
    comprador: UnidadQueCompra | None = Field(description="La unidad para la que se compró, si fue para una.")
    entrega: EntregaDelPedido
    factura: Factura | None = Field(description="A nombre de quién se factura, si alguien lo pidió.")
    regalo: Regalo | None = Field(description="Si es un regalo, y lo que lleva escrito.")
    cargos: list[CargoFicha] = Field(
        description="Lo que paga quien compró suma el total; lo que paga quien vende lo ve solo quien vende."
    )
    comision: ComisionFicha | None = Field(description="Solo para quien vende.")
    despachar_hasta: datetime
    paquetes: list[PaqueteFicha]
    servicio: ServicioFicha | None = Field(description="Solo si lo vendido es un servicio.")
    dinero: DineroFicha
    pasos: list[PasoFicha]
    version: int
    creado_en: datetime


class DespachoNuevo(Entrada):
    operador_id: UUID = Field(description="Unidad con habilitación OPERADOR_POSTAL.")
    lineas: Annotated[list[CantidadDeLinea], Field(min_length=1, max_length=100)] | None = Field(
        None, description="Qué va en este paquete; sin decirlo, todo lo que queda."
    )


class Cancelacion(Entrada):
    motivo: Motivo
    lineas: Annotated[list[CantidadDeLinea], Field(min_length=1, max_length=100)] | None = Field(
        None, description="De qué líneas y cuánto; sin decirlo, todo lo que no salió."
    )


class DeUnaLinea(CantidadDeLinea):
    """Cancel so much of one line."""

    motivo: Motivo


class Prestacion(Entrada):
    evidencia: Annotated[str, escrito(1000, 3)] = Field(description="Qué se hizo, cuándo y qué lo muestra.")


class CodigoDicho(Entrada):
    codigo_entrega: Annotated[str, escrito(20)] = Field(description="El que muestra quien compró.")


def por_linea(lineas: list[CantidadDeLinea] | None) -> dict[UUID, Decimal] | None:
    """Quantities by line: the same line twice is their sum."""
    if lineas is None:
        return None
    suma: dict[UUID, Decimal] = {}
    for x in lineas:
        suma[x.linea_id] = suma.get(x.linea_id, Decimal(0)) + x.cantidad
    return suma


class LineaOtraVezFicha(BaseModel):
    producto_id: UUID
    variante_id: UUID
    titulo: str
    comprada: DecimalPlano
    cantidad: DecimalPlano = Field(description="Lo que hoy se puede comprar: eso hay en su carrito.")
    por_que: str = Field(description="Por qué no es todo; vacío si lo es.")


class OtraVez(BaseModel):
    lineas: list[LineaOtraVezFicha]
