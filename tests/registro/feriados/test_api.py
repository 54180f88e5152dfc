"""The calendar and the terms by API: what anybody reads, and what the authority alone writes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.nucleo.plazos.casos import instante
from tests.registro.conftest import Autoridad

Crear = Callable[..., Any]
DECRETO = {
    "fecha": "2026-12-07",
    "nombre": "Feriado adicional de prueba",
    "norma": "DS de prueba (30/11/2026), art. 1",
}


@pytest.fixture
def de_la_autoridad(sesion_web: Crear, autoridad: Autoridad, reloj: Any) -> Any:
    """The browser of the authority's officer, on 30 November 2026."""
    reloj.situar(instante("2026-11-30 10:00"))
    return sesion_web(autoridad.persona)


def test_los_feriados_de_un_ano_y_de_un_lugar(cliente: Any) -> None:
    todos = cliente.get("/api/v1/feriados", params={"anio": 2026}).json()["datos"]
    assert [f["fecha"] for f in todos] == sorted(f["fecha"] for f in todos)
    del_oruro = cliente.get("/api/v1/feriados", params={"anio": 2026, "lugar": "040101"}).json()["datos"]
    assert [f["nombre"] for f in del_oruro if f["ambito"] == "departamental"] == ["Aniversario de Oruro"]
    de_enero = {f["fecha"]: f for f in todos if f["fecha"] < "2026-02"}
    assert list(de_enero) == ["2026-01-01", "2026-01-02", "2026-01-23"]
    assert de_enero["2026-01-23"] == {
        "numero": 325,
        "id": de_enero["2026-01-23"]["id"],
        "fecha": "2026-01-23",
        "lugar": "BO",
        "ambito": "nacional",
        "nombre": "Día del Estado Plurinacional",
        "norma": "DS 5521 (13/1/2026), art. 4",
        "confirmado": False,
        "laborable": False,
        "trasladado_de": "2026-01-22",
        "rige_desde": "2026-01-13T04:00:00Z",
    }
    assert cliente.get("/api/v1/feriados", params={"anio": 2040}).json() == {"datos": [], "siguiente": None}


def test_los_cambios_se_siguen_por_numero(cliente: Any) -> None:
    primeros = cliente.get("/api/v1/feriados/cambios", params={"desde": 320, "limite": 4}).json()
    assert [f["numero"] for f in primeros["datos"]] == [321, 322, 323, 324]
    assert primeros["hasta"] == 324
    assert primeros["datos"][-1]["laborable"] is True
    final = cliente.get("/api/v1/feriados/cambios", params={"desde": 327}).json()
    assert final == {"datos": [], "hasta": 327}


def test_la_autoridad_decreta_y_lo_que_corre_no_cambia(
    de_la_autoridad: Any, reloj: Any, cliente: Any
) -> None:
    creado = de_la_autoridad.post("/api/v1/feriados", json=DECRETO, headers={"Idempotency-Key": "uno"})
    assert creado.status_code == 201
    (fila,) = creado.json()["datos"]
    assert (fila["numero"], fila["lugar"], fila["laborable"]) == (328, "BO", False)
    otra_vez = de_la_autoridad.post("/api/v1/feriados", json=DECRETO, headers={"Idempotency-Key": "uno"})
    assert otra_vez.json() == creado.json()

    def vence(inicio: str) -> tuple[Any, Any]:
        pedido = {"inicio": inicio, "lugar": "020101"}
        computo = cliente.get("/api/v1/plazos/tramites.subsanacion/computo", params=pedido).json()
        return computo["dias"][-1]["fecha"], [f["norma"] for f in computo["dias"][-1]["despues"]]

    assert vence("2026-11-30T10:00:00-04:00") == ("2026-12-07", [DECRETO["norma"]])
    assert vence("2026-11-30T10:05:00-04:00") == ("2026-12-08", [])


def test_un_traslado_deja_dos_filas(de_la_autoridad: Any) -> None:
    cuerpo = DECRETO | {"acto": "traslado", "fecha": "2026-12-24", "de": "2026-12-25", "nombre": "Navidad"}
    creado = de_la_autoridad.post("/api/v1/feriados", json=cuerpo)
    assert creado.status_code == 201
    assert [(f["fecha"], f["laborable"], f["trasladado_de"]) for f in creado.json()["datos"]] == [
        ("2026-12-24", False, "2026-12-25"),
        ("2026-12-25", True, None),
    ]


