"""The form of the scanner."""

from typing import Annotated, Self

from fastapi import Depends
from pydantic import BaseModel, model_validator

from envios.eventos import (
    CODIGOS,
    CODIGOS_DE_ESCANEO,
    AccionIntento,
    Codigo,
    Motivo,
    opciones_de_accion,
    opciones_de_motivo,
)
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l


class Escaneo(BaseModel):
    """One item read at a counter. A failed attempt says why and what follows."""

    numero: str
    codigo: Codigo
    lugar: str
    motivo: Motivo | None = None
    accion: AccionIntento | None = None

    @model_validator(mode="after")
    def _explicado(self) -> Self:
        if self.codigo is Codigo.EMI:
            raise ValueError(_("Para entregar hace falta el código de quien recibe: abra el envío."))
        if self.codigo is Codigo.EMH and (self.motivo is None or self.accion is None):
            raise ValueError(_("Si no se pudo entregar, indique el motivo y lo que se hará."))
        return self


def _escaneables() -> list[tuple[str, str]]:
    return [(c.value, f"{CODIGOS[c].texto} ({c.value})") for c in CODIGOS_DE_ESCANEO]


ESCANEO = Formulario(
    "envio.escaneo",
    Escaneo,
    campos.seleccion(
        "codigo",
        _l("Qué pasó"),
        opciones=_escaneables,
        elija=_l("Elija un evento"),
        falta=_l("Elija qué pasó con el envío."),
    ),
    campos.texto(
        "lugar",
        _l("Oficina o lugar"),
        ayuda=_l("Se muestra en el seguimiento. Por ejemplo: Oficina central, Oruro."),
        maximo=120,
        opcional=True,
        vacio="",
    ),
    campos.texto(
        "numero",
        _l("Número de envío"),
        ayuda=_l("Con el lector, la cámara o a mano."),
        maximo=60,
        autocompletar="off",
    ),
    campos.seleccion(
        "motivo", _l("Motivo"), opciones=opciones_de_motivo, elija=_l("Elija un motivo"), opcional=True
    ),
    campos.seleccion(
        "accion", _l("Qué se hará"), opciones=opciones_de_accion, elija=_l("Elija una acción"), opcional=True
    ),
)


HojaDeEscaneo = Annotated[Hoja[Escaneo], Depends(ESCANEO)]
