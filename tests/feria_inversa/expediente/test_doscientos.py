"""The pages of a process of 200 items for which 20 units bid: light, and each with what is looked for."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import lxml.html
from sqlmodel import Session, col, select

from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.evaluacion.calificar import calificar
from feria_inversa.evaluacion.esquemas import CalificacionEntrada
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.ofertas.modelos import Oferta, OfertaLinea
from feria_inversa.procesos.esquemas import ItemEntrada
from feria_inversa.procesos.modelos import Item
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.formularios import desempacar
from tests.feria_inversa.conftest import Feria, Parte, item

ITEMS, OFERTAS = 200, 20
LIGERA = 60_000
"""Bytes of a page that anybody opens, before it is compressed."""
A_LA_VEZ = 10
"""Decisions that a page of the form shows; the others go in it unseen."""


def _pedido() -> list[ItemEntrada]:
    return [
        item(f"Útil escolar número {n} con su estuche y sus repuestos", "100", "5.00", unspsc="44121700")
        for n in range(1, ITEMS + 1)
    ]


def _abierta(feria: Feria, reloj: Any) -> tuple[UUID, list[Parte]]:
    """Each bid is a cent more by unit than the one before."""
    id_ = feria.publicada(items=_pedido()).id
    partes = [feria.crear_parte(f"Cooperativa de Productores Número {n}") for n in range(OFERTAS)]
    for n, parte in enumerate(partes):
        feria.ofertar(parte, id_, [f"4.{70 + n}"] * ITEMS)
    reloj.adelantar(timedelta(days=11))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)
    return id_, partes


def _paginas(id_: UUID, huella: str) -> list[str]:
    acta = f"/feria/{id_}/acta"
    solas = [f"{acta}?oferta={huella}", f"{acta}?oferta={huella}&desde=100"]
    return [f"/feria/{id_}{x}" for x in ("", "?desde=180", "?item=200")] + [acta, *solas]


def _ver(navegador: Any, direccion: str, bytes_: int, contar: Any, sentencias: int) -> str:
    navegador.get(direccion)  # what is remembered some seconds
    with contar() as hechas:
        respuesta = navegador.get(direccion)
    assert (respuesta.status_code, len(respuesta.content) < bytes_) == (200, True), (
        direccion,
        len(respuesta.content),
    )
    assert len(hechas) <= sentencias, (direccion, len(hechas))
    texto: str = respuesta.text
    return texto


def test_doscientos_items_y_veinte_ofertas_caben_en_paginas_ligeras(
    feria: Feria, reloj: Any, cliente: Any, sesion_web: Any, sesion: Session, contar_consultas: Any
) -> None:
    id_, partes = _abierta(feria, reloj)
    huella = sesion.exec(select(Oferta.huella).where(Oferta.unidad_id == partes[-1].id)).one()
    paginas = {d: _ver(cliente, d, LIGERA, contar_consultas, 32) for d in _paginas(id_, huella)}
    primera, ultima, sola, acta, una, resto = paginas.values()
    for texto, desde, hasta in ((primera, 1, 20), (ultima, 181, 200)):
        assert f"Ítems {desde} a {hasta} de 200" in texto
        numeros = re.findall(r'id="item-(\d+)"', texto)
        assert [int(n) for n in numeros] == list(range(desde, hasta + 1))
        assert texto.count("Ver las 20 ofertas") == 20
    assert (sola.count('href="/unidades/'), "Ver todos: 200 ítems" in sola) == (1 + OFERTAS, True)
    assert (acta.count("?oferta="), "Lo que decía cada sobre está en la página" in acta) == (OFERTAS, True)
    assert [len(lxml.html.fromstring(x).cssselect("tbody tr")) for x in (una, resto)] == [100, 100]
    assert "97.800,00" in una  # 200 × 100 × 4,89

    recibo = sesion.exec(select(Oferta.id).where(Oferta.unidad_id == partes[0].id)).one()
    suyo = _ver(sesion_web(partes[0].persona), f"/ofertas/{recibo}?desde=20", LIGERA, contar_consultas, 45)
    assert ("21. Útil escolar" in suyo, "94.000,00" in suyo) == (True, True)
    cursor, ids = "", []
    while cursor is not None:
        pagina = cliente.get(f"/api/v1/convocatorias/{id_}/ofertas?limite=8{cursor}").json()
        ids += [(o["proveedor"]["numero"], len(o["lineas"])) for o in pagina["datos"]]
        cursor = pagina["siguiente"] and f"&cursor={pagina['siguiente']}"
    assert (len(set(ids)), {lineas for _n, lineas in ids}) == (OFERTAS, {ITEMS})

    _la_mesa(feria, sesion_web(feria.entidad.persona), id_, sesion, contar_consultas)
    for direccion in _paginas(id_, huella):
        _ver(cliente, direccion, LIGERA, contar_consultas, 34)


def _decision(texto: str) -> Any:
    return next(f for f in lxml.html.fromstring(texto).forms if "/adjudicacion" in f.action)


def _otra_vez(mesa: Any, direccion: str, datos: dict[str, Any], desde: int) -> dict[str, Any]:
    """What the form holds when it comes back with the page of decisions that begins at one."""
    respuesta = mesa.post(direccion, data=datos)
    assert (respuesta.status_code, len(respuesta.content) < LIGERA) == (200, True), len(respuesta.content)
    forma = _decision(respuesta.text)
    vistas = {int(r.name.split(".")[1]) for r in forma.cssselect("input[type=radio]")}
    assert vistas == set(range(desde, desde + A_LA_VEZ))
    abierto = direccion.partition("abierto=")[2]
    if abierto:
        radios = forma.cssselect(f'input[name="decisiones.{abierto}.oferta_id"]')
        assert len(radios) == OFERTAS + 1
    return _valores(forma)


def _valores(forma: Any) -> dict[str, Any]:
    """What a form says, seen and packed."""
    datos = dict(forma.form_values())
    desempacar(datos, "decisiones", ("oferta_id", "causa", "motivo"))
    return datos


def _la_mesa(feria: Feria, mesa: Any, id_: UUID, sesion: Session, contar: Any) -> None:
    """Qualify, open the bids of an item, choose the second one for it, and decide all at once."""
    ofertas = sesion.exec(select(Oferta.id).order_by(Oferta.presentada_en)).all()
    sesion.rollback()
    _ver(mesa, f"/compras/{id_}/calificacion", 80_000, contar, 50)
    with transaccion() as otra:
        revisadas = [{"oferta_id": oferta} for oferta in ofertas]
        calificar(
            otra, feria.entidad.actor, id_, CalificacionEntrada.model_validate({"revisadas": revisadas})
        )
    forma = _decision(_ver(mesa, f"/compras/{id_}", LIGERA, contar, 60))
    assert len(forma.cssselect("input[type=radio]")) == A_LA_VEZ * 2  # what is proposed, and deserted
    datos = _valores(forma)
    elegidas = [v for n, v in datos.items() if n.endswith(".oferta_id")]
    assert elegidas == [str(ofertas[0])] * ITEMS

    adjudicacion = f"/compras/{id_}/adjudicacion"
    datos = _otra_vez(mesa, f"{adjudicacion}?abierto=47", datos | {"decisiones.9.motivo": "Nada."}, 41)
    datos = _otra_vez(mesa, f"{adjudicacion}?ver=185", datos | {"decisiones.47.oferta_id": "desierto"}, 181)
    datos = _otra_vez(mesa, f"{adjudicacion}?abierto=47", datos | {"decisiones.190.motivo": "Otra."}, 41)
    dichos = [datos[f"decisiones.{n}"] for n in ("9.motivo", "47.oferta_id", "190.motivo")]
    assert (dichos, len([n for n in datos if n.endswith(".oferta_id")])) == (
        ["Nada.", "desierto", "Otra."],
        ITEMS,
    )
    assert sesion.exec(select(Adjudicacion.id)).all() == []
    datos |= {
        "decisiones.47.oferta_id": str(ofertas[1]),
        "decisiones.47.motivo": "La primera no tiene ese útil.",
    }
    # A refusal shows the page of what it is about, whichever the form was sent from.
    sin_motivo = {"decisiones.190.oferta_id": str(ofertas[1]), "decisiones.190.motivo": ""}
    negada = mesa.post(adjudicacion, data=datos | sin_motivo)
    assert (negada.status_code, "Decisiones 181 a 190 de 200" in negada.text) == (422, True)
    hecha = mesa.post(adjudicacion, data=datos)
    assert hecha.status_code == 303
    sesion.rollback()
    filas = sesion.exec(select(Adjudicacion)).all()
    assert (len(filas), sum(not f.es_menor_precio for f in filas)) == (ITEMS, 1)
    resuelta = _ver(mesa, f"/compras/{id_}?desde=180", LIGERA, contar, 60)  # with what of it may fall
    caen = lxml.html.fromstring(resuelta).cssselect('select[name="item_id"] option[value]:not([value=""])')
    assert [opcion.text.split(".")[0] for opcion in caen] == [str(n) for n in range(181, 201)]


DETALLE = "Un 50 % más; |fino|\ny ligero"


def test_se_oferta_por_doscientos_items_de_pagina_en_pagina(
    feria: Feria, reloj: Any, sesion_web: Any, sesion: Session, contar_consultas: Any
) -> None:
    """Whatever is typed goes along, there and back, and comes back to what is wrong."""
    id_ = feria.publicada(items=_pedido()).id
    ruta = f"/feria/{id_}/ofertar"
    ana = sesion_web(feria.ana.persona)
    datos = _oferta(_ver(ana, ruta, LIGERA, contar_consultas, 60), range(1, 21))
    for n in range(1, 21):
        datos |= {f"lineas.{n}.precio_unitario": f"4,{70 + n}", f"lineas.{n}.marca": "Artesanal"}
    datos["lineas.7.detalle"] = DETALLE
    datos = _oferta(_enviar(ana, ruta, datos | {"ver": "180"}), range(181, 201))
    datos |= {"lineas.200.precio_unitario": "cuatro", "lineas.200.marca": "Artesanal"}
    datos = _oferta(_enviar(ana, ruta, datos | {"ver": "0"}), range(1, 21))
    assert (datos["lineas.7.detalle"], datos["lineas.20.precio_unitario"]) == (DETALLE, "4,90")
    datos = _oferta(_enviar(ana, ruta, datos, 422), range(181, 201))
    assert datos["lineas.200.precio_unitario"] == "cuatro"
    for texto in ("12|4,50|a|b", "uno|4,50|a|b|c", "12|||||||"):
        roto = ana.post(ruta, data=datos | {"resto.lineas.0": texto})
        assert (roto.status_code, "Vuelva a abrir la página" in roto.text) == (422, True)
    revise = _enviar(ana, ruta, datos | {"lineas.200.precio_unitario": "4,95"})
    forma = next(f for f in lxml.html.fromstring(revise).forms if f.action == ruta)
    assert len(forma.cssselect("tbody tr")) == 21
    hecha = ana.post(ruta, data=dict(forma.form_values()) | {"presentar": "1"})
    assert hecha.status_code == 303
    reloj.adelantar(timedelta(days=11))
    with transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, id_)
    consulta = select(Item.numero, OfertaLinea).join(OfertaLinea).order_by(col(Item.numero))
    lineas = dict(sesion.exec(consulta).all())
    assert list(lineas) == [*range(1, 21), 200]
    assert (lineas[7].detalle, lineas[200].precio_unitario) == (DETALLE, bs("4.95"))


def _enviar(navegador: Any, ruta: str, datos: dict[str, Any], estado: int = 200) -> str:
    respuesta = navegador.post(ruta, data=datos)
    assert (respuesta.status_code, len(respuesta.content) < LIGERA) == (estado, True), len(respuesta.content)
    texto: str = respuesta.text
    return texto


def _oferta(texto: str, numeros: range) -> dict[str, Any]:
    """What the form of the bid holds, which asks of these items."""
    (forma,) = (f for f in lxml.html.fromstring(texto).forms if f.action.endswith("/ofertar"))
    vistos = {int(c.name.split(".")[1]) for c in forma.cssselect("input[name^='lineas.']")}
    assert vistos == set(numeros)
    return dict(forma.form_values())
