"""What crosses the API of the auctions."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from feria_inversa.procesos import MOTIVO_MINIMO, Texto
from nucleo.dinero import Dinero
from nucleo.lectores import DecimalPlano, Entero, Entrada, Momento

Numero = Annotated[Entero, Field(ge=1, le=32767, description="El primer ítem de lo que se adjudica junto.")]


class PujaEntrada(Entrada):
    id: Annotated[
        UUID | None, Field(description="Identificador propuesto: repetir el envío no puja otra vez.")
    ] = None
    unidad_id: UUID
    grupo: Numero
    total: Annotated[
        Dinero,
        Field(
            description="Por todo lo que se adjudica junto. Se reparte entre los ítems en la proporción de "
            "su oferta, con cuatro decimales: se registra hasta un boliviano menos; si fuera más, "
            "se rechaza y se dice el total más cercano."
        ),
    ]


class PujaRecibida(BaseModel):
    """A bid that was taken, and kept before this is said."""

    id: UUID
    grupo: int
    proponente: int
    numero: Annotated[int, Field(description="Cuántas van, con esta, de quien puja.")]
    total: Dinero
    precios: Annotated[list[DecimalPlano], Field(description="De la unidad de cada ítem, por su número.")]
    hecha_en: Annotated[datetime, Field(description="Por el reloj de la base de datos, al tomarla.")]
    termina_en: datetime


class PosturaSalida(BaseModel):
    lugar: int
    proponente: Annotated[int, Field(description="Quién es se sabe cuando la subasta termina.")]
    total: Dinero
    inicial: Dinero
    hecha_en: Annotated[
        datetime | None,
        Field(
            description="De quien no pujó es cuando presentó su oferta, y se da cuando la subasta termina."
        ),
    ]
    pujas: int


class TurnoSalida(BaseModel):
    ronda: int
    proponente: int
    desde: datetime
    hasta: Annotated[datetime, Field(description="Lo que se puje en el turno se ve entonces.")]


class SubastadoSalida(BaseModel):
    grupo: Numero
    nombre: str
    paso: Annotated[Dinero, Field(description="Lo menos que una puja baja de la anterior de quien puja.")]
    termina_en: datetime
    extensiones: int
    abierto: bool
    turno: Annotated[TurnoSalida | None, Field(description="Por rondas, el que corre.")]
    posturas: list[PosturaSalida]


class PujaVista(BaseModel):
    proponente: int
    numero: Annotated[int, Field(description="Cuántas van, con esta, de ese proponente.")]
    total: Dinero
    hecha_en: datetime


class HorarioVisto(BaseModel):
    estado: Literal["por_empezar", "abierta", "terminada", "cancelada"]
    empieza_en: datetime
    termina_en: datetime
    terminada_en: Annotated[
        datetime | None, Field(description="Cuando se publicó el acta, o se canceló: no hay más.")
    ]
    turno: Annotated[TurnoSalida | None, Field(description="Por rondas, el que corre.")] = None


class AvisoSalida(BaseModel):
    acta: int
    hecha_en: datetime


class SubastaSalida(BaseModel):
    estado: Literal["por_empezar", "abierta", "terminada", "cancelada"]
    empieza_en: datetime
    terminada_en: datetime | None
    duracion_min: int
    extension_min: Annotated[
        int, Field(description="Una puja en los últimos tantos minutos alarga la subasta otros tantos.")
    ]
    rondas: Annotated[
        int,
        Field(description="0: es continua; si no, en cada una puja cada quien una vez, en su turno."),
    ]
    turno_min: int
    pausa_min: Annotated[int, Field(description="Antes de cada ronda.")]
    confirmado: Annotated[bool, Field(description="Si paso y minutos se cotejaron con la norma.")]
    acta: Annotated[int | None, Field(description="La que dice todas las pujas, y de quién fue cada una.")]
    ahora: Annotated[datetime, Field(description="El reloj que juzga.")]
    avisos: Annotated[list[AvisoSalida], Field(description="Las interrupciones que la prorrogaron.")]
    grupos: list[SubastadoSalida]


class InterrupcionEntrada(Entrada):
    termina_en: Annotated[
        Momento,
        Field(
            description="Cuándo termina lo que no terminó: más tarde que ahora. Por rondas, lo último: lo "
            "demás se corre lo mismo."
        ),
    ]
    motivo: Annotated[Texto, Field(min_length=MOTIVO_MINIMO, max_length=1000, description="Será público.")]


class InterrupcionSalida(BaseModel):
    acta: int
    huella: Annotated[str, Field(description="SHA-256 del acta.")]
    hecha_en: datetime
