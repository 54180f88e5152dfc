"""The form of an executing unit."""

from typing import Annotated

from fastapi import Depends

from feria_inversa.entidades.esquemas import EjecutoraEntrada
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l

EJECUTORA = Formulario(
    "entidad.ejecutora",
    EjecutoraEntrada,
    campos.texto(
        "ejecutora",
        _l("Código de la unidad ejecutora"),
        ayuda=_l("Los dos números que lleva en SICOES: 03."),
        falta=_l("El código tiene dos números."),
        modo="numeric",
        ancho="corto",
        maximo=2,
    ),
    campos.texto("nombre", _l("Nombre"), maximo=160, falta=_l("Escriba su nombre.")),
)
HojaDeEjecutora = Annotated[Hoja[EjecutoraEntrada], Depends(EJECUTORA)]
