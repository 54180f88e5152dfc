"""Rows of rates and quotes: anybody asks what it costs; who administers the operator changes it."""

from datetime import timedelta
from typing import Any

from tests.autorizacion.escena import MARCA, Escena
from tests.autorizacion.filas import ANA, CIUDADANO, PUBLICO, Fila, fila, mandato, no

ADMINISTRA = mandato("correos", "ADMINISTRAR", "corina")
EMPIEZA = mandato("mensajeria", "ADMINISTRAR", "corina")
_TABLA = "servicio;tarifa;hasta_kg;precio;paso_kg;precio_paso\nordinario;local;30;{};;\n"


def preparar(e: Escena) -> None:
    """Rates in force, others for next week, a draft; another operator without any; a quote of Ana's."""
    from envios.tarifas.cotizar import Pedido, cotizar
    from envios.tarifas.tablas import EJEMPLOS, Que, escribir
    from envios.tarifas.tarifarios import empezar, importar, publicar
    from envios.tarifas.valores import Bulto
    from nucleo.archivos import Recibido
    from nucleo.bd import transaccion
    from nucleo.ids import nuevo_id
    from nucleo.reloj import fecha_bolivia
    from tests.ayudas.personas import nueva_unidad

    corina, correos, hoy = e.actor("corina"), e.unidades["correos"].id, fecha_bolivia()
    e.unidades["mensajeria"] = nueva_unidad(
        representante=e.personas["corina"],
        denominacion="Mensajería de la matriz",
        tipo="OPERADOR_POSTAL",
        habilitaciones=["OPERADOR_POSTAL"],
    )
    e.valores |= {"unidad_mensajeria": str(e.unidades["mensajeria"].id), "que": "precios"}
    e.valores |= {"precios_csv": _TABLA.format("19,00"), "precios_malos": _TABLA.format("gratis")}
    e.valores |= {"manana": str(hoy + timedelta(days=1)), "en_ocho_dias": str(hoy + timedelta(days=8))}
    for clave, desde in (("tarifario", hoy), ("por_venir", hoy + timedelta(days=8)), ("borrador", None)):
        with transaccion() as sesion:
            id = empezar(sesion, corina, correos, id=nuevo_id()).id
            e.valores[clave] = id
            for que in Que:
                filas = EJEMPLOS[que]
                if clave == "borrador" and que is Que.SERVICIOS:
                    filas = tuple((f[0], f"{f[1]} {MARCA}", *f[2:]) for f in filas)
                importar(sesion, corina, id, que, Recibido.de_bytes(escribir(que, filas)))
            if desde is not None:
                publicar(sesion, corina, id, desde)
    pedido = Pedido("020101", "051201", Bulto(1200), "ordinario", correos)
    with transaccion() as sesion:
        e.valores["cotizacion"] = cotizar(sesion, e.actor("ana"), pedido, id=nuevo_id()).id


_API = "/api/v1/cotizaciones-de-envio"
_ENVIO: dict[str, Any] = {"origen": "020101", "destino": "051201", "peso_g": 1200}
_PUBLICADO = {"params": {"tarifario_id": "tarifario"}}
_DEL_BORRADOR = {"params": {"tarifario_id": "borrador"}, "rechazo": 404}

FILAS: list[Fila] = [
    fila("GET", _API, PUBLICO, 200, consulta=_ENVIO),
    fila(
        "POST",
        _API,
        CIUDADANO,
        201,
        json=_ENVIO | {"operador_unidad_id": "{unidad_correos}", "servicio": "ordinario"},
        alcance="envios",
        tambien=("maquina_ajena",),
        negada=no(409, "envio_sin_oferta", {"peso_g": 30_001}),
    ),
    fila("GET", _API + "/{cotizacion_id}", ANA, 200, params={"cotizacion_id": "cotizacion"}, rechazo=404),
    fila("GET", "/api/v1/tarifarios-de-envio", PUBLICO, 200),
    fila("GET", "/api/v1/tarifarios-de-envio/{tarifario_id}", PUBLICO, 200, **_PUBLICADO),
    fila(
        "GET",
        "/cuanto-cuesta-enviar",
        PUBLICO,
        200,
        consulta={"origen": "020101", "destino": "051201", "peso_kg": "1,2"},
    ),
    fila("GET", "/tarifas", ADMINISTRA, 200, consulta={"unidad": "{unidad_correos}"}),
    fila(
        "POST",
        "/tarifas",
        EMPIEZA,
        303,
        form={"unidad": "{unidad_mensajeria}", "_id": "{nuevo}"},
        a="/tarifas/",
        negada=no(409, "Ya tiene una versión sin publicar", {"unidad": "{unidad_correos}"}),
    ),
    fila("GET", "/tarifas/plantilla/{que}.csv", PUBLICO, 200),
    fila(
        "GET",
        "/tarifas/{tarifario_id}/{que}.csv",
        PUBLICO,
        200,
        params={"tarifario_id": "tarifario", "que": "que"},
    ),
    fila("GET", "/tarifas/{tarifario_id}", PUBLICO, 200, **_PUBLICADO),
    fila(
        "POST",
        "/tarifas/{tarifario_id}/archivos",
        ADMINISTRA,
        303,
        form={"que": "precios", "_id": "{nuevo}"},
        archivo=("archivo", "p.csv", "precios_csv"),
        a="/tarifas/",
        **_DEL_BORRADOR,
        negada=no(422, "precio «gratis»", archivo=("archivo", "p.csv", "precios_malos")),
    ),
    fila(
        "POST",
        "/tarifas/{tarifario_id}/publicar",
        ADMINISTRA,
        303,
        form={"desde": "{manana}", "_id": "{nuevo}"},
        a="/tarifas/",
        **_DEL_BORRADOR,
        negada=no(409, "Ya hay tarifas publicadas desde ese día", {"desde": "{en_ocho_dias}"}),
    ),
    fila(
        "POST",
        "/tarifas/{tarifario_id}/retirar",
        ADMINISTRA,
        303,
        params={"tarifario_id": "por_venir"},
        form={"_id": "{nuevo}"},
        a="/tarifas",
        negada=no(409, "Ya está en vigor", params={"tarifario_id": "tarifario"}),
    ),
]
CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
