"""The serial of a CUCE is of the whole country."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from empresa_digital.registro import Facultad, Habilitacion, TipoUnidad
from feria_inversa.procesos.convocatorias import crear_borrador, publicar_convocatoria
from feria_inversa.procesos.esquemas import ConvocatoriaEntrada
from nucleo.bd import transaccion
from nucleo.reloj import ahora
from tests.feria_inversa.conftest import ITEMS, SUCRE, Feria


def test_dos_entidades_no_tienen_la_misma_serie(feria: Feria) -> None:
    otra = feria.crear_parte(
        "Hospital Prueba",
        TipoUnidad.ENTIDAD_PUBLICA,
        (Facultad.COMPRAR,),
        (Habilitacion.ENTIDAD_CONTRATANTE,),
        identificadores={"BO-CINS": "1202"},
    )
    primera = feria.publicada().cuce
    datos = ConvocatoriaEntrada(titulo="Camas de hospital", municipio_ine=SUCRE, plazo_entrega_dias=30)
    with transaccion() as sesion:
        borrador = crear_borrador(sesion, otra.actor, otra.id, datos, ITEMS)
        segunda = publicar_convocatoria(sesion, otra.actor, borrador.id, ahora() + timedelta(days=10)).cuce
    assert [str(c)[3:] for c in (primera, segunda)] == ["1101-00-000001-1-1", "1202-00-000002-1-1"]


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
    with pytest.raises(IntegrityError, match="a serial only goes on"), duenio.begin() as conexion:
        conexion.execute(text(sentencia))
