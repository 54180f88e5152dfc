"""Rows of claims about orders: who bought, who sold, the authority; API and pages."""

from uuid import UUID

from tests.autorizacion.escena import Escena
from tests.autorizacion.filas import REGULADOR, Quien, bs, fila, mandato, no
from tests.autorizacion.mercado import comprado, entregado, publicar, publicar_servicio

VENDE = mandato("tienda", "VENDER", "tomasa")
COMPRADORA = Quien("ana", "tienda", "VENDER")
TEXTO = "Quedó mal"


def preparar(e: Escena) -> None:
    """Services that were declared done: one without a claim, and claims that each side acts on."""
    from comercio.catalogo.opciones import variante_pedida
    from comercio.pedidos import cumplir
    from comercio.reclamos import cambiar, pruebas, reclamar
    from comercio.reclamos.consultas import pasos_de
    from comercio.reclamos.estados import MotivoReclamo
    from nucleo.archivos import Recibido
    from nucleo.bd import transaccion
    from tests.nucleo.archivos.ayudas import png

    tomasa, ana = e.actor("tomasa"), e.actor("ana")

    def hecho(clave: str) -> UUID:
        pedido_id = comprado(e, producto_id, f"pedido_{clave}")
        with transaccion() as sesion:
            cumplir.prestar(sesion, tomasa, pedido_id, "Quedó zurcido")
        return pedido_id

    producto_id = publicar_servicio(e, "Zurcido")
    hecho("por_reclamar")
    for clave in ("abierto", "rechazado", "mediado"):
        pedido_id = hecho(clave)
        with transaccion() as sesion:
            motivo = MotivoReclamo.SERVICIO_NO_HECHO
            reclamo = reclamar.abrir(sesion, ana, pedido_id, motivo, TEXTO)
            e.valores[f"compra_{clave}"] = reclamo.id
            if clave == "abierto":
                pruebas.agregar(sesion, tomasa, reclamo.id, TEXTO, Recibido.de_bytes(png()))
                e.valores["foto_de_compra"] = pasos_de(sesion, reclamo.id)[-1].archivo_id
            if clave != "abierto":
                reclamar.responder(sesion, tomasa, reclamo.id, TEXTO, None, False)
            if clave == "mediado":
                reclamar.pedir_mediacion(sesion, ana, reclamo.id, TEXTO)
    guantes = publicar(e, "Guantes", precio=bs("5.00"))
    for clave in ("por_cambiar", "por_mandar", "por_volver"):
        pedido_id = entregado(e, guantes, f"pedido_{clave}")
        with transaccion() as sesion:
            reclamo = reclamar.abrir(sesion, ana, pedido_id, MotivoReclamo.DANADO, TEXTO)
            e.valores[f"compra_{clave}"] = reclamo.id
            e.valores["variante_por_cambiar"] = variante_pedida(sesion, guantes)
            if clave == "por_mandar":
                variante_id = e.valores["variante_por_cambiar"]
                cambiar.ofrecer_cambio(sesion, tomasa, reclamo.id, variante_id, TEXTO)
                reclamar.aceptar_oferta(sesion, ana, reclamo.id)
            if clave == "por_volver":
                reclamar.responder(sesion, tomasa, reclamo.id, TEXTO, None, False, de_vuelta=True)


def _retirar(e: Escena) -> None:
    from comercio.reclamos import reclamar
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        reclamar.retirar(sesion, e.actor("ana"), e.valores["compra_abierto"])


_API, _UNO, _PAGINA = "/api/v1", "/api/v1/reclamos-de-compra/{reclamo_id}", "/reclamos-de-compra/{reclamo_id}"
_POR_RECLAMAR = {"params": {"pedido_id": "pedido_por_reclamar"}, "rechazo": 404}
_ABIERTO = {"params": {"reclamo_id": "compra_abierto"}, "rechazo": 404}
_RECHAZADO = {"params": {"reclamo_id": "compra_rechazado"}, "rechazo": 404}
_MEDIADO = {"params": {"reclamo_id": "compra_mediado"}, "rechazo": 404}
_POR_CAMBIAR = {"params": {"reclamo_id": "compra_por_cambiar"}, "rechazo": 404}
_POR_VOLVER = {"params": {"reclamo_id": "compra_por_volver"}, "rechazo": 404}
_POR_MANDAR = {"params": {"reclamo_id": "compra_por_mandar"}, "rechazo": 404}
_CAMBIO = {"variante_id": "{variante_por_cambiar}", "texto": TEXTO}
_OPERADOR = {"operador_id": "{unidad_correos}"}
_NUEVO = {"motivo": "servicio_no_hecho", "relato": TEXTO}

