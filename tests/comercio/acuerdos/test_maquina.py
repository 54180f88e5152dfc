"""Whatever anybody does with an order, and whatever both sides agree of it meanwhile, its money is conserved,
what was agreed is done, and time alone ends it."""

import os
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from comercio.acuerdos import manejadores, pedir_plazo, pedir_quitar, responder
from comercio.acuerdos.consultas import propuesto_de
from comercio.acuerdos.esquemas import PlazoPedido, QuitaPedida
from comercio.acuerdos.estados import VIDA_ACUERDO
from comercio.acuerdos.modelos import Acuerdo
from comercio.acuerdos.tareas import vencer_acuerdos
from comercio.acuerdos.verificar import acuerdos as verificar
from comercio.compra import VIDA_PEDIDO
from comercio.compra.modelos import Pedido, PedidoLinea
from comercio.formas import declarar
from nucleo import reloj as modulo
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.errores import ErrorDominio
from nucleo.eventos import entregar_pendientes
from nucleo.reloj import fecha_bolivia
from tests.comercio.conftest import Mercado
from tests.comercio.pedidos.test_maquina import (
    BIEN,
    CITA,
    COBRO,
    FORMAS,
    MANO,
    PORTE,
    SERVICIO,
    Cuento,
    Paso,
    pasos,
    todo_cuadra,
)
from tests.comercio.pedidos.test_maquina import autoridad as autoridad
from tests.comercio.pedidos.test_maquina import productos as productos

assert manejadores
HISTORIAS = int(os.environ.get("QHATU_PRUEBAS_COMERCIO", "0")) // 80
ACUERDOS = ("pide_plazo", "pide_menos", "concede", "no_concede")
VENDE, COMPRA = 0, 1
acuerdos: st.SearchStrategy[Paso] = st.tuples(
    st.sampled_from(ACUERDOS),
    st.sampled_from([BIEN, BIEN, SERVICIO, MANO, PORTE, CITA]),
    st.sampled_from([VENDE, COMPRA]),
)
_PLAZO: list[Paso] = [("pide_plazo", BIEN, VENDE), ("concede", BIEN, COMPRA)]
_MENOS: list[Paso] = [("pide_menos", BIEN, COMPRA), ("concede", BIEN, VENDE)]


class CuentoConAcuerdos(Cuento):
    """`cuanto` of a step of an agreement is whose act it is."""

    def hacer(self, sesion: Session, que: str, cual: int, cuanto: int) -> None:
        if que not in ACUERDOS:
            super().hacer(sesion, que, cual, cuanto)
            return
        actor = self.comprador if cuanto == COMPRA else self.mercado.actor_vendedor
        pedido_id = self.pedidos[cual]
        if que == "pide_plazo":
            datos = PlazoPedido(hasta=fecha_bolivia() + timedelta(days=15), motivo="Falta lana")
            pedir_plazo(sesion, actor, pedido_id, datos)
        elif que == "pide_menos":
            linea = self.primera_linea(sesion, pedido_id)
            pedir_quitar(
                sesion, actor, pedido_id, QuitaPedida(linea_id=linea, cantidad=Decimal(1), motivo="Uno menos")
            )
        else:
            propuesto = propuesto_de(sesion, pedido_id)
            visto = propuesto.id if propuesto else pedido_id
            responder(sesion, actor, pedido_id, visto, que == "concede")

    def primera_linea(self, sesion: Session, pedido_id: UUID) -> UUID:
        suyas = select(PedidoLinea).where(col(PedidoLinea.pedido_id) == pedido_id)
        return sesion.exec(suyas.order_by(col(PedidoLinea.cantidad).desc(), col(PedidoLinea.id))).all()[0].id

    def barrer(self) -> None:
        super().barrer()
        vencer_acuerdos()


def lo_acordado_consta() -> None:
    with transaccion() as sesion:
        assert verificar(sesion) == []


@settings(
    max_examples=HISTORIAS or 8,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(st.lists(st.one_of(acuerdos, acuerdos, pasos), max_size=12))
@example([*_PLAZO, ("pasar", 8, 0), ("barrer", 0, 0), ("despachar", BIEN, 0), ("EMA", 0, 0), ("oir", 0, 0)])
@example([*_PLAZO])  # and nobody sends it on the later day either
@example([("pide_plazo", BIEN, VENDE), ("pasar", 1, 0), ("despachar", BIEN, 0), ("EMA", 0, 0), ("oir", 0, 0)])
@example([("despachar", BIEN, 0), *_MENOS, ("EMA", 0, 0), ("oir", 0, 0), ("EMI", 0, 0), ("oir", 0, 0)])
@example([("despachar", BIEN, 1), *_MENOS, *_MENOS, *_MENOS])  # all of the line, some of it announced
@example([("pide_menos", MANO, VENDE), ("alistar", MANO, 0), ("concede", MANO, COMPRA), ("entrega", MANO, 0)])
@example([("pide_menos", BIEN, COMPRA), ("cancela_compra", BIEN, 1), ("concede", BIEN, VENDE)])
@example([("pide_plazo", SERVICIO, VENDE), ("concede", SERVICIO, COMPRA), ("prestar", SERVICIO, 0)])
@example(
    [("pide_menos", PORTE, VENDE), ("concede", PORTE, COMPRA), ("alistar", PORTE, 0), ("entrega", PORTE, 0)]
)
def test_toda_historia_con_acuerdos_termina(
    mercado: Mercado,
    productos: list[Any],
    crear_persona: Callable[..., Any],
    actor_de: Callable[..., Actor],
    con_saldo: Callable[..., int],
    autoridad: Actor,
    historia: list[Paso],
) -> None:
    modulo.fijar_desfase(timedelta(0))
    persona = crear_persona("Quien compra")
    Cuento.autoridad = autoridad
    with transaccion() as sesion:
        declarar(sesion, mercado.actor_vendedor, mercado.unidad.id, FORMAS, COBRO)
    cuento = CuentoConAcuerdos(mercado, actor_de(persona), con_saldo(persona, "300.00"), productos)
    for que, cual, cuanto in historia:
        try:
            if que == "pasar":
                mercado.reloj.adelantar(timedelta(days=cual))
            elif que == "oir":
                entregar_pendientes()
            elif que == "barrer":
                cuento.barrer()
            else:
                with transaccion() as sesion:
                    cuento.hacer(sesion, que, cual, cuanto)
        except ErrorDominio:
            pass  # refused: what it left behind is judged below
        cuento.cuadra()
        lo_acordado_consta()
    for _ in range(4):  # nobody does anything any more
        mercado.reloj.adelantar(timedelta(days=40))
        cuento.barrer()
        cuento.cuadra()
    with transaccion() as sesion:
        finales = {p.estado for p in sesion.exec(select(Pedido).where(col(Pedido.id).in_(cuento.pedidos)))}
        acordados = {a.estado for a in sesion.exec(select(Acuerdo))}
    assert finales <= VIDA_PEDIDO.fines, finales
    assert acordados <= VIDA_ACUERDO.fines, acordados
    assert cuento.dinero() == cuento.antes + cuento.total
    todo_cuadra()
    lo_acordado_consta()
