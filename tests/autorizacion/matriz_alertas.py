"""Rows of the alerts: saved searches of a person and what they found; API, pages and the feed."""

from tests.autorizacion.escena import MARCA, Escena
from tests.autorizacion.filas import ANA, CIUDADANO, PUBLICO, Fila, Quien, fila, mandato, no


def preparar(e: Escena) -> None:
    from alertas.guardar import abrir_canal, crear_alerta
    from comercio.busqueda.alertas import CODIGO, Criterios
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        alerta = crear_alerta(sesion, e.actor("ana"), CODIGO, Criterios(q="chompa"), nombre=f"Alerta {MARCA}")
        e.valores["alerta"] = alerta.id
        e.valores["canal_de_alerta"] = abrir_canal(sesion, e.actor("ana"), alerta.id)


def _todas(e: Escena) -> None:
    """Ana has as many alerts as one may have."""
    from alertas.guardar import crear_alerta
    from alertas.modelos import ALERTAS_MAXIMAS
    from comercio.busqueda.alertas import CODIGO, Criterios
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        for n in range(1, ALERTAS_MAXIMAS):
            crear_alerta(sesion, e.actor("ana"), CODIGO, Criterios(q=f"manta {n}"))


SUYAS = Quien("ana", libre=True)
ADMINISTRA = mandato("taller", "ADMINISTRAR", "tomas")
_UNA = {"params": {"alerta_id": "alerta"}}
_API = "/api/v1/alertas"
_NUEVA = {"emparejador": "comercio.productos", "criterios": {"q": "manta"}}
_FORMULARIO = {"clase": "comercio.productos", "criterios": '{{"q":"manta"}}', "frecuencia": "diaria"}
_RESPUESTA = {"unidad_id": "{unidad_taller}", "emparejador": "feria.convocatorias", "acepta": True}
_RESPONDE = {"unidad_id": "{unidad_taller}", "clase": "feria.convocatorias", "acepta": "1"}
_NO_SE_PROPONE = no(409, "alerta_sin_propuesta", con={"emparejador": "comercio.productos"})
_NO_ES = no(404, "alerta_no_encontrada", params={"alerta_id": "nuevo"})
_NO_ESTA = no(404, "No encontramos esa página", params={"alerta_id": "nuevo"})

FILAS: list[Fila] = [
    fila("GET", f"{_API}/clases", PUBLICO, 200),
    fila("GET", _API, SUYAS, 200, contiene=True),
    fila("POST", _API, CIUDADANO, 201, json=_NUEVA, negada=no(409, "demasiadas_alertas", antes=_todas)),
    fila("GET", f"{_API}/propuestas", CIUDADANO, 200),
    fila("POST", f"{_API}/propuestas", ADMINISTRA, 200, json=_RESPUESTA, negada=_NO_SE_PROPONE),
    fila(
        "POST",
        "/mis-alertas/propuestas",
        ADMINISTRA,
        303,
        form=_RESPONDE,
        a="/mis-alertas/",
        negada=no(409, "de una lista puede guardar otra", con={"clase": "comercio.productos"}),
    ),
    fila("GET", f"{_API}/{{alerta_id}}", ANA, 200, contiene=True, rechazo=404, **_UNA),
    fila("GET", f"{_API}/{{alerta_id}}/hallazgos", ANA, 200, rechazo=404, **_UNA),
    fila("DELETE", f"{_API}/{{alerta_id}}", ANA, 204, rechazo=404, **_UNA, negada=_NO_ES),
    fila("POST", f"{_API}/{{alerta_id}}/renovacion", ANA, 200, rechazo=404, **_UNA, negada=_NO_ES),
    fila("POST", f"{_API}/{{alerta_id}}/canal", ANA, 200, rechazo=404, **_UNA, negada=_NO_ES),
    fila("GET", "/mis-alertas", SUYAS, 200, contiene=True),
    fila("GET", "/mis-alertas/nueva", CIUDADANO, 200, consulta={"clase": "comercio.productos"}),
    fila(
        "POST",
        "/mis-alertas",
        CIUDADANO,
        303,
        form=_FORMULARIO,
        a="/mis-alertas/",
        negada=no(409, "Dé de baja una", antes=_todas),
    ),
    fila("GET", "/mis-alertas/{alerta_id}", ANA, 200, contiene=True, rechazo=404, **_UNA),
    fila(
        "POST",
        "/mis-alertas/{alerta_id}/baja",
        ANA,
        303,
        form={},
        a="/mis-alertas",
        rechazo=404,
        **_UNA,
        negada=_NO_ESTA,
    ),
    fila(
        "POST",
        "/mis-alertas/{alerta_id}/renovacion",
        ANA,
        303,
        form={},
        a="/mis-alertas/",
        rechazo=404,
        **_UNA,
        negada=_NO_ESTA,
    ),
    fila(
        "POST",
        "/mis-alertas/{alerta_id}/canal",
        ANA,
        200,
        form={},
        contiene=True,
        rechazo=404,
        **_UNA,
        negada=_NO_ESTA,
    ),
    fila(
        "POST",
        "/mis-alertas/{alerta_id}/canal/cerrar",
        ANA,
        303,
        form={},
        a="/mis-alertas/",
        rechazo=404,
        **_UNA,
        negada=_NO_ESTA,
    ),
    fila("GET", "/alertas/{secreto}.atom", PUBLICO, 200, params={"secreto": "canal_de_alerta"}),
]

CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
