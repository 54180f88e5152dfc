"""Take in products by the hundred, already published elsewhere: with their ids, dates and pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from comercio.catalogo.categorias import arbol
from comercio.catalogo.esquemas import ProductoNuevo
from comercio.catalogo.estados import EstadoProducto, Motivo
from comercio.catalogo.modelos import Existencia, Producto, ProductoFoto
from comercio.catalogo.movimientos import anotar_movimientos, lugar_principal
from comercio.catalogo.publicar import armar_producto, armar_variante, datos_del_vendedor
from empresa_digital.registro import Facultad, exigir_facultad, unidad_por_id
from nucleo.actor import Actor
from nucleo.auditoria import auditar


@dataclass(frozen=True, slots=True)
class ProductoImportado:
    id: UUID
    variante_id: UUID
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
    lugares, autorizaciones = {}, {}
    for unidad_id, actor in quien_vende.items():
        autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER)
        unidad = unidad_por_id(sesion, unidad_id)
        vendedores[unidad_id] = datos_del_vendedor(sesion, unidad)
        lugares[unidad_id] = lugar_principal(sesion, unidad).id
        autorizaciones[unidad_id] = autorizacion
        auditar(sesion, autorizacion, "producto.importar", "registro_unidad", unidad_id)
    ramas = arbol(sesion)
    filas, variantes = [], []
    for importado in productos:
        datos = importado.datos
        fila = armar_producto(datos, ramas.hoja(datos.categoria), vendedores[datos.unidad_id])
        fila.id, fila.foto = importado.id, importado.foto
        fila.estado, fila.publicado_en = EstadoProducto.PUBLICADO, importado.publicado_en
        filas.append(fila)
        variante = armar_variante(fila, datos)
        variante.id = importado.variante_id
        variantes.append(variante)
    sesion.add_all(filas)
    sesion.flush()
    sesion.add_all(variantes)
    sesion.flush()
    existencias = [
        Existencia(
            variante_id=v.id,
            lugar_id=lugares[v.vendedor_id],
            vendedor_id=v.vendedor_id,
            unidad_medida=v.unidad_medida,
        )
        for v in variantes
    ]
    sesion.add_all(existencias)
    sesion.flush()
    for unidad_id, autorizacion in autorizaciones.items():
        iniciales = {
            e.id: p.datos.existencia
            for e, p in zip(existencias, productos, strict=True)
            if e.vendedor_id == unidad_id
        }
        anotar_movimientos(sesion, autorizacion, Motivo.APERTURA, iniciales)
    sesion.add_all(
        ProductoFoto(producto_id=p.id, archivo_id=p.foto, descripcion=p.descripcion_de_foto, orden=1)
        for p in productos
    )
    sesion.flush()
    return True
