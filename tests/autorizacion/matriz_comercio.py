"""Rows of the shop and of the catalogue of who sells; API and pages. And the scene of the market."""

import io
from datetime import timedelta

from tests.autorizacion.escena import MARCA, Escena
from tests.autorizacion.filas import CIUDADANO, PUBLICO, Fila, Quien, bs, fila, mandato, no
from tests.autorizacion.mercado import ENTREGA, comprado, publicar, publicar_servicio

VENDE = mandato("tienda", "VENDER", "tomasa")
VENTAS = Quien("tomasa", "tienda", "VENDER", libre=True)


def preparar(e: Escena) -> None:
    from comercio.carrito.llenar import Titular, agregar, ver_carrito
    from comercio.catalogo.esquemas import VarianteCambios
    from comercio.catalogo.fotos import agregar_foto
    from comercio.catalogo.modelos import Producto
    from comercio.catalogo.opciones import variante_pedida
    from comercio.catalogo.variar import editar_variante
    from comercio.direcciones import Entrega, guardar_direccion
    from comercio.favoritos.guardar import guardar as guardar_favorito
    from comercio.formas import FormaDeEntrega, declarar
    from comercio.lugares import abrir_lugar
    from comercio.pedidos import cumplir as pedidos
    from comercio.vendedores import tomar_vacaciones
    from nucleo.archivos import Recibido
    from nucleo.bd import transaccion
    from nucleo.reloj import ahora, fecha_bolivia

    tomasa, ana = e.actor("tomasa"), e.actor("ana")
    e.valores |= {"foto": _png("purple"), "otra_foto": _png("green"), "palabras": "chompa-de-alpaca"}

    def ofrecer(clave: str, titulo: str, **campos: object) -> None:
        e.valores[clave] = publicar(e, titulo, **campos)
        with transaccion() as sesion:
            e.valores[f"variante_{clave}"] = variante_pedida(sesion, e.valores[clave])

    ofrecer("producto", "Chompa de alpaca", sku="CH-1")
    ofrecer("producto_guardado", "Manta de alpaca", sku="CH-3")
    ofrecer("producto_borrador", f"Chompa {MARCA}", publicar=False, sku="CH-2")
    comprado(e, e.valores["producto"], "pedido")
    comprado(e, publicar_servicio(e, "Arreglo"), "pedido_de_servicio")
    with transaccion() as sesion:
        guardar_favorito(sesion, ana, e.valores["producto_guardado"])
    with transaccion() as sesion:
        donde = Entrega.model_validate(ENTREGA | {"referencia": f"Puerta {MARCA}"})
        e.valores["direccion_id"] = guardar_direccion(sesion, ana, "Casa", donde).id
    tienda = e.unidades["tienda"].id
    with transaccion() as sesion:
        declarar(sesion, tomasa, tienda, {FormaDeEntrega.CORREO: "", FormaDeEntrega.RETIRO: "Calle 5"})
    for clave in ("pedido_por_alistar", "pedido_en_mano"):
        comprado(e, e.valores["producto"], clave, formas={tienda: FormaDeEntrega.RETIRO})
    with transaccion() as sesion:
        en_mano = pedidos.alistar(sesion, tomasa, e.valores["pedido_en_mano"])
        e.valores["codigo_en_mano"] = en_mano.codigo_entrega
        pedidos.preparar(sesion, tomasa, e.valores["pedido_de_servicio"])
        foto = agregar_foto(sesion, tomasa, e.valores["producto"], Recibido.de_bytes(e.valores["foto"]))
        e.valores |= {"archivo_id": str(foto.archivo_id), "foto_id": foto.id}
        talla = VarianteCambios(atributos={"talla": "M"})
        borrador = e.valores["producto_borrador"]
        editar_variante(sesion, tomasa, borrador, e.valores["variante_producto_borrador"], 1, talla)
        deposito = abrir_lugar(sesion, tomasa, tienda, "Depósito", f"Calle {MARCA}")
        e.valores["deposito"] = str(deposito.id)
        e.valores["version_borrador"] = str(sesion.get_one(Producto, borrador).version)
        e.valores["version_producto"] = str(sesion.get_one(Producto, e.valores["producto"]).version)
        titular = Titular(persona_id=e.personas["ana"].id)
        agregar(sesion, titular, e.valores["variante_producto"], 1)
        e.valores["huella"] = ver_carrito(sesion, titular).huella
    with transaccion() as sesion:
        lejos = fecha_bolivia(ahora()) + timedelta(days=200)
        lejanas = tomar_vacaciones(sesion, tomasa, e.unidades["tienda"].id, lejos, lejos)
        e.valores["que_csv"] = "ventas"
        e.valores |= {"vacaciones": lejanas.id, "lejos": lejos.isoformat()}
        e.valores["pronto"] = (lejos - timedelta(days=20)).isoformat()


