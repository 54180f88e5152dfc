"""Forms: what each asks for, in which words."""

from typing import Annotated

from fastapi import Depends

from nucleo.formularios import Formulario, Hoja, Nada

DEJAR = Formulario("compra.dejar", Nada, guardable=False)
HojaDeDejar = Annotated[Hoja[Nada], Depends(DEJAR)]
