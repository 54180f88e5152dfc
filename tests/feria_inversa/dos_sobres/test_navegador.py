"""The browser seals two envelopes, and what the technical one says has no price."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from feria_inversa.ofertas.consultas import ofertas_abiertas
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.bd import transaccion
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.dos_sobres.ayudas import cerrar, en_dos_sobres, puntuar
from tests.feria_inversa.llaves.ayudas import entregar, resguardo
from tests.feria_inversa.llaves.test_recorrido import Persona, de_la_copia

pytestmark = pytest.mark.navegador


def test_el_navegador_sella_los_dos(
    feria: Feria, nueva_pagina: Callable[..., Any], sesion_web: Callable[..., Any], reloj: Any
) -> None:
    guardas = resguardo(feria)
    id_ = en_dos_sobres(feria)
    persona = Persona(nueva_pagina(ancho=360, service_workers="block"), sesion_web(feria.ana.persona))
    pagina = persona.ir(f"/feria/{id_}/ofertar")
    pagina.locator("[data-dicho=aqui]").wait_for()
    for n, precio in ((1, "61234,50"), (2, "4321")):
        pagina.locator(f"[name='lineas.{n}.precio_unitario']").fill(precio)
        pagina.locator(f"[name='lineas.{n}.marca']").fill("Propia")
    persona.presionar("Revisar los totales")
    pagina.get_by_role("button", name="Sellar", exact=True).click()
    pagina.locator("[data-dicho=sellada]").wait_for()
    persona.presionar("Presentar la oferta")
    pagina.locator("[data-dicho=hecha]").wait_for()
    copia = de_la_copia(pagina)
    assert ("61234" in copia["texto"], "61234" in copia["texto_tecnico"]) == (True, False)
    assert f"|{copia['huella_tecnica']}|{copia['huella_sobre_tecnico']}|" in copia["recibo"]
    assert not any("61234" in dicho for dicho in persona.enviado)
    with transaccion() as sesion:
        (oferta,) = sesion.exec(select(Oferta.id)).all()
    cerrar(reloj)
    for guarda in guardas[:2]:
        entregar(guarda, id_)
    puntuar(feria, id_, {oferta: "60"})
    for guarda in guardas[1:]:
        entregar(guarda, id_)
    with transaccion() as sesion:
        (abierta,) = ofertas_abiertas(sesion, sesion.get_one(Convocatoria, id_))
        assert str(abierta.total.amount) == "69876.5"
