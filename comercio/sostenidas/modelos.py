"""Tables of offers held. What must always hold is a constraint here, not a hope in the code."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from moneyed import Money
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, SmallInteger, text
from sqlmodel import Field

from comercio.catalogo import Cantidad, en_su_medida
from comercio.sostenidas.estados import TONOS, EstadoOferta
from nucleo.enumeraciones import valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, momento, momento_o_nada

DIAS_MAXIMOS = 60
CENTAVOS_MAXIMOS = 100_000_000_000


@aplicacion(
    "SELECT, INSERT, UPDATE (estado, existencia_id, vence_en, sostenida_en, respondio, motivo, orden_id,"
    " terminada_en, precio, importe)"
)
class OfertaSostenida(Tabla, table=True):
    """So much of a variant at that price, for an entity. While `sostenida`, `existencia_id` has so much
    reserved for it. `vence_en`: until when its seller may answer, then until when it is held. Its price falls
    only when an order takes it, if it costs less then.
    """

    __tablename__: ClassVar[str] = "comercio_oferta_sostenida"
    __table_args__ = (
        ForeignKeyConstraint(["entidad_id"], ["registro_unidad.id"]),
        ForeignKeyConstraint(
            ["producto_id", "vendedor_id"], ["comercio_producto.id", "comercio_producto.vendedor_id"]
        ),
        ForeignKeyConstraint(
            ["variante_id", "producto_id"], ["comercio_variante.id", "comercio_variante.producto_id"]
        ),
        ForeignKeyConstraint(
            ["existencia_id", "variante_id"], ["comercio_existencia.id", "comercio_existencia.variante_id"]
        ),
        ForeignKeyConstraint(
            ["busqueda_id", "entidad_id"],
            ["comercio_busqueda_congelada.id", "comercio_busqueda_congelada.entidad_id"],
        ),
        ForeignKeyConstraint(["persona_id"], ["ciudadania_persona.id"]),
        ForeignKeyConstraint(["mandato_id"], ["registro_mandato.id"]),
        CheckConstraint("entidad_id <> vendedor_id", name="ajena"),
        CheckConstraint(f"estado IN ({valores(EstadoOferta)})", name="estado"),
        CheckConstraint(
            "importe = round(precio * cantidad) AND importe > 0 AND precio > 0 AND cantidad > 0",
            name="importe",
        ),
        CheckConstraint(en_su_medida("cantidad"), name="en_su_medida"),
        CheckConstraint(f"dias BETWEEN 1 AND {DIAS_MAXIMOS}", name="dias"),
        CheckConstraint("(vence_en IS NOT NULL) = (estado IN ('pedida', 'sostenida'))", name="reloj"),
        CheckConstraint("(sostenida_en IS NOT NULL) = (existencia_id IS NOT NULL)", name="sostenida"),
        CheckConstraint(
            "CASE WHEN estado IN ('sostenida', 'cumplida') THEN sostenida_en IS NOT NULL"
            " WHEN estado IN ('pedida', 'rechazada') THEN sostenida_en IS NULL ELSE true END",
            name="de_su_estado",
        ),
        CheckConstraint("(orden_id IS NOT NULL) = (estado = 'cumplida')", name="orden"),
        CheckConstraint("(terminada_en IS NULL) = (estado IN ('pedida', 'sostenida'))", name="terminada"),
        CheckConstraint("(motivo <> '') = (estado = 'rechazada')", name="motivo"),
        Index(
            "uq_comercio_oferta_sostenida_viva",
            "entidad_id",
            "variante_id",
            unique=True,
            postgresql_where=text("estado IN ('pedida', 'sostenida')"),
        ),
        Index(None, "entidad_id", "id"),
        Index(None, "vendedor_id", "id"),
        Index(None, "vence_en", "id", postgresql_where=text("vence_en IS NOT NULL")),
        Index(None, "existencia_id", postgresql_where=text("estado = 'sostenida'")),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    entidad_id: UUID
    entidad: str = Field(max_length=200)
    vendedor_id: UUID
    producto_id: UUID
    variante_id: UUID
    existencia_id: UUID | None = None
    busqueda_id: UUID | None = None
    titulo: str = Field(max_length=330)
    sku: str = Field(max_length=40)
    unidad_medida: str = Field(max_length=12)
    cantidad: Decimal = Field(sa_type=Cantidad)
    precio: Money = dinero()
    importe: Money = dinero()
    dias: int = Field(sa_type=SmallInteger)
    estado: str = Field(default=str(EstadoOferta.PEDIDA), max_length=10)
    persona_id: UUID
    mandato_id: UUID
    pedida_en: datetime = momento()
    vence_en: datetime | None = momento_o_nada()
    sostenida_en: datetime | None = momento_o_nada()
    respondio: str = Field(default="", max_length=200)
    motivo: str = Field(default="", max_length=300)
    orden_id: UUID | None = None
    terminada_en: datetime | None = momento_o_nada()

    @property
    def texto(self) -> str:
        return EstadoOferta(self.estado).texto

    @property
    def tono(self) -> str:
        return TONOS.get(EstadoOferta(self.estado), "neutro")


@aplicacion("SELECT, INSERT, UPDATE (dias, importe_maximo, otorgo), DELETE")
class Consentimiento(Tabla, table=True):
    """A seller holds, without being asked each time, offers of so many days and so much money at most."""

    __tablename__: ClassVar[str] = "comercio_consentimiento_de_oferta"
    __table_args__ = (
        ForeignKeyConstraint(["vendedor_id"], ["registro_unidad.id"]),
        CheckConstraint(f"dias BETWEEN 1 AND {DIAS_MAXIMOS}", name="dias"),
        CheckConstraint(f"importe_maximo BETWEEN 1 AND {CENTAVOS_MAXIMOS}", name="importe_maximo"),
    )

    vendedor_id: UUID = Field(primary_key=True)
    dias: int = Field(sa_type=SmallInteger)
    importe_maximo: Money = dinero()
    otorgo: str = Field(max_length=200)
