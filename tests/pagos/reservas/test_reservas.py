"""Reserves over HTTP: held, confirmed whole or in part, voided, expired by time; once, whoever races."""

import re
import threading
import uuid
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

import pagos.reservas.manejadores  # noqa: F401  (who listens, without the whole application)
from empresa_digital.registro import Facultad
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from pagos.libro.tareas import caducar_pendientes
from pagos.reservas.reservas import anotar_vencidas, anular, confirmar
from pagos.reservas.verificar import verificar_reservas
from tests.autorizacion.escena import apoderar
from tests.ayudas.carreras import hasta_que_esperen
from tests.pagos.conftest import Libro
from tests.pagos.test_api import Gente, gente

__all__ = ["gente"]  # the fixture
RUTA = "/api/v1/reservas"


def pedido(g: Gente, monto: str = "40.00", **cambios: Any) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "debito": g.cuenta_ana,
        "credito": g.cuenta_luis,
        "monto": {"monto": monto, "moneda": "BOB"},
        "motivo": "Garantía de la bicicleta",
        "plazo_s": 3600,
    } | cambios


@pytest.fixture
def reservar(cliente: Any, gente: Gente) -> Callable[..., str]:
    def hacer(monto: str = "40.00", **cambios: Any) -> str:
        respuesta = cliente.post(RUTA, json=pedido(gente, monto, **cambios), headers=gente.de_ana)
        assert respuesta.status_code == 201, respuesta.text
        return str(respuesta.json()["id"])

    return hacer


def confirmar_http(cliente: Any, id: str, de: Any, monto: str | None = None) -> Any:
    cuerpo = {} if monto is None else {"monto": {"monto": monto}}
    return cliente.post(f"{RUTA}/{id}/confirmacion", json=cuerpo, headers=de)


def anular_http(cliente: Any, id: str, de: Any) -> Any:
    return cliente.post(f"{RUTA}/{id}/anulacion", headers=de)


def verificado() -> list[str]:
    with transaccion() as sesion:
        return verificar_reservas(sesion)


def salida_del_dia(libro: Libro, cuenta: int) -> tuple[int, int]:
    """What the account used of its daily limits: centavos and how many."""
    fila = libro.conexion.execute("SELECT salida_dia, salidas_dia FROM pagos_cuenta WHERE id = %s", [cuenta])
    return fila.fetchone()  # type: ignore[return-value]


def test_reservar_retiene_y_repetir_es_la_misma(cliente: Any, gente: Gente, libro: Libro) -> None:
    cuerpo = pedido(gente)

    hecha = cliente.post(RUTA, json=cuerpo, headers=gente.de_ana)
    repetida = cliente.post(RUTA, json=cuerpo, headers=gente.de_ana)

    assert (hecha.status_code, repetida.status_code) == (201, 200)
    assert repetida.json() == hecha.json()
    dicho = hecha.json()
    assert (dicho["estado"], dicho["monto"]["monto"], dicho["confirmado"]["monto"]) == (
        "abierta",
        "40.00",
        "0.00",
    )
    assert libro.saldos(gente.cuenta_ana) == (0, 10_000, 4_000, 0)
    assert libro.saldos(gente.cuenta_luis) == (0, 100, 0, 4_000)
    gasto = {"id": str(uuid.uuid4()), "debito": gente.cuenta_ana, "credito": gente.cuenta_luis}
    gasto |= {"monto": {"monto": "60.01"}}
    assert cliente.post("/api/v1/transferencias", json=gasto, headers=gente.de_ana).status_code == 409
    assert verificado() == []


@pytest.mark.parametrize(
    "cambio",
    [
        {"monto": {"monto": "40.01"}},
        {"motivo": "Otra cosa"},
        {"plazo_s": 7200},
        {"resuelve": "quien_recibe"},
        {"credito": "tienda"},
    ],
)
def test_el_mismo_id_con_otros_datos_no(cliente: Any, gente: Gente, libro: Libro, cambio: Any) -> None:
    cuerpo = pedido(gente)
    assert cliente.post(RUTA, json=cuerpo, headers=gente.de_ana).status_code == 201
    antes = libro.foto()
    if "credito" in cambio:
        cambio = {"credito": gente.cuenta_tienda}

    otra = cliente.post(RUTA, json=cuerpo | cambio, headers=gente.de_ana)

    assert (otra.status_code, otra.json()["codigo"]) == (422, "reserva_con_otros_datos")
    assert libro.foto() == antes


