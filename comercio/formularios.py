"""The forms of the market: what each asks for, in which words."""

from typing import Annotated

from fastapi import Depends
from pydantic import Field

from comercio.errores import (
    CarritoLleno,
    DemasiadasFotos,
    ProductoNoDisponible,
    SinExistencia,
)
from comercio.esquemas import (
    Cancelacion,
    DespachoNuevo,
    Entrega,
    LineaCambiada,
    LineaPedida,
    ProductoCambios,
    ProductoNuevo,
)
from comercio.modelos import EXISTENCIA_MAXIMA
from comercio.palabras import medidas
from nucleo.archivos import ACEPTA_FOTOS, MAXIMO_BYTES, ImagenInvalida
from nucleo.formularios import Formulario, Hoja, Nada, campos
from nucleo.textos import perezoso as _l

_DE_LA_CANTIDAD = {e.codigo: "cantidad" for e in (SinExistencia, ProductoNoDisponible, CarritoLleno)}
_CUANTOS = _l("Escriba cuántas unidades quiere, con números, hasta 999.")
_DE_LA_FOTO = {e.codigo: "foto" for e in (ImagenInvalida, DemasiadasFotos)}
_PRODUCTO = (
    campos.texto(
        "titulo",
        _l("Título"),
        ayuda=_l("Lo que alguien buscaría: «Chompa de alpaca para mujer, talla M»."),
        falta=_l("Escriba un título de 3 a 120 letras."),
        maximo=120,
    ),
    campos.area(
        "descripcion",
        _l("Descripción"),
        ayuda=_l("De qué está hecho, medidas, cuidados, quién lo hizo."),
        falta=_l("Escriba una descripción de hasta 4.000 letras."),
        maximo=4000,
        filas=6,
        opcional=True,
        vacio="",
    ),
    campos.seleccion(
        "categoria",
        _l("Categoría"),
        elija=_l("Elija una categoría"),
        falta=_l("Elija una categoría de la lista."),
    ),
    campos.dinero(
        "precio",
        _l("Precio"),
        ayuda=_l("Con el envío incluido. Qhatu cobra una comisión pequeña solo si vende."),
        falta=_l("Escriba el precio con números, por ejemplo 45,50."),
    ),
    campos.seleccion(
        "unidad_medida",
        _l("Se vende por"),
        opciones=lambda: medidas().items(),
        falta=_l("Elija cómo se vende."),
    ),
    campos.entero(
        "peso_g",
        _l("Peso con empaque"),
        sufijo="g",
        opcional=True,
        vacio=0,
        minimo=0,
        maximo=1_000_000,
        falta=_l("Escriba el peso en gramos, de 0 a 1.000.000."),
    ),
)
_FOTO = campos.archivo(
    "foto",
    _l("Foto"),
    ayuda=_l("JPEG, PNG, WebP o HEIC de hasta 8 MB. Con luz de día y fondo claro se vende más."),
    acepta=ACEPTA_FOTOS,
    bytes_maximos=MAXIMO_BYTES,
    opcional=True,
)
_SKU = campos.texto(
    "sku",
    _l("Su código"),
    ayuda=_l("Si lo deja vacío le damos uno."),
    ancho="medio",
    maximo=40,
    opcional=True,
    vacio="",
    falta=_l("Use letras, números, punto, guion o barra, sin espacios (hasta 40)."),
)

