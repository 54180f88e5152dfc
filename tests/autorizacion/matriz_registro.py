"""Rows of the registry: units and their life, mandates, qualities, webhooks; API and pages."""

from typing import Any

from tests.autorizacion.escena import MARCA, Escena
from tests.autorizacion.filas import PUBLICO, REGULADOR, Fila, Quien, fila, mandato

TALLER = mandato("taller", "ADMINISTRAR", "tomas")
TRAMITA = mandato("taller", "TRAMITAR", "tomas")
DE_BORRADOR = mandato("borrador", "ADMINISTRAR", "ana")
TRAMITA_BORRADOR = mandato("borrador", "TRAMITAR", "ana")
DE_DESCARTADA = mandato("descartada", "ADMINISTRAR", "ana")
MIAS = Quien("ana", "taller", "TRAMITAR", libre=True)
SUYA = {"sin_facultad"}
"""Whoever represents the unit may, by whatever mandate."""


def preparar(e: Escena) -> None:
    from ciudadania import Persona
    from empresa_digital.registro import Facultad, Habilitacion, NuevoMandato, unidades
    from empresa_digital.registro.habilitaciones import solicitar_habilitacion
    from empresa_digital.registro.mandatos import otorgar_mandato
    from nucleo.bd import transaccion
    from nucleo.webhooks import suscribir

    completos = {
        "tipo": "COOPERATIVA",
        "forma_legal": "BO-COOP",
        "municipio_ine": "050101",
        "actividad_ciiu": "1391",
        "direccion": "Frente al mercado central",
        "telefono": "70012345",
    }
    ana, rita, tomas = e.actor("ana"), e.actor("rita"), e.actor("tomas")

    def borrador(clave: str, persona: Any = ana) -> Any:
        with transaccion() as sesion:
            datos = completos | {"denominacion": f"Cooperativa {MARCA} {clave}"}
            e.unidades[clave] = unidades.crear_borrador(sesion, persona, datos)
        return e.unidades[clave].id

    borrador("borrador")
    presentada, descartada, suspendida = (
        borrador("presentada"),
        borrador("descartada"),
        borrador("suspendida"),
    )
    taller, vecina = e.unidades["taller"].id, e.personas["vecina"]
    assert isinstance(vecina, Persona)
    with transaccion() as sesion:
        unidades.presentar(sesion, ana, presentada)
        unidades.presentar(sesion, ana, suspendida)
        unidades.inscribir(sesion, rita, suspendida)
        unidades.suspender(sesion, rita, suspendida, "Prueba de suspensión")
        unidades.cancelar(sesion, ana, descartada, "Ya no la quiero")
        solicitar_habilitacion(sesion, tomas, taller, Habilitacion.VENDEDOR)
        nuevo = NuevoMandato((Facultad.VENDER,), persona_id=vecina.id, documento=f"Poder {MARCA}")
        e.valores["mandato"] = otorgar_mandato(sesion, tomas, taller, nuevo).id
        fila_webhook, _secreto = suscribir(sesion, taller, f"https://ejemplo.bo/{MARCA}", [])
        e.valores["webhook"] = fila_webhook.id
    with transaccion() as sesion:
        for clave in ("borrador", "presentada", "descartada", "suspendida", "taller"):
            unidad = sesion.get(type(e.unidades[clave]), e.unidades[clave].id)
            assert unidad is not None
            e.valores[f"numero_{clave}"] = unidad.numero
            e.valores[f"version_{clave}"] = str(unidad.version)


def _en(unidad: str, **mas: str) -> dict[str, Any]:
    return {"params": {"numero": f"numero_{unidad}", **mas}}


_MOTIVO = {"motivo": "Motivo de la prueba"}
_UE = "/api/v1/unidades-economicas"
_UNA = _UE + "/{numero}"
_NUEVA = {"tipo": "COOPERATIVA", "denominacion": "Cooperativa nueva de la matriz"}
_PODER = {"persona": {"ci": "{ci_jorge}"}, "facultades": ["VENDER"]}
_NO_HAY = 404
_VENDEDOR = {"habilitacion": "habilitacion_vendedor"}
_OTORGA = {"norma": "Resolución 12", "desde": "2026-01-01"}

