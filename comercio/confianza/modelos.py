"""Tables of rules of sale, reports and takings off sale. What must always hold is in the migrations too."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from comercio.confianza.estados import (
    TONOS,
    EstadoDenuncia,
    EstadoIntervencion,
    MotivoDenuncia,
)
from nucleo.enumeraciones import valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, momento, momento_o_nada


@aplicacion("SELECT, INSERT, UPDATE (estado, vence_en, terminada_en, decision, decidio_id, decidio, version)")
class Denuncia(Tabla, table=True):
    """Somebody (`persona_id`), or a rule (`regla_codigo`), says that a product should not be on sale.

    `visto`: what the product said of itself then (title, description, price), for it may be rewritten.
    """

    __tablename__: ClassVar[str] = "comercio_denuncia"
    __table_args__ = (
        ForeignKeyConstraint(["producto_id"], ["comercio_producto.id"]),
        ForeignKeyConstraint(["persona_id"], ["ciudadania_persona.id"]),
        ForeignKeyConstraint(["regla_codigo"], ["comercio_regla_de_venta.codigo"]),
        CheckConstraint(f"motivo IN ({valores(MotivoDenuncia)})", name="motivo"),
        CheckConstraint(f"estado IN ({valores(EstadoDenuncia)})", name="estado"),
        CheckConstraint(
            "(persona_id IS NULL) = (regla_codigo IS NOT NULL)"
            " AND (regla_codigo IS NOT NULL) = (motivo = 'revision')",
            name="quien",
        ),
        CheckConstraint(
            "(vence_en IS NOT NULL) = (estado = 'abierta') AND (terminada_en IS NULL) = (estado = 'abierta')",
            name="reloj",
        ),
        CheckConstraint(
            "(decidio_id IS NOT NULL) = (estado IN ('procede', 'no_procede'))"
            " AND (decision <> '') = (estado IN ('procede', 'no_procede'))",
            name="decision",
        ),
        Index(
            "uq_comercio_denuncia_persona",
            "producto_id",
            "persona_id",
            unique=True,
            postgresql_where=text("estado = 'abierta' AND persona_id IS NOT NULL"),
        ),
        Index(
            "uq_comercio_denuncia_regla",
            "producto_id",
            "regla_codigo",
            unique=True,
            postgresql_where=text("estado IN ('abierta', 'no_procede') AND regla_codigo IS NOT NULL"),
        ),
        Index(None, "persona_id", "abierta_en"),
        Index(None, "producto_id", "abierta_en"),
        Index(None, "vence_en", "id", postgresql_where=text("vence_en IS NOT NULL")),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    producto_id: UUID
    persona_id: UUID | None = None
    regla_codigo: str | None = Field(default=None, max_length=40)
    motivo: str = Field(max_length=12)
    relato: str = Field(max_length=1000)
    visto: dict[str, Any] = Field(sa_type=JSONB)
    estado: str = Field(default=str(EstadoDenuncia.ABIERTA), max_length=12)
    abierta_en: datetime = momento()
    vence_en: datetime | None = momento_o_nada()
    terminada_en: datetime | None = momento_o_nada()
    decision: str = Field(default="", max_length=1000)
    decidio_id: UUID | None = None
    decidio: str = Field(default="", max_length=200)
    version: int = 1

    @property
    def motivo_texto(self) -> str:
        return MotivoDenuncia(self.motivo).texto

    @property
    def texto(self) -> str:
        return EstadoDenuncia(self.estado).texto


@aplicacion(
    "SELECT, INSERT, UPDATE (estado, vence_en, terminada_en, apelacion, apelada_en, apelo_id, apelo,"
    " resolucion, resolvio_id, resolvio, version)"
)
class Intervencion(Tabla, table=True):
    """The authority took a product off sale. `estaba`: the state that it goes back to when that is lifted.
    Who resolves the appeal is not who decided.
    """

    __tablename__: ClassVar[str] = "comercio_intervencion"
    __table_args__ = (
        ForeignKeyConstraint(
            ["producto_id", "vendedor_id"], ["comercio_producto.id", "comercio_producto.vendedor_id"]
        ),
        CheckConstraint(f"estado IN ({valores(EstadoIntervencion)})", name="estado"),
        CheckConstraint("estaba IN ('borrador', 'publicado', 'pausado', 'retirado')", name="estaba"),
        CheckConstraint("motivos <> ''", name="motivos"),
        CheckConstraint("(vence_en IS NOT NULL) = (estado IN ('vigente', 'apelada'))", name="reloj"),
        CheckConstraint("(terminada_en IS NULL) = (estado IN ('vigente', 'apelada'))", name="fin"),
        CheckConstraint(
            "(apelada_en IS NOT NULL) = (apelacion <> '')"
            " AND (apelada_en IS NOT NULL) = (apelo_id IS NOT NULL)"
            " AND (estado <> 'apelada' OR apelada_en IS NOT NULL)",
            name="apelacion",
        ),
        CheckConstraint("resolvio_id <> decidio_id", name="otra_persona"),
        CheckConstraint(
            "resolvio_id IS NULL OR (resolucion <> '' AND terminada_en IS NOT NULL)", name="resuelta"
        ),
        Index(
            "uq_comercio_intervencion_producto",
            "producto_id",
            unique=True,
            postgresql_where=text("estado <> 'levantada'"),
        ),
        Index(None, "producto_id", "abierta_en"),
        Index(None, "vence_en", "id", postgresql_where=text("vence_en IS NOT NULL")),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    producto_id: UUID
    vendedor_id: UUID
    estaba: str = Field(max_length=12)
    estado: str = Field(default=str(EstadoIntervencion.VIGENTE), max_length=12)
    motivos: str = Field(max_length=1000)
    decidio_id: UUID
    decidio: str = Field(max_length=200)
    abierta_en: datetime = momento()
    vence_en: datetime | None = momento_o_nada()
    terminada_en: datetime | None = momento_o_nada()
    apelacion: str = Field(default="", max_length=1000)
    apelada_en: datetime | None = momento_o_nada()
    apelo_id: UUID | None = None
    apelo: str = Field(default="", max_length=200)
    resolucion: str = Field(default="", max_length=1000)
    resolvio_id: UUID | None = None
    resolvio: str = Field(default="", max_length=200)
    version: int = 1

    @property
    def texto(self) -> str:
        return EstadoIntervencion(self.estado).texto

    @property
    def tono(self) -> str:
        return TONOS[EstadoIntervencion(self.estado)]
