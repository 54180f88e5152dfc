"""A small ledger to test on: accounts opened by hand, one call per batch, what changed."""

import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine

from nucleo.arreglos import Int2s, Int4s, Int8s, Logicos, Uuids
from pagos.libro.transferir import TRANSFERIR
from pagos.libro.verificar import verificar_libro
from tests.pagos.firma import api as api
from tests.pagos.firma import firma as firma

TIPOS = {"simple": 1, "pendiente": 2, "confirma": 3, "anula": 4}


class Libro:
    """Drives `pagos_transferir` on one raw connection of the application, one transaction per call.

    `duenio` does what the application may not: accounts of any shape, limits, forced states.
    """

    def __init__(self, url: str, url_duenio: str, url_admin: str) -> None:
        self.url = url
        self.url_duenio = url_duenio
        self.url_admin = url_admin
        self.conexion = psycopg.connect(url, autocommit=True)
        self.duenio = psycopg.connect(url_duenio, autocommit=True)
        self.corrompido = False

    def cuenta(self, saldo: int = 0, **columnas: Any) -> int:
        """An account holding `saldo` centavos, without limits unless told; the holder's, if there is one."""
        datos = {"titular_id": uuid.uuid4(), "titular_tipo": "persona", "tipo": "billetera"} | columnas
        nombres = ", ".join(datos)
        marcas = ", ".join(["%s"] * len(datos))
        fila = self.duenio.execute(
            f"INSERT INTO pagos_cuenta ({nombres}) VALUES ({marcas}) "
            "ON CONFLICT (titular_id, tipo, moneda, titular_tipo) DO UPDATE SET nivel = EXCLUDED.nivel "
            "RETURNING id",
            list(datos.values()),
        ).fetchone()
        assert fila is not None
        if saldo:
            assert self.mover(self.mundo(), fila[0], saldo, codigo=103) == "ok"
        return int(fila[0])

    def mundo(self) -> int:
        """The account money comes from; it may owe."""
        fila = self.duenio.execute(
            "INSERT INTO pagos_cuenta (titular_id, titular_tipo, tipo, debitos_no_exceden_creditos) "
            "VALUES (%s, 'sistema', 'ajuste', false) ON CONFLICT DO NOTHING RETURNING id",
            [uuid.UUID(int=0)],
        ).fetchone()
        fila = fila or self.conexion.execute("SELECT id FROM pagos_cuenta WHERE tipo = 'ajuste'").fetchone()
        assert fila is not None
        return int(fila[0])

    def lote(
        self, *pedidos: dict[str, Any], conexion: psycopg.Connection[Any] | None = None, desfase: str = ""
    ) -> list[str]:
        return self.respuesta(*pedidos, conexion=conexion, desfase=desfase)[0]

    def respuesta(
        self, *pedidos: dict[str, Any], conexion: psycopg.Connection[Any] | None = None, desfase: str = ""
    ) -> Any:
        p = [pedido(**x) for x in pedidos]
        conexion = conexion or self.conexion
        if desfase:
            conexion.execute("SELECT set_config('qhatu.desfase', %s, false)", [desfase])
        try:
            return (
                conexion.cursor(binary=True)
                .execute(
                    TRANSFERIR,
                    (
                        Uuids([x["id"] for x in p]),
                        Int8s([x["debito"] for x in p]),
                        Int8s([x["credito"] for x in p]),
                        Int8s([x["monto"] for x in p]),
                        Int2s([x["codigo"] for x in p]),
                        Int2s([x["tipo"] for x in p]),
                        Logicos([x["enlazada"] for x in p]),
                        Uuids([x["pendiente"] for x in p]),
                        Int4s([x["plazo"] for x in p]),
                        Uuids([x["referencia"] for x in p]),
                        *(Uuids([x[c] for x in p]) for c in ("quien", "unidad", "mandato", "propio")),
                    ),
                )
                .fetchone()
            )
        finally:
            if desfase:
                conexion.execute("SELECT set_config('qhatu.desfase', '', false)")

    def mover(self, debito: int, credito: int, monto: int, **mas: Any) -> str:
        return self.lote({"debito": debito, "credito": credito, "monto": monto, **mas})[0]

    def saldos(self, cuenta: int) -> tuple[int, int, int, int]:
        """debits posted, credits posted, debits pending, credits pending."""
        fila = self.conexion.execute(
            "SELECT debitos_contabilizados, creditos_contabilizados, debitos_pendientes, creditos_pendientes "
            "FROM pagos_cuenta WHERE id = %s",
            [cuenta],
        ).fetchone()
        assert fila is not None
        return fila  # type: ignore[return-value]

    def saldo(self, cuenta: int) -> int:
        d, c, _, _ = self.saldos(cuenta)
        return c - d

    def uno(self, consulta: str, *valores: Any) -> Any:
        fila = self.conexion.execute(consulta, valores).fetchone()
        return fila[0] if fila else None

    def vaciar(self) -> None:
        """Empty the ledger, as only a superuser can (between cases of the state machine)."""
        with psycopg.connect(self.url_admin, autocommit=True) as admin:
            admin.execute("SET session_replication_role = replica")
            for tabla in (
                *("pagos_transferencia", "pagos_pendiente"),
                *("pagos_compromiso", "pagos_certificado", "pagos_cuenta"),
            ):
                admin.execute(f"DELETE FROM {tabla}")

    def foto(self) -> Any:
        """All of the ledger's state, to show that a refused action changed nothing."""
        return [
            self.conexion.execute(f"SELECT * FROM {t} ORDER BY id").fetchall()
            for t in ("pagos_cuenta", "pagos_transferencia", "pagos_pendiente")
        ]


def pedido(**datos: Any) -> dict[str, Any]:
    base = {
        "id": uuid.uuid4(),
        "debito": 0,
        "credito": 0,
        "monto": 0,
        "codigo": 1,
        "tipo": "simple",
        "enlazada": False,
        "pendiente": None,
        "plazo": None,
        "referencia": None,
        "quien": None,
        "unidad": None,
        "mandato": None,
        "propio": None,
    }
    junto = base | datos
    junto["tipo"] = TIPOS.get(junto["tipo"], junto["tipo"])
    return junto


@pytest.fixture
def libro(bd: Engine, servidores: dict[str, Any]) -> Iterator[Libro]:
    """The ledger under test; afterwards its invariants must hold, whatever the test did."""
    url_admin = servidores["url_admin"].format(base=servidores["base"])
    nuevo = Libro(servidores["url"], servidores["url_dueno"].format(base=servidores["base"]), url_admin)
    yield nuevo
    fallas = verificar_libro(nuevo.conexion) if not nuevo.corrompido else []
    nuevo.conexion.close()
    nuevo.duenio.close()
    assert fallas == []
