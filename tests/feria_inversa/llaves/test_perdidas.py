"""A key that was rehearsed and lost gives its place to another; who ended a group, or lost a key, shows."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from empresa_digital.registro import Facultad, Habilitacion, TipoUnidad
from feria_inversa.llaves import hpke, llave_de, secreto
from feria_inversa.llaves.consultas import tenencias_mias, vigente_de
from feria_inversa.llaves.errores import ResguardoNoPermite
from feria_inversa.llaves.fines import declarar_perdida
from feria_inversa.llaves.modelos import Depositario, Resguardo
from feria_inversa.llaves.resguardos import ensayar, inscribir, nombrar
from feria_inversa.llaves.verificar import verificar_depositarios
from feria_inversa.ofertas.verificar import verificar_selladas
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.llaves.ayudas import Guarda, inscritos, resguardo


def ensaya(guarda: Guarda, id_: UUID, clave: str = "") -> str:
    with transaccion() as sesion:
        return ensayar(sesion, guarda.actor, id_, clave=clave or guarda.clave).estado


def perder(guarda: Guarda, id_: UUID) -> None:
    with transaccion() as sesion:
        declarar_perdida(sesion, guarda.actor, id_)


def test_quien_perdio_la_que_ensayo_trae_otra(feria: Feria, sesion: Session, sesion_web: Any) -> None:
    id_, (uno, otro) = inscritos(feria, 2, 2)
    ensaya(uno, id_)
    navegador = sesion_web(uno.persona)
    assert "Perdí mi clave" in navegador.get(f"/resguardos/{id_}").text
    assert navegador.post(f"/resguardos/{id_}/perdida").status_code == 303
    assert "Usted dijo que perdió la suya." in navegador.get(f"/resguardos/{id_}").text
    with transaccion() as s:
        assert [m.falta for m in tenencias_mias(s, uno.actor)] == ["Perdió su clave: traiga otra."]
    # With a key known to be lost it does not come in force, whatever the other one does.
    with pytest.raises(ResguardoNoPermite, match="Alguien perdió su clave"):
        ensaya(otro, id_)
    ajena = hpke.publica_de(secreto.privada_del(secreto.leer(secreto.nuevo()) or ""))
    with transaccion() as s:
        inscribir(s, otro.actor, id_, ajena)
        inscribir(s, otro.actor, id_, otro.publica)
    with pytest.raises(DatosInvalidos, match="se perdió"), transaccion() as s:
        inscribir(s, uno.actor, id_, uno.publica)
    nueva = secreto.nuevo()
    with transaccion() as s:
        inscribir(s, uno.actor, id_, hpke.publica_de(secreto.privada_del(secreto.leer(nueva) or "")))
    assert ensaya(uno, id_, nueva) == "ensayo"
    assert ensaya(otro, id_) == "vigente"
    assert sesion.get_one(Depositario, (id_, 1)).perdida_en is None
    assert verificar_depositarios(sesion) == []


def test_lo_que_se_dijo_perdido_no_se_calla(feria: Feria, sesion: Session) -> None:
    """As the application's role: neither of a group in force nor of one that is prepared."""
    id_, (uno, _otro) = inscritos(feria, 2, 2)
    ensaya(uno, id_)
    perder(uno, id_)
    callar = "UPDATE feria_depositario SET perdida_en = NULL WHERE resguardo_id = :id AND numero = 1"
    with pytest.raises(DBAPIError, match="what was written stays"):
        sesion.connection().execute(text(callar), {"id": id_})
    sesion.rollback()
    guardas = resguardo(feria)
    with transaccion() as s:
        vigente = vigente_de(s, feria.entidad.id)
        assert vigente is not None
        id_ = vigente.id
    perder(guardas[0], id_)
    for orden, dice in (
        (callar, "stays"),
        (callar.replace("NULL", "NULL, publica = sha256('x')"), "changes"),
    ):
        with pytest.raises(DBAPIError, match=dice):
            sesion.connection().execute(text(orden), {"id": id_})
        sesion.rollback()
    assert verificar_depositarios(sesion) == []


