"""Pages of the calendar: the year, the file for a telephone, a term counted, and the authority's."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from empresa_digital.registro.feriados.ics import _doblar
from tests.nucleo.plazos.casos import instante
from tests.registro.conftest import Autoridad

Crear = Callable[..., Any]


def _texto(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_los_feriados_de_un_ano(cliente: Any) -> None:
    dicho = _texto(cliente.get("/feriados", params={"anio": "2026", "lugar": "04"}).text)
    assert "viernes 23 de enero Día del Estado Plurinacional trasladado del jueves 22 de enero" in dicho
    assert "martes 10 de febrero Aniversario de Oruro Departamento de Oruro" in dicho
    assert "Aniversario de La Paz" not in dicho
    assert "DS 5521 (13/1/2026), art. 4 Por confirmar" in dicho
    for raro in ({"anio": "x"}, {"anio": "2050"}, {"lugar": "10"}, {"lugar": "\x00"}, {"anio": "-1"}):
        assert cliente.get("/feriados", params=raro).status_code == 200


def test_el_archivo_para_el_telefono(cliente: Any) -> None:
    respuesta = cliente.get("/feriados.ics", params={"anio": "2026", "lugar": "07"})
    assert respuesta.headers["content-type"] == "text/calendar; charset=utf-8"
    crudo = respuesta.content
    assert all(len(linea) <= 75 for linea in crudo.split(b"\r\n"))
    lineas = crudo.decode().replace("\r\n ", "").split("\r\n")
    assert lineas[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lineas.count("BEGIN:VEVENT") == lineas.count("END:VEVENT") == 16
    de_santa_cruz = lineas.index("DTSTART;VALUE=DATE:20260924")
    assert lineas[de_santa_cruz + 1 : de_santa_cruz + 4] == [
        "DTEND;VALUE=DATE:20260925",
        "SUMMARY:Aniversario de Santa Cruz",
        "LOCATION:Departamento de Santa Cruz",
    ]
    assert "DESCRIPTION:DS 5521 (13/1/2026)\\, art. 4" in lineas


def test_una_linea_larga_se_dobla_entre_letras() -> None:
    linea = "SUMMARY:" + "ñ" * 100
    partes = list(_doblar(linea))
    assert all(len(p.encode()) <= 75 for p in partes)
    assert partes[0] + "".join(p[1:] for p in partes[1:]) == linea


def test_los_plazos_y_su_cuenta_dia_por_dia(cliente: Any) -> None:
    lista = cliente.get("/plazos").text
    assert 'href="/plazos/tramites.subsanacion"' in lista
    assert "5 días hábiles Ley 2341, art. 43 Por confirmar" in _texto(lista)

    sola = _texto(cliente.get("/plazos/tramites.resolucion").text)
    assert "6 meses" in sola
    assert "Si nadie responde, se tiene por negado." in sola
    assert "día por día" not in sola

    pedido = {"inicio": "2026-02-06T10:00", "lugar": "040101"}
    dicho = _texto(cliente.get("/plazos/tramites.subsanacion", params=pedido).text)
    assert "Vence: miércoles 18 de febrero de 2026, al terminar el día" in dicho
    assert "mar 10 feb No cuenta Aniversario de Oruro (departamental)" in dicho
    assert "mié 11 feb Cuenta: día 2" in dicho
    assert "sáb 7 feb 2026 No cuenta Fin de semana: todavía no empieza." in dicho


def test_una_cuenta_larga_junta_los_dias_iguales(cliente: Any) -> None:
    pedido = {"inicio": "2026-03-10T10:00", "lugar": "BO"}
    pagina = cliente.get("/plazos/tramites.resolucion", params=pedido).text
    assert "Cuentan: días 1 a 23" in _texto(pagina)
    assert pagina.count("<tr>") < 30


@pytest.mark.parametrize(
    ("pedido", "estado", "dice"),
    [
        ({"inicio": "", "lugar": "02"}, 422, "Elija el día y la hora."),
        ({"inicio": "ayer", "lugar": "02"}, 422, "Elija el día y la hora."),
        ({"inicio": "2026-02-06T10:00", "lugar": "999999"}, 422, "Elija un lugar de la lista."),
        ({"inicio": "2030-12-31T10:00", "lugar": "02"}, 409, "Los feriados de 2031 no están publicados"),
        ({"inicio": "1999-01-01T10:00", "lugar": "02"}, 404, ""),
    ],
)
def test_lo_que_no_se_puede_contar_se_dice(
    pedido: dict[str, str], estado: int, dice: str, cliente: Any
) -> None:
    respuesta = cliente.get("/plazos/tramites.subsanacion", params=pedido)
    assert respuesta.status_code == estado
    assert dice in _texto(respuesta.text)


def test_la_autoridad_anota_un_feriado(
    sesion_web: Crear, autoridad: Autoridad, reloj: Any, crear_persona: Crear
) -> None:
    reloj.situar(instante("2026-11-30 10:00"))
    navegador = sesion_web(autoridad.persona)
    pagina = navegador.get("/regulador/feriados")
    assert "Publicar 2031" in pagina.text
    datos = {"acto": "feriado", "fecha": "2026-12-08", "lugar": "020101", "nombre": "Fiesta", "norma": ""}
    negada = navegador.post("/regulador/feriados", data=datos)
    assert negada.status_code == 422
    assert "Escriba la norma, con su número y fecha." in negada.text
    assert 'value="Fiesta"' in negada.text
    datos["norma"] = "Ley municipal 1/2026"
    assert navegador.post("/regulador/feriados", data=datos).status_code == 303
    dicho = _texto(navegador.get("/regulador/feriados").text)
    assert "8 de diciembre de 2026 Feriado Fiesta La Paz, La Paz Ley municipal 1/2026 Por confirmar" in dicho
    assert "Fiesta" in navegador.get("/feriados?anio=2026").text
    assert sesion_web(crear_persona("Luis")).get("/regulador/feriados").status_code == 403
    assert "Calendario oficial" in navegador.get("/panel").text
