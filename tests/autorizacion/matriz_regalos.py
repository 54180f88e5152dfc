"""Rows of gifts: who buys one, and who receives it; API and pages."""

from tests.autorizacion.escena import Escena
from tests.autorizacion.filas import CIUDADANO, Quien, fila, no, persona
from tests.autorizacion.mercado import comprado, publicar

COMPRADORA = Quien("ana", "tienda", "VENDER")
LUIS = persona("luis")


def preparar(e: Escena) -> None:
    """A gift of Ana's for Luis, picked up at the shop and ready; another one that has not left."""
    from comercio.compra.esquemas import Regalo
    from comercio.formas import FormaDeEntrega
    from comercio.pedidos import cumplir
    from comercio.regalos.seguir import nombrar_destinatario
    from nucleo.bd import transaccion

    e.valores["ci_de_luis"] = e.personas["luis"].ci
    tazon = publicar(e, "Tazón de regalo")
    for clave in ("pedido_regalado", "pedido_por_regalar"):
        formas = {e.unidades["tienda"].id: FormaDeEntrega.RETIRO}
        comprado(e, tazon, clave, formas=formas, regalo=Regalo(mensaje="Feliz día"))
        with transaccion() as sesion:
            nombrar_destinatario(sesion, e.actor("ana"), e.valores[clave], e.personas["luis"].ci)
    with transaccion() as sesion:
        cumplir.alistar(sesion, e.actor("tomasa"), e.valores["pedido_regalado"])


_API = "/api/v1"
_REGALADO = {"params": {"pedido_id": "pedido_regalado"}, "rechazo": 404}
_SIN_REGALO = {"pedido_id": "pedido"}
_LUIS = {"destinatario": "{ci_de_luis}"}
_NADIE = {"destinatario": "nadie-con-este-alias"}
_POR_SALIR = {"pedido_id": "pedido_por_regalar"}

FILAS = [
    fila(
        "PUT",
        _API + "/pedidos/{pedido_id}/regalo",
        COMPRADORA,
        200,
        json=_LUIS,
        **_REGALADO,
        negada=no(409, "no_es_regalo", params=_SIN_REGALO),
    ),
    fila("GET", _API + "/regalos", CIUDADANO, 200),
    fila(
        "POST",
        _API + "/regalos/{pedido_id}/recibido",
        LUIS,
        200,
        **_REGALADO,
        negada=no(409, "transicion_invalida", params=_POR_SALIR),
    ),
    fila("GET", "/pedidos/{pedido_id}/regalo", COMPRADORA, 200, **_REGALADO),
    fila(
        "POST",
        "/pedidos/{pedido_id}/regalo",
        COMPRADORA,
        303,
        form=_LUIS,
        a="/pedidos/",
        **_REGALADO,
        negada=no(422, "Nadie tiene ese alias", _NADIE),
    ),
    fila(
        "POST",
        "/pedidos/{pedido_id}/regalo/quitar",
        COMPRADORA,
        303,
        a="/pedidos/",
        **_REGALADO,
        negada=no(409, "no se dijo que es un regalo", params=_SIN_REGALO),
    ),
    fila("GET", "/regalos", CIUDADANO, 200),
    fila(
        "POST",
        "/regalos/{pedido_id}/recibido",
        LUIS,
        303,
        a="/regalos",
        **_REGALADO,
        negada=no(409, "Todavía no salió", params=_POR_SALIR),
    ),
]

HISTORIA = {0: preparar}
CONSTANTES: dict[str, object] = {}
