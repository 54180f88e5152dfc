"""Terms of the market: dated, in business days."""

from datetime import UTC, datetime

from sqlmodel import Session

from comercio.tarifas import plazo_de_despacho


def test_despacho_en_cinco_dias_habiles(sesion: Session) -> None:
    # Friday 20 November 2026, 10:00 in La Paz: the fifth business day is Friday the 27th.
    limite = plazo_de_despacho(sesion, datetime(2026, 11, 20, 14, tzinfo=UTC), "020101").vence_en
    assert limite.astimezone(UTC) == datetime(2026, 11, 28, 3, 59, 59, 999999, tzinfo=UTC)
