"""JSON routes of the catalogue. Carts and orders: `api_pedidos`."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, File, Query, Response, Security, UploadFile

from ciudadania import ActorOpcional, actor_requerido
from comercio import api_pedidos, catalogo, presentar
from comercio.buscar import Filtros, buscar_productos
from comercio.categorias import arbol
from comercio.consultas import Detalle, detalle_de_producto
from comercio.esquemas import (
    FotoFicha,
    PaginaProductos,
    ProductoCambios,
    ProductoFicha,
    ProductoNuevo,
)
from nucleo.actor import Actor
from nucleo.archivos import Recibido, url_archivo
from nucleo.bd import Sesion
from nucleo.dinero import de_centavos
from nucleo.errores import respuestas
from nucleo.etag import VersionPedida, etag
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.lectores import Entero
from nucleo.paginacion import Cursor
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente)
Vendedor = Annotated[Actor, Security(actor_requerido, scopes=["productos"])]


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
    orden: Literal["relevancia", "recientes", "precio_asc", "precio_desc"] | None = None,
) -> PaginaProductos:
    """Products on sale, with how many each choice would leave."""
    desde, hasta = (None if p is None else de_centavos(p) for p in (precio_min, precio_max))
    filtros = Filtros(q, categoria, departamento, desde, hasta, vendedor_id, con_existencia, orden)
    resultado = buscar_productos(sesion, filtros, pagina)
    return PaginaProductos(
        datos=[presentar.producto_breve(f) for f in resultado.productos],
        siguiente=resultado.siguiente,
        facetas=presentar.facetas(resultado.facetas),
        entendido=resultado.entendido,
    )


@router.get(
    "/productos/{producto_id}",
    dependencies=[Depends(publico)],
    responses=respuestas(404),
    tags=["productos"],
)
def ver_producto(
    producto_id: UUID, sesion: Sesion, actor: ActorOpcional, response: Response
) -> ProductoFicha:
    """A product; drafts only to their seller. The `ETag` serves to edit it."""
    detalle = detalle_de_producto(sesion, producto_id, actor)
    response.headers["ETag"] = etag(detalle.producto.version)
    return presentar.producto(detalle)


@router.post("/productos", status_code=201, responses=respuestas(404, 409), tags=["productos"])
def crear_producto(
    datos: ProductoNuevo, sesion: Sesion, actor: Vendedor, response: Response, _: Idempotente
) -> ProductoFicha:
    """Create a product of a unit; a draft unless `publicar`."""
    producto = catalogo.crear_producto(sesion, actor, datos)
    response.headers["ETag"] = etag(producto.version)
    response.headers["Location"] = f"/api/v1/productos/{producto.id}"
    return presentar.producto(Detalle(producto, [], True))


@router.patch("/productos/{producto_id}", responses=respuestas(404, 409, 412, 428), tags=["productos"])
def editar_producto(
    producto_id: UUID,
    cambios: ProductoCambios,
    version: VersionPedida,
    response: Response,
    sesion: Sesion,
    actor: Vendedor,
) -> ProductoFicha:
    """Change a product, its price, stock or state. `If-Match` carries the ETag that was read."""
    detalle = detalle_de_producto(sesion, producto_id, actor)
    producto = catalogo.editar_producto(sesion, actor, producto_id, version, cambios)
    response.headers["ETag"] = etag(producto.version)
    return presentar.producto(Detalle(producto, detalle.fotos, True))


@router.post(
    "/productos/{producto_id}/fotos", status_code=201, responses=respuestas(404, 409), tags=["productos"]
)
def agregar_foto(
    producto_id: UUID,
    foto: Annotated[UploadFile, File(description="JPEG, PNG, WebP o HEIC de hasta 8 MB.")],
    sesion: Sesion,
    actor: Vendedor,
    _: Idempotente,
) -> FotoFicha:
    """Add a picture; it is decoded, stripped of metadata and stored in several sizes."""
    guardada = catalogo.agregar_foto(sesion, actor, producto_id, Recibido.de(foto))
    return FotoFicha(url=url_archivo(guardada.archivo_id), descripcion=guardada.descripcion)


@router.get("/categorias", dependencies=[Depends(publico)], responses=respuestas(), tags=["productos"])
def listar_categorias(sesion: Sesion) -> dict[str, dict[str, str]]:
    """The branches of the catalogue and, in each, the categories a product may have (code: name)."""
    return {rama: {hoja.codigo: hoja.nombre for hoja in hojas} for rama, hojas in arbol(sesion).ramas.items()}


router.include_router(api_pedidos.router)