def test_el_id_de_un_pago_no_sirve_para_una_reserva(cliente: Any, gente: Gente, libro: Libro) -> None:
    pagado = {"id": str(uuid.uuid4()), "debito": gente.cuenta_ana, "credito": gente.cuenta_luis}
    pagado |= {"monto": {"monto": "40.00"}}
    assert cliente.post("/api/v1/transferencias", json=pagado, headers=gente.de_ana).status_code == 201
    antes = libro.foto()
    otra = cliente.post(RUTA, json=pedido(gente, id=pagado["id"]), headers=gente.de_ana)
    assert (otra.status_code, otra.json()["codigo"]) == (422, "existe_con_otro_tipo")
    assert libro.foto() == antes


@pytest.mark.parametrize(
    ("cambio", "estado"),
    [
        ({"monto": {"monto": "0"}}, 422),
        ({"monto": {"monto": "100.01"}}, 409),
        ({"plazo_s": 59}, 422),
        ({"plazo_s": 31 * 86_400 + 1}, 422),
        ({"motivo": "  "}, 422),
        ({"resuelve": "nadie"}, 422),
        ({"credito": "ella"}, 422),
        ({"debito": "luis"}, 403),
        ({"credito": "mundo"}, 403),
    ],
)
def test_lo_que_no_va_no_retiene(
    cliente: Any, gente: Gente, libro: Libro, cambio: dict[str, Any], estado: int
) -> None:
    cuentas = {"ella": gente.cuenta_ana, "luis": gente.cuenta_luis, "mundo": libro.mundo()}
    cambio = {k: cuentas.get(v, v) if isinstance(v, str) else v for k, v in cambio.items()}
    antes = libro.foto()
    respuesta = cliente.post(RUTA, json=pedido(gente) | cambio, headers=gente.de_ana)
    assert respuesta.status_code == estado
    assert libro.foto() == antes


def test_confirmar_una_parte_devuelve_el_resto_y_su_uso(
    cliente: Any, gente: Gente, libro: Libro, reservar: Callable[..., str]
) -> None:
    antes, veces = salida_del_dia(libro, gente.cuenta_ana)
    id = reservar("40.00")
    assert salida_del_dia(libro, gente.cuenta_ana) == (antes + 4_000, veces + 1)

    hecha = confirmar_http(cliente, id, gente.de_ana, "25.50")

    assert (hecha.status_code, hecha.json()["estado"]) == (200, "confirmada")
    assert hecha.json()["confirmado"]["monto"] == "25.50"
    assert libro.saldos(gente.cuenta_ana) == (2_550, 10_000, 0, 0)
    assert libro.saldo(gente.cuenta_luis) == 2_650
    assert salida_del_dia(libro, gente.cuenta_ana) == (antes + 2_550, veces + 1)
    assert confirmar_http(cliente, id, gente.de_ana, "25.50").json() == hecha.json()
    otro = confirmar_http(cliente, id, gente.de_ana, "25.51")
    assert (otro.status_code, otro.json()["codigo"]) == (409, "reserva_resuelta")
    assert anular_http(cliente, id, gente.de_ana).status_code == 409
    assert verificado() == []


def test_confirmar_sin_monto_es_todo_y_mas_de_lo_reservado_no(
    cliente: Any, gente: Gente, libro: Libro, reservar: Callable[..., str]
) -> None:
    id = reservar("40.00")
    antes = libro.foto()
    for monto in ("40.01", "0"):
        assert confirmar_http(cliente, id, gente.de_ana, monto).status_code == 422
    assert libro.foto() == antes
    assert confirmar_http(cliente, id, gente.de_ana).json()["confirmado"]["monto"] == "40.00"
    assert libro.saldo(gente.cuenta_luis) == 4_100


