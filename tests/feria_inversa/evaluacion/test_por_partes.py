"""However many bids there are they are qualified: the page shows some, the others go along, none is cut."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import lxml.html
import pytest
from sqlmodel import Session, select

from feria_inversa.actos.modelos import Acta
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.evaluacion.esquemas import CalificacionEntrada, CalificacionTecnicaEntrada
from feria_inversa.evaluacion.formularios import CALIFICACION, TECNICA
from feria_inversa.expediente import documentos_vistos, ficha
from feria_inversa.procesos.convocatorias import publicar_convocatoria
from feria_inversa.procesos.documentos import pedir_documentos
from feria_inversa.procesos.esquemas import PedidoEntrada
from nucleo.bd import transaccion
from nucleo.formularios import Hoja, desempacar, empacar
from nucleo.formularios.recibir import Enviado
from nucleo.reloj import ahora
from tests.feria_inversa.conftest import Feria, item
from tests.feria_inversa.dos_sobres.ayudas import cerrar, en_dos_sobres
from tests.feria_inversa.llaves.ayudas import entregar, resguardo

MUCHAS = 1_200
EXPLICA = "Le falta; todo |o casi| el 50 %."
CAMPOS = {
    "revisadas": ("causa", "explicacion", "origen", "productor"),
    "puntajes": ("puntos",),
    "documentos": ("presente",),
}


@pytest.fixture
def de_a_dos(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documentos_vistos, "OFERTAS_A_LA_VEZ", 2)


def _abierta(feria: Feria, reloj: Any) -> tuple[UUID, list[UUID]]:
    """Three bids, of which two documents are asked."""
    id_ = feria.borrador([item("Silla", "10", "100.00")]).id
    pide = [PedidoEntrada(nombre=nombre, subsanable=False) for nombre in ("Especificaciones", "Cronograma")]
    with transaccion() as sesion:
        pedir_documentos(sesion, feria.entidad.actor, id_, pide)
        publicar_convocatoria(sesion, feria.entidad.actor, id_, ahora() + timedelta(days=10))
    partes = [feria.ana, feria.beto, feria.crear_parte("Carpintería Carla")]
    ofertas = [feria.ofertar(parte, id_, [f"9{n}.00"]) for n, parte in enumerate(partes)]
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)
    return id_, ofertas


def _forma(texto: str, ruta: str, quienes: int) -> dict[str, Any]:
    """What the form holds, which asks of so many bids."""
    (forma,) = (f for f in lxml.html.fromstring(texto).forms if f.action.endswith(ruta))
    assert len(forma.cssselect("fieldset.panel")) == quienes
    return dict(forma.form_values())


def test_se_califican_por_partes(
    feria: Feria, reloj: Any, sesion_web: Any, sesion: Session, de_a_dos: None
) -> None:
    id_, ofertas = _abierta(feria, reloj)
    ruta = f"/compras/{id_}/calificacion"
    mesa = sesion_web(feria.entidad.persona)
    primera = mesa.get(ruta).text
    assert ("Ofertas 1 a 2 de 3." in primera, "Falta llenar 1: ver" in primera) == (True, True)
    datos = _forma(primera, "calificacion", 2)
    datos |= {f"documentos.{n}.presente": "si" for n in (1, 2, 4)} | {"documentos.3.presente": "no"}
    datos |= {"revisadas.2.causa": "sin_documento", "revisadas.2.explicacion": EXPLICA}
    # A refusal shows the page of what it is about.
    negada = mesa.post(ruta, data=datos)
    assert (negada.status_code, "Ofertas 3 a 3 de 3." in negada.text) == (422, True)
    otra = mesa.post(f"{ruta}?ver=2", data=datos)
    assert (otra.status_code, "Carpintería Carla" in otra.text) == (200, True)
    datos = _forma(otra.text, "calificacion", 1)
    datos |= {"documentos.5.presente": "si", "documentos.6.presente": "si"}
    assert sesion.exec(select(Acta.id).where(Acta.clase == "evaluacion")).all() == []
    sesion.rollback()
    assert mesa.post(ruta, data=datos).status_code == 303
    acta = sesion.exec(select(Acta).where(Acta.clase == "evaluacion")).one()
    dichas = json.loads(acta.contenido)["ofertas"]
    assert [o["oferta"] for o in dichas] == [str(o) for o in ofertas]
    assert [(o["causa"], o["explicacion"]) for o in dichas] == [
        (None, ""),
        ("sin_documento", EXPLICA),
        (None, ""),
    ]
    assert [[d["presente"] for d in o["documentos"]] for o in dichas] == [
        [True, True],
        [False, True],
        [True, True],
    ]


def test_la_parte_tecnica_por_partes_y_sus_listas_enteras(
    feria: Feria,
    reloj: Any,
    sesion_web: Any,
    cliente: Any,
    sesion: Session,
    de_a_dos: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ficha, "OFERTAS_POR_PAGINA", 2)
    guardas = resguardo(feria)
    id_ = en_dos_sobres(feria)
    for n, parte in enumerate([feria.ana, feria.beto, feria.crear_parte("Consultora Carla")]):
        feria.ofertar(parte, id_, [f"7{n}000.00", "4500.00"])
    cerrar(reloj)
    for guarda in guardas[:2]:
        entregar(guarda, id_)
    ruta = f"/compras/{id_}/calificacion-tecnica"
    mesa = sesion_web(feria.entidad.persona)
    datos = _forma(mesa.get(ruta).text, "calificacion-tecnica", 2)
    datos |= {"revisadas.1.puntos": "60", "revisadas.2.puntos": "40"}
    negada = mesa.post(ruta, data=datos)
    assert (negada.status_code, "Ponga sus puntos técnicos" in negada.text) == (422, True)
    datos = _forma(negada.text, "calificacion-tecnica", 1) | {"revisadas.3.puntos": "70"}
    for hasta, otros in (
        ("", ["Cooperativa Ana", "Carpintería Beto"]),
        ("?tecnicas=2", ["Consultora Carla"]),
    ):
        texto = cliente.get(f"/feria/{id_}{hasta}").text
        assert [
            q for q in ("Cooperativa Ana", "Carpintería Beto", "Consultora Carla") if f"<li>{q}" in texto
        ] == otros
    assert mesa.post(ruta, data=datos).status_code == 303
    acta = sesion.exec(select(Acta).where(Acta.clase == "evaluacion_tecnica")).one()
    assert [(o["puntos"], o["pasa"]) for o in json.loads(acta.contenido)["ofertas"]] == [
        (60, True),
        (40, False),
        (70, True),
    ]
    assert "pasó con 70 de 70" in cliente.get(f"/feria/{id_}?tecnicas=2").text


def test_mas_de_mil_caben_en_el_formulario_y_en_la_api() -> None:
    """Of a thousand and more, the page carries them all, with their points and their documents."""
    valores = {f"revisadas.{n}.causa": "sigue" for n in range(1, MUCHAS + 1)}
    valores |= {f"documentos.{n}.presente": "si" for n in range(1, 10 * MUCHAS + 1)}
    enviado: dict[str, str] = {}
    for lista, cuantas in (("revisadas", MUCHAS), ("documentos", 10 * MUCHAS)):
        enviado |= empacar(valores, lista, CAMPOS[lista], range(1, cuantas + 1))
    assert len(enviado) == 11 * MUCHAS / 20
    for lista in ("revisadas", "documentos"):
        desempacar(enviado, lista, CAMPOS[lista])
    for formulario in (CALIFICACION, TECNICA):
        hoja = Hoja(formulario, Enviado(dict(enviado), {}))  # type: ignore[arg-type]
        assert (len(hoja.datos.revisadas), len(hoja.datos.documentos)) == (MUCHAS, 10 * MUCHAS)
        assert hoja.filas("documentos")[-1] == 10 * MUCHAS
    revisadas = [{"oferta_id": uuid4()} for _n in range(MUCHAS)]
    for entrada in (CalificacionEntrada, CalificacionTecnicaEntrada):
        assert len(entrada.model_validate({"revisadas": revisadas}).revisadas) == MUCHAS
