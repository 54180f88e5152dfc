"""The table of what operators' programs said. What must always hold is in its revision."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, text
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from envios.integraciones.estados import EstadoMensaje
from nucleo.enumeraciones import TextoEnum
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento_o_nada


@aplicacion(
    "SELECT, INSERT, UPDATE (contenido, estado, intentos, revisar_en, envio_numero, codigo, desconocido,"
    " evento_id, error_codigo, detalle, terminado_en, terminado_por)"
)
class MensajeDeOperador(Tabla, table=True):
    """One message as it came, whatever became of it: the same one is kept once, by the hash of what it says.

    `contenido` is its JSON; at an end without the delivery code that it may hold. `revisar_en` is when time
    does something with it: another try, or its end. `codigo` is what it was recorded as.
    """

    __tablename__ = "envios_mensaje"
    __table_args__ = (
        UniqueConstraint("operador_unidad_id", "huella"),
        CheckConstraint("huella ~ '^[0-9a-f]{64}$'", name="huella"),
        CheckConstraint("length(contenido) <= 4000", name="contenido"),
        CheckConstraint("intentos >= 0", name="intentos"),
        CheckConstraint("(estado = 'registrado') = (evento_id IS NOT NULL)", name="registrado"),
        CheckConstraint(
            "(estado IN ('registrado', 'descartado')) = (revisar_en IS NULL)", name="por_revisar"
        ),
        CheckConstraint("(revisar_en IS NULL) = (terminado_en IS NOT NULL)", name="terminado"),
        Index("ix_envios_mensaje_revisar", "revisar_en", postgresql_where=text("revisar_en IS NOT NULL")),
        Index(
            "ix_envios_mensaje_pendientes",
            "operador_unidad_id",
            "recibido_en",
            postgresql_where=text("revisar_en IS NOT NULL OR desconocido"),
        ),
        Index("ix_envios_mensaje_evento", "evento_id", postgresql_where=text("evento_id IS NOT NULL")),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    operador_unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    huella: str = Field(max_length=64)
    contenido: str = Field(sa_type=Text)
    recibido_en: datetime = instante()
    recibido_de: str = Field(max_length=120)
    estado: EstadoMensaje = Field(default=EstadoMensaje.RECIBIDO, sa_type=TextoEnum(EstadoMensaje))
    intentos: int = 0
    revisar_en: datetime | None = momento_o_nada()
    envio_numero: str = Field(default="", max_length=60)
    codigo: str = Field(default="", max_length=10)
    desconocido: bool = False
    evento_id: UUID | None = Field(default=None, foreign_key="envios_evento.id")
    error_codigo: str = Field(default="", max_length=60)
    detalle: str = Field(default="", max_length=300)
    terminado_en: datetime | None = momento_o_nada()
    terminado_por: str | None = Field(default=None, max_length=120)
