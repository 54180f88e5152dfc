"""Rows of promotions and coupons: of who sells, and of whoever has a cart."""

from datetime import timedelta

from tests.autorizacion.escena import MARCA, Escena
from tests.autorizacion.filas import PUBLICO, Fila, bs, fila, no
from tests.autorizacion.matriz_comercio import VENDE, VENTAS

_API = "/api/v1"


def preparar(e: Escena) -> None:
    """A promotion of the draft alone and a coupon, both yet to begin: nothing of the scene costs less."""
    from comercio.promociones import CuponNuevo, PromocionNueva, dar_cupon, promover
    from nucleo.bd import transaccion
    from nucleo.reloj import ahora, fecha_bolivia

    tomasa, dia = e.actor("tomasa"), fecha_bolivia(ahora()) + timedelta(days=200)
    comunes = {
        "unidad_id": e.unidades["tienda"].id,
        "clase": "porcentaje",
        "cuanto": "10",
        "desde": dia,
        "hasta": dia,
    }
    de_ella = {"alcance": "elegidos", "variantes": [e.valores["variante_producto_borrador"]]}
    with transaccion() as sesion:
        nueva = PromocionNueva.model_validate(comunes | de_ella | {"nombre": f"Feria {MARCA}"})
        e.valores["promocion"] = promover(sesion, tomasa, nueva).id
        nuevo = CuponNuevo.model_validate(comunes | {"codigo": "ESCENA10", "usos": 5})
        e.valores["cupon"] = dar_cupon(sesion, tomasa, nuevo).id


_DE_LA_TIENDA = {"unidad_id": "{unidad_tienda}"}
_COMUN = _DE_LA_TIENDA | {"clase": "porcentaje", "cuanto": "10", "desde": "{pronto}", "hasta": "{pronto}"}
_PROMOCION = _COMUN | {"nombre": "Semana del tejido"}
_CUPON = _COMUN | {"codigo": "OTRO2026"}
_SIN_DIAS = {"hasta": "2020-01-01"}
_YA_ESTA = {"estado": "activa"}
_PAUSA = {"estado": "pausada"}

API = [
    fila(
        "GET", _API + "/promociones", VENDE, 200, consulta=_DE_LA_TIENDA, alcance="productos", contiene=True
    ),
    fila(
        "POST",
        _API + "/promociones",
        VENDE,
        201,
        json=_PROMOCION,
        alcance="productos",
        negada=no(422, "datos_invalidos", _SIN_DIAS),
    ),
    fila(
        "POST",
        _API + "/promociones/{promocion_id}/estado",
        VENDE,
        200,
        json=_PAUSA,
        rechazo=404,
        maquina=404,
        alcance="productos",
        params={"promocion_id": "promocion"},
        negada=no(409, "transicion_invalida", _YA_ESTA),
    ),
    fila("GET", _API + "/cupones", VENDE, 200, consulta=_DE_LA_TIENDA, alcance="productos"),
    fila(
        "POST",
        _API + "/cupones",
        VENDE,
        201,
        json=_CUPON | {"usos": 5, "minimo": bs("10.00")},
        alcance="productos",
        negada=no(409, "cupon_repetido", {"codigo": "escena10"}),
    ),
    fila(
        "POST",
        _API + "/cupones/{cupon_id}/estado",
        VENDE,
        200,
        json=_PAUSA,
        rechazo=404,
        maquina=404,
        alcance="productos",
        params={"cupon_id": "cupon"},
        negada=no(409, "transicion_invalida", _YA_ESTA),
    ),
    fila(
        "PUT",
        _API + "/carrito/cupon",
        PUBLICO,
        200,
        json={"codigo": None},
        escribe=False,
        negada=no(409, "cupon_no_vale", {"codigo": "NADIE123"}),
    ),
]
PAGINAS = [
    fila("GET", "/vender/promociones", VENTAS, 200, contiene=True),
    fila(
        "POST",
        "/vender/promociones",
        VENDE,
        303,
        form=_PROMOCION | {"alcance": "tienda"},
        a="/vender/promociones",
        negada=no(422, "Elija el mismo día o uno posterior", _SIN_DIAS),
    ),
    fila(
        "POST",
        "/vender/promociones/{promocion_id}/estado",
        VENDE,
        303,
        form=_PAUSA,
        a="/vender/promociones",
        rechazo=404,
        params={"promocion_id": "promocion"},
        negada=no(409, "no puede pasar", _YA_ESTA),
    ),
    fila(
        "POST",
        "/vender/cupones",
        VENDE,
        303,
        form=_CUPON | {"usos": "5", "minimo": "10"},
        a="/vender/promociones",
        negada=no(409, "Ya tiene uno con ese código", {"codigo": "ESCENA10"}),
    ),
    fila(
        "POST",
        "/vender/cupones/{cupon_id}/estado",
        VENDE,
        303,
        form=_PAUSA,
        a="/vender/promociones",
        rechazo=404,
        params={"cupon_id": "cupon"},
        negada=no(409, "no puede pasar", _YA_ESTA),
    ),
    fila(
        "POST",
        "/carrito/cupon",
        PUBLICO,
        303,
        form={"codigo": ""},
        a="/carrito",
        escribe=False,
        negada=no(409, "no es de ninguna tienda", {"codigo": "NADIE123"}),
    ),
]
CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
FILAS: list[Fila] = [*API, *PAGINAS]
