"""JSON route of the prices at which things alike were awarded."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from feria_inversa.precios import UnidadMedida
from feria_inversa.procesos.esquemas import PreciosAdjudicadosSalida, Unspsc
from feria_inversa.procesos.precios_pasados import Buscado, precios_pasados
from feria_inversa.procesos.presentar import precios_adjudicados
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.lectores import escrito
from nucleo.web import publico

router = APIRouter(prefix="/api/v1/precios-adjudicados", tags=["feria inversa"])


@router.get("", dependencies=[Depends(publico)], responses=respuestas())
def ver_precios_adjudicados(
    sesion: Sesion,
    descripcion: Annotated[str, escrito(500, 3), Query(description="Las palabras, en cualquier orden.")],
    unidad_medida: UnidadMedida,
    unspsc: Annotated[Unspsc | None, Query(description="Descarta lo que tiene otro código.")] = None,
) -> PreciosAdjudicadosSalida:
    """A cuánto se adjudicó lo mismo, con la misma unidad: cuántas veces y entre qué precios.

    Con menos de tres adjudicaciones solo dice cuántas hay. De muchas cuenta las 200 últimas.
    """
    (hallados,) = precios_pasados(sesion, [Buscado(descripcion, unidad_medida, unspsc)])
    return precios_adjudicados(hallados)
