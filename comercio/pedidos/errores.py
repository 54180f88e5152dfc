"""What can go wrong, each with a stable code."""

from nucleo.errores import Conflicto, Prohibido
from nucleo.textos import perezoso as _l


class PedidoAjeno(Prohibido):
    codigo = "pedido_ajeno"
    titulo = _l("Este pedido no es suyo")


class CondicionPerdida(Conflicto):
    codigo = "condicion_perdida"
    titulo = _l("Lo que queda no llega al mínimo")


class CantidadQueNoQueda(Conflicto):
    codigo = "cantidad_que_no_queda"
    titulo = _l("No queda tanto")
