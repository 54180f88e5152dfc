"""Products by the file: what is shown before, what each line does, what goes on after being interrupted."""

import csv
import html
import io
import os
import re
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

from comercio.cargas import cargar, exportar
from comercio.cargas import leer as modulo_leer
from comercio.cargas.columnas import COLUMNAS, EJEMPLO
from comercio.cargas.errores import ArchivoDeProductosInvalido
from comercio.cargas.estados import CargaNoAdmite
from comercio.cargas.leer import leer_archivo
from comercio.cargas.modelos import Carga, LineaDeCarga
from comercio.cargas.tareas import cargar_productos, vencer_cargas
from comercio.catalogo import VarianteCambios, editar_variante
from comercio.catalogo.modelos import Producto, Variante
from comercio.catalogo.verificar import existencias
from nucleo.archivos.recibido import Recibido
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import nuevo_id
from nucleo.limites import valkey
from tests.comercio.conftest import FICHAS, Mercado
from tests.comercio.lugares.test_lugares import POR_LUGAR, abrir, mover
from tests.nucleo.archivos.hostiles import _libro

CUANTAS = int(os.environ.get("QHATU_PRUEBAS_LINEAS", "200"))
SE_FUE = (
    "UPDATE registro_mandato SET revocado_en = nucleo_ahora(), revocado_motivo = 'Se fue'"
    " WHERE apoderado_persona_id = :p"
)
RUTA = "/vender/productos-por-archivo"

Leer = Callable[..., list[tuple[Any, ...]]]
LINEAS = (
    "SELECT p.titulo, v.sku, v.atributos, v.precio, v.unidad_medida, existencia, p.estado "
    f"FROM {FICHAS} ORDER BY v.sku"
)


def archivo(*lineas: dict[str, str] | tuple[str, ...]) -> Recibido:
    """A CSV with these lines; of a dict, what it does not say is empty."""
    salida = io.StringIO()
    escritor = csv.writer(salida, delimiter=";")
    escritor.writerow(COLUMNAS)
    for linea in lineas:
        celdas = [linea.get(c, "") for c in COLUMNAS] if isinstance(linea, dict) else linea
        escritor.writerow(celdas)
    return Recibido.de_bytes(salida.getvalue().encode(), "productos.csv")


def sencillas(cuantas: int, precio: str = "10") -> list[dict[str, str]]:
    comunes = {"categoria": "ceramica", "precio": precio, "existencia": "1"}
    return [{"codigo": f"P-{n}", "titulo": f"Producto {n}"} | comunes for n in range(cuantas)]


def subir(mercado: Mercado, recibido: Recibido) -> Carga:
    with transaccion() as sesion:
        return leer_archivo(sesion, mercado.actor_vendedor, mercado.unidad.id, recibido)


def bajar(mercado: Mercado) -> bytes:
    """All that the unit offers, as a workbook."""
    with exportar.en_libro(exportar.filas_de(mercado.unidad.id)) as libro:
        return libro.read()


def hacer(mercado: Mercado, carga: Carga) -> tuple[str, int, int]:
    """Confirm it and let the worker do it all; how it ended."""
    with transaccion() as sesion:
        cargar.confirmar(sesion, mercado.actor_vendedor, carga.id)
    while cargar_productos():
        pass
    with transaccion() as sesion:
        hecha = sesion.get_one(Carga, carga.id)
        return hecha.estado, hecha.hechas, hecha.fallidas


def textos(sesion: Session, carga: Carga) -> list[tuple[int, str]]:
    consulta = select(LineaDeCarga.numero, LineaDeCarga.texto).where(
        LineaDeCarga.carga_id == carga.id, LineaDeCarga.texto != ""
    )
    return [(n, t) for n, t in sesion.exec(consulta.order_by(col(LineaDeCarga.numero)))]


