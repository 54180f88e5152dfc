"""Subscriptions and deliveries to the API."""

from dataclasses import asdict
from typing import Any

from empresa_digital.registro.suscripciones.esquemas import (
    EntregaCompleta,
    EntregaSalida,
    IntentoSalida,
    TipoSalida,
)
from nucleo.webhooks import Entrega, Intento, tipos


def _campos(entrega: Entrega) -> dict[str, Any]:
    campos = {c: getattr(entrega, c) for c in EntregaSalida.model_fields}
    return campos | {"proximo_en": entrega.proximo_en if entrega.estado == "por_enviar" else None}


def salida(entrega: Entrega) -> EntregaSalida:
    return EntregaSalida(**_campos(entrega))


def completa(entrega: Entrega, intentos: list[Intento]) -> EntregaCompleta:
    historial = [IntentoSalida(**asdict(intento)) for intento in intentos]
    return EntregaCompleta(**_campos(entrega), cuerpo=entrega.cuerpo, historial=historial)


def catalogo() -> list[TipoSalida]:
    """Every declared type, by name."""
    return [
        TipoSalida(
            tipo=tipo.codigo,
            descripcion=str(tipo.descripcion),
            esquema=tipo.modelo.model_json_schema(),
            ejemplo=dict(tipo.ejemplo),
        )
        for tipo in sorted(tipos().values(), key=lambda tipo: tipo.codigo)
    ]
