"""The forms of the operator's desk and of my shipments."""

from typing import Annotated, Literal

from fastapi import Depends
from pydantic import BaseModel

from envios.eventos import Codigo
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

RAPIDOS = frozenset({Codigo.EMA, Codigo.EMG, Codigo.EDG, Codigo.EDH, Codigo.EMI})


class RespuestaDeAnulacion(BaseModel):
    confirma: Literal["si", "no"]
    nota: str


class EventoRapido(BaseModel):
    codigo: Codigo
    volver: str


EVENTO = Formulario("envio.evento", EventoRapido, campos.oculto("codigo"), campos.oculto("volver", vacio=""))


PASO = Formulario("envio.paso", Nada)
ANULACION = Formulario(
    "envio.respuesta_anulacion",
    RespuestaDeAnulacion,
    campos.opciones(
        "confirma",
        _l("¿Tiene el paquete?"),
        opciones=lambda: [
            ("si", _("No lo tengo: confirmo la anulación")),
            ("no", _("Lo tengo o no corresponde: la rechazo")),
        ],
        falta=_l("Indique si confirma o rechaza la anulación."),
    ),
    campos.texto("nota", _l("Nota para quien envía"), maximo=300, opcional=True, vacio=""),
)


HojaDeEvento = Annotated[Hoja[EventoRapido], Depends(EVENTO)]


HojaDeAnulacion = Annotated[Hoja[RespuestaDeAnulacion], Depends(ANULACION)]
HojaDePaso = Annotated[Hoja[Nada], Depends(PASO)]
