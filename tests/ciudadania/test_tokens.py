"""Bearer tokens, machine clients and the scopes that limit them."""

import base64
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, select

from ciudadania.clientes import crear_cliente, revocar_cliente
from ciudadania.errores import PersonaNoEncontrada, SoloDemostracion
from ciudadania.identidad import Identidad
from ciudadania.modelos import Ciudadano, ClienteMaquina, Token
from ciudadania.personas import registrar_ingreso
from ciudadania.secretos import huella
from ciudadania.valores import Cliente
from demostracion import personas as demo
from nucleo.actor import Actor
from nucleo.errores import DatosInvalidos
from nucleo.ids import id_demo, nuevo_id

OPERADOR = Actor.sistema("pruebas")


@pytest.fixture
def unidad_id(crear_unidad: Any) -> UUID:
    return crear_unidad().id


@pytest.fixture
def maquina(sesion: Session, unidad_id: UUID) -> tuple[Cliente, str]:
    cliente, secreto = crear_cliente(
        sesion, OPERADOR, "Sistema de ventas", unidad_id=unidad_id, alcances=["productos", "envios"]
    )
    sesion.commit()
    return cliente, secreto


def _basica(quien: object, clave: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{quien}:{clave}".encode()).decode()}


@pytest.fixture
def pedir(cliente: Any, maquina: tuple[Cliente, str]) -> Callable[..., Any]:
    """POST /oauth/token with the machine's credentials."""
    fila, secreto = maquina

    def hacer(**datos: str) -> Any:
        datos.setdefault("grant_type", "client_credentials")
        return cliente.post("/oauth/token", data=datos, headers=_basica(fila.id, secreto))

    return hacer


def _portador(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_credenciales_de_cliente(
    pedir: Any, cliente: Any, maquina: Any, unidad_id: UUID, sesion: Session
) -> None:
    respuesta = pedir()
    assert respuesta.status_code == 200
    assert respuesta.headers["cache-control"] == "no-store"
    cuerpo = respuesta.json()
    token = cuerpo.pop("access_token")
    assert cuerpo == {"token_type": "Bearer", "expires_in": 3600, "scope": "envios productos"}
    assert token.startswith("qht_")
    fila = sesion.exec(select(Token)).one()
    assert fila.huella == huella(token)
    entrada = cliente.get("/api/prueba/cliente", headers=_portador(token))
    assert entrada.json() == {"clave": f"cliente:{maquina[0].id}", "unidad": str(unidad_id)}


def test_credenciales_en_el_formulario(cliente: Any, maquina: tuple[Cliente, str]) -> None:
    datos = {"client_id": str(maquina[0].id), "client_secret": maquina[1]}
    respuesta = cliente.post("/oauth/token", data={"grant_type": "client_credentials", **datos})
    assert respuesta.status_code == 200


def test_los_alcances_limitan(pedir: Any, cliente: Any) -> None:
    con_productos = _portador(pedir(scope="productos").json()["access_token"])
    con_envios = _portador(pedir(scope="envios").json()["access_token"])
    assert cliente.get("/api/prueba/productos", headers=con_productos).status_code == 200
    assert cliente.get("/api/prueba/cliente", headers=con_envios).status_code == 200
    for ruta, cabeceras, alcance in (
        ("/api/prueba/productos", con_envios, "productos"),
        ("/api/prueba/cliente", con_productos, "envios"),
    ):
        respuesta = cliente.get(ruta, headers=cabeceras)
        assert respuesta.status_code == 403
        assert respuesta.json()["codigo"] == "alcance_insuficiente"
        assert respuesta.headers["www-authenticate"] == (
            f'Bearer realm="qhatu", error="insufficient_scope", scope="{alcance}"'
        )


def test_una_maquina_no_entra_por_la_puerta_de_las_personas(pedir: Any, cliente: Any) -> None:
    """Without a scope in the route, a machine is refused: closed unless opened on purpose."""
    respuesta = cliente.get("/api/prueba/persona", headers=_portador(pedir().json()["access_token"]))
    assert respuesta.status_code == 403
    assert respuesta.json()["codigo"] == "alcance_insuficiente"


@pytest.mark.parametrize(
    ("datos", "estado", "error"),
    [
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": ""}, 400, "invalid_request"),
        ({"scope": "pagos"}, 400, "invalid_scope"),
        ({"scope": "productos pagos"}, 400, "invalid_scope"),
    ],
)
def test_pedidos_que_se_rechazan(
    pedir: Any, sesion: Session, datos: dict[str, str], estado: int, error: str
) -> None:
    respuesta = pedir(**datos)
    assert (respuesta.status_code, respuesta.json()["error"]) == (estado, error)
    assert sesion.exec(select(Token)).all() == []


def test_credenciales_malas(cliente: Any, maquina: tuple[Cliente, str], sesion: Session) -> None:
    fila, secreto = maquina
    for cabecera in (
        _basica(fila.id, "otro"),
        _basica(nuevo_id(), secreto),
        _basica("no-es-uuid", secreto),
        _basica(fila.id, ""),
        {"Authorization": "Basic !!!"},
        {"Authorization": "Basic " + base64.b64encode(b"sin-dos-puntos").decode()},
        {},
    ):
        for ruta in ("/oauth/token", "/oauth/revoke"):
            respuesta = cliente.post(ruta, data={"grant_type": "client_credentials"}, headers=cabecera)
            assert (respuesta.status_code, respuesta.json()["error"]) == (401, "invalid_client")
            assert respuesta.headers["www-authenticate"] == 'Basic realm="qhatu"'
    assert sesion.exec(select(Token)).all() == []


def test_el_token_vence(pedir: Any, cliente: Any, reloj: Any) -> None:
    portador = _portador(pedir().json()["access_token"])
    reloj.adelantar(timedelta(minutes=59, seconds=50))
    assert cliente.get("/api/prueba/cliente", headers=portador).status_code == 200
    reloj.adelantar(timedelta(seconds=11))
    assert cliente.get("/api/prueba/cliente", headers=portador).status_code == 401


def test_revocar(pedir: Any, cliente: Any, maquina: tuple[Cliente, str], sesion: Session) -> None:
    fila, secreto = maquina
    otra, secreto_de_otra = crear_cliente(
        sesion, OPERADOR, "Otra", unidad_id=fila.unidad_id, alcances=["envios"]
    )
    sesion.commit()
    token = pedir().json()["access_token"]

    def revocar(quien: UUID, clave: str, que: str) -> int:
        return int(
            cliente.post("/oauth/revoke", data={"token": que}, headers=_basica(quien, clave)).status_code
        )

    assert revocar(otra.id, secreto_de_otra, token) == 200  # not hers: nothing happens
    assert cliente.get("/api/prueba/cliente", headers=_portador(token)).status_code == 200
    assert revocar(fila.id, secreto, "desconocido") == 200
    assert revocar(fila.id, secreto, token) == 200
    assert cliente.get("/api/prueba/cliente", headers=_portador(token)).status_code == 401


def test_revocar_al_cliente_mata_sus_tokens(
    pedir: Any, cliente: Any, maquina: tuple[Cliente, str], sesion: Session
) -> None:
    portador = _portador(pedir().json()["access_token"])
    revocar_cliente(sesion, OPERADOR, maquina[0].id, "Prueba")
    sesion.commit()
    assert cliente.get("/api/prueba/cliente", headers=portador).status_code == 401
    assert pedir().status_code == 401


def test_un_alcance_que_no_existe(sesion: Session) -> None:
    with pytest.raises(DatosInvalidos) as capturado:
        crear_cliente(sesion, OPERADOR, "x", unidad_id=nuevo_id(), alcances=["productos", "todo"])
    assert capturado.value.campos == {"alcances": "Hay alcances que no existen: todo."}
    assert sesion.exec(select(ClienteMaquina)).all() == []


@pytest.mark.parametrize("sembrada", [True, False])
def test_token_de_demostracion(
    sesion: Session, cliente: Any, monkeypatch: pytest.MonkeyPatch, sembrada: bool
) -> None:
    if sembrada:
        demo.sembrar(sesion)
    token = demo.token_de(sesion, "ana")
    sesion.commit()
    cuerpo = cliente.get("/api/v1/yo", headers=_portador(token)).json()
    assert cuerpo.pop("autenticado_en")
    assert cuerpo == {
        "id": str(id_demo("persona:ana")),
        "nombre": "Ana Prueba (demostración)",
        "ci": "9000001",
        "complemento": None,
        "correo": "ana@example.test",
        "celular": "+59170000001",
        "nivel": 2,
    }
    emitidos = len(sesion.exec(select(Token)).all())
    with pytest.raises(PersonaNoEncontrada, match="elija entre ana, tejidos, "):
        demo.token_de(sesion, "nadie")
    monkeypatch.setattr("ciudadania.tokens.ajustes", lambda: SimpleNamespace(es_demostracion=False))
    with pytest.raises(SoloDemostracion):
        demo.token_de(sesion, "ana")
    assert len(sesion.exec(select(Token)).all()) == emitidos


@pytest.mark.parametrize("clave", demo.PERSONAS)
def test_todas_las_personas_anunciadas_tienen_token(sesion: Session, cliente: Any, clave: str) -> None:
    """`nueva` too, who is in no table until she first signs in; signing in afterwards finds the same row."""
    demo.sembrar(sesion)
    primero = demo.token_de(sesion, clave)
    persona = demo.PERSONAS[clave]
    ingresada = registrar_ingreso(
        sesion,
        "https://emisor.test",
        Identidad(persona.sub, persona.ci, persona.complemento, persona.nombres, persona.apellido, None),
    )
    segundo = demo.token_de(sesion, clave)
    sesion.commit()
    for token in (primero, segundo):
        assert cliente.get("/api/v1/yo", headers=_portador(token)).json()["id"] == str(ingresada.id)


def test_sembrar_dos_veces_es_lo_mismo(sesion: Session) -> None:
    demo.sembrar(sesion)
    primeras = {p.id for p in sesion.exec(select(Ciudadano)).all()}
    demo.sembrar(sesion)
    assert {p.id for p in sesion.exec(select(Ciudadano)).all()} == primeras
    assert len(primeras) == len(demo.PERSONAS) - 1
    for clave in ("ana", "tejidos", "alcaldia", "correos", "regulador"):
        assert id_demo(f"persona:{clave}") in primeras
