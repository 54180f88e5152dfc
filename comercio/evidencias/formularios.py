"""Forms: what each asks for, in which words."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel, Field

from comercio.evidencias.esquemas import ParaQue
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l


class Congelacion(BaseModel):
    """`consulta`: the search, as the shop's address writes it."""

    unidad_id: UUID
    para_que: ParaQue
    producto_id: UUID | None = None
    consulta: Annotated[str, Field(max_length=2000)] = ""


CONGELACION = Formulario(
    "busqueda.congelacion",
    Congelacion,
    campos.seleccion("unidad_id", _l("¿Para qué entidad?"), falta=_l("Elija la entidad.")),
    campos.area(
        "para_que",
        _l("¿Para qué se busca?"),
        ayuda=_l("La necesidad, o el proceso al que servirá de respaldo. Queda en el documento."),
        falta=_l("Diga para qué, con 3 letras o más."),
        filas=3,
        maximo=300,
    ),
    campos.seleccion(
        "producto_id",
        _l("¿Qué producto eligió?"),
        opcional=True,
        elija=_l("Todavía ninguno"),
    ),
    campos.oculto("consulta", opcional=True, vacio=""),
)
HojaDeCongelacion = Annotated[Hoja[Congelacion], Depends(CONGELACION)]
