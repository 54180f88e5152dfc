"""The table of the money of orders. What must always hold (sums, nothing paid early) is in the migrations."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from moneyed import Money
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlmodel import Field

from comercio.custodia.estados import EstadoCustodia
from nucleo.dinero import a_centavos, cero, de_centavos
from nucleo.enumeraciones import valores
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, entero, instante, momento_o_nada, suma


@aplicacion(
    "SELECT, INSERT, "
    "UPDATE (estado, liberar_en, devuelto, porte_devuelto, al_vendedor, comision_cobrada, mudada_en,"
    " cobrada_en, banco_desde, terminada_en)"
)
class Custodia(Tabla, table=True):
    """What was paid for an order and what became of it. Its account in the ledger is the order's matter.

    `comision` is of the goods of the whole sale; of what is given back none is kept, nor of postage (`porte`
    is what of `monto` is; `porte_devuelto`, what of `devuelto`). `liberar_en` is when a sweep pays the
    seller. `pendiente_id` is the pending transfer that held it before orders had accounts: then `mudada_en`
    says when it was moved (None: it ended, or waits, where it was). `contra_entrega`: collected at the door,
    at `cobrada_en`; until then its account has nothing. `cuenta_comprador` is where it came from
    and goes back to: whoever bought has it, or the purchase that a card paid (`comercio.por_pagar`).
    `banco_desde`: since when the bank of that card claims it, which holds it as a claim of who bought does.
    """

    __tablename__: ClassVar[str] = "comercio_custodia"
    __table_args__ = (
        ForeignKeyConstraint(["pedido_id"], ["comercio_pedido.id"]),
        ForeignKeyConstraint(["cuenta_comprador"], ["pagos_cuenta.id"]),
        ForeignKeyConstraint(["cuenta_vendedor"], ["pagos_cuenta.id"]),
        CheckConstraint(f"estado IN ({valores(EstadoCustodia)})", name="estado"),
        CheckConstraint("monto > 0 AND comision BETWEEN 0 AND monto", name="montos"),
        CheckConstraint(
            "devuelto >= 0 AND al_vendedor >= 0 AND comision_cobrada BETWEEN 0 AND comision"
            " AND devuelto + al_vendedor + comision_cobrada <= monto",
            name="sumas",
        ),
        CheckConstraint(
            "porte >= 0 AND porte_devuelto BETWEEN 0 AND porte AND comision <= monto - porte"
            " AND porte < monto AND devuelto - porte_devuelto BETWEEN 0 AND monto - porte",
            name="porte",
        ),
        CheckConstraint(
            "CASE estado WHEN 'liberada' THEN devuelto + al_vendedor + comision_cobrada = monto"
            " AND devuelto < monto"
            " WHEN 'devuelta' THEN devuelto = monto"
            " WHEN 'por_cobrar' THEN devuelto + al_vendedor + comision_cobrada = 0"
            " WHEN 'no_cobrada' THEN devuelto + al_vendedor + comision_cobrada = 0"
            " ELSE al_vendedor + comision_cobrada = 0 AND devuelto < monto END",
            name="fin",
        ),
        CheckConstraint("(estado = 'por_liberar') <= (liberar_en IS NOT NULL)", name="fecha"),
        CheckConstraint("banco_desde IS NULL OR estado IN ('congelada', 'devuelta')", name="banco"),
        CheckConstraint("estado <> 'por_mudar' OR pendiente_id IS NOT NULL", name="por_mudar"),
        CheckConstraint(
            "(terminada_en IS NOT NULL) = (estado IN ('liberada', 'devuelta', 'no_cobrada'))",
            name="terminada",
        ),
        CheckConstraint(
            "(cobrada_en IS NOT NULL) = (contra_entrega AND estado NOT IN ('por_cobrar', 'no_cobrada'))"
            " AND (contra_entrega OR estado NOT IN ('por_cobrar', 'no_cobrada'))"
            " AND NOT (contra_entrega AND pendiente_id IS NOT NULL)",
            name="contra_entrega",
        ),
        Index(None, "liberar_en", "pedido_id", postgresql_where=text("estado = 'por_liberar'")),
        Index(None, "pedido_id", postgresql_where=text("estado = 'por_mudar'")),
        Index("ix_comercio_custodia_por_cobrar", "pedido_id", postgresql_where=text("estado = 'por_cobrar'")),
    )

    pedido_id: UUID = Field(primary_key=True)
    monto: Money = dinero()
    comision: Money = dinero()
    cuenta_comprador: int = entero()
    cuenta_vendedor: int = entero()
    estado: str = Field(default=str(EstadoCustodia.RETENIDA), max_length=12)
    liberar_en: datetime | None = momento_o_nada()
    devuelto: Money = suma()
    porte: Money = suma()
    porte_devuelto: Money = suma()
    al_vendedor: Money = suma()
    comision_cobrada: Money = suma()
    pendiente_id: UUID | None = None
    mudada_en: datetime | None = momento_o_nada()
    contra_entrega: bool = False
    cobrada_en: datetime | None = momento_o_nada()
    banco_desde: datetime | None = momento_o_nada()
    creada_en: datetime = instante()
    terminada_en: datetime | None = momento_o_nada()

    @property
    def queda(self) -> Money:
        """What is still held."""
        if self.contra_entrega and self.cobrada_en is None:
            return cero()
        return self.monto - self.devuelto - self.al_vendedor - self.comision_cobrada

    @property
    def comision_debida(self) -> Money:
        """Of the goods that the seller is paid, in proportion to all of them; half a centavo rounds up."""
        bienes = self.monto - self.porte
        return parte_de(self.comision, bienes - (self.devuelto - self.porte_devuelto), bienes)


@aplicacion("SELECT, INSERT")
class PorteDevuelto(Tabla, table=True):
    """What went back of the postage of an order, with a cancellation or a claim (`causa`); append-only."""

    __tablename__: ClassVar[str] = "comercio_porte_devuelto"
    __table_args__ = (
        ForeignKeyConstraint(["pedido_id"], ["comercio_custodia.pedido_id"]),
        CheckConstraint("importe > 0", name="importe"),
        Index(None, "pedido_id"),
    )

    causa: UUID = Field(primary_key=True)
    pedido_id: UUID
    importe: Money = dinero()
    ocurrio_en: datetime = instante()


def parte_de(monto: Money, parte: Money, todo: Money) -> Money:
    """`monto` in the proportion of `parte` to `todo`, rounded half up to the centavo."""
    total = a_centavos(todo)
    return de_centavos((2 * a_centavos(monto) * a_centavos(parte) + total) // (2 * total))
