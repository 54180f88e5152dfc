"""Refunds of received payments: in parts, never above, in time, and one at a time."""

import re
import threading
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from empresa_digital.registro import Facultad, SinFacultad, exigir_facultad
from nucleo.actor import Autorizacion
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import ErrorDominio
from nucleo.plazos import fin_del_dia
from nucleo.reloj import fecha_bolivia
from pagos import Codigo, SolicitudTransferencia, cuenta_de_persona, cuenta_de_unidad, exigir_transferencia
from pagos.devoluciones import devoluciones
from pagos.devoluciones.errores import (
    DevolucionDistinta,
    DevolucionExcedida,
    NoReembolsable,
    PlazoDeDevolucionVencido,
    SaldoReembolsableDistinto,
)
from tests.pagos.firma import Firma


@pytest.fixture
def pago(firma: Firma, con_saldo: Callable[..., int]) -> uuid.UUID:
    """Eva paid the cooperative Bs 100."""
    con_saldo(firma.personas["eva"], "100.00")
    return _pagar(firma, Codigo.PAGO_COMERCIO)


def _pagar(firma: Firma, codigo: Codigo, monto: str = "100.00") -> uuid.UUID:
    id = uuid.uuid4()
    with transaccion() as sesion:
        exigir_transferencia(
            sesion,
            SolicitudTransferencia(
                id=id,
                debito=cuenta_de_persona(sesion, firma.personas["eva"].id),
                credito=cuenta_de_unidad(sesion, firma.unidad.id),
                monto=bs(monto),
                codigo=codigo,
            ),
            Autorizacion.propia(firma.eva),
        )
    return id


def _devolver(
    firma: Firma, pago: uuid.UUID, monto: str, visto: str, quien: str = "beto", **datos: Any
) -> Any:
    datos = {"id": uuid.uuid4()} | datos
    with transaccion() as sesion:
        return devoluciones.devolver(
            sesion,
            getattr(firma, quien),
            transferencia_id=pago,
            monto=bs(monto),
            saldo_visto=bs(visto),
            **datos,
        )


def test_varias_partes_hasta_el_total(firma: Firma, pago: uuid.UUID) -> None:
    assert (firma.saldo(), firma.saldo("eva")) == (510_000, 0)
    _devolver(firma, pago, "30.00", "100.00", nota="Vino roto")
    _devolver(firma, pago, "69.99", "70.00")
    with pytest.raises(DevolucionExcedida):
        _devolver(firma, pago, "0.02", "0.01")
    _devolver(firma, pago, "0.01", "0.01")
    with pytest.raises(DevolucionExcedida):
        _devolver(firma, pago, "0.01", "0.00")
    assert (firma.saldo(), firma.saldo("eva")) == (500_000, 10_000)


def test_el_saldo_visto_debe_ser_el_de_ahora(firma: Firma, pago: uuid.UUID) -> None:
    with pytest.raises(SaldoReembolsableDistinto):
        _devolver(firma, pago, "10.00", "99.99")
    assert firma.saldo("eva") == 0
    id = uuid.uuid4()
    _devolver(firma, pago, "10.00", "100.00", id=id)
    assert _devolver(firma, pago, "10.00", "100.00", id=id).id == id  # repeated: the same one
    with pytest.raises(DevolucionDistinta):
        _devolver(firma, pago, "11.00", "90.00", id=id)
    with pytest.raises(DevolucionDistinta):
        _devolver(firma, pago, "10.00", "90.00", id=id, nota="Por otra cosa")
    assert firma.saldo("eva") == 1_000


def test_los_limites_de_la_persona_no_cuentan(firma: Firma, con_saldo: Callable[..., int]) -> None:
    """She may receive Bs 2.000 a day and already did."""
    con_saldo(firma.personas["eva"], "2000.00")
    pago = _pagar(firma, Codigo.PAGO_COMERCIO, "2000.00")
    id = firma.presentada(firma.archivo("1900003;Eva Prueba;2.000;"))
    assert firma.aprobar(id).pagadas == 1
    _devolver(firma, pago, "2000.00", "2000.00")
    assert firma.saldo("eva") == 400_000


