"""Orders to prepare: what to pick, and announcing many in one press."""

import html
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import lxml.html
import pypdfium2

from comercio.panel.anunciar import Anuncio, anunciar
from comercio.panel.preparar import Renglon, por_preparar, por_recoger
from comercio.pedidos.cumplir import cancelar
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from tests.ayudas.carreras import cruzar
from tests.comercio.conftest import Mercado

Leer = Callable[..., list[tuple[Any, ...]]]


def oculto(pagina: str, nombre: str) -> str:
    hallado = re.search(rf'name="{nombre}" value="([^"]+)"', pagina)
    assert hallado, nombre
    return hallado.group(1)


def test_que_recoger_y_en_que_orden(mercado: Mercado) -> None:
    """Sorted by term, made to order last; summed by variant; what is cancelled or announced is not in it."""
    chompa, manta = mercado.publicar("Chompa", sku="CH"), mercado.publicar("Manta", sku="MA")
    a_pedido = mercado.publicar("Poncho", sku="PO", dias_de_elaboracion=20)
    poncho = mercado.pedido((a_pedido, 1))
    uno = mercado.pedido((chompa, 2))
    dos = mercado.pedido((chompa, 3), (manta, 1))
    mercado.llevar(mercado.pedido((manta, 4)))
    with transaccion() as sesion:
        cancelar(sesion, mercado.actor_vendedor, mercado.pedido((manta, 1)).id, "No hay hilo")
        pedidos = por_preparar(sesion, mercado.unidad.id)
        recojo = por_recoger(sesion, mercado.unidad.id, pedidos)
        antes_del_poncho = pedidos[-1].despachar_hasta.date()
        de_hoy = por_preparar(sesion, mercado.unidad.id, pedidos[0].despachar_hasta.date())
    assert [p.id for p in pedidos] == [uno.id, dos.id, poncho.id]
    assert pedidos[1].renglones == [
        Renglon("CH", "Chompa", "", "unidad", Decimal(3)),
        Renglon("MA", "Manta", "", "unidad", Decimal(1)),
    ]
    assert [(r.sku, int(r.cantidad), r.pedidos) for r in recojo] == [
        ("CH", 5, 2),
        ("MA", 1, 1),
        ("PO", 1, 1),
    ]
    assert len({r.lugar for r in recojo}) == 1
    assert antes_del_poncho > pedidos[0].despachar_hasta.date()
    assert [p.id for p in de_hoy] == [uno.id, dos.id]


def test_anunciar_varios_de_una_vez(mercado: Mercado, sesion_web: Callable[..., Any], leer: Leer) -> None:
    """Each with its result; one that fails does not stop the others; pressed twice, nothing twice."""
    chompa = mercado.publicar("Chompa", existencia=20)
    uno, dos, caido = (mercado.pedido((chompa, n)) for n in (1, 2, 3))
    vendedora = sesion_web(mercado.vendedor)
    pagina = vendedora.get("/vender/preparar").text
    assert [p in pagina for p in (uno.numero, dos.numero, caido.numero)] == [True] * 3
    with transaccion() as sesion:
        cancelar(sesion, mercado.actor, caido.id, "Ya no lo quiero")
    datos = {
        "_id": oculto(pagina, "_id"),
        "unidad_id": str(mercado.unidad.id),
        "operador_id": str(mercado.operador.id),
        "formato": "rollo",
        "pedidos.0.id": str(uno.id),
        "pedidos.1.id": str(caido.id),
        "pedidos.2.id": str(dos.id),
    }
    nada = vendedora.post("/vender/preparar", data={k: v for k, v in datos.items() if "pedidos" not in k})
    assert (nada.status_code, "Marque los pedidos que ya empacó" in nada.text) == (422, True)
    vacia = leer("SELECT count(*) FROM comercio_paquete")
    hecho = vendedora.post("/vender/preparar", data=datos)
    assert (vacia, hecho.status_code) == ([(0,)], 200)
    filas = lxml.html.fromstring(hecho.text).xpath("//section[@role='status']//tbody/tr")
    assert [("Anunciado" in f.text_content(), "No se anunció" in f.text_content()) for f in filas] == [
        (True, False),
        (False, True),
        (True, False),
    ]
    paquetes = leer(
        "SELECT q.pedido_id, q.estado, q.envio_id FROM comercio_paquete q JOIN comercio_pedido p"
        " ON p.id = q.pedido_id ORDER BY p.id"
    )
    assert [f[:2] for f in paquetes] == [(uno.id, "anunciado"), (dos.id, "anunciado")]
    direccion = re.search(r'content="0; url=([^"]+)"', hecho.text)
    assert direccion
    etiquetas = vendedora.get(html.unescape(direccion[1]))
    assert etiquetas.headers["content-disposition"] == 'attachment; filename="etiquetas.pdf"'
    assert len(pypdfium2.PdfDocument(etiquetas.content)) == 2
    otra = vendedora.post("/vender/preparar", data=datos)
    assert otra.text.count("Ya estaba anunciado") == 2
    assert leer("SELECT count(*) FROM comercio_paquete") == [(2,)]
    assert leer("SELECT count(*) FROM envios_envio") == [(2,)]


def test_a_la_vez_no_se_anuncia_dos_veces(mercado: Mercado, leer: Leer) -> None:
    chompa = mercado.publicar("Chompa")
    pedidos = [mercado.pedido((chompa, 1)).id for _n in range(3)]
    hechos: list[Any] = []

    def todos(ids: list[Any]) -> Callable[[Any], None]:
        def hacer(sesion: Any) -> None:
            hechos.append(
                anunciar(sesion, mercado.actor_vendedor, mercado.unidad.id, mercado.operador.id, ids)
            )

        return hacer

    assert cruzar(todos(pedidos), todos(pedidos[::-1])) is None
    assert [{h.resultado for h in una} for una in hechos] == [{Anuncio.ANUNCIADO}, {Anuncio.YA_ESTABA}]
    assert leer("SELECT count(*), count(DISTINCT pedido_id) FROM comercio_paquete") == [(3, 3)]


def test_la_hoja_en_papel(mercado: Mercado, sesion_web: Callable[..., Any]) -> None:
    chompa = mercado.publicar("Chompa de alpaca", sku="CH-1")
    for n in (1, 2):
        mercado.pedido((chompa, n))
    papel = sesion_web(mercado.vendedor).get("/vender/preparar/recojo.pdf")
    assert papel.headers["content-type"] == "application/pdf"
    texto = pypdfium2.PdfDocument(papel.content)[0].get_textpage().get_text_range()
    assert "3 unidades" in texto
    assert "Chompa de alpaca - CH-1 - para 2 pedidos" in texto
    assert texto.count("Ana Prueba") == 2


def test_lo_ajeno_no_existe(
    mercado: Mercado,
    crear_unidad: Callable[..., Any],
    crear_persona: Callable[..., Any],
    actor_de: Callable[..., Any],
    leer: Leer,
) -> None:
    """An order of another seller, or of nobody, is refused by itself."""
    otra = crear_persona("Otra")
    unidad = crear_unidad("Otra tienda", representante=otra, habilitaciones=["VENDEDOR"])
    pedido = mercado.pedido((mercado.publicar(), 1))
    with transaccion() as sesion:
        ids = [pedido.id, nuevo_id()]
        hechos = anunciar(sesion, actor_de(otra), unidad.id, mercado.operador.id, ids)
    assert [(h.resultado, h.numero) for h in hechos] == [(Anuncio.RECHAZADO, None)] * 2
    assert leer("SELECT count(*) FROM comercio_paquete") == [(0,)]
