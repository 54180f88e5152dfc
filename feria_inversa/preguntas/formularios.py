"""The forms of a question and of its answer."""

from typing import Annotated

from fastapi import Depends

from feria_inversa.preguntas.esquemas import PreguntaEntrada, RespuestaEntrada
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l

PREGUNTA = Formulario(
    "convocatoria.pregunta",
    PreguntaEntrada,
    campos.seleccion(
        "unidad_id",
        _l("Por qué unidad pregunta"),
        entre_varias=_l("Elija la unidad"),
        falta=_l("Elija la unidad."),
    ),
    campos.area(
        "texto",
        _l("Su pregunta"),
        ayuda=_l("La verá cualquiera. No escriba su nombre ni sus datos: nadie sabrá quién pregunta."),
        filas=4,
        maximo=2000,
        falta=_l("Escriba la pregunta con al menos 10 letras."),
    ),
)
HojaDePregunta = Annotated[Hoja[PreguntaEntrada], Depends(PREGUNTA)]
RESPUESTA = Formulario(
    "convocatoria.respuesta",
    RespuestaEntrada,
    campos.area(
        "respuesta",
        _l("Respuesta, para todos"),
        ayuda=_l("Si cambia lo que se pide, publique una enmienda: la respuesta sola no cambia nada."),
        filas=4,
        maximo=3000,
        falta=_l("Escriba la respuesta."),
    ),
)
HojaDeRespuesta = Annotated[Hoja[RespuestaEntrada], Depends(RESPUESTA)]
