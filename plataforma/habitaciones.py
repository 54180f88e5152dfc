"""The rooms, lowest first, and how the composition root loads one kind of module from each."""

import importlib
from types import ModuleType

HABITACIONES = (
    "nucleo",
    "constancia",
    "ciudadania",
    "empresa_digital.registro",
    "pagos",
    "pagos.pasarela",
    "pagos.cobros",
    "pagos.personas",
    "pagos.supervision",
    "pagos.empresas",
    "envios",
    "comercio",
    "feria_inversa",
)


def modulos(nombre: str) -> list[ModuleType]:
    """`<room>.<nombre>` of every room that has one (importing `tareas` or `manejadores` registers them)."""
    encontrados = []
    for habitacion in HABITACIONES:
        completo = f"{habitacion}.{nombre}"
        try:
            encontrados.append(importlib.import_module(completo))
        except ModuleNotFoundError as error:
            if error.name != completo:
                raise
    return encontrados
