"""The doors of shipments that take a picture: a proof of delivery, a label, the evidence of a claim."""

import json
import zlib
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pypdfium2
import pytest

from envios.entrega.entregar import entregar
from envios.entrega.prueba import DatosDePrueba
from envios.entrega.tipos import Relacion
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from nucleo.limites import valkey
from nucleo.reloj import ahora
from tests.comercio.conftest import leer as leer
from tests.envios.conftest import reparto as reparto
from tests.envios.reclamos.conftest import Mesa
from tests.envios.reclamos.conftest import mesa as mesa
from tests.nucleo.archivos.ayudas import almacen, en_disco, vaciar_almacen
from tests.nucleo.archivos.hostiles import SENAL
from tests.nucleo.archivos.hostiles import hostiles as todos
from tests.nucleo.archivos.test_hostiles import _nada_creido

# One of each kind; that the room of files stands them all is shown at its own doors.
_ABRIR = "Suba una foto JPEG, PNG, WebP o HEIC que se pueda abrir"
_PUNTOS = "La imagen tiene demasiados puntos: redúzcala"
NO_ENTRAN = {
    "bomba_mil_textos.png": _ABRIR,
    "cortada_3.jpg": _ABRIR,
    "dibujo.png": "Es un dibujo SVG",
    "enorme_30000.jpg": _PUNTOS,
    "enorme_65535x65535.png": _PUNTOS,
    "imagen.gif": "Es un GIF",
    "mil_segmentos.jpg": _ABRIR,
    "nada.jpg": "",
    "pdf_y_jpeg.jpg": "Es un PDF",
    "programa.jpg": _ABRIR,
    "vacia.heic": "No se pudo abrir la foto HEIC",
}
ENTRAN = ("bomba_idat.png", "con_zip.jpg", "exif_gps.jpg", "jpeg_y_php.php", "xmp.webp")
CUANTAS = "SELECT (SELECT count(*) FROM nucleo_archivo), (SELECT count(*) FROM envios_prueba)"
Puerta = Callable[[str, bytes], Any]


@pytest.fixture(scope="module")
def hostiles() -> dict[str, bytes]:
    return todos()


def _pagina_de_entrega(mesa: Mesa, sesion_web: Any) -> Puerta:
    cartero = sesion_web(mesa.reparto.cartero, raise_server_exceptions=False)

    def entregar_con(nombre: str, contenido: bytes) -> Any:
        envio = mesa.admitido()
        datos = {"codigo_entrega": envio.codigo_entrega, "_id": str(nuevo_id())}
        archivos = dict.fromkeys(("foto", "firma"), (nombre, contenido, "image/jpeg"))
        return cartero.post(f"/envios/operador/{envio.id}/entregar", data=datos, files=archivos)

    return entregar_con


def _prueba_que_llega_despues(mesa: Mesa, sesion_web: Any) -> Puerta:
    cartero = sesion_web(mesa.reparto.cartero, raise_server_exceptions=False)

    def agregar(nombre: str, contenido: bytes) -> Any:
        envio = mesa.admitido()
        with transaccion() as sesion:
            prueba = DatosDePrueba(relacion=Relacion.FAMILIAR, receptor_nombre="Luis")
            actor = mesa.actor(mesa.reparto.cartero)
            assert entregar(sesion, actor, envio.id, envio.codigo_entrega, prueba=prueba).error is None
        ruta = f"/api/v1/envios/{envio.id}/pruebas-de-entrega"
        (leida,) = cartero.get(ruta).json()["datos"]
        return cartero.post(
            f"/api/v1/pruebas-de-entrega/{leida['id']}/foto",
            files={"imagen": (nombre, contenido, "image/jpeg")},
            headers={"Idempotency-Key": str(uuid4())},
        )

    return agregar


def _reclamo(mesa: Mesa, sesion_web: Any) -> Puerta:
    reclamo_id = mesa.presentar(mesa.perdido())
    tienda = sesion_web(mesa.reparto.vendedora, raise_server_exceptions=False)

    def escribir(nombre: str, contenido: bytes) -> Any:
        return tienda.post(
            f"/envios/reclamos/{reclamo_id}/mensajes",
            data={"texto": "Así llegó la caja.", "_id": str(nuevo_id())},
            files={"foto": (nombre, contenido, "image/jpeg")},
        )

    return escribir