@pytest.mark.parametrize(
    ("cambio", "estado", "codigo", "campo"),
    [
        ({"fecha": "2026-11-29"}, 422, "datos_invalidos", "fecha"),
        ({"fecha": "2031-01-02"}, 409, "calendario_sin_publicar", None),
        ({"lugar": "029999"}, 422, "lugar_desconocido", "lugar"),
        ({"lugar": "10"}, 422, "lugar_desconocido", "lugar"),
        ({"lugar": "0201"}, 422, "lugar_desconocido", "lugar"),
        ({"lugar": "\u0000"}, 422, "datos_invalidos", "lugar"),
        ({"acto": "laborable"}, 409, "feriado_sin_cambio", "fecha"),
        ({"acto": "traslado"}, 422, "datos_invalidos", "de"),
        ({"acto": "traslado", "de": "2026-12-07"}, 422, "datos_invalidos", "de"),
        ({"acto": "traslado", "de": "2026-12-08"}, 422, "datos_invalidos", "de"),
        ({"acto": "otro"}, 422, "datos_invalidos", "acto"),
        ({"norma": "  "}, 422, "datos_invalidos", "norma"),
        ({"nombre": "a\u0000bc"}, 422, "datos_invalidos", "nombre"),
        ({"fecha": "9999-12-31"}, 422, "datos_invalidos", "fecha"),
    ],
)
def test_lo_que_no_se_decreta(
    cambio: dict[str, Any], estado: int, codigo: str, campo: str | None, de_la_autoridad: Any
) -> None:
    negado = de_la_autoridad.post("/api/v1/feriados", json=DECRETO | cambio)
    assert (negado.status_code, negado.json()["codigo"]) == (estado, codigo)
    assert campo is None or campo in negado.json()["campos"]
    assert de_la_autoridad.get("/api/v1/feriados/cambios", params={"desde": 327}).json()["datos"] == []


def test_los_plazos_vigentes_dicen_su_norma(cliente: Any) -> None:
    plazos = {p["codigo"]: p for p in cliente.get("/api/v1/plazos").json()["datos"]}
    de_la_feria = {c for c in plazos if c.startswith("feria.")}
    assert {"feria.ofertar_lp", "feria.ofertar_anpe", "feria.impugnar_anpp"} <= de_la_feria
    assert plazos["feria.ofertar_lp"]["valor"] == 15
    assert set(plazos) - de_la_feria == {
        "comercio.apelar_intervencion",
        "comercio.carrito_anonimo",
        "comercio.conformidad",
        "comercio.contacto",
        "comercio.decidirse",
        "comercio.declarar_cita",
        "comercio.despacho",
        "comercio.devolver_lo_reclamado",
        "comercio.deuda_de_entidad",
        "comercio.desmentir_pago_de_entidad",
        "comercio.editar_opinion",
        "comercio.elegir_cita",
        "comercio.entrega_en_mano",
        "comercio.escribir_del_pedido",
        "comercio.liberacion",
        "comercio.liberacion_buena",
        "comercio.liberacion_mala",
        "comercio.mandar_cambio",
        "comercio.mediar",
        "comercio.mora_de_entidad",
        "comercio.no_recibido",
        "comercio.responder_acuerdo",
        "comercio.responder_ausencia",
        "comercio.responder_cita",
        "comercio.responder_oferta",
        "comercio.responder_pago_de_entidad",
        "comercio.responder_pregunta",
        "comercio.resolver_apelacion",
        "comercio.responder_reclamo",
        "comercio.revisar_denuncia",
        "comercio.revisar_lo_devuelto",
        "comercio.sin_entrega",
        "comercio.sin_rendir",
        "comercio.sostener_oferta",
        "envios.avisar_fin_de_espera",
        "envios.dar_por_perdido",
        "envios.despacho_por_llegar",
        "envios.despacho_por_recibir",
        "envios.despacho_por_salir",
        "envios.deuda",
        "envios.diferencia",
        "envios.espera",
        "envios.excedente",
        "envios.impugnar_reclamo",
        "envios.negar_entrega",
        "envios.por_traer",
        "envios.prorroga_de_espera",
        "envios.reclamar",
        "envios.reintentar_mensaje",
        "envios.resolver_lectura",
        "envios.resolver_mensaje",
        "envios.resolver_reclamo",
        "envios.responder_anulacion",
        "envios.responder_reclamo",
        "envios.ronda_por_salir",
        "envios.ronda_por_volver",
        "envios.sin_noticias",
        "envios.traspaso",
        "pagos.devolucion",
        "tramites.distancia",
        "tramites.jerarquico",
        "tramites.resolucion",
        "tramites.revocatoria",
        "tramites.subsanacion",
    }
    assert plazos["tramites.resolucion"] == {
        "codigo": "tramites.resolucion",
        "nombre": "Resolver un trámite",
        "valor": 6,
        "unidad": "meses",
        "empieza": "dia_habil_siguiente",
        "prorroga": True,
        "silencio": "negativo",
        "norma": "Ley 2341, art. 17",
        "nota": "Sin respuesta en el plazo, lo solicitado se tiene por negado y se puede impugnar.",
        "confirmado": False,
        "vigente_desde": "2017-01-01",
        "vigente_hasta": None,
    }


