"""Rows of the market: catalogue, cart, purchases, orders, the seller's panel; API and pages."""

import io

from tests.autorizacion.escena import MARCA, Escena
from tests.autorizacion.filas import PUBLICO, Fila, Quien, bs, fila, mandato, no
from tests.autorizacion.reveses import sin_saldo

VENDE = mandato("tienda", "VENDER", "tomasa")
VENTAS = Quien("tomasa", "tienda", "VENDER", libre=True)
COMPRADORA = Quien("ana", "tienda", "VENDER")
COMPRAS = Quien("ana", "tienda", "VENDER", libre=True)
CARRITO = "lo que se deja en un carrito no es un acto de nadie"


def preparar(e: Escena) -> None:
    from comercio import pedidos
    from comercio.carrito import Titular, agregar, ver_carrito
    from comercio.catalogo import agregar_foto, crear_producto
    from comercio.comprar import SolicitudCompra, comprar, pedidos_de
    from comercio.esquemas import Entrega, ProductoNuevo
    from comercio.modelos import Producto
    from nucleo.archivos import Recibido
    from nucleo.bd import transaccion
    from nucleo.ids import nuevo_id

    tomasa, ana = e.actor("tomasa"), e.actor("ana")
    e.valores |= {"foto": _png("purple"), "otra_foto": _png("green")}

    def publicar(clave: str, titulo: str, **campos: object) -> None:
        datos = {
            "unidad_id": e.unidades["tienda"].id,
            "titulo": titulo,
            "categoria": "alpaca-y-llama",
            "precio": bs("50.00"),
            "existencia": 10,
            "peso_g": 400,
            "publicar": True,
        }
        with transaccion() as sesion:
            nuevo = crear_producto(sesion, tomasa, ProductoNuevo.model_validate(datos | campos))
            e.valores[clave] = nuevo.id

    def comprado(clave: str, producto: str) -> None:
        entrega = Entrega.model_validate(_ENTREGA | {"referencia": f"Puerta {MARCA}"})
        linea = ((e.valores[producto], 1),)
        with transaccion() as sesion:
            compra = comprar(sesion, ana, SolicitudCompra(id=nuevo_id(), entrega=entrega, lineas=linea))
            (pedido,) = pedidos_de(sesion, compra.id)
            e.valores |= {clave: pedido.id, f"compra_{clave}": compra.id}

    publicar("producto", "Chompa de alpaca", sku="CH-1")
    publicar("producto_borrador", f"Chompa {MARCA}", publicar=False, sku="CH-2")
    publicar("servicio", "Arreglo", categoria="confeccion", unidad_medida="servicio", peso_g=0)
    comprado("pedido", "producto")
    comprado("pedido_de_servicio", "servicio")
    with transaccion() as sesion:
        pedidos.preparar(sesion, tomasa, e.valores["pedido_de_servicio"])
        foto = agregar_foto(sesion, tomasa, e.valores["producto"], Recibido.de_bytes(e.valores["foto"]))
        e.valores["archivo_id"] = str(foto.archivo_id)
        e.valores["version_producto"] = str(sesion.get_one(Producto, e.valores["producto"]).version)
        titular = Titular(persona_id=e.personas["ana"].id)
        agregar(sesion, titular, e.valores["producto"], 1)
        e.valores["huella"] = ver_carrito(sesion, titular).huella


def _png(color: str) -> bytes:
    from PIL import Image

    salida = io.BytesIO()
    Image.new("RGB", (60, 60), color).save(salida, "PNG")
    return salida.getvalue()


def _sin_custodia(e: Escena) -> None:
    """The money of the order went back to Ana, and the order does not know."""
    from comercio.modelos import Pedido
    from nucleo.actor import Actor, Autorizacion
    from nucleo.bd import transaccion
    from nucleo.ids import nuevo_id
    from pagos import Codigo, SolicitudTransferencia, exigir_transferencia

    with transaccion() as sesion:
        anulacion = SolicitudTransferencia(
            id=nuevo_id(),
            tipo="anula",
            codigo=Codigo.PAGO_PEDIDO,
            pendiente_id=sesion.get_one(Pedido, e.valores["pedido"]).custodia_id,
        )
        exigir_transferencia(sesion, [anulacion], Autorizacion.propia(Actor.sistema("prueba")))


