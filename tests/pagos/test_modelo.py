"""The ledger against a small model made of dicts: same codes, same balances, whatever the sequence.

`QHATU_PRUEBAS_PASOS=100000` runs that many steps instead of a few hundred.
"""

import os
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from pagos.verificar import verificar_libro
from tests.pagos.conftest import Libro, pedido

PASOS = int(os.environ.get("QHATU_PRUEBAS_PASOS", "0"))
POR_CASO = 50  # steps of one case
SIMPLE, PENDIENTE, CONFIRMA, ANULA = 1, 2, 3, 4
LIMITE_DIA = 900


@dataclass
class CuentaModelo:
    d: int = 0
    c: int = 0
    dp: int = 0
    cp: int = 0
    tope: bool = True
    congelada: bool = False
    limitada: bool = False
    salida: int = 0
    entrada: int = 0

    def copia(self) -> "CuentaModelo":
        return CuentaModelo(**vars(self))


@dataclass
class Modelo:
    """What the ledger should do, written for clarity: copy all before a chain, put it back if it fails."""

    cuentas: dict[int, CuentaModelo] = field(default_factory=dict)
    hechas: dict[uuid.UUID, dict[str, Any]] = field(default_factory=dict)
    resueltas: dict[uuid.UUID, int] = field(default_factory=dict)

    def lote(self, pedidos: list[dict[str, Any]]) -> list[str]:
        codigos: list[str] = []
        while len(codigos) < len(pedidos):
            inicio = len(codigos)
            fin = inicio
            while fin < len(pedidos) and pedidos[fin]["enlazada"]:
                fin += 1
            abierta = fin == len(pedidos)
            codigos += self.cadena(pedidos[inicio : fin + 1], abierta)
        return codigos

    def cadena(self, pasos: list[dict[str, Any]], abierta: bool) -> list[str]:
        guardado = (
            {i: c.copia() for i, c in self.cuentas.items()},
            dict(self.hechas),
            dict(self.resueltas),
        )
        codigos: list[str] = []
        for i, paso in enumerate(pasos):
            codigo = "cadena_abierta" if abierta and i == len(pasos) - 1 else self.una(paso)
            viejas = codigos.count("existe")
            seguir = (codigo == "ok" and viejas == 0) or (codigo == "existe" and viejas == i)
            if len(pasos) == 1 and not abierta:
                return [codigo]
            if not seguir:
                self.cuentas, self.hechas, self.resueltas = guardado
                codigo = "cadena_fallida" if codigo == "ok" else codigo
                antes = ["cadena_fallida" if c == "ok" else c for c in codigos]
                return antes + [codigo] + ["cadena_fallida"] * (len(pasos) - i - 1)
            codigos.append(codigo)
        return codigos

    def una(self, p: dict[str, Any]) -> str:
        reserva = self.hechas.get(p["pendiente"]) if p["pendiente"] else None
        if reserva is not None and reserva["tipo"] != PENDIENTE:
            reserva = None
        monto = p["monto"]
        if p["tipo"] in (CONFIRMA, ANULA) and monto == 0 and reserva is not None:
            monto = reserva["monto"]
        if p["id"] in self.hechas:
            return self.repetida(self.hechas[p["id"]], p, monto, reserva)
        if p["tipo"] <= PENDIENTE and p["pendiente"] is not None:
            return "pendiente_no_corresponde"
        if p["tipo"] > PENDIENTE and p["pendiente"] is None:
            return "pendiente_requerida"
        if p["tipo"] <= PENDIENTE and monto < 1:
            return "monto_invalido"
        if p["tipo"] > PENDIENTE:
            return self.resolver(p, monto, reserva)
        if p["debito"] == p["credito"]:
            return "cuentas_iguales"
        if p["debito"] not in self.cuentas:
            return "cuenta_debito_inexistente"
        if p["credito"] not in self.cuentas:
            return "cuenta_credito_inexistente"
        d, c = self.cuentas[p["debito"]], self.cuentas[p["credito"]]
        if d.congelada:
            return "cuenta_debito_congelada"
        if d.tope and d.d + d.dp + monto > d.c:
            return "fondos_insuficientes"
        if p["codigo"] < 100:
            if d.limitada and d.salida + monto > LIMITE_DIA:
                return "limite_diario_salida"
            if c.limitada and c.entrada + monto > LIMITE_DIA:
                return "limite_diario_entrada"
            d.salida += monto
            c.entrada += monto
        if p["tipo"] == SIMPLE:
            d.d += monto
            c.c += monto
        else:
            d.dp += monto
            c.cp += monto
        self.hechas[p["id"]] = p | {"monto": monto}
        return "ok"

    def repetida(self, x: dict[str, Any], p: dict[str, Any], monto: int, reserva: Any) -> str:
        if x["tipo"] != p["tipo"]:
            return "existe_con_otro_tipo"
        if x["pendiente"] != p["pendiente"]:
            return "existe_con_otra_pendiente"
        if x["debito"] != p["debito"] and not (p["tipo"] > PENDIENTE and p["debito"] == 0):
            return "existe_con_otra_cuenta_debito"
        if x["credito"] != p["credito"] and not (p["tipo"] > PENDIENTE and p["credito"] == 0):
            return "existe_con_otra_cuenta_credito"
        if x["monto"] != monto:
            return "existe_con_otro_monto"
        return "existe" if x["codigo"] == p["codigo"] else "existe_con_otro_codigo"

    def resolver(self, p: dict[str, Any], monto: int, r: dict[str, Any] | None) -> str:
        if r is None:
            return "no_es_pendiente" if p["pendiente"] in self.hechas else "pendiente_inexistente"
        if p["debito"] not in (0, r["debito"]):
            return "pendiente_con_otra_cuenta_debito"
        if p["credito"] not in (0, r["credito"]):
            return "pendiente_con_otra_cuenta_credito"
        if monto > r["monto"]:
            return "excede_pendiente"
        if p["tipo"] == ANULA and monto != r["monto"]:
            return "anulacion_parcial"
        if p["pendiente"] in self.resueltas:
            confirmada = self.resueltas[p["pendiente"]] == CONFIRMA
            return "pendiente_ya_confirmada" if confirmada else "pendiente_ya_anulada"
        d, c = self.cuentas[r["debito"]], self.cuentas[r["credito"]]
        d.dp -= r["monto"]
        c.cp -= r["monto"]
        libera = r["monto"]
        if p["tipo"] == CONFIRMA:
            d.d += monto
            c.c += monto
            libera -= monto
        if r["codigo"] < 100:
            d.salida -= libera
            c.entrada -= libera
        self.resueltas[p["pendiente"]] = p["tipo"]
        self.hechas[p["id"]] = p | {"monto": monto, "debito": r["debito"], "credito": r["credito"]}
        return "ok"


