"""Tables of what operators owe. What must always hold (sums, what the ledger says) is in the migrations."""

from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from envios.deudas.estados import ClaseDeDeuda, ComoSePaga, EstadoDeuda
from nucleo.enumeraciones import valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, entero, instante, momento, momento_o_nada, suma


@aplicacion("SELECT, INSERT, UPDATE (pagado, estado, terminada_en)")
class Deuda(Tabla, table=True):
    """What an operator owes to somebody for an item, once for each origin: a delivery, or a claim.

    `en_ventanilla`: the creditor has no account, and is paid in cash when they come for it.
    `pagado` is the sum of its payments; its id is that of its escrow account, through which they pass.
    """

    __tablename__ = "envios_deuda"
    __table_args__ = (
        Index(
            "uq_envios_deuda_origen",
            "clase",
            "origen_id",
            unique=True,
            postgresql_where=text("estado <> 'cancelada'"),
        ),
        Index(
            "uq_envios_deuda_contra_entrega",
            "envio_id",
            unique=True,
            postgresql_where=text("clase = 'contra_entrega' AND estado <> 'cancelada'"),
        ),
        Index("ix_envios_deuda_operador", "operador_unidad_id", "estado", "vence_en", "id"),
        Index("ix_envios_deuda_acreedor", "acreedor_parte_id", "nace_en", "id"),
        Index(
            "ix_envios_deuda_vence",
            "vence_en",
            postgresql_where=text("estado = 'pendiente' AND NOT en_ventanilla"),
        ),
        CheckConstraint(f"clase IN ({valores(ClaseDeDeuda)})", name="clase"),
        CheckConstraint("monto > 0 AND pagado BETWEEN 0 AND monto", name="monto"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    clase: str = Field(max_length=16)
    origen_id: UUID
    envio_id: UUID = Field(foreign_key="envios_envio.id")
    operador_unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    acreedor_parte_id: UUID = Field(foreign_key="registro_parte.id")
    en_ventanilla: bool
    monto: Money = dinero()
    pagado: Money = suma()
    estado: str = Field(default=EstadoDeuda.PENDIENTE, max_length=12)
    nace_en: datetime = instante()
    vence_en: datetime = momento()
    terminada_en: datetime | None = momento_o_nada()

    @property
    def debe(self) -> Money:
        """What is left to pay."""
        return self.monto - self.pagado


@aplicacion("SELECT, INSERT")
class Cobro(Tabla, table=True):
    """What is collected at the door of an item of an order (`monto`), and the custody that it goes into;
    append-only. Of what is sent without an order its postage says it."""

    __tablename__ = "envios_cobro"
    __table_args__ = (CheckConstraint("monto > 0", name="monto"),)

    envio_id: UUID = Field(primary_key=True, foreign_key="envios_envio.id")
    monto: Money = dinero()
    cuenta: int = entero(foreign_key="pagos_cuenta.id")
    creado_en: datetime = instante()


@aplicacion("SELECT, INSERT")
class Cesion(Tabla, table=True):
    """Of what is collected at the door of an item of an order, what is owed to another party before who sent
    it; append-only."""

    __tablename__ = "envios_cesion"
    __table_args__ = (CheckConstraint("monto > 0", name="monto"),)

    envio_id: UUID = Field(primary_key=True, foreign_key="envios_cobro.envio_id")
    parte_id: UUID = Field(foreign_key="registro_parte.id", index=True)
    monto: Money = dinero()
    cedida_en: datetime = instante()


@aplicacion("SELECT, INSERT")
class PagoDeDeuda(Tabla, table=True):
    """A payment of a debt: a transfer out of its escrow (the same id), or cash, with its receipt. `custodia`:
    that of an order, if it entered one; of each, one payment does."""

    __tablename__ = "envios_deuda_pago"
    __table_args__ = (
        Index("ix_envios_deuda_pago_deuda", "deuda_id", "pagado_en", "id"),
        CheckConstraint(f"como IN ({valores(ComoSePaga)})", name="como"),
        CheckConstraint("(como = 'efectivo') = (recibo <> '')", name="recibo"),
        Index(
            "uq_envios_deuda_pago_custodia",
            "custodia",
            unique=True,
            postgresql_where=text("custodia IS NOT NULL"),
        ),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    deuda_id: UUID = Field(foreign_key="envios_deuda.id")
    como: str = Field(max_length=10)
    monto: Money = dinero()
    recibo: str = Field(default="", max_length=200)
    custodia: int | None = entero(default=None, foreign_key="pagos_cuenta.id")
    pagado_en: datetime = instante()
    registrado_por: str = Field(max_length=120)
