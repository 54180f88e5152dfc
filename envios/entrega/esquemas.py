"""What crosses the API."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, model_validator

from envios.entrega.elegir import Eleccion
from envios.entrega.prueba import DatosDePrueba
from envios.entrega.tipos import QuienPuede, Relacion
from nucleo.lectores import DecimalPlano, Entero, Entrada, Fecha, Momento, escrito
from nucleo.textos import gettext as _


class PruebaPorGuardar(Entrada):
    """Who received, as it was seen at the door."""

    relacion: Relacion = Field(
        Relacion.DESTINATARIO, description="Qué es quien recibió para la persona destinataria."
    )
    receptor_nombre: Annotated[str, escrito(120)] = Field(
        "", description="Si falta, se entiende la misma persona destinataria."
    )
    latitud: DecimalPlano | None = Field(None, ge=-90, le=90)
    longitud: DecimalPlano | None = Field(None, ge=-180, le=180)
    precision_m: Entero | None = Field(None, ge=0, description="Metros, como la dice el teléfono.")

    def datos(self) -> DatosDePrueba:
        return DatosDePrueba(
            self.relacion, self.receptor_nombre, self.latitud, self.longitud, self.precision_m
        )


class EntregaPorRegistrar(PruebaPorGuardar):
    codigo_entrega: Annotated[str, escrito(20, 1)]
    evento_cliente_id: Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{0,64}$")] = ""
    ocurrido_en: Momento | None = Field(
        None, description="Cuándo ocurrió, con su zona. Si falta, ahora mismo."
    )
    lugar: Annotated[str, escrito(120)] = ""


class PruebaLeida(BaseModel):
    """The proof of a delivery, for the sender, the recipient and the operator at work."""

    id: UUID
    envio_id: UUID
    evento_id: UUID | None = Field(description="Falta mientras la entrega es provisional.")
    receptor_nombre: str
    relacion: Relacion
    codigo_comprobado: bool
    latitud: DecimalPlano | None
    longitud: DecimalPlano | None
    precision_m: int | None
    ocurrida_en: datetime
    recibida_en: datetime
    foto: str | None = Field(description="Dirección de la foto; privada.")
    firma: str | None = Field(description="Dirección de la firma; privada.")


class PruebasLeidas(BaseModel):
    datos: list[PruebaLeida]


class EleccionPorHacer(Entrada):
    """How to receive it; what is left out, as it was announced."""

    agencia_id: UUID | None = Field(None, description="Una agencia del operador en el lugar de destino.")
    dia: Fecha | None = Field(None, description="En la puerta, desde mañana hasta dentro de diez días.")
    recibe: QuienPuede = QuienPuede.DESTINATARIO
    nombre: Annotated[str, escrito(120)] = Field("", description="De la persona autorizada o del vecino.")
    donde: Annotated[str, escrito(200)] = Field("", description="Cuál es la casa del vecino.")

    def eleccion(self) -> Eleccion:
        return Eleccion(**self.model_dump())


class EleccionLeida(BaseModel):
    version: int = Field(description="Cuántas veces se eligió; vale la última.")
    agencia_id: UUID | None
    dia: date | None
    recibe: QuienPuede
    nombre: str
    donde: str
    instrucciones: list[str] = Field(description="Lo mismo en palabras, para quien lo lleva.")
    elegida_en: datetime
    codigo_de_tercero: str | None = Field(
        description="El código de quien recibirá por usted; solo lo ve quien recibe."
    )


class UbicacionPorDecir(Entrada):
    latitud: DecimalPlano | None = Field(
        None, description="Grados (WGS 84), en Bolivia; sin ellas se olvida."
    )
    longitud: DecimalPlano | None = None


class DevolucionPorAnunciar(Entrada):
    """With a quote and an account the postage is held now; without them it is paid at the counter."""

    cotizacion_id: UUID | None = Field(None, description="La cotización guardada por la que se paga ahora.")
    cuenta_id: Entero | None = Field(None, description="La cuenta que paga el porte; con la cotización.")
    contenido: Annotated[str, escrito(200)] = Field("", description="Si falta, lo mismo que llegó.")
    peso_g: Entero | None = Field(None, ge=1, le=1_000_000)

    @model_validator(mode="after")
    def _las_dos_o_ninguna(self) -> Self:
        if (self.cotizacion_id is None) != (self.cuenta_id is None):
            raise ValueError(_("Diga la cotización y la cuenta que paga, o ninguna."))
        return self