def test_la_plantilla_se_carga_y_subirla_otra_vez_no_cambia_nada(mercado: Mercado, leer: Leer) -> None:
    carga = subir(mercado, archivo(*EJEMPLO))
    assert (carga.lineas, carga.malas, leer("SELECT count(*) FROM comercio_producto")) == (3, 0, [(0,)])
    assert hacer(mercado, carga) == ("terminada", 3, 0)
    hecho = [
        ("Chompa de alpaca", "CH-1-L", {"talla": "L", "color": "gris"}, 34000, "unidad", 2, "publicado"),
        ("Chompa de alpaca", "CH-1-M", {"talla": "M", "color": "gris"}, 32000, "unidad", 4, "publicado"),
    ]
    de_quinua = leer(LINEAS)[2]
    assert leer(LINEAS)[:2] == hecho
    assert (de_quinua[1], str(de_quinua[5]), de_quinua[6]) == ("QU-1", "120.5000", "borrador")
    versiones = leer("SELECT id, version FROM comercio_producto ORDER BY id")
    assert hacer(mercado, subir(mercado, archivo(*EJEMPLO))) == ("terminada", 3, 0)
    assert leer("SELECT id, version FROM comercio_producto ORDER BY id") == versiones
    with transaccion() as sesion:
        assert existencias(sesion) == []


def test_lo_que_se_baja_se_cambia_y_se_sube(mercado: Mercado, leer: Leer) -> None:
    """In both formats; what was sold meanwhile is not undone by the count of before."""
    mercado.publicar("=Manta, «grande»", sku="M-1", precio="99.90", existencia=10)
    quinua = mercado.publicar("Quinua", sku="Q-1", precio="20.00", existencia=8, unidad_medida="kg")
    filas = list(csv.DictReader(io.StringIO(_bajado(mercado)), delimiter=";"))
    columnas = ("codigo", "titulo", "precio_antes", "precio", "hay", "existencia")
    assert [tuple(f[c] for c in columnas) for f in filas] == [
        ("M-1", "'=Manta, «grande»", "99,90", "99,90", "10", "10"),
        ("Q-1", "Quinua", "20,00", "20,00", "8", "8"),
    ]
    libro = openpyxl.load_workbook(io.BytesIO(bajar(mercado)))
    assert [c.value for c in libro.worksheets[0][3]][:7] == [
        "Q-1",
        "Quinua",
        "Hecha a mano.",
        "alpaca-y-llama",
        None,
        20,
        20,
    ]
    mercado.comprar((quinua, 3))
    filas[1] |= {"precio": "21,50", "existencia": "12", "titulo": "Quinua real"}
    carga = subir(mercado, archivo(*filas))
    assert hacer(mercado, carga) == ("terminada", 2, 0)
    assert [f[:2] + f[3:6] for f in leer(LINEAS)] == [
        ("=Manta, «grande»", "M-1", 9990, "unidad", 10),
        ("Quinua real", "Q-1", 2150, "kg", 12),
    ]
    assert leer("SELECT version FROM comercio_producto WHERE titulo LIKE '=%'") == [(1,)]
    assert leer("SELECT motivo, cantidad FROM comercio_movimiento_de_existencia WHERE detalle <> ''") == [
        ("ingreso", 4)
    ]


def _tabla(mercado: Mercado) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(_bajado(mercado)), delimiter=";"))


