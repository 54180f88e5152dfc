"""Rows of what one side of an order asks of the other: who buys, who sells; API and pages."""

from datetime import timedelta

from tests.autorizacion.escena import Escena
from tests.autorizacion.filas import Quien, fila, no
from tests.autorizacion.matriz_comercio import VENDE
from tests.autorizacion.mercado import comprado, publicar

COMPRADORA = Quien("ana", "tienda", "VENDER")


def preparar(e: Escena) -> None:
    """An order of which nothing was asked; one whose seller asks for days; one whose buyer asks for less."""
    from comercio.acuerdos import pedir_plazo, pedir_quitar
    from comercio.acuerdos.esquemas import PlazoPedido, QuitaPedida
    from nucleo.bd import transaccion
    from nucleo.reloj import fecha_bolivia

    telar = publicar(e, "Telar por acordar")
    for clave in ("acordable", "con_plazo_pedido", "con_quita_pedida"):
        comprado(e, telar, f"pedido_{clave}")
    hoy = fecha_bolivia()
    e.valores |= {"dia_acordado": str(hoy + timedelta(days=20)), "dia_de_hoy": str(hoy)}
    plazo = PlazoPedido(hasta=hoy + timedelta(days=20), motivo="Falta hilo")
    quita = QuitaPedida(
        linea_id=e.valores["linea_de_pedido_con_quita_pedida"], cantidad=1, motivo="No hace falta"
    )
    with transaccion() as sesion:
        con_plazo, con_quita = e.valores["pedido_con_plazo_pedido"], e.valores["pedido_con_quita_pedida"]
        e.valores["plazo_pedido"] = pedir_plazo(sesion, e.actor("tomasa"), con_plazo, plazo).id
        e.valores["quita_pedida"] = pedir_quitar(sesion, e.actor("ana"), con_quita, quita).id


_API, _ACUERDOS = "/api/v1", "/pedidos/{pedido_id}/acuerdos"
_ACORDABLE = {"params": {"pedido_id": "pedido_acordable"}, "rechazo": 404}
_CON_PLAZO = {"params": {"pedido_id": "pedido_con_plazo_pedido"}, "rechazo": 404}
_POR_API = {"alcance": "pedidos", "maquina": 404}
_DIAS = {"hasta": "{dia_acordado}", "motivo": "Falta hilo"}
_SIN_DIAS = {"hasta": "{dia_de_hoy}", "motivo": "Falta hilo"}
_MENOS = {"linea_id": "{linea_de_pedido_acordable}", "cantidad": "1", "motivo": "Me sobra"}
_DE_MAS = _MENOS | {"cantidad": "9"}
_NADA_PEDIDO = {"pedido_id": "pedido_acordable"}
_DE_QUIEN_VENDE = "de quien vende"

FILAS = [
    fila("GET", _API + _ACUERDOS, COMPRADORA, 200, **_ACORDABLE, alcance="pedidos", maquina=404),
    fila(
        "POST",
        _API + _ACUERDOS + "/plazo",
        VENDE,
        200,
        json=_DIAS,
        **_ACORDABLE,
        **_POR_API,
        negada=no(422, "datos_invalidos", _SIN_DIAS),
    ),
    fila(
        "POST",
        _API + _ACUERDOS + "/quita",
        COMPRADORA,
        200,
        json=_MENOS,
        **_ACORDABLE,
        **_POR_API,
        negada=no(409, "cantidad_que_no_queda", _DE_MAS),
    ),
    fila(
        "POST",
        _API + _ACUERDOS + "/respuesta",
        COMPRADORA,
        200,
        json={"acuerdo_id": "{plazo_pedido}", "acepta": False},
        **_CON_PLAZO,
        **_POR_API,
        negada=no(409, "transicion_invalida", params=_NADA_PEDIDO),
    ),
    fila("GET", _ACUERDOS, COMPRADORA, 200, **_ACORDABLE),
    fila("GET", _ACUERDOS, VENDE, 200, variante=_DE_QUIEN_VENDE, **_ACORDABLE),
    fila(
        "POST",
        _ACUERDOS + "/plazo",
        VENDE,
        303,
        form=_DIAS,
        a="/pedidos/",
        **_ACORDABLE,
        negada=no(422, "Elija un día después", _SIN_DIAS),
    ),
    fila(
        "POST",
        _ACUERDOS + "/quita",
        COMPRADORA,
        303,
        form=_MENOS,
        a="/pedidos/",
        **_ACORDABLE,
        negada=no(409, "por despachar", _DE_MAS),
    ),
    fila(
        "POST",
        _ACUERDOS + "/respuesta",
        VENDE,
        303,
        form={"acuerdo_id": "{quita_pedida}", "acepta": "1"},
        a="/pedidos/",
        params={"pedido_id": "pedido_con_quita_pedida"},
        rechazo=404,
        negada=no(409, "Nadie pide cambiar", params=_NADA_PEDIDO),
    ),
]

HISTORIA = {0: preparar}
CONSTANTES: dict[str, object] = {}
