"""Rows of carts, purchases, orders and addresses: who buys, and who sells to them; API and pages."""

from tests.autorizacion.escena import Escena
from tests.autorizacion.filas import ANA, PUBLICO, Fila, Quien, fila, no
from tests.autorizacion.matriz_comercio import VENDE
from tests.autorizacion.mercado import ENTREGA
from tests.autorizacion.reveses import sin_saldo

COMPRADORA = Quien("ana", "tienda", "VENDER")
COMPRAS = Quien("ana", "tienda", "VENDER", libre=True)
CARRITO = "lo que se deja en un carrito no es un acto de nadie"


def _sin_custodia(e: Escena, clave: str = "pedido") -> None:
    """The money of the order went back to Ana, and the order does not know."""
    from nucleo.actor import Actor, Autorizacion
    from nucleo.bd import transaccion
    from nucleo.dinero import de_centavos
    from nucleo.ids import nuevo_id
    from pagos import (
        Codigo,
        SolicitudTransferencia,
        cuenta_de_asunto,
        cuenta_de_persona,
        exigir_transferencia,
    )

    with transaccion() as sesion:
        devolucion = SolicitudTransferencia(
            id=nuevo_id(),
            codigo=Codigo.DEVOLUCION,
            debito=cuenta_de_asunto(sesion, "pedido", e.valores[clave]),
            credito=cuenta_de_persona(sesion, e.personas["ana"].id),
            monto=de_centavos(5000),
        )
        exigir_transferencia(sesion, [devolucion], Autorizacion.propia(Actor.sistema("prueba")))


def _sin_custodia_en_mano(e: Escena) -> None:
    _sin_custodia(e, "pedido_en_mano")


_DIRECCION = ENTREGA | {"nombre": "Trabajo"}
_LINEA = {"producto_id": "{producto}", "cantidad": 1}
_DE_LA_VARIANTE = {"params": {"variante_id": "variante_producto"}}
_DEL_PEDIDO, _DEL_SERVICIO = (
    {"params": {"pedido_id": "pedido"}},
    {"params": {"pedido_id": "pedido_de_servicio"}},
)
_EN_MANO, _POR_ALISTAR = (
    {"params": {"pedido_id": "pedido_en_mano"}},
    {"params": {"pedido_id": "pedido_por_alistar"}},
)
_MAL_DICHO = {"codigo_entrega": "123"}
_YA_PREPARADO, _POR_CORREO = {"pedido_id": "pedido_de_servicio"}, {"pedido_id": "pedido"}
_MOTIVO = {"motivo": "Motivo de la prueba"}
QUE_NO_LLEVA = {"operador_id": "{unidad_taller}"}
_DE_MAS = {"cantidad": 99}
_API = "/api/v1"

