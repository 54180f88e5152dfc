"""A real browser on the whole platform: a citizen pays fees by QR, by code and by card; the entity gives
part back and sees its day; a stranger verifies the receipt; money leaves for a bank and is reconciled.

`QHATU_PRUEBAS_FOTOS=folder` keeps a picture of each page.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.ayudas import navegador
from tests.ayudas.navegador import mirar
from tests.ayudas.viva import PlataformaViva
from tests.jornadas.test_navegador import dice, entrar, pulsar, recargar_hasta

pytestmark = [pytest.mark.lento, pytest.mark.navegador]
NuevaPagina = Callable[..., Any]


def emitir(caja: Any, viva: PlataformaViva, concepto: str) -> tuple[str, bytes]:
    """The entity issues an order of a fixed fee for anybody: its code, and a photo of its QR."""
    caja.goto(f"{viva.url}/cobros/ordenes/nueva")
    pulsar(caja, concepto)
    pulsar(caja, "Emitir")
    foto = caja.locator("svg.cobros-qr").screenshot()
    return caja.locator("figcaption.cobros-cpt").inner_text(), foto


def test_pagar_devolver_y_verificar(plataforma_viva: PlataformaViva, nueva_pagina: NuevaPagina) -> None:
    viva = plataforma_viva
    caja = entrar(nueva_pagina(), viva, "Alberto")
    por_qr, foto = emitir(caja, viva, "Carnet sanitario")
    por_codigo, _ = emitir(caja, viva, "Certificado de residencia")
    con_tarjeta, _ = emitir(caja, viva, "Certificado de residencia")

    paga = entrar(nueva_pagina(ancho=360, javascript=False), viva, "Luis")
    paga.goto(f"{viva.url}/pagar/qr")
    paga.get_by_label("Foto del código QR").set_input_files(
        {"name": "foto.png", "mimeType": "image/png", "buffer": foto}
    )
    pulsar(paga, "Ver qué se paga")
    dice(paga, por_qr)
    pulsar(paga, "Continuar")
    pulsar(paga, "^Pagar")
    dice(paga, "Comprobante")
    recibo = paga.url
    mirar(paga, "recibo")

    paga.goto(f"{viva.url}/pagar")
    paga.get_by_label("Código de pago").fill(por_codigo.replace("-", " "))
    pulsar(paga, "Ver qué se paga")
    pulsar(paga, "Continuar")
    pulsar(paga, "^Pagar")
    dice(paga, "20,00")

    paga.goto(f"{viva.url}/pagar/{con_tarjeta}")
    pulsar(paga, "Pagar con tarjeta")
    paga.get_by_label(re.compile("Paga bien$")).check()
    pulsar(paga, "^Pagar")
    dice(paga, "Pago realizado")
    pulsar(paga, "Ver el comprobante")
    dice(paga, "20,00")

    # The entity gives back part of the first, and sees it in its day.
    recargar_hasta(abrir(caja, viva, por_qr), "Pagada")
    pulsar(caja, "^Devolver")
    caja.get_by_label("Monto a devolver").fill("15,00")
    caja.get_by_label("Motivo").fill("Se cobró de más")
    pulsar(caja, "^Devolver$")
    dice(caja, "20,00")
    abrir(caja, viva, por_qr)
    dice(caja, r"Devuelta en parte[\s\S]*15,00")
    caja.goto(f"{viva.url}/billetera/cobros-del-dia")
    dice(caja, r"Cobrado hoy[\s\S]*Devuelto[\s\S]*Disponible ahora[\s\S]*devuelto Bs\s15,00")
    mirar(caja, "dia")

    # Whoever holds the paper learns that part went back.
    paga.goto(f"{recibo}/verificacion")
    extranio = nueva_pagina(ancho=360, javascript=False)
    extranio.goto(paga.url)
    dice(extranio, r"Comprobante auténtico[\s\S]*se devolvieron Bs\s15,00; quedan pagados Bs\s20,00")
    mirar(extranio, "verificado")
    assert "Luis" not in extranio.locator("main").inner_text()


def abrir(caja: Any, viva: PlataformaViva, cpt: str) -> Any:
    """The order in the entity's desk."""
    caja.goto(f"{viva.url}/cobros?q={cpt}")
    navegador.pulsar(caja.locator("main table a").first)
    return caja


def test_retirar_y_conciliar(plataforma_viva: PlataformaViva, nueva_pagina: NuevaPagina) -> None:
    viva = plataforma_viva
    pide = entrar(nueva_pagina(ancho=360, javascript=False), viva, "Gonzalo")
    pide.goto(f"{viva.url}/billetera/retirar")
    pide.get_by_label("Desde la cuenta").select_option(label=opcion(pide, "Departamental"))
    pide.get_by_label("Monto").fill("1.000,00")
    pide.get_by_label("Banco").select_option("UNION")
    pide.get_by_label("Número de cuenta").fill("1000-2345-6789")
    pide.get_by_label("Titular de la cuenta").fill("Gobernación de Prueba")
    pulsar(pide, "Continuar")
    dice(pide, r"Comisión\s*Bs\s5,00[\s\S]*Sale de su cuenta\s*Bs\s1\.005,00")
    mirar(pide, "retiro")
    pulsar(pide, "Pedir el retiro")
    dice(pide, r"Por enviar al banco[\s\S]*1\.000,00\s*comisión Bs\s5,00")

    regula = entrar(nueva_pagina(), viva, "Rosa")
    regula.goto(f"{viva.url}/regulador/retiros")
    pulsar(regula, "Armar el lote")
    enlace = regula.locator("a[href$='.xml']").first.get_attribute("href")
    xml = regula.request.get(f"{viva.url}{enlace}").text()
    pagos = re.findall(r"<EndToEndId>(QR\w+)</EndToEndId>.*?<InstdAmt[^>]*>([0-9.]+)<", xml, re.DOTALL)
    (extremo,) = [e for e, monto in pagos if monto == "1000.00"]
    camt = (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Ntry>'
        '<Amt Ccy="BOB">1000.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><NtryDtls>'
        f"<TxDtls><Refs><EndToEndId>{extremo}</EndToEndId></Refs></TxDtls></NtryDtls></Ntry></Stmt>"
        "</BkToCstmrStmt></Document>"
    )
    archivo = {"name": "extracto.xml", "mimeType": "application/xml", "buffer": camt.encode()}
    regula.goto(f"{viva.url}/regulador/banco")
    regula.set_input_files("input[name=archivo]", archivo)
    pulsar(regula, "Conciliar")
    dice(regula, r"Nuevos[\s\S]*el retiro quedó pagado")
    mirar(regula, "conciliado")
    pide.goto(f"{viva.url}/billetera/retirar")
    dice(pide, r"Pagado[\s\S]*1\.000,00")


def opcion(pagina: Any, parte: str) -> str:
    """The whole text of the option that contains `parte`."""
    textos = pagina.get_by_label("Desde la cuenta").locator("option").all_inner_texts()
    return next(t for t in textos if parte in t)
