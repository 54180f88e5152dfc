"""Matters and their money, whatever the sequence: never out more than in, none left with money and no owner.

`QHATU_PRUEBAS_PASOS=100000` runs that many steps instead of a few hundred.
"""

import os
import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import Engine
from sqlmodel import Session

from pagos.libro import asuntos
from pagos.libro.asuntos import cerrar_cuenta_de_asunto, cuenta_de_asunto, verificar_asuntos
from pagos.libro.errores import CuentaNoOpera
from pagos.libro.verificar import verificar_libro
from tests.pagos.conftest import Libro, pedido

PASOS = int(os.environ.get("QHATU_PRUEBAS_PASOS", "0"))
POR_CASO = 60
PASO_S = 1_800
QUE_CUENTAN, DE_CUSTODIA, SALIDAS = {3, 6, 9}, {110, 111, 112, 113, 114}, {100, 101}
ESPERADOS = {
    "ok",
    "cadena_fallida",
    "motivo_no_corresponde",
    "fondos_insuficientes",
    "terminado",
    "sin_duenio",
}  # what a long run must meet; a short one may miss the rare ones
MOTIVOS = [3, 9, 110, 111, 112, 113, 114, 100, 101, 1, 4, 8]


@dataclass
class Asunto:
    """What the room knows, and what the ledger should."""

    id: uuid.UUID
    cuenta: int
    entro: int = 0
    salio: int = 0
    espera_entrar: int = 0
    espera_salir: int = 0
    terminado: bool = False

    @property
    def quieto(self) -> bool:
        return self.entro == self.salio and not self.espera_entrar and not self.espera_salir


@dataclass
class Reserva:
    id: uuid.UUID
    de: int
    a: int
    monto: int
    codigo: int
    vence: int


cuenta = st.integers(0, 11)
monto = st.one_of(st.integers(1, 40), st.integers(1, 400))
paso = st.fixed_dictionaries(
    {
        "de": cuenta,
        "a": cuenta,
        "monto": monto,
        "codigo": st.sampled_from(MOTIVOS),
        "bien": st.sampled_from([True, True, True, False]),  # with a reason that may move it
        "pendiente": st.sampled_from([False, False, True]),
    }
)


