"""The life of an order: dispatch, delivery, escrow, commission, cancellation, services, terms."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from comercio.catalogo.errores import CantidadInvalida
from comercio.compra.errores import PedidoNoEncontrado
from comercio.compra.estados import EstadoPedido
from comercio.compra.modelos import Pedido
from comercio.compra.quien import comprado_por
from comercio.custodia import NuevaCustodia, dinero_de
from comercio.custodia.modelos import Custodia
from comercio.custodia.verificar import custodias
from comercio.existencias import fijar_umbrales
from comercio.panel.consultas import resumen_vendedor
from comercio.panel.preparar import por_preparar
from comercio.pedidos import cumplir as pedidos
from comercio.pedidos import manejadores, seguir, tareas
from comercio.pedidos.bloqueos import bloquear_paquete
from comercio.pedidos.consultas import detalle_pedido, pedidos_del_comprador, ventas_de
from comercio.pedidos.errores import CantidadQueNoQueda, PedidoAjeno
from comercio.pedidos.lineas import paquetes_de
from comercio.pedidos.modelos import Paquete
from comercio.pedidos.paquetes import pedir_que_se_anule
from comercio.pedidos.tareas import cancelar_vencidos
from comercio.pedidos.verificar import pedidos as verificar
from comercio.reclamos import reclamar
from comercio.reclamos.estados import MotivoReclamo
from comercio.reputacion.verificar import verificar_reputacion
from empresa_digital.registro import SinFacultad, SinHabilitacion
from envios import avanzar_demo
from envios.eventos import Fuente
from envios.eventos.consultas import eventos_de
from envios.eventos.corregir import Correccion, corregir_autorizado
from envios.eventos.motivos import MotivoCorreccion
from envios.eventos.tareas import revisar_vencidos
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.paginacion import CursorPedido
from nucleo.reloj import fecha_bolivia
from nucleo.vidas import TransicionInvalida
from pagos import (
    Codigo,
    SolicitudTransferencia,
    TipoCuenta,
    cuenta_de_sistema,
    cuenta_de_unidad,
    exigir_transferencia,
    saldo,
    saldo_disponible,
)
from pagos.libro.asuntos import verificar_asuntos
from pagos.libro.cuentas import congelar
from tests.comercio.conftest import Mercado

Leer = Callable[..., list[tuple[Any, ...]]]
EXISTENCIA = "SELECT existencia, reservado FROM comercio_existencia"
assert manejadores


def dinero(mercado: Mercado) -> tuple[str, str, str]:
    """(buyer can spend, seller has, market has)."""
    with transaccion() as sesion:
        comercio = cuenta_de_unidad(sesion, mercado.unidad.id, TipoCuenta.COMERCIO)
        comision = cuenta_de_sistema(sesion, TipoCuenta.COMISION)
        montos = (saldo_disponible(sesion, mercado.cuenta), saldo(sesion, comercio), saldo(sesion, comision))
    return tuple(f"{m.amount:.2f}" for m in montos)  # type: ignore[return-value]


def despachar(mercado: Mercado, pedido: Pedido) -> Pedido:
    """Announced, and received by the operator."""
    mercado.llevar(pedido, "EMA")
    with transaccion() as sesion:
        return sesion.get_one(Pedido, pedido.id)


def entregar(mercado: Mercado, pedido: Pedido) -> None:
    mercado.anotar(pedido, "EMI")


def test_de_la_compra_al_pago(mercado: Mercado, sesion: Session, leer: Leer) -> None:
    pedido = mercado.pedido((mercado.publicar(precio="120.00"), 2))
    with transaccion() as otra:
        pedidos.preparar(otra, mercado.actor_vendedor, pedido.id)
    mercado.llevar(pedido)
    assert leer("SELECT estado FROM comercio_pedido") == [("en_preparacion",)]
    assert leer(EXISTENCIA) == [(10, 2)]  # they are the seller's until the operator has them
    mercado.anotar(pedido, "EMA")
    assert leer(EXISTENCIA) == [(8, 0)]
    entregar(mercado, pedido)
    assert tareas.liberar_vencidas() == 0  # a delivery pays nobody: the term of who bought runs
    assert dinero(mercado) == ("760.00", "0.00", "0.00")
    with transaccion() as otra:
        vence = dinero_de(otra, pedido.id).liberar_en
        entregado = sesion.exec(select(Paquete.entregado_en)).one()
    assert (fecha_bolivia(vence) - fecha_bolivia(entregado)).days == 6
    mercado.cobrar(pedido)
    assert leer("SELECT estado FROM comercio_pedido") == [("concluido",)]
    assert leer("SELECT estado FROM comercio_pedido_paso ORDER BY id") == [
        ("pagado",), ("en_preparacion",), ("despachado",), ("entregado",), ("concluido",)
    ]  # fmt: skip
    # 3 % of 240,00 is 7,20.
    assert dinero(mercado) == ("760.00", "232.80", "7.20")
    assert saldo(sesion, mercado.cuenta) == bs("760.00")
    assert leer("SELECT cerrada FROM pagos_cuenta WHERE asunto = 'pedido'") == [(True,)]


def test_avisos_en_cada_paso(mercado: Mercado, leer: Leer) -> None:
    pedido = mercado.pedido((mercado.publicar(precio="120.00"), 1))
    entregar(mercado, despachar(mercado, pedido))
    mercado.cobrar(pedido)
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
    entregar(mercado, pedido)
    mercado.cobrar(pedido)
    with transaccion() as otra:
        envio_id = paquetes_de(otra, pedido.id)[0].envio_id
        assert seguir.anotar_entrega(otra, envio_id) is False
        assert pedidos.liberar_custodia(otra, pedido.id) is False
        assert seguir.anotar_devolucion(otra, envio_id) is False
    assert dinero(mercado) == ("900.00", "97.00", "3.00")


def test_quien_compro_puede_pagar_antes_de_la_fecha(mercado: Mercado, leer: Leer) -> None:
    pedido = despachar(mercado, mercado.pedido((mercado.publicar(precio="100.00"), 1)))
    with pytest.raises(TransicionInvalida), transaccion() as sesion:
        pedidos.dar_conformidad(sesion, mercado.actor, pedido.id)
    entregar(mercado, pedido)
    with transaccion() as sesion:
        pedidos.dar_conformidad(sesion, mercado.actor, pedido.id)
    assert tareas.liberar_vencidas() == 1
    assert dinero(mercado) == ("900.00", "97.00", "3.00")


def test_una_entrega_errada_quita_la_fecha(mercado: Mercado, leer: Leer) -> None:
    pedido = despachar(mercado, mercado.pedido((mercado.publicar(precio="100.00"), 1)))
    with transaccion() as sesion:
        avanzar_demo(sesion, paquetes_de(sesion, pedido.id)[0].envio_id, "EMI", historia="corregida")
    entregar_pendientes()
    assert leer("SELECT estado FROM comercio_custodia") == [("por_liberar",)]
    with transaccion() as sesion:
        avanzar_demo(sesion, paquetes_de(sesion, pedido.id)[0].envio_id, "fin", historia="corregida")
    entregar_pendientes()
    assert leer("SELECT estado, liberar_en FROM comercio_custodia") == [("retenida", None)]
    assert leer("SELECT p.estado, q.estado FROM comercio_pedido p, comercio_paquete q") == [
        ("despachado", "despachado")
    ]


def errada(mercado: Mercado, pedido: Pedido) -> None:
    """The delivery of an order's only parcel is declared wrong; nobody hears it yet."""
    with transaccion() as sesion:
        envio_id = paquetes_de(sesion, pedido.id)[0].envio_id
        emi = next(e for e in eventos_de(sesion, envio_id) if e.codigo == "EMI")
        quien = Autorizacion(actor=Actor.sistema("prueba"), unidad_id=mercado.operador.id)
        nueva = Correccion(MotivoCorreccion.NO_OCURRIO, emi.id)
        corregir_autorizado(sesion, quien, mercado.operador.id, nueva, Fuente.SIMULADOR)


