"""Tables of rates and quotes. What must always hold (exclusions, guards) is in migration 0058_tarifas."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import ForeignKeyConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from envios.tarifas.estados import EstadoTarifario
from nucleo.dinero import Centavos
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, instante, momento, momento_o_nada

_DE = "envios_tarifario.id"


@aplicacion("SELECT, INSERT, UPDATE (estado, vigente_desde, vigente_hasta, leido, tocado_en)")
class Tarifario(Tabla, table=True):
    """A version of the rates of an operator; its lines are written while it is a draft, and never after.

    In force from `vigente_desde` up to before `vigente_hasta` (None: until another one is published). `leido`
    says how each of its tables was read: `{"precios": {"archivo": …, "dialecto": …, "lineas": 120}}`.
    """

    __tablename__ = "envios_tarifario"
    __table_args__ = (
        UniqueConstraint("operador_unidad_id", "numero", name="uq_envios_tarifario_operador_unidad_id"),
        UniqueConstraint("id", "operador_unidad_id", name="uq_envios_tarifario_id"),
        Index(
            "uq_envios_tarifario_borrador",
            "operador_unidad_id",
            unique=True,
            postgresql_where=text("estado = 'borrador'"),
        ),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    operador_unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    numero: int
    estado: str = Field(default=EstadoTarifario.BORRADOR.value, max_length=12)
    vigente_desde: datetime | None = momento_o_nada()
    vigente_hasta: datetime | None = momento_o_nada()
    leido: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    creado_por: str = Field(max_length=120)
    creado_en: datetime = instante()
    tocado_en: datetime = instante()


@aplicacion("SELECT, INSERT, DELETE")
class Servicio(Tabla, table=True):
    """What the operator sells: how it is delivered, what it bears, and what is added for each extra.

    `_pb` are basis points. No cash on delivery, or no collection at the door: None.
    """

    __tablename__ = "envios_tarifario_servicio"

    tarifario_id: UUID = Field(primary_key=True, foreign_key=_DE)
    codigo: str = Field(primary_key=True, max_length=20)
    nombre: str = Field(max_length=60)
    indicador: str = Field(max_length=2)
    entrega: str = Field(max_length=8)
    cm3_por_kg: int
    peso_maximo_g: int
    lado_maximo_cm: int
    suma_maxima_cm: int
    seguro_pb: int
    seguro_minimo: Money = dinero()
    valor_maximo: Money = dinero()
    contra_entrega_pb: int | None = None
    contra_entrega_minimo: Money | None = Field(default=None, sa_type=Centavos)
    recojo: Money | None = Field(default=None, sa_type=Centavos)


@aplicacion("SELECT, INSERT, DELETE")
class Lugar(Tabla, table=True):
    """A department or a municipality (which is told apart from it) that is served, and how.

    `corte`: what is handed in later leaves the next day. `reparte`: the weekdays of delivery, Monday is 1 and
    Sunday 64. `recargo` and `dias_mas` are of what is delivered there: it is far.
    """

    __tablename__ = "envios_tarifario_lugar"

    tarifario_id: UUID = Field(primary_key=True, foreign_key=_DE)
    lugar: str = Field(primary_key=True, max_length=6)
    zona: str = Field(max_length=30)
    corte: time
    reparte: int
    recargo: Money = dinero()
    dias_mas: int


@aplicacion("SELECT, INSERT, DELETE")
class Ruta(Tabla, table=True):
    """From a zone to another one: which rate is paid, and in how many working days of both it arrives."""

    __tablename__ = "envios_tarifario_ruta"

    tarifario_id: UUID = Field(primary_key=True, foreign_key=_DE)
    servicio: str = Field(primary_key=True, max_length=20)
    origen: str = Field(primary_key=True, max_length=30)
    destino: str = Field(primary_key=True, max_length=30)
    tarifa: str = Field(max_length=30)
    dias: int


@aplicacion("SELECT, INSERT, DELETE")
class Banda(Tabla, table=True):
    """The price of a rate for weights above `desde_g` (None: any) up to `hasta_g`; with a step, `precio_paso`
    more for each `paso_g` begun above `desde_g`.
    """

    __tablename__ = "envios_tarifario_banda"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tarifario_id", "servicio", "tarifa", "desde_g"],
            [
                f"envios_tarifario_banda.{columna}"
                for columna in ("tarifario_id", "servicio", "tarifa", "hasta_g")
            ],
            name="fk_envios_tarifario_banda_anterior",
        ),
    )

    tarifario_id: UUID = Field(primary_key=True, foreign_key=_DE)
    servicio: str = Field(primary_key=True, max_length=20)
    tarifa: str = Field(primary_key=True, max_length=30)
    desde_g: int | None = None
    hasta_g: int = Field(primary_key=True)
    precio: Money = dinero()
    paso_g: int | None = None
    precio_paso: Money | None = Field(default=None, sa_type=Centavos)


@aplicacion("SELECT, INSERT")
class Cotizacion(Tabla, table=True):
    """What somebody was told that a parcel costs, line by line; held until `vence_en`. Never changed."""

    __tablename__ = "envios_cotizacion"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tarifario_id", "operador_unidad_id"],
            ["envios_tarifario.id", "envios_tarifario.operador_unidad_id"],
            name="fk_envios_cotizacion_tarifario_id_envios_tarifario",
        ),
        ForeignKeyConstraint(
            ["tarifario_id", "servicio"],
            ["envios_tarifario_servicio.tarifario_id", "envios_tarifario_servicio.codigo"],
            name="fk_envios_cotizacion_servicio_envios_tarifario_servicio",
        ),
        Index("ix_envios_cotizacion_pedida_por", "pedida_por", "ofrecida_en", "id"),
        Index("ix_envios_cotizacion_tarifario_id", "tarifario_id"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    tarifario_id: UUID
    operador_unidad_id: UUID
    servicio: str = Field(max_length=20)
    origen_ine: str = Field(sa_type=Text, foreign_key="registro_municipio.ine")
    destino_ine: str = Field(sa_type=Text, foreign_key="registro_municipio.ine")
    peso_g: int
    largo_cm: int | None = None
    ancho_cm: int | None = None
    alto_cm: int | None = None
    valor_declarado: Money = dinero()
    contra_entrega: Money = dinero()
    recojo: bool
    peso_facturado_g: int
    cargo_base: Money = dinero()
    cargo_peso: Money = dinero()
    cargo_lejania: Money = dinero()
    cargo_seguro: Money = dinero()
    cargo_contra_entrega: Money = dinero()
    cargo_recojo: Money = dinero()
    total: Money = dinero()
    entrega_el: date | None = None
    ofrecida_en: datetime = momento()
    vence_en: datetime = momento()
    pedida_por: str = Field(max_length=120)
