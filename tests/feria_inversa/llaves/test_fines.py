"""A group that nobody rehearsed holds nothing; and how one that can open no more comes to an end."""

import hashlib
import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from constancia import hash_de, hashes_que_faltan
from empresa_digital.registro import SinFacultad
from feria_inversa.llaves import hpke, llave_de, secreto
from feria_inversa.llaves.consultas import llave_de_ensayo, partes_de, vigente_de
from feria_inversa.llaves.errores import FaltanClaves, ResguardoNoEncontrado, ResguardoNoPermite
from feria_inversa.llaves.fines import declarar_perdida, declinar, terminar_resguardo
from feria_inversa.llaves.modelos import Resguardo
from feria_inversa.llaves.resguardos import HOJA_DE_CLAVE, HOJA_DE_GRUPO, ensayar, inscribir, nombrar
from feria_inversa.llaves.verificar import verificar_depositarios
from feria_inversa.procesos.convocatorias import publicar_convocatoria
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.reloj import ahora
from tests.ayudas.carreras import cruzar
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.llaves.ayudas import Guarda, inscritos, nombrados, resguardo

MOTIVO = "Dos de los tres ya no trabajan aquí."


def el_vigente(feria: Feria) -> UUID:
    with transaccion() as sesion:
        fila = vigente_de(sesion, feria.entidad.id)
        assert fila is not None
        return fila.id


def clave_en(html: str) -> str:
    hallada = re.search(r"<strong>([0-9A-Z]{4}(?:-[0-9A-Z]{4}){6})</strong>", html)
    assert hallada
    return hallada[1]


# --- what nobody rehearsed ----------------------------------------------------------------------------


def test_un_grupo_de_claves_inventadas_no_rige_o_se_nota(feria: Feria, sesion: Session) -> None:
    """As the application's role: real people, with keys that they never saw."""
    id_, guardas = nombrados(feria, 2, 2)
    datos = {"id": id_, "ensayo": uuid4(), "huella": hashlib.sha256(b"mia").hexdigest()}
    ensayar_todos = "UPDATE feria_resguardo SET estado = 'ensayo' WHERE id = :id"
    regir = "UPDATE feria_resguardo SET estado = 'vigente', vigente_desde = nucleo_ahora() WHERE id = :id"
    inventar = (
        "UPDATE feria_depositario SET publica = sha256(numero::text::bytea), inscrito_en = nucleo_ahora() "
        "WHERE resguardo_id = :id"
    )
    for antes, negada in (((), ensayar_todos), ((inventar, ensayar_todos), regir)):
        for orden in antes:
            sesion.connection().execute(text(orden), datos)
        with pytest.raises(DBAPIError, match="in force once all rehearsed"):
            sesion.connection().execute(text(negada), datos)
        sesion.rollback()
    # With a rehearsal of their own they may; and it shows.
    for orden in (
        inventar,
        ensayar_todos,
        "INSERT INTO feria_llave (id, resguardo_id, tecnica, publica) "
        "VALUES (:ensayo, :id, false, sha256('yo'))",
        "INSERT INTO feria_parte SELECT :ensayo, numero, :id, '\\x00', :huella, 'mia', nucleo_ahora(), 'yo' "
        "FROM feria_depositario WHERE resguardo_id = :id",
        regir,
    ):
        sesion.connection().execute(text(orden), datos)
    sesion.commit()
    faltas = verificar_depositarios(sesion)
    assert [f for f in faltas if "no hizo lo suyo" in f] == [
        f"el depositario {n} de {id_} no hizo lo suyo: {que}"
        for que in ("inscribir", "ensayar")
        for n in (1, 2)
    ]
    assert f"falta en la constancia el grupo de depositarios {id_}" in faltas
    assert len([f for f in faltas if f.startswith("falta en la constancia la clave")]) == len(guardas)


def test_la_constancia_dice_cada_clave_y_el_grupo(feria: Feria, sesion: Session) -> None:
    guardas = resguardo(feria)
    id_ = el_vigente(feria)
    hojas = [
        hash_de(HOJA_DE_CLAVE, str(id_), f"{n}|{g.publica.hex()}") for n, g in enumerate(guardas, start=1)
    ]
    hojas.append(
        hash_de(HOJA_DE_GRUPO, str(id_), "|".join(["vigente|2", *(g.publica.hex() for g in guardas)]))
    )
    assert hashes_que_faltan(sesion, hojas) == set()
    assert verificar_depositarios(sesion) == []


