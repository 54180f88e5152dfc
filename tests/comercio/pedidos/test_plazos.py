"""Terms of the market: dated, in business days of the seller's place, and shown as they were counted."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import Session

from comercio.compra.plazos import plazo_de_despacho
from nucleo.reloj import ZONA
from tests.comercio.conftest import Mercado


def test_despacho_en_cinco_dias_habiles(sesion: Session) -> None:
    # Friday 20 November 2026, 10:00 in La Paz: the fifth business day is Friday the 27th.
    limite = plazo_de_despacho(sesion, datetime(2026, 11, 20, 14, tzinfo=UTC), "020101").vence_en
    assert limite == datetime(2026, 11, 28, 3, 59, 59, 999999, tzinfo=UTC)


def test_el_feriado_del_vendedor_corre_su_plazo(sesion: Session) -> None:
    """24 September is a holiday in Santa Cruz alone."""
    pagado = datetime(2026, 9, 21, 14, tzinfo=UTC)
    dias = {
        lugar: plazo_de_despacho(sesion, pagado, lugar).ultimo_dia.isoformat()  # type: ignore[union-attr]
        for lugar in ("020101", "070101")
    }
    assert dias == {"020101": "2026-09-28", "070101": "2026-09-29"}


@pytest.fixture
def principios_de_noviembre(reloj: Any) -> None:
    """Before the day of the test, so that what the fixtures make has begun by then, whatever today is."""
    reloj.situar(datetime(2026, 11, 2, 10, tzinfo=ZONA))


@pytest.mark.usefixtures("principios_de_noviembre")
def test_las_dos_paginas_muestran_la_cuenta_mientras_corre(
    mercado: Mercado, sesion_web: Callable[..., Any], reloj: Any
) -> None:
    reloj.situar(datetime(2026, 12, 21, 10, tzinfo=ZONA))
    pedido = mercado.pedido((mercado.publicar(), 1))
    assert pedido.despachar_hasta.astimezone(ZONA).date().isoformat() == "2026-12-29"
    for persona, ruta in (
        (mercado.comprador, f"/pedidos/{pedido.id}"),
        (mercado.vendedor, f"/vender/pedidos/{pedido.id}"),
    ):
        html = sesion_web(persona).get(ruta).text
        assert "Cómo se cuenta este plazo" in html
        assert "Navidad: DS 2750" in html
        assert html.count("Cuenta: día") == 5