@pytest.mark.parametrize("fin", ["devuelto", "anulado"])
def test_una_entrega_errada_de_lo_que_volvio_devuelve_el_dinero(
    mercado: Mercado, leer: Leer, fin: str
) -> None:
    pedido = mercado.pedido((mercado.publicar(precio="100.00"), 1))
    mercado.llevar(pedido)
    mercado.anotar(pedido, *(("EMA", "EMI", "vuelve") if fin == "devuelto" else ("EXX", "EMI")))
    assert leer("SELECT estado FROM comercio_custodia") == [("por_liberar",)]
    errada(mercado, pedido)
    entregar_pendientes()
    assert leer("SELECT e.estado, q.estado FROM envios_envio e, comercio_paquete q") == [(fin, fin)]
    assert leer("SELECT p.estado, k.estado FROM comercio_pedido p, comercio_custodia k") == [
        ("cancelado", "devuelta")
    ]
    assert leer(EXISTENCIA) == [(10, 0)]
    assert dinero(mercado) == ("1000.00", "0.00", "0.00")
    with transaccion() as sesion:
        assert verificar(sesion) == []


def test_una_entrega_que_se_oye_despues_de_su_correccion_no_cuenta(mercado: Mercado, leer: Leer) -> None:
    """News is tried again until it is heard: what it says is asked of the shipment, not of the news."""
    pedido = despachar(mercado, mercado.pedido((mercado.publicar(precio="100.00"), 1)))
    entregar(mercado, pedido)
    errada(mercado, pedido)
    entregar_pendientes()
    ((envio_id,),) = leer("SELECT envio_id FROM comercio_paquete")
    for oir in (seguir.anotar_entrega, seguir.anotar_devolucion, seguir.anotar_anulacion):
        with transaccion() as sesion:
            assert oir(sesion, envio_id) is False
    assert leer("SELECT q.estado, k.estado FROM comercio_paquete q, comercio_custodia k") == [
        ("despachado", "retenida")
    ]


