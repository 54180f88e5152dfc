"""What the database itself refuses, whoever writes."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from nucleo.bd import nueva_sesion, transaccion
from nucleo.dinero import bs
from pagos.tarjetas.verificar import verificar_pasarela
from tests.pagos.tarjetas.conftest import Escena


@pytest.fixture(autouse=True)
def _a_mano(escena: Escena) -> None:
    escena.descuadrada = True


def _reembolso(sesion: Any, intento_id: uuid.UUID, monto: int) -> uuid.UUID:
    id = uuid.uuid4()
    sesion.connection().execute(
        text(
            "INSERT INTO pagos_reembolso (id, intento_id, monto, nota, persona_id, estado, envios, "
            "consultas, consultar_en) VALUES (:id, :i, :m, '', :id, 'creado', 0, 0, nucleo_ahora())"
        ),
        {"id": id, "i": intento_id, "m": monto},
    )
    return id


def test_la_base_no_deja_reembolsar_mas_de_lo_pagado(escena: Escena) -> None:
    intento = escena.pagar("100.00")
    with transaccion() as sesion:
        _reembolso(sesion, intento.id, 6_000)
    with pytest.raises(DBAPIError, match="no supera lo pagado"), transaccion() as sesion:
        _reembolso(sesion, intento.id, 4_001)
    with transaccion() as sesion:
        _reembolso(sesion, intento.id, 4_000)


@pytest.mark.parametrize(
    ("cambio", "motivo"),
    [
        ("monto = 1", "permission denied"),
        ("destino = destino + 1", "permission denied"),
        ("persona_id = gen_random_uuid()", "permission denied"),
        ("pasarela_id = 'pi_otro'", "un solo pago"),
        ("transferencia_id = NULL", "no cambia"),
        ("recibido = 1", "no cambia"),
        ("terminado_en = NULL", "no cambia"),
    ],
)
def test_un_pago_hecho_no_se_toca(escena: Escena, cambio: str, motivo: str) -> None:
    intento = escena.pagar("100.00")
    with pytest.raises(DBAPIError, match=motivo), transaccion() as sesion:
        sesion.connection().execute(text(f"UPDATE pagos_intento SET {cambio}"))
    assert escena.intento(intento.id) == intento


@pytest.mark.parametrize("tabla", ["pagos_intento", "pagos_intento_paso", "pagos_reembolso"])
def test_nada_se_borra(escena: Escena, duenio: Engine, tabla: str) -> None:
    intento = escena.pagar("100.00")
    with transaccion() as sesion:
        _reembolso(sesion, intento.id, 1)
    with pytest.raises(DBAPIError, match="no admite DELETE"), duenio.begin() as conexion:
        conexion.execute(text(f"DELETE FROM {tabla}"))


def test_nada_sin_terminar_puede_olvidarse(escena: Escena) -> None:
    escena.crear("100.00")
    with pytest.raises(IntegrityError, match="ck_pagos_intento_consultar"), transaccion() as sesion:
        sesion.connection().execute(text("UPDATE pagos_intento SET consultar_en = NULL"))


# --- qhatu verify -------------------------------------------------------------------------------------------


def _verificar(*ordenes: str) -> list[str]:
    """What the check says after these statements, made with the triggers off and undone at the end."""
    with nueva_sesion() as sesion:
        for orden in ordenes:
            sesion.connection().execute(text(orden))
        faltas = verificar_pasarela(sesion)
        sesion.rollback()
    return [re.sub(r" \(1\): [0-9a-f-]{36}$", "", f) for f in faltas]


SIN_ABONO = "el pago con tarjeta no tiene su abono"
MAL_RESERVADO = "el abono reservado no corresponde a su estado"


@pytest.mark.parametrize(
    ("orden", "falta"),
    [
        (f"UPDATE pagos_intento SET transferencia_id = '{uuid.UUID(int=9)}'", SIN_ABONO),
        ("UPDATE pagos_intento SET consultar_en = nucleo_ahora() - interval '25 hours'", "nadie consulta"),
        (
            "UPDATE pagos_reembolso SET estado = 'ambiguo', terminado_en = NULL, consultar_en = now()",
            "la reserva del reembolso",
        ),
    ],
)
def test_la_verificacion_dice_que_falta(escena: Escena, duenio: Engine, orden: str, falta: str) -> None:
    from pagos.tarjetas.reembolsar import avanzar_reembolso, pedir_reembolso

    intento = escena.pagar("100.00")
    with transaccion() as sesion:
        reembolso = pedir_reembolso(
            sesion,
            escena.actor,
            id=uuid.uuid4(),
            intento_id=intento.id,
            monto=bs("40"),
            saldo_visto=bs("100"),
        )
    avanzar_reembolso(reembolso.id)
    assert _verificar() == []
    with _sin_guardias(duenio):
        (dicha,) = _verificar(orden)
    assert dicha.startswith(falta)


def test_la_verificacion_ve_una_reserva_que_quedo_abierta(escena: Escena, duenio: Engine) -> None:
    escena.crear("100.00")
    with _sin_guardias(duenio):
        assert _verificar("UPDATE pagos_intento SET estado = 'cancelado', terminado_en = nucleo_ahora()") == [
            MAL_RESERVADO
        ]


@contextmanager
def _sin_guardias(duenio: Engine) -> Iterator[None]:
    """The refusals of the tables, off: somebody with all the power wrote behind our back."""
    tablas = ("pagos_intento", "pagos_reembolso")

    def poner(accion: str) -> None:
        with duenio.begin() as conexion:
            for tabla in tablas:
                conexion.execute(text(f"ALTER TABLE {tabla} {accion} TRIGGER USER"))

    poner("DISABLE")
    try:
        yield
    finally:
        poner("ENABLE")
