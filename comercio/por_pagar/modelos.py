"""The tables of purchases that wait for their money, and of what who sold says to the bank that claims it."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from moneyed import Money
from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from comercio.por_pagar.estados import EstadoPorPagar, Medio
from nucleo.enumeraciones import valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, entero, instante, momento, momento_o_nada


@aplicacion("SELECT, INSERT, UPDATE (estado, revisar_en, pagada_en, pagada_de, dejada_en, terminada_en)")
class PorPagar(Tabla, table=True):
    """How a purchase that a card or a QR pays goes on. A card's intention in `pagos` has the purchase's own
    id; a QR carries `codigo`, and `pagada_de` is the account that paid it. The money enters `cuenta`, the
    ledger's account of the purchase, and goes from there into the custody of each order. `dejada_en`: when
    who bought said that they did not want it any more; what is paid after that goes back, and buys nothing.
    `revisar_en`: when the sweep looks at it again; what is over has none.
    """

    __tablename__: ClassVar[str] = "comercio_compra_por_pagar"
    __table_args__ = (
        UniqueConstraint("cuenta"),
        ForeignKeyConstraint(["compra_id"], ["comercio_compra.id"]),
        ForeignKeyConstraint(["persona_id"], ["ciudadania_persona.id"]),
        ForeignKeyConstraint(["cuenta"], ["pagos_cuenta.id"]),
        CheckConstraint(f"estado IN ({valores(EstadoPorPagar)})", name="estado"),
        UniqueConstraint("codigo"),
        ForeignKeyConstraint(["pagada_de"], ["pagos_cuenta.id"]),
        CheckConstraint(f"medio IN ({valores(Medio)})", name="medio"),
        CheckConstraint("(codigo IS NOT NULL) = (medio = 'qr')", name="codigo"),
        CheckConstraint(
            "(pagada_de IS NOT NULL) = (medio = 'qr' AND pagada_en IS NOT NULL)", name="pagada_de"
        ),
        CheckConstraint("vence_en > creada_en", name="vence"),
        CheckConstraint("(revisar_en IS NULL) = (estado = 'cerrada')", name="revisar"),
        CheckConstraint("(terminada_en IS NOT NULL) = (estado = 'cerrada')", name="terminada"),
        CheckConstraint("estado <> 'pagada' OR pagada_en IS NOT NULL", name="pagada"),
        CheckConstraint(
            "dejada_en IS NULL OR pagada_en IS NULL AND estado IN ('soltada', 'cerrada')", name="dejada"
        ),
        CheckConstraint("pagada_en IS NULL OR estado IN ('pagada', 'cerrada')", name="con_pago"),
        Index(None, "persona_id"),
        Index(None, "revisar_en", "compra_id", postgresql_where=text("revisar_en IS NOT NULL")),
    )

    compra_id: UUID = Field(primary_key=True)
    persona_id: UUID
    cuenta: int = entero()
    medio: str = Field(default=str(Medio.TARJETA), max_length=8)
    codigo: str | None = Field(default=None, max_length=16)
    del_carrito: bool
    estado: str = Field(default=str(EstadoPorPagar.POR_PAGAR), max_length=12)
    vence_en: datetime = momento()
    revisar_en: datetime | None = momento_o_nada()
    creada_en: datetime = instante()
    pagada_en: datetime | None = momento_o_nada()
    pagada_de: int | None = Field(default=None, sa_type=BigInteger)
    dejada_en: datetime | None = momento_o_nada()
    terminada_en: datetime | None = momento_o_nada()


@aplicacion("SELECT, INSERT, UPDATE (de_quien_vende, repartido_en)")
class TomadoPorElBanco(Tabla, table=True):
    """What a card's bank took of what was held of an order, by a claim that it decided for the cardholder. If
    it changes its mind that is shared, once (`repartido_en`), by what the order became: `de_quien_vende` went
    to who sold, the rest to who paid."""

    __tablename__: ClassVar[str] = "comercio_tomado_por_el_banco"
    __table_args__ = (
        ForeignKeyConstraint(["disputa_id"], ["pagos_disputa.id"]),
        ForeignKeyConstraint(["pedido_id"], ["comercio_pedido.id"]),
        CheckConstraint("importe > 0", name="importe"),
        CheckConstraint(
            "(repartido_en IS NULL) = (de_quien_vende IS NULL) AND de_quien_vende BETWEEN 0 AND importe",
            name="repartido",
        ),
        Index(None, "pedido_id"),
    )

    disputa_id: UUID = Field(primary_key=True)
    pedido_id: UUID = Field(primary_key=True)
    importe: Money = dinero()
    de_quien_vende: Money | None = dinero(default=None)
    repartido_en: datetime | None = momento_o_nada()
    ocurrio_en: datetime = instante()


@aplicacion("SELECT, INSERT, UPDATE (enviar_en, respuesta_id)")
class PruebaAlBanco(Tabla, table=True):
    """What who sold an order says to the bank that claims its payment, once. It goes with what the other
    sellers of the purchase say in one answer, `respuesta_id`, when all did or their term comes: `enviar_en`.
    With neither, the bank decided before it went.
    """

    __tablename__: ClassVar[str] = "comercio_prueba_al_banco"
    __table_args__ = (
        UniqueConstraint("disputa_id", "pedido_id", name="uq_comercio_prueba_al_banco_disputa_id"),
        ForeignKeyConstraint(["disputa_id"], ["pagos_disputa.id"]),
        ForeignKeyConstraint(["pedido_id"], ["comercio_pedido.id"]),
        ForeignKeyConstraint(["persona_id"], ["ciudadania_persona.id"]),
        ForeignKeyConstraint(["respuesta_id"], ["pagos_disputa_respuesta.id"]),
        CheckConstraint("length(explicacion) BETWEEN 20 AND 1000", name="explicacion"),
        CheckConstraint("enviar_en IS NULL OR respuesta_id IS NULL", name="una_vez"),
        Index(None, "pedido_id"),
        Index(None, "persona_id"),
        Index(
            "ix_comercio_prueba_al_banco_enviar_en",
            "enviar_en",
            "id",
            postgresql_where=text("enviar_en IS NOT NULL"),
        ),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    disputa_id: UUID
    pedido_id: UUID
    explicacion: str = Field(max_length=1000)
    persona_id: UUID
    creado_en: datetime = instante()
    enviar_en: datetime | None = momento_o_nada()
    respuesta_id: UUID | None = None