def _png(color: str) -> bytes:
    from PIL import Image

    salida = io.BytesIO()
    Image.new("RGB", (60, 60), color).save(salida, "PNG")
    return salida.getvalue()


def _con_todas_las_fotos(e: Escena) -> None:
    """No more pictures fit in either product."""
    from comercio.catalogo.bloqueos import bloquear_producto
    from comercio.catalogo.fotos import FOTOS_MAXIMAS, anexar_foto
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


_PRODUCTO = {
    "unidad_id": "{unidad_tienda}",
    "titulo": "Poncho rojo",
    "categoria": "alpaca-y-llama",
    "precio": bs("80.00"),
    "existencia": 3,
}
_DEL_PRODUCTO = {"params": {"producto_id": "producto"}}
_DE_LA_FOTO = {"params": {"producto_id": "producto", "foto_id": "foto_id"}}
_OTRO_PRODUCTO = {"producto_id": "producto_borrador", "foto_id": "foto_id"}
_DE_VARIOS = {"params": {"producto_id": "producto_borrador"}}
_UNA_DE_VARIOS = {"params": {"producto_id": "producto_borrador", "variante_id": "variante_producto_borrador"}}
_VERSION = {"If-Match": '"{version_borrador}"'}
_VARIANTE = {"atributos": {"talla": "L"}, "precio": bs("60.00"), "existencia": 2}
_VARIANTE_EN_HOJA = {
    "atributos.0.nombre": "talla",
    "atributos.0.valor": "L",
    "precio": "60",
    "unidad_medida": "unidad",
    "existencia": "2",
}
_DEL_BORRADOR = {"params": {"producto_id": "producto_borrador"}}
_OTRA_FOTO = ("foto", "otra.png", "otra_foto")
_FOTO = ("foto", "f.png", "foto")
_REPETIDO = {"sku": "CH-1"}
_API = "/api/v1"

