"""What is to be paid at the door and is refused there: it goes back, and nobody owes anything."""

from datetime import timedelta
from typing import Any

import pytest

from comercio.pedidos import tareas
from comercio.reclamos import reclamar
from comercio.reclamos.errores import ReclamoNoProcede
from comercio.reclamos.estados import MotivoReclamo
from envios.eventos import Fuente, exigir_registrado, registrar_autorizado
from envios.eventos.motivos import AccionIntento, Motivo
from envios.eventos.nuevo import EventoNuevo
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from pagos import saldo
from tests.comercio.pedidos.test_contra_entrega import Puerta
from tests.comercio.pedidos.test_contra_entrega import puerta as puerta
from tests.comercio.portes.conftest import _tarifas_frescas as _tarifas_frescas
from tests.comercio.portes.conftest import tarifas as tarifas

DE_QUIEN_COMPRA = "SELECT asunto, cuerpo FROM ciudadania_notificacion WHERE persona_id = :q ORDER BY id"
SU_CUENTA = (
    "SELECT cerrada, creditos_contabilizados FROM pagos_cuenta WHERE asunto = 'pedido' AND titular_id = :p"
)
DE_QUIEN_VENDE = "SELECT asunto, cuerpo FROM ciudadania_notificacion WHERE unidad_id = :q ORDER BY id"


def _rechazado(puerta: Puerta) -> Any:
    """It was taken to the door, and who would receive it did not want it."""
    m, pedido = puerta.mercado, puerta.comprar()
    m.llevar(pedido, "EMA")
    with transaccion() as sesion:
        (envio_id,) = (fila[0] for fila in puerta.leer("SELECT envio_id FROM comercio_paquete"))
        nuevo = EventoNuevo(
            "EMH", envio_id, motivo=Motivo.DESTINATARIO_RECHAZO, accion=AccionIntento.DEVOLVER
        )
        quien = Autorizacion(Actor.sistema("prueba"), unidad_id=m.operador.id)
        (hecho,) = registrar_autorizado(
            sesion, quien, m.operador.id, [nuevo], Fuente.SIMULADOR, verificar_codigo=False
        )
        exigir_registrado(hecho)
    entregar_pendientes()
    return pedido


def _dicho(puerta: Puerta) -> tuple[str, str]:
    """To who bought, and to who sold."""
    m = puerta.mercado
    filas = puerta.leer(DE_QUIEN_COMPRA, q=m.comprador.id), puerta.leer(DE_QUIEN_VENDE, q=m.unidad.id)
    compra, vende = ("\n".join(f"{asunto}: {cuerpo}" for asunto, cuerpo in suyas) for suyas in filas)
    return compra, vende


def test_vuelve_y_nadie_debe_nada(puerta: Puerta, sesion_web: Any) -> None:
    """The goods are on the shelf again, no money moved, both are told, and there is nothing to claim."""
    m = puerta.mercado
    antes = puerta.leer("SELECT existencia, reservado FROM comercio_existencia")
    pedido = _rechazado(puerta)
    una, venta = f"/pedidos/{pedido.id}", f"/vender/pedidos/{pedido.id}"
    assert puerta.como_va() == [("despachado", "por_cobrar")]
    assert (
        "Si no lo recibe, vuelve a quien vende y usted no debe nada." in sesion_web(m.comprador).get(una).text
    )
    compra, vende = _dicho(puerta)
    assert ("vuelve al remitente" in compra, "vuelve a quien lo envió" in vende) == (True, True)
    with pytest.raises(ReclamoNoProcede, match="Todavía no consta"), transaccion() as sesion:
        reclamar.abrir(sesion, m.actor, pedido.id, MotivoReclamo.DANADO, "La caja vino abierta")
    m.anotar(pedido, "vuelve")
    assert puerta.como_va() == [("cancelado", "no_cobrada")]
    assert puerta.leer("SELECT existencia, reservado FROM comercio_existencia") == antes
    assert puerta.leer("SELECT count(*) FROM envios_deuda") == [(0,)]
    with transaccion() as sesion:
        assert saldo(sesion, m.cuenta) == bs("1000.00")
    assert puerta.leer(SU_CUENTA, p=pedido.id) == [(True, 0)]
    for dicho in _dicho(puerta):
        assert (
            f"Pedido {pedido.numero} cancelado: El envío volvió al vendedor. No se pagó nada de él." in dicho
        )
    assert "Se canceló: no debe nada de él." in sesion_web(m.comprador).get(una).text
    assert sesion_web(m.vendedor).get(venta).status_code == 200
    assert puerta.leer("SELECT count(*) FROM comercio_falta") == [(0,)]
    puerta.cuadra()


def test_si_nunca_vuelve_tambien_termina(puerta: Puerta) -> None:
    """Nobody paid it: the order ends by its term, and what the operator lost is between it and who sold."""
    m = puerta.mercado
    _rechazado(puerta)
    m.reloj.adelantar(timedelta(days=70))
    assert tareas.dar_por_perdidos() == 1
    entregar_pendientes()
    assert puerta.como_va() == [("cancelado", "no_cobrada")]
    assert puerta.leer("SELECT count(*) FROM envios_deuda") == [(0,)]
    puerta.cuadra()
