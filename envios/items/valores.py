"""What other rooms know of a shipment: a frozen value, never the row."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from envios.items import modelos
from envios.items.estados import EstadoEnvio


@dataclass(frozen=True, slots=True)
class Envio:
    """One parcel as it was when asked. `codigo_entrega` is for the recipient only; `devolucion_de_id`: the
    delivered one that goes back with it; `admitido_en`: when its operator received it, as they say."""

    id: UUID
    numero: str
    estado: EstadoEnvio
    codigo_entrega: str
    devolucion_de_id: UUID | None
    admitido_en: datetime | None

    @classmethod
    def de(cls, fila: modelos.Envio) -> "Envio":
        return cls(
            fila.id, fila.numero, fila.estado, fila.codigo_entrega, fila.devolucion_de_id, fila.admitido_en
        )

    @classmethod
    def de_haberla(cls, fila: modelos.Envio | None) -> "Envio | None":
        return None if fila is None else cls.de(fila)
