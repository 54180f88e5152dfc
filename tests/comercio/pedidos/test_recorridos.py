"""Roads that nobody had walked, over HTTP and by each one's own pages: who sells for another with little
power; what a telephone without network read of an order cancelled meanwhile.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from ciudadania import obtener_persona
from comercio.compra.modelos import Pedido
from comercio.custodia.verificar import custodias
from comercio.pedidos import manejadores
from comercio.pedidos.lineas import paquetes_de
from comercio.pedidos.verificar import pedidos as verificar
from empresa_digital.registro import Facultad
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from nucleo.reloj import ahora
from tests.comercio.conftest import Mercado
from tests.comercio.test_web import oculto

assert manejadores
Leer = Callable[..., list[tuple[Any, ...]]]


def _texto(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def _pulsar(quien: Any, pagina: str, ruta: str, **datos: str) -> str:
    """Send a form of a page, and read where it leads."""
    antes = quien.get(pagina)
    assert antes.status_code == 200, antes.text
    assert ruta in antes.text
    hecho = quien.post(ruta, data={"_id": oculto(antes.text, "_id")} | datos)
    assert hecho.status_code == 303, _texto(hecho.text)
    despues = quien.get(hecho.headers["location"])
    assert despues.status_code == 200
    return _texto(despues.text)


def _envio(pedido: Pedido) -> Any:
    with transaccion() as sesion:
        return paquetes_de(sesion, pedido.id)[-1].envio_id


def _cuadra() -> None:
    with transaccion() as sesion:
        assert verificar(sesion) + custodias(sesion) == []


def test_quien_vende_por_otro_hasta_un_monto(
    mercado: Mercado, sesion_web: Any, crear_persona: Any, otorgar: Any, leer: Leer
) -> None:
    """Her power to sell has a limit of Bs 100: she serves an order of Bs 300 whole, since selling spends
    nothing of the shop's."""
    empleada = crear_persona("Zulma")
    otorgar(mercado.unidad.id, empleada, Facultad.VENDER, limite="100.00")
    pedido = mercado.pedido((mercado.publicar(precio="150.00"), 2))
    ella, vende = sesion_web(empleada), f"/vender/pedidos/{pedido.id}"
    assert pedido.numero in ella.get("/vender").text
    _pulsar(ella, vende, f"{vende}/preparacion")
    assert leer("SELECT estado FROM comercio_pedido") == [("en_preparacion",)]
    (linea,) = leer("SELECT id FROM comercio_pedido_linea")[0]
    _pulsar(
        ella,
        vende,
        f"{vende}/despacho",
        operador_id=str(mercado.operador.id),
        **{"lineas.0.linea_id": str(linea), "lineas.0.cantidad": "2"},
    )
    envio = _envio(pedido)
    assert ella.get(f"/envios/{envio}/etiqueta").status_code == 200
    mercado.anotar(pedido, "EMA", "EMI")
    assert "Entregado" in _texto(ella.get(vende).text)
    reclamo = sesion_web(mercado.comprador)
    nuevo = f"/pedidos/{pedido.id}/reclamar"
    pagina = reclamo.get(nuevo)
    assert pagina.status_code == 200
    datos = {"_id": oculto(pagina.text, "_id"), "motivo": "danado", "relato": "Llegó con un agujero"}
    hecho = reclamo.post(nuevo, data=datos)
    assert hecho.status_code == 303, _texto(hecho.text)
    entregar_pendientes()
    assert leer("SELECT estado FROM comercio_reclamo") == [("abierto",)]
    suyo = ella.get(hecho.headers["location"])
    assert suyo.status_code == 200
    assert "agujero" in suyo.text
    _cuadra()


def test_lo_que_un_telefono_sin_red_leyo_de_un_pedido_cancelado(
    mercado: Mercado, sesion_web: Any, leer: Leer
) -> None:
    """The worker took it at ten, without network; at eleven who sold cancelled it; at noon the telephone
    tells. What is physical is believed: both sides read that the post has it, and it comes back."""
    pedido = mercado.pedido((mercado.publicar(precio="50.00"), 2))
    mercado.llevar(pedido)
    numero = leer("SELECT envio_numero FROM comercio_paquete")[0][0]
    leido_en = ahora()
    mercado.reloj.adelantar(timedelta(hours=1))
    vendedora, vende = sesion_web(mercado.vendedor), f"/vender/pedidos/{pedido.id}"
    _pulsar(vendedora, vende, f"{vende}/cancelacion", motivo="Se me mojó")
    entregar_pendientes()
    assert leer("SELECT p.estado, q.estado FROM comercio_pedido p, comercio_paquete q") == [
        ("cancelado", "anulado")
    ]
    mercado.reloj.adelantar(timedelta(hours=1))
    with transaccion() as sesion:
        persona = obtener_persona(sesion, mercado.actor_operador.persona_id)
    cartera = sesion_web(persona)
    estado = cartera.get("/escaner/estado").json()
    escaneo = {
        "id": str(uuid4()),
        "codigo": "EMA",
        "numero": numero,
        "reloj": {"ms": int(leido_en.timestamp() * 1000), "zona_min": -240},
    }
    subida = {
        "persona_id": str(persona.id),
        "operador_unidad_id": str(mercado.operador.id),
        "dispositivo_id": str(uuid4()),
        "enviado": {"ms": estado["ahora_ms"], "zona_min": -240},
        "escaneos": [escaneo],
    }
    for resultado in ("registrado", "repetido"):
        (juzgado,) = cartera.post("/escaner/cola", json=subida).json()["resultados"]
        assert juzgado["resultado"] == resultado, juzgado
    entregar_pendientes()
    assert leer("SELECT estado, incidencia FROM comercio_paquete") == [
        ("anulado", "El correo recibió el paquete después de que se pidió anularlo.")
    ]
    for quien, ruta in ((vendedora, vende), (sesion_web(mercado.comprador), f"/pedidos/{pedido.id}")):
        assert "después de que se pidió anularlo" in _texto(quien.get(ruta).text)
    _cuadra()
    mercado.anotar(pedido, "vuelve")
    assert leer("SELECT estado FROM comercio_pedido") == [("cancelado",)]
    assert leer("SELECT existencia, reservado FROM comercio_existencia") == [(10, 0)]
    _cuadra()