def test_el_archivo_corregido_no_suma_la_existencia_otra_vez(
    mercado: Mercado, sesion: Session, leer: Leer
) -> None:
    """Sent again whole, also after another that left it as it was; taken out anew, it adds."""
    mercado.publicar("Manta", sku="M-1", existencia=10)
    mercado.publicar("Poncho", sku="P-1", existencia=3)
    filas = _tabla(mercado)
    filas[0] |= {"existencia": "15"}
    filas[1] |= {"existencia": "1", "precio": "abc"}
    assert hacer(mercado, subir(mercado, archivo(*filas))) == ("terminada", 1, 0)
    assert hacer(mercado, subir(mercado, archivo(*_tabla(mercado)))) == ("terminada", 2, 0)
    filas[1] |= {"precio": "60"}
    otra_vez = subir(mercado, archivo(*filas))
    assert hacer(mercado, otra_vez) == ("terminada", 2, 0)
    queda = "SELECT v.sku, existencia FROM " + FICHAS + " ORDER BY v.sku"
    assert leer(queda) == [("M-1", 15), ("P-1", 1)]
    ((numero, dicho),) = textos(sesion, otra_vez)
    assert numero == 2
    assert dicho.startswith("La existencia no se tocó: ya se cargó con «productos.csv» el ")
    sesion.rollback()
    assert hacer(mercado, subir(mercado, archivo(*filas))) == ("terminada", 2, 0)
    assert leer(queda) == [("M-1", 15), ("P-1", 1)]
    nuevas = _tabla(mercado)
    nuevas[0] |= {"existencia": "20"}
    nuevas[1] |= {"hay": "", "existencia": "6"}
    assert hacer(mercado, subir(mercado, archivo(*nuevas))) == ("terminada", 2, 0)
    assert leer(queda) == [("M-1", 20), ("P-1", 6)]
    movidas = "SELECT motivo, cantidad FROM comercio_movimiento_de_existencia WHERE detalle <> '' ORDER BY id"
    assert leer(movidas) == [("ingreso", 5), ("merma", -2), ("ingreso", 5), ("recuento", 5)]


def test_un_recuento_no_olvida_lo_que_hay_en_otros_lugares(
    mercado: Mercado, sesion: Session, leer: Leer
) -> None:
    """It does not say of which place it is; a difference does: the principal one."""
    chompa = mercado.publicar("Chompa", sku="CH-1", existencia=0)
    mover(mercado, chompa, "ingreso", 10, abrir(mercado))
    filas = _tabla(mercado)
    contada = subir(mercado, archivo(filas[0] | {"hay": "", "existencia": "10"}))
    assert hacer(mercado, contada) == ("terminada", 0, 1)
    assert textos(sesion, contada) == [
        (
            2,
            "Línea 2: Hay de este producto en varios lugares: cuente lo de cada uno en la página del producto"
            " y deje aquí vacía «existencia».",
        )
    ]
    sesion.rollback()
    assert leer(POR_LUGAR) == [("Lugar principal", 0, 0), ("Depósito", 10, 0)]
    assert hacer(mercado, subir(mercado, archivo(filas[0] | {"existencia": "2"}))) == ("terminada", 1, 0)
    assert leer(POR_LUGAR) == [("Lugar principal", 2, 0), ("Depósito", 10, 0)]


def test_la_planilla_no_le_quita_los_ceros_al_codigo(mercado: Mercado, sesion: Session, leer: Leer) -> None:
    """What it would take for a number goes as text; one that lost its zeros is not a new product."""
    codigos = ("0017", "1E5", "10-12", "7771234567890", "MAR-1", "A-17")
    for sku in codigos:
        mercado.publicar(f"Manta {sku}", sku=sku)
    filas = _tabla(mercado)
    assert [f["codigo"] for f in filas] == [*(f'="{sku}"' for sku in codigos[:5]), "A-17"]
    libro = openpyxl.load_workbook(io.BytesIO(bajar(mercado))).worksheets[0]
    assert [c.value for c in libro["A"][1:]] == list(codigos)
    vuelta = subir(mercado, Recibido.de_bytes(_bajado(mercado).encode(), "p.csv"))
    que = select(LineaDeCarga.codigo, LineaDeCarga.que).where(LineaDeCarga.carga_id == vuelta.id)
    assert sorted(sesion.exec(que)) == sorted((sku, "cambia") for sku in codigos)
    sin_ceros = subir(mercado, archivo(filas[0] | {"codigo": "17"}, filas[0] | {"codigo": "170"}))
    assert (sin_ceros.lineas, sin_ceros.malas) == (2, 1)
    assert textos(sesion, sin_ceros) == [(2, "Ya tiene el código 0017: su planilla le quitó los ceros.")]


