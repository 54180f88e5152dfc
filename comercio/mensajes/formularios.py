"""Forms: what each asks for, in which words."""

from typing import Annotated

from fastapi import Depends

from comercio.mensajes.esquemas import PreguntaNueva, RespuestaDePreguntaNueva
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l

PREGUNTA = Formulario(
    "pregunta",
    PreguntaNueva,
    campos.area(
        "texto",
        _l("¿Qué quiere saber?"),
        ayuda=_l("Se publica sin su nombre cuando la respondan. Sin teléfonos ni enlaces."),
        falta=_l("Escriba su pregunta, con 5 letras o más."),
        filas=3,
        maximo=500,
    ),
)
RESPUESTA = Formulario(
    "pregunta.respuesta",
    RespuestaDePreguntaNueva,
    campos.area(
        "texto",
        _l("Su respuesta"),
        ayuda=_l("La lee cualquiera. Sin teléfonos ni enlaces."),
        falta=_l("Escriba la respuesta, con 2 letras o más."),
        filas=3,
        maximo=1000,
    ),
)
HojaDePregunta = Annotated[Hoja[PreguntaNueva], Depends(PREGUNTA)]
HojaDeRespuesta = Annotated[Hoja[RespuestaDePreguntaNueva], Depends(RESPUESTA)]
