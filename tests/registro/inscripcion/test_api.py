"""The API: the whole story through HTTP, who may do what, versions, repeated requests, and clean errors."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func
from sqlmodel import Session, select

from empresa_digital.registro import verificar_registro
from empresa_digital.registro.asientos.modelos import Asiento
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.unidades.modelos import UnidadEconomica
from tests.registro.conftest import COMPLETOS, Autoridad

Crear = Callable[..., Any]
UNIDADES = "/api/v1/unidades-economicas"
PROBLEMA = "application/problem+json"


@pytest.fixture
def api(cliente: Any, token_de: Crear) -> Crear:
    """`api(persona, "post", ruta, json=...)` -> the response, with that person's token (None: nobody)."""

    def pedir(persona: Any, metodo: str, ruta: str, **opciones: Any) -> Any:
        cabeceras = opciones.pop("headers", {})
        if persona is not None:
            cabeceras = {"Authorization": f"Bearer {token_de(persona)}"} | cabeceras
        return getattr(cliente, metodo)(ruta, headers=cabeceras, **opciones)

    return pedir


def test_la_historia_entera(
    api: Crear, autoridad: Autoridad, crear_persona: Crear, sesion: Session, cliente: Any
) -> None:
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    nueva = api(ana, "post", UNIDADES, json={"tipo": "COOPERATIVA", "denominacion": "  Tejidos   del Sur "})
    assert nueva.status_code == 201
    numero = nueva.json()["numero"]
    ruta = f"{UNIDADES}/{numero}"
    assert nueva.headers["location"] == ruta
    assert nueva.headers["etag"] == '"1"'
    assert nueva.json()["denominacion"] == "Tejidos del Sur"
    assert cliente.get(ruta).status_code == 404
    assert api(luis, "get", ruta).status_code == 404

    falta = api(ana, "post", f"{ruta}/presentacion")
    assert falta.status_code == 422
    assert falta.json()["codigo"] == "ficha_incompleta"
    assert set(falta.json()["campos"]) == {
        "forma_legal",
        "actividad_ciiu",
        "municipio_ine",
        "direccion",
        "telefono",
    }

    cambios = COMPLETOS | {"identificadores": {"BO-NIT": "102.345.6017"}, "actividades": ["1313", "1391"]}
    editada = api(ana, "patch", ruta, json=cambios, headers={"If-Match": '"1"'})
    assert editada.status_code == 200
    assert editada.headers["etag"] == '"2"'
    assert editada.json()["identificadores"] == {"BO-NIT": "1023456017"}
    assert editada.json()["actividades"] == ["1313"]

    assert api(ana, "post", f"{ruta}/presentacion").json()["estado"] == "presentada"
    observada = api(autoridad.persona, "post", f"{ruta}/observacion", json={"motivo": "Aclare el lugar"})
    assert (observada.json()["estado"], observada.json()["motivo"]) == ("observada", "Aclare el lugar")
    corregida = api(ana, "patch", ruta, json={"direccion": "Cancha de Chaquí"}, headers={"If-Match": '"4"'})
    assert corregida.status_code == 200
    assert api(ana, "post", f"{ruta}/presentacion").json()["estado"] == "subsanada"
    inscrita = api(autoridad.persona, "post", f"{ruta}/inscripcion")
    assert (inscrita.status_code, inscrita.json()["estado"]) == (200, "inscrita")

    publica = cliente.get(ruta).json()
    assert (publica["lugar"], publica["motivo"]) == ("Potosí, Potosí", None)
    assert [u["numero"] for u in cliente.get(UNIDADES, params={"q": "tejido sur"}).json()["datos"]] == [
        numero
    ]

    mandato = api(
        ana,
        "post",
        f"{ruta}/mandatos",
        json={"persona": {"ci": luis.ci}, "facultades": ["VENDER"], "monto_limite": {"monto": "50.00"}},
    )
    assert mandato.status_code == 201
    assert mandato.json()["monto_limite"] == {"monto": "50.00", "moneda": "BOB"}
    assert api(luis, "get", "/api/v1/mandatos").json()["datos"] == []
    (ofrecido,) = api(luis, "get", "/api/v1/mandatos/ofrecidos").json()["datos"]
    aceptado = api(luis, "post", f"/api/v1/mandatos/{ofrecido['id']}/aceptacion")
    assert (aceptado.status_code, aceptado.json()["apoderado_persona_id"]) == (200, str(luis.id))
    assert [m["unidad_id"] for m in api(luis, "get", "/api/v1/mandatos").json()["datos"]] == [publica["id"]]
    pedida = api(ana, "post", f"{ruta}/habilitaciones", json={"habilitacion": "VENDEDOR"})
    assert (pedida.status_code, pedida.json()["estado"]) == (201, "solicitada")
    bandeja = api(autoridad.persona, "get", "/api/v1/habilitaciones").json()["datos"]
    assert [(h["unidad"], h["habilitacion"]) for h in bandeja] == [(numero, "VENDEDOR")]
    dada = api(
        autoridad.persona,
        "post",
        f"{ruta}/habilitaciones/VENDEDOR/otorgamiento",
        json={"norma": "LEY-1398", "desde": "2026-01-01"},
    )
    assert dada.json()["estado"] == "otorgada"
    assert [h["norma"] for h in cliente.get(f"{ruta}/habilitaciones").json()["datos"]] == ["LEY-1398"]
    revocado = api(
        ana, "post", f"/api/v1/mandatos/{mandato.json()['id']}/revocacion", json={"motivo": "se fue"}
    )
    assert revocado.json()["revocado_motivo"] == "se fue"

    assert (
        api(autoridad.persona, "post", f"{ruta}/suspension", json={"motivo": "No responde"}).status_code
        == 200
    )
    assert api(autoridad.persona, "post", f"{ruta}/rehabilitacion").json()["estado"] == "inscrita"
    assert api(ana, "post", f"{ruta}/cancelacion", json={"motivo": "Cierra"}).json()["estado"] == "cancelada"
    historia = api(ana, "get", f"{ruta}/asientos").json()["datos"]
    assert [a["operacion"] for a in historia][:3] == ["cancelar", "rehabilitar", "suspender"]
    assert len(historia) == 16
    assert verificar_registro(sesion) == []


