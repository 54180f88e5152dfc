"""Table of the purchases from the catalogue. What must always hold is a constraint here."""

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from moneyed import Money
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

from feria_inversa.compra_de_catalogo.estados import TONOS, EstadoCompra
from feria_inversa.precios import CANTIDAD
from nucleo.enumeraciones import valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, dinero, instante, momento, momento_o_nada

_ORDENADAS = "estado IN ('ordenada', 'recibida', 'pagada')"


@aplicacion(
    "SELECT, INSERT, UPDATE (estado, vence_en, decidida_en, decidio, decidio_id, decidio_mandato_id,"
    " pedido_id, ordenado, recibida_en, motivo, terminada_en)"
)
class CompraDeCatalogo(Tabla, table=True):
    """What somebody of a public entity asks to buy of an offer that is held for it, with the search that led
    to it, and what another person decides; its order is comercio's, with the same id of purchase.

    `importe` and `porte` are what who asked saw, `total` their sum; `ordenado` what was committed. `reglas`
    are those of its modality on that day. What was asked stays (trigger).
    """

    __tablename__: ClassVar[str] = "feria_compra_de_catalogo"
    __table_args__ = (
        UniqueConstraint("numero"),
        UniqueConstraint("pedido_id"),
        ForeignKeyConstraint(
            ["certificacion_id", "unidad_id"], ["feria_certificacion.id", "feria_certificacion.unidad_id"]
        ),
        ForeignKeyConstraint(["vendedor_id"], ["registro_unidad.id"]),
        ForeignKeyConstraint(["oferta_id"], ["comercio_oferta_sostenida.id"]),
        ForeignKeyConstraint(
            ["busqueda_id", "unidad_id"],
            ["comercio_busqueda_congelada.id", "comercio_busqueda_congelada.entidad_id"],
        ),
        ForeignKeyConstraint(["pedido_id"], ["comercio_pedido.id"]),
        ForeignKeyConstraint(["modalidad_id"], ["feria_modalidad.id"]),
        ForeignKeyConstraint(["municipio_ine"], ["registro_municipio.ine"]),
        ForeignKeyConstraint(["solicito_id"], ["ciudadania_persona.id"]),
        ForeignKeyConstraint(["solicito_mandato_id"], ["registro_mandato.id"]),
        ForeignKeyConstraint(["decidio_id"], ["ciudadania_persona.id"]),
        ForeignKeyConstraint(["decidio_mandato_id"], ["registro_mandato.id"]),
        CheckConstraint(f"estado IN ({valores(EstadoCompra)})", name="estado"),
        CheckConstraint("unidad_id <> vendedor_id", name="ajena"),
        CheckConstraint("cantidad > 0 AND precio > 0 AND importe > 0 AND porte >= 0", name="importe"),
        CheckConstraint("total = importe + porte", name="total"),
        CheckConstraint("(estado = 'solicitada') = (vence_en IS NOT NULL)", name="vence_en"),
        CheckConstraint(
            "num_nonnulls(decidida_en, decidio, decidio_id, decidio_mandato_id) IN (0, 4)", name="decidio"
        ),
        CheckConstraint("decidio_id <> solicito_id", name="dos_personas"),
        CheckConstraint(
            "(pedido_id IS NULL) = (ordenado IS NULL) AND ordenado BETWEEN 1 AND total", name="ordenado"
        ),
        CheckConstraint(
            f"CASE WHEN {_ORDENADAS} THEN decidida_en IS NOT NULL AND pedido_id IS NOT NULL"
            " WHEN estado = 'rechazada' THEN decidida_en IS NOT NULL AND pedido_id IS NULL"
            " WHEN estado = 'anulada' THEN (decidida_en IS NULL) = (pedido_id IS NULL)"
            " ELSE decidida_en IS NULL AND pedido_id IS NULL END",
            name="de_su_estado",
        ),
        CheckConstraint(
            "CASE WHEN estado IN ('recibida', 'pagada') THEN recibida_en IS NOT NULL"
            " ELSE recibida_en IS NULL OR estado = 'anulada' END",
            name="recibida_en",
        ),
        CheckConstraint(
            "(terminada_en IS NULL) = (estado IN ('solicitada', 'ordenada', 'recibida'))", name="terminada_en"
        ),
        CheckConstraint(
            "(motivo IS NOT NULL) = (estado IN ('rechazada', 'anulada')) AND char_length(motivo) >= 10",
            name="motivo",
        ),
        Index(
            "uq_feria_compra_de_catalogo_oferta",
            "oferta_id",
            unique=True,
            postgresql_where=text("estado NOT IN ('rechazada', 'vencida', 'anulada')"),
        ),
        Index(None, "unidad_id", "id"),
        Index(None, "certificacion_id"),
        Index(None, "vence_en", "id", postgresql_where=text("estado = 'solicitada'")),
        Index(
            "ix_feria_compra_de_catalogo_en_curso",
            "id",
            postgresql_where=text("estado IN ('ordenada', 'recibida')"),
        ),
        Index(
            "ix_feria_compra_de_catalogo_publica",
            "decidida_en",
            "id",
            postgresql_where=text("pedido_id IS NOT NULL"),
        ),
        *(
            Index(
                f"ix_feria_compra_de_catalogo_de_su_{quien}",
                columna,
                "decidida_en",
                "id",
                postgresql_where=text("pedido_id IS NOT NULL"),
            )
            for quien, columna in (("entidad", "unidad_id"), ("vendedor", "vendedor_id"))
        ),
    )

    id: UUID = Field(primary_key=True)
    numero: str = Field(max_length=30)
    unidad_id: UUID
    certificacion_id: UUID
    vendedor_id: UUID
    vendedor: str = Field(max_length=200)
    oferta_id: UUID
    busqueda_id: UUID
    producto_id: UUID
    titulo: str = Field(max_length=330)
    cantidad: Decimal = Field(sa_type=CANTIDAD)
    unidad_medida: str = Field(max_length=12)
    precio: Money = dinero()
    importe: Money = dinero()
    porte: Money = dinero()
    total: Money = dinero()
    para_que: str = Field(max_length=300)
    forma: str | None = Field(default=None, max_length=10)
    destinatario: str = Field(max_length=120)
    telefono: str = Field(max_length=20)
    municipio_ine: str = Field(max_length=6)
    referencia: str = Field(max_length=300)
    modalidad_id: UUID
    reglas: dict[str, Any] = Field(sa_type=JSONB)
    estado: str = Field(default=str(EstadoCompra.SOLICITADA), max_length=10)
    solicitada_en: datetime = momento()
    solicito: str = Field(max_length=200)
    solicito_id: UUID
    solicito_mandato_id: UUID
    vence_en: datetime | None = momento_o_nada()
    decidida_en: datetime | None = momento_o_nada()
    decidio: str | None = Field(default=None, max_length=200)
    decidio_id: UUID | None = None
    decidio_mandato_id: UUID | None = None
    pedido_id: UUID | None = None
    ordenado: Money | None = dinero(default=None)
    recibida_en: datetime | None = momento_o_nada()
    motivo: str | None = Field(default=None, max_length=1000)
    terminada_en: datetime | None = momento_o_nada()

    @property
    def texto(self) -> str:
        return EstadoCompra(self.estado).texto

    @property
    def tono(self) -> str:
        return TONOS[EstadoCompra(self.estado)]

    @property
    def conocidas_en(self) -> datetime | None:
        """Nothing of a purchase is sealed."""
        return None

    @property
    def sigue_en(self) -> datetime | None:
        """When it ends if nobody decides it."""
        return self.vence_en


@aplicacion("SELECT, INSERT")
class Conformidad(Tabla, table=True):
    """Somebody of its entity says that what was bought came well, by which mandates; append-only. Whom the
    entity named to receive, and none who asked for it or decided it (trigger).
    """

    __tablename__: ClassVar[str] = "feria_conformidad"
    __table_args__ = (
        ForeignKeyConstraint(["compra_id"], ["feria_compra_de_catalogo.id"]),
        ForeignKeyConstraint(["persona_id"], ["ciudadania_persona.id"]),
        CheckConstraint("cardinality(mandatos) BETWEEN 1 AND 2", name="mandatos"),
        Index(None, "compra_id", "dada_en"),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    compra_id: UUID
    persona_id: UUID
    quien: str = Field(max_length=200)
    mandatos: list[UUID] = Field(sa_type=ARRAY(Uuid))
    dada_en: datetime = instante()
