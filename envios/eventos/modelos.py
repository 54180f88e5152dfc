"""Tables of events. What must always hold is in the migrations."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field

import envios.operadores  # noqa: F401 - an event names one of its agencies
import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from envios.eventos.derivar import ClaseIncidencia
from envios.eventos.estados import EstadoAnulacion, EstadoIncidencia, Resolucion
from envios.eventos.motivos import MotivoCorreccion
from nucleo.enumeraciones import valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento, momento_o_nada


@aplicacion("SELECT, INSERT")
class EventoEnvio(Tabla, table=True):
    """Something that happened to an item. Append-only: a correction is a row of its own, never an edit.

    Identity: item, operator, instant, code and the operator's own event id; never the place. `ocurrido_en`
    with `desfase_min` gives the local time the operator saw. With `agencia_id`, `lugar` is the name that it
    had then.
    """

    __tablename__ = "envios_evento"
    __table_args__ = (
        UniqueConstraint(
            "envio_id",
            "operador_unidad_id",
            "ocurrido_en",
            "codigo",
            "evento_cliente_id",
            name="uq_envios_evento_identidad",
        ),
        Index(
            "uq_envios_evento_cliente",
            "operador_unidad_id",
            "evento_cliente_id",
            unique=True,
            postgresql_where=text("evento_cliente_id <> ''"),
        ),
        CheckConstraint("cuenta_desde = GREATEST(ocurrido_en, recibido_en)", name="cuenta_desde"),
        CheckConstraint("agencia_id IS NULL OR municipio_ine IS NOT NULL", name="agencia"),
        CheckConstraint("codigo <> 'QHEP' OR fuente = 'escaner'", name="provisional"),
        CheckConstraint("codigo <> 'QHNR' OR fuente = 'destinatario'", name="no_recibido"),
        CheckConstraint(
            "fuente NOT IN ('api', 'lote') "
            "OR evento_cliente_id !~ '^(c|n|e|f|dsp|ruta):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'",
            name="identificador_de_la_casa",
        ),
        ForeignKeyConstraint(
            ["agencia_id", "operador_unidad_id"],
            ["envios_agencia.id", "envios_agencia.operador_unidad_id"],
            name="fk_envios_evento_agencia_id_envios_agencia",
        ),
        Index("ix_envios_evento_envio", "envio_id", "ocurrido_en"),
        Index(
            "ix_envios_evento_agencia",
            "agencia_id",
            "ocurrido_en",
            postgresql_where=text("agencia_id IS NOT NULL"),
        ),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    envio_id: UUID = Field(foreign_key="envios_envio.id")
    operador_unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    codigo: str = Field(max_length=10)
    estado: str = Field(max_length=20)
    ocurrido_en: datetime = momento()
    desfase_min: int
    evento_cliente_id: str = Field(default="", max_length=64)
    fuente: str = Field(max_length=12)
    recibido_en: datetime = instante()
    cuenta_desde: datetime = momento()
    registrado_por: str = Field(max_length=120)
    motivo: str | None = Field(default=None, max_length=40)
    accion: str | None = Field(default=None, max_length=30)
    entregado_a: str | None = Field(default=None, max_length=12)
    contraparte_unidad_id: UUID | None = Field(default=None, foreign_key="registro_unidad.id")
    receptor_nombre: str | None = Field(default=None, max_length=120)
    municipio_ine: str | None = Field(default=None, sa_type=Text, foreign_key="registro_municipio.ine")
    lugar: str = Field(default="", max_length=120)
    agencia_id: UUID | None = None


@aplicacion("SELECT, INSERT")
class CorreccionDeEvento(Tabla, table=True):
    """An event declared wrong (EPCIS error declaration). Append-only; what it names never counts again.

    It names the event by its id or by its operator's own id, which may be of one that has not arrived yet.
    """

    __tablename__ = "envios_correccion"
    __table_args__ = (
        CheckConstraint("(evento_id IS NULL) <> (evento_cliente_id = '')", name="que_evento"),
        CheckConstraint(f"motivo IN ({valores(MotivoCorreccion)})", name="motivo"),
        Index(
            "uq_envios_correccion_cliente",
            "operador_unidad_id",
            "evento_cliente_id",
            unique=True,
            postgresql_where=text("evento_cliente_id <> ''"),
        ),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    operador_unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    evento_id: UUID | None = Field(default=None, foreign_key="envios_evento.id", unique=True)
    evento_cliente_id: str = Field(default="", max_length=64)
    motivo: str = Field(max_length=30)
    detalle: str = Field(default="", max_length=300)
    fuente: str = Field(max_length=12)
    registrado_por: str = Field(max_length=120)
    recibido_en: datetime = instante()


@aplicacion("SELECT, INSERT, UPDATE (estado, resuelta_en, resuelta_por, nota)")
class AnulacionDeEnvio(Tabla, table=True):
    """The sender asks that an item does not travel; whoever holds it answers, or time does."""

    __tablename__ = "envios_anulacion"
    __table_args__ = (
        Index(
            "uq_envios_anulacion_pedida", "envio_id", unique=True, postgresql_where=text("estado = 'pedida'")
        ),
        Index("ix_envios_anulacion_vence", "vence_en", postgresql_where=text("estado = 'pedida'")),
        CheckConstraint("(estado = 'pedida') = (resuelta_en IS NULL)", name="resuelta"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    envio_id: UUID = Field(foreign_key="envios_envio.id")
    estado: str = Field(default=EstadoAnulacion.PEDIDA, max_length=20)
    pedida_en: datetime = instante()
    pedida_por: str = Field(max_length=120)
    vence_en: datetime = momento()
    resuelta_en: datetime | None = momento_o_nada()
    resuelta_por: str | None = Field(default=None, max_length=120)
    nota: str = Field(default="", max_length=300)


@aplicacion("SELECT, INSERT, UPDATE (estado, resuelta_en, resuelta_por, resolucion, nota)")
class IncidenciaDeEnvio(Tabla, table=True):
    """Something that does not fit. Open while its cause lasts, or until somebody resolves it."""

    __tablename__ = "envios_incidencia"
    __table_args__ = (
        UniqueConstraint("envio_id", "clase", "clave", name="uq_envios_incidencia_causa"),
        CheckConstraint(f"clase IN ({valores(ClaseIncidencia)})", name="clase"),
        CheckConstraint(f"resolucion IN ({valores(Resolucion)})", name="resolucion"),
        CheckConstraint(
            "(estado = 'abierta') = (resuelta_en IS NULL) AND (resuelta_en IS NULL) = (resolucion IS NULL)",
            name="resuelta",
        ),
        Index("ix_envios_incidencia_abierta", "envio_id", postgresql_where=text("estado = 'abierta'")),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    envio_id: UUID = Field(foreign_key="envios_envio.id")
    clase: str = Field(max_length=30)
    clave: str = Field(default="", max_length=160)
    estado: str = Field(default=EstadoIncidencia.ABIERTA, max_length=20)
    abierta_en: datetime = instante()
    resuelta_en: datetime | None = momento_o_nada()
    resuelta_por: str | None = Field(default=None, max_length=120)
    resolucion: str | None = Field(default=None, max_length=30)
    nota: str = Field(default="", max_length=300)
