"""Tables of following. What must always hold is in the migrations."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from envios.seguimiento.estados import EstadoRastreador
from nucleo.enumeraciones import TextoEnum, valores
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento, momento_o_nada


@aplicacion("SELECT, INSERT, UPDATE (admitido_en, servicio, entrega_el)")
class PromesaDeEnvio(Tabla, table=True):
    """The day for which an item was promised, as it was counted at its admission: for who follows it."""

    __tablename__ = "envios_promesa"

    envio_id: UUID = Field(primary_key=True, foreign_key="envios_envio.id")
    admitido_en: datetime = momento()
    servicio: str | None = Field(default=None, max_length=20)
    entrega_el: date | None = None


@aplicacion(
    "SELECT, INSERT, UPDATE (envio_id, estado, visto_version, visto_evento_id, visto_estado, caduca_en, "
    "terminado_en)"
)
class Rastreador(Tabla, table=True):
    """A number that a unit's systems follow. `visto_version` is the item's version that they were told of.

    `escrito` is the number as they write it, `numero` as it is compared.

    `caduca_en` is when time alone ends it: while it waits, after the item's end, and at most half a year.
    """

    __tablename__ = "envios_rastreador"
    __table_args__ = (
        CheckConstraint(f"estado IN ({valores(EstadoRastreador)})", name="estado"),
        CheckConstraint("estado <> 'esperando' OR envio_id IS NULL", name="espera"),
        CheckConstraint("estado <> 'siguiendo' OR envio_id IS NOT NULL", name="sigue"),
        CheckConstraint("(estado = 'terminado') = (terminado_en IS NOT NULL)", name="termino"),
        Index("ix_envios_rastreador_unidad", "unidad_id", "creado_en", "id"),
        Index("ix_envios_rastreador_espera", "numero", postgresql_where=text("estado = 'esperando'")),
        Index("ix_envios_rastreador_sigue", "envio_id", postgresql_where=text("estado = 'siguiendo'")),
        Index("ix_envios_rastreador_caduca", "caduca_en", postgresql_where=text("estado <> 'terminado'")),
        Index(
            "uq_envios_rastreador_vivo",
            "unidad_id",
            "numero",
            text("COALESCE(emisor_unidad_id, unidad_id)"),
            unique=True,
            postgresql_where=text("estado <> 'terminado'"),
        ),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    numero: str = Field(max_length=40)
    escrito: str = Field(max_length=60)
    emisor_unidad_id: UUID | None = Field(default=None, foreign_key="registro_unidad.id")
    envio_id: UUID | None = Field(default=None, foreign_key="envios_envio.id")
    estado: EstadoRastreador = Field(default=EstadoRastreador.ESPERANDO, sa_type=TextoEnum(EstadoRastreador))
    visto_version: int | None = None
    visto_evento_id: UUID | None = None
    visto_estado: str = Field(default="", max_length=20)
    caduca_en: datetime = momento()
    terminado_en: datetime | None = momento_o_nada()
    creado_por: str = Field(max_length=120)
    creado_en: datetime = instante()


@aplicacion("SELECT, INSERT, UPDATE (dicho)")
class AvisoDeEnvio(Tabla, table=True):
    """What who receives and who sends an item was told last: a state, and the event that decided it."""

    __tablename__ = "envios_aviso"
    __table_args__ = (CheckConstraint("papel IN ('destinatario', 'remitente')", name="papel"),)

    envio_id: UUID = Field(primary_key=True, foreign_key="envios_envio.id")
    papel: str = Field(primary_key=True, max_length=12)
    dicho: str = Field(max_length=80)
