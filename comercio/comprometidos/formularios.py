"""The form of who sells: whether what an entity says it paid came."""

from typing import Annotated

from fastapi import Depends

from comercio.comprometidos.esquemas import RespuestaDePago
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l

RESPUESTA = Formulario(
    "comprometidos.respuesta", RespuestaDePago, campos.botones("llego", falta=_l("Diga si llegó o no."))
)
HojaDeRespuesta = Annotated[Hoja[RespuestaDePago], Depends(RESPUESTA)]
