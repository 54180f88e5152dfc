"""Rows of reviews, reputation and questions: who bought, who sold, the authority, anybody; API and pages."""

from tests.autorizacion.escena import Escena
from tests.autorizacion.filas import PUBLICO, REGULADOR, Quien, fila, mandato, no
from tests.autorizacion.mercado import comprado, publicar_servicio

VENDE = mandato("tienda", "VENDER", "tomasa")
COMPRADORA = Quien("ana", "tienda", "VENDER")
TEXTO = "Quedó bien"
PREGUNTA = "¿Plancha también camisas?"


def preparar(e: Escena) -> None:
    """Services that ended: nothing is said of one yet, another has a review, another an answered one."""
    from comercio.mensajes.preguntas import preguntar
    from comercio.mensajes.preguntas import responder as responder_pregunta
    from comercio.opiniones.opinar import opinar, responder
    from comercio.pedidos import cumplir
    from nucleo.bd import transaccion

    tomasa, ana = e.actor("tomasa"), e.actor("ana")

    def concluido(clave: str) -> None:
        pedido_id = comprado(e, producto_id, f"pedido_{clave}")
        with transaccion() as sesion:
            cumplir.prestar(sesion, tomasa, pedido_id, "Quedó planchado")
            cumplir.dar_conformidad(sesion, ana, pedido_id)
            assert cumplir.liberar_custodia(sesion, pedido_id)

    producto_id = e.valores["producto_opinado"] = publicar_servicio(e, "Planchado")
    with transaccion() as sesion:
        e.valores["pregunta_hecha"] = preguntar(sesion, ana, producto_id, PREGUNTA).id
    with transaccion() as sesion:
        e.valores["pregunta_cerrada"] = preguntar(sesion, ana, producto_id, PREGUNTA).id
        responder_pregunta(sesion, tomasa, e.valores["pregunta_cerrada"], TEXTO)
    concluido("por_opinar")
    for clave in ("dicha", "respondida"):
        concluido(clave)
        with transaccion() as sesion:
            pedido_id, linea_id = e.valores[f"pedido_{clave}"], e.valores[f"linea_de_pedido_{clave}"]
            opinion = opinar(sesion, ana, pedido_id, linea_id, 4, TEXTO)
            e.valores[f"opinion_{clave}"] = opinion.id
            if clave == "respondida":
                responder(sesion, tomasa, opinion.id, TEXTO)


_API = "/api/v1"
_PRODUCTO = {"params": {"producto_id": "producto_opinado"}}
_TIENDA = {"params": {"unidad_id": "unidad_tienda"}}
_PEDIDO = {"params": {"pedido_id": "pedido_por_opinar"}, "rechazo": 404}
_PREGUNTA = {"params": {"pregunta_id": "pregunta_hecha"}, "rechazo": 404}
_CERRADA = {"pregunta_id": "pregunta_cerrada"}
_CON_TELEFONO = {"texto": "Llámeme al 71234567"}
_NUEVA = {"linea_id": "{linea_de_pedido_por_opinar}", "estrellas": 5, "texto": TEXTO}
_DICHA = {"params": {"opinion_id": "opinion_dicha"}}
_RESPONDIDA = {"opinion_id": "opinion_respondida"}
_OTRA_LINEA = {"linea_id": "{linea_de_pedido_dicha}"}

FILAS = [
    fila("GET", _API + "/productos/{producto_id}/opiniones", PUBLICO, 200, **_PRODUCTO),
    fila(
        "POST",
        _API + "/pedidos/{pedido_id}/opiniones",
        COMPRADORA,
        201,
        json=_NUEVA,
        **_PEDIDO,
        negada=no(409, "opinion_no_procede", _OTRA_LINEA),
    ),
    fila(
        "POST",
        _API + "/opiniones/{opinion_id}/respuesta",
        VENDE,
        201,
        json={"texto": TEXTO},
        alcance="pedidos",
        **_DICHA,
        negada=no(409, "opinion_respondida", params=_RESPONDIDA),
    ),
    fila(
        "POST",
        _API + "/opiniones/{opinion_id}/moderacion",
        REGULADOR,
        201,
        json={"que": "ocultar", "motivo": TEXTO},
        **_DICHA,
        negada=no(409, "moderacion_repetida", {"que": "restituir"}),
    ),
    fila("GET", _API + "/vendedores/{unidad_id}/reputacion", PUBLICO, 200, **_TIENDA),
    fila("GET", "/reputacion/{unidad_id}", PUBLICO, 200, **_TIENDA),
    fila("GET", _API + "/productos/{producto_id}/preguntas", PUBLICO, 200, **_PRODUCTO),
    fila(
        "POST",
        _API + "/productos/{producto_id}/preguntas",
        Quien("ana", "tienda", "VENDER", libre=True),
        201,
        json={"texto": PREGUNTA},
        **_PRODUCTO,
        negada=no(422, "con_contacto", _CON_TELEFONO),
    ),
    fila(
        "POST",
        _API + "/preguntas/{pregunta_id}/respuesta",
        VENDE,
        201,
        json={"texto": TEXTO},
        alcance="productos",
        maquina=404,
        **_PREGUNTA,
        negada=no(409, "pregunta_terminada", params=_CERRADA),
    ),
    fila("GET", "/preguntas/{producto_id}", PUBLICO, 200, **_PRODUCTO),
    fila(
        "POST",
        "/productos/{producto_id}/preguntas",
        Quien("ana", "tienda", "VENDER", libre=True),
        303,
        form={"texto": PREGUNTA},
        a="/productos/",
        **_PRODUCTO,
        negada=no(422, "que parece un teléfono", _CON_TELEFONO),
    ),
    fila("GET", "/vender/preguntas", Quien("tomasa", "tienda", "VENDER", libre=True), 200),
    fila(
        "POST",
        "/vender/preguntas/{pregunta_id}/respuesta",
        VENDE,
        303,
        form={"texto": TEXTO},
        a="/vender/preguntas",
        **_PREGUNTA,
        negada=no(409, "ya terminó", params=_CERRADA),
    ),
    fila("GET", "/opiniones/{producto_id}", PUBLICO, 200, **_PRODUCTO),
    fila("GET", "/pedidos/{pedido_id}/opiniones", COMPRADORA, 200, **_PEDIDO),
    fila(
        "POST",
        "/pedidos/{pedido_id}/opiniones",
        COMPRADORA,
        303,
        form=_NUEVA,
        a="/pedidos/",
        **_PEDIDO,
        negada=no(409, "Se opina de lo que se compró", _OTRA_LINEA),
    ),
    fila("GET", "/vender/opiniones", Quien("tomasa", "tienda", "VENDER", libre=True), 200),
    fila(
        "POST",
        "/vender/opiniones/{opinion_id}/respuesta",
        VENDE,
        303,
        form={"texto": TEXTO},
        a="/vender/opiniones",
        **_DICHA,
        negada=no(409, "Cada opinión se responde una vez", params=_RESPONDIDA),
    ),
    fila("GET", "/regulador/opiniones", REGULADOR, 200),
    fila("GET", "/regulador/opiniones/{opinion_id}", REGULADOR, 200, **_DICHA),
    fila(
        "POST",
        "/regulador/opiniones/{opinion_id}/moderacion",
        REGULADOR,
        303,
        form={"que": "ocultar", "motivo": TEXTO},
        a="/regulador/opiniones/",
        **_DICHA,
        negada=no(409, "Alguien ya lo decidió", {"que": "restituir"}),
    ),
]
CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
