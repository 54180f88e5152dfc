"""Tables of files of products. What must always hold is in the migration too."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from comercio.cargas.estados import EstadoCarga, Que, Resultado
from nucleo.enumeraciones import valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento, momento_o_nada


@aplicacion("SELECT, INSERT, UPDATE (estado, malas, hechas, fallidas, confirmada_en, terminada_en)")
class Carga(Tabla, table=True):
    """A file of products of a seller: how it was read, who sent it, how far it is.

    `malas` lines could not be read and are left out; `hechas` and `fallidas` count the others as they end.
    """

    __tablename__: ClassVar[str] = "comercio_carga"
    __table_args__ = (
        ForeignKeyConstraint(["vendedor_id"], ["registro_unidad.id"]),
        ForeignKeyConstraint(["persona_id"], ["ciudadania_persona.id"]),
        CheckConstraint(f"estado IN ({valores(EstadoCarga)})", name="estado"),
        CheckConstraint("lineas > 0 AND malas BETWEEN 0 AND lineas", name="lineas"),
        CheckConstraint(
            "hechas >= 0 AND fallidas >= 0 AND hechas + fallidas <= lineas - malas", name="cuentas"
        ),
        CheckConstraint(
            "estado <> 'terminada' OR hechas + fallidas = lineas - malas AND terminada_en IS NOT NULL",
            name="terminada",
        ),
        CheckConstraint("estado <> 'en_marcha' OR confirmada_en IS NOT NULL", name="confirmada"),
        Index(None, "vendedor_id", "id"),
        Index(None, "persona_id"),
        Index(None, "vence_en", "id", postgresql_where=text("estado = 'revisada'")),
        Index(None, "confirmada_en", "id", postgresql_where=text("estado = 'en_marcha'")),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    vendedor_id: UUID
    persona_id: UUID
    persona_nombre: str = Field(max_length=200)
    estado: str = Field(default=str(EstadoCarga.REVISADA), max_length=10)
    archivo: str = Field(max_length=120)
    lectura: str = Field(max_length=120)
    lineas: int
    malas: int
    hechas: int = 0
    fallidas: int = 0
    creado_en: datetime = instante()
    vence_en: datetime = momento()
    confirmada_en: datetime | None = momento_o_nada()
    terminada_en: datetime | None = momento_o_nada()


@aplicacion("SELECT, INSERT, UPDATE (resultado, texto, producto_id)")
class LineaDeCarga(Tabla, table=True):
    """A line of the file. Those of one product have the same `grupo`, the number of its first line.

    `texto` says why it is bad or could not be done, or what of it was left undone.
    """

    __tablename__: ClassVar[str] = "comercio_carga_linea"
    __table_args__ = (
        ForeignKeyConstraint(["carga_id"], ["comercio_carga.id"]),
        ForeignKeyConstraint(["producto_id"], ["comercio_producto.id"]),
        CheckConstraint(f"que IN ({valores(Que)})", name="que"),
        CheckConstraint(f"resultado IN ({valores(Resultado)})", name="resultado"),
        CheckConstraint("que <> 'mala' OR texto <> '' AND resultado IS NULL", name="mala"),
        CheckConstraint("resultado IS DISTINCT FROM 'fallida' OR texto <> ''", name="fallida"),
        CheckConstraint("resultado IS DISTINCT FROM 'hecha' OR producto_id IS NOT NULL", name="hecha"),
        CheckConstraint("grupo BETWEEN 1 AND numero", name="grupo"),
        Index(
            None,
            "carga_id",
            "grupo",
            "numero",
            postgresql_where=text("resultado IS NULL AND que <> 'mala'"),
        ),
        Index(None, "producto_id"),
    )

    carga_id: UUID = Field(primary_key=True)
    numero: int = Field(primary_key=True)
    grupo: int
    codigo: str = Field(default="", max_length=40)
    titulo: str = Field(default="", max_length=120)
    que: str = Field(max_length=10)
    datos: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)
    resultado: str | None = Field(default=None, max_length=10)
    texto: str = Field(default="", max_length=500)
    producto_id: UUID | None = None
