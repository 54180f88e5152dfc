"""Tables of items. What must always hold (checks, triggers, exclusion) is in the migrations."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Dialect,
    Index,
    Numeric,
    String,
    Text,
    TypeDecorator,
    text,
)
from sqlmodel import Field

import envios.tarifas.modelos  # noqa: F401 - the table of the quote that an item is announced by
import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from envios.items.codigo_entrega import codigo_dicho
from envios.items.esquema import Esquema
from envios.items.estados import EstadoEnvio
from nucleo.enumeraciones import TextoEnum, valores
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


@aplicacion(
    "SELECT, INSERT, UPDATE (estado, estado_en, admitido_en, entregado_en, ultimo_evento_en, noticias_en, "
    "revisar_en, custodio_unidad_id, correcciones, intentos, codigo_version, codigo_fallos, "
    "codigo_de_tercero, espera_desde, espera_hasta, espera_avisada_en, prorrogado_en, latitud, longitud, "
    "cotizacion_id, version, creado_en)"
)
class Envio(Tabla, table=True):
    """One parcel on its way. `estado` and the instants after it derive from the events, never set by hand.

    `operador_unidad_id` is who it was announced to, `custodio_unidad_id` who holds it or will. `correcciones`
    counts its events that were declared wrong; `revisar_en` is when time alone changes something.
    While it waits for who receives it, `espera_hasta` is when it goes back by itself; `prorrogado_en`, when
    they asked for more time, once. `codigo_de_tercero` is what the code of whom they named is computed from.
    `cotizacion_id` is the quote that it was announced by, which is of no other parcel.

    `referencia_numero` is what whoever sends it calls what it carries (an order's number), as it is compared.

    `numero` is its principal identifier: the database writes its row in `envios_identificador` with it.
    """

    __tablename__ = "envios_envio"
    __table_args__ = (
        Index("ix_envios_envio_destinatario", "destinatario_parte_id", "creado_en", "id"),
        Index("ix_envios_envio_remitente", "remitente_parte_id", "creado_en", "id"),
        Index(
            "ix_envios_envio_entregado_a_otro",
            "operador_unidad_id",
            postgresql_where=text("operador_unidad_id <> custodio_unidad_id"),
        ),
        Index("ix_envios_envio_custodio", "custodio_unidad_id", "estado", "estado_en", "id"),
        Index("ix_envios_envio_revisar", "revisar_en", postgresql_where=text("revisar_en IS NOT NULL")),
        Index("ix_envios_envio_referencia", "referencia_tipo", "referencia_id"),
        Index(
            "ix_envios_envio_referencia_numero",
            "referencia_numero",
            postgresql_where=text("referencia_numero <> ''"),
        ),
        Index("ix_envios_envio_espera", "espera_hasta", postgresql_where=text("espera_hasta IS NOT NULL")),
        Index(
            "uq_envios_envio_devolucion_de_id",
            "devolucion_de_id",
            unique=True,
            postgresql_where=text("devolucion_de_id IS NOT NULL AND estado <> 'anulado'"),
        ),
        Index(
            "uq_envios_envio_cotizacion_id",
            "cotizacion_id",
            unique=True,
            postgresql_where=text("cotizacion_id IS NOT NULL"),
        ),
        CheckConstraint("(latitud IS NULL) = (longitud IS NULL)", name="coordenadas"),
        CheckConstraint(
            "latitud BETWEEN -23 AND -9 AND longitud BETWEEN -70 AND -57", name="coordenadas_de_bolivia"
        ),
        CheckConstraint(
            "(espera_desde IS NULL) = (espera_hasta IS NULL) AND espera_desde <= espera_hasta "
            "AND (espera_desde IS NULL "
            "OR estado IN ('listo_para_retiro', 'intento_fallido', 'sin_noticias'))",
            name="espera",
        ),
        CheckConstraint(r"destinatario_telefono ~ '^(\+?[0-9]{5,20})?$'", name="destinatario_telefono"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    numero: str = Field(max_length=13)
    remitente_parte_id: UUID = Field(foreign_key="registro_parte.id")
    operador_unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    destinatario_parte_id: UUID = Field(foreign_key="registro_parte.id")
    destinatario_nombre: str = Field(max_length=120)
    destinatario_telefono: str = Field(max_length=30)
    destino_municipio_ine: str = Field(sa_type=Text, foreign_key="registro_municipio.ine")
    destino_referencia: str = Field(max_length=500)
    latitud: Decimal | None = Field(default=None, sa_type=Numeric(9, 6))
    longitud: Decimal | None = Field(default=None, sa_type=Numeric(9, 6))
    referencia_tipo: str = Field(max_length=30)
    referencia_id: UUID
    referencia_numero: str = Field(default="", max_length=40, sa_column_kwargs={"server_default": ""})
    peso_g: int
    contenido: str = Field(max_length=200)
    estado: EstadoEnvio = Field(default=EstadoEnvio.ANUNCIADO, sa_type=TextoDeEstado)
    estado_en: datetime = instante()
    admitido_en: datetime | None = momento_o_nada()
    entregado_en: datetime | None = momento_o_nada()
    ultimo_evento_en: datetime | None = momento_o_nada()
    noticias_en: datetime = instante()
    revisar_en: datetime | None = momento_o_nada()
    custodio_unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    correcciones: int = 0
    intentos: int = 0
    codigo_version: int = 1
    codigo_fallos: int = 0
    codigo_de_tercero: UUID | None = None
    espera_desde: datetime | None = momento_o_nada()
    espera_hasta: datetime | None = momento_o_nada()
    espera_avisada_en: datetime | None = momento_o_nada()
    prorrogado_en: datetime | None = momento_o_nada()
    devolucion_de_id: UUID | None = Field(default=None, foreign_key="envios_envio.id")
    cotizacion_id: UUID | None = Field(default=None, foreign_key="envios_cotizacion.id")
    version: int = 1
    creado_en: datetime = instante()

    @property
    def codigo_entrega(self) -> str:
        """The seven digits the recipient gives at the door. Show them to the recipient only."""
        return codigo_dicho(self.id, self.codigo_version)

    @property
    def codigo_tercero(self) -> str | None:
        """The code of whom the recipient named to receive for them. Show it to the recipient only."""
        return codigo_dicho(self.codigo_de_tercero, 1) if self.codigo_de_tercero else None


@aplicacion("SELECT, INSERT, UPDATE (retirado_en)")
class IdentificadorDeEnvio(Tabla, table=True):
    """A number by which an item is asked for: its own, another S10, an operator's, a sender's reference.

    `normalizado` is what is compared; `texto`, what was written. In force from `desde` to before `hasta` (24
    months), and meanwhile of one item alone: S10 and the house's everywhere, the others for their issuer. Who
    wrote it on the wrong item withdraws it.
    """

    __tablename__ = "envios_identificador"
    __table_args__ = (
        Index("ix_envios_identificador_normalizado", "normalizado", "desde"),
        Index("ix_envios_identificador_envio", "envio_id"),
        Index(
            "uq_envios_identificador_principal", "envio_id", unique=True, postgresql_where=text("principal")
        ),
        CheckConstraint(f"esquema IN ({valores(Esquema)})", name="esquema"),
        CheckConstraint("desde < hasta", name="vigencia"),
        CheckConstraint("principal = (emisor_unidad_id IS NULL)", name="emisor"),
        CheckConstraint(
            "NOT principal OR (esquema IN ('s10', 'casa') AND retirado_en IS NULL)", name="principal"
        ),
        CheckConstraint(
            "CASE esquema WHEN 's10' THEN normalizado ~ '^[A-Z]{2}[0-9]{9}[A-Z]{2}$' "
            "WHEN 'casa' THEN principal AND normalizado ~ '^QH[0-9]{9}$' "
            "ELSE normalizado ~ '^[A-Z0-9][A-Z0-9/._#:]{2,39}$' AND normalizado !~ '^QH[0-9]{9}$' END",
            name="normalizado",
        ),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    envio_id: UUID = Field(foreign_key="envios_envio.id")
    esquema: Esquema = Field(sa_type=TextoEnum(Esquema))
    emisor_unidad_id: UUID | None = Field(default=None, foreign_key="registro_unidad.id")
    texto: str = Field(max_length=60)
    normalizado: str = Field(max_length=40)
    principal: bool = False
    desde: date
    hasta: date
    creado_en: datetime = instante()
    agregado_por: str = Field(max_length=120)
    retirado_en: datetime | None = momento_o_nada()


@aplicacion("SELECT")
class ReglaDeIntentos(Tabla, table=True):
    """How often a door is tried before the item waits, from one day to before another one."""

    __tablename__ = "envios_regla_de_intentos"
    __table_args__ = (
        CheckConstraint("intentos BETWEEN 1 AND 10", name="intentos"),
        CheckConstraint("vigente_hasta > vigente_desde", name="vigencia"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    intentos: int
    norma: str = Field(sa_type=Text)
    nota: str = Field(default="", sa_type=Text)
    confirmado: bool
    vigente_desde: date
    vigente_hasta: date | None = None
