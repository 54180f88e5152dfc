"""The end of the year with a commitment alive: told in December, marked in January, and paid all the same."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from empresa_digital.registro import Facultad, MontoExcedido
from feria_inversa.certificaciones.tareas import avisar_cierres, terminar_certificaciones
from feria_inversa.compra_de_catalogo import manejadores
from feria_inversa.compra_de_catalogo.cumplir import conformar, pagar
from feria_inversa.compra_de_catalogo.esquemas import PagoDeCompra
from feria_inversa.compra_de_catalogo.tareas import vencer_compras
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.reloj import ZONA
from tests.comercio.entidades import dar_mandato
from tests.feria_inversa.compra_de_catalogo.conftest import Ente

assert manejadores
pytestmark = pytest.mark.usefixtures("cuadra")
Leer = Callable[..., list[tuple[Any, ...]]]
DICIEMBRE = datetime(2028, 12, 1, tzinfo=ZONA)
ENERO = datetime(2029, 1, 1, tzinfo=ZONA)
HORA = timedelta(hours=1)
AVISOS = (
    "SELECT count(*) FROM ciudadania_notificacion WHERE asunto LIKE 'Certificación 0412 de 2028%'"
    " AND unidad_id = :quien"
)


def _gestion(cliente: Any, compra_id: Any) -> tuple[str, bool] | None:
    suya = cliente.get(f"/api/v1/compras-de-catalogo/{compra_id}").json()["gestion"]
    return suya and (suya["situacion"], suya["confirmado"])


def test_se_avisa_en_diciembre_una_vez(ente: Ente, leer: Leer, cliente: Any, duenio: Engine) -> None:
    compra_id, _pedido = ente.ordenada(ente.certificar())
    ente.mercado.reloj.situar(DICIEMBRE - HORA)
    assert (avisar_cierres(), _gestion(cliente, compra_id)) == (0, None)
    ente.mercado.reloj.situar(DICIEMBRE)
    assert (avisar_cierres(), avisar_cierres()) == (1, 0)
    assert leer(AVISOS, quien=ente.id) == [(1,)]
    assert _gestion(cliente, compra_id) == ("por_cerrar", False)
    pagina = cliente.get(f"/compras-de-catalogo/{compra_id}").text
    for dicho in ("recíbala hasta entonces", "Norma por confirmar:"):
        assert dicho in pagina
    with pytest.raises(DBAPIError), duenio.begin() as conexion:
        conexion.execute(text("UPDATE feria_certificacion SET cierre_avisado_en = NULL"))


def test_la_gestion_cierra_y_lo_comprometido_sigue(
    ente: Ente, leer: Leer, cliente: Any, sesion_web: Callable[..., Any]
) -> None:
    """One received in its year, one after it, one that nobody approved: the certificate ends, what was
    committed is executed against it, and each says of which year it is."""
    ente.mercado.reloj.situar(datetime(2028, 12, 29, 10, tzinfo=ZONA))
    certificacion = ente.certificar("2000.00")
    (devengada, uno), (tarde, otro) = (ente.ordenada(certificacion, t) for t in ("Chompa", "Poncho"))
    nadie = ente.pedir(ente.sostener("Gorro"), certificacion)
    assert nadie.vence_en == ENERO
    ente.mercado.llevar(uno, "EMA", "EMI")
    ente.mercado.reloj.situar(ENERO)
    assert (terminar_certificaciones(), terminar_certificaciones(), avisar_cierres()) == (1, 0, 0)
    assert vencer_compras() == 1
    assert leer(AVISOS, quien=ente.id) == [(1,)]
    assert ente.de(certificacion) == ("800.00", "0.00", "0.00")
    assert [_gestion(cliente, c) for c in (devengada, tarde, nadie.id)[:2]] == [
        ("devengada", False),
        ("por_regularizar", False),
    ]
    assert "Se recibió en la gestión 2028" in cliente.get(f"/compras-de-catalogo/{devengada}").text
    certificada = sesion_web(ente.carla).get(f"/certificaciones/{certificacion}").text
    assert "Gestión cerrada" in certificada
    ente.mercado.llevar(otro, "EMA", "EMI")
    ente.abonar(ente.entidad.unidad, "800.00")
    for compra_id in (devengada, tarde):
        with transaccion() as sesion:
            conformar(sesion, ente.receptora, compra_id)
        with transaccion() as sesion:
            pagar(sesion, ente.actora, compra_id, PagoDeCompra(medio="libro"))
    entregar_pendientes()
    assert ente.de(certificacion) == ("0.00", "800.00", "0.00")
    assert [_gestion(cliente, c) for c in (devengada, tarde)] == [
        ("devengada", False),
        ("por_regularizar", False),
    ]
    assert leer("SELECT estado FROM feria_compra_de_catalogo ORDER BY id") == [
        ("pagada",),
        ("pagada",),
        ("vencida",),
    ]


def test_lo_que_termino_en_su_gestion_no_lleva_marca(ente: Ente, cliente: Any) -> None:
    compra_id, pedido = ente.ordenada(ente.certificar())
    ente.mercado.llevar(pedido, "EMA", "EMI")
    ente.abonar(ente.entidad.unidad, "400.00")
    with transaccion() as sesion:
        conformar(sesion, ente.receptora, compra_id)
    with transaccion() as sesion:
        pagar(sesion, ente.actora, compra_id, PagoDeCompra(medio="libro"))
    ente.mercado.reloj.situar(ENERO)
    terminar_certificaciones()
    assert _gestion(cliente, compra_id) is None


def test_se_certifica_hasta_el_tope_del_mandato(
    ente: Ente, crear_persona: Callable[..., Any], actor_de: Callable[..., Actor], leer: Leer
) -> None:
    """Whoever may pay so much certifies so much, to the centavo."""
    poco = crear_persona("Fabio")
    dar_mandato(ente.entidad.unidad, poco, Facultad.PAGAR, monto_limite=bs("500.00"))
    ente.actora = actor_de(poco)
    with pytest.raises(MontoExcedido):
        ente.certificar("500.01")
    ente.certificar("500.00")
    assert leer("SELECT monto FROM feria_certificacion") == [(50000,)]
