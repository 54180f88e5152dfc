"""A long sealed bid with its documents, on a telephone of 360 px: its prices are sealed there, on whatever
page of the list they are, and what it brings is encrypted there too.
"""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from feria_inversa.ofertas.modelos import ArchivoDeOferta, OfertaLinea
from feria_inversa.procesos.convocatorias import publicar_convocatoria
from feria_inversa.procesos.documentos import pedir_documentos
from feria_inversa.procesos.esquemas import PedidoEntrada
from feria_inversa.procesos.modelos import Convocatoria, Item
from nucleo.archivos import bytes_de
from nucleo.bd import transaccion
from nucleo.eventos import entregar_pendientes
from nucleo.reloj import ahora
from tests.ayudas.navegador import mirar
from tests.ayudas.papeles import un_pdf
from tests.feria_inversa.conftest import Feria, crear_parte, feria, feria_con_calendario, item
from tests.feria_inversa.llaves.ayudas import entregar, resguardo
from tests.jornadas.test_feria import Calle, accesible, calle

pytestmark = pytest.mark.navegador
__all__ = ["calle", "crear_parte", "feria", "feria_con_calendario"]
CUANTOS = 45


def _publicada(feria: Feria) -> Convocatoria:
    pedido = [item(f"Repuesto número {n}", "10", "100.00") for n in range(1, CUANTOS + 1)]
    borrador = feria.borrador(pedido, titulo="Repuestos del tractor")
    with transaccion() as sesion:
        pedidos = [PedidoEntrada(nombre="Ficha técnica", subsanable=False)]
        pedir_documentos(sesion, feria.entidad.actor, borrador.id, pedidos)
    with transaccion() as sesion:
        vence_en = ahora() + timedelta(days=10)
        return publicar_convocatoria(sesion, feria.entidad.actor, borrador.id, vence_en)


def test_una_oferta_larga_con_su_archivo(feria: Feria, calle: Calle, sesion: Session) -> None:
    guardas = resguardo(feria)
    id_, pdf = _publicada(feria).id, un_pdf("MARCA-SECRETA")
    ana = calle.telefono(feria.ana.persona)
    pagina, enviado = ana.pagina, []
    pagina.on("request", lambda pedido: enviado.append(f"{pedido.url} {_cuerpo(pedido)}"))
    ana.ir("/feria").pulsar("Repuestos del tractor").pulsar("Ofertar|Preparar")
    pagina.locator("[data-dicho=aqui]").wait_for()
    pagina.locator("[data-item]").nth(CUANTOS - 1).wait_for(state="attached")
    numeros = pagina.locator("[data-item]").evaluate_all("filas => filas.map((f) => f.dataset.numero)")
    assert [int(n) for n in numeros] == list(range(1, CUANTOS + 1))
    vistos = pagina.locator("[data-item]").filter(visible=True)
    escribir(pagina, 1, "91,37")
    for _vez in range(2):
        pagina.get_by_role("button", name="Los siguientes").filter(visible=True).click()
    pagina.locator(f"[data-numero='{CUANTOS}']").wait_for()
    assert vistos.evaluate_all("filas => filas.map((f) => Number(f.dataset.numero))") == [41, 42, 43, 44, 45]
    escribir(pagina, CUANTOS, "92,41")
    mirar(pagina, "feria-oferta-ultima-pagina")
    pagina.locator("[name='lineas.1.marca']").evaluate("campo => { campo.value = ''; }")
    pagina.get_by_role("button", name="Revisar los totales").click()
    pagina.locator("[aria-invalid]").wait_for()  # on the first page, which is shown
    escribir(pagina, 1, "91,37")
    pagina.get_by_role("button", name="Revisar los totales").click()
    pagina.locator("[data-dicho=revise]").wait_for()
    assert "Bs 1.837,80" in pagina.locator("[data-total]").inner_text()
    elegido = {"name": "ficha.pdf", "mimeType": "application/pdf", "buffer": pdf}
    pagina.locator("input[name=archivo_1]").set_input_files(elegido)
    mirar(pagina, "feria-oferta-con-archivo")
    accesible(ana)
    pagina.get_by_role("button", name="Sellar", exact=True).click()
    pagina.locator("[data-dicho=sellada]").wait_for()
    pagina.get_by_role("button", name="Presentar la oferta").click()
    pagina.locator("[data-dicho=hecha]").wait_for()
    ana.pulsar("Ver mi recibo").dice("subió, cerrado: Ficha técnica")
    assert not any(dicho in todo for todo in enviado for dicho in ("91,37", "91.37", "92,41", "92.41"))
    subido = sesion.exec(select(ArchivoDeOferta)).one()
    assert (subido.numero, b"%PDF" in bytes_de(sesion, subido.archivo_id)) == (1, False)
    sesion.rollback()

    calle.pasan(days=10, seconds=1)
    for guarda in guardas[:2]:
        entregar(guarda, id_)
    entregar_pendientes()
    consulta = select(Item.numero, OfertaLinea.precio_unitario).join(OfertaLinea).order_by(col(Item.numero))
    precios = [(n, str(precio.amount)) for n, precio in sesion.exec(consulta)]
    assert precios == [(1, "91.3700"), (CUANTOS, "92.4100")]
    entidad = calle.telefono(feria.entidad.persona)
    entidad.ir("/compras?ver=por_adjudicar").pulsar("Repuestos del tractor")
    entidad.dice("Ficha técnica")
    mirar(entidad.pagina, "feria-mesa-con-archivo")
    accesible(entidad)


def escribir(pagina: Any, numero: int, precio: str) -> None:
    for campo, valor in (("precio_unitario", precio), ("marca", "Artesanal")):
        pagina.locator(f"[name='lineas.{numero}.{campo}']").fill(valor)


def _cuerpo(pedido: Any) -> str:
    return (pedido.post_data_buffer or b"").decode(errors="replace")