def _con_todas_las_fotos(e: Escena) -> None:
    """No more pictures fit in either product."""
    from comercio.bloqueos import bloquear_producto
    from comercio.catalogo import FOTOS_MAXIMAS, anexar_foto
    from nucleo.archivos import guardar
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        for clave, tiene in (("producto", 1), ("producto_borrador", 0)):
            producto = bloquear_producto(sesion, e.valores[clave])
            for _foto in range(FOTOS_MAXIMAS - tiene):
                flujo = io.BytesIO(e.valores["foto"])
                archivo_id = guardar(sesion, flujo, "image/png", duenio=producto.id)
                anexar_foto(sesion, producto, archivo_id, "")
        version = producto.version
    e.valores["version_llena"] = str(version)


_ENTREGA = {
    "destinatario": "Ana Prueba",
    "telefono": "71234567",
    "municipio_ine": "020105",
    "referencia": "Puerta verde",
}
_PRODUCTO = {
    "unidad_id": "{unidad_tienda}",
    "titulo": "Poncho rojo",
    "categoria": "alpaca-y-llama",
    "precio": bs("80.00"),
    "existencia": 3,
}
_LINEA = {"producto_id": "{producto}", "cantidad": 1}
_DEL_PRODUCTO = {"params": {"producto_id": "producto"}}
_DEL_BORRADOR = {"params": {"producto_id": "producto_borrador"}}
_DEL_PEDIDO, _DEL_SERVICIO = (
    {"params": {"pedido_id": "pedido"}},
    {"params": {"pedido_id": "pedido_de_servicio"}},
)
_YA_PREPARADO, _POR_CORREO = {"pedido_id": "pedido_de_servicio"}, {"pedido_id": "pedido"}
_REPETIDO, _DE_MAS, _QUE_NO_LLEVA = {"sku": "CH-1"}, {"cantidad": 99}, {"operador_id": "{unidad_taller}"}
_OTRA_FOTO = ("foto", "otra.png", "otra_foto")
_FOTO = ("foto", "f.png", "foto")
_MOTIVO = {"motivo": "Motivo de la prueba"}
_API = "/api/v1"

