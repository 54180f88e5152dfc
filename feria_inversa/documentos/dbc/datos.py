"""What a DBC is made of: values, so that the same call gives the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from moneyed import Money

from feria_inversa.reglas import Reglas


@dataclass(frozen=True, slots=True)
class Renglon:
    """An item as it is read: «12. Pupitre», «40 piezas», its unit price and its total."""

    nombre: str
    cantidad: str
    precio: Money
    total: Money


@dataclass(frozen=True, slots=True)
class LoteDelDbc:
    """What is bid together; a call without lots has one without a name."""

    nombre: str
    renglones: Sequence[Renglon]


@dataclass(frozen=True, slots=True)
class Adjunto:
    """A document that goes with the call."""

    titulo: str
    que_es: str
    sha256: str


@dataclass(frozen=True, slots=True)
class DatosDelDbc:
    """A version of a published call, with its names in words; of what it asks to present besides the bid,
    whether who does not bring it may still do so.
    """

    cuce: str
    version: int
    hecho_en: datetime
    entidad: str
    lugar_de_entidad: str
    titulo: str
    descripcion: str
    categoria: str
    lugar: str
    lugar_entrega: str
    plazo_entrega_dias: int
    total: Money
    publicada_en: datetime
    vence_en: datetime
    adjudica_por: str
    metodo: str
    nombre_del_metodo: str
    puntos_tecnica: int
    minimo_tecnica: int
    subasta: bool
    subasta_por_rondas: bool
    dos_sobres: bool
    cotizacion_rapida: bool
    lotes: Sequence[LoteDelDbc]
    adjuntos: Sequence[Adjunto]
    pedidos: Sequence[tuple[str, bool]]
    reglas: Reglas
    url: str