def test_a_un_proceso_publicado_no_se_le_da_llave_despues(feria: Feria, sesion: Session) -> None:
    """Published by access; its entity has holders since, and nobody bid yet."""
    id_ = feria.publicada().id
    resguardo(feria)
    with pytest.raises(DBAPIError, match="made when its process is published"):
        sesion.connection().execute(
            text(
                "INSERT INTO feria_llave (id, resguardo_id, convocatoria_id, tecnica, publica) "
                "VALUES (gen_random_uuid(), :grupo, :id, false, sha256('x'))"
            ),
            {"grupo": el_vigente(feria), "id": id_},
        )


# --- another key until it is rehearsed ----------------------------------------------------------------


def test_dos_veces_sin_javascript_deja_la_clave_que_se_vio(
    feria: Feria, sesion: Session, sesion_web: Any
) -> None:
    """The first answer, with its secret, never came; the second one is what is on paper."""
    id_, (uno, otro) = nombrados(feria, 2, 2)
    with transaccion() as s:
        inscribir(s, otro.actor, id_, otro.publica)
    navegador = sesion_web(uno.persona)
    perdida, vista = (clave_en(navegador.post(f"/resguardos/{id_}/clave").text) for _vez in range(2))
    assert navegador.post(f"/resguardos/{id_}/ensayo", data={"clave": perdida}).status_code == 422
    assert navegador.post(f"/resguardos/{id_}/ensayo", data={"clave": vista}).status_code == 303
    negada = navegador.post(f"/resguardos/{id_}/clave")
    assert (negada.status_code, "ya abrió su parte" in negada.text) == (409, True)
    with transaccion() as s:
        assert ensayar(s, otro.actor, id_, clave=otro.clave).estado == "vigente"
    assert verificar_depositarios(sesion) == []


def test_otra_clave_pide_otro_ensayo_a_todos(feria: Feria, sesion: Session) -> None:
    id_, (uno, otro) = inscritos(feria, 2, 2)
    with transaccion() as s:
        ensayar(s, uno.actor, id_, clave=uno.clave)
    nueva = secreto.nuevo()
    publica = hpke.publica_de(secreto.privada_del(secreto.leer(nueva) or ""))
    with transaccion() as s:
        inscribir(s, otro.actor, id_, publica)
    ensayo = llave_de_ensayo(sesion, id_)
    assert ensayo is not None
    assert [p.entregada for p in partes_de(sesion, ensayo.id)] == [None, None]
    sesion.rollback()
    with transaccion() as s:
        assert ensayar(s, otro.actor, id_, clave=nueva).estado == "ensayo"
    with pytest.raises(ResguardoNoPermite, match="ya abrió su parte"), transaccion() as s:
        inscribir(s, uno.actor, id_, otro.publica)  # theirs opened one, though it was before
    with transaccion() as s:
        assert ensayar(s, uno.actor, id_, clave=uno.clave).estado == "vigente"


# --- ends ---------------------------------------------------------------------------------------------


def test_la_entidad_termina_un_grupo_y_publica_por_acceso(
    feria: Feria, sesion: Session, cliente: Any
) -> None:
    guardas = resguardo(feria)
    id_ = el_vigente(feria)
    sellado = feria.publicada().id
    for quien, motivo, error in (
        (guardas[0].actor, MOTIVO, SinFacultad),
        (feria.entidad.actor, " corto ", DatosInvalidos),
    ):
        with pytest.raises(error), transaccion() as s:
            terminar_resguardo(s, quien, id_, motivo)
    for _vez in range(2):
        with transaccion() as s:
            terminar_resguardo(s, feria.entidad.actor, id_, MOTIVO)
    hoja = hash_de(HOJA_DE_GRUPO, str(id_), f"terminado|{hashlib.sha256(MOTIVO.encode()).hexdigest()}")
    assert hashes_que_faltan(sesion, [hoja]) == set()
    assert MOTIVO in cliente.get(f"/resguardos/{id_}").text
    otro = feria.publicada().id
    assert llave_de(sesion, otro) is None
    assert "Cerrados por acceso" in cliente.get(f"/feria/{otro}").text
    assert "La abren 2 de estas personas: Depositario 0 Prueba" in cliente.get(f"/feria/{sellado}").text
    assert verificar_depositarios(sesion) == []


def perder(guarda: Guarda, id_: UUID) -> None:
    with transaccion() as sesion:
        declarar_perdida(sesion, guarda.actor, id_)


