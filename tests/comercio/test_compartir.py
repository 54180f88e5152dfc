"""What is shared of the shop, and what search engines are told of it."""

import json
import re
from typing import Any

import lxml.html

from comercio.catalogo.fotos import agregar_foto
from comercio.tienda.mapa import olvidar_mapa
from nucleo.archivos import Recibido, url_archivo
from nucleo.bd import transaccion
from tests.comercio.conftest import Mercado
from tests.nucleo.archivos.ayudas import png


def test_un_producto_se_comparte_y_lo_hallan_los_buscadores(mercado: Mercado, cliente: Any) -> None:
    """Its address in words, what a message with it shows, its data, and the map of the shop."""
    olvidar_mapa()
    producto = mercado.publicar("Chompa de </script> «niño»", descripcion="Suave")
    oculto_a_todos = mercado.publicar("Borrador", publicar=False)
    url = f"http://127.0.0.1/productos/{producto.id}/chompa-de-script-nino"
    with transaccion() as sesion:
        recibido = Recibido.de_bytes(png())
        foto = agregar_foto(sesion, mercado.actor_vendedor, producto.id, recibido, "De frente, doblada")
        imagen = f"http://127.0.0.1{url_archivo(foto.archivo_id)}?ancho=960"
    pagina = lxml.html.fromstring(cliente.get(f"/productos/{producto.id}").text)
    assert [e.get("href") for e in pagina.cssselect('link[rel="canonical"]')] == [url]
    dicho = {m.get("property"): m.get("content") for m in pagina.cssselect("meta[property]")}
    assert (dicho["og:image"], dicho["og:image:alt"]) == (imagen, "De frente, doblada")
    assert cliente.get(imagen).headers["content-type"].startswith("image/")
    assert (dicho["og:url"], dicho["og:title"], dicho["product:price:amount"]) == (
        url,
        "Chompa de </script> «niño»",
        "50.00",
    )
    assert "Bs\xa050,00 · Tejidos de Prueba" in dicho["og:description"]
    (datos,) = pagina.cssselect('script[type="application/ld+json"]')
    datos = json.loads(datos.text)
    assert (datos["@type"], datos["name"], datos["@id"]) == (
        "Product",
        "Chompa de </script> «niño»",
        url,
    )
    assert datos["image"] == [imagen]
    (oferta,) = datos["offers"]
    assert (oferta["price"], oferta["priceCurrency"], oferta["availability"]) == (
        "50.00",
        "BOB",
        "https://schema.org/InStock",
    )
    assert cliente.get(url).status_code == 200
    vieja = cliente.get(f"/productos/{producto.id}/titulo-de-antes", follow_redirects=False)
    assert (vieja.status_code, vieja.headers["location"]) == (301, url.removeprefix("http://127.0.0.1"))
    assert cliente.get(f"/productos/{oculto_a_todos.id}/borrador").status_code == 404
    hoja, vitrinas = re.findall("<loc>(.*?)</loc>", cliente.get("/sitemap.xml").text)
    assert re.findall("<loc>(.*?)</loc>", cliente.get(hoja).text) == [url]
    suya = f"http://127.0.0.1/tienda?vendedor={mercado.unidad.id}"
    assert re.findall("<loc>(.*?)</loc>", cliente.get(vitrinas).text) == [suya]
    vitrina = lxml.html.fromstring(cliente.get(suya).text)
    dicho = {m.get("property"): m.get("content") for m in vitrina.cssselect("meta[property]")}
    assert (dicho["og:url"], dicho["og:title"], dicho["og:image"]) == (suya, mercado.unidad.nombre, imagen)
    assert dicho["og:description"].endswith(". Chompa de </script> «niño»")
    assert [e.get("href") for e in vitrina.cssselect('link[rel="canonical"]')] == [suya]
    assert not vitrina.cssselect('meta[name="robots"]')
    filtrada = lxml.html.fromstring(cliente.get(f"{suya}&disponibles=1").text)
    assert not filtrada.cssselect("link[rel=canonical], meta[property]")
    assert filtrada.cssselect('meta[name="robots"]')[0].get("content") == "noindex, follow"
    assert "Sitemap: http://127.0.0.1/sitemap.xml" in cliente.get("/robots.txt").text
