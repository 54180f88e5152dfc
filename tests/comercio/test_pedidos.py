"""The life of an order: dispatch, delivery, escrow, commission, cancellation, services, terms."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from comercio import manejadores, pedidos, tareas
from comercio.consultas_pedidos import detalle_pedido, pedidos_del_comprador, resumen_vendedor, ventas_de
from comercio.errores import PedidoAjeno, PedidoNoEncontrado
from comercio.estados import EstadoPedido
from comercio.modelos import Pedido
from empresa_digital.registro import SinFacultad, SinHabilitacion
from envios import avanzar_demo
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.paginacion import CursorPedido
from nucleo.vidas import TransicionInvalida
from pagos import TipoCuenta, cuenta_de_sistema, cuenta_de_unidad, saldo, saldo_disponible
from tests.comercio.conftest import Mercado

Leer = Callable[..., list[tuple[Any, ...]]]
EXISTENCIA = "SELECT existencia, reservado FROM comercio_producto"
assert manejadores
assert tareas


def dinero(mercado: Mercado) -> tuple[str, str, str]:
    """(buyer can spend, seller has, market has)."""
    with transaccion() as sesion:
        comercio = cuenta_de_unidad(sesion, mercado.unidad.id, TipoCuenta.COMERCIO)
        comision = cuenta_de_sistema(sesion, TipoCuenta.COMISION)
        montos = (saldo_disponible(sesion, mercado.cuenta), saldo(sesion, comercio), saldo(sesion, comision))
    return tuple(f"{m.amount:.2f}" for m in montos)  # type: ignore[return-value]


def despachar(mercado: Mercado, pedido: Pedido) -> Pedido:
    with transaccion() as sesion:
        return pedidos.despachar(sesion, mercado.actor_vendedor, pedido.id, mercado.operador.id)


def entregar(pedido: Pedido, historia: str = "entrega") -> None:
    with transaccion() as sesion:
        assert pedido.envio_id is not None
        avanzar_demo(sesion, pedido.envio_id, "fin", historia=historia)
    entregar_pendientes()


def test_de_la_compra_al_pago(mercado: Mercado, sesion: Session, leer: Leer) -> None:
    pedido = mercado.pedido((mercado.publicar(precio="120.00"), 2))
    with transaccion() as otra:
        pedidos.preparar(otra, mercado.actor_vendedor, pedido.id)
    despachado = despachar(mercado, pedido)
    assert leer(EXISTENCIA) == [(8, 0)]
    assert dinero(mercado) == ("760.00", "0.00", "0.00")
    entregar(despachado)
    assert leer("SELECT estado, envio_numero IS NOT NULL, version FROM comercio_pedido") == [
        ("liberado", True, 5)
    ]
    assert leer("SELECT estado FROM comercio_pedido_paso ORDER BY id") == [
        ("pagado",), ("en_preparacion",), ("despachado",), ("entregado",), ("liberado",)
    ]  # fmt: skip
    # 3 % of 240,00 is 7,20.
    assert dinero(mercado) == ("760.00", "232.80", "7.20")
    assert saldo(sesion, mercado.cuenta) == bs("760.00")


def test_avisos_en_cada_paso(mercado: Mercado, leer: Leer) -> None:
    pedido = mercado.pedido((mercado.publicar(precio="120.00"), 1))
    entregar(despachar(mercado, pedido))
    asuntos = leer(
        "SELECT asunto FROM ciudadania_notificacion WHERE persona_id = :p ORDER BY creado_en, id",
        p=mercado.comprador.id,
    )
    n = pedido.numero
    assert {f"Pedido {n} pagado", f"Pedido {n} en camino", f"Pedido {n} entregado"} <= {a for (a,) in asuntos}
    cuerpos = leer(
        "SELECT asunto, cuerpo FROM ciudadania_notificacion WHERE asunto IN (:a, :b) ORDER BY asunto",
        a=f"Cobró el pedido {n}",
        b=f"Vendió: pedido {n} por Bs\u00a0120,00",
    )
    assert cuerpos[0][1] == (
        "De Bs\u00a0120,00 se descontó la comisión de Bs\u00a03,60: su unidad recibió Bs\u00a0116,40."
    )
    assert len(cuerpos) == 2


def test_repetir_la_entrega_no_paga_dos_veces(mercado: Mercado, sesion: Session) -> None:
    pedido = despachar(mercado, mercado.pedido((mercado.publicar(precio="100.00"), 1)))
    entregar(pedido)
    with transaccion() as otra:
        assert pedidos.anotar_entrega(otra, pedido.id) is False
        assert pedidos.liberar_custodia(otra, pedido.id) is False
        assert pedidos.anotar_devolucion(otra, pedido.id) is False
    assert dinero(mercado) == ("900.00", "97.00", "3.00")


@pytest.mark.parametrize("quien", ["comprador", "vendedor"])
def test_cancelar_antes_del_despacho(mercado: Mercado, sesion: Session, leer: Leer, quien: str) -> None:
    pedido = mercado.pedido((mercado.publicar(), 3))
    actor = mercado.actor if quien == "comprador" else mercado.actor_vendedor
    with transaccion() as otra:
        pedidos.cancelar(otra, actor, pedido.id, "Cambié de idea")
    entregar_pendientes()
    assert leer(EXISTENCIA) == [(10, 0)]
    assert leer("SELECT estado, anulacion_id IS NOT NULL FROM comercio_pedido") == [("cancelado", True)]
    assert dinero(mercado) == ("1000.00", "0.00", "0.00")
    avisos = leer("SELECT cuerpo FROM ciudadania_notificacion WHERE asunto LIKE '%cancelado' ORDER BY cuerpo")
    assert avisos == [
        ("Cambié de idea. El dinero volvió al comprador y las unidades a su existencia.",),
        ("Cambié de idea. Sus Bs\u00a0150,00 volvieron a su billetera.",),
    ]


def test_despues_del_despacho_ya_no_se_cancela(mercado: Mercado, sesion: Session, leer: Leer) -> None:
    pedido = despachar(mercado, mercado.pedido((mercado.publicar(), 1)))
    for actor in (mercado.actor, mercado.actor_vendedor):
        with pytest.raises(TransicionInvalida), transaccion() as otra:
            pedidos.cancelar(otra, actor, pedido.id, "tarde")
    assert leer("SELECT estado FROM comercio_pedido") == [("despachado",)]
    assert dinero(mercado) == ("950.00", "0.00", "0.00")


def test_si_el_envio_vuelve_se_devuelve_el_dinero(mercado: Mercado, sesion: Session, leer: Leer) -> None:
    pedido = despachar(mercado, mercado.pedido((mercado.publicar(), 2)))
    assert leer(EXISTENCIA) == [(8, 0)]
    entregar(pedido, "devolucion")
    assert leer("SELECT estado FROM comercio_pedido") == [("cancelado",)]
    assert leer(EXISTENCIA) == [(10, 0)]
    assert dinero(mercado) == ("1000.00", "0.00", "0.00")


def test_un_extrano_no_puede_nada(
    mercado: Mercado, crear_persona: Callable[..., Any], actor_de: Callable[..., Actor], leer: Leer
) -> None:
    pedido = mercado.pedido((mercado.publicar(), 1))
    extrano = actor_de(crear_persona("Extraño"))
    with transaccion() as sesion:
        with pytest.raises(PedidoNoEncontrado):
            pedidos.cancelar(sesion, extrano, pedido.id, "porque sí")
        for accion in (pedidos.preparar, lambda s, a, p: pedidos.despachar(s, a, p, mercado.operador.id)):
            for actor, error in ((extrano, PedidoNoEncontrado), (mercado.actor, SinFacultad)):
                with pytest.raises(error):
                    accion(sesion, actor, pedido.id)
        for actor, error in ((extrano, PedidoNoEncontrado), (mercado.actor_vendedor, PedidoAjeno)):
            with pytest.raises(error):
                pedidos.dar_conformidad(sesion, actor, pedido.id)
        with pytest.raises(PedidoNoEncontrado):
            detalle_pedido(sesion, extrano, pedido.id)
    assert leer("SELECT estado, version FROM comercio_pedido") == [("pagado", 1)]


def test_despachar_solo_con_un_operador(mercado: Mercado, leer: Leer) -> None:
    pedido = mercado.pedido((mercado.publicar(), 1))
    with pytest.raises(SinHabilitacion), transaccion() as sesion:
        pedidos.despachar(sesion, mercado.actor_vendedor, pedido.id, mercado.unidad.id)
    assert leer("SELECT estado FROM comercio_pedido") == [("pagado",)]
    assert leer(EXISTENCIA) == [(10, 1)]
    assert leer("SELECT count(*) FROM envios_envio") == [(0,)]


def test_un_servicio_se_paga_con_la_conformidad(mercado: Mercado, sesion: Session, leer: Leer) -> None:
    servicio = mercado.publicar(
        "Bordado de logotipo", categoria="confeccion", unidad_medida="servicio", precio="200.00"
    )
    bien = mercado.publicar("Chompa", precio="50.00")
    mercado.comprar((servicio, 1), (bien, 1))
    ((pedido_id,),) = leer("SELECT id FROM comercio_pedido WHERE modalidad = 'servicio'")
    assert leer("SELECT count(*) FROM comercio_pedido") == [(2,)]
    with pytest.raises(TransicionInvalida), transaccion() as otra:
        pedidos.dar_conformidad(otra, mercado.actor, pedido_id)
    with transaccion() as otra:
        pedidos.preparar(otra, mercado.actor_vendedor, pedido_id)
    with pytest.raises(TransicionInvalida), transaccion() as otra:
        pedidos.despachar(otra, mercado.actor_vendedor, pedido_id, mercado.operador.id)
    with transaccion() as otra:
        pedidos.dar_conformidad(otra, mercado.actor, pedido_id)
    entregar_pendientes()
    assert leer("SELECT estado FROM comercio_pedido WHERE modalidad = 'servicio'") == [("liberado",)]
    assert leer(f"{EXISTENCIA} WHERE modalidad = 'servicio'") == [(9, 0)]
    assert dinero(mercado) == ("750.00", "194.00", "6.00")


def test_sin_despacho_a_tiempo_se_cancela_solo(
    mercado: Mercado, sesion: Session, leer: Leer, reloj: Any
) -> None:
    tarde, despachado = (mercado.pedido((mercado.publicar(), 1)) for _ in range(2))
    despachar(mercado, despachado)
    assert tareas.cancelar_vencidos() == 0
    reloj.adelantar(timedelta(days=20))
    assert tareas.cancelar_vencidos() == 1
    assert tareas.cancelar_vencidos() == 0
    assert leer("SELECT id, estado FROM comercio_pedido ORDER BY id") == [
        (tarde.id, "cancelado"),
        (despachado.id, "despachado"),
    ]
    assert leer("SELECT detalle FROM comercio_pedido_paso WHERE estado = 'cancelado'") == [
        ("El vendedor no despachó a tiempo.",)
    ]
    assert dinero(mercado) == ("950.00", "0.00", "0.00")


def test_carritos_sueltos_se_olvidan(mercado: Mercado, leer: Leer, reloj: Any) -> None:
    from comercio.carrito import Titular, agregar, nueva_ficha

    chompa = mercado.publicar()
    with transaccion() as sesion:
        agregar(sesion, Titular(ficha=nueva_ficha()), chompa.id, 1)
        agregar(sesion, Titular(persona_id=mercado.comprador.id), chompa.id, 1)
    assert tareas.olvidar_carritos() == 0
    reloj.adelantar(timedelta(days=31))
    assert tareas.olvidar_carritos() == 1
    assert leer("SELECT persona_id FROM comercio_carrito") == [(mercado.comprador.id,)]


def test_la_base_no_acepta_estados_a_medias(mercado: Mercado, sesion: Session) -> None:
    mercado.pedido((mercado.publicar(), 1))
    for estado, restriccion in (
        ("liberado", "no pasa de pagado a liberado"),
        ("cancelado", "ck_comercio_pedido_cancelado"),
        ("despachado", "ck_comercio_pedido_con_envio"),
        ("perdido", "no pasa de pagado a perdido"),
    ):
        with pytest.raises(IntegrityError, match=restriccion), sesion.begin_nested():
            sesion.connection().exec_driver_sql(f"UPDATE comercio_pedido SET estado = '{estado}'")


def test_panel_y_listas(mercado: Mercado, sesion: Session, contar_consultas: Callable[..., Any]) -> None:
    chompa = mercado.publicar("Chompa", precio="100.00", existencia=7)
    manta = mercado.publicar("Manta", precio="10.00")
    entregar(despachar(mercado, mercado.pedido((chompa, 1))))
    mercado.pedido((chompa, 2), (manta, 1))
    despachar(mercado, mercado.pedido((manta, 1)))
    resumen = resumen_vendedor(sesion, mercado.unidad.id)
    assert resumen.por_estado == {"liberado": 1, "pagado": 1, "despachado": 1}
    assert (resumen.por_despachar, resumen.publicados) == (1, 2)
    assert (resumen.en_custodia, resumen.ganado) == (bs("220.00"), bs("97.00"))
    assert resumen.ganado_ultimos_30_dias == bs("97.00")
    assert [(p.titulo, p.disponible) for p in resumen.con_poca_existencia] == [("Chompa", 4)]
    with contar_consultas() as sentencias:
        lista, siguiente = pedidos_del_comprador(sesion, mercado.comprador.id, CursorPedido(None, 20))
    assert (len(sentencias), siguiente) == (2, None)
    assert [(x.titulo, x.lineas, x.unidades) for x in lista] == [
        ("Manta", 1, 1), ("Chompa", 2, 3), ("Chompa", 1, 1)
    ]  # fmt: skip
    with contar_consultas() as sentencias:
        ventas, _ = ventas_de(sesion, mercado.unidad.id, CursorPedido(None, 20), (EstadoPedido.PAGADO,))
    assert (len(sentencias), [x.titulo for x in ventas]) == (2, ["Chompa"])