def test_el_precio_de_un_archivo_de_antes_no_deshace_el_de_hoy(
    mercado: Mercado, sesion: Session, leer: Leer, sesion_web: Callable[..., Any]
) -> None:
    """Raised since it was given out: what the file leaves as it was stays raised, what it changes is told."""
    for sku in ("A-1", "B-1", "C-1"):
        mercado.publicar(f"Manta {sku}", sku=sku, precio="100.00", existencia=10)
    filas = list(csv.DictReader(io.StringIO(_bajado(mercado)), delimiter=";"))
    with transaccion() as propia:
        variantes = propia.exec(
            select(Variante).where(col(Variante.sku) != "C-1").order_by(col(Variante.sku))
        )
        for variante in variantes:
            version = propia.get_one(Producto, variante.producto_id).version
            cambios = VarianteCambios(precio=bs("110.00"))
            editar_variante(
                propia, mercado.actor_vendedor, variante.producto_id, variante.id, version, cambios
            )
    filas[0] |= {"existencia": "12"}
    filas[1] |= {"precio": "120"}
    filas[2] |= {"precio": "120"}
    carga = subir(mercado, archivo(*filas))
    visto = sesion_web(mercado.vendedor).get(f"{RUTA}/{carga.id}").text
    assert re.findall(r"\b1\d0,00", visto) == ["110,00", "120,00", "100,00", "120,00"]  # B-1 and C-1
    assert hacer(mercado, carga) == ("terminada", 2, 1)
    assert [(f[1], f[3], f[5]) for f in leer(LINEAS)] == [
        ("A-1", 11000, 12),
        ("B-1", 11000, 10),
        ("C-1", 12000, 10),
    ]
    assert textos(sesion, carga) == [
        (
            3,
            "Línea 3: El precio cambió desde que bajó el archivo: hoy es Bs\xa0110,00. Bájelo otra vez, o"
            " deje vacío «precio_antes» para poner Bs\xa0120,00.",
        )
    ]


def _bajado(mercado: Mercado) -> str:
    return b"".join(exportar.en_csv(exportar.filas_de(mercado.unidad.id))).decode("utf-8-sig")


def test_cada_linea_mala_dice_por_que_y_las_otras_se_cargan(
    mercado: Mercado, sesion: Session, leer: Leer
) -> None:
    buena = {"codigo": "A-1", "titulo": "Aguayo", "categoria": "prendas de alpaca y llama", "precio": "150"}
    carga = subir(
        mercado,
        archivo(
            buena,
            buena | {"codigo": "A-1"},
            buena | {"codigo": "A 2", "titulo": "x"},
            {"codigo": "A-3", "titulo": "Faja"},
            buena | {"codigo": "A-4"},
            buena
            | {"codigo": "A-5", "titulo": "Lazo", "precio": "0", "medida": "puñado", "estado": "vendido"},
            buena | {"codigo": "A-6", "titulo": "Soga", "existencia": "1,5", "medida": "unidad"},
            buena | {"codigo": "A-7", "titulo": "Bolsa", "variante": "sabor: miel"},
            ("A-8", "corta"),
        ),
    )
    assert (carga.lineas, carga.malas) == (9, 7)
    dichos = textos(sesion, carga)
    assert [n for n, _t in dichos] == [3, 4, 5, 6, 7, 8, 10]
    por_linea = dict(dichos)
    assert por_linea[3] == "Repite el código de la línea 2."
    assert por_linea[5] == "Falta la categoría de este producto nuevo."
    assert por_linea[6] == "Tiene el título de la línea 2: diga en «variante» qué la distingue."
    assert por_linea[7].startswith("precio «0»: el precio va de Bs 0,01")
    assert "medida «puñado»" in por_linea[7]
    assert "estado «vendido»" in por_linea[7]
    sesion.rollback()
    assert hacer(mercado, carga) == ("terminada", 1, 1)
    fallida = dict(textos(sesion, carga))[9]
    assert fallida.startswith("Línea 9: En esta categoría las variantes se distinguen por talla, color")
    assert fallida.endswith("no por sabor.")
    assert [f[1] for f in leer(LINEAS)] == ["A-1"]


