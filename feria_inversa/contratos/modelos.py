"""Tables of the purchase orders, their guarantees and their modifications."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from moneyed import Money
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, SmallInteger, UniqueConstraint, text
from sqlmodel import Field

from feria_inversa.contratos.estados import (
    ClaseDeGarantia,
    EstadoEntrega,
    EstadoGarantia,
    EstadoModificacion,
    EstadoOrden,
    FormaDeGarantia,
)
from feria_inversa.precios import CANTIDAD
from nucleo.dinero import bs
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, entero, momento, momento_o_nada, precio

GARANTIAS_MAXIMAS, MODIFICACIONES_MAXIMAS = 100, 50
"""Of an order, those that ended too: its page and its answer tell all of them."""


def _lista(valores: Iterable[str]) -> str:
    return ", ".join(f"'{valor}'" for valor in valores)


@aplicacion(
    "SELECT, INSERT, UPDATE (estado, respondida_en, respondida_por, motivo, entregar_hasta, cortar_en, "
    "recibida_en, pagar_hasta, cortada_en, cortada_por, causa, concluida_en, garantia_dicha_en)"
)
class OrdenDeCompra(Tabla, table=True):
    """What an entity orders from one winning supplier of a call: the sum of its lines (trigger).

    Its supplier accepts it by `aceptar_hasta`, or it falls and says why. What was written stays (trigger),
    but what both parties change by a modification; `plazo_dias` are those of the bid;
    `recibido`, `multa` and `pagado` are sums of its deliveries and payments (triggers).
    """

    __tablename__ = "feria_orden_de_compra"
    __table_args__ = (
        UniqueConstraint("id", "proveedor_id"),
        CheckConstraint("total > 0", name="total"),
        CheckConstraint("plazo_dias BETWEEN 1 AND 1095", name="plazo_dias"),
        CheckConstraint(f"estado IN ({_lista(EstadoOrden)})", name="estado"),
        CheckConstraint("aceptar_hasta >= emitida_en", name="aceptar_hasta"),
        CheckConstraint("(estado = 'por_aceptar') = (respondida_en IS NULL)", name="respondida_en"),
        CheckConstraint("(respondida_en IS NULL) = (respondida_por IS NULL)", name="respondida_por"),
        CheckConstraint(
            "(estado IN ('rechazada', 'vencida')) = (motivo IS NOT NULL) AND char_length(motivo) >= 10",
            name="motivo",
        ),
        CheckConstraint(
            "(estado IN ('por_aceptar', 'rechazada', 'vencida')) = (entregar_hasta IS NULL)"
            " AND (entregar_hasta IS NULL) = (cortar_en IS NULL)",
            name="entregar_hasta",
        ),
        CheckConstraint(
            "recibido BETWEEN 0 AND total AND (recibido = 0 OR entregar_hasta IS NOT NULL)", name="recibido"
        ),
        CheckConstraint("multa BETWEEN 0 AND recibido", name="multa"),
        CheckConstraint("pagado BETWEEN 0 AND recibido - multa", name="pagado"),
        CheckConstraint(
            "(estado IN ('recibida', 'concluida')) = (recibida_en IS NOT NULL)"
            " AND (recibida_en IS NULL) = (pagar_hasta IS NULL)"
            " AND (recibida_en IS NULL OR recibido = total OR (cortada_en IS NOT NULL AND recibido > 0))",
            name="recibida_en",
        ),
        CheckConstraint(
            "num_nonnulls(cortada_en, cortada_por, causa) IN (0, 3) AND char_length(causa) >= 10"
            " AND (estado <> 'resuelta' OR (cortada_en IS NOT NULL AND recibido = 0))",
            name="cortada_en",
        ),
        CheckConstraint(
            "(estado = 'concluida') = (concluida_en IS NOT NULL)"
            " AND (concluida_en IS NULL OR pagado + multa = recibido)",
            name="concluida_en",
        ),
        CheckConstraint(
            "garantia_dicha_en IS NULL OR (garantia_dicha_en = respondida_en AND entregar_hasta IS NOT NULL)",
            name="garantia_dicha_en",
        ),
        Index("ix_feria_orden_de_compra_convocatoria", "convocatoria_id", "numero"),
        Index(
            "ix_feria_orden_de_compra_por_aceptar",
            "aceptar_hasta",
            postgresql_where=text("estado = 'por_aceptar'"),
        ),
        Index("ix_feria_orden_de_compra_vigente", "cortar_en", postgresql_where=text("estado = 'vigente'")),
        Index("ix_feria_orden_de_compra_proveedor", "proveedor_id", "emitida_en", "id"),
        Index("ix_feria_orden_de_compra_unidad", "unidad_id", "emitida_en", "id"),
    )

    id: UUID = Field(primary_key=True)
    numero: str = Field(max_length=30, unique=True)
    convocatoria_id: UUID = Field(foreign_key="feria_convocatoria.id")
    unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    proveedor_id: UUID = Field(foreign_key="registro_unidad.id")
    total: Money = dinero()
    plazo_dias: int = Field(sa_type=SmallInteger)
    emitida_en: datetime = momento()
    emitida_por: str = Field(max_length=200)
    estado: str = Field(default=EstadoOrden.POR_ACEPTAR, max_length=12)
    aceptar_hasta: datetime = momento()
    respondida_en: datetime | None = momento_o_nada()
    respondida_por: str | None = Field(default=None, max_length=200)
    motivo: str | None = Field(default=None, max_length=1000)
    entregar_hasta: datetime | None = momento_o_nada()
    cortar_en: datetime | None = momento_o_nada()
    recibido: Money = dinero(default=bs(0))
    multa: Money = dinero(default=bs(0))
    pagado: Money = dinero(default=bs(0))
    recibida_en: datetime | None = momento_o_nada()
    pagar_hasta: datetime | None = momento_o_nada()
    cortada_en: datetime | None = momento_o_nada()
    cortada_por: str | None = Field(default=None, max_length=200)
    causa: str | None = Field(default=None, max_length=1000)
    concluida_en: datetime | None = momento_o_nada()
    garantia_dicha_en: datetime | None = momento_o_nada()


@aplicacion("SELECT, INSERT")
class OrdenLinea(Tabla, table=True):
    """One awarded item of an order, as it is ordered. Nothing is ordered twice, nor without its award.

    How much of it is delivered and not sent back, and how much received: sums of its deliveries (triggers).
    """

    __tablename__ = "feria_orden_linea"
    __table_args__ = (
        UniqueConstraint("adjudicacion_id"),
        UniqueConstraint("orden_id", "numero"),
        UniqueConstraint("id", "orden_id"),
        ForeignKeyConstraint(
            ["orden_id", "proveedor_id"], ["feria_orden_de_compra.id", "feria_orden_de_compra.proveedor_id"]
        ),
        ForeignKeyConstraint(
            ["adjudicacion_id", "item_id", "proveedor_id"],
            ["feria_adjudicacion.id", "feria_adjudicacion.item_id", "feria_adjudicacion.proveedor_id"],
        ),
        CheckConstraint("numero > 0", name="numero"),
        CheckConstraint("cantidad > 0", name="cantidad"),
        CheckConstraint("precio_unitario > 0", name="precio_unitario"),
        CheckConstraint("total >= 0 AND abs(total - cantidad * precio_unitario * 100) <= 0.5", name="total"),
        CheckConstraint("plazo_dias BETWEEN 1 AND 1095", name="plazo_dias"),
        CheckConstraint("recibida BETWEEN 0 AND entregada AND entregada <= cantidad", name="entregada"),
        CheckConstraint("num_nonnulls(unidad_medida, unidad_texto) = 1", name="una_unidad"),
    )

    id: UUID = Field(primary_key=True)
    orden_id: UUID
    proveedor_id: UUID
    adjudicacion_id: UUID
    item_id: UUID
    numero: int = Field(sa_type=SmallInteger)
    descripcion: str = Field(max_length=500)
    unspsc: str | None = Field(default=None, max_length=8)
    marca: str = Field(max_length=120)
    detalle: str = Field(default="", max_length=1000)
    cantidad: Decimal = Field(sa_type=CANTIDAD)
    unidad_medida: str | None = Field(default=None, max_length=20)
    unidad_texto: str | None = Field(default=None, max_length=60)
    precio_unitario: Money = precio()
    total: Money = dinero()
    plazo_dias: int = Field(sa_type=SmallInteger)
    entregada: Decimal = Field(default=Decimal(0), sa_type=CANTIDAD)
    recibida: Decimal = Field(default=Decimal(0), sa_type=CANTIDAD)


@aplicacion(
    "SELECT, INSERT, UPDATE (estado, respondida_en, respondida_por, tacita, motivo, valor, dias_atraso, "
    "por_mil, multa, llego_el)"
)
class Entrega(Tabla, table=True):
    """What was handed over at once. The entity says by `recibir_hasta` what it receives, or it is all of it.

    `valor` is what is received of it, `llego_el` the day on which it arrived as the entity says, and `multa`
    what its delay costs (never more than its rate says).
    """

    __tablename__ = "feria_entrega"
    __table_args__ = (
        UniqueConstraint("orden_id", "numero"),
        UniqueConstraint("id", "orden_id"),
        CheckConstraint("numero > 0", name="numero"),
        CheckConstraint(f"estado IN ({_lista(EstadoEntrega)})", name="estado"),
        CheckConstraint("recibir_hasta > entregada_en", name="recibir_hasta"),
        CheckConstraint("(estado = 'por_recibir') = (respondida_en IS NULL)", name="respondida_en"),
        CheckConstraint(
            "num_nonnulls(respondida_en, respondida_por, tacita, valor, dias_atraso, por_mil, multa,"
            " llego_el) IN (0, 8)",
            name="respuesta",
        ),
        CheckConstraint("valor >= 0 AND (estado <> 'devuelta' OR valor = 0)", name="valor"),
        CheckConstraint(
            "llego_el <= (respondida_en AT TIME ZONE 'America/La_Paz')::date"
            " AND (NOT tacita OR llego_el = (entregada_en AT TIME ZONE 'America/La_Paz')::date)",
            name="llego_el",
        ),
        CheckConstraint("estado <> 'devuelta' OR char_length(motivo) >= 10", name="motivo"),
        CheckConstraint(
            "dias_atraso >= 0 AND por_mil >= 0 AND multa BETWEEN 0 AND valor"
            " AND multa * 1000 <= valor::numeric * por_mil * dias_atraso + 500",
            name="multa",
        ),
        Index(
            "ix_feria_entrega_por_recibir", "recibir_hasta", postgresql_where=text("estado = 'por_recibir'")
        ),
    )

    id: UUID = Field(primary_key=True)
    orden_id: UUID = Field(foreign_key="feria_orden_de_compra.id")
    numero: int = Field(sa_type=SmallInteger)
    estado: str = Field(default=EstadoEntrega.POR_RECIBIR, max_length=12)
    nota: str = Field(default="", max_length=500)
    entregada_en: datetime = momento()
    entregada_por: str = Field(max_length=200)
    recibir_hasta: datetime = momento()
    respondida_en: datetime | None = momento_o_nada()
    respondida_por: str | None = Field(default=None, max_length=200)
    tacita: bool | None = None
    motivo: str | None = Field(default=None, max_length=1000)
    valor: Money | None = dinero(default=None)
    llego_el: date | None = None
    dias_atraso: int | None = Field(default=None, sa_type=SmallInteger)
    por_mil: int | None = Field(default=None, sa_type=SmallInteger)
    multa: Money | None = dinero(default=None)


@aplicacion("SELECT, INSERT, UPDATE (recibida)")
class EntregaLinea(Tabla, table=True):
    """How much of a line was handed over in a delivery, and how much of that was received."""

    __tablename__ = "feria_entrega_linea"
    __table_args__ = (
        ForeignKeyConstraint(["entrega_id", "orden_id"], ["feria_entrega.id", "feria_entrega.orden_id"]),
        ForeignKeyConstraint(
            ["linea_id", "orden_id"], ["feria_orden_linea.id", "feria_orden_linea.orden_id"]
        ),
        CheckConstraint("cantidad > 0", name="cantidad"),
        CheckConstraint("recibida BETWEEN 0 AND cantidad", name="recibida"),
        Index("ix_feria_entrega_linea_linea_id", "linea_id"),
    )

    entrega_id: UUID = Field(primary_key=True)
    linea_id: UUID = Field(primary_key=True)
    orden_id: UUID
    cantidad: Decimal = Field(sa_type=CANTIDAD)
    recibida: Decimal | None = Field(default=None, sa_type=CANTIDAD)


@aplicacion("SELECT, INSERT")
class PagoDeOrden(Tabla, table=True):
    """What the entity paid of an order: in the ledger (the transfer has its id), or by a C-31 of the State.

    Nothing is paid that was not received (CHECK of the order, whose sum a trigger keeps), and no C-31 is of a
    day before something was (trigger).
    """

    __tablename__ = "feria_pago"
    __table_args__ = (
        UniqueConstraint("orden_id", "numero"),
        CheckConstraint("numero > 0", name="numero"),
        CheckConstraint("monto > 0", name="monto"),
        CheckConstraint("medio IN ('libro', 'c31')", name="medio"),
        CheckConstraint(
            "(medio = 'c31') = (comprobante IS NOT NULL) AND (comprobante IS NULL) = (fecha IS NULL)",
            name="comprobante",
        ),
        CheckConstraint("(medio = 'libro') = (cuenta_id IS NOT NULL)", name="cuenta_id"),
        CheckConstraint("fecha <= (pagado_en AT TIME ZONE 'America/La_Paz')::date", name="fecha"),
    )

    id: UUID = Field(primary_key=True)
    orden_id: UUID = Field(foreign_key="feria_orden_de_compra.id")
    numero: int = Field(sa_type=SmallInteger)
    monto: Money = dinero()
    medio: str = Field(max_length=5)
    cuenta_id: int | None = entero(default=None)
    comprobante: str | None = Field(default=None, max_length=40)
    fecha: date | None = None
    pagado_en: datetime = momento()
    pagado_por: str = Field(max_length=200)


@aplicacion("SELECT, INSERT, UPDATE (estado, terminada_en, terminada_por, motivo, avisada_en)")
class Garantia(Tabla, table=True):
    """What somebody else answers with for an order, until the end of a day. What was written of it stays: its
    renewal is another one, which names it.

    `mype`: the smaller share that the norm asks of small producers. `avisar_en` is when both parties are told
    that it will end, and `avisada_en` when they were.
    """

    __tablename__ = "feria_garantia"
    __table_args__ = (
        UniqueConstraint("orden_id", "numero"),
        UniqueConstraint("id", "orden_id"),
        ForeignKeyConstraint(["renueva_a", "orden_id"], ["feria_garantia.id", "feria_garantia.orden_id"]),
        CheckConstraint(f"numero BETWEEN 1 AND {GARANTIAS_MAXIMAS}", name="numero"),
        CheckConstraint(f"clase IN ({_lista(ClaseDeGarantia)})", name="clase"),
        CheckConstraint(f"forma IN ({_lista(FormaDeGarantia)})", name="forma"),
        CheckConstraint(f"estado IN ({_lista(EstadoGarantia)})", name="estado"),
        CheckConstraint("char_length(emisor) >= 3 AND char_length(documento) >= 1", name="emisor"),
        CheckConstraint("monto > 0", name="monto"),
        CheckConstraint("hasta >= desde", name="hasta"),
        CheckConstraint("avisar_en < vence_en", name="avisar_en"),
        CheckConstraint("renueva_a <> id", name="renueva_a"),
        CheckConstraint(
            "(estado = 'vigente') = (terminada_en IS NULL)"
            " AND num_nonnulls(terminada_en, terminada_por) IN (0, 2)",
            name="terminada_en",
        ),
        CheckConstraint("(estado IN ('ejecutada', 'anulada')) = (motivo IS NOT NULL)", name="motivo"),
        CheckConstraint("char_length(motivo) >= 10", name="motivo_largo"),
        Index(
            "uq_feria_garantia_renueva_a",
            "renueva_a",
            unique=True,
            postgresql_where=text("estado <> 'anulada'"),
        ),
        Index("ix_feria_garantia_vence_en", "vence_en", postgresql_where=text("estado = 'vigente'")),
        Index(
            "ix_feria_garantia_avisar_en",
            "avisar_en",
            postgresql_where=text("estado = 'vigente' AND avisada_en IS NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    orden_id: UUID = Field(foreign_key="feria_orden_de_compra.id")
    numero: int = Field(sa_type=SmallInteger)
    clase: str = Field(max_length=12)
    forma: str = Field(max_length=20)
    emisor: str = Field(max_length=120)
    documento: str = Field(max_length=40)
    monto: Money = dinero()
    mype: bool = False
    desde: date
    hasta: date
    renueva_a: UUID | None = None
    estado: str = Field(default=EstadoGarantia.VIGENTE, max_length=9)
    registrada_en: datetime = momento()
    registrada_por: str = Field(max_length=200)
    avisar_en: datetime = momento()
    vence_en: datetime = momento()
    avisada_en: datetime | None = momento_o_nada()
    terminada_en: datetime | None = momento_o_nada()
    terminada_por: str | None = Field(default=None, max_length=200)
    motivo: str | None = Field(default=None, max_length=1000)


@aplicacion("SELECT, INSERT, UPDATE (estado, respondida_en, respondida_por)")
class Modificacion(Tabla, table=True):
    """What an order in force becomes once both signed: the entity when it proposes it, then the supplier.

    The order and its lines are what the last signed one says (triggers), and none of them changes.
    """

    __tablename__ = "feria_modificacion"
    __table_args__ = (
        UniqueConstraint("orden_id", "numero"),
        UniqueConstraint("id", "orden_id"),
        CheckConstraint(f"numero BETWEEN 1 AND {MODIFICACIONES_MAXIMAS}", name="numero"),
        CheckConstraint(f"estado IN ({_lista(EstadoModificacion)})", name="estado"),
        CheckConstraint("dias BETWEEN 0 AND 1095", name="dias"),
        CheckConstraint("total > 0 AND total_antes > 0", name="total"),
        CheckConstraint(
            "extract(epoch FROM entregar_hasta - entregar_antes) = dias * 86400"
            " AND cortar_en > entregar_hasta",
            name="entregar_hasta",
        ),
        CheckConstraint("char_length(motivo) >= 10", name="motivo"),
        CheckConstraint(
            "firmar_hasta > propuesta_en AND firmar_hasta <= entregar_antes", name="firmar_hasta"
        ),
        CheckConstraint(
            "(estado = 'propuesta') = (respondida_en IS NULL)"
            " AND num_nonnulls(respondida_en, respondida_por) IN (0, 2)",
            name="respondida_en",
        ),
        Index(
            "uq_feria_modificacion_propuesta",
            "orden_id",
            unique=True,
            postgresql_where=text("estado = 'propuesta'"),
        ),
        Index(
            "ix_feria_modificacion_firmar_hasta",
            "firmar_hasta",
            postgresql_where=text("estado = 'propuesta'"),
        ),
    )

    id: UUID = Field(primary_key=True)
    orden_id: UUID = Field(foreign_key="feria_orden_de_compra.id")
    numero: int = Field(sa_type=SmallInteger)
    estado: str = Field(default=EstadoModificacion.PROPUESTA, max_length=9)
    dias: int = Field(sa_type=SmallInteger)
    total_antes: Money = dinero()
    total: Money = dinero()
    entregar_antes: datetime = momento()
    entregar_hasta: datetime = momento()
    cortar_en: datetime = momento()
    motivo: str = Field(max_length=1000)
    propuesta_en: datetime = momento()
    propuesta_por: str = Field(max_length=200)
    firmar_hasta: datetime = momento()
    respondida_en: datetime | None = momento_o_nada()
    respondida_por: str | None = Field(default=None, max_length=200)


@aplicacion("SELECT, INSERT")
class ModificacionLinea(Tabla, table=True):
    """How much of a line of the order there is, once its modification is signed."""

    __tablename__ = "feria_modificacion_linea"
    __table_args__ = (
        ForeignKeyConstraint(
            ["modificacion_id", "orden_id"], ["feria_modificacion.id", "feria_modificacion.orden_id"]
        ),
        ForeignKeyConstraint(
            ["linea_id", "orden_id"], ["feria_orden_linea.id", "feria_orden_linea.orden_id"]
        ),
        CheckConstraint("cantidad > 0 AND cantidad <> cantidad_antes", name="cantidad"),
        CheckConstraint("total > 0", name="total"),
        Index(None, "linea_id"),
    )

    modificacion_id: UUID = Field(primary_key=True)
    linea_id: UUID = Field(primary_key=True)
    orden_id: UUID
    cantidad_antes: Decimal = Field(sa_type=CANTIDAD)
    cantidad: Decimal = Field(sa_type=CANTIDAD)
    total: Money = dinero()
