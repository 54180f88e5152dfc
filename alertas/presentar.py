"""Rows to the API, and the address of «Avisarme» on a list."""

from typing import Any
from urllib.parse import urlencode

from pydantic import BaseModel

from alertas.consultas import Hallado
from alertas.esquemas import AlertaSalida, HallazgoSalida
from alertas.modelos import Alerta


def enlace_para_avisarme(emparejador: str, criterios: BaseModel) -> str:
    """Where one saves the search of a list."""
    pedidos = criterios.model_dump_json(exclude_none=True, exclude_defaults=True)
    return "/mis-alertas/nueva?" + urlencode({"clase": emparejador, "criterios": pedidos})


def salida(alerta: Alerta) -> AlertaSalida:
    campos: dict[str, Any] = {c: getattr(alerta, c) for c in AlertaSalida.model_fields if c != "tiene_canal"}
    return AlertaSalida(**campos, tiene_canal=alerta.huella_canal is not None)


def salida_de_hallado(hallado: Hallado) -> HallazgoSalida:
    h = hallado.hallazgo
    return HallazgoSalida(
        objeto_id=hallado.objeto_id,
        titulo=h.titulo,
        detalle=h.detalle,
        enlace=h.enlace,
        hallada_en=hallado.hallada_en,
    )
