"""From rows to what the API shows."""

from typing import Any

from comercio.buscar import Facetas, Ficha
from comercio.carrito import VistaCarrito
from comercio.consultas import Detalle
from comercio.consultas_pedidos import DetallePedido
from comercio.esquemas import (
    CarritoFicha,
    ComisionFicha,
    CompraFicha,
    Entrega,
    FacetasFicha,
    FotoFicha,
    LineaCarritoFicha,
    LineaPedidoFicha,
    PasoFicha,
    PedidoBreve,
    PedidoFicha,
    ProductoBreve,
    ProductoFicha,
    VendedorDePedido,
    VendedorFicha,
)
from comercio.estados import EstadoPedido, Modalidad
from comercio.modelos import Compra, Pedido, Producto, ProductoFoto
from nucleo.archivos import url_archivo


def vendedor(fila: Any) -> VendedorFicha:
    return VendedorFicha(
        unidad_id=fila.vendedor_id, numero=fila.vendedor_numero, nombre=fila.vendedor_nombre, lugar=fila.lugar
    )


def producto_breve(ficha: Ficha) -> ProductoBreve:
    return ProductoBreve(
        id=ficha.id,
        titulo=ficha.titulo,
        precio=ficha.precio,
        unidad_medida=ficha.unidad_medida,
        disponible=ficha.disponible,
        categoria=ficha.categoria_codigo,
        modalidad=Modalidad(ficha.modalidad),
        foto=url_archivo(ficha.foto) if ficha.foto else None,
        vendedor=vendedor(ficha),
    )


def producto(detalle: Detalle) -> ProductoFicha:
    return _producto(detalle.producto, detalle.fotos, detalle.es_del_vendedor)


def _producto(p: Producto, fotos: list[ProductoFoto], del_vendedor: bool) -> ProductoFicha:
    iguales = {c: getattr(p, c) for c in ProductoFicha.model_fields if c in Producto.model_fields}
    propios = {
        "disponible": p.disponible if p.a_la_venta else 0,
        "categoria": p.categoria_codigo,
        "foto": url_archivo(p.foto) if p.foto else None,
        "vendedor": vendedor(p),
        "existencia": p.existencia if del_vendedor else None,
        "reservado": p.reservado if del_vendedor else None,
        "fotos": [FotoFicha(url=url_archivo(f.archivo_id), descripcion=f.descripcion) for f in fotos],
    }
    return ProductoFicha.model_validate(iguales | propios)


def facetas(f: Facetas) -> FacetasFicha:
    return FacetasFicha(
        total=f.total, hay_mas=f.hay_mas, categorias=f.categorias, departamentos=f.departamentos
    )


def carrito(vista: VistaCarrito) -> CarritoFicha:
    return CarritoFicha(
        lineas=[
            LineaCarritoFicha(
                producto_id=linea.producto.id,
                titulo=linea.producto.titulo,
                cantidad=linea.cantidad,
                precio=linea.producto.precio,
                precio_visto=linea.precio_visto,
                importe=linea.importe,
                disponible=max(0, linea.producto.disponible) if linea.producto.a_la_venta else 0,
                problema=linea.problema,
            )
            for linea in vista.lineas
        ],
        total=vista.total,
        huella=vista.huella,
    )


def _vendedor_de_pedido(pedido: Pedido) -> VendedorDePedido:
    return VendedorDePedido(
        unidad_id=pedido.vendedor_id, numero=pedido.vendedor_numero, nombre=pedido.vendedor_nombre
    )


def pedido_breve(pedido: Pedido) -> PedidoBreve:
    return PedidoBreve(
        id=pedido.id,
        numero=pedido.numero,
        compra_id=pedido.compra_id,
        estado=EstadoPedido(pedido.estado),
        modalidad=Modalidad(pedido.modalidad),
        vendedor=_vendedor_de_pedido(pedido),
        total=pedido.total,
        envio_numero=pedido.envio_numero,
        creado_en=pedido.creado_en,
    )


def compra(hecha: Compra, pedidos: list[Pedido]) -> CompraFicha:
    return CompraFicha(id=hecha.id, total=hecha.total, pedidos=[pedido_breve(p) for p in pedidos])


def pedido(detalle: DetallePedido) -> PedidoFicha:
    """An order; the commission only for the seller."""
    p, c = detalle.pedido, detalle.compra
    comision = ComisionFicha(
        tasa_pb=detalle.comision.tasa_pb,
        monto=detalle.comision.monto,
        impuesto=detalle.comision.impuesto,
        neto=detalle.neto,
    )
    return PedidoFicha(
        **pedido_breve(p).model_dump(exclude={"vendedor"}),
        vendedor=_vendedor_de_pedido(p),
        lineas=[LineaPedidoFicha.model_validate(linea, from_attributes=True) for linea in detalle.lineas],
        entrega=Entrega(
            destinatario=c.destinatario,
            telefono=c.telefono,
            municipio_ine=c.municipio_ine,
            referencia=c.referencia,
        ),
        comision=comision if detalle.es_vendedor else None,
        despachar_hasta=p.despachar_hasta,
        pasos=[
            PasoFicha(estado=EstadoPedido(x.estado), ocurrio_en=x.ocurrio_en, detalle=x.detalle)
            for x in detalle.pasos
        ],
        version=p.version,
    )
