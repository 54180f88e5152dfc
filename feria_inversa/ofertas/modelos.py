"""Tables of the bids. What must always hold is also a constraint or a trigger (migration 0007)."""

from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field

from feria_inversa.ofertas.estados import EstadoOferta
from feria_inversa.procesos.modelos import _lista
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, instante, momento, momento_o_nada, precio


@aplicacion("SELECT, INSERT, UPDATE (estado, terminada_en, falla)")
class Oferta(Tabla, table=True):
    """A unit's bid on a call: who, when, and the fingerprint of a closed envelope. No price is here.

    Rows are never edited, only ended: replacing a bid ends one row (`reemplazada`) and adds another.
    `version` is that of the call for which it was made. How many lines a sealed one has, nobody knows; of
    what it says `huella` is the digest, and `huella_sobre` that of the envelope itself, as it came. `falla`
    is why one that was opened could not count. In two envelopes these are of the one with the prices, and
    `*_tecnica` of the other.
    """

    __tablename__ = "feria_oferta"
    __table_args__ = (
        UniqueConstraint("id", "convocatoria_id"),
        UniqueConstraint("convocatoria_id", "unidad_id", "intento"),
        UniqueConstraint("convocatoria_id", "huella"),
        UniqueConstraint("convocatoria_id", "huella_tecnica"),
        Index(
            "uq_feria_oferta_vigente",
            "convocatoria_id",
            "unidad_id",
            unique=True,
            postgresql_where=text("estado = 'vigente'"),
        ),
        Index("ix_feria_oferta_unidad", "unidad_id", "presentada_en", "id"),
        CheckConstraint(f"estado IN ({_lista(EstadoOferta)})", name="estado"),
        CheckConstraint("(estado = 'vigente') = (terminada_en IS NULL)", name="terminada_en"),
        CheckConstraint("intento > 0", name="intento"),
        CheckConstraint("huella ~ '^[0-9a-f]{64}$'", name="huella"),
        CheckConstraint(
            "huella_sobre IS NULL OR huella_sobre ~ '^[0-9a-f]{64}$' AND cantidad_lineas IS NULL",
            name="huella_sobre",
        ),
        CheckConstraint(
            "CASE WHEN huella_tecnica IS NULL THEN huella_sobre_tecnico IS NULL"
            " ELSE coalesce(huella_tecnica ~ '^[0-9a-f]{64}$' AND huella_sobre_tecnico ~ '^[0-9a-f]{64}$'"
            " AND huella_tecnica <> huella AND huella_sobre_tecnico <> huella_sobre, false) END",
            name="huella_tecnica",
        ),
        CheckConstraint("cantidad_lineas > 0", name="cantidad_lineas"),
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("(estado IN ('invalida', 'no_paso')) = (falla IS NOT NULL)", name="falla"),
    )

    id: UUID = Field(primary_key=True)
    convocatoria_id: UUID = Field(foreign_key="feria_convocatoria.id")
    unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    intento: int = Field(sa_type=SmallInteger)
    estado: str = Field(default=EstadoOferta.VIGENTE, max_length=12)
    presentada_en: datetime = momento()
    presentada_por: str = Field(max_length=200)
    terminada_en: datetime | None = momento_o_nada()
    huella: str = Field(max_length=64)
    huella_sobre: str | None = Field(default=None, max_length=64)
    huella_tecnica: str | None = Field(default=None, max_length=64)
    huella_sobre_tecnico: str | None = Field(default=None, max_length=64)
    cantidad_lineas: int | None = Field(default=None, sa_type=SmallInteger)
    version: int = Field(sa_type=SmallInteger)
    falla: str | None = Field(default=None, sa_type=Text)

    @property
    def huellas(self) -> list[str]:
        """Its fingerprints, in the order in which its receipt and its leaf say them."""
        todas = (self.huella, self.huella_sobre, self.huella_tecnica, self.huella_sobre_tecnico)
        return [huella for huella in todas if huella is not None]