def test_anular_devuelve_todo_y_su_uso(
    cliente: Any, gente: Gente, libro: Libro, reservar: Callable[..., str]
) -> None:
    usado = salida_del_dia(libro, gente.cuenta_ana)
    id = reservar()
    hecha = anular_http(cliente, id, gente.de_ana)
    assert (hecha.status_code, hecha.json()["estado"]) == (200, "anulada")
    assert anular_http(cliente, id, gente.de_ana).json() == hecha.json()
    assert confirmar_http(cliente, id, gente.de_ana).status_code == 409
    assert libro.saldos(gente.cuenta_ana) == (0, 10_000, 0, 0)
    assert salida_del_dia(libro, gente.cuenta_ana) == usado


def test_vence_sola_aunque_nadie_pase(
    cliente: Any, gente: Gente, libro: Libro, reservar: Callable[..., str], reloj: Any
) -> None:
    usado = salida_del_dia(libro, gente.cuenta_ana)
    id = reservar(plazo_s=1800)
    reloj.adelantar(timedelta(seconds=1770))
    assert cliente.get(f"{RUTA}/{id}", headers=gente.de_ana).json()["estado"] == "abierta"
    reloj.adelantar(timedelta(seconds=30))
    # Before any sweep it is over for everybody.
    assert cliente.get(f"{RUTA}/{id}", headers=gente.de_luis).json()["estado"] == "vencida"
    tarde = confirmar_http(cliente, id, gente.de_ana)
    assert (tarde.status_code, tarde.json()["codigo"]) == (409, "pendiente_vencida")
    assert libro.saldos(gente.cuenta_ana) == (0, 10_000, 4_000, 0)

    assert caducar_pendientes() == 1
    assert verificado() == []
    with transaccion() as sesion:
        assert (anotar_vencidas(sesion), anotar_vencidas(sesion)) == (1, 0)
    assert libro.saldos(gente.cuenta_ana) == (0, 10_000, 0, 0)
    assert salida_del_dia(libro, gente.cuenta_ana) == usado
    final = cliente.get(f"{RUTA}/{id}", headers=gente.de_ana).json()
    assert (final["estado"], final["confirmado"]["monto"]) == ("vencida", "0.00")
    assert confirmar_http(cliente, id, gente.de_ana).json()["codigo"] == "reserva_resuelta"


@pytest.mark.parametrize(
    ("resuelve", "quien", "confirma", "anula"),
    [
        ("quien_paga", "ana", 200, 200),
        ("quien_paga", "luis", 403, 200),  # who is to be paid may give it up
        ("quien_paga", "eva", 404, 404),
        ("quien_recibe", "ana", 403, 403),  # a guarantee is not taken back
        ("quien_recibe", "luis", 200, 200),
    ],
)
def test_quien_la_resuelve(
    cliente: Any,
    gente: Gente,
    libro: Libro,
    reservar: Callable[..., str],
    crear_persona: Any,
    token_de: Any,
    resuelve: str,
    quien: str,
    confirma: int,
    anula: int,
) -> None:
    eva = {"Authorization": f"Bearer {token_de(crear_persona('Eva'))}"}
    de = {"ana": gente.de_ana, "luis": gente.de_luis, "eva": eva}[quien]
    una, otra = reservar(resuelve=resuelve), reservar(resuelve=resuelve)
    assert confirmar_http(cliente, una, de).status_code == confirma
    assert anular_http(cliente, otra, de).status_code == anula
    assert cliente.get(f"{RUTA}/{una}", headers=de).status_code == (404 if quien == "eva" else 200)
    lista = cliente.get(RUTA, headers=de).json()["datos"]
    assert len(lista) == (0 if quien == "eva" else 2)
    assert verificado() == []


def test_el_mandato_y_su_uso(
    cliente: Any, gente: Gente, libro: Libro, crear_persona: Any, token_de: Any
) -> None:
    """Beto pays up to Bs 30 a day for the shop: a reserve uses it, a voided one gives it back, so does the
    part that is not confirmed."""
    beto = crear_persona("Beto")
    apoderar(gente.tienda, ["PAGAR"], persona=beto, limite_dia=bs("30.00"))
    de_beto = {"Authorization": f"Bearer {token_de(beto)}"}

    def reservar(monto: str) -> Any:
        cuerpo = pedido(gente, monto, debito=gente.cuenta_tienda)
        return cliente.post(RUTA, json=cuerpo, headers=de_beto)

    una = reservar("20.00").json()["id"]
    assert reservar("10.01").json()["codigo"] == "limite_de_mandato_dia"
    assert anular_http(cliente, una, de_beto).status_code == 200
    otra = reservar("30.00").json()["id"]
    assert confirmar_http(cliente, otra, de_beto, "12.00").status_code == 200
    assert reservar("18.01").status_code == 403
    assert reservar("18.00").status_code == 201


