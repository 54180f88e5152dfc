"""The treasury's payment, the sweep that pays and a claim, at once: one is done, whoever comes first."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

import comercio
from comercio.pedidos.cumplir import liberar_custodia
from comercio.reclamos import reclamar
from comercio.reclamos.errores import ReclamoNoProcede
from comercio.reclamos.estados import MotivoReclamo
from feria_inversa.compra_de_catalogo import manejadores
from feria_inversa.compra_de_catalogo.cumplir import pagar
from feria_inversa.compra_de_catalogo.esquemas import PagoDeCompra
from feria_inversa.compra_de_catalogo.tareas import seguir_compras
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from nucleo.reloj import ahora, fecha_bolivia
from nucleo.vidas import TransicionInvalida
from tests.ayudas.carreras import cruzar
from tests.feria_inversa.compra_de_catalogo.conftest import Ente

assert manejadores
pytestmark = pytest.mark.usefixtures("cuadra")
Leer = Callable[..., list[tuple[Any, ...]]]
ANTES, DESPUES = timedelta(minutes=-1), timedelta(minutes=1)
QUEDA = {  # purchase, commitment, custody
    "c31": ("recibida", "dicho", "ejecutada"),
    "barrido": ("pagada", "pagado", "liberada"),
    "reclamo": ("recibida", "vigente", "congelada"),
}


class Rivales:
    """Each on one order, in the transaction that it is given."""

    def __init__(self, ente: Ente, compra_id: UUID, pedido_id: UUID) -> None:
        self.ente, self.compra_id, self.pedido_id = ente, compra_id, pedido_id
        self.pago: bool | None = None

    def c31(self, sesion: Session) -> None:
        datos = PagoDeCompra(medio="c31", comprobante="4471", fecha=fecha_bolivia(ahora()))
        pagar(sesion, self.ente.actora, self.compra_id, datos)

    def barrido(self, sesion: Session) -> None:
        self.pago = liberar_custodia(sesion, self.pedido_id)

    def reclamo(self, sesion: Session) -> None:
        quien = self.ente.entidad.actor
        reclamar.abrir(sesion, quien, self.pedido_id, MotivoReclamo.DANADO, "Llegó roto")


@pytest.mark.parametrize("segundo", ["c31", "barrido", "reclamo"])
@pytest.mark.parametrize("primero", ["c31", "barrido", "reclamo"])
def test_se_hace_uno_solo(primero: str, segundo: str, ente: Ente, leer: Leer) -> None:
    """A claim comes before the date, the other two from it on; it passes while the second one waits."""
    certificacion = ente.certificar()
    compra_id, pedido = ente.ordenada(certificacion)
    ente.mercado.llevar(pedido, "EMA", "EMI")
    ente.abonar(ente.entidad.unidad, "500.00")
    ((fecha,),) = leer("SELECT liberar_en FROM comercio_custodia")
    rivales, reloj = Rivales(ente, compra_id, pedido.id), ente.mercado.reloj
    reloj.situar(fecha + (ANTES if primero == "reclamo" else DESPUES))

    def uno(sesion: Session) -> None:
        getattr(rivales, primero)(sesion)
        reloj.situar(fecha + DESPUES)

    falla = cruzar(uno, getattr(rivales, segundo))
    if segundo == "barrido":
        assert (falla, rivales.pago) == (None, False)
    else:
        assert isinstance(falla, ReclamoNoProcede | TransicionInvalida), falla
    entregar_pendientes()
    seguir_compras()
    assert leer(
        "SELECT f.estado, c.estado, k.estado FROM feria_compra_de_catalogo f, comercio_compromiso c,"
        " comercio_custodia k"
    ) == [QUEDA[primero]]
    assert ente.de(certificacion) == (
        ("400.00", "0.00", "600.00") if primero == "reclamo" else ("0.00", "400.00", "600.00")
    )
    pagado = leer("SELECT coalesce(sum(monto), 0) FROM pagos_transferencia WHERE codigo = 6")
    assert pagado == [(40000 if primero == "barrido" else 0,)]
    assert leer("SELECT count(*) FROM comercio_reclamo") == [(1 if primero == "reclamo" else 0,)]


def test_el_c31_y_el_barrido_no_pagan_dos_veces_lo_mismo(ente: Ente, leer: Leer) -> None:
    """What was said to be paid outside is not paid here afterwards, although there is money."""
    compra_id, pedido = ente.ordenada(ente.certificar())
    ente.mercado.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        comercio.dar_conformidad(sesion, ente.receptora, pedido.id)
    rivales = Rivales(ente, compra_id, pedido.id)
    with transaccion() as sesion:
        rivales.c31(sesion)
    ente.abonar(ente.entidad.unidad, "500.00")
    assert comercio.liberar_vencidas() == 0
    assert leer("SELECT estado FROM comercio_compromiso") == [("dicho",)]