cuenta = st.sampled_from([0, 1, 1, 2, 2, 3, 3, 4, 4, 1, 2, 5])
nueva = st.fixed_dictionaries(
    {
        "clase": st.just("nueva"),
        "tipo": st.sampled_from([SIMPLE, PENDIENTE]),
        "debito": cuenta,
        "credito": cuenta,
        "monto": st.one_of(st.integers(0, 60), st.integers(1, 1_000)),
        "codigo": st.sampled_from([1, 1, 1, 100]),
    }
)
resuelve = st.fixed_dictionaries(
    {
        "clase": st.just("resuelve"),
        "tipo": st.sampled_from([CONFIRMA, CONFIRMA, ANULA]),
        "cual": st.integers(0, 30),
        "hereda": st.sampled_from([True, True, False]),
        "monto": st.sampled_from([0, 0, 1, 7, 100]),
        "codigo": st.just(1),
    }
)
repite = st.fixed_dictionaries(
    {
        "clase": st.just("repite"),
        "cual": st.integers(0, 30),
        "cambio": st.sampled_from([{}, {}, {"monto": 3}, {"codigo": 2}, {"tipo": SIMPLE}, {"tipo": ANULA}]),
    }
)
transferencia = st.tuples(
    st.one_of(nueva, nueva, resuelve, repite), st.sampled_from([False, False, False, True])
)


