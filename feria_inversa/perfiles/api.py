"""JSON routes of the prices of what is alike."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from feria_inversa.perfiles import presentar
from feria_inversa.perfiles.esquemas import PaginaDePrecios
from feria_inversa.perfiles.precios import buscar_precios
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.lectores import escrito
from nucleo.paginacion import Cursor
from nucleo.web import publico

router = APIRouter(prefix="/api/v1/mercado", tags=["feria inversa"])


@router.get("/precios", dependencies=[Depends(publico)], responses=respuestas())
def listar_precios_del_mercado(
    sesion: Sesion,
    pagina: Cursor,
    q: Annotated[str, escrito(200), Query(description="Todas estas palabras, en cualquier orden.")] = "",
) -> PaginaDePrecios:
    """A qué precio compra el Estado lo mismo, lo que más se adjudicó primero."""
    hallados, siguiente = buscar_precios(sesion, q, pagina)
    return PaginaDePrecios(datos=presentar.precios(hallados), siguiente=siguiente)