def test_se_cuenta_en_dos_lugares_y_con_distancia(cliente: Any) -> None:
    ruta = "/api/v1/plazos/tramites.subsanacion/computo"
    pedido: list[tuple[str, str]] = [
        ("inicio", "2026-09-21T10:00:00-04:00"),
        ("lugar", "02"),
        ("lugar", "0701"),
    ]
    malo = cliente.get(ruta, params=pedido)
    assert malo.status_code == 422  # a province is no place of the list
    pedido[2] = ("lugar", "070101")
    simple = cliente.get(ruta, params=pedido).json()
    assert simple["vence_en"] == "2026-09-29T23:59:59.999999-04:00"
    assert simple["lugares"] == ["02", "070101"]
    con = cliente.get(ruta, params=[*pedido, ("distancia", "true")]).json()
    assert con["dias"][-1] == {
        "fecha": "2026-10-06",
        "clase": "distancia",
        "numero": 5,
        "feriados": [],
        "despues": [],
    }
    assert date.fromisoformat(con["dias"][0]["fecha"]) == date(2026, 9, 22)


@pytest.mark.parametrize(
    ("codigo", "pedido", "estado"),
    [
        ("feria.impugnar_lp", {"inicio": "2026-09-21T10:00:00-04:00", "lugar": "02"}, 200),
        ("feria.impugnar_lp", {"inicio": "2019-09-21T10:00:00-04:00", "lugar": "02"}, 404),
        ("tramites.no_hay", {"inicio": "2026-09-21T10:00:00-04:00", "lugar": "02"}, 404),
        ("TRAMITES", {"inicio": "2026-09-21T10:00:00-04:00", "lugar": "02"}, 422),
        ("tramites.subsanacion", {"inicio": "2016-09-21T10:00:00-04:00", "lugar": "02"}, 404),
        ("tramites.subsanacion", {"inicio": "2026-09-21T10:00:00", "lugar": "02"}, 422),
        ("tramites.subsanacion", {"inicio": "2026-09-21T10:00:00-04:00"}, 422),
        ("tramites.subsanacion", {"inicio": "2026-09-21T10:00:00-04:00", "lugar": "029999"}, 422),
        ("tramites.subsanacion", {"inicio": "0001-01-01T00:00:00+14:00", "lugar": "02"}, 422),
        ("tramites.subsanacion", {"inicio": "9999-12-31T23:59:59-14:00", "lugar": "02"}, 422),
        ("tramites.subsanacion", {"inicio": "2030-12-30T10:00:00-04:00", "lugar": "02"}, 409),
        ("tramites.subsanacion", {"inicio": "253402300800", "lugar": "02"}, 422),
    ],
)
def test_lo_que_se_cuenta_y_lo_que_no(codigo: str, pedido: dict[str, str], estado: int, cliente: Any) -> None:
    assert cliente.get(f"/api/v1/plazos/{codigo}/computo", params=pedido).status_code == estado


def test_el_ano_siguiente_se_publica_una_vez(de_la_autoridad: Any, cliente: Any) -> None:
    assert de_la_autoridad.post("/api/v1/feriados/anios", json={"anio": 2031}).status_code == 201
    repetido = de_la_autoridad.post("/api/v1/feriados/anios", json={"anio": 2031})
    assert (repetido.status_code, repetido.json()["codigo"]) == (409, "anio_publicado")
    assert len(cliente.get("/api/v1/feriados", params={"anio": 2031, "lugar": "BO"}).json()["datos"]) == 12
