"""The form by which a file of events is uploaded."""

from enum import StrEnum
from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel

from envios.integraciones.planillas import BYTES_MAXIMOS
from envios.integraciones.recibir import Formato
from nucleo.archivos.rechazos import TablaInvalida
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l


class Como(StrEnum):
    """How the result of each line comes back."""

    PANTALLA = "pantalla"
    CSV = "csv"


class Subida(BaseModel):
    formato: Formato
    como: Como


_FORMATOS = (
    (Formato.QHATU.value, _l("Planilla de Qhatu (CSV o Excel)")),
    (Formato.HOJA.value, _l("Hoja de los lectores (códigos de tres cifras)")),
    (Formato.MENSAJES.value, _l("Mensajes (JSON)")),
)
_COMO = (
    (Como.PANTALLA.value, _l("En la pantalla")),
    (Como.CSV.value, _l("En un archivo CSV, línea por línea")),
)

SUBIDA = Formulario(
    "envio.archivo",
    Subida,
    campos.archivo(
        "archivo",
        _l("Archivo"),
        bytes_maximos=BYTES_MAXIMOS,
        ayuda=_l("Hasta 1.000 sucesos y 1 MB. Puede subirlo otra vez: lo ya registrado no se repite."),
        acepta=".csv,.txt,.xlsx,.json,text/csv,application/json",
    ),
    campos.seleccion("formato", _l("¿En qué formato viene?"), opciones=lambda: list(_FORMATOS)),
    campos.opciones("como", _l("¿Cómo quiere el resultado?"), opciones=lambda: list(_COMO), vacio="pantalla"),
    lugares={TablaInvalida.codigo: "archivo"},
    guardable=False,
)
HojaDeSubida = Annotated[Hoja[Subida], Depends(SUBIDA)]
