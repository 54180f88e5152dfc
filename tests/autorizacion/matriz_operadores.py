"""Rows of postal operators: anybody looks for an agency; who administers the operator decides on its places,
people and coverage.
"""

import json

from tests.autorizacion.escena import Escena
from tests.autorizacion.filas import PUBLICO, Fila, fila, mandato, no

ADMINISTRA = mandato("correos", "ADMINISTRAR", "corina")


_AGENCIAS = {"agencia": "AG-01", "agencia_cerrada": "AG-02", "agencia_de_corina": "AG-03"}


def preparar(e: Escena) -> None:
    from envios.operadores import (
        ClaseAgencia,
        DatosDeAgencia,
        abrir_agencia,
        asignar,
        cerrar_agencia,
    )
    from nucleo.bd import transaccion
    from nucleo.reloj import ahora

    corina, correos = e.actor("corina"), e.unidades["correos"].id
    with transaccion() as sesion:
        for clave, codigo in _AGENCIAS.items():
            datos = DatosDeAgencia(
                codigo, f"Agencia {codigo}", ClaseAgencia.AGENCIA, "050101", "Frente a la plaza"
            )
            e.valores[clave] = abrir_agencia(sesion, corina, correos, datos).id
        cerrar_agencia(sesion, corina, e.valores["agencia_cerrada"], "Refacción")
        for quien in ("corina", "en_otra_agencia correos"):
            asignar(sesion, corina, e.valores["agencia_de_corina"], e.personas[quien].id)
    mensaje = {"id": "m-1", "paquete": e.valores["numero_envio"], "tipo": "recogido"}
    mensaje["cuando_ms"] = int(ahora().timestamp() * 1000)
    e.valores["mensajes_del_operador"] = json.dumps({"mensajes": [mensaje]})
    _mensajes(e)


def _mensajes(e: Escena) -> None:
    """One of a parcel that nobody knows yet, and one that was let go."""
    from envios.integraciones.recibir_mensajes import recibir_mensajes
    from envios.integraciones.resolver_mensajes import descartar
    from nucleo.bd import transaccion
    from nucleo.reloj import ahora

    corina, correos = e.actor("corina"), e.unidades["correos"].id
    dicho = {"paquete": "GUIA-1", "tipo": "recogido", "cuando_ms": int(ahora().timestamp() * 1000)}
    with transaccion() as sesion:
        hechos = recibir_mensajes(sesion, corina, correos, [dicho | {"id": id} for id in ("w-1", "w-2")])
        for clave, hecho in zip(("mensaje_del_operador", "mensaje_descartado"), hechos, strict=True):
            assert hecho.fila is not None
            e.valores[clave] = hecho.fila.id
        descartar(sesion, corina, e.valores["mensaje_descartado"])


_UNA = {"params": {"agencia_id": "agencia"}}
_CERRADA = {"params": {"agencia_id": "agencia_cerrada"}}
_ABIERTA, _CON_CIERRE = {"agencia_id": "agencia"}, {"agencia_id": "agencia_cerrada"}
_DE_CORINA = {"agencia_id": "agencia_de_corina", "persona_id": "persona_corina"}
_DE_ANA = {"agencia_id": "agencia_de_corina", "persona_id": "persona_ana"}
_DATOS = {
    "nombre": "Agencia de la terminal",
    "clase": "agencia",
    "municipio_ine": "050101",
    "direccion": "Terminal de buses, planta baja",
}
_CODIGO = {"codigo": "AG-09"}
_REPETIDO = {"codigo": "AG-01"}
_OPERADOR = {"operador_unidad_id": "{unidad_correos}"}
_DE_ESTE = {"consulta": {"unidad": "{unidad_correos}"}}
_A = "/api/v1/agencias-postales"
_C = "/api/v1/coberturas-postales"
_P = "/envios/operador/agencias"

