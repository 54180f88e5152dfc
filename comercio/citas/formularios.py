"""Forms: what each asks for, in which words."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel

from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.lectores import leer_momento
from nucleo.textos import perezoso as _l


class HoraElegida(BaseModel):
    """An hour of the list of the page."""

    inicio: datetime


class Respuesta(BaseModel):
    cita_id: UUID
    acepta: bool = False


HORA = Formulario(
    "cita.hora",
    HoraElegida,
    campos.opciones(
        "inicio", _l("¿A qué hora?"), lector=leer_momento, falta=_l("Elija una hora de las que están libres.")
    ),
)
RESPUESTA = Formulario("cita.respuesta", Respuesta, campos.oculto("cita_id"), campos.boton("acepta"))
AUSENCIA = Formulario("cita.ausencia", Nada)
HojaDeHora = Annotated[Hoja[HoraElegida], Depends(HORA)]
HojaDeRespuesta = Annotated[Hoja[Respuesta], Depends(RESPUESTA)]
HojaDeAusencia = Annotated[Hoja[Nada], Depends(AUSENCIA)]
