"""Acts are of who holds their role, once somebody was named; nobody is on both sides; time answers."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from empresa_digital.registro import Facultad
from feria_inversa.contratos.aceptacion import aceptar_orden
from feria_inversa.contratos.entregas import entregar, recibir
from feria_inversa.contratos.esquemas import EntregaEntrada, LineaDeEntrega, RecepcionEntrada
from feria_inversa.contratos.ordenes import emitir_ordenes
from feria_inversa.designaciones.designar import cesar
from feria_inversa.designaciones.excusas import excusarse, recusar, resolver_excusa
from feria_inversa.designaciones.tareas import cesar_papeles, resolver_excusas
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.evaluacion.informar import informar
from feria_inversa.papeles.consultas import designaciones_de, excusas_de
from feria_inversa.papeles.errores import (
    DesignacionNoEncontrada,
    DesignacionTerminada,
    NoSeRecusa,
    PapelIncompatible,
    PapelNoCorresponde,
    SinPapel,
)
from feria_inversa.papeles.estados import EstadoExcusa
from feria_inversa.papeles.modelos import Designacion
from feria_inversa.papeles.tipos import Papel
from feria_inversa.procesos.convocatorias import cancelar_convocatoria, publicar_convocatoria
from feria_inversa.procesos.versiones import ampliar
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.errores import Prohibido
from nucleo.eventos import entregar_pendientes
from nucleo.reloj import ahora, fecha_bolivia
from tests.feria_inversa.conftest import Feria, item
from tests.feria_inversa.designaciones.ayudas import (
    MOTIVO,
    UNO,
    Gente,
    abrir,
    cerrada,
    en_entidad,
    en_proceso,
    gana,
    rigen,
)

CARO = [item("Puente peatonal", "1", "2000000.00")]


def test_quien_publica_queda_dicho_y_nadie_nombrado_no_ata_a_nadie(
    feria: Feria, gente: Gente, reloj: Any
) -> None:
    id_, _oferta = cerrada(feria, reloj)
    with transaccion() as sesion:
        (una,) = designaciones_de(sesion, feria.entidad.id, id_)
        dicho = (una.papel, una.persona_id, una.autor, una.mandato_id is not None)
    assert dicho == ("responsable", feria.entidad.persona.id, feria.entidad.actor.nombre, True)
    _persona, otra = gente("Otra")
    abrir(otra, id_)


def test_con_rpa_nombrado_decide_esa_persona(feria: Feria, gente: Gente, mae: Actor, reloj: Any) -> None:
    rosa, rpa = gente("Rosa")
    _otro, otro = gente("Otro")
    id_, oferta = cerrada(feria, reloj)
    en_entidad(feria, mae, Papel.RPA, rosa, documento="RA 1/2026")
    with pytest.raises(SinPapel, match=r"Rosa.*RPA"):
        abrir(feria.entidad.actor, id_)
    abrir(rpa, id_)
    with pytest.raises(SinPapel):
        gana(feria, otro, id_, oferta)
    with pytest.raises(SinPapel), transaccion() as sesion:
        cancelar_convocatoria(sesion, otro, id_, "Ya no hace falta comprarlo.")
    with pytest.raises(SinPapel):
        en_proceso(otro, id_, Papel.RECEPCION, rosa)
    gana(feria, rpa, id_, oferta)
    with pytest.raises(SinPapel), transaccion() as sesion:
        emitir_ordenes(sesion, otro, id_)
    with pytest.raises(SinPapel), transaccion() as sesion:
        emitir_ordenes(sesion, mae, id_)
    assert mae.persona_id is not None
    en_entidad(feria, mae, Papel.MAE, mae.persona_id)
    with transaccion() as sesion:
        assert len(emitir_ordenes(sesion, mae, id_)) == 1


def test_publicar_y_cambiar_es_de_quien_decide_o_de_la_unidad_administrativa(
    feria: Feria, gente: Gente, mae: Actor
) -> None:
    rosa, rpa = gente("Rosa")
    pedro, administrativa = gente("Pedro")
    en_entidad(feria, mae, Papel.RPA, rosa)
    en_entidad(feria, mae, Papel.ADMINISTRATIVA, pedro)
    borrador = feria.borrador(UNO).id
    with pytest.raises(SinPapel), transaccion() as sesion:
        publicar_convocatoria(sesion, feria.entidad.actor, borrador, ahora() + timedelta(days=10))
    with transaccion() as sesion:
        publicar_convocatoria(sesion, administrativa, borrador, ahora() + timedelta(days=10))
    with pytest.raises(SinPapel), transaccion() as sesion:
        ampliar(sesion, feria.entidad.actor, borrador, ahora() + timedelta(days=20), "Lo pidieron varios.")
    with transaccion() as sesion:
        ampliar(sesion, rpa, borrador, ahora() + timedelta(days=20), "Lo pidieron varios.")
    with pytest.raises(SinPapel), transaccion() as sesion:
        cancelar_convocatoria(sesion, administrativa, borrador, "Ya no hace falta comprarlo.")


def test_una_licitacion_es_del_rpc(feria: Feria, gente: Gente, mae: Actor) -> None:
    """Naming an RPA alone leaves nobody to decide a tender: it does not fall to whoever has a mandate."""
    rosa, rpa = gente("Rosa")
    carla, rpc = gente("Carla")
    en_entidad(feria, mae, Papel.RPA, rosa)
    borrador = feria.borrador(CARO).id
    cierre = ahora() + timedelta(days=40)
    for actor in (rpa, feria.entidad.actor):
        with pytest.raises(SinPapel, match="Nadie tiene hoy"), transaccion() as sesion:
            publicar_convocatoria(sesion, actor, borrador, cierre)
    en_entidad(feria, mae, Papel.RPC, carla)
    with transaccion() as sesion:
        publicar_convocatoria(sesion, rpc, borrador, cierre)
    # Who was named for the process itself decides it, instead of the entity's.
    en_proceso(mae, borrador, Papel.RPC, rosa)
    with pytest.raises(SinPapel), transaccion() as sesion:
        cancelar_convocatoria(sesion, rpc, borrador, "Ya no hace falta comprarlo.")
    with transaccion() as sesion:
        cancelar_convocatoria(sesion, rpa, borrador, "Ya no hace falta comprarlo.")


def test_quien_evalua_no_recibe(feria: Feria, gente: Gente, reloj: Any, duenio: Engine) -> None:
    rosa, evalua = gente("Rosa")
    id_, oferta = cerrada(feria, reloj)
    en_proceso(feria.entidad.actor, id_, Papel.CALIFICACION, rosa)
    with pytest.raises(PapelIncompatible, match="quien evalúa no recibe"):
        en_proceso(feria.entidad.actor, id_, Papel.RECEPCION, rosa)
    with pytest.raises(Exception, match="does not hold both"), duenio.begin() as conexion:
        conexion.execute(
            text(
                "INSERT INTO feria_designacion (id, unidad_id, convocatoria_id, papel, persona_id, documento,"
                " desde, autor)"
                " VALUES (gen_random_uuid(), :u, :c, 'recepcion', :p, '', nucleo_ahora(), 'nadie')"
            ),
            {"u": feria.entidad.id, "c": id_, "p": rosa},
        )
    pedro, recibe = gente("Pedro")
    en_proceso(feria.entidad.actor, id_, Papel.RECEPCION, pedro)
    assert rigen(feria, id_) == ["responsable", "calificacion", "recepcion"]
    abrir(evalua, id_)
    with transaccion() as sesion:
        informar(sesion, evalua, id_, [DecisionEntrada(item_id=feria.items(id_)[0].id, oferta_id=oferta)])
    gana(feria, feria.entidad.actor, id_, oferta)
    with transaccion() as sesion:
        orden = emitir_ordenes(sesion, feria.entidad.actor, id_)[0].id
    with transaccion() as sesion:
        aceptar_orden(sesion, feria.ana.actor, orden)
    with transaccion() as sesion:
        entregar(
            sesion, feria.ana.actor, orden, EntregaEntrada(lineas=[LineaDeEntrega(numero=1, cantidad=2)])
        )
    with pytest.raises(SinPapel, match="Pedro"), transaccion() as sesion:
        recibir(sesion, feria.entidad.actor, orden, 1, RecepcionEntrada())
    with transaccion() as sesion:
        recibir(sesion, recibe, orden, 1, RecepcionEntrada())


def test_lo_que_no_confirma_una_norma_avisa(feria: Feria, gente: Gente, mae: Actor, cliente: Any) -> None:
    rosa, rpa = gente("Rosa")
    id_ = feria.publicada(items=UNO).id
    en_entidad(feria, mae, Papel.RPA, rosa)
    en_proceso(rpa, id_, Papel.CALIFICACION, rosa)
    dicho = cliente.get(f"/api/v1/convocatorias/{id_}/papeles").json()
    (aviso,) = dicho["avisos"]
    assert "Rosa" in aviso
    assert "no se aconseja (DS 0181, por cotejar)" in aviso
    assert "no se aconseja (DS 0181, por cotejar)" in cliente.get(f"/feria/{id_}").text
    assert [(d["papel"], d["rige"]) for d in dicho["designaciones"]] == [
        ("rpa", True),
        ("responsable", True),
        ("calificacion", True),
    ]


def test_nadie_esta_en_los_dos_lados(feria: Feria, gente: Gente, reloj: Any) -> None:
    """Until the opening nobody knows who bid, and naming does not tell; then who acts for a bidder is out."""
    rosa, _actor = gente("Rosa", Facultad.EVALUAR)
    pedro, _otro = gente("Pedro", Facultad.EVALUAR)
    id_, _oferta = cerrada(feria, reloj)
    en_proceso(feria.entidad.actor, id_, Papel.CALIFICACION, rosa)
    _ve(feria, rosa)
    _ve(feria, pedro)
    abrir(feria.entidad.actor, id_)
    with transaccion() as sesion:
        (_r, evalua) = designaciones_de(sesion, feria.entidad.id, id_)
        assert (evalua.motivo_cese, evalua.cesada_por) == (
            "Actúa por una unidad que ofertó.",
            "apertura de sobres",
        )
    with pytest.raises(PapelIncompatible, match="dos lados"):
        en_proceso(feria.entidad.actor, id_, Papel.CALIFICACION, pedro)
    assert rigen(feria, id_) == ["responsable"]


def _ve(feria: Feria, persona_id: UUID) -> None:
    """Somebody gets a mandate of Ana's unit, which bid."""
    persona = type("P", (), {"id": persona_id})()
    feria.mandato(feria.ana.id, persona, Facultad.VENDER)