def test_programas(cliente: Any, gente: Gente, token_de_cliente: Callable[..., str]) -> None:
    def de(alcance: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {token_de_cliente(gente.tienda.id, alcance)}"}

    suya = pedido(gente, "5.00", debito=gente.cuenta_tienda)
    assert cliente.post(RUTA, json=suya, headers=de("cobros")).status_code == 403
    assert cliente.post(RUTA, json=suya, headers=de("pagos")).status_code == 201
    assert cliente.post(RUTA, json=pedido(gente), headers=de("pagos")).status_code == 403
    # A guarantee for the shop: its program takes a part of it.
    garantia = pedido(gente, credito=gente.cuenta_tienda, resuelve="quien_recibe")
    assert cliente.post(RUTA, json=garantia, headers=gente.de_ana).status_code == 201
    assert confirmar_http(cliente, garantia["id"], de("cobros")).status_code == 403
    assert confirmar_http(cliente, garantia["id"], de("pagos"), "1.00").status_code == 200


def test_quien_vende_cobra_la_garantia_y_quien_solo_compra_no(
    cliente: Any, gente: Gente, otorgar: Callable[..., None], crear_persona: Any, token_de: Any
) -> None:
    garantia = pedido(gente, credito=gente.cuenta_tienda, resuelve="quien_recibe")
    assert cliente.post(RUTA, json=garantia, headers=gente.de_ana).status_code == 201
    eva, paz = crear_persona("Eva"), crear_persona("Paz")
    otorgar(gente.tienda.id, eva, Facultad.VENDER)
    otorgar(gente.tienda.id, paz, Facultad.COMPRAR)
    de = {p: {"Authorization": f"Bearer {token_de(x)}"} for p, x in (("eva", eva), ("paz", paz))}
    assert confirmar_http(cliente, garantia["id"], de["paz"]).status_code == 404
    assert confirmar_http(cliente, garantia["id"], de["eva"]).status_code == 200


# --- Races --------------------------------------------------------------------------------------------------


def _a_la_vez(primero: Callable[[Any], Any], segundo: Callable[[Any], Any]) -> tuple[Any, Any]:
    """The first has acted and not committed when the second begins, and waits for it."""
    respuestas: list[Any] = [None, None]

    def el_otro() -> None:
        try:
            with transaccion() as sesion:
                respuestas[1] = segundo(sesion)
        except Exception as error:
            respuestas[1] = error

    with transaccion() as sesion:
        respuestas[0] = primero(sesion)
        hilo = threading.Thread(target=el_otro)
        hilo.start()
        hasta_que_esperen()
    hilo.join()
    return respuestas[0], respuestas[1]


@pytest.mark.parametrize("orden", [("confirma", "anula"), ("anula", "confirma"), ("confirma", "confirma")])
def test_confirmar_y_anular_a_la_vez_hacen_uno(
    gente: Gente, libro: Libro, reservar: Callable[..., str], actor_de: Any, orden: tuple[str, str]
) -> None:
    id = uuid.UUID(reservar("40.00"))
    actor = actor_de(gente.ana)
    hacer = {
        "confirma": lambda sesion: str(confirmar(sesion, actor, id).estado),
        "anula": lambda sesion: str(anular(sesion, actor, id).estado),
    }

    primera, segunda = _a_la_vez(hacer[orden[0]], hacer[orden[1]])

    assert primera == {"confirma": "confirmada", "anula": "anulada"}[orden[0]]
    if orden[0] == orden[1]:
        assert segunda == primera
    else:
        assert segunda.codigo == "reserva_resuelta"
    pagado = 4_000 if orden[0] == "confirma" else 0
    assert libro.saldos(gente.cuenta_ana) == (pagado, 10_000, 0, 0)
    assert libro.saldos(gente.cuenta_luis) == (0, 100 + pagado, 0, 0)
    assert verificado() == []


@pytest.mark.parametrize("que", ["confirma", "anula"])
def test_contra_el_vencimiento_gana_uno(
    gente: Gente, libro: Libro, reservar: Callable[..., str], actor_de: Any, reloj: Any, que: str
) -> None:
    """The sweep holds the accounts; who comes then finds that it expired, and nothing moved twice."""
    id, actor = uuid.UUID(reservar(plazo_s=60)), actor_de(gente.ana)
    reloj.adelantar(timedelta(seconds=61))

    def vencer(sesion: Any) -> int:
        return int(sesion.connection().execute(text("SELECT pagos_vencer(10)")).scalar_one())

    def resolver(sesion: Any) -> str:
        hecha = confirmar(sesion, actor, id) if que == "confirma" else anular(sesion, actor, id)
        return str(hecha.estado)

    vencidas, tarde = _a_la_vez(vencer, resolver)

    assert vencidas == 1
    assert tarde.codigo == "pendiente_vencida"
    with transaccion() as sesion:
        assert anotar_vencidas(sesion) == 1
    assert libro.saldos(gente.cuenta_ana) == (0, 10_000, 0, 0)
    assert verificado() == []


def test_el_vencimiento_espera_a_quien_confirma_a_tiempo(
    gente: Gente, libro: Libro, reservar: Callable[..., str], actor_de: Any, reloj: Any
) -> None:
    id, actor = uuid.UUID(reservar(plazo_s=60)), actor_de(gente.ana)
    with transaccion() as sesion:
        confirmar(sesion, actor, id)  # in its time, and committed late
        reloj.adelantar(timedelta(seconds=61))
        hilo = threading.Thread(target=caducar_pendientes)
        hilo.start()
        hasta_que_esperen()
    hilo.join()
    assert libro.saldo(gente.cuenta_luis) == 4_100
    with transaccion() as sesion:
        assert anotar_vencidas(sesion) == 0
    assert verificado() == []


def test_la_misma_dos_veces_a_la_vez_es_una(cliente: Any, gente: Gente, libro: Libro, actor_de: Any) -> None:
    from pagos.reservas.esquemas import NuevaReserva
    from pagos.reservas.reservas import reservar

    nueva, actor = NuevaReserva.model_validate(pedido(gente)), actor_de(gente.ana)
    primera, segunda = _a_la_vez(
        lambda sesion: reservar(sesion, actor, nueva)[1], lambda sesion: reservar(sesion, actor, nueva)[1]
    )
    assert (primera, segunda) == (True, False)
    assert libro.saldos(gente.cuenta_ana)[2] == 4_000


# --- Below the application ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "orden",
    [
        "UPDATE pagos_reserva SET estado = 'confirmada', confirmado = monto, resuelta_en = now()",
        "UPDATE pagos_reserva SET estado = 'anulada', resuelta_en = now()",
        "UPDATE pagos_reserva SET estado = 'vencida', resuelta_en = now()",
        "UPDATE pagos_reserva SET monto = monto + 1",
        "UPDATE pagos_reserva SET resuelve = 'quien_recibe'",
        "DELETE FROM pagos_reserva",
    ],
)
def test_nadie_escribe_lo_que_el_libro_no_dice(reservar: Callable[..., str], bd: Engine, orden: str) -> None:
    reservar()
    with pytest.raises(DBAPIError), bd.begin() as conexion:
        conexion.execute(text(orden))
    assert verificado() == []


