"""How what was bought gets to who bought it: what each seller offers."""

from comercio.formas.estados import FormaDeEntrega
from comercio.formas.ofrecer import Forma, declarar, formas_de

__all__ = ["Forma", "FormaDeEntrega", "declarar", "formas_de"]
