"""A purchase by card: reserved as it was sold, paid once into custody, let go in time, its money back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from comercio.catalogo.modelos import Producto
from comercio.compra import sin_contacto
from comercio.compra.errores import CompraEnEspera, PedidoNoEncontrado
from comercio.pedidos.consultas import detalle_pedido, pedidos_del_comprador, ventas_de
from comercio.pedidos.cumplir import cancelar
from comercio.por_pagar.errores import TarjetaSoloPropia, YaSePago
from comercio.por_pagar.seguir import dejar, revisar
from comercio.por_pagar.tareas import revisar_por_pagar
from comercio.promociones import cupon_de_compra
from empresa_digital.registro import inscripcion
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.paginacion import CursorPedido
from pagos import saldo_disponible
from pagos.tarjetas.conciliar import avanzar, conciliar
from pagos.tarjetas.simulada import decidir_disputa, disputar_pago
from tests.comercio.carrito.test_carrito import en_paralelo
from tests.comercio.conftest import FICHAS
from tests.comercio.pedidos.test_contacto import de_la_venta
from tests.comercio.por_pagar.conftest import VENCE, Caja
from tests.comercio.test_web import oculto

Leer = Callable[..., list[tuple[Any, ...]]]
_QUIEN = "SELECT actor, quien FROM comercio_pedido_paso WHERE estado = 'no_pagado'"
_DEJADAS = "SELECT count(*) FROM nucleo_auditoria WHERE accion = 'compra.dejar'"
_APARTADO = f"SELECT p.titulo, e.existencia, e.reservado FROM {FICHAS} ORDER BY 1"


def _billetera(caja: Caja) -> Any:
    with transaccion() as sesion:
        return saldo_disponible(sesion, caja.mercado.cuenta)


def test_se_aparta_se_paga_una_vez_y_queda_en_custodia(caja: Caja, leer: Leer) -> None:
    mercado = caja.mercado
    chompa = mercado.publicar("Chompa", precio="50.00")
    arreglo = mercado.publicar(
        "Arreglo", precio="20.00", categoria="confeccion", unidad_medida="servicio", existencia=10
    )
    caja.al_carrito((chompa, 2), (arreglo, 1))
    compra_id = caja.comprar()

    assert caja.estados(compra_id) == ("por_pagar", {"por_pagar"})
    assert leer(_APARTADO) == [("Arreglo", 10, 1), ("Chompa", 10, 2)]
    assert caja.en_el_carrito() == [2, 1]
    with transaccion() as sesion:
        assert ventas_de(sesion, mercado.unidad.id, CursorPedido(None, 20))[0] == []
        (parte,) = {p.comprador_parte_id for p in caja.pedidos(compra_id)}
        assert pedidos_del_comprador(sesion, [parte], CursorPedido(None, 20))[0] == []
        for quien in (mercado.actor, mercado.actor_vendedor):
            with pytest.raises(PedidoNoEncontrado):
                detalle_pedido(sesion, quien, caja.pedidos(compra_id)[0].id)
        with pytest.raises(PedidoNoEncontrado):
            cancelar(sesion, mercado.actor_vendedor, caja.pedidos(compra_id)[0].id, "No")
    caja.cuadra()

    mercado.reloj.adelantar(timedelta(minutes=5))
    caja.pagar(compra_id)
    for _vez in range(3):  # the webhook, and everything that follows, comes as often as it wants
        caja.tarjeta.avisos()
        caja.barrer()
        with transaccion() as sesion:
            assert not revisar(sesion, compra_id, llego=True)
    assert caja.estados(compra_id) == ("pagada", {"pagado"})
    assert leer("SELECT monto, estado FROM comercio_custodia ORDER BY monto") == [
        (2000, "retenida"),
        (10000, "retenida"),
    ]
    assert leer("SELECT estado FROM comercio_servicio") == [("agendado",)]
    assert leer("SELECT count(*) FROM nucleo_evento WHERE tipo = 'PedidoPagado'") == [(2,)]
    assert leer(_APARTADO) == [("Arreglo", 10, 1), ("Chompa", 10, 2)]
    assert (caja.en_el_carrito(), _billetera(caja)) == ([], bs("1000.00"))
    assert caja.saldo_de(compra_id).saldo == bs(0)
    assert caja.tarjeta.cobrado() == 12_000
    with transaccion() as sesion:
        assert len(ventas_de(sesion, mercado.unidad.id, CursorPedido(None, 20))[0]) == 2
    caja.cuadra()


def test_sin_aviso_la_conciliacion_se_entera(caja: Caja) -> None:
    compra_id = caja.comprar((caja.mercado.publicar(), 1))
    caja.pagar(compra_id)  # its webhooks are never sent
    caja.mercado.reloj.adelantar(timedelta(minutes=2))
    conciliar()
    entregar_pendientes()
    assert caja.estados(compra_id) == ("pagada", {"pagado"})
    caja.cuadra()


def test_lo_que_no_se_paga_se_suelta(caja: Caja, cupon: Callable[..., Any], leer: Leer) -> None:
    cupon(codigo="FERIA10", usos=1)
    chompa = caja.mercado.publicar("Chompa", precio="50.00")
    caja.al_carrito((chompa, 3))
    compra_id = caja.comprar(cupon="FERIA10")
    assert leer("SELECT usados FROM comercio_cupon") == [(1,)]
    caja.mercado.reloj.adelantar(timedelta(minutes=9, seconds=50))
    assert revisar_por_pagar() == 0
    caja.barrer(timedelta(seconds=11))

    assert caja.estados(compra_id) == ("soltada", {"no_pagado"})
    assert (leer(_APARTADO), caja.en_el_carrito()) == ([("Chompa", 10, 0)], [3])
    assert leer("SELECT usados FROM comercio_cupon") == [(0,)]
    assert caja.tarjeta.intento(compra_id).estado == "cancelado"
    assert caja.tarjeta.cobrado() == 0
    assert leer("SELECT count(*) FROM comercio_custodia") == [(0,)]
    caja.cuadra()
    # It is bought again, with the same coupon, from the wallet.
    otra = caja.mercado.comprar(cupon="FERIA10")
    with transaccion() as sesion:
        assert cupon_de_compra(sesion, otra.id) == "FERIA10"
    # In time nothing can come any more, and nothing is left open.
    caja.barrer(timedelta(days=8))
    assert caja.fila(compra_id).estado == "cerrada"
    caja.cuadra()


def test_una_tarjeta_que_se_rechaza_deja_probar_otra(caja: Caja) -> None:
    compra_id = caja.comprar((caja.mercado.publicar(), 1))
    caja.pagar(compra_id, "pm_card_visa_chargeDeclinedInsufficientFunds")
    caja.barrer()
    assert caja.estados(compra_id) == ("por_pagar", {"por_pagar"})
    caja.pagar(compra_id)
    caja.barrer()
    assert caja.estados(compra_id) == ("pagada", {"pagado"})
    caja.cuadra()


def test_lo_que_llega_tarde_se_compra_si_todo_sigue_igual(caja: Caja, leer: Leer) -> None:
    chompa = caja.mercado.publicar("Chompa", existencia=3)
    compra_id = caja.comprar((chompa, 3))
    caja.mercado.reloj.adelantar(VENCE)
    revisar_por_pagar()
    assert caja.estados(compra_id) == ("soltada", {"no_pagado"})
    caja.pagar(compra_id)  # the gateway had not been told
    caja.barrer()
    assert caja.estados(compra_id) == ("pagada", {"pagado"})
    assert leer(_APARTADO) == [("Chompa", 3, 3)]
    caja.cuadra()


def test_de_lo_pagado_tarde_se_lee_el_contacto_mientras_siga_abierto(caja: Caja, sesion_web: Any) -> None:
    """It had been given up: its month runs from the last end, not from that one."""
    mercado, un_mes = caja.mercado, timedelta(days=32)
    compra_id = caja.comprar((mercado.publicar("Chompa", existencia=3), 1))
    mercado.reloj.adelantar(VENCE)
    revisar_por_pagar()
    caja.pagar(compra_id)
    caja.barrer()
    (pedido,) = caja.pedidos(compra_id)
    for pasa, se_ve in ((un_mes, True), (timedelta(0), True), (un_mes, False)):
        mercado.reloj.adelantar(pasa)
        assert de_la_venta(sesion_web(mercado.vendedor), pedido) == ((se_ve, se_ve), (se_ve, se_ve))
        with transaccion() as sesion:
            assert sin_contacto(sesion, [pedido.id]) == (set() if se_ve else {pedido.id})
            if pasa and se_ve:
                cancelar(sesion, mercado.actor_vendedor, pedido.id, "No me queda")


def _cambia(caja: Caja, chompa: Producto, que: str, duenio: Engine, reguladora: Any) -> None:
    """What was placed costs more, was sold, is not on sale, or its seller may not sell."""
    if que == "precio":
        with duenio.begin() as conexion:
            conexion.execute(text("UPDATE comercio_variante SET precio = precio + 1"))
    elif que == "existencia":
        caja.mercado.comprar((chompa, 1))
    elif que == "pausa":
        caja.mercado.poner_en(chompa, "pausado")
    else:
        with transaccion() as sesion:
            inscripcion.suspender(sesion, reguladora, caja.mercado.unidad.id, "Reclamos")
    if que == "suspensión sabida":
        entregar_pendientes()


@pytest.mark.parametrize("que", ["precio", "pausa", "suspensión", "suspensión sabida"])
def test_lo_apartado_se_compra_aunque_cambie_mientras_se_paga(
    caja: Caja, leer: Leer, duenio: Engine, reguladora: Any, que: str
) -> None:
    """Who placed it pays what they saw; whom the authority suspends owes what was sold before."""
    chompa = caja.mercado.publicar("Chompa", existencia=3)
    compra_id = caja.comprar((chompa, 3))
    _cambia(caja, chompa, que, duenio, reguladora)
    caja.pagar(compra_id)
    caja.barrer()

    assert caja.estados(compra_id) == ("pagada", {"pagado"})
    assert leer("SELECT monto, estado FROM comercio_custodia") == [(15000, "retenida")]
    assert leer(_APARTADO) == [("Chompa", 3, 3)]
    caja.cuadra()


@pytest.mark.parametrize("que", ["precio", "existencia", "pausa", "suspensión", "suspensión sabida"])
def test_lo_que_llega_tarde_y_cambio_vuelve_a_la_tarjeta(
    caja: Caja, leer: Leer, duenio: Engine, reguladora: Any, que: str
) -> None:
    chompa = caja.mercado.publicar("Chompa", existencia=3)
    compra_id = caja.comprar((chompa, 3))
    caja.mercado.reloj.adelantar(VENCE)
    revisar_por_pagar()
    _cambia(caja, chompa, que, duenio, reguladora)
    caja.pagar(compra_id)
    caja.barrer()
    caja.barrer(timedelta(hours=1, minutes=1))

    assert caja.estados(compra_id) == ("soltada", {"no_pagado"})
    assert caja.tarjeta.cobrado() == 0
    assert leer("SELECT monto, estado FROM pagos_reembolso") == [(15000, "hecho")]
    assert caja.saldo_de(compra_id).saldo == bs(0)
    caja.cuadra()


@pytest.mark.parametrize("como", ["billetera", "tarjeta"])
def test_lo_que_llega_tarde_y_ya_se_compro_otra_vez_vuelve_a_la_tarjeta(
    caja: Caja, leer: Leer, como: str
) -> None:
    """Paid, or waiting for another card."""
    chompa = caja.mercado.publicar("Chompa", existencia=5)
    compra_id = caja.comprar((chompa, 1))
    caja.mercado.reloj.adelantar(VENCE)
    revisar_por_pagar()
    if como == "billetera":
        caja.mercado.comprar((chompa, 1))
    else:
        caja.comprar((chompa, 1))
    caja.pagar(compra_id)
    caja.barrer()
    caja.barrer(timedelta(hours=1, minutes=1))
    assert caja.estados(compra_id) == ("soltada", {"no_pagado"})
    assert leer("SELECT monto, estado FROM pagos_reembolso") == [(5000, "hecho")]
    caja.cuadra()


def test_de_dos_que_se_soltaron_y_se_pagan_tarde_se_compra_una(caja: Caja, leer: Leer) -> None:
    chompa, compras = caja.mercado.publicar("Chompa", existencia=5), []
    for _vez in range(2):
        compras.append(caja.comprar((chompa, 1)))
        caja.mercado.reloj.adelantar(VENCE)
        revisar_por_pagar()
    for compra_id in compras:
        caja.pagar(compra_id)
    caja.barrer()
    caja.barrer(timedelta(hours=1, minutes=1))
    assert sorted(caja.estados(c)[0] for c in compras) == ["pagada", "soltada"]
    assert leer("SELECT monto, estado FROM pagos_reembolso") == [(5000, "hecho")]
    caja.cuadra()


def test_lo_comprado_tarde_no_sigue_en_el_carrito(caja: Caja) -> None:
    caja.al_carrito((caja.mercado.publicar("Chompa"), 2))
    compra_id = caja.comprar()
    caja.mercado.reloj.adelantar(VENCE)
    revisar_por_pagar()
    assert caja.en_el_carrito() == [2]
    caja.pagar(compra_id)
    caja.barrer()
    assert caja.estados(compra_id) == ("pagada", {"pagado"})
    assert caja.en_el_carrito() == []
    caja.cuadra()


def test_quien_compra_la_deja(caja: Caja, leer: Leer) -> None:
    chompa = caja.mercado.publicar("Chompa")
    caja.al_carrito((chompa, 2))
    compra_id = caja.comprar()
    with transaccion() as sesion:
        dejar(sesion, caja.mercado.actor, compra_id)
    assert caja.estados(compra_id) == ("soltada", {"no_pagado"})
    assert (leer(_APARTADO), caja.en_el_carrito()) == ([("Chompa", 10, 0)], [2])
    assert leer(_QUIEN) == [("Ana Prueba", "comprador")]
    caja.barrer()
    assert caja.tarjeta.intento(compra_id).estado == "cancelado"
    otra = caja.comprar()
    caja.pagar(otra)
    caja.barrer()
    with pytest.raises(YaSePago), transaccion() as sesion:
        dejar(sesion, caja.mercado.actor, otra)
    caja.cuadra()


def test_lo_que_ya_termino_no_se_deja(caja: Caja, leer: Leer, sesion_web: Callable[..., Any]) -> None:
    """Out of its time, before the sweep and after, and when its account is closed: nothing says that they
    gave it up, and its page tells what happened."""
    compra_id = caja.comprar((caja.mercado.publicar("Chompa"), 1))
    navegador = sesion_web(caja.mercado.comprador)
    pagina = f"/compras-por-pagar/{compra_id}"
    datos = {"_id": oculto(navegador.get(pagina).text, "_id")}

    def dejarla() -> tuple[str, list[tuple[Any, ...]], Any]:
        with transaccion() as sesion:
            dejar(sesion, caja.mercado.actor, compra_id)
        fila = caja.fila(compra_id)
        return fila.estado, leer(_DEJADAS), fila.dejada_en

    caja.mercado.reloj.adelantar(VENCE)
    assert dejarla() == ("por_pagar", [(0,)], None)
    caja.barrer()
    assert dejarla() == ("soltada", [(0,)], None)
    assert leer(_QUIEN) == [("compras por pagar", "plataforma")]
    assert navegador.post(f"{pagina}/dejar", data=datos).headers["location"] == pagina
    caja.barrer(timedelta(days=8))
    assert dejarla() == ("cerrada", [(0,)], None)
    caja.cuadra()


def test_lo_que_se_dejo_y_se_paga_despues_vuelve(
    caja: Caja, leer: Leer, sesion_web: Callable[..., Any], bd: Engine
) -> None:
    """All is as it was and could be bought; but they said that they did not want it."""
    compra_id = caja.comprar((caja.mercado.publicar("Chompa", existencia=3), 1))
    with transaccion() as sesion:
        dejar(sesion, caja.mercado.actor, compra_id)
    pagina = f"/compras-por-pagar/{compra_id}"
    compradora = sesion_web(caja.mercado.comprador)
    assert "Si el pago llegara a entrar, no se compra nada y se lo devolvemos" in compradora.get(pagina).text
    with pytest.raises(IntegrityError, match="ck_comercio_compra_por_pagar_"), bd.begin() as conexion:
        conexion.execute(
            text("UPDATE comercio_compra_por_pagar SET estado = 'pagada', pagada_en = nucleo_ahora()")
        )
    for otra in ("NULL", "dejada_en + interval '1 minute'"):
        with pytest.raises(DBAPIError, match="append-only"), bd.begin() as conexion:
            conexion.execute(text(f"UPDATE comercio_compra_por_pagar SET dejada_en = {otra}"))
    caja.pagar(compra_id)  # the gateway had not been told
    caja.barrer()
    caja.barrer(timedelta(hours=1, minutes=1))
    assert caja.estados(compra_id) == ("soltada", {"no_pagado"})
    assert leer(_APARTADO) == [("Chompa", 3, 0)]
    assert leer("SELECT monto, estado FROM pagos_reembolso") == [(5000, "hecho")]
    assert "su pago llegó después: no se compró nada" in compradora.get(pagina).text
    avisos = leer("SELECT cuerpo FROM ciudadania_notificacion WHERE asunto LIKE 'Le devolvemos%'")
    assert [a.startswith("Su pago llegó después de que dejó la compra") for (a,) in avisos] == [True]
    caja.cuadra()


def test_dos_pestanas(caja: Caja, leer: Leer) -> None:
    """One purchase waits at a time; its own form sent again is the same one; nothing is bought twice."""
    chompa = caja.mercado.publicar("Chompa")
    caja.al_carrito((chompa, 2))
    ids = [nuevo_id(), nuevo_id()]
    errores = en_paralelo(2, lambda n: caja.comprar(id=ids[n]))
    assert [type(e) for e in errores] == [CompraEnEspera]
    (compra_id,) = leer("SELECT compra_id FROM comercio_compra_por_pagar")[0]
    assert caja.comprar(id=compra_id) == compra_id
    with pytest.raises(CompraEnEspera):
        caja.mercado.comprar()
    assert leer(_APARTADO) == [("Chompa", 10, 2)]
    caja.pagar(compra_id)
    caja.barrer()
    assert leer("SELECT count(*) FROM comercio_pedido") == [(1,)]
    caja.cuadra()


def test_se_paga_mientras_vence(caja: Caja) -> None:
    """The gateway's word and the sweep, at once: bought, whoever comes first, and once."""
    compra_id = caja.comprar((caja.mercado.publicar(), 1))
    caja.pagar(compra_id)
    caja.mercado.reloj.adelantar(VENCE)
    avanzar(compra_id)
    assert en_paralelo(2, lambda n: entregar_pendientes() if n else revisar_por_pagar()) == []
    entregar_pendientes()
    assert caja.estados(compra_id) == ("pagada", {"pagado"})
    caja.cuadra()


