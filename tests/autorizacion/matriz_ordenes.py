"""Rows of the orders of the reverse fair and of their guarantees, in the scene of `matriz_feria`."""

from tests.autorizacion.filas import PUBLICO, Fila, bs, fila, no
from tests.autorizacion.matriz_feria import COMPRA, MIS_OFERTAS, OFERTA, PAGA

_RECHAZA = {"motivo": "No puede entregarlo a ese precio."}
_ORDEN = "/api/v1/ordenes-de-compra/{orden_id}"
_LA_ORDEN = {"params": {"orden_id": "orden_de_compra"}}
_LA_ACEPTADA = {"orden_id": "orden_aceptada"}
_LA_RECIBIDA = {"orden_id": "orden_recibida"}
_LA_ATRASADA = {"orden_id": "orden_atrasada"}
_SU_ENTREGA = {"orden_id": "orden_aceptada", "numero": "entrega"}
_ENTREGA = {"lineas": [{"numero": 1, "cantidad": "1"}]}
_C31 = {"medio": "c31", "comprobante": "44", "fecha": "{hoy_recibida}"}
_SU_ANTICIPO = {"orden_id": "orden_aceptada", "numero": "garantia"}
_SU_CUMPLIMIENTO = {"orden_id": "orden_aceptada", "numero": "garantia_de_cumplimiento"}
_SU_GARANTIA = {"orden_id": "orden_recibida", "numero": "garantia"}
_GARANTIA = {
    "forma": "boleta",
    "emisor": "Banco de la matriz",
    "documento": "78",
    "desde": "2024-01-01",
    "hasta": "{dia_3}",
}
_YA_ANULADA = {"orden_id": "orden_recibida", "numero": "garantia_anulada"}
_POR_ERROR = {"motivo": "Era de otra orden de compra."}
_CORTA = {"motivo": "No entregó en su plazo."}
_UNA_ORDEN = "/ordenes-de-compra/{orden_id}"
_CON = "convocatorias"

API = [
    fila("GET", "/api/v1/ordenes-de-compra/{orden_id}", PUBLICO, 200, params={"orden_id": "orden_de_compra"}),
    fila(
        "POST",
        _ORDEN + "/aceptacion",
        OFERTA,
        200,
        alcance=_CON,
        **_LA_ORDEN,
        negada=no(409, "orden_no_permite", params=_LA_ACEPTADA),
    ),
    fila(
        "POST",
        _ORDEN + "/rechazo",
        OFERTA,
        200,
        json=_RECHAZA,
        alcance=_CON,
        **_LA_ORDEN,
        negada=no(409, "orden_no_permite", params=_LA_ACEPTADA),
    ),
    fila(
        "POST",
        _ORDEN + "/entregas",
        OFERTA,
        201,
        json=_ENTREGA,
        alcance=_CON,
        params=_LA_ACEPTADA,
        negada=no(422, "datos_invalidos", {"lineas": [{"numero": 1, "cantidad": "3"}]}),
    ),
    fila(
        "POST",
        _ORDEN + "/entregas/{numero}/recepcion",
        COMPRA,
        200,
        json={},
        alcance=_CON,
        params=_SU_ENTREGA,
        negada=no(422, "falta_motivo", {"lineas": [{"numero": 1, "cantidad": "1"}]}),
    ),
    fila(
        "POST",
        _ORDEN + "/pagos",
        PAGA,
        201,
        json=_C31 | {"monto": bs("10.00")},
        params=_LA_RECIBIDA,
        negada=no(409, "pago_de_mas", {"monto": bs("180.01")}),
    ),
    fila(
        "POST",
        _ORDEN + "/resolucion",
        COMPRA,
        200,
        json=_CORTA,
        alcance=_CON,
        params=_LA_ATRASADA,
        negada=no(409, "orden_no_permite", params={"orden_id": "orden_de_compra"}),
    ),
    fila(
        "POST",
        _ORDEN + "/garantias",
        COMPRA,
        201,
        json=_GARANTIA | {"monto": bs("25.20")},
        alcance=_CON,
        params=_LA_ACEPTADA,
        negada=no(422, "datos_invalidos", {"hasta": "2024-02-01"}),
    ),
    fila(
        "POST",
        _ORDEN + "/garantias/{numero}/devolucion",
        COMPRA,
        200,
        alcance=_CON,
        params=_SU_GARANTIA,
        negada=no(409, "garantia_no_permite", params=_SU_CUMPLIMIENTO),
    ),
    fila(
        "POST",
        _ORDEN + "/garantias/{numero}/ejecucion",
        COMPRA,
        200,
        json=_CORTA,
        alcance=_CON,
        params=_SU_ANTICIPO,
        negada=no(409, "garantia_no_permite", params=_SU_CUMPLIMIENTO),
    ),
    fila(
        "POST",
        _ORDEN + "/garantias/{numero}/anulacion",
        COMPRA,
        200,
        json=_POR_ERROR,
        alcance=_CON,
        params=_SU_ANTICIPO,
        negada=no(409, "garantia_no_permite", params=_YA_ANULADA),
    ),
    fila("GET", "/api/v1/proveedores-del-estado/{numero}", PUBLICO, 200, params={"numero": "numero_tienda"}),
]

