"""JSON route of the prices at which things alike were awarded."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from feria_inversa.precios import UnidadMedida
from feria_inversa.procesos.esquemas import PreciosAdjudicadosSalida
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
) -> PreciosAdjudicadosSalida:
    """A cuánto se adjudicó lo mismo, con la misma unidad, aquí y en la historia: entre qué precios.

    Si son pocos, o demasiado distintos entre sí, solo dice cuántos hay.
    """
    (hallados,) = precios_pasados(sesion, [Buscado(descripcion, unidad_medida)])
    return precios_adjudicados(hallados)
