"""Who presents a bid declares by doing so: the text in force stays with the bid."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from feria_inversa.ofertas.declaraciones import declaracion_de, declaracion_vigente
from feria_inversa.ofertas.modelos import OfertaDeclarada
from feria_inversa.ofertas.verificar import verificar_declaraciones
from nucleo.bd import transaccion
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
