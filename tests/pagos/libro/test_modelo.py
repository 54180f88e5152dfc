"""The ledger against a small model made of dicts: same codes, same balances, whatever the sequence; money and
budget in it, and whoever tries to cross them.

`QHATU_PRUEBAS_PASOS=100000` runs that many steps instead of a few hundred.
"""

import os
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlmodel import Session

from nucleo.bd import motor
from pagos.libro.tipos import RESULTADOS
from pagos.libro.verificar import verificar_libro
from pagos.presupuesto.verificar import verificar_presupuesto
from tests.pagos.conftest import Libro, pedido

PASOS = int(os.environ.get("QHATU_PRUEBAS_PASOS", "0"))
POR_CASO = 50  # steps of one case
SIMPLE, PENDIENTE, CONFIRMA, ANULA, VENCIDA = 1, 2, 3, 4, 5
LIMITE_DIA = 900
PASO_S = 1_800  # the clock moves by half hours; terms are whole hours, so no run is on the edge of one
# What the cases are able to be answered. The others need a malformed request or a mandate that is not whole,
# and have tests of their own.
ALCANZABLES = set(RESULTADOS) - {
    *("id_invalido", "tipo_invalido", "codigo_invalido", "plazo_invalido", "cuenta_debito_ajena"),
    *("sin_mandato", "mandato_ajeno", "mandato_no_vigente", "mandato_conjunto", "mandato_sin_facultad"),
    *("limite_de_mandato_acto", "limite_de_mandato_dia", "limite_de_mandato_mes"),
    *("excede_debitos", "limite_por_transaccion_salida", "limite_por_transaccion_entrada"),
    *("limite_mensual_salida", "limite_cantidad_diaria_salida", "limite_cantidad_mensual_salida"),
    *("limite_mensual_entrada", "limite_cantidad_diaria_entrada", "limite_cantidad_mensual_entrada"),
    "limite_rapidez_salida",
}
CERTIFICA, COMPROMETE, EJECUTA, LIBERA, REVIERTE = 120, 121, 122, 123, 124
DE_DONDE_A_DONDE = {
    CERTIFICA: ("techo", "presupuesto"),
    COMPROMETE: ("presupuesto", "compromiso"),
    EJECUTA: ("compromiso", "ejecutado"),
    LIBERA: ("compromiso", "presupuesto"),
    REVIERTE: ("presupuesto", "techo"),
}


@dataclass(frozen=True)
class Entidad:
    """Who acts for a public entity, and by which mandate."""

    quien: uuid.UUID
    unidad: uuid.UUID
    mandato: uuid.UUID


@dataclass
class CuentaModelo:
    d: int = 0
    c: int = 0
    dp: int = 0
    cp: int = 0
    tope: bool = True
    congelada: bool = False
    cerrada: bool = False
    limitada: bool = False
    salida: int = 0
    entrada: int = 0
    # Of budget: which kind of account, and of which certificate (0 or 1).
    clase: str = ""
    cual: int | None = None

    def copia(self) -> "CuentaModelo":
        return CuentaModelo(**vars(self))


