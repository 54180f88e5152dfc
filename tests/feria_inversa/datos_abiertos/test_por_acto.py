"""A release for each act, after it, which tells that act; in an order in which none comes late."""

import json
import threading
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from feria_inversa.datos_abiertos.modelos import ActoPublico, CompiladoOcds, ReleaseOcds
from feria_inversa.datos_abiertos.publicar import poner_al_dia
from feria_inversa.datos_abiertos.verificar import verificar_datos_abiertos
from feria_inversa.procesos import bloquear, compartir
from feria_inversa.procesos.esquemas import EnmiendaEntrada
from feria_inversa.procesos.versiones import enmendar
from nucleo.bd import nueva_sesion, transaccion
from nucleo.eventos import entregar_pendientes
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.datos_abiertos.ayudas import publicadas, releases
from tests.feria_inversa.ofertas.test_carreras import a_la_vez, en_transaccion

MOTIVO = "Lo pidieron los proveedores."


def enmienda(feria: Feria, id_: UUID, descripcion: str) -> None:
    with transaccion() as sesion:
        enmendar(sesion, feria.entidad.actor, id_, EnmiendaEntrada(motivo=MOTIVO, descripcion=descripcion))


def test_el_acto_se_anota_y_su_publicacion_viene_despues(feria: Feria, sesion: Session, cliente: Any) -> None:
    """Its id is the act's; heard again, nothing more is written."""
    proceso = feria.publicada()
    acto = sesion.exec(select(ActoPublico)).one()
    assert (acto.secuencia, acto.etiquetas, acto.hecho_en) == (1, ["tender"], proceso.publicado_en)
    assert (publicadas(cliente), cliente.get(f"/ocds/records/{proceso.ocid}").status_code) == ([], 404)
    entregar_pendientes()
    entregar_pendientes()
    assert publicadas(cliente, 1) == [acto.release_id]
    (record,) = cliente.get(f"/ocds/records/{proceso.ocid}").json()["records"]
    (release,) = record["releases"]
    assert record["compiledRelease"] == release | {
        "id": f"{proceso.ocid}-{release['date']}",
        "tag": ["compiled"],
    }
    assert verificar_datos_abiertos(sesion) == []


def test_cada_publicacion_dice_su_acto_aunque_se_escriba_tarde(feria: Feria, sesion: Session) -> None:
    """Nobody heard of the first acts before the next ones were done."""
    id_ = feria.publicada().id
    enmienda(feria, id_, "Con tapa de madera.")
    enmienda(feria, id_, "Con tapa de metal.")
    dichas = [json.loads(release.contenido)["tender"] for release in releases(sesion, id_)]
    assert [dicho["description"] for dicho in dichas] == [
        "Para dos unidades educativas.",
        "Con tapa de madera.",
        "Con tapa de metal.",
    ]
    # The base document is written again with each version.
    assert [set(dicho) for dicho in dichas[1:]] == [{"id", "description", "amendments", "documents"}] * 2
    assert [len(dicho["documents"]) for dicho in dichas[1:]] == [1, 1]
    assert [len(dicho["amendments"]) for dicho in dichas[1:]] == [1, 1]
    entregar_pendientes()
    assert len(releases(sesion, id_)) == 3


def test_a_la_vez_se_escribe_una(feria: Feria, sesion: Session) -> None:
    id_ = feria.publicada().id

    def publicar(propia: Session) -> None:
        compartir(propia, id_)
        poner_al_dia(propia, id_)

    assert a_la_vez([en_transaccion(publicar)] * 4) == [None] * 4
    assert len(sesion.exec(select(ReleaseOcds)).all()) == 1


def test_la_lista_espera_a_quien_empezo_antes(feria: Feria, sesion: Session, cliente: Any) -> None:
    """What commits first is not shown while an earlier transaction may still write: none appears behind a
    reader. Two processes do not wait for each other."""
    primero, segundo = feria.publicada().id, feria.publicada().id
    with nueva_sesion() as lenta:
        compartir(lenta, primero)
        poner_al_dia(lenta, primero)
        with transaccion() as otra:
            compartir(otra, segundo)
            poner_al_dia(otra, segundo)
        sesion.rollback()
        assert [r.convocatoria_id for r in sesion.exec(select(ReleaseOcds))] == [segundo]
        assert publicadas(cliente) == []
        lenta.commit()
    actos = {acto.convocatoria_id: acto.release_id for acto in sesion.exec(select(ActoPublico))}
    assert publicadas(cliente, 2) == [actos[primero], actos[segundo]]


