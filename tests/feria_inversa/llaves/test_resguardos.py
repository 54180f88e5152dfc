"""Who holds the keys: named, each with a key, all rehearsed; parts that nobody but their holder opens."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from constancia import hash_de, hashes_que_faltan
from empresa_digital.registro import SinFacultad
from feria_inversa.llaves import HOJA_DE_LLAVE, hpke, llave_de, secreto
from feria_inversa.llaves.consultas import llave_de_ensayo, partes_de, vigente_de
from feria_inversa.llaves.errores import ParteEquivocada, ResguardoNoEncontrado, ResguardoNoPermite
from feria_inversa.llaves.modelos import Parte, Resguardo
from feria_inversa.llaves.resguardos import ensayar, inscribir, nombrar
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.llaves.ayudas import inscritos, nombrados, resguardo


def test_se_nombra_se_inscribe_se_ensaya_y_rige(feria: Feria, sesion: Session) -> None:
    id_, guardas = inscritos(feria, 2, 3)
    fila = sesion.get_one(Resguardo, id_)
    assert fila.estado == "ensayo"
    ensayo = llave_de_ensayo(sesion, id_)
    assert ensayo is not None
    assert [p.entregada for p in partes_de(sesion, ensayo.id)] == [None, None, None]
    sesion.rollback()
    for n, guarda in enumerate(guardas, start=1):
        assert vigente_de(sesion, feria.entidad.id) is None
        sesion.rollback()
        for _vez in range(2):
            with transaccion() as otra:
                assert ensayar(otra, guarda.actor, id_, clave=guarda.clave).estado == (
                    "vigente" if n == 3 else "ensayo"
                )
    vigente = vigente_de(sesion, feria.entidad.id)
    assert vigente is not None
    assert (vigente.id, vigente.umbral) == (id_, 2)


def test_quien_nombra_y_a_cuantos(feria: Feria, sesion: Session) -> None:
    nombrados(feria, 2, 2)
    ana, beto = feria.ana.persona.id, feria.beto.persona.id
    for umbral, personas in ((1, [ana, beto]), (3, [ana, beto]), (2, [ana, ana]), (2, [])):
        with pytest.raises(DatosInvalidos):
            nombrar(sesion, feria.entidad.actor, feria.entidad.id, umbral, personas, uuid4())
        sesion.rollback()
    with pytest.raises(SinFacultad):
        nombrar(sesion, feria.ana.actor, feria.entidad.id, 2, [ana, beto], uuid4())


def test_otro_grupo_en_lugar_del_que_se_prepara_y_del_que_rige(feria: Feria, sesion: Session) -> None:
    primero, _guardas = nombrados(feria, 2, 2)
    resguardo(feria)
    resguardo(feria, 3, 4)
    filas = sesion.exec(select(Resguardo).order_by(col(Resguardo.creado_en))).all()
    assert filas[0].id == primero
    assert [(f.estado, f.umbral) for f in filas] == [("terminado", 2), ("terminado", 2), ("vigente", 3)]


def test_una_clave_es_de_uno(feria: Feria, sesion: Session) -> None:
    id_, (uno, otro) = nombrados(feria, 2, 2)
    with transaccion() as s:
        inscribir(s, uno.actor, id_, uno.publica)
    with transaccion() as s:
        inscribir(s, uno.actor, id_, uno.publica)  # again is harmless
    for mala, por_que in ((b"\0" * 32, "Eso no es una clave"), (uno.publica, "ya se trajo")):
        with pytest.raises(DatosInvalidos, match=por_que), transaccion() as s:
            inscribir(s, otro.actor, id_, mala)
    with pytest.raises(ResguardoNoEncontrado), transaccion() as s:
        inscribir(s, feria.ana.actor, id_, uno.publica)
    with pytest.raises(ResguardoNoPermite), transaccion() as s:
        ensayar(s, uno.actor, id_, clave=uno.clave)
    assert sesion.get_one(Resguardo, id_).estado == "inscripcion"


def test_una_parte_ajena_o_mal_escrita_no_sirve(feria: Feria, sesion: Session) -> None:
    id_, (uno, otro) = inscritos(feria, 2, 2)
    for clave in (otro.clave, uno.clave[:-1], "", secreto.nuevo()):
        with pytest.raises(ParteEquivocada), transaccion() as s:
            ensayar(s, uno.actor, id_, clave=clave)
    ensayo = llave_de_ensayo(sesion, id_)
    assert ensayo is not None
    ajena = partes_de(sesion, ensayo.id)[1]
    privada = secreto.privada_del(secreto.leer(otro.clave) or "")
    palabras = hpke.abrir(privada, f"qhatu-parte-v1|{ensayo.id}|2", ajena.cifrada).decode()
    sesion.rollback()
    with pytest.raises(ParteEquivocada), transaccion() as s:
        ensayar(s, uno.actor, id_, palabras=palabras)
    assert len(palabras.split()) == 33
    assert [p.entregada_en for p in partes_de(sesion, ensayo.id)] == [None, None]


def test_la_llave_de_un_proceso(feria: Feria, sesion: Session, duenio: Engine) -> None:
    sin_llave = feria.publicada().id
    assert llave_de(sesion, sin_llave) is None
    sesion.rollback()
    resguardo(feria)
    llave = llave_de(sesion, feria.publicada().id)
    assert llave is not None
    partes = partes_de(sesion, llave.id)
    assert [p.numero for p in partes] == [1, 2, 3]
    assert len({p.huella for p in partes}) == 3
    hoja = hash_de(HOJA_DE_LLAVE, str(llave.convocatoria_id), llave.publica.hex())
    assert hashes_que_faltan(sesion, [hoja]) == set()
    sesion.rollback()
    for orden, error in (
        ("UPDATE feria_llave SET publica = sha256('x')", "permission denied"),
        ("DELETE FROM feria_parte", "permission denied"),
        ("UPDATE feria_parte SET cifrada = 'x'", "permission denied"),
        ("UPDATE feria_depositario SET publica = sha256('x')", "a key changes until it is rehearsed"),
    ):
        with pytest.raises(DBAPIError, match=error):
            sesion.connection().execute(text(orden))
        sesion.rollback()
    with pytest.raises(DBAPIError, match="made when its process is published"):
        sesion.connection().execute(
            text(
                "INSERT INTO feria_llave (id, resguardo_id, convocatoria_id, tecnica, publica) "
                "SELECT gen_random_uuid(), resguardo_id, :otra, false, sha256('x') FROM feria_llave LIMIT 1"
            ),
            {"otra": feria.borrador().id},
        )


def test_ninguna_parte_antes_de_la_hora(feria: Feria, sesion: Session, reloj: Any) -> None:
    """Whatever the application's role says, and never all that opens."""
    resguardo(feria)
    id_ = feria.publicada().id
    llave = llave_de(sesion, id_)
    assert llave is not None
    orden = (
        "UPDATE feria_parte SET entregada_en = nucleo_ahora(), entregada_por = 'yo' "
        f"WHERE llave_id = '{llave.id}' AND numero = 1"
    )
    with pytest.raises(DBAPIError, match="given after the deadline"):
        sesion.connection().execute(text(orden))
    sesion.rollback()
    reloj.adelantar(timedelta(days=11))
    with pytest.raises(DBAPIError, match="given after the deadline"):
        sesion.connection().execute(text(orden))  # nobody closed it yet
    sesion.rollback()
    assert sesion.exec(select(Parte.entregada_en).where(Parte.llave_id == llave.id)).all() == [None] * 3
