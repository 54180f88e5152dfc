"""Two envelopes: the technical part is opened and scored first; prices, in a second act, of who passed."""

import base64
import json
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from feria_inversa.actos.modelos import Acta
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.apertura.errores import FaltanPartes
from feria_inversa.apertura.tareas import anular_sin_llave
from feria_inversa.datos_abiertos.verificar import verificar_datos_abiertos
from feria_inversa.evaluacion import CalificacionEntrada, calificar, comparar_grupos
from feria_inversa.llaves import llave_de
from feria_inversa.llaves.consultas import partes_de
from feria_inversa.llaves.errores import FaltanClaves
from feria_inversa.ofertas.consultas import ofertas_abiertas
from feria_inversa.ofertas.errores import SobresCerrados
from feria_inversa.ofertas.modelos import Oferta, Sobre, SobreTecnico
from feria_inversa.ofertas.ofertas import presentar_sellada
from feria_inversa.ofertas.verificar import verificar_selladas
from feria_inversa.procesos.errores import EstadoNoPermite
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.datos_abiertos.ayudas import publicar_todo
from tests.feria_inversa.dos_sobres.ayudas import (
    CALIDAD,
    cerrar,
    dichos_de,
    en_dos_sobres,
    lineas_de,
    mandar,
    puntuar,
)
from tests.feria_inversa.llaves.ayudas import Guarda, entregar, resguardo


@pytest.fixture
def guardas(feria: Feria) -> list[Guarda]:
    return resguardo(feria)


def estado_de(id_: UUID) -> str:
    with transaccion() as sesion:
        return sesion.get_one(Convocatoria, id_).estado


def test_primero_lo_tecnico_y_despues_los_precios_de_quien_pasa(
    feria: Feria, guardas: list[Guarda], sesion: Session, reloj: Any
) -> None:
    id_ = en_dos_sobres(feria)
    de_ana = feria.ofertar(feria.ana, id_, ["70000.00", "4500.00"])  # sealed here
    tecnica, precios = dichos_de(lineas_de(feria, id_, "60000.00", "4000.00"))
    de_beto = mandar(id_, feria.beto, tecnica, precios)
    carla = feria.crear_parte("Consultora Carla")
    de_carla = mandar(id_, carla, *dichos_de(lineas_de(feria, id_, "50000.00", "4000.00"), "cd"))
    largos = {*sesion.exec(select(col(SobreTecnico.contenido))).all()}
    assert {len(sobre) for sobre in largos} == {48 + 1024 + 2 * 4864}
    assert sesion.exec(select(Sobre)).all() == []  # the application cannot read those of the prices
    sesion.rollback()
    cerrar(reloj)
    entregar_pendientes()
    # The first act.
    with pytest.raises(FaltanPartes), transaccion() as otra:
        abrir_convocatoria(otra, feria.entidad.actor, id_)
    assert entregar(guardas[0], id_) is None
    acta = entregar(guardas[2], id_)
    assert acta is not None
    assert (acta.ofertas, estado_de(id_)) == (3, "evaluacion_tecnica")
    entregar_pendientes()
    dicho = json.loads(sesion.exec(select(Acta.contenido)).one())
    assert "70000" not in json.dumps(dicho)
    assert "precio" not in json.dumps(dicho)
    assert dicho["ofertas"][1]["lineas"][0]["marca"] == "Propia"
    with transaccion() as otra, pytest.raises(SobresCerrados):
        ofertas_abiertas(otra, otra.get_one(Convocatoria, id_))
    for que in (lambda: entregar(guardas[0], id_), lambda: puntuar(feria, id_, {de_ana: "60"})):
        with pytest.raises((EstadoNoPermite, DatosInvalidos)):
            que()
    with pytest.raises(DatosInvalidos):
        puntuar(feria, id_, {de_ana: "70.1", de_beto: "50", de_carla: "1"})
    # Who passes; and the second act.
    puntuar(feria, id_, {de_ana: "60.5", de_beto: "50", de_carla: "49.9999"})
    assert estado_de(id_) == "apertura_economica"
    with pytest.raises(EstadoNoPermite):
        puntuar(feria, id_, {de_ana: "60", de_beto: "50"})
    assert sesion.exec(select(Sobre)).all() == []
    sesion.rollback()
    assert entregar(guardas[0], id_) is None
    segunda = entregar(guardas[1], id_)
    assert segunda is not None
    entregar_pendientes()
    with transaccion() as otra:
        proceso = otra.get_one(Convocatoria, id_)
        assert proceso.estado == "evaluacion"
        abiertas = {a.oferta.id: str(a.total.amount) for a in ofertas_abiertas(otra, proceso)}
        assert abiertas == {de_ana: "79000", de_beto: "68000"}
        assert otra.get_one(Oferta, de_carla).estado == "no_paso"
        for tecnica_ in (True, False):
            llave = llave_de(otra, id_, tecnica=tecnica_)
            assert llave is not None
            assert {p.entregada for p in partes_de(otra, llave.id)} == {None}
    huella = sesion.get_one(Oferta, de_carla).huella
    actas = sesion.exec(select(Acta).order_by(col(Acta.numero))).all()
    assert [a.clase for a in actas] == ["apertura_tecnica", "evaluacion_tecnica", "apertura"]
    assert "50000" not in "".join(a.contenido for a in actas)
    assert json.loads(actas[2].contenido)["cerradas"]["no_paso"] == [huella]
    assert verificar_selladas(sesion) == []
    sesion.rollback()
    # The comparison goes by the points that were given before.
    revisadas = [{"oferta_id": de_ana}, {"oferta_id": de_beto}]
    pedido = feria.items(id_)[0].id
    otros = [{"oferta_id": de_ana, "item_id": pedido, "puntos": "70"}]
    datos = CalificacionEntrada.model_validate({"revisadas": revisadas, "puntajes": otros})
    with pytest.raises(DatosInvalidos), transaccion() as otra:
        calificar(otra, feria.entidad.actor, id_, datos)
    with transaccion() as otra:
        datos = CalificacionEntrada.model_validate({"revisadas": revisadas})
        calificar(otra, feria.entidad.actor, id_, datos)
        (grupo,) = comparar_grupos(otra, otra.get_one(Convocatoria, id_))
        puntos = {p.oferta.id: p.puesto and str(p.puesto.total) for p in grupo.propuestas}
        assert puntos == {de_ana: "13639/158", de_beto: "80"}


