"""What is awarded is told to who asked for it, once, however often it is decided; and all of an entity's."""

import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from alertas import enviar
from alertas.guardar import crear_alerta
from alertas.modelos import Alerta, Coincidencia, Frecuencia
from alertas.proponer import propuestas_de, responder
from ciudadania.modelos import Notificacion
from empresa_digital.registro import Facultad
from feria_inversa.alertas import CONVOCATORIAS, RESULTADOS, Criterios, criterios_de
from feria_inversa.apertura.apertura import abrir_convocatoria
from feria_inversa.contratos.caidas import dejar_sin_efecto
from feria_inversa.evaluacion.adjudicacion import adjudicar
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.invitaciones import segmentos_de
from feria_inversa.plan import ALERTAS_DE_PLANES, CriteriosDePlanes
from feria_inversa.procesos import Filtro, buscar
from feria_inversa.procesos.estados import EstadoItem
from feria_inversa.procesos.versiones import ampliar, reanudar_recepcion, suspender
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.eventos import entregar_pendientes
from nucleo.paginacion import CursorPedido
from nucleo.reloj import ahora
from tests.feria_inversa.conftest import Feria, Parte, item

MOTIVO = "No puede entregar a tiempo."
ROPA = [item("Chompa de lana", "10", "100.00", unspsc="53101600")]  # the tests' units knit: CIIU 1392


def _pide(
    parte: Parte, codigo: str, nombre: str, frecuencia: Frecuencia = Frecuencia.AL_MOMENTO, **criterios: Any
) -> UUID:
    with transaccion() as sesion:
        return crear_alerta(
            sesion, parte.actor, codigo, Criterios(**criterios), nombre=nombre, frecuencia=frecuencia
        ).id


def _halladas(sesion: Session, id_: UUID) -> list[str]:
    entregar_pendientes()
    sesion.rollback()
    consulta = select(Alerta.nombre).join(Coincidencia, col(Coincidencia.alerta_id) == col(Alerta.id))
    return sorted(sesion.exec(consulta.where(Coincidencia.objeto_id == id_)))


def _avisos(sesion: Session, parte: Parte) -> list[tuple[str, str]]:
    sesion.rollback()
    consulta = select(Notificacion.asunto, Notificacion.cuerpo).where(
        Notificacion.clase == "alertas.hallazgo", Notificacion.persona_id == parte.persona.id
    )
    filas = sesion.exec(consulta.order_by(col(Notificacion.creado_en), col(Notificacion.id)))
    return [(asunto, cuerpo.splitlines()[0].replace("\u00a0", " ")) for asunto, cuerpo in filas]


def _decidir(feria: Feria, id_: UUID, ofertas: dict[int, UUID | None], motivo: str = "") -> None:
    items = {i.numero: i.id for i in feria.items(id_)}
    decisiones = [DecisionEntrada(item_id=items[n], oferta_id=o, motivo=motivo) for n, o in ofertas.items()]
    with transaccion() as sesion:
        adjudicar(sesion, feria.entidad.actor, id_, decisiones)


def _evaluada(feria: Feria, reloj: Any) -> tuple[UUID, UUID, UUID]:
    id_ = feria.publicada().id
    de_ana = feria.ofertar(feria.ana, id_, ["400.00", "700.00"])
    de_beto = feria.ofertar(feria.beto, id_, ["410.00", "750.00"])
    reloj.adelantar(timedelta(days=10, seconds=1))
    with transaccion() as sesion:
        abrir_convocatoria(sesion, feria.entidad.actor, id_)
    return id_, de_ana, de_beto


def test_lo_adjudicado_se_avisa_una_vez_aunque_se_vuelva_a_decidir(
    feria: Feria, sesion: Session, reloj: Any, duenio: Engine
) -> None:
    for nombre, criterios in {
        "familia": {"familia": "5612"},
        "de otra": {"familia": "5310"},
        "palabras": {"q": "pupitres"},
        "entidad": {"entidad": feria.entidad.id},
        "ajena": {"entidad": feria.ana.id},
    }.items():
        _pide(feria.beto, RESULTADOS, nombre, **criterios)
    _pide(feria.beto, RESULTADOS, "semanal", Frecuencia.SEMANAL)
    id_, de_ana, de_beto = _evaluada(feria, reloj)
    assert _halladas(sesion, id_) == []
    _decidir(feria, id_, {1: de_ana, 2: de_ana})
    son = ["entidad", "familia", "palabras", "semanal"]
    assert _halladas(sesion, id_) == son
    assert enviar.enviar_pendientes() == 3
    avisos = [("Hay novedad: Mobiliario escolar", _ADJUDICO_ANA)]
    assert _avisos(sesion, feria.beto) == avisos, "of three alerts, one notice"

    suyo = next(i.id for i in feria.items(id_) if i.numero == 1)
    with transaccion() as otra:
        dejar_sin_efecto(otra, feria.entidad.actor, id_, suyo, EstadoItem.DESISTIDO, MOTIVO)
    reloj.adelantar(timedelta(days=2))
    _decidir(feria, id_, {1: de_beto}, "El primero desistió de su oferta.")
    assert _halladas(sesion, id_) == son
    reloj.adelantar(timedelta(days=8))
    enviar.enviar_pendientes()
    with duenio.begin() as conexion:
        conexion.execute(text("UPDATE nucleo_entrega SET hecha_en = NULL"))
    assert _halladas(sesion, id_) == son
    assert enviar.enviar_pendientes() == 0
    assert _avisos(sesion, feria.beto) == avisos, "the weekly one has nothing that was not told"


