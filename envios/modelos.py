"""Tables of shipments. What must always hold (checks, triggers, exclusion) is in migration 0005_envios."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import CheckConstraint, Dialect, Index, String, Text, TypeDecorator, UniqueConstraint, text
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from envios.codigo_entrega import codigo_de
from envios.emsevt import EstadoEvento, FichaCodigo, ficha
from envios.estados import EstadoEnvio, QuienRecibe
from envios.motivos import AccionIntento, Motivo
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento, momento_o_nada


class TextoDeEstado(TypeDecorator[EstadoEnvio]):
    """`EstadoEnvio` in code, its value as text in the database (the migration checks the values)."""

    impl = String(20)
    cache_ok = True

    def process_bind_param(self, value: EstadoEnvio | str | None, _dialect: Dialect) -> str | None:
        return None if value is None else EstadoEnvio(value).value

    def process_result_value(self, value: str | None, _dialect: Dialect) -> EstadoEnvio | None:
        return None if value is None else EstadoEnvio(value)


@aplicacion("SELECT, INSERT, UPDATE (siguiente)")
class BloqueSerie(Tabla, table=True):
    """A range of serial numbers given to one operator for one indicator; ranges never overlap.

    Many small blocks and ``SKIP LOCKED`` let simultaneous orders number items without waiting for each other.
    """

    __tablename__ = "envios_bloque_serie"
    __table_args__ = (
        Index(
            "ix_envios_bloque_serie_libre",
            "operador_unidad_id",
            "indicador",
            "desde",
            postgresql_where=text("siguiente <= hasta"),
        ),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    operador_unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    indicador: str = Field(max_length=2)
    desde: int
    hasta: int
    siguiente: int
    creado_en: datetime = instante()


@aplicacion("SELECT, INSERT, UPDATE")
class Envio(Tabla, table=True):
    """One parcel on its way. `estado` and the instants after it derive from the events, never set by hand.

    A number may be used again only when `numero_hasta` has passed (24 months after the announcement).
    """

    __tablename__ = "envios_envio"
    __table_args__ = (
        Index("ix_envios_envio_numero", "numero", "numero_desde"),
        Index("ix_envios_envio_destinatario", "destinatario_persona_id", "creado_en", "id"),
        Index("ix_envios_envio_remitente", "remitente_unidad_id", "creado_en", "id"),
        Index("ix_envios_envio_operador", "operador_unidad_id", "estado", "estado_en", "id"),
        Index("ix_envios_envio_referencia", "referencia_tipo", "referencia_id"),
        UniqueConstraint("devolucion_de_id"),
        CheckConstraint(r"destinatario_telefono ~ '^(\+?[0-9]{5,20})?$'", name="destinatario_telefono"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    numero: str = Field(max_length=13)
    numero_desde: date
    numero_hasta: date
    remitente_unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    operador_unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    destinatario_persona_id: UUID = Field(foreign_key="ciudadania_persona.id")
    destinatario_nombre: str = Field(max_length=120)
    destinatario_telefono: str = Field(max_length=30)
    destino_municipio_ine: str = Field(sa_type=Text, foreign_key="registro_municipio.ine")
    destino_referencia: str = Field(max_length=500)
    referencia_tipo: str = Field(max_length=30)
    referencia_id: UUID
    peso_g: int
    contenido: str = Field(max_length=200)
    estado: EstadoEnvio = Field(default=EstadoEnvio.ANUNCIADO, sa_type=TextoDeEstado)
    estado_en: datetime = instante()
    admitido_en: datetime | None = momento_o_nada()
    entregado_en: datetime | None = momento_o_nada()
    ultimo_evento_en: datetime | None = momento_o_nada()
    intentos: int = 0
    codigo_version: int = 1
    codigo_fallos: int = 0
    devolucion_de_id: UUID | None = Field(default=None, foreign_key="envios_envio.id")
    version: int = 1
    creado_en: datetime = instante()

    @property
    def codigo_entrega(self) -> str:
        """The six digits the recipient gives at the door. Show them to the recipient only."""
        return codigo_de(self.id, self.codigo_version)


@aplicacion("SELECT, INSERT")
class EventoEnvio(Tabla, table=True):
    """Something that happened to an item. Append-only: a correction is another event, never an edit.

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
        Index(
            "uq_envios_evento_una_entrega",
            "envio_id",
            unique=True,
            postgresql_where=text("codigo = 'EMI'"),
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
    registrado_por: str = Field(max_length=120)
    motivo: str | None = Field(default=None, max_length=40)
    accion: str | None = Field(default=None, max_length=30)
    entregado_a: str | None = Field(default=None, max_length=12)
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
