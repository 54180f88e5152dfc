"""A sign-in of hours ago gives nothing away: not by the page, not by the API, not with a kept answer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from ciudadania.errores import SesionNoReciente
from empresa_digital.registro import Facultad, NuevoMandato
from empresa_digital.registro.mandatos import mandatos_de, otorgar_mandato, revocar_mandato
from empresa_digital.registro.mandatos.modelos import Mandato

Crear = Callable[..., Any]
HACE_TRES_HORAS = timedelta(hours=3)


@pytest.fixture
def casa(crear_unidad: Crear, crear_persona: Crear) -> tuple[Any, Any, Any]:
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    return crear_unidad("Tejidos del Sur", representante=ana), ana, luis


def _mandatos(sesion: Session, unidad: Any) -> list[tuple[Any, Any]]:
    filas = sesion.exec(select(Mandato).where(Mandato.unidad_id == unidad.id))
    return sorted((m.id, m.revocado_en) for m in filas)


def test_la_api_con_la_misma_galleta_no_otorga_lo_que_la_pagina_no_otorgaria(
    casa: Any, sesion_web: Crear, sesion: Session, reloj: Any
) -> None:
    unidad, ana, luis = casa
    navegador = sesion_web(ana)
    navegador.get("/cuenta")
    for _hora in range(2):  # in use all the time: the session lives, the sign-in grows old
        reloj.adelantar(timedelta(minutes=90))
        navegador.get("/cuenta")
    antes = _mandatos(sesion, unidad)
    cuerpo = {"persona": {"ci": luis.ci}, "facultades": ["ADMINISTRAR"]}
    ruta = f"/api/v1/unidades-economicas/{unidad.numero}/mandatos"
    respuesta = navegador.post(ruta, json=cuerpo)
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (401, "sesion_no_reciente")
    assert respuesta.json()["max_age"] == 1800
    assert respuesta.headers["www-authenticate"] == (
        'Bearer realm="qhatu", error="insufficient_user_authentication", max_age=1800'
    )
    pagina = navegador.get(f"/mis-unidades/{unidad.numero}/mandatos/nuevo")
    assert pagina.headers["location"].endswith("&max_age=1800")
    assert _mandatos(sesion, unidad) == antes


def test_los_casos_de_uso_lo_piden_a_quien_los_llame(
    casa: Any, actor_de: Crear, sesion: Session, reloj: Any
) -> None:
    unidad, ana, luis = casa
    vieja = actor_de(ana, reloj.ahora() - HACE_TRES_HORAS)
    antes = _mandatos(sesion, unidad)
    with pytest.raises(SesionNoReciente):
        otorgar_mandato(sesion, vieja, unidad.id, NuevoMandato((Facultad.VENDER,), persona_id=luis.id))
    with pytest.raises(SesionNoReciente):
        revocar_mandato(sesion, vieja, mandatos_de(sesion, unidad.id)[0].id, "Prueba")
    sesion.rollback()
    assert _mandatos(sesion, unidad) == antes


def test_a_quien_no_puede_no_se_le_pide_ingresar_otra_vez(
    casa: Any, token_de: Crear, cliente: Any, reloj: Any
) -> None:
    """Signing in again would give them nothing."""
    unidad, _ana, luis = casa
    portador = {"Authorization": f"Bearer {token_de(luis)}"}
    reloj.adelantar(timedelta(minutes=40))
    ruta = f"/api/v1/unidades-economicas/{unidad.numero}/mandatos"
    cuerpo = {"persona": {"ci": luis.ci}, "facultades": ["ADMINISTRAR"]}
    respuesta = cliente.post(ruta, json=cuerpo, headers=portador)
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (403, "sin_facultad")


def test_tras_ingresar_otra_vez_la_misma_clave_de_idempotencia_sirve(
    casa: Any, token_de: Crear, cliente: Any, sesion: Session, reloj: Any
) -> None:
    """The refusal judged nothing: it is not kept as the answer."""
    unidad, ana, luis = casa
    viejo = token_de(ana)
    reloj.adelantar(timedelta(minutes=31))
    ruta = f"/api/v1/unidades-economicas/{unidad.numero}/mandatos"
    pedido = {"json": {"persona": {"ci": luis.ci}, "facultades": ["VENDER"]}}

    def pedir(token: str) -> Any:
        return cliente.post(
            ruta, **pedido, headers={"Authorization": f"Bearer {token}", "Idempotency-Key": "un-poder"}
        )

    assert pedir(viejo).status_code == 401
    nuevo = token_de(ana)
    hecha = pedir(nuevo)
    assert hecha.status_code == 201, hecha.text
    repetida = pedir(nuevo)
    assert (repetida.status_code, repetida.json()) == (201, hecha.json())
    assert len(_mandatos(sesion, unidad)) == 2


def test_lo_escrito_vuelve_despues_de_ingresar(
    casa: Any, sesion_web: Crear, sesion: Session, reloj: Any
) -> None:
    """Revoking from a page left open: to sign in, and back to the page with the reason in it."""
    from ciudadania.sesiones import abrir_sesion, nombre_de_galleta
    from nucleo.bd import transaccion

    unidad, ana, _luis = casa
    mandato = mandatos_de(sesion, unidad.id)[0]
    navegador = sesion_web(ana)
    pagina = f"/mis-unidades/{unidad.numero}/mandatos/{mandato.id}/revocar"
    assert navegador.get(pagina).status_code == 200
    reloj.adelantar(timedelta(minutes=45))
    enviado = {"motivo": "Se fue a vivir a Oruro", "_pagina": pagina}
    respuesta = navegador.post(pagina, data=enviado)
    assert respuesta.status_code == 303
    assert respuesta.headers["location"].startswith("/ingresar?volver=%2Fmis-unidades%2F")
    assert respuesta.headers["location"].endswith("&max_age=1800")
    with transaccion() as propia:
        navegador.cookies.set(nombre_de_galleta(), abrir_sesion(propia, ana, agente="pruebas"))
    vuelta = navegador.get(pagina)
    assert "Se fue a vivir a Oruro" in vuelta.text
    assert "Guardamos lo que había escrito" in vuelta.text
    sesion.expire_all()
    assert mandatos_de(sesion, unidad.id)[0].revocado_en is None
