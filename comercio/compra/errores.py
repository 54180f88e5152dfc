"""What can go wrong, each with a stable code."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado
from nucleo.textos import perezoso as _l


class PedidoNoEncontrado(NoEncontrado):
    codigo = "pedido_no_encontrado"
    titulo = _l("No encontramos ese pedido")


class CambioDePrecio(Conflicto):
    """The lines or prices differ from what the buyer saw; they must look and confirm again."""

    codigo = "cambio_de_precio"
    titulo = _l("Su carrito cambió desde que lo vio")


class CambioDePorte(CambioDePrecio):
    """What is paid for getting it there is not what the buyer saw; they must look and confirm."""

    codigo = "cambio_de_porte"
    titulo = _l("El envío no cuesta lo que vio")


class CarritoVacio(Conflicto):
    codigo = "carrito_vacio"
    titulo = _l("Su carrito está vacío")


class CompraEnEspera(Conflicto):
    """Another purchase of the same person waits for its money; `compra_id` says which."""

    codigo = "compra_en_espera"
    titulo = _l("Ya tiene una compra esperando el pago")


class CompraPropia(Conflicto):
    """Who buys may sell for the seller: what they pay themselves would count as a sale."""

    codigo = "compra_propia"
    titulo = _l("No se compra a una unidad por la que usted vende")


class CompraRepetida(Conflicto):
    """The client reused the id of another purchase with other contents, or of another buyer."""

    codigo = "compra_con_otro_contenido"
    titulo = _l("Ese identificador de compra ya se usó")


class CitaDeAUna(Conflicto):
    """One appointment of a seller at a time, and nothing else of their services with it."""

    codigo = "cita_de_a_una"
    titulo = _l("Lo que lleva cita se compra de a uno")


class SinContraEntrega(Conflicto):
    codigo = "sin_contra_entrega"
    titulo = _l("Esta compra no se paga al recibir")


class PedidoMuyPesado(Conflicto):
    codigo = "pedido_muy_pesado"
    titulo = _l("El pedido pesa más de lo que lleva un envío")


class EntregaInvalida(DatosInvalidos):
    codigo = "entrega_invalida"
    titulo = _l("Revise los datos de entrega")