API = [
    fila("GET", _UE, PUBLICO, 200),
    fila("GET", _UE + "/cambios", PUBLICO, 200),
    fila("GET", _UE + "/parecidas", MIAS, 200, consulta={"denominacion": "Cooperativa de la matriz"}),
    fila("POST", _UE, MIAS, 201, json=_NUEVA),
    fila("GET", _UNA, PUBLICO, 200, **_en("tienda")),
    fila(
        "PATCH",
        _UNA,
        TRAMITA,
        200,
        json={"telefono": "70055555"},
        cabeceras={"If-Match": '"{version_taller}"'},
        **_en("taller"),
    ),
    fila(
        "POST",
        _UNA + "/presentacion",
        DE_BORRADOR,
        200,
        rechazo={**dict.fromkeys(("otro_dueno", "otra_unidad"), 404), "sin_facultad": 403},
        **_en("borrador"),
    ),
    fila("POST", _UNA + "/inscripcion", REGULADOR, 200, rechazo=_NO_HAY, **_en("presentada")),
    fila("POST", _UNA + "/observacion", REGULADOR, 200, json=_MOTIVO, rechazo=_NO_HAY, **_en("presentada")),
    fila("POST", _UNA + "/suspension", REGULADOR, 200, json=_MOTIVO, **_en("taller")),
    fila("POST", _UNA + "/rehabilitacion", REGULADOR, 200, **_en("suspendida")),
    fila("POST", _UNA + "/cancelacion", TALLER, 200, json=_MOTIVO, **_en("taller")),
    fila("GET", _UNA + "/asientos", TALLER, 200, tambien=SUYA, contiene=True, **_en("taller")),
    fila("GET", "/api/v1/mandatos", Quien("vecina", "taller", "TRAMITAR", libre=True), 200, contiene=True),
    fila("GET", _UNA + "/mandatos", TALLER, 200, tambien=SUYA, contiene=True, **_en("taller")),
    fila("POST", _UNA + "/mandatos", TALLER, 201, json=_PODER, **_en("taller")),
    fila(
        "POST",
        "/api/v1/mandatos/{mandato_id}/revocacion",
        TALLER,
        200,
        params={"mandato_id": "mandato"},
        json=_MOTIVO,
    ),
    fila(
        "POST",
        "/api/v1/mandatos/{mandato_id}/revocacion",
        Quien("vecina", "taller", "ADMINISTRAR"),
        200,
        variante="de quien renuncia",
        params={"mandato_id": "mandato"},
        json=_MOTIVO,
    ),
    fila(
        "POST",
        _UNA + "/cancelacion",
        REGULADOR,
        200,
        variante="por el registro",
        json=_MOTIVO,
        **_en("taller"),
    ),
    fila("GET", "/api/v1/habilitaciones", REGULADOR, 200),
    fila("GET", _UNA + "/habilitaciones", PUBLICO, 200, **_en("tienda")),
    fila(
        "POST",
        _UNA + "/habilitaciones",
        TALLER,
        201,
        json={"habilitacion": "RECEPTOR_DE_PAGOS"},
        **_en("taller"),
    ),
    fila(
        "POST",
        _UNA + "/habilitaciones/{habilitacion}/otorgamiento",
        REGULADOR,
        200,
        json=_OTORGA,
        **_en("taller", **_VENDEDOR),
    ),
    fila(
        "POST",
        _UNA + "/habilitaciones/{habilitacion}/rechazo",
        REGULADOR,
        200,
        json=_MOTIVO,
        **_en("taller", **_VENDEDOR),
    ),
    fila(
        "POST",
        _UNA + "/habilitaciones/{habilitacion}/suspension",
        REGULADOR,
        200,
        json=_MOTIVO,
        **_en("tienda", **_VENDEDOR),
    ),
    fila("GET", "/api/v1/catalogos/departamentos", PUBLICO, 200),
    fila("GET", "/api/v1/catalogos/municipios", PUBLICO, 200),
    fila("GET", "/api/v1/catalogos/actividades", PUBLICO, 200),
    fila("GET", "/api/v1/catalogos/formas-legales", PUBLICO, 200),
    fila("GET", _UNA + "/webhooks", TALLER, 200, contiene=True, **_en("taller")),
    fila(
        "POST",
        _UNA + "/webhooks",
        TALLER,
        201,
        json={"url": "https://ejemplo.bo/avisos"},
        **_en("taller"),
    ),
    fila("DELETE", _UNA + "/webhooks/{webhook_id}", TALLER, 204, **_en("taller", webhook_id="webhook")),
]

_MIA = "/mis-unidades/{numero}"
_PASO = {"clave": "paso"}
_REVOCAR = _en("taller", mandato_id="mandato")

