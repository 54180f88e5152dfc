"""The market's page, its sheets and its API: what is found, how many, and of which processes they say so."""

import json
import re
import sys
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import parse_qs

import pytest
from sqlmodel import Session

from feria_inversa.panorama import contar_mercado, llevar_historia
from feria_inversa.panorama import resumen as de_resumen
from feria_inversa.panorama.buscar import Filtro, hallar
from feria_inversa.panorama.resumen import resumir
from nucleo.eventos import entregar_pendientes
from tests.comercio.conftest import sin_el_reloj
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.importar.ayudas import CABEZA, renglon, traer

LP, CBBA = "La Paz", "Cochabamba"


def _historia() -> None:
    """Twelve processes of three entities: uniforms in March and June, chairs in June."""
    lineas = [
        renglon(
            n,
            cuce=f"24-{entidad}-00-{n:07d}-1-1",
            entidad=nombre,
            objeto=objeto,
            publicacion=dia,
            presentacion="2024-07-01",
            modalidad=modalidad,
            estado=estado,
            departamento=lugar,
        )
        for n, (entidad, nombre, objeto, dia, modalidad, estado, lugar) in enumerate(
            [("0389", "Alcaldía de Uncía", "Uniformes escolares", "2024-03-05", "CM", "Contratado", LP)] * 5
            + [("0015", "Ministerio", "Uniformes para guardias", "2024-06-10", "ANPE", "Desierto", CBBA)] * 3
            + [("0046", "Hospital", "Sillas de ruedas", "2024-06-11", "CM", "En curso", CBBA)] * 4,
            start=1,
        )
    ]
    traer(CABEZA + "".join(lineas), visto_en=date(2024, 8, 1))
    llevar_historia()


def _partes(resumen: de_resumen.Resumen, clase: str) -> list[tuple[str, int]]:
    return [(p.cual, p.procesos) for p in resumen.partes[clase]]


_DE_UNIFORMES = {
    "mes": [("3", 5), ("6", 3)],
    "etapa": [("adjudicado", 5), ("desierto", 3)],
    "modalidad": [("CM", 5), ("ANPE", 3)],
    "departamento": [("02", 5), ("03", 3)],
    "normativa": [("NB-SABS (D.S.0181)", 8)],
    "categoria": [("bienes", 8)],
    "entidad": [("0389", 5), ("0015", 3)],
}


def test_lo_que_se_cuenta_es_lo_mismo_contado_antes_o_al_buscar(sesion: Session) -> None:
    _historia()
    sin_contar = resumir(sesion, hallar(sesion, Filtro(modalidad="CM")))
    assert (sin_contar.procesos, sin_contar.contado_en, sin_contar.entre) == (9, None, None)
    contar_mercado()
    sesion.commit()
    contado = resumir(sesion, hallar(sesion, Filtro(modalidad="CM")))
    assert contado.contado_en is not None
    assert (contado.procesos, contado.partes, contado.desde, contado.hasta) == (
        9,
        sin_contar.partes,
        date(2024, 3, 5),
        date(2024, 6, 11),
    )
    de_uniformes = resumir(sesion, hallar(sesion, Filtro(q="uniforme")))
    assert {clase: _partes(de_uniformes, clase) for clase in de_resumen.CLASES} == _DE_UNIFORMES
    assert (de_uniformes.procesos, de_uniformes.contado_en) == (8, None)
    dos_cosas = resumir(sesion, hallar(sesion, Filtro(modalidad="CM", departamento="03", anio=2024, mes=6)))
    assert (dos_cosas.procesos, _partes(dos_cosas, "entidad")) == (4, [("0046", 4)])
    assert resumir(sesion, hallar(sesion, Filtro(anio=2023))).procesos == 0
    for dicho in ("uniformes/guardias", "uniformes\x00guardias"):
        assert resumir(sesion, hallar(sesion, Filtro(q=dicho))).procesos == 3, dicho
    cerradas = resumir(sesion, hallar(sesion, Filtro(etapa="en_curso")))
    assert (cerradas.procesos, cerradas.abiertos) == (4, 0)


