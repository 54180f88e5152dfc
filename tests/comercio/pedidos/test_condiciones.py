"""What a purchase earned by how much it was, when who bought takes a part off, and when who sells does."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from comercio.acuerdos import pedir_quitar, responder
from comercio.acuerdos.esquemas import QuitaPedida
from comercio.catalogo.modelos import Producto
from comercio.compra.hacer import pedidos_de
from comercio.compra.modelos import Pedido
from comercio.custodia.verificar import custodias
from comercio.formas import Cobro
from comercio.pedidos import cumplir, lineas_del_pedido
from comercio.pedidos.errores import CondicionPerdida
from comercio.pedidos.paquetes import despachar
from comercio.pedidos.verificar import pedidos as verificar
from comercio.promociones.modelos import Cupon
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import bs
from tests.comercio.catalogo.test_variantes import cambiar
from tests.comercio.conftest import Mercado
from tests.comercio.portes.conftest import Tarifas
from tests.comercio.portes.conftest import tarifas as tarifas
from tests.comercio.portes.test_portes import cobrar
from tests.comercio.promociones.conftest import cupon as cupon
from tests.comercio.test_web import oculto

Leer = Callable[..., list[tuple[Any, ...]]]
DINERO = "SELECT estado, monto, devuelto FROM comercio_custodia"
CANCELADO = "SELECT cantidad, importe FROM comercio_pedido_cancelacion ORDER BY ocurrio_en, id"
SIN_TOCAR = (
    "SELECT (SELECT count(*) FROM comercio_pedido_cancelacion), sum(reservado) FROM comercio_existencia"
)
ESCALA = [{"desde": 5, "precio": bs("40.00")}]


def cancelar(pedido: Pedido, actor: Actor, *partes: tuple[str, int]) -> None:
    """So much of each line, by its title."""
    with transaccion() as sesion:
        lineas = {x.fila.titulo: x.fila.id for x in lineas_del_pedido(sesion, pedido.id)}
        cuanto = {lineas[titulo]: Decimal(n) for titulo, n in partes}
        cumplir.cancelar(sesion, actor, pedido.id, "Era mucho", cuanto)


def cuadra() -> None:
    with transaccion() as sesion:
        assert (verificar(sesion), custodias(sesion)) == ([], [])


@pytest.fixture
def gorro(mercado: Mercado) -> Producto:
    """At 50.00, and from five on at 40.00."""
    gorro = mercado.publicar("Gorro", precio="50.00", existencia=20)
    cambiar(mercado, gorro, mercado.variante(gorro), precios_por_cantidad=ESCALA)
    return gorro


def test_quien_compra_no_se_queda_con_el_precio_de_mas(mercado: Mercado, gorro: Producto, leer: Leer) -> None:
    """Seven at 40.00: five keep their price, four would not, none of them needs it; all goes back of all."""
    faja = mercado.publicar("Faja", precio="30.00", sku="FA")
    pedido = mercado.pedido((gorro, 7), (faja, 2))
    assert leer("SELECT titulo, precio_desde FROM comercio_pedido_linea ORDER BY 1") == [
        ("Faja", None),
        ("Gorro", Decimal(5)),
    ]
    with pytest.raises(CondicionPerdida, match="precio por cantidad de «Gorro», que es desde 5"):
        cancelar(pedido, mercado.actor, ("Gorro", 3))
    assert leer(SIN_TOCAR) == [(0, 9)]
    cancelar(pedido, mercado.actor, ("Gorro", 2))
    with pytest.raises(CondicionPerdida):
        cancelar(pedido, mercado.actor, ("Gorro", 1), ("Faja", 1))
    cancelar(pedido, mercado.actor, ("Faja", 1))
    cancelar(pedido, mercado.actor, ("Gorro", 5))
    assert leer(CANCELADO) == [(2, 8_000), (1, 3_000), (5, 20_000)]
    cancelar(pedido, mercado.actor, ("Faja", 1))
    assert leer(DINERO) == [("devuelta", 34_000, 34_000)]
    cuadra()


def test_si_cancela_quien_vende_se_conserva(mercado: Mercado, gorro: Producto, leer: Leer) -> None:
    """They could not make all of them: the rest stays at 40.00, and who bought may then take more off."""
    pedido = mercado.pedido((gorro, 7))
    cancelar(pedido, mercado.actor_vendedor, ("Gorro", 4))
    cancelar(pedido, mercado.actor, ("Gorro", 1))
    assert leer(CANCELADO) == [(4, 16_000), (1, 4_000)]
    assert leer(DINERO) == [("retenida", 28_000, 20_000)]
    cuadra()


def acordar(mercado: Mercado, pedido: Pedido, titulo: str, cuanto: int, *, pide_quien_vende: bool) -> None:
    """Both sides take so much off."""
    pide, acepta = mercado.actor, mercado.actor_vendedor
    if pide_quien_vende:
        pide, acepta = acepta, pide
    with transaccion() as sesion:
        (linea,) = (x.fila for x in lineas_del_pedido(sesion, pedido.id) if x.fila.titulo == titulo)
        quita = QuitaPedida(linea_id=linea.id, cantidad=Decimal(cuanto), motivo="Era mucho")
        acuerdo = pedir_quitar(sesion, pide, pedido.id, quita)
    with transaccion() as sesion:
        responder(sesion, acepta, pedido.id, acuerdo.id, acepta=True)


@pytest.mark.parametrize("pide_quien_vende", [False, True])
def test_de_acuerdo_se_conserva_y_nada_mas(
    mercado: Mercado, gorro: Producto, leer: Leer, pide_quien_vende: bool
) -> None:
    """Seven at the price of five, and three by agreement; whoever said it last, who bought does not go on by
    themselves. What does not count for it they do, and the whole line too."""
    faja = mercado.publicar("Faja", precio="30.00", sku="FA")
    pedido = mercado.pedido((gorro, 7), (faja, 2))
    acordar(mercado, pedido, "Gorro", 4, pide_quien_vende=pide_quien_vende)
    assert leer(CANCELADO) == [(4, 16_000)]
    antes = leer(SIN_TOCAR)
    with pytest.raises(CondicionPerdida, match="precio por cantidad de «Gorro», que es desde 5 unidades"):
        cancelar(pedido, mercado.actor, ("Gorro", 2))
    assert leer(SIN_TOCAR) == antes == [(1, 5)]
    cancelar(pedido, mercado.actor, ("Faja", 1))
    cancelar(pedido, mercado.actor, ("Gorro", 3))
    assert leer(CANCELADO) == [(4, 16_000), (1, 3_000), (3, 12_000)]
    cuadra()


def test_uno_de_acuerdo_y_ocho_solo(mercado: Mercado, leer: Leer) -> None:
    """Ten at the price of ten, one less by agreement: nobody keeps one at that price."""
    gorro = mercado.publicar("Gorro", precio="50.00", existencia=20)
    escala = [{"desde": 10, "precio": bs("40.00")}]
    cambiar(mercado, gorro, mercado.variante(gorro), precios_por_cantidad=escala)
    pedido = mercado.pedido((gorro, 10))
    acordar(mercado, pedido, "Gorro", 1, pide_quien_vende=False)
    with pytest.raises(CondicionPerdida):
        cancelar(pedido, mercado.actor, ("Gorro", 8))
    assert (leer(SIN_TOCAR), leer(DINERO)) == ([(1, 9)], [("retenida", 40_000, 4_000)])
    cancelar(pedido, mercado.actor_vendedor, ("Gorro", 1))  # now it is they who do not reach it
    cancelar(pedido, mercado.actor, ("Gorro", 7))
    assert leer(CANCELADO) == [(1, 4_000), (1, 4_000), (7, 28_000)]
    cuadra()


def test_el_envio_gratis(mercado: Mercado, tarifas: Tarifas, leer: Leer) -> None:
    """For nothing from 100.00 in goods on: 150.00 can lose one of three, not two; all may be cancelled."""
    tarifas()
    cobrar(mercado, Cobro(correo=True, gratis_desde=bs("100.00")))
    chompa = mercado.publicar("Chompa", precio="50.00")
    pedido = mercado.pedido((chompa, 3))
    assert (pedido.total, pedido.gratis_desde) == (bs("150.00"), bs("100.00"))
    assert mercado.pedido((chompa, 1), porte=bs("10.00")).gratis_desde is None
    with pytest.raises(CondicionPerdida, match=r"envío gratis, que es desde Bs.100,00 en productos"):
        cancelar(pedido, mercado.actor, ("Chompa", 2))
    cancelar(pedido, mercado.actor, ("Chompa", 1))
    with transaccion() as sesion:
        cumplir.cancelar(sesion, mercado.actor, pedido.id, "Ya no")
    assert leer(CANCELADO) == [(1, 5_000), (2, 10_000)]
    cuadra()


def test_lo_minimo_de_un_cupon_cuenta_el_servicio(
    mercado: Mercado, cupon: Callable[..., Cupon], leer: Leer
) -> None:
    """10 % from 100.00 on, before the coupon: a class of 60.00 and two hats of 25.00; without one, 85.00."""
    cupon(minimo={"monto": "100.00"})
    hilo = mercado.publicar("Hilo", precio="25.00", existencia=20)
    clase = mercado.publicar(
        "Clase", precio="60.00", categoria="confeccion", unidad_medida="servicio", sku="CL"
    )
    compra = mercado.comprar((hilo, 4), (clase, 1), cupon="FERIA10")
    with transaccion() as sesion:
        de_bienes = next(p for p in pedidos_de(sesion, compra.id) if p.modalidad == "envio")
    cancelar(de_bienes, mercado.actor, ("Hilo", 2))  # 110.00 are left
    with pytest.raises(CondicionPerdida, match=r"cupón FERIA10, que vale desde Bs.100,00"):
        cancelar(de_bienes, mercado.actor, ("Hilo", 1))
    assert leer(CANCELADO) == [(2, 4_500)]
    cuadra()


def test_un_cupon_si_se_cancela_antes_el_servicio(
    mercado: Mercado, cupon: Callable[..., Cupon], leer: Leer
) -> None:
    """All of the class may go, and what is left of the hats keeps the coupon; not one hat of four."""
    cupon(minimo={"monto": "150.00"})
    hilo = mercado.publicar("Hilo", precio="25.00", existencia=20)
    clase = mercado.publicar(
        "Clase", precio="60.00", categoria="confeccion", unidad_medida="servicio", sku="CL"
    )
    compra = mercado.comprar((hilo, 4), (clase, 1), cupon="FERIA10")
    with transaccion() as sesion:
        de_bienes, de_servicio = sorted(pedidos_de(sesion, compra.id), key=lambda p: p.modalidad)
    cancelar(de_servicio, mercado.actor, ("Clase", 1))
    with pytest.raises(CondicionPerdida, match=r"cupón FERIA10, que vale desde Bs.150,00"):
        cancelar(de_bienes, mercado.actor, ("Hilo", 3))
    assert leer(CANCELADO) == [(1, 5_400)]
    cancelar(de_bienes, mercado.actor, ("Hilo", 4))
    assert leer(CANCELADO) == [(1, 5_400), (4, 9_000)]
    cuadra()


DE_ACUERDO = "Pídaselo a quien vende en «Pedir un cambio»"
ENTERO = "ancele el pedido entero"
A_SECAS = "Puede cancelar el pedido entero"


def test_se_dice_lo_que_se_puede(mercado: Mercado, gorro: Producto, sesion_web: Any) -> None:
    """On the page and in the refusal: all of it while nothing left; by agreement, of goods."""
    horas = mercado.publicar(
        "Clase", precio="50.00", categoria="confeccion", unidad_medida="hora", sku="CL", existencia=20
    )
    cambiar(mercado, horas, mercado.variante(horas), precios_por_cantidad=ESCALA)
    bienes, servicio = mercado.pedido((gorro, 7)), mercado.pedido((horas, 5))
    compradora = sesion_web(mercado.comprador)

    def dice(pedido: Pedido, titulo: str) -> tuple[bool, ...]:
        with pytest.raises(CondicionPerdida) as negada:
            cancelar(pedido, mercado.actor, (titulo, 3))
        aviso = compradora.get(f"/pedidos/{pedido.id}").text.partition("esta compra ganó")[2][:900]
        textos = (aviso, negada.value.detalle)
        return tuple(cual in texto for texto in textos for cual in (DE_ACUERDO, ENTERO, A_SECAS))

    assert dice(bienes, "Gorro") == (True, True, False) * 2
    assert dice(servicio, "Clase") == (False, False, True) * 2
    with transaccion() as sesion:
        (linea,) = lineas_del_pedido(sesion, bienes.id)
        tres = {linea.fila.id: Decimal(3)}
        despachar(sesion, mercado.actor_vendedor, bienes.id, mercado.operador.id, tres)
    mercado.anotar(bienes, "EMA")
    assert dice(bienes, "Gorro") == (True, False, False) * 2


def test_la_pagina_lo_dice_antes(mercado: Mercado, gorro: Producto, sesion_web: Any, leer: Leer) -> None:
    faja = mercado.publicar("Faja", precio="30.00", sku="FA")
    suelto = mercado.pedido((faja, 2))
    pedido = mercado.pedido((gorro, 5))
    compradora = sesion_web(mercado.comprador)
    assert "esta compra ganó" not in compradora.get(f"/pedidos/{suelto.id}").text
    html = compradora.get(f"/pedidos/{pedido.id}").text
    assert "el precio por cantidad de «Gorro», que es desde 5 unidades" in html
    assert "Pedir un cambio" in html
    ((linea_id,),) = leer("SELECT id FROM comercio_pedido_linea WHERE pedido_id = :p", p=pedido.id)
    datos = {"_id": oculto(html, "_id"), "linea_id": str(linea_id), "cantidad": "1", "motivo": "Era mucho"}
    negada = compradora.post(f"/pedidos/{pedido.id}/cancelacion-de-linea", data=datos)
    assert negada.status_code == 409
    assert "lo que queda ya no llega a: el precio por cantidad de «Gorro»" in negada.text
    assert "esta compra ganó" not in sesion_web(mercado.vendedor).get(f"/vender/pedidos/{pedido.id}").text
    assert leer(SIN_TOCAR) == [(0, 7)]
