"""Forms of the history."""

from datetime import date
from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel

from feria_inversa.importar.errores import HistoriaIlegible
from feria_inversa.importar.subir import BYTES_MAXIMOS
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l


class Subida(BaseModel):
    fuente: str | None = None
    visto_en: date | None = None


SUBIDA = Formulario(
    "historia.subida",
    Subida,
    campos.archivo(
        "archivo",
        _l("Archivo de SICOES (CSV, también comprimido con gzip o xz)"),
        bytes_maximos=BYTES_MAXIMOS,
        falta=_l("Elija el archivo."),
        acepta=".csv,.gz,.xz,text/csv",
    ),
    campos.texto("fuente", _l("¿De dónde viene? Si no lo dice, de SICOES"), opcional=True, maximo=200),
    campos.fecha("visto_en", _l("¿Qué día se vio lo que dice? Si no lo dice, hoy"), opcional=True),
    lugares={HistoriaIlegible.codigo: "archivo"},
)
HojaDeSubida = Annotated[Hoja[Subida], Depends(SUBIDA)]
