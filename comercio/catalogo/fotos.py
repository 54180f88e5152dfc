"""Pictures of a product: added, described, put in order, replaced, taken away. Lists show the first."""

from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, func, select

from comercio.catalogo.bloqueos import bloquear_producto
from comercio.catalogo.errores import DemasiadasFotos, FotoNoEncontrada
from comercio.catalogo.esquemas import FotoCambios
from comercio.catalogo.modelos import FOTOS_MAXIMAS, Producto, ProductoFoto
from empresa_digital.registro import Facultad, exigir_facultad
from nucleo.actor import Actor, Autorizacion
from nucleo.archivos import Recibido, guardar_imagen
from nucleo.auditoria import auditar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

_ORDENAR = text(
    """
    UPDATE comercio_producto_foto f SET orden = n.orden
    FROM unnest(CAST(:ids AS uuid[])) WITH ORDINALITY AS n (id, orden) WHERE f.id = n.id
    """
)


def agregar_foto(
    sesion: Session, actor: Actor, producto_id: UUID, recibido: Recibido, descripcion: str = ""
) -> ProductoFoto:
    """Add an uploaded picture (re-encoded). Raises `ImagenInvalida` and `DemasiadasFotos`."""
    producto = bloquear_producto(sesion, producto_id)
    autorizacion = exigir_facultad(sesion, actor, producto.vendedor_id, Facultad.VENDER)
    _orden_de_la_proxima_foto(sesion, producto)  # before the picture is decoded, which is the dear part
    archivo_id = guardar_imagen(sesion, recibido, duenio=producto.id, publico=True)
    foto = anexar_foto(sesion, producto, archivo_id, descripcion)
    datos = {"archivo": str(archivo_id)}
    auditar(sesion, autorizacion, "producto.foto", "comercio_producto", producto.id, datos)
    return foto


def anexar_foto(sesion: Session, producto: Producto, archivo_id: UUID, descripcion: str) -> ProductoFoto:
    """Add a stored picture to a locked product; the first one is the one in the lists."""
    foto = ProductoFoto(
        producto_id=producto.id,
        archivo_id=archivo_id,
        descripcion=(descripcion or producto.titulo)[:200],
        orden=_orden_de_la_proxima_foto(sesion, producto),
    )
    sesion.add(foto)
    producto.foto = producto.foto or archivo_id
    producto.version += 1
    producto.actualizado_en = ahora_bd(sesion)
    sesion.flush()
    return foto


def _orden_de_la_proxima_foto(sesion: Session, producto: Producto) -> int:
    """Raises `DemasiadasFotos`."""
    consulta = select(func.max(ProductoFoto.orden)).where(ProductoFoto.producto_id == producto.id)
    ultimo = sesion.exec(consulta).one() or 0
    if ultimo >= FOTOS_MAXIMAS:
        raise DemasiadasFotos(_("Un producto lleva como máximo %(n)s fotos.") % {"n": FOTOS_MAXIMAS})
    return ultimo + 1


def editar_foto(
    sesion: Session, actor: Actor, producto_id: UUID, foto_id: UUID, cambios: FotoCambios
) -> ProductoFoto:
    """Say what it shows, or put it elsewhere among the others. Raises `FotoNoEncontrada`."""
    producto, autorizacion, fotos, foto = _por_cambiar(sesion, actor, producto_id, foto_id)
    if cambios.descripcion is not None:
        foto.descripcion = cambios.descripcion
    if cambios.orden is not None:
        fotos.remove(foto)
        fotos.insert(cambios.orden - 1, foto)
    _ordenar(sesion, producto, fotos)
    hechos = {"foto": str(foto.id), "orden": foto.orden}
    auditar(sesion, autorizacion, "producto.foto.editar", "comercio_producto", producto.id, hechos)
    return foto


def reemplazar_foto(
    sesion: Session, actor: Actor, producto_id: UUID, foto_id: UUID, recibido: Recibido
) -> ProductoFoto:
    """Another picture in its place, with its words. Raises `FotoNoEncontrada`, `ImagenInvalida`."""
    producto, autorizacion, fotos, foto = _por_cambiar(sesion, actor, producto_id, foto_id)
    foto.archivo_id = guardar_imagen(sesion, recibido, duenio=producto.id, publico=True)
    _ordenar(sesion, producto, fotos)
    hechos = {"foto": str(foto.id), "archivo": str(foto.archivo_id)}
    auditar(sesion, autorizacion, "producto.foto.reemplazar", "comercio_producto", producto.id, hechos)
    return foto


def quitar_foto(sesion: Session, actor: Actor, producto_id: UUID, foto_id: UUID) -> None:
    """Take it away; the others close up. Orders that show it keep it. Raises `FotoNoEncontrada`."""
    producto, autorizacion, fotos, foto = _por_cambiar(sesion, actor, producto_id, foto_id)
    fotos.remove(foto)
    sesion.delete(foto)
    sesion.flush()
    _ordenar(sesion, producto, fotos)
    hechos = {"foto": str(foto_id)}
    auditar(sesion, autorizacion, "producto.foto.quitar", "comercio_producto", producto.id, hechos)


def _por_cambiar(
    sesion: Session, actor: Actor, producto_id: UUID, foto_id: UUID
) -> tuple[Producto, Autorizacion, list[ProductoFoto], ProductoFoto]:
    producto = bloquear_producto(sesion, producto_id)
    autorizacion = exigir_facultad(sesion, actor, producto.vendedor_id, Facultad.VENDER)
    consulta = select(ProductoFoto).where(ProductoFoto.producto_id == producto_id)
    fotos = list(sesion.exec(consulta.order_by(col(ProductoFoto.orden))))
    foto = next((f for f in fotos if f.id == foto_id), None)
    if foto is None:
        raise FotoNoEncontrada()
    return producto, autorizacion, fotos, foto


def _ordenar(sesion: Session, producto: Producto, fotos: list[ProductoFoto]) -> None:
    sesion.flush()
    sesion.connection().execute(_ORDENAR, {"ids": [f.id for f in fotos]})
    for foto in fotos:
        sesion.refresh(foto)
    producto.foto = fotos[0].archivo_id if fotos else None
    producto.version += 1
    producto.actualizado_en = ahora_bd(sesion)
    sesion.flush()
