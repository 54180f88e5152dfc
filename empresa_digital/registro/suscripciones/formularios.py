"""The forms of the webhooks of a unit: what each asks for, in which words."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel, Field

from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.textos import perezoso as _l


class TipoMarcado(BaseModel):
    codigo: str
    si: bool = False


class SuscripcionPedida(BaseModel):
    """Where to tell, and of what: no type ticked means all."""

    url: str = Field(min_length=9, max_length=500)
    tipos: list[TipoMarcado] = []


class ReenvioPedido(BaseModel):
    desde: datetime
    hasta: datetime
    solo_fallidas: bool


SUSCRIPCION = Formulario(
    "webhook.suscripcion",
    SuscripcionPedida,
    campos.texto(
        "url",
        _l("Dirección que recibe los avisos"),
        ayuda=_l("Pública y con https, por ejemplo https://ejemplo.bo/avisos."),
        maximo=500,
        modo="url",
    ),
    campos.oculto("tipos.*.codigo"),
    campos.casilla("tipos.*.si", _l("Avisar de esto")),
    lugares={"direccion_prohibida": "url"},
)
REENVIO = Formulario(
    "webhook.reenvio",
    ReenvioPedido,
    campos.momento("desde", _l("Desde")),
    campos.momento("hasta", _l("Hasta")),
    campos.casilla("solo_fallidas", _l("Solo lo que no fue aceptado")),
)
PASO = Formulario("webhook.paso", Nada)
HojaDeSuscripcion = Annotated[Hoja[SuscripcionPedida], Depends(SUSCRIPCION)]
HojaDeReenvio = Annotated[Hoja[ReenvioPedido], Depends(REENVIO)]
HojaDePaso = Annotated[Hoja[Nada], Depends(PASO)]