class Maquina(RuleBasedStateMachine):
    """Five accounts (an open source, two plain, a frozen one in turns, a limited one) and one missing."""

    libro: Libro

    def __init__(self) -> None:
        super().__init__()
        conexion = self.libro.conexion
        # From noon of one day: no run crosses midnight, when the counters of the limits start again.
        desfase = datetime(2031, 3, 10, 16, tzinfo=UTC) - datetime.now(UTC)
        conexion.execute("SELECT set_config('qhatu.desfase', %s, false)", [f"{desfase.total_seconds()} s"])
        self.modelo = Modelo()
        self.pedidos: list[dict[str, Any]] = []
        mundo = self.libro.cuenta(
            titular_tipo="sistema",
            titular_id=uuid.UUID(int=0),
            tipo="ajuste",
            debitos_no_exceden_creditos=False,
        )
        self.ids = [mundo, *[self.libro.cuenta() for _ in range(3)], self.libro.cuenta(nivel=1), 10**12]
        for id in self.ids[:-1]:
            self.modelo.cuentas[id] = CuentaModelo(tope=id != mundo, limitada=id == self.ids[4])
        for a in (1, 2, 3, 4):
            self.abonar(2_000, a)

    def teardown(self) -> None:
        fallas = verificar_libro(self.libro.conexion)
        self.libro.vaciar()
        assert fallas == []

    @rule(pedidos=st.lists(transferencia, min_size=1, max_size=12))
    def lote(self, pedidos: list[tuple[dict[str, Any], bool]]) -> None:
        reales = [self.concretar(p, enlazada) for p, enlazada in pedidos]
        esperado = self.modelo.lote(reales)
        assert self.libro.lote(*reales) == esperado

    def concretar(self, p: dict[str, Any], enlazada: bool) -> dict[str, Any]:
        """A request from its sketch: known ids to repeat and pending ones to resolve, newest first."""
        if p["clase"] == "repite":
            if not self.pedidos:
                return self.anotar(
                    pedido(debito=self.ids[1], credito=self.ids[2], monto=1, enlazada=enlazada)
                )
            viejo = self.pedidos[-1 - p["cual"] % len(self.pedidos)]
            return viejo | p["cambio"] | {"enlazada": enlazada}
        if p["clase"] == "nueva":
            return self.anotar(
                pedido(
                    tipo=p["tipo"],
                    debito=self.ids[p["debito"]],
                    credito=self.ids[p["credito"]],
                    monto=p["monto"],
                    codigo=p["codigo"],
                    enlazada=enlazada,
                )
            )
        reservas = [x for x in self.pedidos if x["tipo"] == PENDIENTE]
        vivas = [x for x in reservas if x["id"] in self.modelo.hechas] if p["cual"] % 4 else reservas
        conocidas = vivas or reservas or self.pedidos or [pedido()]
        reserva = conocidas[-1 - p["cual"] % len(conocidas)]
        return self.anotar(
            pedido(
                tipo=p["tipo"],
                debito=0 if p["hereda"] else reserva["debito"],
                credito=0 if p["hereda"] else self.ids[p["cual"] % 3],
                monto=p["monto"],
                pendiente=reserva["id"],
                enlazada=enlazada,
            )
        )

    def anotar(self, nuevo: dict[str, Any]) -> dict[str, Any]:
        self.pedidos.append(nuevo)
        return nuevo

    @rule(monto=st.integers(1, 500), a=st.integers(1, 4))
    def mas_dinero(self, monto: int, a: int) -> None:
        """Keep money around, or nearly every transfer would be refused."""
        self.abonar(monto, a)

    def abonar(self, monto: int, a: int) -> None:
        id = uuid.uuid4()
        p = pedido(id=id, debito=self.ids[0], credito=self.ids[a], monto=monto, codigo=103)
        assert self.libro.lote(p) == self.modelo.lote([p]) == ["ok"]

    @rule(si=st.booleans())
    def congelar(self, si: bool) -> None:
        self.modelo.cuentas[self.ids[3]].congelada = si
        self.libro.conexion.execute("UPDATE pagos_cuenta SET congelada = %s WHERE id = %s", [si, self.ids[3]])

    @invariant()
    def los_totales_coinciden(self) -> None:
        for id, c in self.modelo.cuentas.items():
            assert self.libro.saldos(id) == (c.d, c.c, c.dp, c.cp)
            if c.limitada:
                fila = self.libro.conexion.execute(
                    "SELECT salida_dia, entrada_dia FROM pagos_cuenta WHERE id = %s", [id]
                ).fetchone()
                assert fila == (c.salida, c.entrada)
            else:
                assert not c.tope or c.c - c.d - c.dp >= 0


@pytest.mark.lento
def test_el_libro_hace_lo_que_el_modelo(libro: Libro) -> None:
    libro.conexion.execute(
        "INSERT INTO pagos_limite (id, nivel, direccion, por_dia, vigente_desde, norma) "
        "SELECT gen_random_uuid(), 1, d, %s, '2021-01-01', 'prueba' "
        "FROM unnest(ARRAY['salida', 'entrada']) AS d",
        [LIMITE_DIA],
    )

    class Atada(Maquina):
        pass

    Atada.libro = libro
    run_state_machine_as_test(
        Atada,
        settings=settings(
            max_examples=max(PASOS // POR_CASO, 12),
            stateful_step_count=POR_CASO,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
