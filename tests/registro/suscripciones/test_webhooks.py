"""Subscriptions of a unit: who may, where to, and the secret that is shown once."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session, select

from nucleo.modelos import Webhook

Crear = Callable[..., Any]


@pytest.fixture
def ruta_de(crear_unidad: Crear, crear_persona: Crear, token_de: Crear) -> Callable[[], tuple[str, Any, Any]]:
    def crear() -> tuple[str, Any, Any]:
        ana, otra = crear_persona("Ana"), crear_persona("Luis")
        unidad = crear_unidad("Tejidos del Sur", representante=ana)
        cabeceras = [{"Authorization": f"Bearer {token_de(p)}"} for p in (ana, otra)]
        return f"/api/v1/unidades-economicas/{unidad.numero}/webhooks", *cabeceras

    return crear


def test_suscribir_listar_y_dar_de_baja(ruta_de: Crear, cliente: Any) -> None:
    ruta, ana, _ = ruta_de()
    datos = {"url": "https://ejemplo.bo/avisos", "tipos": ["OrdenDeCobroPagada"]}
    creada = cliente.post(ruta, json=datos, headers=ana)
    assert creada.status_code == 201
    assert creada.json()["secreto"].startswith("whsec_")
    (vista,) = cliente.get(ruta, headers=ana).json()["datos"]
    assert vista == {k: v for k, v in creada.json().items() if k != "secreto"}
    assert cliente.delete(f"{ruta}/{vista['id']}", headers=ana).status_code == 204
    assert cliente.get(ruta, headers=ana).json()["datos"] == []
    assert cliente.delete(f"{ruta}/{vista['id']}", headers=ana).status_code == 404


def test_nadie_mas_puede_y_nada_cambia(ruta_de: Crear, cliente: Any, sesion: Session) -> None:
    ruta, _, otra = ruta_de()
    datos = {"url": "https://ejemplo.bo/avisos"}
    assert cliente.post(ruta, json=datos).status_code == 401
    assert cliente.post(ruta, json=datos, headers=otra).status_code == 403
    assert cliente.get(ruta, headers=otra).status_code == 403
    assert sesion.exec(select(Webhook)).all() == []


@pytest.mark.parametrize(
    "url", ["http://ejemplo.bo/", "https://127.0.0.1/", "https://localhost/x", "https://[::1]/"]
)
def test_una_direccion_que_no_es_publica_se_rechaza(
    ruta_de: Crear, cliente: Any, sesion: Session, url: str
) -> None:
    ruta, ana, _ = ruta_de()
    respuesta = cliente.post(ruta, json={"url": url}, headers=ana)
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (422, "direccion_prohibida")
    assert sesion.exec(select(Webhook)).all() == []