def _reclamo_por_api(mesa: Mesa, sesion_web: Any) -> Puerta:
    reclamo_id = mesa.presentar(mesa.perdido())
    tienda = sesion_web(mesa.reparto.vendedora, raise_server_exceptions=False)

    def agregar(nombre: str, contenido: bytes) -> Any:
        return tienda.post(
            f"/api/v1/reclamos-de-envio/{reclamo_id}/pruebas",
            data={"texto": "Así llegó la caja."},
            files={"archivo": (nombre, contenido, "image/jpeg")},
            headers={"Idempotency-Key": str(uuid4())},
        )

    return agregar


PUERTAS = {"entrega": _pagina_de_entrega, "prueba": _prueba_que_llega_despues, "reclamo": _reclamo}


def _pdf(*, paginas: int = 1, lado: int = 300, catalogo: bytes = b"", dibujo: bytes = b"") -> bytes:
    """As small as one can be; its reader finds the objects by itself."""
    hijas = b" ".join(b"%d 0 R" % n for n in range(4, 4 + paginas))
    partes = [
        b"%PDF-1.4",
        b"1 0 obj<</Type/Catalog/Pages 2 0 R" + catalogo + b">>endobj",
        b"2 0 obj<</Type/Pages/Kids[" + hijas + b"]/Count %d>>endobj" % paginas,
        b"3 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(dibujo) + dibujo + b"\nendstream endobj",
        *(
            b"%d 0 obj<</Type/Page/Parent 2 0 R/Contents 3 0 R/MediaBox[0 0 %d %d]>>endobj" % (n, lado, lado)
            for n in range(4, 4 + paginas)
        ),
        b"trailer<</Root 1 0 R/Info<</Title(" + SENAL + b")>>>>",
        b"%%EOF",
    ]
    return b"\n".join(partes)


_GUION = b"/OpenAction<</S/JavaScript/JS(app.alert\\('" + SENAL + b"'\\))>>"
PDF_NO_ENTRAN = {
    "nada.pdf": (b"%PDF-", "Es un PDF que no se pudo abrir"),
    "ruido.pdf": (b"%PDF-1.7\n" + SENAL * 1000, "Es un PDF que no se pudo abrir"),
    "sin_hojas.pdf": (_pdf(paginas=0), "Es un PDF que no se pudo abrir"),
    "mil_hojas.pdf": (_pdf(paginas=1000), "más de 20 páginas"),
    "bomba.pdf": (_pdf(dibujo=zlib.compress(b"q " * 50_000_000)), "Es un PDF que no se pudo abrir"),
    "pesado.pdf": (_pdf() + bytes(9 * 1024 * 1024), "pesa más de 8 MB"),
}
PDF_ENTRAN = {
    "guion.pdf": _pdf(catalogo=_GUION),
    "enorme.pdf": _pdf(lado=14_000_000),
    "con_zip.pdf": _pdf() + b"PK\x03\x04" + SENAL,
    "programa.jpg": _pdf() + b"<?php " + SENAL,
}


@pytest.mark.parametrize("puerta", [_reclamo, _reclamo_por_api])
def test_un_pdf_hostil_se_niega_o_se_dibuja_de_nuevo(
    puerta: Callable[[Mesa, Any], Puerta], mesa: Mesa, sesion_web: Any, leer: Any
) -> None:
    """What enters is kept as its pages look: no script, no title, nothing behind its end."""
    vaciar_almacen()
    enviar = puerta(mesa, sesion_web)
    antes = leer(CUANTAS)
    for nombre, (contenido, dice) in PDF_NO_ENTRAN.items():
        valkey().flushdb()
        respuesta = enviar(nombre, contenido)
        assert (respuesta.status_code, dice in respuesta.text) == (422, True), (nombre, respuesta.text[-300:])
        assert leer(CUANTAS) == antes, nombre
    for nombre, contenido in PDF_ENTRAN.items():
        valkey().flushdb()
        respuesta = enviar(nombre, contenido)
        assert respuesta.status_code in (201, 303), (nombre, respuesta.text[-300:])
    for sha256 in en_disco():
        assert SENAL not in (almacen() / sha256[:2] / sha256).read_bytes()
    ((tipos,),) = leer("SELECT array_agg(DISTINCT tipo) FROM nucleo_archivo")
    assert tipos == ["application/pdf"]
    (ultimo,) = leer("SELECT reclamo_id, archivo_id FROM envios_reclamo_mensaje ORDER BY numero DESC LIMIT 1")
    tienda = sesion_web(mesa.reparto.vendedora)
    for ruta in ("/envios/reclamos/{}/fotos/{}", "/api/v1/reclamos-de-envio/{}/pruebas/{}"):
        guardado = tienda.get(ruta.format(*ultimo))
        assert guardado.headers["content-disposition"] == "attachment"
        assert len(pypdfium2.PdfDocument(guardado.content)) == 1
    assert "PDF del mensaje" in tienda.get(f"/envios/reclamos/{ultimo[0]}").text


