"""Rows of claims about items: who sent, the operator, the authority; API and pages."""

from typing import Any

from tests.autorizacion.escena import Escena
from tests.autorizacion.filas import PUBLICO, REGULADOR, Fila, Quien, bs, fila, mandato, no

VENDE = mandato("tienda", "VENDER", "tomasa")
DESPACHA = mandato("correos", "DESPACHAR", "corina")
ADMINISTRA = mandato("correos", "ADMINISTRAR", "corina")
MIS_RECLAMOS = Quien("tomasa", "tienda", "VENDER", libre=True)
MOTIVOS = "Consta en la guía del envío."


def preparar(e: Escena) -> None:
    """Delivered items of the shop: one without a claim, and claims in each state that somebody acts on."""
    from empresa_digital.registro import Facultad, exigir_facultad, parte_de_persona, parte_de_unidad
    from envios.eventos import EventoNuevo, Fuente, registrar_evento
    from envios.items.anunciar import crear_envio
    from envios.items.consultas import envio_por_id
    from envios.reclamos.estados import ClaseReclamo
    from envios.reclamos.reclamar import impugnar, presentar
    from envios.reclamos.responder import rechazar
    from nucleo.archivos import Recibido
    from nucleo.bd import transaccion
    from nucleo.dinero import bs as pesos
    from nucleo.ids import nuevo_id
    from tests.nucleo.archivos.ayudas import png

    tienda, correos = e.unidades["tienda"].id, e.unidades["correos"].id
    tomasa, corina = e.actor("tomasa"), e.actor("corina")

    def entregado(clave: str) -> Any:
        with transaccion() as sesion:
            autorizacion = exigir_facultad(sesion, tomasa, tienda, Facultad.VENDER)
            envio = crear_envio(
                sesion,
                autorizacion,
                remitente_parte_id=parte_de_unidad(sesion, tienda).id,
                destinatario_parte_id=parte_de_persona(sesion, e.personas["ana"].id).id,
                destinatario_nombre="Ana",
                destinatario_telefono="70000001",
                destino_municipio_ine="020601",
                destino_referencia="Casa azul",
                operador_unidad_id=correos,
                peso_g=450,
                contenido="Una chompa",
            )
            e.valores[clave] = envio.id
        with transaccion() as sesion:
            codigo = envio_por_id(sesion, e.valores[clave]).codigo_entrega
            nuevo = EventoNuevo("EMI", e.valores[clave], codigo_entrega=codigo)
            hecho = registrar_evento(sesion, corina, e.valores[clave], nuevo, Fuente.API)
            assert hecho.error is None, hecho.error
        return e.valores[clave]

    entregado("por_reclamar")
    for clave in ("reclamo", "rechazado", "impugnado"):
        envio_id = entregado(f"envio_{clave}")
        with transaccion() as sesion:
            e.valores[clave] = presentar(
                sesion,
                tomasa,
                envio_id,
                ClaseReclamo.DANO,
                relato="Llegó roto del todo.",
                pedido=pesos(100),
                foto=Recibido.de_bytes(png()) if clave == "reclamo" else None,
                id=nuevo_id(),
            ).id
        if clave != "reclamo":
            with transaccion() as sesion:
                rechazar(sesion, corina, e.valores[clave], "Venía mal embalado.", pesos(40))
    with transaccion() as sesion:
        impugnar(sesion, tomasa, e.valores["impugnado"], "No es cierto.")
    _foto(e)


def _foto(e: Escena) -> None:
    from envios.reclamos.consultas import mensajes_de
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        e.valores["foto_reclamo"] = mensajes_de(sesion, e.valores["reclamo"])[0].archivo_id


API = "/api/v1/reclamos-de-envio"
UNO, PAGINA = API + "/{reclamo_id}", "/envios/reclamos/{reclamo_id}"
_VE = {"otro_dueno": 404, "otra_unidad": 404, "sin_facultad": 403}
_SUYO: dict[str, Any] = {"params": {"reclamo_id": "reclamo"}, "rechazo": 404}
_LO_VE = _SUYO | {"rechazo": _VE}
_RECHAZADO: dict[str, Any] = {"params": {"reclamo_id": "rechazado"}, "rechazo": _VE}
_IMPUGNADO = {"params": {"reclamo_id": "impugnado"}, "rechazo": 404}
_EN = {clave: {"reclamo_id": clave} for clave in ("reclamo", "rechazado", "impugnado")}
_RECLAMA = {
    "envio_id": "{por_reclamar}",
    "clase": "dano",
    "relato": "Llegó roto del todo.",
    "pedido": bs("80.00"),
}
_DE_MAQUINA: dict[str, Any] = {"alcance": "envios productos", "maquina": 404}

