"""JSON routes of the catalogue."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, File, Response, Security, UploadFile
from sqlmodel import Session

from ciudadania import ActorOpcional, actor_requerido
from comercio.catalogo import fotos, presentar, variar
from comercio.catalogo import publicar as catalogo
from comercio.catalogo.categorias import arbol
from comercio.catalogo.consultas import detalle_de_producto
from comercio.catalogo.errores import ProductoNoEncontrado, VarianteNoEncontrada
from comercio.catalogo.esquemas import (
    ExistenciasLeidas,
    FotoCambios,
    FotoFicha,
    HistorialDePrecios,
    MovimientoNuevo,
    ProductoCambios,
    ProductoFicha,
    ProductoNuevo,
    TrasladoNuevo,
    VarianteCambios,
    VarianteNueva,
)
from comercio.catalogo.historial import hace_dias, historial_de
from comercio.catalogo.lugares import existencias_por_lugar
from comercio.catalogo.opciones import opciones_de
from nucleo.actor import Actor
from nucleo.archivos import Recibido
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.etag import VersionPedida, etag
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente)
Vendedor = Annotated[Actor, Security(actor_requerido, scopes=["productos"])]


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
    return _ficha(sesion, actor, producto_id, response)


@router.get(
    "/productos/{producto_id}/precios",
    dependencies=[Depends(publico)],
    responses=respuestas(404),
    tags=["productos"],
)
def precios_del_producto(producto_id: UUID, sesion: Sesion, actor: ActorOpcional) -> HistorialDePrecios:
    """Lo que costó desde que está a la venta, en el último año: cada variante, y la más barata."""
    detalle = detalle_de_producto(sesion, producto_id, actor)
    return presentar.historial(historial_de(sesion, detalle.producto.id), hace_dias())


@router.post("/productos", status_code=201, responses=respuestas(404, 409), tags=["productos"])
def crear_producto(
    datos: ProductoNuevo, sesion: Sesion, actor: Vendedor, response: Response, _: Idempotente
) -> ProductoFicha:
    """Create a product of a unit; a draft unless `publicar`."""
    producto = catalogo.crear_producto(sesion, actor, datos)
    response.headers["ETag"] = etag(producto.version)
    response.headers["Location"] = f"/api/v1/productos/{producto.id}"
    return presentar.producto(detalle_de_producto(sesion, producto.id, actor), arbol(sesion))


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
    detalle_de_producto(sesion, producto_id, actor)  # what somebody may not see does not exist for them
    producto = catalogo.editar_producto(sesion, actor, producto_id, version, cambios)
    response.headers["ETag"] = etag(producto.version)
    return presentar.producto(detalle_de_producto(sesion, producto_id, actor), arbol(sesion))


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
    return presentar.foto(fotos.agregar_foto(sesion, actor, producto_id, Recibido.de(foto)))


@router.patch("/productos/{producto_id}/fotos/{foto_id}", responses=respuestas(404, 409), tags=["productos"])
def editar_foto(
    producto_id: UUID, foto_id: UUID, cambios: FotoCambios, sesion: Sesion, actor: Vendedor
) -> FotoFicha:
    """Say what a picture shows, or put it elsewhere among the others."""
    return presentar.foto(fotos.editar_foto(sesion, actor, producto_id, foto_id, cambios))


@router.put("/productos/{producto_id}/fotos/{foto_id}", responses=respuestas(404, 409), tags=["productos"])
def reemplazar_foto(
    producto_id: UUID,
    foto_id: UUID,
    foto: Annotated[UploadFile, File(description="JPEG, PNG, WebP o HEIC de hasta 8 MB.")],
    sesion: Sesion,
    actor: Vendedor,
) -> FotoFicha:
    """Another picture in the place of this one."""
    return presentar.foto(fotos.reemplazar_foto(sesion, actor, producto_id, foto_id, Recibido.de(foto)))


@router.delete(
    "/productos/{producto_id}/fotos/{foto_id}", status_code=204, responses=respuestas(404), tags=["productos"]
)
def quitar_foto(producto_id: UUID, foto_id: UUID, sesion: Sesion, actor: Vendedor) -> None:
    """Take a picture away; orders that show it keep it."""
    fotos.quitar_foto(sesion, actor, producto_id, foto_id)


@router.post(
    "/productos/{producto_id}/variantes",
    status_code=201,
    responses=respuestas(404, 409, 412, 428),
    tags=["productos"],
)
def crear_variante(
    producto_id: UUID,
    datos: VarianteNueva,
    version: VersionPedida,
    response: Response,
    sesion: Sesion,
    actor: Vendedor,
    _: Idempotente,
) -> ProductoFicha:
    """One more size, colour or measure of a product, with its own price and stock."""
    variar.crear_variante(sesion, actor, producto_id, version, datos)
    return _ficha(sesion, actor, producto_id, response)


@router.patch(
    "/productos/{producto_id}/variantes/{variante_id}",
    responses=respuestas(404, 409, 412, 428),
    tags=["productos"],
)
def editar_variante(
    producto_id: UUID,
    variante_id: UUID,
    cambios: VarianteCambios,
    version: VersionPedida,
    response: Response,
    sesion: Sesion,
    actor: Vendedor,
) -> ProductoFicha:
    """Change a variant: code, price, prices by quantity, place in the list; withdraw it, bring it back."""
    variar.editar_variante(sesion, actor, producto_id, variante_id, version, cambios)
    return _ficha(sesion, actor, producto_id, response)


@router.post(
    "/productos/{producto_id}/variantes/{variante_id}/movimientos",
    status_code=201,
    responses=respuestas(404, 409, 412, 428),
    tags=["productos"],
)
def mover_existencia(
    producto_id: UUID,
    variante_id: UUID,
    datos: MovimientoNuevo,
    version: VersionPedida,
    response: Response,
    sesion: Sesion,
    actor: Vendedor,
    _: Idempotente,
) -> ProductoFicha:
    """More came, some broke, or it was counted."""
    variar.mover_existencia(sesion, actor, producto_id, variante_id, version, datos)
    return _ficha(sesion, actor, producto_id, response)


@router.post(
    "/productos/{producto_id}/variantes/{variante_id}/traslados",
    status_code=201,
    responses=respuestas(404, 409, 412, 428),
    tags=["productos"],
)
def trasladar_existencia(
    producto_id: UUID,
    variante_id: UUID,
    datos: TrasladoNuevo,
    version: VersionPedida,
    response: Response,
    sesion: Sesion,
    actor: Vendedor,
    _: Idempotente,
) -> ProductoFicha:
    """Take so much of it from a place of dispatch to another."""
    variar.trasladar_existencia(sesion, actor, producto_id, variante_id, version, datos)
    return _ficha(sesion, actor, producto_id, response)


@router.get(
    "/productos/{producto_id}/variantes/{variante_id}/existencias",
    responses=respuestas(404),
    tags=["productos"],
)
def ver_existencias(
    producto_id: UUID, variante_id: UUID, sesion: Sesion, actor: Vendedor
) -> ExistenciasLeidas:
    """What there is of a variant in each place of dispatch; for who sells it."""
    detalle = detalle_de_producto(sesion, producto_id, actor)
    if not detalle.es_del_vendedor:
        raise ProductoNoEncontrado()
    if all(o.id != variante_id for o in opciones_de(sesion, producto_id, todas=True)):
        raise VarianteNoEncontrada()
    lugares = existencias_por_lugar(sesion, detalle.producto.vendedor_id, variante_id)
    return ExistenciasLeidas(datos=[presentar.existencia(x) for x in lugares])


def _ficha(sesion: Session, actor: Actor | None, producto_id: UUID, response: Response) -> ProductoFicha:
    detalle = detalle_de_producto(sesion, producto_id, actor)
    response.headers["ETag"] = etag(detalle.producto.version)
    return presentar.producto(detalle, arbol(sesion))


@router.get("/categorias", dependencies=[Depends(publico)], responses=respuestas(), tags=["productos"])
def listar_categorias(sesion: Sesion) -> dict[str, dict[str, str]]:
    """The branches of the catalogue and, in each, the categories a product may have (code: name)."""
    return {rama: {hoja.codigo: hoja.nombre for hoja in hojas} for rama, hojas in arbol(sesion).ramas.items()}
