"""A unit sells and another one buys; they are suspended and their accounts frozen whenever that happens. What
becomes of an order follows from its delivery, its claim and its terms alone, in every order of them all.

`QHATU_PRUEBAS_COMERCIO=10000` (as `make caos` does) tells 250 of the orders; the suite, some.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from comercio.custodia.modelos import Custodia
from comercio.custodia.verificar import custodias
from comercio.pedidos import manejadores, tareas
from comercio.pedidos.verificar import pedidos as verificar
from comercio.reclamos import manejadores as de_reclamos
from comercio.reclamos import reclamar
from comercio.reclamos.consultas import reclamos_del_pedido
from comercio.reclamos.errores import ReclamoNoAdmite, ReclamoNoProcede
from comercio.reclamos.estados import MotivoReclamo
from comercio.reclamos.tareas import vencer_reclamos
from comercio.reclamos.verificar import verificar_reclamos
from empresa_digital.registro import inscripcion
from nucleo import reloj as modulo
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from pagos import TipoCuenta, cuenta_de_unidad, saldo
from pagos.libro.cuentas import congelar
from pagos.libro.verificar import verificar_libro
from tests.comercio.compra.test_de_unidad import Firma
from tests.comercio.compra.test_de_unidad import firma as firma
from tests.comercio.conftest import Mercado

assert manejadores  # they listen
assert de_reclamos
HISTORIAS = int(os.environ.get("QHATU_PRUEBAS_COMERCIO", "0")) // 40
QUE = ("entrega", "reclama", "responde", "vence", "cae_vende", "cae_compra", "vuelve_vende", "vuelve_compra")
A_CUALQUIERA = {"cae_vende", "cae_compra", "vuelve_vende", "vuelve_compra"}


def debe_ser(orden: list[str]) -> str:
    """To whom the money goes, as if nobody had been suspended."""
    entregado = abierto = False
    for que in orden:
        if que == "entrega":
            entregado = True
        elif que == "reclama":
            abierto = entregado
        elif abierto and que in ("responde", "vence"):  # said so, or by silence
            return "devuelta"
        elif que == "vence" and entregado:
            return "liberada"
    return "devuelta" if abierto else "liberada"


@dataclass
class Plaza:
    """The seller of `mercado`, the firm that buys, and the authority that suspends both."""

    mercado: Mercado
    firma: Firma
    autoridad: Callable[[], Actor]

    @property
    def cuentas(self) -> dict[str, int]:
        with transaccion() as sesion:
            vende = cuenta_de_unidad(sesion, self.mercado.unidad.id, TipoCuenta.COMERCIO)
        return {"vende": vende, "compra": self.firma.cuenta}

    def saldos(self) -> dict[str, Any]:
        with transaccion() as sesion:
            return {quien: saldo(sesion, cuenta) for quien, cuenta in self.cuentas.items()}

    def caer(self, quien: str, *, cae: bool) -> None:
        """It is suspended and its account frozen, or neither any more; what already is so stays."""
        unidad = {"vende": self.mercado.unidad.id, "compra": self.firma.unidad.id}[quien]
        with transaccion() as sesion:
            if not congelar(sesion, self.cuentas[quien], congelada=cae):
                return
            if cae:
                inscripcion.suspender(sesion, self.autoridad(), unidad, "Se investiga")
            else:
                inscripcion.rehabilitar(sesion, self.autoridad(), unidad)

    def hacer(self, que: str, pedido: Any) -> None:
        if que in A_CUALQUIERA:
            movimiento, quien = que.split("_")
            self.caer(quien, cae=movimiento == "cae")
        elif que == "entrega":
            self.mercado.anotar(pedido, "EMI")
        elif que == "vence":
            self.pasar(8)
        else:
            with transaccion() as sesion:
                if que == "reclama":
                    relato, motivo = "Llegó roto", MotivoReclamo.DANADO
                    reclamar.abrir(sesion, self.firma.duenio, pedido.id, motivo, relato)
                for reclamo in reclamos_del_pedido(sesion, pedido.id) if que == "responde" else ():
                    reclamar.responder(
                        sesion, self.mercado.actor_vendedor, reclamo.id, "Tiene razón", None, True
                    )
        entregar_pendientes()

    def pasar(self, dias: int) -> None:
        self.mercado.reloj.adelantar(timedelta(days=dias))
        for tarea in (tareas.cancelar_vencidos, tareas.liberar_vencidas, vencer_reclamos):
            tarea()
        entregar_pendientes()

    def dinero(self, pedido_id: UUID) -> Custodia:
        with transaccion() as sesion:
            return sesion.get_one(Custodia, pedido_id)


@pytest.fixture
def plaza(
    mercado: Mercado,
    firma: Firma,
    crear_unidad: Callable[..., Any],
    crear_persona: Callable[..., Any],
    actor_de: Callable[..., Actor],
) -> Plaza:
    rosa = crear_persona("Rosa")
    crear_unidad(
        "Autoridad",
        tipo="ENTIDAD_PUBLICA",
        representante=rosa,
        facultades=["REGULAR"],
        habilitaciones=["AUTORIDAD_REGULADORA"],
    )
    return Plaza(mercado, firma, lambda: actor_de(rosa))  # who signed in just now, whenever that is


@settings(
    max_examples=HISTORIAS or 6,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(st.permutations(QUE))
@example(["cae_vende", "cae_compra", *(q for q in QUE if q not in A_CUALQUIERA)])
@example(["entrega", "cae_vende", "vence", "cae_compra", "reclama", "responde"])  # paid while suspended
@example(["entrega", "reclama", "cae_vende", "cae_compra", "vence"])  # by silence, while both are
def test_lo_que_pasa_con_un_pedido_no_depende_de_a_quien_suspenden(
    plaza: Plaza, con_saldo: Callable[..., int], orden: list[str]
) -> None:
    modulo.fijar_desfase(timedelta(0))
    for quien in ("vende", "compra"):  # as the order before may have left them
        plaza.caer(quien, cae=False)
    mercado, firma = plaza.mercado, plaza.firma
    con_saldo(firma.unidad, "20.00")
    producto = mercado.publicar(precio="20.00")
    antes = plaza.saldos()
    pedido = mercado.pedido((producto, 1), actor=firma.duenio, unidad_id=firma.unidad.id)
    mercado.llevar(pedido, "EMA")
    for lugar, que in enumerate(orden):
        if que == "reclama" and (
            "entrega" not in orden[:lugar] or plaza.dinero(pedido.id).estado == "liberada"
        ):
            with pytest.raises(ReclamoNoProcede):
                plaza.hacer(que, pedido)
        elif que == "responde" and plaza.dinero(pedido.id).estado == "devuelta":  # silence answered it
            with pytest.raises(ReclamoNoAdmite):
                plaza.hacer(que, pedido)
        else:
            plaza.hacer(que, pedido)
        dinero = plaza.dinero(pedido.id)
        assert dinero.monto == dinero.queda + dinero.devuelto + dinero.al_vendedor + dinero.comision_cobrada
        assert dinero.estado not in ("devuelta", "liberada") or dinero.estado == debe_ser(orden)
    plaza.pasar(8)
    plaza.pasar(40)
    assert plaza.dinero(pedido.id).estado == debe_ser(orden)
    pagado, cobrado = ("20.00", "19.40") if debe_ser(orden) == "liberada" else ("0.00", "0.00")
    assert plaza.saldos() == {"vende": antes["vende"] + bs(cobrado), "compra": antes["compra"] - bs(pagado)}
    for comprobar in (verificar, custodias, verificar_reclamos, verificar_libro):
        with transaccion() as sesion:
            assert comprobar(sesion) == []
