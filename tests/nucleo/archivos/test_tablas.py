"""Tables as offices write them: one dialect a file, each line by its first number, nothing guessed."""

import io
import os
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from nucleo.archivos import Recibido
from nucleo.archivos.rechazos import TablaInvalida
from nucleo.archivos.tablas import TablaLeida, celda_de_numero, escribir_por_lotes, escribir_tabla, leer_tabla
from nucleo.dinero import bs
from nucleo.lectores import Ilegible, leer_cantidad, leer_monto

EXTERNOS = Path(os.environ.get("QHATU_DATOS_EXTERNOS", Path(__file__).parents[4] / "shared" / "datos"))
COLUMNAS = ("documento", "nombre", "monto", "glosa")
CABEZA = "documento;nombre;monto;glosa\n"


def leer(contenido: bytes, columnas: Any = COLUMNAS) -> TablaLeida:
    recibido = Recibido.de_bytes(contenido)
    return leer_tabla(recibido, columnas, numericas=("monto",), filas_maximas=2000, bytes_maximos=1024**2)


def montos(tabla: TablaLeida) -> dict[int, Any]:
    """Of each line, its amount in bolivianos or why there is none."""
    leidos: dict[int, Any] = dict(tabla.errores)
    for fila in tabla.filas:
        try:
            leidos[fila.numero] = str(fila.leer("monto", leer_monto).amount)
        except Ilegible as error:
            leidos[fila.numero] = str(error)
    return leidos


def libro(*filas: Any, cabeza: Any = COLUMNAS) -> bytes:
    hecho = openpyxl.Workbook()
    for fila in (cabeza, *filas):
        hecho.active.append(fila)
    salida = io.BytesIO()
    hecho.save(salida)
    return salida.getvalue()


# --- How a file is written ------------------------------------------------------------------------


@pytest.mark.skipif(not EXTERNOS.is_dir(), reason="faltan los vectores externos (QHATU_DATOS_EXTERNOS)")
@pytest.mark.parametrize(
    ("archivo", "separador", "leidas"),
    [
        ("bom_crlf", ";", [(2, "Ana Prueba", "10,50", "jornal")]),
        ("columna_vacia_al_final", ";", [(2, "Ana Prueba", "10,50", "jornal")]),
        ("latin1_ene", ";", [(2, "Félix Prueba", "10,50", "año 1")]),
        ("monto_bs", ";", [(2, "Ana Prueba", "Bs 10,50", "a"), (3, "Félix Prueba", "10,50 Bs", "a")]),
        ("salto_en_comillas", ";", [(2, "Ana Prueba", "10,50", "primera\nsegunda")]),
        ("sep", ";", [(3, "Ana Prueba", "10,50", "jornal")]),
        ("tab", "\t", [(2, "Ana Prueba", "10,50", "jornal")]),
    ],
)
def test_los_archivos_de_muestra_se_leen(archivo: str, separador: str, leidas: list[Any]) -> None:
    tabla = leer((EXTERNOS / "entradas" / f"planilla_{archivo}.csv").read_bytes())
    assert tabla.errores == {}
    assert (tabla.dialecto.formato, tabla.dialecto.separador, tabla.dialecto.marca) == ("csv", separador, ",")
    filas = [
        (f.numero, f.celdas["nombre"], f.celdas["monto"], f.celdas["glosa"].replace("\r", ""))
        for f in tabla.filas
    ]
    assert filas == leidas
    assert set(montos(tabla).values()) == {"10.50"}