@dataclass
class Modelo:
    """What the ledger should do, written for clarity: copy all before a chain, put it back if it fails."""

    cuentas: dict[int, CuentaModelo] = field(default_factory=dict)
    hechas: dict[uuid.UUID, dict[str, Any]] = field(default_factory=dict)
    resueltas: dict[uuid.UUID, int] = field(default_factory=dict)
    entidades: tuple[Entidad, ...] = ()  # whose is each certificate
    ahora: int = 0  # in steps of PASO_S

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
        if p["plazo"] is not None and p["tipo"] != PENDIENTE:
            return "plazo_no_corresponde"
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
        if bool(d.clase) != bool(c.clase):
            return "monedas_distintas"
        if not self.corresponde(p, d, c):
            return "motivo_no_corresponde"
        if d.cerrada:
            return "cuenta_debito_cerrada"
        if c.cerrada:
            return "cuenta_credito_cerrada"
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
        vence = None if p["plazo"] is None else self.ahora + p["plazo"] // PASO_S
        self.hechas[p["id"]] = p | {"monto": monto, "vence": vence}
        return "ok"

    def corresponde(self, p: dict[str, Any], d: CuentaModelo, c: CuentaModelo) -> bool:
        """Whether that reason moves that, and for budget whether it is the entity who asks."""
        if not d.clase:
            return not 110 <= p["codigo"] <= 129  # no matter among these accounts
        if p["tipo"] != SIMPLE or (d.clase, c.clase) != DE_DONDE_A_DONDE.get(p["codigo"]):
            return False
        if p["codigo"] in (COMPROMETE, LIBERA):
            assert d.cual is not None
            if d.cual != c.cual:
                return False
        if p["codigo"] in (EJECUTA, LIBERA) or (p["codigo"] == REVIERTE and p["mandato"] is None):
            return True  # the platform's own: what is due, what is let go, and a certificate whose year ended
        cual = c.cual if p["codigo"] == CERTIFICA else d.cual
        return cual is not None and p["mandato"] == self.entidades[cual].mandato

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
        if x["codigo"] != p["codigo"]:
            return "existe_con_otro_codigo"
        if x["referencia"] != p["referencia"]:
            return "existe_con_otra_referencia"
        return "existe" if x["plazo"] == p["plazo"] else "existe_con_otro_plazo"

    def resolver(self, p: dict[str, Any], monto: int, r: dict[str, Any] | None) -> str:
        if r is None:
            return "no_es_pendiente" if p["pendiente"] in self.hechas else "pendiente_inexistente"
        if p["debito"] not in (0, r["debito"]):
            return "pendiente_con_otra_cuenta_debito"
        if p["credito"] not in (0, r["credito"]):
            return "pendiente_con_otra_cuenta_credito"
        if p["codigo"] != r["codigo"]:
            return "pendiente_con_otro_codigo"
        if monto > r["monto"]:
            return "excede_pendiente"
        if p["tipo"] == ANULA and monto != r["monto"]:
            return "anulacion_parcial"
        como = self.resueltas.get(p["pendiente"])
        if como == CONFIRMA:
            return "pendiente_ya_confirmada"
        if como == ANULA:
            return "pendiente_ya_anulada"
        if como == VENCIDA or self.vencio(r):
            return "pendiente_vencida"
        d, c = self.cuentas[r["debito"]], self.cuentas[r["credito"]]
        if d.cerrada:
            return "cuenta_debito_cerrada"
        if c.cerrada:
            return "cuenta_credito_cerrada"
        confirmado = monto if p["tipo"] == CONFIRMA else 0
        d.d += confirmado
        c.c += confirmado
        self.liberar(r, confirmado)
        self.resueltas[p["pendiente"]] = p["tipo"]
        self.hechas[p["id"]] = p | {"monto": monto, "debito": r["debito"], "credito": r["credito"]}
        return "ok"

    def vencio(self, r: dict[str, Any]) -> bool:
        return r["vence"] is not None and self.ahora >= r["vence"]

    def liberar(self, r: dict[str, Any], confirmado: int) -> None:
        """A reservation ends: what it held, and what it had counted toward the limits and did not use."""
        d, c = self.cuentas[r["debito"]], self.cuentas[r["credito"]]
        d.dp -= r["monto"]
        c.cp -= r["monto"]
        if r["codigo"] < 100:
            d.salida -= r["monto"] - confirmado
            c.entrada -= r["monto"] - confirmado

    def vencer(self) -> int:
        """The sweep: how many reservations it ended."""
        reservas = [
            r for r in self.hechas.values() if r["tipo"] == PENDIENTE and r["id"] not in self.resueltas
        ]
        vencidas = [r for r in reservas if self.vencio(r)]
        for r in vencidas:
            self.liberar(r, 0)
            self.resueltas[r["id"]] = VENCIDA
        return len(vencidas)


