"""The pages of an auction: everybody looks, who takes part bids, the entity tells of an interruption."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlmodel import Session, select

from feria_inversa.subasta.modelos import Puja
from nucleo.reloj import ZONA
from tests.feria_inversa.conftest import Feria, item
from tests.feria_inversa.subasta.ayudas import Ofertas, en_subasta, fin, por_abrir, puja, terminar, totales

Ingresar = Callable[..., Any]


def test_la_sala_de_quien_participa(
    feria: Feria, sesion: Session, reloj: Any, sesion_web: Ingresar, cliente: Any
) -> None:
    id_ = en_subasta(feria, reloj)
    ana, pagina = sesion_web(feria.ana.persona), f"/feria/{id_}/subasta"
    dicho = ana.get(pagina)
    assert dicho.status_code == 200
    assert "58.400,00 o menos" in dicho.text
    assert "usted es el proponente" in dicho.text
    assert "Actualizar" in dicho.text
    hoja = {"_id": str(uuid4()), "unidad_id": str(feria.ana.id), "grupo": "1", "total": "58.400,00"}
    negada = ana.post(pagina, data=hoja | {"total": "58.400,01"})
    assert negada.status_code == 422
    assert "58.400,00 o menos: cada puja baja" in negada.text
    for _vez in range(2):  # the same form once more is the same bid
        hecha = ana.post(pagina, data=hoja, follow_redirects=False)
        assert (hecha.status_code, hecha.headers["location"]) == (303, f"{pagina}?cosa=1")
    assert len(sesion.exec(select(Puja).where(Puja.numero > 0)).all()) == 1
    assert totales(id_) == ["58000.00", "58400.00"]
    for raro in ("0", "99999999999", "9" * 5000, "x", ""):
        assert ana.post(pagina, data=hoja | {"_id": str(uuid4()), "grupo": raro}).status_code in {409, 422}
    publica = cliente.get(pagina).text
    assert "<form" not in publica.split("<main")[1].split("</main>")[0]
    assert re.search(r"58.400,00", publica)
    assert cliente.get(f"{pagina}?cosa=2").text.count("19.000,00") >= 1
    # Whose answer was lost asks less from the same page: it is another bid.
    otra = ana.post(pagina, data=hoja | {"total": "57.000,00"}, follow_redirects=False)
    assert otra.status_code == 303
    assert totales(id_) == ["57000.00", "58000.00"]


def test_antes_de_que_empiece_se_dice_cuando(feria: Feria, reloj: Any, sesion_web: Ingresar) -> None:
    id_ = en_subasta(feria, reloj)
    reloj.adelantar(timedelta(minutes=-5))
    texto = sesion_web(feria.ana.persona).get(f"/feria/{id_}/subasta").text
    assert "Por empezar" in texto
    assert "dura 30 minutos" in texto
    assert "Su nuevo total" not in texto


def test_la_entidad_ve_que_esta_en_subasta_y_la_prorroga(
    feria: Feria, reloj: Any, sesion_web: Ingresar
) -> None:
    id_ = en_subasta(feria, reloj)
    entidad = sesion_web(feria.entidad.persona)
    assert "En subasta" in entidad.get("/compras?ver=en_subasta").text
    assert "Ver la subasta" in entidad.get(f"/compras/{id_}").text
    sala = entidad.get(f"/feria/{id_}/subasta").text
    assert "Hubo una interrupción" in sala
    assert "Actualizar" in sala
    assert "Su nuevo total" not in sala
    nuevo = fin(id_) + timedelta(hours=1)
    hoja = {
        "_id": str(uuid4()),
        "termina_en": nuevo.astimezone(ZONA).strftime("%Y-%m-%dT%H:%M"),
        "motivo": "Se cortó la red de la entidad.",
    }
    hecha = entidad.post(f"/compras/{id_}/subasta/interrupciones", data=hoja, follow_redirects=False)
    assert (hecha.status_code, fin(id_)) == (303, nuevo)
    assert "Se cortó la red de la entidad." in entidad.get(f"/feria/{id_}/subasta").text
    terminar(reloj, id_)
    final = entidad.get(f"/feria/{id_}/subasta").text
    assert "Cooperativa Ana" in final
    assert "Hubo una interrupción" not in final
    assert "Comparar y decidir" in entidad.get(f"/compras/{id_}").text


def test_todas_las_pujas_se_leen_de_a_veinte(feria: Feria, reloj: Any, cliente: Any) -> None:
    """Those of an auction that was cancelled too, which has no act that says them."""
    id_ = en_subasta(feria, reloj)
    for n in range(1, 22):
        puja(feria.ana, id_, f"{59000 - 600 * n}.00")
    pagina = cliente.get(f"/feria/{id_}/subasta?cosa=1").text
    assert (pagina.count("<li>Proponente"), "58.400,00" in pagina) == (20, False)
    assert f'href="/feria/{id_}/subasta?cosa=1&amp;tras=20"' in pagina
    pagina = cliente.get(f"/feria/{id_}/subasta?cosa=1&tras=20").text
    assert (pagina.count("<li>Proponente"), "58.400,00" in pagina, "Ver más" in pagina) == (1, True, False)


def test_un_borrador_dice_que_se_subasta(feria: Feria, sesion_web: Ingresar) -> None:
    id_ = feria.borrador([item("Silla", "100", "600.00")], subasta=True).id
    entidad = sesion_web(feria.entidad.persona)
    assert re.search(r'name="subasta"[^>]*checked', entidad.get(f"/compras/{id_}/datos").text)
    assert "Subasta electrónica" in entidad.get(f"/compras/{id_}/publicar").text


def test_doscientos_items_caben_en_una_pagina_ligera(feria: Feria, reloj: Any, cliente: Any) -> None:
    items = [item(f"Útil escolar número {n} con su estuche", "100", "5.00") for n in range(1, 201)]
    ofertas: Ofertas = [(feria.ana, ["4.90"] * 200), (feria.beto, ["4.80"] * 200)]
    id_ = en_subasta(feria, reloj, ofertas, items)
    for direccion in (f"/feria/{id_}/subasta", f"/feria/{id_}/subasta?cosa=200&desde=150"):
        texto = cliente.get(direccion).text
        assert len(texto.encode()) < 60_000
    assert "Ítem 200" in texto
    assert cliente.get(f"/feria/{por_abrir(feria, reloj, [])}/subasta").status_code == 404
