"""The form of an award that falls."""

from typing import Annotated

from fastapi import Depends

from feria_inversa.contratos.esquemas import SinEfectoEntrada
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l

_CAUSAS = (
    ("desistido", _l("El proveedor desistió")),
    ("descalificado", _l("La entidad lo descalifica")),
)
SIN_EFECTO = Formulario(
    "convocatoria.sin_efecto",
    SinEfectoEntrada,
    campos.seleccion("item_id", _l("Ítem adjudicado"), falta=_l("Elija el ítem.")),
    campos.opciones(
        "causa",
        _l("Por qué queda sin efecto"),
        opciones=lambda: [(codigo, str(nombre)) for codigo, nombre in _CAUSAS],
        falta=_l("Elija la causa."),
    ),
    campos.area(
        "explicacion",
        _l("Explicación, que será pública"),
        filas=3,
        maximo=1000,
        falta=_l("Explíquelo con al menos 10 letras: será público."),
    ),
)
HojaDeSinEfecto = Annotated[Hoja[SinEfectoEntrada], Depends(SIN_EFECTO)]
