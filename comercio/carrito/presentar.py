"""From rows to what the API shows."""

from decimal import Decimal

from comercio.carrito.esquemas import CarritoFicha, CuponCarritoFicha, LineaCarritoFicha
from comercio.carrito.llenar import VistaCarrito
from nucleo.dinero import cero


def carrito(vista: VistaCarrito) -> CarritoFicha:
    return CarritoFicha(
        lineas=[
            LineaCarritoFicha(
                producto_id=linea.producto.id,
                variante_id=linea.opcion.id,
                titulo=linea.producto.titulo,
                opcion=linea.opcion.nombre,
                unidad_medida=linea.opcion.variante.unidad_medida,
                cantidad=linea.cantidad,
                precio=linea.precio,
                antes=linea.antes,
                precio_visto=linea.precio_visto,
                rebaja=linea.rebaja,
                importe=linea.importe,
                disponible=linea.opcion.disponible if linea.opcion.a_la_venta else Decimal(0),
                problema=linea.problema,
            )
            for linea in vista.lineas
        ],
        cupon=CuponCarritoFicha(
            codigo=vista.cupon_escrito,
            descuento=vista.cupon.total if vista.cupon else cero(),
            problema=vista.problema_del_cupon,
        )
        if vista.cupon_escrito
        else None,
        total=vista.total,
        huella=vista.huella,
    )