@pytest.mark.parametrize(
    ("texto", "numero"),
    [
        ("documento;nombre;monto;glosa;;;\n1;A;5;x;;;\n", 2),
        ("\n\n , , ,\ndocumento,nombre,monto,glosa\n1,A,5,x\n", 5),
        ("SEP=,\r\ndocumento,nombre,monto,glosa\r\n1,A,5,x\r\n", 3),
        ('"sep=|"\nglosa|monto|documento|NOMBRE\nx|5|1|A', 3),
        ('documento;nombre;monto;glosa\n"1";"A";"5";"x"', 2),
        ("documento;nombre;monto;glosa\r1;A;5;x\r", 2),
        ('documento;nombre;monto;"glosa"\n\n\n1;A;5;x\n', 4),
        ("Documento ; Nómbre;MONTO;glosa\n1;A;5;x\n", 2),
    ],
)
@pytest.mark.parametrize("codificacion", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_de_muchas_formas_lo_mismo(texto: str, numero: int, codificacion: str) -> None:
    tabla = leer(texto.encode(codificacion))
    assert tabla.errores == {}
    assert [(f.numero, f.celdas) for f in tabla.filas] == [
        (numero, {"documento": "1", "nombre": "A", "monto": "5", "glosa": "x"})
    ]


@pytest.mark.parametrize("separador", [";", "\t", ","])
def test_el_texto_forzado_de_una_hoja_es_lo_que_dice(separador: str) -> None:
    celdas = ['="0012"', '="Ana ""la"" Paz"', '="10,50"', "=1+1"]
    entre_comillas = ['"' + c.replace('"', '""') + '"' for c in celdas]
    for escritas in (celdas if separador != "," else entre_comillas, entre_comillas):
        tabla = leer((separador.join(COLUMNAS) + "\n" + separador.join(escritas)).encode())
        assert tabla.errores == {}
        assert list(tabla.filas[0].celdas.values()) == ["0012", 'Ana "la" Paz', "10,50", "=1+1"]
        assert (tabla.dialecto.marca, montos(tabla)) == (",", {2: "10.50"})


def test_un_salto_entre_comillas_se_nombra_por_su_primera_linea() -> None:
    tabla = leer((CABEZA + '1;A;1;"uno\ndos\ntres"\n2;B;2;"\n"\n3;C;3\n4;D;4;x').encode())
    assert [f.numero for f in tabla.filas] == [2, 5, 8]
    assert tabla.errores == {7: "Tiene 3 columnas y deben ser 4."}
    with pytest.raises(TablaInvalida, match="La línea 4 tiene comillas"):
        leer((CABEZA + '1;A;1;x\n2;B;2;x\n3;C;3;"x\n4;D;4;x\n').encode())


# --- One dialect a file ---------------------------------------------------------------------------

TRES = "Lleva como máximo dos decimales."
DOS_LECTURAS = "«1,234» puede ser 1234, o 1 y 234 milésimos. Escriba 1234 o 1,23."
USA_PUNTO = "Usa el punto para los decimales y las demás líneas la coma: use una sola forma."
USA_COMA = "Usa la coma para los decimales y las demás líneas el punto: use una sola forma."


@pytest.mark.parametrize(
    ("escritos", "marca", "leidos"),
    [
        (["10,50", "1.234"], ",", ["10.50", "1234"]),
        (["10.50", "1,234"], ".", ["10.50", "1234"]),
        (["10.50", "1.234"], ".", ["10.50", TRES]),
        (["10,50", "1,234"], ",", ["10.50", TRES]),
        (["1.234", "5"], None, ["1234", "5"]),
        (["1,234", "5"], None, [DOS_LECTURAS, "5"]),
        (["1.234.567", "1,234"], ",", ["1234567", TRES]),
        (["1,234,567", "1,234"], ".", ["1234567", "1234"]),
        (["1,234.50", "2,000"], ".", ["1234.50", "2000"]),
        (["0.50", "2,000"], ".", ["0.50", "2000"]),
        (["0.500", "2,000"], ".", [TRES, "2000"]),
        (["0,500", "2.000"], ",", [TRES, "2000"]),
        (["1,5", "2,5", "3.5"], ",", ["1.5", "2.5", USA_PUNTO]),
        (["1.5", "2,5", "3.5"], ".", ["1.5", USA_COMA, "3.5"]),
        (["Bs 1.234,50", "10 Bs", "5 bolivianos"], ",", ["1234.50", "10", "5"]),
    ],
)
def test_un_dialecto_por_archivo(escritos: list[str], marca: str | None, leidos: list[str]) -> None:
    texto = CABEZA + "".join(f"1;A;{monto};x\n" for monto in escritos)
    tabla = leer(texto.encode())
    assert tabla.dialecto.marca == marca
    assert montos(tabla) == dict(enumerate(leidos, start=2))


def test_el_dialecto_se_dice_con_un_ejemplo() -> None:
    dichos = {m: leer(f"{CABEZA}1;A;{m};x".encode()).dialecto.en_palabras() for m in ("1,5", "1.5", "15")}
    assert dichos == {
        "1,5": "CSV separado por punto y coma; la coma separa los decimales (1.234,50)",
        "1.5": "CSV separado por punto y coma; el punto separa los decimales (1,234.50)",
        "15": "CSV separado por punto y coma; ningún número lleva decimales (1.234 es mil)",
    }
    assert leer(libro(["1", "A", 1.5, "x"])).dialecto.en_palabras().startswith("Excel; ")


def test_las_cantidades_tambien_por_su_dialecto() -> None:
    tabla = leer((CABEZA + "1;A;0.125;x\n1;A;1.234;x\n").encode())
    assert [f.leer("monto", leer_cantidad) for f in tabla.filas] == [Decimal("0.125"), Decimal("1.234")]


# --- Workbooks -------------------------------------------------------------------------------------


def test_una_planilla_lleva_coma_y_no_dice_fechas() -> None:
    filas = [("precio",), *((celda_de_numero(Decimal(n)),) for n in ("12.50", "1234.5", "-0.05", "7"))]
    assert escribir_tabla(filas) == b"\xef\xbb\xbfprecio\r\n12,5\r\n1234,5\r\n-0,05\r\n7\r\n"


def test_un_libro_de_excel() -> None:
    contenido = libro(
        [9000001, "Ana", 10.5, "jornal"],
        [None, None, None, None],
        ["9000002-1A", " Luis ", 1234567, date(2026, 11, 3)],
        ["3", "Eva", "1.234,50", True],
        ["4", "Sol", 0.1 + 0.2, None],
        ["5", "Luz", 1.005, "x"],
        ["6", "Paz", 1234, "x"],
        ["7", "Rey", -5, "x"],
    )
    tabla = leer(contenido)
    assert tabla.dialecto.marca == ","
    assert montos(tabla) == {
        2: "10.5",
        4: "1234567",
        5: "1234.50",
        6: "0.3",
        7: TRES,
        8: "1234",
        9: "No puede ser negativo.",
    }
    assert [f.celdas["documento"] for f in tabla.filas][:3] == ["9000001", "9000002-1A", "3"]
    assert [f.celdas["glosa"] for f in tabla.filas][:4] == ["jornal", "2026-11-03", "VERDADERO", ""]


def test_de_una_formula_vale_lo_que_excel_calculo() -> None:
    """A book that no spreadsheet ever calculated has no values: nothing is paid by it."""
    (fila,) = leer(libro(["1", "A", "=1+1", "x"])).filas
    assert fila.celdas["monto"] == ""


def _con(contenido: bytes, **partes: bytes) -> bytes:
    """The same book with parts put in or changed; `__` is a folder."""
    salida = io.BytesIO()
    nuevas = {nombre.replace("__", "/") + ".xml": datos for nombre, datos in partes.items()}
    with zipfile.ZipFile(io.BytesIO(contenido)) as antes, zipfile.ZipFile(salida, "w", 8) as despues:
        for parte in antes.infolist():
            if parte.filename not in nuevas:
                despues.writestr(parte, antes.read(parte))
        for nombre, datos in nuevas.items():
            despues.writestr(nombre, datos)
    return salida.getvalue()


HOJA = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
CELDA = b'<c r="%s" t="inlineStr"><is><t>%s</t></is></c>'
CABECERA = b'<row r="1">%s</row>' % b"".join(
    CELDA % (lugar, nombre.encode())
    for lugar, nombre in zip((b"A1", b"B1", b"C1", b"D1"), COLUMNAS, strict=True)
)
CELDAS = b"".join(b'<c r="%c%%d"><v>%d</v></c>' % (65 + n, n + 1) for n in range(4))
FILA = b'<row r="%d">' + CELDAS + b"</row>"
MIL_RISAS = b"<!DOCTYPE x [<!ENTITY a 'ja'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"


@pytest.mark.parametrize(
    ("partes", "motivo"),
    [
        ({"xl__media__relleno": b"\0" * 40_000_000}, "demasiado grande"),
        ({"xl__workbook": b""}, "No se pudo abrir"),
        ({"xl__workbook": b"<x>"}, "No se pudo abrir"),
        ({"xl__sharedStrings": MIL_RISAS + b"<sst>&b;</sst>"}, "partes que no son de Excel"),
        ({"xl__worksheets__sheet1": HOJA % (CABECERA + FILA % ((2_000_000,) * 5))}, "más de 30.000 líneas"),
        ({"xl__worksheets__sheet1": HOJA % (CABECERA + b"<row r='1'><c r='ZZZZZZ9'/></row>")}, "No se pudo"),
        ({f"xl__p{n}": b"<x/>" for n in range(250)}, "demasiado grande"),
    ],
)
def test_un_libro_hostil(partes: dict[str, bytes], motivo: str) -> None:
    with pytest.raises(TablaInvalida, match=motivo):
        leer(_con(libro(["1", "A", 1, "x"]), **partes))


def test_una_hoja_muy_ancha_se_lee_hasta_donde_hace_falta() -> None:
    ancha = HOJA % (CABECERA + (FILA % ((2,) * 5)).replace(b"</row>", b'<c r="XFD2"><v>9</v></c></row>'))
    (fila,) = leer(_con(libro(), xl__worksheets__sheet1=ancha)).filas
    assert fila.leer("monto", leer_monto) == bs(3)


# --- What is no table ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("contenido", "motivo"),
    [
        (b"", "vacío"),
        (b"\xef\xbb\xbf\r\n", "vacío"),
        (b"\xff\xfe", "vacío"),
        (b"hola", "debe decir documento, nombre, monto y glosa. Se leyó: hola"),
        (b"%PDF-1.7\n", "Es un PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Excel antiguo o con contraseña"),
        (b"\xff\xd8\xff\xe0", "no es un CSV"),
        (bytes(range(256)), "no es un CSV"),
        (b"PK\x05\x06" + b"\0" * 18, "No se pudo abrir el libro"),
        (b"\xff\xfea", "Se leyó"),
        (CABEZA.encode() + b"\n" * 30_001 + b"1;A;5;x", "más de 30.000 líneas"),
        (b"documento;documento;monto;glosa\n1;A;5;x", "debe decir"),
        (CABEZA.encode() + b'1;A;5;"' + b"x" * 200_000 + b'"\n', "comillas"),
    ],
)
def test_lo_que_no_es_una_tabla(contenido: bytes, motivo: str) -> None:
    with pytest.raises(TablaInvalida, match=motivo):
        leer(contenido)


def test_lo_que_se_escribe_de_a_lotes_es_lo_mismo() -> None:
    filas = [("1", "a;b"), ("2", 'dice "c"'), ("3", "ñ")]
    entera = escribir_tabla([("n", "que"), *filas])
    assert entera == '\ufeffn;que\r\n1;"a;b"\r\n2;"dice ""c"""\r\n3;ñ\r\n'.encode()
    assert (
        b"".join(escribir_por_lotes(("n", "que"), (iter(lote) for lote in (filas[:2], filas[2:])))) == entera
    )