@aplicacion("SELECT, INSERT")
class Reconfirmacion(Tabla, table=True):
    """Who bid says that a bid of before also holds for a later version of its call, and declares what was in
    force then (trigger); those of before this was asked declare nothing.
    """

    __tablename__ = "feria_reconfirmacion"
    __table_args__ = (CheckConstraint("version > 1", name="version"),)

    oferta_id: UUID = Field(primary_key=True, foreign_key="feria_oferta.id")
    version: int = Field(primary_key=True, sa_type=SmallInteger)
    hecha_en: datetime = momento()
    hecha_por: str = Field(max_length=200)
    declaracion: int | None = Field(
        default=None, foreign_key="feria_declaracion.version", sa_type=SmallInteger
    )


@aplicacion("SELECT, INSERT")
class Sobre(Tabla, table=True):
    """The contents of a bid, closed or sealed. Only `sobres.py` reads it, to open it after the deadline; of a
    bid in two envelopes it is the one with the prices, of which the database shows no row before the second
    act, and never that of who did not pass (policy).
    """

    __tablename__ = "feria_sobre"

    oferta_id: UUID = Field(primary_key=True, foreign_key="feria_oferta.id")
    contenido: bytes = Field(sa_type=LargeBinary)


@aplicacion("SELECT, INSERT")
class SobreTecnico(Tabla, table=True):
    """The technical part of a bid in two envelopes, sealed to a key of its own."""

    __tablename__ = "feria_sobre_tecnico"

    oferta_id: UUID = Field(primary_key=True, foreign_key="feria_oferta.id")
    contenido: bytes = Field(sa_type=LargeBinary)


@aplicacion("SELECT, INSERT")
class OfertaLinea(Tabla, table=True):
    """What a bid says of one item. A row exists only from the opening act on (trigger).

    Of what was auctioned its price is the one bid last, at `subastada_en`; `*_inicial`, that of its envelope.
    """

    __tablename__ = "feria_oferta_linea"
    __table_args__ = (
        UniqueConstraint("oferta_id", "item_id"),
        UniqueConstraint("id", "item_id"),
        ForeignKeyConstraint(
            ["oferta_id", "convocatoria_id"], ["feria_oferta.id", "feria_oferta.convocatoria_id"]
        ),
        ForeignKeyConstraint(["item_id", "convocatoria_id"], ["feria_item.id", "feria_item.convocatoria_id"]),
        Index("ix_feria_oferta_linea_convocatoria", "convocatoria_id", "item_id", "total"),
        CheckConstraint("precio_unitario > 0", name="precio_unitario"),
        CheckConstraint("total >= 0", name="total"),
        CheckConstraint("plazo_dias BETWEEN 1 AND 1095", name="plazo_dias"),
        CheckConstraint(
            "CASE WHEN subastada_en IS NULL THEN precio_inicial IS NULL AND total_inicial IS NULL"
            " ELSE coalesce(precio_unitario <= precio_inicial AND total <= total_inicial, false) END",
            name="subastada",
        ),
    )

    id: UUID = Field(primary_key=True)
    convocatoria_id: UUID
    oferta_id: UUID
    item_id: UUID
    precio_unitario: Money = precio()
    total: Money = dinero()
    marca: str = Field(max_length=120)
    detalle: str = Field(default="", max_length=1000)
    plazo_dias: int = Field(sa_type=SmallInteger)
    precio_inicial: Money | None = precio(default=None)
    total_inicial: Money | None = dinero(default=None)
    subastada_en: datetime | None = momento_o_nada()


