"""Tables of items. What must always hold (checks, triggers, exclusion) is in the migrations."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Dialect, Index, String, Text, TypeDecorator, UniqueConstraint, text
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from envios.items.codigo_entrega import codigo_de
from envios.items.estados import EstadoEnvio
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento_o_nada


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
        Index("ix_envios_envio_destinatario", "destinatario_parte_id", "creado_en", "id"),
        Index("ix_envios_envio_remitente", "remitente_parte_id", "creado_en", "id"),
        Index("ix_envios_envio_operador", "operador_unidad_id", "estado", "estado_en", "id"),
        Index("ix_envios_envio_referencia", "referencia_tipo", "referencia_id"),
        UniqueConstraint("devolucion_de_id"),
        CheckConstraint(r"destinatario_telefono ~ '^(\+?[0-9]{5,20})?$'", name="destinatario_telefono"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    numero: str = Field(max_length=13)
    numero_desde: date
    numero_hasta: date
    remitente_parte_id: UUID = Field(foreign_key="registro_parte.id")
    operador_unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    destinatario_parte_id: UUID = Field(foreign_key="registro_parte.id")
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