def test_el_plazo_es_el_que_regia_al_pagar(firma: Firma, duenio: Engine, pago: uuid.UUID, reloj: Any) -> None:
    """Ninety days, to the end of the last; a norm of the fifth day gives those paid from then on one day."""
    pagado = fecha_bolivia(reloj.ahora())
    with duenio.begin() as conexion:
        desde = {"desde": pagado + timedelta(days=5)}
        conexion.execute(
            text("UPDATE nucleo_plazo SET vigente_hasta = :desde WHERE codigo = 'pagos.devolucion'"), desde
        )
        conexion.execute(
            text(
                "INSERT INTO nucleo_plazo SELECT gen_random_uuid(), codigo, nombre, 1, unidad, empieza, "
                "prorroga, silencio, 'después', nota, confirmado, :desde, NULL FROM nucleo_plazo "
                "WHERE codigo = 'pagos.devolucion'"
            ),
            desde,
        )
    reloj.situar(fin_del_dia(pagado + timedelta(days=90)) - timedelta(minutes=5))
    _devolver(firma, pago, "1.00", "100.00")
    reloj.adelantar(timedelta(minutes=6))
    with pytest.raises(PlazoDeDevolucionVencido):
        _devolver(firma, pago, "1.00", "99.00")
    assert firma.saldo("eva") == 100


def test_solo_quien_paga_por_la_unidad_y_solo_pagos(firma: Firma, pago: uuid.UUID) -> None:
    with pytest.raises(SinFacultad):
        _devolver(firma, pago, "1.00", "100.00", quien="eva")
    hecha = _devolver(firma, pago, "1.00", "100.00")
    with pytest.raises(ErrorDominio):
        _devolver(firma, hecha.id, "1.00", "1.00")
    id = firma.presentada(firma.archivo("2000001;Carla Prueba;5;"))
    firma.aprobar(id)
    with transaccion() as sesion:
        (linea,) = devoluciones_lineas(sesion, id)
    with pytest.raises(NoReembolsable):
        _devolver(firma, linea, "5.00", "5.00", quien="carla")


def devoluciones_lineas(sesion: Any, id: uuid.UUID) -> list[uuid.UUID]:
    from pagos.planillas.pagar import lineas_de

    return [linea.id for linea in lineas_de(sesion, id)]