def test_sin_bastantes_claves_no_se_publica(feria: Feria, sesion: Session, sesion_web: Any) -> None:
    guardas = resguardo(feria)
    id_ = el_vigente(feria)
    for _vez in range(2):
        perder(guardas[1], id_)
    llave = llave_de(sesion, feria.publicada().id)
    assert llave is not None
    assert [p.numero for p in partes_de(sesion, llave.id)] == [1, 3]  # who lost theirs gets none
    sesion.rollback()
    perder(guardas[0], id_)
    borrador = feria.borrador()
    with pytest.raises(FaltanClaves, match="hacen falta 2 claves y quedan 1"):
        feria.publicada()
    pagina = sesion_web(feria.entidad.persona).get(f"/compras/{borrador.id}/publicar").text
    assert "Nadie podría abrir los sobres." in pagina
    with transaccion() as s:
        terminar_resguardo(s, feria.entidad.actor, id_, MOTIVO)
    assert llave_de(sesion, feria.publicada().id) is None
    assert verificar_depositarios(sesion) == []


def test_quien_no_acepta_y_quien_pierde_antes_de_ensayar(feria: Feria, sesion: Session) -> None:
    id_, (uno, otro) = inscritos(feria, 2, 2)
    with pytest.raises(ResguardoNoPermite, match="traiga otra clave"):
        perder(uno, id_)
    with pytest.raises(ResguardoNoEncontrado), transaccion() as s:
        declinar(s, feria.ana.actor, id_)
    for _vez in range(2):
        with transaccion() as s:
            declinar(s, otro.actor, id_)
    fila = sesion.get_one(Resguardo, id_)
    assert (fila.estado, fila.motivo_fin) == ("terminado", "Una de las personas nombradas no aceptó.")
    sesion.rollback()
    guardas = resguardo(feria)
    with pytest.raises(ResguardoNoPermite, match="Ya guarda llaves"), transaccion() as s:
        declinar(s, guardas[0].actor, el_vigente(feria))


def test_nadie_ve_el_nombre_de_quien_no_acepto(feria: Feria, sesion_web: Any, cliente: Any) -> None:
    id_, (uno, _otro) = nombrados(feria, 2, 2)
    administra = sesion_web(feria.entidad.persona)
    paginas = (f"/resguardos/{id_}", f"/entidades/{feria.entidad.id}/resguardos")
    assert not any("Depositario 0 Prueba" in administra.get(p).text for p in paginas)
    with transaccion() as s:
        inscribir(s, uno.actor, id_, uno.publica)
    for p in paginas:
        html = administra.get(p).text
        assert "Depositario 0 Prueba" in html
        assert "Depositario 1 Prueba" not in html
    cliente.cookies.clear()
    assert cliente.get(paginas[0]).status_code == 404


def test_las_cedulas_que_se_prueban_se_cuentan(feria: Feria, sesion_web: Any) -> None:
    nombrados(feria, 2, 2)
    administra = sesion_web(feria.entidad.persona)
    ruta = f"/entidades/{feria.entidad.id}/resguardos"
    respuestas = [
        administra.post(ruta, data={"cedulas": "\n".join(f"9{n:06}" for n in range(30)), "umbral": "2"})
        for _vez in range(3)
    ]
    assert [r.status_code for r in respuestas] == [422, 422, 429]


def test_dos_grupos_a_la_vez_uno_queda(feria: Feria, sesion: Session) -> None:
    nombrados(feria, 2, 2)
    personas = [feria.ana.persona.id, feria.beto.persona.id]

    def otro(s: Session) -> None:
        nombrar(s, feria.entidad.actor, feria.entidad.id, 2, personas, uuid4())

    assert cruzar(otro, otro) is None
    assert sorted(sesion.exec(select(Resguardo.estado))) == ["inscripcion", "terminado", "terminado"]


def test_mientras_se_publica_el_grupo_no_termina(feria: Feria, sesion: Session) -> None:
    resguardo(feria)
    id_, borrador = el_vigente(feria), feria.borrador().id
    cierre = ahora() + timedelta(days=10)
    falla = cruzar(
        lambda s: publicar_convocatoria(s, feria.entidad.actor, borrador, cierre),
        lambda s: terminar_resguardo(s, feria.entidad.actor, id_, MOTIVO),
    )
    assert falla is None
    assert llave_de(sesion, borrador) is not None
    assert sesion.get_one(Resguardo, id_).estado == "terminado"
