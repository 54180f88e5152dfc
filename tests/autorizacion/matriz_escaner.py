"""Rows of the scanner of the telephone: the shell, the queue, and what waits for its worker."""

import json
from typing import Any

from tests.autorizacion.escena import Escena
from tests.autorizacion.filas import PUBLICO, Quien, fila, mandato, no

DESPACHA = mandato("correos", "DESPACHAR", "corina")

RECIBE = Quien("ana", "correos", "DESPACHAR")
TRABAJA = Quien("corina", "correos", "DESPACHAR", libre=True)

_COMO_OTRO = (
    "remitente_parte_id",
    "destinatario_parte_id",
    "destinatario_nombre",
    "destinatario_telefono",
    "destino_municipio_ine",
    "destino_referencia",
    "operador_unidad_id",
    "referencia_tipo",
    "peso_g",
    "contenido",
)


def preparar(e: Escena) -> None:
    from datetime import timedelta
    from uuid import uuid4

    from empresa_digital.registro import Facultad, exigir_facultad
    from envios.escaner.esquemas import EscaneoPorSubir, Reloj, Telefono
    from envios.escaner.recibir import recibir
    from envios.items.anunciar import crear_envio
    from envios.items.consultas import envio_por_id
    from nucleo.bd import transaccion
    from nucleo.reloj import ahora

    def reloj(hace: timedelta) -> Reloj:
        return Reloj(ms=int((ahora() - hace).timestamp() * 1000), zona_min=-240)

    with transaccion() as sesion:  # another one as the first of the room, for the telephone alone
        otro = envio_por_id(sesion, e.valores["envio"])
        datos = {campo: getattr(otro, campo) for campo in _COMO_OTRO} | {"referencia_id": uuid4()}
        autorizacion = exigir_facultad(sesion, e.actor("tomasa"), e.unidades["tienda"].id, Facultad.VENDER)
        e.valores["numero_leido"] = crear_envio(sesion, autorizacion, **datos).numero
        dicho = crear_envio(sesion, autorizacion, **datos | {"referencia_id": uuid4()})
        e.valores["provisional"] = dicho.id
    corina = e.personas["corina"]
    telefono = Telefono(
        persona_id=corina.id,
        operador_unidad_id=e.unidades["correos"].id,
        dispositivo_id=uuid4(),
        enviado=reloj(timedelta(0)),
    )
    leido = EscaneoPorSubir(
        id=uuid4(), codigo="EMB", numero=e.valores["numero_leido"], reloj=reloj(timedelta(minutes=1))
    )
    malo = EscaneoPorSubir(id=uuid4(), codigo="EMB", numero="NADA", reloj=reloj(timedelta(minutes=1)))
    with transaccion() as sesion:
        recibir(sesion, e.actor("corina"), telefono, [leido, malo])
    _con_archivos(e, telefono, dicho.numero)
    e.valores |= {"leido": leido.id, "leido_mal": malo.id, "persona_corina": corina.id}
    e.valores["reloj"] = telefono.enviado.model_dump()


def _con_archivos(e: Escena, telefono: Any, numero: str) -> None:
    """A photo that nobody can read, and a delivery that waits for its recipient's word."""
    from io import BytesIO
    from uuid import uuid4

    from PIL import Image

    from envios.escaner.con_archivos import recibir_con_archivos
    from envios.escaner.esquemas import SubidaConArchivos
    from nucleo.archivos import Recibido
    from nucleo.bd import transaccion

    dibujo = BytesIO()
    Image.new("RGB", (300, 300), (160, 30, 90)).save(dibujo, "JPEG")
    suyo = telefono.model_dump(mode="json")
    reloj = suyo["enviado"]
    foto = suyo | {"escaneo": {"id": str(uuid4()), "codigo": "EMB", "reloj": reloj}}
    entrega = suyo | {
        "escaneo": {"id": str(uuid4()), "codigo": "EMI", "numero": numero, "reloj": reloj},
        "entrega": {"codigo_entrega": "1234567"},
    }
    with transaccion() as sesion:
        for datos in (foto, entrega):
            cuerpo = SubidaConArchivos.model_validate(datos)
            recibir_con_archivos(
                sesion, e.actor("corina"), cuerpo, Recibido.de_bytes(dibujo.getvalue()), None
            )
    leida = foto["escaneo"] | {"id": str(uuid4()), "codigo": "EMC", "numero": e.valores["numero_leido"]}
    otra = suyo | {"escaneo": leida}
    e.valores |= {
        "con_foto": foto["escaneo"]["id"],
        "con_archivos": json.dumps(otra),
        "de_otra": json.dumps(otra | {"persona_id": str(uuid4())}),
    }


