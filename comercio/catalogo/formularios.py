"""Forms: what each asks for, in which words."""

from decimal import Decimal
from typing import Annotated, Any

from fastapi import Depends
from pydantic import BaseModel, Field

from comercio.catalogo.errores import DemasiadasFotos
from comercio.catalogo.esquemas import (
    Escala,
    Existencia,
    MotivoDeAjuste,
    MovimientoNuevo,
    Peso,
    ProductoCambios,
    ProductoNuevo,
    Sku,
    TrasladoNuevo,
)
from comercio.catalogo.estados import nombre_motivo
from comercio.catalogo.medidas import UnidadMedida
from comercio.catalogo.modelos import DIAS_DE_ELABORACION_MAXIMOS, FOTOS_MAXIMAS
from comercio.catalogo.palabras import medidas, paises
from nucleo.archivos import ACEPTA_FOTOS, MAXIMO_BYTES, ImagenInvalida
from nucleo.dinero import Dinero
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.lectores import escrito, leer_movimiento
from nucleo.textos import perezoso as _l


class _Atributo(BaseModel):
    nombre: str
    valor: Annotated[str, escrito(60)] = ""


class VarianteDeLaHoja(BaseModel):
    """A variant as a page asks for it: its attributes and its prices by quantity, a row each."""

    atributos: list[_Atributo] = Field(default_factory=list)
    precio: Dinero
    unidad_medida: UnidadMedida
    peso_g: Peso = 0
    sku: Sku = ""
    precios_por_cantidad: Escala = Field(default_factory=list)
    existencia: Existencia = Decimal(0)
    retirar: bool = False
    volver: bool = False

    def datos(self) -> dict[str, Any]:
        """What a new variant and a change of one ask for alike."""
        return {
            "atributos": {a.nombre: a.valor for a in self.atributos if a.valor},
            "precio": self.precio,
            "unidad_medida": self.unidad_medida,
            "peso_g": self.peso_g,
            "sku": self.sku,
            "precios_por_cantidad": self.precios_por_cantidad,
        }