def test_versiones(api: Crear, crear_persona: Crear, actor_de: Crear, borrador: Crear) -> None:
    ana = crear_persona("Ana")
    ruta = f"{UNIDADES}/{borrador(actor_de(ana)).numero}"
    sin = api(ana, "patch", ruta, json={"telefono": "71111111"})
    assert (sin.status_code, sin.json()["codigo"]) == (428, "falta_if_match")
    bien = api(ana, "patch", ruta, json={"telefono": "71111111"}, headers={"If-Match": '"1"'})
    assert bien.status_code == 200
    tarde = api(ana, "patch", ruta, json={"telefono": "72222222"}, headers={"If-Match": '"1"'})
    assert (tarde.status_code, tarde.headers["content-type"]) == (412, PROBLEMA)
    assert api(ana, "get", ruta).json()["telefono"] == "+59171111111"


def test_repetir_con_la_misma_clave_no_abre_dos_borradores(
    api: Crear, crear_persona: Crear, sesion: Session
) -> None:
    ana = crear_persona("Ana")
    cuerpo = {"tipo": "EMPRESA", "denominacion": "Una sola"}
    clave = {"Idempotency-Key": "abc-1"}
    primera = api(ana, "post", UNIDADES, json=cuerpo, headers=clave)
    # Another token of the same person is the same caller.
    segunda = api(ana, "post", UNIDADES, json=cuerpo, headers=clave)
    assert (primera.status_code, segunda.status_code) == (201, 201)
    assert primera.content == segunda.content
    assert sesion.exec(select(func.count()).select_from(UnidadEconomica)).one() == 1
    otra = api(ana, "post", UNIDADES, json=cuerpo | {"denominacion": "Otra"}, headers=clave)
    assert otra.status_code == 422


def test_nit_repetido_es_409_y_dice_de_quien(
    api: Crear, crear_persona: Crear, actor_de: Crear, borrador: Crear, crear_unidad: Crear
) -> None:
    duenia = crear_unidad("La primera", identificadores={"BO-NIT": "7777777"})
    ana = crear_persona("Ana")
    unidad = borrador(actor_de(ana), identificadores={"BO-NIT": "7777777"})
    respuesta = api(ana, "post", f"{UNIDADES}/{unidad.numero}/presentacion")
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (409, "identificador_en_uso")
    assert duenia.numero in respuesta.json()["detail"]


