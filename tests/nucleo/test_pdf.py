"""Documents on paper: the same facts give the same bytes."""

from datetime import UTC, datetime

from nucleo.pdf import media_hoja


def test_la_misma_hoja_son_los_mismos_bytes_con_su_fecha() -> None:
    cuando = datetime(2020, 2, 3, 14, 5, tzinfo=UTC)
    una, otra = (bytes(media_hoja("Constancia de admisión", 14, cuando).output()) for _vez in range(2))
    assert una == otra
    assert b"/CreationDate (D:20200203140500Z" in una
