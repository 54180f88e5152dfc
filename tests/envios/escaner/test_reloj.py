"""The telephone's clock against the server's: a table of cases."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from envios.escaner.reloj import corregir_hora

BOLIVIA = timezone(timedelta(hours=-4))
RECIBIDO = datetime(2026, 11, 28, 20, 0, tzinfo=UTC)  # 16:00 in La Paz
H, M, S = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
NADA = timedelta(0)


@pytest.mark.parametrize(
    ("reloj", "medido", "al_enviar", "ocurrio", "corregida"),
    [
        # the clock is right, or nearly: what it says counts, to the second
        ("15:00:07", NADA, NADA, "15:00:07", False),
        ("15:00:07", 90 * S, 90 * S, "15:00:07", False),
        ("15:00:07", -119 * S, None, "15:00:07", False),
        # an hour behind, an hour ahead: put right by what was measured before the reading
        ("14:00:00", H, H, "15:00:00", True),
        ("16:30:00", -H, -H, "15:30:00", True),
        # never measured before: by what was measured when it was sent
        ("14:00:00", None, H, "15:00:00", True),
        ("15:00:00", None, NADA, "15:00:00", False),
        # put right between the reading and the sending: the reading's own measure holds
        ("14:00:00", H, NADA, "15:00:00", True),
        # put forward after it was measured: the reading would be in the future, so the later measure holds
        ("18:00:00", NADA, -3 * H, "15:00:00", True),
        # nothing makes sense of it: it was before it was received
        ("18:00:00", NADA, NADA, "16:00:00", True),
        ("18:00:00", 5 * H, 4 * H, "16:00:00", True),
    ],
)
def test_la_hora_que_cuenta(
    reloj: str, medido: timedelta | None, al_enviar: timedelta | None, ocurrio: str, corregida: bool
) -> None:
    hora = corregir_hora(_a_las(reloj), medido, al_enviar or NADA, RECIBIDO)
    assert (hora.ocurrido_en, hora.corregida) == (_a_las(ocurrio), corregida)
    assert hora.ocurrido_en.utcoffset() == timedelta(hours=-4)


def test_un_telefono_sin_pila_que_despierta_en_1970() -> None:
    reloj_en = datetime(1970, 1, 1, 8, 0, tzinfo=BOLIVIA)
    al_enviar = RECIBIDO - (reloj_en + 10 * M)
    hora = corregir_hora(reloj_en, None, al_enviar, RECIBIDO)
    assert (hora.ocurrido_en, hora.corregida) == (_a_las("15:50:00"), True)


def test_un_desfase_imposible_no_cae() -> None:
    enorme = timedelta(days=150 * 365 * 60)
    hora = corregir_hora(_a_las("15:00:00"), enorme, enorme, RECIBIDO)
    assert hora.ocurrido_en == RECIBIDO


def _a_las(hora: str) -> datetime:
    return datetime.combine(date(2026, 11, 28), time.fromisoformat(hora), BOLIVIA)
