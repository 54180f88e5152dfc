"""Tables of events. What must always hold is in the migrations."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from envios.eventos.derivar import ClaseIncidencia, QuienRecibe
from envios.eventos.emsevt import EstadoEvento, FichaCodigo, ficha
from envios.eventos.estados import EstadoAnulacion, EstadoIncidencia, Resolucion
from envios.eventos.motivos import AccionIntento, Motivo, MotivoCorreccion
from nucleo.enumeraciones import valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento, momento_o_nada


@aplicacion("SELECT, INSERT")
class EventoEnvio(Tabla, table=True):
    """Something that happened to an item. Append-only: a correction is a row of its own, never an edit.

    Identity: item, operator, instant, code and the operator's own event id; never the place. `ocurrido_en`
    with `desfase_min` gives the local time the operator saw.
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
        Index("ix_envios_evento_envio", "envio_id", "ocurrido_en"),
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

    @property
    def clave(self) -> tuple[str, ...]:
        return (str(self.operador_unidad_id), self.evento_cliente_id)

    @property
    def hora_local(self) -> datetime:
        """The wall clock of whoever recorded it, without zone."""
        return self.ocurrido_en.replace(tzinfo=None) + timedelta(minutes=self.desfase_min)

    @property
    def ficha(self) -> FichaCodigo | None:
        return ficha(self.codigo)

    @property
    def motivo_enum(self) -> Motivo | None:
        return Motivo(self.motivo) if self.motivo else None

    @property
    def accion_enum(self) -> AccionIntento | None:
        return AccionIntento(self.accion) if self.accion else None

    @property
    def es_devolucion(self) -> bool:
        return self.entregado_a == QuienRecibe.REMITENTE

    @property
    def estado_enum(self) -> EstadoEvento:
        return EstadoEvento(self.estado)


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


@aplicacion("SELECT, INSERT, UPDATE")
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


@aplicacion("SELECT, INSERT, UPDATE")
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
