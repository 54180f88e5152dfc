"""The table of the money of orders. What must always hold (sums, nothing paid early) is in the migrations."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from moneyed import Money
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, SmallInteger, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from comercio.custodia.compromiso import EstadoCompromiso, Garantia, QueSeDijo, SePagaCon
from comercio.custodia.estados import EstadoCustodia
from nucleo.dinero import a_centavos, cero, de_centavos
from nucleo.enumeraciones import valores
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, entero, instante, momento, momento_o_nada, suma


@aplicacion(
    "SELECT, INSERT, "
    "UPDATE (estado, liberar_en, devuelto, porte_devuelto, al_vendedor, comision_cobrada, mudada_en,"
    " cobrada_en, banco_desde, terminada_en, ejecutado)"
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
    `garantia`: whether it holds money, or what a public entity committed of its budget (`Compromiso`), which
    is paid from its account (`cuenta_comprador`) at conformity; `ejecutado` is what of it was spent.
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
            " WHEN 'ejecutada' THEN al_vendedor + comision_cobrada = 0 AND devuelto < monto"
            " ELSE al_vendedor + comision_cobrada = 0 AND devuelto < monto END",
            name="fin",
        ),
        CheckConstraint(f"garantia IN ({valores(Garantia)})", name="garantia"),
        CheckConstraint(
            "ejecutado = CASE WHEN garantia = 'compromiso' AND estado IN ('liberada', 'ejecutada')"
            " THEN monto - devuelto ELSE 0 END AND (estado <> 'ejecutada' OR garantia = 'compromiso')"
            " AND NOT (garantia = 'compromiso' AND (contra_entrega OR pendiente_id IS NOT NULL"
            " OR banco_desde IS NOT NULL))",
            name="compromiso",
        ),
        CheckConstraint("(estado = 'por_liberar') <= (liberar_en IS NOT NULL)", name="fecha"),
        CheckConstraint("banco_desde IS NULL OR estado IN ('congelada', 'devuelta')", name="banco"),
        CheckConstraint("estado <> 'por_mudar' OR pendiente_id IS NOT NULL", name="por_mudar"),
        CheckConstraint(
            "(terminada_en IS NOT NULL) = (estado IN ('liberada', 'devuelta', 'no_cobrada', 'ejecutada'))",
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
    garantia: str = Field(default=str(Garantia.DINERO), max_length=10)
    ejecutado: Money = suma()
    creada_en: datetime = instante()
    terminada_en: datetime | None = momento_o_nada()

    @property
    def queda(self) -> Money:
        """What is still held."""
        if self.contra_entrega and self.cobrada_en is None:
            return cero()
        if self.garantia == Garantia.COMPROMISO:
            return self.monto - self.devuelto - self.ejecutado
        return self.monto - self.devuelto - self.al_vendedor - self.comision_cobrada

    @property
    def comision_debida(self) -> Money:
        """Of the goods that the seller is paid, in proportion to all of them; half a centavo rounds up."""
        if self.estado == EstadoCustodia.EJECUTADA:
            return cero()  # none of what did not pass here
        bienes = self.monto - self.porte
        return parte_de(self.comision, bienes - (self.devuelto - self.porte_devuelto), bienes)


@aplicacion(
    "SELECT, INSERT, UPDATE (estado, intentos, intentar_en, avisar_en, adeudar_en, avisado_en, comprobante,"
    " comprobante_fecha, dicho_por, dicho_en, responder_hasta, recordar_en, respondio, respondio_id,"
    " respondio_mandatos, respondio_en, desmentir_hasta, se_paga_con, falla, terminado_en)"
)
class Compromiso(Tabla, table=True):
    """What a public entity committed for an order: of which certificate (`certificacion` is its number), and
    what became of its payment.

    `se_paga_con` the entity's account, or a C-31: then no sweep pays it. While it is due and unpaid,
    `falla` is why the ledger refused it the last time, `intentar_en` is when a sweep tries again
    (`intentos` of them failed), `avisar_en` when its people and the authority are told (`avisado_en`, when
    they were) and `adeudar_en` when it becomes a debt. `comprobante` is the C-31 that the entity says it
    paid with, the last one that it said; until `responder_hasta` who sells may say that it did not come,
    and at `recordar_en` they are reminded. What they answered (`respondio_en`) is said by somebody who
    sells for them, by their mandates (none of a program of theirs); without it, their silence did, and until
    `desmentir_hasta` they may say that it did not come.
    """

    __tablename__: ClassVar[str] = "comercio_compromiso"
    __table_args__ = (
        ForeignKeyConstraint(["pedido_id"], ["comercio_custodia.pedido_id"]),
        ForeignKeyConstraint(
            ["pedido_id", "certificado_id"], ["pagos_compromiso.asunto_id", "pagos_compromiso.certificado_id"]
        ),
        ForeignKeyConstraint(["entidad_id"], ["registro_unidad.id"]),
        CheckConstraint(f"estado IN ({valores(EstadoCompromiso)})", name="estado"),
        CheckConstraint("certificacion <> ''", name="certificacion"),
        CheckConstraint(
            "(intentar_en IS NULL) = (adeudar_en IS NULL) AND (intentar_en IS NULL OR estado = 'vigente')"
            " AND (avisar_en IS NULL OR intentar_en IS NOT NULL)"
            " AND intentos >= 0 AND (intentar_en IS NULL OR intentos > 0)"
            " AND (falla IS NULL OR intentar_en IS NOT NULL AND se_paga_con = 'cuenta' AND falla <> '')",
            name="por_pagar",
        ),
        CheckConstraint(f"se_paga_con IN ({valores(SePagaCon)})", name="se_paga_con"),
        CheckConstraint(
            "num_nonnulls(comprobante, comprobante_fecha, dicho_por, dicho_en) IN (0, 4)"
            " AND (dicho_en IS NOT NULL OR estado NOT IN ('dicho', 'recibido'))"
            " AND (dicho_en IS NULL OR estado IN ('dicho', 'recibido', 'adeudado', 'pagado'))"
            " AND (responder_hasta IS NOT NULL) = (estado = 'dicho') AND comprobante <> ''"
            " AND (recordar_en IS NULL OR estado = 'dicho')",
            name="dicho",
        ),
        CheckConstraint(
            "num_nonnulls(respondio, respondio_id, respondio_mandatos, respondio_en) IN (0, 4)"
            " AND (respondio_en IS NULL"
            " OR dicho_en IS NOT NULL AND estado IN ('recibido', 'adeudado', 'pagado'))",
            name="respondio",
        ),
        CheckConstraint(
            "(desmentir_hasta IS NOT NULL) = (estado = 'recibido' AND respondio_en IS NULL)", name="desmentir"
        ),
        CheckConstraint(
            "(terminado_en IS NOT NULL) = (estado IN ('liberado', 'pagado', 'recibido'))", name="terminado"
        ),
        Index(None, "entidad_id", "pedido_id"),
        Index(
            None,
            "certificado_id",
            postgresql_where=text("estado = 'vigente'"),
        ),
        Index(None, "avisar_en", "pedido_id", postgresql_where=text("avisar_en IS NOT NULL")),
        Index(None, "adeudar_en", "pedido_id", postgresql_where=text("adeudar_en IS NOT NULL")),
        Index(None, "responder_hasta", "pedido_id", postgresql_where=text("responder_hasta IS NOT NULL")),
        Index(None, "recordar_en", "pedido_id", postgresql_where=text("recordar_en IS NOT NULL")),
    )

    pedido_id: UUID = Field(primary_key=True)
    entidad_id: UUID
    certificado_id: UUID
    certificacion: str = Field(max_length=60)
    estado: str = Field(default=str(EstadoCompromiso.VIGENTE), max_length=10)
    se_paga_con: str = Field(default=str(SePagaCon.CUENTA), max_length=6)
    intentos: int = Field(default=0, sa_type=SmallInteger)
    falla: str | None = Field(default=None, max_length=60)
    intentar_en: datetime | None = momento_o_nada()
    avisar_en: datetime | None = momento_o_nada()
    avisado_en: datetime | None = momento_o_nada()
    adeudar_en: datetime | None = momento_o_nada()
    comprobante: str | None = Field(default=None, max_length=40)
    comprobante_fecha: date | None = None
    dicho_por: str | None = Field(default=None, max_length=200)
    dicho_en: datetime | None = momento_o_nada()
    responder_hasta: datetime | None = momento_o_nada()
    recordar_en: datetime | None = momento_o_nada()
    respondio: str | None = Field(default=None, max_length=200)
    respondio_id: UUID | None = None
    respondio_mandatos: list[UUID] | None = Field(default=None, sa_type=ARRAY(Uuid))
    respondio_en: datetime | None = momento_o_nada()
    desmentir_hasta: datetime | None = momento_o_nada()
    terminado_en: datetime | None = momento_o_nada()


@aplicacion("SELECT")
class PagoDicho(Tabla, table=True):
    """Each thing that was said of the payment outside of an order, in order: the C-31 that the entity says it
    paid with, its correction, and what who sells answered or their silence said. A trigger of the commitment
    writes it; append-only."""

    __tablename__: ClassVar[str] = "comercio_pago_dicho"
    __table_args__ = (
        ForeignKeyConstraint(["pedido_id"], ["comercio_compromiso.pedido_id"]),
        CheckConstraint(f"que IN ({valores(QueSeDijo)})", name="que"),
        CheckConstraint("numero > 0 AND (quien = '') = (que = 'silencio')", name="quien"),
    )

    pedido_id: UUID = Field(primary_key=True)
    numero: int = Field(primary_key=True, sa_type=SmallInteger)
    que: str = Field(max_length=10)
    comprobante: str = Field(max_length=40)
    fecha: date
    quien: str = Field(max_length=200)
    ocurrio_en: datetime = momento()


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
