"""What crosses the API of the budget certificates."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from feria_inversa.certificaciones.estados import EstadoCertificacion
from nucleo.dinero import Dinero
from nucleo.ids import IdElegido
from nucleo.lectores import Entrada, Fecha, escrito


class CertificacionEntrada(Entrada):
    """A certificate as the entity's own budget system gave it: Qhatu writes it down and asks nobody."""

    ejecutora: Annotated[
        str,
        Field(pattern=r"^[0-9]{2}$", examples=["00"], description="La unidad ejecutora, de las declaradas."),
    ]
    numero: Annotated[
        str,
        escrito(20, 1),
        AfterValidator(str.upper),
        Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z./-]*$", examples=["0412"]),
    ]
    fecha: Annotated[Fecha, Field(description="El día en que se emitió: su gestión es la de ese año.")]
    monto: Dinero
    objeto: Annotated[
        str,
        Field(pattern=r"^[1-9][0-9]{4}$", examples=["39500"], description="Partida por objeto del gasto."),
    ]
    fuente: Annotated[str, Field(pattern=r"^[0-9]{2}$", examples=["41"])] | None = Field(
        None, description="Fuente de financiamiento, como en el C-31."
    )
    organismo: Annotated[str, Field(pattern=r"^[0-9]{3}$", examples=["113"])] | None = Field(
        None, description="Organismo financiador, como en el C-31."
    )
    direccion: Annotated[str, Field(pattern=r"^[0-9]{1,4}$", examples=["1"])] | None = Field(
        None, description="Dirección administrativa (DA), como en el C-31."
    )
    apertura: (
        Annotated[str, escrito(40, 1), Field(pattern=r"^[0-9]+( [0-9]+)*$", examples=["00 0000 001"])] | None
    ) = Field(None, description="Apertura programática, como en el C-31.")
    concepto: Annotated[str, escrito(300, 5)] = Field(description="Para qué se certifica.")


class CertificacionNueva(CertificacionEntrada):
    id: IdElegido | None = Field(
        None, description="Identificador propuesto: repetir el envío no la registra dos veces."
    )


class AnulacionEntrada(Entrada):
    motivo: Annotated[str, escrito(1000, 10)] = Field(description="Queda escrito con la certificación.")


class CertificacionSalida(BaseModel):
    id: UUID
    unidad_id: UUID
    ejecutora: str
    numero: str
    gestion: int
    fecha: date
    objeto: str
    fuente: str | None
    organismo: str | None
    direccion: str | None
    apertura: str | None
    concepto: str
    estado: EstadoCertificacion
    monto: Dinero
    disponible: Annotated[Dinero, Field(description="Lo que queda por comprometer.")]
    comprometido: Annotated[Dinero, Field(description="En órdenes que todavía no se pagaron.")]
    ejecutado: Annotated[Dinero, Field(description="Lo gastado: pagado, o que la entidad debe.")]
    vence_en: datetime
    registrada_en: datetime
    registro: Annotated[str, Field(description="Quién la registró.")]
    motivo: str | None
    terminada_en: datetime | None


class PaginaDeCertificaciones(BaseModel):
    datos: list[CertificacionSalida]
    siguiente: str | None