cuenta = st.sampled_from([0, 1, 1, 2, 2, 3, 3, 4, 4, 1, 2, 5])
nueva = st.fixed_dictionaries(
    {
        "clase": st.just("nueva"),
        "tipo": st.sampled_from([SIMPLE, PENDIENTE]),
        "debito": cuenta,
        "credito": cuenta,
        "monto": st.one_of(st.integers(1, 60), st.integers(1, 60), st.integers(0, 1_000)),
        "codigo": st.sampled_from([1, 1, 1, 100]),
        "plazo": st.sampled_from([None, 3_600, 3_600, 7_200]),
    }
)
presupuesto = st.fixed_dictionaries(
    {
        "clase": st.just("presupuesto"),
        "codigo": st.sampled_from(
            [CERTIFICA, COMPROMETE, COMPROMETE, EJECUTA, LIBERA, REVIERTE, 1, 103, 110]
        ),
        "bien": st.sampled_from([True, True, True, False]),  # between the accounts of that reason
        "cual": st.integers(0, 1),
        "de": st.integers(0, 10),
        "a": st.integers(0, 10),
        "monto": st.one_of(st.integers(1, 60), st.integers(1, 60), st.integers(0, 1_000)),
        "tipo": st.sampled_from([SIMPLE, SIMPLE, SIMPLE, SIMPLE, PENDIENTE]),
        "quien": st.sampled_from(["suya", "suya", "suya", "suya", "otra", "nadie"]),
    }
)
resuelve = st.fixed_dictionaries(
    {
        "clase": st.just("resuelve"),
        "tipo": st.sampled_from([CONFIRMA, CONFIRMA, ANULA]),
        "cual": st.integers(0, 30),
        "cuentas": st.sampled_from(["hereda", "hereda", "repite", "debito", "credito"]),
        "monto": st.sampled_from([0, 0, 1, 7, 100]),
        "codigo": st.sampled_from([None, None, None, None, 2]),
    }
)
repite = st.fixed_dictionaries(
    {
        "clase": st.just("repite"),
        "cual": st.integers(0, 30),
        "cambio": st.sampled_from(
            [
                *({}, {}, {"monto": 3}, {"codigo": 2}, {"tipo": SIMPLE}, {"tipo": ANULA}),
                *({"referencia": uuid.UUID(int=7)}, {"plazo": 10_800}, {"pendiente": uuid.UUID(int=8)}),
                *({"cambia": "debito"}, {"cambia": "credito"}),
            ]
        ),
    }
)
transferencia = st.tuples(
    st.one_of(nueva, nueva, presupuesto, resuelve, repite), st.sampled_from([False, False, False, True])
)


