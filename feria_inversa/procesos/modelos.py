"""Tables of a call and of what it asks for."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlmodel import Field, SQLModel

from feria_inversa.precios import CANTIDAD, UNIDAD_ESCRITA, UNIDADES
from feria_inversa.procesos.estados import Cierre, Estado, EstadoItem, Forma, Metodo
from feria_inversa.reglas import CATEGORIAS
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, instante, momento, momento_o_nada, precio, suma

# What is not over: of a resolved process, while something awarded waits for its order. Words of an index.
EN_CURSO = (
    "(estado NOT IN ('resuelto', 'cancelado') OR estado = 'resuelto' AND items_adjudicados > items_ordenados)"
)


def _lista(valores: Any) -> str:
    return ", ".join(f"'{valor}'" for valor in valores)


@aplicacion("SELECT, INSERT, UPDATE, DELETE")
class Convocatoria(Tabla, table=True):
    """A need that a public entity posts; the bids come to it.

    It may follow another one, deserted or annulled (`convocatoria_anterior_id`), from its draft on.

    Once published it changes by versions, each an act: `versiones` is the last one, `pedido_en` the one in
    which what a bid must answer (items, days to deliver) changed last. With `dos_sobres`, the technical part
    of the bids is opened first (`tecnica_en`), and the prices of who passes in a second act (`abierto_en`).
    """

    __tablename__ = "feria_convocatoria"
    __table_args__ = (
        CheckConstraint(f"estado IN ({_lista(Estado)})", name="estado"),
        CheckConstraint(f"categoria IN ({_lista(CATEGORIAS)})", name="categoria"),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("char_length(titulo) BETWEEN 5 AND 1000", name="titulo"),
        CheckConstraint("monto_referencial >= 0", name="monto_referencial"),
        CheckConstraint("plazo_entrega_dias BETWEEN 1 AND 1095", name="plazo_entrega_dias"),
        CheckConstraint(
            "estado = 'borrador' OR (cuce IS NOT NULL AND "
            "ocid IS NOT NULL AND modalidad_id IS NOT NULL AND reglas IS NOT NULL AND "
            "publicado_en IS NOT NULL AND (cuce LIKE '%-0-E') = (vence_en IS NULL) AND "
            "monto_referencial > 0)",
            name="publicada",
        ),
        CheckConstraint("(estado = 'borrador') = (publicado_en IS NULL)", name="borrador"),
        CheckConstraint("vence_en > publicado_en", name="plazo"),
        CheckConstraint("abierto_en >= vence_en", name="apertura"),
        CheckConstraint("estado <> 'resuelto' OR resuelto_en IS NOT NULL", name="resuelto_en"),
        CheckConstraint("contratado_en IS NULL OR resuelto_en IS NOT NULL", name="contratado_en"),
        CheckConstraint("items_adjudicados >= 0 AND resoluciones >= 0", name="resoluciones"),
        CheckConstraint("items_ordenados BETWEEN 0 AND items_adjudicados", name="items_ordenados"),
        CheckConstraint("(cancelado_en IS NOT NULL) = (estado = 'cancelado')", name="cancelacion"),
        CheckConstraint("cancelado_en IS NULL OR char_length(motivo_cierre) >= 10", name="motivo_cierre"),
        CheckConstraint(f"cierre IN ({_lista(Cierre)})", name="cierre"),
        CheckConstraint("(cierre IS NOT NULL) = (estado = 'cancelado')", name="cierre_dicho"),
        CheckConstraint(
            "estado NOT IN ('suspendido', 'recepcion_cerrada', 'apertura_impedida', 'evaluacion_tecnica',"
            " 'apertura_economica', 'evaluacion') OR sigue_en IS NOT NULL",
            name="sigue_en",
        ),
        CheckConstraint("pedido_en BETWEEN 1 AND versiones", name="versiones"),
        CheckConstraint(f"adjudica_por IN ({_lista(Forma)})", name="adjudica_por"),
        CheckConstraint(f"metodo IN ({_lista(Metodo)})", name="metodo"),
        CheckConstraint(
            "(metodo = 'precio') = (puntos_tecnica = 0) AND puntos_tecnica BETWEEN 0 AND 100"
            " AND (metodo <> 'calidad_y_costo' OR puntos_tecnica < 100)"
            " AND minimo_tecnica BETWEEN 0 AND puntos_tecnica",
            name="puntos_tecnica",
        ),
        CheckConstraint(
            "CASE WHEN NOT subasta THEN estado <> 'subasta'"
            " ELSE categoria IN ('bienes', 'servicios') AND metodo IN ('precio', 'calidad_y_costo')"
            " AND (estado = 'borrador' OR vence_en IS NOT NULL"
            " AND reglas #> '{valores,subasta_paso}' IS NOT NULL) END",
            name="subasta",
        ),
        CheckConstraint(
            "NOT subasta_por_rondas OR (subasta"
            " AND (estado = 'borrador' OR reglas #> '{valores,subasta_turno}' IS NOT NULL))",
            name="subasta_por_rondas",
        ),
        CheckConstraint(
            "NOT dos_sobres OR (metodo <> 'precio' AND adjudica_por = 'total' AND NOT subasta"
            " AND (estado = 'borrador' OR vence_en IS NOT NULL))",
            name="dos_sobres",
        ),
        CheckConstraint(
            "CASE WHEN dos_sobres THEN tecnica_en >= vence_en"
            " AND (abierto_en IS NULL OR tecnica_en <= abierto_en)"
            " AND (estado NOT IN ('evaluacion_tecnica', 'apertura_economica', 'apertura', 'evaluacion',"
            " 'resuelto', 'impugnado') OR tecnica_en IS NOT NULL)"
            " ELSE tecnica_en IS NULL AND estado NOT IN ('evaluacion_tecnica', 'apertura_economica') END",
            name="tecnica_en",
        ),
        CheckConstraint(
            "NOT cotizacion_rapida OR (metodo = 'precio' AND NOT subasta AND (estado = 'borrador'"
            " OR vence_en IS NOT NULL AND reglas #> '{valores,cotizacion_rapida}' IS NOT NULL))",
            name="cotizacion_rapida",
        ),
        CheckConstraint("convocatoria_anterior_id <> id", name="convocatoria_anterior_id"),
        UniqueConstraint("id", "convocatoria_anterior_id"),
        Index(
            "ix_feria_convocatoria_anterior",
            "convocatoria_anterior_id",
            postgresql_where=text("convocatoria_anterior_id IS NOT NULL"),
        ),
        Index("ix_feria_convocatoria_sigue_en", "sigue_en", postgresql_where=text("sigue_en IS NOT NULL")),
        Index("ix_feria_convocatoria_estado_vence", "estado", "vence_en", "id"),
        Index("ix_feria_convocatoria_unidad", "unidad_id", "creado_en", "id"),
        Index("ix_feria_convocatoria_municipio", "municipio_ine", "estado"),
        Index(
            "ix_feria_convocatoria_en_curso",
            "unidad_id",
            "creado_en",
            "id",
            postgresql_where=text(EN_CURSO),
        ),
        # What waits, by when its term ends.
        Index(
            "ix_feria_convocatoria_termino",
            "unidad_id",
            text("coalesce(sigue_en, vence_en, creado_en)"),
            "id",
            postgresql_where=text(EN_CURSO),
        ),
        # The list of all that was published, newest first, and by each thing that one may ask of it.
        Index("ix_feria_convocatoria_publicado", "publicado_en", "id"),
        Index(
            "ix_feria_convocatoria_cerradas",
            "publicado_en",
            "id",
            postgresql_where=text("estado <> 'publicado'"),
        ),
        Index("ix_feria_convocatoria_departamento", text("left(municipio_ine, 2)"), "publicado_en", "id"),
        Index("ix_feria_convocatoria_modalidad", text("(reglas ->> 'codigo')"), "publicado_en", "id"),
        Index("ix_feria_convocatoria_categoria", "categoria", "publicado_en", "id"),
        Index("ix_feria_convocatoria_cuce", "cuce", postgresql_ops={"cuce": "varchar_pattern_ops"}),
    )

    id: UUID = Field(primary_key=True)
    unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    estado: str = Field(default=Estado.BORRADOR, max_length=20)
    version: int = 1
    titulo: str = Field(max_length=1000)
    descripcion: str = Field(default="", max_length=5000)
    categoria: str = Field(max_length=12)
    municipio_ine: str = Field(foreign_key="registro_municipio.ine", sa_type=Text)
    lugar_entrega: str = Field(default="", max_length=300)
    plazo_entrega_dias: int
    monto_referencial: Money = suma()
    modalidad_id: UUID | None = Field(default=None, foreign_key="feria_modalidad.id")
    cuce: str | None = Field(default=None, max_length=26, unique=True)
    ocid: str | None = Field(default=None, max_length=60, unique=True)
    convocatoria_anterior_id: UUID | None = Field(default=None, foreign_key="feria_convocatoria.id")
    creado_en: datetime = instante()
    publicado_en: datetime | None = momento_o_nada()
    vence_en: datetime | None = momento_o_nada()
    cerrado_en: datetime | None = momento_o_nada()
    abierto_en: datetime | None = momento_o_nada()
    resuelto_en: datetime | None = momento_o_nada()
    contratado_en: datetime | None = momento_o_nada()
    cancelado_en: datetime | None = momento_o_nada()
    cierre: str | None = Field(default=None, max_length=8)
    motivo_cierre: str | None = Field(default=None, max_length=1000)
    texto_busqueda: str = Field(default="", sa_type=Text)
    reglas: dict[str, Any] | None = Field(default=None, sa_type=JSONB(none_as_null=True))
    items_adjudicados: int = Field(default=0, sa_type=SmallInteger)
    resoluciones: int = Field(default=0, sa_type=SmallInteger)
    items_ordenados: int = Field(default=0, sa_type=SmallInteger)
    sigue_en: datetime | None = momento_o_nada()
    versiones: int = Field(default=1, sa_type=SmallInteger)
    pedido_en: int = Field(default=1, sa_type=SmallInteger)
    adjudica_por: str = Field(default=Forma.ITEM, max_length=5)
    metodo: str = Field(default=Metodo.PRECIO, max_length=16)
    puntos_tecnica: int = Field(default=0, sa_type=SmallInteger)
    minimo_tecnica: int = Field(default=0, sa_type=SmallInteger)
    subasta: bool = False
    subasta_por_rondas: bool = False
    dos_sobres: bool = False
    cotizacion_rapida: bool = False
    tecnica_en: datetime | None = momento_o_nada()

    @property
    def conocidas_en(self) -> datetime | None:
        """Since when it is known who bid: the first act, where there are two envelopes."""
        return self.tecnica_en or self.abierto_en

    @property
    def espera_tecnica(self) -> bool:
        """Whether what is opened next is the technical part of two envelopes."""
        return self.dos_sobres and self.tecnica_en is None


@aplicacion("SELECT, INSERT")
class CuceDado(Tabla, table=True):
    """That a process was written down with the CUCE that it has in SICOES: who said so, by which mandate."""

    __tablename__ = "feria_cuce_dado"

    convocatoria_id: UUID = Field(primary_key=True, foreign_key="feria_convocatoria.id")
    autor: str = Field(max_length=200)
    mandato_id: UUID | None = None
    escrito_en: datetime = instante()


@aplicacion("SELECT, INSERT, DELETE")
class CertificadoDeProceso(Tabla, table=True):
    """Which budget certificate covers a process, who said so and when."""

    __tablename__ = "feria_proceso_certificado"
    __table_args__ = (
        ForeignKeyConstraint(["convocatoria_id"], ["feria_convocatoria.id"]),
        ForeignKeyConstraint(
            ["certificacion_id", "unidad_id"], ["feria_certificacion.id", "feria_certificacion.unidad_id"]
        ),
        Index(None, "certificacion_id"),
    )

    convocatoria_id: UUID = Field(primary_key=True)
    unidad_id: UUID
    certificacion_id: UUID
    dicha_en: datetime = momento()
    dicha_por: str = Field(max_length=200)


# Filled by a trigger from title, description and `texto_busqueda`; queried, never loaded.
tabla_convocatoria = SQLModel.metadata.tables["feria_convocatoria"]
tabla_convocatoria.append_column(
    Column("busqueda", TSVECTOR, nullable=False, server_default=text("''::tsvector"))
)
Index("ix_feria_convocatoria_busqueda", tabla_convocatoria.c.busqueda, postgresql_using="gin")


@aplicacion("SELECT, INSERT, DELETE")
class Lote(Tabla, table=True):
    """Items that one bid answers as a whole. Once published, a process has the lots that it has."""

    __tablename__ = "feria_lote"
    __table_args__ = (
        CheckConstraint("numero > 0", name="numero"),
        CheckConstraint("char_length(nombre) >= 3", name="nombre"),
    )

    convocatoria_id: UUID = Field(primary_key=True, foreign_key="feria_convocatoria.id")
    numero: int = Field(primary_key=True, sa_type=SmallInteger)
    nombre: str = Field(max_length=200)


@aplicacion("SELECT, INSERT, DELETE")
class Item(Tabla, table=True):
    """One thing needed, as the last version has it. Its state is its last decision (trigger)."""

    __tablename__ = "feria_item"
    __table_args__ = (
        UniqueConstraint("convocatoria_id", "numero"),
        UniqueConstraint("id", "convocatoria_id"),
        ForeignKeyConstraint(
            ["convocatoria_id", "lote"], ["feria_lote.convocatoria_id", "feria_lote.numero"]
        ),
        CheckConstraint(f"estado IN ({_lista(EstadoItem)})", name="estado"),
        CheckConstraint("numero > 0", name="numero"),
        CheckConstraint("cantidad > 0", name="cantidad"),
        CheckConstraint("char_length(descripcion) >= 3", name="descripcion"),
        CheckConstraint(f"unidad_medida IN ({_lista(UNIDADES)})", name="unidad_medida"),
        CheckConstraint("num_nonnulls(unidad_medida, unidad_texto) = 1", name="una_unidad"),
        CheckConstraint(UNIDAD_ESCRITA, name="unidad_texto"),
        CheckConstraint("unspsc ~ '^[0-9]{8}$'", name="unspsc"),
        CheckConstraint("partida ~ '^[1-9][0-9]{4}$'", name="partida"),
        CheckConstraint("precio_referencial > 0", name="precio_referencial"),
        CheckConstraint(
            "total_referencial >= 0 AND abs(total_referencial - cantidad * precio_referencial * 100) <= 0.5",
            name="total_referencial",
        ),
        Index(
            "ix_feria_item_familia",
            text("left(unspsc, 4)"),
            "convocatoria_id",
            postgresql_where=text("unspsc IS NOT NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    convocatoria_id: UUID = Field(foreign_key="feria_convocatoria.id")
    numero: int = Field(sa_type=SmallInteger)
    descripcion: str = Field(max_length=500)
    unspsc: str | None = Field(default=None, max_length=8)
    cantidad: Decimal = Field(sa_type=CANTIDAD)
    unidad_medida: str | None = Field(default=None, max_length=20)
    unidad_texto: str | None = Field(default=None, max_length=60)
    precio_referencial: Money = precio()
    total_referencial: Money = dinero()
    estado: str = Field(default=EstadoItem.PEDIDO, max_length=13)
    partida: str | None = Field(default=None, max_length=5)
    lote: int | None = Field(default=None, sa_type=SmallInteger)


@aplicacion("SELECT, INSERT, DELETE")
class VueltoALlamar(Tabla, table=True):
    """That an item of a process is called again, once, in one that follows it; only a draft lets it go."""

    __tablename__ = "feria_vuelto_a_llamar"
    __table_args__ = (
        ForeignKeyConstraint(["item_id", "convocatoria_id"], ["feria_item.id", "feria_item.convocatoria_id"]),
        ForeignKeyConstraint(
            ["siguiente_id", "convocatoria_id"],
            ["feria_convocatoria.id", "feria_convocatoria.convocatoria_anterior_id"],
        ),
        Index(None, "convocatoria_id"),
        Index(None, "siguiente_id"),
    )

    item_id: UUID = Field(primary_key=True)
    convocatoria_id: UUID
    siguiente_id: UUID