def test_se_oferta_mientras_se_escribe(feria: Feria) -> None:
    """Who writes a release shares the process with the bids."""
    id_ = feria.publicada().id
    hecho = threading.Event()
    with nueva_sesion() as escribe:
        compartir(escribe, id_)
        poner_al_dia(escribe, id_)

        def ofertar() -> None:
            feria.ofertar(feria.ana, id_, ["400.00", "700.00"])
            hecho.set()

        hilo = threading.Thread(target=ofertar)
        hilo.start()
        hilo.join(60)
        assert hecho.is_set()
        escribe.rollback()


@pytest.mark.parametrize(
    ("sentencia", "falta"),
    [
        ("UPDATE feria_ocds_compilado SET contenido = '{}'", "takes the next release"),
        ("UPDATE feria_ocds_compilado SET secuencia = 3", "takes the next release"),
        ("DELETE FROM feria_ocds_compilado", "permission denied"),
        ("UPDATE feria_acto_publico SET hecho_en = now()", "permission denied"),
        (
            "INSERT INTO feria_ocds_release (convocatoria_id, secuencia, ocid, release_id, fecha, etiquetas,"
            " contenido, transaccion) SELECT convocatoria_id, 2, 'x', release_id, hecho_en, etiquetas, '{}',"
            " 0 FROM feria_acto_publico",
            "fk_feria_ocds_release_release_id|uq_feria_ocds_release_release_id",
        ),
    ],
)
def test_la_aplicacion_no_puede(sentencia: str, falta: str, feria: Feria, sesion: Session) -> None:
    feria.publicada()
    releases(sesion)
    with pytest.raises(Exception, match=falta):
        sesion.connection().execute(text(sentencia))
    sesion.rollback()


def test_una_publicacion_sigue_a_otra_y_se_compila_al_escribirla(feria: Feria, sesion: Session) -> None:
    id_ = feria.publicada().id
    enmienda(feria, id_, "Con tapa de madera.")
    poner = text(
        "INSERT INTO feria_ocds_release (convocatoria_id, secuencia, ocid, release_id, fecha, etiquetas,"
        " contenido, transaccion) SELECT convocatoria_id, secuencia, 'x', release_id,"
        " hecho_en - CAST(:antes AS interval), etiquetas, '{}', 0 FROM feria_acto_publico WHERE secuencia = 2"
    )
    with pytest.raises(IntegrityError, match="follows the one before"):
        sesion.connection().execute(poner, {"antes": "1 day"})
    sesion.rollback()
    sesion.connection().execute(poner, {"antes": "0"})
    with pytest.raises(IntegrityError, match="compiled when it is written"):
        sesion.commit()
    sesion.rollback()


def test_se_ve_lo_que_no_concuerda(feria: Feria, sesion: Session, duenio: Engine, reloj: Any) -> None:
    proceso = feria.publicada()
    reloj.adelantar(timedelta(hours=2))
    acto = sesion.exec(select(ActoPublico)).one()
    assert verificar_datos_abiertos(sesion) == [f"el acto {acto.release_id} no se publicó en datos abiertos"]
    releases(sesion)
    assert verificar_datos_abiertos(sesion) == []
    contenido = sesion.get_one(CompiladoOcds, proceso.id).contenido
    sesion.rollback()
    with duenio.begin() as conexion:
        conexion.execute(text("ALTER TABLE feria_ocds_compilado DISABLE TRIGGER USER"))
        conexion.execute(
            text("UPDATE feria_ocds_compilado SET contenido = :otro"),
            {"otro": contenido.replace("Mobiliario escolar", "Mobiliario de lujo")},
        )
        conexion.execute(text("ALTER TABLE feria_ocds_compilado ENABLE TRIGGER USER"))
    assert verificar_datos_abiertos(sesion) == [
        f"{proceso.ocid}: lo compilado no es lo que dicen sus publicaciones"
    ]


def test_el_acto_no_lee_lo_que_se_leyo_para_publicar(feria: Feria) -> None:
    """The rows of what is told before an act are not those of the act's own session."""
    id_ = feria.publicada().id
    with transaccion() as sesion:
        proceso = bloquear(sesion, id_)
        assert list(sesion.identity_map.values()) == [proceso]
