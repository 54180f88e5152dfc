"""What crosses the API, and the requests of use cases."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from comercio.catalogo import LINEAS_MAXIMAS, Cambio, Como, LineaDePrecio, Modalidad
from comercio.compra import EstadoPedido
from comercio.custodia import EstadoCustodia, Garantia
from comercio.panel.anunciar import Anuncio
from comercio.panel.preparar import MAXIMO
from nucleo.dinero import Dinero
from nucleo.lectores import DecimalPlano, Entrada, Fecha

Cuanto = Annotated[Decimal, Field(gt=0, le=1_000_000, decimal_places=2)]
"""Per cent, or bolivianos."""


class _DeFila(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class RenglonFicha(_DeFila):
    sku: str
    titulo: str
    opcion: str
    unidad_medida: str
    cantidad: DecimalPlano


class PedidoPorPreparar(_DeFila):
    id: UUID
    numero: str
    estado: EstadoPedido
    modalidad: Modalidad
    destinatario: str
    lugar: str | None = Field(description="A dónde va; nulo si se recoge.")
    despachar_hasta: datetime
    al_recibir: bool = Field(description="Se paga al recibir: lo lleva un operador que cobre en la puerta.")
    reclamado: bool = Field(description="Hay un reclamo del pago: mejor no mandarlo hasta que se decida.")
    renglones: list[RenglonFicha] = Field(description="Lo que falta anunciar o hacer.")


class RenglonPorRecoger(RenglonFicha):
    lugar: str = Field(description="De qué lugar de despacho se saca.")
    pedidos: int = Field(description="Para cuántos pedidos.")


class PorPrepararFicha(BaseModel):
    pedidos: list[PedidoPorPreparar] = Field(
        description=f"Primero los que vencen antes; hasta {MAXIMO}. Los servicios no se recogen."
    )
    recojo: list[RenglonPorRecoger]


class AnunciosNuevos(Entrada):
    unidad_id: UUID = Field(description="Unidad que vende.")
    operador_id: UUID = Field(description="Unidad con habilitación OPERADOR_POSTAL.")
    pedidos: Annotated[list[UUID], Field(min_length=1, max_length=MAXIMO)]


class AnuncioFicha(_DeFila):
    pedido_id: UUID
    numero: str | None
    resultado: Anuncio
    envio_id: UUID | None
    envio_numero: str | None
    codigo: str = Field(description="Por qué no se anunció; vacío si se anunció.")
    detalle: str


class AnunciosHechos(BaseModel):
    datos: list[AnuncioFicha]


class PrecioVistoEntrada(Entrada):
    variante_id: UUID
    antes: Dinero = Field(description="Lo que cuesta ahora: si ya es otro, esa línea se rechaza.")


class CambioDePreciosNuevo(Entrada):
    unidad_id: UUID = Field(description="Unidad que vende.")
    como: Como
    cuanto: Annotated[DecimalPlano, Field(gt=0, le=1_000_000, decimal_places=2)] = Field(
        description="Por ciento, o bolivianos."
    )
    lineas: Annotated[list[PrecioVistoEntrada], Field(min_length=1, max_length=LINEAS_MAXIMAS)]

    @property
    def cambio(self) -> Cambio:
        return Cambio(self.como, self.cuanto)


class EscalonCambiado(BaseModel):
    desde: DecimalPlano
    antes: Dinero
    despues: Dinero


class PrecioCambiado(BaseModel):
    variante_id: UUID
    titulo: str
    sku: str
    antes: Dinero
    despues: Dinero
    precios_por_cantidad: list[EscalonCambiado]
    error: str = Field(description="Por qué no se cambió; vacío si se cambió.")

    @classmethod
    def de(cls, x: LineaDePrecio) -> "PrecioCambiado":
        escala = [EscalonCambiado(desde=d, antes=a, despues=b) for d, a, b in x.escala]
        return cls(
            variante_id=x.variante_id,
            titulo=x.titulo,
            sku=x.sku,
            antes=x.antes,
            despues=x.despues,
            precios_por_cantidad=escala,
            error=x.error,
        )


class PreciosCambiados(BaseModel):
    datos: list[PrecioCambiado]


class ExistenciaFicha(_DeFila):
    variante_id: UUID
    producto_id: UUID
    titulo: str
    sku: str
    unidad_medida: str
    disponible: DecimalPlano
    umbral: DecimalPlano | None


class ExistenciasCortas(BaseModel):
    datos: list[ExistenciaFicha]


class UmbralNuevo(Entrada):
    variante_id: UUID
    umbral: Annotated[DecimalPlano, Field(ge=0, le=1_000_000)] | None = Field(
        None, description="Avisar cuando quede esto o menos; sin él, no se avisa."
    )


class UmbralesNuevos(Entrada):
    unidad_id: UUID = Field(description="Unidad que vende.")
    umbrales: Annotated[list[UmbralNuevo], Field(min_length=1, max_length=200)]


class VacacionesNuevas(Entrada):
    unidad_id: UUID = Field(description="Unidad que vende.")
    desde: Fecha = Field(description="Primer día sin vender.")
    hasta: Fecha = Field(description="Último día sin vender; 90 días como máximo.")


class VacacionesFicha(_DeFila):
    id: UUID
    desde: date
    hasta: date
    terminadas_en: datetime | None = Field(description="Si se terminaron antes.")


class ListaDeVacaciones(BaseModel):
    datos: list[VacacionesFicha]


class PasoFicha(_DeFila):
    codigo: str
    titulo: str
    hecho: bool
    url: str


class PrimerosPasos(BaseModel):
    datos: list[PasoFicha]


class VendidoFicha(_DeFila):
    desde: date = Field(description="Primer día: de un día, una semana o un mes, según cuántos se pidan.")
    pedidos: int
    vendido: Dinero


class VendidoDeProductoFicha(_DeFila):
    producto_id: UUID
    titulo: str
    sku: str
    unidad_medida: str
    cantidad: DecimalPlano
    vendido: Dinero


class VentasFicha(BaseModel):
    por_tiempo: list[VendidoFicha]
    por_producto: list[VendidoDeProductoFicha]


class CuentaFicha(_DeFila):
    """total - devuelto - comision = ganado."""

    pedido_id: UUID
    numero: str
    vendido_en: datetime
    estado: EstadoCustodia
    total: Dinero = Field(description="Lo que pagó quien compró.")
    devuelto: Dinero
    comision: Dinero = Field(description="De lo que queda, en proporción.")
    ganado: Dinero
    liquidado: Dinero = Field(description="Lo que ya llegó a la cuenta de la unidad.")
    liquidado_en: datetime | None
    liberar_en: datetime | None
    garantia: Garantia = Field(description="Dinero, o presupuesto que una entidad pública comprometió.")
    fuera: Dinero = Field(description="Lo que una entidad pública paga fuera de Qhatu, o debe.")