def test_lo_que_se_cancela_vuelve_a_la_tarjeta(caja: Caja, leer: Leer) -> None:
    chompa = caja.mercado.publicar("Chompa", precio="50.00")
    compra_id = caja.comprar((chompa, 2))
    caja.pagar(compra_id)
    caja.barrer()
    with transaccion() as sesion:
        cancelar(sesion, caja.mercado.actor, caja.pedidos(compra_id)[0].id, "No lo quiero")
    caja.barrer()
    caja.barrer(timedelta(hours=1, minutes=1))
    assert leer("SELECT monto, estado FROM pagos_reembolso") == [(10000, "hecho")]
    assert (caja.tarjeta.cobrado(), _billetera(caja)) == (0, bs("1000.00"))
    caja.cuadra()
    caja.barrer(timedelta(days=121))
    assert caja.fila(compra_id).estado == "cerrada"
    caja.cuadra()


def test_si_la_tarjeta_no_lo_recibe_queda_en_la_billetera(caja: Caja) -> None:
    compra_id = caja.comprar((caja.mercado.publicar("Chompa", precio="50.00"), 2))
    caja.pagar(compra_id, "pm_card_refundFail")
    caja.barrer()
    with transaccion() as sesion:
        cancelar(sesion, caja.mercado.actor, caja.pedidos(compra_id)[0].id, "No lo quiero")
    caja.barrer()
    for _vez in range(3):
        caja.barrer(timedelta(hours=1, minutes=1))
    with transaccion() as sesion:
        (reembolso,) = sesion.connection().execute(text("SELECT estado FROM pagos_reembolso")).scalars()
    assert reembolso in ("fallido", "revertido")
    assert (_billetera(caja), caja.saldo_de(compra_id).saldo) == (bs("1100.00"), bs(0))
    caja.cuadra()


