"""Labels by page and by program: who may print them, in which form, how many together."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pypdfium2
import pytest

from envios.eventos.nuevo import EventoNuevo, Fuente
from envios.eventos.registrar_eventos import registrar_evento
from envios.operadores import codigo_plus
from envios.s10 import leer_numero
from nucleo.bd import transaccion
from tests.envios.etiquetas.test_papel import leidos

API = "/api/v1/etiquetas-de-envio"


def test_de_una_en_pdf_y_en_zpl(reparto: Any, sesion_web: Any) -> None:
    envio = reparto.enviar(contenido="Una chompa")
    vendedora = sesion_web(reparto.vendedora)
    pagina = vendedora.get(f"/envios/{envio.id}/etiqueta").text
    for formato, tipo in (("rollo", "application/pdf"), ("zpl", "application/zpl")):
        ruta = f"/envios/etiquetas?envio={envio.id}&formato={formato}"
        assert ruta.replace("&", "&amp;") in pagina
        respuesta = vendedora.get(ruta)
        assert (respuesta.status_code, respuesta.headers["content-type"]) == (200, tipo)
        assert respuesta.headers["cache-control"] == "private, no-store"
        assert envio.numero in respuesta.headers["content-disposition"]
        assert envio.codigo_entrega.encode() not in respuesta.content


def test_las_marcadas_salen_cuatro_por_hoja_y_cada_una_una_vez(reparto: Any, sesion_web: Any) -> None:
    envios = [reparto.enviar() for _ in range(5)]
    vendedora = sesion_web(reparto.vendedora)
    lista = vendedora.get("/envios?ver=enviados").text
    assert [f'name="envio" value="{e.id}"' in lista for e in envios] == [True] * 5
    consulta = "&".join(f"envio={e.id}" for e in [*envios, envios[0]])
    respuesta = vendedora.get(f"/envios/etiquetas?{consulta}")
    hojas = pypdfium2.PdfDocument(respuesta.content)
    textos = [h.get_textpage().get_text_bounded() for h in hojas]
    assert [t.count("Contiene".upper()) for t in textos] == [4, 1]
    assert 'name="envio"' not in sesion_web(reparto.ana).get("/envios").text


def test_una_ajena_entre_las_propias_no_deja_imprimir_ninguna(reparto: Any, sesion_web: Any) -> None:
    propia = reparto.enviar()
    vendedora, ana = sesion_web(reparto.vendedora), sesion_web(reparto.ana)
    assert vendedora.get(f"/envios/etiquetas?envio={propia.id}&envio={uuid4()}").status_code == 404
    assert ana.get(f"/envios/etiquetas?envio={propia.id}").status_code == 404


@pytest.mark.parametrize("consulta", ["", "envio=x", "formato=rollo", "envio={}&formato=doc", "demasiados"])
def test_lo_mal_pedido_lo_dice(reparto: Any, sesion_web: Any, consulta: str) -> None:
    envio = reparto.enviar()
    if consulta == "demasiados":
        consulta = "&".join(f"envio={uuid4()}" for _ in range(101))
    respuesta = sesion_web(reparto.vendedora).get(f"/envios/etiquetas?{consulta.format(envio.id)}")
    assert respuesta.status_code == 422


def test_a_donde_va_en_el_mapa(reparto: Any, sesion_web: Any) -> None:
    envio = reparto.enviar(latitud=Decimal("-15.7731"), longitud=Decimal("-68.6490"))
    plus = codigo_plus(Decimal("-15.7731"), Decimal("-68.6490"))
    dice = f"{plus} (-15.773100, -68.649000). Casa azul frente a la plaza"
    vendedora = sesion_web(reparto.vendedora)
    assert dice in vendedora.get(f"/envios/{envio.id}/etiqueta").text
    papel = vendedora.get(f"/envios/etiquetas?envio={envio.id}&formato=rollo").content
    (pagina,) = pypdfium2.PdfDocument(papel)
    assert dice in " ".join(pagina.get_textpage().get_text_bounded().split())
    zpl = vendedora.get(f"/envios/etiquetas?envio={envio.id}&formato=zpl").text
    assert f"^FD{plus.replace('+', '+')} (-15.773100, -68.649000)." in zpl


def test_lo_que_nadie_recibio_vuelve_con_su_numero_y_los_papeles_cambiados(
    reparto: Any, sesion_web: Any
) -> None:
    envio = reparto.enviar()
    with transaccion() as sesion:
        nuevo = EventoNuevo("QHDV", envio.id)
        hecho = registrar_evento(sesion, reparto.actor(reparto.cartero), envio.id, nuevo, Fuente.API)
        assert hecho.error is None
    papel = sesion_web(reparto.cartero).get(f"/envios/etiquetas?envio={envio.id}&formato=rollo").content
    (pagina,) = pypdfium2.PdfDocument(papel)
    texto = " ".join(pagina.get_textpage().get_text_bounded().split())
    legible = leer_numero(envio.numero).legible
    for dicho in (
        "DEVOLUCIÓN",
        "La Paz, La Paz",
        "PARA Tejidos de prueba Frente a la plaza (prueba)",
        "DE Ana Prueba",
        f"Devolución de {legible}: Una chompa",
    ):
        assert dicho in texto, texto
    assert leidos(pagina.render(scale=203 / 72).to_pil().convert("L"))[0] == ("Code 128", envio.numero)