@pytest.mark.parametrize(
    ("campos", "dice"),
    [
        ({"metodo": "precio", "puntos_tecnica": 0, "minimo_tecnica": 0}, "basta un sobre"),
        ({"adjudica_por": "item"}, "se adjudica por el total"),
        ({"subasta": True, "categoria": "servicios"}, "no hay subasta"),
    ],
)
def test_donde_no_caben(feria: Feria, campos: dict[str, Any], dice: str) -> None:
    with pytest.raises(DatosInvalidos) as refusa:
        feria.borrador(**(CALIDAD | campos))
    assert dice in (refusa.value.campos or {})["dos_sobres"]


def test_sin_depositarios_no_se_publica(feria: Feria) -> None:
    with pytest.raises(FaltanClaves):
        en_dos_sobres(feria)


def test_pasado_el_plazo_ya_no_se_califica(
    feria: Feria, guardas: list[Guarda], sesion: Session, reloj: Any
) -> None:
    """Its end does not wait for the sweep, as that of no other term."""
    id_ = en_dos_sobres(feria)
    de_ana = feria.ofertar(feria.ana, id_, ["70000.00", "4500.00"])
    cerrar(reloj)
    for guarda in guardas[:2]:
        entregar(guarda, id_)
    hasta = sesion.get_one(Convocatoria, id_).sigue_en
    sesion.rollback()
    reloj.situar(hasta)
    with pytest.raises(EstadoNoPermite, match="terminó el"):
        puntuar(feria, id_, {de_ana: "60"})
    assert estado_de(id_) == "evaluacion_tecnica"
    assert anular_sin_llave() == 1
    assert estado_de(id_) == "cancelado"


def test_los_precios_de_otra_cosa_no_cuentan(
    feria: Feria, guardas: list[Guarda], sesion: Session, reloj: Any
) -> None:
    """Nor one envelope in the place of the other, nor a bid with one alone."""
    id_ = en_dos_sobres(feria)
    lineas = lineas_de(feria, id_, "60000.00", "4000.00")
    tecnica, _precios = dichos_de(lineas)
    sobre, uno = bytes(48 + 1024 + 2 * 4864), {"id_": nuevo_id(), "version": 1}
    with pytest.raises(DatosInvalidos) as refusa, transaccion() as otra:
        presentar_sellada(otra, feria.ana.actor, id_, feria.ana.id, sobre, "a" * 64, **uno)
    assert list(refusa.value.campos or {}) == ["sobre_tecnico"]
    otros = [linea | {"marca": "Otra"} for linea in lineas]
    de_ana = mandar(id_, feria.ana, tecnica, dichos_de(otros, "cd")[1])
    de_beto = mandar(id_, feria.beto, *reversed(dichos_de(lineas, "ef")))
    carla = feria.crear_parte("Consultora Carla")
    de_carla = mandar(id_, carla, *dichos_de(lineas, "0a"))
    cerrar(reloj)
    for guarda in guardas[:2]:
        entregar(guarda, id_)
    with transaccion() as otra:
        beto = otra.get_one(Oferta, de_beto)
        assert (beto.estado, beto.falla) == ("no_paso", "Lo que dice el sobre no es una oferta.")
    puntuar(feria, id_, {de_ana: "60", de_carla: "60"})
    for guarda in guardas[:2]:
        entregar(guarda, id_)
    with transaccion() as otra:
        ana = otra.get_one(Oferta, de_ana)
        no_es = "Sus precios no son de lo que ofrece su parte técnica."
        assert (ana.estado, ana.falla) == ("invalida", no_es)
        assert [a.oferta.id for a in ofertas_abiertas(otra, otra.get_one(Convocatoria, id_))] == [de_carla]
    assert verificar_selladas(sesion) == []