class Maquina(RuleBasedStateMachine):
    """Of money, an open source, a plain account, one closed and one frozen in turns, a limited one, and one
    missing; of budget, a certificate and a commitment of each of two entities."""

    libro: Libro
    entidades: tuple[Entidad, Entidad]
    vistos: Counter[str]
    pasos: int

    def __init__(self) -> None:
        super().__init__()
        # From noon of one day: no run crosses midnight, when the counters of the limits start again.
        self.desfase = datetime(2031, 3, 10, 16, tzinfo=UTC) - datetime.now(UTC)
        self.modelo = Modelo(entidades=self.entidades)
        self.poner_en_hora()
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
            assert self.abonar(2_000, a) == ["ok"]
        self.abrir_presupuesto()

    def abrir_presupuesto(self) -> None:
        """As the application opens them; each certificate begins with some."""
        uno = self.libro.uno
        self.techo, self.ejecutado = (
            uno("SELECT pagos_cuenta_de_presupuesto(%s)", que) for que in ("techo", "ejecutado")
        )
        ids = [(uuid.uuid4(), e.unidad) for e in self.entidades]
        self.certificados = [uno("SELECT pagos_cuenta_de_certificado(%s, %s)", *x) for x in ids]
        self.compromisos = [
            uno("SELECT cuenta FROM pagos_cuenta_de_compromiso(%s, %s, %s)", uuid.uuid4(), *x) for x in ids
        ]
        self.modelo.cuentas |= {
            self.techo: CuentaModelo(clase="techo", tope=False),
            self.ejecutado: CuentaModelo(clase="ejecutado"),
            **{c: CuentaModelo(clase="presupuesto", cual=i) for i, c in enumerate(self.certificados)},
            **{c: CuentaModelo(clase="compromiso", cual=i) for i, c in enumerate(self.compromisos)},
        }
        for cual in (0, 1):
            self.certificar(500, cual)

    def poner_en_hora(self) -> None:
        segundos = self.desfase.total_seconds() + self.modelo.ahora * PASO_S
        self.libro.conexion.execute("SELECT set_config('qhatu.desfase', %s, false)", [f"{segundos} s"])

    def teardown(self) -> None:
        for cual in (self.ids[2], self.compromisos[1]):  # the platform closes none that holds something
            self.libro.duenio.execute("UPDATE pagos_cuenta SET cerrada = false WHERE id = %s", [cual])
        fallas = verificar_libro(self.libro.conexion)
        with Session(motor()) as sesion:
            fallas += verificar_presupuesto(sesion)
        self.libro.vaciar()
        assert fallas == []

    @rule(pedidos=st.lists(transferencia, min_size=1, max_size=12))
    def uno_o_muchos(self, pedidos: list[tuple[dict[str, Any], bool]]) -> None:
        self.lote(pedidos)

    @rule(pedidos=st.lists(transferencia, min_size=3, max_size=12))
    def muchos(self, pedidos: list[tuple[dict[str, Any], bool]]) -> None:
        """The same again, for most steps should be transfers."""
        self.lote(pedidos)

    def lote(self, pedidos: list[tuple[dict[str, Any], bool]]) -> None:
        reales = [self.concretar(p, enlazada) for p, enlazada in pedidos]
        esperado = self.modelo.lote(reales)
        assert self.libro.lote(*reales) == esperado
        self.vistos.update(esperado)

    def concretar(self, p: dict[str, Any], enlazada: bool) -> dict[str, Any]:
        """A request from its sketch: known ids to repeat and pending ones to resolve, newest first."""
        if p["clase"] == "repite":
            if not self.pedidos:
                return self.anotar(
                    pedido(debito=self.ids[1], credito=self.ids[2], monto=1, enlazada=enlazada)
                )
            viejo = self.pedidos[-1 - p["cual"] % len(self.pedidos)]
            cambio = p["cambio"]
            if "cambia" in cambio:
                cambio = {cambio["cambia"]: self.ids[5]}
            return viejo | cambio | {"enlazada": enlazada}
        if p["clase"] == "nueva":
            return self.anotar(
                pedido(
                    tipo=p["tipo"],
                    debito=self.ids[p["debito"]],
                    credito=self.ids[p["credito"]],
                    monto=p["monto"],
                    codigo=p["codigo"],
                    plazo=p["plazo"] if p["tipo"] == PENDIENTE else None,
                    enlazada=enlazada,
                )
            )
        if p["clase"] == "presupuesto":
            return self.anotar(self.de_presupuesto(p) | {"enlazada": enlazada})
        reservas = [x for x in self.pedidos if x["tipo"] == PENDIENTE]
        vivas = [x for x in reservas if x["id"] in self.modelo.hechas] if p["cual"] % 8 else reservas
        conocidas = vivas or reservas or self.pedidos or [pedido()]
        reserva = conocidas[-1 - p["cual"] % len(conocidas)]
        debito, credito = {
            "hereda": (0, 0),
            "repite": (reserva["debito"], reserva["credito"]),
            "debito": (self.ids[4], 0),
            "credito": (0, self.ids[4]),
        }[p["cuentas"]]
        return self.anotar(
            pedido(
                tipo=p["tipo"],
                debito=debito,
                credito=credito,
                monto=p["monto"],
                codigo=p["codigo"] or reserva["codigo"],
                pendiente=reserva["id"],
                enlazada=enlazada,
            )
        )

    def de_presupuesto(self, p: dict[str, Any]) -> dict[str, Any]:
        """Budget moved as it should, or from any account to any other: money too."""
        suyas = {
            "techo": self.techo,
            "presupuesto": self.certificados[p["cual"]],
            "compromiso": self.compromisos[p["cual"]],
            "ejecutado": self.ejecutado,
        }
        if p["bien"] and p["codigo"] in DE_DONDE_A_DONDE:
            debito, credito = (suyas[c] for c in DE_DONDE_A_DONDE[p["codigo"]])
        else:
            todas = list(self.modelo.cuentas)
            debito = todas[p["de"] % len(todas)]
            credito = todas[(p["de"] + 1 + p["a"] % (len(todas) - 1)) % len(todas)]
        datos = {"debito": debito, "credito": credito, "monto": p["monto"], "codigo": p["codigo"]}
        if self.modelo.cuentas[debito].clase and p["quien"] != "nadie":
            entidad = self.entidades[p["cual"] if p["quien"] == "suya" else 1 - p["cual"]]
            datos |= vars(entidad)
        return pedido(**datos, tipo=p["tipo"])

    def anotar(self, nuevo: dict[str, Any]) -> dict[str, Any]:
        self.pedidos.append(nuevo)
        return nuevo

    @rule(monto=st.integers(1, 500), a=st.integers(1, 4))
    def mas_dinero(self, monto: int, a: int) -> None:
        """Keep money around, or nearly every transfer would be refused."""
        self.abonar(monto, a)

    @rule(monto=st.integers(1, 500), cual=st.integers(0, 1))
    def certificar(self, monto: int, cual: int) -> None:
        """And budget, for the same reason."""
        p = pedido(
            debito=self.techo,
            credito=self.certificados[cual],
            monto=monto,
            codigo=CERTIFICA,
            **vars(self.entidades[cual]),
        )
        assert self.libro.lote(p) == self.modelo.lote([p]) == ["ok"]

    def abonar(self, monto: int, a: int) -> list[str]:
        p = pedido(debito=self.ids[0], credito=self.ids[a], monto=monto, codigo=103)
        dicho = self.libro.lote(p)
        assert dicho == self.modelo.lote([p])
        return dicho

    @rule(
        que=st.sampled_from(["congelada", "cerrada"]),
        si=st.sampled_from([True, False, False]),
        de_presupuesto=st.sampled_from([False, False, True]),
    )
    def estorbar(self, que: str, si: bool, de_presupuesto: bool) -> None:
        """Freeze or close an account, or undo it."""
        dinero, presupuesto = (
            (self.ids[3], self.certificados[1]) if que == "congelada" else (self.ids[2], self.compromisos[1])
        )
        cual = presupuesto if de_presupuesto else dinero
        setattr(self.modelo.cuentas[cual], que, si)
        self.libro.duenio.execute(f"UPDATE pagos_cuenta SET {que} = %s WHERE id = %s", [si, cual])

    @rule(barre=st.booleans())
    def pasar_el_tiempo(self, barre: bool) -> None:
        """Half an hour goes by; the sweep runs, or is late."""
        self.modelo.ahora = min(self.modelo.ahora + 1, 20)
        self.poner_en_hora()
        if barre:
            assert self.libro.uno("SELECT pagos_vencer()") == self.modelo.vencer()

    @invariant()
    def el_presupuesto_no_es_dinero(self) -> None:
        """It adds up to zero by itself; each certificate committed no more than it certified."""
        suyas = [(c.clase, c.c - c.d) for c in self.modelo.cuentas.values() if c.clase]
        assert sum(saldo for _clase, saldo in suyas) == 0
        assert all(saldo >= 0 for clase, saldo in suyas if clase != "techo")

    @invariant()
    def los_totales_coinciden(self) -> None:
        type(self).pasos += 1
        for id, c in self.modelo.cuentas.items():
            assert self.libro.saldos(id) == (c.d, c.c, c.dp, c.cp)
            if c.limitada:
                fila = self.libro.conexion.execute(
                    "SELECT salida_dia, entrada_dia FROM pagos_cuenta WHERE id = %s", [id]
                ).fetchone()
                assert fila == (c.salida, c.entrada)
            else:
                assert not c.tope or c.c - c.d - c.dp >= 0


