"""The form of who sells: whether what an entity says it paid came."""

from typing import Annotated

from fastapi import Depends

from comercio.comprometidos.esquemas import RespuestaDePago
from nucleo.formularios import Formulario, Hoja, campos

RESPUESTA = Formulario("comprometidos.respuesta", RespuestaDePago, campos.boton("llego"))
HojaDeRespuesta = Annotated[Hoja[RespuestaDePago], Depends(RESPUESTA)]
