"""What a claim gives back is of the lines it is about: it never comes out of another line's money."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from comercio.compra.modelos import Pedido
from comercio.custodia.verificar import custodias
from comercio.pedidos import despachar, manejadores, tareas
from comercio.pedidos.verificar import pedidos as verificar
from comercio.reclamos import manejadores as de_reclamos
from comercio.reclamos import reclamar
from comercio.reclamos.estados import MotivoReclamo as M
from comercio.reclamos.modelos import Reclamo
from comercio.reclamos.tareas import vencer_reclamos
from comercio.reclamos.verificar import verificar_reclamos
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos
from nucleo.eventos import entregar_pendientes
from tests.comercio.conftest import Mercado
from tests.comercio.pedidos.test_cumplir import dinero

assert manejadores
assert de_reclamos
Leer = Callable[..., list[tuple[Any, ...]]]
ESTADOS = "SELECT p.estado, k.estado FROM comercio_pedido p JOIN comercio_custodia k ON k.pedido_id = p.id"


class Dos:
    """An order of A (60) and B (40) in two parcels; neither was delivered."""

    def __init__(self, mercado: Mercado, leer: Leer) -> None:
        self.mercado = mercado
        self.pedido: Pedido = mercado.pedido(
            (mercado.publicar("Aguayo", precio="60.00"), 1), (mercado.publicar("Bufanda", precio="40.00"), 1)
        )
        lineas = {t: i for i, t in leer("SELECT id, titulo FROM comercio_pedido_linea")}
        self.a, self.b = lineas["Aguayo"], lineas["Bufanda"]
        self.envios: dict[str, Any] = {}
        for nombre, linea in (("A", self.a), ("B", self.b)):
            with transaccion() as sesion:
                paquete = despachar(
                    sesion, mercado.actor_vendedor, self.pedido.id, mercado.operador.id, {linea: Decimal(1)}
                )
            self.envios[nombre] = paquete.envio_id
            self.dice(nombre, "EMA")

    def dice(self, cual: str, codigo: str) -> None:
        with transaccion() as sesion:
            self.mercado.evento(sesion, self.envios[cual], codigo)
        entregar_pendientes()

    def reclama(self, motivo: M, *lineas: UUID, monto: str | None = None) -> Reclamo:
        with transaccion() as sesion:
            return reclamar.abrir(
                sesion,
                self.mercado.actor,
                self.pedido.id,
                motivo,
                "No está bien",
                bs(monto) if monto else None,
                cantidades=dict.fromkeys(lineas, Decimal(1)) if lineas else None,
            )

    def acepta(self, reclamo: Reclamo) -> None:
        with transaccion() as sesion:
            reclamar.responder(sesion, self.mercado.actor_vendedor, reclamo.id, "Tiene razón", None, True)


@pytest.fixture
def dos(mercado: Mercado, leer: Leer) -> Dos:
    return Dos(mercado, leer)


def _todo_cuadra() -> None:
    for comprobar in (verificar, verificar_reclamos, custodias):
        with transaccion() as sesion:
            assert comprobar(sesion) == []


def test_lo_que_devolvio_un_reclamo_no_vuelve_otra_vez_si_se_pierde(
    mercado: Mercado, dos: Dos, leer: Leer
) -> None:
    """B was delivered; A, not received, is given back by a claim and lost afterwards: B's 40 are the
    seller's."""
    dos.dice("B", "EMI")
    mercado.reloj.adelantar(timedelta(days=22))
    dos.acepta(dos.reclama(M.NO_RECIBIDO, dos.a))
    assert dinero(mercado) == ("960.00", "0.00", "0.00")
    mercado.reloj.adelantar(timedelta(days=40))
    assert tareas.dar_por_perdidos() == 1
    entregar_pendientes()
    assert dinero(mercado) == ("960.00", "0.00", "0.00")
    assert leer(ESTADOS) == [("entregado", "por_liberar")]
    mercado.cobrar(dos.pedido)
    assert (dinero(mercado), leer(ESTADOS)) == (("960.00", "38.80", "1.20"), [("concluido", "liberada")])
    _todo_cuadra()