@aplicacion("SELECT")
class Declaracion(Tabla, table=True):
    """What who bids declares by presenting it, in each version of its text; a revision writes another one."""

    __tablename__ = "feria_declaracion"
    __table_args__ = (
        CheckConstraint("version > 0", name="version"),
        CheckConstraint("huella = encode(sha256(convert_to(texto, 'UTF8')), 'hex')", name="huella"),
    )

    version: int = Field(primary_key=True, sa_type=SmallInteger)
    texto: str = Field(sa_type=Text)
    huella: str = Field(max_length=64)
    desde: datetime = momento()


@aplicacion("SELECT, INSERT")
class OfertaDeclarada(Tabla, table=True):
    """Which declaration goes with a bid: the one in force when it was presented (trigger)."""

    __tablename__ = "feria_oferta_declarada"

    oferta_id: UUID = Field(primary_key=True, foreign_key="feria_oferta.id")
    declaracion: int = Field(foreign_key="feria_declaracion.version", sa_type=SmallInteger)


@aplicacion("SELECT, INSERT, DELETE")
class ArchivoDeOferta(Tabla, table=True):
    """A document that goes with a bid, encrypted: its key is in the sealed text. It comes before its bid
    does, under the id that the bid will have; once that is presented it stays (trigger).
    """

    __tablename__ = "feria_oferta_archivo"
    __table_args__ = (
        ForeignKeyConstraint(
            ["convocatoria_id", "numero"],
            ["feria_documento_pedido.convocatoria_id", "feria_documento_pedido.numero"],
            name="fk_feria_oferta_archivo_pedido",
        ),
        ForeignKeyConstraint(
            ["archivo_id", "oferta_id"],
            ["nucleo_archivo.id", "nucleo_archivo.duenio_id"],
            name="fk_feria_oferta_archivo_archivo",
        ),
        Index("ix_feria_oferta_archivo_archivo_id", "archivo_id"),
        Index("ix_feria_oferta_archivo_convocatoria_id", "convocatoria_id", "unidad_id"),
    )

    oferta_id: UUID = Field(primary_key=True)
    numero: int = Field(primary_key=True, sa_type=SmallInteger)
    convocatoria_id: UUID
    unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    archivo_id: UUID
    subido_en: datetime = instante()
    subido_por: str = Field(max_length=200)


@aplicacion("SELECT, INSERT, UPDATE (leido_en, leido_id, falla)")
class ArchivoAbierto(Tabla, table=True):
    """What the opening found of a document: the digest of what was sent and the key of it, as the bid says
    them. `leido_id` is its drawing, made afterwards; `falla`, why there is none.
    """

    __tablename__ = "feria_archivo_abierto"
    __table_args__ = (
        ForeignKeyConstraint(
            ["oferta_id", "numero"],
            ["feria_oferta_archivo.oferta_id", "feria_oferta_archivo.numero"],
            name="fk_feria_archivo_abierto_oferta_archivo",
        ),
        ForeignKeyConstraint(
            ["leido_id", "oferta_id"],
            ["nucleo_archivo.id", "nucleo_archivo.duenio_id"],
            name="fk_feria_archivo_abierto_leido",
        ),
        CheckConstraint("huella ~ '^[0-9a-f]{64}$'", name="huella"),
        CheckConstraint(
            "(clave IS NULL) = (huella IS NULL) AND octet_length(clave) = 32"
            " AND (clave IS NOT NULL OR falla IS NOT NULL)",
            name="clave",
        ),
        CheckConstraint(
            "(leido_en IS NULL) = (num_nonnulls(leido_id, falla) = 0) AND num_nonnulls(leido_id, falla) < 2",
            name="leido_en",
        ),
        Index("ix_feria_archivo_abierto_leido_id", "leido_id"),
    )

    oferta_id: UUID = Field(primary_key=True)
    numero: int = Field(primary_key=True, sa_type=SmallInteger)
    huella: str | None = Field(default=None, max_length=64)
    clave: bytes | None = Field(default=None, sa_type=LargeBinary)
    leido_en: datetime | None = momento_o_nada()
    leido_id: UUID | None = None
    falla: str | None = Field(default=None, sa_type=Text)
