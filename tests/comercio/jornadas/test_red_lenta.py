"""A whole purchase over a 2G link: how long each page takes, how heavy it is and how much it asks for.

The link is Chromium's «Regular 2G»: 250 kbit/s down, 50 up, 300 ms there and back. Times are printed
(`pytest -s`), weights and requests are judged: 60 kB a page without photos, ten requests.
"""

import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.comercio.jornadas.conftest import Feria, Telefono
from tests.jornadas.test_navegador import una_foto

pytestmark = [pytest.mark.lento, pytest.mark.navegador]
BYTES_MAXIMOS, PEDIDOS_MAXIMOS = 60_000, 10
RED_2G = {
    "offline": False,
    "latency": 300,
    "downloadThroughput": 250_000 / 8,
    "uploadThroughput": 50_000 / 8,
}
# As an empty cache would ask for it: what was kept from the page before weighs the same.
PESO = """() => {
    const cosas = performance.getEntriesByType("resource").filter((r) => !r.name.startsWith("data:"));
    const foto = (r) => new URL(r.name).pathname.startsWith("/archivos/");
    const suma = (lista) => lista.reduce((total, r) => total + r.encodedBodySize, 0);
    const pagina = performance.getEntriesByType("navigation")[0];
    return {
        pedidos: cosas.length + 1,
        bytes: pagina.encodedBodySize + suma(cosas.filter((r) => !foto(r))),
        fotos: suma(cosas.filter(foto)),
        por_la_red: pagina.transferSize + cosas.reduce((total, r) => total + r.transferSize, 0),
    };
}"""


def _medir(ella: Telefono, que: str, hacer: Callable[[], object]) -> None:
    """Do it and wait for all that the page brings; print what it took and judge what it weighs."""
    inicio = time.monotonic()
    hacer()
    ella.pagina.wait_for_load_state()
    tardo = time.monotonic() - inicio
    peso = ella.pagina.evaluate(PESO)
    print(
        f"{que:<12}{tardo:6.1f} s {peso['pedidos']:3d} pedidos {peso['bytes'] / 1000:6.1f} kB"
        f" + {peso['fotos'] / 1000:5.1f} kB de fotos ({peso['por_la_red'] / 1000:5.1f} kB por la red)"
    )
    assert peso["pedidos"] <= PEDIDOS_MAXIMOS, f"{que}: {peso}"
    assert peso["bytes"] <= BYTES_MAXIMOS, f"{que}: {peso}"


def test_comprar_con_2g(feria: Feria) -> None:
    mercado = feria.mercado
    mercado.publicar("Chal de alpaca", precio="240.00")
    vende = feria.telefono(mercado.vendedor)
    vende.ir("/vender/productos").pulsar("Chal de alpaca").pagina.get_by_label("Foto").set_input_files(
        {"name": "chal.jpg", "mimeType": "image/jpeg", "buffer": una_foto()}
    )
    vende.pulsar("Guardar cambios").dice("Chal de alpaca")

    ella = feria.telefono()
    red: Any = ella.pagina.context.new_cdp_session(ella.pagina)
    red.send("Network.enable")
    red.send("Network.emulateNetworkConditions", RED_2G)
    empezo = time.monotonic()
    _medir(ella, "portada", lambda: ella.ir("/"))
    _medir(ella, "tienda", lambda: ella.ir("/tienda"))
    _medir(ella, "búsqueda", lambda: ella.ir("/tienda?q=chal"))
    _medir(ella, "producto", lambda: ella.pulsar("Chal de alpaca"))
    _medir(ella, "carrito", lambda: ella.pulsar("Agregar al carrito"))
    ella.es_de(mercado.comprador)
    _medir(ella, "comprar", lambda: ella.ir("/comprar"))
    ella.llenar("Nombre de quien recibe", "Ana Prueba").llenar("Teléfono", "71234567")
    ella.pagina.get_by_label("Municipio").select_option("020105")
    ella.llenar("Cómo llegar", "Avenida 6 de Marzo, portón verde")
    _medir(ella, "pagado", lambda: ella.pulsar("^Pagar"))
    ella.dice("el correo debe recibirlo hasta el")
    print(f"{'todo':<12}{time.monotonic() - empezo:6.1f} s")
    assert [p.estado for p in feria.pedidos()] == ["pagado"]
