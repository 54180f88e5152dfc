"""Rows of what is asked about a call while it takes bids, and of what is contested of what was decided."""

from typing import Any

from tests.autorizacion.filas import PUBLICO, Fila, fila, mandato, no

COMPRA = mandato("alcaldia", "COMPRAR", "alberto")
ADMINISTRA = mandato("alcaldia", "ADMINISTRAR", "alberto")
OFERTA = mandato("tienda", "OFERTAR", "tomasa")


def _de(clave: str, **mas: str) -> dict[str, Any]:
    return {"params": {"convocatoria_id": clave, **mas}}


_UNA = "/api/v1/convocatorias/{convocatoria_id}"
_GESTION = "/compras/{convocatoria_id}"
_ORDENADA = {"convocatoria_id": "ordenada"}
_NO_VE = {"otro_dueno": 404, "otra_unidad": 404, "sin_facultad": 403}
_PREGUNTA = {"unidad_id": "{unidad_tienda}", "texto": "¿De qué madera se piden?"}
_RESPONDE = {"respuesta": "De mara o de cedro."}
_LA_PREGUNTA = {"convocatoria_id": "publicada", "pregunta_id": "pregunta"}
_LA_RESPONDIDA = {"convocatoria_id": "publicada", "pregunta_id": "pregunta_respondida"}
_IMPUGNA = {
    "item_id": "{item_discutible}",
    "unidad_id": "{unidad_tienda}",
    "motivo": "La oferta que ganó no cumple.",
}
_RESUELVE = {"decision": "revocada", "fundamento": "La oferta que ganó no cumple lo pedido."}
_LA_IMPUGNACION = {"impugnacion_id": "impugnacion_impugnada"}
_LA_JUZGADA = {"impugnacion_id": "impugnacion_juzgada"}
_SU_IMPUGNACION = {"convocatoria_id": "impugnada", **_LA_IMPUGNACION}

FILAS: list[Fila] = [
    fila("GET", _UNA + "/impugnaciones", PUBLICO, 200, **_de("impugnada")),
    fila(
        "POST",
        _UNA + "/impugnaciones",
        OFERTA,
        201,
        json=_IMPUGNA,
        **_de("discutible"),
        negada=no(409, "no_se_impugna", {"item_id": "{item_ordenada}"}, params=_ORDENADA),
    ),
    fila(
        "POST",
        "/api/v1/impugnaciones/{impugnacion_id}/retiro",
        OFERTA,
        200,
        params=_LA_IMPUGNACION,
        negada=no(409, "impugnacion_no_permite", params=_LA_JUZGADA),
    ),
    fila(
        "POST",
        "/api/v1/impugnaciones/{impugnacion_id}/resolucion",
        ADMINISTRA,
        200,
        json=_RESUELVE,
        params=_LA_IMPUGNACION,
        negada=no(409, "impugnacion_no_permite", params=_LA_JUZGADA),
    ),
    fila("GET", _UNA + "/preguntas", PUBLICO, 200, **_de("publicada")),
    fila(
        "POST",
        _UNA + "/preguntas",
        OFERTA,
        201,
        json=_PREGUNTA,
        **_de("publicada"),
        negada=no(409, "no_se_pregunta", params=_ORDENADA),
    ),
    fila(
        "POST",
        _UNA + "/preguntas/{pregunta_id}/respuesta",
        COMPRA,
        200,
        json=_RESPONDE,
        params=_LA_PREGUNTA,
        negada=no(409, "pregunta_terminada", params=_LA_RESPONDIDA),
    ),
    fila(
        "POST",
        "/feria/{convocatoria_id}/impugnaciones",
        OFERTA,
        303,
        form=_IMPUGNA,
        a="/feria/",
        **_de("discutible"),
        negada=no(422, "Explique el motivo", {"motivo": "corto"}),
    ),
    fila(
        "POST",
        "/feria/{convocatoria_id}/impugnaciones/{impugnacion_id}/retiro",
        OFERTA,
        303,
        a="/feria/",
        params=_SU_IMPUGNACION,
        negada=no(409, "no puede pasar a «Retirada»", params=_LA_JUZGADA),
    ),
    fila(
        "GET",
        _GESTION + "/impugnaciones",
        COMPRA,
        200,
        rechazo=404,
        tambien={"sin_facultad"},
        **_de("impugnada"),
    ),
    fila(
        "POST",
        _GESTION + "/impugnaciones/{impugnacion_id}/resolucion",
        ADMINISTRA,
        303,
        form=_RESUELVE,
        a="/compras/",
        rechazo=_NO_VE,
        params=_SU_IMPUGNACION,
        negada=no(422, "Explique el fundamento", {"fundamento": "corto"}),
    ),
    fila("GET", "/feria/{convocatoria_id}/preguntas", PUBLICO, 200, **_de("publicada")),
    fila(
        "POST",
        "/feria/{convocatoria_id}/preguntas",
        OFERTA,
        303,
        form=_PREGUNTA,
        a="/feria/",
        **_de("publicada"),
        negada=no(422, "Escriba la pregunta", {"texto": "corta"}),
    ),
    fila(
        "GET",
        _GESTION + "/preguntas",
        COMPRA,
        200,
        rechazo=404,
        tambien={"sin_facultad"},
        **_de("publicada"),
    ),
    fila(
        "POST",
        _GESTION + "/preguntas/{pregunta_id}/respuesta",
        COMPRA,
        303,
        form=_RESPONDE,
        a="/compras/",
        rechazo=_NO_VE,
        params=_LA_PREGUNTA,
        negada=no(422, "Escriba la respuesta", {"respuesta": ""}),
    ),
]
CONSTANTES: dict[str, object] = {}
HISTORIA: dict[int, Any] = {}