@pytest.mark.lento
@pytest.mark.parametrize("puerta", PUERTAS)
def test_una_prueba_hostil_se_niega_o_se_dibuja_de_nuevo(
    puerta: str, mesa: Mesa, sesion_web: Any, leer: Any, hostiles: dict[str, bytes]
) -> None:
    vaciar_almacen()
    enviar = PUERTAS[puerta](mesa, sesion_web)
    for nombre, dice in NO_ENTRAN.items():
        if puerta != "prueba" and nombre == "nada.jpg":
            continue  # a form without a file is a form without a picture
        valkey().flushdb()
        antes = leer(CUANTAS)
        respuesta = enviar(nombre, hostiles[nombre])
        assert respuesta.status_code == 422, (nombre, respuesta.text[-300:])
        assert dice in respuesta.text, nombre
        assert SENAL.decode() not in respuesta.text, nombre
        nuevas = (0, 1) if puerta == "prueba" else (0, 0)  # its proof was there before its picture
        assert leer(CUANTAS) == [(antes[0][0] + nuevas[0], antes[0][1] + nuevas[1])], nombre
    for nombre in ENTRAN:
        valkey().flushdb()
        respuesta = enviar(nombre, hostiles[nombre])
        assert respuesta.status_code in (201, 303), (nombre, respuesta.text[-300:])
    _nada_creido()


@pytest.mark.lento
def test_ninguna_foto_hostil_para_la_cola_del_telefono(
    mesa: Mesa, sesion_web: Any, leer: Any, hostiles: dict[str, bytes]
) -> None:
    """A label that cannot be read waits for its worker; a delivery with its code stands without a picture."""
    vaciar_almacen()
    cartero = sesion_web(mesa.reparto.cartero, raise_server_exceptions=False)
    reloj = {"ms": int(ahora().timestamp() * 1000)}
    telefono = {
        "persona_id": str(mesa.reparto.cartero.id),
        "operador_unidad_id": str(mesa.reparto.correos_id),
        "dispositivo_id": str(uuid4()),
        "enviado": reloj,
    }
    for nombre in (*NO_ENTRAN, *ENTRAN):
        envio = mesa.admitido()
        foto = (nombre, hostiles[nombre], "image/jpeg")
        etiqueta = {"id": str(uuid4()), "codigo": "EMB", "reloj": reloj}
        entrega = {"id": str(uuid4()), "codigo": "EMI", "numero": envio.numero, "reloj": reloj}
        dicho = {"codigo_entrega": envio.codigo_entrega}
        for datos, archivos, espera in (
            ({"escaneo": etiqueta}, {"foto": foto}, "rechazado"),
            ({"escaneo": entrega, "entrega": dicho}, {"foto": foto, "firma": foto}, "registrado"),
        ):
            respuesta = cartero.post(
                "/escaner/cola/con-archivos", data={"datos": json.dumps(telefono | datos)}, files=archivos
            )
            assert respuesta.status_code == 200, (nombre, respuesta.text[-300:])
            (juzgada,) = respuesta.json()["resultados"]
            assert juzgada["resultado"] == espera, (nombre, juzgada)
            assert SENAL.decode() not in respuesta.text
    _nada_creido()
