"""The pages: find, pay and verify; the desk of who charges; QR round trip; the receipt as PDF."""

import html
import re
import zlib
from datetime import timedelta
from typing import Any

import lxml.html
import pytest

from empresa_digital.registro import Facultad, NuevoMandato
from empresa_digital.registro.mandatos.otorgar import otorgar_con
from empresa_digital.registro.unidades.bloqueos import bloquear_unidad
from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import nuevo_id
from pagos import cuenta_de_unidad
from pagos.cobros import catalogo, formato_cpt
from pagos.cobros.codigos_qr import qr_de_orden, qr_de_unidad
from pagos.cobros.comprobantes import codigo_de
from pagos.cobros.esquemas import ConceptoPorCrear
from pagos.cobros.modelos import Concepto, Orden
from pagos.cobros.presentar import vencimiento_en_palabras
from pagos.libro.modelos import Transferencia
from pagos.qr import emv as qr
from tests.pagos.cobros.conftest import Caja


def texto(respuesta: Any) -> str:
    plano = re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<script.*?</script>", " ", respuesta.text))
    return " ".join(html.unescape(plano).replace("\u00a0", " ").split())


def oculto(respuesta: Any, nombre: str) -> str:
    hallado = re.search(rf'name="{nombre}" value="([^"]*)"', respuesta.text)
    assert hallado is not None
    return hallado[1]


def codigo_del_pago(id: Any) -> str:
    with transaccion() as sesion:
        return codigo_de(sesion.get_one(Transferencia, id))


def test_de_un_codigo_al_comprobante(caja: Caja, sesion_web: Any, cliente: Any) -> None:
    orden = caja.emitir("60.00", pagador={"tipo": "CI", "documento": "7000001"})
    cpt = formato_cpt(orden.cpt)
    ana = sesion_web(caja.ana)
    assert "Ficha de prueba" in texto(ana.get("/pagar"))  # issued to her name
    assert "Ficha de prueba" not in texto(cliente.get("/pagar"))
    assert ana.get(f"/pagar?codigo=cpt {orden.cpt}").headers["location"] == f"/pagar/{cpt}"
    assert ana.get(f"/pagar/{orden.cpt}").headers["location"] == f"/pagar/{cpt}"
    vista = ana.get(f"/pagar/{cpt}")
    for dicho in ("Bs 60,00", "Municipio de Prueba", "Por pagar", "Se paga hasta el", "Bs 500,00"):
        assert dicho in texto(vista)
    confirmar = ana.get(f"/pagar/{cpt}/confirmar?cuenta={caja.de_ana}")
    datos = {n: oculto(confirmar, n) for n in ("_id", "cuenta", "monto")}
    for _vez in range(2):  # pressing twice pays once
        hecho = ana.post(f"/pagar/{cpt}/confirmar", data=datos)
        assert (hecho.status_code, hecho.headers["location"]) == (303, f"/comprobantes/{datos['_id']}")
    assert (caja.recaudado(), caja.saldo(caja.de_ana)) == (60_00, 440_00)
    assert "/comprobantes/" + datos["_id"] + ".pdf" in ana.get(hecho.headers["location"]).text
    assert "ya está pagada" in texto(ana.get(f"/pagar/{cpt}/confirmar?cuenta={caja.de_ana}"))
    assert "No hace falta pagar nada más" in texto(cliente.get(f"/pagar/{cpt}"))


def test_el_panel_suma_lo_que_la_persona_debe(caja: Caja, sesion_web: Any) -> None:
    for monto in ("100.00", "27.50"):
        caja.emitir(monto, pagador={"tipo": "CI", "documento": caja.ana.ci})

    assert "por Bs\xa0127,50" in sesion_web(caja.ana).get("/panel").text
    assert "Pagar lo que debe" not in sesion_web(caja.luis).get("/panel").text


def test_sin_ingresar_se_ingresa_y_se_vuelve(caja: Caja, cliente: Any) -> None:
    orden = caja.emitir(pagador={"tipo": "CI", "documento": "7000001", "nombre": "Ana Prueba"})
    cpt = formato_cpt(orden.cpt)
    vista = cliente.get(f"/pagar/{cpt}")
    assert f'href="/ingresar?volver=/pagar/{cpt}"' in vista.text
    assert "7000001" not in vista.text
    assert "Ana Prueba" not in vista.text
    antes = caja.foto()
    datos = {"_id": str(nuevo_id()), "cuenta": caja.de_ana, "monto": "100.00"}
    for respuesta in (
        cliente.get(f"/pagar/{cpt}/confirmar"),
        cliente.post(f"/pagar/{cpt}/confirmar", data=datos),
        cliente.post(f"/pagar/{cpt}/tarjeta", data=datos),
    ):
        assert respuesta.status_code == 303
        assert respuesta.headers["location"].startswith("/ingresar?volver=")
    assert caja.foto() == antes