def test_de_muchos_se_cuentan_los_ultimos_y_se_dice(
    sesion: Session, cliente: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the last six of the list, the words are of two."""
    _historia()
    monkeypatch.setattr(de_resumen, "VENTANA", 6)
    monkeypatch.setattr(sys.modules["feria_inversa.panorama.buscar"], "POCOS", 3)  # a function has its name
    monkeypatch.setattr("feria_inversa.panorama.web.VENTANA", 6)
    de_uniformes = resumir(sesion, hallar(sesion, Filtro(q="uniforme")))
    assert (de_uniformes.procesos, de_uniformes.entre, _partes(de_uniformes, "mes")) == (2, 6, [("6", 2)])
    pagina = cliente.get("/feria/mercado?q=uniforme").text
    assert "estas cifras cuentan los que responden entre los últimos 6 de la lista" in pagina


def test_la_pagina_dice_quien_compra_cuando_y_donde(
    feria: Feria, cliente: Any, contar_consultas: Any
) -> None:
    _historia()
    convocatoria = feria.publicada(titulo="Uniformes de invierno")
    entregar_pendientes()
    contar_mercado()
    pagina = cliente.get("/feria/mercado?q=uniformes").text
    for dicho in (
        f'<a href="/feria/{convocatoria.id}">Uniformes de invierno</a>',
        "según SICOES al 1 de agosto de 2024",
        '<a class="suave" href="/feria/mercado?q=uniformes&amp;entidad=0389">Alcaldía de Uncía</a>',
        "<title id=",
        "No consta",
        'data-etiqueta="Modalidad">Contratación menor</td>',
        '"cifra__detalle">Del 5 de marzo de 2024 al ',
        "uno sin barra no quiere decir que no se compre en él",
        'href="/mis-alertas/nueva?clase=feria.convocatorias&amp;criterios=%7B%22q%22%3A%22uniformes%22%7D"',
    ):
        assert dicho in pagina, dicho
    assert '<a class="enlace-aparte suave" href="/feria/mercado/entidades/0389">perfil' in pagina
    assert 'href="/feria/mercado/precios?q=uniformes"' in pagina
    de_una = cliente.get("/feria/mercado?entidad=0389&familia=9999&departamento=02").text
    for otra in (
        "temporada?entidad=0389",
        "entidades/0389",
        "banderas?entidad=0389",
        "familias/9999",
        "lugares/02",
    ):
        assert f'href="/feria/mercado/{otra}"' in de_una, otra
    assert '<option value="9999" selected' in de_una, "what a link asked for is not lost by looking again"
    assert '<option value="4213">Ropa y textiles médicos</option>' in de_una
    assert ">Equipo de hospital</option>" not in de_una, "what has a name is not all to choose from"
    assert "Solo lo de: la entidad de código 0389." in de_una
    assert "Solo lo de: Alcaldía de Uncía." in cliente.get("/feria/mercado?entidad=0389").text
    assert "/mis-alertas/nueva" not in de_una, "an entity that is only in the history calls for nothing here"
    codigo = str(convocatoria.cuce).split("-")[1]
    de_aqui = unescape(cliente.get(f"/feria/mercado?entidad={codigo}&familia=5612").text)
    (avisarme,) = re.findall(r'href="/mis-alertas/nueva\?(.*?)"', de_aqui)
    assert json.loads(parse_qs(avisarme)["criterios"][0]) == {
        "familia": "5612",
        "entidad": str(feria.entidad.id),
    }
    adjudicadas = cliente.get("/feria/mercado?q=uniformes&etapa=adjudicado").text
    assert "Adjudicada" in adjudicadas
    assert "cierra el" not in adjudicadas, "nothing that was awarded is still to close"
    for ruta in ("/feria/mercado", "/feria/mercado?q=uniformes&departamento=02", "/feria/mercado?anio=2024"):
        with contar_consultas() as sentencias:
            respuesta = cliente.get(ruta)
        assert respuesta.status_code == 200
        assert len(sin_el_reloj(sentencias)) <= 8, ruta
        assert len(respuesta.content) <= 60_000, ruta
    abierta = cliente.get("/feria/mercado?etapa=abierto").text
    assert "Uniformes de invierno" in abierta
    assert "Uniformes escolares" not in abierta
    lineas = cliente.get("/feria/mercado.csv?departamento=03").text.splitlines()
    assert len(lineas) == 8
    assert lineas[0].startswith("\ufeffcuce;entidad;objeto;etapa;")
    resumen = cliente.get("/feria/mercado/resumen.csv?q=sillas").text.splitlines()
    assert resumen[1:4] == [
        "todo;;4;2024-06-11;2024-06-11",
        "mes;jun;4;2024-06-11;2024-06-11",
        ("etapa;Cerradas, sin resultado que conste;4;2024-06-11;2024-06-11"),
    ]


def test_la_api_da_lo_mismo_de_a_una_pagina(cliente: Any) -> None:
    _historia()
    primera = cliente.get("/api/v1/mercado/procesos?q=uniformes&limite=5").json()
    segunda = cliente.get(
        f"/api/v1/mercado/procesos?q=uniformes&limite=5&cursor={primera['siguiente']}"
    ).json()
    cuces = [p["cuce"] for p in primera["datos"] + segunda["datos"]]
    assert (len(cuces), len(set(cuces)), segunda["siguiente"]) == (8, 8, None)
    assert (primera["datos"][0]["etapa"], primera["datos"][0]["fuente"]) == ("desierto", "SICOES")
    resumen = cliente.get("/api/v1/mercado/resumen?q=uniformes").json()
    assert (resumen["procesos"], [p["procesos"] for p in resumen["por"]["entidad"]]) == (8, [5, 3])
    malo = cliente.get("/api/v1/mercado/procesos?etapa=otra")
    assert malo.status_code == 422
