"""Who harvests numbers gets few answers an hour and no names; an honest payroll passes whole."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import redis

from ciudadania import registrar_persona
from nucleo import limites
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.errores import LimiteExcedido
from nucleo.ids import nuevo_id
from nucleo.limites import Cubeta
from pagos.billetera.averiguar import DE_PERSONA, DESCONOCIDO, Coincidencia, Cuota, comparar
from tests.pagos.firma import Firma
from tests.pagos.test_api import Gente, gente

__all__ = ["gente"]  # the fixture
RUTA = "/api/v1/destinatarios"


@pytest.mark.parametrize(
    ("escrito", "registrado", "como"),
    [
        ("ana maria quispe", "Ana María Quispe Mamani", "coincide"),
        ("QUISPE MAMANI ANA", "Ana María Quispe Mamani", "coincide"),
        ("Ana", "Ana", "coincide"),
        ("Ana Quizpe", "Ana María Quispe Mamani", "casi"),
        ("Ana Maria Kispe", "Ana María Quispe Mamani", "casi"),
        ("Ana Quispe Rojas", "Ana María Quispe Mamani", "casi"),
        ("O'Conor D'Arlach", "Sean O'Connor d'Arlach", "casi"),
        ("Ana", "Ana María Quispe", "no_coincide"),
        ("Ana Condori", "Ana María Quispe", "no_coincide"),
        ("Ana Condori Rojas", "Ana María Quispe", "no_coincide"),
        ("a e i", "Ana María Quispe", "no_coincide"),
        ("", "Ana", "sin_nombre"),
        ("...", "Ana", "sin_nombre"),
    ],
)
def test_como_se_comparan_los_nombres(escrito: str, registrado: str, como: str) -> None:
    assert comparar(escrito, registrado) == como


def _preguntar(cliente: Any, de: dict[str, str], buscar: str, nombre: str = "") -> Any:
    return cliente.get(RUTA, params={"buscar": buscar, "nombre": nombre}, headers=de)


def test_quien_cosecha_saca_pocas_respuestas_y_ningun_nombre(cliente: Any, gente: Gente, reloj: Any) -> None:
    def barrer(cuantas: int) -> list[Any]:
        return [_preguntar(cliente, gente.de_ana, str(7_654_321 + n)) for n in range(cuantas)]

    primeras = barrer(40)  # the first number is Luis's
    assert primeras[0].json()["nombre"] is None
    assert [r.status_code for r in primeras].count(422) == (120 - 5) // DESCONOCIDO
    assert {r.status_code for r in primeras[12:]} == {429}
    assert "Luis" not in "".join(r.text for r in primeras)
    assert int(primeras[-1].headers["Retry-After"]) > 0

    reloj.adelantar(timedelta(minutes=55))
    assert [r.status_code for r in barrer(20)].count(429) >= 14  # sixty more an hour, not more


def test_con_los_nombres_sabidos_se_paga_sin_notar_el_cupo(cliente: Any, gente: Gente) -> None:
    for _vez in range(60):
        assert _preguntar(cliente, gente.de_ana, "7654321", "Luis Prueba").json()["nombre"] == "Luis Prueba"


def test_una_sola_cuota_para_todo_lo_que_pregunta(cliente: Any, gente: Gente, sesion_web: Any) -> None:
    """API, the page to send, the page to ask for money and the API of requests: one bucket."""
    web = sesion_web(gente.ana)
    envio = {"cuenta": gente.cuenta_ana, "destinatario": "1111111", "nombre": "Juan Pérez", "monto": "1"}
    pedido = {"cuenta": gente.cuenta_ana, "pagador": "1111111", "nombre": "Juan Pérez", "monto": "1"}
    pedido |= {"motivo": "x", "dias": "7"}
    solicitud = {"id": str(uuid.uuid4()), "pagador": "1111111", "monto": {"monto": "1"}, "motivo": "x"}
    for _vez in range(3):
        assert _preguntar(cliente, gente.de_ana, "1111111").status_code == 422
        assert web.post("/billetera/enviar", data=envio).status_code == 422
        assert web.post("/billetera/pedir", data=pedido).status_code == 422
        hecha = cliente.post("/api/v1/solicitudes-de-pago", json=solicitud, headers=gente.de_ana)
        assert hecha.status_code == 422
    assert _preguntar(cliente, gente.de_ana, "1111111").status_code == 429
    assert web.post("/billetera/enviar", data=envio).status_code == 429
    assert web.post("/billetera/pedir", data=pedido).status_code == 429
    confirmar = f"/billetera/enviar/confirmar?cuenta={gente.cuenta_ana}&a={gente.luis.id}&monto=1"
    assert web.get(confirmar, follow_redirects=False).status_code == 429
    assert _preguntar(cliente, gente.de_luis, "1111111").status_code == 422  # each their own


def test_una_planilla_honesta_de_trescientos_pasa(firma: Firma, bd: Any) -> None:
    with transaccion() as sesion:
        for n in range(300):
            registrar_persona(sesion, nombres="Pago", primer_apellido="Prueba", ci=str(5_000_000 + n))
    contenido = firma.archivo(*(f"{5_000_000 + n};Pago Prueba;10,00;jornal {n}" for n in range(300)))
    assert firma.preparar(contenido).lineas == 300
    barrido = firma.archivo(*(f"{6_000_000 + n};Nadie Sabe;10,00;x" for n in range(300)))
    with pytest.raises(LimiteExcedido):  # and a sweep does not
        firma.preparar(barrido)


def test_a_la_vez_no_da_mas_que_por_turno() -> None:
    """The dearest price is paid before looking: what many look-ups at once leave is never below nothing."""
    cuota = Cuota.de(Actor(tipo="persona", nombre="x", persona_id=nuevo_id()))
    for _vez in range(DE_PERSONA.capacidad // DESCONOCIDO):
        cuota.empezar()
    with pytest.raises(LimiteExcedido):
        cuota.empezar()
    cuota.hallado(Coincidencia.COINCIDE)
    with pytest.raises(LimiteExcedido):
        cuota.empezar()
    cuota.hallado(Coincidencia.COINCIDE)
    cuota.empezar()


def test_la_cubeta_se_llena_con_el_tiempo_y_no_pasa_de_llena(reloj: Any) -> None:
    cubeta, clave = Cubeta("prueba", capacidad=10, por_hora=60), str(nuevo_id())
    cubeta.tomar(clave, 10)
    with pytest.raises(LimiteExcedido) as falta:
        cubeta.tomar(clave, 5)
    assert 295 <= int(falta.value.cabeceras["Retry-After"]) <= 300
    reloj.adelantar(timedelta(minutes=5, seconds=1))
    cubeta.tomar(clave, 5)
    reloj.adelantar(timedelta(days=1))
    cubeta.tomar(clave, 10)
    cubeta.devolver(clave, 1_000)
    cubeta.tomar(clave, 10)
    with pytest.raises(LimiteExcedido):
        cubeta.tomar(clave, 1)


def test_sin_valkey_se_permite(cliente: Any, gente: Gente, monkeypatch: pytest.MonkeyPatch) -> None:
    lejos = redis.Redis.from_url("redis://127.0.0.1:1", socket_connect_timeout=0.2)
    monkeypatch.setattr(limites, "valkey", lambda: lejos)
    hallado = _preguntar(cliente, gente.de_ana, "7654321", "Luis Prueba")
    assert (hallado.status_code, hallado.json()["nombre"]) == (200, "Luis Prueba")


def test_quien_pide_dinero_a_ciegas_no_lee_el_nombre(
    cliente: Any, gente: Gente, sesion_web: Callable[..., Any]
) -> None:
    ruta = "/api/v1/solicitudes-de-pago"
    base = {"pagador": "7654321", "monto": {"monto": "1.00"}, "motivo": "Cena"}
    dichos = {}
    for nombre in ("", "Pedro Mamani", "luis prueba"):
        cuerpo = base | {"id": str(uuid.uuid4()), "nombre": nombre}
        hecha = cliente.post(ruta, json=cuerpo, headers=gente.de_ana)
        assert hecha.status_code == 201
        dichos[nombre] = hecha.json()["pagador"]
        pagina = sesion_web(gente.ana).get(f"/billetera/solicitudes/{cuerpo['id']}").text
        assert ("Luis Prueba" in pagina) == (nombre == "luis prueba")
        propia = sesion_web(gente.luis).get(f"/billetera/solicitudes/{cuerpo['id']}").text
        assert "Luis Prueba" in propia
    assert dichos == {"": "•••321", "Pedro Mamani": "Pedro Mamani", "luis prueba": "Luis Prueba"}
    lista = sesion_web(gente.ana).get("/billetera/solicitudes?rol=enviadas").text
    assert "Pedro Mamani" in lista


def test_la_pagina_dice_si_coincide(cliente: Any, gente: Gente, sesion_web: Any) -> None:
    web = sesion_web(gente.ana)
    datos = {"cuenta": gente.cuenta_ana, "destinatario": "7654321", "monto": "1"}
    for nombre, dice, titular in (
        ("Prueba Luis", "Coincide", True),
        ("Luiz Prueva", "Casi coincide", False),
        ("Pedro Mamani", "No coincide", False),
    ):
        adonde = web.post("/billetera/enviar", data=datos | {"nombre": nombre}).headers["location"]
        pagina = web.get(adonde).text
        assert dice in pagina
        assert ("Luis Prueba" in pagina) == titular
    sin = web.post("/billetera/enviar", data=datos)
    assert (sin.status_code, "Escriba el nombre y un apellido" in sin.text) == (422, True)