FILAS: list[Fila] = [
    fila(
        "POST",
        API,
        VENDE,
        201,
        json=_RECLAMA,
        rechazo=_VE,
        **_DE_MAQUINA,
        negada=no(409, "reclamo_repetido", {"envio_id": "{envio_reclamo}"}),
    ),
    fila("GET", API, MIS_RECLAMOS, 200, alcance="envios", maquina=200),
    fila("GET", UNO, DESPACHA, 200, alcance="envios", maquina=404, **_SUYO),
    fila(
        "POST",
        UNO + "/mensajes",
        DESPACHA,
        201,
        json={"texto": "Lo estamos buscando."},
        alcance="envios",
        maquina=404,
        **_SUYO,
        negada=no(409, "reclamo_no_admite", antes=lambda e: _retirar(e, "reclamo")),
    ),
    fila(
        "POST",
        UNO + "/pruebas",
        DESPACHA,
        201,
        form={"texto": "Así llegó."},
        archivo=("archivo", "caja.png", "foto"),
        alcance="envios",
        maquina=404,
        **_SUYO,
        negada=no(409, "reclamo_no_admite", antes=lambda e: _retirar(e, "reclamo")),
    ),
    fila(
        "GET",
        UNO + "/pruebas/{archivo_id}",
        DESPACHA,
        200,
        params={"reclamo_id": "reclamo", "archivo_id": "foto_reclamo"},
        alcance="envios",
        maquina=404,
        rechazo=404,
    ),
    fila(
        "POST",
        UNO + "/retiro",
        VENDE,
        200,
        **_DE_MAQUINA,
        **_LO_VE,
        negada=no(409, "reclamo_no_admite", antes=lambda e: _retirar(e, "reclamo")),
    ),
    fila(
        "POST",
        UNO + "/conformidad",
        VENDE,
        200,
        **_DE_MAQUINA,
        **_RECHAZADO,
        negada=no(409, "reclamo_no_admite", params=_EN["reclamo"]),
    ),
    fila(
        "POST",
        UNO + "/impugnacion",
        VENDE,
        200,
        json={"motivos": MOTIVOS},
        **_DE_MAQUINA,
        **_RECHAZADO,
        negada=no(409, "reclamo_no_admite", params=_EN["reclamo"]),
    ),
    fila(
        "POST",
        UNO + "/aceptacion",
        ADMINISTRA,
        200,
        json={"motivos": MOTIVOS},
        **_LO_VE,
        negada=no(409, "reclamo_no_admite", params=_EN["rechazado"]),
    ),
    fila(
        "POST",
        UNO + "/rechazo",
        ADMINISTRA,
        200,
        json={"motivos": MOTIVOS, "ofrece": bs("10.00")},
        **_LO_VE,
        negada=no(422, "datos_invalidos", {"ofrece": bs("100.00")}),
    ),
    fila(
        "POST",
        UNO + "/resolucion",
        REGULADOR,
        200,
        json={"motivos": MOTIVOS, "contenido": bs("60.00")},
        **_IMPUGNADO,
        negada=no(422, "datos_invalidos", {"contenido": bs("100.01")}),
    ),
    fila("GET", "/envios/reclamos", MIS_RECLAMOS, 200),
    fila("GET", "/envios/operador/reclamos", DESPACHA, 200, consulta={"unidad": "{unidad_correos}"}),
    fila("GET", "/regulador/envios", REGULADOR, 200),
    fila("GET", "/envios/{envio_id}/reclamar", VENDE, 200, params={"envio_id": "por_reclamar"}, rechazo=_VE),
    fila(
        "POST",
        "/envios/{envio_id}/reclamar",
        VENDE,
        303,
        form={"clase": "dano", "pedido": "80,00", "relato": "Llegó roto del todo.", "_id": "{nuevo}"},
        params={"envio_id": "por_reclamar"},
        rechazo=_VE,
        a="/envios/reclamos/",
        negada=no(422, "Cuente qué pasó", {"relato": "No."}),
    ),
    fila("GET", PAGINA, DESPACHA, 200, **_SUYO),
    fila("GET", PAGINA + "/constancia.pdf", DESPACHA, 200, **_SUYO),
    fila("GET", "/seguimiento/{numero}/reclamos", PUBLICO, 200, params={"numero": "numero_admitido"}),
    fila(
        "GET",
        PAGINA + "/fotos/{archivo_id}",
        DESPACHA,
        200,
        params={"reclamo_id": "reclamo", "archivo_id": "foto_reclamo"},
        rechazo=404,
    ),
    fila(
        "POST",
        PAGINA + "/mensajes",
        DESPACHA,
        303,
        form={"texto": "Lo estamos buscando.", "_id": "{nuevo}"},
        **_SUYO,
        negada=no(409, "ya se decidió", antes=lambda e: _retirar(e, "reclamo")),
    ),
    fila(
        "POST",
        PAGINA + "/retiro",
        VENDE,
        303,
        form={"_id": "{nuevo}"},
        **_LO_VE,
        negada=no(409, "no puede pasar a", antes=lambda e: _retirar(e, "reclamo")),
    ),
    fila(
        "POST",
        PAGINA + "/conformidad",
        VENDE,
        303,
        form={"_id": "{nuevo}"},
        **_RECHAZADO,
        negada=no(409, "No hay una oferta", params=_EN["reclamo"]),
    ),
    fila(
        "POST",
        PAGINA + "/impugnacion",
        VENDE,
        303,
        form={"motivos": MOTIVOS, "_id": "{nuevo}"},
        **_RECHAZADO,
        negada=no(409, "todavía tiene plazo", params=_EN["reclamo"]),
    ),
    fila(
        "POST",
        PAGINA + "/respuesta",
        ADMINISTRA,
        303,
        form={"motivos": MOTIVOS, "acepta": "1", "_id": "{nuevo}"},
        **_LO_VE,
        negada=no(409, "ya se respondió", params=_EN["rechazado"]),
    ),
    fila(
        "POST",
        PAGINA + "/resolucion",
        REGULADOR,
        303,
        form={"motivos": MOTIVOS, "contenido": "60,00", "_id": "{nuevo}"},
        **_IMPUGNADO,
        negada=no(422, "Lo más que se puede pagar", {"contenido": "100,01"}),
    ),
]


def _retirar(e: Escena, clave: str) -> None:
    from envios.reclamos.reclamar import retirar
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        retirar(sesion, e.actor("tomasa"), e.valores[clave])


CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