def test_cancelar_lo_que_el_correo_ya_tiene_se_niega(mercado: Mercado, leer: Leer) -> None:
    """The post received it and nobody heard it yet: nothing would be cancelled, and no fault is counted."""
    pedido = mercado.pedido((mercado.publicar(), 1))
    mercado.llevar(pedido)
    with transaccion() as sesion:
        mercado.evento(sesion, paquetes_de(sesion, pedido.id)[0].envio_id, "EMA")
    with pytest.raises(TransicionInvalida, match="ya recibió"), transaccion() as sesion:
        pedidos.cancelar(sesion, mercado.actor_vendedor, pedido.id, "No hay más")
    assert leer("SELECT count(*) FROM comercio_falta") == [(0,)]
    entregar_pendientes()
    assert leer("SELECT estado FROM comercio_pedido") == [("despachado",)]


@pytest.mark.parametrize("quien", ["comprador", "vendedor"])
def test_cancelar_antes_del_despacho(mercado: Mercado, sesion: Session, leer: Leer, quien: str) -> None:
    pedido = mercado.pedido((mercado.publicar(), 3))
    actor = mercado.actor if quien == "comprador" else mercado.actor_vendedor
    with transaccion() as otra:
        pedidos.cancelar(otra, actor, pedido.id, "Cambié de idea")
    entregar_pendientes()
    assert leer(EXISTENCIA) == [(10, 0)]
    assert leer("SELECT estado FROM comercio_pedido") == [("cancelado",)]
    assert leer("SELECT estado, devuelto FROM comercio_custodia") == [("devuelta", 15000)]
    assert dinero(mercado) == ("1000.00", "0.00", "0.00")
    avisos = leer("SELECT cuerpo FROM ciudadania_notificacion WHERE asunto LIKE '%cancelado' ORDER BY cuerpo")
    assert avisos == [
        ("Cambié de idea. El dinero vuelve a quien compró.",),
        ("Cambié de idea. Los Bs\u00a0150,00 vuelven a la cuenta o la tarjeta de donde salieron.",),
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
    mercado.anotar(pedido, "vuelve")
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


def _servicio(mercado: Mercado, leer: Leer) -> Any:
    servicio = mercado.publicar(
        "Bordado de logotipo", categoria="confeccion", unidad_medida="servicio", precio="200.00"
    )
    mercado.comprar((servicio, 1))
    ((pedido_id,),) = leer("SELECT id FROM comercio_pedido WHERE modalidad = 'servicio'")
    return pedido_id


def test_un_servicio_se_paga_con_la_conformidad(mercado: Mercado, sesion: Session, leer: Leer) -> None:
    pedido_id = _servicio(mercado, leer)
    with pytest.raises(TransicionInvalida), transaccion() as otra:
        pedidos.dar_conformidad(otra, mercado.actor, pedido_id)
    with transaccion() as otra:
        pedidos.preparar(otra, mercado.actor_vendedor, pedido_id)
    with pytest.raises(TransicionInvalida), transaccion() as otra:
        pedidos.despachar(otra, mercado.actor_vendedor, pedido_id, mercado.operador.id)
    with transaccion() as otra:
        pedidos.dar_conformidad(otra, mercado.actor, pedido_id)
    conformes = "SELECT count(*) FROM nucleo_auditoria WHERE accion = 'pedido.conformidad'"
    assert leer(conformes) == [(1,)]
    assert tareas.liberar_vencidas() == 1
    assert leer("SELECT p.estado, s.estado FROM comercio_pedido p, comercio_servicio s") == [
        ("concluido", "conforme")
    ]
    assert leer(EXISTENCIA) == [(9, 0)]
    assert dinero(mercado) == ("800.00", "194.00", "6.00")


def test_un_servicio_declarado_hecho_nunca_se_devuelve_solo(mercado: Mercado, leer: Leer, reloj: Any) -> None:
    """Done, who bought cannot cancel alone, time refunds nothing, and silence is conformity."""
    pedido_id = _servicio(mercado, leer)
    with transaccion() as otra:
        pedidos.prestar(otra, mercado.actor_vendedor, pedido_id, "Bordado entregado en su taller el martes")
    with pytest.raises(TransicionInvalida), transaccion() as otra:
        pedidos.cancelar(otra, mercado.actor, pedido_id, "gracias")
    reloj.adelantar(timedelta(days=5))
    assert (tareas.cancelar_vencidos(), tareas.dar_por_conformes()) == (0, 0)
    reloj.adelantar(timedelta(days=30))
    assert (tareas.cancelar_vencidos(), tareas.dar_por_conformes(), tareas.liberar_vencidas()) == (0, 1, 1)
    assert dinero(mercado) == ("800.00", "194.00", "6.00")


def test_un_servicio_que_nadie_hizo_se_devuelve(mercado: Mercado, leer: Leer, reloj: Any) -> None:
    pedido_id = _servicio(mercado, leer)
    reloj.adelantar(timedelta(days=20))
    assert tareas.cancelar_vencidos() == 1
    with pytest.raises(TransicionInvalida), transaccion() as otra:
        pedidos.prestar(otra, mercado.actor_vendedor, pedido_id, "Tarde")
    assert leer("SELECT p.estado, s.estado FROM comercio_pedido p, comercio_servicio s") == [
        ("cancelado", "anulado")
    ]
    assert dinero(mercado) == ("1000.00", "0.00", "0.00")


def test_sin_despacho_a_tiempo_se_cancela_solo(
    mercado: Mercado, sesion: Session, leer: Leer, reloj: Any
) -> None:
    """Nobody prepared it, or it was announced and never taken to the post: either way the money comes back.
    What the post received is on its way, however late."""
    tarde, anunciado, despachado = (mercado.pedido((mercado.publicar(), 1)) for _ in range(3))
    mercado.llevar(anunciado)
    despachar(mercado, despachado)
    assert cancelar_vencidos() == 0
    reloj.adelantar(timedelta(days=20))
    assert cancelar_vencidos() == 2
    assert cancelar_vencidos() == 0
    assert leer("SELECT id, estado FROM comercio_pedido ORDER BY id") == [
        (tarde.id, "cancelado"),
        (anunciado.id, "cancelado"),
        (despachado.id, "despachado"),
    ]
    assert (
        leer("SELECT detalle FROM comercio_pedido_paso WHERE estado = 'cancelado'")
        == [("El vendedor no despachó a tiempo.",)] * 2
    )
    assert leer("SELECT estado FROM comercio_paquete ORDER BY pedido_id") == [("anulado",), ("despachado",)]
    assert leer("SELECT estado FROM envios_anulacion") == [("pedida",)]
    assert dinero(mercado) == ("950.00", "0.00", "0.00")


def test_lo_que_llega_despues_de_anulado_es_una_incidencia(mercado: Mercado, leer: Leer) -> None:
    """The seller takes the parcel back; the post had it. Both are told, and who was paid stays."""
    pedido = mercado.pedido((mercado.publicar(), 1))
    mercado.llevar(pedido)
    with transaccion() as sesion:
        pedidos.cancelar(sesion, mercado.actor_vendedor, pedido.id, "No hay más")
    mercado.reloj.adelantar(timedelta(days=20))  # past its term, which nothing of it had to meet any more
    mercado.anotar(pedido, "EMA")
    ((envio,),) = leer("SELECT envio_id FROM comercio_paquete")
    with transaccion() as sesion:
        avanzar_demo(sesion, envio, "EMI", historia="corregida")
    entregar_pendientes()
    assert leer("SELECT p.estado, q.estado, q.incidencia FROM comercio_pedido p, comercio_paquete q") == [
        (
            "cancelado",
            "entregado",
            "El paquete se entregó después de que se decidió devolver su dinero a quien compró.",
        )
    ]
    with transaccion() as sesion:  # and that was wrong: it is given up for lost, without money
        avanzar_demo(sesion, envio, "fin", historia="corregida")
    entregar_pendientes()
    assert tareas.dar_por_perdidos() == 1
    mercado.anotar(pedido, "EMI")
    avisos = leer("SELECT count(*) FROM ciudadania_notificacion WHERE asunto LIKE '%algo no cuadra'")
    assert avisos >= [(2,)]
    assert dinero(mercado) == ("1000.00", "0.00", "0.00")
    assert leer("SELECT falta FROM comercio_falta") == [("cancelada",)]
    with transaccion() as sesion:
        assert [verificar(sesion), verificar_reputacion(sesion)] == [[], []]


def test_lo_que_se_anulo_y_llega_mientras_se_debe_esta_entregado(mercado: Mercado, leer: Leer) -> None:
    """Of two, one parcel is annulled before it left, and the post delivers it: one is owed, not two."""
    pedido = mercado.pedido((mercado.publicar(precio="100.00"), 2))
    ((linea,),) = leer("SELECT id FROM comercio_pedido_linea")
    with transaccion() as sesion:
        una = {linea: Decimal(1)}
        anulado = pedidos.despachar(sesion, mercado.actor_vendedor, pedido.id, mercado.operador.id, una).id
    with transaccion() as sesion:
        paquete, suyo = bloquear_paquete(sesion, anulado)
        assert pedir_que_se_anule(sesion, suyo, paquete)
    assert leer("SELECT saldado FROM comercio_paquete") == [(True,)]
    mercado.anotar(pedido, "EMA", "EMI")
    assert leer("SELECT estado, saldado FROM comercio_paquete") == [("entregado", False)]
    assert leer(EXISTENCIA) == [(9, 1)]
    with pytest.raises(CantidadQueNoQueda), transaccion() as sesion:
        pedidos.cancelar(sesion, mercado.actor, pedido.id, "Me sobra", {linea: Decimal(2)})
    mercado.llevar(pedido, "EMA", "EMI")
    mercado.cobrar(pedido)
    assert dinero(mercado) == ("800.00", "194.00", "6.00")
    with transaccion() as sesion:
        assert verificar(sesion) == []


def test_lo_que_nadie_entrega_se_da_por_perdido(mercado: Mercado, leer: Leer, reloj: Any) -> None:
    pedido = despachar(mercado, mercado.pedido((mercado.publicar(), 2)))
    reloj.adelantar(timedelta(days=31))
    assert tareas.dar_por_perdidos() == 0
    revisar_vencidos()  # thirty days without news
    entregar_pendientes()
    assert tareas.dar_por_perdidos() == 1
    assert leer("SELECT p.estado, q.estado FROM comercio_pedido p, comercio_paquete q") == [
        ("cancelado", "perdido")
    ]
    assert leer(EXISTENCIA) == [(8, 0)]
    assert dinero(mercado) == ("1000.00", "0.00", "0.00")
    mercado.anotar(pedido, "EMI")  # it turns up: an incident, nobody is paid twice
    assert leer("SELECT estado, incidencia <> '' FROM comercio_paquete") == [("entregado", True)]


def test_varios_paquetes_y_cancelar_parte(mercado: Mercado, leer: Leer) -> None:
    """Three units at 33,33: one travels, one is cancelled, the last one follows; exact to the centavo."""
    pedido = mercado.pedido((mercado.publicar(precio="33.33"), 3))
    ((linea,),) = leer("SELECT id FROM comercio_pedido_linea")
    una = {linea: Decimal(1)}
    with transaccion() as sesion:
        pedidos.despachar(sesion, mercado.actor_vendedor, pedido.id, mercado.operador.id, una)
    mercado.anotar(pedido, "EMA", "EMI")
    assert leer("SELECT estado FROM comercio_pedido") == [("en_preparacion",)]
    for cuanto, error in ((Decimal(3), CantidadQueNoQueda), (Decimal("0.5"), CantidadInvalida)):
        with pytest.raises(error), transaccion() as sesion:
            pedidos.cancelar(sesion, mercado.actor, pedido.id, "Me sobra", {linea: cuanto})
    with transaccion() as sesion:
        pedidos.cancelar(sesion, mercado.actor, pedido.id, "Me sobra", una)
    assert dinero(mercado) == ("933.34", "0.00", "0.00")
    mercado.llevar(pedido, "EMA")
    assert leer("SELECT estado FROM comercio_pedido") == [("despachado",)]
    mercado.anotar(pedido, "EMI")
    mercado.cobrar(pedido)
    # The commission of 99,99 is 3,00; of the 66,66 that the seller kept, 2,00.
    assert dinero(mercado) == ("933.34", "64.66", "2.00")
    assert leer("SELECT estado FROM comercio_pedido") == [("concluido",)]


def test_lo_que_se_dio_por_perdido_no_se_cuenta_otra_vez(mercado: Mercado, leer: Leer, reloj: Any) -> None:
    """Of three units one is lost and given back. It turns up, that was wrong, it comes back: nothing is
    cancelled twice, it stands for none of the others, and they may still be sent."""
    pedido = mercado.pedido((mercado.publicar(precio="100.00"), 3))
    ((linea,),) = leer("SELECT id FROM comercio_pedido_linea")
    una = {linea: Decimal(1)}
    with transaccion() as sesion:
        pedidos.despachar(sesion, mercado.actor_vendedor, pedido.id, mercado.operador.id, una)
    mercado.anotar(pedido, "EMA")
    ((perdido, envio),) = leer("SELECT id, envio_id FROM comercio_paquete")
    with transaccion() as sesion:
        paquete, suyo = bloquear_paquete(sesion, perdido)
        seguir.perder(sesion, suyo, paquete)
    with transaccion() as sesion:
        pedidos.despachar(sesion, mercado.actor_vendedor, pedido.id, mercado.operador.id, una)
    mercado.anotar(pedido, "EMA", "EMI")
    for historia in ("EMI", "fin"):  # delivered, and that was wrong
        with transaccion() as sesion:
            avanzar_demo(sesion, envio, historia, historia="corregida")
        entregar_pendientes()
        assert leer("SELECT estado FROM comercio_pedido") == [("en_preparacion",)]
        with transaccion() as sesion:  # the seller is told of the one that is left
            (por_hacer,) = por_preparar(sesion, mercado.unidad.id)
            assert [r.cantidad for r in por_hacer.renglones] == [1]
    with transaccion() as sesion:
        mercado.evento(sesion, envio, "vuelve")
    entregar_pendientes()
    assert leer("SELECT estado, saldado FROM comercio_paquete ORDER BY numero") == [
        ("devuelto", True),
        ("entregado", False),
    ]
    assert leer("SELECT sum(cantidad) FROM comercio_pedido_cancelacion") == [(1,)]
    assert dinero(mercado) == ("800.00", "0.00", "0.00")
    mercado.llevar(pedido, "EMA", "EMI")
    assert leer("SELECT estado FROM comercio_pedido") == [("entregado",)]
    with pytest.raises(IntegrityError, match="no vuelve a su pedido"), transaccion() as sesion:
        sesion.connection().exec_driver_sql(
            "UPDATE comercio_paquete SET estado = 'entregado', saldado = false"
        )
    with transaccion() as sesion:
        assert verificar(sesion) == []


def test_con_un_reclamo_abierto_nadie_cancela(mercado: Mercado, leer: Leer) -> None:
    """What goes back of a service is decided in its claim: cancelling gave all for one that asks less."""
    pedido_id = _servicio(mercado, leer)
    with transaccion() as sesion:
        pedidos.prestar(sesion, mercado.actor_vendedor, pedido_id, "Bordado el martes")
        reclamar.abrir(
            sesion, mercado.actor, pedido_id, MotivoReclamo.NO_ES_LO_DESCRITO, "Torcido", bs("40.00")
        )
    for quien in (mercado.actor, mercado.actor_vendedor):
        with pytest.raises(TransicionInvalida, match="reclamo abierto"), transaccion() as sesion:
            pedidos.cancelar(sesion, quien, pedido_id, "Mejor no")
    assert leer("SELECT estado FROM comercio_pedido") == [("en_preparacion",)]
    assert dinero(mercado) == ("800.00", "0.00", "0.00")


def test_la_base_no_acepta_estados_a_medias(mercado: Mercado, sesion: Session, leer: Leer) -> None:
    pedido = mercado.pedido((mercado.publicar(), 1))
    for estado, restriccion in (
        ("concluido", "no termina antes que su dinero"),
        ("cancelado", "no termina antes que su dinero"),
        ("perdido", "no pasa de pagado a perdido"),
    ):
        with pytest.raises(IntegrityError, match=restriccion), sesion.begin_nested():
            sesion.connection().exec_driver_sql(f"UPDATE comercio_pedido SET estado = '{estado}'")
    mercado.llevar(pedido, "EMA", "EMI")
    liberada = "estado = 'liberada', al_vendedor = monto, terminada_en = now()"
    for sentencia, restriccion in (
        (f"UPDATE comercio_custodia SET {liberada}", "no se paga antes de su fecha"),
        ("UPDATE comercio_custodia SET devuelto = 1, al_vendedor = monto", "ck_comercio_custodia_fin"),
        (
            "UPDATE comercio_custodia SET estado = 'devuelta', terminada_en = now()",
            "ck_comercio_custodia_fin",
        ),
        (
            "INSERT INTO comercio_pedido_cancelacion (id, pedido_id, linea_id, causa, cantidad, importe,"
            " actor, motivo) SELECT gen_random_uuid(), pedido_id, id, gen_random_uuid(), 1, 0, 'n', 'n'"
            " FROM comercio_pedido_linea",
            "más de lo que se pidió",
        ),
    ):
        with pytest.raises(IntegrityError, match=restriccion), sesion.begin_nested():
            sesion.connection().exec_driver_sql(sentencia)


def test_lo_que_esperaba_de_antes_pasa_a_su_cuenta(
    mercado: Mercado, sesion: Session, leer: Leer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Money of before, held as pending transfers: moved once, with the buyer's wallet frozen, and counted
    once toward its limits; or given back from where it is."""
    monkeypatch.setattr("comercio.compra.dinero.guardar", _como_antes)
    uno, otro = (mercado.pedido((mercado.publicar(precio="100.00"), 1)) for _ in range(2))
    usado = "SELECT salida_dia FROM pagos_cuenta WHERE id = :id"
    ((antes,),) = leer(usado, id=mercado.cuenta)
    with transaccion() as otra:
        congelar(otra, mercado.cuenta)
    assert (custodias(sesion), verificar(sesion)) == ([], [])
    sesion.rollback()
    with transaccion() as otra:
        pedidos.cancelar(otra, mercado.actor_vendedor, otro.id, "No hay más")
    assert (tareas.mudar_custodias(), tareas.mudar_custodias()) == (1, 0)
    assert leer("SELECT estado FROM comercio_custodia ORDER BY pedido_id") == [("retenida",), ("devuelta",)]
    assert leer(usado, id=mercado.cuenta)[0][0] == antes - 10_000  # what was cancelled no longer counts
    assert (custodias(sesion), verificar(sesion), verificar_asuntos(sesion)) == ([], [], [])
    sesion.rollback()
    mercado.llevar(uno, "EMA", "EMI")
    mercado.cobrar(uno)
    assert dinero(mercado) == ("900.00", "97.00", "3.00")
    assert custodias(sesion) == []


def _como_antes(sesion: Session, autorizacion: Autorizacion, nuevas: Sequence[NuevaCustodia]) -> None:
    """Money as a pending transfer to the seller, as it was held before orders had accounts."""
    for n in nuevas:
        espera = SolicitudTransferencia(
            nuevo_id(),
            Codigo.PAGO_PEDIDO,
            n.cuenta_comprador,
            n.cuenta_vendedor,
            n.monto,
            n.pedido_id,
            "pendiente",
        )
        exigir_transferencia(sesion, espera, autorizacion)
        datos = {c: getattr(n, c) for c in ("pedido_id", "monto", "comision")}
        cuentas = {"cuenta_comprador": n.cuenta_comprador, "cuenta_vendedor": n.cuenta_vendedor}
        sesion.add(Custodia(**datos, **cuentas, estado="por_mudar", pendiente_id=espera.id))
    sesion.flush()


def test_panel_y_listas(mercado: Mercado, sesion: Session, contar_consultas: Callable[..., Any]) -> None:
    chompa = mercado.publicar("Chompa", precio="100.00", existencia=7)
    manta = mercado.publicar("Manta", precio="10.00")
    primero = despachar(mercado, mercado.pedido((chompa, 1)))
    entregar(mercado, primero)
    mercado.cobrar(primero)
    mercado.pedido((chompa, 2), (manta, 1))
    despachar(mercado, mercado.pedido((manta, 1)))
    umbral = [(mercado.variante(chompa), Decimal(4))]
    fijar_umbrales(sesion, mercado.actor_vendedor, mercado.unidad.id, umbral)
    resumen = resumen_vendedor(sesion, mercado.unidad.id)
    assert resumen.por_estado == {"concluido": 1, "pagado": 1, "despachado": 1}
    assert (resumen.por_despachar, resumen.publicados) == (1, 2)
    assert (resumen.en_custodia, resumen.ganado) == (bs("220.00"), bs("97.00"))
    assert resumen.ganado_ultimos_30_dias == bs("97.00")
    assert [(x.titulo, x.disponible) for x in resumen.cortas] == [("Chompa", 4)]
    with contar_consultas() as sentencias:
        de = comprado_por(sesion, mercado.comprador.id)
        lista, siguiente = pedidos_del_comprador(sesion, de, CursorPedido(None, 20))
    assert (len(sentencias), siguiente) == (3, None)
    assert [(x.titulo, x.lineas) for x in lista] == [("Manta", 1), ("Chompa", 2), ("Chompa", 1)]
    with contar_consultas() as sentencias:
        ventas, _ = ventas_de(sesion, mercado.unidad.id, CursorPedido(None, 20), (EstadoPedido.PAGADO,))
    assert (len(sentencias), [x.titulo for x in ventas]) == (2, ["Chompa"])


def test_sale_cuando_el_correo_lo_recibio_y_no_cuando_se_supo(mercado: Mercado, leer: Leer) -> None:
    """Who sold is not late because it is told late; delivery has its term from when it is known."""
    pedido = mercado.pedido((mercado.publicar(precio="50.00"), 1))
    with transaccion() as sesion:
        pedidos.despachar(sesion, mercado.actor_vendedor, pedido.id, mercado.operador.id)
        (paquete,) = paquetes_de(sesion, pedido.id)
        assert paquete.envio_id is not None
        mercado.evento(sesion, paquete.envio_id, "EMA")
    mercado.reloj.adelantar(timedelta(days=9))
    entregar_pendientes()
    cuando = (
        "SELECT q.despachado_en = e.admitido_en, q.despachado_en < p.despachar_hasta,"
        " nucleo_ahora() > p.despachar_hasta,"
        " q.vence_en > nucleo_ahora() + interval '50 days' FROM comercio_paquete q"
        " JOIN comercio_pedido p ON p.id = q.pedido_id JOIN envios_envio e ON e.id = q.envio_id"
    )
    assert leer(cuando) == [(True, True, True, True)]
    assert leer("SELECT count(*) FROM comercio_falta") == [(0,)]
    with transaccion() as sesion:
        assert verificar(sesion) == []