PAGINAS = [
    fila("GET", "/unidades", PUBLICO, 200),
    fila("GET", "/unidades/{numero}", PUBLICO, 200, **_en("tienda")),
    fila("GET", "/mis-unidades", MIAS, 200, contiene=True),
    fila("GET", "/mis-unidades/nueva", MIAS, 200),
    fila(
        "POST",
        "/mis-unidades/nueva",
        MIAS,
        303,
        form=_NUEVA | {"id": "{nuevo}"},
        a="/mis-unidades/",
    ),
    fila("GET", _MIA, DE_BORRADOR, 200, contiene=True, tambien=SUYA, rechazo=404, **_en("borrador")),
    fila("GET", _MIA + "/parecidas", DE_BORRADOR, 200, tambien=SUYA, rechazo=404, **_en("borrador")),
    fila("GET", _MIA + "/historia", TALLER, 200, tambien=SUYA, **_en("taller")),
    fila(
        "GET", _MIA + "/paso/{clave}", DE_BORRADOR, 200, tambien=SUYA, rechazo=404, **_en("borrador", **_PASO)
    ),
    fila(
        "POST",
        _MIA + "/paso/{clave}",
        TRAMITA,
        303,
        form={"version": "{version_taller}", "telefono": "70055555"},
        a="/mis-unidades/",
        **_en("taller", **_PASO),
    ),
    fila(
        "POST",
        _MIA + "/presentar",
        DE_BORRADOR,
        303,
        form={"declaro": "1"},
        rechazo={"otro_dueno": 404, "otra_unidad": 404, "sin_facultad": 403},
        a="/mis-unidades/",
        **_en("borrador"),
    ),
    fila("GET", _MIA + "/habilitaciones", TALLER, 200, tambien=SUYA, **_en("taller")),
    fila(
        "POST",
        _MIA + "/habilitaciones",
        TALLER,
        303,
        form={"habilitacion": "RECEPTOR_DE_PAGOS"},
        a="/mis-unidades/",
        **_en("taller"),
    ),
    fila("GET", _MIA + "/cancelar", TALLER, 200, tambien=SUYA, **_en("taller")),
    fila("POST", _MIA + "/cancelar", TALLER, 303, form=_MOTIVO, a="/mis-unidades", **_en("taller")),
    fila(
        "POST",
        _MIA + "/retomar",
        DE_DESCARTADA,
        303,
        rechazo={"otro_dueno": 404, "otra_unidad": 404, "sin_facultad": 403},
        a="/mis-unidades/",
        **_en("descartada"),
    ),
    fila("GET", _MIA + "/mandatos", TALLER, 200, tambien=SUYA, **_en("taller")),
    fila("GET", _MIA + "/mandatos/nuevo", TALLER, 200, **_en("taller")),
    fila(
        "POST",
        _MIA + "/mandatos/nuevo",
        TALLER,
        303,
        form={"clase": "persona", "ci": "{ci_jorge}", "facultades": "VENDER"},
        a="/mis-unidades/",
        **_en("taller"),
    ),
    fila("GET", _MIA + "/mandatos/{mandato_id}/revocar", TALLER, 200, **_REVOCAR),
    fila(
        "POST",
        _MIA + "/mandatos/{mandato_id}/revocar",
        TALLER,
        303,
        form=_MOTIVO,
        a="/mis-unidades/",
        **_REVOCAR,
    ),
    fila("GET", "/regulador/unidades", REGULADOR, 200, contiene=True),
    fila("GET", "/regulador/unidades/{numero}", REGULADOR, 200, contiene=True, **_en("presentada")),
    fila(
        "POST",
        "/regulador/unidades/{numero}/{decision}",
        REGULADOR,
        303,
        form={"version": "{version_presentada}"},
        a="/regulador/unidades/",
        **_en("presentada", decision="decision"),
    ),
    fila("GET", "/regulador/habilitaciones", REGULADOR, 200),
    fila(
        "POST",
        "/regulador/unidades/{numero}/habilitaciones/{habilitacion}",
        REGULADOR,
        303,
        form=_OTORGA | {"decision": "otorgar"},
        a="/regulador/unidades/",
        **_en("taller", **_VENDEDOR),
    ),
]

CONSTANTES = {"habilitacion_vendedor": "VENDEDOR", "paso": "contacto", "decision": "inscribir"}
HISTORIA = {0: preparar}
FILAS: list[Fila] = [*API, *PAGINAS]
