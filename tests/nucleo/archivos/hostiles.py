"""Files that nobody sends by mistake: more than two hundred, made here, each with its name.

Every one that can carries `SENAL`: wherever it is seen afterwards, a file was believed.
"""

import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

from tests.nucleo.archivos.ayudas import codificada

SENAL = b"SENAL-HOSTIL-7f3a"
GUION = b"<script>alert('" + SENAL + b"')</script>"
Hostil = tuple[str, bytes]
Columnas = Mapping[str, bytes]
"""Of a table that somebody takes: what a line says in each, `%s` where a number goes."""
PLANILLA = {"documento": b"1", "nombre": SENAL, "monto": b"%s", "glosa": b"x"}


def hostiles(columnas: Columnas = PLANILLA) -> dict[str, bytes]:
    """Name and bytes of each; the same ones every time. The tables have these columns."""
    todos: dict[str, bytes] = {}
    for fabrica in (
        _enormes,
        _bombas,
        _cortados,
        _golpeados,
        _de_dos_caras,
        _otra_cosa,
        _metadatos,
        _perfiles,
        partial(_libros, columnas),
        partial(_textos, columnas),
        _al_azar,
    ):
        for nombre, contenido in fabrica():
            assert nombre not in todos, nombre
            todos[nombre] = contenido
    return todos


# --- Pictures ------------------------------------------------------------------------------------


def _foto(modo: str = "RGB", lado: int = 64) -> Image.Image:
    azar = random.Random(7)
    return Image.frombytes("RGB", (lado, lado), azar.randbytes(lado * lado * 3)).convert(modo)


def _heic() -> bytes:
    salida = io.BytesIO()
    pillow_heif.from_pillow(_foto()).save(salida, quality=50)
    return salida.getvalue()


def _buenas() -> dict[str, bytes]:
    return {
        "jpg": codificada(_foto(), "JPEG", comment=SENAL),
        "progresiva.jpg": codificada(_foto(), "JPEG", progressive=True),
        "png": codificada(_foto("RGBA"), "PNG"),
        "paleta.png": codificada(_foto("P"), "PNG"),
        "webp": codificada(_foto(), "WEBP"),
        "heic": _heic(),
    }


def _trozo_png(tipo: bytes, datos: bytes) -> bytes:
    return struct.pack(">I", len(datos)) + tipo + datos + struct.pack(">I", zlib.crc32(tipo + datos))


