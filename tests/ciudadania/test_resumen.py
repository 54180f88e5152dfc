"""The daily summary and the feed: once a day for who wants it, an address that can be taken away."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from sqlmodel import Session, select

from ciudadania import Persona, clase, notificar, panel, resumen
from ciudadania.modelos import Lectura, Resumen
from nucleo.bd import transaccion

RESUMIDO = clase("prueba.resumido", "Pagos", "Recibió %(n)s pagos")
ACTO = clase("prueba.acto", "Actos", legal=True)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def ana(crear_persona: Any) -> Persona:
    persona: Persona = crear_persona("Ana")
    return persona


def _avisos(persona: Persona) -> None:
    with transaccion() as sesion:
        for n in range(12):
            notificar(sesion, persona_id=persona.id, asunto=f"Recibió Bs {n}", clase=RESUMIDO)
        notificar(sesion, persona_id=persona.id, asunto="Unidad inscrita", clase=ACTO)


def test_un_resumen_al_dia_para_quien_lo_quiere(
    sesion: Session,
    ana: Persona,
    crear_persona: Any,
    actor_de: Any,
    reloj: Any,
    sesion_web: Callable[..., Any],
) -> None:
    otra = crear_persona("Luis")
    reloj.situar(datetime(2037, 11, 27, 14, 0, tzinfo=UTC))
    with transaccion() as propia:
        resumen.preferir_resumen(propia, actor_de(ana), True)
    _avisos(ana)
    _avisos(otra)
    reloj.situar(datetime(2037, 11, 28, 3, 59, tzinfo=UTC))  # still the 27th in La Paz
    assert resumen.resumir_dia() == 1  # that of the 26th, empty
    assert resumen.resumen_de_ayer(sesion, actor_de(ana)) is None
    sesion.rollback()
    reloj.situar(datetime(2037, 11, 28, 4, 1, tzinfo=UTC))
    hilos = [threading.Thread(target=resumen.resumir_dia) for _ in range(2)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(20)
    assert resumen.resumir_dia() == 0
    (fila,) = resumen.resumenes_de(sesion, ana.id, 9)
    assert fila.dia == date(2037, 11, 27)
    assert resumen.en_palabras(fila) == "Unidad inscrita; Recibió 12 pagos"
    assert len(sesion.exec(select(Resumen)).all()) == 2
    primera, segunda = panel.buzon(sesion, actor_de(ana))
    assert (primera.titulo, primera.texto) == ("Su resumen de ayer", "Unidad inscrita; Recibió 12 pagos")
    assert (segunda.url, segunda.cuenta, segunda.urge) == ("/buzon?ver=legales", 2, True)
    assert "Recibió 12 pagos" in sesion_web(ana).get("/buzon?dia=2037-11-27").text


def test_el_canal_dice_los_asuntos_y_se_quita(
    sesion: Session, ana: Persona, sesion_web: Callable[..., Any], nuevo_cliente: Callable[..., Any]
) -> None:
    navegador, lector = sesion_web(ana), nuevo_cliente()
    _avisos(ana)
    ruta = _direccion(navegador.post("/buzon/canal").text)
    assert "/avisos/" not in navegador.get("/buzon/preferencias").text, "shown once"
    respuesta = lector.get(ruta)
    assert respuesta.headers["content-type"].startswith("application/atom+xml")
    entradas = ET.fromstring(respuesta.content).findall(f"{ATOM}entry")
    assert len(entradas) == 13
    assert entradas[0].findtext(f"{ATOM}title") == "Unidad inscrita"
    enlace = entradas[0].find(f"{ATOM}link")
    assert enlace is not None
    assert enlace.attrib["href"].startswith("http://127.0.0.1/buzon/")
    assert sesion.exec(select(Lectura)).all() == [], "a feed proves no reading"
    otra = _direccion(navegador.post("/buzon/canal").text)
    assert (lector.get(ruta).status_code, lector.get(otra).status_code) == (404, 200)
    assert navegador.post("/buzon/canal/cerrar").status_code == 303
    assert lector.get(otra).status_code == 404
    assert lector.get("/avisos/inventada.atom").status_code == 404


def test_el_canal_de_quien_prefiere_resumen_tiene_una_entrada_al_dia(
    ana: Persona, sesion_web: Callable[..., Any], reloj: Any
) -> None:
    navegador = sesion_web(ana)
    navegador.post("/buzon/preferencias", data={"resumen_diario": "1"})
    assert "checked" in navegador.get("/buzon/preferencias").text
    ruta = _direccion(navegador.post("/buzon/canal").text)
    _avisos(ana)
    assert ET.fromstring(navegador.get(ruta).content).findall(f"{ATOM}entry") == []
    reloj.adelantar(timedelta(days=1))
    resumen.resumir_dia()
    (entrada,) = ET.fromstring(navegador.get(ruta).content).findall(f"{ATOM}entry")
    assert entrada.findtext(f"{ATOM}summary") == "Unidad inscrita; Recibió 12 pagos"


def _direccion(pagina: str) -> str:
    return "/avisos/" + pagina.split("/avisos/")[1].split("<")[0]
