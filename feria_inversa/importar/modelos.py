"""Tables of the history. All may be missing but the code of a process; each row has its file and line.

That the file of a row is there is asked once a statement (`feria_historia_en_turno`), and no file goes away:
a foreign key would ask it a million times.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from moneyed import Money
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Computed,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from feria_inversa.importar.estados import EstadoArchivo, Falla, Formato, Que
from feria_inversa.precios import CANTIDAD
from feria_inversa.reglas import CATEGORIAS
from nucleo.dinero import Centavos
from nucleo.enumeraciones import valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento_o_nada, precio

FORMA_DEL_CUCE = "^[0-9]{2}-[0-9A-Z]{4}-[0-9]{2}-[0-9]{4,7}-([0-9]{1,2}-[0-9]{1,2}|0-E)$"
"""Looser than `entidades.cuce`: years ago serials had four digits, and entities letters (MN01)."""
_CATEGORIAS = ", ".join(f"'{codigo}'" for codigo in CATEGORIAS)


def _fallas(*suyas: Falla) -> CheckConstraint:
    return CheckConstraint(
        f"fallas <@ ARRAY[{', '.join(repr(str(f)) for f in sorted(suyas))}]::varchar[]", name="fallas"
    )


@aplicacion(
    "SELECT, INSERT, UPDATE (estado, guardado_id, hasta_byte, hasta_linea, registros, hechos, repetidos,"
    " ilegibles, avisos, avanzo_en, terminado_en)"
)
class Archivo(Tabla, table=True):
    """A file: its bytes, where it comes from, the day on which what it says was seen, how far it is.

    `registros` are those below the heading: `hechos` are in, `repetidos` say what another said, `ilegibles`
    are not in. `hasta_byte` and `hasta_linea`, where whoever goes on begins. `guardado_id`: its bytes, while
    they wait for a sweep to take them in.
    """

    __tablename__: ClassVar[str] = "feria_historia_archivo"
    __table_args__ = (
        UniqueConstraint("clave"),
        ForeignKeyConstraint(["persona_id"], ["ciudadania_persona.id"]),
        ForeignKeyConstraint(["guardado_id", "clave"], ["nucleo_archivo.id", "nucleo_archivo.duenio_id"]),
        CheckConstraint(f"estado IN ({valores(EstadoArchivo)})", name="estado"),
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256"),
        CheckConstraint(f"formato IN ({valores(Formato)})", name="formato"),
        CheckConstraint(
            "bytes > 0 AND hasta_byte BETWEEN 0 AND bytes AND hasta_linea >= 0",
            name="avance",
        ),
        CheckConstraint(
            "hechos >= 0 AND repetidos >= 0 AND ilegibles >= 0 AND avisos >= 0"
            " AND registros = hechos + repetidos + ilegibles",
            name="cuentas",
        ),
        CheckConstraint(
            "(terminado_en IS NULL) = (estado = 'en_marcha')"
            " AND (estado <> 'terminado' OR hasta_byte = bytes)",
            name="terminado",
        ),
        Index(
            "uq_feria_historia_archivo_sha256",
            "sha256",
            unique=True,
            postgresql_where=text("estado <> 'cortado'"),
        ),
        Index(
            "ix_feria_historia_archivo_avanzo_en", "avanzo_en", postgresql_where=text("estado = 'en_marcha'")
        ),
        Index("ix_feria_historia_archivo_persona_id", "persona_id"),
        Index("ix_feria_historia_archivo_guardado_id", "guardado_id"),
    )

    id: int | None = Field(
        default=None, sa_type=Integer, primary_key=True, sa_column_args=(Identity(always=True),)
    )
    clave: UUID = Field(default_factory=nuevo_id)
    sha256: str = Field(max_length=64)
    nombre: str = Field(max_length=120)
    formato: str = Field(max_length=20)
    fuente: str = Field(max_length=200)
    visto_en: date
    bytes: int = Field(sa_type=BigInteger)
    guardado_id: UUID | None = None
    persona_id: UUID | None = None
    quien: str = Field(max_length=200)
    estado: str = Field(default=str(EstadoArchivo.EN_MARCHA), max_length=10)
    hasta_byte: int = Field(default=0, sa_type=BigInteger)
    hasta_linea: int = 0
    registros: int = 0
    hechos: int = 0
    repetidos: int = 0
    ilegibles: int = 0
    avisos: int = 0
    creado_en: datetime = instante()
    avanzo_en: datetime = instante()
    terminado_en: datetime | None = momento_o_nada()


@aplicacion("SELECT, INSERT")
class Linea(Tabla, table=True):
    """What there is to say of a line; `campo` is the column of the file, empty when it is of the whole line.

    `otro_archivo_id` and `otra_linea`: where it was said before, the same or something else.
    """

    __tablename__: ClassVar[str] = "feria_historia_linea"
    __table_args__ = (
        CheckConstraint("linea > 1", name="linea"),
        CheckConstraint(f"que IN ({valores(Que)})", name="que"),
        CheckConstraint(
            "num_nonnulls(otro_archivo_id, otra_linea)"
            " = CASE WHEN que = 'repetido' OR motivo = 'otra_version' THEN 2 ELSE 0 END",
            name="otra",
        ),
        Index(
            "ix_feria_historia_linea_otra",
            "otro_archivo_id",
            "otra_linea",
            postgresql_where=text("que = 'repetido'"),
        ),
    )

    archivo_id: int = Field(primary_key=True)
    linea: int = Field(primary_key=True)
    campo: str = Field(primary_key=True, max_length=60)
    que: str = Field(max_length=10)
    motivo: str = Field(primary_key=True, max_length=30)
    cuce: str | None = Field(default=None, max_length=30)
    texto: str = Field(max_length=200)
    otro_archivo_id: int | None = None
    otra_linea: int | None = None


def _monto() -> Money | None:
    """Centavos, when the file says them."""
    return Field(default=None, sa_type=Centavos, nullable=True)  # type: ignore[no-any-return]


def _precio() -> Money | None:
    return precio(default=None, nullable=True)  # type: ignore[no-any-return]


def _cantidad() -> Decimal | None:
    return Field(default=None, sa_type=CANTIDAD, nullable=True)  # type: ignore[no-any-return]


@aplicacion("SELECT, INSERT")
class Proceso(Tabla, table=True):
    """What a line says of a process. Several lines may tell of one: `VIGENTES` is what the last one says.
    `huella` is of what it says, so that nothing is said twice.

    `decidido` is the day of the award, or of the declaration that it was deserted.
    """

    __tablename__: ClassVar[str] = "feria_historia_proceso"
    __table_args__ = (
        UniqueConstraint("cuce", "huella"),
        CheckConstraint("linea > 1", name="linea"),
        CheckConstraint(f"cuce ~ '{FORMA_DEL_CUCE}'", name="cuce"),
        CheckConstraint(f"categoria IN ({_CATEGORIAS})", name="categoria"),
        CheckConstraint("departamento ~ '^0[1-9]$'", name="departamento"),
        CheckConstraint(
            "least(costo_pliego, total_referencial, total_adjudicado, total_recibido) >= 0", name="montos"
        ),
        _fallas(
            Falla.CUCE_CORREGIDO,
            Falla.FECHA_IMPOSIBLE,
            Falla.FECHAS_EN_DESORDEN,
            Falla.NORMA_ES_DEPARTAMENTO,
            Falla.REDONDEADO,
            Falla.SIN_REFERENCIA,
        ),
    )

    archivo_id: int = Field(primary_key=True)
    linea: int = Field(primary_key=True)
    huella: UUID
    cuce: str = Field(max_length=30)
    gestion: int = Field(
        sa_type=SmallInteger,
        sa_column_args=(Computed("2000 + left(cuce, 2)::smallint", persisted=True),),
        nullable=False,
    )
    entidad_codigo: str = Field(
        sa_type=String(4),
        sa_column_args=(Computed("split_part(cuce, '-', 2)", persisted=True),),
        nullable=False,
    )
    entidad: str | None = Field(default=None, max_length=300)
    tipo: str | None = Field(default=None, max_length=60)
    categoria: str | None = Field(default=None, max_length=15)
    modalidad: str | None = Field(default=None, max_length=30)
    objeto: str | None = Field(default=None, max_length=4000)
    estado: str | None = Field(default=None, max_length=100)
    subasta: bool | None = None
    publicado: date | None = None
    presentacion: date | None = None
    decidido: date | None = None
    departamento: str | None = Field(default=None, max_length=2)
    normativa: str | None = Field(default=None, max_length=120)
    menciones: str | None = Field(default=None, max_length=200)
    archivos: str | None = Field(default=None, max_length=1000)
    formularios: str | None = Field(default=None, max_length=300)
    reunion: str | None = Field(default=None, max_length=40)
    costo_pliego: Money | None = _monto()
    total_referencial: Money | None = _monto()
    total_adjudicado: Money | None = _monto()
    total_recibido: Money | None = _monto()
    fallas: list[str] = Field(sa_type=ARRAY(String(30)))


@aplicacion("SELECT, INSERT")
class Item(Tabla, table=True):
    """What a line says of an item. `unspsc` has its eight digits again and `unidad` is of our list (what it
    holds, `contenido` of `contenido_unidad`); what was written is beside them."""

    __tablename__: ClassVar[str] = "feria_historia_item"
    __table_args__ = (
        UniqueConstraint(
            "cuce",
            "numero",
            "huella",
            name="uq_feria_historia_item_cuce",
            postgresql_nulls_not_distinct=True,
        ),
        CheckConstraint("linea > 1", name="linea"),
        CheckConstraint(f"cuce ~ '{FORMA_DEL_CUCE}'", name="cuce"),
        CheckConstraint("unspsc ~ '^[0-9]{8}$'", name="unspsc"),
        CheckConstraint(
            "unidad IS NOT NULL OR num_nonnulls(contenido, contenido_unidad) = 0",
            name="unidad",
        ),
        CheckConstraint(
            "least(numero, contenido, cantidad, precio_referencial, total_referencial, precio_adjudicado,"
            " total_adjudicado, cantidad_recibida, precio_recibido, total_recibido) >= 0",
            name="montos",
        ),
        _fallas(
            Falla.ADJUDICADO_DISTINTO,
            Falla.CUCE_CORREGIDO,
            Falla.RECIBIDO_DISTINTO,
            Falla.REDONDEADO,
            Falla.REFERENCIAL_DISTINTO,
            Falla.SIN_REFERENCIA,
            Falla.VACIO,
        ),
    )

    archivo_id: int = Field(primary_key=True)
    linea: int = Field(primary_key=True)
    huella: UUID
    cuce: str = Field(max_length=30)
    numero: int | None = None
    unspsc: str | None = Field(default=None, max_length=8)
    unspsc_texto: str | None = Field(default=None, max_length=20)
    partida: str | None = Field(default=None, max_length=10)
    descripcion: str | None = Field(default=None, max_length=4000)
    unidad: str | None = Field(default=None, max_length=30)
    contenido: Decimal | None = _cantidad()
    contenido_unidad: str | None = Field(default=None, max_length=30)
    unidad_texto: str | None = Field(default=None, max_length=100)
    cantidad: Decimal | None = _cantidad()
    precio_referencial: Money | None = _precio()
    total_referencial: Money | None = _monto()
    proveedor: str | None = Field(default=None, max_length=300)
    precio_adjudicado: Money | None = _precio()
    total_adjudicado: Money | None = _monto()
    cantidad_recibida: Decimal | None = _cantidad()
    precio_recibido: Money | None = _precio()
    total_recibido: Money | None = _monto()
    estado: str | None = Field(default=None, max_length=100)
    cronograma: str | None = Field(default=None, max_length=40)
    fallas: list[str] = Field(sa_type=ARRAY(String(30)))


@aplicacion("SELECT, INSERT")
class Adjudicado(Tabla, table=True):
    """What a line says of who was awarded: with which contract or order, and what was received of them.

    The file calls the dates and amounts of the contract and of the reception by numbers only: which is which
    is inferred from the forms of SICOES.
    """

    __tablename__: ClassVar[str] = "feria_historia_adjudicado"
    __table_args__ = (
        UniqueConstraint(
            "cuce",
            "numero",
            "huella",
            name="uq_feria_historia_adjudicado_cuce",
            postgresql_nulls_not_distinct=True,
        ),
        CheckConstraint("linea > 1", name="linea"),
        CheckConstraint(f"cuce ~ '{FORMA_DEL_CUCE}'", name="cuce"),
        CheckConstraint("least(numero, monto, contrato_monto, recibido_monto) >= 0", name="montos"),
        _fallas(
            Falla.CUCE_CORREGIDO,
            Falla.FECHA_IMPOSIBLE,
            Falla.FECHAS_EN_DESORDEN,
            Falla.REDONDEADO,
            Falla.VACIO,
        ),
    )

    archivo_id: int = Field(primary_key=True)
    linea: int = Field(primary_key=True)
    huella: UUID
    cuce: str = Field(max_length=30)
    numero: int | None = None
    proveedor: str | None = Field(default=None, max_length=300)
    monto: Money | None = _monto()
    contrato: str | None = Field(default=None, max_length=100)
    contrato_monto: Money | None = _monto()
    contrato_fecha: date | None = None
    recibido_monto: Money | None = _monto()
    recibido_fecha: date | None = None
    rupe: str | None = Field(default=None, max_length=40)
    estado: str | None = Field(default=None, max_length=100)
    fallas: list[str] = Field(sa_type=ARRAY(String(30)))