# --- Who hears of it ----------------------------------------------------------------------------------------


def test_avisos_y_webhooks(cliente: Any, gente: Gente, libro: Libro, reservar: Callable[..., str]) -> None:
    from nucleo import webhooks

    with transaccion() as sesion:
        webhooks.suscribir(sesion, gente.tienda.id, "https://tienda.example/avisos", ["ReservaConfirmada"])
    id = reservar(credito=gente.cuenta_tienda, resuelve="quien_recibe")
    tienda = {"Authorization": gente.de_ana["Authorization"]}  # Ana represents it
    assert confirmar_http(cliente, id, tienda, "10.00").status_code == 200
    entregar_pendientes()
    libro.duenio.execute("UPDATE nucleo_entrega SET hecha_en = NULL")

    asuntos = libro.conexion.execute(
        "SELECT asunto FROM ciudadania_notificacion WHERE enlace LIKE '/billetera/reservas/%' ORDER BY id"
    ).fetchall()
    assert [a for (a,) in asuntos] == [
        "Ana Prueba reservó Bs\xa040,00 para usted",
        "Se pagaron Bs\xa010,00 de lo reservado para Tejidos de Prueba",
        "Recibió Bs\xa010,00 de Ana Prueba",
    ]
    cuerpos = libro.conexion.execute("SELECT cuerpo FROM nucleo_webhook_mensaje").fetchall()
    assert len(cuerpos) == 1
    assert b'"confirmado":{"monto":"10.00","moneda":"BOB"}' in bytes(cuerpos[0][0])