def test_sin_saldo_lleva_a_recargar_y_no_cambia_nada(caja: Caja, sesion_web: Any) -> None:
    orden = caja.emitir("500.01")
    cpt, ana = formato_cpt(orden.cpt), sesion_web(caja.ana)
    assert 'href="/billetera/recargar"' in ana.get(f"/pagar/{cpt}").text
    confirmar = ana.get(f"/pagar/{cpt}/confirmar?cuenta={caja.de_ana}")
    antes = caja.foto()
    datos = {n: oculto(confirmar, n) for n in ("_id", "cuenta", "monto")}
    negado = ana.post(f"/pagar/{cpt}/confirmar", data=datos)
    assert negado.status_code == 409
    assert "Su saldo disponible no alcanza" in texto(negado)
    ajena = ana.post(f"/pagar/{cpt}/confirmar", data=datos | {"cuenta": caja.de_luis})
    assert (ajena.status_code, caja.foto() == antes) == (403, True)


def test_por_partes_valida_el_monto(caja: Caja, sesion_web: Any) -> None:
    orden = caja.emitir("100.00", parcial=True, minimo={"monto": "30.00"})
    cpt, ana = formato_cpt(orden.cpt), sesion_web(caja.ana)
    for monto, dicho in (("29,99", "Bs 30,00"), ("100,01", "no puede pagar más"), ("mucho", "con números")):
        respuesta = ana.get(f"/pagar/{cpt}/confirmar", params={"cuenta": caja.de_ana, "monto": monto})
        assert respuesta.status_code == 422
        assert dicho in texto(respuesta)
        assert f'value="{monto}"' in respuesta.text
    bien = ana.get(f"/pagar/{cpt}/confirmar", params={"cuenta": caja.de_ana, "monto": "30"})
    assert "Pagar Bs 30,00" in texto(bien)


@pytest.mark.parametrize(
    ("escrito", "estado", "dicho"),
    [
        ("4821-0937-5515", 422, "no es correcto"),
        ("4821", 422, "12 números"),
        ("hola", 422, "solo números"),
        ("4821-0937-5514", 404, "no hay una orden"),
    ],
)
def test_un_codigo_malo_se_explica(caja: Caja, cliente: Any, escrito: str, estado: int, dicho: str) -> None:
    for ruta in (f"/pagar?codigo={escrito}", f"/pagar/{escrito}"):
        respuesta = cliente.get(ruta)
        assert (respuesta.status_code, dicho in texto(respuesta)) == (estado, True)
        assert f'value="{escrito}"' in respuesta.text


def test_las_consultas_tienen_cupo(caja: Caja, cliente: Any) -> None:
    estados = [cliente.get("/pagar/4821-0937-5514").status_code for _ in range(31)]
    assert (set(estados[:30]), estados[30]) == ({404}, 429)


def test_estados_honestos(caja: Caja, cliente: Any, reloj: Any) -> None:
    from pagos.cobros.ordenes import anular_orden

    anulada, vencida = caja.emitir(), caja.emitir(vence_en=caja.en(hours=1))
    with transaccion() as sesion:
        anular_orden(sesion, caja.actor(caja.cajera), anulada.id, "Error", 1)
    reloj.adelantar(timedelta(hours=2))
    for orden, dicho in ((anulada, "No la pague por ningún otro medio"), (vencida, "pida una orden nueva")):
        vista = cliente.get(f"/pagar/{formato_cpt(orden.cpt)}")
        assert dicho in texto(vista)
        assert "cobros-qr" not in vista.text.split("<main")[1]
        assert "Ingresar y pagar" not in vista.text