def test_solo_se_nombra_a_quien_trabaja_en_compras(feria: Feria, gente: Gente, mae: Actor) -> None:
    rosa, _actor = gente("Rosa", Facultad.PAGAR)
    id_ = feria.publicada(items=UNO).id
    with pytest.raises(PapelNoCorresponde, match="mandato de la entidad"):
        en_proceso(feria.entidad.actor, id_, Papel.RECEPCION, rosa)
    with pytest.raises(PapelNoCorresponde, match="mandato de la entidad"):
        en_proceso(feria.entidad.actor, id_, Papel.CALIFICACION, feria.ana.persona.id)
    with pytest.raises(PapelNoCorresponde, match="en cada proceso"):
        en_entidad(feria, mae, Papel.RECEPCION, feria.entidad.persona.id)
    with pytest.raises(PapelNoCorresponde, match="es de la entidad"):
        en_proceso(feria.entidad.actor, id_, Papel.MAE, feria.entidad.persona.id)
    with pytest.raises(Prohibido):
        en_entidad(feria, feria.entidad.actor, Papel.RPA, feria.entidad.persona.id)
    assert rigen(feria, None) == []


def test_se_cesa_con_motivo_y_el_tiempo_cesa(feria: Feria, gente: Gente, mae: Actor, reloj: Any) -> None:
    rosa, rpa = gente("Rosa")
    pedro, _otro = gente("Pedro")
    una = en_entidad(feria, mae, Papel.RPA, rosa)
    with pytest.raises(PapelNoCorresponde, match="Ya tiene"):
        en_entidad(feria, mae, Papel.RPA, rosa)
    with pytest.raises(Prohibido), transaccion() as sesion:
        cesar(sesion, rpa, una, "Se fue a otra entidad.")
    with transaccion() as sesion:
        cesar(sesion, mae, una, "Se fue a otra entidad.")
    with pytest.raises(DesignacionTerminada), transaccion() as sesion:
        cesar(sesion, mae, una, "Se fue a otra entidad.")
    en_entidad(feria, mae, Papel.RPA, rosa)
    en_entidad(feria, mae, Papel.RPC, pedro, hasta=fecha_bolivia() + timedelta(days=2))
    assert rigen(feria, None) == ["rpa", "rpc"]
    reloj.adelantar(timedelta(days=3))
    assert (cesar_papeles(), cesar_papeles()) == (1, 0)
    assert rigen(feria, None) == ["rpa"]


