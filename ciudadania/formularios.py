"""Forms of the account and of the mailbox."""

from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel

from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.textos import perezoso as _l


class Preferencia(BaseModel):
    resumen_diario: bool


PASO = Formulario("sesion.paso", Nada)
HojaDePaso = Annotated[Hoja[Nada], Depends(PASO)]
PREFERENCIA = Formulario(
    "buzon.preferencia",
    Preferencia,
    campos.casilla(
        "resumen_diario",
        _l("Un resumen al día"),
        ayuda=_l("Cada mañana verá en su panel y en su lector de noticias lo que llegó el día anterior."),
    ),
)
HojaDePreferencia = Annotated[Hoja[Preferencia], Depends(PREFERENCIA)]
