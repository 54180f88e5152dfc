"""Forms: what each asks for, in which words."""

from typing import Annotated

from fastapi import Depends

from comercio.opiniones.esquemas import ModeracionDeOpinion, OpinionNueva, RespuestaDeOpinion
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l

OPINION = Formulario(
    "opinion",
    OpinionNueva,
    campos.opciones(
        "estrellas",
        _l("¿Cuántas estrellas le da?"),
        falta=_l("Elija de 1 a 5 estrellas."),
        opciones=lambda: [
            ("5", str(_l("5: muy bueno"))),
            ("4", str(_l("4: bueno"))),
            ("3", str(_l("3: regular"))),
            ("2", str(_l("2: malo"))),
            ("1", str(_l("1: muy malo"))),
        ],
    ),
    campos.area(
        "texto",
        _l("¿Qué opina?"),
        ayuda=_l("Se publica con su nombre y la inicial de su apellido. No ponga datos de nadie."),
        falta=_l("Cuente qué le pareció, con 3 letras o más."),
        filas=4,
        maximo=2000,
    ),
    campos.oculto("linea_id"),
)
RESPUESTA = Formulario(
    "opinion.respuesta",
    RespuestaDeOpinion,
    campos.area(
        "texto",
        _l("Su respuesta"),
        ayuda=_l("Se publica debajo de la opinión. Se responde una vez."),
        falta=_l("Escriba su respuesta, con 3 letras o más."),
        filas=3,
        maximo=1000,
    ),
)
MODERACION = Formulario(
    "opinion.moderacion",
    ModeracionDeOpinion,
    campos.area(
        "motivo",
        _l("Motivo"),
        ayuda=_l("Lo leerán quien opinó y quien vende."),
        falta=_l("Diga por qué, con 3 letras o más."),
        filas=3,
        maximo=500,
    ),
    campos.oculto("que"),
)
HojaDeOpinion = Annotated[Hoja[OpinionNueva], Depends(OPINION)]
HojaDeRespuesta = Annotated[Hoja[RespuestaDeOpinion], Depends(RESPUESTA)]
HojaDeModeracion = Annotated[Hoja[ModeracionDeOpinion], Depends(MODERACION)]
