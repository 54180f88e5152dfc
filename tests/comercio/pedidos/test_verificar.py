"""`qhatu verify`: order, money and parcel tell one story; what does not is seen, each by itself."""

from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from comercio.compra.modelos import Pedido
from comercio.custodia.verificar import custodias
from comercio.pedidos import cumplir as pedidos
from comercio.pedidos import manejadores
from comercio.pedidos.modelos import Paquete
from comercio.pedidos.verificar import pedidos as verificar
from envios import avanzar_demo
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from tests.comercio.conftest import Mercado

assert manejadores  # they listen to the parcel


def _despachado(mercado: Mercado) -> Paquete:
    pedido = mercado.pedido((mercado.publicar(precio="50.00"), 1))
    with transaccion() as sesion:
        pedidos.preparar(sesion, mercado.actor_vendedor, pedido.id)
        paquete = pedidos.despachar(sesion, mercado.actor_vendedor, pedido.id, mercado.operador.id)
    mercado.anotar(pedido, "EMA")
    return paquete


def _vivir(paquete: Paquete, historia: str, hasta: str = "fin", oir: bool = True) -> None:
    with transaccion() as sesion:
        avanzar_demo(sesion, paquete.envio_id, hasta, historia=historia)
    if oir:
        entregar_pendientes()


def _a_mano(duenio: Engine, tabla: str, clave: str, que: str, id: Any) -> None:
    """Write what no use case would, past the triggers."""
    with duenio.begin() as conexion:
        conexion.execute(text(f"ALTER TABLE {tabla} DISABLE TRIGGER USER"))
        conexion.execute(text(f"UPDATE {tabla} SET {que} WHERE {clave} = :id"), {"id": id})
        conexion.execute(text(f"ALTER TABLE {tabla} ENABLE TRIGGER USER"))


@pytest.mark.parametrize("historia", ["entrega", "devolucion", "retenido", "corregida"])
def test_cada_historia_cuadra(mercado: Mercado, sesion: Session, historia: str) -> None:
    """Also a delivery declared wrong after it was paid: its incident says why."""
    pedido = _despachado(mercado)
    _vivir(pedido, historia, "EMI" if historia == "corregida" else "fin")
    if historia == "corregida":
        _vivir(pedido, historia)
    assert verificar(sesion) == []


def test_lo_que_no_se_oyo_no_se_juzga(mercado: Mercado, sesion: Session) -> None:
    pedido = _despachado(mercado)
    _vivir(pedido, "entrega", oir=False)
    assert verificar(sesion) == []
    sesion.rollback()
    entregar_pendientes()
    assert verificar(sesion) == []


def test_lo_que_no_cuadra_se_ve(mercado: Mercado, sesion: Session, duenio: Engine) -> None:
    paquete = _despachado(mercado)
    numero = sesion.get_one(Pedido, paquete.pedido_id).numero
    sesion.rollback()
    _a_mano(duenio, "envios_envio", "id", "estado = 'anulado'", paquete.envio_id)
    assert verificar(sesion) == [
        f"pedido {numero}: su paquete {paquete.envio_numero} está despachado y el envío anulado"
    ]
    sesion.rollback()
    _a_mano(duenio, "envios_envio", "id", "estado = 'admitido'", paquete.envio_id)
    _a_mano(duenio, "comercio_pedido", "id", "estado = 'entregado'", paquete.pedido_id)
    assert verificar(sesion) == [f"pedido {numero} entregado: su dinero está retenida"]
    sesion.rollback()
    _a_mano(duenio, "comercio_pedido", "id", "estado = 'despachado'", paquete.pedido_id)
    (existencia_id,) = sesion.execute(text("SELECT id FROM comercio_existencia")).scalars()
    sesion.rollback()
    _a_mano(duenio, "comercio_existencia", "id", "reservado = 1", existencia_id)
    assert verificar(sesion) == [
        f"existencia {existencia_id}: tiene reservado 1 y sus pedidos y ofertas esperan 0"
    ]
    sesion.rollback()
    _a_mano(duenio, "comercio_existencia", "id", "reservado = 0", existencia_id)
    _a_mano(duenio, "comercio_pedido_cargo", "pedido_id", "monto = monto + 1", paquete.pedido_id)
    assert verificar(sesion) == [
        f"pedido {numero}: sus cargos no son su total, sus líneas, la comisión y el porte de su dinero"
    ]
    sesion.rollback()
    _a_mano(duenio, "comercio_pedido_cargo", "pedido_id", "monto = monto - 1", paquete.pedido_id)
    _a_mano(duenio, "comercio_custodia", "pedido_id", "devuelto = 1000", paquete.pedido_id)
    assert custodias(sesion) == [
        f"custodia del pedido {paquete.pedido_id}: devolucion: dice Bs\u00a010,00 y el libro Bs\u00a00,00"
    ]
    sesion.rollback()
    with duenio.begin() as conexion:
        conexion.execute(text("ALTER TABLE comercio_pedido_cancelacion DISABLE TRIGGER USER"))
        conexion.execute(
            text(
                "INSERT INTO comercio_pedido_cancelacion (id, pedido_id, linea_id, causa, cantidad, importe, "
                "actor, motivo) SELECT gen_random_uuid(), pedido_id, linea_id, gen_random_uuid(), 1, 1000, "
                "'nadie', 'porque sí' FROM comercio_paquete_linea"
            )
        )
        conexion.execute(text("ALTER TABLE comercio_pedido_cancelacion ENABLE TRIGGER USER"))
    (falta,) = verificar(sesion)
    assert falta.endswith("se canceló y se envió más de lo que se pidió")