def test_el_vencimiento_se_dice_en_palabras() -> None:
    from datetime import datetime

    from nucleo.reloj import ZONA

    ahora = datetime(2026, 11, 23, 10, 0, tzinfo=ZONA)
    for vence, dicho in (
        (datetime(2026, 12, 2, tzinfo=ZONA), "Se paga hasta el martes 1 de diciembre"),
        (datetime(2026, 11, 24, tzinfo=ZONA), "Se paga hasta hoy, fin del día"),
        (datetime(2026, 11, 23, 18, 30, tzinfo=ZONA), "Se paga hoy, antes de las 18:30"),
        (datetime(2026, 11, 25, tzinfo=ZONA), "Se paga hasta mañana"),
        (datetime(2027, 1, 2, tzinfo=ZONA), "Se paga hasta el viernes 1 de enero de 2027"),
        (datetime(2026, 11, 20, tzinfo=ZONA), "Se podía pagar hasta el 19 de noviembre de 2026"),
    ):
        assert vencimiento_en_palabras(vence, ahora) == dicho


# --- QR -------------------------------------------------------------------------------------------------


def test_qr_de_ida_y_vuelta(caja: Caja, cliente: Any) -> None:
    orden, abierta = caja.emitir("60.00"), caja.emitir("60.00", parcial=True)
    with transaccion() as sesion:
        de_orden, de_abierta = qr_de_orden(sesion, orden), qr_de_orden(sesion, abierta)
        de_unidad = qr_de_unidad(sesion, caja.alcaldia)
    leido = qr.leer(de_orden)
    assert (leido.dinamico, leido.dinero, leido.orden, leido.destino) == (
        True,
        bs("60.00"),
        orden.cpt,
        caja.alcaldia.numero,
    )
    assert leido.vence_en == orden.vence_en.replace(microsecond=0)
    assert qr.leer(de_abierta).dinero is None
    assert (qr.leer(de_unidad).dinamico, qr.leer(de_unidad).orden) == (False, None)
    for ruta, campo in (("/pagar/qr", "texto"), ("/pagar", "codigo")):
        lleva = cliente.get(ruta, params={campo: de_orden})
        assert lleva.headers["location"] == f"/pagar/{formato_cpt(orden.cpt)}"
        lleva = cliente.get(ruta, params={campo: de_unidad})
        assert lleva.headers["location"] == f"/pagar/unidad/{caja.alcaldia.numero}"
    direccion = f"http://127.0.0.1/pagar/{formato_cpt(orden.cpt)}"
    assert cliente.get("/pagar", params={"codigo": direccion}).status_code == 303


def con_crc(cuerpo: str) -> str:
    return cuerpo + qr.crc(cuerpo)


def test_qr_ajeno_alterado_o_vencido_se_explica(
    caja: Caja, crear_unidad: Any, cliente: Any, reloj: Any
) -> None:
    from empresa_digital.registro import Habilitacion

    otra = crear_unidad("Estafa", representante=caja.luis, habilitaciones=[Habilitacion.RECEPTOR_DE_PAGOS])
    orden = caja.emitir("60.00", vence_en=caja.en(hours=1))
    base = {"comercio": "X", "ciudad": "Y"}
    with transaccion() as sesion:
        bueno = qr_de_orden(sesion, orden)
    ajeno = con_crc("00020101021126110007bo.otro5204000053030685802BO5901X6001Y6304")
    casos = {
        bueno[:-1] + ("0" if bueno[-1] != "0" else "1"): "se leyó mal o fue alterado",
        ajeno: "otro sistema de pagos",
        qr.generar(destino=otra.numero, orden=orden.cpt, **base): "no coincide con la orden",
        qr.generar(destino=caja.alcaldia.numero, orden=orden.cpt, monto=bs("60.01"), **base): "no coincide",
        qr.generar(destino=caja.alcaldia.numero, orden="482109375514", **base): "no existe",
        qr.generar(destino="UE-0099999-9", **base): "no está en el registro",
        "https://ejemplo.bo/pagar/4821-0937-5514": "no es de una orden de cobro de Qhatu",
    }
    for payload, dicho in casos.items():
        respuesta = cliente.get("/pagar/qr", params={"texto": payload})
        assert respuesta.status_code == 422, payload
        assert dicho in texto(respuesta), payload
    reloj.adelantar(timedelta(hours=2))
    assert "Este código venció" in texto(cliente.get("/pagar/qr", params={"texto": bueno}))