def test_se_excusa_y_le_responden(feria: Feria, gente: Gente, mae: Actor, sesion: Session) -> None:
    rosa, evalua = gente("Rosa")
    _pedro, otro = gente("Pedro")
    id_ = feria.publicada(items=UNO).id
    una = en_proceso(feria.entidad.actor, id_, Papel.CALIFICACION, rosa)
    with pytest.raises(DesignacionNoEncontrada), transaccion() as otra:
        excusarse(otra, otro, una, MOTIVO)
    with transaccion() as otra:
        excusa = excusarse(otra, evalua, una, MOTIVO).id
    with pytest.raises(NoSeRecusa, match="Ya se excusó"), transaccion() as otra:
        excusarse(otra, evalua, una, MOTIVO)
    with pytest.raises(Prohibido), transaccion() as otra:
        resolver_excusa(otra, feria.entidad.actor, excusa, EstadoExcusa.ACEPTADA, "Es verdad, y basta.")
    with transaccion() as otra:
        resolver_excusa(otra, mae, excusa, EstadoExcusa.ACEPTADA, "Es verdad, y basta.")
    fila = sesion.get_one(Designacion, una)
    assert (fila.motivo_cese, fila.cesada_por) == ("Es verdad, y basta.", mae.nombre)
    assert rigen(feria, id_) == ["responsable"]


