"""The table of what telephones read. What must always hold is in the migrations."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKeyConstraint, Index, text
from sqlmodel import Field

import nucleo.bd  # noqa: F401 - sets the naming convention before any table is declared
from envios.escaner.estados import EstadoEscaneo
from nucleo.privilegios import aplicacion
from nucleo.tablas import Tabla, instante, momento, momento_o_nada


@aplicacion(
    "SELECT, INSERT, UPDATE (numero, estado, envio_id, evento_id, choca_con_id, foto_archivo_id,"
    " error_codigo, detalle, resuelto_en)"
)
class FilaDeEscaneo(Tabla, table=True):
    """One reading of a telephone, whatever became of it: kept also when it was refused.

    `id` is the telephone's; with it a batch may be sent as often as needed. `reloj_en` is what its clock
    said and `desfase_ms` how far it was found from the server's (server less telephone; None: never
    measured); `ocurrido_en` is what counts. `evento_id` is the event that stands for it, its own or the one
    that was already there; `choca_con_id`, one that says otherwise of the same minutes.
    """

    __tablename__ = "envios_escaneo"
    __table_args__ = (
        ForeignKeyConstraint(
            ["agencia_id", "operador_unidad_id"], ["envios_agencia.id", "envios_agencia.operador_unidad_id"]
        ),
        ForeignKeyConstraint(["foto_archivo_id", "id"], ["nucleo_archivo.id", "nucleo_archivo.duenio_id"]),
        CheckConstraint("estado NOT IN ('registrado', 'ya_estaba') OR evento_id IS NOT NULL", name="evento"),
        CheckConstraint("estado <> 'rechazado' OR error_codigo <> ''", name="rechazado"),
        CheckConstraint("estado NOT IN ('deshecho', 'resuelto') OR resuelto_en IS NOT NULL", name="resuelto"),
        CheckConstraint("reloj_corregido OR ocurrido_en = reloj_en", name="reloj"),
        Index(
            "ix_envios_escaneo_por_resolver",
            "persona_id",
            "recibido_en",
            postgresql_where=text(
                "resuelto_en IS NULL AND (estado = 'rechazado' OR choca_con_id IS NOT NULL)"
            ),
        ),
        Index("ix_envios_escaneo_evento", "evento_id", postgresql_where=text("evento_id IS NOT NULL")),
        Index(
            "ix_envios_escaneo_foto", "foto_archivo_id", postgresql_where=text("foto_archivo_id IS NOT NULL")
        ),
    )

    id: UUID = Field(primary_key=True)
    persona_id: UUID = Field(foreign_key="ciudadania_persona.id")
    operador_unidad_id: UUID = Field(foreign_key="registro_unidad.id")
    agencia_id: UUID | None = None
    dispositivo_id: UUID
    codigo: str = Field(max_length=10)
    numero: str = Field(default="", max_length=60)
    motivo: str | None = Field(default=None, max_length=40)
    accion: str | None = Field(default=None, max_length=30)
    reloj_en: datetime = momento()
    zona_min: int
    desfase_ms: int | None = Field(default=None, sa_type=BigInteger)
    ocurrido_en: datetime = momento()
    reloj_corregido: bool = False
    recibido_en: datetime = instante()
    estado: str = Field(default=EstadoEscaneo.RECIBIDO, max_length=20)
    envio_id: UUID | None = Field(default=None, foreign_key="envios_envio.id")
    evento_id: UUID | None = Field(default=None, foreign_key="envios_evento.id")
    choca_con_id: UUID | None = Field(default=None, foreign_key="envios_evento.id")
    foto_archivo_id: UUID | None = None
    error_codigo: str = Field(default="", max_length=60)
    detalle: str = Field(default="", max_length=300)
    resuelto_en: datetime | None = momento_o_nada()
