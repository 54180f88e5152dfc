"""The form of the scanner."""

from typing import Annotated, Self
from uuid import UUID

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
    agencia: UUID | None = None
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
    return [(c.value, CODIGOS[c].texto) for c in CODIGOS_DE_ESCANEO]


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
    campos.seleccion(
        "agencia",
        _l("En qué agencia"),
        ayuda=_l("Se muestra en el seguimiento."),
        elija=_l("En ninguna: en camino"),
        opcional=True,
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


class Pendiente(BaseModel):
    """A reading that waits for its worker, and which of the two buttons."""

    lectura: UUID
    deshacer: bool = False


PENDIENTE = Formulario(
    "envio.escaneo_pendiente", Pendiente, campos.oculto("lectura"), campos.boton("deshacer")
)


HojaDeEscaneo = Annotated[Hoja[Escaneo], Depends(ESCANEO)]
HojaDePendiente = Annotated[Hoja[Pendiente], Depends(PENDIENTE)]