def test_se_interrumpe_y_sigue_donde_quedo(mercado: Mercado, leer: Leer) -> None:
    carga = subir(mercado, archivo(*sencillas(5)))
    with transaccion() as sesion:
        cargar.confirmar(sesion, mercado.actor_vendedor, carga.id)
    for _vez in range(2):
        with transaccion() as sesion:
            assert cargar.avanzar(sesion, carga.id) == 1
    assert leer("SELECT estado, hechas, fallidas FROM comercio_carga") == [("en_marcha", 2, 0)]
    assert cargar_productos() == 3
    assert cargar_productos() == 0
    assert leer("SELECT estado, hechas, fallidas FROM comercio_carga") == [("terminada", 5, 0)]
    assert leer("SELECT count(*) FROM comercio_producto") == [(5,)]


def test_lo_que_no_se_confirma_vence_y_lo_terminado_no_se_repite(mercado: Mercado, leer: Leer) -> None:
    carga = subir(mercado, archivo(EJEMPLO[2]))
    assert vencer_cargas() == 0
    mercado.reloj.adelantar(timedelta(days=8))
    assert vencer_cargas() == 1
    with pytest.raises(CargaNoAdmite), transaccion() as sesion:
        cargar.confirmar(sesion, mercado.actor_vendedor, carga.id)
    otra = subir(mercado, archivo(EJEMPLO[2]))
    with transaccion() as sesion:
        cargar.descartar(sesion, mercado.actor_vendedor, otra.id)
    assert leer(
        "SELECT estado, (SELECT count(*) FROM comercio_producto) FROM comercio_carga ORDER BY id"
    ) == [
        ("vencida", 0),
        ("anulada", 0),
    ]
    with pytest.raises(ArchivoDeProductosInvalido, match="La primera línea debe decir"):
        subir(mercado, Recibido.de_bytes(b"a;b\n1;2\n", "x.csv"))


def test_el_libro_que_se_baja_vuelve_igual(mercado: Mercado, leer: Leer) -> None:
    """Two products of the same title stay two; a long description, a price with thousands, a formula too."""
    for sku in ("A-1", "B-1"):
        mercado.publicar("Manta", sku=sku, precio="1234.50", descripcion="=1+1\n" + "ñ" * 3900)
    antes = leer("SELECT id, version, precio FROM comercio_producto ORDER BY id")
    libro = bajar(mercado)
    texto = b"".join(exportar.en_csv(exportar.filas_de(mercado.unidad.id)))
    for recibido in (Recibido.de_bytes(libro, "p.xlsx"), Recibido.de_bytes(texto, "p.csv")):
        carga = subir(mercado, recibido)
        assert (carga.lineas, carga.malas) == (2, 0)
        assert hacer(mercado, carga) == ("terminada", 2, 0)
    assert leer("SELECT id, version, precio FROM comercio_producto ORDER BY id") == antes
    assert leer("SELECT DISTINCT cantidad FROM comercio_movimiento_de_existencia") == [(10,)]


