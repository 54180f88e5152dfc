"""Rows of trust: reports, what the authority takes off sale, its appeal."""

from typing import Any

from tests.autorizacion.escena import Escena, apoderar
from tests.autorizacion.filas import CIUDADANO, PUBLICO, REGULADOR, bs, fila, mandato, no
from tests.ayudas.personas import nueva_persona

VENDE = mandato("tienda", "VENDER", "tomasa")
TEXTO = "No se puede vender"


def preparar(e: Escena) -> None:
    """Products: one to be reported, one reported, one taken off sale, one appealed."""
    from comercio.catalogo.esquemas import ProductoNuevo
    from comercio.catalogo.publicar import crear_producto
    from comercio.confianza import denunciar, intervenir
    from comercio.confianza.esquemas import Apelacion, DecisionDeDenuncia, DenunciaNueva
    from comercio.confianza.estados import MotivoDenuncia
    from nucleo.bd import transaccion

    e.personas["otra_funcionaria"] = nueva_persona("Julia")
    apoderar(e.unidades["autoridad"], ["REGULAR"], persona=e.personas["otra_funcionaria"])
    datos: dict[str, Any] = {
        "unidad_id": e.unidades["tienda"].id,
        "titulo": "Cosa rara",
        "categoria": "confeccion",
        "precio": bs("5.00"),
        "existencia": 1,
        "publicar": True,
    }
    nueva = DenunciaNueva(motivo=MotivoDenuncia.FALSO, relato=TEXTO)
    retirar = DecisionDeDenuncia(retirar=True, motivos=TEXTO)
    for clave in ("por_denunciar", "denunciado", "intervenido", "apelado"):
        with transaccion() as sesion:
            producto = crear_producto(sesion, e.actor("tomasa"), ProductoNuevo.model_validate(datos))
            e.valores[f"producto_{clave}"] = producto.id
            if clave != "por_denunciar":
                denunciar.denunciar(sesion, e.actor("jorge"), producto.id, nueva)
            if clave in ("intervenido", "apelado"):
                denunciar.decidir(sesion, e.actor("otra_funcionaria"), producto.id, retirar)
            if clave == "apelado":
                intervenir.apelar(sesion, e.actor("tomasa"), producto.id, Apelacion(texto=TEXTO))


def _ya_denunciado(e: Escena) -> None:
    from comercio.confianza import denunciar
    from comercio.confianza.esquemas import DenunciaNueva
    from comercio.confianza.estados import MotivoDenuncia
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        datos = DenunciaNueva(motivo=MotivoDenuncia.FALSO, relato=TEXTO)
        denunciar.denunciar(sesion, e.actor("ana"), e.valores["producto_por_denunciar"], datos)


_API, _UNO = "/api/v1", "/api/v1/productos/{producto_id}"
_POR_DENUNCIAR = {"params": {"producto_id": "producto_por_denunciar"}}
_DENUNCIADO = {"params": {"producto_id": "producto_denunciado"}}
_INTERVENIDO = {"params": {"producto_id": "producto_intervenido"}}
_APELADO = {"params": {"producto_id": "producto_apelado"}}
_SIN_NADA = {"producto_id": "producto_por_denunciar"}
_NUEVA = {"motivo": "falso", "relato": TEXTO}
_DECISION = {"retirar": True, "motivos": TEXTO}
_DECISION_WEB = {"retirar": "true", "motivos": TEXTO}
_RESOLUCION = {"levantar": True, "motivos": TEXTO}
_RESOLUCION_WEB = {"levantar": "false", "motivos": TEXTO}

