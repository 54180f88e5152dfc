"""Statements to take away: exact contents, balances that add up, who may take them."""

import csv
import io
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.pagos.conftest import Libro

XSD = Path(os.environ.get("QHATU_DATOS_EXTERNOS", "/")) / "pagos" / "camt.053.001.08.xsd"
NS = {"c": "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"}


@pytest.fixture
def cuentas(libro: Libro, crear_persona: Any) -> tuple[Any, int, int]:
    """Ana's account with three days of movements, and that of somebody with a dangerous name."""
    ana = crear_persona("Ana")
    otro = crear_persona("=HYPERLINK(1)", primer_apellido="<Malo> & Cía")
    a, b = (libro.cuenta(titular_id=p.id) for p in (ana, otro))
    assert libro.mover(libro.mundo(), a, 200_000, codigo=2) == "ok"
    assert libro.mover(a, b, 123_450) == "ok"
    assert libro.lote({"debito": a, "credito": b, "monto": 500, "tipo": "pendiente"}) == ["ok"]
    assert libro.lote({"debito": b, "credito": a, "monto": 1, "codigo": 100}, desfase="2 days") == ["ok"]
    return ana, a, b


def filas(respuesta: Any) -> list[list[str]]:
    assert respuesta.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(respuesta.content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_csv_de_hoy(cuentas: Any, sesion_web: Any) -> None:
    ana, a, _b = cuentas

    respuesta = sesion_web(ana).get("/billetera/movimientos.csv")

    assert respuesta.headers["content-type"] == "text/csv; charset=utf-8"
    assert f'filename="qhatu-{a}-' in respuesta.headers["content-disposition"]
    titulos, inicial, recarga, envio, final = filas(respuesta)
    assert titulos[:7] == ["Fecha", "Hora", "Movimiento", "Contraparte", "Entra", "Sale", "Saldo"]
    assert inicial[2:7] == ["Saldo inicial", "", "", "", "0,00"]
    assert recarga[2:7] == ["Recarga", "Ajustes de Qhatu", "2.000,00", "", "2.000,00"]
    assert envio[2:7] == ["Envío entre personas", "'=Hyperlink(1) <Malo> & Cía", "", "1.234,50", "765,50"]
    assert final[2:7] == ["Saldo final", "", "2.000,00", "1.234,50", "765,50"]


def test_cada_periodo_empieza_donde_termino_el_anterior(cuentas: Any, sesion_web: Any, reloj: Any) -> None:
    ana, _a, _b = cuentas
    hoy = reloj.ahora().date() if reloj.ahora().hour >= 4 else reloj.ahora().date() - timedelta(days=1)
    reloj.adelantar(timedelta(days=3))
    navegador = sesion_web(ana)

    def periodo(desde: int, hasta: int) -> tuple[str, str, int]:
        dias = {"desde": str(hoy + timedelta(days=desde)), "hasta": str(hoy + timedelta(days=hasta))}
        leidas = filas(navegador.get("/billetera/movimientos.csv", params=dias))
        return leidas[1][6], leidas[-1][6], len(leidas) - 3

    assert periodo(-30, -1) == ("0,00", "0,00", 0)
    assert periodo(0, 0) == ("0,00", "765,50", 2)
    assert periodo(1, 1) == ("765,50", "765,50", 0)
    assert periodo(2, 2) == ("765,50", "765,51", 1)
    assert periodo(-30, 300) == ("0,00", "765,51", 3)


@pytest.mark.skipif(not XSD.exists(), reason="sin el esquema de ISO 20022")
def test_camt053_es_valido_y_cuadra(cuentas: Any, cliente: Any, token_de: Any, reloj: Any) -> None:
    from lxml import etree

    ana, a, _b = cuentas
    reloj.adelantar(timedelta(days=3))
    cabeceras = {"Authorization": f"Bearer {token_de(ana)}"}

    respuesta = cliente.get(f"/api/v1/cuentas/{a}/extracto?formato=camt053", headers=cabeceras)

    assert respuesta.headers["content-type"] == "application/xml"
    documento = etree.fromstring(respuesta.content)
    etree.XMLSchema(etree.parse(XSD)).assertValid(documento)

    def textos(ruta: str) -> list[str]:
        return [n.text for n in documento.iterfind(ruta, NS)]

    assert textos(".//c:Bal/c:Amt") == ["0.00", "765.51"]
    assert textos(".//c:Bal/c:Tp/c:CdOrPrtry/c:Cd") == ["OPBD", "CLBD"]
    assert textos(".//c:Ntry/c:Amt") == ["2000.00", "1234.50", "0.01"]
    assert textos(".//c:Ntry/c:CdtDbtInd") == ["CRDT", "DBIT", "CRDT"]
    assert textos(".//c:Ntry/c:RvslInd") == ["true"]
    assert textos(".//c:Ntry/c:BkTxCd/c:Prtry/c:Cd") == ["RECARGA", "ENVIO", "DEVOLUCION"]
    assert textos(".//c:TtlNtries/c:NbOfNtries") == ["3"]
    assert textos(".//c:TtlCdtNtries/c:Sum") == ["2000.01"]
    assert textos(".//c:TtlDbtNtries/c:Sum") == ["1234.50"]
    assert textos(".//c:TtlNetNtry/c:Amt") == ["765.51"]
    assert "=Hyperlink(1) <Malo> & Cía" in textos(".//c:Cdtr/c:Pty/c:Nm")


def test_camt053_vacio_tambien_es_valido(libro: Libro, crear_persona: Any, sesion_web: Any) -> None:
    respuesta = sesion_web(crear_persona("Ana")).get("/billetera/movimientos.xml")
    assert respuesta.status_code == 200
    if XSD.exists():
        from lxml import etree

        etree.XMLSchema(etree.parse(XSD)).assertValid(etree.fromstring(respuesta.content))


def test_pdf_de_varias_hojas(libro: Libro, crear_persona: Any, sesion_web: Any) -> None:
    ana = crear_persona("Ana", primer_apellido="Ñandú “Łuk” 漢")
    cuenta = libro.cuenta(titular_id=ana.id)
    mundo = libro.mundo()
    libro.lote(*[{"debito": mundo, "credito": cuenta, "monto": 100, "codigo": 103} for _ in range(120)])

    respuesta = sesion_web(ana).get("/billetera/movimientos.pdf")

    assert respuesta.headers["content-type"] == "application/pdf"
    assert respuesta.content.startswith(b"%PDF-")
    assert respuesta.content.count(b"/Type /Page\n") == 4


def test_mas_filas_que_una_pagina_se_leen_todas_en_orden(
    libro: Libro, crear_persona: Any, sesion_web: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pagos.extractos import extracto

    monkeypatch.setattr(extracto, "POR_PAGINA", 7)
    ana = crear_persona("Ana")
    cuenta, mundo = libro.cuenta(titular_id=ana.id), libro.mundo()
    for entra in (True, False, True):
        pares = (mundo, cuenta) if entra else (cuenta, mundo)
        libro.lote(*[dict(zip(("debito", "credito"), pares, strict=True), monto=10, codigo=103)] * 1)
        libro.lote(
            *[
                {"debito": pares[0], "credito": pares[1], "monto": 1 if not entra else 2, "codigo": 103}
                for _ in range(9)
            ]
        )

    leidas = filas(sesion_web(ana).get("/billetera/movimientos.csv"))

    numeros = [int(f[7]) for f in leidas[2:-1]]
    assert len(numeros) == 30
    assert numeros == sorted(set(numeros))
    assert leidas[-1][4:7] == ["0,56", "0,19", "0,37"]


def test_demasiados_movimientos_se_dice(
    cuentas: Any, sesion: Any, sesion_web: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pagos.extractos.errores import ExtractoDemasiadoLargo
    from pagos.extractos.extracto import preparar_extracto
    from pagos.libro import obtener_cuenta

    _ana, a, _b = cuentas
    cuenta = obtener_cuenta(sesion, a)
    assert preparar_extracto(sesion, cuenta, maximo=2).cantidad == 2
    with pytest.raises(ExtractoDemasiadoLargo, match="más de 1 movimientos"):
        preparar_extracto(sesion, cuenta, maximo=1)


@pytest.mark.parametrize("formato", ["csv", "xml", "pdf"])
def test_fechas_que_no_son(cuentas: Any, sesion_web: Any, formato: str) -> None:
    navegador = sesion_web(cuentas[0])
    for dias in ({"desde": "ayer"}, {"desde": "2026-02-01", "hasta": "2026-01-01"}, {"desde": "2999-01-01"}):
        assert navegador.get(f"/billetera/movimientos.{formato}", params=dias).status_code == 422


@pytest.mark.parametrize("facultad", ["PAGAR", "ADMINISTRAR", "VENDER"])
def test_la_cuenta_de_una_unidad_es_de_quien_paga_o_administra(
    libro: Libro, crear_persona: Any, crear_unidad: Any, con_saldo: Any, sesion_web: Any, facultad: str
) -> None:
    from empresa_digital.registro import Facultad

    persona = crear_persona("Rita")
    unidad = crear_unidad(mandatos=[(persona, [Facultad[facultad]])], representante=crear_persona("Jefa"))
    cuenta = con_saldo(unidad, "10.00")
    navegador = sesion_web(persona)
    espera = 403 if facultad == "VENDER" else 200
    for formato in ("csv", "xml", "pdf"):
        respuesta = navegador.get(f"/billetera/movimientos.{formato}", params={"cuenta": cuenta})
        assert respuesta.status_code == espera


def test_las_ajenas_y_las_de_la_plataforma_no(
    cuentas: Any, libro: Libro, crear_persona: Any, sesion_web: Any
) -> None:
    _ana, a, _b = cuentas
    extranio = sesion_web(crear_persona("Eva"))
    for cuenta in (a, libro.mundo()):
        assert extranio.get("/billetera/movimientos.csv", params={"cuenta": cuenta}).status_code == 403
        assert extranio.get(f"/api/v1/cuentas/{cuenta}/extracto").status_code == 403
    assert extranio.get("/api/v1/cuentas/999999/extracto").status_code == 404


def test_celdas_que_una_hoja_de_calculo_ejecutaria() -> None:
    from nucleo.archivos.tablas import celda

    assert [celda(t) for t in ("=1+1", "+591", "-1", "@SUM(A1)", "\t=1", "Ana\r\n=1", "Ana")] == [
        "'=1+1",
        "'+591",
        "'-1",
        "'@SUM(A1)",
        "'=1",
        "Ana  =1",
        "Ana",
    ]


def test_la_pagina_ofrece_bajar_lo_que_muestra(cuentas: Any, sesion_web: Any) -> None:
    ana, a, _b = cuentas
    pagina = sesion_web(ana).get("/billetera/movimientos", params={"desde": "2020-01-01"}).text
    for formato in ("pdf", "csv", "xml"):
        assert f'href="/billetera/movimientos.{formato}?cuenta={a}&amp;desde=2020-01-01&amp;hasta="' in pagina
