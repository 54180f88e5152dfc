"""A locked item in memory: a batch has a thousand, and a mapped row costs several times as much to make."""

from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from envios.items.estados import EstadoEnvio
from envios.items.modelos import Envio


@dataclass
class EnvioBloqueado:
    """The columns of `Envio` that its events are judged by, and those that they change.

    It says from then on what was written; so does the mapped row, where somebody had read it
    (`actualizar_filas`).
    """

    id: UUID
    numero: str
    remitente_parte_id: UUID
    operador_unidad_id: UUID
    referencia_tipo: str
    referencia_id: UUID
    estado: EstadoEnvio
    estado_en: datetime
    admitido_en: datetime | None
    entregado_en: datetime | None
    ultimo_evento_en: datetime | None
    noticias_en: datetime
    revisar_en: datetime | None
    custodio_unidad_id: UUID
    correcciones: int
    intentos: int
    codigo_version: int
    codigo_fallos: int
    codigo_de_tercero: UUID | None
    espera_desde: datetime | None
    espera_hasta: datetime | None
    prorrogado_en: datetime | None
    version: int
    creado_en: datetime


COLUMNAS = select(*(getattr(Envio, campo.name) for campo in fields(EnvioBloqueado)))

EnvioConEventos = Envio | EnvioBloqueado
"""What holds for both."""
