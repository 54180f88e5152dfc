"""Rows of the documents of a call: of a draft, and of one that takes bids."""

from typing import Any

from tests.autorizacion.escena import Escena
from tests.autorizacion.feria import borrador, llamar
from tests.autorizacion.filas import PUBLICO, Fila, fila, mandato, no
from tests.ayudas.papeles import un_pdf

COMPRA = mandato("alcaldia", "COMPRAR", "alberto")
_MOTIVO = "Lo pidieron los proveedores."


def documentar(e: Escena) -> None:
    """A draft with a document, and a published call with another."""
    from feria_inversa.documentos import Clase
    from feria_inversa.procesos.documentos import subir_documento
    from nucleo.archivos import Recibido
    from nucleo.bd import transaccion

    e.valores["pdf"] = un_pdf()
    llamar(e, "documentada", dias=15)
    borrador(e, "con_planos")
    for clave, motivo in (("documentada", _MOTIVO), ("con_planos", "")):
        with transaccion() as sesion:
            subir_documento(
                sesion,
                e.actor("alberto"),
                e.valores[clave],
                Clase.PLANOS,
                "Planos de la matriz",
                Recibido.de_bytes(e.valores["pdf"]),
                motivo=motivo,
            )


_API_UNA = "/api/v1/convocatorias/{convocatoria_id}/documentos"
_GESTION = "/compras/{convocatoria_id}"
_PUBLICADA = {"convocatoria_id": "documentada"}
_BORRADOR = {"convocatoria_id": "con_planos"}
_NO_VE = {"otro_dueno": 404, "otra_unidad": 404, "sin_facultad": 403}
_API: dict[str, Any] = {"alcance": "convocatorias", "maquina": 404, "rechazo": _NO_VE}
_PAGINA: dict[str, Any] = {"rechazo": _NO_VE, "a": "/compras/"}
_DOCUMENTO = {"clase": "planos", "titulo": "Planos de la matriz"}
_ARCHIVO = ("archivo", "planos.pdf", "pdf")
_NO_ES = ("archivo", "planos.pdf", "no es un PDF")
_UNO: dict[str, Any] = {"params": {**_PUBLICADA, "numero": "uno", "version": "uno"}}

_PEDIDO = {"nombre": "Especificaciones técnicas", "subsanable": False}
_PEDIDO_DE_PAGINA = {"pedidos.1.nombre": "Especificaciones técnicas", "pedidos.1.falta": "fuera"}
_LO_PEDIDO = "/api/v1/convocatorias/{convocatoria_id}/documentos-pedidos"

FILAS: list[Fila] = [
    fila("GET", "/api/v1/declaraciones-de-ofertas", PUBLICO, 200),
    fila("GET", _LO_PEDIDO, PUBLICO, 200, params=_PUBLICADA),
    fila(
        "PUT",
        _LO_PEDIDO,
        COMPRA,
        200,
        json={"pedidos": [_PEDIDO]},
        params=_BORRADOR,
        **_API,
        negada=no(422, "datos_invalidos", {"pedidos": [_PEDIDO, _PEDIDO]}),
    ),
    fila(
        "GET",
        _GESTION + "/documentos-pedidos",
        COMPRA,
        200,
        rechazo=404,
        tambien={"sin_facultad"},
        params=_BORRADOR,
    ),
    fila(
        "POST",
        _GESTION + "/documentos-pedidos",
        COMPRA,
        303,
        form=_PEDIDO_DE_PAGINA,
        params=_BORRADOR,
        **_PAGINA,
        negada=no(422, "Diga qué pasa si falta", {"pedidos.1.falta": ""}),
    ),
    fila("GET", _API_UNA, PUBLICO, 200, params=_PUBLICADA),
    fila("GET", _API_UNA + "/{numero}/{version}", PUBLICO, 200, **_UNO),
    fila("GET", "/feria/{convocatoria_id}/documentos/{numero}/{version}", PUBLICO, 200, **_UNO),
    fila(
        "POST",
        _API_UNA,
        COMPRA,
        201,
        form=_DOCUMENTO | {"motivo": _MOTIVO},
        archivo=_ARCHIVO,
        params=_PUBLICADA,
        **_API,
        negada=no(404, "documento_no_encontrado", {"numero": "9"}),
    ),
    fila(
        "DELETE",
        _API_UNA + "/{numero}",
        COMPRA,
        204,
        params={**_BORRADOR, "numero": "uno"},
        **_API,
        negada=no(404, "documento_no_encontrado", params={"numero": "dos"}),
    ),
    fila(
        "GET",
        _GESTION + "/documentos",
        COMPRA,
        200,
        rechazo=404,
        tambien={"sin_facultad"},
        params=_PUBLICADA,
    ),
    fila(
        "POST",
        _GESTION + "/documentos",
        COMPRA,
        303,
        form=_DOCUMENTO,
        archivo=_ARCHIVO,
        params=_BORRADOR,
        **_PAGINA,
        negada=no(422, "Suba un PDF", archivo=_NO_ES),
    ),
    fila(
        "POST",
        _GESTION + "/documentos/quitar",
        COMPRA,
        303,
        form={"quitar": "1"},
        params=_BORRADOR,
        **_PAGINA,
        negada=no(409, "Lo publicado no se edita", params=_PUBLICADA),
    ),
    fila(
        "POST",
        _GESTION + "/enmiendas/documentos",
        COMPRA,
        303,
        form=_DOCUMENTO | {"motivo": _MOTIVO},
        archivo=_ARCHIVO,
        params=_PUBLICADA,
        **_PAGINA,
        negada=no(422, "Explique el motivo", {"motivo": "corto"}),
    ),
]
OFERTA = mandato("tienda", "OFERTAR", "tomasa")
_DE_LA_TIENDA = {"unidad_id": "unidad_tienda"}
FILAS += [
    fila("GET", "/api/v1/convocatorias/{convocatoria_id}/invitaciones", PUBLICO, 200, params=_PUBLICADA),
    fila(
        "GET",
        "/api/v1/invitaciones/{unidad_id}",
        OFERTA,
        200,
        params=_DE_LA_TIENDA,
        alcance="convocatorias",
    ),
    fila(
        "PUT",
        "/api/v1/invitaciones/{unidad_id}",
        OFERTA,
        200,
        json={"recibe": False},
        params=_DE_LA_TIENDA,
        alcance="convocatorias",
        sin_negada="se prefiere o no se prefiere",
    ),
    fila("GET", "/invitaciones/{unidad_id}", OFERTA, 200, params=_DE_LA_TIENDA),
    fila(
        "POST",
        "/invitaciones/{unidad_id}",
        OFERTA,
        303,
        form={},
        a="/invitaciones/",
        params=_DE_LA_TIENDA,
        sin_negada="se prefiere o no se prefiere",
    ),
]
CONSTANTES: dict[str, object] = {"uno": 1, "dos": 2}
HISTORIA = {0: documentar}
