"""What was said once is not said otherwise later, whoever writes: how a claim ended, in which shipment an
exchange went, until when something was promised; what came back to a shelf had left it.
"""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from comercio.compra.modelos import Pedido
from comercio.formas import FormaDeEntrega, declarar
from comercio.pedidos import cumplir, manejadores
from comercio.reclamos import manejadores as de_reclamos
from comercio.reclamos import reclamar
from comercio.reclamos.estados import MotivoReclamo
from comercio.vendedores import terminar_vacaciones, tomar_vacaciones
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.reloj import ahora, fecha_bolivia
from tests.comercio.conftest import Mercado
from tests.comercio.reclamos.test_cambios import Escena

assert manejadores
assert de_reclamos
Leer = Callable[..., list[tuple[Any, ...]]]


def _se_niega(bd: Engine, sql: str, dice: str) -> None:
    with pytest.raises(DBAPIError, match=dice), bd.begin() as conexion:
        conexion.exec_driver_sql(sql)


@pytest.fixture
def pedido(mercado: Mercado) -> Pedido:
    return mercado.pedido((mercado.publicar(precio="50.00"), 2))


def test_como_termino_un_reclamo(mercado: Mercado, pedido: Pedido, bd: Engine, leer: Leer) -> None:
    mercado.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        reclamo = reclamar.abrir(
            sesion, mercado.actor, pedido.id, MotivoReclamo.DANADO, "Llegó roto", bs("10.00")
        )
        reclamar.responder(sesion, mercado.actor_vendedor, reclamo.id, "Tiene razón", None, True)
    como = "SELECT estado, resuelto, devuelto, terminado_en FROM comercio_reclamo"
    antes = leer(como)
    for cambio in ("resuelto = 5000", "ofrecido = 1", "terminado_en = now() - interval '1 year'"):
        _se_niega(bd, f"UPDATE comercio_reclamo SET {cambio}", "append-only")
    assert leer(como) == antes


def test_en_que_envio_va_un_cambio(mercado: Mercado, bd: Engine, leer: Leer) -> None:
    escena = Escena(mercado)
    escena.ofrecer()
    escena.aceptar()
    escena.mandar()
    como = "SELECT estado, envio_id, terminado_en FROM comercio_cambio"
    otro = (
        "UPDATE comercio_cambio SET (envio_id, envio_numero) ="
        " (SELECT envio_id, envio_numero FROM comercio_paquete)"
    )
    antes = leer(como)
    _se_niega(bd, otro, "append-only")
    entregado = (
        "UPDATE comercio_cambio SET estado = 'en_camino';UPDATE comercio_cambio SET estado = 'entregado'"
    )
    _se_niega(bd, entregado + ", terminado_en = now()", "cuando lo dice su envío")
    assert leer(como) == antes
    escena.anotar("EMA", "EMI")
    _se_niega(bd, "UPDATE comercio_cambio SET terminado_en = now() + interval '1 day'", "append-only")
    assert leer("SELECT estado FROM comercio_cambio") == [("entregado",)]


def test_desde_cuando_y_como_fue(mercado: Mercado, pedido: Pedido, bd: Engine, leer: Leer) -> None:
    _se_niega(bd, "UPDATE comercio_pedido SET creado_en = now() - interval '1 year'", "append-only")
    mercado.llevar(pedido, "EMA")
    antes = "UPDATE comercio_paquete SET despachado_en = despachado_en - interval '1 year'"
    _se_niega(bd, antes, "append-only")
    mercado.anotar(pedido, "vuelve")
    otro = (
        "INSERT INTO comercio_pedido_paso (id, pedido_id, estado, actor, detalle)"
        " SELECT gen_random_uuid(), id, 'concluido', 'x', '' FROM comercio_pedido"
    )
    _se_niega(bd, otro, "paso_fin")
    assert leer("SELECT count(*) FROM comercio_pedido_paso WHERE estado = 'cancelado'") == [(1,)]


def test_un_codigo_se_prueba_cinco_veces(mercado: Mercado, bd: Engine, leer: Leer) -> None:
    with transaccion() as sesion:
        donde = {FormaDeEntrega.RETIRO: "Calle Bolívar 5"}
        declarar(sesion, mercado.actor_vendedor, mercado.unidad.id, donde)
    formas = {mercado.unidad.id: FormaDeEntrega.RETIRO}
    pedido = mercado.pedido((mercado.publicar(), 1), formas=formas)
    with transaccion() as sesion:
        cumplir.alistar(sesion, mercado.actor_vendedor, pedido.id)
        cumplir.entregar_en_mano(sesion, mercado.actor_vendedor, pedido.id, "0000000")
        cumplir.renovar_codigo(sesion, mercado.actor, pedido.id)
    with bd.begin() as conexion:
        conexion.exec_driver_sql("UPDATE comercio_paquete SET codigo_fallos = 4")
    for cambio in ("codigo_fallos = 0", "codigo_version = 1, codigo_fallos = 0"):
        _se_niega(bd, f"UPDATE comercio_paquete SET {cambio}", "append-only")
    assert leer("SELECT codigo_version, codigo_fallos FROM comercio_paquete") == [(2, 4)]


