"""Forms: what each asks for, in which words."""

from typing import Annotated

from fastapi import Depends

from comercio.carrito.errores import CarritoLleno
from comercio.carrito.esquemas import CuponDelCarrito, LineaCambiada, LineaPedida
from comercio.catalogo import CantidadInvalida, ElijaVariante
from comercio.existencias import ProductoNoDisponible, SinExistencia
from comercio.promociones import CuponNoVale
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.textos import perezoso as _l

_DE_LA_CANTIDAD = {
    e.codigo: "cantidad" for e in (SinExistencia, ProductoNoDisponible, CarritoLleno, CantidadInvalida)
} | {ElijaVariante.codigo: "variante_id"}
_CUANTOS = _l("Escriba cuánto quiere, con números: más de cero y hasta 999.")
LINEA_NUEVA = Formulario(
    "carrito.linea",
    LineaPedida,
    campos.oculto("producto_id"),
    campos.opciones("variante_id", _l("¿Cuál quiere?"), opcional=True, falta=_l("Elija cuál quiere.")),
    campos.cantidad("cantidad", _l("Cantidad"), opcional=True, vacio=1, falta=_CUANTOS),
    lugares=_DE_LA_CANTIDAD,
)
LINEA = Formulario(
    "carrito.cantidad",
    LineaCambiada,
    campos.cantidad("cantidad", _l("Cantidad"), falta=_CUANTOS),
    lugares=_DE_LA_CANTIDAD,
)
CUPON = Formulario(
    "carrito.cupon",
    CuponDelCarrito,
    campos.texto(
        "codigo",
        _l("¿Tiene un cupón?"),
        maximo=20,
        ancho="medio",
        opcional=True,
        vacio=None,
        falta=_l("Escriba el código como se lo dieron: de 4 a 20 letras y cifras."),
    ),
    lugares={CuponNoVale.codigo: "codigo"},
)
HojaDeCupon = Annotated[Hoja[CuponDelCarrito], Depends(CUPON)]
HojaDeLineaNueva = Annotated[Hoja[LineaPedida], Depends(LINEA_NUEVA)]
HojaDeLinea = Annotated[Hoja[LineaCambiada], Depends(LINEA)]
