"""Limits with what is left, and freezing: at once, by cause, lifted only by who may."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest

from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import nuevo_id
from pagos.billetera.enviar import enviar
from pagos.libro.congelar import Origen, congelar_cuenta
from pagos.libro.cuentas import congelar, cuenta_de_persona, obtener_cuenta
from tests.pagos.conftest import Libro


@pytest.fixture
def ana(crear_persona: Any) -> Any:
    return crear_persona("Ana", nivel=1)


def de(token_de: Any, quien: Any) -> dict[str, str]:
    return {"Authorization": f"Bearer {token_de(quien)}"}


def test_lo_que_queda_es_lo_que_el_libro_permite(
    libro: Libro, ana: Any, con_saldo: Any, cliente: Any, token_de: Any, sesion_web: Any, reloj: Any
) -> None:
    cuenta, otra = con_saldo(ana, "5000.00"), libro.cuenta()
    assert libro.mover(cuenta, otra, 50_000) == "ok"
    assert libro.mover(cuenta, otra, 25_050) == "ok"
    ruta = f"/api/v1/cuentas/{cuenta}/limites"

    salida, entrada = cliente.get(ruta, headers=de(token_de, ana)).json()["datos"]

    assert salida["dia"] == {
        "limite": {"monto": "2000.00", "moneda": "BOB"},
        "usado": {"monto": "750.50", "moneda": "BOB"},
        "queda": {"monto": "1249.50", "moneda": "BOB"},
    }
    assert salida["mes"]["queda"]["monto"] == "13249.50"
    assert salida["cantidad_dia"] == {"limite": None, "usado": 2, "queda": None}
    assert entrada["dia"]["usado"]["monto"] == "0.00"
    assert libro.mover(cuenta, otra, 124_951) == "limite_diario_salida"
    pagina = sesion_web(ana).get("/billetera/limites").text
    assert "Bs\xa01.249,50" in pagina
    assert "Nivel 1 de billetera móvil boliviana" in pagina

    reloj.adelantar(timedelta(days=1))
    salida, _entrada = cliente.get(ruta, headers=de(token_de, ana)).json()["datos"]
    assert salida["dia"]["queda"]["monto"] == "2000.00"


def test_limites_de_cuenta_ajena_o_sin_limites(
    libro: Libro,
    ana: Any,
    crear_persona: Any,
    crear_unidad: Any,
    con_saldo: Any,
    cliente: Any,
    token_de: Any,
    sesion_web: Any,
) -> None:
    unidad = crear_unidad(representante=ana)
    cuenta = con_saldo(unidad, "1.00")
    assert cliente.get(f"/api/v1/cuentas/{cuenta}/limites", headers=de(token_de, ana)).json() == {"datos": []}
    assert "no tiene límites" in sesion_web(ana).get(f"/billetera/limites?cuenta={cuenta}").text
    eva = crear_persona("Eva")
    assert cliente.get(f"/api/v1/cuentas/{cuenta}/limites", headers=de(token_de, eva)).status_code == 403
    assert sesion_web(eva).get(f"/billetera/limites?cuenta={cuenta}").status_code == 403
    assert cliente.get("/api/v1/cuentas/99/limites", headers=de(token_de, eva)).status_code == 404


def test_congelar_con_un_toque_detiene_el_pago_siguiente(
    libro: Libro, ana: Any, crear_persona: Any, con_saldo: Any, sesion_web: Any, actor_de: Any, reloj: Any
) -> None:
    cuenta, luis = con_saldo(ana, "100.00"), crear_persona("Luis")
    navegador = sesion_web(ana)
    for _ in range(2):
        hecho = navegador.post("/billetera/seguridad/congelar", data={"cuenta": cuenta})
        assert (hecho.status_code, hecho.headers["location"]) == (
            303,
            f"/billetera/seguridad?cuenta={cuenta}",
        )
    assert libro.uno("SELECT count(*) FROM pagos_congelamiento") == 1
    assert libro.uno("SELECT count(*) FROM nucleo_auditoria WHERE accion = 'cuenta.congelar'") == 1

    antes = libro.foto()
    assert libro.mover(cuenta, libro.cuenta(), 1) == "cuenta_debito_congelada"
    with pytest.raises(Exception, match="congelada"), transaccion() as sesion:
        enviar(sesion, actor_de(ana), id=nuevo_id(), cuenta_id=cuenta, persona_id=luis.id, monto=bs("1"))
    assert libro.foto()[1] == antes[1]
    assert libro.mover(libro.mundo(), cuenta, 500, codigo=103) == "ok"

    reloj.adelantar(timedelta(minutes=11))
    viejo = navegador.post("/billetera/seguridad/descongelar", data={"cuenta": cuenta})
    assert "/ingresar" in viejo.headers.get("location", "") or viejo.status_code == 401
    assert libro.uno("SELECT congelada FROM pagos_cuenta WHERE id = %s", cuenta) is True
    hecho = sesion_web(ana).post("/billetera/seguridad/descongelar", data={"cuenta": cuenta})
    assert hecho.status_code == 303
    assert libro.mover(cuenta, libro.cuenta(), 1) == "ok"


def test_el_titular_no_levanta_lo_de_la_autoridad_ni_lo_de_la_plataforma(
    libro: Libro, ana: Any, con_saldo: Any, sesion_web: Any, actor_de: Any
) -> None:
    from nucleo.actor import Autorizacion

    cuenta = con_saldo(ana, "100.00")
    with transaccion() as sesion:
        quien = Autorizacion.propia(actor_de(ana))
        datos = {"origen": Origen.AUTORIDAD, "motivo": "Investigación 7"}
        congelar_cuenta(sesion, quien, obtener_cuenta(sesion, cuenta), **datos)  # type: ignore[arg-type]
        assert congelar(sesion, cuenta)
    navegador = sesion_web(ana)
    assert "Investigación 7" in navegador.get("/billetera/seguridad").text
    respuesta = navegador.post("/billetera/seguridad/descongelar", data={"cuenta": cuenta})
    assert respuesta.status_code == 409
    navegador.post("/billetera/seguridad/congelar", data={"cuenta": cuenta})
    sigue = navegador.post("/billetera/seguridad/descongelar", data={"cuenta": cuenta})
    assert sigue.status_code == 303
    assert libro.mover(cuenta, libro.cuenta(), 1) == "cuenta_debito_congelada"
    with transaccion() as sesion:
        assert congelar(sesion, cuenta, congelada=False)
        assert not congelar(sesion, cuenta, congelada=False)
    assert libro.mover(cuenta, libro.cuenta(), 1) == "cuenta_debito_congelada"


def test_la_base_no_deja_quitar_la_marca_con_un_congelamiento_abierto(
    libro: Libro, ana: Any, con_saldo: Any
) -> None:
    cuenta = con_saldo(ana, "1.00")
    with transaccion() as sesion:
        congelar(sesion, cuenta)
    for orden in (
        "UPDATE pagos_cuenta SET congelada = false WHERE congelada",
        "UPDATE pagos_congelamiento SET motivo = 'otro'",
        "DELETE FROM pagos_congelamiento",
        "INSERT INTO pagos_congelamiento (id, cuenta_id, origen, motivo) "
        "SELECT gen_random_uuid(), cuenta_id, origen, motivo FROM pagos_congelamiento",
    ):
        with pytest.raises(psycopg.Error):
            libro.duenio.execute(orden)
    assert libro.uno("SELECT congelada FROM pagos_cuenta WHERE id = %s", cuenta) is True
    with transaccion() as sesion:
        congelar(sesion, cuenta, congelada=False)
    with pytest.raises(psycopg.Error):
        libro.duenio.execute("UPDATE pagos_congelamiento SET levantado_en = NULL, motivo_levantado = NULL")


def test_por_la_api_y_solo_lo_propio(
    libro: Libro, ana: Any, crear_persona: Any, con_saldo: Any, cliente: Any, token_de: Any, sesion_web: Any
) -> None:
    cuenta = con_saldo(ana, "1.00")
    ruta, eva = f"/api/v1/cuentas/{cuenta}", crear_persona("Eva")
    for accion in ("congelar", "descongelar"):
        assert cliente.post(f"{ruta}/{accion}", json={}, headers=de(token_de, eva)).status_code == 403
        assert cliente.post(f"{ruta}/{accion}", json={}).status_code == 401
        datos = {"cuenta": cuenta}
        assert sesion_web(eva).post(f"/billetera/seguridad/{accion}", data=datos).status_code == 403
    assert cliente.get(f"{ruta}/seguridad", headers=de(token_de, eva)).status_code == 403
    assert libro.uno("SELECT count(*) FROM pagos_congelamiento") == 0

    hecho = cliente.post(f"{ruta}/congelar", json={"motivo": "Perdí el celular"}, headers=de(token_de, ana))
    assert (hecho.status_code, hecho.json()["congelada"]) == (200, True)
    vista = cliente.get(f"{ruta}/seguridad", headers=de(token_de, ana)).json()
    assert [(c["origen"], c["motivo"]) for c in vista["congelamientos"]] == [("titular", "Perdí el celular")]


def test_nueva_billetera(libro: Libro, ana: Any, sesion_web: Any) -> None:
    pagina = sesion_web(ana).get("/billetera/seguridad")
    assert "Congelar la cuenta ahora" in pagina.text
    assert 'href="/cuenta"' in pagina.text
    with transaccion() as sesion:
        assert obtener_cuenta(sesion, cuenta_de_persona(sesion, ana.id)).congelada is False