ACCIONES: list[tuple[str, str, dict[str, Any] | None]] = [
    ("patch", "", {"telefono": "79999999"}),
    ("post", "/presentacion", None),
    ("post", "/inscripcion", None),
    ("post", "/observacion", {"motivo": "x"}),
    ("post", "/suspension", {"motivo": "x"}),
    ("post", "/rehabilitacion", None),
    ("post", "/cancelacion", {"motivo": "x"}),
    ("get", "/asientos", None),
    ("get", "/mandatos", None),
    ("post", "/mandatos", {"persona": {"ci": "5000001"}, "facultades": ["VENDER"]}),
    ("post", "/habilitaciones", {"habilitacion": "VENDEDOR"}),
    ("post", "/habilitaciones/VENDEDOR/otorgamiento", {"norma": "LEY-1398", "desde": "2026-01-01"}),
    ("post", "/habilitaciones/VENDEDOR/rechazo", {"motivo": "x"}),
    ("post", "/habilitaciones/VENDEDOR/suspension", {"motivo": "x"}),
]


@pytest.mark.parametrize(("metodo", "sufijo", "cuerpo"), ACCIONES, ids=[f"{m} {s}" for m, s, _c in ACCIONES])
def test_matriz_de_quien_no_puede(
    metodo: str,
    sufijo: str,
    cuerpo: dict[str, Any] | None,
    api: Crear,
    sesion: Session,
    crear_persona: Crear,
    crear_unidad: Crear,
) -> None:
    """Nobody: 401. The owner of another unit, and one without the faculty: 403. Nothing is written."""
    duenia, otra, sin_facultad = crear_persona("Duenia"), crear_persona("Otra"), crear_persona("Vende")
    unidad = crear_unidad("La unidad", representante=duenia, mandatos=[(sin_facultad, ["VENDER"])])
    crear_unidad("Ajena", representante=otra)
    ruta = f"{UNIDADES}/{unidad.numero}{sufijo}"
    opciones: dict[str, Any] = {} if cuerpo is None else {"json": cuerpo}
    antes = sesion.exec(select(func.count()).select_from(Asiento)).one()
    sesion.rollback()

    def pedir(persona: Any) -> Any:
        return api(persona, metodo, ruta, headers={"If-Match": f'"{unidad.version}"'}, **opciones)

    assert pedir(None).status_code == 401
    assert pedir(otra).status_code == 403
    assert pedir(sin_facultad).status_code == 403
    del_regulador = (
        sufijo in ("/inscripcion", "/observacion", "/suspension", "/rehabilitacion") or "/VENDEDOR/" in sufijo
    )
    if del_regulador:
        assert pedir(duenia).status_code == 403
    assert sesion.exec(select(func.count()).select_from(Asiento)).one() == antes


def test_revocar_un_mandato_ajeno(
    api: Crear, sesion: Session, crear_persona: Crear, crear_unidad: Crear
) -> None:
    duenia, otra = crear_persona("Duenia"), crear_persona("Otra")
    unidad = crear_unidad("La unidad", representante=duenia)
    crear_unidad("Ajena", representante=otra)
    mandato = sesion.exec(select(Mandato).where(Mandato.unidad_id == unidad.id)).one()
    ruta = f"/api/v1/mandatos/{mandato.id}/revocacion"
    assert api(None, "post", ruta, json={"motivo": "x"}).status_code == 401
    assert api(otra, "post", ruta, json={"motivo": "x"}).status_code == 403
    ultimo = api(duenia, "post", ruta, json={"motivo": "x"})
    assert (ultimo.status_code, ultimo.json()["codigo"]) == (409, "ultimo_administrador")
    sesion.refresh(mandato)
    assert mandato.revocado_en is None


def test_otorgar_a_quien_no_se_puede(api: Crear, crear_persona: Crear, crear_unidad: Crear) -> None:
    ana = crear_persona("Ana")
    ruta = f"{UNIDADES}/{crear_unidad(representante=ana).numero}/mandatos"
    ilegible = api(ana, "post", ruta, json={"persona": {"ci": "cédula"}, "facultades": ["VENDER"]})
    assert (ilegible.status_code, ilegible.json()["codigo"]) == (422, "identidad_invalida")
    ninguna = api(ana, "post", ruta, json={"facultades": ["VENDER"]})
    assert list(ninguna.json()["campos"]) == ["apoderado"]
    ajena = api(ana, "post", ruta, json={"unidad": "UE-0009999-9", "facultades": ["VENDER"]})
    assert ajena.status_code == 404