PAGINAS = [
    fila("GET", "/ordenes-de-compra/{orden_id}", PUBLICO, 200, params={"orden_id": "orden_de_compra"}),
    fila("GET", "/feria/proveedores/{numero}", PUBLICO, 200, params={"numero": "numero_tienda"}),
    fila("GET", "/ordenes-de-compra", MIS_OFERTAS, 200),
    fila(
        "POST",
        "/ordenes-de-compra/{orden_id}/aceptacion",
        OFERTA,
        303,
        a="/ordenes-de-compra/",
        **_LA_ORDEN,
        negada=no(409, "no puede pasar a «Aceptada»", params=_LA_ACEPTADA),
    ),
    fila(
        "POST",
        "/ordenes-de-compra/{orden_id}/rechazo",
        OFERTA,
        303,
        form=_RECHAZA,
        a="/ordenes-de-compra/",
        **_LA_ORDEN,
        negada=no(422, "Explique el motivo", {"motivo": "corto"}),
    ),
    fila(
        "POST",
        _UNA_ORDEN + "/entregas",
        OFERTA,
        303,
        form={"_id": "{nuevo}", "lineas.1.cantidad": "1"},
        a="/ordenes-de-compra/",
        params=_LA_ACEPTADA,
        negada=no(422, "más de lo que queda", {"lineas.1.cantidad": "3"}),
    ),
    fila(
        "POST",
        _UNA_ORDEN + "/entregas/{numero}/recepcion",
        COMPRA,
        303,
        form={"lineas.1.cantidad": "2"},
        a="/ordenes-de-compra/",
        params=_SU_ENTREGA,
        negada=no(422, "por qué no recibe todo", {"lineas.1.cantidad": "1"}),
    ),
    fila(
        "POST",
        _UNA_ORDEN + "/pagos",
        PAGA,
        303,
        form=_C31 | {"_id": "{nuevo}", "monto": "10"},
        a="/ordenes-de-compra/",
        params=_LA_RECIBIDA,
        negada=no(409, "falta pagar", {"monto": "180,01"}),
    ),
    fila(
        "POST",
        _UNA_ORDEN + "/resolucion",
        COMPRA,
        303,
        form=_CORTA,
        a="/ordenes-de-compra/",
        params=_LA_ATRASADA,
        negada=no(422, "Explique el motivo", {"motivo": "corto"}),
    ),
    fila(
        "POST",
        _UNA_ORDEN + "/garantias",
        COMPRA,
        303,
        form=_GARANTIA | {"_id": "{nuevo}", "clase": "cumplimiento", "monto": "25,20"},
        a="/ordenes-de-compra/",
        params=_LA_ACEPTADA,
        negada=no(422, "Ya terminó", {"hasta": "2024-02-01"}),
    ),
    fila(
        "POST",
        _UNA_ORDEN + "/garantias/{numero}/devolucion",
        COMPRA,
        303,
        form={},
        a="/ordenes-de-compra/",
        params=_SU_GARANTIA,
        leen={"sin_facultad"},
        negada=no(409, "Se devuelve cuando la orden terminó", params=_SU_CUMPLIMIENTO),
    ),
    fila(
        "POST",
        _UNA_ORDEN + "/garantias/{numero}/ejecucion",
        COMPRA,
        303,
        form=_CORTA,
        a="/ordenes-de-compra/",
        params=_SU_ANTICIPO,
        negada=no(409, "Se ejecuta cuando la orden se resolvió", params=_SU_CUMPLIMIENTO),
    ),
    fila(
        "POST",
        _UNA_ORDEN + "/garantias/{numero}/anulacion",
        COMPRA,
        303,
        form=_POR_ERROR,
        a="/ordenes-de-compra/",
        params=_SU_ANTICIPO,
        negada=no(409, "Está en estado «Anulada", params=_YA_ANULADA),
    ),
]

CONSTANTES: dict[str, object] = {}
HISTORIA: dict[int, object] = {}
FILAS: list[Fila] = [*API, *PAGINAS]
