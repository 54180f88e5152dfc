"""Rows of the panel of who sells: what is owed, money, holidays, ways to deliver, prices; API and pages."""

from tests.autorizacion.escena import Escena
from tests.autorizacion.filas import PUBLICO, Fila, bs, fila, no
from tests.autorizacion.matriz_comercio import VENDE, VENTAS
from tests.autorizacion.matriz_pedidos import QUE_NO_LLEVA


def _ya_volvio(e: Escena) -> None:
    """Tomasa does not take the holidays that she noted."""
    from comercio.vendedores import terminar_vacaciones
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        terminar_vacaciones(sesion, e.actor("tomasa"), e.valores["vacaciones"])


_DE_LA_TIENDA = {"unidad_id": "{unidad_tienda}"}
_VACACIONES = {"unidad_id": "{unidad_tienda}", "desde": "{pronto}", "hasta": "{pronto}"}
_CRUZADAS = {"hasta": "{lejos}"}
_PRECIOS = {
    "unidad_id": "{unidad_tienda}",
    "como": "subir_monto",
    "cuanto": "1",
    "lineas": [{"variante_id": "{variante_producto_borrador}", "antes": bs("50.00")}],
}
_API = "/api/v1"


def _con_algo_en_el_deposito(e: Escena) -> None:
    """Something came to the place that would be closed."""
    from comercio.catalogo.esquemas import MovimientoNuevo
    from comercio.catalogo.modelos import Producto
    from comercio.catalogo.variar import mover_existencia
    from nucleo.bd import transaccion

    llega = MovimientoNuevo.model_validate(
        {"motivo": "ingreso", "cantidad": 1, "lugar_id": e.valores["deposito"]}
    )
    producto_id, variante_id = e.valores["producto_borrador"], e.valores["variante_producto_borrador"]
    with transaccion() as sesion:
        version = sesion.get_one(Producto, producto_id).version
        mover_existencia(sesion, e.actor("tomasa"), producto_id, variante_id, version, llega)