_TELEFONO = {
    "persona_id": "{persona_corina}",
    "operador_unidad_id": "{unidad_correos}",
    "dispositivo_id": "{nuevo}",
    "enviado": "{reloj}",
}
_LECTURA = {"id": "{otro}", "codigo": "EMJ", "numero": "{numero_leido}", "reloj": "{reloj}"}
_NO_EXISTE = dict.fromkeys(("otro_dueno", "otra_unidad", "sin_facultad"), 404)
_SUYA: dict[str, Any] = {"rechazo": _NO_EXISTE, "solo_quien": "una lectura es de quien la hizo"}


def _dicha(e: Escena) -> None:
    """Nothing waits any more for the recipient's word."""
    from envios.eventos import responder_provisional
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        responder_provisional(sesion, e.actor("ana"), e.valores["provisional"], lo_tiene=True)


FILAS = [
    fila("GET", "/escaner", PUBLICO, 200),
    fila("GET", "/escaner/sw.js", PUBLICO, 200),
    fila("GET", "/escaner/estado", TRABAJA, 200),
    fila("GET", "/escaner/hoja", TRABAJA, 200),
    fila(
        "POST",
        "/escaner/cola",
        DESPACHA,
        200,
        json=_TELEFONO | {"escaneos": [_LECTURA]},
        solo_quien="la cola es de quien leyó",
        negada=no(409, "cola_de_otra_persona", {"persona_id": "{nuevo}"}),
    ),
    fila(
        "POST",
        "/escaner/cola/con-archivos",
        DESPACHA,
        200,
        form={"datos": "{con_archivos}"},
        solo_quien="la cola es de quien leyó",
        negada=no(409, "cola_de_otra_persona", {"datos": "{de_otra}"}),
    ),
    fila("GET", "/escaner/{escaneo_id}/foto", DESPACHA, 200, params={"escaneo_id": "con_foto"}, **_SUYA),
    fila("GET", "/envios/{envio_id}/confirmar", RECIBE, 200, rechazo=404, params={"envio_id": "provisional"}),
    fila(
        "POST",
        "/envios/{envio_id}/confirmar",
        RECIBE,
        303,
        rechazo=404,
        params={"envio_id": "provisional"},
        form={"lo_tiene": "no", "_id": "{nuevo}"},
        a="/seguimiento/",
        negada=no(409, "Ya se aclaró", antes=_dicha),
    ),
    fila(
        "POST",
        "/escaner/{escaneo_id}/deshacer",
        DESPACHA,
        200,
        params={"escaneo_id": "leido"},
        **_SUYA,
        negada=no(404, "escaneo_no_encontrado", params={"escaneo_id": "nuevo"}),
    ),
    fila(
        "POST",
        "/escaner/{escaneo_id}/dejar",
        DESPACHA,
        200,
        params={"escaneo_id": "leido_mal"},
        **_SUYA,
        negada=no(409, "escaneo_terminado", params={"escaneo_id": "leido"}),
    ),
    fila(
        "POST",
        "/envios/operador/escanear/pendiente",
        DESPACHA,
        303,
        consulta={"unidad": "{unidad_correos}"},
        form={"lectura": "{leido_mal}", "_id": "{nuevo}"},
        a="/envios/operador/escanear",
        rechazo=404,
        solo_quien="una lectura es de quien la hizo",
        negada=no(409, "No hace falta hacer nada más con ella", {"lectura": "{leido}"}),
    ),
]

HISTORIA = {0: preparar}
CONSTANTES: dict[str, str] = {}
