"""The serial of a CUCE is of the whole country."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from empresa_digital.registro import Facultad, Habilitacion, TipoUnidad
from feria_inversa.entidades.modelos import Serie
from feria_inversa.procesos.convocatorias import crear_borrador, publicar_convocatoria
from feria_inversa.procesos.dbc import emitir_dbc
from feria_inversa.procesos.esquemas import ConvocatoriaEntrada
from feria_inversa.procesos.verificar import verificar_codigos
from nucleo.bd import transaccion
from nucleo.reloj import ahora
from tests.feria_inversa.conftest import ITEMS, SUCRE, Feria, Parte


@pytest.fixture
def hospital(feria: Feria) -> Parte:
    return feria.crear_parte(
        "Hospital Prueba",
        TipoUnidad.ENTIDAD_PUBLICA,
        (Facultad.COMPRAR,),
        (Habilitacion.ENTIDAD_CONTRATANTE,),
        identificadores={"BO-CINS": "1202"},
    )


def publica(parte: Parte, sesion: Session) -> str:
    datos = ConvocatoriaEntrada(titulo="Camas de hospital", municipio_ine=SUCRE, plazo_entrega_dias=30)
    id_ = crear_borrador(sesion, parte.actor, parte.id, datos, ITEMS).id
    return str(publicar_convocatoria(sesion, parte.actor, id_, ahora() + timedelta(days=10)).cuce)[3:]


def test_dos_entidades_no_tienen_la_misma_serie_ni_se_esperan(
    feria: Feria, hospital: Parte, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One publishes while the DBC of another one is drawn, which may take long."""
    for parte in (feria.entidad, hospital):  # each with its codes from here on
        with transaccion() as sesion:
            publica(parte, sesion)
    hechas: list[str] = []
    primero = iter([True])

    def dibujar(*args: Any) -> None:
        if next(primero, False):
            with transaccion() as otra:
                otra.connection().execute(text("SET LOCAL lock_timeout = '1ms'"))
                hechas.append(publica(hospital, otra))
        emitir_dbc(*args)

    monkeypatch.setattr("feria_inversa.procesos.convocatorias.emitir_dbc", dibujar)
    with transaccion() as sesion:
        hechas.append(publica(feria.entidad, sesion))
    assert hechas == ["1202-00-000004-1-1", "1101-00-000003-1-1"]


def test_lo_que_no_se_publica_deja_un_hueco(feria: Feria, hospital: Parte, sesion: Session) -> None:
    publica(hospital, sesion)
    sesion.rollback()
    with transaccion() as otra:
        assert publica(feria.entidad, otra) == "1101-00-000002-1-1"
    assert verificar_codigos(sesion) == []


@pytest.mark.parametrize(
    "sentencia",
    [
        "UPDATE feria_serie SET ultimo = 1 WHERE ambito = 'cuce'",
        "UPDATE feria_serie SET ambito = 'otra', ultimo = ultimo + 1",
        "DELETE FROM feria_serie",
    ],
)
def test_una_serie_no_vuelve_a_empezar(feria: Feria, duenio: Engine, sentencia: str) -> None:
    feria.publicada()
    with transaccion() as sesion:
        sesion.add(Serie(ambito="cuce", ultimo=7))
    with pytest.raises(IntegrityError, match="a serial only goes on"), duenio.begin() as conexion:
        conexion.execute(text(sentencia))
