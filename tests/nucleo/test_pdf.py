"""Documents on paper: the same facts give the same bytes."""

from datetime import UTC, datetime

import pytest

from nucleo.pdf import latino, media_hoja


def test_la_misma_hoja_son_los_mismos_bytes_con_su_fecha() -> None:
    cuando = datetime(2020, 2, 3, 14, 5, tzinfo=UTC)
    una, otra = (bytes(media_hoja("Constancia de admisión", 14, cuando).output()) for _vez in range(2))
    assert una == otra
    assert b"/CreationDate (D:20200203140500Z" in una


@pytest.mark.parametrize(
    ("escrito", "impreso"),
    [
        ("50 μg y 50 µg", "50 µg y 50 µg"),
        ("≥ 1200 ppp, ≤ 3 %", ">= 1200 ppp, <= 3 %"),
        ("10 Ω ± 5 %", "10 ohm ± 5 %"),
        ("−5 °C a 40 °C", "-5 °C a 40 °C"),
        ("Ñandú, k’isa, mich’i", "Ñandú, k'isa, mich'i"),
    ],
)
def test_lo_que_mide_no_cambia(escrito: str, impreso: str) -> None:
    assert latino(escrito) == impreso