def el_vigente(feria: Feria) -> UUID:
    with transaccion() as sesion:
        fila = vigente_de(sesion, feria.entidad.id)
        assert fila is not None
        return fila.id


FIN = "UPDATE feria_resguardo SET estado = 'terminado', terminado_en = nucleo_ahora()"


def test_quien_termina_un_grupo_o_pierde_su_clave_consta(feria: Feria, sesion: Session, reloj: Any) -> None:
    """As the application's role: what nobody did is named, and what was published by access meanwhile."""
    resguardo(feria)
    id_ = el_vigente(feria)
    reloj.adelantar(timedelta(hours=1))
    perdida = "UPDATE feria_depositario SET perdida_en = nucleo_ahora() WHERE numero = 2"
    sesion.connection().execute(text(perdida))
    sesion.commit()
    assert verificar_depositarios(sesion) == [
        f"falta en la constancia «perdida|2» del grupo {id_}",
        f"el depositario 2 de {id_} no dijo que perdió su clave",
    ]
    sesion.connection().execute(text(FIN))
    with pytest.raises(DBAPIError, match="ends with a reason"):
        sesion.commit()
    sesion.rollback()
    sesion.connection().execute(text(f"{FIN}, motivo_fin = 'Porque así lo quise.'"))
    sesion.commit()
    faltas = verificar_depositarios(sesion)
    assert f"nadie terminó el grupo de depositarios {id_}" in faltas
    assert len([f for f in faltas if "«terminado|" in f]) == 1
    sesion.rollback()
    assert llave_de(sesion, feria.publicada().id) is None
    sesion.rollback()
    assert verificar_selladas(sesion) == []  # it is the end of the group that is named
    sesion.rollback()
    # As the owner of the database: one that was published by access while the group was in force.
    with feria.duenio.begin() as conexion:
        conexion.execute(text("ALTER TABLE feria_convocatoria DISABLE TRIGGER USER"))
        mover = (
            "UPDATE feria_convocatoria SET publicado_en = r.vigente_desde, creado_en = r.creado_en "
            "FROM feria_resguardo r WHERE r.id = :id"
        )
        conexion.execute(text(mover), {"id": id_})
        conexion.execute(text("ALTER TABLE feria_convocatoria ENABLE TRIGGER USER"))
    (falta,) = verificar_selladas(sesion)
    assert falta.endswith("se publicó por acceso y su entidad tenía depositarios")


def test_otro_grupo_toma_su_lugar_sin_mas_motivo(feria: Feria, sesion: Session) -> None:
    resguardo(feria)
    primero = el_vigente(feria)
    resguardo(feria)
    fila = sesion.get_one(Resguardo, primero)
    assert (fila.estado, fila.motivo_fin) == ("terminado", None)
    assert verificar_depositarios(sesion) == []


def test_el_identificador_de_un_grupo_ajeno_no_responde_ese_grupo(feria: Feria) -> None:
    guardas = resguardo(feria)
    otra = feria.crear_parte(
        "Gobierno Municipal Vecino",
        TipoUnidad.ENTIDAD_PUBLICA,
        (Facultad.ADMINISTRAR,),
        (Habilitacion.ENTIDAD_CONTRATANTE,),
        identificadores={"BO-CINS": "1102", "BO-NIT": "1000002"},
    )
    personas = [g.persona.id for g in guardas]
    with pytest.raises(DatosInvalidos, match="en uso"), transaccion() as s:
        nombrar(s, otra.actor, otra.id, 2, personas, el_vigente(feria))
    with transaccion() as s:
        assert nombrar(s, feria.entidad.actor, feria.entidad.id, 2, personas, el_vigente(feria)).umbral == 2
