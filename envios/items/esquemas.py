"""What crosses the API."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from envios.items.esquema import Esquema
from envios.items.estados import EstadoEnvio
from nucleo.lectores import DecimalPlano, Entrada, escrito


class IdentificadorPorAgregar(Entrada):
    """What the operator that carries it, or the unit that sends it, calls an item too."""

    numero: Annotated[str, escrito(60, 1)] = Field(
        description="El número propio, la referencia de la tienda o el S10 de otro correo."
    )


class IdentificadorLeido(BaseModel):
    """A number by which an item may be asked for."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    esquema: Esquema
    emisor_unidad_id: UUID | None = Field(description="De quién es; nulo en el número propio del envío.")
    texto: str = Field(description="Como se escribió.")
    normalizado: str = Field(description="Como se compara: mayúsculas, sin espacios ni guiones.")
    principal: bool
    desde: date
    hasta: date = Field(description="Desde este día puede ser de otro envío.")


class IdentificadorAgregado(IdentificadorLeido):
    aviso: str = Field("", description="Lo que conviene revisar; vacío si nada.")


class IdentificadoresLeidos(BaseModel):
    datos: list[IdentificadorLeido]


class EnvioLeido(BaseModel):
    """A shipment for its sender, operator or recipient. `codigo_entrega` only for the recipient."""

    id: UUID
    numero: str
    estado: EstadoEnvio
    estado_en: datetime
    etiqueta: str = Field(description="Etiqueta de AfterShip.")
    papel: str = Field(description="Lo que usted es para este envío: destinatario, remitente u operador.")
    remitente_unidad_id: UUID | None
    remitente_persona_id: UUID | None
    operador_unidad_id: UUID
    destinatario_persona_id: UUID | None
    destinatario_unidad_id: UUID | None
    destinatario_nombre: str
    destinatario_telefono: str
    destino_municipio_ine: str
    destino_referencia: str
    latitud: DecimalPlano | None
    longitud: DecimalPlano | None
    codigo_plus: str | None = Field(description="El mismo punto como código plus, para quien no usa mapas.")
    referencia_tipo: str
    referencia_id: UUID
    peso_g: int
    contenido: str
    intentos: int
    creado_en: datetime
    admitido_en: datetime | None
    entregado_en: datetime | None
    devolucion_de_id: UUID | None
    espera_hasta: datetime | None = Field(description="Desde entonces vuelve solo a quien lo envió.")
    codigo_entrega: str | None = None
    seguimiento: str = Field(description="Página pública de seguimiento.")
