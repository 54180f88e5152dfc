"""Tables of the counter: what was admitted, and what is to be collected at doors."""

from datetime import date, datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from envios.admision.estados import ClaseAdmision, EstadoRecojo, Franja, Medio
from nucleo.enumeraciones import TextoEnum, valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, momento, momento_o_nada


def _agencia(tabla: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["agencia_id", "operador_unidad_id"],
        ["envios_agencia.id", "envios_agencia.operador_unidad_id"],
        name=f"fk_{tabla}_agencia_id_envios_agencia",
    )


@aplicacion("SELECT, INSERT")
class FilaDeAdmision(Tabla, table=True):
    """A parcel taken over a counter or at a door, as it was weighed and measured. Append-only.

    One a parcel, by its event EMA (a guard says that it is one, of that agency); declared wrong, `vuelta`
    counts what was corrected, and it may be admitted again. `importe` is the postage in centavos by `medio`.
    """

    __tablename__ = "envios_admision"
    __table_args__ = (
        UniqueConstraint("envio_id", "vuelta", name="uq_envios_admision_envio_id"),
        UniqueConstraint("evento_id"),
        _agencia("envios_admision"),
        CheckConstraint(f"clase IN ({valores(ClaseAdmision)})", name="clase"),
        CheckConstraint(f"medio IN ({valores(Medio)})", name="medio"),
        CheckConstraint("(importe = 0) = (medio = 'ninguno') AND importe >= 0", name="importe"),
        CheckConstraint("medio = 'ninguno' OR cotizacion_id IS NOT NULL", name="con_cotizacion"),
        CheckConstraint("peso_g BETWEEN 1 AND 1000000 AND declarado_g BETWEEN 1 AND 1000000", name="peso"),
        CheckConstraint(
            "num_nulls(largo_cm, ancho_cm, alto_cm) IN (0, 3) "
            "AND largo_cm BETWEEN 1 AND 1000 AND ancho_cm BETWEEN 1 AND 1000 AND alto_cm BETWEEN 1 AND 1000",
            name="medidas",
        ),
        Index("ix_envios_admision_agencia", "agencia_id", "admitido_en"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    envio_id: UUID = Field(foreign_key="envios_envio.id")
    vuelta: int
    evento_id: UUID = Field(foreign_key="envios_evento.id")
    operador_unidad_id: UUID
    agencia_id: UUID
    clase: ClaseAdmision = Field(sa_type=TextoEnum(ClaseAdmision))
    admitido_por: str = Field(max_length=120)
    admitido_en: datetime = momento()
    declarado_g: int
    peso_g: int
    largo_cm: int | None = None
    ancho_cm: int | None = None
    alto_cm: int | None = None
    cotizacion_id: UUID | None = Field(default=None, foreign_key="envios_cotizacion.id")
    importe: Money = dinero()
    medio: Medio = Field(sa_type=TextoEnum(Medio))
    entrega_el: date | None = None


@aplicacion("SELECT, INSERT, UPDATE (agencia_id, dia, franja, vez, estado, vence_en, paso_en, terminado_en)")
class FilaDeRecojo(Tabla, table=True):
    """A parcel to be collected at a door, on a day and in a band of hours. `vez` 2 was asked for again.

    `vence_en` is when time alone ends what waits; `paso_en`, when somebody last went and found nobody (None:
    nobody went, and then what it costs goes back).
    """

    __tablename__ = "envios_recojo"
    __table_args__ = (
        UniqueConstraint("envio_id"),
        _agencia("envios_recojo"),
        CheckConstraint(f"franja IN ({valores(Franja)})", name="franja"),
        CheckConstraint("vez BETWEEN 1 AND 2", name="vez"),
        CheckConstraint("length(direccion) BETWEEN 3 AND 300", name="direccion"),
        CheckConstraint(r"telefono ~ '^\+[1-9][0-9]{4,14}$'", name="telefono"),
        CheckConstraint("paso_en IS NOT NULL OR (estado <> 'no_hallado' AND vez = 1)", name="paso"),
        CheckConstraint(
            "(estado IN ('pedido', 'no_hallado')) = (terminado_en IS NULL) "
            "AND (terminado_en IS NULL) = (vence_en IS NOT NULL)",
            name="fin",
        ),
        Index("ix_envios_recojo_ronda", "agencia_id", "dia"),
        Index("ix_envios_recojo_vence", "vence_en", postgresql_where=text("vence_en IS NOT NULL")),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    envio_id: UUID = Field(foreign_key="envios_envio.id")
    operador_unidad_id: UUID
    agencia_id: UUID
    direccion: str = Field(sa_type=Text)
    telefono: str = Field(sa_type=Text)
    dia: date
    franja: Franja = Field(sa_type=TextoEnum(Franja))
    vez: int = 1
    estado: EstadoRecojo = Field(default=EstadoRecojo.PEDIDO, sa_type=TextoEnum(EstadoRecojo))
    pedido_por: str = Field(max_length=120)
    pedido_en: datetime = momento()
    vence_en: datetime | None = momento_o_nada()
    paso_en: datetime | None = momento_o_nada()
    terminado_en: datetime | None = momento_o_nada()
