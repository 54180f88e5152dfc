"""Tables of postage. What must always hold (sums, what the ledger says) is in the migrations."""

from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from envios.portes.estados import EstadoExcedente, EstadoPorte
from envios.tarifas import Medidas, medidas_de
from nucleo.dinero import Centavos
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, entero, instante, momento, momento_o_nada, suma


@aplicacion(
    "SELECT, INSERT, UPDATE (estado, peso_medido_g, largo_cm, ancho_cm, alto_cm, total_medido, cobrado, "
    "devuelto, recojo_devuelto, terminado_en)"
)
class Porte(Tabla, table=True):
    """What sending an item costs, by which quote, from which account, and what became of it.

    `cuenta` is the account that pays (None: cash, at the counter). What was held ends in `cobrado`, the
    operator's, and `devuelto`, which add up to `cotizado`; `recojo_devuelto` is the part of it that went back
    before, because nobody came for the parcel. Its id is that of its escrow account.
    """

    __tablename__ = "envios_porte"
    __table_args__ = (
        Index("ix_envios_porte_operador", "operador_unidad_id", "terminado_en", "id"),
        Index("ix_envios_porte_cuenta", "cuenta", "retenido_en", "id"),
        Index("ix_envios_porte_retenido", "envio_id", postgresql_where=text("estado = 'retenido'")),
        CheckConstraint("cotizado > 0 AND contra_entrega >= 0 AND total_medido > 0", name="montos"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    envio_id: UUID = Field(foreign_key="envios_envio.id", unique=True)
    cotizacion_id: UUID = Field(foreign_key="envios_cotizacion.id")
    operador_unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    cuenta: int | None = entero(default=None, foreign_key="pagos_cuenta.id", nullable=True)
    cuenta_operador: int | None = entero(default=None, foreign_key="pagos_cuenta.id", nullable=True)
    cotizado: Money = dinero()
    contra_entrega: Money = dinero()
    estado: str = Field(default=EstadoPorte.RETENIDO, max_length=12)
    retenido_en: datetime = instante()
    peso_medido_g: int | None = None
    largo_cm: int | None = None
    ancho_cm: int | None = None
    alto_cm: int | None = None
    total_medido: Money | None = Field(default=None, sa_type=Centavos)
    cobrado: Money | None = Field(default=None, sa_type=Centavos)
    devuelto: Money | None = Field(default=None, sa_type=Centavos)
    terminado_en: datetime | None = momento_o_nada()
    recojo_devuelto: Money = suma()

    @property
    def guardado(self) -> Money:
        """What of the quote is for the item, once nobody came for it."""
        return self.cotizado - self.recojo_devuelto

    @property
    def total(self) -> Money:
        """What the item costs: as it was measured, else as it was quoted."""
        return self.guardado if self.total_medido is None else self.total_medido

    @property
    def medidas(self) -> Medidas | None:
        return medidas_de(self.largo_cm, self.ancho_cm, self.alto_cm)


@aplicacion("SELECT, INSERT, UPDATE (estado, resuelto_en, resuelto_por)")
class Excedente(Tabla, table=True):
    """What the measured item costs above what was quoted; only the consent of who pays moves it."""

    __tablename__ = "envios_excedente"
    __table_args__ = (
        Index("ix_envios_excedente_vence", "vence_en", postgresql_where=text("estado = 'por_consentir'")),
    )

    porte_id: UUID = Field(primary_key=True, foreign_key="envios_porte.id")
    monto: Money = dinero()
    estado: str = Field(default=EstadoExcedente.POR_CONSENTIR, max_length=16)
    pedido_en: datetime = instante()
    vence_en: datetime = momento()
    resuelto_en: datetime | None = momento_o_nada()
    resuelto_por: str | None = Field(default=None, max_length=120)
