"""A person who tops up by card, the simulated gateway, and time that passes only when told."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import col, select

from nucleo.bd import transaccion
from nucleo.dinero import a_centavos, bs
from nucleo.eventos import entregar_pendientes
from pagos import TipoCuenta, cuenta_de_persona, cuenta_de_sistema
from pagos.libro import obtener_cuenta
from pagos.libro.modelos import Cuenta as CuentaDelLibro
from pagos.libro.verificar import verificar_libro
from pagos.tarjetas import puerta
from pagos.tarjetas.avisos import recibir
from pagos.tarjetas.conciliar import avanzar, conciliar
from pagos.tarjetas.consultas import intento_por_id, pasos_de
from pagos.tarjetas.disputar import conciliar_disputas
from pagos.tarjetas.iniciar import recargar
from pagos.tarjetas.modelos import Intento
from pagos.tarjetas.reembolsar import conciliar_reembolsos, reembolso_por_id
from pagos.tarjetas.simulada.almacen import abrir
from pagos.tarjetas.simulada.avisos import RUTA, entregar_avisos
from pagos.tarjetas.simulada.tiempo import avanzar_tiempo
from pagos.tarjetas.verificar import verificar_pasarela

OK = "pm_card_visa"


class Escena:
    """One person's payments by card, and what the gateway and the ledger say about them.

    `descuadrada`: the test writes the tables behind the program's back. `por_http`: webhooks travel through
    the whole application; thousands of them are handed to the function under its route instead.
    """

    descuadrada = False
    por_http = True

    def __init__(self, persona: Any, actor: Any, cliente: Any, reloj: Any) -> None:
        self.persona, self.actor, self.cliente, self.reloj = persona, actor, cliente, reloj
        with transaccion() as sesion:
            self.cuenta = cuenta_de_persona(sesion, persona.id)

    # --- Do

    def crear(self, monto: str = "100.00", metodo: str | None = OK, id: uuid.UUID | None = None) -> uuid.UUID:
        """Write an intent down, without asking the gateway."""
        with transaccion() as sesion:
            return recargar(sesion, self.actor, id=id or uuid.uuid4(), monto=bs(monto), metodo=metodo).id

    def pagar(self, monto: str = "100.00", metodo: str | None = OK, id: uuid.UUID | None = None) -> Intento:
        intento_id = self.crear(monto, metodo, id)
        avanzar(intento_id)
        return self.intento(intento_id)

    def avisos(self) -> int:
        """Let the gateway send its webhooks to the application."""

        def enviar(cuerpo: bytes, cabeceras: dict[str, str]) -> int:
            if self.por_http:
                return int(self.cliente.post(RUTA, content=cuerpo, headers=cabeceras).status_code)
            with transaccion() as sesion:
                recibir(sesion, cuerpo, cabeceras["Stripe-Signature"])
            return 200

        return entregar_avisos(enviar)

    def barrer(self, pasan: timedelta = timedelta(0)) -> None:
        """One round of everything periodic, after that much time."""
        self.reloj.adelantar(pasan)
        avanzar_tiempo()
        self.avisos()
        entregar_pendientes()
        conciliar()
        conciliar_reembolsos()
        conciliar_disputas()

    # --- Look

    def intento(self, intento_id: uuid.UUID) -> Intento:
        with transaccion() as sesion:
            return intento_por_id(sesion, intento_id)

    def intentos(self, ids: list[uuid.UUID]) -> list[Intento]:
        with transaccion() as sesion:
            return list(sesion.exec(select(Intento).where(col(Intento.id).in_(ids))))

    def estados(self, ids: list[uuid.UUID]) -> Counter[str]:
        """How many of these payments are in each state."""
        return Counter(i.estado for i in self.intentos(ids))

    def reembolso(self, reembolso_id: uuid.UUID) -> Any:
        with transaccion() as sesion:
            return reembolso_por_id(sesion, reembolso_id)

    def pasos(self, intento_id: uuid.UUID) -> list[str]:
        with transaccion() as sesion:
            return [p.estado for p in pasos_de(sesion, intento_id)]

    def saldo(self) -> int:
        with transaccion() as sesion:
            return a_centavos(obtener_cuenta(sesion, self.cuenta).saldo)

    def cuenta_ahora(self, cuenta: int | None = None) -> Any:
        with transaccion() as sesion:
            return obtener_cuenta(sesion, cuenta or self.cuenta)

    def fila_de_la_cuenta(self) -> Any:
        """The account with its use of the limits."""
        with transaccion() as sesion:
            return sesion.get_one(CuentaDelLibro, self.cuenta)

    def pasarela(self) -> int:
        """What the ledger says that the gateway holds, in centavos."""
        with transaccion() as sesion:
            return -a_centavos(obtener_cuenta(sesion, cuenta_de_sistema(sesion, TipoCuenta.PASARELA)).saldo)

    def cobros(self) -> list[dict[str, Any]]:
        """The charges that the gateway really made."""
        with abrir() as almacen:
            return almacen.listar("charge", limite=100_000, filtro={"paid": True})

    def cobrado(self) -> int:
        """What the gateway really holds, in centavos: its charges minus their refunds."""
        return sum(c["amount"] - c["amount_refunded"] for c in self.cobros())


@pytest.fixture
def escena(
    crear_persona: Callable[..., Any],
    actor_de: Callable[..., Any],
    nuevo_cliente: Any,
    reloj: Any,
    bd: Engine,
) -> Iterator[Escena]:
    """Ana, nobody else; afterwards the ledger's invariants hold whatever the test did."""
    persona = crear_persona("Ana")
    # Webhooks come from a server: no browser headers.
    escena = Escena(persona, actor_de(persona), nuevo_cliente(headers={}), reloj)
    yield escena
    url = bd.url.render_as_string(hide_password=False).replace("+psycopg", "")
    import psycopg

    with psycopg.connect(url) as conexion:
        assert verificar_libro(conexion) == []
    with transaccion() as sesion:
        assert escena.descuadrada or verificar_pasarela(sesion) == []


@pytest.fixture
def api(escena: Escena) -> Any:
    """The official library, talking to the simulation."""
    return puerta.cliente().v1


@pytest.fixture
def sin_limites(duenio: Engine) -> None:
    """People may move any amount: for tests that are not about limits."""
    with duenio.begin() as conexion:
        conexion.execute(
            text("UPDATE pagos_limite SET por_transaccion = NULL, por_dia = NULL, por_mes = NULL")
        )


@pytest.fixture
def centavos() -> Callable[[str], int]:
    return lambda monto: a_centavos(bs(monto))


@pytest.fixture
def sin_cupo(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many payments in an hour as the test wants."""
    monkeypatch.setattr("pagos.tarjetas.iniciar.INTENTOS_POR_HORA", 10**9)
