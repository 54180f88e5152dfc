"""The pages, as each kind of visitor goes through them, without JavaScript."""

import re
from datetime import timedelta
from typing import Any

from sqlmodel import Session, select

from feria_inversa.contratos.modelos import OrdenDeCompra
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.dinero import bs
from nucleo.ids import nuevo_id
from nucleo.reloj import ZONA
from tests.feria_inversa.conftest import SUCRE, Feria


def _oculto(html: str, nombre: str) -> str:
    hallado = re.search(rf'name="{nombre}" value="([^"]*)"', html)
    assert hallado, nombre
    return hallado[1]


def test_la_historia_entera_por_las_paginas(
    feria: Feria, sesion: Session, sesion_web: Any, reloj: Any, cliente: Any
) -> None:
    entidad = sesion_web(feria.entidad.persona)
    ana = sesion_web(feria.ana.persona)

    formulario = entidad.get("/compras/nueva").text
    datos = {
        "_id": _oculto(formulario, "_id"),
        "unidad_id": _oculto(formulario, "unidad_id"),
        "titulo": "Chompas de lana para albergue",
        "categoria": "bienes",
        "descripcion": "Tallas variadas.",
        "municipio_ine": SUCRE,
        "plazo_entrega_dias": "45",
    }
    creada = entidad.post("/compras/nueva", data=datos)
    assert creada.status_code == 303
    otra_vez = entidad.post("/compras/nueva", data=datos)
    assert otra_vez.headers["location"] == creada.headers["location"] == f"/compras/{datos['_id']}/items"

    item = {"descripcion": "Chompa de alpaca", "cantidad": "120", "unidad_medida": "pieza"}
    malo = entidad.post(creada.headers["location"], data=item | {"precio_referencial": "gratis"})
    assert malo.status_code == 422
    assert "Escriba el precio con números" in malo.text
    assert 'value="120"' in malo.text
    assert (
        entidad.post(creada.headers["location"], data=item | {"precio_referencial": "95,50"}).status_code
        == 303
    )

    publicar = f"/compras/{datos['_id']}/publicar"
    assert "Bs\xa011.460,00" in entidad.get(publicar).text
    pronto = (reloj.ahora() + timedelta(days=1)).astimezone(ZONA).strftime("%Y-%m-%dT%H:%M")
    corto = entidad.post(publicar, data={"modalidad": "ANPE", "vence_en": pronto})
    assert corto.status_code == 422
    assert "corresponde CM" in corto.text
    assert "ese mínimo está por confirmar" in corto.text
    cierre = (reloj.ahora() + timedelta(days=10)).astimezone(ZONA)
    assert (
        entidad.post(
            publicar, data={"modalidad": "CM", "vence_en": cierre.strftime("%Y-%m-%dT%H:%M")}
        ).status_code
        == 303
    )

    lista = cliente.get("/feria").text
    assert "Chompas de lana para albergue" in lista
    detalle = f"/feria/{datos['_id']}"
    assert "Ingresar y ofertar" in cliente.get(detalle).text
    assert "Preparar mi oferta" in ana.get(detalle).text
    assert "Es de su entidad" in entidad.get(detalle).text

    formulario = ana.get(f"{detalle}/ofertar").text
    oferta = {
        "_id": _oculto(formulario, "_id"),
        "unidad_id": _oculto(formulario, "unidad_id"),
        "lineas.1.precio_unitario": "90,25",
        "lineas.1.marca": "Artesanal",
        "lineas.1.plazo_dias": "30",
    }
    revision = ana.post(f"{detalle}/ofertar", data=oferta)
    assert revision.status_code == 200
    assert "Bs\xa010.830,00" in revision.text
    assert sesion.exec(select(Oferta)).all() == []
    sesion.rollback()
    presentada = ana.post(f"{detalle}/ofertar", data=oferta | {"presentar": "1"})
    assert presentada.headers["location"] == f"/ofertas/{oferta['_id']}"
    repetida = ana.post(f"{detalle}/ofertar", data=oferta | {"presentar": "1"})
    assert repetida.headers["location"] == presentada.headers["location"]
    recibo = ana.get(presentada.headers["location"]).text
    assert "sobre cerrado" in recibo
    assert "90,25" not in recibo
    assert cliente.get(f"{detalle}/acta").status_code == 409
    assert "10.830" not in entidad.get(f"/compras/{datos['_id']}").text + cliente.get(detalle).text

    reloj.adelantar(timedelta(days=10, minutes=1))
    entidad, ana = sesion_web(feria.entidad.persona), sesion_web(feria.ana.persona)
    assert "Abrir los sobres" in entidad.get(f"/compras/{datos['_id']}").text
    assert entidad.post(f"/compras/{datos['_id']}/apertura").status_code == 303
    evaluacion = entidad.get(f"/compras/{datos['_id']}").text
    acta = cliente.get(f"{detalle}/acta").text
    assert feria.entidad.actor.nombre in acta
    assert re.search(r"<code[^>]*>[0-9a-f]{64}</code>", acta)
    assert "Bs\xa010.830,00" in evaluacion
    sin_motivo = entidad.post(
        f"/compras/{datos['_id']}/adjudicacion", data={"decisiones.1.oferta_id": "desierto"}
    )
    assert sin_motivo.status_code == 422
    assert "explique por qué lo declara desierto" in sin_motivo.text
    decision = {"decisiones.1.oferta_id": oferta["_id"], "decisiones.1.motivo": ""}
    assert entidad.post(f"/compras/{datos['_id']}/adjudicacion", data=decision).status_code == 303
    assert entidad.post(f"/compras/{datos['_id']}/ordenes").status_code == 303

    orden = sesion.exec(select(OrdenDeCompra)).one()
    assert orden.total == bs("10830.00")
    impresa = cliente.get(f"/ordenes-de-compra/{orden.id}").text
    assert orden.numero in impresa
    assert "Chompa de alpaca" in impresa
    publica = cliente.get(detalle).text
    assert "Adjudicada" in publica
    assert f"/ocds/releases/ocds-qhatu0-{sesion.exec(select(Convocatoria.cuce)).one()}" in publica
    assert "Orden de compra" in ana.get(presentada.headers["location"]).text
    assert "Chompas de lana" in ana.get("/ofertas").text
    assert "Terminadas" in entidad.get("/compras").text