API = [
    fila("GET", "/api/v1/operadores-postales", PUBLICO, 200),
    fila("GET", _A, PUBLICO, 200, consulta={"lugar": "05"}),
    fila("GET", _A + "/{agencia_id}", PUBLICO, 200, **_UNA),
    fila("GET", _C, PUBLICO, 200, consulta={"municipio": "050101"}),
    fila(
        "POST",
        _A,
        ADMINISTRA,
        201,
        json=_DATOS | _CODIGO | _OPERADOR,
        negada=no(409, "agencia_repetida", _REPETIDO),
    ),
    fila(
        "PUT",
        _A + "/{agencia_id}",
        ADMINISTRA,
        200,
        json=_DATOS,
        cabeceras={"If-Match": '"1"'},
        negada=no(422, "datos_invalidos", {"municipio_ine": "999999"}),
        **_UNA,
    ),
    fila(
        "POST",
        _A + "/{agencia_id}/cierre",
        ADMINISTRA,
        200,
        json={"motivo": "Refacción"},
        negada=no(409, "paso_de_agencia", params=_CON_CIERRE),
        **_UNA,
    ),
    fila(
        "POST",
        _A + "/{agencia_id}/reapertura",
        ADMINISTRA,
        200,
        negada=no(409, "paso_de_agencia", params=_ABIERTA),
        **_CERRADA,
    ),
    fila(
        "POST",
        "/api/v1/operadores-postales/{operador_id}/archivos-de-eventos",
        mandato("correos", "DESPACHAR", "corina"),
        200,
        params={"operador_id": "unidad_correos"},
        consulta={"formato": "mensajes"},
        archivo=("archivo", "m.json", "mensajes_del_operador"),
        alcance="envios",
        negada=no(422, "datos_invalidos", archivo=("archivo", "m.json", "no es eso")),
    ),
    fila(
        "POST",
        "/api/v1/operadores-postales/{operador_id}/mensajes",
        mandato("correos", "DESPACHAR", "corina"),
        200,
        params={"operador_id": "unidad_correos"},
        json={"mensajes": [{"id": "w-3"}]},
        alcance="envios",
        sin_auditoria="lo que no se puede leer se guarda entero en su fila",
        sin_negada="cada mensaje tiene su propio resultado",
    ),
    fila(
        "GET",
        "/envios/operador/mensajes",
        mandato("correos", "DESPACHAR", "corina"),
        200,
        consulta={"unidad": "{unidad_correos}"},
    ),
    *(
        fila(
            "POST",
            "/envios/operador/mensajes/{mensaje_id}/" + acto,
            mandato("correos", "DESPACHAR", "corina"),
            303,
            params={"mensaje_id": "mensaje_del_operador"},
            form={"_id": "{nuevo}"},
            a="/envios/operador/mensajes?unidad=",
            negada=no(409, "ya se registró o se descartó", params={"mensaje_id": "mensaje_descartado"}),
        )
        for acto in ("probar", "descartar")
    ),
    fila("GET", _A + "/{agencia_id}/trabajadores", ADMINISTRA, 200, **_UNA),
    fila(
        "POST",
        _A + "/{agencia_id}/trabajadores",
        ADMINISTRA,
        201,
        json={"persona_id": "{persona_corina}"},
        negada=no(422, "datos_invalidos", {"persona_id": "{persona_ana}"}),
        **_UNA,
    ),
    fila(
        "DELETE",
        _A + "/{agencia_id}/trabajadores/{persona_id}",
        ADMINISTRA,
        204,
        params=_DE_CORINA,
        negada=no(409, "no_esta_asignada", params=_DE_ANA),
    ),
]

PAGINAS = [
    fila("GET", "/agencias", PUBLICO, 200, consulta={"municipio": "050101"}),
    fila("GET", _P, ADMINISTRA, 200, **_DE_ESTE),
    fila("GET", _P + "/nueva", ADMINISTRA, 200, **_DE_ESTE),
    fila(
        "POST",
        _P + "/nueva",
        ADMINISTRA,
        303,
        form=_DATOS | _CODIGO,
        a=_P,
        negada=no(409, "ya tiene una agencia con ese código", _REPETIDO),
        **_DE_ESTE,
    ),
    fila("GET", _P + "/{agencia_id}", ADMINISTRA, 200, **_UNA),
    fila(
        "POST",
        _P + "/{agencia_id}",
        ADMINISTRA,
        303,
        form=_DATOS | {"_version": "1"},
        a=_P,
        negada=no(412, "Otra persona cambió la agencia", {"_version": "7"}),
        **_UNA,
    ),
    fila(
        "POST",
        _P + "/{agencia_id}/cierre",
        ADMINISTRA,
        303,
        form={"motivo": "Refacción"},
        a=_P,
        negada=no(409, "La agencia ya está cerrada", params=_CON_CIERRE),
        **_UNA,
    ),
    fila(
        "POST",
        _P + "/{agencia_id}/reapertura",
        ADMINISTRA,
        303,
        form={},
        a=_P,
        negada=no(409, "La agencia ya está abierta", params=_ABIERTA),
        **_CERRADA,
    ),
    fila(
        "POST",
        _P + "/{agencia_id}/gente",
        ADMINISTRA,
        303,
        form={"persona_id": "{persona_corina}"},
        a=_P,
        negada=no(422, "mandato de despacho", {"persona_id": "{persona_ana}"}),
        **_UNA,
    ),
    fila(
        "POST",
        _P + "/{agencia_id}/gente/{persona_id}/retiro",
        ADMINISTRA,
        303,
        form={},
        a=_P,
        params=_DE_CORINA,
        negada=no(409, "Quizá alguien ya la quitó", params=_DE_ANA),
    ),
]

CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
FILAS: list[Fila] = [*API, *PAGINAS]
