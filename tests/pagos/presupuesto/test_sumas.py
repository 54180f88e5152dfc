"""What adds up money does not see budget: the regulator's figures, closings, a wallet's statement."""

import uuid
from datetime import datetime, time, timedelta
from typing import Any

from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.reloj import ZONA, fecha_bolivia
from pagos.libro import cuentas_de
from pagos.libro.cuentas import cuentas_de_titulares
from pagos.presupuesto import ejecutar
from pagos.supervision import cerrar_pendientes, consultas
from pagos.supervision.cierre import verificar_cierres
from tests.pagos.conftest import Libro
from tests.pagos.presupuesto.conftest import SISTEMA, Municipio
from tests.pagos.supervision.test_regulador import regulador

__all__ = ["regulador"]  # the fixture


def test_las_cifras_de_la_autoridad_y_el_cierre_son_de_dinero(
    libro: Libro, municipio: Municipio, regulador: Any, sesion_web: Any, reloj: Any
) -> None:
    a, b = libro.cuenta(saldo=10_000), libro.cuenta()
    assert libro.mover(a, b, 2_550) == "ok"
    (asunto,) = municipio.comprometer("60.00")
    with transaccion() as sesion:
        ejecutar(sesion, SISTEMA, asunto, bs(15), id=uuid.uuid4())

    pagina = sesion_web(regulador).get("/regulador/pagos")

    assert pagina.status_code == 200
    assert "los débitos suman Bs\xa0125,50 y los créditos Bs\xa0125,50" in pagina.text
    assert "Presupuesto de las entidades" in pagina.text
    with transaccion() as sesion:
        dias = consultas.volumen_por_dia(sesion)
        saldos = [s for s in consultas.saldos_por_clase(sesion) if s.cuentas and s.saldo]
    assert (dias[-1].contabilizadas, dias[-1].suma) == (2, 12_550)
    assert [(s.moneda, s.titular_tipo, s.tipo, s.saldo) for s in saldos] == [
        ("BOB", "persona", "billetera", 10_000),
        ("BOB", "sistema", "ajuste", -10_000),
        ("BOP", "asunto", "compromiso", 4_500),
        ("BOP", "asunto", "presupuesto", 4_000),
        ("BOP", "sistema", "ejecutado", 1_500),
        ("BOP", "sistema", "techo", -10_000),
    ]
    reloj.situar(datetime.combine(fecha_bolivia() + timedelta(days=1), time(0, 10), ZONA))
    assert cerrar_pendientes() == 1
    assert libro.conexion.execute("SELECT cantidad, contabilizadas, suma FROM pagos_cierre").fetchall() == [
        (5, 2, 12_550)
    ]
    with transaccion() as sesion:
        assert verificar_cierres(sesion, 1) == []


def test_nadie_la_encuentra_entre_sus_cuentas(libro: Libro, municipio: Municipio, sesion_web: Any) -> None:
    """Neither who acts for the entity, nor the entity: what it certified is no account of anybody."""
    municipio.comprometer("60.00")
    with transaccion() as sesion:
        suyas = cuentas_de(sesion, municipio.autorizacion.actor)
        de_la_entidad = cuentas_de_titulares(sesion, [municipio.unidad.id], o_numero=0)
    assert {c.cuenta.moneda for c in suyas} == {"BOB"}
    assert [c.moneda for c in de_la_entidad if c.moneda != "BOB"] == []


def test_la_autoridad_ve_que_una_cuenta_es_de_presupuesto(
    libro: Libro, municipio: Municipio, regulador: Any, sesion_web: Any
) -> None:
    cuenta = libro.uno("SELECT cuenta FROM pagos_certificado")
    pagina = sesion_web(regulador).get(f"/regulador/pagos/cuentas?buscar={cuenta}").text
    assert "Certificación presupuestaria" in pagina
    assert "<dt>Presupuesto</dt>" in pagina
    assert "Congelar la cuenta" not in pagina
