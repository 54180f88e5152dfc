"""The reader of banks' files: every version and oddity, public samples whole, nothing hostile."""

import gzip
import os
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pagos.banco.camt import BYTES_MAXIMOS, LINEAS_MAXIMAS, Monto, leer
from pagos.banco.errores import ArchivoDeBancoInvalido
from pagos.banco.identidad import claves_de_entradas
from tests.pagos.banco.extractos import VERSIONES, Apunte, camt
from tests.pagos.firma import Firma

EXTERNOS = Path(os.environ.get("QHATU_DATOS_EXTERNOS", Path(__file__).parents[3] / "shared" / "datos"))
MUESTRAS = sorted((EXTERNOS / "pagos" / "camt").glob("*.xml"))
UNO = Apunte(monto="12.50", referencia="R1", detalles=[("E1", "12.50", None)])


@pytest.mark.skipif(not MUESTRAS, reason="faltan los vectores externos (QHATU_DATOS_EXTERNOS)")
@pytest.mark.parametrize("ruta", MUESTRAS, ids=lambda r: r.name)
def test_las_muestras_publicas_se_leen_sin_perder_nada(ruta: Path) -> None:
    raiz = etree.fromstring(ruta.read_bytes())
    entradas = [n for n in raiz.iterfind(".//{*}Ntry") if n.getparent().tag.endswith(("}Stmt", "}Ntfctn"))]
    mensaje = leer(ruta.read_bytes())
    assert mensaje.tipo in etree.QName(raiz).namespace
    assert len(mensaje.entradas) == len(entradas) > 0
    for nodo, entrada in zip(entradas, mensaje.entradas, strict=True):
        assert len(entrada.detalles) == len(nodo.findall("{*}NtryDtls/{*}TxDtls"))
        assert entrada.monto.moneda == nodo.find("{*}Amt").get("Ccy")
        assert entrada.monto.centavos == round(float(nodo.findtext("{*}Amt")) * 100)
        assert (entrada.sentido, entrada.estado) == (nodo.findtext("{*}CdtDbtInd"), "BOOK")
        assert [d.extremo for d in entrada.detalles] == [
            d.findtext("{*}Refs/{*}EndToEndId") for d in nodo.iterfind("{*}NtryDtls/{*}TxDtls")
        ]
        assert entrada.cuenta != ""


@pytest.mark.parametrize("version", VERSIONES)
@pytest.mark.parametrize("mensaje", ["053", "054"])
@pytest.mark.parametrize("prefijo", ["", "ns2"])
def test_todas_dicen_lo_mismo(version: str, mensaje: str, prefijo: str) -> None:
    leido = leer(camt([UNO], [UNO], version=version, mensaje=mensaje, prefijo=prefijo))
    assert leido.tipo == f"camt.{mensaje}.001.{version}"
    assert [e.extracto for e in leido.entradas] == [1, 2]
    primera = leido.entradas[0]
    assert (primera.cuenta, primera.referencia, primera.estado) == ("100", "R1", "BOOK")
    assert (primera.monto, primera.sentido, primera.reverso) == (Monto(1250, "BOB"), "DBIT", False)
    assert primera.contabilizada_el == date(2026, 11, 20)
    (detalle,) = primera.detalles
    assert (detalle.extremo, detalle.monto, detalle.sentido) == ("E1", Monto(1250, "BOB"), "DBIT")
    # Of one entry in two statements, one key; whatever the version.
    assert len(set(claves_de_entradas(leido.entradas))) == 1
    assert claves_de_entradas(leido.entradas)[0] == claves_de_entradas(leer(camt([UNO])).entradas)[0]


def test_dentro_de_un_sobre_y_en_otra_codificacion() -> None:
    solo = camt([UNO]).decode().split("?>", 1)[1]
    sobre = f'<s:Sobre xmlns:s="urn:sobre"><AppHdr xmlns="urn:head"><Document/></AppHdr>{solo}</s:Sobre>'
    with pytest.raises(ArchivoDeBancoInvalido):  # the first document is another's
        leer(sobre.encode())
    sobre = f'<s:Sobre xmlns:s="urn:sobre"><AppHdr xmlns="urn:head"/>{solo}</s:Sobre>'
    assert leer(sobre.encode()) == leer(camt([UNO]))
    latino = camt([Apunte(monto="1", mas="<AddtlNtryInf>Comisión</AddtlNtryInf>")]).decode()
    for otra in ("ISO-8859-1", "UTF-16"):
        leido = leer(latino.replace("UTF-8", otra).encode(otra))
        assert leido.entradas[0].texto == "Comisión"
    assert leer(b"\xef\xbb\xbf" + latino.encode()).entradas[0].texto == "Comisión"


