"""How to reach who bought: who sells reads it while they need it, in the page, over the API and on labels;
who bought, for ever. What an order was, to whom, and for which invoice, stays.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from ciudadania import obtener_persona
from comercio.compra.modelos import Pedido
from comercio.pedidos import cancelar, manejadores
from comercio.pedidos.lineas import paquetes_de
from envios.eventos import responder_anulacion
from envios.eventos.tareas import revisar_vencidos
from envios.reclamos import ClaseReclamo
from envios.reclamos.reclamar import presentar, retirar
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import nuevo_id
from tests.comercio.conftest import Mercado, sin_el_reloj

assert manejadores
TELEFONO, PUERTA = ("71234567", "7123-4567", "7 123 4567"), "Puerta verde"
UN_MES = timedelta(days=32)
MEDIO_ANIO = timedelta(days=200)


def _se_ve(texto: str) -> tuple[bool, bool]:
    """Whether the telephone is said, and how to get there."""
    return any(t in texto.replace("\u00a0", " ") for t in TELEFONO), PUERTA in texto


def de_la_venta(cliente: Any, pedido: Pedido) -> tuple[tuple[bool, bool], tuple[bool, bool]]:
    """In its page and over the API."""
    pagina = cliente.get(f"/vender/pedidos/{pedido.id}")
    ficha = cliente.get(f"/api/v1/pedidos/{pedido.id}")
    assert (pagina.status_code, ficha.status_code) == (200, 200)
    assert "Ana Prueba" in pagina.text
    assert ficha.json()["entrega"]["destinatario"] == "Ana Prueba"
    return _se_ve(pagina.text), _se_ve(ficha.text)


def test_de_un_pedido_cancelado(mercado: Mercado, sesion_web: Any) -> None:
    pedido = mercado.pedido((mercado.publicar(precio="50.00"), 1))
    vendedora = sesion_web(mercado.vendedor)
    with transaccion() as sesion:
        cancelar(sesion, mercado.actor, pedido.id, "Me arrepentí")
    assert de_la_venta(vendedora, pedido) == ((True, True), (True, True))
    mercado.reloj.adelantar(UN_MES)
    vendedora, compradora = sesion_web(mercado.vendedor), sesion_web(mercado.comprador)
    assert de_la_venta(vendedora, pedido) == ((False, False), (False, False))
    assert "ya no se muestran" in vendedora.get(f"/vender/pedidos/{pedido.id}").text
    assert _se_ve(compradora.get(f"/pedidos/{pedido.id}").text) == (True, True)
    assert _se_ve(compradora.get(f"/api/v1/pedidos/{pedido.id}").text) == (True, True)


def test_lo_que_sigue_abierto_se_lee_siempre(mercado: Mercado, sesion_web: Any) -> None:
    """Its dispatch has all the days that it needs: nothing is hidden before it ends."""
    pedido = mercado.pedido((mercado.publicar(precio="50.00"), 1))
    mercado.llevar(pedido, "EMA")
    mercado.reloj.adelantar(UN_MES)
    assert de_la_venta(sesion_web(mercado.vendedor), pedido) == ((True, True), (True, True))


def test_del_envio_hasta_que_nadie_reclama_por_el(mercado: Mercado, sesion_web: Any) -> None:
    """Also on the label, which only says to whom it went."""
    pedido = mercado.pedido((mercado.publicar(precio="50.00"), 1))
    mercado.llevar(pedido, "EMA", "EMI")
    mercado.cobrar(pedido)
    for espera, se_ve in ((UN_MES, (True, True)), (MEDIO_ANIO, (False, False))):
        mercado.reloj.adelantar(espera)
        vendedora = sesion_web(mercado.vendedor)
        with transaccion() as sesion:
            operadora = sesion_web(obtener_persona(sesion, mercado.actor_operador.persona_id))
        (envio,) = vendedora.get("/api/v1/envios").json()["datos"]
        direcciones = (
            f"/envios/{envio['id']}/etiqueta",
            f"/api/v1/envios/{envio['id']}",
            "/api/v1/envios",
            f"/seguimiento/{envio['numero']}",
        )
        assert [_se_ve(vendedora.get(d).text) for d in direcciones] == [se_ve] * 4
        assert _se_ve(operadora.get(f"/api/v1/envios/{envio['id']}").text) == (True, True)
        assert _se_ve(sesion_web(mercado.comprador).get(f"/api/v1/envios/{envio['id']}").text) == (True, True)


def test_del_envio_que_nunca_salio(mercado: Mercado, sesion_web: Any) -> None:
    """Nobody claims of what no operator received."""
    pedido = mercado.pedido((mercado.publicar(precio="50.00"), 1))
    mercado.llevar(pedido)
    vendedora = sesion_web(mercado.vendedor)
    (envio,) = vendedora.get("/api/v1/envios").json()["datos"]
    assert _se_ve(vendedora.get(f"/envios/{envio['id']}/etiqueta").text) == (True, True)
    with transaccion() as sesion:
        cancelar(sesion, mercado.actor_vendedor, pedido.id, "No me queda")
    with transaccion() as sesion:
        responder_anulacion(sesion, mercado.actor_operador, UUID(envio["id"]), True)
    assert _se_ve(vendedora.get(f"/envios/{envio['id']}/etiqueta").text) == (False, False)


def test_del_envio_mientras_se_reclama_por_el(mercado: Mercado, sesion_web: Any) -> None:
    """Who must prove where it went reads it until that is decided."""
    pedido = mercado.pedido((mercado.publicar(precio="50.00"), 1))
    mercado.llevar(pedido, "EMA", "EMI")
    with transaccion() as sesion:
        envio_id = paquetes_de(sesion, pedido.id)[0].envio_id
        assert envio_id is not None
        reclamo = presentar(
            sesion,
            mercado.actor_vendedor,
            envio_id,
            ClaseReclamo.DANO,
            relato="Dicen que la caja llegó rota.",
            pedido=bs("20.00"),
            id=nuevo_id(),
        )
    mercado.reloj.adelantar(MEDIO_ANIO)
    vendedora = sesion_web(mercado.vendedor)
    direcciones = (f"/api/v1/envios/{envio_id}", "/api/v1/envios", f"/envios/{envio_id}/etiqueta")
    assert [_se_ve(vendedora.get(d).text) for d in direcciones] == [(True, True)] * 3
    with transaccion() as sesion:
        retirar(sesion, mercado.actor_vendedor, reclamo.id)
    assert [_se_ve(vendedora.get(d).text) for d in direcciones] == [(False, False)] * 3


def test_del_envio_del_que_no_hay_noticias(mercado: Mercado, sesion_web: Any) -> None:
    """It never ends; after the term to claim of it nobody needs it either."""
    pedido = mercado.pedido((mercado.publicar(precio="50.00"), 1))
    mercado.llevar(pedido, "EMA")
    for espera, se_ve in ((UN_MES, (True, True)), (MEDIO_ANIO, (False, False))):
        mercado.reloj.adelantar(espera)
        revisar_vencidos()
        vendedora = sesion_web(mercado.vendedor)
        (envio,) = vendedora.get("/api/v1/envios").json()["datos"]
        assert envio["estado"] == "sin_noticias"
        direcciones = (f"/api/v1/envios/{envio['id']}", f"/envios/{envio['id']}/etiqueta")
        assert [_se_ve(vendedora.get(d).text) for d in direcciones] == [se_ve] * 2


def test_muchos_envios_se_preguntan_de_una_vez(
    mercado: Mercado, sesion_web: Any, contar_consultas: Any
) -> None:
    chompa = mercado.publicar(precio="50.00")
    for _vez in range(2):
        mercado.llevar(mercado.pedido((chompa, 1)), "EMA", "EMI")
    mercado.reloj.adelantar(MEDIO_ANIO)
    vendedora = sesion_web(mercado.vendedor)
    cuentas = []
    for limite in (1, 1, 2):  # the first one reads what the server remembers
        with contar_consultas() as sentencias:
            lista = vendedora.get(f"/api/v1/envios?limite={limite}")
        assert (len(lista.json()["datos"]), _se_ve(lista.text)) == (limite, (False, False))
        cuentas.append(len(sin_el_reloj(sentencias)))
    assert cuentas[1] == cuentas[2]
