"""Rows of the citizen's account and mailbox, sign-in, machine tokens, and the pages around the rooms."""

from tests.autorizacion.escena import MARCA, Escena
from tests.autorizacion.filas import ANA, CIUDADANO, PUBLICO, Fila, Quien, fila, no

ANA_SOLA = Quien("ana", "correos", "DESPACHAR", libre=True)
"""Beside who reads the mailbox of a unit that nobody wrote to."""


def preparar(e: Escena) -> None:
    from sqlmodel import select

    from ciudadania import AVISO_GENERAL, notificar
    from ciudadania.canal import abrir_canal
    from ciudadania.clientes import crear_cliente
    from ciudadania.modelos import Notificacion, SesionWeb
    from ciudadania.sesiones import abrir_sesion
    from ciudadania.tokens import emitir_token
    from nucleo.actor import Actor
    from nucleo.bd import transaccion

    ana = e.personas["ana"]
    with transaccion() as sesion:
        nota = notificar(
            sesion,
            persona_id=ana.id,
            asunto=f"Aviso {MARCA}",
            cuerpo="Cuerpo",
            enlace="/pedidos",
            clase=AVISO_GENERAL,
        )
        e.valores["notificacion"] = nota
        e.valores["grupo_de_avisos"] = sesion.get_one(Notificacion, nota).grupo
        e.valores["canal"] = abrir_canal(sesion, e.actor("ana"))
        abrir_sesion(sesion, ana, agente=f"Navegador {MARCA}")
        e.valores["sesion_de_ana"] = sesion.exec(
            select(SesionWeb.id).where(SesionWeb.persona_id == ana.id)
        ).one()
        cliente, secreto = crear_cliente(
            sesion,
            Actor.sistema("prueba"),
            "Sistema de la tienda",
            unidad_id=e.unidades["tienda"].id,
            alcances={"pedidos"},
        )
        e.valores |= {"client_id": str(cliente.id), "client_secret": secreto}
        e.valores["token_ajeno"] = emitir_token(sesion, cliente=cliente, alcances={"pedidos"}).token


_CLIENTE = {"client_id": "{client_id}", "client_secret": "{client_secret}"}
_NOTA = {"params": {"notificacion_id": "notificacion"}}
LECTURA = "la constancia de lectura ya dice quién y cuándo"

CIUDADANIA = [
    fila("GET", "/api/v1/yo", CIUDADANO, 200),
    fila("GET", "/api/v1/notificaciones", ANA_SOLA, 200, contiene=True, alcance="buzon", maquina=200),
    fila("GET", "/api/v1/notificaciones/lineas", ANA_SOLA, 200, contiene=True, alcance="buzon", maquina=200),
    fila(
        "POST",
        "/api/v1/notificaciones/lecturas",
        CIUDADANO,
        200,
        json={},
        sin_auditoria=LECTURA,
        sin_negada="marcar lo que ya está leído no cambia nada",
    ),
    fila(
        "GET",
        "/api/v1/notificaciones/{notificacion_id}",
        ANA,
        200,
        contiene=True,
        rechazo=404,
        maquina=404,
        alcance=None,
        **_NOTA,
    ),
    fila(
        "POST",
        "/api/v1/notificaciones/{notificacion_id}/lectura",
        ANA,
        200,
        rechazo=404,
        sin_auditoria=LECTURA,
        **_NOTA,
        negada=no(404, "no_encontrado", params={"notificacion_id": "nuevo"}),
    ),
    fila(
        "POST",
        "/oauth/token",
        PUBLICO,
        200,
        form=_CLIENTE | {"grant_type": "client_credentials"},
        negada=no(400, "invalid_scope", {"scope": "pagos"}),
    ),
    fila(
        "POST",
        "/oauth/revoke",
        PUBLICO,
        200,
        form=_CLIENTE | {"token": "{token_ajeno}"},
        negada=no(401, "invalid_client", {"client_secret": "{client_id}"}),
    ),
    fila("GET", "/ingresar", PUBLICO, 200, con_sesion=303),
    fila("GET", "/ingresar/ir", PUBLICO, 503),
    fila("GET", "/ingresar/retorno", PUBLICO, 400, con_sesion=303),
    fila(
        "POST",
        "/salir",
        PUBLICO,
        303,
        a="/",
        con_sesion=303,
        escribe=False,
        sin_negada="salir se puede siempre",
    ),
    fila("GET", "/salir/retorno", PUBLICO, 303, a="/"),
    fila("GET", "/cuenta", CIUDADANO, 200),
    fila(
        "POST",
        "/cuenta/sesiones/cerrar-otras",
        CIUDADANO,
        303,
        a="/cuenta",
        sin_negada="cerrar lo que no hay no cambia nada",
    ),
    fila(
        "POST",
        "/cuenta/sesiones/{sesion_id}/cerrar",
        ANA,
        303,
        params={"sesion_id": "sesion_de_ana"},
        rechazo=404,
        a="/cuenta",
        negada=no(404, "Esa sesión no existe", params={"sesion_id": "nuevo"}),
    ),
    fila("GET", "/buzon", ANA_SOLA, 200, contiene=True),
    fila(
        "POST",
        "/buzon/lecturas",
        CIUDADANO,
        303,
        form={},
        a="/buzon",
        sin_auditoria=LECTURA,
        sin_negada="marcar lo que ya está leído no cambia nada",
    ),
    fila("GET", "/buzon/preferencias", CIUDADANO, 200),
    fila(
        "POST",
        "/buzon/preferencias",
        CIUDADANO,
        303,
        form={"resumen_diario": "1"},
        a="/buzon/preferencias",
        sin_auditoria="cómo quiere enterarse no compromete a nadie",
        sin_negada="una casilla marcada o sin marcar",
    ),
    fila("POST", "/buzon/canal", CIUDADANO, 200, form={}, sin_negada="una dirección nueva vale siempre"),
    fila(
        "POST",
        "/buzon/canal/cerrar",
        ANA_SOLA,
        303,
        form={},
        a="/buzon/preferencias",
        sin_negada="cerrar lo cerrado no cambia nada",
    ),
    fila("GET", "/avisos/{secreto}.atom", PUBLICO, 200, params={"secreto": "canal"}),
    fila(
        "GET",
        "/buzon/grupos/{grupo}",
        ANA,
        200,
        contiene=True,
        rechazo=404,
        escribe=True,
        sin_auditoria=LECTURA,
        params={"grupo": "grupo_de_avisos"},
    ),
    fila(
        "GET",
        "/buzon/{notificacion_id}",
        ANA,
        200,
        contiene=True,
        rechazo=404,
        escribe=True,
        sin_auditoria=LECTURA,
        **_NOTA,
    ),
]

PLATAFORMA = [
    fila("GET", ruta, PUBLICO, 200)
    for ruta in (
        "/",
        "/buscar",
        "/buscar/sugerencias",
        "/sw.js",
        "/sin-conexion",
        "/robots.txt",
        "/estilo",
        "/docs",
        "/hoja.css",
        "/salud/vivo",
        "/salud/listo",
        "/metrics",
        "/archivos/{archivo_id}",
    )
] + [
    fila("GET", "/favicon.ico", PUBLICO, 301, a="/estatico/favicon.svg"),
    fila("GET", "/panel", CIUDADANO, 200),
]

CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
FILAS: list[Fila] = [*CIUDADANIA, *PLATAFORMA]
