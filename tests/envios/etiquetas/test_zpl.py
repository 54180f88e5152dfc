"""The commands of a thermal label: which fields, and that nothing typed becomes a command."""

import re
from dataclasses import replace

import pytest

from envios.etiquetas.etiqueta import Etiqueta
from envios.etiquetas.zpl import ALTO, ANCHO, en_zpl
from tests.envios.etiquetas.test_papel import ETIQUETA

_CAMPO = re.compile(r"\^FO(?P<x>\d+),(?P<y>\d+)(?P<forma>[^\n]*?)(?:\^FD(?P<dato>[^\n^]*))?\^FS")


def campos(etiqueta: Etiqueta) -> list[tuple[int, int, str, str]]:
    """(x, y, commands, text) of each field, its `_XX` read as the printer reads them."""
    texto = en_zpl([etiqueta]).decode()
    return [(int(c["x"]), int(c["y"]), c["forma"], _leer(c["dato"] or "")) for c in _CAMPO.finditer(texto)]


def _leer(dato: str) -> str:
    return re.sub(rb"_([0-9A-F]{2})", lambda m: bytes.fromhex(m[1].decode()), dato.encode()).decode()


def test_sus_campos() -> None:
    documento = en_zpl([ETIQUETA]).decode()
    assert documento.startswith(f"^XA^CI28^PW{ANCHO}^LL{ALTO}^LH0,0\n")
    assert documento.endswith("\n^XZ\n")
    dichos = [dato for *_, dato in campos(ETIQUETA)]
    assert dichos == [
        "Correos de Prueba (demostración)",
        "1.250 g",
        "",
        "San Ignacio de Velasco, Santa Cruz",
        "",
        "Ana-Lucía O'Connor d'Arlach Choquehuanca",
        ETIQUETA.referencia,
        "7 001 2345",
        "De: Cooperativa de Tejidos Illimani",
        "2 245 6789",
        "Contiene: 1 × Chompa de alpaca",
        "MA,https://qhatu.gob.bo/seguimiento/RR473124829BO",
        "RR473124829BO",
        "RR 473 124 829 BO",
    ]


def test_las_barras_y_el_qr() -> None:
    formas = {dato: forma for _x, _y, forma, dato in campos(ETIQUETA)}
    assert formas["RR473124829BO"] == "^BCN,140,N,N,N,A"
    assert formas["MA,https://qhatu.gob.bo/seguimiento/RR473124829BO"] == "^BQN,2,6^FH_"
    assert "^BY4^FO" in en_zpl([ETIQUETA]).decode()


def test_todo_empieza_dentro_del_papel() -> None:
    for x, y, forma, dato in campos(replace(ETIQUETA, es_devolucion=True)):
        bloque = re.search(r"\^FB(\d+),(\d+)", forma)
        letra = re.search(r"\^A0N,(\d+)", forma)
        ancho = int(bloque[1]) if bloque else 0
        alto = int(bloque[2]) * (int(letra[1]) + 4) if bloque and letra else 0
        assert 0 <= x <= ANCHO - ancho, dato
        assert 0 <= y <= ALTO - alto, dato


@pytest.mark.parametrize(
    "escrito",
    ["^XZ^XA^JUF", "~JA", "a_5Eb", "fin^FS^FO0,0", "C:\\temp\\&", "salto\nde\tlínea", "王\u202e^XZ"],
)
def test_lo_escrito_no_manda(escrito: str) -> None:
    documento = en_zpl([replace(ETIQUETA, contenido=escrito, referencia=escrito, destinatario=escrito)])
    limpio = " ".join(escrito.replace("\\", "/").split())
    assert [d for *_, d in campos(replace(ETIQUETA, contenido=escrito))][10] == f"Contiene: {limpio}"
    assert documento.count(b"^XA") == documento.count(b"^XZ") == 1
    assert documento.count(b"~") == 0
    assert documento.count(b"^FS") == en_zpl([ETIQUETA]).count(b"^FS")


def test_varias_van_seguidas_y_la_que_vuelve_lo_dice() -> None:
    documento = en_zpl([ETIQUETA, replace(ETIQUETA, es_devolucion=True)]).decode()
    assert documento.count("^XA") == documento.count("^XZ") == 2
    assert [d for *_, d in campos(replace(ETIQUETA, es_devolucion=True))][-1] == "DEVOLUCIÓN"
