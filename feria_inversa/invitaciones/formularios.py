"""The form by which a unit says whether it wants to be told."""

from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel

from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l


class Preferencia(BaseModel):
    recibe: bool


PREFERENCIA = Formulario(
    "feria.invitaciones",
    Preferencia,
    campos.casilla("recibe", _l("Avisarnos de las convocatorias de nuestro rubro")),
)
HojaDePreferencia = Annotated[Hoja[Preferencia], Depends(PREFERENCIA)]
