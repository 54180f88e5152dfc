"""Forms: what each asks for, in which words."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel

from comercio.cargas.errores import ArchivoDeProductosInvalido
from comercio.cargas.leer import BYTES_MAXIMOS
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.textos import perezoso as _l


class Subida(BaseModel):
    unidad: UUID


SUBIDA = Formulario(
    "carga.subida",
    Subida,
    campos.oculto("unidad"),
    campos.archivo(
        "archivo",
        _l("Archivo CSV o Excel"),
        bytes_maximos=BYTES_MAXIMOS,
        ayuda=_l("Hasta 10.000 líneas. La primera es la de la plantilla."),
        acepta=".csv,.txt,.xlsx,text/csv",
    ),
    lugares={ArchivoDeProductosInvalido.codigo: "archivo"},
    guardable=False,
)
HojaDeSubida = Annotated[Hoja[Subida], Depends(SUBIDA)]

PASO = Formulario("carga.paso", Nada)
HojaDePaso = Annotated[Hoja[Nada], Depends(PASO)]
