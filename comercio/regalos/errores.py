"""What can go wrong, each with a stable code."""

from nucleo.errores import Conflicto, NoEncontrado
from nucleo.textos import perezoso as _l


class NoEsRegalo(Conflicto):
    codigo = "no_es_regalo"
    titulo = _l("Este pedido no es un regalo para otra persona")


class RegaloNoEncontrado(NoEncontrado):
    codigo = "regalo_no_encontrado"
    titulo = _l("No encontramos ese regalo")
