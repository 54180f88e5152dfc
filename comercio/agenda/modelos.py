"""When a seller attends, what of theirs needs an appointment, and the appointments themselves. What must
always hold is a constraint here, not a hope in the code.
"""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, SmallInteger, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field

from comercio.agenda.estados import LIBERAN, TONOS, EstadoCita, Lado
from nucleo.enumeraciones import valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento, momento_o_nada

CAPACIDAD_MAXIMA = 50
AVISO_MAXIMO_DIAS = 30
DURACION_MIN, DURACION_MAX = 10, 480
_LIBERAN = ", ".join(f"'{e}'" for e in LIBERAN)


@aplicacion("SELECT, INSERT, UPDATE (nombre, lugar, capacidad, dias_de_aviso)")
class Agenda(Tabla, table=True):
    """Where and when a seller attends by appointment, how many at once, and with how much notice: so many
    days before one it may be taken, and cancelled by who bought. `lugar`: the address, where people come;
    empty, who sells goes to whoever bought."""

    __tablename__: ClassVar[str] = "comercio_agenda"
    __table_args__ = (
        UniqueConstraint("id", "vendedor_id"),
        UniqueConstraint("vendedor_id", "nombre"),
        ForeignKeyConstraint(["vendedor_id"], ["registro_unidad.id"]),
        CheckConstraint(f"capacidad BETWEEN 1 AND {CAPACIDAD_MAXIMA}", name="capacidad"),
        CheckConstraint(f"dias_de_aviso BETWEEN 0 AND {AVISO_MAXIMO_DIAS}", name="dias_de_aviso"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    vendedor_id: UUID
    nombre: str = Field(max_length=80)
    lugar: str = Field(default="", max_length=200)
    capacidad: int = Field(default=1, sa_type=SmallInteger)
    dias_de_aviso: int = Field(default=1, sa_type=SmallInteger)
    creada_en: datetime = instante()


@aplicacion("SELECT, INSERT, DELETE")
class HorasDeAgenda(Tabla, table=True):
    """An opening of one weekday (1 is Monday, 7 Sunday), in minutes after midnight."""

    __tablename__: ClassVar[str] = "comercio_agenda_horario"
    __table_args__ = (
        CheckConstraint("dia BETWEEN 1 AND 7", name="dia"),
        CheckConstraint("abre_min >= 0 AND abre_min < cierra_min AND cierra_min <= 1440", name="horas"),
    )

    agenda_id: UUID = Field(foreign_key="comercio_agenda.id", primary_key=True)
    dia: int = Field(sa_type=SmallInteger, primary_key=True)
    abre_min: int = Field(sa_type=SmallInteger, primary_key=True)
    cierra_min: int = Field(sa_type=SmallInteger)


@aplicacion("SELECT, INSERT, UPDATE (agenda_id, duracion_min), DELETE")
class VarianteConCita(Tabla, table=True):
    """A variant of a service that needs an appointment, in which agenda and of how many minutes."""

    __tablename__: ClassVar[str] = "comercio_variante_con_cita"
    __table_args__ = (
        ForeignKeyConstraint(
            ["variante_id", "vendedor_id"], ["comercio_variante.id", "comercio_variante.vendedor_id"]
        ),
        ForeignKeyConstraint(
            ["agenda_id", "vendedor_id"], ["comercio_agenda.id", "comercio_agenda.vendedor_id"]
        ),
        CheckConstraint(f"duracion_min BETWEEN {DURACION_MIN} AND {DURACION_MAX}", name="duracion"),
        Index(None, "agenda_id"),
    )

    variante_id: UUID = Field(primary_key=True)
    vendedor_id: UUID
    agenda_id: UUID
    duracion_min: int = Field(sa_type=SmallInteger)


@aplicacion("SELECT, INSERT, UPDATE (estado, responder_hasta, terminada_en)")
class Cita(Tabla, table=True):
    """An appointment of an order, in one of the places (`puesto`) that its agenda has at once: no two of a
    place overlap, and a trigger says that the place is one that there is. `propuso`: which side asked for it.
    `cancelar_hasta`: until when who bought may cancel.
    """

    __tablename__: ClassVar[str] = "comercio_cita"
    __table_args__ = (
        ForeignKeyConstraint(
            ["pedido_id", "agenda_id"], ["comercio_servicio.pedido_id", "comercio_servicio.agenda_id"]
        ),
        CheckConstraint(f"estado IN ({valores(EstadoCita)})", name="estado"),
        CheckConstraint(f"propuso IN ({valores(Lado)})", name="propuso"),
        CheckConstraint("puesto >= 1", name="puesto"),
        CheckConstraint("fin > inicio AND cancelar_hasta <= inicio", name="horas"),
        CheckConstraint("(estado = 'propuesta') = (responder_hasta IS NOT NULL)", name="responder"),
        CheckConstraint(
            "(terminada_en IS NULL) = (estado IN ('propuesta', 'fijada', 'sin_vendedor'))", name="fin"
        ),
        ExcludeConstraint(
            ("agenda_id", "="),
            ("puesto", "="),
            (text("tstzrange(inicio, fin)"), "&&"),
            using="gist",
            where=text(f"estado NOT IN ({_LIBERAN})"),
            name="ex_comercio_cita_puesto",
        ),
        Index(
            "uq_comercio_cita_en_pie",
            "pedido_id",
            unique=True,
            postgresql_where=text("estado IN ('fijada', 'sin_vendedor', 'sin_comprador', 'cumplida')"),
        ),
        Index(
            "uq_comercio_cita_propuesta",
            "pedido_id",
            unique=True,
            postgresql_where=text("estado = 'propuesta'"),
        ),
        Index(None, "pedido_id", "agenda_id"),
        Index(None, "responder_hasta", postgresql_where=text("estado = 'propuesta'")),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    pedido_id: UUID
    agenda_id: UUID
    puesto: int = Field(sa_type=SmallInteger)
    inicio: datetime = momento()
    fin: datetime = momento()
    cancelar_hasta: datetime = momento()
    estado: str = Field(max_length=14)
    propuso: str = Field(max_length=9)
    responder_hasta: datetime | None = momento_o_nada()
    creada_en: datetime = instante()
    terminada_en: datetime | None = momento_o_nada()

    @property
    def texto(self) -> str:
        return EstadoCita(self.estado).texto

    @property
    def tono(self) -> str:
        return TONOS[EstadoCita(self.estado)]