@pytest.mark.parametrize(
    ("escrito", "centavos"),
    [
        ("12.50", 1250),
        ("12.5", 1250),
        ("12", 1200),
        ("12.", 1200),
        (".5", 50),
        ("+1.00", 100),
        ("8.85000", 885),
        (" 1.00 ", 100),
        ("0012.50", 1250),
        ("0", 0),
        ("1.005", None),
        ("12..34", None),
        ("1,00", None),
        ("1e3", None),
        ("-1", None),
        ("NaN", None),
        ("9" * 30, None),
        ("", None),
        ("１０", None),
    ],
)
def test_los_montos(escrito: str, centavos: int | None) -> None:
    assert leer(camt([Apunte(monto=escrito)])).entradas[0].monto == Monto(centavos, "BOB")


def test_lo_que_los_bancos_escriben_cuando_no_hay_referencia() -> None:
    for nada in ("NOTPROVIDED", "notprovided", "NONREF", "0", "000", "-", " ", "NOTAVAILABLE"):
        leida = leer(camt([Apunte(monto="1", referencia=nada, detalles=[(nada, None, None)])]))
        assert (leida.entradas[0].referencia, leida.entradas[0].detalles[0].extremo) == (None, None)
    invisible = leer(camt([Apunte(monto="1", mas="<AddtlNtryInf>a\u202eb\u200bc</AddtlNtryInf>")]))
    assert invisible.entradas[0].texto == "a b c"


def test_lo_que_distingue_dos_entradas() -> None:
    """Besides the reference of the bank, the day and the amount; without it, all that is said."""
    distintas = [
        UNO,
        Apunte(monto="12.50", referencia="R2", detalles=UNO.detalles),
        Apunte(monto="12.50", referencia="R1", dia="2026-11-21"),
        Apunte(monto="12.51", referencia="R1"),
        Apunte(monto="12.50", referencia="R1", sentido="CRDT"),
        Apunte(monto="12.50", referencia="R1", reverso=True),
        Apunte(monto="12.50", referencia="R1", estado="PDNG"),
        Apunte(monto="12.50", referencia="R1", moneda="USD"),
        Apunte(monto="12.50", orden="1"),
        Apunte(monto="12.50", orden="1", detalles=[("E1", None, None)]),
        Apunte(monto="12.50", orden="1", detalles=[("E2", None, None)]),
    ]
    claves = [claves_de_entradas(leer(camt([a])).entradas)[0] for a in distintas]
    claves += claves_de_entradas(leer(camt([UNO], cuenta="200")).entradas)
    assert len(set(claves)) == len(distintas) + 1
    # Its transactions may be told in one file and not in the other.
    sin_detalle = camt([Apunte(monto="12.50", referencia="R1", reverso=False)], mensaje="054")
    assert claves_de_entradas(leer(sin_detalle).entradas)[0] == claves[0]
    repetida = claves_de_entradas(leer(camt([UNO, UNO, UNO])).entradas)
    assert len(set(repetida)) == 3


BOMBA = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
DEMASIADOS = [("E", None, None)] * (LINEAS_MAXIMAS + 1)
HOSTILES: dict[str, bytes] = {
    "vacío": b"",
    "espacios": b"  \n ",
    "a medias": b"<a>",
    "otro": b"<a/>",
    "binario": b"\x00\x01\xff",
    "zip": b"PK\x03\x04" + b"\x00" * 40,
    "csv": b"fecha;monto\n1;2",
    "json": b'{"Document": 1}',
    "sin espacio": camt([UNO]).replace(b' xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"', b""),
    "espacio parecido": camt([UNO]).replace(b"urn:iso", b"urn:is0"),
    "camt.052": camt([UNO]).replace(b"camt.053", b"camt.052"),
    "pain.001": camt([UNO]).replace(b"camt.053", b"pain.001"),
    "cuerpo de otro": camt([UNO]).replace(b"BkToCstmrStmt", b"BkToCstmrDbtCdtNtfctn"),
    "sin movimientos": camt([]),
    "externa": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + camt([UNO]).split(b"?>", 1)[1],
    "bomba": f'<!DOCTYPE a [<!ENTITY a0 "ja">{BOMBA}]>'.encode()
    + camt([Apunte(monto="&a11;")]).split(b"?>", 1)[1],
    "dtd": b'<!DOCTYPE Document SYSTEM "http://127.0.0.1:9/x.dtd">' + camt([UNO]).split(b"?>", 1)[1],
    "hondo": b"<a>" * 20_000 + b"</a>" * 20_000,
    "atributo enorme": b'<a b="' + b"x" * (BYTES_MAXIMOS - 100) + b'"/>',
    "codificación inventada": b'<?xml version="1.0" encoding="klingon"?><a/>',
    "mal codificado": camt([UNO]).replace(b"12.50", b"\xff\xfe", 1),
    "cortado": camt([UNO])[:-40],
    "dos raíces": camt([UNO]) + camt([UNO]).split(b"?>", 1)[1],
    "demasiadas líneas": camt([Apunte(monto="1")] * (LINEAS_MAXIMAS + 1)),
    "demasiados detalles": camt([Apunte(monto="1", detalles=DEMASIADOS)]),
    "pesado": b"<a>" + b" " * BYTES_MAXIMOS,
}


