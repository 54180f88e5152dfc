"""In the browser: three people bring their keys and rehearse, a bid is sealed, two open; or too few do."""

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, select

from feria_inversa.apertura.tareas import abrir_sobres, anular_sin_llave
from feria_inversa.llaves.modelos import Resguardo
from feria_inversa.ofertas.modelos import Oferta, OfertaLinea
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.tareas import cerrar_recepciones
from tests.ayudas.aplicacion import ORIGEN
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.llaves.ayudas import nombrados

pytestmark = pytest.mark.navegador


class Persona:
    """A browser of somebody who signed in, in front of the application of the tests: its clock is theirs."""

    def __init__(self, pagina: Any, cliente: Any) -> None:
        self.pagina, self.cliente = pagina, cliente
        self.enviado: list[str] = []
        self.pierde = 0
        """How many answers to what it sends to the API are lost on their way back."""
        pagina.route(f"{ORIGEN}/**", self._atender)

    def _atender(self, ruta: Any) -> None:
        pedido = ruta.request
        cuerpo = pedido.post_data_buffer
        self.enviado.append((cuerpo or b"").decode())
        cabeceras = {k: v for k, v in pedido.headers.items() if k in {"content-type", "accept"}}
        respuesta = self.cliente.request(
            pedido.method, pedido.url, content=cuerpo, headers=cabeceras, follow_redirects=True
        )
        if "/api/" in pedido.url and pedido.method != "GET" and self.pierde:
            self.pierde -= 1
            return ruta.abort()
        quitar = {"content-length", "content-encoding", "set-cookie"}
        ruta.fulfill(
            status=respuesta.status_code,
            headers={k: v for k, v in respuesta.headers.items() if k not in quitar},
            body=respuesta.content,
        )

    def ir(self, ruta: str) -> Any:
        self.pagina.goto(ORIGEN + ruta)
        return self.pagina

    def presionar(self, boton: str) -> None:
        self.pagina.get_by_role("button", name=boton).click()

    def enviar(self, boton: str) -> None:
        """Press what leads to another page, and wait for it."""
        with self.pagina.expect_navigation():
            self.presionar(boton)

    def ve(self, texto: str) -> None:
        self.pagina.get_by_text(texto).first.wait_for()


@pytest.fixture
def entrar(nueva_pagina: Callable[..., Any], sesion_web: Callable[..., Any]) -> Callable[[Any], Persona]:
    def de(persona: Any) -> Persona:
        return Persona(nueva_pagina(ancho=360, service_workers="block"), sesion_web(persona))

    return de


@pytest.fixture
def depositarios(feria: Feria, entrar: Callable[[Any], Persona], sesion: Session) -> list[tuple[Any, str]]:
    """Who holds the keys, each with what they wrote on paper, after the rehearsal."""
    id_, guardas = nombrados(feria, 2, 3)
    personas = []
    for guarda in guardas:
        persona = entrar(guarda.persona)
        pagina = persona.ir(f"/resguardos/{id_}")
        pagina.locator("[data-clave-nueva]").wait_for()
        clave = pagina.locator("[data-secreto]").inner_text()
        persona.enviar("Anotar mi clave")
        assert pagina.locator("details [data-clave-nueva]").count() == 1  # another, until it is rehearsed
        personas.append((persona, clave))
    for persona, clave in personas:
        pagina = persona.ir(f"/resguardos/{id_}")
        pagina.locator("[data-con-navegador]").wait_for()
        pagina.locator("input[name=clave]").fill(clave.lower().replace("-", " "))
        persona.enviar("Probar mi clave")
        assert pagina.locator("input[name=clave]").count() == 0
        assert not any(clave[:9] in dicho or clave[:9].lower() in dicho for dicho in persona.enviado)
    assert sesion.get_one(Resguardo, id_).estado == "vigente"
    sesion.rollback()
    return [(guarda.persona, clave) for guarda, (_persona, clave) in zip(guardas, personas, strict=True)]


def de_la_copia(pagina: Any) -> dict[str, Any]:
    """What the link of the copy downloads."""
    with pagina.expect_download() as descarga:
        pagina.locator("[data-copia]:visible").click()
    dicha: dict[str, Any] = json.loads(Path(descarga.value.path()).read_text(encoding="utf-8"))
    return dicha


