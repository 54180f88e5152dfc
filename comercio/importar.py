"""Take in products by the hundred, already published elsewhere: with their ids, dates and pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from comercio.buscar import olvidar_facetas
from comercio.catalogo import armar_producto, datos_del_vendedor
from comercio.categorias import arbol
from comercio.esquemas import ProductoNuevo
from comercio.estados import EstadoProducto
from comercio.modelos import Producto, ProductoFoto
from empresa_digital.registro import Facultad, exigir_facultad, unidad_por_id
from nucleo.actor import Actor
from nucleo.auditoria import auditar


@dataclass(frozen=True, slots=True)
class ProductoImportado:
    id: UUID
    datos: ProductoNuevo
    publicado_en: datetime
    foto: UUID  # a file kept for this product
    descripcion_de_foto: str


def importar_productos(
    sesion: Session, quien_vende: Mapping[UUID, Actor], productos: Sequence[ProductoImportado]
) -> bool:
    """Write them all, published; False, and nothing, when the first is already there.

    `quien_vende` says who acts for each unit: they need the faculty VENDER.
    """
    if not productos or sesion.get(Producto, productos[0].id) is not None:
        return False
    vendedores: dict[UUID, dict[str, Any]] = {}
    for unidad_id, actor in quien_vende.items():
        autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER)
        vendedores[unidad_id] = datos_del_vendedor(sesion, unidad_por_id(sesion, unidad_id))
        auditar(sesion, autorizacion, "producto.importar", "registro_unidad", unidad_id)
    ramas = arbol(sesion)
    filas = []
    for importado in productos:
        datos = importado.datos
        fila = armar_producto(datos, ramas.hoja(datos.categoria), vendedores[datos.unidad_id])
        fila.id, fila.foto = importado.id, importado.foto
        fila.estado, fila.publicado_en = EstadoProducto.PUBLICADO, importado.publicado_en
        filas.append(fila)
    sesion.add_all(filas)
    sesion.flush()
    sesion.add_all(
        ProductoFoto(producto_id=p.id, archivo_id=p.foto, descripcion=p.descripcion_de_foto, orden=1)
        for p in productos
    )
    sesion.flush()
    olvidar_facetas()
    return True