API = [
    fila("GET", _API + "/productos", PUBLICO, 200),
    fila("GET", _API + "/productos/{producto_id}", PUBLICO, 200, **_DEL_PRODUCTO),
    fila("GET", _API + "/productos/{producto_id}/precios", PUBLICO, 200, **_DEL_PRODUCTO),
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
    fila(
        "PATCH",
        _API + "/productos/{producto_id}/fotos/{foto_id}",
        VENDE,
        200,
        json={"descripcion": "De frente"},
        alcance="productos",
        **_DE_LA_FOTO,
        negada=no(404, "foto_no_encontrada", params=_OTRO_PRODUCTO),
    ),
    fila(
        "PUT",
        _API + "/productos/{producto_id}/fotos/{foto_id}",
        VENDE,
        200,
        archivo=_FOTO,
        alcance="productos",
        **_DE_LA_FOTO,
        negada=no(404, "foto_no_encontrada", params=_OTRO_PRODUCTO, archivo=_OTRA_FOTO),
    ),
    fila(
        "DELETE",
        _API + "/productos/{producto_id}/fotos/{foto_id}",
        VENDE,
        204,
        alcance="productos",
        **_DE_LA_FOTO,
        negada=no(404, "foto_no_encontrada", params=_OTRO_PRODUCTO),
    ),
    fila(
        "POST",
        _API + "/productos/{producto_id}/variantes",
        VENDE,
        201,
        json=_VARIANTE,
        cabeceras=_VERSION,
        alcance="productos",
        **_DE_VARIOS,
        negada=no(409, "variante_repetida", {"atributos": {"talla": "M"}}),
    ),
    fila(
        "PATCH",
        _API + "/productos/{producto_id}/variantes/{variante_id}",
        VENDE,
        200,
        json={"precio": bs("70.00")},
        cabeceras=_VERSION,
        alcance="productos",
        **_UNA_DE_VARIOS,
        negada=no(409, "sku_repetido", {"sku": "CH-1"}),
    ),
    fila(
        "POST",
        _API + "/productos/{producto_id}/variantes/{variante_id}/movimientos",
        VENDE,
        201,
        json={"motivo": "ingreso", "cantidad": 5},
        cabeceras=_VERSION,
        alcance="productos",
        **_UNA_DE_VARIOS,
        negada=no(422, "cantidad_invalida", {"cantidad": 1.5}),
    ),
    fila(
        "POST",
        _API + "/productos/{producto_id}/variantes/{variante_id}/traslados",
        VENDE,
        201,
        json={"desde_id": "{unidad_tienda}", "hasta_id": "{deposito}", "cantidad": 2},
        cabeceras=_VERSION,
        alcance="productos",
        **_UNA_DE_VARIOS,
        negada=no(409, "existencia_reservada", {"cantidad": 1000}),
    ),
    fila(
        "GET",
        _API + "/productos/{producto_id}/variantes/{variante_id}/existencias",
        VENDE,
        200,
        rechazo=404,
        maquina=404,
        alcance="productos",
        **_UNA_DE_VARIOS,
    ),
    fila("GET", _API + "/categorias", PUBLICO, 200),
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
    fila("GET", "/vender/busquedas-sin-resultado", CIUDADANO, 200),
    fila("GET", "/productos/{producto_id}", PUBLICO, 200, **_DEL_PRODUCTO),
    fila("GET", "/productos/{producto_id}/{palabras}", PUBLICO, 200, **_DEL_PRODUCTO),
    fila("GET", "/sitemap.xml", PUBLICO, 200),
    fila("GET", "/sitemap/productos.xml", PUBLICO, 200, consulta={"desde": "{producto}"}),
    fila("GET", "/sitemap/vendedores.xml", PUBLICO, 200),
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
        form=_FORM_PRODUCTO | {"_version": "{version_borrador}", "sku": "A-1"},
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
    fila(
        "POST",
        "/vender/productos/{producto_id}/fotos/{foto_id}",
        VENDE,
        303,
        form={"descripcion": "De frente", "orden": "1"},
        rechazo=404,
        a="/vender/productos/",
        **_DE_LA_FOTO,
        negada=no(422, "Escriba qué se ve", {"descripcion": ""}),
    ),
    fila(
        "GET",
        "/vender/productos/{producto_id}/variantes/nueva",
        VENDE,
        200,
        contiene=True,
        rechazo=404,
        **_DE_VARIOS,
    ),
    fila(
        "POST",
        "/vender/productos/{producto_id}/variantes/nueva",
        VENDE,
        303,
        form=_VARIANTE_EN_HOJA,
        rechazo=404,
        a="/vender/productos/",
        **_DE_VARIOS,
        negada=no(409, "Ya tiene una variante igual", {"atributos.0.valor": "M"}),
    ),
    fila(
        "GET",
        "/vender/productos/{producto_id}/variantes/{variante_id}",
        VENDE,
        200,
        contiene=True,
        rechazo=404,
        **_UNA_DE_VARIOS,
    ),
    fila(
        "POST",
        "/vender/productos/{producto_id}/variantes/{variante_id}",
        VENDE,
        303,
        form=_VARIANTE_EN_HOJA | {"_version": "{version_borrador}"},
        rechazo=404,
        a="/vender/productos/",
        **_UNA_DE_VARIOS,
        negada=no(409, "al menos una variante", {"retirar": "1"}),
    ),
    fila(
        "POST",
        "/vender/productos/{producto_id}/variantes/{variante_id}/movimientos",
        VENDE,
        303,
        form={"motivo": "ingreso", "cantidad": "5"},
        rechazo=404,
        a="/vender/productos/",
        **_UNA_DE_VARIOS,
        negada=no(422, "Se vende entero", {"cantidad": "1,5"}),
    ),
    fila(
        "POST",
        "/vender/productos/{producto_id}/variantes/{variante_id}/traslados",
        VENDE,
        303,
        form={"desde_id": "{unidad_tienda}", "hasta_id": "{deposito}", "cantidad": "2"},
        rechazo=404,
        a="/vender/productos/",
        **_UNA_DE_VARIOS,
        negada=no(409, "se pueden llevar", {"cantidad": "1000"}),
    ),
]
CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
FILAS: list[Fila] = [*API, *PAGINAS]