API = [
    fila(
        "POST",
        _API + "/pedidos/{pedido_id}/reclamos",
        COMPRADORA,
        201,
        json=_NUEVO,
        **_POR_RECLAMAR,
        negada=no(422, "datos_invalidos", {"monto": bs("9.00")}),
    ),
    fila("GET", _UNO, VENDE, 200, alcance="pedidos", maquina=404, **_ABIERTO),
    fila(
        "POST",
        _UNO + "/pruebas",
        VENDE,
        201,
        form={"texto": TEXTO},
        archivo=("archivo", "zurcido.png", "foto"),
        alcance="pedidos",
        maquina=404,
        **_ABIERTO,
        negada=no(409, "reclamo_no_admite", antes=_retirar),
    ),
    fila(
        "GET",
        _UNO + "/pruebas/{archivo_id}",
        VENDE,
        200,
        alcance="pedidos",
        maquina=404,
        params={"reclamo_id": "compra_abierto", "archivo_id": "foto_de_compra"},
        rechazo=404,
    ),
    fila(
        "POST",
        _UNO + "/respuesta",
        VENDE,
        200,
        json={"que": "rechazar", "texto": TEXTO},
        alcance="pedidos",
        maquina=404,
        **_ABIERTO,
        negada=no(422, "datos_invalidos", {"que": "ofrecer", "oferta": bs("9.00")}),
    ),
    fila(
        "POST",
        _UNO + "/postura",
        COMPRADORA,
        200,
        json={"que": "mediar", "texto": TEXTO},
        **_RECHAZADO,
        negada=no(409, "reclamo_no_admite", {"que": "aceptar"}),
    ),
    fila(
        "POST",
        _UNO + "/decision",
        REGULADOR,
        204,
        json={"motivos": TEXTO, "monto": bs("2.00")},
        **_MEDIADO,
        negada=no(422, "datos_invalidos", {"monto": bs("9.00")}),
    ),
    fila(
        "POST",
        _UNO + "/vuelta",
        VENDE,
        200,
        json={"que": "recibido"},
        alcance="pedidos",
        maquina=404,
        **_POR_VOLVER,
        negada=no(409, "reclamo_no_admite", {"que": "objetar"}),
    ),
    fila(
        "POST",
        _UNO + "/cambio",
        VENDE,
        200,
        json=_CAMBIO,
        alcance="pedidos",
        maquina=404,
        **_POR_CAMBIAR,
        negada=no(409, "reclamo_no_admite", params=_POR_MANDAR["params"]),
    ),
    fila(
        "POST",
        _UNO + "/cambio/envio",
        VENDE,
        200,
        json=_OPERADOR,
        alcance="pedidos",
        maquina=404,
        **_POR_MANDAR,
        negada=no(409, "reclamo_no_admite", params=_POR_CAMBIAR["params"]),
    ),
    fila(
        "POST",
        _UNO + "/cambio/renuncia",
        VENDE,
        200,
        json={"texto": TEXTO},
        alcance="pedidos",
        maquina=404,
        **_POR_MANDAR,
        negada=no(409, "reclamo_no_admite", params=_POR_CAMBIAR["params"]),
    ),
]

PAGINAS = [
    fila("GET", "/pedidos/{pedido_id}/reclamar", COMPRADORA, 200, **_POR_RECLAMAR),
    fila(
        "POST",
        "/pedidos/{pedido_id}/reclamar",
        COMPRADORA,
        303,
        form=_NUEVO,
        a="/reclamos-de-compra/",
        **_POR_RECLAMAR,
        negada=no(422, "Lo más que se puede devolver", {"monto": "9,00"}),
    ),
    fila("GET", _PAGINA, COMPRADORA, 200, **_ABIERTO),
    fila(
        "POST",
        _PAGINA + "/pruebas",
        VENDE,
        303,
        form={"texto": TEXTO},
        archivo=("prueba", "zurcido.png", "foto"),
        a="/reclamos-de-compra/",
        **_ABIERTO,
        negada=no(409, "ya terminó", antes=_retirar),
    ),
    fila(
        "GET",
        _PAGINA + "/pruebas/{archivo_id}",
        VENDE,
        200,
        params={"reclamo_id": "compra_abierto", "archivo_id": "foto_de_compra"},
        rechazo=404,
    ),
    fila(
        "POST",
        _PAGINA + "/respuesta",
        VENDE,
        303,
        form={"que": "ofrecer", "oferta": "2,00", "texto": TEXTO},
        a="/reclamos-de-compra/",
        **_ABIERTO,
        negada=no(422, "Ofrezca menos de", {"oferta": "9,00"}),
    ),
    fila(
        "POST",
        _PAGINA + "/postura",
        COMPRADORA,
        303,
        form={"que": "retirar"},
        a="/reclamos-de-compra/",
        **_RECHAZADO,
        negada=no(422, "Diga por qué no acepta", {"que": "mediar"}),
    ),
    fila(
        "POST",
        _PAGINA + "/decision",
        REGULADOR,
        303,
        form={"motivos": TEXTO, "monto": "2,00"},
        a="/regulador/reclamos-de-compra",
        **_MEDIADO,
        negada=no(422, "Lo más que se puede devolver", {"monto": "9,00"}),
    ),
    fila(
        "POST",
        _PAGINA + "/vuelta",
        VENDE,
        303,
        form={"que": "recibido"},
        a="/reclamos-de-compra/",
        **_POR_VOLVER,
        negada=no(409, "no consta que llegó", {"que": "objetar"}),
    ),
    fila(
        "POST",
        _PAGINA + "/cambio",
        VENDE,
        303,
        form=_CAMBIO,
        a="/reclamos-de-compra/",
        **_POR_CAMBIAR,
        negada=no(409, "ya se respondió", params=_POR_MANDAR["params"]),
    ),
    fila(
        "POST",
        _PAGINA + "/cambio/envio",
        VENDE,
        303,
        form=_OPERADOR,
        a="/reclamos-de-compra/",
        **_POR_MANDAR,
        negada=no(409, "no espera que mande un cambio", params=_POR_CAMBIAR["params"]),
    ),
    fila(
        "POST",
        _PAGINA + "/cambio/renuncia",
        VENDE,
        303,
        form={"texto": TEXTO},
        a="/reclamos-de-compra/",
        **_POR_MANDAR,
        negada=no(409, "no espera que mande un cambio", params=_POR_CAMBIAR["params"]),
    ),
    fila("GET", "/regulador/reclamos-de-compra", REGULADOR, 200),
]

CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
FILAS = [*API, *PAGINAS]