PRODUCTO = Formulario(
    "producto",
    ProductoNuevo,
    campos.seleccion("unidad_id", _l("Unidad que vende"), falta=_l("Elija la unidad que vende.")),
    *_PRODUCTO,
    campos.entero(
        "existencia",
        _l("¿Cuántos tiene?"),
        minimo=0,
        maximo=EXISTENCIA_MAXIMA,
        falta=_l("Escriba cuántas unidades tiene, de 0 a 1.000.000."),
    ),
    _SKU,
    _FOTO,
    campos.boton("publicar"),
    lugares=_DE_LA_FOTO,
)
EDICION_DE_PRODUCTO = Formulario(
    "producto.edicion",
    ProductoCambios,
    *_PRODUCTO,
    campos.entero(
        "movimiento",
        _l("Sumar o restar existencias"),
        ayuda=_l("Escriba 5 si llegaron cinco más, o -2 si se dañaron dos."),
        minimo=-EXISTENCIA_MAXIMA,
        maximo=EXISTENCIA_MAXIMA,
        opcional=True,
        falta=_l("Escriba cuántas unidades se suman, o cuántas se restan con el signo menos."),
    ),
    _SKU,
    _FOTO,
    campos.opciones("estado", _l("Estado en la tienda"), opcional=True),
    parcial=True,
    lugares=_DE_LA_FOTO | {"existencia": "movimiento"},
)


class CompraDelCarrito(Entrega):
    """Where the cart is sent to; `huella` is what the buyer saw and agrees to."""

    huella: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


COMPRA = Formulario(
    "compra",
    CompraDelCarrito,
    campos.texto(
        "destinatario",
        _l("Nombre de quien recibe"),
        falta=_l("Escriba el nombre de quien recibirá el pedido."),
        autocompletar="name",
        maximo=120,
    ),
    campos.telefono(
        "telefono",
        _l("Teléfono"),
        ayuda=_l("El correo llamará a este número si no le encuentra."),
    ),
    campos.seleccion(
        "municipio_ine",
        _l("Municipio"),
        elija=_l("Elija un municipio"),
        falta=_l("Elija el municipio de entrega."),
    ),
    campos.area(
        "referencia",
        _l("Cómo llegar"),
        ayuda=_l("Calle o zona, y algo que se reconozca: color de la puerta, tienda cercana."),
        falta=_l("Escriba cómo llegar: calle o zona, y algo que se reconozca."),
        filas=3,
        maximo=300,
    ),
    campos.oculto("huella", falta=_l("Su carrito cambió: revíselo y confirme otra vez.")),
    guardable=False,
)
LINEA_NUEVA = Formulario(
    "carrito.linea",
    LineaPedida,
    campos.oculto("producto_id"),
    campos.entero("cantidad", _l("Cantidad"), minimo=1, maximo=999, opcional=True, vacio=1, falta=_CUANTOS),
    lugares=_DE_LA_CANTIDAD,
)
LINEA = Formulario(
    "carrito.cantidad",
    LineaCambiada,
    campos.entero("cantidad", _l("Cantidad"), minimo=0, maximo=999, falta=_CUANTOS),
    lugares=_DE_LA_CANTIDAD,
)
DESPACHO = Formulario(
    "pedido.despacho",
    DespachoNuevo,
    campos.opciones("operador_id", _l("¿Quién lo lleva?"), falta=_l("Elija quién llevará el pedido.")),
)
CANCELACION = Formulario(
    "pedido.cancelacion",
    Cancelacion,
    campos.texto(
        "motivo",
        _l("¿Por qué lo cancela?"),
        maximo=300,
        falta=_l("Escriba el motivo, con 3 letras o más."),
    ),
)
PASO = Formulario("pedido.paso", Nada)
"""A button of an order that asks for nothing: prepare it, say that it is as agreed."""

HojaDeProducto = Annotated[Hoja[ProductoNuevo], Depends(PRODUCTO)]
HojaDeEdicion = Annotated[Hoja[ProductoCambios], Depends(EDICION_DE_PRODUCTO)]
HojaDeCompra = Annotated[Hoja[CompraDelCarrito], Depends(COMPRA)]
HojaDeLineaNueva = Annotated[Hoja[LineaPedida], Depends(LINEA_NUEVA)]
HojaDeLinea = Annotated[Hoja[LineaCambiada], Depends(LINEA)]
HojaDeDespacho = Annotated[Hoja[DespachoNuevo], Depends(DESPACHO)]
HojaDeCancelacion = Annotated[Hoja[Cancelacion], Depends(CANCELACION)]
HojaDePaso = Annotated[Hoja[Nada], Depends(PASO)]
