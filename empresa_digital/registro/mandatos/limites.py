"""The limits of a mandate: of each act, of a day, of a month; None is no limit of that kind."""

from itertools import pairwise
from typing import Any

from moneyed import Money

from nucleo.dinero import cero, formato_bs
from nucleo.textos import gettext as _

LIMITES = ("monto_limite", "limite_dia", "limite_mes")


def limites_de(mandato: Any) -> dict[str, Money | None]:
    """Those of a row, of a grant that is asked for, or of what the API took."""
    return {nombre: getattr(mandato, nombre) for nombre in LIMITES}


def faltas_de_limites(mandato: Any) -> dict[str, str]:
    """What is wrong with them, by field."""
    dados = {nombre: limite for nombre, limite in limites_de(mandato).items() if limite is not None}
    faltas = {n: _("El límite debe ser mayor que cero.") for n, limite in dados.items() if limite <= cero()}
    for (_menor, antes), (nombre, limite) in pairwise(dados.items()):
        if limite < antes:
            faltas.setdefault(nombre, _("No puede ser menor que %(otro)s.") % {"otro": formato_bs(antes)})
    return faltas


def excesos_de_limites(propio: Any, nuevo: Any) -> dict[str, str]:
    """Nobody gives more than they have, of any kind of limit: what goes beyond, by field."""
    pedidos = limites_de(nuevo)
    campos = {}
    for nombre, limite in limites_de(propio).items():
        pedido = pedidos[nombre]
        if limite is not None and (pedido is None or pedido > limite):
            campos[nombre] = _("Su propio mandato llega hasta %(limite)s.") % {"limite": formato_bs(limite)}
    return campos
