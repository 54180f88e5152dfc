"""Rows of the registry: units and their life, mandates, qualities, webhooks; API and pages."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from tests.autorizacion.escena import MARCA, Escena, apoderar
from tests.autorizacion.filas import PUBLICO, Fila, Quien, fila, mandato, no, persona

TALLER = mandato("taller", "ADMINISTRAR", "tomas")
CONSULTA = mandato("taller", "CONSULTAR", "tomas")
TRAMITA = mandato("taller", "TRAMITAR", "tomas")
CONSULTA_BORRADOR = mandato("borrador", "CONSULTAR", "ana")
PRESENTA_BORRADOR = mandato("borrador", "PRESENTAR", "ana")
TRAMITA_BORRADOR = mandato("borrador", "TRAMITAR", "ana")
DE_DESCARTADA = mandato("descartada", "ADMINISTRAR", "ana")
MIAS = Quien("ana", "taller", "TRAMITAR", libre=True)
VECINA = persona("vecina")
VECINA_SUYO = Quien("vecina", "taller", "TRAMITAR", libre=True)
SUYA = {"sin_facultad"}
"""Whoever acts for the unit may, by whatever mandate."""
DE_OTROS = {**dict.fromkeys(("otro_dueno", "otra_unidad"), 404), "sin_facultad": 403}
"""It exists only for its own people."""


def preparar(e: Escena) -> None:
    from ciudadania import Persona
    from empresa_digital.registro import Facultad, Habilitacion, NuevoMandato, inscripcion, unidad_por_id
    from empresa_digital.registro.clientes import conectar
    from empresa_digital.registro.competencias.consultas import competencias_vigentes
    from empresa_digital.registro.habilitaciones.habilitar import solicitar_habilitacion
    from empresa_digital.registro.mandatos import aceptar_mandato, otorgar_mandato
    from empresa_digital.registro.mandatos.consultas import mandatos_de
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
    from empresa_digital.registro.recuperacion.recuperar import abrir_recuperacion

    ana, rita, tomas = e.actor("ana"), e.actor("rita"), e.actor("tomas")

    def borrador(clave: str, quien: Any = ana) -> Any:
        with transaccion() as sesion:
            datos = completos | {"denominacion": f"Cooperativa {MARCA} {clave}"}
            e.unidades[clave] = inscripcion.crear_borrador(sesion, quien, datos)
        return e.unidades[clave].id

    borrador("borrador")
    presentada, descartada, suspendida = (
        borrador("presentada"),
        borrador("descartada"),
        borrador("suspendida"),
    )
    for clave in ("presentada", "suspendida"):
        apoderar(e.unidades[clave], [Facultad.VENDER], persona=e.personas["caso_propio autoridad"])
    taller, vecina = e.unidades["taller"].id, e.personas["vecina"]
    assert isinstance(vecina, Persona)
    with transaccion() as sesion:
        inscripcion.presentar(sesion, ana, presentada)
        inscripcion.presentar(sesion, ana, suspendida)
        inscripcion.inscribir(sesion, rita, suspendida)
        inscripcion.suspender(sesion, rita, suspendida, "Prueba de suspensión")
        inscripcion.cancelar(sesion, ana, descartada, "Ya no la quiero")
        solicitar_habilitacion(sesion, tomas, taller, Habilitacion.VENDEDOR)
        nuevo = NuevoMandato((Facultad.VENDER,), persona_id=vecina.id, documento=f"Poder {MARCA}")
        e.valores["mandato"] = otorgar_mandato(sesion, tomas, taller, nuevo).id
        aceptar_mandato(sesion, e.actor("vecina"), e.valores["mandato"])
        ofrecido = replace(nuevo, documento=f"Acta {MARCA}")
        e.valores["ofrecido"] = otorgar_mandato(sesion, tomas, taller, ofrecido).id
        # The shop is a client of the workshop.
        de_la_tienda = NuevoMandato((Facultad.TRAMITAR,), unidad_id=taller)
        e.valores["cliente"] = otorgar_mandato(
            sesion, e.actor("tomasa"), e.unidades["tienda"].id, de_la_tienda
        ).id
        aceptar_mandato(sesion, tomas, e.valores["cliente"])
        e.valores["recuperacion"] = abrir_recuperacion(
            sesion, rita, taller, causa="disputa", motivo="Se disputan la unidad", cedula="8000001"
        ).id
        fila_webhook, _secreto = suscribir(sesion, taller, f"https://ejemplo.bo/{MARCA}", [])
        e.valores["webhook"] = fila_webhook.id
        programa, _secreto = conectar(sesion, tomas, taller, nombre=f"Sistema {MARCA}", alcances=["buzon"])
        e.valores |= {"programa": programa.id, "pista": programa.pista}
        (e.valores["mandato_de_tomas"],) = (
            m.id for m in mandatos_de(sesion, taller) if m.apoderado_persona_id == e.personas["tomas"].id
        )
        for competencia in competencias_vigentes(sesion, e.unidades["autoridad"].id):
            e.valores[f"competencia_de_{competencia.materia.lower()}"] = competencia.id
        e.valores["norma"] = "LEY-164"
    with transaccion() as sesion:
        for clave in ("borrador", "presentada", "descartada", "suspendida", "taller"):
            unidad = unidad_por_id(sesion, e.unidades[clave].id)
            e.valores[f"numero_{clave}"] = unidad.numero
            e.valores[f"version_{clave}"] = str(unidad.version)


def _muchos_borradores(e: Escena) -> None:
    """Ana has as many drafts as one may have."""
    from empresa_digital.registro import inscripcion
    from empresa_digital.registro.inscripcion.errores import DemasiadosBorradores
    from nucleo.bd import transaccion

    ana, datos = e.actor("ana"), {"tipo": "COOPERATIVA", "denominacion": "Cooperativa por venir"}
    with transaccion() as sesion, suppress(DemasiadosBorradores):
        while True:
            inscripcion.crear_borrador(sesion, ana, datos)


def _cancelado(e: Escena) -> None:
    from empresa_digital.registro import inscripcion
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        inscripcion.cancelar(sesion, e.actor("tomas"), e.unidades["taller"].id, "Prueba")


def _desconectado(e: Escena) -> None:
    from empresa_digital.registro.clientes import desconectar
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        desconectar(sesion, e.actor("tomas"), e.unidades["taller"].id, e.valores["programa"], "Prueba")


def _revocado(e: Escena) -> None:
    from empresa_digital.registro.mandatos import revocar_mandato
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        revocar_mandato(sesion, e.actor("tomas"), e.valores["mandato"], "Prueba")


def _solo_tomas(e: Escena) -> None:
    """Only Tomas administers, whatever the columns of the matrix gave to others."""
    e.administrar(
        "UPDATE registro_mandato SET revocado_en = nucleo_ahora(), revocado_motivo = 'Prueba' "
        f"WHERE unidad_id = '{e.unidades['taller'].id}' AND id <> '{e.valores['mandato_de_tomas']}' "
        "AND coalesce(revocado_en > nucleo_ahora(), true)"
    )


def _objetada(e: Escena) -> None:
    from empresa_digital.registro.recuperacion.recuperar import objetar_recuperacion
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        objetar_recuperacion(sesion, e.actor("tomas"), e.valores["recuperacion"], "No es cierto")


def _declinado(e: Escena) -> None:
    from empresa_digital.registro.mandatos import declinar_mandato
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        declinar_mandato(sesion, e.actor("vecina"), e.valores["ofrecido"])


def _aceptado(e: Escena) -> None:
    from empresa_digital.registro.mandatos import aceptar_mandato
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        aceptar_mandato(sesion, e.actor("vecina"), e.valores["ofrecido"])


def en(unidad: str, **mas: str) -> dict[str, Any]:
    return {"params": {"numero": f"numero_{unidad}", **mas}}


_PRESENTADA, EN_SUSPENDIDA = {"numero": "numero_presentada"}, {"numero": "numero_suspendida"}
EN_TALLER, EN_TIENDA = {"numero": "numero_taller"}, {"numero": "numero_tienda"}
_OFRECIDO = {"mandato_id": "ofrecido"}
EN_AUTORIDAD, _DE_TOMAS = {"numero": "numero_autoridad"}, {"mandato_id": "mandato_de_tomas"}
MOTIVO = {"motivo": "Motivo de la prueba"}
_PROGRAMA = en("taller", cliente_id="programa")
_UE = "/api/v1/unidades-economicas"
UNA = _UE + "/{numero}"
_NUEVA = {"tipo": "COOPERATIVA", "denominacion": "Cooperativa nueva de la matriz"}
_PODER = {"persona": {"ci": "{ci_jorge}"}, "facultades": ["VENDER"]}
VENDEDOR = {"habilitacion": "habilitacion_vendedor"}

API = [
    fila("GET", _UE, PUBLICO, 200),
    fila("GET", _UE + "/cambios", PUBLICO, 200),
    fila("GET", _UE + "/parecidas", MIAS, 200, consulta={"denominacion": "Cooperativa de la matriz"}),
    fila(
        "POST", _UE, MIAS, 201, json=_NUEVA, negada=no(409, "demasiados_borradores", antes=_muchos_borradores)
    ),
    fila("GET", UNA, PUBLICO, 200, **en("tienda")),
    fila(
        "PATCH",
        UNA,
        TRAMITA,
        200,
        json={"telefono": "70055555"},
        cabeceras={"If-Match": '"{version_taller}"'},
        **en("taller"),
        negada=no(412, "version_anterior", cabeceras={"If-Match": '"99"'}),
    ),
    fila(
        "POST",
        UNA + "/presentacion",
        PRESENTA_BORRADOR,
        200,
        rechazo=DE_OTROS,
        **en("borrador"),
        negada=no(409, "transicion_invalida", params=_PRESENTADA),
    ),
    fila(
        "POST",
        UNA + "/cancelacion",
        TALLER,
        200,
        json=MOTIVO,
        con_otros="propone",
        **en("taller"),
        negada=no(409, "transicion_invalida", antes=_cancelado),
    ),
    fila("GET", UNA + "/asientos", CONSULTA, 200, contiene=True, **en("taller")),
    fila("GET", "/api/v1/mandatos", Quien("vecina", "taller", "TRAMITAR", libre=True), 200, contiene=True),
    fila("GET", UNA + "/mandatos", CONSULTA, 200, contiene=True, **en("taller")),
    fila(
        "POST",
        UNA + "/mandatos",
        TALLER,
        201,
        json=_PODER,
        con_otros="propone",
        solo_quien="nadie da más tiempo del que tiene",
        **en("taller"),
        negada=no(422, "datos_invalidos", {"hasta": "2020-01-01T00:00:00-04:00"}),
    ),
    fila("GET", "/api/v1/mandatos/ofrecidos", VECINA_SUYO, 200, contiene=True),
    fila(
        "POST",
        "/api/v1/mandatos/{mandato_id}/aceptacion",
        VECINA,
        200,
        params=_OFRECIDO,
        rechazo=404,
        negada=no(409, "oferta_terminada", antes=_declinado),
    ),
    fila(
        "POST",
        "/api/v1/mandatos/{mandato_id}/declinacion",
        VECINA,
        200,
        params=_OFRECIDO,
        rechazo=404,
        negada=no(409, "oferta_terminada", antes=_aceptado),
    ),
    fila(
        "POST",
        "/api/v1/mandatos/{mandato_id}/remocion",
        TALLER,
        202,
        con_otros="propone",
        params=_DE_TOMAS,
        json=MOTIVO,
        negada=no(409, "nadie_mas_firma", antes=_solo_tomas),
    ),
    fila(
        "PUT",
        "/api/v1/mandatos/{mandato_id}/asignados",
        TALLER,
        200,
        params={"mandato_id": "cliente"},
        json={"personas": []},
        negada=no(422, "datos_invalidos", {"personas": ["{persona_jorge}"]}),
    ),
    fila(
        "POST",
        "/api/v1/mandatos/{mandato_id}/revocacion",
        TALLER,
        200,
        con_otros="propone",
        params={"mandato_id": "mandato"},
        json=MOTIVO,
        negada=no(409, "ultimo_administrador", params=_DE_TOMAS, antes=_solo_tomas),
    ),
    fila(
        "POST",
        "/api/v1/mandatos/{mandato_id}/revocacion",
        Quien("vecina", "taller", "ADMINISTRAR"),
        200,
        variante="de quien renuncia",
        con_otros="propone",
        params={"mandato_id": "mandato"},
        json=MOTIVO,
        negada=no(409, "mandato_revocado", antes=_revocado),
    ),
    fila("GET", UNA + "/habilitaciones", PUBLICO, 200, **en("tienda")),
    fila(
        "POST",
        UNA + "/habilitaciones",
        TALLER,
        201,
        json={"habilitacion": "RECEPTOR_DE_PAGOS"},
        **en("taller"),
        negada=no(409, "transicion_invalida", {"habilitacion": "VENDEDOR"}),
    ),
    fila("GET", "/api/v1/catalogos/departamentos", PUBLICO, 200),
    fila("GET", "/api/v1/catalogos/municipios", PUBLICO, 200),
    fila("GET", "/api/v1/catalogos/actividades", PUBLICO, 200),
    fila("GET", "/api/v1/catalogos/formas-legales", PUBLICO, 200),
    fila("GET", UNA + "/clientes", TALLER, 200, contiene=True, **en("taller")),
    fila(
        "POST",
        UNA + "/clientes",
        TALLER,
        201,
        json={"nombre": "Sistema nuevo", "alcances": ["productos"]},
        **en("taller"),
        negada=no(409, "programa_repetido", {"nombre": f"Sistema {MARCA}"}),
    ),
    fila(
        "POST",
        UNA + "/clientes/{cliente_id}/rotacion",
        TALLER,
        200,
        json={"pista": "{pista}"},
        **_PROGRAMA,
        negada=no(409, "secreto_ya_rotado", {"pista": "otra"}),
    ),
    fila(
        "POST",
        UNA + "/clientes/{cliente_id}/revocacion",
        TALLER,
        200,
        json=MOTIVO,
        **_PROGRAMA,
        negada=no(404, "cliente_no_encontrado", params={"cliente_id": "client_id"}),
    ),
]

_MIA = "/mis-unidades/{numero}"
_PASO = {"clave": "paso"}
_REVOCAR = en("taller", mandato_id="mandato")

PAGINAS = [
    fila("GET", "/unidades", PUBLICO, 200),
    fila("GET", "/unidades/{numero}", PUBLICO, 200, **en("tienda")),
    fila("GET", "/mis-unidades", MIAS, 200, contiene=True),
    fila("GET", "/mis-unidades/nueva", MIAS, 200),
    fila(
        "POST",
        "/mis-unidades/nueva",
        MIAS,
        303,
        form=_NUEVA | {"_id": "{nuevo}"},
        a="/mis-unidades/",
        negada=no(409, "presente o descarte alguno", antes=_muchos_borradores),
    ),
    fila("GET", _MIA, CONSULTA_BORRADOR, 200, contiene=True, tambien=SUYA, rechazo=404, **en("borrador")),
    fila("GET", _MIA + "/parecidas", TRAMITA_BORRADOR, 200, rechazo=DE_OTROS, **en("borrador")),
    fila("GET", _MIA + "/historia", CONSULTA, 200, **en("taller")),
    fila("GET", _MIA + "/paso/{clave}", TRAMITA_BORRADOR, 200, rechazo=DE_OTROS, **en("borrador", **_PASO)),
    fila(
        "POST",
        _MIA + "/paso/{clave}",
        TRAMITA,
        303,
        form={"_version": "{version_taller}", "telefono": "70055555"},
        a="/mis-unidades/",
        **en("taller", **_PASO),
        negada=no(412, "Vuelva a abrir los datos", {"_version": "99"}),
    ),
    fila(
        "POST",
        _MIA + "/paso/actividad",
        TRAMITA,
        303,
        form={"_version": "{version_taller}", "accion": "agregar:4721"},
        a="/mis-unidades/",
        **en("taller"),
        negada=no(412, "Vuelva a abrir los datos", {"_version": "99"}),
    ),
    fila(
        "POST",
        _MIA + "/presentar",
        PRESENTA_BORRADOR,
        303,
        form={"declaro": "1"},
        rechazo=DE_OTROS,
        a="/mis-unidades/",
        **en("borrador"),
        negada=no(409, "no se puede presentar", params=_PRESENTADA),
    ),
    fila("GET", _MIA + "/habilitaciones", CONSULTA, 200, **en("taller")),
    fila(
        "POST",
        _MIA + "/habilitaciones",
        TALLER,
        303,
        form={"habilitacion": "RECEPTOR_DE_PAGOS"},
        a="/mis-unidades/",
        **en("taller"),
        negada=no(409, "«Vender en la tienda» está solicitada", {"habilitacion": "VENDEDOR"}),
    ),
    fila("GET", _MIA + "/cancelar", TALLER, 200, con_otros="mira", **en("taller")),
    fila(
        "POST",
        _MIA + "/cancelar",
        TALLER,
        303,
        form=MOTIVO,
        con_otros="propone",
        a="/mis-unidades",
        **en("taller"),
        negada=no(409, "no se puede cancelar", antes=_cancelado),
    ),
    fila(
        "POST",
        _MIA + "/retomar",
        DE_DESCARTADA,
        303,
        rechazo=DE_OTROS,
        a="/mis-unidades/",
        **en("descartada"),
        negada=no(409, "no se puede restaurar", params={"numero": "numero_borrador"}),
    ),
    fila("GET", _MIA + "/mandatos", CONSULTA, 200, **en("taller")),
    fila("GET", "/mandatos-ofrecidos", VECINA_SUYO, 200, contiene=True),
    fila(
        "POST",
        "/mandatos-ofrecidos/{mandato_id}/aceptacion",
        VECINA,
        303,
        params=_OFRECIDO,
        form={},
        rechazo=404,
        a="/mis-unidades",
        negada=no(409, "le otorgue otro", antes=_declinado),
    ),
    fila(
        "POST",
        "/mandatos-ofrecidos/{mandato_id}/declinacion",
        VECINA,
        303,
        params=_OFRECIDO,
        form={},
        rechazo=404,
        a="/mandatos-ofrecidos",
        negada=no(409, "renuncie", antes=_aceptado),
    ),
    fila("GET", "/mis-clientes", MIAS, 200),
    fila("GET", _MIA + "/clientes", CONSULTA, 200, **en("taller")),
    fila("GET", _MIA + "/clientes/{mandato_id}", TALLER, 200, **en("taller", mandato_id="cliente")),
    fila(
        "POST",
        _MIA + "/clientes/{mandato_id}/{persona_id}",
        TALLER,
        303,
        form={"asignar": "1"},
        a="/mis-unidades/",
        **en("taller", mandato_id="cliente", persona_id="persona_vecina"),
        negada=no(422, "Elija a personas", params={"persona_id": "persona_jorge"}),
    ),
    fila(
        "POST",
        _MIA + "/clientes/{mandato_id}/renuncia",
        TALLER,
        303,
        form=MOTIVO,
        a="/mis-unidades/",
        **en("taller", mandato_id="cliente"),
        negada=no(422, "Escriba el motivo", {"motivo": ""}),
    ),
    fila("GET", _MIA + "/mandatos/nuevo", TALLER, 200, con_otros="mira", **en("taller")),
    fila(
        "POST",
        _MIA + "/mandatos/nuevo",
        TALLER,
        303,
        form={"clase": "persona", "ci": "{ci_jorge}", "facultades.VENDER": "1"},
        con_otros="propone",
        solo_quien="nadie da más tiempo del que tiene",
        a="/mis-unidades/",
        **en("taller"),
        negada=no(422, "La fecha final ya pasó", {"hasta": "2020-01-01"}),
    ),
    fila("GET", _MIA + "/mandatos/{mandato_id}/revocar", TALLER, 200, con_otros="mira", **_REVOCAR),
    fila(
        "POST",
        _MIA + "/mandatos/{mandato_id}/revocar",
        TALLER,
        303,
        con_otros="propone",
        form=MOTIVO,
        a="/mis-unidades/",
        **_REVOCAR,
        negada=no(409, "Otorgue antes la facultad de administrar", params=_DE_TOMAS, antes=_solo_tomas),
    ),
    fila("GET", _MIA + "/programas", TALLER, 200, contiene=True, **en("taller")),
    fila(
        "POST",
        _MIA + "/programas",
        TALLER,
        200,
        form={"nombre": "Sistema nuevo", "alcances.productos": "1", "dias": "90"},
        **en("taller"),
        negada=no(409, "Ya está conectado", {"nombre": f"Sistema {MARCA}"}),
    ),
    fila("GET", _MIA + "/programas/{cliente_id}", TALLER, 200, contiene=True, **_PROGRAMA),
    fila(
        "POST",
        _MIA + "/programas/{cliente_id}/rotar",
        TALLER,
        200,
        form={"pista": "{pista}", "horas": "0"},
        **_PROGRAMA,
        negada=no(409, "alguien más lo rotó", {"pista": "otra"}),
    ),
    fila(
        "POST",
        _MIA + "/programas/{cliente_id}/desconectar",
        TALLER,
        303,
        form=MOTIVO,
        a="/mis-unidades/",
        **_PROGRAMA,
        negada=no(409, "ya está desconectado", antes=_desconectado),
    ),
    fila("GET", UNA + "/recuperaciones", CONSULTA, 200, tambien=SUYA, **en("taller")),
    fila(
        "POST",
        "/api/v1/recuperaciones/{recuperacion_id}/objecion",
        CONSULTA,
        200,
        json={"objecion": "No es cierto"},
        tambien=SUYA,
        con_otros="mira",
        rechazo=404,
        params={"recuperacion_id": "recuperacion"},
        negada=no(409, "transicion_invalida", antes=_objetada),
    ),
    fila("GET", _MIA + "/recuperacion", CONSULTA, 200, tambien=SUYA, **en("taller")),
    fila(
        "POST",
        _MIA + "/recuperacion/{recuperacion_id}/objecion",
        CONSULTA,
        303,
        form={"objecion": "No es cierto"},
        tambien=SUYA,
        con_otros="mira",
        a="/mis-unidades/",
        **en("taller", recuperacion_id="recuperacion"),
        negada=no(409, "no puede pasar", antes=_objetada),
    ),
]

CONSTANTES = {"habilitacion_vendedor": "VENDEDOR", "paso": "contacto", "decision": "inscribir"}
HISTORIA = {0: preparar}
FILAS: list[Fila] = [*API, *PAGINAS]
