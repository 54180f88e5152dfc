"""Rows of the citizen's account and mailbox, sign-in, machine tokens, and the pages around the rooms."""

from tests.autorizacion.escena import MARCA, Escena
from tests.autorizacion.filas import ANA, CIUDADANO, PUBLICO, Fila, Quien, fila, no

ANA_SOLA = Quien("ana", "correos", "DESPACHAR", libre=True)
"""Beside who reads the mailbox of a unit that nobody wrote to."""


def preparar(e: Escena) -> None:
    from sqlmodel import select

    from ciudadania import notificar
    from ciudadania.clientes import crear_cliente
    from ciudadania.modelos import SesionWeb
    from ciudadania.sesiones import abrir_sesion
    from ciudadania.tokens import emitir_token
    from nucleo.actor import Actor
    from nucleo.bd import transaccion

    ana = e.personas["ana"]
    with transaccion() as sesion:
        nota = notificar(
            sesion, persona_id=ana.id, asunto=f"Aviso {MARCA}", cuerpo="Cuerpo", enlace="/pedidos"
        )
        e.valores["notificacion"] = nota
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
        "/archivos/{sha256}",
    )
] + [
    fila("GET", "/favicon.ico", PUBLICO, 301, a="/estatico/favicon.svg"),
    fila("GET", "/panel", CIUDADANO, 200),
]

CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
FILAS: list[Fila] = [*CIUDADANIA, *PLATAFORMA]
