"""What a seller sold and received: the page, its files and the ledger say the same, to the cent."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from comercio.panel.cuentas import liquidadas, vendido_por_producto, vendido_por_tiempo
from comercio.pedidos.cumplir import cancelar
from comercio.pedidos.lineas import lineas_del_pedido
from empresa_digital.registro import Facultad
from nucleo.bd import transaccion
from nucleo.dinero import bs, cero
from nucleo.reloj import ahora, fecha_bolivia
from tests.comercio.conftest import Mercado

Leer = Callable[..., list[tuple[Any, ...]]]
# 111 is LIBERACION: what reached the unit's account from the accounts of its orders.
DEL_LIBRO = (
    "SELECT coalesce(sum(t.monto), 0) FROM pagos_transferencia t JOIN comercio_custodia k"
    " ON k.cuenta_vendedor = t.credito AND t.referencia = k.pedido_id AND t.codigo = 111"
    " JOIN comercio_pedido p ON p.id = k.pedido_id WHERE p.vendedor_id = :unidad"
)


def test_lo_liquidado_es_lo_del_libro(
    mercado: Mercado, sesion_web: Callable[..., Any], leer: Leer, reloj: Any
) -> None:
    """One order whole, one of which a part was given back, one all given back, one still held."""
    chompa = mercado.publicar("=Chompa", precio="33.33", sku="CH", existencia=30)
    entero, en_parte, nada, abierto = (mercado.pedido((chompa, n)) for n in (3, 4, 2, 1))
    with transaccion() as sesion:
        (linea,) = lineas_del_pedido(sesion, en_parte.id)
        cancelar(sesion, mercado.actor, en_parte.id, "Quiero menos", {linea.fila.id: linea.viva - 3})
        cancelar(sesion, mercado.actor_vendedor, nada.id, "No hay lana")
    for pedido in (entero, en_parte):
        mercado.llevar(pedido, "EMA", "EMI")
    mercado.cobrar(entero)
    hoy = fecha_bolivia(ahora())
    desde = hoy - timedelta(days=20)
    with transaccion() as sesion:
        hechas = liquidadas(sesion, mercado.unidad.id, desde, hoy)
        tiempo = vendido_por_tiempo(sesion, mercado.unidad.id, desde, hoy)
        productos = vendido_por_producto(sesion, mercado.unidad.id, desde, hoy)
        assert liquidadas(sesion, mercado.unidad.id, desde, hoy - timedelta(days=20)) != hechas
    assert {x.pedido_id for x in hechas} == {entero.id, en_parte.id, nada.id}
    liquidado = sum((x.liquidado for x in hechas), cero())
    ((libro,),) = leer(DEL_LIBRO, unidad=mercado.unidad.id)
    assert (int(liquidado.amount * 100), liquidado > cero()) == (libro, True)
    assert sum((v.vendido for v in tiempo), cero()) == bs("233.31")  # 3 + 3 + 1 of 33,33
    assert (len(tiempo), sum(v.pedidos for v in tiempo)) == (21, 3)
    assert [(p.sku, int(p.cantidad), p.vendido) for p in productos] == [("CH", 7, bs("233.31"))]

    vendedora = sesion_web(mercado.vendedor)
    archivo = vendedora.get(f"/vender/estado-de-cuenta.csv?desde={desde}&hasta={hoy}")
    filas = list(csv.reader(io.StringIO(archivo.content.decode("utf-8-sig")), delimiter=";"))
    montos = [int(fila[-1].replace(".", "").replace(",", "")) for fila in filas[1:]]
    assert sum(montos[:-1]) == montos[-1] == libro
    assert {fila[0] for fila in filas[1:-1]} == {entero.numero, en_parte.numero, nada.numero}
    assert [len(fila) for fila in filas] == [8] * 5
    de_productos = vendedora.get(f"/vender/productos.csv?desde={desde}&hasta={hoy}").content.decode(
        "utf-8-sig"
    )
    assert "'=Chompa;CH;7;unidad;233,31" in de_productos
    pagina = vendedora.get(f"/vender/dinero?desde={desde}&hasta={hoy}").text
    for pedido in (entero, en_parte, nada, abierto):
        assert pedido.numero in pagina
    ventas = vendedora.get(f"/vender/ventas?desde={desde}&hasta={hoy}").text
    assert "<svg" in ventas
    assert "Bs\u00a0233,31" in ventas
    assert "Sin ventas en esos días" in vendedora.get("/vender/ventas?desde=2020-01-01&hasta=2020-01-31").text


def test_del_dinero_a_su_cuenta_va_quien_la_ve(
    mercado: Mercado,
    sesion_web: Callable[..., Any],
    crear_persona: Callable[..., Any],
    otorgar: Callable[..., None],
    con_saldo: Callable[..., int],
) -> None:
    """To the unit's account, not to one's own wallet; who only sells has no way there."""
    vende = crear_persona("Vicenta")
    otorgar(mercado.unidad.id, vende, Facultad.VENDER)
    cuenta = con_saldo(mercado.unidad, "5.00")
    for ruta in ("/vender", "/vender/dinero"):
        assert f'href="/billetera?cuenta={cuenta}"' in sesion_web(mercado.vendedor).get(ruta).text
        assert "/billetera?cuenta=" not in sesion_web(vende).get(ruta).text
