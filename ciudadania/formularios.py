"""The form of the buttons that close sessions."""

from typing import Annotated

from fastapi import Depends

from nucleo.formularios import Formulario, Hoja, Nada

PASO = Formulario("sesion.paso", Nada)
HojaDePaso = Annotated[Hoja[Nada], Depends(PASO)]
