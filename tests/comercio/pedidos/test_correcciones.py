"""A delivery declared wrong is heard once, whatever the terms are by then: what is given up, and when."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from comercio.pedidos import manejadores
from comercio.pedidos.plazos import SIN_ENTREGA
from nucleo.eventos import entregar_pendientes
from nucleo.plazos import Unidad, vence
from nucleo.reloj import ahora_bd, fecha_bolivia
from tests.comercio.conftest import Mercado
from tests.comercio.pedidos.test_contra_entrega import Puerta
from tests.comercio.pedidos.test_contra_entrega import puerta as puerta
from tests.comercio.pedidos.test_cumplir import errada
from tests.comercio.portes.conftest import _tarifas_frescas as _tarifas_frescas
from tests.comercio.portes.conftest import tarifas as tarifas

assert manejadores
_PAQUETE = "SELECT estado, vence_en - despachado_en < interval '62 days' FROM comercio_paquete"


def test_por_el_plazo_del_dia_en_que_salio(puerta: Puerta, duenio: Engine) -> None:
    """Sixty days when it left; by the norm of the next day, ninety."""
    pedido = puerta.comprar()
    puerta.mercado.llevar(pedido, "EMA", "EMI")
    manana = {"desde": fecha_bolivia(puerta.mercado.reloj.ahora()) + timedelta(days=1), "codigo": SIN_ENTREGA}
    with duenio.begin() as conexion:
        for cambio in (
            "UPDATE nucleo_plazo SET vigente_hasta = :desde WHERE codigo = :codigo",
            "INSERT INTO nucleo_plazo SELECT gen_random_uuid(), codigo, nombre, 90, unidad, empieza,"
            " prorroga, silencio, 'después', nota, confirmado, :desde, NULL FROM nucleo_plazo"
            " WHERE codigo = :codigo",
        ):
            conexion.execute(text(cambio), manana)
    puerta.mercado.reloj.adelantar(timedelta(days=2))
    errada(puerta.mercado, pedido)
    entregar_pendientes()
    assert puerta.leer(_PAQUETE) == [("despachado", True)]
    assert puerta.como_va() == [("despachado", "por_cobrar")]
    puerta.cuadra()


def test_lo_que_no_tenia_plazo_se_da_por_perdido_desde_ahora(
    mercado: Mercado, duenio: Engine, leer: Callable[..., Any]
) -> None:
    """As parcels of before they had terms."""
    pedido = mercado.pedido((mercado.publicar(precio="100.00"), 1))
    mercado.llevar(pedido, "EMA", "EMI")
    with duenio.begin() as conexion:
        conexion.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
        conexion.exec_driver_sql("ALTER TABLE comercio_paquete DISABLE TRIGGER comercio_paquete_plazo")
        conexion.exec_driver_sql("UPDATE comercio_paquete SET vence_en = NULL")
        conexion.exec_driver_sql("ALTER TABLE comercio_paquete ENABLE TRIGGER comercio_paquete_plazo")
    errada(mercado, pedido)
    entregar_pendientes()
    assert leer("SELECT estado, vence_en <= nucleo_ahora() FROM comercio_paquete") == [("despachado", True)]
    assert leer("SELECT estado, liberar_en FROM comercio_custodia") == [("retenida", None)]


@pytest.mark.parametrize("unidad", Unidad)
def test_un_plazo_de_cualquier_unidad_no_termina_antes(
    sesion: Session, duenio: Engine, unidad: Unidad
) -> None:
    """An hour is left to whoever counts it; hours end at their instant, the others with their last day."""
    with duenio.begin() as conexion:
        conexion.execute(
            text("UPDATE nucleo_plazo SET unidad = :u, valor = 3, prorroga = false WHERE codigo = :c"),
            {"u": unidad.value, "c": SIN_ENTREGA},
        )
    inicio = ahora_bd(sesion)
    desde = text("SELECT nucleo_no_antes_de(:c, :en)")
    antes = sesion.connection().execute(desde, {"c": SIN_ENTREGA, "en": inicio}).scalar_one()
    assert inicio + timedelta(hours=2) <= antes <= vence(sesion, SIN_ENTREGA, inicio)
    ahora = text("SELECT nucleo_no_antes_de(:c) >= :antes")
    assert sesion.connection().execute(ahora, {"c": SIN_ENTREGA, "antes": antes}).scalar_one() is True