def test_lo_tecnico_no_se_califica_pasado_su_termino(
    feria: Feria, guardas: list[Guarda], sesion: Session, reloj: Any
) -> None:
    """Also when no sweep has come: what the clock must annul opens no price."""
    id_ = en_dos_sobres(feria)
    de_ana = feria.ofertar(feria.ana, id_, ["70000.00", "4500.00"])
    cerrar(reloj)
    for guarda in guardas[:2]:
        entregar(guarda, id_)
    assert estado_de(id_) == "evaluacion_tecnica"
    reloj.adelantar(timedelta(days=30))
    with pytest.raises(EstadoNoPermite, match="El plazo para hacerlo terminó"):
        puntuar(feria, id_, {de_ana: "60"})
    assert [a.clase for a in sesion.exec(select(Acta))] == ["apertura_tecnica"]
    sesion.rollback()
    assert anular_sin_llave() == 1
    assert estado_de(id_) == "cancelado"


def test_por_paginas_y_sin_javascript(
    feria: Feria, guardas: list[Guarda], reloj: Any, cliente: Any, sesion_web: Any
) -> None:
    """A bid, both openings and the qualification; what each page says on the way; and open data."""
    id_ = en_dos_sobres(feria)
    campos = {"unidad_id": str(feria.ana.id), "presentar": "1", "_id": str(nuevo_id())}
    for n, precio in ((1, "61234,50"), (2, "4321")):
        campos |= {f"lineas.{n}.precio_unitario": precio, f"lineas.{n}.marca": "Propia"}
    ana = sesion_web(feria.ana.persona)
    assert "Su oferta va en dos sobres" in ana.get(f"/feria/{id_}/ofertar").text
    presentada = ana.post(f"/feria/{id_}/ofertar", data=campos).text
    copia = json.loads(base64.b64decode(re.findall(r'base64,([^"]+)', presentada)[0]))
    assert "precio_unitario" in copia["texto"]
    assert "precio_unitario" not in copia["texto_tecnico"]
    assert json.loads(copia["texto"])["sal"] != json.loads(copia["texto_tecnico"])["sal"]
    assert f"|{copia['huella_tecnica']}|{copia['huella_sobre_tecnico']}|" in copia["recibo"]
    assert copia["huella_tecnica"] in ana.get(f"/ofertas/{campos['_id']}").text
    cerrar(reloj)
    for guarda in guardas[:2]:
        suya = sesion_web(guarda.persona)
        assert "Es la llave de la parte técnica" in suya.get(f"/feria/{id_}/llave").text
        suya.post(f"/feria/{id_}/llave", data={"clave": guarda.clave})
    entidad = sesion_web(feria.entidad.persona)
    assert "Calificar la parte técnica" in entidad.get(f"/compras/{id_}").text
    publica = cliente.get(f"/feria/{id_}").text
    assert "Se está calificando." in publica
    assert "61.234" not in publica + cliente.get(f"/feria/{id_}/acta").text
    assert "Cooperativa Ana" in entidad.get(f"/compras/{id_}/calificacion-tecnica").text
    mala = entidad.post(f"/compras/{id_}/calificacion-tecnica", data={"revisadas.1.causa": "sigue"})
    assert (mala.status_code, "Ponga sus puntos técnicos, de 0 a 70." in mala.text) == (422, True)
    buena = {"revisadas.1.causa": "sigue", "revisadas.1.puntos": "65,5", "_id": str(nuevo_id())}
    assert entidad.post(f"/compras/{id_}/calificacion-tecnica", data=buena).status_code in {200, 303}
    assert "pasó con 65,5 de 70 puntos." in cliente.get(f"/feria/{id_}").text
    publicar_todo()
    with transaccion() as sesion:
        ocid = sesion.get_one(Convocatoria, id_).ocid
    dicho = cliente.get(f"/ocds/records/{ocid}").json()["records"][0]["compiledRelease"]
    assert dicho["tender"]["numberOfTenderers"] == 1
    assert "value" not in dicho["bids"]["details"][0]
    for guarda in guardas[1:]:
        suya = sesion_web(guarda.persona)
        llave = suya.get(f"/feria/{id_}/llave").text
        assert ("Es la llave de los precios" in llave, "Se esperan hasta el" in llave) == (True, True)
        assert "Las partes se esperan hasta el" in entidad.get(f"/compras/{id_}").text
        suya.post(f"/feria/{id_}/llave", data={"clave": guarda.clave})
    assert "61.234,50" in cliente.get(f"/feria/{id_}").text
    assert "Puntos técnicos" not in entidad.get(f"/compras/{id_}/calificacion").text
    calificada = {"revisadas.1.causa": "sigue", "_id": str(nuevo_id())}
    assert entidad.post(f"/compras/{id_}/calificacion", data=calificada).status_code in {200, 303}
    publicar_todo()
    dicho = cliente.get(f"/ocds/records/{ocid}").json()["records"][0]["compiledRelease"]
    assert dicho["bids"]["details"][0]["value"]["amount"] == 69876.5
    with transaccion() as sesion:
        assert verificar_datos_abiertos(sesion) == []
