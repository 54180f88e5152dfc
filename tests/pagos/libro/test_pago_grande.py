"""Much of a unit's money at once asks for a recent sign-in; a program has its scope instead."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text

from nucleo.ids import nuevo_id


@pytest.fixture
def casa(crear_unidad: Any, crear_persona: Any, con_saldo: Any) -> dict[str, Any]:
    ana = crear_persona("Ana")
    otra = crear_unidad("Lanas del Norte")
    unidad = crear_unidad("Tejidos del Sur", representante=ana)
    return {"ana": ana, "unidad": unidad, "de": con_saldo(unidad, "9000.00"), "a": con_saldo(otra, "1.00")}


def _pagar(cliente: Any, casa: dict[str, Any], token: str, monto: str) -> Any:
    pago = {
        "id": str(nuevo_id()),
        "debito": casa["de"],
        "credito": casa["a"],
        "monto": {"monto": monto, "moneda": "BOB"},
    }
    return cliente.post("/api/v1/transferencias", json=pago, headers={"Authorization": f"Bearer {token}"})


def _saldo(bd: Engine, cuenta: int) -> int:
    consulta = "SELECT creditos_contabilizados - debitos_contabilizados FROM pagos_cuenta WHERE id = :c"
    with bd.connect() as conexion:
        return int(conexion.execute(text(consulta), {"c": cuenta}).scalar_one())


def test_por_encima_del_limite_de_una_persona_pide_ingresar_otra_vez(
    casa: dict[str, Any], cliente: Any, token_de: Any, bd: Engine, reloj: Any
) -> None:
    viejo = token_de(casa["ana"])
    reloj.adelantar(timedelta(minutes=16))
    negado = _pagar(cliente, casa, viejo, "2000.01")
    assert (negado.status_code, negado.json()["codigo"]) == (401, "sesion_no_reciente")
    assert negado.json()["max_age"] == 900
    assert _saldo(bd, casa["de"]) == 900_000
    assert _pagar(cliente, casa, viejo, "2000.00").status_code == 201
    assert _pagar(cliente, casa, token_de(casa["ana"]), "2000.01").status_code == 201
    assert _saldo(bd, casa["de"]) == 499_999


def test_un_programa_con_su_alcance_no_ingresa(
    casa: dict[str, Any], cliente: Any, token_de_cliente: Any, bd: Engine, reloj: Any
) -> None:
    token = token_de_cliente(casa["unidad"].id, "pagos")
    reloj.adelantar(timedelta(minutes=16))
    assert _pagar(cliente, casa, token, "2000.01").status_code == 201
    assert _saldo(bd, casa["de"]) == 699_999
