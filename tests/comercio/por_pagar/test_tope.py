"""Who reserves again and again without paying: so often in a day, and then only by paying at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from comercio.catalogo.modelos import Producto
from comercio.catalogo.opciones import variante_pedida
from comercio.compra.hacer import SolicitudCompra
from comercio.por_pagar.comprar import ENSEGUIDA, comprar_con_qr, comprar_con_tarjeta
from comercio.por_pagar.errores import DemasiadasSinPagar
from comercio.por_pagar.seguir import dejar
from comercio.por_pagar.tareas import revisar_por_pagar
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from tests.ayudas.carreras import cruzar
from tests.comercio.conftest import ENTREGA
from tests.comercio.por_pagar.conftest import VENCE, Caja
from tests.comercio.test_web import ENTREGA as EN_LA_PAGINA
from tests.comercio.test_web import oculto

Leer = Callable[..., list[tuple[Any, ...]]]
HECHO = (
    "SELECT (SELECT count(*) FROM comercio_compra_por_pagar), (SELECT count(*) FROM comercio_pedido),"
    " sum(reservado) FROM comercio_existencia"
)


@pytest.fixture
def chompa(caja: Caja) -> Producto:
    return caja.mercado.publicar("Chompa", existencia=5)


def deja(caja: Caja, compra_id: UUID, pasan: timedelta) -> None:
    caja.mercado.reloj.adelantar(pasan)
    with transaccion() as sesion:
        dejar(sesion, caja.mercado.actor, compra_id)


def soltar(caja: Caja, chompa: Producto, veces: int) -> None:
    """All of it is reserved, and let go by time, once and again."""
    for _vez in range(veces):
        caja.comprar((chompa, 5))
        caja.mercado.reloj.adelantar(VENCE)
        assert revisar_por_pagar() == 1


def con(caja: Caja, chompa: Producto, comprar: Any) -> Callable[[Session], Any]:
    def hacer(sesion: Session) -> Any:
        lineas = ((variante_pedida(sesion, chompa.id), 5),)
        solicitud = SolicitudCompra(id=nuevo_id(), entrega=ENTREGA, lineas=lineas)
        return comprar(sesion, caja.mercado.actor, solicitud)

    return hacer


def test_cinco_veces_en_un_dia(caja: Caja, chompa: Producto, leer: Leer) -> None:
    """By card or by QR; paying at once is never refused, and a day after the first it may reserve again."""
    soltar(caja, chompa, 5)
    for comprar in (comprar_con_tarjeta, comprar_con_qr):
        with (
            pytest.raises(DemasiadasSinPagar, match="apartó 5 compras y no las pagó"),
            transaccion() as sesion,
        ):
            con(caja, chompa, comprar)(sesion)
    assert leer(HECHO) == [(5, 5, 0)]
    caja.mercado.comprar((chompa, 1))
    assert leer(HECHO) == [(5, 6, 1)]
    caja.mercado.reloj.adelantar(timedelta(days=1) - 5 * VENCE)
    caja.comprar((chompa, 4))
    assert leer(HECHO) == [(6, 7, 5)]
    caja.cuadra()


def test_lo_que_se_paga_no_cuenta(caja: Caja, chompa: Producto) -> None:
    soltar(caja, chompa, 4)
    pagada = caja.comprar((chompa, 1))
    caja.pagar(pagada)
    caja.barrer()
    caja.comprar((chompa, 4))
    caja.cuadra()


def test_la_tarjeta_rechazada_no_cuenta(caja: Caja, chompa: Producto) -> None:
    """They meant to pay, and it was let go in its time with no other card."""
    for _vez in range(2):
        rechazada = caja.comprar((chompa, 5))
        caja.pagar(rechazada, "pm_card_visa_chargeDeclinedInsufficientFunds")
        caja.barrer()
        caja.barrer(VENCE)
        assert caja.estados(rechazada) == ("soltada", {"no_pagado"})
    soltar(caja, chompa, 4)
    caja.comprar((chompa, 5))
    caja.cuadra()


def test_lo_que_se_deja_enseguida_no_cuenta(caja: Caja, chompa: Producto, leer: Leer) -> None:
    """By card or by QR; two minutes later it does."""
    casi = ENSEGUIDA - timedelta(seconds=1)
    deja(caja, caja.comprar((chompa, 5)), casi)
    deja(caja, caja.comprar_con_qr((chompa, 5))[0], casi)
    soltar(caja, chompa, 4)
    deja(caja, caja.comprar((chompa, 5)), ENSEGUIDA)
    with pytest.raises(DemasiadasSinPagar), transaccion() as sesion:
        con(caja, chompa, comprar_con_qr)(sesion)
    assert leer(HECHO) == [(7, 7, 0)]
    caja.cuadra()


def test_mientras_deja_una_pide_otra(caja: Caja, chompa: Producto, leer: Leer) -> None:
    """Who waits for the fifth to be given up finds it counted."""
    soltar(caja, chompa, 4)
    quinta = caja.comprar((chompa, 5))
    caja.mercado.reloj.adelantar(ENSEGUIDA)
    otra = cruzar(
        lambda sesion: dejar(sesion, caja.mercado.actor, quinta), con(caja, chompa, comprar_con_tarjeta)
    )
    assert isinstance(otra, DemasiadasSinPagar)
    assert leer(HECHO) == [(5, 5, 0)]
    caja.cuadra()


def test_la_pagina_lo_dice_y_deja_pagar(caja: Caja, chompa: Producto, sesion_web: Any, leer: Leer) -> None:
    soltar(caja, chompa, 5)
    caja.al_carrito((chompa, 1))
    compradora = sesion_web(caja.mercado.comprador)
    pagina = compradora.get("/comprar").text
    datos = EN_LA_PAGINA | {"_id": oculto(pagina, "_id"), "huella": oculto(pagina, "huella")}
    negada = compradora.post("/comprar/con-tarjeta", data=datos)
    assert negada.status_code == 409
    assert "apartó 5 compras y no las pagó" in negada.text
    assert "desde su billetera" in negada.text
    assert leer(HECHO) == [(5, 5, 0)]