API = [
    fila("GET", _API + "/productos", PUBLICO, 200),
    fila("GET", _API + "/productos/{producto_id}", PUBLICO, 200, **_DEL_PRODUCTO),
    fila(
        "POST",
        _API + "/productos",
        VENDE,
        201,
        json=_PRODUCTO,
        alcance="productos",
        negada=no(409, "sku_repetido", _REPETIDO),
    ),
    fila(
        "PATCH",
        _API + "/productos/{producto_id}",
        VENDE,
        200,
        json={"titulo": "Otro título"},
        cabeceras={"If-Match": '"{version_producto}"'},
        alcance="productos",
        **_DEL_PRODUCTO,
        negada=no(409, "sku_repetido", {"sku": "CH-2"}),
    ),
    fila(
        "POST",
        _API + "/productos/{producto_id}/fotos",
        VENDE,
        201,
        archivo=_FOTO,
        alcance="productos",
        **_DEL_PRODUCTO,
        negada=no(409, "demasiadas_fotos", archivo=_OTRA_FOTO, antes=_con_todas_las_fotos),
    ),
    fila("GET", _API + "/categorias", PUBLICO, 200),
    fila("GET", _API + "/carrito", PUBLICO, 200),
    fila(
        "POST",
        _API + "/carrito/lineas",
        PUBLICO,
        201,
        json=_LINEA,
        sin_auditoria=CARRITO,
        negada=no(409, "sin_existencia", _DE_MAS),
    ),
    fila(
        "PUT",
        _API + "/carrito/lineas/{producto_id}",
        PUBLICO,
        200,
        json={"cantidad": 2},
        sin_auditoria=CARRITO,
        **_DEL_PRODUCTO,
        negada=no(409, "sin_existencia", _DE_MAS),
    ),
    fila(
        "POST",
        _API + "/pedidos",
        COMPRAS,
        201,
        json={"lineas": [_LINEA], "entrega": _ENTREGA},
        negada=no(409, "fondos_insuficientes", antes=sin_saldo("ana")),
    ),
    fila("GET", _API + "/pedidos", COMPRAS, 200),
    fila(
        "GET",
        _API + "/pedidos/{pedido_id}",
        VENDE,
        200,
        contiene=True,
        rechazo=404,
        maquina=404,
        alcance="pedidos",
        **_DEL_PEDIDO,
    ),
    fila(
        "POST",
        _API + "/pedidos/{pedido_id}/preparacion",
        VENDE,
        200,
        alcance="pedidos",
        rechazo=404,
        maquina=404,
        **_DEL_PEDIDO,
        negada=no(409, "transicion_invalida", params=_YA_PREPARADO),
    ),
    fila(
        "POST",
        _API + "/pedidos/{pedido_id}/despacho",
        VENDE,
        200,
        json={"operador_id": "{unidad_correos}"},
        alcance="pedidos",
        rechazo=404,
        maquina=404,
        **_DEL_PEDIDO,
        negada=no(409, "sin_habilitacion", _QUE_NO_LLEVA),
    ),
    fila(
        "POST",
        _API + "/pedidos/{pedido_id}/conformidad",
        COMPRADORA,
        200,
        rechazo=404,
        **_DEL_SERVICIO,
        negada=no(409, "transicion_invalida", params=_POR_CORREO),
    ),
    fila(
        "POST",
        _API + "/pedidos/{pedido_id}/cancelacion",
        VENDE,
        200,
        json=_MOTIVO,
        alcance="pedidos",
        rechazo=404,
        maquina=404,
        **_DEL_PEDIDO,
        negada=no(409, "pendiente_ya_anulada", antes=_sin_custodia),
    ),
    fila(
        "GET",
        _API + "/pedidos/{pedido_id}",
        COMPRADORA,
        200,
        variante="de quien compra",
        alcance="pedidos",
        contiene=True,
        rechazo=404,
        maquina=404,
        **_DEL_PEDIDO,
    ),
    fila(
        "POST",
        _API + "/pedidos/{pedido_id}/cancelacion",
        COMPRADORA,
        200,
        variante="de quien compra",
        alcance="pedidos",
        json=_MOTIVO,
        rechazo=404,
        maquina=404,
        **_DEL_PEDIDO,
        negada=no(409, "pendiente_ya_anulada", antes=_sin_custodia),
    ),
    fila(
        "GET",
        _API + "/ventas",
        VENDE,
        200,
        consulta={"unidad_id": "{unidad_tienda}"},
        alcance="pedidos",
    ),
]

_FORM_PRODUCTO = {
    "titulo": "Poncho rojo",
    "categoria": "alpaca-y-llama",
    "precio": "80",
    "unidad_medida": "unidad",
    "existencia": "3",
    "peso_g": "400",
}

