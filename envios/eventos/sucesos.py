"""An event in memory: what reads, judges and derives it needs no object of the session.

A day is a hundred thousand of them, read several times each; a mapped row costs ten times as much to make.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from envios.eventos.derivar import QuienRecibe
from envios.eventos.emsevt import EstadoEvento, FichaCodigo, ficha
from envios.eventos.motivos import AccionIntento, Motivo


@dataclass(slots=True)
class Suceso:
    """The columns of `EventoEnvio`, in its order; nobody changes one (frozen, it takes twice as long)."""

    id: UUID
    envio_id: UUID
    operador_unidad_id: UUID
    codigo: str
    estado: str
    ocurrido_en: datetime
    desfase_min: int
    evento_cliente_id: str
    fuente: str
    recibido_en: datetime
    cuenta_desde: datetime
    registrado_por: str
    motivo: str | None
    accion: str | None
    entregado_a: str | None
    contraparte_unidad_id: UUID | None
    receptor_nombre: str | None
    municipio_ine: str | None
    lugar: str
    agencia_id: UUID | None

    @property
    def clave(self) -> tuple[str, ...]:
        return (str(self.operador_unidad_id), self.evento_cliente_id)

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