def test_pago_libre_desde_el_qr_impreso(caja: Caja, sesion_web: Any, cliente: Any) -> None:
    ruta = f"/pagar/unidad/{caja.alcaldia.numero}"
    assert f'href="/ingresar?volver={ruta}"' in cliente.get(ruta).text
    ana = sesion_web(caja.ana)
    assert ana.get(f"{ruta}/confirmar", params={"monto": "0", "cuenta": caja.de_ana}).status_code == 422
    confirmar = ana.get(f"{ruta}/confirmar", params={"monto": "7,20", "cuenta": caja.de_ana})
    datos = {n: oculto(confirmar, n) for n in ("_id", "cuenta", "monto")}
    for _vez in range(2):
        assert (
            ana.post(f"{ruta}/confirmar", data=datos).headers["location"] == f"/comprobantes/{datos['_id']}"
        )
    assert (caja.recaudado(), caja.saldo(caja.de_ana)) == (7_20, 492_80)
    de_vuelta = ana.get(f"{ruta}/confirmar", params={"monto": "7,20", "cuenta": caja.de_ana})
    assert f'href="/comprobantes/{datos["_id"]}"' in de_vuelta.text
    otra = {n: oculto(de_vuelta, n) for n in ("_id", "cuenta", "monto", "visto")}
    sin_ver = {n: v for n, v in otra.items() if n != "visto"}
    assert ana.post(f"{ruta}/confirmar", data=sin_ver).status_code == 409
    assert (caja.recaudado(), caja.saldo(caja.de_ana)) == (7_20, 492_80)
    assert ana.post(f"{ruta}/confirmar", data=otra).status_code == 303
    assert (caja.recaudado(), caja.saldo(caja.de_ana)) == (14_40, 485_60)