# --- Pages --------------------------------------------------------------------------------------------------


def test_la_pagina_dice_cuanto_y_por_que(
    gente: Gente, sesion_web: Any, reservar: Callable[..., str], libro: Libro
) -> None:
    vacia = sesion_web(gente.ana).get("/billetera/reservas").text
    assert "No hay dinero reservado" in vacia
    id = reservar("40.00")
    ana, luis = sesion_web(gente.ana), sesion_web(gente.luis)
    lista = ana.get("/billetera/reservas").text
    assert "Garantía de la bicicleta" in lista
    assert "Bs\xa040,00" in lista
    assert "Para usted" in luis.get("/billetera/reservas").text
    suya = ana.get(f"/billetera/reservas/{id}").text
    assert "Confirmar el pago" in suya
    ajena = luis.get(f"/billetera/reservas/{id}").text
    assert ("Confirmar el pago" in ajena, "Anular la reserva" in ajena) == (False, True)

    mala = ana.post(f"/billetera/reservas/{id}/confirmar", data={"monto": "40,01"})
    assert (mala.status_code, "hasta lo reservado" in mala.text) == (422, True)
    hecha = ana.post(f"/billetera/reservas/{id}/confirmar", data={"monto": "25,00"})
    assert (hecha.status_code, hecha.headers["location"]) == (303, f"/billetera/reservas/{id}")
    final = ana.get(f"/billetera/reservas/{id}").text
    assert ("Confirmar el pago" in final, "Volvió a quien paga" in final) == (False, True)
    assert libro.saldo(gente.cuenta_luis) == 2_600


def test_las_listas_largas_siguen_en_otra_pagina(
    gente: Gente, sesion_web: Any, reservar: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each list by its own cursor: all of it once, and the other one from its beginning."""
    monkeypatch.setattr("pagos.reservas.web.POR_PAGINA", 2)
    hechas = [reservar("1.00") for _vez in range(3)]
    for quien in (gente.ana, gente.luis):
        web = sesion_web(quien)
        primera = web.get("/billetera/reservas").text
        assert "Volver al comienzo" not in primera
        siguiente = unescape(re.findall(r'rel="next" href="([^"]+)"', primera)[0])
        segunda = web.get(siguiente).text
        assert 'rel="next"' not in segunda
        assert "Volver al comienzo" in segunda
        vistas = [id for pagina in (primera, segunda) for id in hechas if id in pagina]
        assert sorted(vistas) == sorted(hechas)
        assert web.get("/billetera/reservas?cursor=nada").status_code == 422


def test_reservar_a_un_numero_no_dice_de_quien_es(
    cliente: Any, gente: Gente, sesion_web: Any, reservar: Callable[..., str], libro: Libro
) -> None:
    """Account numbers follow one another: holding a centavo for each is no way to read names."""
    una, otra = reservar("0.01"), reservar("0.02")
    assert anular_http(cliente, una, gente.de_ana).status_code == 200
    entregar_pendientes()
    ana = sesion_web(gente.ana)
    asuntos = libro.conexion.execute(
        "SELECT asunto || cuerpo FROM ciudadania_notificacion WHERE persona_id = %s", [gente.ana.id]
    ).fetchall()
    leido = [ana.get(f"/billetera/reservas{ruta}").text for ruta in ("", f"/{una}", f"/{otra}")]
    leido += [ana.get(f"/comprobantes/{id}").text for id in (una, otra)]
    assert "Luis" not in "".join([*leido, *(a for (a,) in asuntos)])
    assert f"la cuenta {gente.cuenta_luis}" in leido[1]
    assert confirmar_http(cliente, otra, gente.de_ana).status_code == 200
    assert "Luis Prueba" in ana.get(f"/billetera/reservas/{otra}").text
