"""Charges of a day: totals that add up, by Bolivia's midnight, for whoever sells or pays for the unit."""

import csv
import io
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from nucleo.actor import Actor, Autorizacion
from nucleo.bd import transaccion
from nucleo.dinero import a_centavos, bs
from nucleo.paginacion import CursorPedido
from nucleo.reloj import ZONA, ahora, fecha_bolivia
from pagos import (
    Codigo,
    SolicitudTransferencia,
    TipoCuenta,
    cuenta_de_persona,
    cuenta_de_sistema,
    cuenta_de_unidad,
    exigir_transferencia,
)
from pagos.cobros.cobros_del_dia import cobros_de, cuentas_que_cobran, resumen_del_dia
from pagos.devoluciones.devoluciones import devolver
from tests.pagos.firma import Firma


@pytest.fixture
def cuenta(firma: Firma, con_saldo: Callable[..., int]) -> int:
    con_saldo(firma.personas["eva"], "1000.00")
    with transaccion() as sesion:
        return cuenta_de_unidad(sesion, firma.unidad.id)


def _mover(firma: Firma, monto: str, codigo: Codigo, *, sale: bool = False) -> uuid.UUID:
    """Eva pays the cooperative, or the cooperative pays its commission."""
    id = uuid.uuid4()
    with transaccion() as sesion:
        eva = cuenta_de_persona(sesion, firma.personas["eva"].id)
        unidad = cuenta_de_unidad(sesion, firma.unidad.id)
        a = cuenta_de_sistema(sesion, TipoCuenta.COMISION) if sale else unidad
        solicitud = SolicitudTransferencia(
            id=id, debito=unidad if sale else eva, credito=a, monto=bs(monto), codigo=codigo
        )
        quien = Actor.sistema("comisión") if sale else firma.eva
        exigir_transferencia(sesion, solicitud, Autorizacion.propia(quien))
    return id


def _a_las(reloj: Any, hora: int, minuto: int = 0) -> None:
    """Move the clock to that time of Bolivia, of the next day if it already passed."""
    local = ahora().astimezone(ZONA)
    cuando = local.replace(hour=hora, minute=minuto, second=0, microsecond=0)
    reloj.adelantar((cuando if cuando > local else cuando + timedelta(days=1)) - local)


def _dia(cuenta: int, dia: Any) -> Any:
    with transaccion() as sesion:
        return resumen_del_dia(sesion, cuenta, dia)


def test_los_totales_cuadran_y_el_dia_es_el_de_bolivia(firma: Firma, cuenta: int, reloj: Any) -> None:
    _a_las(reloj, 23, 59)
    ayer = fecha_bolivia(ahora())
    _mover(firma, "9.00", Codigo.PAGO_COMERCIO)
    reloj.adelantar(timedelta(minutes=1))
    hoy = fecha_bolivia(ahora())
    assert hoy == ayer + timedelta(days=1)
    pago = _mover(firma, "100.00", Codigo.PAGO_COMERCIO)
    _a_las(reloj, 14)
    _mover(firma, "20.50", Codigo.PAGO_PEDIDO)
    _mover(firma, "3.00", Codigo.PAGO_COMERCIO)
    _mover(firma, "1.25", Codigo.COMISION, sale=True)
    _mover(firma, "50.00", Codigo.AJUSTE)
    with transaccion() as sesion:
        devolver(
            sesion,
            firma.beto,
            id=uuid.uuid4(),
            transferencia_id=pago,
            monto=bs(40),
            saldo_visto=bs(100),
        )
    dia = _dia(cuenta, hoy)
    assert (dia.cobrado, dia.cuantos, dia.devuelto, dia.comisiones, dia.otros) == (
        12_350,
        3,
        4_000,
        125,
        5_000,
    )
    assert dia.neto == 8_225
    assert [(m.codigo, m.cuantos, m.monto) for m in dia.por_motivo] == [
        (Codigo.PAGO_PEDIDO, 1, 2_050),
        (Codigo.PAGO_COMERCIO, 2, 10_300),
    ]
    assert {h: m for h, m in enumerate(dia.por_hora) if m} == {0: 10_000, 14: 2_350}
    previo = _dia(cuenta, ayer)
    assert (previo.cobrado, previo.cuantos, previo.por_hora[23]) == (900, 1, 900)
    assert _dia(cuenta, hoy + timedelta(days=1)).cuantos == 0
    with transaccion() as sesion:
        una, cursor = cobros_de(sesion, cuenta, hoy, CursorPedido(None, 2))
        otra, fin = cobros_de(sesion, cuenta, hoy, CursorPedido(cursor, 2))
    assert [(a_centavos(c.monto), a_centavos(c.devuelto)) for c in una + otra] == [
        (300, 0),
        (2_050, 0),
        (10_000, 4_000),
    ]
    assert fin is None