def test_quien_quedo_fuera_no_vuelve(feria: Feria, gente: Gente, mae: Actor, reloj: Any) -> None:
    """Neither by the mandate, when nobody else was named, nor as the entity's, nor named again."""
    rosa, rpa = gente("Rosa")
    id_, oferta = cerrada(feria, reloj)
    una = en_proceso(mae, id_, Papel.RPA, rosa)
    abrir(rpa, id_)
    with transaccion() as sesion:
        recusacion = recusar(sesion, feria.ana.actor, una, feria.ana.id, MOTIVO).id
    with transaccion() as sesion:
        resolver_excusa(sesion, mae, recusacion, EstadoExcusa.ACEPTADA, "Es verdad, y basta.")
    with pytest.raises(SinPapel, match="quedó fuera"):
        gana(feria, rpa, id_, oferta)
    en_entidad(feria, mae, Papel.RPA, rosa)
    with pytest.raises(SinPapel, match="quedó fuera"):
        gana(feria, rpa, id_, oferta)
    for quien, papel in ((mae, Papel.RPA), (feria.entidad.actor, Papel.CALIFICACION)):
        with pytest.raises(PapelNoCorresponde, match="quedó fuera"):
            en_proceso(quien, id_, papel, rosa)
    assert rigen(feria, id_) == ["responsable"]
    pedro, otro = gente("Pedro")
    en_proceso(mae, id_, Papel.RPA, pedro)
    gana(feria, otro, id_, oferta)


def test_quien_se_excuso_no_actua_y_el_silencio_lo_deja_fuera(
    feria: Feria, gente: Gente, mae: Actor, reloj: Any
) -> None:
    rosa, rpa = gente("Rosa")
    id_, _oferta = cerrada(feria, reloj)
    una = en_proceso(mae, id_, Papel.RPA, rosa)
    with transaccion() as sesion:
        excusarse(sesion, rpa, una, MOTIVO)
    for actor in (rpa, feria.entidad.actor):
        with pytest.raises(SinPapel):
            abrir(actor, id_)
    assert resolver_excusas() == 0
    reloj.adelantar(timedelta(days=8))
    assert (resolver_excusas(), resolver_excusas()) == (1, 0)
    with transaccion() as sesion:
        (dicha,) = excusas_de(sesion, [una])
        assert (dicha.estado, dicha.tacita) == ("aceptada", True)
    abrir(feria.entidad.actor, id_)