def test_lo_que_el_banco_reclama_espera_en_la_cuenta_de_la_compra(caja: Caja, leer: Leer) -> None:
    """What comes back of an order while the cardholder's bank claims it is the bank's, not the buyer's."""
    compra_id = caja.comprar((caja.mercado.publicar("Chompa", precio="50.00"), 2))
    caja.pagar(compra_id)
    caja.barrer()
    pago = str(caja.tarjeta.intento(compra_id).pasarela_id)
    disputar_pago(pago)
    caja.barrer()
    with transaccion() as sesion:
        cancelar(sesion, caja.mercado.actor, caja.pedidos(compra_id)[0].id, "No lo quiero")
    caja.barrer()
    caja.barrer(timedelta(hours=1, minutes=1))
    ((disputa, retenido),) = leer("SELECT pasarela_id, retenido FROM pagos_disputa")
    assert (retenido, leer("SELECT count(*) FROM pagos_reembolso")) == (10000, [(0,)])
    decidir_disputa(disputa, gana_el_comercio=False)
    caja.barrer()
    caja.barrer(timedelta(hours=1, minutes=1))
    assert leer("SELECT estado, cobrado FROM pagos_disputa") == [("perdida", 10000)]
    assert (caja.saldo_de(compra_id).saldo, _billetera(caja)) == (bs(0), bs("1000.00"))
    caja.cuadra()


