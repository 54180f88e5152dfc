"""What is paid at the door, when two things happen to it in the same instant."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from comercio.compra.modelos import Pedido
from comercio.pedidos.lineas import paquetes_de
from envios import deudas
from envios.deudas import pagar
from envios.deudas.tareas import cobrar_vencidas
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from pagos import cuenta_de_unidad, saldo
from tests.ayudas.carreras import cruzar
from tests.comercio.pedidos.test_contra_entrega import Puerta
from tests.comercio.pedidos.test_contra_entrega import puerta as puerta
from tests.comercio.portes.conftest import _tarifas_frescas as _tarifas_frescas
from tests.comercio.portes.conftest import tarifas as tarifas

EN_CUSTODIA = """
    SELECT m.monto FROM comercio_pedido p, pagos_de_asunto('pedido', p.id) m WHERE m.entra AND m.codigo = 113
"""


def _dos_envios(puerta: Puerta) -> tuple[Pedido, UUID, UUID]:
    """The first one was annulled and is on its way all the same; the second one carries it again."""
    m, pedido = puerta.mercado, puerta.comprar()
    m.llevar(pedido, "EXX")
    m.llevar(pedido, "EMA")
    with transaccion() as sesion:
        uno, dos = (p.envio_id for p in paquetes_de(sesion, pedido.id))
    assert uno is not None
    assert dos is not None
    return pedido, uno, dos


def _del_vendedor(puerta: Puerta) -> Any:
    with transaccion() as sesion:
        return saldo(sesion, cuenta_de_unidad(sesion, puerta.mercado.unidad.id))


def test_dos_entregas_a_la_vez_y_una_entra_a_su_custodia(puerta: Puerta) -> None:
    _pedido, uno, dos = _dos_envios(puerta)
    puerta.tiene("500.00")

    def entregar(envio_id: UUID) -> Callable[..., None]:
        return lambda sesion: puerta.mercado.evento(sesion, envio_id, "EMI")

    assert cruzar(entregar(uno), entregar(dos)) is None
    entregar_pendientes()
    assert puerta.leer(EN_CUSTODIA) == [(12000,)]
    assert _del_vendedor(puerta) == bs("120.00")  # what the other one collected is of who sent it
    assert puerta.como_va() == [("entregado", "por_liberar")]
    puerta.cuadra()


def test_se_rinde_y_se_cobra_lo_vencido_a_la_vez(puerta: Puerta) -> None:
    _pedido, uno, dos = _dos_envios(puerta)
    with transaccion() as sesion:
        for envio_id in (uno, dos):
            puerta.mercado.evento(sesion, envio_id, "EMI")
    puerta.tiene("240.00")

    def rendir(sesion: Any) -> None:
        deudas.cerrar_ronda(sesion, puerta.cartera, puerta.mercado.operador.id)

    assert cruzar(rendir, rendir) is None
    cobrar_vencidas()
    entregar_pendientes()
    assert (puerta.leer(EN_CUSTODIA), puerta.saldo()) == ([(12000,)], bs(0))
    assert _del_vendedor(puerta) == bs("120.00")
    puerta.cuadra()


@pytest.mark.parametrize(
    ("calla", "dice"), [(False, "uq_envios_deuda_pago_custodia"), (True, "no entró donde dice")]
)
def test_ni_quien_escriba_paga_dos_veces_a_su_custodia(
    puerta: Puerta, monkeypatch: pytest.MonkeyPatch, calla: bool, dice: str
) -> None:
    """A program that sends both there, whether or not it says so, is refused by the database."""
    _pedido, uno, dos = _dos_envios(puerta)
    with transaccion() as sesion:
        for envio_id in (uno, dos):
            puerta.mercado.evento(sesion, envio_id, "EMI")
    entregar_pendientes()
    puerta.tiene("240.00")
    ((cuenta,),) = puerta.leer("SELECT DISTINCT cuenta FROM envios_cobro")

    def _a_la_misma(_sesion: Any, partes: Any) -> Any:
        return [[pagar._Pago(deuda, monto, cuenta, custodia=not calla)] for deuda, monto in partes]

    monkeypatch.setattr(pagar, "_pagos", _a_la_misma)
    with pytest.raises(DBAPIError, match=dice):
        puerta.rendir()
    assert (puerta.leer(EN_CUSTODIA), puerta.saldo()) == ([], bs("240.00"))
    puerta.cuadra()
