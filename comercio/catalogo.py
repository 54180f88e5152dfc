"""Publish and edit products. Whoever edits has the faculty VENDER of the unit; the unit, leave to sell."""

import re
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlalchemy import func, or_, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from comercio import eventos
from comercio.bloqueos import bloquear_producto, productos_del_vendedor
from comercio.categorias import Nodo, arbol
from comercio.errores import DemasiadasFotos, ExistenciaReservada, SkuRepetido
from comercio.esquemas import ProductoCambios, ProductoNuevo
from comercio.estados import VIDA_PRODUCTO, EstadoProducto, Modalidad
from comercio.modelos import (
    EXISTENCIA_MAXIMA,
    FOTOS_MAXIMAS,
    PRECIO_MAXIMO_CENTAVOS,
    Producto,
    ProductoFoto,
)
from empresa_digital.registro import (
    Facultad,
    Habilitacion,
    Unidad,
    exigir_facultad,
    exigir_habilitacion,
    lugar,
    tiene_habilitacion,
    unidad_por_id,
    unidades_en_lote,
)
from nucleo.actor import Actor, Autorizacion
from nucleo.archivos import Recibido, guardar_imagen
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos
from nucleo.errores import DatosInvalidos, PrecondicionFallida
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


def ya_creado(sesion: Session, actor: Actor, producto_id: UUID) -> Producto | None:
    """The product that a form sent again made the first time. Raises `SinFacultad`."""
    producto = sesion.get(Producto, producto_id)
    if producto is not None:
        exigir_facultad(sesion, actor, producto.vendedor_id, Facultad.VENDER)
    return producto


def crear_producto(
    sesion: Session, actor: Actor, datos: ProductoNuevo, producto_id: UUID | None = None
) -> Producto:
    """A new product, a draft unless `datos.publicar`. Raises `SinFacultad`, `SkuRepetido` and, to publish,
    `SinHabilitacion`."""
    autorizacion = exigir_facultad(sesion, actor, datos.unidad_id, Facultad.VENDER)
    unidad = unidad_por_id(sesion, datos.unidad_id)
    hoja = arbol(sesion).hoja(datos.categoria)
    producto = armar_producto(datos, hoja, datos_del_vendedor(sesion, unidad))
    producto.id = producto_id or producto.id
    if datos.publicar:
        exigir_habilitacion(sesion, unidad.id, Habilitacion.VENDEDOR)
        producto.estado = EstadoProducto.PUBLICADO
        producto.publicado_en = ahora_bd(sesion)
    sesion.add(producto)
    _guardar(sesion, producto)
    auditar(sesion, autorizacion, "producto.crear", "comercio_producto", producto.id, _resumen(producto))
    if datos.publicar:
        publicar(sesion, eventos.PRODUCTO_PUBLICADO, producto.id, {"sku": producto.sku}, autorizacion)
    return producto


def armar_producto(datos: ProductoNuevo, hoja: Nodo, vendedor: dict[str, Any]) -> Producto:
    """The row of a draft, not yet in any session; `vendedor` comes from `datos_del_vendedor`."""
    iguales = {c: getattr(datos, c) for c in ProductoNuevo.model_fields if c in Producto.model_fields}
    propios = {
        "id": nuevo_id(),
        "vendedor_id": datos.unidad_id,
        "sku": datos.sku or _sku_nuevo(),
        "titulo": _en_una_linea(datos.titulo),
        "categoria_codigo": hoja.codigo,
        "raiz_codigo": hoja.padre or hoja.codigo,
        "modalidad": Modalidad.SERVICIO if hoja.es_servicio else Modalidad.ENVIO,
        "precio": _precio_valido(datos.precio),
    }
    return Producto(**iguales | propios | vendedor)


def editar_producto(
    sesion: Session, actor: Actor, producto_id: UUID, version: int, cambios: ProductoCambios
) -> Producto:
    """Apply what `cambios` sets if nobody changed the product since `version` (`PrecondicionFallida`).

    `existencia` counts what is physically there: it cannot go below what is sold and not yet dispatched.
    """
    producto = bloquear_producto(sesion, producto_id)
    autorizacion = exigir_facultad(sesion, actor, producto.vendedor_id, Facultad.VENDER)
    if producto.version != version:
        raise PrecondicionFallida(
            _("El producto cambió desde que lo leyó: vuelva a leerlo y repita el cambio.")
        )
    nuevos = {k: v for k in cambios.model_fields_set if (v := getattr(cambios, k)) is not None}
    estado = nuevos.pop("estado", None)
    if "categoria" in nuevos:
        hoja = arbol(sesion).hoja(nuevos.pop("categoria"))
        nuevos |= {"categoria_codigo": hoja.codigo, "raiz_codigo": hoja.padre}
        nuevos["modalidad"] = Modalidad.SERVICIO if hoja.es_servicio else Modalidad.ENVIO
    if "precio" in nuevos:
        nuevos["precio"] = _precio_valido(nuevos["precio"])
    if "titulo" in nuevos:
        nuevos["titulo"] = _en_una_linea(nuevos["titulo"])
    if "sku" in nuevos:
        nuevos["sku"] = nuevos["sku"] or _sku_nuevo()
    if (quedan := _existencia_nueva(producto, nuevos)) is not None:
        nuevos["existencia"] = quedan
    for campo, valor in nuevos.items():
        setattr(producto, campo, valor)
    if estado is not None and estado != producto.estado:
        _cambiar_estado(sesion, producto, EstadoProducto(estado), autorizacion)
    producto.version += 1
    producto.actualizado_en = ahora_bd(sesion)
    _guardar(sesion, producto)
    auditar(sesion, autorizacion, "producto.editar", "comercio_producto", producto.id, _resumen(producto))
    return producto


