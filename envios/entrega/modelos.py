"""Tables of the door. What must always hold is in the migrations."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Numeric,
    SmallInteger,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from envios.entrega.tipos import ClaseDeArchivo, QuienPuede, Relacion
from nucleo.enumeraciones import TextoEnum, valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento


@aplicacion("SELECT, INSERT")
class EleccionDeEntrega(Tabla, table=True):
    """How the recipient wants to receive an item; the last version is in force. Append-only.

    At the door (on `dia`, without it as soon as it can be) or at an agency; to themselves or to whom they
    name, who has a code of their own. `donde` is the neighbour's house. Nothing of it: as it was announced.
    """

    __tablename__ = "envios_eleccion"
    __table_args__ = (
        UniqueConstraint("envio_id", "version"),
        CheckConstraint("version BETWEEN 1 AND 10", name="version"),
        CheckConstraint(f"recibe IN ({valores(QuienPuede)})", name="recibe"),
        CheckConstraint("(recibe = 'destinatario') = (nombre = '')", name="nombre"),
        CheckConstraint("(recibe = 'vecino') = (donde <> '')", name="donde"),
        CheckConstraint("agencia_id IS NULL OR (dia IS NULL AND recibe <> 'vecino')", name="agencia"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    envio_id: UUID = Field(foreign_key="envios_envio.id")
    version: int = Field(sa_type=SmallInteger)
    agencia_id: UUID | None = Field(default=None, foreign_key="envios_agencia.id")
    dia: date | None = None
    recibe: QuienPuede = Field(sa_type=TextoEnum(QuienPuede))
    nombre: str = Field(default="", max_length=120)
    donde: str = Field(default="", max_length=200)
    elegida_en: datetime = instante()
    elegida_por: str = Field(max_length=120)


@aplicacion("SELECT, INSERT")
class PruebaDeEntrega(Tabla, table=True):
    """Who received an item, as it was seen at the door. Append-only.

    Of a delivery event (`evento_id`); or, before the server has judged the code of an offline delivery, of
    the event that its telephone calls `evento_cliente_id`.
    """

    __tablename__ = "envios_prueba"
    __table_args__ = (
        CheckConstraint(f"relacion IN ({valores(Relacion)})", name="relacion"),
        CheckConstraint(
            "receptor_nombre = btrim(receptor_nombre) AND length(receptor_nombre) BETWEEN 1 AND 120",
            name="receptor_nombre",
        ),
        CheckConstraint("evento_id IS NOT NULL OR evento_cliente_id <> ''", name="de_que"),
        CheckConstraint("NOT codigo_comprobado OR evento_id IS NOT NULL", name="codigo_comprobado"),
        CheckConstraint("(latitud IS NULL) = (longitud IS NULL)", name="coordenadas"),
        CheckConstraint("latitud BETWEEN -90 AND 90 AND longitud BETWEEN -180 AND 180", name="en_el_mundo"),
        CheckConstraint(
            "precision_m IS NULL OR (latitud IS NOT NULL AND precision_m BETWEEN 0 AND 100000)",
            name="precision_m",
        ),
        Index("ix_envios_prueba_envio", "envio_id"),
        Index(
            "uq_envios_prueba_cliente",
            "operador_unidad_id",
            "evento_cliente_id",
            unique=True,
            postgresql_where=text("evento_cliente_id <> ''"),
        ),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    envio_id: UUID = Field(foreign_key="envios_envio.id")
    operador_unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    evento_id: UUID | None = Field(default=None, foreign_key="envios_evento.id", unique=True)
    evento_cliente_id: str = Field(default="", max_length=64)
    receptor_nombre: str = Field(max_length=120)
    relacion: Relacion = Field(sa_type=TextoEnum(Relacion))
    codigo_comprobado: bool
    latitud: Decimal | None = Field(default=None, sa_type=Numeric(9, 6))
    longitud: Decimal | None = Field(default=None, sa_type=Numeric(9, 6))
    precision_m: int | None = None
    ocurrida_en: datetime = momento()
    recibida_en: datetime = instante()
    registrada_por: str = Field(max_length=120)


@aplicacion("SELECT, INSERT")
class ArchivoDePrueba(Tabla, table=True):
    """A picture of a proof, one of each kind; it may come after the proof. Append-only."""

    __tablename__ = "envios_prueba_archivo"
    __table_args__ = (
        ForeignKeyConstraint(["archivo_id", "prueba_id"], ["nucleo_archivo.id", "nucleo_archivo.duenio_id"]),
        CheckConstraint(f"clase IN ({valores(ClaseDeArchivo)})", name="clase"),
        Index("ix_envios_prueba_archivo_archivo_id", "archivo_id"),
    )

    prueba_id: UUID = Field(primary_key=True, foreign_key="envios_prueba.id")
    clase: ClaseDeArchivo = Field(primary_key=True, sa_type=TextoEnum(ClaseDeArchivo))
    archivo_id: UUID
    huella: str = Field(sa_type=Text)
    recibido_en: datetime = instante()
    registrado_por: str = Field(max_length=120)
