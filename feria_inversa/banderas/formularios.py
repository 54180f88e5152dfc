"""The form of the answer of an entity."""

from typing import Annotated

from fastapi import Depends

from feria_inversa.banderas.esquemas import RespuestaDeBandera
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l

RESPUESTA = Formulario(
    "bandera.respuesta",
    RespuestaDeBandera,
    campos.area(
        "respuesta",
        _l("Respuesta de la entidad"),
        ayuda=_l("La verá cualquiera junto a la bandera, con su nombre y la fecha. Lo ya dicho queda."),
        filas=4,
        maximo=3000,
        falta=_l("Escriba la respuesta con al menos 10 letras."),
    ),
)
HojaDeRespuesta = Annotated[Hoja[RespuestaDeBandera], Depends(RESPUESTA)]