class Maquina(RuleBasedStateMachine):
    """A wallet, a unit, the world outside, and a room that opens, moves, ends and forgets matters."""

    libro: Libro
    bd: Engine
    vistos: Counter[str]
    pasos: int

    def __init__(self) -> None:
        super().__init__()
        self.ahora = 0
        self.desfase = datetime(2031, 3, 10, 16, tzinfo=UTC) - datetime.now(UTC)
        self.poner_en_hora()
        self.asuntos: list[Asunto] = []
        self.reservas: list[Reserva] = []
        self.olvidados: set[uuid.UUID] = set()
        self.gente = {
            self.libro.mundo(): "sistema",
            self.libro.cuenta(): "persona",
            self.libro.cuenta(titular_tipo="unidad", tipo="comercio"): "unidad",
        }
        self.saldos = dict.fromkeys(self.gente, 0)
        self.disponible: dict[int, int] = {}
        asuntos._clases.clear()
        asuntos.clase_de_asunto("trueque", "Trueque en custodia")(self.vivos)
        for c in list(self.gente)[1:]:
            assert self.libro.mover(next(iter(self.gente)), c, 5_000, codigo=103) == "ok"
            self.saldos[c] += 5_000

    def poner_en_hora(self) -> None:
        segundos = self.desfase.total_seconds() + self.ahora * PASO_S
        self.libro.conexion.execute("SELECT set_config('qhatu.desfase', %s, false)", [f"{segundos} s"])

    def vivos(self, _sesion: Session, ids: Collection[uuid.UUID]) -> Collection[uuid.UUID]:
        return {a.id for a in self.asuntos if not a.terminado and a.id not in self.olvidados} & set(ids)

    def teardown(self) -> None:
        fallas = verificar_libro(self.libro.conexion)
        self.libro.vaciar()
        assert fallas == []

    # --- The room ---------------------------------------------------------------------------------------

    @rule(guarda=st.sampled_from([True, True, False]))
    def abrir(self, guarda: bool) -> None:
        """A purchase; one in three rolls back, and its account with it."""
        if len(self.asuntos) == 8:
            return
        id = uuid.uuid4()
        with Session(self.bd) as sesion:
            cuenta = cuenta_de_asunto(sesion, "trueque", id)
            assert cuenta_de_asunto(sesion, "trueque", id) == cuenta
            if guarda:
                sesion.commit()
        self.vistos["abierto" if guarda else "deshecho"] += 1
        if guarda:
            self.asuntos.append(Asunto(id, cuenta))
            self.saldos[cuenta] = 0

    @rule(cual=st.integers(0, 7))
    def terminar(self, cual: int) -> None:
        """The matter ends with its account closed, or not at all."""
        if not self.asuntos:
            return
        a = self.asuntos[cual % len(self.asuntos)]
        with Session(self.bd) as sesion:
            try:
                cerrar_cuenta_de_asunto(sesion, "trueque", a.id)
            except CuentaNoOpera:
                assert not a.quieto
                self.vistos["no_termina"] += 1
                return
            sesion.commit()
        assert a.quieto
        a.terminado = True
        self.vistos["terminado"] += 1

    @rule(cual=st.integers(0, 7))
    def olvidar(self, cual: int) -> None:
        """A fault of the room: the matter is gone and nobody closed its account. `verify` names it."""
        vivos = [a for a in self.asuntos if not a.terminado]
        if not vivos:
            return
        a = vivos[cual % len(vivos)]
        self.olvidados.add(a.id)
        fallas = self.verificar()
        self.olvidados.discard(a.id)
        clase = "sin_cerrar" if a.quieto else "sin_duenio"
        assert [f.split(",")[0] for f in fallas] == [f"{clase}: cuenta {a.cuenta}"]
        self.vistos[clase] += 1

    def verificar(self) -> list[str]:
        with Session(self.bd) as sesion:
            return verificar_asuntos(sesion)

    # --- The money --------------------------------------------------------------------------------------

    @rule(pasos=st.lists(paso, min_size=1, max_size=6), enlazados=st.booleans())
    def mover(self, pasos: list[dict[str, Any]], enlazados: bool) -> None:
        self._mover(pasos, enlazados)

    @rule(pasos=st.lists(paso, min_size=2, max_size=6), enlazados=st.booleans())
    def mover_mas(self, pasos: list[dict[str, Any]], enlazados: bool) -> None:
        """The same again, for most steps should be transfers."""
        self._mover(pasos, enlazados)

    def _mover(self, pasos: list[dict[str, Any]], enlazados: bool) -> None:
        pedidos = [self.concretar(p) for p in pasos]
        if enlazados:
            for p in pedidos[:-1]:
                p["enlazada"] = True
        guardado = [(a.entro, a.salio, a.espera_entrar, a.espera_salir) for a in self.asuntos]
        saldos, reservas = dict(self.saldos), list(self.reservas)
        esperado: list[str] = []
        for p in pedidos:
            rota = enlazados and any(e != "ok" for e in esperado)
            esperado.append("cadena_fallida" if rota else self.una(p))
        if enlazados and any(e != "ok" for e in esperado):
            self.saldos, self.reservas = saldos, reservas
            for x, previo in zip(self.asuntos, guardado, strict=True):
                x.entro, x.salio, x.espera_entrar, x.espera_salir = previo
            esperado = ["cadena_fallida" if e == "ok" else e for e in esperado]
        assert self.libro.lote(*pedidos) == esperado
        self.vistos.update(esperado)

    def concretar(self, p: dict[str, Any]) -> dict[str, Any]:
        ids = [*self.gente, *(a.cuenta for a in self.asuntos)]
        de, a = ids[p["de"] % len(ids)], ids[p["a"] % len(ids)]
        if de == a:
            a = ids[(p["a"] + 1) % len(ids)]
        codigo = p["codigo"]
        if p["bien"] and not self.puede(de, a, codigo):
            codigo = 103 if de in self.gente and a in self.gente else 111 if de not in self.gente else 3
        datos = {"tipo": 2, "plazo": 3_600} if p["pendiente"] else {}
        return pedido(debito=de, credito=a, monto=p["monto"], codigo=codigo, **datos)

    def puede(self, de: int, a: int, codigo: int) -> bool:
        if de not in self.gente:
            return codigo in SALIDAS | DE_CUSTODIA
        if a not in self.gente:
            return codigo in QUE_CUENTAN or (codigo in DE_CUSTODIA and self.gente[de] != "persona")
        return codigo not in DE_CUSTODIA

    def una(self, p: dict[str, Any]) -> str:
        de, a, monto = p["debito"], p["credito"], p["monto"]
        if not self.puede(de, a, p["codigo"]):
            return "motivo_no_corresponde"
        paga, recibe = self.asunto(de), self.asunto(a)
        if paga and paga.terminado:
            return "cuenta_debito_cerrada"
        if recibe and recibe.terminado:
            return "cuenta_credito_cerrada"
        retenido = sum(r.monto for r in self.reservas if r.de == de)
        if self.gente.get(de) != "sistema" and monto > self.saldos[de] - retenido:
            return "fondos_insuficientes"
        if p["tipo"] == 2:
            self.reservas.append(Reserva(p["id"], de, a, monto, p["codigo"], self.ahora + 2))
            self.esperar(de, a, monto)
        else:
            self.pasar(de, a, monto)
        return "ok"

    def asunto(self, cuenta: int) -> Asunto | None:
        return next((x for x in self.asuntos if x.cuenta == cuenta), None)

    def pasar(self, de: int, a: int, monto: int) -> None:
        self.saldos[de] -= monto
        self.saldos[a] += monto
        if x := self.asunto(de):
            x.salio += monto
        if x := self.asunto(a):
            x.entro += monto

    def esperar(self, de: int, a: int, monto: int) -> None:
        if x := self.asunto(de):
            x.espera_salir += monto
        if x := self.asunto(a):
            x.espera_entrar += monto

    @rule(cual=st.integers(0, 9), anula=st.booleans(), parte=st.sampled_from([0, 0, 1]), otro=st.booleans())
    def resolver(self, cual: int, anula: bool, parte: int, otro: bool) -> None:
        """Post (whole or a centavo) or free what was held; with another reason, nothing happens."""
        if not self.reservas:
            return
        r = self.reservas[cual % len(self.reservas)]
        codigo = 102 if otro else r.codigo
        p = pedido(pendiente=r.id, tipo=4 if anula else 3, monto=0 if anula else parte, codigo=codigo)
        esperado = (
            "pendiente_con_otro_codigo" if otro else "pendiente_vencida" if self.ahora >= r.vence else "ok"
        )
        assert self.libro.lote(p) == [esperado]
        self.vistos[esperado] += 1
        if esperado == "ok":
            self.soltar(r)
            if not anula:
                self.pasar(r.de, r.a, parte or r.monto)

    def soltar(self, r: Reserva) -> None:
        self.reservas.remove(r)
        self.esperar(r.de, r.a, -r.monto)

    @rule()
    def pasar_el_tiempo(self) -> None:
        self.ahora += 1
        self.poner_en_hora()
        vencidas = [r for r in self.reservas if self.ahora >= r.vence]
        assert self.libro.uno("SELECT pagos_vencer()") == len(vencidas)
        for r in vencidas:
            self.soltar(r)

    # --- What always holds ------------------------------------------------------------------------------

    @invariant()
    def nunca_sale_mas_de_lo_que_entro(self) -> None:
        type(self).pasos += 1
        for a in self.asuntos:
            assert self.libro.saldos(a.cuenta) == (a.salio, a.entro, a.espera_salir, a.espera_entrar)
            assert a.salio + a.espera_salir <= a.entro
            assert not a.terminado or a.quieto

    @invariant()
    def ninguno_queda_con_dinero_y_sin_duenio(self) -> None:
        if type(self).pasos % 5 == 0:
            assert self.verificar() == []


@pytest.mark.lento
def test_los_asuntos_no_pierden_ni_crean_dinero(
    libro: Libro, bd: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asuntos, "_clases", {})

    class Atada(Maquina):
        pass

    Atada.libro, Atada.bd = libro, bd
    Atada.vistos, Atada.pasos = Counter(), 0
    run_state_machine_as_test(
        Atada,
        settings=settings(
            max_examples=max(PASOS * 11 // (POR_CASO * 10), 12),
            stateful_step_count=POR_CASO,
            deadline=None,
            database=None,
            phases=[Phase.generate],  # shrinking replays the database for minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(f"\n{Atada.pasos} pasos:", dict(Atada.vistos.most_common()))
    faltan = ESPERADOS - set(Atada.vistos)
    assert not faltan or PASOS < 50_000, faltan