_ADJUDICO_ANA = "Gobierno Municipal Prueba adjudicó Bs 20.200,00 a Cooperativa Ana"


def test_lo_que_cayo_antes_de_avisar_no_se_avisa_y_decidido_otra_vez_si(
    feria: Feria, sesion: Session, reloj: Any
) -> None:
    _pide(feria.beto, RESULTADOS, "diaria", Frecuencia.DIARIA)
    id_, de_ana, de_beto = _evaluada(feria, reloj)
    _decidir(feria, id_, {1: de_ana, 2: None}, "Los precios no convienen.")
    assert _halladas(sesion, id_) == ["diaria"]
    suyo = next(i.id for i in feria.items(id_) if i.numero == 1)
    with transaccion() as otra:
        dejar_sin_efecto(otra, feria.entidad.actor, id_, suyo, EstadoItem.DESISTIDO, MOTIVO)
    reloj.adelantar(timedelta(days=1))
    assert enviar.enviar_pendientes() == 0
    assert _avisos(sesion, feria.beto) == []
    assert _halladas(sesion, id_) == []
    _decidir(feria, id_, {1: de_beto}, "El primero desistió de su oferta.")
    assert _halladas(sesion, id_) == ["diaria"]
    reloj.adelantar(timedelta(days=1))
    assert (enviar.enviar_pendientes(), enviar.enviar_pendientes()) == (1, 0)
    assert len(_avisos(sesion, feria.beto)) == 1


def test_lo_desierto_no_es_un_resultado_que_avisar(feria: Feria, sesion: Session, reloj: Any) -> None:
    _pide(feria.beto, RESULTADOS, "todo")
    id_, *_ofertas = _evaluada(feria, reloj)
    _decidir(feria, id_, {1: None, 2: None}, "Los precios no convienen.")
    assert _halladas(sesion, id_) == []


def test_la_suspendida_al_avisar_se_avisa_cuando_se_reanuda(
    feria: Feria, sesion: Session, reloj: Any
) -> None:
    _pide(feria.ana, CONVOCATORIAS, "diaria", Frecuencia.DIARIA, entidad=feria.entidad.id)
    id_ = feria.publicada().id
    assert _halladas(sesion, id_) == ["diaria"]
    with transaccion() as otra:
        suspender(otra, feria.entidad.actor, id_, MOTIVO)
    reloj.adelantar(timedelta(days=1))
    assert (enviar.enviar_pendientes(), _halladas(sesion, id_)) == (0, [])
    with transaccion() as otra:
        reanudar_recepcion(otra, feria.entidad.actor, id_, ahora() + timedelta(days=15), MOTIVO)
    assert _halladas(sesion, id_) == ["diaria"]
    reloj.adelantar(timedelta(days=1))
    assert (enviar.enviar_pendientes(), enviar.enviar_pendientes()) == (1, 0)


def test_una_convocatoria_ampliada_no_se_avisa_otra_vez(
    feria: Feria, sesion: Session, duenio: Engine, reloj: Any
) -> None:
    _pide(feria.ana, CONVOCATORIAS, "entidad", entidad=feria.entidad.id)
    _pide(feria.ana, CONVOCATORIAS, "familia", familia="5612")
    id_ = feria.publicada().id
    assert _halladas(sesion, id_) == ["entidad", "familia"]
    enviar.enviar_pendientes()
    reloj.adelantar(timedelta(days=1))
    vence = sesion.connection().execute(
        text("SELECT vence_en FROM feria_convocatoria WHERE id = :id"), {"id": id_}
    )
    with transaccion() as otra:
        ampliar(otra, feria.entidad.actor, id_, vence.scalar_one() + timedelta(days=3), "Pidieron más plazo.")
    with duenio.begin() as conexion:
        conexion.execute(text("UPDATE nucleo_entrega SET hecha_en = NULL"))
    assert _halladas(sesion, id_) == ["entidad", "familia"]
    assert enviar.enviar_pendientes() == 0
    assert [asunto for asunto, _cuerpo in _avisos(sesion, feria.ana)] == ["Hay novedad: Mobiliario escolar"]


