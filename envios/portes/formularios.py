"""The forms of postage and of the operator's money."""

from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel

from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.lectores import Entero

ACEPTACION = Formulario("porte.aceptacion", Nada, guardable=False)
RECHAZO = Formulario("porte.rechazo", Nada, guardable=False)
EN_VENTANILLA = Formulario("porte.en_ventanilla", Nada, guardable=False)
HojaDeAceptacion = Annotated[Hoja[Nada], Depends(ACEPTACION)]
HojaDeRechazo = Annotated[Hoja[Nada], Depends(RECHAZO)]
HojaEnVentanilla = Annotated[Hoja[Nada], Depends(EN_VENTANILLA)]


class Ronda(BaseModel):
    """The total that whoever closes the round saw, in centavos."""

    total: Entero


RONDA = Formulario("porte.ronda", Ronda, campos.oculto("total"), guardable=False)
HojaDeRonda = Annotated[Hoja[Ronda], Depends(RONDA)]
