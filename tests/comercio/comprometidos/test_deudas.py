"""What entities have not paid: told to who is owed and to the authority, with its days."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

import comercio
from comercio.comprometidos import PagoFuera, anotar_pago_fuera, pagar
from comercio.comprometidos.deudas import entidades_tarde
from comercio.comprometidos.obligaciones import adeudados
from comercio.comprometidos.tareas import revisar_compromisos
from comercio.pedidos import manejadores
from comercio.pedidos.tareas import liberar_vencidas
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.reloj import ahora, fecha_bolivia
from tests.comercio.comprometidos.ayudas import Ente
from tests.comercio.conftest import Mercado

assert manejadores  # they listen to the parcels
BS = "Bs\u00a0"
PAGINA = "/regulador/entidades-que-deben"


def _conforme(mercado: Mercado, ente: Ente, precio: str) -> Any:
    pedido = ente.pedido((mercado.publicar(precio=precio), 1))
    mercado.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        comercio.dar_conformidad(sesion, ente.actor, pedido.id)
    assert liberar_vencidas() == 0
    return pedido


def test_lo_tarde_lo_ven_a_quien_se_debe_y_la_autoridad(
    mercado: Mercado, ente: Ente, sesion_web: Callable[..., Any], autoridad: Any, leer: Callable[..., Any]
) -> None:
    vendedora, rosa = sesion_web(mercado.vendedor), sesion_web(autoridad)
    suya = f"/vender/deudas?unidad={mercado.unidad.id}"
    assert "Ninguna entidad le debe" in vendedora.get(suya).text
    assert "Ninguna entidad debe" in rosa.get(PAGINA).text
    viejo = _conforme(mercado, ente, "100.00")
    mercado.reloj.adelantar(timedelta(days=20))
    nuevo, dicho = _conforme(mercado, ente, "30.00"), _conforme(mercado, ente, "7.00")
    with transaccion() as sesion:
        anotar_pago_fuera(sesion, ente.pagadora, dicho.id, PagoFuera("4471", fecha_bolivia(ahora())))
    mercado.reloj.adelantar(timedelta(days=4))
    revisar_compromisos()
    vendedora, rosa = sesion_web(mercado.vendedor), sesion_web(autoridad)
    pagina = vendedora.get(suya).text
    for dice in (viejo.numero, nuevo.numero, dicho.numero, "24 días de atraso"):
        assert dice in pagina
    assert pagina.count("de atraso") == 1  # of the other, its term runs
    assert pagina.index(viejo.numero) < pagina.index(nuevo.numero)
    assert f'href="{suya}"' in vendedora.get(f"/vender/dinero?unidad={mercado.unidad.id}").text
    de_todas = rosa.get(PAGINA).text
    assert dicho.numero not in de_todas  # the entity says that it paid it: its seller has the word
    assert nuevo.numero not in de_todas  # to be paid, and not late yet
    for dice in (viejo.numero, ente.unidad.nombre, f"{BS}100,00", "24 días de atraso"):
        assert dice in de_todas
    assert vendedora.get(PAGINA).status_code == 403
    assert PAGINA in rosa.get("/panel").text
    enlaces = "SELECT enlace FROM ciudadania_notificacion WHERE cuerpo LIKE 'Una entidad se atrasa%'"
    assert leer(enlaces) == [(PAGINA,)]
    ente.abonar(ente.unidad, "100.00")
    with transaccion() as sesion:
        pagar(sesion, ente.pagadora, viejo.id)
        assert entidades_tarde(sesion) == []
    mercado.reloj.adelantar(timedelta(days=16))
    with transaccion() as sesion:
        (queda,) = entidades_tarde(sesion)
    assert (queda.pedidos, queda.monto, queda.dias_de_mora) == (1, bs("30.00"), 20)


def test_a_quien_le_deben_se_le_dice_por_que_no_cierra(mercado: Mercado, ente: Ente, sesion_web: Any) -> None:
    pedido = _conforme(mercado, ente, "100.00")
    mercado.reloj.adelantar(timedelta(days=100))
    assert liberar_vencidas() == 0
    assert revisar_compromisos() == 1
    with transaccion() as sesion:
        (suya,) = adeudados(sesion, mercado.unidad.id)
    assert (suya.cuantas, suya.url) == (1, f"/vender/deudas?unidad={mercado.unidad.id}")
    pagina = sesion_web(mercado.vendedor).get(suya.url).text
    assert pedido.numero in pagina
    assert "la unidad no se cierra" in pagina


def test_de_lo_que_dijo_que_pago_no_se_le_dice_que_pague(mercado: Mercado, ente: Ente) -> None:
    """Until who sells answers neither closes, and each is told what it waits for."""
    pedido = _conforme(mercado, ente, "100.00")
    with transaccion() as sesion:
        anotar_pago_fuera(sesion, ente.pagadora, pedido.id, PagoFuera("4471", fecha_bolivia(ahora())))
        (espera,) = adeudados(sesion, ente.unidad.id)
        (le_deben,) = adeudados(sesion, mercado.unidad.id)
    assert (espera.cuantas, espera.texto) == (
        1,
        "Espere a que quien vende diga si llegó lo que la entidad dice que pagó.",
    )
    assert le_deben.cuantas == 1


@pytest.mark.parametrize(
    ("estado", "dice"),
    [("activa", "Ponga el dinero en la cuenta"), ("congelada", "La cuenta de la entidad está detenida")],
)
def test_se_dice_por_que_no_se_pudo_pagar(
    estado: str, dice: str, mercado: Mercado, ente: Ente, sesion_web: Any, duenio: Any, leer: Any
) -> None:
    """Not «put money in» of an account that may not move."""
    if estado == "congelada":
        ente.abonar(ente.unidad, "500.00")
        with duenio.begin() as conexion:
            congela = text("UPDATE pagos_cuenta SET congelada = true WHERE id = :cuenta")
            conexion.execute(congela, {"cuenta": ente.cuenta})
    pedido = _conforme(mercado, ente, "100.00")
    assert dice in sesion_web(ente.entidad.persona).get(f"/pedidos/{pedido.id}").text
    mercado.reloj.adelantar(timedelta(days=25))
    revisar_compromisos()
    cuerpos = "SELECT cuerpo FROM ciudadania_notificacion WHERE cuerpo LIKE '%sigue comprometido%'"
    assert all(dice in cuerpo for (cuerpo,) in leer(cuerpos))
    assert leer(cuerpos)
