"""A whole purchase over a 2G link, in a shop of thirty products with their photos: how long each page takes,
how heavy it is and how much it asks for.

The link is Chromium's «Regular 2G»: 250 kbit/s down, 50 up, 300 ms there and back. Times are printed
(`pytest -s`; `docs/fiabilidad.md` has the last ones), weights and requests are judged: 60 kB a page and ten
requests, without photos, which come when they are looked at.
"""

import io
import time
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from comercio.catalogo.fotos import agregar_foto
from nucleo.archivos import Recibido
from nucleo.bd import transaccion
from tests.ayudas.navegador import pesar
from tests.comercio.catalogo.test_variantes import cambiar
from tests.comercio.jornadas.conftest import Feria, Telefono

pytestmark = [pytest.mark.lento, pytest.mark.navegador]
BYTES_MAXIMOS, PEDIDOS_MAXIMOS = 60_000, 10
EN_UNA_LISTA, PRODUCTOS = 24, 30
TALLAS, COLORES = ("S", "M", "L", "XL"), ("rojo", "azul", "verde", "gris", "blanco")
RED_2G = {
    "offline": False,
    "latency": 300,
    "downloadThroughput": 250_000 / 8,
    "uploadThroughput": 50_000 / 8,
}
Crear = Callable[..., Any]


def _foto() -> bytes:
    """One that does not compress to nothing: grain over a colour."""
    salida = io.BytesIO()
    grano = Image.effect_noise((800, 600), 24)
    Image.merge("RGB", (grano, grano.rotate(180), grano)).save(salida, "JPEG", quality=80)
    return salida.getvalue()


def _llenar(feria: Feria, crear_persona: Crear, crear_unidad: Crear, actor_de: Crear) -> None:
    """Thirty shawls by three sellers of three departments, of several sizes and colours."""
    mercado, foto = feria.mercado, _foto()
    venden = [(mercado.unidad, mercado.actor_vendedor)]
    for nombre, municipio in (("Hilaria", "030101"), ("Severina", "010101")):
        suya = crear_persona(nombre)
        taller = f"Tejidos de {nombre}"
        unidad = crear_unidad(
            taller, representante=suya, habilitaciones=["VENDEDOR"], municipio_ine=municipio
        )
        venden.append((unidad, actor_de(suya)))
    for n in range(PRODUCTOS):
        unidad, actor = venden[n % len(venden)]
        producto = mercado.publicar(
            f"Chal de alpaca número {n + 1}", precio=f"{180 + n}.00", unidad_id=unidad.id, actor=actor
        )
        with transaccion() as sesion:
            agregar_foto(sesion, actor, producto.id, Recibido.de_bytes(foto))
        if actor is mercado.actor_vendedor:
            atributos = {"talla": TALLAS[n % len(TALLAS)], "color": COLORES[n % len(COLORES)]}
            cambiar(mercado, producto, mercado.variante(producto), atributos=atributos)


def _medir(ella: Telefono, que: str, hacer: Callable[[], object]) -> None:
    """Do it and wait for all that the page needs; print what it took and judge what it weighs."""
    inicio = time.monotonic()
    hacer()
    ella.pagina.wait_for_load_state()
    tardo = time.monotonic() - inicio
    peso = pesar(ella.pagina)
    print(
        f"{que:<12}{tardo:6.1f} s {peso.pedidos:3d} pedidos {peso.bytes / 1000:6.1f} kB"
        f" + {peso.fotos:2d} fotos de {peso.bytes_de_fotos / 1000:5.1f} kB"
        f" ({peso.por_la_red / 1000:5.1f} kB por la red)"
    )
    assert peso.pedidos <= PEDIDOS_MAXIMOS, f"{que}: {peso}"
    assert peso.bytes <= BYTES_MAXIMOS, f"{que}: {peso}"


def test_comprar_con_2g(feria: Feria, crear_persona: Crear, crear_unidad: Crear, actor_de: Crear) -> None:
    mercado = feria.mercado
    _llenar(feria, crear_persona, crear_unidad, actor_de)
    feria.telefono().ir("/")  # what the server loads for the first page of all is not the link's

    ella = feria.telefono()
    red: Any = ella.pagina.context.new_cdp_session(ella.pagina)
    red.send("Network.enable")
    red.send("Network.emulateNetworkConditions", RED_2G)
    empezo = time.monotonic()
    _medir(ella, "portada", lambda: ella.ir("/"))
    _medir(ella, "tienda", lambda: ella.ir("/tienda"))
    assert ella.pagina.locator(".tarjeta--producto").count() == EN_UNA_LISTA
    _medir(ella, "categoría", lambda: ella.ir("/tienda?categoria=alpaca-y-llama"))
    facetas = ella.pagina.locator(".facetas h2").all_text_contents()
    assert facetas == ["Precio en bolivianos", "Talla", "Color", "Departamento", "Quién vende"]
    _medir(ella, "búsqueda", lambda: ella.ir("/tienda?q=chal"))
    assert ella.pagina.locator(".tarjeta--producto").count() == EN_UNA_LISTA
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
