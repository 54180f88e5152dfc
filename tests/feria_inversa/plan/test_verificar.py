"""`qhatu verify` finds what an owner of the database could rewrite of a plan, unseen by its triggers."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, text

from feria_inversa.plan.consultas import linea_de
from feria_inversa.plan.esquemas import Cambio
from feria_inversa.plan.verificar import verificar_planes
from feria_inversa.procesos.convocatorias import publicar_convocatoria
from nucleo.bd import transaccion
from nucleo.reloj import ahora, fecha_bolivia
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.plan.ayudas import borrador, cambia, cuadra, entrada, publicado
from tests.feria_inversa.plan.test_desde_el_plan import desde_la_linea

TABLAS = ("feria_plan", "feria_plan_linea", "feria_plan_version", "feria_plan_proceso")


@contextmanager
def _sin_guardas(duenio: Engine) -> Iterator[Connection]:
    with duenio.begin() as conexion:
        for tabla in TABLAS:
            conexion.execute(text(f"ALTER TABLE {tabla} DISABLE TRIGGER USER"))
        yield conexion
        for tabla in TABLAS:
            conexion.execute(text(f"ALTER TABLE {tabla} ENABLE TRIGGER USER"))


_EN_EL_TEXTO = (
    "UPDATE feria_plan_version SET contenido = c, huella = encode(sha256(convert_to(c, 'UTF8')), 'hex')"
    " FROM (SELECT plan_id AS p, version AS v, {} AS c FROM feria_plan_version) AS otra"
    " WHERE plan_id = p AND version = v AND version = 1"
)


@pytest.mark.parametrize(
    "sentencia",
    [
        "UPDATE feria_plan_linea SET monto = monto + 1 WHERE numero = 1 AND gestion = {anio}",
        "UPDATE feria_plan_linea SET mes = 12 WHERE numero = 2 AND gestion = {anio}",
        "UPDATE feria_plan_linea SET publica = NOT publica WHERE gestion = {anio} + 1",
        "UPDATE feria_plan_mes SET monto = monto + 1 WHERE mes = 8",
        "DELETE FROM feria_plan_mes WHERE mes = 8",
        "UPDATE feria_plan_version SET motivo = 'Otro motivo, dicho después' WHERE version = 2",
        "UPDATE feria_plan_version SET hecha_en = hecha_en - interval '1 day' WHERE version = 1",
        "UPDATE feria_plan SET version = 3 WHERE version = 2",
        _EN_EL_TEXTO.format("replace(contenido, '18000.00', '17000.00')"),
        _EN_EL_TEXTO.format("replace(contenido, '\"version\":1', '\"version\":7')"),
        "UPDATE feria_plan_proceso SET dicho = replace(dicho, '18000.00', '17000.00')",
    ],
)
def test_lo_que_se_reescribe_se_halla(sentencia: str, feria: Feria, duenio: Engine) -> None:
    anio = fecha_bolivia(ahora()).year
    plan_id = publicado(feria, anio)
    with transaccion() as sesion:
        linea_id = linea_de(sesion, plan_id, 1).id
    id_ = desde_la_linea(feria, linea_id)
    with transaccion() as sesion:
        publicar_convocatoria(sesion, feria.entidad.actor, id_, ahora() + timedelta(days=25))
    cambia(feria, plan_id, Cambio(linea=entrada(objeto="Libros de texto")))
    borrador(feria, anio + 1)
    cuadra()
    with _sin_guardas(duenio) as conexion:
        assert conexion.exec_driver_sql(sentencia.replace("{anio}", str(anio))).rowcount > 0
    with transaccion() as sesion:
        assert verificar_planes(sesion) != []
