"""Browser sessions: what opens, what expires, what is dead; and the doors of the routes."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import Response
from sqlalchemy import event, text
from sqlmodel import Session, select

from ciudadania import Persona, Riesgo, exigir_sesion_reciente, sesiones
from ciudadania.agente import describir_agente
from ciudadania.errores import SesionNoReciente
from ciudadania.modelos import SesionWeb
from ciudadania.riesgos import MINUTOS
from ciudadania.secretos import huella
from nucleo.actor import Actor
from nucleo.errores import NoEncontrado

Crear = Callable[..., Persona]


@pytest.fixture
def ana(crear_persona: Crear) -> Persona:
    return crear_persona("Ana")


def _abrir(sesion: Session, persona: Persona, **opciones: Any) -> str:
    secreto = sesiones.abrir_sesion(sesion, persona, **opciones)
    sesion.commit()
    return secreto


def _abre(sesion: Session, secreto: str) -> bool:
    resuelta = sesiones.resolver_sesion(sesion, secreto)
    sesion.commit()
    return resuelta is not None


def test_solo_se_guarda_la_huella(sesion: Session, ana: Persona) -> None:
    secreto = _abrir(sesion, ana)
    fila = sesion.exec(select(SesionWeb)).one()
    assert fila.huella == huella(secreto)
    assert len(secreto) == 43
    resuelta = sesiones.resolver_sesion(sesion, secreto)
    assert resuelta is not None
    actor, sesion_id = resuelta
    assert (actor.tipo, actor.persona_id, actor.nivel, sesion_id) == ("persona", ana.id, 2, fila.id)
    assert actor.autenticado_en == fila.autenticado_en


@pytest.mark.parametrize("secreto", ["", "x", "x" * 43, "x" * 10_000, "ñandú", "a\x00b"])
def test_un_secreto_inventado_no_abre_nada(sesion: Session, ana: Persona, secreto: str) -> None:
    _abrir(sesion, ana)
    assert not _abre(sesion, secreto)


def test_vence_por_ocio(sesion: Session, ana: Persona, reloj: Any) -> None:
    secreto = _abrir(sesion, ana)
    reloj.adelantar(timedelta(hours=1, minutes=59))
    assert _abre(sesion, secreto)  # which moves the idle limit
    reloj.adelantar(timedelta(hours=1, minutes=59))
    assert _abre(sesion, secreto)
    reloj.adelantar(timedelta(hours=2, seconds=1))
    assert not _abre(sesion, secreto)


def test_vence_del_todo_aunque_se_use(sesion: Session, ana: Persona, reloj: Any) -> None:
    secreto = _abrir(sesion, ana)
    for _ in range(11):
        reloj.adelantar(timedelta(hours=1))
        assert _abre(sesion, secreto)
    reloj.adelantar(timedelta(hours=1, seconds=1))
    assert not _abre(sesion, secreto)


def test_una_consulta_y_a_lo_mas_una_escritura_por_minuto(
    sesion: Session, ana: Persona, bd: Any, reloj: Any
) -> None:
    secreto = _abrir(sesion, ana)
    ordenes: list[str] = []

    def anotar(_c: Any, _k: Any, orden: str, *_: Any) -> None:
        if "set_config" not in orden:
            ordenes.append(orden.split()[0])

    event.listen(bd, "before_cursor_execute", anotar)
    try:
        assert _abre(sesion, secreto)
        assert ordenes == ["SELECT"]
        reloj.adelantar(timedelta(seconds=61))
        assert _abre(sesion, secreto)
        assert ordenes == ["SELECT", "SELECT", "UPDATE"]
        assert _abre(sesion, secreto)
        assert ordenes == ["SELECT", "SELECT", "UPDATE", "SELECT"]
    finally:
        event.remove(bd, "before_cursor_execute", anotar)


def test_la_consulta_usa_el_indice(sesion: Session, ana: Persona) -> None:
    secreto = _abrir(sesion, ana)
    sesion.execute(text("SET LOCAL enable_seqscan = off"))
    plan = sesion.execute(
        text("EXPLAIN SELECT 1 FROM ciudadania_sesion WHERE huella = :h"), {"h": huella(secreto)}
    ).scalars()
    assert "uq_ciudadania_sesion_huella" in "\n".join(plan)


def test_tocar_no_espera_a_otra_solicitud(sesion: Session, ana: Persona, bd: Any, reloj: Any) -> None:
    """A parallel request that holds the row does not make this one wait."""
    from nucleo.bd import nueva_sesion

    secreto = _abrir(sesion, ana)
    reloj.adelantar(timedelta(minutes=2))
    assert sesiones.resolver_sesion(sesion, secreto) is not None  # holds the row, not committed
    with nueva_sesion() as paralela:
        paralela.execute(text("SET LOCAL lock_timeout = '100ms'"))
        assert sesiones.resolver_sesion(paralela, secreto) is not None
        paralela.rollback()
    sesion.rollback()


def test_una_sesion_cerrada_no_abre_mas(sesion: Session, ana: Persona) -> None:
    secreto = _abrir(sesion, ana)
    cerrada = sesiones.cerrar_sesion(sesion, secreto)
    assert cerrada is not None
    sesion.commit()
    assert not _abre(sesion, secreto)
    assert sesiones.cerrar_sesion(sesion, secreto) is None
    acciones = sesion.execute(text("SELECT accion FROM nucleo_auditoria ORDER BY numero")).scalars().all()
    assert acciones == ["sesion.abrir", "sesion.cerrar"]


def test_nadie_cierra_la_sesion_de_otro(
    sesion: Session, ana: Persona, crear_persona: Crear, actor_de: Callable[..., Actor]
) -> None:
    luis = crear_persona("Luis")
    secreto = _abrir(sesion, ana)
    fila = sesion.exec(select(SesionWeb)).one()
    with pytest.raises(NoEncontrado):
        sesiones.revocar_sesion(sesion, actor_de(luis), fila.id)
    sesion.rollback()
    assert _abre(sesion, secreto)


def test_cerrar_las_demas(sesion: Session, ana: Persona, crear_persona: Crear, sesion_web: Any) -> None:
    otra_persona = _abrir(sesion, crear_persona("Luis"))
    viejas = [_abrir(sesion, ana) for _ in range(2)]
    navegador = sesion_web(ana)
    pagina = navegador.get("/cuenta")
    assert pagina.text.count("Cerrar<span") == 3
    assert pagina.text.count("Esta sesión") == 1
    assert navegador.post("/cuenta/sesiones/cerrar-otras").headers["location"] == "/cuenta"
    assert [_abre(sesion, s) for s in viejas] == [False, False]
    assert _abre(sesion, otra_persona)
    assert navegador.get("/cuenta").status_code == 200


def test_cerrar_una_y_la_propia(sesion: Session, ana: Persona, sesion_web: Any) -> None:
    vieja = _abrir(sesion, ana)
    navegador = sesion_web(ana)
    por_fecha = sesion.exec(select(SesionWeb).order_by(SesionWeb.creado_en)).all()  # type: ignore[arg-type]
    respuesta = navegador.post(f"/cuenta/sesiones/{por_fecha[0].id}/cerrar")
    assert respuesta.headers["location"] == "/cuenta"
    assert not _abre(sesion, vieja)
    propia = navegador.post(f"/cuenta/sesiones/{por_fecha[1].id}/cerrar")
    assert propia.headers["location"] == "/"
    assert navegador.get("/cuenta").headers["location"] == "/ingresar?volver=%2Fcuenta"


def test_la_galleta_en_https_lleva_el_prefijo_host(monkeypatch: pytest.MonkeyPatch) -> None:
    respuesta = Response()
    monkeypatch.setattr(sesiones, "ajustes", lambda: SimpleNamespace(es_https=True))
    sesiones.poner_galleta(respuesta, "secreto")
    galleta = respuesta.headers["set-cookie"]
    assert galleta == "__Host-qhatu=secreto; HttpOnly; Max-Age=43200; Path=/; SameSite=lax; Secure"


# --- Doors ---------------------------------------------------------------------------------------


def test_una_pagina_manda_a_ingresar_y_volver(cliente: Any) -> None:
    respuesta = cliente.get("/prueba/pagina?a=1&b=dos")
    assert respuesta.status_code == 303
    assert respuesta.headers["location"] == "/ingresar?volver=%2Fprueba%2Fpagina%3Fa%3D1%26b%3Ddos"


def test_la_api_responde_401_con_el_esquema(cliente: Any) -> None:
    respuesta = cliente.get("/api/prueba/persona")
    assert respuesta.status_code == 401
    assert respuesta.headers["content-type"] == "application/problem+json"
    assert respuesta.headers["www-authenticate"] == 'Bearer realm="qhatu"'
    assert respuesta.json()["codigo"] == "no_autenticado"


def test_galleta_y_token_abren_la_misma_puerta(
    ana: Persona, sesion_web: Any, token_de: Any, cliente: Any
) -> None:
    esperado = {"clave": f"persona:{ana.id}"}
    assert sesion_web(ana).get("/api/prueba/persona").json() == esperado
    portador = {"Authorization": f"bearer {token_de(ana)}"}
    assert cliente.get("/api/prueba/persona", headers=portador).json() == esperado
    assert cliente.get("/api/prueba/opcional", headers=portador).json() == esperado
    assert cliente.get("/api/prueba/opcional").json() == {"clave": None}


def test_un_token_malo_se_dice_aunque_la_puerta_sea_abierta(
    cliente: Any, ana: Persona, sesion_web: Any
) -> None:
    for ruta in ("/api/prueba/persona", "/api/prueba/opcional"):
        for navegador in (cliente, sesion_web(ana)):  # a good cookie does not hide a bad token
            respuesta = navegador.get(ruta, headers={"Authorization": "Bearer nada"})
            assert respuesta.status_code == 401
            assert respuesta.headers["www-authenticate"] == 'Bearer realm="qhatu", error="invalid_token"'


def test_otro_esquema_no_es_un_token(cliente: Any) -> None:
    assert cliente.get("/api/prueba/opcional", headers={"Authorization": "Basic eDp5"}).json() == {
        "clave": None
    }


def test_sesion_reciente_en_la_api(ana: Persona, token_de: Any, cliente: Any, reloj: Any) -> None:
    portador = {"Authorization": f"Bearer {token_de(ana)}"}
    assert cliente.get("/api/prueba/reciente", headers=portador).json() == {"reciente": True}
    reloj.adelantar(timedelta(minutes=10, seconds=5))
    respuesta = cliente.get("/api/prueba/reciente", headers=portador)
    assert respuesta.status_code == 401
    assert respuesta.json()["codigo"] == "sesion_no_reciente"
    assert respuesta.headers["www-authenticate"] == (
        'Bearer realm="qhatu", error="insufficient_user_authentication", max_age=600'
    )


def test_limites_de_la_sesion_reciente(ana: Persona, actor_de: Callable[..., Actor], reloj: Any) -> None:
    ahora = reloj.ahora()
    for riesgo, minutos in MINUTOS.items():
        exigir_sesion_reciente(actor_de(ana, ahora - timedelta(minutes=minutos, seconds=-10)), riesgo)
        with pytest.raises(SesionNoReciente) as capturado:
            exigir_sesion_reciente(actor_de(ana, ahora - timedelta(minutes=minutos, seconds=1)), riesgo)
        assert capturado.value.extra == {"max_age": minutos * 60}
        with pytest.raises(SesionNoReciente):
            exigir_sesion_reciente(Actor(tipo="persona", nombre="Ana", persona_id=ana.id), riesgo)
        exigir_sesion_reciente(Actor.sistema("barrido"), riesgo)
    assert MINUTOS.keys() == set(Riesgo)


@pytest.mark.parametrize(
    ("agente", "esperado"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130 Safari/537.36 Edg/130",
            "Edge en Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36",
            "Chrome en Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17 Safari/604.1",
            "Safari en iPhone",
        ),
        ("curl/8.0", "Otro programa"),
        ("", "Otro programa"),
    ],
)
def test_describir_el_navegador(agente: str, esperado: str) -> None:
    assert describir_agente(agente) == esperado
