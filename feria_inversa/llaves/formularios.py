"""The forms of who holds keys: who they are, their public key, and their part."""

from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel, Field

from feria_inversa.llaves.partes import DEPOSITARIOS_MAXIMOS
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.lectores import Entero, escrito
from nucleo.textos import perezoso as _l


class ResguardoDePagina(BaseModel):
    """Who will hold the keys, an identity card in each line."""

    cedulas: str = Field(max_length=400)
    umbral: Entero = Field(ge=2, le=DEPOSITARIOS_MAXIMOS)


RESGUARDO = Formulario(
    "resguardo",
    ResguardoDePagina,
    campos.area(
        "cedulas",
        _l("Cédulas de los depositarios"),
        ayuda=_l("Una en cada línea, de dos a siete personas. Mejor si no dependen unas de otras."),
        falta=_l("Escriba una cédula en cada línea."),
        filas=4,
        maximo=400,
    ),
    campos.entero(
        "umbral",
        _l("Cuántos hacen falta para abrir"),
        ayuda=_l(
            "Menos que los depositarios: si hacen falta todos, con que uno pierda su papel nadie abre "
            "los sobres."
        ),
        falta=_l("Dos o más, y no más que los depositarios."),
        minimo=2,
        maximo=DEPOSITARIOS_MAXIMOS,
        ancho="corto",
    ),
)
HojaDeResguardo = Annotated[Hoja[ResguardoDePagina], Depends(RESGUARDO)]


class FinDePagina(BaseModel):
    motivo: Annotated[str, escrito(1000, 1)]


FIN = Formulario(
    "resguardo.fin",
    FinDePagina,
    campos.area(
        "motivo",
        _l("¿Por qué termina este grupo?"),
        ayuda=_l("Será público. Lo que se selló con sus llaves lo siguen abriendo ellos."),
        falta=_l("Explique el motivo con al menos 10 letras: será público."),
        filas=2,
        maximo=1000,
    ),
)
HojaDeFin = Annotated[Hoja[FinDePagina], Depends(FIN)]
PERDIDA = Formulario("resguardo.perdida", Nada)
HojaDePerdida = Annotated[Hoja[Nada], Depends(PERDIDA)]
NEGATIVA = Formulario("resguardo.negativa", Nada)
HojaDeNegativa = Annotated[Hoja[Nada], Depends(NEGATIVA)]


class ClaveDePagina(BaseModel):
    """The public key that the browser made; without it the server makes one and shows its secret once."""

    publica: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")


CLAVE = Formulario("resguardo.clave", ClaveDePagina, campos.oculto("publica", opcional=True), guardable=False)
HojaDeClave = Annotated[Hoja[ClaveDePagina], Depends(CLAVE)]


class ParteDePagina(BaseModel):
    """The words of a part, that the browser opened; without them, the secret, for this request only."""

    palabras: str = Field(default="", max_length=500)
    clave: str = Field(default="", max_length=80)


PARTE = Formulario(
    "resguardo.parte",
    ParteDePagina,
    campos.oculto("palabras", opcional=True, secreto=True),
    campos.texto(
        "clave",
        _l("Su clave de depositario"),
        ayuda=_l(
            "Los siete grupos de cuatro letras y números que guarda en papel. "
            "No deje que el navegador la recuerde: abre los sobres de todos los procesos."
        ),
        maximo=80,
        opcional=True,
        secreto=True,
        tipo="text",
        autocompletar="off",
    ),
    guardable=False,
)
HojaDeParte = Annotated[Hoja[ParteDePagina], Depends(PARTE)]
