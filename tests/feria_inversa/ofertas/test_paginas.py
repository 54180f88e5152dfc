"""What who bids sees of their bid: for which unit, what goes with it, and what became of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import lxml.html

from empresa_digital.registro import Facultad
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.calificar import calificar
from feria_inversa.evaluacion.esquemas import CalificacionEntrada, DecisionEntrada
from feria_inversa.procesos.convocatorias import publicar_convocatoria
from feria_inversa.procesos.documentos import pedir_documentos
from feria_inversa.procesos.esquemas import EnmiendaEntrada, PedidoEntrada
from feria_inversa.procesos.versiones import enmendar, suspender
from nucleo.bd import transaccion
from nucleo.reloj import ahora
from tests.ayudas.formularios import como_se_pinta
from tests.feria_inversa.conftest import Feria, item

ITEMS = [item("Silla", "10", "100.00")]
MOTIVO = "Lo pidieron varios proveedores."


def _lista(navegador: Any) -> dict[str, str]:
    """The state of each of one's bids, by its address."""
    filas = lxml.html.fromstring(navegador.get("/ofertas").text).cssselect("tbody tr")
    return {
        str(fila.cssselect("a")[0].get("href")): " ".join(
            " ".join(fila.cssselect("td")[-1].itertext()).split()
        )
        for fila in filas
    }


def test_se_elige_por_cual_de_las_unidades_se_oferta(feria: Feria, sesion_web: Any) -> None:
    """With several, none comes chosen; with one, or by a link that says which, nothing is asked again."""
    id_ = feria.publicada(items=ITEMS).id
    ruta = f"/feria/{id_}/ofertar"
    ana = sesion_web(feria.ana.persona)
    assert como_se_pinta(ana.get(ruta).text, ruta)["unidad_id"] == str(feria.ana.id)
    otra = feria.crear_parte("Aceites Ana", facultades=(Facultad.OFERTAR,), persona=feria.ana.persona)
    pintado = como_se_pinta(ana.get(ruta).text, ruta)
    assert pintado["unidad_id"] == ""
    oferta = pintado | {"lineas.1.precio_unitario": "90", "lineas.1.marca": "Artesanal"}
    sin_elegir = ana.post(ruta, data=oferta)
    assert (sin_elegir.status_code, "Elija por qué unidad oferta." in sin_elegir.text) == (422, True)
    con_cual = ana.get(f"{ruta}?unidad_id={otra.id}").text
    assert como_se_pinta(con_cual, ruta)["unidad_id"] == str(otra.id)
    preguntas = f"/feria/{id_}/preguntas"
    assert como_se_pinta(ana.get(preguntas).text, preguntas)["unidad_id"] == ""


def test_lo_que_pide_la_entidad_se_lee_al_ofertar(feria: Feria, sesion_web: Any) -> None:
    id_ = feria.borrador(ITEMS).id
    with transaccion() as sesion:
        pedidos = [PedidoEntrada(nombre="Registro sanitario", subsanable=False)]
        pedir_documentos(sesion, feria.entidad.actor, id_, pedidos)
        publicar_convocatoria(sesion, feria.entidad.actor, id_, ahora() + timedelta(days=10))
    ana, ruta = sesion_web(feria.ana.persona), f"/feria/{id_}/ofertar"
    paso_uno = ana.get(ruta).text
    escrito = {"lineas.1.precio_unitario": "90", "lineas.1.marca": "Artesanal"}
    revise = ana.post(ruta, data=como_se_pinta(paso_uno, ruta) | escrito).text
    assert "Total de su oferta" in revise
    recibo = ana.get(f"/ofertas/{feria.ofertar(feria.ana, id_, ['90.00'])}").text
    for dicho in (paso_uno, revise, recibo):
        assert "Registro sanitario" in dicho
        assert "si falta, la oferta queda fuera" in dicho


def test_mis_ofertas_dicen_que_fue_de_cada_una(feria: Feria, sesion_web: Any, reloj: Any) -> None:
    """Of the bid, not of its process: what it waits for while it may be mended, and whether it won."""
    id_ = feria.publicada(items=ITEMS).id
    de_ana, de_beto = (feria.ofertar(p, id_, ["90.00"]) for p in (feria.ana, feria.beto))

    def dice(oferta_id: UUID, en_lista: str, en_recibo: str) -> str:
        quien = sesion_web(feria.ana.persona if oferta_id == de_ana else feria.beto.persona)
        assert _lista(quien)[f"/ofertas/{oferta_id}"] == en_lista
        recibo = quien.get(f"/ofertas/{oferta_id}").text
        assert lxml.html.fromstring(recibo).cssselect(".encabezado .insignia")[0].text_content().strip() == (
            en_recibo
        )
        return str(recibo)

    assert "Su oferta está" in dice(de_ana, "En sobre cerrado", "En sobre cerrado")
    with transaccion() as sesion:
        enmendar(sesion, feria.entidad.actor, id_, EnmiendaEntrada(motivo=MOTIVO, titulo="Sillas y más"))
    cambiada = dice(de_ana, "Falta reconfirmarla Reconfirmarla", "Falta reconfirmarla")
    assert "Su oferta está" not in cambiada
    with transaccion() as sesion:
        otros = [item("Silla", "12", "100.00")]
        enmendar(sesion, feria.entidad.actor, id_, EnmiendaEntrada(motivo=MOTIVO, items=otros))
    cambiada = dice(de_ana, "Hay que presentar otra Presentar otra oferta", "Hay que presentar otra")
    assert f"/feria/{id_}/ofertar?unidad_id={feria.ana.id}" in cambiada
    de_ana, de_beto = (
        feria.ofertar(parte, id_, [precio], reemplazar=True)
        for parte, precio in ((feria.ana, "80.00"), (feria.beto, "85.00"))
    )
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)
    dice(de_beto, "En evaluación", "En evaluación")
    (suyo,) = feria.items(id_)
    with transaccion() as sesion:
        adjudicar(sesion, feria.entidad.actor, id_, [DecisionEntrada(item_id=suyo.id, oferta_id=de_ana)])
    dice(de_ana, "Ganó", "Ganó")
    dice(de_beto, "No ganó", "No ganó")