def test_quien_no_compra_no_entra_al_panel(feria: Feria, sesion_web: Any, cliente: Any) -> None:
    borrador = feria.borrador()
    ana = sesion_web(feria.ana.persona)

    assert ana.get("/compras").status_code == 403
    assert ana.get("/compras/nueva").status_code == 403
    for ruta in ("", "/items", "/datos", "/publicar"):
        assert ana.get(f"/compras/{borrador.id}{ruta}").status_code == 404
    assert ana.get(f"/feria/{borrador.id}").status_code == 404
    assert cliente.get(f"/feria/{borrador.id}").status_code == 404
    assert cliente.get("/compras").status_code in {303, 401}


def test_la_busqueda_entiende_acentos_y_cuce(feria: Feria, cliente: Any) -> None:
    convocatoria = feria.publicada(titulo="Adquisición de camión cisterna")

    for q in ("camion", "CAMIÓN cisternas", "pupitres", "municipal prueba", convocatoria.cuce):
        assert "camión cisterna" in cliente.get("/feria", params={"q": q}).text, q
    vacia = cliente.get("/feria", params={"q": "helicóptero"}).text
    assert "Nada coincide" in vacia
    assert "camión cisterna" in cliente.get("/feria?departamento=01").text
    for rara in ("a%CC%81%CC%81%CC%81%CC%81%CC%81%EF%BF%BD", "%EF%AC%AC" * 200):
        assert cliente.get(f"/feria?q={rara}").status_code == 200
    assert "camión cisterna" not in cliente.get("/feria?departamento=02").text
    assert "camión cisterna" not in cliente.get("/feria?modalidad=LP").text
    assert "camión cisterna" not in cliente.get("/feria?ver=cerradas").text
    assert cliente.get("/feria", params={"q": "a\x00b"}).status_code in {200, 422}


def test_quitar_un_item_y_eliminar_el_borrador(feria: Feria, sesion_web: Any, sesion: Session) -> None:
    borrador = feria.borrador()
    entidad = sesion_web(feria.entidad.persona)

    assert entidad.post(f"/compras/{borrador.id}/items/quitar", data={"quitar": "1"}).status_code == 303
    assert [(i.numero, i.descripcion) for i in feria.items(borrador.id)] == [
        (1, "Pizarra acrílica de 2,40 x 1,20 m")
    ]
    assert entidad.get(f"/compras/{borrador.id}").headers["location"].endswith("/items")
    assert entidad.post(f"/compras/{borrador.id}/eliminar").status_code == 303
    assert sesion.get(Convocatoria, borrador.id) is None


def test_retirar_y_oferta_incompleta(feria: Feria, sesion_web: Any, sesion: Session) -> None:
    convocatoria = feria.publicada()
    ana = sesion_web(feria.ana.persona)
    url = f"/feria/{convocatoria.id}/ofertar"

    vacia = ana.post(url, data={"_id": str(nuevo_id()), "unidad_id": str(feria.ana.id)})
    assert vacia.status_code == 422
    assert "Escriba el precio de al menos un ítem" in vacia.text
    tarde = {
        "unidad_id": str(feria.ana.id),
        "lineas.1.precio_unitario": "1",
        "lineas.1.marca": "x",
        "lineas.1.plazo_dias": "31",
    }
    larga = ana.post(url, data=tarde)
    assert larga.status_code == 422
    assert "El plazo máximo de entrega es de 30 días" in larga.text
    assert sesion.exec(select(Oferta)).all() == []
    sesion.rollback()

    oferta = feria.ofertar(feria.ana, convocatoria.id, ["1.00", None])
    assert ana.post(f"/ofertas/{oferta}/retirar").status_code == 303
    assert ana.post(f"/ofertas/{oferta}/retirar").status_code == 303
    assert sesion.get_one(Oferta, oferta).estado == "retirada"
    beto = sesion_web(feria.beto.persona)
    assert beto.get(f"/ofertas/{oferta}").status_code == 404
    assert beto.post(f"/ofertas/{oferta}/retirar").status_code == 404
