"""The forms of the operator's desk and of my shipments."""

from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel

from envios.eventos import Codigo
from nucleo.formularios import Formulario, Hoja, Nada, campos

RAPIDOS = frozenset({Codigo.EMA, Codigo.EMG, Codigo.EDG, Codigo.EDH, Codigo.EMI})


class EventoRapido(BaseModel):
    codigo: Codigo
    volver: str


EVENTO = Formulario("envio.evento", EventoRapido, campos.oculto("codigo"), campos.oculto("volver", vacio=""))


PASO = Formulario("envio.paso", Nada)


HojaDeEvento = Annotated[Hoja[EventoRapido], Depends(EVENTO)]


HojaDePaso = Annotated[Hoja[Nada], Depends(PASO)]
