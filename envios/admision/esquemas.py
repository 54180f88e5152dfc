"""What crosses the API."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, model_validator

from envios.admision.estados import ClaseAdmision, Franja, Medio
from envios.admision.precio import Pesada
from envios.tarifas import medidas_de
from nucleo.dinero import Dinero
from nucleo.lectores import ES_NOMBRE, DecimalPlano, Entero, Entrada, Fecha, Telefono, TelefonoONada, escrito


class RecojoPorPedir(Entrada):
    """Where and when a parcel is collected."""

    direccion: Annotated[str, escrito(300, 3)]
    telefono: Telefono
    dia: Fecha = Field(description="Un día hábil del lugar, de mañana a diez días, en que la agencia abre.")
    franja: Franja


class EnvioPorCrear(Entrada):
    """A shipment to announce: from a kept quote, or, of a unit that sells, without one."""

    remitente_unidad_id: UUID | None = Field(None, description="La unidad que envía; si falta, usted.")
    operador_unidad_id: UUID
    cotizacion_id: UUID | None = Field(
        None,
        description="Una cotización suya y vigente, de ese operador, destino y peso. Es de un solo envío.",
    )
    cuenta_id: Entero | None = Field(
        None, description="La cuenta que paga el franqueo; sin ella se paga en efectivo al entregarlo."
    )
    recojo: RecojoPorPedir | None = Field(None, description="Si la cotización lo incluye: dónde y cuándo.")
    destinatario_persona_id: UUID | None = Field(
        None, description="Si recibe una persona con cuenta o una unidad, una de las dos; si no, un tercero."
    )
    destinatario_unidad_id: UUID | None = None
    destinatario_nombre: Annotated[str, escrito(120, 1), ES_NOMBRE]
    destinatario_telefono: TelefonoONada = ""
    destino_municipio_ine: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
    destino_referencia: Annotated[str, escrito(500, 1)] = Field(
        description="Cómo llegar: zona, referencia, color de la puerta; no hace falta calle ni número."
    )
    latitud: DecimalPlano | None = Field(None, description="Grados (WGS 84), dentro de Bolivia.")
    longitud: DecimalPlano | None = None
    peso_g: Entero = Field(ge=1, le=1_000_000)
    contenido: Annotated[str, escrito(200, 1)]


class EnvioPorAdmitir(Entrada):
    """A parcel as it was weighed and measured at an agency."""

    agencia_id: UUID
    peso_g: Entero = Field(ge=1, le=1_000_000)
    largo_cm: Entero | None = Field(None, ge=1, le=1000)
    ancho_cm: Entero | None = Field(None, ge=1, le=1000)
    alto_cm: Entero | None = Field(None, ge=1, le=1000)
    importe: Dinero = Field(description="Lo que se dijo que cuesta, y en efectivo se cobró; cero si nada.")
    medio: Medio | None = Field(
        None, description="Cómo se dijo que se paga: si mientras tanto se pagó de otro modo, no se recibe."
    )

    @model_validator(mode="after")
    def _con_sus_tres_lados(self) -> Self:
        self.pesada()
        return self

    def pesada(self) -> Pesada:
        return Pesada(self.peso_g, medidas_de(self.largo_cm, self.ancho_cm, self.alto_cm))


class FranqueoPorPagar(Entrada):
    """From which account, and how much was shown."""

    cuenta_id: Entero = Field(description="Su billetera, o la cuenta de una unidad por la que puede pagar.")
    monto: Dinero = Field(description="Lo que cuesta hoy. Si es otro, no se paga.")


class AdmisionLeida(BaseModel):
    """What was taken over a counter: its receipt, for a program."""

    id: UUID
    envio_id: UUID
    agencia_id: UUID
    clase: ClaseAdmision
    admitido_en: datetime
    declarado_g: int
    peso_g: int
    largo_cm: int | None
    ancho_cm: int | None
    alto_cm: int | None
    cotizacion_id: UUID | None
    importe: Dinero
    medio: Medio
    entrega_el: date | None
    verificacion: str = Field(description="Página en que cualquiera verifica la constancia.")
