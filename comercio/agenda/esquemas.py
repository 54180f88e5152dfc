"""What crosses the API."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from comercio.agenda.estados import EstadoCita, Lado
from comercio.agenda.modelos import AVISO_MAXIMO_DIAS, CAPACIDAD_MAXIMA, DURACION_MAX, DURACION_MIN
from nucleo.lectores import Entero, Entrada, escrito
from nucleo.semanas import SemanaEscrita


class AgendaEscrita(Entrada):
    nombre: Annotated[str, escrito(80, 2)] = Field(examples=["Consultorio"])
    lugar: Annotated[str, escrito(200)] = Field(
        "", description="La dirección, si quien compra va ahí; vacío: quien vende va a donde le digan."
    )
    capacidad: Annotated[Entero, Field(ge=1, le=CAPACIDAD_MAXIMA)] = Field(
        1, description="A cuántos atiende a la vez."
    )
    dias_de_aviso: Annotated[Entero, Field(ge=0, le=AVISO_MAXIMO_DIAS)] = Field(
        1, description="Con cuántos días se pide una cita, y hasta cuántos antes la cancela quien compró."
    )
    horario: SemanaEscrita = Field(description="Los feriados del lugar de quien vende no se atiende.")


class AgendaNueva(AgendaEscrita):
    unidad_id: UUID = Field(description="Unidad que vende; usted necesita la facultad VENDER.")


class ServicioConCita(Entrada):
    """Whether a variant needs an appointment in this agenda."""

    variante_id: UUID
    duracion_min: Annotated[Entero, Field(ge=DURACION_MIN, le=DURACION_MAX)] | None = Field(
        None, description="Cuántos minutos dura; nulo: ya no se atiende con cita."
    )


class ServicioConCitaFicha(BaseModel):
    variante_id: UUID
    duracion_min: int


class AgendaFicha(BaseModel):
    id: UUID
    nombre: str
    lugar: str
    capacidad: int
    dias_de_aviso: int
    horario: SemanaEscrita
    servicios: list[ServicioConCitaFicha]


class Agendas(BaseModel):
    datos: list[AgendaFicha]


class HoraLibre(BaseModel):
    inicio: datetime
    fin: datetime
    quedan: int = Field(description="Cuántos más se atienden a esa hora.")


class HorasLibres(BaseModel):
    duracion_min: int
    dias_de_aviso: int
    datos: list[HoraLibre]


class CitaFicha(BaseModel):
    id: UUID
    pedido_id: UUID
    estado: EstadoCita
    inicio: datetime
    fin: datetime
    cancelar_hasta: datetime = Field(description="Hasta cuándo la cancela quien compró.")
    propuso: Lado = Field(description="Qué lado pidió esa hora.")
    responder_hasta: datetime | None = Field(description="De una propuesta; después queda como estaba.")


class CitasDelDia(BaseModel):
    dia: date
    datos: list[CitaFicha]
