"""Forms of the alerts: what each asks for, in which words."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel, Field

from alertas.modelos import Frecuencia
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.textos import perezoso as _l

FRECUENCIAS = {
    Frecuencia.AL_MOMENTO: _l("En el momento"),
    Frecuencia.DIARIA: _l("Una vez al día, por la mañana"),
    Frecuencia.SEMANAL: _l("Una vez por semana, el lunes por la mañana"),
}


class AlertaPedida(BaseModel):
    clase: str = Field(max_length=60)
    criterios: str = Field(max_length=2000)
    nombre: str = Field("", max_length=120)
    frecuencia: Frecuencia
    unidad_id: UUID | None = None
    por_webhook: bool = False


ALERTA = Formulario(
    "alerta.nueva",
    AlertaPedida,
    campos.oculto("clase"),
    campos.oculto("criterios"),
    campos.texto("nombre", _l("Nombre de la alerta"), opcional=True, vacio="", maximo=120),
    campos.opciones("frecuencia", _l("¿Cuándo quiere enterarse?"), opciones=FRECUENCIAS.items),
    campos.seleccion(
        "unidad_id",
        _l("¿A quién avisamos?"),
        opcional=True,
        ayuda=_l("A una unidad: el aviso llega al buzón de la unidad."),
    ),
    campos.casilla("por_webhook", _l("Avisar también a los sistemas de la unidad (webhook)")),
)


class RespuestaPedida(BaseModel):
    unidad_id: UUID
    clase: str = Field(max_length=60)
    acepta: bool


RESPUESTA = Formulario(
    "alerta.propuesta",
    RespuestaPedida,
    campos.oculto("unidad_id"),
    campos.oculto("clase"),
    campos.boton("acepta"),
)
HojaDeAlerta = Annotated[Hoja[AlertaPedida], Depends(ALERTA)]
HojaDeRespuesta = Annotated[Hoja[RespuestaPedida], Depends(RESPUESTA)]
PASO = Formulario("alerta.paso", Nada)
HojaDePaso = Annotated[Hoja[Nada], Depends(PASO)]
