"""The form by which a unit asks for a quality."""

from typing import Annotated

from fastapi import Depends

from empresa_digital.registro.habilitaciones.esquemas import HabilitacionSolicitud
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l

SOLICITUD = Formulario(
    "habilitacion.solicitud",
    HabilitacionSolicitud,
    campos.opciones("habilitacion", _l("¿Qué necesita hacer?"), falta=_l("Elija una habilitación.")),
)
HojaDeSolicitud = Annotated[Hoja[HabilitacionSolicitud], Depends(SOLICITUD)]
