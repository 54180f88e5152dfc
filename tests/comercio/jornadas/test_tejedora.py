"""A weaver from her file of products to the money in her account."""

import io
from typing import Any

import openpyxl
import pytest

from comercio.cargas.columnas import COLUMNAS
from comercio.cargas.tareas import cargar_productos
from tests.comercio.jornadas.conftest import Feria, Telefono

pytestmark = [pytest.mark.lento, pytest.mark.navegador]
CHAL = {
    "codigo": "CHAL-1",
    "titulo": "Chal de alpaca",
    "descripcion": "Tejido a mano en telar, 180 por 60 centímetros.",
    "categoria": "alpaca-y-llama",
    "precio": "240,00",
    "existencia": "3",
    "peso_g": "350",
    "estado": "publicado",
}
GORRO = CHAL | {"codigo": "LLU-1", "titulo": "Lluchu de vicuña", "precio": "ochenta", "existencia": "5"}
FAJA = CHAL | {"codigo": "FAJ-1", "titulo": "Faja tejida", "precio": "60", "estado": "borrador"}

BORDES = """() => [...document.querySelectorAll("main .linea__importe")]
    .map((e) => Math.round(e.getBoundingClientRect().right))"""


def _subir(ella: Telefono, nombre: str, contenido: bytes) -> Telefono:
    ella.ir("/vender/productos-por-archivo")
    ella.pagina.get_by_label("Archivo CSV o Excel").set_input_files(
        {"name": nombre, "mimeType": "application/octet-stream", "buffer": contenido}
    )
    return ella.pulsar("Subir y revisar")


def _cargar(ella: Telefono, boton: str) -> Telefono:
    """Confirm it; the worker does it and the page says how it ended."""
    aqui = ella.pulsar(boton).dice("Puede cerrar esta página").ruta
    while cargar_productos():
        pass
    return ella.ir(aqui)


def _libro(*lineas: dict[str, str]) -> bytes:
    libro, salida = openpyxl.Workbook(), io.BytesIO()
    hoja: Any = libro.active
    for linea in (dict(zip(COLUMNAS, COLUMNAS, strict=True)), *lineas):
        hoja.append([linea.get(c, "") for c in COLUMNAS])
    libro.save(salida)
    return salida.getvalue()


def test_de_su_planilla_al_dinero_en_su_cuenta(feria: Feria) -> None:
    ella = feria.telefono(feria.mercado.vendedor)
    ella.ir("/vender").dice("Lo que falta para vender").mirar("tejedora-comienza")
    falta = ella.pagina.get_by_role("heading", name="Lo que falta para vender").bounding_box()
    assert falta["y"] < ella.pagina.viewport_size["height"]  # she sees it without moving the page

    # One line of the file is wrong: it is said which and why, and the others are taken in.
    lineas = (dict(zip(COLUMNAS, COLUMNAS, strict=True)), CHAL, GORRO, FAJA)
    planilla = "\n".join(";".join(linea.get(c, "") for c in COLUMNAS) for linea in lineas)
    _subir(ella, "tienda.csv", planilla.encode())
    ella.dice("Nada cambió todavía", r"3[\s\S]*Lluchu de vicuña[\s\S]*precio «ochenta»")
    ella.mirar("tejedora-error-en-la-planilla")
    _cargar(ella, "Cargar 2 líneas").dice("Terminad", "2 de 2 líneas")
    # Mended, the whole file is sent again, now as a workbook: nothing is taken in twice.
    _subir(ella, "tienda.xlsx", _libro(CHAL, GORRO | {"precio": "80,00"}, FAJA))
    ella.dice(r"Productos y variantes nuevos\s+1\b", r"errores, que no se cargan\s+0\b")
    _cargar(ella, "Cargar 3 líneas").dice("3 de 3 líneas").pulsar("Ver mis productos")
    ella.dice(r"Chal de alpaca[\s\S]*240,00", r"Lluchu de vicuña[\s\S]*80,00").mirar("tejedora-productos")
    ella.pulsar("Faja tejida").pagina.get_by_label("Publicar", exact=True).check()
    ella.pulsar("Guardar cambios").dice(r"Estado en la tienda[\s\S]*Publicado")

    # Somebody who has not signed in fills a cart, signs in and pays.
    compra = feria.telefono()
    compra.ir("/tienda?q=chal").pulsar("Chal de alpaca").pulsar("Agregar al carrito")
    compra.ir("/tienda?q=lluchu").pulsar("Lluchu").llenar("Cantidad", "2").pulsar("Agregar al carrito")
    compra = compra.es_de(feria.mercado.comprador).ir("/carrito")
    feria.telefonos.append((compra, feria.mercado.comprador))
    compra.dice(r"Chal de alpaca[\s\S]*240,00", r"Total\s+Bs\s400,00").pulsar("Continuar con la compra")
    compra.llenar("Nombre de quien recibe", "Ana Prueba").llenar("Teléfono", "71234567")
    compra.pagina.get_by_label("Municipio").select_option("020105")
    compra.llenar("Cómo llegar", "Avenida 6 de Marzo, portón verde").mirar("pagar").pulsar("^Pagar")
    compra.dice("el correo debe recibirlo hasta el").mirar("pedido-pagado")
    bordes = compra.pagina.evaluate(BORDES)
    assert (len(bordes), len(set(bordes))) == (2, 1)  # in a column, however long what is before them
    (pedido,) = feria.pedidos()

    # What to take from the shelf, packed and announced in one press; its label comes out.
    ella.ir("/vender").dice("Por despachar").pulsar("Preparar pedidos")
    ella.dice(r"Recoja[\s\S]*Chal de alpaca[\s\S]*Lluchu de vicuña").mirar("tejedora-prepara")
    ella.pagina.get_by_label("Ana Prueba").check()
    ella.pulsar("Anunciar los marcados").dice("Anunciado").mirar("tejedora-anunciado")
    assert ella.pagina.get_by_role("link", name="Imprimir la etiqueta").count() == 1
    feria.mercado.anotar(pedido, "EMA")
    compra.ir(f"/pedidos/{pedido.id}").dice("Viene en camino").mirar("pedido-en-camino")
    feria.mercado.anotar(pedido, "EMI")
    compra.ir(f"/pedidos/{pedido.id}").dice("Lo recibió: revíselo").mirar("pedido-entregado")

    # Nobody claims: on its date she is paid, without the 3 % of the platform.
    ella.ir("/vender/dinero").dice(r"Bs\s400,00\s+En custodia", r"Para usted\s+Bs\s388,00", "se paga el")
    ella.mirar("tejedora-dinero-en-custodia")
    feria.pasan(days=8)
    ella.ir("/vender/dinero").dice(
        r"Bs\s0,00\s+En custodia",
        r"Bs\s388,00\s+Ganado hasta hoy",
        r"Total del pedido\s+Bs\s400,00",
        r"Comisión de Qhatu\s+− Bs\s12,00",
        r"Llegó a su cuenta\s+Bs\s388,00",
    )
    ella.mirar("tejedora-cobro")
    ella.pulsar("Ver la cuenta y retirar").dice(r"Bs\s388,00").mirar("tejedora-cuenta")
    compra.ir(f"/pedidos/{pedido.id}").dice("Pedido concluido", "Opinar de lo que compró")
