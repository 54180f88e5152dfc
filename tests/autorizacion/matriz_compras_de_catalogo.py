"""Rows of the purchases of a public entity from the catalogue."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from tests.autorizacion.escena import MARCA, Escena, apoderar
from tests.autorizacion.filas import PUBLICO, fila, mandato, no
from tests.autorizacion.matriz_certificaciones import certificar
from tests.autorizacion.mercado import ENTREGA, entregar, publicar

COMPRA = mandato("alcaldia", "COMPRAR", "alberto")
PAGA = mandato("alcaldia", "PAGAR", "alberto")


def preparar(e: Escena) -> None:
    """Purchases that Zenón asked for, at each point of their life; Wilma decided: neither receives them."""
    from nucleo.reloj import fecha_bolivia
    from tests.ayudas.personas import nueva_persona

    e.personas["zenon"] = nueva_persona("Zenón")
    e.personas["wilma"] = nueva_persona("Wilma")
    for clave in ("zenon", "wilma"):
        apoderar(e.unidades["alcaldia"], ["COMPRAR"], persona=e.personas[clave])
    amplia, justa = certificar(e, "CATALOGO-1", "20000.00"), certificar(e, "CATALOGO-2", "75.00")
    e.valores |= {"certificacion_amplia": amplia, "certificacion_justa": justa}
    e.valores["oferta_por_comprar"] = _sostenida(e)
    for clave in ("solicitada", "ordenada", "recibida", "conforme"):
        e.valores[f"compra_{clave}"] = _pedida(e, amplia)
    e.valores["compra_de_la_justa"], e.valores["compra_sin_fondos"] = _pedida(e, justa), _pedida(e, justa)
    for clave in ("ordenada", "recibida", "conforme", "de_la_justa"):
        _aprobar(e, e.valores[f"compra_{clave}"])
    for clave in ("recibida", "conforme"):
        _recibir(e, e.valores[f"compra_{clave}"], conforme=clave == "conforme")
    e.valores["hoy_conforme"] = fecha_bolivia().isoformat()


def _sostenida(e: Escena) -> UUID:
    from comercio.busqueda import Filtros
    from comercio.evidencias.congelar import congelar
    from comercio.sostenidas.esquemas import OfertaPedida
    from comercio.sostenidas.sostener import pedir, responder
    from nucleo.bd import transaccion

    producto_id, alcaldia = publicar(e, "Catre de la matriz"), e.unidades["alcaldia"].id
    with transaccion() as sesion:
        busqueda = congelar(
            sesion, e.actor("zenon"), alcaldia, Filtros("catre"), f"Catres {MARCA}", producto_id
        )
        pedida = OfertaPedida(
            unidad_id=alcaldia, producto_id=producto_id, cantidad=Decimal(1), dias=5, busqueda_id=busqueda.id
        )
        oferta_id = pedir(sesion, e.actor("zenon"), pedida).id
    with transaccion() as sesion:
        responder(sesion, e.actor("tomasa"), oferta_id, sostener=True)
    return oferta_id


def _pedida(e: Escena, certificacion_id: UUID) -> UUID:
    from feria_inversa.compra_de_catalogo.esquemas import CompraPedida
    from feria_inversa.compra_de_catalogo.solicitar import solicitar
    from nucleo.bd import transaccion

    datos = CompraPedida(
        oferta_id=_sostenida(e),
        certificacion_id=certificacion_id,
        para_que="Catres del albergue",
        forma="correo",
        **ENTREGA | {"referencia": f"Puerta {MARCA}"},
    )
    with transaccion() as sesion:
        return solicitar(sesion, e.actor("zenon"), e.unidades["alcaldia"].id, datos).id


def _aprobar(e: Escena, compra_id: UUID) -> None:
    from feria_inversa.compra_de_catalogo.decidir import aprobar
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        aprobar(sesion, e.actor("wilma"), compra_id)


def _recibir(e: Escena, compra_id: UUID, *, conforme: bool) -> None:
    from comercio.compra.hacer import pedidos_de
    from feria_inversa.compra_de_catalogo.cumplir import conformar
    from feria_inversa.compra_de_catalogo.seguir import seguir
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        (pedido,) = pedidos_de(sesion, compra_id)
    entregar(e, pedido.id)
    with transaccion() as sesion:
        seguir(sesion, pedido.id)
    if conforme:
        with transaccion() as sesion:
            conformar(sesion, e.actor("alberto"), compra_id)


_API, _PAGINA = "/api/v1/compras-de-catalogo", "/compras-de-catalogo"
_UNA, _LA = _API + "/{compra_id}", _PAGINA + "/{compra_id}"
_DE_UNA = "/api/v1/entidades-contratantes/{unidad_id}/compras-de-catalogo"
_DE_LA_ALCALDIA = {"params": {"unidad_id": "unidad_alcaldia"}}
# Who buys, evaluates or pays for the entity, alone or with others, sees them all.
_SE_VE: dict[str, Any] = {"tambien": {"sin_facultad"}, "con_otros": "mira"}
_NUEVA = ENTREGA | {
    "oferta_id": "{oferta_por_comprar}",
    "certificacion_id": "{certificacion_amplia}",
    "para_que": "Catres del albergue",
    "forma": "correo",
}
_SIN_FONDOS = {"compra_id": "compra_sin_fondos"}
_YA_ORDENADA = {"compra_id": "compra_ordenada"}
_MOTIVO = {"motivo": "Ya no hace falta este año."}
_POR_TESORERIA, _SIN_ORDENAR = {"se_paga_con": "c31"}, {"compra_id": "compra_solicitada"}
_C31 = {"medio": "c31", "comprobante": "4471", "fecha": "{hoy_conforme}"}
_ID = {"_id": "{nuevo}"}
_POR_DECIDIR = {"otro_dueno": 404, "otra_unidad": 404, "sin_facultad": 403}


def _de(clave: str) -> dict[str, Any]:
    return {"params": {"compra_id": f"compra_{clave}"}}


FILAS = [
    fila("GET", _API, PUBLICO, 200),
    fila("GET", _API + ".csv", PUBLICO, 200),
    fila("GET", _UNA, PUBLICO, 200, **_de("ordenada")),
    fila(
        "POST",
        _DE_UNA,
        COMPRA,
        201,
        json=_NUEVA,
        **_DE_LA_ALCALDIA,
        negada=no(409, "certificacion_insuficiente", {"certificacion_id": "{certificacion_justa}"}),
    ),
    fila("GET", _DE_UNA, COMPRA, 200, **_DE_LA_ALCALDIA, **_SE_VE),
    fila(
        "POST",
        _UNA + "/aprobacion",
        COMPRA,
        200,
        rechazo=_POR_DECIDIR,
        con_otros="propone",
        **_de("solicitada"),
        negada=no(409, "certificacion_insuficiente", params=_SIN_FONDOS),
    ),
    fila(
        "POST",
        _UNA + "/rechazo",
        COMPRA,
        200,
        json=_MOTIVO,
        rechazo=_POR_DECIDIR,
        **_de("solicitada"),
        negada=no(409, "compra_de_catalogo_no_permite", params=_YA_ORDENADA),
    ),
    fila(
        "POST",
        _UNA + "/anulacion",
        COMPRA,
        200,
        json=_MOTIVO,
        rechazo=_POR_DECIDIR,
        **_de("solicitada"),
        negada=no(409, "compra_de_catalogo_no_permite", params=_YA_ORDENADA),
    ),
    fila(
        "POST",
        _UNA + "/conformidad",
        COMPRA,
        200,
        rechazo={"sin_facultad": 404},
        **_de("recibida"),
        negada=no(409, "transicion_invalida", params=_YA_ORDENADA),
    ),
    fila(
        "POST",
        _UNA + "/con-que-se-paga",
        PAGA,
        200,
        json=_POR_TESORERIA,
        con_otros="mira",
        **_de("ordenada"),
        negada=no(409, "compra_de_catalogo_no_permite", params=_SIN_ORDENAR),
    ),
    fila(
        "POST",
        _UNA + "/pago",
        PAGA,
        200,
        json=_C31,
        con_otros="propone",
        **_de("conforme"),
        negada=no(409, "transicion_invalida", params=_YA_ORDENADA),
    ),
    fila("GET", _PAGINA, PUBLICO, 200),
    fila("GET", _LA, PUBLICO, 200, **_de("ordenada")),
    fila("GET", "/entidades/{unidad_id}/compras-de-catalogo", COMPRA, 200, **_DE_LA_ALCALDIA, **_SE_VE),
    fila(
        "GET",
        "/entidades/{unidad_id}/compras-de-catalogo/nueva",
        COMPRA,
        200,
        consulta={"oferta": "{oferta_por_comprar}"},
        **_DE_LA_ALCALDIA,
    ),
    fila(
        "POST",
        "/entidades/{unidad_id}/compras-de-catalogo",
        COMPRA,
        303,
        form=_ID | _NUEVA,
        a="/compras-de-catalogo/",
        **_DE_LA_ALCALDIA,
        negada=no(409, "De la certificación", {"certificacion_id": "{certificacion_justa}"}),
    ),
    fila(
        "POST",
        _LA + "/aprobacion",
        COMPRA,
        303,
        form=_ID | _POR_TESORERIA,
        a="/compras-de-catalogo/",
        rechazo=_POR_DECIDIR,
        leen={"sin_facultad"},
        con_otros="propone",
        **_de("solicitada"),
        negada=no(409, "De la certificación", params=_SIN_FONDOS),
    ),
    fila(
        "POST",
        _LA + "/rechazo",
        COMPRA,
        303,
        form=_ID | _MOTIVO,
        a="/compras-de-catalogo/",
        rechazo=_POR_DECIDIR,
        leen={"sin_facultad"},
        **_de("solicitada"),
        negada=no(409, "no puede pasar", params=_YA_ORDENADA),
    ),
    fila(
        "POST",
        _LA + "/anulacion",
        COMPRA,
        303,
        form=_ID | _MOTIVO,
        a="/compras-de-catalogo/",
        rechazo=_POR_DECIDIR,
        leen={"sin_facultad"},
        **_de("solicitada"),
        negada=no(409, "Ya se decidió", params=_YA_ORDENADA),
    ),
    fila(
        "POST",
        _LA + "/conformidad",
        COMPRA,
        303,
        form=_ID,
        a="/compras-de-catalogo/",
        rechazo={"sin_facultad": 404},
        leen={"sin_facultad"},
        **_de("recibida"),
        negada=no(409, "Todavía no consta", params=_YA_ORDENADA),
    ),
    fila(
        "POST",
        _LA + "/con-que-se-paga",
        PAGA,
        303,
        form=_ID | _POR_TESORERIA,
        a="/compras-de-catalogo/",
        leen={"sin_facultad"},
        con_otros="mira",
        **_de("ordenada"),
        negada=no(409, "Todavía no se ordenó", params=_SIN_ORDENAR),
    ),
    fila(
        "POST",
        _LA + "/pago",
        PAGA,
        303,
        form=_ID | _C31,
        a="/compras-de-catalogo/",
        leen={"sin_facultad"},
        con_otros="propone",
        **_de("conforme"),
        negada=no(409, "todavía no consta", params=_YA_ORDENADA),
    ),
]

CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