def test_sin_calificar_no_se_decide_por_su_pagina(feria: Feria, sesion_web: Any, reloj: Any) -> None:
    """Every bid waits for its documents to be looked at: «desierto» would be the only one to choose."""
    id_ = feria.borrador(ITEMS).id
    with transaccion() as sesion:
        pedidos = [PedidoEntrada(nombre="Registro sanitario", subsanable=False)]
        pedir_documentos(sesion, feria.entidad.actor, id_, pedidos)
        publicar_convocatoria(sesion, feria.entidad.actor, id_, ahora() + timedelta(days=10))
    oferta_id = feria.ofertar(feria.ana, id_, ["90.00"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)
    entidad, base = sesion_web(feria.entidad.persona), f"/compras/{id_}"
    pagina = entidad.get(base).text
    assert "primero califique las ofertas" in pagina
    assert "Declarar desierto" not in pagina
    assert "Bs\u00a090,00 por unidad · Artesanal" in entidad.get(f"{base}/calificacion").text
    revisada = {"documentos": [{"numero": 1, "presente": True}], "oferta_id": oferta_id}
    with transaccion() as sesion:
        entrada = CalificacionEntrada.model_validate({"revisadas": [revisada]})
        calificar(sesion, feria.entidad.actor, id_, entrada)
    pagina = entidad.get(base).text
    assert como_se_pinta(pagina, f"{base}/adjudicacion")["decisiones.1.oferta_id"] == str(oferta_id)


def test_no_hay_dos_modalidades_que_se_lean_igual(cliente: Any) -> None:
    for ruta in ("/feria", "/feria/planes"):
        opciones = lxml.html.fromstring(cliente.get(ruta).text).cssselect("[name=modalidad] option")
        assert len(opciones) > 3
        assert len({o.text for o in opciones}) == len({o.get("value") for o in opciones}) == len(opciones)


def test_lo_que_se_adjudica_junto_se_compara_con_su_referencia_entera(feria: Feria, sesion_web: Any) -> None:
    """One item over its own reference is no fault while the whole is not."""
    items = [item("Silla", "10", "100.00"), item("Mesa", "1", "500.00")]
    id_ = feria.publicada(items=items, adjudica_por="total").id
    ana, ruta = sesion_web(feria.ana.persona), f"/feria/{id_}/ofertar"
    oferta = como_se_pinta(ana.get(ruta).text, ruta) | {
        "lineas.1.precio_unitario": "90,00",
        "lineas.1.marca": "Artesanal",
        "lineas.1.detalle": "De cedro, con respaldo",
        "lineas.2.precio_unitario": "600,00",
        "lineas.2.marca": "Artesanal",
    }
    cabe = ana.post(ruta, data=oferta).text
    assert ("Bs\u00a01.500,00" in cabe, "De cedro, con respaldo" in cabe) == (True, True)
    assert "así no puede ganar" not in cabe
    assert "así no puede ganar" in ana.post(ruta, data=oferta | {"lineas.2.precio_unitario": "600,01"}).text


def test_lo_que_no_recibe_ofertas_lleva_a_su_pagina(feria: Feria, sesion_web: Any, reloj: Any) -> None:
    id_ = feria.publicada(items=ITEMS).id
    ana, ruta = sesion_web(feria.ana.persona), f"/feria/{id_}/ofertar"
    caro = como_se_pinta(ana.get(ruta).text, ruta)
    caro |= {"lineas.1.precio_unitario": "100,01", "lineas.1.marca": "Artesanal"}
    assert "así no puede ganar" in ana.post(ruta, data=caro).text
    with transaccion() as sesion:
        suspender(sesion, feria.entidad.actor, id_, MOTIVO)
    assert ana.get(ruta).headers["location"] == f"/feria/{id_}"
    assert ana.post(ruta, data=caro | {"presentar": "1"}).status_code == 409