def _existencia_nueva(producto: Producto, nuevos: dict[str, Any]) -> int | None:
    """What there will be of a locked product, by a count or by what is added to what there is now."""
    quedan: int | None = nuevos.get("existencia")
    movimiento: int | None = nuevos.pop("movimiento", None)
    if movimiento is not None:
        if quedan is not None:
            raise DatosInvalidos(campos={"movimiento": _("Envíe el recuento o el movimiento, no los dos.")})
        quedan = producto.existencia + movimiento
        if not 0 <= quedan <= EXISTENCIA_MAXIMA:
            texto = _("Hay %(n)s: la existencia va de 0 a 1.000.000.") % {"n": producto.existencia}
            raise DatosInvalidos(texto, campos={"movimiento": texto})
    if quedan is not None and quedan < producto.reservado:
        raise ExistenciaReservada(
            _("Hay %(n)s unidades vendidas por despachar: la existencia no puede ser menor.")
            % {"n": producto.reservado},
            campos={"existencia": _("No puede ser menor a lo vendido por despachar.")},
        )
    return quedan


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


def refrescar_vendedor(sesion: Session, unidad_id: UUID) -> int:
    """Copy the unit's name, place and leave to sell to its products; how many changed."""
    unidad = unidades_en_lote(sesion, [unidad_id]).get(unidad_id)
    if unidad is None:
        return 0
    datos = datos_del_vendedor(sesion, unidad)
    distinto = or_(*(col(getattr(Producto, campo)) != valor for campo, valor in datos.items()))
    ids = productos_del_vendedor(sesion, unidad_id, distinto)
    if ids:
        sesion.connection().execute(update(Producto).where(col(Producto.id).in_(ids)).values(**datos))
        sesion.expire_all()
    return len(ids)


def datos_del_vendedor(sesion: Session, unidad: Unidad) -> dict[str, Any]:
    """What a product keeps of its seller."""
    return {
        "vendedor_nombre": unidad.nombre[:200],
        "vendedor_numero": unidad.numero,
        "vendedor_habilitado": unidad.esta_activa
        and tiene_habilitacion(sesion, unidad.id, Habilitacion.VENDEDOR),
        "departamento": (unidad.municipio_ine or "")[:2],
        "lugar": lugar(sesion, unidad.municipio_ine)[:120],
    }


def _cambiar_estado(
    sesion: Session, producto: Producto, nuevo: EstadoProducto, autorizacion: Autorizacion
) -> None:
    VIDA_PRODUCTO.exigir_paso(producto, nuevo)
    if nuevo == EstadoProducto.PUBLICADO:
        exigir_habilitacion(sesion, producto.vendedor_id, Habilitacion.VENDEDOR)
        producto.publicado_en = producto.publicado_en or ahora_bd(sesion)
        publicar(sesion, eventos.PRODUCTO_PUBLICADO, producto.id, {"sku": producto.sku}, autorizacion)
    VIDA_PRODUCTO.pasar(producto, nuevo)


def _guardar(sesion: Session, producto: Producto) -> None:
    sku = producto.sku  # after a failed flush nothing can be read
    try:
        sesion.flush()
    except IntegrityError as error:
        if "vendedor_id_sku" not in str(error.orig):
            raise
        raise SkuRepetido(
            _("Ya usa el código %(sku)s en otro producto.") % {"sku": sku},
            campos={"sku": _("Ya lo usa otro de sus productos.")},
        ) from error


def _precio_valido(precio: Money) -> Money:
    if not 0 < a_centavos(precio) <= PRECIO_MAXIMO_CENTAVOS:
        texto = _("El precio va de Bs 0,01 a Bs 1.000.000.")
        raise DatosInvalidos(texto, campos={"precio": texto})
    return precio


def _en_una_linea(titulo: str) -> str:
    return re.sub(r"\s+", " ", titulo).strip()


def _sku_nuevo() -> str:
    return f"Q-{nuevo_id().hex[-8:].upper()}"


def _resumen(producto: Producto) -> dict[str, Any]:
    return {
        "sku": producto.sku,
        "estado": str(producto.estado),
        "precio_centavos": a_centavos(producto.precio),
        "existencia": producto.existencia,
    }
