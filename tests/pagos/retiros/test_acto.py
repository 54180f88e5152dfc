"""A withdrawal that two of three representatives sign."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from ciudadania import SesionNoReciente
from empresa_digital.registro import Facultad, NuevoMandato, acto_salida, firmar_acto
from empresa_digital.registro.mandatos.otorgar import otorgar_con
from empresa_digital.registro.unidades.bloqueos import bloquear_unidad
from nucleo.actor import Actor, Autorizacion
from nucleo.actos import Propuesto
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora
from pagos.libro import FondosInsuficientes, obtener_cuenta
from pagos.libro.errores import LimiteDeMandato
from pagos.retiros import DatosDeRetiro
from pagos.retiros.acto import pedir_o_proponer


@pytest.fixture
def entre_tres(
    crear_persona: Callable[..., Any],
    crear_unidad: Callable[..., Any],
    con_saldo: Callable[..., int],
) -> dict[str, Any]:
    """Two of Ana, Beto and Carla, each up to Bs 1.200 a day; the boss, alone."""
    personas = {n: crear_persona(n.capitalize()) for n in ("ana", "beto", "carla")}
    jefa = crear_persona("Jefa")
    unidad = crear_unidad("Cooperativa Conjunta", representante=jefa)
    grupo = nuevo_id()
    with transaccion() as sesion:
        fila = bloquear_unidad(sesion, unidad.id)
        for persona in personas.values():
            nuevo = NuevoMandato(
                (Facultad.PAGAR,), persona_id=persona.id, firmas=2, grupo=grupo, limite_dia=bs("1200")
            )
            otorgar_con(sesion, fila, Autorizacion.propia(Actor.sistema("prueba")), nuevo)
    return personas | {"jefa": jefa, "cuenta": con_saldo(unidad, "2000.00"), "unidad": unidad}


def _pedir(actor: Actor, cuenta: int, monto: str) -> Propuesto:
    datos = DatosDeRetiro(cuenta, bs(monto), "UNION", "1000234567", "Cooperativa Conjunta")
    with transaccion() as sesion:
        hecho = pedir_o_proponer(sesion, actor, nuevo_id(), datos)
    assert isinstance(hecho, Propuesto)
    return hecho


def _firmar(actor: Actor, acto: UUID) -> str:
    with transaccion() as sesion:
        firmar_acto(sesion, actor, acto, acto_salida(sesion, acto).huella)
        return acto_salida(sesion, acto).estado


def test_se_retira_con_dos_firmas(entre_tres: dict[str, Any], actor_de: Callable[..., Actor]) -> None:
    ana, beto, carla = (actor_de(entre_tres[n]) for n in ("ana", "beto", "carla"))
    cuenta = entre_tres["cuenta"]
    acto = _pedir(ana, cuenta, "1000.00")
    with transaccion() as sesion:
        assert obtener_cuenta(sesion, cuenta).disponible == bs("2000")
        visto = acto_salida(sesion, acto.id)
    assert {t.termino: t.valor.replace("\xa0", " ") for t in visto.en_palabras} == {
        "Desde la cuenta": "Cooperativa Conjunta",
        "Llega al banco": "Bs 1.000,00",
        "Comisión": visto.en_palabras[2].valor.replace("\xa0", " "),
        "Banco": "Banco Unión",
        "Número de cuenta": "1000234567",
        "Titular de la cuenta": "Cooperativa Conjunta",
    }
    assert _firmar(beto, acto.id) == "ejecutado"
    with transaccion() as sesion:
        filas = (
            sesion.connection().execute(text("SELECT estado, persona_id, unidad_id FROM pagos_retiro")).all()
        )
        assert [tuple(f) for f in filas] == [("pedido", entre_tres["beto"].id, entre_tres["unidad"].id)]
        assert obtener_cuenta(sesion, cuenta).disponible < bs("1000.01")
        # each of who signed uses up their own limit of the day
        usos = (
            sesion.connection()
            .execute(
                text("SELECT count(DISTINCT mandato_id), count(*) FROM registro_uso WHERE monto = 100000")
            )
            .one()
        )
        assert tuple(usos) == (2, 2)
    # what Beto signed counts for him with Carla too: it is over his day
    otro = _pedir(carla, cuenta, "300.00")
    with pytest.raises(LimiteDeMandato, match="en un día"):
        _firmar(beto, otro.id)
    assert _estado(otro.id) == ("pendiente", 1)


def _estado(acto: UUID) -> tuple[str, int]:
    with transaccion() as sesion:
        visto = acto_salida(sesion, acto)
        return visto.estado, len(visto.firmas)


def test_sin_saldo_sigue_esperando(entre_tres: dict[str, Any], actor_de: Callable[..., Actor]) -> None:
    ana, beto, carla, jefa = (actor_de(entre_tres[n]) for n in ("ana", "beto", "carla", "jefa"))
    uno, otro = _pedir(ana, entre_tres["cuenta"], "1100.00"), _pedir(carla, entre_tres["cuenta"], "1000.00")
    assert _firmar(beto, uno.id) == "ejecutado"
    with pytest.raises(FondosInsuficientes) as error:
        _firmar(jefa, otro.id)
    assert _estado(otro.id) == ("pendiente", 1)
    with transaccion() as sesion:
        assert acto_salida(sesion, otro.id).negado_motivo == str(error.value)


def test_por_la_api(entre_tres: dict[str, Any], token_de: Callable[..., str], cliente: Any) -> None:
    def como(nombre: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {token_de(entre_tres[nombre])}"}

    cuerpo = {
        "cuenta": entre_tres["cuenta"],
        "monto": {"monto": "100.00", "moneda": "BOB"},
        "banco": "UNION",
        "numero_cuenta": "1000234567",
        "titular": "Cooperativa Conjunta",
    }
    clave = {"Idempotency-Key": "una"}
    respuesta = cliente.post("/api/v1/retiros", json=cuerpo, headers=como("ana") | clave)
    assert respuesta.status_code == 202, respuesta.text
    acto = respuesta.json()
    assert respuesta.headers["location"] == f"/api/v1/actos/{acto['id']}"
    assert (acto["faltan"], acto["firmas"], acto["codigo"]) == (1, 2, "retiro")
    entero = cliente.get(respuesta.headers["location"], headers=como("beto")).json()
    assert (entero["estado"], entero["huella"]) == ("pendiente", acto["huella"])
    otra = cliente.post("/api/v1/retiros", json=cuerpo, headers=como("ana") | clave)
    assert (otra.status_code, otra.json()["id"]) == (202, acto["id"])
    por_firmar = cliente.get("/api/v1/actos/por-firmar", headers=como("carla")).json()["datos"]
    assert [a["id"] for a in por_firmar] == [acto["id"]]
    assert cliente.get("/api/v1/actos/por-firmar", headers=como("ana")).json()["datos"] == []
    ruta = f"/api/v1/actos/{acto['id']}"
    firmado = cliente.post(f"{ruta}/firma", json={"huella": acto["huella"]}, headers=como("carla"))
    assert (firmado.status_code, firmado.json()["estado"]) == (200, "ejecutado")
    assert len(cliente.get("/api/v1/retiros", headers=como("beto")).json()["datos"]) == 1


def test_un_ingreso_viejo_no_firma(entre_tres: dict[str, Any], actor_de: Callable[..., Actor]) -> None:
    acto = _pedir(actor_de(entre_tres["ana"]), entre_tres["cuenta"], "5.00")
    viejo = actor_de(entre_tres["beto"], ahora() - timedelta(hours=3))
    with pytest.raises(SesionNoReciente):
        _firmar(viejo, acto.id)
    assert _estado(acto.id) == ("pendiente", 1)
