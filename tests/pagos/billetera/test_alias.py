"""Aliases: who is paid under one, that nobody takes another's, and that looking them up is counted."""

import threading
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from nucleo.bd import transaccion
from nucleo.errores import ErrorDominio, LimiteExcedido
from pagos import cuenta_de_persona
from pagos.billetera.alias import CAMBIOS_POR_DIA, alias_de, elegir_alias, quitar_alias
from pagos.billetera.enviar import buscar_destinatario
from pagos.libro.errores import AliasInvalido, AliasTomado, DestinatarioInexistente


def _elegir(actor: Any, texto: str) -> str:
    with transaccion() as sesion:
        return elegir_alias(sesion, actor, texto)


def _buscar(actor: Any, texto: str) -> Any:
    with transaccion() as sesion:
        return buscar_destinatario(sesion, actor, texto).persona_id


@pytest.fixture
def dos(bd: Any, servidores: Any, crear_persona: Any) -> Any:
    return crear_persona("Ana", ci="7000001"), crear_persona("Luis", ci="7000002")


def test_se_paga_por_alias_y_el_viejo_no_es_de_otro(dos: Any, actor_de: Any) -> None:
    ana, luis = dos
    assert _elegir(actor_de(ana), " @Ana.Quispe ") == "ana.quispe"
    assert _elegir(actor_de(ana), "ana.quispe") == "ana.quispe"
    for escrito in ("ana.quispe", "@ANA.QUISPE"):
        assert _buscar(actor_de(luis), escrito) == ana.id
    assert _elegir(actor_de(ana), "anita2") == "anita2"
    with pytest.raises(DestinatarioInexistente):
        _buscar(actor_de(luis), "ana.quispe")
    for suyo in ("ana.quispe", "anita2"):
        with pytest.raises(AliasTomado):
            _elegir(actor_de(luis), suyo)
    assert _elegir(actor_de(ana), "ana.quispe") == "ana.quispe"  # hers to take again
    with transaccion() as sesion:
        quitar_alias(sesion, actor_de(ana))
        quitar_alias(sesion, actor_de(ana))
    with transaccion() as sesion:
        assert (alias_de(sesion, ana.id), alias_de(sesion, luis.id)) == (None, None)
        acciones = sesion.connection().execute(
            text("SELECT count(*) FROM nucleo_auditoria WHERE accion LIKE 'alias.%'")
        )
        assert acciones.scalar_one() == 4


@pytest.mark.parametrize(
    "malo",
    [
        "",
        "ana",
        "a" * 21,
        "1234567",
        "ana quispe",
        "ana..q",
        ".ana",
        "ana.",
        "añañay",
        "a\x00na",
        "qhatu.pagos",
    ],
)
def test_lo_que_no_es_alias(dos: Any, actor_de: Any, malo: str) -> None:
    with pytest.raises(AliasInvalido) as error:
        _elegir(actor_de(dos[0]), malo)
    assert list(error.value.campos or {}) == ["alias"]
    with transaccion() as sesion:
        assert alias_de(sesion, dos[0].id) is None


def test_los_cambios_se_cuentan(dos: Any, actor_de: Any) -> None:
    for i in range(CAMBIOS_POR_DIA):
        _elegir(actor_de(dos[0]), f"ana{i}")
    with pytest.raises(LimiteExcedido):
        _elegir(actor_de(dos[0]), "ana.otra")
    with transaccion() as sesion:
        assert alias_de(sesion, dos[0].id) == f"ana{CAMBIOS_POR_DIA - 1}"


def test_dos_a_la_vez_y_solo_uno_lo_tiene(dos: Any, actor_de: Any) -> None:
    barrera, salidas = threading.Barrier(2), []

    def correr(persona: Any) -> None:
        actor = actor_de(persona)
        barrera.wait(timeout=30)
        try:
            salidas.append(_elegir(actor, "mercado.uno"))
        except ErrorDominio as error:
            salidas.append(error.codigo)

    hilos = [threading.Thread(target=correr, args=(p,)) for p in dos]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(timeout=60)
    assert sorted(salidas) == ["alias_tomado", "mercado.uno"]


def test_la_base_no_deja_pasarlo_a_otro(dos: Any, duenio: Engine, actor_de: Any) -> None:
    ana, luis = dos
    _elegir(actor_de(ana), "ana.quispe")
    for cambio in ("UPDATE pagos_alias SET persona_id = :otra", "DELETE FROM pagos_alias"):
        with duenio.connect() as conexion, pytest.raises(DBAPIError):
            conexion.execute(text(cambio), {"otra": luis.id} if ":otra" in cambio else {})
    assert _buscar(actor_de(luis), "ana.quispe") == ana.id


def test_por_la_pagina_y_la_api(dos: Any, sesion_web: Any, cliente: Any, token_de: Any) -> None:
    ana, luis = dos
    web = sesion_web(ana)
    assert web.post("/billetera/alias", data={"alias": "x"}).status_code == 422
    assert web.post("/billetera/alias", data={"alias": "ana.quispe"}).status_code == 303
    assert "Le pagan como" in web.get("/billetera/alias").text
    de_luis = {"Authorization": f"Bearer {token_de(luis)}"}
    tomado = cliente.put("/api/v1/alias", json={"alias": "Ana.Quispe"}, headers=de_luis)
    assert (tomado.status_code, tomado.json()["codigo"]) == (409, "alias_tomado")
    assert cliente.put("/api/v1/alias", json={"alias": "luis.m"}, headers=de_luis).json() == {
        "alias": "luis.m"
    }
    hallada = cliente.get("/api/v1/destinatarios?buscar=ana.quispe&nombre=Ana Prueba", headers=de_luis)
    assert hallada.json()["nombre"] == "Ana Prueba"
    assert "7000001" not in hallada.text
    assert cliente.delete("/api/v1/alias", headers=de_luis).status_code == 204
    assert cliente.get("/api/v1/alias", headers=de_luis).json() == {"alias": None}
    with transaccion() as sesion:
        cuenta = cuenta_de_persona(sesion, ana.id)
    datos = {"cuenta": str(cuenta), "destinatario": "luis.m", "nombre": "Luis Prueba", "monto": "1"}
    enviar = web.post("/billetera/enviar", data=datos)
    assert "Nadie tiene ese alias" in enviar.text
    assert web.post("/billetera/alias/quitar").status_code == 303
    assert cliente.get("/billetera/alias").status_code in (303, 401)
