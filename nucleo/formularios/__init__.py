"""Forms of the pages: declared with `campos`, received and shown by the door. See `docs/recetas.md`."""

from nucleo.formularios import campos as campos
from nucleo.formularios.campos import Campo
from nucleo.formularios.puerta import (
    FILAS_DE_PAGINAS,
    EntradasInvalidas,
    Formulario,
    Hoja,
    Nada,
    formulario_de_la_ruta,
)
from nucleo.formularios.resto import PaginaDeFilas, desempacar, empacar, numeros_de
from nucleo.formularios.valores import a_texto

__all__ = [
    "FILAS_DE_PAGINAS",
    "Campo",
    "EntradasInvalidas",
    "Formulario",
    "Hoja",
    "Nada",
    "PaginaDeFilas",
    "a_texto",
    "campos",
    "desempacar",
    "empacar",
    "formulario_de_la_ruta",
    "numeros_de",
]
