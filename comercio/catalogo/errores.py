"""What can go wrong, each with a stable code."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado
from nucleo.textos import perezoso as _l


class ProductoNoEncontrado(NoEncontrado):
    codigo = "producto_no_encontrado"
    titulo = _l("No encontramos ese producto")


class SkuRepetido(Conflicto):
    codigo = "sku_repetido"
    titulo = _l("Ya tiene un producto con ese código")


class ExistenciaReservada(Conflicto):
    codigo = "existencia_reservada"
    titulo = _l("Hay unidades vendidas por despachar")


class LugarNoEncontrado(NoEncontrado):
    codigo = "lugar_no_encontrado"
    titulo = _l("No encontramos ese lugar de despacho")


class LugarCerrado(Conflicto):
    codigo = "lugar_cerrado"
    titulo = _l("Ese lugar de despacho está cerrado")


class DemasiadasFotos(Conflicto):
    codigo = "demasiadas_fotos"
    titulo = _l("El producto ya tiene todas sus fotos")


class ElijaVariante(Conflicto):
    codigo = "elija_variante"
    titulo = _l("El producto tiene variantes")


class CantidadInvalida(DatosInvalidos):
    codigo = "cantidad_invalida"
    titulo = _l("La cantidad no es de su medida")


class EscalaInvalida(DatosInvalidos):
    codigo = "escala_invalida"
    titulo = _l("Los precios por cantidad no bajan")


class UltimaVariante(Conflicto):
    codigo = "ultima_variante"
    titulo = _l("Es la única variante del producto")


class VarianteNoEncontrada(NoEncontrado):
    codigo = "variante_no_encontrada"
    titulo = _l("No encontramos esa variante")


class VarianteRepetida(Conflicto):
    codigo = "variante_repetida"
    titulo = _l("Ya hay una variante igual")


class DemasiadasVariantes(Conflicto):
    codigo = "demasiadas_variantes"
    titulo = _l("El producto ya tiene todas sus variantes")


class FotoNoEncontrada(NoEncontrado):
    codigo = "foto_no_encontrada"
    titulo = _l("No encontramos esa foto")