def test_buscar_unidades_por_su_numero_se_cuenta_tambien_al_confirmar(
    caja: Caja, sesion_web: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pagos.cobros.web_comprobantes.CONSULTAS_POR_MINUTO", 3)
    ana = sesion_web(caja.ana)
    datos = {"monto": "1", "cuenta": caja.de_ana}
    rutas = ["/pagar/unidad/UE-0000009-9", *["/pagar/unidad/UE-0000009-9/confirmar"] * 3]
    assert [ana.get(r, params=datos).status_code for r in rutas] == [404, 404, 404, 429]


# --- Receipts -------------------------------------------------------------------------------------------


def textos_del_pdf(crudo: bytes) -> str:
    """The drawn text of a document with the built-in fonts."""
    partes = []
    for flujo in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", crudo, re.DOTALL):
        try:
            partes.append(zlib.decompress(flujo))
        except zlib.error:
            continue
    textos = re.findall(rb"\(((?:\\.|[^\\)])*)\) Tj", b"\n".join(partes), re.DOTALL)
    return " ".join(re.sub(rb"\\(.)", rb"\1", t).decode("latin-1") for t in textos)


def test_comprobante_en_pdf(caja: Caja, sesion_web: Any, cliente: Any) -> None:
    orden = caja.emitir("60.00", detalle="Patente de la Ñusta — año 2026", referencia="TR-77")
    pago = caja.pagar(orden)
    ruta = f"/comprobantes/{pago.id}.pdf"
    pdf = sesion_web(caja.ana).get(ruta)
    assert (pdf.status_code, pdf.headers["content-type"]) == (200, "application/pdf")
    assert pdf.content.startswith(b"%PDF-1.")
    assert pdf.content.rstrip().endswith(b"%%EOF")
    assert len(re.findall(rb"/Type /Page\b", pdf.content)) == 1
    dicho = textos_del_pdf(pdf.content)
    for parte in (
        "Bs 60,00",
        "Patente de la Ñusta - año 2026",
        "Municipio de Prueba",
        "Ana Prueba",
        formato_cpt(orden.cpt),
        "TR-77",
    ):
        assert parte in dicho
    assert codigo_del_pago(pago.id) in dicho.replace("- ", "-")
    assert sesion_web(caja.cajera).get(ruta).status_code == 200  # who charged
    assert sesion_web(caja.luis).get(ruta).status_code == 403
    assert cliente.get(ruta).status_code == 303


def test_cualquiera_verifica_sin_ver_datos_de_personas(caja: Caja, cliente: Any, sesion_web: Any) -> None:
    orden = caja.emitir("60.00", pagador={"tipo": "CI", "documento": "7000001", "nombre": "Ana Prueba"})
    pago = caja.pagar(orden)
    codigo = codigo_del_pago(pago.id)
    assert re.fullmatch(r"([A-Z2-7]{4}-){5}[A-Z2-7]{4}", codigo)
    vista = cliente.get(f"/verificar/{codigo}")
    for dicho in ("Comprobante auténtico", "Bs 60,00", "Ficha de prueba", "Municipio de Prueba", "A. P."):
        assert dicho in texto(vista)
    for personal in ("Ana Prueba", "7000001"):
        assert personal not in vista.text
    assert cliente.get(f"/verificar/{codigo.lower().replace('-', '')}").status_code == 200
    assert cliente.get(f"/verificar?codigo={codigo}").headers["location"] == f"/verificar/{codigo}"
    propia = sesion_web(caja.ana).get(f"/comprobantes/{pago.id}/verificacion")
    assert propia.headers["location"] == f"/verificar/{codigo}"


def test_un_codigo_inventado_no_verifica(caja: Caja, cliente: Any) -> None:
    codigo = codigo_del_pago(caja.pagar(caja.emitir("60.00")).id)
    otra = "A" if codigo[-1] != "A" else "B"
    for falso in (codigo[:-1] + otra, "AAAA-AAAA-" + codigo[10:-2] + "QQ", "hola", "A" * 24, "ñ" * 24):
        respuesta = cliente.get(f"/verificar/{falso}")
        assert respuesta.status_code == 404
        assert "auténtico" not in texto(respuesta)


# --- Who charges ----------------------------------------------------------------------------------------


def test_emitir_desde_la_pagina_y_ver_el_escritorio(caja: Caja, sesion_web: Any) -> None:
    cajera, numero = sesion_web(caja.cajera), caja.alcaldia.numero
    ruta = f"/cobros/ordenes/nueva?unidad={numero}&concepto=otro"
    id = oculto(cajera.get(ruta), "_id")
    malo = cajera.post(
        ruta,
        data={
            "_id": id,
            "lineas.1.descripcion": "Ficha",
            "lineas.1.precio": "x",
            "pagador.documento": "?",
        },
    )
    assert malo.status_code == 422
    for donde in ("lineas.1.precio", "pagador.documento"):
        assert f'href="#{donde}"' in malo.text
    vacia = cajera.post(ruta, data={"_id": id, "lineas.0.cantidad": ""})
    for donde in ("lineas.0.descripcion", "detalle"):
        assert f'href="#{donde}"' in vacia.text
    datos = {
        "_id": id,
        "detalle": "Alquiler de salón",
        "lineas.0.descripcion": "Salón, por hora",
        "lineas.0.cantidad": "2,5",
        "lineas.0.precio": "40,10",
        "pagador.tipo": "CI",
        "pagador.documento": "7.000.001",
        "parcial": "1",
        "minimo": "20",
        "vence": "2030-01-31",
        "referencia": "SAL-9",
    }
    for _vez in range(2):  # pressing twice issues one
        hecho = cajera.post(ruta, data=datos)
        assert hecho.status_code == 303
    vista = texto(cajera.get(hecho.headers["location"]))
    for dicho in ("Bs 100,25", "Alquiler de salón", "CI 7000001", "SAL-9", "Sí, desde Bs 20,00"):
        assert dicho in vista
    with transaccion() as sesion:
        from sqlmodel import select

        (orden,) = sesion.exec(select(Orden)).all()
    assert orden.vence_en.isoformat() == "2030-02-01T04:00:00+00:00"  # the end of January 31 in Bolivia
    caja.pagar(orden, monto=bs("20.00"))
    escritorio = texto(cajera.get(f"/cobros?unidad={numero}"))
    for dicho in ("Bs 20,00 Cobrado hoy", "Bs 80,25 Por cobrar", "Pagada en parte 1"):
        assert dicho in escritorio
    for q, hay in ((orden.cpt, True), ("SAL-9", True), ("7000001", True), ("SAL-8", False)):
        assert ("Alquiler de salón" in texto(cajera.get("/cobros", params={"q": q}))) is hay
    antes = caja.foto()
    anular = f"/cobros/ordenes/{orden.id}/anular"
    assert cajera.post(anular, data={"_version": "2", "motivo": "x"}).status_code == 409
    assert cajera.post(anular, data={"_version": "1", "motivo": "x"}).status_code == 412
    assert caja.foto() == antes


TERMINO = ("etiqueta", "unidad", "tarifa")


def test_conceptos_desde_la_pagina(caja: Caja, sesion_web: Any) -> None:
    alberto, numero = sesion_web(caja.alberto), caja.alcaldia.numero
    datos = {
        "codigo": "pat-fun",
        "nombre": "Patente",
        "norma": "Ley 1",
        "cobro.modo": "formula",
        "cobro.formula.base": "50",
        "cobro.formula.terminos.0.etiqueta": "Superficie útil",
        "cobro.formula.terminos.0.unidad": "m²",
        "cobro.formula.terminos.0.tarifa": "2,35",
        "vigente_desde": "2026-01-01",
    }
    ruta = f"/cobros/conceptos/nuevo?unidad={numero}"
    malo = alberto.post(ruta, data=datos | {"norma": "", "cobro.formula.terminos.0.tarifa": "-1"})
    assert malo.status_code == 422
    faltas = lxml.html.fromstring(malo.text).xpath("//*[@class='resumen-errores']//a/@href")
    assert faltas == ["#norma", "#cobro.formula.terminos.0.tarifa"]
    sin_modo = alberto.post(ruta, data={n: v for n, v in datos.items() if not n.startswith("cobro.")})
    faltas = lxml.html.fromstring(sin_modo.text).xpath("//*[@class='resumen-errores']//li")
    assert [f.text_content() for f in faltas] == ["Elija una opción de la lista."]
    vacia = alberto.post(ruta, data=datos | {f"cobro.formula.terminos.0.{n}": "" for n in TERMINO})
    assert 'href="#cobro.formula.terminos.0.etiqueta"' in vacia.text
    assert alberto.post(ruta, data=datos).status_code == 303
    cruzado = alberto.post(ruta, data=datos)
    assert (cruzado.status_code, "Se cruza con otra versión" in texto(cruzado)) == (409, True)
    assert "Según fórmula" in texto(alberto.get(f"/cobros/conceptos?unidad={numero}"))
    nueva = f"/cobros/ordenes/nueva?unidad={numero}&concepto=PAT-FUN"
    superficie = {"variables.0.variable": oculto(alberto.get(nueva), "variables.0.variable")}
    assert superficie == {"variables.0.variable": "superficie_util"}
    falta = alberto.post(nueva, data=superficie | {"variables.0.valor": ""})
    assert (falta.status_code, 'href="#variables.0.valor"' in falta.text) == (422, True)
    hecho = alberto.post(nueva, data=superficie | {"variables.0.valor": "24,5"})
    assert "Bs 107,58" in texto(alberto.get(hecho.headers["location"]))


def como_se_ve(pagina: Any, ruta: str) -> dict[str, str]:
    """What a browser would send back of a form without touching it."""
    (formulario,) = lxml.html.fromstring(pagina.text).xpath(f"//form[@action='{ruta}']")
    return {nombre: valor or "" for nombre, valor in formulario.fields.items()}


def test_editar_un_concepto_cambia_solo_lo_que_se_toco(caja: Caja, sesion_web: Any) -> None:
    terminos = [
        {"variable": f"v{i}", "etiqueta": f"Parte {i}", "unidad": "m", "tarifa": f"0.{i}50000"}
        for i in range(1, 6)
    ]
    nuevo = ConceptoPorCrear.model_validate(
        {
            "unidad_id": caja.alcaldia.id,
            "codigo": "CINCO",
            "nombre": "De cinco partes",
            "norma": "Ley 1",
            "codigo_sin": "84",
            "formula": {"terminos": terminos},
            "vigente_desde": "2026-01-01",
            "vigente_hasta": "2026-12-31",
        }
    )
    with transaccion() as sesion:
        concepto = catalogo.crear_concepto(sesion, caja.actor(caja.alberto), nuevo)
    formula = concepto.formula
    alberto, ruta = sesion_web(caja.alberto), f"/cobros/conceptos/{concepto.id}"

    def ahora() -> Concepto:
        with transaccion() as sesion:
            return sesion.get_one(Concepto, concepto.id)

    datos = como_se_ve(alberto.get(ruta), ruta)
    assert datos["cobro.formula.terminos.4.tarifa"] == "0,55"
    cambios = {"nombre": "Otro nombre", "codigo_sin": "", "vigente_hasta": ""}
    assert alberto.post(ruta, data=datos | cambios).status_code == 303
    quedo = ahora()
    assert (quedo.nombre, quedo.codigo_sin, quedo.vigente_hasta) == ("Otro nombre", None, None)
    assert (quedo.formula, quedo.norma, quedo.version) == (formula, "Ley 1", 2)

    viejo = alberto.post(ruta, data=datos | {"norma": "Ley 2"})  # somebody else changed it meanwhile
    assert (viejo.status_code, ahora()) == (412, quedo)
    assert "ahora dice «Otro nombre»" in texto(viejo)
    corregido = como_se_ve(viejo, ruta)
    assert (corregido["norma"], corregido["nombre"]) == ("Ley 2", "Otro nombre")
    fijo = {"cobro.modo": "monto", "cobro.monto": "12,50"}
    sin_monto = alberto.post(ruta, data=corregido | fijo | {"cobro.monto": ""})
    assert (sin_monto.status_code, 'href="#cobro.monto"' in sin_monto.text) == (422, True)
    assert ahora() == quedo
    assert alberto.post(ruta, data=corregido | fijo).status_code == 303
    quedo = ahora()
    assert (quedo.norma, quedo.monto, quedo.formula) == ("Ley 2", bs("12.50"), None)


def test_cada_pagina_de_quien_cobra_pide_su_facultad(caja: Caja, sesion_web: Any, cliente: Any) -> None:
    orden, numero = caja.emitir(), caja.alcaldia.numero
    rutas = [
        f"/cobros?unidad={numero}",
        f"/cobros/qr?unidad={numero}",
        f"/cobros/conceptos?unidad={numero}",
        f"/cobros/conceptos/nuevo?unidad={numero}",
        f"/cobros/ordenes/nueva?unidad={numero}",
        f"/cobros/ordenes/{orden.id}",
    ]
    ana, cajera, alberto = sesion_web(caja.ana), sesion_web(caja.cajera), sesion_web(caja.alberto)
    for ruta in rutas:
        assert cliente.get(ruta).status_code == 303, ruta
        assert ana.get(ruta).status_code == (404 if str(orden.id) in ruta else 403), ruta
        assert alberto.get(ruta).status_code == 200, ruta
        assert cajera.get(ruta).status_code == (403 if "conceptos/nuevo" in ruta else 200), ruta
    antes = caja.foto()
    for ruta in (f"/cobros/ordenes/nueva?unidad={numero}", f"/cobros/ordenes/{orden.id}/anular"):
        negado = 404 if str(orden.id) in ruta else 403
        assert ana.post(ruta, data={"_version": "1", "motivo": "x"}).status_code == negado
    assert cajera.post(f"/cobros/conceptos/nuevo?unidad={numero}", data={"codigo": "X"}).status_code == 403
    assert ana.get("/cobros").status_code == 403  # no unit of hers may charge
    assert caja.foto() == antes


def test_no_se_ofrece_la_cuenta_que_otros_tendrian_que_firmar(
    caja: Caja, sesion_web: Any, crear_unidad: Any
) -> None:
    """Who pays for a unit only together with others pays nothing of these alone, and is not offered it."""
    sal = crear_unidad("Cooperativa de la sal", representante=caja.luis)
    with transaccion() as sesion:
        suya = cuenta_de_unidad(sesion, sal.id)
        conjunto = NuevoMandato(
            facultades=(Facultad.PAGAR,), persona_id=caja.ana.id, firmas=2, grupo=nuevo_id()
        )
        unidad = bloquear_unidad(sesion, sal.id)
        otorgar_con(sesion, unidad, Autorizacion.propia(Actor.sistema("prueba")), conjunto)
    cpt = formato_cpt(caja.emitir("60.00").cpt)
    ana, luis = sesion_web(caja.ana), sesion_web(caja.luis)
    antes = caja.foto()
    opcion = f'value="{suya}"'
    for ruta in (f"/pagar/{cpt}", f"/pagar/unidad/{caja.alcaldia.numero}", "/billetera/enviar"):
        assert (opcion in ana.get(ruta).text, opcion in luis.get(ruta).text) == (False, True), ruta
    for ruta in (
        f"/pagar/{cpt}/confirmar?cuenta={suya}",
        f"/pagar/unidad/{caja.alcaldia.numero}/confirmar?cuenta={suya}&monto=5",
        f"/billetera/enviar?cuenta={suya}",
    ):
        negada = ana.get(ruta)
        assert (negada.status_code, "con la firma de otros" in texto(negada)) == (403, True), ruta
    billetera = f"/billetera?cuenta={suya}"
    enviar = f"/billetera/enviar?cuenta={suya}"
    assert (enviar in ana.get(billetera).text, enviar in luis.get(billetera).text) == (False, True)
    assert caja.foto() == antes
