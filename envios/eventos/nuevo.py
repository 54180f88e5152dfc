"""An event as somebody reports it, and what became of it."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from envios.eventos.derivar import QuienRecibe
from envios.eventos.motivos import AccionIntento, Motivo
from envios.eventos.sucesos import Suceso
from envios.items import EnvioConEventos
from nucleo.errores import ErrorDominio

ID_DE_LA_CASA = re.compile(r"(?:c|n|e|f|dsp|ruta):[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}.*")
"""How the platform calls the events that it writes itself: an operator that took one of these ids would keep
out what a recipient says, or what time does."""


class Fuente(StrEnum):
    """How an event reached us."""

    PAGINA = "pagina"
    ESCANER = "escaner"
    API = "api"
    LOTE = "lote"
    SISTEMA = "sistema"
    SIMULADOR = "simulador"
    DESTINATARIO = "destinatario"


class Resultado(StrEnum):
    REGISTRADO = "registrado"
    REPETIDO = "repetido"
    RECHAZADO = "rechazado"


@dataclass(slots=True)
class EventoNuevo:
    """An event as reported. `ocurrido_en` carries its offset; without it, now. The item by id or number.

    Nobody changes one (frozen, it takes three times as long, and a batch has a thousand).
    """

    codigo: str
    envio_id: UUID | None = None
    numero: str | None = None
    ocurrido_en: datetime | None = None
    evento_cliente_id: str = ""
    motivo: Motivo | None = None
    accion: AccionIntento | None = None
    municipio_ine: str | None = None
    lugar: str = ""
    agencia_id: UUID | None = None
    entregado_a: QuienRecibe | None = None
    contraparte_unidad_id: UUID | None = None
    codigo_entrega: str = ""
    receptor_nombre: str = ""


class ResultadoEvento(NamedTuple):
    """What became of one reported event. With `error`, the caller answers it; raising it would roll back the
    count of wrong codes."""

    resultado: Resultado
    envio: EnvioConEventos | None = None
    evento: Suceso | None = None
    error: ErrorDominio | None = None


def exigir_registrado(resultado: ResultadoEvento) -> None:
    """Raise what an event was refused for, so that the door undoes it."""
    if resultado.error is not None:
        raise resultado.error
