"""The pages of a process of 200 items for which 20 units bid: light, and each with what is looked for."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import lxml.html
from sqlmodel import Session, select

from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.evaluacion.calificar import calificar
from feria_inversa.evaluacion.esquemas import CalificacionEntrada
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.ofertas.modelos import Oferta
from nucleo.bd import transaccion
from tests.feria_inversa.conftest import Feria, Parte, item

ITEMS, OFERTAS = 200, 20
LIGERA = 60_000
"""Bytes of a page that anybody opens, before it is compressed."""
MESA = 340_000
"""Of the form that decides all of them at once."""


def _abierta(feria: Feria, reloj: Any) -> tuple[UUID, list[Parte]]:
    """Each bid is a cent more by unit than the one before."""
    items = [
        item(f"Útil escolar número {n} con su estuche y sus repuestos", "100", "5.00", unspsc="44121700")
        for n in range(1, ITEMS + 1)
    ]
    id_ = feria.publicada(items=items).id
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
    forma = _decision(_ver(mesa, f"/compras/{id_}", MESA, contar, 60))
    assert len(forma.cssselect("input[type=radio]")) == ITEMS * 2  # what is proposed, and deserted
    datos = dict(forma.form_values())
    assert {v for n, v in datos.items() if n.endswith(".oferta_id")} == {str(ofertas[0])}

    abierta = mesa.post(
        f"/compras/{id_}/adjudicacion?abierto=7", data=datos | {"decisiones.9.motivo": "Nada."}
    )
    assert (abierta.status_code, len(abierta.content) < MESA) == (200, True)
    assert sesion.exec(select(Adjudicacion.id)).all() == []
    forma = _decision(abierta.text)
    assert len(forma.cssselect('input[name="decisiones.7.oferta_id"]')) == OFERTAS + 1
    datos = dict(forma.form_values())
    assert datos["decisiones.9.motivo"] == "Nada."
    datos |= {
        "decisiones.7.oferta_id": str(ofertas[1]),
        "decisiones.7.motivo": "La primera no tiene ese útil.",
    }
    hecha = mesa.post(f"/compras/{id_}/adjudicacion", data=datos)
    assert hecha.status_code == 303
    sesion.rollback()
    filas = sesion.exec(select(Adjudicacion)).all()
    assert (len(filas), sum(not f.es_menor_precio for f in filas)) == (ITEMS, 1)
    _ver(mesa, f"/compras/{id_}", 110_000, contar, 60)  # with the list of what may fall