class FotoDeLaHoja(BaseModel):
    descripcion: Annotated[str, escrito(200, 1)]
    orden: Annotated[int, Field(ge=1, le=FOTOS_MAXIMAS)]
    quitar: bool = False


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
        ayuda=_l("Si usted paga el envío, súmelo. Qhatu cobra una comisión pequeña solo si vende."),
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
    campos.entero(
        "dias_de_elaboracion",
        _l("Días para hacerlo"),
        ayuda=_l("Si lo hace a pedido: días de trabajo antes de despachar. Vacío si ya está hecho."),
        sufijo=_l("días"),
        opcional=True,
        vacio=0,
        minimo=0,
        maximo=DIAS_DE_ELABORACION_MAXIMOS,
        falta=_l("Escriba los días de trabajo, de 0 a 180."),
    ),
    campos.seleccion(
        "origen",
        _l("¿En qué país se hizo?"),
        ayuda=_l("Usted lo declara y se muestra a quien compra. De un servicio no se pide."),
        elija=_l("No lo declaro"),
        opciones=lambda: paises().items(),
        opcional=True,
        vacio="",
        falta=_l("Elija un país de la lista."),
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
    campos.cantidad(
        "existencia",
        _l("¿Cuánto tiene?"),
        ayuda=_l("Con decimales si se vende por kilo, metro, litro u hora: 12,5."),
        falta=_l("Escriba cuánto tiene, de 0 a 1.000.000."),
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
    campos.cantidad(
        "movimiento",
        _l("Sumar o restar existencias"),
        ayuda=_l("Escriba 5 si llegaron cinco más, o -2 si se dañaron dos."),
        lector=leer_movimiento,
        opcional=True,
        falta=_l("Escriba cuánto se suma, o cuánto se resta con el signo menos."),
    ),
    _SKU,
    _FOTO,
    campos.opciones("estado", _l("Estado en la tienda"), opcional=True),
    parcial=True,
    lugares=_DE_LA_FOTO | {"existencia": "movimiento"},
)

_QUE_LA_DISTINGUE = _l("Escriba lo que la distingue: rojo, M, 500 g.")
_ESCALA = _l("Escriba desde cuánto y a qué precio, o deje la fila vacía.")
VARIANTE = Formulario(
    "variante",
    VarianteDeLaHoja,
    campos.oculto("atributos.*.nombre"),
    campos.texto(
        "atributos.*.valor", _l("Valor"), maximo=60, opcional=True, vacio="", falta=_QUE_LA_DISTINGUE
    ),
    campos.dinero("precio", _l("Precio"), falta=_l("Escriba el precio con números, por ejemplo 45,50.")),
    campos.seleccion(
        "unidad_medida",
        _l("Se vende por"),
        opciones=lambda: medidas().items(),
        falta=_l("Elija cómo se vende."),
    ),
    campos.entero(
        "peso_g", _l("Peso con empaque"), sufijo="g", opcional=True, vacio=0, minimo=0, maximo=1_000_000
    ),
    _SKU,
    campos.cantidad("precios_por_cantidad.*.desde", _l("Desde"), falta=_ESCALA),
    campos.dinero("precios_por_cantidad.*.precio", _l("Precio de cada uno"), falta=_ESCALA),
    campos.cantidad("existencia", _l("¿Cuánto tiene?"), opcional=True, vacio=0),
    campos.boton("retirar"),
    campos.boton("volver"),
    lugares={"atributos": "general"},
)
MOVIMIENTO = Formulario(
    "existencia.movimiento",
    MovimientoNuevo,
    campos.opciones(
        "motivo",
        _l("¿Qué pasó?"),
        opciones=lambda: [(m, nombre_motivo(m)) for m in MotivoDeAjuste],
        falta=_l("Elija qué pasó."),
    ),
    campos.cantidad(
        "cantidad",
        _l("¿Cuánto?"),
        ayuda=_l("De un recuento, cuánto hay en total."),
        falta=_l("Escriba cuánto, con números."),
    ),
    campos.seleccion("lugar_id", _l("¿En qué lugar?"), opcional=True),
    campos.texto("detalle", _l("Nota"), maximo=200, opcional=True, vacio=""),
    lugares={"existencia": "cantidad", "movimiento": "cantidad"},
)
TRASLADO = Formulario(
    "existencia.traslado",
    TrasladoNuevo,
    campos.seleccion("desde_id", _l("Sale de"), elija=_l("Elija un lugar"), falta=_l("Elija de dónde sale.")),
    campos.seleccion("hasta_id", _l("Llega a"), elija=_l("Elija un lugar"), falta=_l("Elija a dónde llega.")),
    campos.cantidad("cantidad", _l("¿Cuánto?"), falta=_l("Escriba cuánto, con números.")),
    campos.texto("detalle", _l("Nota"), maximo=200, opcional=True, vacio=""),
)
FOTO = Formulario(
    "producto.foto",
    FotoDeLaHoja,
    campos.texto(
        "descripcion",
        _l("Qué se ve"),
        ayuda=_l("Para quien no puede ver la foto."),
        maximo=200,
        falta=_l("Escriba qué se ve, en hasta 200 letras."),
    ),
    campos.seleccion("orden", _l("Lugar"), falta=_l("Elija el lugar de la foto.")),
    campos.archivo(
        "reemplazo", _l("Cambiarla por otra"), acepta=ACEPTA_FOTOS, bytes_maximos=MAXIMO_BYTES, opcional=True
    ),
    campos.boton("quitar"),
    lugares={ImagenInvalida.codigo: "reemplazo"},
)
HojaDeVariante = Annotated[Hoja[VarianteDeLaHoja], Depends(VARIANTE)]
HojaDeMovimiento = Annotated[Hoja[MovimientoNuevo], Depends(MOVIMIENTO)]
HojaDeTraslado = Annotated[Hoja[TrasladoNuevo], Depends(TRASLADO)]
HojaDeFoto = Annotated[Hoja[FotoDeLaHoja], Depends(FOTO)]
HojaDeProducto = Annotated[Hoja[ProductoNuevo], Depends(PRODUCTO)]
HojaDeEdicion = Annotated[Hoja[ProductoCambios], Depends(EDICION_DE_PRODUCTO)]