API = [
    fila(
        "GET",
        _API + "/formas-de-entrega",
        PUBLICO,
        200,
        consulta={"unidad_id": "{unidad_tienda}"},
    ),
    fila(
        "PUT",
        _API + "/formas-de-entrega",
        VENDE,
        200,
        consulta={"unidad_id": "{unidad_tienda}"},
        json={"correo": True, "cobra_correo": True, "gratis_desde": bs("300.00")},
        alcance="pedidos",
        negada=no(422, "datos_invalidos", {"correo": False}),
    ),
    fila(
        "GET",
        _API + "/lugares-de-despacho",
        VENDE,
        200,
        consulta={"unidad_id": "{unidad_tienda}"},
        alcance="productos",
    ),
    fila(
        "POST",
        _API + "/lugares-de-despacho",
        VENDE,
        201,
        json={"unidad_id": "{unidad_tienda}", "nombre": "Taller", "referencia": "Calle 9, portón azul"},
        alcance="productos",
        negada=no(409, "lugar_repetido", {"nombre": "Depósito"}),
    ),
    fila(
        "POST",
        _API + "/lugares-de-despacho/{lugar_id}/cierre",
        VENDE,
        200,
        rechazo=404,
        maquina=404,
        alcance="productos",
        params={"lugar_id": "deposito"},
        negada=no(409, "lugar_en_uso", antes=_con_algo_en_el_deposito),
    ),
    fila(
        "GET",
        _API + "/ventas",
        VENDE,
        200,
        consulta={"unidad_id": "{unidad_tienda}"},
        alcance="pedidos",
    ),
    fila(
        "GET",
        _API + "/ventas/por-preparar",
        VENDE,
        200,
        consulta={"unidad_id": "{unidad_tienda}"},
        alcance="pedidos",
    ),
    fila(
        "POST",
        _API + "/ventas/anuncios",
        VENDE,
        200,
        json={"unidad_id": "{unidad_tienda}", "operador_id": "{unidad_correos}", "pedidos": ["{pedido}"]},
        alcance="pedidos",
        negada=no(409, "sin_habilitacion", QUE_NO_LLEVA),
    ),
    fila("GET", _API + "/vacaciones", VENDE, 200, consulta=_DE_LA_TIENDA, alcance="productos"),
    fila(
        "POST",
        _API + "/vacaciones",
        VENDE,
        201,
        json=_VACACIONES,
        alcance="productos",
        negada=no(409, "vacaciones_que_se_cruzan", _CRUZADAS),
    ),
    fila(
        "POST",
        _API + "/vacaciones/{vacaciones_id}/fin",
        VENDE,
        200,
        rechazo=404,
        maquina=404,
        alcance="productos",
        params={"vacaciones_id": "vacaciones"},
        negada=no(409, "vacaciones_terminadas", antes=_ya_volvio),
    ),
    fila("GET", _API + "/primeros-pasos", VENDE, 200, consulta=_DE_LA_TIENDA, alcance="productos"),
    fila(
        "GET",
        _API + "/resumen-de-ventas",
        VENDE,
        200,
        consulta=_DE_LA_TIENDA | {"desde": "2026-01-01", "hasta": "2026-01-31"},
        alcance="pedidos",
    ),
    fila("GET", _API + "/dinero-de-ventas", VENDE, 200, consulta=_DE_LA_TIENDA, alcance="pedidos"),
    fila(
        "POST",
        _API + "/propuestas-de-precio",
        VENDE,
        200,
        json=_PRECIOS,
        alcance="productos",
        escribe=False,
        sin_negada="no cambia nada",
    ),
    fila(
        "POST",
        _API + "/cambios-de-precio",
        VENDE,
        200,
        json=_PRECIOS,
        alcance="productos",
        sin_negada="lo que no se puede se dice en su línea",
    ),
    fila(
        "GET",
        _API + "/existencias-cortas",
        VENDE,
        200,
        consulta={"unidad_id": "{unidad_tienda}"},
        alcance="productos",
    ),
    fila(
        "PUT",
        _API + "/umbrales-de-existencia",
        VENDE,
        200,
        json={
            "unidad_id": "{unidad_tienda}",
            "umbrales": [{"variante_id": "{variante_producto}", "umbral": "3"}],
        },
        alcance="productos",
        negada=no(404, "variante_no_encontrada", {"umbrales": [{"variante_id": "{otro}", "umbral": "3"}]}),
    ),
]
PAGINAS = [
    fila("GET", "/vender", VENTAS, 200),
    fila("GET", "/vender/preparar", VENTAS, 200),
    fila("GET", "/vender/preparar/recojo.pdf", VENTAS, 200),
    fila(
        "POST",
        "/vender/preparar",
        VENDE,
        200,
        form={
            "unidad_id": "{unidad_tienda}",
            "operador_id": "{unidad_correos}",
            "formato": "hojas",
            "pedidos.0.id": "{pedido}",
        },
        negada=no(409, "necesita la habilitación", QUE_NO_LLEVA),
    ),
    fila("GET", "/vender/entregas", VENTAS, 200),
    fila(
        "POST",
        "/vender/entregas",
        VENDE,
        303,
        consulta={"unidad": "{unidad_tienda}"},
        form={"correo": "1"},
        a="/vender",
        negada=no(422, "al menos una", {"correo": ""}),
    ),
    fila("GET", "/vender/lugares", VENTAS, 200),
    fila(
        "POST",
        "/vender/lugares",
        VENDE,
        303,
        form={"unidad_id": "{unidad_tienda}", "nombre": "Taller", "referencia": "Calle 9, portón azul"},
        a="/vender/lugares",
        negada=no(409, "Ya tiene un lugar", {"nombre": "Depósito"}),
    ),
    fila(
        "POST",
        "/vender/lugares/{lugar_id}/cerrar",
        VENDE,
        303,
        a="/vender/lugares",
        rechazo=404,
        params={"lugar_id": "deposito"},
        negada=no(409, "Todavía hay existencia", antes=_con_algo_en_el_deposito),
    ),
    fila("GET", "/vender/ventas", VENTAS, 200),
    fila("GET", "/vender/dinero", VENTAS, 200),
    fila("GET", "/vender/{que}.csv", VENTAS, 200, params={"que": "que_csv"}),
    fila("GET", "/vender/sistemas", VENTAS, 200),
    fila("GET", "/vender/vacaciones", VENTAS, 200),
    fila(
        "POST",
        "/vender/vacaciones",
        VENDE,
        303,
        form=_VACACIONES,
        a="/vender/vacaciones",
        negada=no(409, "Ya tiene vacaciones", _CRUZADAS),
    ),
    fila(
        "POST",
        "/vender/vacaciones/{vacaciones_id}/fin",
        VENDE,
        303,
        a="/vender/vacaciones",
        rechazo=404,
        params={"vacaciones_id": "vacaciones"},
        negada=no(409, "ya terminaron", antes=_ya_volvio),
    ),
    fila("GET", "/vender/precios", VENTAS, 200),
    fila(
        "POST",
        "/vender/precios",
        VENDE,
        200,
        form={
            "unidad_id": "{unidad_tienda}",
            "como": "subir_monto",
            "cuanto": "1",
            "lineas.0.variante_id": "{variante_producto_borrador}",
            "lineas.0.antes": "5000",
            "lineas.0.elegida": "1",
        },
        sin_negada="lo que no se puede se dice en su línea",
    ),
    fila("GET", "/vender/existencias", VENTAS, 200),
    fila(
        "POST",
        "/vender/existencias",
        VENDE,
        303,
        form={
            "unidad_id": "{unidad_tienda}",
            "lineas.0.variante_id": "{variante_producto}",
            "lineas.0.umbral": "3",
        },
        a="/vender/existencias",
        negada=no(404, "No encontramos esa página", {"lineas.0.variante_id": "{otro}"}),
    ),
]
CONSTANTES: dict[str, object] = {}
HISTORIA: dict[int, object] = {}
FILAS: list[Fila] = [*API, *PAGINAS]
