"""JSON routes of the search."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import StringConstraints

from comercio.busqueda import presentar
from comercio.busqueda.buscar import buscar_productos
from comercio.busqueda.esquemas import PaginaProductos
from comercio.busqueda.valores import Filtros
from nucleo.bd import Sesion
from nucleo.dinero import de_centavos
from nucleo.errores import DatosInvalidos, respuestas
from nucleo.lectores import Entero
from nucleo.paginacion import Cursor
from nucleo.textos import gettext as _
from nucleo.web import publico

router = APIRouter(prefix="/api/v1")


@router.get("/productos", dependencies=[Depends(publico)], responses=respuestas(), tags=["productos"])
def listar_productos(
    sesion: Sesion,
    pagina: Cursor,
    q: Annotated[str, Query(max_length=200, description="Palabras; se corrigen errores de escritura.")] = "",
    categoria: Annotated[str | None, Query(pattern="^[a-z-]{1,40}$")] = None,
    departamento: Annotated[str | None, Query(pattern="^0[1-9]$", description="Código INE.")] = None,
    precio_min: Annotated[Entero | None, Query(ge=0, le=10**12, description="Centavos.")] = None,
    precio_max: Annotated[Entero | None, Query(ge=0, le=10**12, description="Centavos.")] = None,
    vendedor_id: UUID | None = None,
    con_existencia: bool = False,
    atributo: Annotated[
        list[Annotated[str, StringConstraints(pattern=r"^[a-záéíóúñü ]{1,40}:[^\x00-\x1f]{1,60}$")]],
        Query(max_length=6, description="Como `talla:M`; todos de una misma variante."),
    ] = [],  # noqa: B006 (FastAPI copies it)
    origen: Annotated[
        str | None, Query(pattern="^[A-Z]{2}$", description="País donde se hizo (ISO 3166); `BO`, Bolivia.")
    ] = None,
    orden: Literal["relevancia", "recientes", "precio_asc", "precio_desc"] | None = None,
) -> PaginaProductos:
    """Products on sale, with how many each choice would leave."""
    desde, hasta = (None if p is None else de_centavos(p) for p in (precio_min, precio_max))
    if precio_min is not None and precio_max is not None and precio_min > precio_max:
        texto = _("El precio mínimo es mayor que el máximo: ningún producto puede costar eso.")
        raise DatosInvalidos(texto, campos={"precio_min": texto})
    pares = [texto.partition(":") for texto in atributo]
    filtros = Filtros(
        q,
        categoria,
        departamento,
        desde,
        hasta,
        vendedor_id,
        con_existencia,
        orden,
        tuple((nombre, valor) for nombre, _dos_puntos, valor in pares),
        origen,
    )
    resultado = buscar_productos(sesion, filtros, pagina)
    return PaginaProductos(
        datos=[presentar.producto_breve(f) for f in resultado.productos],
        siguiente=resultado.siguiente,
        facetas=presentar.facetas(resultado.facetas),
        entendido=resultado.entendido,
    )