@pytest.mark.parametrize("como", ["silencio", "acepta", "oferta", "autoridad"])
def test_lo_que_ya_volvio_deja_el_reclamo_sin_objeto(
    mercado: Mercado,
    dos: Dos,
    leer: Leer,
    crear_persona: Callable[..., Any],
    crear_unidad: Callable[..., Any],
    actor_de: Callable[..., Actor],
    como: str,
) -> None:
    """A's parcel comes back while its claim is open: nothing more is given back for it by anybody."""
    dos.dice("B", "EMI")
    mercado.reloj.adelantar(timedelta(days=22))
    reclamo = dos.reclama(M.NO_RECIBIDO, dos.a)
    vende, compra = mercado.actor_vendedor, mercado.actor
    if como in ("oferta", "autoridad"):
        with transaccion() as sesion:
            reclamar.responder(sesion, vende, reclamo.id, "Algo", bs("30.00"), False)
            if como == "autoridad":
                reclamar.pedir_mediacion(sesion, compra, reclamo.id, "Es poco")
    dos.dice("A", "vuelve")
    assert dinero(mercado) == ("960.00", "0.00", "0.00")
    if como == "silencio":
        mercado.reloj.adelantar(timedelta(days=9))
        assert vencer_reclamos() == 1
    elif como == "acepta":
        dos.acepta(reclamo)
    else:
        rosa = crear_persona("Rosa")
        crear_unidad(
            "Autoridad",
            tipo="ENTIDAD_PUBLICA",
            representante=rosa,
            facultades=["REGULAR"],
            habilitaciones=["AUTORIDAD_REGULADORA"],
        )
        with transaccion() as sesion:
            if como == "oferta":
                reclamar.aceptar_oferta(sesion, compra, reclamo.id)
            else:
                reclamar.decidir(sesion, actor_de(rosa), reclamo.id, "Consta", bs("40.00"))
    assert leer("SELECT estado, devuelto FROM comercio_reclamo") == [("sin_objeto", 0)]
    assert dinero(mercado)[0] == "960.00"
    _todo_cuadra()
    mercado.cobrar(dos.pedido)
    assert (dinero(mercado), leer(ESTADOS)) == (("960.00", "38.80", "1.20"), [("concluido", "liberada")])
    _todo_cuadra()


def test_una_linea_devuelta_no_se_reclama_otra_vez(
    mercado: Mercado, dos: Dos, leer: Leer, sesion: Session
) -> None:
    dos.dice("A", "EMI")
    dos.dice("B", "EMI")
    dos.acepta(dos.reclama(M.DANADO, dos.a))
    with pytest.raises(DatosInvalidos):
        dos.reclama(M.NO_ES_LO_DESCRITO, dos.a)
    assert leer("SELECT count(*) FROM comercio_reclamo") == [(1,)]
    assert leer(ESTADOS) == [("entregado", "por_liberar")]
    de_mas = (
        "INSERT INTO comercio_pedido_devolucion SELECT gen_random_uuid(), linea_id, pedido_id, 1"
        " FROM comercio_pedido_devolucion"
    )
    with pytest.raises(IntegrityError, match="más de lo que costó"), sesion.begin_nested():
        sesion.connection().exec_driver_sql(de_mas)
    sesion.rollback()
    # Of all of it: of B alone, and with its money the order ends.
    dos.acepta(dos.reclama(M.NO_ES_LO_DESCRITO))
    assert leer("SELECT importe FROM comercio_pedido_devolucion ORDER BY 1") == [(4000,), (6000,)]
    assert (dinero(mercado), leer(ESTADOS)) == (("1000.00", "0.00", "0.00"), [("concluido", "devuelta")])
    _todo_cuadra()


def test_aceptar_lo_que_en_parte_ya_volvio(mercado: Mercado, dos: Dos, leer: Leer) -> None:
    """All of it is claimed, A comes back by itself: accepting gives back what B cost, and the order ends."""
    mercado.reloj.adelantar(timedelta(days=22))
    reclamo = dos.reclama(M.NO_RECIBIDO)
    dos.dice("A", "vuelve")
    dos.acepta(reclamo)
    assert leer("SELECT estado, resuelto FROM comercio_reclamo") == [("devuelto", 4000)]
    assert (dinero(mercado), leer(ESTADOS)) == (("1000.00", "0.00", "0.00"), [("cancelado", "devuelta")])
    _todo_cuadra()


def test_quien_lleva_el_dinero_a_cero_termina_el_pedido(mercado: Mercado, dos: Dos, leer: Leer) -> None:
    """A was given back by a claim and B comes back: nothing is held and nothing stands; A may yet arrive."""
    mercado.reloj.adelantar(timedelta(days=22))
    dos.acepta(dos.reclama(M.NO_RECIBIDO, dos.a))
    dos.dice("B", "vuelve")
    assert (dinero(mercado), leer(ESTADOS)) == (("1000.00", "0.00", "0.00"), [("cancelado", "devuelta")])
    _todo_cuadra()
    dos.dice("A", "EMI")
    assert leer(ESTADOS) == [("cancelado", "devuelta")]
    _todo_cuadra()


def test_un_tanto_ofrecido_por_una_linea_se_descuenta_de_lo_que_se_pierde(
    mercado: Mercado, dos: Dos, leer: Leer
) -> None:
    """One centavo was given back of A: when it comes back, the rest of it."""
    dos.dice("B", "EMI")
    mercado.reloj.adelantar(timedelta(days=22))
    dos.acepta(dos.reclama(M.NO_RECIBIDO, dos.a, monto="0.01"))
    dos.dice("A", "vuelve")
    assert leer("SELECT importe FROM comercio_pedido_cancelacion") == [(5999,)]
    mercado.cobrar(dos.pedido)
    assert dinero(mercado) == ("960.00", "38.80", "1.20")
    _todo_cuadra()
