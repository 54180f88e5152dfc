"""Who presents a bid declares by doing so: the text in force stays with the bid."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from feria_inversa.ofertas.declaraciones import declaracion_de, declaracion_vigente
from feria_inversa.ofertas.modelos import Oferta, OfertaDeclarada, Reconfirmacion
from feria_inversa.ofertas.verificar import verificar_declaraciones
from feria_inversa.procesos.esquemas import EnmiendaEntrada
from feria_inversa.procesos.versiones import enmendar
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora
from tests.feria_inversa.conftest import Feria, item

ITEMS = [item("Silla", "10", "100.00")]


def test_cada_oferta_lleva_la_suya(feria: Feria, sesion: Session) -> None:
    id_ = feria.publicada(items=ITEMS).id
    primera = feria.ofertar(feria.ana, id_, ["90.00"])
    segunda = feria.ofertar(feria.ana, id_, ["80.00"], reemplazar=True)

    vigente = declaracion_vigente(sesion)
    assert vigente.version == 1
    assert "no está impedida de contratar con el Estado" in vigente.texto
    for oferta_id in (primera, segunda):
        declarada = declaracion_de(sesion, oferta_id)
        assert declarada is not None
        assert declarada.huella == vigente.huella
    assert verificar_declaraciones(sesion) == []


def test_nadie_la_cambia_ni_declara_despues(feria: Feria, sesion: Session, duenio: Any, reloj: Any) -> None:
    id_ = feria.publicada(items=ITEMS).id
    oferta_id: UUID = feria.ofertar(feria.ana, id_, ["90.00"])
    for orden in (
        "DELETE FROM feria_oferta_declarada",
        "UPDATE feria_declaracion SET texto = ''",
        "INSERT INTO feria_declaracion SELECT 2, texto, huella, desde FROM feria_declaracion",
    ):
        with pytest.raises(DBAPIError, match="permission denied"), transaccion() as otra:
            otra.connection().execute(text(orden))
    with duenio.begin() as conexion:
        conexion.execute(text("ALTER TABLE feria_oferta_declarada DISABLE TRIGGER USER"))
        conexion.execute(text("DELETE FROM feria_oferta_declarada"))
        conexion.execute(text("ALTER TABLE feria_oferta_declarada ENABLE TRIGGER USER"))
    (falta,) = verificar_declaraciones(sesion)
    assert "se presentó sin declaración" in falta
    reloj.adelantar(timedelta(minutes=2))
    with pytest.raises(DBAPIError, match="when it is presented"), transaccion() as otra:
        otra.add(OfertaDeclarada(oferta_id=oferta_id, declaracion=1))
    sesion.rollback()
    assert sesion.exec(select(OfertaDeclarada)).all() == []
    assert declaracion_de(sesion, oferta_id) is None


@pytest.fixture
def otra_declaracion(duenio: Engine) -> Callable[[], None]:
    """A revision writes another text."""

    def escribir() -> None:
        with duenio.begin() as conexion:
            conexion.execute(
                text(
                    "INSERT INTO feria_declaracion SELECT version + 1, texto || ' Y más.',"
                    " encode(sha256(convert_to(texto || ' Y más.', 'UTF8')), 'hex'), nucleo_ahora()"
                    " FROM feria_declaracion"
                )
            )

    return escribir


def test_se_declara_lo_que_se_leyo(
    feria: Feria, sesion_web: Any, otra_declaracion: Callable[[], None], sesion: Session
) -> None:
    """With a new text between the page and the press nothing is presented: it is shown first."""
    id_ = feria.publicada(items=ITEMS).id
    ana = sesion_web(feria.ana.persona)
    datos = {
        "unidad_id": str(feria.ana.id),
        "lineas.1.precio_unitario": "90,00",
        "lineas.1.marca": "Artesanal",
        "declaracion": "1",
    }
    assert 'name="declaracion" value="1"' in ana.post(f"/feria/{id_}/ofertar", data=datos).text
    otra_declaracion()
    ya = datos | {"_id": str(nuevo_id()), "presentar": "1"}
    negada = ana.post(f"/feria/{id_}/ofertar", data=ya)
    assert (negada.status_code, "Cambió lo que se declara" in negada.text) == (409, True)
    assert 'name="declaracion" value="2"' in negada.text
    assert sesion.exec(select(Oferta)).all() == []
    assert ana.post(f"/feria/{id_}/ofertar", data=ya | {"declaracion": "2"}).status_code == 303
    sesion.rollback()
    assert [d.declaracion for d in sesion.exec(select(OfertaDeclarada))] == [2]


def test_quien_reconfirma_declara_otra_vez(
    feria: Feria, sesion_web: Any, otra_declaracion: Callable[[], None], sesion: Session
) -> None:
    publicada = feria.publicada(items=ITEMS, dias=20)
    oferta_id = feria.ofertar(feria.ana, publicada.id, ["90.00"])
    for n in (2, 3):
        with transaccion() as otra:
            cambio = EnmiendaEntrada(lugar_entrega=f"Almacén {n}", motivo="Cambió el almacén de la entidad.")
            enmendar(otra, feria.entidad.actor, publicada.id, cambio)
        if n == 2:
            pagina = sesion_web(feria.ana.persona).get(f"/ofertas/{oferta_id}").text
            assert "Al reconfirmarla usted declara" in pagina
            assert 'name="version" value="2"' in pagina
    otra_declaracion()
    ana, ruta = sesion_web(feria.ana.persona), f"/ofertas/{oferta_id}/reconfirmacion"
    for leido, dice in (
        ({"version": "2", "declaracion": "2"}, "Lea lo que cambió"),
        ({"version": "3", "declaracion": "1"}, "Cambió lo que se declara"),
    ):
        negada = ana.post(ruta, data=leido)
        assert (negada.status_code, dice in negada.text) == (409, True)
    assert sesion.exec(select(Reconfirmacion)).all() == []
    assert ana.post(ruta, data={"version": "3", "declaracion": "2"}).status_code == 303
    sesion.rollback()
    assert [(r.version, r.declaracion) for r in sesion.exec(select(Reconfirmacion))] == [(3, 2)]
    with transaccion() as otra:
        enmendar(
            otra,
            feria.entidad.actor,
            publicada.id,
            EnmiendaEntrada(titulo="Otras sillas", motivo="Son otras sillas."),
        )
    de_antes = Reconfirmacion(oferta_id=oferta_id, version=4, hecha_en=ahora(), hecha_por="x", declaracion=1)
    with pytest.raises(DBAPIError, match="declares what is in force"), transaccion() as otra:
        otra.add(de_antes)


def test_se_lee_antes_de_presentar_y_en_el_recibo(feria: Feria, sesion_web: Any, cliente: Any) -> None:
    id_ = feria.publicada(items=ITEMS).id
    ana = sesion_web(feria.ana.persona)
    datos = {
        "unidad_id": str(feria.ana.id),
        "lineas.1.precio_unitario": "90,00",
        "lineas.1.marca": "Artesanal",
    }
    revisa = ana.post(f"/feria/{id_}/ofertar", data=datos).text
    assert "Al presentarla usted declara" in revisa
    assert "los documentos que van con ella" in revisa
    oferta_id = feria.ofertar(feria.ana, id_, ["90.00"])
    assert "Lo que declaró al presentarla" in ana.get(f"/ofertas/{oferta_id}").text
    (vigente,) = cliente.get("/api/v1/declaraciones-de-ofertas").json()
    assert vigente["version"] == 1
    assert vigente["huella"] in revisa
