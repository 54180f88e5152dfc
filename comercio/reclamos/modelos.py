"""Tables of claims. What must always hold is in the migrations too."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from moneyed import Money
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field

from comercio.catalogo import Cantidad
from comercio.reclamos.estados import TONOS, EstadoCambio, EstadoReclamo, Lado, MotivoReclamo
from nucleo.dinero import Centavos, formato_bs
from nucleo.enumeraciones import valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, instante, momento, momento_o_nada, suma
from nucleo.textos import gettext as _

_FINES = "'devuelto', 'cerrado', 'retirado', 'sin_objeto', 'cambiado', 'cedido'"
_FINES_DE_CAMBIO = "'entregado', 'devuelto', 'perdido', 'anulado'"


@aplicacion(
    "SELECT, INSERT, UPDATE (estado, ofrecido, resuelto, devuelto, vence_en, terminado_en, vuelta_id,"
    " version)"
)
class Reclamo(Tabla, table=True):
    """Who bought says that something of an order went wrong. `pedido_monto` is what they ask back, `ofrecido`
    what the seller offers, `resuelto` what was decided; `devuelto` is what of that went back apart from lines
    that were cancelled. `vence_en`: until when whoever must speak may. `vuelta_id`: the shipment by
    which what was claimed goes back to who sold, once a postal operator has it. Of what was paid at the door
    and its operator never handed over nothing goes back: `resuelto` is what of that debt was ceded.
    """

    __tablename__: ClassVar[str] = "comercio_reclamo"
    __table_args__ = (
        ForeignKeyConstraint(["pedido_id"], ["comercio_pedido.id"]),
        ForeignKeyConstraint(["vuelta_id"], ["envios_envio.id"]),
        UniqueConstraint("id", "pedido_id"),
        UniqueConstraint("vuelta_id"),
        CheckConstraint(f"motivo IN ({valores(MotivoReclamo)})", name="motivo"),
        CheckConstraint(f"estado IN ({valores(EstadoReclamo)})", name="estado"),
        CheckConstraint(
            "pedido_monto > 0 AND ofrecido > 0 AND resuelto >= 0 AND devuelto >= 0", name="montos"
        ),
        CheckConstraint("devuelto <= coalesce(resuelto, 0)", name="devuelto"),
        CheckConstraint("estado <> 'ofrecido' OR ofrecido IS NOT NULL", name="ofrecido"),
        CheckConstraint("estado <> 'cedido' OR resuelto > 0 AND devuelto = 0", name="cedido"),
        CheckConstraint(f"(terminado_en IS NOT NULL) = (estado IN ({_FINES}))", name="fin"),
        CheckConstraint(f"(vence_en IS NULL) = (estado IN ({_FINES}))", name="reloj"),
        CheckConstraint("estado NOT IN ('en_vuelta', 'por_revisar') OR vuelta_id IS NOT NULL", name="vuelta"),
        CheckConstraint("estado <> 'abierto' OR vuelta_id IS NULL", name="sin_vuelta"),
        Index(
            "uq_comercio_reclamo_abierto",
            "pedido_id",
            unique=True,
            postgresql_where=text(f"estado NOT IN ({_FINES})"),
        ),
        Index(None, "pedido_id", "abierto_en"),
        Index(None, "vence_en", "id", postgresql_where=text("vence_en IS NOT NULL")),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    pedido_id: UUID
    motivo: str = Field(max_length=20)
    estado: str = Field(default=str(EstadoReclamo.ABIERTO), max_length=12)
    pedido_monto: Money = dinero()
    ofrecido: Money | None = Field(default=None, sa_type=Centavos)
    resuelto: Money | None = Field(default=None, sa_type=Centavos)
    devuelto: Money = suma()
    abierto_en: datetime = momento()
    vence_en: datetime | None = momento_o_nada()
    terminado_en: datetime | None = momento_o_nada()
    vuelta_id: UUID | None = None
    version: int = 1

    @property
    def texto(self) -> str:
        if self.estado == EstadoReclamo.DEVUELTO and self.resuelto is not None:
            return _("Terminó: volvieron %(monto)s a quien compró") % {"monto": formato_bs(self.resuelto)}
        if self.estado == EstadoReclamo.CEDIDO and self.resuelto is not None:
            texto = _("Terminó: quien cobró en la puerta debe %(monto)s a quien compró")
            return texto % {"monto": formato_bs(self.resuelto)}
        return EstadoReclamo(self.estado).texto

    @property
    def tono(self) -> str:
        return TONOS[EstadoReclamo(self.estado)]

    @property
    def motivo_texto(self) -> str:
        return MotivoReclamo(self.motivo).texto


@aplicacion("SELECT, INSERT")
class LineaDeReclamo(Tabla, table=True):
    """Of how much of a line of the order a claim is; append-only."""

    __tablename__: ClassVar[str] = "comercio_reclamo_linea"
    __table_args__ = (
        ForeignKeyConstraint(
            ["reclamo_id", "pedido_id"], ["comercio_reclamo.id", "comercio_reclamo.pedido_id"]
        ),
        ForeignKeyConstraint(
            ["linea_id", "pedido_id"], ["comercio_pedido_linea.id", "comercio_pedido_linea.pedido_id"]
        ),
        CheckConstraint("cantidad > 0", name="cantidad"),
        Index(None, "linea_id"),
    )

    reclamo_id: UUID = Field(primary_key=True)
    linea_id: UUID = Field(primary_key=True)
    pedido_id: UUID
    cantidad: Decimal = Field(sa_type=Cantidad)


@aplicacion("SELECT, INSERT")
class PasoDeReclamo(Tabla, table=True):
    """What somebody said, showed or decided in a claim, in order; append-only."""

    __tablename__: ClassVar[str] = "comercio_reclamo_paso"
    __table_args__ = (
        ForeignKeyConstraint(["reclamo_id"], ["comercio_reclamo.id"]),
        UniqueConstraint("reclamo_id", "numero"),
        CheckConstraint(f"lado IN ({valores(Lado)})", name="lado"),
        CheckConstraint("monto >= 0", name="monto"),
        ForeignKeyConstraint(
            ["archivo_id", "reclamo_id"],
            ["nucleo_archivo.id", "nucleo_archivo.duenio_id"],
            name="fk_comercio_reclamo_paso_archivo",
        ),
        Index(None, "archivo_id"),
        Index(
            "uq_comercio_reclamo_paso_banco",
            "reclamo_id",
            unique=True,
            postgresql_where=text("lado = 'banco'"),
        ),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    reclamo_id: UUID
    numero: int
    lado: str = Field(max_length=10)
    texto: str = Field(max_length=1000)
    monto: Money | None = Field(default=None, sa_type=Centavos)
    archivo_id: UUID | None = None
    actor: str = Field(max_length=200)
    ocurrio_en: datetime = instante()

    @property
    def lado_texto(self) -> str:
        return Lado(self.lado).texto


@aplicacion("SELECT, INSERT, UPDATE (estado, envio_id, envio_numero, terminado_en, incidencia)")
class Cambio(Tabla, table=True):
    """What is sent, of the same product, in the place of what a claim is of: reserved from its first moment;
    no money moves by it. `incidencia`: what happened to it after it ended.
    """

    __tablename__: ClassVar[str] = "comercio_cambio"
    __table_args__ = (
        ForeignKeyConstraint(
            ["reclamo_id", "linea_id"],
            ["comercio_reclamo_linea.reclamo_id", "comercio_reclamo_linea.linea_id"],
        ),
        ForeignKeyConstraint(
            ["variante_id", "producto_id"], ["comercio_variante.id", "comercio_variante.producto_id"]
        ),
        ForeignKeyConstraint(
            ["existencia_id", "variante_id"], ["comercio_existencia.id", "comercio_existencia.variante_id"]
        ),
        ForeignKeyConstraint(["envio_id"], ["envios_envio.id"]),
        UniqueConstraint("envio_id"),
        CheckConstraint(f"estado IN ({valores(EstadoCambio)})", name="estado"),
        CheckConstraint("cantidad > 0 AND peso_g > 0", name="cantidad"),
        CheckConstraint("(envio_id IS NULL) = (envio_numero IS NULL)", name="envio"),
        CheckConstraint(
            "CASE estado WHEN 'apartado' THEN envio_id IS NULL WHEN 'anulado' THEN true"
            " ELSE envio_id IS NOT NULL END",
            name="con_envio",
        ),
        CheckConstraint(f"(terminado_en IS NOT NULL) = (estado IN ({_FINES_DE_CAMBIO}))", name="fin"),
        Index(None, "linea_id"),
        Index(None, "variante_id"),
        Index(None, "existencia_id", postgresql_where=text("estado IN ('apartado', 'anunciado')")),
    )

    reclamo_id: UUID = Field(primary_key=True)
    linea_id: UUID
    producto_id: UUID
    variante_id: UUID
    existencia_id: UUID
    opcion: str = Field(default="", max_length=200)
    cantidad: Decimal = Field(sa_type=Cantidad)
    peso_g: int
    estado: str = Field(default=str(EstadoCambio.APARTADO), max_length=12)
    envio_id: UUID | None = None
    envio_numero: str | None = Field(default=None, max_length=20)
    apartado_en: datetime = instante()
    terminado_en: datetime | None = momento_o_nada()
    incidencia: str = Field(default="", max_length=300)

    @property
    def texto(self) -> str:
        return EstadoCambio(self.estado).texto


@aplicacion("SELECT")
class ReglaDePorte(Tabla, table=True):
    """Whether what is decided for who bought, for a reason, gives the postage back too, of an order sold
    while it is in force. Rows come by revisions, with their norm, `confirmado` if somebody read it."""

    __tablename__: ClassVar[str] = "comercio_regla_de_porte"
    __table_args__ = (
        CheckConstraint(f"motivo IN ({valores(MotivoReclamo)})", name="motivo"),
        CheckConstraint("vigente_hasta > vigente_desde", name="vigencia"),
        ExcludeConstraint(
            ("motivo", "="),
            (text("daterange(vigente_desde, vigente_hasta)"), "&&"),
            name="ex_comercio_regla_de_porte_una",
        ),
    )

    motivo: str = Field(primary_key=True, max_length=20)
    vuelve: bool
    norma: str = Field(max_length=200)
    confirmado: bool
    vigente_desde: date = Field(primary_key=True)
    vigente_hasta: date | None = None