def test_cada_busqueda_de_la_lista_halla_lo_que_su_alerta(feria: Feria, sesion: Session) -> None:
    pedidos: dict[str, tuple[Filtro, str | None]] = {
        "entidad": (Filtro(unidad_id=feria.entidad.id), None),
        "de nadie": (Filtro(unidad_id=feria.ana.id), None),
        "familia": (Filtro(familia="5310"), None),
        "rubro": (Filtro(segmentos=segmentos_de(sesion, "13")), "13"),
        "otro rubro": (Filtro(segmentos=segmentos_de(sesion, "62")), "62"),
        "palabras de la familia": (Filtro(q="lana", familia="5310"), None),
    }
    for nombre, (filtro, rubro) in pedidos.items():
        with transaccion() as otra:
            crear_alerta(otra, feria.ana.actor, CONVOCATORIAS, criterios_de(filtro, rubro), nombre=nombre)
    procesos = {feria.publicada().id, feria.publicada(items=ROPA, titulo="Chompas de lana").id}
    halladas = {id_: set(_halladas(sesion, id_)) for id_ in procesos}
    for nombre, (filtro, _rubro) in pedidos.items():
        lista = {c.id for c in buscar(sesion, filtro, CursorPedido(None, 20))[0]}
        assert lista == {id_ for id_ in procesos if nombre in halladas[id_]}, nombre
    assert sorted(map(len, halladas.values())) == [1, 4]


@pytest.mark.parametrize("q", ["sillas -plástico", "sillas or mesas", "de la", "-"])
def test_lo_que_la_lista_halla_de_otro_modo_no_se_guarda(feria: Feria, sesion: Session, q: str) -> None:
    """A word that must not be there would be asked for, and of none everything would be told."""
    for codigo, criterios in ((CONVOCATORIAS, Criterios(q=q)), (ALERTAS_DE_PLANES, CriteriosDePlanes(q=q))):
        with pytest.raises(DatosInvalidos, match="vuelva a la lista"), transaccion() as otra:
            crear_alerta(otra, feria.ana.actor, codigo, criterios)
    sesion.rollback()
    assert sesion.exec(select(Alerta)).all() == []


def test_a_una_unidad_se_le_propone_lo_de_su_rubro(feria: Feria, sesion: Session, otorgar: Any) -> None:
    for parte in (feria.ana, feria.entidad):
        otorgar(parte.id, parte.persona, Facultad.ADMINISTRAR)
    (propuesta,) = propuestas_de(sesion, feria.ana.actor)
    assert (propuesta.unidad_id, propuesta.emparejador) == (feria.ana.id, CONVOCATORIAS)
    assert propuesta.criterios == Criterios(rubro="13", departamento="01")
    assert propuesta.busca == "Chuquisaca, lo del rubro «Fabricación de productos textiles»"
    assert propuestas_de(sesion, feria.entidad.actor) == []
    with transaccion() as otra:
        alerta = responder(otra, feria.ana.actor, feria.ana.id, CONVOCATORIAS, acepta=True)
    assert alerta is not None
    aqui = feria.publicada(items=ROPA).id
    lejos = feria.publicada(items=ROPA, municipio_ine="020101").id
    otra_cosa = feria.publicada().id
    halladas = [_halladas(sesion, id_) for id_ in (aqui, lejos, otra_cosa)]
    assert halladas == [[alerta.nombre], [], []]


def test_la_pagina_del_proceso_y_la_lista_ofrecen_avisarme(feria: Feria, sesion_web: Any) -> None:
    id_ = feria.publicada(items=ROPA).id
    navegador = sesion_web(feria.ana.persona)
    pagina = navegador.get(f"/feria/{id_}").text
    panel = pagina.split('id="alertas"')[1].split("</section>")[0]
    enlaces = {
        re.sub("<.*?>", "", t): unescape(u) for u, t in re.findall(r'href="(.*?)"[^>]*>(.*?)</a>', panel)
    }
    assert list(enlaces) == [
        "Lo que prevea Gobierno Municipal Prueba",
        "Lo que publique Gobierno Municipal Prueba",
        "Lo que adjudique Gobierno Municipal Prueba",
        "Lo que se prevea de «Ropa y uniformes» (UNSPSC 5310)",
        "Lo que se pida de «Ropa y uniformes» (UNSPSC 5310)",
        "Lo que se adjudique de «Ropa y uniformes» (UNSPSC 5310)",
    ]
    for que, url in enlaces.items():
        nueva = navegador.get(url)
        assert nueva.status_code == 200, que
        volver = unescape(nueva.text.split('(<a href="')[1].split('"')[0])
        lista = navegador.get(volver)
        assert lista.status_code == 200, volver
        if "publique" in que or "pida" in que:
            assert ("Mobiliario escolar" in lista.text, "Solo: " in lista.text) == (True, True)
    cerradas = navegador.get(f"/feria?ver=cerradas&entidad={feria.entidad.id}").text
    assert "Avisarme de los resultados" in cerradas
    assert RESULTADOS in unescape(cerradas)


@pytest.mark.parametrize("mala", ["familia=53", "rubro=x1", "entidad=yo"])
def test_una_busqueda_mal_escrita_no_rompe_la_lista(feria: Feria, cliente: Any, mala: str) -> None:
    assert cliente.get(f"/feria?{mala}").status_code == 422
