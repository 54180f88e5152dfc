"""Tables of events. What must always hold is in the migrations."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from envios.eventos.derivar import QuienRecibe
from envios.eventos.emsevt import EstadoEvento, FichaCodigo, ficha
from envios.eventos.motivos import AccionIntento, Motivo
from nucleo.ids import nuevo_id
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento


@aplicacion("SELECT, INSERT")
class EventoEnvio(Tabla, table=True):
    """Something that happened to an item. Append-only: a correction is another event, never an edit.

    Identity: item, operator, instant, code and the operator's own event id; never the place. `ocurrido_en`
    with `desfase_min` gives the local time the operator saw.
    """

    __tablename__ = "envios_evento"
    __table_args__ = (
        UniqueConstraint(
            "envio_id",
            "operador_unidad_id",
            "ocurrido_en",
            "codigo",
            "evento_cliente_id",
            name="uq_envios_evento_identidad",
        ),
        Index(
            "uq_envios_evento_cliente",
            "operador_unidad_id",
            "evento_cliente_id",
            unique=True,
            postgresql_where=text("evento_cliente_id <> ''"),
        ),
        Index(
            "uq_envios_evento_una_entrega",
            "envio_id",
            unique=True,
            postgresql_where=text("codigo = 'EMI'"),
        ),
    )

    id: UUID = Field(default_factory=nuevo_id, primary_key=True)
    envio_id: UUID = Field(foreign_key="envios_envio.id")
    operador_unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    codigo: str = Field(max_length=10)
    estado: str = Field(max_length=20)
    ocurrido_en: datetime = momento()
    desfase_min: int
    evento_cliente_id: str = Field(default="", max_length=64)
    fuente: str = Field(max_length=12)
    recibido_en: datetime = instante()
    registrado_por: str = Field(max_length=120)
    motivo: str | None = Field(default=None, max_length=40)
    accion: str | None = Field(default=None, max_length=30)
    entregado_a: str | None = Field(default=None, max_length=12)
    receptor_nombre: str | None = Field(default=None, max_length=120)
    municipio_ine: str | None = Field(default=None, sa_type=Text, foreign_key="registro_municipio.ine")
    lugar: str = Field(default="", max_length=120)

    @property
    def clave(self) -> tuple[str, ...]:
        return (str(self.operador_unidad_id), self.evento_cliente_id)

    @property
    def hora_local(self) -> datetime:
        """The wall clock of whoever recorded it, without zone."""
        return self.ocurrido_en.replace(tzinfo=None) + timedelta(minutes=self.desfase_min)

    @property
    def ficha(self) -> FichaCodigo | None:
        return ficha(self.codigo)

    @property
    def motivo_enum(self) -> Motivo | None:
        return Motivo(self.motivo) if self.motivo else None

    @property
    def accion_enum(self) -> AccionIntento | None:
        return AccionIntento(self.accion) if self.accion else None

    @property
    def es_devolucion(self) -> bool:
        return self.entregado_a == QuienRecibe.REMITENTE

    @property
    def estado_enum(self) -> EstadoEvento:
        return EstadoEvento(self.estado)
