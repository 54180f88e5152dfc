"""Tables of the rules of contracting: a norm, its modalities, and their dated values."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, SmallInteger, UniqueConstraint
from sqlmodel import Field

from feria_inversa.reglas.valores import Clave
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, entero

_CLAVES = ", ".join(f"'{clave}'" for clave in Clave)


@aplicacion("SELECT, INSERT")
class Norma(Tabla, table=True):
    """A body of norms by which the State contracts."""

    __tablename__ = "feria_norma"
    __table_args__ = (CheckConstraint("char_length(nombre) >= 3", name="nombre"),)

    codigo: str = Field(primary_key=True, max_length=20)
    nombre: str = Field(max_length=200)


@aplicacion("SELECT, INSERT")
class Modalidad(Tabla, table=True):
    """A way of contracting of one norm. What it demands are its rules."""

    __tablename__ = "feria_modalidad"
    __table_args__ = (
        UniqueConstraint("norma", "codigo"),
        CheckConstraint("metodo_ocds IN ('open', 'selective', 'limited', 'direct')", name="metodo_ocds"),
    )

    id: UUID = Field(primary_key=True)
    codigo: str = Field(max_length=10)
    nombre: str = Field(max_length=120)
    metodo_ocds: str = Field(max_length=10)
    norma: str = Field(max_length=20, foreign_key="feria_norma.codigo")


@aplicacion("SELECT, INSERT")
class Regla(Tabla, table=True):
    """A value that a modality demands between two days, both included: data, never code.

    Amounts are centavos, terms working days, hours minutes of the day. A row only ends (trigger); one not
    checked against the norm's text (`confirmado` false) warns and never blocks. Of one rule two values are
    never in force on a day (exclusion constraint).
    """

    __tablename__ = "feria_regla"
    __table_args__ = (
        CheckConstraint(f"clave IN ({_CLAVES})", name="clave"),
        CheckConstraint(
            "valor >= 0 AND (clave LIKE 'monto%'"
            " OR valor <= CASE WHEN clave LIKE 'hora%' THEN 1440 ELSE 365 END)",
            name="valor",
        ),
        CheckConstraint("char_length(fuente) >= 3", name="fuente"),
        CheckConstraint("vigente_hasta >= vigente_desde", name="vigencia"),
    )

    id: UUID = Field(primary_key=True)
    modalidad_id: UUID = Field(foreign_key="feria_modalidad.id")
    clave: str = Field(max_length=20)
    valor: int = entero()
    confirmado: bool
    fuente: str = Field(max_length=200)
    nota: str = Field(default="", max_length=500)
    vigente_desde: date
    vigente_hasta: date | None = None


@aplicacion("SELECT")
class MargenDePreferencia(Tabla, table=True):
    """A margin of preference between two days, both included; the owner's data, never code."""

    __tablename__ = "feria_margen"
    __table_args__ = (
        UniqueConstraint("codigo", "vigente_desde"),
        CheckConstraint("clase IN ('origen', 'productor')", name="clase"),
        CheckConstraint("formula IN ('suma', 'sucesiva')", name="formula"),
        CheckConstraint("por_ciento BETWEEN 1 AND 99", name="por_ciento"),
        CheckConstraint("char_length(fuente) >= 3", name="fuente"),
        CheckConstraint("vigente_hasta >= vigente_desde", name="vigencia"),
    )

    id: UUID = Field(primary_key=True)
    codigo: str = Field(max_length=24)
    clase: str = Field(max_length=9)
    nombre: str = Field(max_length=120)
    por_ciento: int = Field(sa_type=SmallInteger)
    formula: str = Field(max_length=8)
    confirmado: bool
    fuente: str = Field(max_length=200)
    nota: str = Field(default="", max_length=500)
    vigente_desde: date
    vigente_hasta: date | None = None
