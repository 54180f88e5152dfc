"""What a public entity buys from the catalogue: its evidence, its budget, who approved it, its order."""

from feria_inversa.compra_de_catalogo import actos, recibir  # noqa: F401 - what is declared
from feria_inversa.compra_de_catalogo.cumplir import conformar, pagar
from feria_inversa.compra_de_catalogo.decidir import aprobar
from feria_inversa.compra_de_catalogo.esquemas import CompraPedida, PagoDeCompra
from feria_inversa.compra_de_catalogo.solicitar import solicitar

__all__ = ["CompraPedida", "PagoDeCompra", "aprobar", "conformar", "pagar", "solicitar"]
