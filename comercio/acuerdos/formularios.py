"""Forms: what each asks for, in which words."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel

from comercio.acuerdos.esquemas import PlazoPedido, QuitaPedida
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l


class Respuesta(BaseModel):
    acuerdo_id: UUID
    acepta: bool = False


_MOTIVO = campos.texto(
    "motivo",
    _l("¿Por qué?"),
    ayuda=_l("La otra parte lo lee."),
    maximo=300,
    falta=_l("Escriba el motivo, con 3 letras o más."),
)
PLAZO = Formulario(
    "acuerdo.plazo",
    PlazoPedido,
    campos.fecha("hasta", _l("¿Hasta qué día?"), falta=_l("Elija el último día.")),
    _MOTIVO,
)
QUITAR = Formulario(
    "acuerdo.quitar",
    QuitaPedida,
    campos.seleccion("linea_id", _l("¿De qué?"), falta=_l("Elija de qué.")),
    campos.cantidad("cantidad", _l("¿Cuánto menos?"), falta=_l("Escriba cuánto menos, con números.")),
    _MOTIVO,
    lugares={"lineas.0.cantidad": "cantidad"},
)
RESPUESTA = Formulario("acuerdo.respuesta", Respuesta, campos.oculto("acuerdo_id"), campos.boton("acepta"))
HojaDePlazo = Annotated[Hoja[PlazoPedido], Depends(PLAZO)]
HojaDeQuita = Annotated[Hoja[QuitaPedida], Depends(QUITAR)]
HojaDeRespuesta = Annotated[Hoja[Respuesta], Depends(RESPUESTA)]
