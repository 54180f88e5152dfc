"""Rows of what the sides of an order write to each other, which the authority of its claim reads."""

from tests.autorizacion.escena import Escena
from tests.autorizacion.filas import REGULADOR, Quien, fila, mandato, no
from tests.autorizacion.mercado import comprado, publicar_servicio

VENDE = mandato("tienda", "VENDER", "tomasa")
COMPRADORA = Quien("ana", "tienda", "VENDER")
TEXTO = "El color es el de la foto"


def preparar(e: Escena) -> None:
    """An order with a message of each side, one with a file; another whose claim waits for the authority."""
    from comercio.mensajes.hilo import escribir
    from comercio.pedidos import cumplir
    from comercio.reclamos import reclamar
    from comercio.reclamos.estados import MotivoReclamo
    from nucleo.archivos import Recibido
    from nucleo.bd import transaccion
    from tests.nucleo.archivos.ayudas import png

    tomasa, ana = e.actor("tomasa"), e.actor("ana")
    producto_id = publicar_servicio(e, "Bordado")
    for clave in ("escrito", "escrito_en_reclamo"):
        pedido_id = comprado(e, producto_id, f"pedido_{clave}")
        with transaccion() as sesion:
            escribir(sesion, ana, pedido_id, TEXTO)
            mensaje = escribir(sesion, tomasa, pedido_id, TEXTO, Recibido.de_bytes(png()))
            e.valores[f"mensaje_{clave}"] = mensaje.id
    with transaccion() as sesion:
        cumplir.prestar(sesion, tomasa, pedido_id, "Quedó bordado")
        motivo = MotivoReclamo.SERVICIO_NO_HECHO
        reclamo = reclamar.abrir(sesion, ana, pedido_id, motivo, TEXTO)
        reclamar.responder(sesion, tomasa, reclamo.id, TEXTO, None, False)
        reclamar.pedir_mediacion(sesion, ana, reclamo.id, TEXTO)
        e.valores["reclamo_con_mensajes"] = reclamo.id


_API = "/api/v1/pedidos/{pedido_id}/mensajes"
_SUYO = {"params": {"pedido_id": "pedido_escrito"}, "rechazo": 404}
_ARCHIVO = {"params": {"pedido_id": "pedido_escrito", "mensaje_id": "mensaje_escrito"}, "rechazo": 404}
_EN_RECLAMO = {"pedido_id": "pedido_escrito_en_reclamo"}
_CON_TELEFONO = {"texto": "Llámeme al siete uno dos tres cuatro cinco seis siete"}
_MARCA = "es hasta dónde leyó una persona: no decide nada"

FILAS = [
    fila("GET", _API, VENDE, 200, alcance="pedidos", maquina=404, **_SUYO),
    fila(
        "POST",
        _API,
        VENDE,
        201,
        form={"texto": TEXTO},
        archivo=("archivo", "bordado.png", "foto"),
        alcance="pedidos",
        maquina=404,
        **_SUYO,
        negada=no(409, "no_se_escribe", params=_EN_RECLAMO),
    ),
    fila(
        "POST",
        _API + "/lectura",
        VENDE,
        204,
        json={"hasta": 1},
        alcance="pedidos",
        maquina=404,
        **_SUYO,
        sin_auditoria=_MARCA,
        negada=no(404, "mensaje_no_encontrado", {"hasta": 9}),
    ),
    fila("GET", _API + "/{mensaje_id}/archivo", VENDE, 200, alcance="pedidos", maquina=404, **_ARCHIVO),
    fila(
        "GET",
        "/pedidos/{pedido_id}/mensajes",
        COMPRADORA,
        200,
        **_SUYO,
        escribe=True,
        sin_auditoria=_MARCA,
    ),
    fila(
        "POST",
        "/pedidos/{pedido_id}/mensajes",
        COMPRADORA,
        303,
        form={"texto": TEXTO},
        a="/pedidos/",
        **_SUYO,
        negada=no(422, "que parece un teléfono", _CON_TELEFONO),
    ),
    fila(
        "GET",
        "/vender/pedidos/{pedido_id}/mensajes",
        VENDE,
        200,
        **_SUYO,
        escribe=True,
        sin_auditoria=_MARCA,
    ),
    fila(
        "POST",
        "/vender/pedidos/{pedido_id}/mensajes",
        VENDE,
        303,
        form={"texto": TEXTO},
        a="/vender/pedidos/",
        **_SUYO,
        negada=no(409, "Siga en el reclamo", params=_EN_RECLAMO),
    ),
    fila("GET", "/pedidos/{pedido_id}/mensajes/{mensaje_id}/archivo", COMPRADORA, 200, **_ARCHIVO),
    fila(
        "GET",
        "/api/v1/reclamos-de-compra/{reclamo_id}/mensajes",
        REGULADOR,
        200,
        params={"reclamo_id": "reclamo_con_mensajes"},
        rechazo=404,
    ),
    fila(
        "GET",
        "/reclamos-de-compra/{reclamo_id}/mensajes",
        REGULADOR,
        200,
        params={"reclamo_id": "reclamo_con_mensajes"},
        rechazo=404,
    ),
]
CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
