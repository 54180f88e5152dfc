"""What can go wrong in the market, each with a stable code."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado, Prohibido
from nucleo.textos import perezoso as _l


class ProductoNoEncontrado(NoEncontrado):
    codigo = "producto_no_encontrado"
    titulo = _l("No encontramos ese producto")


class PedidoNoEncontrado(NoEncontrado):
    codigo = "pedido_no_encontrado"
    titulo = _l("No encontramos ese pedido")


class PedidoAjeno(Prohibido):
    codigo = "pedido_ajeno"
    titulo = _l("Este pedido no es suyo")


class SinExistencia(Conflicto):
    codigo = "sin_existencia"
    titulo = _l("No hay existencia suficiente")


class ProductoNoDisponible(Conflicto):
    codigo = "producto_no_disponible"
    titulo = _l("Un producto ya no está a la venta")


class CambioDePrecio(Conflicto):
    """The lines or prices differ from what the buyer saw; they must look and confirm again."""

    codigo = "cambio_de_precio"
    titulo = _l("Su carrito cambió desde que lo vio")


class CarritoVacio(Conflicto):
    codigo = "carrito_vacio"
    titulo = _l("Su carrito está vacío")


class CarritoLleno(Conflicto):
    codigo = "carrito_lleno"
    titulo = _l("El carrito no admite más productos")


class SkuRepetido(Conflicto):
    codigo = "sku_repetido"
    titulo = _l("Ya tiene un producto con ese código")


class ExistenciaReservada(Conflicto):
    codigo = "existencia_reservada"
    titulo = _l("Hay unidades vendidas por despachar")


class DemasiadasFotos(Conflicto):
    codigo = "demasiadas_fotos"
    titulo = _l("El producto ya tiene todas sus fotos")


class CompraRepetida(Conflicto):
    """The client reused the id of another purchase with other contents, or of another buyer."""

    codigo = "compra_con_otro_contenido"
    titulo = _l("Ese identificador de compra ya se usó")


class PedidoMuyPesado(Conflicto):
    codigo = "pedido_muy_pesado"
    titulo = _l("El pedido pesa más de lo que lleva un envío")


class EntregaInvalida(DatosInvalidos):
    codigo = "entrega_invalida"
    titulo = _l("Revise los datos de entrega")
