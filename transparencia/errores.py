"""What transparency refuses."""

from nucleo.errores import NoEncontrado
from nucleo.textos import perezoso as _l


class ConjuntoNoEncontrado(NoEncontrado):
    codigo = "conjunto_no_encontrado"
    titulo = _l("No hay datos abiertos con ese nombre")
    consejo = _l("Elija uno de la lista de datos abiertos.")