def test_recusa_quien_oferto_desde_la_apertura(feria: Feria, gente: Gente, mae: Actor, reloj: Any) -> None:
    rosa, evalua = gente("Rosa")
    id_, _oferta = cerrada(feria, reloj)
    una = en_proceso(feria.entidad.actor, id_, Papel.CALIFICACION, rosa)

    def recusa(parte: Any) -> UUID:
        with transaccion() as sesion:
            return recusar(sesion, parte.actor, una, parte.id, MOTIVO).id

    with pytest.raises(NoSeRecusa, match="desde que se abren"):
        recusa(feria.ana)
    abrir(evalua, id_)
    with pytest.raises(NoSeRecusa, match="quien ofertó"):
        recusa(feria.beto)
    recusa(feria.ana)
    with pytest.raises(NoSeRecusa, match="ya recusó"):
        recusa(feria.ana)
    reloj.adelantar(timedelta(days=8))
    assert resolver_excusas() == 1
    with transaccion() as sesion:
        (dicha,) = excusas_de(sesion, [una])
        assert (dicha.estado, dicha.tacita, dicha.unidad_id) == ("rechazada", True, feria.ana.id)
    assert rigen(feria, id_) == ["responsable", "calificacion"]


@pytest.mark.parametrize(
    ("sentencia", "falta"),
    [
        ("UPDATE feria_designacion SET papel = 'rpa'", "permission denied"),
        ("DELETE FROM feria_designacion", "permission denied"),
        ("INSERT INTO feria_incompatibilidad SELECT * FROM feria_incompatibilidad", "permission denied"),
        (
            "UPDATE feria_excusa SET estado = 'rechazada', resuelta_en = now(), resuelta_por = 'x', "
            "fundamento = 'porque sí, sí', tacita = true",
            "in its term",
        ),
        ("UPDATE feria_excusa SET motivo = 'otro motivo'", "permission denied"),
    ],
)
def test_la_aplicacion_no_puede(
    sentencia: str, falta: str, feria: Feria, gente: Gente, sesion: Session
) -> None:
    rosa, evalua = gente("Rosa")
    id_ = feria.publicada(items=UNO).id
    una = en_proceso(feria.entidad.actor, id_, Papel.CALIFICACION, rosa)
    with transaccion() as otra:
        excusarse(otra, evalua, una, MOTIVO)
    with pytest.raises(Exception, match=falta):
        sesion.connection().execute(text(sentencia))
    sesion.rollback()


def test_por_las_paginas(
    feria: Feria, gente: Gente, mae: Actor, reloj: Any, sesion_web: Any, cliente: Any, sesion: Session
) -> None:
    rosa, evalua = gente("Rosa")
    id_, _oferta = cerrada(feria, reloj)
    entidad = sesion_web(feria.entidad.persona)
    assert "Nombrar a alguien" in entidad.get(f"/compras/{id_}/papeles").text
    assert "Quien lo publicó" in cliente.get(f"/feria/{id_}/papeles").text
    ruta, datos = (
        f"/compras/{id_}/papeles",
        {"papel": "calificacion", "persona": str(rosa), "documento": "M 1"},
    )
    assert entidad.post(ruta, data=datos | {"papel": ""}).status_code == 422
    assert entidad.post(ruta, data=datos | {"papel": "rpa"}).status_code == 403
    assert entidad.post(ruta, data=datos).status_code == 303
    assert entidad.post(ruta, data=datos | {"papel": "recepcion"}).status_code == 422
    assert sesion_web(feria.ana.persona).get(ruta).status_code == 404
    una = sesion.exec(select(Designacion.id).where(col(Designacion.papel) == "calificacion")).one()
    publica = f"/feria/{id_}/papeles"
    assert "Recusar a alguien" not in sesion_web(feria.ana.persona).get(publica).text
    abrir(evalua, id_)
    ana = sesion_web(feria.ana.persona)
    assert "Recusar a alguien" in ana.get(publica).text
    recusacion = {"unidad_id": str(feria.ana.id), "designacion": str(una), "motivo": MOTIVO}
    assert ana.post(f"/feria/{id_}/recusaciones", data=recusacion | {"motivo": "corto"}).status_code == 422
    assert ana.post(f"/feria/{id_}/recusaciones", data=recusacion).status_code == 303
    assert MOTIVO in cliente.get(publica).text
    entregar_pendientes()
    cese = {"designacion": str(una), "motivo": "Se va de la entidad."}
    assert entidad.post(f"/compras/{id_}/ceses", data=cese).status_code == 303
    dicho = cliente.get(f"/api/v1/convocatorias/{id_}/papeles").json()
    assert [d["motivo_cese"] for d in dicho["designaciones"]] == [None, "Se va de la entidad."]
    assert [e["estado"] for e in dicho["designaciones"][1]["excusas"]] == ["sin_objeto"]
    entregar_pendientes()