API = [
    fila("GET", _API + "/carrito", PUBLICO, 200),
    fila("GET", _API + "/carrito/portes", PUBLICO, 200, consulta={"municipio_ine": "020105"}),
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
        _API + "/carrito/lineas/{variante_id}",
        PUBLICO,
        200,
        json={"cantidad": 2},
        sin_auditoria=CARRITO,
        **_DE_LA_VARIANTE,
        negada=no(409, "sin_existencia", _DE_MAS),
    ),
    fila(
        "POST",
        _API + "/pedidos",
        COMPRAS,
        201,
        json={"lineas": [_LINEA], "entrega": ENTREGA},
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
        negada=no(409, "sin_habilitacion", QUE_NO_LLEVA),
    ),
    fila(
        "POST",
        _API + "/pedidos/{pedido_id}/alistamiento",
        VENDE,
        200,
        alcance="pedidos",
        rechazo=404,
        maquina=404,
        **_POR_ALISTAR,
        negada=no(409, "transicion_invalida", params=_POR_CORREO),
    ),
    fila(
        "POST",
        _API + "/pedidos/{pedido_id}/entrega-en-mano",
        VENDE,
        200,
        json={"codigo_entrega": "{codigo_en_mano}"},
        alcance="pedidos",
        rechazo=404,
        maquina=404,
        **_EN_MANO,
        negada=no(422, "codigo_incorrecto", _MAL_DICHO),
    ),
    fila(
        "POST",
        _API + "/pedidos/{pedido_id}/no-entregado",
        VENDE,
        200,
        alcance="pedidos",
        rechazo=404,
        maquina=404,
        **_EN_MANO,
        negada=no(409, "fondos_insuficientes", antes=_sin_custodia_en_mano),
    ),
    fila(
        "POST",
        _API + "/pedidos/{pedido_id}/codigo",
        COMPRADORA,
        200,
        rechazo=404,
        **_EN_MANO,
        negada=no(409, "transicion_invalida", params=_POR_CORREO),
    ),
    fila("GET", _API + "/direcciones", COMPRAS, 200),
    fila(
        "POST",
        _API + "/direcciones",
        COMPRAS,
        201,
        json=_DIRECCION,
        negada=no(422, "datos_invalidos", {"municipio_ine": "999999"}),
    ),
    fila(
        "DELETE",
        _API + "/direcciones/{direccion_id}",
        ANA,
        204,
        rechazo=404,
        sin_negada="se borra lo que es de uno, siempre",
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
        _API + "/pedidos/{pedido_id}/prestacion",
        VENDE,
        200,
        json={"evidencia": "Quedó bordado"},
        alcance="pedidos",
        rechazo=404,
        maquina=404,
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
        negada=no(409, "fondos_insuficientes", antes=_sin_custodia),
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
        negada=no(409, "fondos_insuficientes", antes=_sin_custodia),
    ),
]
PAGINAS = [
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
        "/carrito/lineas/{variante_id}",
        PUBLICO,
        303,
        form={"cantidad": "2"},
        a="/carrito",
        sin_auditoria=CARRITO,
        **_DE_LA_VARIANTE,
        negada=no(409, "Solo quedan", {"cantidad": "99"}),
    ),
    fila("GET", "/comprar", COMPRADORA, 200, rechazo=303, contiene=True),
    fila(
        "POST",
        "/comprar",
        COMPRADORA,
        303,
        form=ENTREGA | {"_id": "{nuevo}", "huella": "{huella}"},
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
        negada=no(409, "no alcanza", antes=_sin_custodia),
    ),
    fila(
        "POST",
        "/pedidos/{pedido_id}/cancelacion-de-linea",
        COMPRADORA,
        303,
        form=_MOTIVO | {"linea_id": "{linea_de_pedido}", "cantidad": "1"},
        rechazo=404,
        a="/pedidos/",
        **_DEL_PEDIDO,
        negada=no(409, "por despachar", {"cantidad": "2"}),
    ),
    fila(
        "POST",
        "/pedidos/{pedido_id}/conformidad",
        COMPRADORA,
        303,
        rechazo=404,
        a="/pedidos/",
        **_DEL_SERVICIO,
        negada=no(409, "Todavía no consta que lo recibió", params=_POR_CORREO),
    ),
    fila(
        "GET",
        "/compras-hechas/{compra_id}",
        COMPRADORA,
        200,
        rechazo=404,
        params={"compra_id": "compra_pedido"},
    ),
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
        negada=no(409, "necesita la habilitación", QUE_NO_LLEVA),
    ),
    fila(
        "POST",
        "/vender/pedidos/{pedido_id}/alistamiento",
        VENDE,
        303,
        a="/vender/pedidos/",
        rechazo=404,
        **_POR_ALISTAR,
        negada=no(409, "va por correo", params=_POR_CORREO),
    ),
    fila(
        "POST",
        "/vender/pedidos/{pedido_id}/entrega-en-mano",
        VENDE,
        303,
        form={"codigo_entrega": "{codigo_en_mano}"},
        a="/vender/pedidos/",
        rechazo=404,
        **_EN_MANO,
        negada=no(422, "alguno no coincide", _MAL_DICHO),
    ),
    fila(
        "POST",
        "/vender/pedidos/{pedido_id}/no-entregado",
        VENDE,
        303,
        a="/vender/pedidos/",
        rechazo=404,
        **_EN_MANO,
        negada=no(409, "no alcanza", antes=_sin_custodia_en_mano),
    ),
    fila("GET", "/mis-direcciones", COMPRAS, 200),
    fila(
        "POST",
        "/mis-direcciones",
        COMPRAS,
        303,
        form=_DIRECCION,
        a="/mis-direcciones",
        negada=no(422, "Elija un municipio", {"municipio_ine": "999999"}),
    ),
    fila(
        "POST",
        "/mis-direcciones/{direccion_id}/borrado",
        ANA,
        303,
        rechazo=404,
        a="/mis-direcciones",
        sin_negada="se borra lo que es de uno, siempre",
    ),
    fila("GET", "/vender/pedidos/{pedido_id}/nota", VENDE, 200, rechazo=404, **_DEL_PEDIDO),
    fila(
        "POST",
        "/pedidos/{pedido_id}/codigo",
        COMPRADORA,
        303,
        a="/pedidos/",
        rechazo=404,
        **_EN_MANO,
        negada=no(409, "no espera que se entregue en mano", params=_POR_CORREO),
    ),
    fila(
        "POST",
        "/vender/pedidos/{pedido_id}/prestacion",
        VENDE,
        303,
        form={"evidencia": "Quedó bordado"},
        a="/vender/pedidos/",
        rechazo=404,
        **_DEL_SERVICIO,
        negada=no(409, "viaja por correo", params=_POR_CORREO),
    ),
    fila(
        "POST",
        "/vender/pedidos/{pedido_id}/cancelacion-de-linea",
        VENDE,
        303,
        form=_MOTIVO | {"linea_id": "{linea_de_pedido}", "cantidad": "1"},
        a="/vender/pedidos/",
        rechazo=404,
        **_DEL_PEDIDO,
        negada=no(409, "por despachar", {"cantidad": "2"}),
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
        negada=no(409, "no alcanza", antes=_sin_custodia),
    ),
]
CONSTANTES: dict[str, object] = {}
HISTORIA: dict[int, object] = {}
FILAS: list[Fila] = [*API, *PAGINAS]
