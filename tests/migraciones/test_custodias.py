"""Orders of before they had accounts of their own, as 4dcd417b left them: what waits is moved, all agrees."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from nucleo import bd
from nucleo.verificar import partes, verificar
from plataforma.habitaciones import modulos
from plataforma.migraciones import migrar
from tests.ayudas.servidores import base_vacia

ANTES = "0066_eventos_de_envios"
DATOS = Path(__file__).parent / "datos" / "pedidos.sql.gz"
POR_PEDIDO = (
    "SELECT p.estado, p.modalidad, p.total, k.estado, k.devuelto, k.al_vendedor, k.comision_cobrada,"
    " k.mudada_en IS NOT NULL FROM comercio_pedido p JOIN comercio_custodia k ON k.pedido_id = p.id"
    " ORDER BY p.numero"
)
SALDOS = (
    "SELECT tipo, sum(creditos_contabilizados - debitos_contabilizados)::bigint,"
    " sum(debitos_pendientes)::bigint FROM pagos_cuenta GROUP BY 1 ORDER BY 1"
)


@pytest.fixture
def url(servidores: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The orders of then brought to today, and the application on them."""
    with base_vacia(servidores, "custodias") as nombre:
        duenio = servidores["url_dueno"].format(base=nombre)
        migrar(duenio, ANTES)
        with psycopg.connect(servidores["url_admin"].format(base=nombre)) as conexion:
            conexion.execute("SET session_replication_role = replica")
            conexion.execute(gzip.decompress(DATOS.read_bytes()))
        migrar(duenio)
        motor = bd.crear_motor(duenio, pool_size=2)
        monkeypatch.setattr(bd, "_motor", lambda: motor)
        yield duenio
        motor.dispose()


def test_lo_que_esperaba_pasa_a_la_cuenta_de_su_pedido_y_todo_cuadra(url: str) -> None:
    from comercio.pedidos.tareas import mudar_custodias

    def leer(sql: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(url) as conexion:
            return conexion.execute(sql).fetchall()

    espera = ("por_mudar", 0, 0, 0, False)
    terminaron = [
        ("concluido", "envio", 30000, "liberada", 0, 29100, 900, False),
        ("cancelado", "envio", 10000, "devuelta", 10000, 0, 0, False),
    ]

    def como(lo_que_espera: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        vivos = [
            ("pagado", "envio", 10000),
            ("en_preparacion", "envio", 20000),
            ("despachado", "envio", 10000),
            ("en_preparacion", "servicio", 5000),
        ]
        vivos = [v + lo_que_espera for v in vivos]
        return [*vivos[:3], *terminaron, vivos[3]]

    assert leer(POR_PEDIDO) == como(espera)
    ganado = [("comercio", 29100, 0), ("comision", 900, 0)]
    assert leer(SALDOS) == [("ajuste", -100000, 0), ("billetera", 70000, 45000), *ganado]
    assert (mudar_custodias(), mudar_custodias()) == (4, 0)
    assert leer(POR_PEDIDO) == como(("retenida", 0, 0, 0, True))
    assert leer(SALDOS) == [
        *(("ajuste", -100000, 0), ("billetera", 25000, 0)),
        *ganado,
        ("custodia", 45000, 0),
    ]
    modulos("verificar")
    assert {p: f for p in partes() if (f := verificar(p))} == {}