def test_cambios_por_paginas(api: Crear, cliente: Any, crear_unidad: Crear) -> None:
    for n in range(3):
        crear_unidad(f"Unidad {n}")
    desde, vistos = 0, []
    while True:
        cuerpo = cliente.get(f"{UNIDADES}/cambios", params={"desde": desde, "limite": 4}).json()
        if not cuerpo["datos"]:
            break
        vistos += [c["numero"] for c in cuerpo["datos"]]
        desde = cuerpo["hasta"]
    assert vistos == list(range(1, 10))
    assert cuerpo == {"datos": [], "hasta": 9}


def test_catalogos(cliente: Any, bd: Any) -> None:
    base = "/api/v1/catalogos"
    assert len(cliente.get(f"{base}/departamentos").json()["datos"]) == 9
    assert len(cliente.get(f"{base}/municipios").json()["datos"]) == 337
    de_pando = cliente.get(f"{base}/municipios", params={"departamento": "09"}).json()["datos"]
    assert {m["departamento_ine"] for m in de_pando} == {"09"}
    assert len(cliente.get(f"{base}/actividades").json()["datos"]) == 419
    assert len(cliente.get(f"{base}/actividades", params={"nivel": "seccion"}).json()["datos"]) == 21
    formas = cliente.get(f"{base}/formas-legales", params={"tipo": "COOPERATIVA"}).json()["datos"]
    assert [f["codigo"] for f in formas] == ["BO-COOP"]


@pytest.mark.parametrize(
    ("ruta", "estado"),
    [
        (f"{UNIDADES}/UE-0000001-4", 404),
        (f"{UNIDADES}/no-es-un-numero", 404),
        (f"{UNIDADES}/%00", 404),
        (f"{UNIDADES}?q=%00", 200),
        (f"{UNIDADES}?q=%ff%fe", 200),
        (f"{UNIDADES}?municipio=abc", 422),
        (f"{UNIDADES}?tipo=NADA", 422),
        (f"{UNIDADES}?cursor=zzz", 422),
        (f"{UNIDADES}?q=tejidos&cursor=W10", 422),
        (f"{UNIDADES}/cambios?desde=-1", 422),
        (f"{UNIDADES}/cambios?desde=99999999999999999999", 422),
        ("/api/v1/catalogos/municipios?q=%00", 200),
        ("/api/v1/catalogos/actividades?q=%00'%22", 200),
    ],
)
def test_pedidos_raros(ruta: str, estado: int, cliente: Any, bd: Any) -> None:
    respuesta = cliente.get(ruta)
    assert respuesta.status_code == estado
    if estado >= 400:
        assert respuesta.headers["content-type"] == PROBLEMA


@pytest.mark.parametrize(
    "cuerpo",
    [
        '{"tipo": "EMPRESA", "denominacion": "a\\u0000bc"}',
        '{"tipo": "EMPRESA", "denominacion": "a\\ud800bc"}',
        '{"tipo": "EMPRESA", "denominacion": "   "}',
        '{"tipo": "EMPRESA", "denominacion": "Bien", "estado": "inscrita"}',
        '{"tipo": "EMPRESA", "denominacion": "Bien", "latitud": "NaN"}',
        '{"tipo": "EMPRESA", "denominacion": "Bien", "identificadores": {"BO-NIT": "\\u0661234"}}',
        '{"tipo": "EMPRESA", "denominacion": "Bien", "identificadores": {"\\u0000": "1"}}',
        "[]",
        "{",
    ],
)
def test_cuerpos_raros_son_422_y_no_escriben(
    cuerpo: str, api: Crear, crear_persona: Crear, sesion: Session
) -> None:
    respuesta = api(
        crear_persona("Ana"), "post", UNIDADES, content=cuerpo, headers={"Content-Type": "application/json"}
    )
    assert respuesta.status_code == 422
    assert respuesta.headers["content-type"] == PROBLEMA
    assert sesion.exec(select(func.count()).select_from(UnidadEconomica)).one() == 0
