"""Rows of a published call that changes: its versions, and the bids that wait."""

from typing import Any

from tests.autorizacion.escena import Escena
from tests.autorizacion.feria import llamar, ofertar
from tests.autorizacion.filas import PUBLICO, Fila, fila, mandato, no

COMPRA = mandato("alcaldia", "COMPRAR", "alberto")
OFERTA = mandato("tienda", "OFERTAR", "tomasa")
_MOTIVO = "Lo pidieron los proveedores."


def cambiar(e: Escena) -> None:
    """A call that changed since the shop bid, and one that is suspended."""
    from feria_inversa.procesos.esquemas import EnmiendaEntrada
    from feria_inversa.procesos.versiones import enmendar, suspender
    from nucleo.bd import transaccion

    for clave in ("cambiada", "detenida"):
        llamar(e, clave, dias=15)
        ofertar(e, clave)
    enmienda = EnmiendaEntrada(motivo=_MOTIVO, descripcion="Con tapa de madera.")
    with transaccion() as sesion:
        enmendar(sesion, e.actor("alberto"), e.valores["cambiada"], enmienda)
    with transaccion() as sesion:
        suspender(sesion, e.actor("alberto"), e.valores["detenida"], _MOTIVO)


def _de(clave: str, **mas: str) -> dict[str, Any]:
    return {"params": {"convocatoria_id": clave, **mas}}


_UNA = "/api/v1/convocatorias/{convocatoria_id}"
_GESTION = "/compras/{convocatoria_id}"
_PUBLICADA, _ORDENADA = {"convocatoria_id": "publicada"}, {"convocatoria_id": "ordenada"}
_CERRADA = {"convocatoria_id": "cerrada", "oferta_id": "oferta_cerrada"}
_API: dict[str, Any] = {"alcance": "convocatorias"}
_NO_VE = {"otro_dueno": 404, "otra_unidad": 404, "sin_facultad": 403}
_PAGINA: dict[str, Any] = {"rechazo": _NO_VE, "a": "/compras/"}
_ENMIENDA = {"descripcion": "Con tapa de madera.", "motivo": _MOTIVO}
_ENMIENDA_DE_PAGINA = _ENMIENDA | {
    "titulo": "Mesas de la matriz",
    "lugar_entrega": "",
    "plazo_entrega_dias": "30",
}
_ENMIENDA_DE_ITEM = {
    "numero": "1",
    "descripcion": "Pupitre de madera y metal",
    "cantidad": "4",
    "unidad_medida": "pieza",
    "precio_referencial": "100,00",
    "motivo": _MOTIVO,
}
_CIERRE = {"vence_en": "{cierre}", "motivo": _MOTIVO}
_CIERRE_LOCAL = {"vence_en": "{cierre_local}", "motivo": _MOTIVO}
_SUSPENDE = {"motivo": _MOTIVO}
_TARDE = no(422, "plazo_insuficiente", {"vence_en": "{pasado}"})
_NO_ABIERTA = no(409, "estado_no_permite", params=_ORDENADA)

FILAS: list[Fila] = [
    fila("GET", _UNA + "/versiones", PUBLICO, 200, **_de("cambiada")),
    fila(
        "POST",
        _UNA + "/enmiendas",
        COMPRA,
        200,
        json=_ENMIENDA,
        **_API,
        **_de("publicada"),
        negada=_NO_ABIERTA,
    ),
    fila(
        "POST", _UNA + "/ampliaciones", COMPRA, 200, json=_CIERRE, **_API, **_de("publicada"), negada=_TARDE
    ),
    fila(
        "POST",
        _UNA + "/suspension",
        COMPRA,
        200,
        json=_SUSPENDE,
        **_API,
        **_de("publicada"),
        negada=_NO_ABIERTA,
    ),
    fila("POST", _UNA + "/reanudacion", COMPRA, 200, json=_CIERRE, **_API, **_de("detenida"), negada=_TARDE),
    fila(
        "POST",
        _UNA + "/ofertas/{oferta_id}/reconfirmacion",
        OFERTA,
        200,
        rechazo=404,
        maquina=404,
        **_API,
        **_de("cambiada", oferta_id="oferta_cambiada"),
        negada=no(409, "oferta_tardia", params=_CERRADA),
    ),
    fila(
        "GET",
        _GESTION + "/cambios",
        COMPRA,
        200,
        rechazo=404,
        tambien={"sin_facultad"},
        **_de("cambiada"),
    ),
    fila(
        "POST",
        _GESTION + "/enmiendas",
        COMPRA,
        303,
        form=_ENMIENDA_DE_PAGINA,
        **_PAGINA,
        **_de("publicada"),
        negada=no(422, "Explique el motivo", {"motivo": "corto"}),
    ),
    fila(
        "POST",
        _GESTION + "/enmiendas/items",
        COMPRA,
        303,
        form=_ENMIENDA_DE_ITEM,
        **_PAGINA,
        **_de("publicada"),
        negada=no(422, "Elija el ítem", {"numero": "7"}),
    ),
    fila(
        "POST",
        _GESTION + "/ampliaciones",
        COMPRA,
        303,
        form=_CIERRE_LOCAL,
        **_PAGINA,
        **_de("publicada"),
        negada=no(422, "no puede ser antes", {"vence_en": "{manana_local}"}),
    ),
    fila(
        "POST",
        _GESTION + "/suspension",
        COMPRA,
        303,
        form=_SUSPENDE,
        **_PAGINA,
        **_de("publicada"),
        negada=no(409, "Solo cambia lo que recibe ofertas", params=_ORDENADA),
    ),
    fila(
        "POST",
        _GESTION + "/reanudacion",
        COMPRA,
        303,
        form=_CIERRE_LOCAL,
        **_PAGINA,
        **_de("detenida"),
        negada=no(409, "Se reanuda lo que está suspendido", params=_PUBLICADA),
    ),
    fila(
        "POST",
        "/ofertas/{oferta_id}/reconfirmacion",
        OFERTA,
        303,
        form={},
        rechazo=404,
        a="/ofertas/",
        params={"oferta_id": "oferta_cambiada"},
        negada=no(409, "El plazo terminó", params={"oferta_id": "oferta_cerrada"}),
    ),
]
CONSTANTES: dict[str, object] = {}
HISTORIA = {0: cambiar}