def test_ocho_a_la_vez_devuelven_una(firma: Firma, pago: uuid.UUID) -> None:
    barrera = threading.Barrier(8)
    respuestas: list[str] = []

    def correr() -> None:
        barrera.wait(timeout=30)
        try:
            _devolver(firma, pago, "60.00", "100.00")
            respuestas.append("ok")
        except ErrorDominio as error:
            respuestas.append(error.codigo)

    hilos = [threading.Thread(target=correr) for _ in range(8)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join(timeout=60)
    assert sorted(respuestas) == ["ok", *["saldo_reembolsable_distinto"] * 7]
    assert firma.saldo("eva") == 6_000


def test_la_base_no_deja_devolver_mas(firma: Firma, pago: uuid.UUID) -> None:
    """Even a program that moves the money and writes the row cannot refund more than was paid."""
    _devolver(firma, pago, "60.00", "100.00")
    id = uuid.uuid4()
    insertar = text(
        "INSERT INTO pagos_devolucion (id, transferencia_id, monto, nota, unidad_id) "
        "VALUES (:id, :p, 4001, '', :u)"
    )
    datos = {"id": id, "p": pago, "u": firma.unidad.id}
    with pytest.raises(DBAPIError, match="no está en el libro"), transaccion() as sesion:
        sesion.connection().execute(insertar, datos)
    with transaccion() as sesion:
        exigir_transferencia(
            sesion,
            SolicitudTransferencia(
                id=id,
                debito=cuenta_de_unidad(sesion, firma.unidad.id),
                credito=cuenta_de_persona(sesion, firma.personas["eva"].id),
                monto=bs("40.01"),
                codigo=Codigo.DEVOLUCION,
            ),
            exigir_facultad(sesion, firma.beto, firma.unidad.id, Facultad.PAGAR),
        )
        with pytest.raises(DBAPIError, match="nunca_mas"):
            sesion.connection().execute(insertar, datos)
        sesion.rollback()
    with pytest.raises(DBAPIError, match="solo crece"), transaccion() as sesion:
        sesion.connection().execute(text("UPDATE pagos_devuelto SET devuelto = 0"))
    assert firma.saldo("eva") == 6_000


def test_desde_la_pagina(firma: Firma, pago: uuid.UUID, sesion_web: Callable[..., Any], cliente: Any) -> None:
    beto, eva = sesion_web(firma.personas["beto"]), sesion_web(firma.personas["eva"])
    dia = beto.get("/billetera/cobros-del-dia").text.replace("\xa0", " ")
    assert f'href="/comprobantes/{pago}/devolver"' in dia
    ruta = f"/comprobantes/{pago}/devolver"
    html = beto.get(ruta).text
    hallado = re.search(r'name="_id" value="([^"]+)"', html)
    assert hallado is not None
    datos = {"_id": hallado[1], "saldo_reembolsable": "100.00", "monto": "100,01"}
    assert beto.post(ruta, data=datos).status_code == 409
    assert beto.post(ruta, data=datos | {"monto": "x"}).status_code == 422
    assert firma.saldo("eva") == 0
    assert beto.post(ruta, data=datos | {"monto": "25,50", "nota": "Cambio"}).status_code == 303
    assert beto.post(ruta, data=datos | {"monto": "25,50", "nota": "Cambio"}).status_code == 303
    assert beto.post(ruta, data=datos | {"_id": str(uuid.uuid4()), "monto": "1"}).status_code == 412
    assert firma.saldo("eva") == 2_550
    assert "Bs 74,50" in beto.get(ruta).text.replace("\xa0", " ")
    assert eva.get(ruta).status_code == 403
    assert eva.post(ruta, data=datos | {"monto": "1"}).status_code == 403
    assert cliente.get(ruta).status_code in (303, 401)
    assert eva.get("/billetera/cobros-del-dia").status_code == 200
    assert eva.get("/billetera/cobros-del-dia?cuenta=1").status_code == 403


def test_por_la_api(firma: Firma, pago: uuid.UUID, token_de: Callable[..., str], cliente: Any) -> None:
    beto = {"Authorization": f"Bearer {token_de(firma.personas['beto'])}"}
    eva = {"Authorization": f"Bearer {token_de(firma.personas['eva'])}"}
    ruta = f"/api/v1/transferencias/{pago}/devoluciones"
    cuerpo = {"monto": {"monto": "40.00"}, "saldo_reembolsable": {"monto": "100.00"}}
    assert cliente.post(ruta, json=cuerpo).status_code == 401
    assert cliente.post(ruta, json=cuerpo, headers=eva).status_code == 403
    assert cliente.get(ruta, headers=eva).status_code == 403
    assert cliente.post(ruta, json=cuerpo | {"nota": "a\x00b"}, headers=beto).status_code == 422
    clave = beto | {"Idempotency-Key": "d1"}
    una, otra = cliente.post(ruta, json=cuerpo, headers=clave), cliente.post(ruta, json=cuerpo, headers=clave)
    assert (una.status_code, otra.json()) == (201, una.json())
    vieja = cliente.post(ruta, json=cuerpo, headers=beto)
    assert (vieja.status_code, vieja.json()["codigo"]) == (412, "saldo_reembolsable_distinto")
    vista = cliente.get(ruta, headers=beto).json()
    assert vista["saldo_reembolsable"] == {"monto": "60.00", "moneda": "BOB"}
    assert [d["monto"]["monto"] for d in vista["datos"]] == ["40.00"]
    nada = cliente.get(f"/api/v1/transferencias/{uuid.uuid4()}/devoluciones", headers=beto)
    assert nada.status_code == 404