def entidad(libro: Libro, quien: Any, crear_unidad: Callable[..., Any]) -> Entidad:
    """A public entity for which this person acts alone, and without limits."""
    unidad = crear_unidad(
        f"Municipio de {quien.nombres}",
        tipo="ENTIDAD_PUBLICA",
        representante=quien,
        facultades=["COMPRAR", "PAGAR"],
    )
    mandato = libro.uno("SELECT id FROM registro_mandato WHERE unidad_id = %s", unidad.id)
    return Entidad(quien.id, unidad.id, mandato)


@pytest.mark.lento
def test_el_libro_hace_lo_que_el_modelo(
    libro: Libro, crear_persona: Callable[..., Any], crear_unidad: Callable[..., Any]
) -> None:
    libro.duenio.execute(
        "INSERT INTO pagos_limite (id, nivel, direccion, por_dia, vigente_desde, norma) "
        "SELECT gen_random_uuid(), 1, d, %s, '2021-01-01', 'prueba' "
        "FROM unnest(ARRAY['salida', 'entrada']) AS d",
        [LIMITE_DIA],
    )

    class Atada(Maquina):
        pass

    Atada.libro = libro
    Atada.entidades = (
        entidad(libro, crear_persona("Ana"), crear_unidad),
        entidad(libro, crear_persona("Beto"), crear_unidad),
    )
    Atada.vistos, Atada.pasos = Counter(), 0
    run_state_machine_as_test(
        Atada,
        settings=settings(
            max_examples=max(PASOS * 11 // (POR_CASO * 10), 12),  # a case in ten ends early
            stateful_step_count=POR_CASO,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(f"\n{Atada.pasos} pasos:", dict(Atada.vistos.most_common()))
    faltan = ALCANZABLES - set(Atada.vistos)
    assert Atada.vistos.keys() <= ALCANZABLES
    assert not faltan or PASOS < 50_000, faltan