def _png(ancho: int, alto: int, *trozos: bytes, bits: int = 8, color: int = 2, datos: bytes = b"") -> bytes:
    ihdr = _trozo_png(b"IHDR", struct.pack(">IIBBBBB", ancho, alto, bits, color, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + ihdr + b"".join(trozos) + datos + _trozo_png(b"IEND", b"")


def _enormes() -> Iterator[Hostil]:
    """What the header says is not what one can afford."""
    for ancho, alto in ((20_000, 20_000), (65_535, 65_535), (2**31 - 1, 2**31 - 1), (1, 2**31 - 1), (0, 5)):
        idat = _trozo_png(b"IDAT", zlib.compress(b"\0" * 1000))
        yield f"enorme_{ancho}x{alto}.png", _png(ancho, alto, idat)
    jpeg = _buenas()["jpg"]
    lugar = jpeg.index(b"\xff\xc0") + 5
    for lado in (65_535, 30_000, 0):
        yield f"enorme_{lado}.jpg", jpeg[:lugar] + struct.pack(">HH", lado, lado) + jpeg[lugar + 4 :]
    for lado in (16_383, 1 << 14):
        vp8x = b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + 2 * (lado - 1).to_bytes(3, "little")
        cuerpo = b"WEBP" + vp8x + b"VP8L" + struct.pack("<I", 8) + b"\x2f" + b"\xff" * 7
        yield f"enorme_{lado}.webp", b"RIFF" + struct.pack("<I", len(cuerpo)) + cuerpo
    heic = _buenas()["heic"]
    lugar = heic.index(b"ispe") + 8
    for lado in (60_000, 2**32 - 1, 0):
        yield f"enorme_{lado}.heic", heic[:lugar] + struct.pack(">II", lado, lado) + heic[lugar + 8 :]
    for alto in (4_000, 10_000):
        lisa = Image.new("RGBA", (4_000, alto))
        yield f"lisa_de_{alto}.webp", codificada(lisa, "WEBP", lossless=True, method=0)
    yield "lisa.png", codificada(Image.new("RGB", (8_000, 5_000)), "PNG", compress_level=1)
    yield "lisa.jpg", codificada(Image.new("RGB", (8_000, 5_000)), "JPEG", progressive=True, subsampling=0)


def _bombas() -> Iterator[Hostil]:
    """Little that becomes much."""
    mucho = zlib.compress(SENAL * 4_000_000, 9)
    idat = _trozo_png(b"IDAT", zlib.compress(b"\0" * 13))
    for nombre, trozo in (
        ("zTXt", _trozo_png(b"zTXt", b"a\0\0" + mucho)),
        ("iTXt", _trozo_png(b"iTXt", b"a\0\1\0\0\0" + mucho)),
        ("iCCP", _trozo_png(b"iCCP", b"a\0\0" + mucho)),
        ("tEXt", _trozo_png(b"tEXt", b"a\0" + SENAL * 50_000)),
        ("mil_textos", _trozo_png(b"tEXt", b"a\0" + SENAL) * 5_000),
        ("eXIf", _trozo_png(b"eXIf", b"MM\0*" + SENAL * 50_000)),
    ):
        yield f"bomba_{nombre}.png", _png(2, 2, trozo, idat)
    yield "bomba_idat.png", _png(2, 2, _trozo_png(b"IDAT", mucho))
    yield (
        "mil_cuadros.webp",
        codificada(
            Image.new("RGB", (16, 16)),
            "WEBP",
            save_all=True,
            append_images=[Image.new("RGB", (16, 16), (n % 256, n // 256, 9)) for n in range(1000)],
        ),
    )
    cuadro = _trozo_png(b"fcTL", struct.pack(">IIIIIHHBB", 0, 2**31 - 1, 2**31 - 1, 0, 0, 1, 1, 0, 0))
    yield "cuadros_enormes.png", _png(2, 2, _trozo_png(b"acTL", struct.pack(">II", 2**31, 0)), cuadro, idat)
    yield "mil_segmentos.jpg", b"\xff\xd8" + (b"\xff\xe1\xff\xff" + b"Exif\0\0" + b"\0" * 65527) * 40
    yield "mil_barridos.jpg", _buenas()["progresiva.jpg"][:-2] + _barrido() * 3_000 + b"\xff\xd9"


def _barrido() -> bytes:
    return b"\xff\xda\x00\x08\x01\x01\x00\x01\x3f\x00\x00"


def _cortados() -> Iterator[Hostil]:
    for nombre, buena in _buenas().items():
        for decimo in range(1, 10):
            yield f"cortada_{decimo}.{nombre}", buena[: len(buena) * decimo // 10]


def _golpeados() -> Iterator[Hostil]:
    """Some bytes are others; the same ones each time."""
    for nombre, buena in _buenas().items():
        for semilla in range(8):
            azar, golpeada = random.Random(f"{nombre}{semilla}"), bytearray(buena)
            for _golpe in range(1 + semilla * 3):
                golpeada[azar.randrange(4, len(golpeada))] = azar.randrange(256)
            yield f"golpeada_{semilla}.{nombre}", bytes(golpeada)


def _de_dos_caras() -> Iterator[Hostil]:
    """One thing at its beginning, another one for whoever believes its name."""
    buenas, zip_ = _buenas(), _zip({"xl/x.js": GUION})
    for nombre, buena in buenas.items():
        yield f"con_zip.{nombre}", buena + zip_
        yield f"con_guion.{nombre}", buena + GUION
    yield "gif_y_js.jpg", b"GIF89a/*" + b"\0" * 20 + b"*/=1;" + GUION
    yield "bmp_y_js.png", b"BM/*" + b"\0" * 60 + b"*/=1;" + GUION
    yield "pdf_y_jpeg.jpg", b"%PDF-1.7\n%" + buenas["jpg"]
    yield "jpeg_y_pdf.pdf", buenas["jpg"][:2] + b"\xff\xfe\x00\x40%PDF-1.7\n" + b" " * 53 + buenas["jpg"][2:]
    yield "zip_antes.png", zip_ + buenas["png"]
    yield "jpeg_y_php.php", buenas["jpg"] + b"<?php echo '" + SENAL + b"'; ?>"


def _otra_cosa() -> Iterator[Hostil]:
    svg = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="x">' + GUION + b"</svg>"
    entidades = b"".join(
        b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10 if n else SENAL) for n in range(10)
    )
    yield "dibujo.svg", svg
    yield "dibujo.png", svg
    yield "dibujo.svgz", gzip.compress(svg)
    yield "risas.svg", b"<!DOCTYPE s [" + entidades + b"]><svg>&e9;</svg>"
    yield "afuera.svg", b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg><text>&x;</text></svg>'
    yield "pagina.jpg", b"<!doctype html>" + GUION
    yield "documento.pdf", b"%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(" + SENAL + b")>>>>endobj"
    yield "programa.jpg", b"\x7fELF" + b"\0" * 100 + SENAL
    yield "programa.exe", b"MZ" + b"\0" * 100 + SENAL
    yield "imagen.gif", codificada(_foto(), "GIF")
    yield "imagen.bmp", codificada(_foto(), "BMP")
    yield "imagen.tiff", codificada(_foto(), "TIFF")
    yield "imagen.ico", codificada(_foto(), "ICO")
    yield "imagen.jp2", codificada(_foto(), "JPEG2000")
    yield "imagen.avif", codificada(_foto(), "AVIF")
    yield "imagen.pdf", codificada(_foto(), "PDF")
    yield "imagen.eps", codificada(_foto(), "EPS")
    yield "imagen.ppm", b"P6 99999999 99999999 255\n" + SENAL
    yield "video.heic", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + SENAL
    yield "vacia.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
    yield "nada.jpg", b""
    yield "un_byte.png", b"\x89"


def _exif(entradas: bytes) -> bytes:
    tiff = b"Exif\0\0MM\0*\0\0\0\x08" + entradas
    return b"\xff\xe1" + struct.pack(">H", len(tiff) + 2) + tiff


def _metadatos() -> Iterator[Hostil]:
    """What pictures say of themselves."""
    jpeg = _buenas()["jpg"]
    for nombre, entrada in (
        ("orientacion_cero", struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, 0, 0, 0)),
        ("orientacion_enorme", struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, 65535, 0, 0)),
        ("orientacion_texto", struct.pack(">HHHI4sI", 1, 0x0112, 2, 4, b"seis", 0)),
        ("orientacion_racional_cero", struct.pack(">HHHIII", 1, 0x0112, 5, 1, 8, 0)),
        ("orientacion_muchas", struct.pack(">HHHIII", 1, 0x0112, 3, 2**31, 8, 0)),
        ("en_circulo", struct.pack(">HHHIII", 1, 0x8769, 4, 1, 8, 8)),
        ("fuera", struct.pack(">HHHIII", 1, 0x010F, 2, 99999, 2**32 - 1, 0)),
        ("sesenta_mil_entradas", struct.pack(">H", 65535) + b"\0" * 1000),
    ):
        yield f"exif_{nombre}.jpg", jpeg[:2] + _exif(entrada) + jpeg[2:]
    grande = Image.Exif()
    grande[0x010E] = (SENAL * 3_000).decode()
    yield "exif_grande.jpg", codificada(_foto(), "JPEG", exif=grande)
    yield "exif_grande.webp", codificada(_foto(), "WEBP", exif=grande)
    donde = Image.Exif()
    donde[0x8825] = {1: "S", 2: (16.0, 30.0, 0.0), 3: "W", 4: (68.0, 9.0, 0.0), 28: SENAL}
    yield "exif_gps.jpg", codificada(_foto(), "JPEG", exif=donde)
    textos = PngImagePlugin.PngInfo()
    textos.add_text("XML:com.adobe.xmp", "<x tiff:Orientation='9'/>" + GUION.decode())
    yield "xmp.png", codificada(_foto(), "PNG", pnginfo=textos)
    yield "xmp.jpg", codificada(_foto(), "JPEG", xmp=b"<x tiff:Orientation='99999999999'/>" + GUION)
    yield "xmp.webp", codificada(_foto(), "WEBP", xmp=b"<x><tiff:Orientation>&&</tiff:Orientation>" + GUION)


def _perfiles() -> Iterator[Hostil]:
    bueno = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    azar = random.Random(11)
    for n in range(12):
        malo = bytearray(bueno)
        for _golpe in range(1 + n * 4):
            malo[azar.randrange(len(malo))] = azar.randrange(256)
        formato, modo = (("JPEG", "RGB"), ("PNG", "RGBA"), ("WEBP", "RGB"), ("JPEG", "CMYK"))[n % 4]
        yield f"perfil_{n}.{formato.lower()}", codificada(_foto(modo), formato, icc_profile=bytes(malo))
    yield "perfil_basura.png", codificada(_foto("L"), "PNG", icc_profile=SENAL * 1000)
    yield "perfil_enorme.jpg", codificada(_foto(), "JPEG", icc_profile=bueno + SENAL * 60_000)
    jpeg = _buenas()["jpg"]
    trozo = b"ICC_PROFILE\0\xff\x01" + bueno[:100]
    yield (
        "perfil_sin_partes.jpg",
        jpeg[:2] + b"\xff\xe2" + struct.pack(">H", len(trozo) + 2) + trozo + jpeg[2:],
    )


# --- Workbooks -----------------------------------------------------------------------------------

_CONTENIDO = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    b'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/'
    b'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_RELACIONES = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PRINCIPAL = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DE_PAQUETE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
)


def _relacion(que: bytes, adonde: bytes, n: int = 1) -> bytes:
    return b'<Relationship Id="rId%d" Type="%s/%s" Target="%s"/>' % (n, _RELACIONES, que, adonde)


def _libro(hoja: bytes = b"", prologo: bytes = b"", **otras: bytes) -> bytes:
    """A workbook by hand, with what its sheet, its parts and its prologue say."""
    partes = {
        "[Content_Types].xml": _CONTENIDO,
        "_rels/.rels": _DE_PAQUETE % _relacion(b"officeDocument", b"xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": _DE_PAQUETE % _relacion(b"worksheet", b"worksheets/sheet1.xml"),
        "xl/workbook.xml": b'<workbook xmlns="%s" xmlns:r="%s"><sheets>'
        b'<sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>' % (_PRINCIPAL, _RELACIONES),
        "xl/worksheets/sheet1.xml": prologo
        + b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (_PRINCIPAL, hoja),
    }
    return _zip(partes | {nombre.replace("__", "/") + ".xml": datos for nombre, datos in otras.items()})


def _zip(partes: dict[str, bytes]) -> bytes:
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bolsa:
        for nombre, datos in partes.items():
            bolsa.writestr(nombre, datos)
    return salida.getvalue()


def _celda(texto: bytes) -> bytes:
    return b'<c t="inlineStr"><is><t>%s</t></is></c>' % texto


def _valor(dicho: bytes) -> bytes:
    if not dicho:
        return b"<c/>"
    return b"<c><v>%s</v></c>" % dicho if dicho == b"%s" or dicho.isdigit() else _celda(dicho)


def _libros(columnas: Columnas) -> Iterator[Hostil]:
    cabeza = b"<row>" + b"".join(_celda(c.encode()) for c in columnas) + b"</row>"
    fila = b"<row>" + b"".join(map(_valor, columnas.values())) + b"</row>"
    buena = cabeza + fila % b"5"
    risas = b'<!DOCTYPE x [<!ENTITY a "ja"><!ENTITY b "&a;&a;&a;&a;">]>'
    yield "de_nadie.xlsx", _libro(buena)  # reads well: the document is nobody's
    yield "bomba.xlsx", _libro(b"<row><c><v>" + b"9" * 60_000_000 + b"</v></c></row>")
    yield "bomba_estilos.xlsx", _libro(buena, xl__styles=b"<styleSheet>" + b"<xf/>" * 9_000_000)
    yield "muchas_filas.xlsx", _libro(cabeza + (fila % b"5") * 60_000)
    yield "fila_del_fin.xlsx", _libro(cabeza + (fila % b"5").replace(b"<row>", b'<row r="999999999">'))
    yield "fila_negativa.xlsx", _libro(cabeza + (fila % b"5").replace(b"<row>", b'<row r="-5">'))
    yield "fila_texto.xlsx", _libro(cabeza + (fila % b"5").replace(b"<row>", b'<row r="x">'))
    yield "columna_zzz.xlsx", _libro(cabeza + b'<row><c r="ZZZ1"><v>1</v></c></row>')
    yield "columna_mala.xlsx", _libro(cabeza + b'<row><c r="1A"><v>1</v></c></row>')
    for nombre, numero in (
        ("infinito", b"INF"),
        ("nan", b"NaN"),
        ("cifras", b"9" * 5_000),
        ("exponente", b"1e308"),
        ("chico", b"1e-300"),
        ("negativo", b"-5"),
        ("texto", b"cinco"),
    ):
        yield f"numero_{nombre}.xlsx", _libro(cabeza + fila % numero)
    yield "fecha_imposible.xlsx", _libro(cabeza + b'<row><c t="d"><v>9999-99-99</v></c></row>')
    yield "texto_que_no_hay.xlsx", _libro(b'<row><c t="s"><v>99999</v></c></row>')
    yield "clase_rara.xlsx", _libro(b'<row><c t="zz"><v>1</v></c></row>')
    yield "risas.xlsx", _libro(buena, prologo=risas)
    yield "afuera.xlsx", _libro(buena, prologo=b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>')
    yield "risas_utf16.xlsx", _libro(buena, prologo=b"\xff\xfe" + risas.decode().encode("utf-16-le"))
    yield "mal_anidado.xlsx", _libro(b"<row><c></row></c>")
    yield "hondo.xlsx", _libro(b"<row>" + b"<a>" * 100_000)
    yield "sin_hojas.xlsx", _zip({"[Content_Types].xml": _CONTENIDO, "xl/workbook.xml": b"<workbook/>"})
    yield "vacio.xlsx", _zip({})
    yield "otro_oficio.ods", _zip({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})
    yield "miles_de_partes.xlsx", _zip({f"xl/p{n}.xml": b"<x/>" for n in range(3_000)})
    yield "rutas.xlsx", _zip({"../../../../tmp/" + SENAL.decode(): GUION, "/etc/passwd": GUION})
    libro = _libro(buena)
    fin = libro.rindex(b"PK\x01\x02")
    yield "directorio_mentiroso.xlsx", libro[: fin + 24] + struct.pack("<I", 3) + libro[fin + 28 :]
    yield "directorio_afuera.xlsx", libro[:-6] + struct.pack("<I", 2**31) + libro[-2:]
    yield "cifrado.xlsx", libro.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
    yield "antiguo.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + SENAL * 100
    for decimo in range(1, 10, 2):
        yield f"cortado_{decimo}.xlsx", libro[: len(libro) * decimo // 10]
    azar = random.Random(5)
    for n in range(8):
        golpeado = bytearray(libro)
        for _golpe in range(1 + n * 3):
            golpeado[azar.randrange(4, len(golpeado))] = azar.randrange(256)
        yield f"golpeado_{n}.xlsx", bytes(golpeado)


# --- Texts, and anything -------------------------------------------------------------------------


def _textos(columnas: Columnas) -> Iterator[Hostil]:
    cabeza = ";".join(columnas).encode() + b"\n"
    _primera, *medio, _ultima = columnas.values()
    fila = b";".join(columnas.values()) + b"\n"
    buena = fila % b"5"
    yield "formula.csv", cabeza + b";".join((b"=cmd|' /C calc'!A0", *medio, b"=HYPERLINK(1)\n")) % b"5"
    yield "comillas.csv", cabeza + b'"' * 99_999
    yield "celda_enorme.csv", cabeza + fila % (b"9" * 500_000)
    yield "columnas.csv", b";" * 900_000
    yield "lineas.csv", cabeza + b"\n" * 900_000 + buena
    yield "separadores.csv", cabeza + b";;;;;;\n" * 100_000
    yield "nulos.csv", cabeza + fila % b"\x005"
    yield "utf32.csv", (cabeza + buena).decode().encode("utf-32")
    yield "utf7.csv", b"+AGQ-" + cabeza[1:] + buena
    yield "al_reves.csv", cabeza + buena.replace(SENAL, "\u200bAna \u202e\u2066 Prueba".encode())
    yield "cifras_arabes.csv", cabeza + fila % "٥".encode()
    yield "anchas.csv", cabeza + fila % "５，００".encode()
    yield "combinantes.csv", cabeza + buena.replace(SENAL, "\u0301".encode() * 400_000)
    yield "sin_fin.csv", b"sep=;\n" * 90_000
    yield "solo_marca.csv", b"\xef\xbb\xbf"
    yield "sustitutos.csv", cabeza + buena.replace(SENAL, b"\xed\xa0\x80" + SENAL)
    for n, monto in enumerate(
        (b"1e9", b"NaN", b"Infinity", b"--5", b"0x10", b"1_000", b"+5", b"1.2.3", b"1,2,3")
    ):
        yield f"monto_{n}.csv", cabeza + fila % monto
    yield "risas.xml", b'<!DOCTYPE x [<!ENTITY a "ja"><!ENTITY b "&a;&a;">]><Document>&b;</Document>'
    yield "afuera.xml", b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><Document/>'
    yield "hondo.xml", b"<Document>" + b"<a>" * 200_000
    yield "atributos.xml", b"<Document " + b" ".join(b'a%d="1"' % n for n in range(50_000)) + b"/>"


def _al_azar() -> Iterator[Hostil]:
    azar = random.Random(3)
    principios: tuple[Callable[[], bytes], ...] = (
        lambda: b"",
        lambda: b"\xff\xd8\xff",
        lambda: b"\x89PNG\r\n\x1a\n",
        lambda: b"RIFF\xff\xff\xff\x7fWEBPVP8 ",
        lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        lambda: b"PK\x03\x04",
    )
    for n in range(18):
        yield f"azar_{n}.bin", principios[n % 6]() + azar.randbytes(1 + n * 500)