PAGINAS = [
    fila("GET", "/tienda", PUBLICO, 200),
    fila("GET", "/productos/{producto_id}", PUBLICO, 200, **_DEL_PRODUCTO),
    fila("GET", "/carrito", PUBLICO, 200),
    fila(
        "POST",
        "/carrito/lineas",
        PUBLICO,
        303,
        form=_LINEA,
        a="/carrito",
        sin_auditoria=CARRITO,
        negada=no(409, "Solo quedan", {"producto_id": "{producto}", "cantidad": "99"}),
    ),
    fila(
        "POST",
        "/carrito/lineas/{producto_id}",
        PUBLICO,
        303,
        form={"cantidad": "2"},
        a="/carrito",
        sin_auditoria=CARRITO,
        **_DEL_PRODUCTO,
        negada=no(409, "Solo quedan", {"cantidad": "99"}),
    ),
    fila("GET", "/comprar", COMPRADORA, 200, rechazo=303, contiene=True),
    fila(
        "POST",
        "/comprar",
        COMPRADORA,
        303,
        form=_ENTREGA | {"_id": "{nuevo}", "huella": "{huella}"},
        a="/pedidos/",
        rechazo=409,
        negada=no(409, "Su saldo disponible no alcanza", antes=sin_saldo("ana")),
    ),
    fila("GET", "/pedidos", COMPRAS, 200),
    fila("GET", "/pedidos/{pedido_id}", COMPRADORA, 200, contiene=True, rechazo=404, **_DEL_PEDIDO),
    fila(
        "POST",
        "/pedidos/{pedido_id}/cancelacion",
        COMPRADORA,
        303,
        form=_MOTIVO,
        rechazo=404,
        a="/pedidos/",
        **_DEL_PEDIDO,
        negada=no(409, "ya fue anulado", antes=_sin_custodia),
    ),
    fila(
        "POST",
        "/pedidos/{pedido_id}/conformidad",
        COMPRADORA,
        303,
        rechazo=404,
        a="/pedidos/",
        **_DEL_SERVICIO,
        negada=no(409, "Este pedido viaja por correo", params=_POR_CORREO),
    ),
    fila(
        "GET",
        "/compras-hechas/{compra_id}",
        COMPRADORA,
        200,
        rechazo=404,
        params={"compra_id": "compra_pedido"},
    ),
    fila("GET", "/vender", VENTAS, 200),
    fila("GET", "/vender/pedidos/{pedido_id}", VENDE, 200, contiene=True, rechazo=404, **_DEL_PEDIDO),
    fila(
        "POST",
        "/vender/pedidos/{pedido_id}/preparacion",
        VENDE,
        303,
        a="/vender/pedidos/",
        rechazo=404,
        **_DEL_PEDIDO,
        negada=no(409, "no puede pasar a «En preparación»", params=_YA_PREPARADO),
    ),
    fila(
        "POST",
        "/vender/pedidos/{pedido_id}/despacho",
        VENDE,
        303,
        form={"operador_id": "{unidad_correos}"},
        a="/vender/pedidos/",
        rechazo=404,
        **_DEL_PEDIDO,
        negada=no(409, "necesita la habilitación", _QUE_NO_LLEVA),
    ),
    fila(
        "POST",
        "/vender/pedidos/{pedido_id}/cancelacion",
        VENDE,
        303,
        form=_MOTIVO,
        a="/vender/pedidos/",
        rechazo=404,
        **_DEL_PEDIDO,
        negada=no(409, "ya fue anulado", antes=_sin_custodia),
    ),
    fila("GET", "/vender/productos", VENTAS, 200, contiene=True),
    fila("GET", "/vender/productos/nuevo", VENTAS, 200),
    fila(
        "POST",
        "/vender/productos/nuevo",
        VENDE,
        303,
        form=_FORM_PRODUCTO | {"unidad_id": "{unidad_tienda}", "publicar": "1"},
        a="/productos/",
        negada=no(409, "Ya lo usa otro de sus productos", _REPETIDO),
    ),
    fila("GET", "/vender/productos/{producto_id}", VENDE, 200, contiene=True, rechazo=404, **_DEL_BORRADOR),
    fila(
        "POST",
        "/vender/productos/{producto_id}",
        VENDE,
        303,
        form=_FORM_PRODUCTO | {"_version": "1", "sku": "A-1"},
        rechazo=404,
        a="/vender/productos/",
        **_DEL_BORRADOR,
        negada=no(
            409,
            "como máximo",
            {"_version": "{version_llena}"},
            archivo=_OTRA_FOTO,
            antes=_con_todas_las_fotos,
        ),
    ),
]

CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
FILAS: list[Fila] = [*API, *PAGINAS]
