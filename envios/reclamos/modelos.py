"""Tables of claims. What must always hold (guards, ceilings) is in the revision reclamos_de_envios."""

from datetime import date, datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from envios.reclamos.estados import ClaseReclamo, EstadoReclamo, Lado, QuienDecide, Sentido
from nucleo.enumeraciones import valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, instante, momento, momento_o_nada

_CON_RELOJ = "'presentado', 'en_revision', 'rechazado', 'ante_regulador'"
_FINES = "'pagado', 'cerrado', 'sin_objeto', 'retirado'"


@aplicacion("SELECT")
class ReglaDeReclamo(Tabla, table=True):
    """What a kind of claim is paid, from one day to before another one.

    `piso` is the ceiling of the contents of what was sent without a declared value; `porte_pb` how much of
    the postage goes back, in basis points.
    """

    __tablename__ = "envios_regla_de_reclamo"
    __table_args__ = (
        CheckConstraint(f"clase IN ({valores(ClaseReclamo)})", name="clase"),
        CheckConstraint("piso >= 0 AND porte_pb BETWEEN 0 AND 10000", name="montos"),
        CheckConstraint("vigente_hasta > vigente_desde", name="vigencia"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    clase: str = Field(sa_type=Text)
    piso: Money = dinero()
    porte_pb: int
    norma: str = Field(sa_type=Text)
    nota: str = Field(default="", sa_type=Text)
    confirmado: bool
    vigente_desde: date
    vigente_hasta: date | None = None


@aplicacion(
    "SELECT, INSERT,"
    " UPDATE (estado, vence_en, revisado_en, respondido_en, impugnado_en, terminado_en, version)"
)
class Reclamo(Tabla, table=True):
    """Somebody who paid the postage of an item claims of its operator.

    What is known of the item when it is presented is written on it and never changes: what was promised, what
    it was declared to be worth, what its postage was, and by them and the rule the most that may be paid
    (`tope_contenido`, `tope_porte`). `vence_en` is the end of the clock that runs; none does at the ends and
    while it is to be paid.
    """

    __tablename__ = "envios_reclamo"
    __table_args__ = (
        UniqueConstraint("id", "envio_id", name="uq_envios_reclamo_id_envio_id"),
        Index(
            "uq_envios_reclamo_uno",
            "envio_id",
            "clase",
            unique=True,
            postgresql_where=text("estado NOT IN ('sin_objeto', 'retirado')"),
        ),
        Index("ix_envios_reclamo_operador", "operador_unidad_id", "presentado_en", "id"),
        Index("ix_envios_reclamo_reclamante", "reclamante_parte_id", "presentado_en", "id"),
        Index("ix_envios_reclamo_vence", "vence_en", "id", postgresql_where=text("vence_en IS NOT NULL")),
        CheckConstraint(f"clase IN ({valores(ClaseReclamo)})", name="clase"),
        CheckConstraint(
            "pedido >= 0 AND valor_declarado >= 0 AND porte >= 0 AND tope_contenido >= 0"
            " AND tope_porte BETWEEN 0 AND porte",
            name="montos",
        ),
        CheckConstraint(
            "(clase = 'demora') = (pedido = 0) AND (clase <> 'demora' OR tope_contenido = 0)", name="demora"
        ),
        CheckConstraint(f"(vence_en IS NOT NULL) = (estado IN ({_CON_RELOJ}))", name="reloj"),
        CheckConstraint(f"(terminado_en IS NOT NULL) = (estado IN ({_FINES}))", name="fin"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    envio_id: UUID = Field(foreign_key="envios_envio.id")
    operador_unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    clase: str = Field(sa_type=Text)
    estado: str = Field(default=EstadoReclamo.PRESENTADO, sa_type=Text)
    reclamante_parte_id: UUID = Field(foreign_key="registro_parte.id")
    beneficiario_parte_id: UUID = Field(foreign_key="registro_parte.id")
    pedido: Money = dinero()
    regla_id: UUID = Field(foreign_key="envios_regla_de_reclamo.id")
    prometido_el: date | None = None
    valor_declarado: Money = dinero()
    porte: Money = dinero()
    tope_contenido: Money = dinero()
    tope_porte: Money = dinero()
    fuera_de_plazo: bool
    lugar: str = Field(sa_type=Text)
    presentado_por: str = Field(sa_type=Text)
    presentado_en: datetime = momento()
    vence_en: datetime | None = momento_o_nada()
    revisado_en: datetime | None = momento_o_nada()
    respondido_en: datetime | None = momento_o_nada()
    impugnado_en: datetime | None = momento_o_nada()
    terminado_en: datetime | None = momento_o_nada()
    version: int = 1

    @property
    def clase_enum(self) -> ClaseReclamo:
        return ClaseReclamo(self.clase)

    @property
    def estado_enum(self) -> EstadoReclamo:
        return EstadoReclamo(self.estado)


@aplicacion("SELECT, INSERT")
class DecisionDeReclamo(Tabla, table=True):
    """What somebody decided of a claim, and why; append-only, one each. `PARTE` is less than is claimed."""

    __tablename__ = "envios_reclamo_decision"
    __table_args__ = (
        UniqueConstraint("reclamo_id", "quien", name="uq_envios_reclamo_decision_quien"),
        UniqueConstraint("id", "reclamo_id", name="uq_envios_reclamo_decision_id_reclamo_id"),
        CheckConstraint(f"quien IN ({valores(QuienDecide)})", name="quien"),
        CheckConstraint(f"sentido IN ({valores(Sentido)})", name="sentido"),
        CheckConstraint("length(motivos) BETWEEN 1 AND 2000", name="motivos"),
        CheckConstraint("contenido >= 0 AND porte >= 0", name="montos"),
        CheckConstraint("sentido <> 'contra' OR contenido + porte = 0", name="contra"),
        CheckConstraint("sentido <> 'parte' OR contenido + porte > 0", name="parte"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    reclamo_id: UUID = Field(foreign_key="envios_reclamo.id")
    quien: str = Field(sa_type=Text)
    sentido: str = Field(sa_type=Text)
    motivos: str = Field(sa_type=Text)
    contenido: Money = dinero()
    porte: Money = dinero()
    unidad_id: UUID | None = Field(default=None, foreign_key="registro_unidad.id")
    decidido_por: str = Field(sa_type=Text)
    decidido_en: datetime = momento()

    @property
    def total(self) -> Money:
        return self.contenido + self.porte


@aplicacion("SELECT, INSERT")
class Indemnizacion(Tabla, table=True):
    """What is owed for good, to whom and by which decision; append-only. The contents of an item, and its
    postage, are paid once among all its claims.
    """

    __tablename__ = "envios_indemnizacion"
    __table_args__ = (
        ForeignKeyConstraint(
            ["reclamo_id", "envio_id"],
            ["envios_reclamo.id", "envios_reclamo.envio_id"],
            name="fk_envios_indemnizacion_reclamo",
        ),
        ForeignKeyConstraint(
            ["decision_id", "reclamo_id"],
            ["envios_reclamo_decision.id", "envios_reclamo_decision.reclamo_id"],
            name="fk_envios_indemnizacion_decision",
        ),
        Index("ix_envios_indemnizacion_envio_id", "envio_id"),
        CheckConstraint("contenido >= 0 AND porte >= 0 AND contenido + porte > 0", name="montos"),
    )

    reclamo_id: UUID = Field(primary_key=True)
    decision_id: UUID
    envio_id: UUID
    parte_id: UUID = Field(foreign_key="registro_parte.id")
    contenido: Money = dinero()
    porte: Money = dinero()
    fijada_en: datetime = momento()

    @property
    def total(self) -> Money:
        return self.contenido + self.porte


@aplicacion("SELECT, INSERT")
class MensajeDeReclamo(Tabla, table=True):
    """What each side wrote, in order, with a picture or a PDF if it brought one; append-only. The first one
    says what happened."""

    __tablename__ = "envios_reclamo_mensaje"
    __table_args__ = (
        UniqueConstraint("reclamo_id", "numero", name="uq_envios_reclamo_mensaje_numero"),
        ForeignKeyConstraint(
            ["archivo_id", "reclamo_id"],
            ["nucleo_archivo.id", "nucleo_archivo.duenio_id"],
            name="fk_envios_reclamo_mensaje_archivo",
        ),
        Index("ix_envios_reclamo_mensaje_archivo_id", "archivo_id"),
        CheckConstraint(f"lado IN ({valores(Lado)})", name="lado"),
        CheckConstraint("numero BETWEEN 1 AND 200 AND length(texto) BETWEEN 1 AND 2000", name="texto"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    reclamo_id: UUID = Field(foreign_key="envios_reclamo.id")
    numero: int
    lado: str = Field(sa_type=Text)
    texto: str = Field(sa_type=Text)
    archivo_id: UUID | None = None
    unidad_id: UUID | None = Field(default=None, foreign_key="registro_unidad.id")
    escrito_por: str = Field(sa_type=Text)
    escrito_en: datetime = instante()