def test_un_corte_en_medio_de_un_producto_no_deja_nada_de_el(
    mercado: Mercado, leer: Leer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before it was committed: neither the product nor its line; afterwards, once each."""
    carga = subir(mercado, archivo(*sencillas(4)))
    with transaccion() as sesion:
        cargar.confirmar(sesion, mercado.actor_vendedor, carga.id)
    vez, contar = iter(range(4)), cargar._contar

    def cortar(*que: Any) -> None:
        contar(*que)
        if next(vez) == 2:
            raise SystemExit

    monkeypatch.setattr(cargar, "_contar", cortar)
    with pytest.raises(SystemExit):
        cargar_productos()
    cuentas = (
        "SELECT (SELECT count(*) FROM comercio_producto), hechas,"
        " (SELECT count(*) FROM comercio_carga_linea WHERE resultado = 'hecha') FROM comercio_carga"
    )
    assert leer(cuentas) == [(2, 2, 2)]
    monkeypatch.undo()
    assert cargar_productos() == 2
    assert leer(cuentas) == [(4, 4, 4)]


def test_dos_archivos_y_dos_procesos_a_la_vez(mercado: Mercado, leer: Leer) -> None:
    """Each product is done once, and what stays is what the file confirmed last says."""
    for precio in ("10", "12,50"):
        carga = subir(mercado, archivo(*sencillas(6, precio=precio)))
        with transaccion() as sesion:
            cargar.confirmar(sesion, mercado.actor_vendedor, carga.id)
    with ThreadPoolExecutor(2) as hilos:
        hechos = [hilo.result() for hilo in [hilos.submit(cargar_productos) for _ in range(2)]]
    assert sum(hechos) == 12
    assert leer("SELECT estado, hechas, fallidas FROM comercio_carga") == [("terminada", 6, 0)] * 2
    assert leer("SELECT precio, count(*) FROM comercio_variante GROUP BY precio") == [(1250, 6)]


def test_quien_ya_no_vende_no_carga_y_lo_inesperado_no_detiene_el_archivo(
    mercado: Mercado, sesion: Session, leer: Leer, monkeypatch: pytest.MonkeyPatch
) -> None:
    filas = sencillas(2)
    carga = subir(mercado, archivo(*filas))
    with monkeypatch.context() as roto:
        roto.setattr(cargar, "crear_producto", lambda *_: 1 / 0)
        assert hacer(mercado, carga) == ("terminada", 0, 2)
    assert {t for _n, t in textos(sesion, carga)} == {
        "No se pudo cargar como está: revise los datos de la línea y súbala otra vez."
    }
    sesion.rollback()
    carga = subir(mercado, archivo(*filas))
    with transaccion() as propia:
        cargar.confirmar(propia, mercado.actor_vendedor, carga.id)
        propia.connection().execute(text(SE_FUE), {"p": mercado.vendedor.id})
    cargar_productos()
    assert leer("SELECT hechas, fallidas FROM comercio_carga ORDER BY id DESC LIMIT 1") == [(0, 2)]
    assert leer("SELECT count(*) FROM comercio_producto") == [(0,)]


def _celdas(**celdas: str) -> bytes:
    """A line with this in its cells, as bytes of UTF-8."""
    una = {"codigo": "H-1", "titulo": "Hostil", "categoria": "ceramica", "precio": "10"} | celdas
    return ";".join(una.get(c, "") for c in COLUMNAS).encode() + b"\n"


CABEZA = ";".join(COLUMNAS).encode() + b"\n"
FORMULA = "=HYPERLINK(1)"


def hostiles() -> dict[str, tuple[bytes, str]]:
    """Each with what is said of it; nothing, if it is read."""
    return {
        "columnas.csv": (CABEZA + b";" * 1_000_000 + b"x", "Tiene 1000001 columnas y deben ser 14."),
        "nulos.csv": (CABEZA + _celdas(codigo="H\0-1"), "no es un CSV ni un libro de Excel"),
        "utf16.csv": ((CABEZA + _celdas(titulo="Ñandú")).decode().encode("utf-16"), ""),
        "cp1252.csv": (CABEZA + _celdas(titulo="Ñandú").decode().encode("cp1252"), ""),
        "separador.csv": ((CABEZA + _celdas()).replace(b";", b"\t"), ""),
        "barras.csv": ((CABEZA + _celdas()).replace(b";", b"/"), "La primera línea debe decir"),
        "mezclados.csv": (CABEZA + _celdas().replace(b";", b","), "Tiene 1 columnas y deben ser 14."),
        "formula.csv": (CABEZA + _celdas(titulo=FORMULA, descripcion=FORMULA), ""),
        "codigo.csv": (CABEZA + _celdas(codigo=FORMULA), "codigo «=HYPERLINK(1)»: use hasta 40 letras"),
        "largo.csv": (CABEZA + _celdas(titulo="x" * 200_000), "comillas sin cerrar o mal puestas"),
        "comillas.csv": (CABEZA + b'"' * 99_999, "comillas sin cerrar o mal puestas"),
        "precio.csv": (CABEZA + _celdas(precio="1e9"), "precio «1e9»"),
        "miles.csv": (CABEZA + _celdas(precio="Bs 1.234,50"), ""),
        "infinito.csv": (CABEZA + _celdas(existencia="NaN"), "existencia «NaN»"),
        "muchas.csv": (CABEZA + _celdas() * 10_001, "más de 10.000 líneas"),
        "al_reves.csv": (CABEZA + _celdas(titulo="Ana \u202e\u2066 Prueba", codigo="\u200bH-1"), "codigo"),
        "columnas.xlsx": (_libro(b"<row>" + b"<c/>" * 1_000_000 + b"</row>"), "La primera línea debe decir"),
        "bomba.xlsx": (_libro(b"<row><c><v>" + b"9" * 60_000_000 + b"</v></c></row>"), "demasiado grande"),
        "risas.xlsx": (_libro(prologo=b'<!DOCTYPE x [<!ENTITY a "ja">]>'), "partes que no son de Excel"),
        "nada.csv": (b"\n", "El archivo está vacío"),
        "foto.csv": (b"\xff\xd8\xff\xe0" + b"x" * 100, "no es un CSV ni un libro de Excel"),
    }


@pytest.mark.lento
def test_un_archivo_hostil_se_lee_o_dice_que_hacer(
    mercado: Mercado, leer: Leer, sesion_web: Callable[..., Any]
) -> None:
    """Never a 5xx, nothing of the shop changes, and what is shown of it runs nowhere."""
    tomasa = sesion_web(mercado.vendedor, raise_server_exceptions=False)
    for nombre, (contenido, dice) in hostiles().items():
        valkey().flushdb()
        datos = {"unidad": str(mercado.unidad.id), "_id": str(nuevo_id())}
        respuesta = tomasa.post(
            RUTA, data=datos, files={"archivo": (nombre, contenido)}, follow_redirects=True
        )
        assert respuesta.status_code in (200, 422), (nombre, respuesta.text[-300:])
        visto = html.unescape(respuesta.text)
        assert dice in visto, (nombre, visto[-3000:])
        assert ("Líneas con problemas" in visto) == (bool(dice) and respuesta.status_code == 200), nombre
    assert leer("SELECT count(*) FROM comercio_producto") == [(0,)]


SIN_RECOGER = 1_500_000
"""Bytes of garbage that may wait; ten thousand lines of the test are more than two millions."""
DE_CADA_LINEA = 160
"""Bytes that each line leaves until its file was read, of the 10.000 that it may have: its code and its title
by their digests, and in a workbook the empty element that the parser of openpyxl keeps (80)."""


@pytest.mark.lento
def test_muchas_lineas_en_memoria_constante(mercado: Mercado, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is held while a file is read and done is no line of it, CSV or XLSX: `make caos`."""
    monkeypatch.setattr(modulo_leer, "LOTE", 20)
    monkeypatch.setattr(exportar, "LOTE", 20)
    picos = []
    for cuantas in (CUANTAS // 10, CUANTAS):
        filas = [fila | {"descripcion": "x" * 200} for fila in sencillas(cuantas)]
        recibido = archivo(*filas)
        del filas
        tracemalloc.start()
        assert hacer(mercado, subir(mercado, recibido)) == ("terminada", cuantas, 0)
        de_leer = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        libro = exportar.en_libro(exportar.filas_de(mercado.unidad.id))  # on disk, as what is sent in
        carga = subir(mercado, Recibido("p.xlsx", libro, 0))
        picos.append((de_leer, tracemalloc.get_traced_memory()[1]))
        tracemalloc.stop()
        assert (carga.lineas, carga.malas) == (cuantas, 0)
    print("bytes held, CSV and XLSX:", picos)
    for pocas, muchas in zip(*picos, strict=True):
        assert muchas < pocas + SIN_RECOGER + DE_CADA_LINEA * CUANTAS, picos