API = [
    fila("GET", _API + "/reglas-de-venta", PUBLICO, 200),
    fila(
        "POST",
        _UNO + "/denuncias",
        CIUDADANO,
        201,
        json=_NUEVA,
        **_POR_DENUNCIAR,
        negada=no(409, "denuncia_repetida", antes=_ya_denunciado),
    ),
    fila("GET", _API + "/productos-denunciados", REGULADOR, 200),
    fila(
        "POST",
        _UNO + "/denuncias/decision",
        REGULADOR,
        204,
        json=_DECISION,
        **_DENUNCIADO,
        negada=no(404, "sin_denuncias", params=_SIN_NADA),
    ),
    fila(
        "GET",
        _UNO + "/intervencion",
        VENDE,
        200,
        alcance="productos",
        maquina=404,
        rechazo=404,
        **_INTERVENIDO,
    ),
    fila(
        "POST",
        _UNO + "/intervencion/apelacion",
        VENDE,
        200,
        json={"texto": TEXTO},
        alcance="productos",
        **_INTERVENIDO,
        negada=no(404, "intervencion_no_encontrada", params=_SIN_NADA),
    ),
    fila(
        "POST",
        _UNO + "/intervencion/resolucion",
        REGULADOR,
        200,
        json=_RESOLUCION,
        **_APELADO,
        negada=no(409, "intervencion_no_admite", params={"producto_id": "producto_intervenido"}),
    ),
]

_VENDER, _REGULADOR = "/vender/productos/{producto_id}", "/regulador/productos/{producto_id}"
PAGINAS = [
    fila("GET", "/tienda/reglas", PUBLICO, 200),
    fila("GET", "/productos/{producto_id}/denunciar", CIUDADANO, 200, **_POR_DENUNCIAR),
    fila(
        "POST",
        "/productos/{producto_id}/denunciar",
        CIUDADANO,
        303,
        form=_NUEVA,
        a="/productos/",
        **_POR_DENUNCIAR,
        negada=no(409, "espera a la autoridad", antes=_ya_denunciado),
    ),
    fila("GET", _VENDER + "/intervencion", VENDE, 200, rechazo=404, **_INTERVENIDO),
    fila(
        "POST",
        _VENDER + "/intervencion",
        VENDE,
        303,
        form={"texto": TEXTO},
        a="/vender/productos/",
        rechazo=404,
        **_INTERVENIDO,
        negada=no(409, "no puede pasar", params={"producto_id": "producto_apelado"}),
    ),
    fila("GET", "/regulador/productos", REGULADOR, 200),
    fila("GET", _REGULADOR, REGULADOR, 200, **_DENUNCIADO),
    fila(
        "POST",
        _REGULADOR + "/decision",
        REGULADOR,
        303,
        form=_DECISION_WEB,
        a="/regulador/productos",
        **_DENUNCIADO,
        negada=no(404, "No encontramos esa página", params=_SIN_NADA),
    ),
    fila(
        "POST",
        _REGULADOR + "/resolucion",
        REGULADOR,
        303,
        form=_RESOLUCION_WEB,
        a="/regulador/productos",
        **_APELADO,
        negada=no(409, "Nadie apeló", params={"producto_id": "producto_intervenido"}),
    ),
]

_REGLA = {
    "clase": "comunidad",
    "que": "bienes",
    "que_se_pide": "NIT",
    "norma": "Norma de prueba",
    "vigente_desde": "{pronto}",
}
_REGLA_WEB = _REGLA | {"piden.0.codigo": "BO-NIT", "permite": "true", "vigente_desde": "{lejos}"}
_REGLA |= {"documentos": ["BO-NIT"]}
REGLAS = [
    fila("GET", _API + "/reglas-de-vendedor", PUBLICO, 200),
    fila(
        "POST",
        _API + "/reglas-de-vendedor",
        REGULADOR,
        201,
        json=_REGLA,
        negada=no(409, "regla_que_no_sigue", {"vigente_desde": "2020-01-01"}),
    ),
    fila(
        "GET",
        _API + "/unidades-economicas/{unidad_id}/requisitos-de-vendedor",
        VENDE,
        200,
        params={"unidad_id": "unidad_tienda"},
        alcance="productos",
    ),
    fila("GET", "/vender/requisitos", CIUDADANO, 200),
    fila("GET", "/regulador/reglas-de-vendedor", REGULADOR, 200),
    fila(
        "POST",
        "/regulador/reglas-de-vendedor",
        REGULADOR,
        303,
        form=_REGLA_WEB,
        a="/regulador/reglas-de-vendedor",
        negada=no(409, "Elija desde mañana", {"vigente_desde": "2020-01-01"}),
    ),
]

CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
FILAS = [*API, *PAGINAS, *REGLAS]
