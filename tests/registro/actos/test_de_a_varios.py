"""Who only acts with others: the unit is theirs to see named, to find and to defend, as anybody's of it."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from empresa_digital.registro import Facultad
from empresa_digital.registro.mandatos import revocar_mandato
from empresa_digital.registro.mandatos.revocar_juntos import revocar_o_proponer
from empresa_digital.registro.recuperacion.recuperar import abrir_recuperacion, objetar_recuperacion
from nucleo.actos import Propuesto
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from pagos import cuenta_de_unidad
from tests.registro.actos.conftest import Colectiva, leer
from tests.registro.conftest import Autoridad


def test_su_unidad_se_ve_y_dice_que_puede_con_otras_firmas(
    colectiva: Colectiva, sesion_web: Callable[..., Any]
) -> None:
    c = colectiva
    web = sesion_web(c.personas["beto"])
    una = web.get(f"/mis-unidades/{c.unidad.numero}")
    assert (una.status_code, "Con otras firmas, puede: pagar." in una.text) == (200, True)
    assert "Con otras firmas, puede: pagar." in web.get("/mis-unidades").text
    c.apoderar("beto", Facultad.CONSULTAR, firmas=2, grupo=nuevo_id())
    dice = web.get("/mis-unidades").text  # to see asks nobody else's signature
    assert ("Usted puede: consultar." in dice, "Con otras firmas, puede: pagar." in dice) == (True, True)


def test_en_su_panel_esta_la_unidad(colectiva: Colectiva, sesion_web: Callable[..., Any]) -> None:
    """With what may be begun by one and signed by others: its money."""
    with transaccion() as sesion:
        cuenta_de_unidad(sesion, colectiva.unidad.id)
    panel = sesion_web(colectiva.personas["beto"]).get("/panel").text
    assert re.search(r"<h2[^>]*>Cooperativa Conjunta</h2>", panel)


def test_se_opone_a_la_recuperacion(colectiva: Colectiva, autoridad: Autoridad) -> None:
    """She was told of it as everybody of the unit; her no counts as theirs."""
    c = colectiva
    with transaccion() as sesion:
        fila = abrir_recuperacion(
            sesion,
            autoridad.actor,
            c.unidad.id,
            causa="disputa",
            motivo="Acta notarial 12",
            cedula=c.personas["eva"].ci,
            quita=[],
        )
    with transaccion() as sesion:
        objetar_recuperacion(sesion, c.actor("beto"), fila.id, "No hubo asamblea")
    assert leer("SELECT estado, objetada_por FROM registro_recuperacion") == [
        ("objetada", c.personas["beto"].id)
    ]


@pytest.fixture
def juntas(colectiva: Colectiva) -> Colectiva:
    """Eva sells for the unit, and who founded it has left it to Ana and Beto, who administer together."""
    c = colectiva
    grupo = nuevo_id()
    for quien in ("ana", "beto"):
        c.mandatos[quien] = c.apoderar(quien, Facultad.ADMINISTRAR, firmas=2, grupo=grupo)
    c.mandatos["eva"] = c.apoderar("eva", Facultad.VENDER)
    (suyo,) = leer("SELECT id FROM registro_mandato WHERE apoderado_persona_id = :p", p=c.personas["jefa"].id)
    with transaccion() as sesion:
        revocar_mandato(sesion, c.actor("jefa"), suyo[0], "Se fue")
    return c


def _revocados(c: Colectiva) -> list[Any]:
    return leer("SELECT revocado_motivo FROM registro_mandato WHERE id = :m", m=c.mandatos["eva"])


def test_revocan_juntas_por_la_api(juntas: Colectiva, cliente: Any, token_de: Callable[..., str]) -> None:
    c = juntas
    ruta = f"/api/v1/mandatos/{c.mandatos['eva']}/revocacion"
    cabecera = {"Authorization": f"Bearer {token_de(c.personas['ana'])}"}
    propuesto = cliente.post(ruta, json={"motivo": "Ya no vende"}, headers=cabecera)
    assert (propuesto.status_code, propuesto.json().get("codigo")) == (202, "revocacion"), propuesto.text
    acto = c.ver(UUID(propuesto.json()["id"]))
    assert [(t.termino, t.valor) for t in acto.en_palabras] == [
        ("Termina el mandato de", "Eva Prueba"),
        ("Que podía", "vender"),
        ("Desde", "Que firmen los que faltan"),
        ("Motivo", "Ya no vende"),
    ]
    assert _revocados(c) == [(None,)]
    assert c.firmar("beto", acto.id) == "ejecutado"
    assert _revocados(c) == [("Ya no vende",)]
    otra = cliente.post(ruta, json={"motivo": "Otra vez"}, headers=cabecera)
    assert (otra.status_code, otra.json()["codigo"]) == (409, "mandato_revocado"), otra.text


def test_lo_que_hacen_juntas_se_les_ofrece_en_las_paginas(
    juntas: Colectiva, sesion_web: Callable[..., Any]
) -> None:
    """To give, to revoke, to close: what ends in a proposal has its link; what one alone does, has none."""
    c = juntas
    web = sesion_web(c.personas["ana"])
    base = f"/mis-unidades/{c.unidad.numero}"
    personas = web.get(f"{base}/mandatos").text
    assert f'href="{base}/mandatos/nuevo"' in personas
    revocar = f"{base}/mandatos/{c.mandatos['eva']}/revocar"
    assert f'href="{revocar}"' in personas
    assert f'href="{base}/cancelar"' in web.get(base).text
    assert f'href="{base}/programas"' not in personas
    assert "firma de las demás personas" in web.get(revocar).text
    respuesta = web.post(revocar, data={"motivo": "Ya no vende"})
    assert (respuesta.status_code, respuesta.headers["location"][:12]) == (303, "/por-firmar/")
    assert _revocados(c) == [(None,)]


def test_una_sola_no_revoca_aunque_firme_dos_veces(juntas: Colectiva) -> None:
    c = juntas
    with transaccion() as sesion:
        hecho = revocar_o_proponer(sesion, c.actor("ana"), c.mandatos["eva"], "Ya no vende")
    assert isinstance(hecho, Propuesto)
    assert c.firmar("ana", hecho.id) == "pendiente"
    assert c.rechazar("beto", hecho.id) == "rechazado"
    assert _revocados(c) == [(None,)]
