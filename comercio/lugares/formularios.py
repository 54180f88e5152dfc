"""Forms: what each asks for, in which words."""

from typing import Annotated

from fastapi import Depends

from comercio.lugares.esquemas import LugarNuevo
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.textos import perezoso as _l

LUGAR = Formulario(
    "lugar_de_despacho",
    LugarNuevo,
    campos.oculto("unidad_id"),
    campos.texto(
        "nombre",
        _l("¿Cómo se llama?"),
        ayuda=_l("Taller, depósito, puesto del mercado."),
        maximo=80,
        falta=_l("Escriba un nombre de 2 a 80 letras."),
    ),
    campos.area(
        "referencia",
        _l("¿Dónde queda?"),
        ayuda=_l("Calle o zona, y algo que se reconozca."),
        filas=2,
        maximo=300,
        falta=_l("Escriba dónde queda, en 5 a 300 letras."),
    ),
)
CIERRE = Formulario("lugar_de_despacho.cierre", Nada)
HojaDeLugar = Annotated[Hoja[LugarNuevo], Depends(LUGAR)]
HojaDeCierre = Annotated[Hoja[Nada], Depends(CIERRE)]