@pytest.mark.parametrize("cual", HOSTILES)
def test_lo_hostil_se_rechaza_con_sus_palabras(cual: str) -> None:
    with pytest.raises(ArchivoDeBancoInvalido) as error:
        leer(HOSTILES[cual])
    assert list(error.value.campos or {}) == ["archivo"]


@pytest.mark.parametrize(
    ("contenido", "dice"),
    [
        (b"PK\x03\x04" + b"x" * 60, "suba cada XML que trae adentro"),
        (gzip.compress(camt([UNO])), "suba cada XML que trae adentro"),
        (b":20:STARTUMS\r\n:25:1234/567\r\n:61:2611201120D10,00NTRFNONREF\r\n", "es un extracto MT940"),
        (b"{1:F01BANKBOLPAXXX}{2:I940X}{4:\r\n:20:1\r\n:25:123\r\n-}", "es un extracto MT940"),
        (b"%PDF-1.7\n", "Es un PDF. Pida al banco"),
        (b"fecha;monto\n20/11/2026;10,50\n", "no es XML bien formado"),
        (camt([UNO])[:-20], "no es XML bien formado"),
    ],
)
def test_de_lo_que_dan_los_bancos_en_su_lugar_se_dice_que_hacer(contenido: bytes, dice: str) -> None:
    with pytest.raises(ArchivoDeBancoInvalido, match=dice):
        leer(contenido)


def test_una_linea_vacia_delante_no_estorba() -> None:
    assert leer(b"\r\n " + camt([UNO])) == leer(camt([UNO]))


def test_la_memoria_no_crece_con_el_archivo() -> None:
    contenido = camt([Apunte(monto="1.00", mas=f"<AddtlNtryInf>{'x' * 400}</AddtlNtryInf>")] * 15_000)
    assert len(contenido) > 7_000_000
    tracemalloc.start()
    leido = leer(contenido)
    _ahora, pico = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(leido.entradas) == 15_000
    assert pico < 40_000_000


@pytest.mark.parametrize(
    "cual", ["externa", "bomba", "hondo", "binario", "pesado", "mal codificado", "vacío"]
)
def test_lo_hostil_por_la_pagina_y_la_api(
    cual: str,
    firma: Firma,
    regulador: Any,
    sesion_web: Callable[..., Any],
    cliente: Any,
    token_de: Callable[..., str],
) -> None:
    rita = sesion_web(firma.personas["rita"])
    archivo = {"archivo": ("banco.xml", HOSTILES[cual], "application/xml")}
    pagina = rita.post("/regulador/banco/archivos", files=archivo)
    assert (pagina.status_code, "<title>Error" in pagina.text) == (422, True)
    con_token = {"Authorization": f"Bearer {token_de(firma.personas['rita'])}"}
    respuesta = cliente.post("/api/v1/banco/archivos", files=archivo, headers=con_token)
    assert (respuesta.status_code, respuesta.json()["codigo"]) == (422, "archivo_de_banco_invalido")
    assert "Todavía no se recibió ningún archivo" in rita.get("/regulador/banco").text


def test_cien_megas(
    firma: Firma, regulador: Any, sesion_web: Callable[..., Any], cliente: Any, token_de: Callable[..., str]
) -> None:
    archivo = {"archivo": ("banco.xml", b" " * 100_000_000, "application/xml")}
    pagina = sesion_web(firma.personas["rita"]).post("/regulador/banco/archivos", files=archivo)
    con_token = {"Authorization": f"Bearer {token_de(firma.personas['rita'])}"}
    respuesta = cliente.post("/api/v1/banco/archivos", files=archivo, headers=con_token)
    assert {pagina.status_code, respuesta.status_code} <= {413, 422}
