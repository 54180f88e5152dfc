"""Units are told once of a call that fits what they do, where they are and how large it is."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from alertas.guardar import crear_alerta
from ciudadania.modelos import Notificacion
from empresa_digital.registro import Facultad, Habilitacion, TipoUnidad
from feria_inversa.alertas import CONVOCATORIAS as CODIGO
from feria_inversa.alertas import Criterios
from feria_inversa.invitaciones import consultas
from feria_inversa.invitaciones import invitar as modulo
from feria_inversa.invitaciones.consultas import AL_DIA, cuantas_invitadas
from feria_inversa.invitaciones.modelos import Invitacion
from feria_inversa.invitaciones.preferir import preferir
from feria_inversa.invitaciones.tareas import ESPERA, invitar_a_ofertar
from feria_inversa.invitaciones.verificar import verificar_invitaciones
from feria_inversa.procesos.versiones import reanudar_recepcion, suspender
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from tests.ayudas.carreras import cruzar
from tests.feria_inversa.conftest import SUCRE, Feria, Parte, item

ROPA = [item("Chompa de lana", "10", "100.00", unspsc="53101600")]  # units of the tests knit: CIIU 1392
MUEBLES = [item("Viga", "10", "100.00", unspsc="95121500")]  # of a segment that nobody is known to provide
CERCA, LEJOS = "010102", "020101"


def invitadas(sesion: Session, id_: UUID) -> set[UUID]:
    sesion.rollback()
    return set(sesion.exec(select(Invitacion.unidad_id).where(Invitacion.convocatoria_id == id_)))


def invita(reloj: Any) -> int:
    """The sweep, once those who asked for it with an alert have been found."""
    reloj.adelantar(ESPERA)
    return invitar_a_ofertar()


def avisos(sesion: Session, parte: Parte) -> list[str]:
    consulta = select(Notificacion.asunto).where(
        Notificacion.unidad_id == parte.id, Notificacion.clase == "feria.invitacion"
    )
    return list(sesion.exec(consulta.order_by(col(Notificacion.creado_en))))


def test_se_avisa_una_vez_a_quien_le_corresponde(feria: Feria, sesion: Session, reloj: Any) -> None:
    sin_habilitar = feria.crear_parte("Tejidos sin habilitación", habilitaciones=())
    id_ = feria.publicada(items=ROPA).id

    assert invitar_a_ofertar() == 0  # not yet
    assert invita(reloj) == 1
    assert invitadas(sesion, id_) == {feria.ana.id, feria.beto.id}
    assert avisos(sesion, feria.ana) == ["El Estado necesita: Mobiliario escolar"]
    assert avisos(sesion, sin_habilitar) == []
    assert invita(reloj) == 0
    assert len(avisos(sesion, feria.ana)) == 1


def test_ni_otro_rubro_ni_lo_que_ya_cerro(feria: Feria, sesion: Session, reloj: Any) -> None:
    de_otro = feria.publicada(items=MUEBLES).id
    sin_codigo = feria.publicada(items=[item("Chompa", "10", "100.00")]).id
    tarde = feria.publicada(items=ROPA, dias=1).id
    reloj.adelantar(timedelta(days=2))
    assert invita(reloj) == 2
    assert [invitadas(sesion, id_) for id_ in (de_otro, sin_codigo, tarde)] == [set(), set(), set()]


def test_primero_los_de_cerca(
    feria: Feria, sesion: Session, monkeypatch: pytest.MonkeyPatch, reloj: Any
) -> None:
    lejos = feria.crear_parte("Tejidos de lejos", municipio_ine=LEJOS)
    cerca = feria.crear_parte("Tejidos de cerca", municipio_ine=CERCA)
    monkeypatch.setattr(modulo, "POR_PROCESO", 3)
    id_ = feria.publicada(items=ROPA, municipio_ine=SUCRE).id
    invita(reloj)
    assert invitadas(sesion, id_) == {feria.ana.id, feria.beto.id, cerca.id}
    assert avisos(sesion, lejos) == []


def test_lo_grande_no_es_para_una_persona_sola(
    feria: Feria, sesion: Session, monkeypatch: pytest.MonkeyPatch, reloj: Any
) -> None:
    sola = feria.crear_parte("Tejedora", TipoUnidad.PERSONA_NATURAL)
    monkeypatch.setattr(modulo, "GRANDE", bs("1000.00"))
    grande = feria.publicada(items=ROPA).id
    chica = feria.publicada(items=[item("Gorro", "9", "100.00", unspsc="53102500")]).id
    invita(reloj)
    assert sola.id not in invitadas(sesion, grande)
    assert sola.id in invitadas(sesion, chica)


def test_quien_no_quiere_no_recibe(feria: Feria, sesion: Session, reloj: Any) -> None:
    for recibe in (False, False, True, False):
        with transaccion() as otra:
            preferir(otra, feria.ana.actor, feria.ana.id, recibe=recibe)
    id_ = feria.publicada(items=ROPA).id
    invita(reloj)
    assert invitadas(sesion, id_) == {feria.beto.id}


def test_no_mas_de_unas_cuantas_al_dia(feria: Feria, sesion: Session, reloj: Any) -> None:
    for _ in range(AL_DIA + 2):
        feria.publicada(items=ROPA)
    invita(reloj)
    assert len(avisos(sesion, feria.ana)) == AL_DIA
    reloj.adelantar(timedelta(days=1, minutes=1))
    feria.publicada(items=ROPA)
    invita(reloj)
    sesion.rollback()
    assert len(avisos(sesion, feria.ana)) == AL_DIA + 1


def test_quien_lo_sabe_por_su_alerta_no_recibe_dos(feria: Feria, sesion: Session, reloj: Any) -> None:
    feria.mandato(feria.ana.id, feria.ana.persona, Facultad.ADMINISTRAR)
    for unidad_id, criterios in ((feria.ana.id, Criterios(q="mobiliario")), (None, Criterios())):
        with transaccion() as propia:  # the person's own alert tells the unit nothing
            quien = feria.ana if unidad_id else feria.beto
            crear_alerta(propia, quien.actor, CODIGO, criterios, unidad_id=unidad_id)
    id_ = feria.publicada(items=ROPA).id
    entregar_pendientes()
    invita(reloj)
    assert invitadas(sesion, id_) == {feria.beto.id}


def test_dos_barridos_a_la_vez_avisan_una_vez(feria: Feria, sesion: Session, reloj: Any) -> None:
    id_ = feria.publicada(items=ROPA).id
    assert cruzar(lambda s: modulo.invitar(s, id_), lambda s: modulo.invitar(s, id_)) is None
    assert len(avisos(sesion, feria.ana)) == 1


def test_dos_procesos_a_la_vez_no_pasan_de_lo_de_un_dia(
    feria: Feria, sesion: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consultas, "AL_DIA", 1)
    primero, segundo = (feria.publicada(items=ROPA).id for _vez in range(2))
    assert cruzar(lambda s: modulo.invitar(s, primero), lambda s: modulo.invitar(s, segundo)) is None
    assert [len(invitadas(sesion, id_)) for id_ in (primero, segundo)] == [2, 0]


def test_de_lo_suspendido_se_avisa_cuando_se_reanuda(feria: Feria, sesion: Session, reloj: Any) -> None:
    convocatoria = feria.publicada(items=ROPA)
    actor, motivo = feria.entidad.actor, "Una consulta cambió las cantidades."
    with transaccion() as otra:
        suspender(otra, actor, convocatoria.id, motivo)
    with transaccion() as otra:  # a sweep that found it before
        assert not modulo.invitar(otra, convocatoria.id)
    assert convocatoria.vence_en is not None
    with transaccion() as otra:
        reanudar_recepcion(otra, actor, convocatoria.id, convocatoria.vence_en + timedelta(days=3), motivo)
    assert invita(reloj) == 1
    assert invitadas(sesion, convocatoria.id) == {feria.ana.id, feria.beto.id}


def test_lo_indebido_se_descubre(feria: Feria, sesion: Session, reloj: Any, duenio: Engine) -> None:
    ids = [feria.publicada(items=ROPA).id for _vez in range(AL_DIA + 1)]
    invita(reloj)
    sesion.rollback()
    assert verificar_invitaciones(sesion) == []
    una = text("INSERT INTO feria_invitacion (convocatoria_id, unidad_id) VALUES (:id, :unidad)")
    with duenio.begin() as conexion:
        conexion.execute(una, {"id": ids[0], "unidad": feria.entidad.id})
        for id_ in set(ids) - {i for i in ids if feria.ana.id in invitadas(sesion, i)}:
            conexion.execute(una, {"id": id_, "unidad": feria.ana.id})
    sesion.rollback()
    assert verificar_invitaciones(sesion) == [
        f"de la convocatoria {ids[0]} se avisó a su propia entidad, o antes de publicarla",
        f"a la unidad {feria.ana.id} se avisó de más de {AL_DIA} convocatorias en un día",
    ]


def test_la_entidad_no_se_invita_a_si_misma(
    feria: Feria, sesion: Session, duenio: Engine, reloj: Any
) -> None:
    vende = (Habilitacion.PROVEEDOR_DEL_ESTADO,)
    tambien = feria.crear_parte("Entidad que vende", TipoUnidad.ENTIDAD_PUBLICA, habilitaciones=vende)
    copia = text(
        "INSERT INTO registro_habilitacion"
        " (unidad_id, habilitacion, estado, norma, vigente_desde, solicitada_en)"
        " SELECT :entidad, habilitacion, estado, norma, vigente_desde, solicitada_en"
        " FROM registro_habilitacion WHERE unidad_id = :otra"
    )
    with duenio.begin() as conexion:
        conexion.execute(copia, {"entidad": feria.entidad.id, "otra": tambien.id})
    id_ = feria.publicada(items=ROPA).id
    invita(reloj)
    assert invitadas(sesion, id_) == {feria.ana.id, feria.beto.id, tambien.id}


def test_la_pagina_y_la_api(feria: Feria, sesion: Session, sesion_web: Any, cliente: Any, reloj: Any) -> None:
    id_ = feria.publicada(items=ROPA).id
    invita(reloj)
    assert cuantas_invitadas(sesion, id_) == 2
    assert cliente.get(f"/api/v1/convocatorias/{id_}/invitaciones").json() == {"cuantas": 2}
    assert "Se avisó a 2 unidades" in sesion_web(feria.entidad.persona).get(f"/compras/{id_}").text
    ana = sesion_web(feria.ana.persona)
    pagina = f"/invitaciones/{feria.ana.id}"
    assert pagina in ana.get("/ofertas").text
    assert ana.get(pagina).status_code == 200
    assert ana.post(pagina, data={}).status_code == 303
    assert ana.get(f"/api/v1{pagina}").json() == {"recibe": False}
    assert sesion_web(feria.beto.persona).post(pagina, data={"recibe": "1"}).status_code == 403
    otra = feria.publicada(items=ROPA).id
    invita(reloj)
    assert invitadas(sesion, otra) == {feria.beto.id}