def test_otro_monto_no_compra(caja: Caja, monkeypatch: pytest.MonkeyPatch, leer: Leer) -> None:
    """The gateway charged something else: nothing is bought, and a regulator looks at it."""
    compra_id = caja.comprar((caja.mercado.publicar("Chompa"), 1))
    caja.pagar(compra_id)
    from pagos.tarjetas import lectura

    leida = lectura.leer_pago

    def otra(pi: Any) -> Any:
        return leida(dict(pi) | {"amount_received": 4999})

    monkeypatch.setattr(lectura, "leer_pago", otra)
    caja.barrer()
    assert caja.tarjeta.intento(compra_id).estado == "observado"
    assert caja.estados(compra_id) == ("soltada", {"no_pagado"})
    assert leer(_APARTADO) == [("Chompa", 10, 0)]


def test_por_una_unidad_no(caja: Caja, crear_unidad: Callable[..., Any], leer: Leer) -> None:
    suya = crear_unidad("Comedor", representante=caja.mercado.comprador)
    with pytest.raises(TarjetaSoloPropia):
        caja.comprar((caja.mercado.publicar("Chompa"), 1), unidad_id=suya.id)
    assert (leer(_APARTADO), leer("SELECT count(*) FROM pagos_intento")) == ([("Chompa", 10, 0)], [(0,)])


def test_nadie_dice_que_se_pago_lo_que_no(caja: Caja, bd: Engine) -> None:
    """The application may not sell what was not paid, nor let go one order of two."""
    compra_id = caja.comprar((caja.mercado.publicar(), 1))
    for sentencia in (
        "UPDATE comercio_pedido SET estado = 'pagado' WHERE compra_id = :id",
        "UPDATE comercio_compra_por_pagar SET estado = 'soltada' WHERE compra_id = :id",
        "UPDATE comercio_compra_por_pagar SET estado = 'pagada', pagada_en = vence_en WHERE compra_id = :id",
        "UPDATE comercio_compra_por_pagar SET vence_en = vence_en + interval '1 day' WHERE compra_id = :id",
        "DELETE FROM comercio_compra_por_pagar WHERE compra_id = :id",
    ):
        with pytest.raises(DBAPIError), bd.begin() as conexion:
            conexion.execute(text(sentencia), {"id": compra_id})
    assert caja.estados(compra_id) == ("por_pagar", {"por_pagar"})