def test_ve_quien_vende_o_paga_y_nadie_mas(
    firma: Firma, cuenta: int, crear_persona: Any, crear_unidad: Any, actor_de: Any
) -> None:
    vende = crear_persona("Vera", ci="1900020")
    otra = crear_unidad("Tienda", representante=firma.personas["eva"], mandatos=[(vende, ["VENDER"])])
    with transaccion() as sesion:
        suya = cuenta_de_unidad(sesion, otra.id)
        assert [c.id for c in cuentas_que_cobran(sesion, actor_de(vende))] == [suya]
        assert [c.id for c in cuentas_que_cobran(sesion, firma.beto)] == [cuenta]
        assert cuentas_que_cobran(sesion, actor_de(firma.personas["carla"])) == []


def test_pagina_archivo_y_api(
    firma: Firma,
    cuenta: int,
    reloj: Any,
    sesion_web: Callable[..., Any],
    api: Callable[..., Any],
    cliente: Any,
) -> None:
    _a_las(reloj, 10)
    pago = _mover(firma, "100.00", Codigo.PAGO_COMERCIO)
    hoy = fecha_bolivia(ahora())
    beto, eva = sesion_web(firma.personas["beto"]), sesion_web(firma.personas["eva"])
    ruta = "/billetera/cobros-del-dia"
    html = beto.get(f"{ruta}?cuenta={cuenta}").text.replace("\xa0", " ")
    for dicho in ("Cobrado hoy", "Bs 100,00", "1 cobro", "10:00", f"/comprobantes/{pago}/devolver", "10 h"):
        assert dicho in html, dicho
    assert "Ese día no entró ningún pago" in beto.get(f"{ruta}?cuenta={cuenta}&dia=2020-02-03").text
    for mala in ("2020-2-31", "2999-01-01"):
        assert beto.get(f"{ruta}?cuenta={cuenta}&dia={mala}").status_code == 422
    for direccion in (f"{ruta}?cuenta={cuenta}", f"{ruta}.csv?cuenta={cuenta}"):
        assert eva.get(direccion).status_code == 403
        assert cliente.get(direccion).status_code in (303, 401)
    bajado = beto.get(f"{ruta}.csv?cuenta={cuenta}")
    assert bajado.headers["content-disposition"] == f'attachment; filename="cobros-{cuenta}-{hoy}.csv"'
    filas = list(csv.reader(io.StringIO(bajado.content.decode("utf-8-sig")), delimiter=";"))
    assert filas[0] == ["Hora", "De", "Motivo", "Monto", "Devuelto", "Identificador"]
    assert filas[1:] == [["10:00:00", "Eva Prueba", "Pago en comercio", "100,00", "0,00", str(pago)]]
    pide, ajena = api(firma.personas["beto"]), api(firma.personas["eva"])
    dia = pide("GET", f"/cuentas/{cuenta}/cobros-del-dia?dia={hoy}").json()
    assert (dia["cobrado"]["monto"], dia["cobros"], dia["neto"]["monto"]) == ("100.00", 1, "100.00")
    assert dia["por_hora"][10]["monto"] == "100.00"
    (cobro,) = pide("GET", f"/cuentas/{cuenta}/cobros").json()["datos"]
    assert (cobro["transferencia_id"], cobro["de"]) == (str(pago), "Eva Prueba")
    assert datetime.fromisoformat(cobro["creada_en"]).astimezone(ZONA).hour == 10
    for sitio in ("cobros", "cobros-del-dia"):
        assert ajena("GET", f"/cuentas/{cuenta}/{sitio}").status_code == 403
