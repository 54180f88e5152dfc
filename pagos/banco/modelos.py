"""Tables of what banks tell. What must always hold is enforced by migrations/versions/0046_banco.py."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary, String, UniqueConstraint, text
from sqlmodel import Field

import nucleo.bd  # noqa: F401  (sets the naming convention before any table is declared)
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, entero, instante

PENDIENTE = text("estado = 'pendiente'")


@aplicacion("SELECT, INSERT")
class ArchivoDeBanco(Tabla, table=True):
    """A file as the bank gave it, byte for byte; the same one twice is the same one. `mensaje` is its kind
    and version, «camt.053.001.08»; those of before kept neither."""

    __tablename__ = "pagos_banco_archivo"

    id: UUID = Field(primary_key=True)
    huella: bytes = Field(sa_type=LargeBinary, unique=True)
    nombre: str = Field(sa_type=String(120))
    mensaje: str | None = Field(default=None, sa_type=String(20))
    contenido: bytes | None = Field(default=None, sa_type=LargeBinary)
    subido_por: UUID
    subido_en: datetime = instante()


@aplicacion("SELECT, INSERT")
class EntradaDeBanco(Tabla, table=True):
    """One booking on the bank's account, known by its own reference (`clave`, see `identidad.py`), so that a
    file that tells of it again adds nothing. Amounts in hundredths of `moneda`; None when it is no whole
    number of them. `lote` is the payment order (`PmtInfId`) that the bank says it booked as one."""

    __tablename__ = "pagos_banco_entrada"
    __table_args__ = (Index("ix_pagos_banco_entrada_archivo_id", "archivo_id"),)

    id: UUID = Field(primary_key=True)
    clave: bytes = Field(sa_type=LargeBinary, unique=True)
    cuenta: str = Field(sa_type=String(40))
    referencia: str | None = Field(default=None, sa_type=String(35))
    monto: int | None = entero(default=None)
    moneda: str = Field(sa_type=String(3))
    sentido: str = Field(sa_type=String(4))
    reverso: bool
    contabilizada: bool
    contabilizada_el: date | None = None
    lote: str | None = Field(default=None, sa_type=String(35))
    cargos: int | None = entero(default=None)
    texto: str | None = Field(default=None, sa_type=String(300))
    archivo_id: UUID = Field(foreign_key="pagos_banco_archivo.id")


@aplicacion("SELECT, INSERT, UPDATE (estado)")
class MovimientoDeBanco(Tabla, table=True):
    """One transaction of an entry, or the entry itself when it has none, and what was made of it.

    `causa` is why the bank returned it; `compensa_id` the second payment that this return undoes.
    """

    __tablename__ = "pagos_banco_movimiento"
    __table_args__ = (
        UniqueConstraint("entrada_id", "clave", name="uq_pagos_banco_movimiento_entrada_id"),
        Index("ix_pagos_banco_movimiento_pendiente", "creado_en", "id", postgresql_where=PENDIENTE),
        Index("ix_pagos_banco_movimiento_creado", "creado_en", "id"),
        Index("ix_pagos_banco_movimiento_retiro_id", "retiro_id"),
        Index("ix_pagos_banco_movimiento_lote_id", "lote_id"),
    )

    id: UUID = Field(primary_key=True)
    entrada_id: UUID = Field(foreign_key="pagos_banco_entrada.id")
    clave: bytes = Field(sa_type=LargeBinary)
    extremo: str | None = Field(default=None, sa_type=String(35))
    monto: int | None = entero(default=None)
    moneda: str = Field(sa_type=String(3))
    sentido: str = Field(sa_type=String(4))
    contraparte: str | None = Field(default=None, sa_type=String(140))
    texto: str | None = Field(default=None, sa_type=String(300))
    causa: str | None = Field(default=None, sa_type=String(150))
    retiro_id: UUID | None = Field(default=None, foreign_key="pagos_retiro.id")
    lote_id: UUID | None = Field(default=None, foreign_key="pagos_lote_retiro.id")
    resultado: str = Field(sa_type=String(24))
    estado: str = Field(sa_type=String(10))
    compensa_id: UUID | None = Field(default=None, foreign_key="pagos_banco_movimiento.id", unique=True)
    creado_en: datetime = instante()


@aplicacion("SELECT, INSERT")
class LineaDeArchivo(Tabla, table=True):
    """A line of a file and the movement that it is; `nueva` when no file had told of it before."""

    __tablename__ = "pagos_banco_linea"
    __table_args__ = (Index("ix_pagos_banco_linea_movimiento_id", "movimiento_id"),)

    archivo_id: UUID = Field(primary_key=True, foreign_key="pagos_banco_archivo.id")
    numero: int = Field(primary_key=True)
    movimiento_id: UUID = Field(foreign_key="pagos_banco_movimiento.id")
    nueva: bool


@aplicacion("SELECT, INSERT")
class EfectoDeBanco(Tabla, table=True):
    """Which movement paid a withdrawal, and which returned it: at most one each."""

    __tablename__ = "pagos_banco_efecto"
    __table_args__ = (Index("ix_pagos_banco_efecto_movimiento_id", "movimiento_id"),)

    retiro_id: UUID = Field(primary_key=True, foreign_key="pagos_retiro.id")
    efecto: str = Field(primary_key=True, sa_type=String(10))
    movimiento_id: UUID = Field(foreign_key="pagos_banco_movimiento.id")


@aplicacion("SELECT, INSERT")
class DecisionDeBanco(Tabla, table=True):
    """What a person decided about a movement that waited: who, by which competence, why. It never changes."""

    __tablename__ = "pagos_banco_decision"
    __table_args__ = (Index("ix_pagos_banco_decision_retiro_id", "retiro_id"),)

    movimiento_id: UUID = Field(primary_key=True, foreign_key="pagos_banco_movimiento.id")
    accion: str = Field(sa_type=String(10))
    retiro_id: UUID | None = Field(default=None, foreign_key="pagos_retiro.id")
    motivo: str = Field(sa_type=String(300))
    persona_id: UUID
    unidad_id: UUID
    mandato_id: UUID | None = None
    decidida_en: datetime = instante()


@aplicacion("SELECT, INSERT")
class AvisoDeBanco(Tabla, table=True):
    """What waits too long and was told, once, to who must look at it."""

    __tablename__ = "pagos_banco_aviso"

    objeto: str = Field(primary_key=True, sa_type=String(10))
    objeto_id: UUID = Field(primary_key=True)
    avisado_en: datetime = instante()
