"""One payment by card, from what was asked to each of its ends."""

from typing import Any

import pytest

from tests.pagos.pasarela.conftest import Escena


def test_una_tarjeta_buena_paga_y_abona_una_sola_vez(escena: Escena) -> None:
    intento = escena.pagar("100.00")

    assert intento.estado == "pagado"
    assert escena.saldo() == 10_000
    assert escena.pasos(intento.id) == ["creado", "pagado"]
    assert [c["amount"] for c in escena.cobros()] == [10_000]
    escena.barrer()
    assert escena.saldo() == 10_000