def test_unas_vacaciones_se_anotan_desde_hoy_y_terminan_una_vez(
    mercado: Mercado, bd: Engine, leer: Leer
) -> None:
    """What could be bought last month is not said today that it could not: it is what is compared with."""
    hoy = fecha_bolivia(ahora())
    pasadas = (
        "INSERT INTO comercio_vacaciones (id, vendedor_id, desde, hasta, creado_en) SELECT gen_random_uuid(),"
        f" '{mercado.unidad.id}', '{hoy}'::date - 60, '{hoy}'::date - 10, now() - interval '60 days'"
    )
    _se_niega(bd, pasadas, "permission denied")
    with transaccion() as sesion:
        unas = tomar_vacaciones(sesion, mercado.actor_vendedor, mercado.unidad.id, hoy, hoy)
        terminar_vacaciones(sesion, mercado.actor_vendedor, unas.id)
    _se_niega(bd, "UPDATE comercio_vacaciones SET terminadas_en = NULL", "append-only")
    assert leer("SELECT count(*), count(terminadas_en) FROM comercio_vacaciones") == [(1, 1)]


def test_lo_que_salio_vuelve_una_vez(mercado: Mercado, pedido: Pedido, bd: Engine, leer: Leer) -> None:
    mercado.llevar(pedido, "EMA", "vuelve")
    assert leer("SELECT existencia, reservado FROM comercio_existencia") == [(10, 0)]
    otra_vez = (
        "INSERT INTO comercio_movimiento_de_existencia (id, existencia_id, cantidad, motivo, detalle,"
        " referencia_id, actor_tipo, actor_nombre) SELECT gen_random_uuid(), existencia_id, {n}, motivo,"
        " detalle, referencia_id, actor_tipo, actor_nombre FROM comercio_movimiento_de_existencia"
        " WHERE motivo = 'devolucion'"
    )
    for n in (1, 2):
        _se_niega(bd, otra_vez.format(n=n), "no vuelve más de lo que salió")
    assert leer("SELECT existencia FROM comercio_existencia") == [(10,)]


RESERVADO = "no es lo que se espera de ella"


def test_nada_se_reserva_sin_quien_lo_espere(
    mercado: Mercado, pedido: Pedido, bd: Engine, leer: Leer
) -> None:
    """Neither is what somebody bought let go; and what waits for nobody is no more in the way of buying."""
    como = "SELECT reservado FROM comercio_existencia"
    assert leer(como) == [(2,)]
    for otro in ("reservado + 1", "reservado - 1", "0"):
        _se_niega(bd, f"UPDATE comercio_existencia SET reservado = {otro}", RESERVADO)
    _se_niega(bd, "UPDATE comercio_pedido SET estado = 'cancelado'", "no termina antes que su dinero")
    _se_niega(bd, "DELETE FROM comercio_apartado", "permission denied")
    assert leer(como) == [(2,)]
    mercado.llevar(pedido, "EMA")
    assert leer(como) == [(0,)]
    assert leer("SELECT count(*) FROM comercio_apartado") == [(0,)]


def test_cuando_se_paga_a_quien_vende(mercado: Mercado, pedido: Pedido, bd: Engine, leer: Leer) -> None:
    """Not before it is received, not before its term; sooner when who bought says that it is well."""
    ya = "UPDATE comercio_custodia SET estado = 'por_liberar', liberar_en = nucleo_ahora()"
    _se_niega(bd, ya, "no tiene esa fecha")
    mercado.llevar(pedido, "EMA", "EMI")
    como = "SELECT estado, liberar_en FROM comercio_custodia"
    antes = leer(como)
    _se_niega(bd, "UPDATE comercio_custodia SET liberar_en = nucleo_ahora()", "no tiene esa fecha")
    sin_ella = "UPDATE comercio_custodia SET estado = 'retenida', liberar_en = NULL"
    _se_niega(bd, sin_ella, "que se entregó, no tiene fecha")
    assert leer(como) == antes
    _se_niega(
        bd, "UPDATE comercio_pedido SET conforme_en = nucleo_ahora() - interval '2 days'", "conformidad"
    )
    with transaccion() as sesion:
        cumplir.dar_conformidad(sesion, mercado.actor, pedido.id)
    assert leer("SELECT liberar_en < nucleo_ahora() FROM comercio_custodia") == [(True,)]
    _se_niega(bd, "UPDATE comercio_pedido SET conforme_en = NULL", "conformidad")


def test_cuando_se_da_por_perdido_un_paquete(
    mercado: Mercado, pedido: Pedido, bd: Engine, leer: Leer
) -> None:
    mercado.llevar(pedido, "EMA")
    como = "SELECT estado, saldado, vence_en FROM comercio_paquete"
    antes = leer(como)
    for otro in ("nucleo_ahora()", "NULL", "vence_en + interval '1 day'"):
        _se_niega(bd, f"UPDATE comercio_paquete SET vence_en = {otro}", "no vence entonces")
    _se_niega(bd, "UPDATE comercio_paquete SET saldado = true", "es de su pedido")
    perdido = "UPDATE comercio_paquete SET estado = 'perdido', saldado = true"
    _se_niega(bd, perdido, "no se canceló")
    assert leer(como) == antes
    mercado.anotar(pedido, "EMI")
    _se_niega(bd, "UPDATE comercio_paquete SET saldado = true", "es de su pedido")


def test_cuando_vence_un_reclamo(mercado: Mercado, pedido: Pedido, bd: Engine, leer: Leer) -> None:
    mercado.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        reclamar.abrir(sesion, mercado.actor, pedido.id, MotivoReclamo.DANADO, "Llegó roto", bs("10.00"))
    antes = leer("SELECT estado, vence_en FROM comercio_reclamo")
    for otro in ("nucleo_ahora()", "vence_en + interval '1 year'"):
        _se_niega(bd, f"UPDATE comercio_reclamo SET vence_en = {otro}", "no vence entonces")
    rechazado = "UPDATE comercio_reclamo SET estado = 'rechazado', vence_en = nucleo_ahora()"
    _se_niega(bd, rechazado, "no vence entonces")
    assert leer("SELECT estado, vence_en FROM comercio_reclamo") == antes
