"""What can go wrong with a file of products, and what to do about it."""

from nucleo.errores import DatosInvalidos, NoEncontrado
from nucleo.textos import perezoso as _l


class CargaInexistente(NoEncontrado):
    codigo = "carga_inexistente"
    titulo = _l("No existe esa carga")


class ArchivoDeProductosInvalido(DatosInvalidos):
    codigo = "archivo_de_productos_invalido"
    titulo = _l("El archivo de productos no se pudo leer")
