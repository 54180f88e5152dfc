"""Lots, as each kind of visitor sees them, without JavaScript."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from feria_inversa.ofertas.modelos import Oferta
from nucleo.reloj import ZONA
from tests.feria_inversa.conftest import SUCRE, Feria
from tests.feria_inversa.lotes.test_lotes import ITEMS, LOTES, por_lotes

UN_ITEM = {"cantidad": "10", "unidad_medida": "pieza", "precio_referencial": "100,00"}


def _oculto(html: str, nombre: str) -> str:
    hallado = re.search(rf'name="{nombre}" value="([^"]*)"', html)
    assert hallado, nombre
    return hallado[1]


def test_un_proceso_por_lotes_de_punta_a_punta(
    feria: Feria, sesion: Session, sesion_web: Any, reloj: Any, cliente: Any
) -> None:
    entidad, ana = sesion_web(feria.entidad.persona), sesion_web(feria.ana.persona)
    formulario = entidad.get("/compras/nueva").text
    datos = {
        "_id": _oculto(formulario, "_id"),
        "unidad_id": _oculto(formulario, "unidad_id"),
        "titulo": "Muebles y útiles de la escuela",
        "categoria": "bienes",
        "municipio_ine": SUCRE,
        "plazo_entrega_dias": "45",
        "adjudica_por": "item",
        "lotes": "Muebles\r\n\r\nÚtiles\r\n",
    }
    negada = entidad.post("/compras/nueva", data=datos)
    assert negada.status_code == 422
    assert "Escriba lotes solo si adjudica por lote." in negada.text
    assert entidad.post("/compras/nueva", data=datos | {"adjudica_por": "lote"}).status_code == 303
    base = f"/compras/{datos['_id']}"
    guardado = entidad.get(f"{base}/datos").text
    assert "Muebles\nÚtiles</textarea>" in guardado
    assert guardado.count('<details class="despliegue">') == 3  # of what was said, it is open
    assert '<details class="despliegue" open><summary>Adjudicar por lotes, o todo junto' in guardado
    assert formulario.count('<details class="despliegue">') == 4
    for que, lote in (("Silla", "1"), ("Mesa", "1"), ("Cuaderno", "")):
        item = {
            "descripcion": que,
            "cantidad": "10",
            "unidad_medida": "pieza",
            "precio_referencial": "100,00",
        }
        assert entidad.post(f"{base}/items", data=item | {"lote": lote}).status_code == 303
    items = entidad.get(f"{base}/items").text
    assert items.count("Lote 1: Muebles") == 2
    assert items.count("Sin lote") == 1
    cierre = (reloj.ahora() + timedelta(days=10)).astimezone(ZONA).strftime("%Y-%m-%dT%H:%M")
    corta = entidad.post(f"{base}/publicar", data={"modalidad": "CM", "vence_en": cierre})
    assert corta.status_code == 422
    assert "Diga de qué lote son estos ítems: 3." in corta.text
    assert entidad.post(f"{base}/items/quitar", data={"quitar": "3"}).status_code == 303
    item = {
        "descripcion": "Cuaderno",
        "cantidad": "10",
        "unidad_medida": "pieza",
        "precio_referencial": "10,00",
    }
    assert entidad.post(f"{base}/items", data=item | {"lote": "2"}).status_code == 303
    assert entidad.post(f"{base}/publicar", data={"modalidad": "CM", "vence_en": cierre}).status_code == 303

    publica = cliente.get(f"/feria/{datos['_id']}").text
    assert publica.index("Lote 1: Muebles") < publica.index("Mesa") < publica.index("Lote 2: Útiles")
    assert "Cada lote se oferta y se adjudica entero." in publica
    ofertar = f"/feria/{datos['_id']}/ofertar"
    formulario = ana.get(ofertar).text
    assert "De un lote ponga precio a todos sus ítems" in formulario
    oferta = {
        "_id": _oculto(formulario, "_id"),
        "unidad_id": _oculto(formulario, "unidad_id"),
        "version": "1",
        "lineas.1.precio_unitario": "90,00",
        "lineas.1.marca": "Artesanal",
    }
    parcial = ana.post(ofertar, data=oferta | {"presentar": "1"})
    assert parcial.status_code == 422
    assert "Lote 1: falta el precio de 2." in parcial.text
    assert sesion.exec(select(Oferta)).all() == []
    sesion.rollback()
    oferta |= {"lineas.2.precio_unitario": "80,00", "lineas.2.marca": "Artesanal", "presentar": "1"}
    assert ana.post(ofertar, data=oferta).status_code == 303
    reloj.adelantar(timedelta(days=10, seconds=1))
    entidad = sesion_web(feria.entidad.persona)
    assert entidad.post(f"{base}/apertura").status_code == 303

    gestion = entidad.get(base).text
    assert "Está elegido el total más bajo que se puede adjudicar" in gestion
    assert "Bs\xa01.700,00" in gestion
    assert "Lote 2: nadie lo ofertó." in gestion
    decision = {
        "decisiones.1.oferta_id": datos["_id"],
        "decisiones.3.oferta_id": "desierto",
        "decisiones.3.motivo": "Nadie ofertó los útiles.",
    }
    otra = entidad.post(f"{base}/adjudicacion", data=decision)
    assert otra.status_code == 422
    assert "Lote 1: esa oferta no cotiza todos sus ítems." in otra.text
    decision["decisiones.1.oferta_id"] = oferta["_id"]
    assert entidad.post(f"{base}/adjudicacion", data=decision).status_code == 303
    resultado = cliente.get(f"/feria/{datos['_id']}").text
    assert "Ofertas: Lote 1: Muebles" in resultado
    assert "Nadie ofertó los útiles." in resultado
    (suelta,) = re.findall(r'name="item_id" value="([^"]*)"', entidad.get(base).text)
    assert suelta == str(feria.items(UUID(datos["_id"]))[0].id)


def test_la_api_dice_los_lotes(feria: Feria, cliente: Any) -> None:
    id_ = por_lotes(feria)
    dicho = cliente.get(f"/api/v1/convocatorias/{id_}").json()
    assert dicho["adjudica_por"] == "lote"
    assert [(lote["numero"], lote["nombre"]) for lote in dicho["lotes"]] == [(1, LOTES[0]), (2, LOTES[1])]
    assert dicho["lotes"][0]["total_referencial"] == {"monto": "2000.00", "moneda": "BOB"}
    assert [i["lote"] for i in dicho["items"]] == [i.lote for i in ITEMS]
    suelta = cliente.get(f"/api/v1/convocatorias/{feria.publicada().id}").json()
    assert (suelta["adjudica_por"], suelta["lotes"]) == ("item", [])


def test_la_enmienda_de_un_item_pregunta_su_lote(feria: Feria, sesion_web: Any) -> None:
    entidad = sesion_web(feria.entidad.persona)
    con, sin = por_lotes(feria), feria.publicada().id
    assert "1. Muebles</option>" in entidad.get(f"/compras/{con}/cambios?item=1").text
    assert 'name="lote"' not in entidad.get(f"/compras/{sin}/cambios?item=1").text
