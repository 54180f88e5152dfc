"""The API of card top-ups: what each answer says, and who may ask."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from nucleo.bd import transaccion
from nucleo.dinero import a_centavos
from pagos.tarjetas import puerta
from pagos.tarjetas.modelos import Intento, Reembolso
from pagos.tarjetas.simulada import decidir_disputa, disputar_pago
from pagos.tarjetas.simulada.fallas import Falla, provocar
from tests.pagos.tarjetas.conftest import Escena

RECARGAS = "/api/v1/recargas"


@pytest.fixture
def pedir(escena: Escena, token_de: Callable[..., str]) -> Callable[..., Any]:
    token = token_de(escena.persona)

    def enviar(ruta: str, cuerpo: Any = None, clave: str | None = None, **mas: Any) -> Any:
        cabeceras = {"Authorization": f"Bearer {mas.get('token', token)}"}
        if clave:
            cabeceras["Idempotency-Key"] = clave
        if cuerpo is None:
            return escena.cliente.get(ruta, headers=cabeceras)
        return escena.cliente.post(ruta, json=cuerpo, headers=cabeceras)

    return enviar


def _dinero(monto: str) -> dict[str, str]:
    return {"monto": monto, "moneda": "BOB"}


def _intentos() -> list[Intento]:
    with transaccion() as sesion:
        return list(sesion.exec(select(Intento)))


def test_recargar_con_un_metodo_de_la_aplicacion(escena: Escena, pedir: Callable[..., Any]) -> None:
    respuesta = pedir(RECARGAS, {"monto": _dinero("100.00"), "metodo_de_pago": "pm_card_visa"}, "k1")
    assert respuesta.status_code == 201
    (intento,) = _intentos()
    assert respuesta.json() == {
        "id": str(intento.id),
        "estado": "pagado",
        "monto": _dinero("100.00"),
        "cuenta": escena.cuenta,
        "motivo": None,
        "explicacion": "Pago realizado. Cobramos su tarjeta y el dinero ya está en la cuenta.",
        "siguiente_paso_url": None,
        "pagina_url": f"/pagos-con-tarjeta/{intento.id}",
        "saldo_reembolsable": _dinero("100.00"),
        "reembolsable": True,
        "en_disputa": False,
        "disputas": [],
        "transferencia_id": str(intento.transferencia_id),
        "creado_en": intento.creado_en.isoformat().replace("+00:00", "Z"),
        "vence_en": intento.vence_en.isoformat().replace("+00:00", "Z"),
        "terminado_en": intento.terminado_en.isoformat().replace("+00:00", "Z"),  # type: ignore[union-attr]
    }
    assert pedir(f"{RECARGAS}/{intento.id}").json() == respuesta.json()
    assert pedir(RECARGAS).json() == {"datos": [respuesta.json()], "siguiente": None}


def test_sin_metodo_da_la_pagina_donde_se_paga(escena: Escena, pedir: Callable[..., Any]) -> None:
    cuerpo = pedir(RECARGAS, {"monto": _dinero("100.00")}).json()
    (intento,) = _intentos()
    assert (cuerpo["estado"], cuerpo["siguiente_paso_url"]) == ("requiere_accion", intento.accion_url)
    assert cuerpo["explicacion"].startswith("Falta que usted pague.")


def test_rechazada_dice_por_que_y_que_hacer(pedir: Callable[..., Any]) -> None:
    metodo = "pm_card_visa_chargeDeclinedInsufficientFunds"
    respuesta = pedir(RECARGAS, {"monto": _dinero("100.00"), "metodo_de_pago": metodo})
    assert (respuesta.status_code, respuesta.json()["estado"], respuesta.json()["motivo"]) == (
        201,
        "rechazado",
        "insufficient_funds",
    )
    assert respuesta.json()["explicacion"] == (
        "La tarjeta fue rechazada. La tarjeta no tiene fondos suficientes. No se cobró nada. "
        "Use otra tarjeta. Si es una recarga, también puede ser por menos."
    )


def test_la_misma_clave_es_el_mismo_cobro(escena: Escena, pedir: Callable[..., Any]) -> None:
    cuerpo = {"monto": _dinero("100.00"), "metodo_de_pago": "pm_card_visa"}
    uno, otro = pedir(RECARGAS, cuerpo, "k1"), pedir(RECARGAS, cuerpo, "k1")
    assert uno.content == otro.content
    assert otro.headers["Idempotency-Replayed"] == "true"
    assert pedir(RECARGAS, cuerpo | {"monto": _dinero("99.00")}, "k1").status_code == 422
    assert (len(_intentos()), escena.saldo(), escena.cobrado()) == (1, 10_000, 10_000)


def test_una_respuesta_perdida_se_repite_con_su_clave_y_encuentra_su_pago(
    escena: Escena, pedir: Callable[..., Any]
) -> None:
    """The process dies after the charge and before the answer was kept: the key still leads to the row."""
    cuerpo = {"monto": _dinero("100.00"), "metodo_de_pago": "pm_card_visa"}
    uno = pedir(RECARGAS, cuerpo, "k1")
    with transaccion() as sesion:
        sesion.connection().execute(text("DELETE FROM nucleo_clave_idempotencia"))

    otro = pedir(RECARGAS, cuerpo, "k1")
    assert (otro.status_code, otro.json()) == (201, uno.json())
    assert "Idempotency-Replayed" not in otro.headers
    assert (len(_intentos()), escena.saldo(), escena.cobrado()) == (1, 10_000, 10_000)


def test_si_la_pasarela_no_contesta_se_dice_la_verdad(escena: Escena, pedir: Callable[..., Any]) -> None:
    provocar(Falla.TIEMPO_DESPUES)
    cuerpo = pedir(RECARGAS, {"monto": _dinero("100.00"), "metodo_de_pago": "pm_card_visa"}).json()
    assert cuerpo["estado"] == "ambiguo"
    assert "No pague otra vez" in cuerpo["explicacion"]
    from datetime import timedelta

    escena.barrer(timedelta(seconds=11))
    assert pedir(f"{RECARGAS}/{cuerpo['id']}").json()["estado"] == "pagado"


def test_un_defecto_nuestro_al_preguntar_no_pierde_el_pago(
    escena: Escena, pedir: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    def romper(*_: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as parche:
        parche.setattr(puerta, "enviar", romper)
        respuesta = pedir(RECARGAS, {"monto": _dinero("100.00"), "metodo_de_pago": "pm_card_visa"})
    assert (respuesta.status_code, respuesta.json()["estado"]) == (201, "creado")
    escena.barrer(timedelta(seconds=61))
    assert escena.saldo() == 10_000


@pytest.mark.parametrize(
    ("cuerpo", "estado", "codigo"),
    [
        ({}, 422, "datos_invalidos"),
        ({"monto": {"monto": "100,00"}}, 422, "datos_invalidos"),
        ({"monto": {"monto": "1.00"}}, 422, "monto_fuera_de_rango"),
        ({"monto": {"monto": "100.00", "moneda": "USD"}}, 422, "datos_invalidos"),
        ({"monto": {"monto": "100.00"}, "metodo_de_pago": "4242424242424242"}, 422, "datos_invalidos"),
        ({"monto": {"monto": "100.00"}, "numero": "4242424242424242"}, 422, "datos_invalidos"),
        ({"monto": {"monto": "100.00"}, "cuenta": 0}, 422, "datos_invalidos"),
        ({"monto": {"monto": "100.00"}, "cuenta": 2**62}, 404, "cuenta_inexistente"),
        ({"monto": {"monto": "2500.00"}}, 409, "limite_por_transaccion_entrada"),
    ],
)
def test_pedidos_que_se_rechazan(
    pedir: Callable[..., Any], cuerpo: dict[str, Any], estado: int, codigo: str
) -> None:
    respuesta = pedir(RECARGAS, cuerpo)
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (estado, codigo)
    assert _intentos() == []


def test_demasiados_intentos_en_una_hora(pedir: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pagos.tarjetas.iniciar.INTENTOS_POR_HORA", 2)
    metodo = "pm_card_visa_chargeDeclined"  # somebody tries one stolen card after another
    for estado in (201, 201, 429):
        respuesta = pedir(RECARGAS, {"monto": _dinero("10.00"), "metodo_de_pago": metodo})
        assert respuesta.status_code == estado
    assert int(respuesta.headers["Retry-After"]) > 0


def test_sin_tarjetas_se_dice_503(pedir: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pagos.tarjetas.iniciar.tarjetas_disponibles", lambda: False)
    respuesta = pedir(RECARGAS, {"monto": _dinero("100.00")})
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (503, "tarjetas_no_disponibles")


# --- Refunds ------------------------------------------------------------------------------------------------


@pytest.fixture
def pagada(pedir: Callable[..., Any]) -> str:
    return str(pedir(RECARGAS, {"monto": _dinero("100.00"), "metodo_de_pago": "pm_card_visa"}).json()["id"])


def test_reembolsar_por_partes(escena: Escena, pedir: Callable[..., Any], pagada: str) -> None:
    ruta = f"{RECARGAS}/{pagada}/reembolsos"
    cuerpo = {"monto": _dinero("30.00"), "saldo_reembolsable": _dinero("100.00"), "nota": "me equivoqué"}
    respuesta = pedir(ruta, cuerpo, "r1")
    assert respuesta.status_code == 201
    hecho = respuesta.json()
    assert {k: hecho[k] for k in ("recarga_id", "estado", "monto", "nota", "motivo")} == {
        "recarga_id": pagada,
        "estado": "hecho",
        "monto": _dinero("30.00"),
        "nota": "me equivoqué",
        "motivo": None,
    }
    assert pedir(ruta, cuerpo, "r1").content == respuesta.content
    viejo = pedir(ruta, cuerpo, "r2")
    assert (viejo.status_code, viejo.json()["codigo"]) == (412, "saldo_reembolsable_distinto")
    assert pedir(f"{RECARGAS}/{pagada}").json()["saldo_reembolsable"] == _dinero("70.00")
    assert pedir(ruta).json() == {"datos": [hecho], "siguiente": None}
    assert (escena.saldo(), escena.cobrado()) == (7_000, 7_000)


@pytest.mark.parametrize(
    ("monto", "visto", "estado", "codigo"),
    [
        ("100.01", "100.00", 409, "reembolso_excedido"),
        ("0.00", "100.00", 409, "reembolso_excedido"),
        ("10.00", "90.00", 412, "saldo_reembolsable_distinto"),
    ],
)
def test_reembolsos_que_se_rechazan(
    escena: Escena, pedir: Callable[..., Any], pagada: str, monto: str, visto: str, estado: int, codigo: str
) -> None:
    cuerpo = {"monto": _dinero(monto), "saldo_reembolsable": _dinero(visto)}
    respuesta = pedir(f"{RECARGAS}/{pagada}/reembolsos", cuerpo)
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (estado, codigo)
    with transaccion() as sesion:
        assert sesion.exec(select(Reembolso)).all() == []
    assert a_centavos(escena.cuenta_ahora().disponible) == 10_000


def test_una_disputa_se_ve_y_dice_por_que_no_se_reembolsa(
    escena: Escena, pedir: Callable[..., Any], pagada: str
) -> None:
    intento = escena.intento(uuid.UUID(pagada))
    assert intento.pasarela_id is not None
    abierta = disputar_pago(intento.pasarela_id)
    escena.barrer()
    vista = pedir(f"{RECARGAS}/{pagada}").json()
    assert (vista["estado"], vista["en_disputa"], vista["reembolsable"], vista["saldo_reembolsable"]) == (
        "pagado",
        True,
        False,
        _dinero("0.00"),
    )
    (disputa,) = vista["disputas"]
    assert {c: disputa[c] for c in ("estado", "monto", "causa", "retenido", "falta_cubrir")} == {
        "estado": "abierta",
        "monto": _dinero("100.00"),
        "causa": "fraudulent",
        "retenido": _dinero("100.00"),
        "falta_cubrir": _dinero("0.00"),
    }
    assert vista["explicacion"].startswith("El titular de la tarjeta reclama este pago.")
    for visto in ("100.00", "0.00"):
        cuerpo = {"monto": _dinero("10.00"), "saldo_reembolsable": _dinero(visto)}
        negado = pedir(f"{RECARGAS}/{pagada}/reembolsos", cuerpo)
        assert (negado.status_code, negado.json()["codigo"]) == (409, "pago_en_disputa")
        assert "Mientras su banco decide no se puede reembolsar" in negado.json()["detail"]
    decidir_disputa(abierta["id"], gana_el_comercio=False)
    escena.barrer()
    perdida = pedir(f"{RECARGAS}/{pagada}/reembolsos", cuerpo)
    assert (perdida.status_code, perdida.json()["codigo"]) == (409, "nada_por_reembolsar")
    with transaccion() as sesion:
        assert sesion.exec(select(Reembolso)).all() == []


def test_lo_ya_reembolsado_no_ofrece_mas(pedir: Callable[..., Any], pagada: str) -> None:
    ruta = f"{RECARGAS}/{pagada}/reembolsos"
    pedir(ruta, {"monto": _dinero("100.00"), "saldo_reembolsable": _dinero("100.00")})
    otra = pedir(ruta, {"monto": _dinero("1.00"), "saldo_reembolsable": _dinero("0.00")})
    assert (otra.status_code, otra.json()["codigo"]) == (409, "nada_por_reembolsar")
    assert pedir(f"{RECARGAS}/{pagada}").json()["reembolsable"] is False


def test_nadie_ve_ni_reembolsa_lo_ajeno(
    escena: Escena, pedir: Callable[..., Any], pagada: str, crear_persona: Any, token_de: Any
) -> None:
    ajeno = token_de(crear_persona("Beto"))
    cuerpo = {"monto": _dinero("10.00"), "saldo_reembolsable": _dinero("100.00")}
    for respuesta in (
        pedir(f"{RECARGAS}/{pagada}", token=ajeno),
        pedir(f"{RECARGAS}/{pagada}/reembolsos", token=ajeno),
        pedir(f"{RECARGAS}/{pagada}/reembolsos", cuerpo, token=ajeno),
        pedir(RECARGAS, {"monto": _dinero("10.00"), "cuenta": escena.cuenta}, token=ajeno),
    ):
        assert respuesta.status_code == 403
    assert pedir(RECARGAS, token=ajeno).json()["datos"] == []
    assert a_centavos(escena.cuenta_ahora().disponible) == 10_000
    assert escena.cliente.get(f"{RECARGAS}/{pagada}").status_code == 401
    assert escena.cliente.post(RECARGAS, json={"monto": _dinero("10.00")}).status_code == 401


def test_lo_que_no_existe_es_404(pedir: Callable[..., Any]) -> None:
    nadie = uuid.uuid4()
    cuerpo = {"monto": _dinero("10.00"), "saldo_reembolsable": _dinero("100.00")}
    assert pedir(f"{RECARGAS}/{nadie}").status_code == 404
    assert pedir(f"{RECARGAS}/{nadie}/reembolsos").status_code == 404
    assert pedir(f"{RECARGAS}/{nadie}/reembolsos", cuerpo).status_code == 404
