"""Forms: what each asks for, in which words."""

from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel

from comercio.mensajes.esquemas import PreguntaNueva, RespuestaDePreguntaNueva, TextoDeMensaje
from nucleo.archivos import ACEPTA_PRUEBAS, MAXIMO_BYTES, DocumentoInvalido, ImagenInvalida
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


class MensajeEscrito(BaseModel):
    texto: TextoDeMensaje


MENSAJE = Formulario(
    "pedido.mensaje",
    MensajeEscrito,
    campos.area(
        "texto",
        _l("Su mensaje"),
        ayuda=_l("Lo leen quien compró y quien vende. Sin teléfonos, enlaces ni pagos por otro lado."),
        falta=_l("Escriba su mensaje, con 2 letras o más."),
        filas=3,
        maximo=1000,
    ),
    campos.archivo(
        "archivo",
        _l("Foto o PDF"),
        bytes_maximos=MAXIMO_BYTES,
        ayuda=_l("Hasta 8 MB."),
        acepta=ACEPTA_PRUEBAS,
        falta=_l("Elija la foto o el PDF."),
        opcional=True,
    ),
    lugares=dict.fromkeys((ImagenInvalida.codigo, DocumentoInvalido.codigo), "archivo"),
)
HojaDeMensaje = Annotated[Hoja[MensajeEscrito], Depends(MENSAJE)]
HojaDePregunta = Annotated[Hoja[PreguntaNueva], Depends(PREGUNTA)]
HojaDeRespuesta = Annotated[Hoja[RespuestaDePreguntaNueva], Depends(RESPUESTA)]
