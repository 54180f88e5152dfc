"""Forms: only buttons."""

from typing import Annotated

from fastapi import Depends

from nucleo.formularios import Formulario, Hoja, Nada

GUARDAR = Formulario("favorito", Nada)
HojaDeFavorito = Annotated[Hoja[Nada], Depends(GUARDAR)]