def ofertar(feria: Feria, persona: Persona, id_: UUID, sesion: Session) -> None:
    pagina = persona.ir(f"/feria/{id_}/ofertar")
    pagina.locator("[data-dicho=aqui]").wait_for()
    precio, marca = (pagina.locator(f"[name='lineas.1.{campo}']") for campo in ("precio_unitario", "marca"))
    precio.fill("1.234")
    persona.presionar("Revisar los totales")
    for campo, mal in ((precio, "Escriba el precio con números"), (marca, "Escriba la marca")):
        assert campo.get_attribute("aria-invalid") == "true"
        dicho = (campo.get_attribute("aria-describedby") or "").split()
        assert mal in pagina.locator(f"[id='{dicho[-1]}']").inner_text()
    assert precio.evaluate("c => c === document.activeElement")
    precio.fill("500,00")
    marca.fill("\u200bArtesanal\u00ad ñ\ufeff")
    persona.presionar("Revisar los totales")
    assert pagina.locator("[aria-invalid]").count() == 0
    assert "Sobre la referencia" in pagina.locator("[data-resumen]").inner_text()
    precio.fill("0431,27")  # what is sealed is what was reviewed
    pagina.locator("[data-dicho=revise]").wait_for(state="hidden")
    persona.presionar("Revisar los totales")
    assert "Sobre la referencia" not in pagina.locator("[data-resumen]").inner_text()
    assert "Bs 17.250,80" in pagina.locator("[data-total]").inner_text()
    pagina.get_by_role("button", name="Sellar", exact=True).click()
    pagina.locator("[data-dicho=sellada]").wait_for()
    copia = de_la_copia(pagina)
    persona.pierde = 1
    with pagina.expect_console_message(lambda mensaje: "ERR_FAILED" in mensaje.text):
        persona.presionar("Presentar la oferta")
    persona.ve("No se pudo enviar: revise su conexión y presione otra vez.")
    pagina.locator("[data-dicho=sellada]").wait_for()
    pagina.errores.clear()  # what was lost, and only that
    persona.presionar("Presentar la oferta")
    pagina.locator("[data-dicho=hecha]").wait_for()
    con_recibo = de_la_copia(pagina)
    assert copia.items() <= con_recibo.items()
    assert f"|{copia['huella']}|{copia['huella_sobre']}|" in con_recibo["recibo"]
    assert hashlib.sha256(copia["texto"].encode()).hexdigest() == copia["huella"]
    assert hashlib.sha256(base64.b64decode(copia["sobre"])).hexdigest() == copia["huella_sobre"]
    with pagina.expect_navigation():
        pagina.get_by_role("link", name="Ver mi recibo").click()
    persona.ve("Recibo de su oferta")
    assert not any("431" in dicho for dicho in persona.enviado if "huella" not in dicho)
    assert sesion.exec(select(Oferta.cantidad_lineas).where(Oferta.convocatoria_id == id_)).all() == [None]
    sesion.rollback()


def test_se_sella_y_se_abre_en_el_navegador(
    feria: Feria,
    depositarios: list[tuple[Any, str]],
    entrar: Callable[[Any], Persona],
    sesion: Session,
    reloj: Any,
) -> None:
    id_ = feria.publicada().id
    ofertar(feria, entrar(feria.ana.persona), id_, sesion)
    reloj.adelantar(timedelta(days=10, seconds=1))
    assert cerrar_recepciones() == 1
    (primera, suya), (tercera, ajena) = depositarios[0], depositarios[2]
    una, otra = entrar(primera), entrar(tercera)  # those days ended the sessions
    pagina = una.ir(f"/feria/{id_}/llave")
    pagina.locator("[data-con-navegador]").wait_for()
    campo = pagina.locator("input[name=clave]")  # not one that browsers offer to keep
    assert (campo.get_attribute("type"), campo.get_attribute("autocomplete")) == ("text", "off")
    assert campo.evaluate("c => getComputedStyle(c).webkitTextSecurity") == "disc"
    campo.fill(ajena)
    una.presionar("Entregar mi parte")
    pagina.locator("[data-mala]").wait_for()
    pagina.locator("input[name=clave]").fill(suya)
    una.enviar("Entregar mi parte")
    una.ve("Ya entregó su parte.")
    assert sesion.get_one(Convocatoria, id_).estado == "recepcion_cerrada"
    sesion.rollback()
    pagina = otra.ir(f"/feria/{id_}/llave")
    pagina.locator("[data-con-navegador]").wait_for()
    pagina.locator("input[name=clave]").fill(ajena)
    otra.enviar("Entregar mi parte")
    otra.ve("Ofertas y resultado")
    abierta = sesion.exec(select(OfertaLinea)).one()
    assert (str(abierta.precio_unitario.amount), abierta.marca) == ("431.2700", "Artesanal ñ")


def test_sin_bastantes_partes_queda_cancelada(
    feria: Feria,
    depositarios: list[tuple[Any, str]],
    entrar: Callable[[Any], Persona],
    sesion: Session,
    reloj: Any,
) -> None:
    id_ = feria.publicada().id
    ofertar(feria, entrar(feria.ana.persona), id_, sesion)
    reloj.adelantar(timedelta(days=10, seconds=1))
    assert cerrar_recepciones() == 1
    depositario, clave = depositarios[1]
    for barrido in (abrir_sobres, anular_sin_llave):
        sigue_en = sesion.get_one(Convocatoria, id_).sigue_en
        sesion.rollback()
        assert sigue_en is not None
        reloj.situar(sigue_en)
        assert barrido() == 1
        if barrido is abrir_sobres:
            persona = entrar(depositario)
            pagina = persona.ir(f"/feria/{id_}/llave")
            persona.ve("Si no llegan hasta el")
            pagina.locator("[data-con-navegador]").wait_for()
            pagina.locator("input[name=clave]").fill(clave)
            persona.enviar("Entregar mi parte")
            persona.ve("Ya entregó su parte.")
    quien = entrar(feria.ana.persona)
    quien.ir(f"/feria/{id_}")
    quien.ve("No se juntaron las partes de la llave")
