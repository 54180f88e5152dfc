"""Publish and edit products. Whoever edits has the faculty VENDER of the unit; the unit, leave to sell."""

import re
from typing import Any
from uuid import UUID

from sqlalchemy import or_, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from comercio.catalogo import eventos
from comercio.catalogo.bloqueos import bloquear_producto, productos_del_vendedor
from comercio.catalogo.categorias import Nodo, arbol
from comercio.catalogo.errores import SkuRepetido, VarianteRepetida
from comercio.catalogo.esquemas import ProductoCambios, ProductoNuevo
from comercio.catalogo.estados import VIDA_PRODUCTO, EstadoProducto, Modalidad
from comercio.catalogo.lugares import hay_en_otros
from comercio.catalogo.modelos import Producto, Variante
from comercio.catalogo.movimientos import ajustar_existencia, exigir_medida, lugar_principal
from comercio.catalogo.variantes import (
    abrir_existencia,
    cambiar_variante,
    existencia_principal,
    precio_valido,
    sku_nuevo,
    unica_variante,
)
from comercio.requisitos import exigir_al_publicar
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
from nucleo.auditoria import auditar
from nucleo.contactos import contactos_en
from nucleo.dinero import a_centavos
from nucleo.errores import DatosInvalidos, PrecondicionFallida
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.vidas import TransicionInvalida


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
    `SinHabilitacion`, `RequisitoIncumplido`."""
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
    sesion.flush()
    variante = armar_variante(producto, datos)
    sesion.add(variante)
    guardar_variantes(sesion, variante.sku)
    abrir_existencia(sesion, autorizacion, variante, lugar_principal(sesion, unidad), datos.existencia)
    sesion.refresh(producto)
    if datos.publicar:
        exigir_al_publicar(sesion, unidad, producto.id, es_servicio=hoja.es_servicio)
    auditar(sesion, autorizacion, "producto.crear", "comercio_producto", producto.id, _resumen(producto))
    if datos.publicar:
        publicar(sesion, eventos.PRODUCTO_PUBLICADO, producto.id, {"sku": variante.sku}, autorizacion)
    return producto


def armar_producto(datos: ProductoNuevo, hoja: Nodo, vendedor: dict[str, Any]) -> Producto:
    """The row of a draft, not yet in any session; `vendedor` comes from `datos_del_vendedor`."""
    iguales = {c: getattr(datos, c) for c in ProductoNuevo.model_fields if c in Producto.model_fields}
    propios = {
        "id": nuevo_id(),
        "vendedor_id": datos.unidad_id,
        "titulo": _titulo(datos.titulo),
        "categoria_codigo": hoja.codigo,
        "raiz_codigo": hoja.padre or hoja.codigo,
        "modalidad": Modalidad.SERVICIO if hoja.es_servicio else Modalidad.ENVIO,
        "origen": "" if hoja.es_servicio else datos.origen,
        "precio": precio_valido(datos.precio),
        "precio_maximo": datos.precio,
    }
    return Producto(**iguales | propios | vendedor)


def armar_variante(producto: Producto, datos: ProductoNuevo) -> Variante:
    """The first, and mostly the only, variant of a ficha; not yet in any session."""
    exigir_medida(datos.unidad_medida, datos.existencia, "existencia")
    return Variante(
        producto_id=producto.id,
        vendedor_id=producto.vendedor_id,
        sku=datos.sku or sku_nuevo(),
        precio=precio_valido(datos.precio),
        unidad_medida=datos.unidad_medida,
        peso_g=datos.peso_g,
    )


DE_LA_VARIANTE = frozenset({"sku", "precio", "unidad_medida", "peso_g"})


def editar_producto(
    sesion: Session, actor: Actor, producto_id: UUID, version: int, cambios: ProductoCambios
) -> Producto:
    """Apply what `cambios` sets if nobody changed the product since `version` (`PrecondicionFallida`).

    Code, price, measure, weight and stock are those of its only variant: with several, `DatosInvalidos`.
    `existencia` counts what is physically there: it cannot go below what is sold and not yet dispatched.
    """
    producto, autorizacion = producto_por_editar(sesion, actor, producto_id, version)
    nuevos = {k: v for k in cambios.model_fields_set if (v := getattr(cambios, k)) is not None}
    estado = nuevos.pop("estado", None)
    recuento, movimiento = nuevos.pop("existencia", None), nuevos.pop("movimiento", None)
    de_la_variante = {k: nuevos.pop(k) for k in DE_LA_VARIANTE & nuevos.keys()}
    if "categoria" in nuevos:
        hoja = arbol(sesion).hoja(nuevos.pop("categoria"))
        nuevos |= {"categoria_codigo": hoja.codigo, "raiz_codigo": hoja.padre}
        nuevos["modalidad"] = Modalidad.SERVICIO if hoja.es_servicio else Modalidad.ENVIO
    if "titulo" in nuevos:
        nuevos["titulo"] = _titulo(nuevos["titulo"])
    for campo, valor in nuevos.items():
        setattr(producto, campo, valor)
    if producto.modalidad == Modalidad.SERVICIO:
        producto.origen = ""  # nobody asks where a service was made
    sku = ""
    if de_la_variante or recuento is not None or movimiento is not None:
        variante = unica_variante(sesion, producto)
        sku = cambiar_variante(sesion, variante, de_la_variante).sku
        if recuento is not None or movimiento is not None:
            existencia = existencia_principal(sesion, variante)
            if recuento is not None and hay_en_otros(sesion, existencia):
                texto = _("Hay de este producto en varios lugares: cuente lo de cada uno.")
                raise DatosInvalidos(texto, campos={"existencia": texto})
            ajustar_existencia(sesion, autorizacion, existencia, recuento=recuento, movimiento=movimiento)
    if estado is not None and estado != producto.estado:
        _cambiar_estado(sesion, producto, EstadoProducto(estado), autorizacion)
    guardar_variantes(sesion, sku)
    if producto.estado == EstadoProducto.PUBLICADO and {"titulo", "descripcion"} & nuevos.keys():
        publicar(sesion, eventos.PRODUCTO_REESCRITO, producto.id, {}, autorizacion)
    anotar_edicion(sesion, producto)
    auditar(sesion, autorizacion, "producto.editar", "comercio_producto", producto.id, _resumen(producto))
    return producto


def producto_por_editar(
    sesion: Session, actor: Actor, producto_id: UUID, version: int
) -> tuple[Producto, Autorizacion]:
    """The product, locked, and by which mandate it is changed. Raises `SinFacultad`,
    `PrecondicionFallida`.
    """
    producto = bloquear_producto(sesion, producto_id)
    autorizacion = exigir_facultad(sesion, actor, producto.vendedor_id, Facultad.VENDER)
    if producto.version != version:
        raise PrecondicionFallida(
            _("El producto cambió desde que lo leyó: vuelva a leerlo y repita el cambio.")
        )
    return producto, autorizacion


def anotar_edicion(sesion: Session, producto: Producto) -> None:
    """One version more of a locked product; what triggers wrote in it is read again."""
    producto.version += 1
    producto.actualizado_en = ahora_bd(sesion)
    sesion.flush()
    sesion.refresh(producto)


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
    if EstadoProducto.INTERVENIDO in (producto.estado, nuevo):
        raise TransicionInvalida(
            _("De eso decide la autoridad: lea por qué retiró el producto y apele si no está de acuerdo."),
            estado_actual=producto.estado,
        )
    VIDA_PRODUCTO.exigir_paso(producto, nuevo)
    if nuevo == EstadoProducto.PUBLICADO:
        exigir_habilitacion(sesion, producto.vendedor_id, Habilitacion.VENDEDOR)
        unidad = unidad_por_id(sesion, producto.vendedor_id)
        es_servicio = producto.modalidad == Modalidad.SERVICIO
        exigir_al_publicar(sesion, unidad, producto.id, es_servicio=es_servicio)
        producto.publicado_en = producto.publicado_en or ahora_bd(sesion)
        publicar(sesion, eventos.PRODUCTO_PUBLICADO, producto.id, {}, autorizacion)
    VIDA_PRODUCTO.pasar(producto, nuevo)


def poner_en(sesion: Session, producto: Producto, nuevo: EstadoProducto) -> None:
    """What the authority decides of a locked product: off sale, or back to what it was.

    Raises `TransicionInvalida`.
    """
    VIDA_PRODUCTO.pasar(producto, nuevo)
    anotar_edicion(sesion, producto)


def guardar_variantes(sesion: Session, sku: str) -> None:
    """Flush. Raises `SkuRepetido`: a product that comes back may find its code in use; `VarianteRepetida`."""
    try:
        sesion.flush()
    except IntegrityError as error:
        if "uq_comercio_variante_atributos" in str(error.orig):
            texto = _("Ya tiene una variante igual: cambie talla, color o medida.")
            raise VarianteRepetida(texto, campos={"atributos": texto}) from error
        if "uq_comercio_variante_sku" not in str(error.orig):
            raise
        dicho = _("Ya usa el código %(sku)s en otro producto.") % {"sku": sku}
        raise SkuRepetido(
            dicho
            if sku
            else _("Otro de sus productos usa ahora el mismo código: cámbielo en uno de los dos."),
            campos={"sku": _("Ya lo usa otro de sus productos.")},
        ) from error


def _titulo(escrito: str) -> str:
    """In one line; with a word in it, and no way of reaching somebody elsewhere. Raises `DatosInvalidos`."""
    titulo = re.sub(r"\s+", " ", escrito).strip()
    error = "" if any(c.isalpha() for c in titulo) else _("Escriba en el título qué es.")
    if hallados := contactos_en(titulo):
        uno = hallados[0]
        error = _(
            "Quite «%(que)s» del título: parece %(clase)s. Quien compre le pregunta y le paga por aquí."
        )
        error %= {"que": titulo[uno.desde : uno.hasta], "clase": uno.nombre}
    if error:
        raise DatosInvalidos(error, campos={"titulo": error})
    return titulo


def _resumen(producto: Producto) -> dict[str, Any]:
    return {
        "estado": str(producto.estado),
        "precio_centavos": a_centavos(producto.precio),
        "origen": producto.origen,
        "disponible": str(producto.disponible),
        "codigos": [opcion["sku"] for opcion in producto.opciones],
    }
