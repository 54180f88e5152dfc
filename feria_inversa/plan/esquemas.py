"""What crosses the API and the forms of an annual plan."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, model_validator

from feria_inversa.entidades import UnidadResumen
from feria_inversa.plan.estados import EstadoPlan
from feria_inversa.precios import Cantidad, UnidadEscrita, UnidadMedida
from feria_inversa.reglas import Categoria
from nucleo.dinero import Dinero
from nucleo.ids import IdElegido
from nucleo.lectores import DecimalPlano, Entero, Entrada, escrito
from nucleo.textos import gettext as _

LINEAS_MAXIMAS = 2000
CAMBIOS_MAXIMOS = LINEAS_MAXIMAS
NUMERO_MAXIMO = 32767
"""Of a line: none is numbered again, also when it was taken out."""

Gestion = Annotated[Entero, Field(ge=2020, le=2100, examples=[2027])]
Mes = Annotated[Entero, Field(ge=1, le=12, description="El mes en que se prevé publicar el proceso.")]
NumeroDeLinea = Annotated[Entero, Field(ge=1, le=NUMERO_MAXIMO)]
Motivo = Annotated[str, escrito(1000, 10), Field(description="Será público.")]
Objeto = Annotated[str, escrito(1000, 5), Field(description="Qué se va a contratar.")]
Modalidad = Annotated[
    str, Field(max_length=10, description="La prevista; si falta, la que corresponde al monto.")
]
Partida = Annotated[
    str, Field(pattern=r"^[1-9][0-9]{4}$", examples=["39500"], description="Partida por objeto del gasto.")
]
Fuente = Annotated[
    str, Field(pattern=r"^[0-9]{2}$", examples=["41"], description="Fuente de financiamiento.")
]
Organismo = Annotated[
    str, Field(pattern=r"^[0-9]{3}$", examples=["113"], description="Organismo financiador.")
]
Familia = Annotated[
    str,
    Field(pattern=r"^[0-9]{4}([0-9]{3,4})?$", examples=["5611"]),
    AfterValidator(lambda codigo: codigo[:4]),
]


Municipio = Annotated[str, Field(pattern=r"^[0-9]{6}$", examples=["040101"])]


class LineaEntrada(Entrada):
    """One thing that will be contracted."""

    objeto: Objeto
    categoria: Categoria = "bienes"
    modalidad: Modalidad | None = None
    mes: Mes
    monto: Annotated[Dinero, Field(description="El monto referencial.")]
    partida: Partida
    fuente: Fuente | None = None
    organismo: Organismo | None = None
    familia: Familia | None = Field(None, description="Familia de UNSPSC: los cuatro primeros números.")
    cantidad: Cantidad | None = Field(None, description="Cuánto se prevé, en su unidad de medida.")
    unidad_medida: UnidadMedida | None = None
    unidad_texto: UnidadEscrita | None = None
    municipio_ine: Municipio | None = Field(
        None, description="Dónde se entrega, código INE; si falta, donde está la entidad."
    )


class Cambio(Entrada):
    """Without `numero`, one line more; with it, that line as it will be or, without `linea`, taken out."""

    numero: NumeroDeLinea | None = None
    linea: LineaEntrada | None = None

    @model_validator(mode="after")
    def _dice_algo(self) -> "Cambio":
        if self.numero is None and self.linea is None:
            raise ValueError(_("Diga qué línea se quita, o qué línea se añade."))
        return self


Cambios = Annotated[list[Cambio], Field(min_length=1, max_length=CAMBIOS_MAXIMOS)]


class PlanNuevo(Entrada):
    id: IdElegido | None = Field(
        None, description="Identificador propuesto: repetir el envío no lo crea dos veces."
    )
    gestion: Gestion
    lineas: Annotated[list[LineaEntrada], Field(max_length=LINEAS_MAXIMAS)] = Field([])


class CambiosEntrada(Entrada):
    """Of a draft without a reason; of a published plan they are its next version."""

    cambios: Cambios
    motivo: Motivo | None = None


class LineaSalida(BaseModel):
    id: UUID
    numero: int
    objeto: str
    categoria: Categoria
    modalidad: str
    mes: int
    monto: Dinero
    partida: str
    fuente: str | None
    organismo: str | None
    familia: str | None
    cantidad: DecimalPlano | None
    unidad_medida: str | None
    unidad_texto: Annotated[
        str | None, Field(description="La unidad como la escribió la entidad, si no es de la lista.")
    ]
    municipio_ine: Annotated[
        str | None, Field(description="Dónde se entrega; si no dice, en el municipio de la entidad.")
    ]
    version: Annotated[int, Field(description="La versión del plan en la que cambió por última vez.")]
    revision: Annotated[int, Field(description="La revisión del plan en la que cambió por última vez.")]
    retirada: bool
    procesos: Annotated[list[UUID], Field(description="Las convocatorias públicas que empezaron con ella.")]


class PlanSalida(BaseModel):
    id: UUID
    numero: str | None
    entidad: UnidadResumen
    gestion: int
    municipio_ine: str | None
    estado: EstadoPlan
    version: int
    revision: Annotated[int, Field(description="Cuántas veces cambió, también en borrador: es su ETag.")]
    lineas: Annotated[int, Field(description="Cuántas están en el plan, sin las que se quitaron.")]
    monto: Annotated[Dinero, Field(description="Lo que suman.")]
    publicado_en: datetime | None
    terminado_en: datetime | None


class LineaHallada(LineaSalida):
    gestion: int
    plan_id: UUID
    entidad: UnidadResumen


class VersionSalida(BaseModel):
    version: int
    motivo: str | None
    hecha_en: datetime
    hecha_por: str
    huella: Annotated[str, Field(description="SHA-256 de lo que dice, byte por byte.")]
