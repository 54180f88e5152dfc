"""The forms of a recovery: what each asks for, in which words."""

from typing import Annotated, Literal

from fastapi import Depends
from pydantic import BaseModel, Field

from empresa_digital.registro.recuperacion.palabras import CAUSAS
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.lectores import Cedula
from nucleo.textos import perezoso as _l


class RecuperacionPedida(BaseModel):
    """Who should administer, and which mandates would end (the numbers of the boxes)."""

    causa: Literal["fallecimiento", "acceso_perdido", "disputa"]
    motivo: str = Field(max_length=2000)
    ci: Cedula
    quita_todos: bool = False


class Resolucion(BaseModel):
    """What the second official answers, by one of two buttons."""

    resolucion: str = Field("", max_length=2000)
    ejecutar: bool = False
    desistir: bool = False


class Objecion(BaseModel):
    objecion: str = Field(max_length=2000)


RECUPERACION = Formulario(
    "recuperacion",
    RecuperacionPedida,
    campos.opciones("causa", _l("¿Por qué?"), opciones=lambda: list(CAUSAS.items())),
    campos.area(
        "motivo", _l("Los hechos y los documentos que vio"), filas=4, maximo=2000, falta=_l("Escríbalos.")
    ),
    campos.texto(
        "ci",
        _l("Cédula de quien la administrará"),
        ayuda=_l(
            "Con su complemento, si tiene: 1234567-1A. Se le ofrecerá el mandato cuando otra persona de la"
            " autoridad lo confirme."
        ),
        ancho="medio",
        maximo=20,
        falta=_l("Escriba la cédula."),
    ),
    campos.casilla("quita_todos", _l("Terminan los mandatos de quienes hoy la administran")),
    lugares={"identidad_invalida": "ci"},
)


RESOLUCION = Formulario(
    "recuperacion.resolucion",
    Resolucion,
    campos.area("resolucion", _l("Resolución"), filas=3, maximo=2000, opcional=True),
    campos.boton("ejecutar"),
    campos.boton("desistir"),
)


OBJECION = Formulario(
    "recuperacion.objecion",
    Objecion,
    campos.area("objecion", _l("¿Por qué se opone?"), filas=4, maximo=2000, falta=_l("Escríbalo.")),
)


HojaDeRecuperacion = Annotated[Hoja[RecuperacionPedida], Depends(RECUPERACION)]


HojaDeResolucion = Annotated[Hoja[Resolucion], Depends(RESOLUCION)]


HojaDeObjecion = Annotated[Hoja[Objecion], Depends(OBJECION)]
