"""What the database itself refuses, and that its table of states is the program's."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from nucleo.bd import motor, transaccion
from nucleo.dinero import bs
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora
from pagos.cobros.pagar import anotar_pago_con_tarjeta
from tests.pagos.cobros.conftest import Caja


def cambiar(orden_id: Any, **valores: Any) -> str | None:
    """Update a row by hand; what the database answers (None: accepted), always rolled back."""
    puestos = ", ".join(f"{c} = :{c}" for c in valores)
    with motor().connect() as conexion:
        try:
            conexion.execute(
                text(f"UPDATE pagos_orden SET version = version + 1, {puestos} WHERE id = :orden"),
                valores | {"orden": orden_id},
            )
            conexion.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        except DBAPIError as error:
            return str(error.orig)
        finally:
            conexion.rollback()
    return None


def test_lo_que_se_cobra_y_lo_pagado_no_se_tocan(caja: Caja, duenio: Engine) -> None:
    orden = caja.emitir("10.00")
    for valores, dicho in (
        ({"monto": 999}, "no cambia"),
        ({"vence_en": datetime(2030, 1, 1, tzinfo=UTC)}, "no cambia"),
        ({"pagado": 1000, "estado": "pagada", "terminada_en": ahora()}, "no cuadra"),  # no payment behind it
        ({"pagado": 1001}, "ck_pagos_orden"),
        ({"estado": "pagada", "terminada_en": ahora()}, "ck_pagos_orden_pagado_del_estado"),
    ):
        falla = cambiar(orden.id, **valores)
        assert falla is not None, valores
        assert dicho in falla
    caja.pagar(orden)
    with duenio.connect() as conexion:
        for sentencia in (
            "UPDATE pagos_pago SET monto = 1",
            "DELETE FROM pagos_pago",
            "UPDATE pagos_orden_linea SET subtotal = 1",
            "DELETE FROM pagos_orden",
        ):
            with pytest.raises(DBAPIError, match="no admite"):
                conexion.execute(text(sentencia))
            conexion.rollback()


def test_una_linea_de_mas_no_se_confirma(caja: Caja) -> None:
    orden = caja.emitir("10.00")
    with pytest.raises(DBAPIError, match="no cuadra"), motor().begin() as conexion:
        conexion.execute(
            text("INSERT INTO pagos_orden_linea VALUES (:o, 2, 'De más', 1, 1, 100, NULL)"), {"o": orden.id}
        )


# --- A card that the bank confirms ----------------------------------------------------------------------


def confirmar(caja: Caja, orden: Any, monto: str, **cambios: Any) -> Any:
    from pagos import TipoCuenta, cuenta_de_unidad

    with transaccion() as sesion:
        datos: dict[str, Any] = {
            "orden_id": orden.id,
            "intento_id": nuevo_id(),
            "transferencia_id": nuevo_id(),
            "monto": bs(monto),
            "destino": cuenta_de_unidad(sesion, caja.alcaldia.id, TipoCuenta.RECAUDACION),
            "persona_id": caja.ana.id,
            "iniciado_en": ahora(),
        }
        return anotar_pago_con_tarjeta(sesion, **datos | cambios)


def test_tarjeta_confirmada_paga_una_vez(caja: Caja) -> None:
    orden, id = caja.emitir("10.00"), nuevo_id()
    transferencia = nuevo_id()
    for _vez in range(2):
        pago = confirmar(caja, orden, "10.00", intento_id=id, transferencia_id=transferencia)
        assert (pago.id, pago.medio, pago.cuenta_origen) == (id, "tarjeta", None)
    despues = caja.orden(orden)
    assert (despues.estado, despues.pagado, despues.version) == ("pagada", bs("10.00"), 2)


def test_tarjeta_iniciada_a_tiempo_cuenta_aunque_se_confirme_tarde(caja: Caja, reloj: Any) -> None:
    from pagos.cobros.tareas import vencer_ordenes

    orden, tarde = caja.emitir(vence_en=caja.en(hours=1)), caja.emitir(vence_en=caja.en(hours=1))
    inicio = ahora()
    reloj.adelantar(timedelta(hours=2))
    assert vencer_ordenes() == 2
    assert confirmar(caja, orden, "100.00", iniciado_en=inicio) is not None
    assert caja.orden(orden).estado == "pagada"
    antes = caja.foto()
    assert confirmar(caja, tarde, "100.00") is None  # begun after the due instant
    assert caja.foto() == antes


def test_tarjeta_que_ya_no_cabe_avisa_a_los_dos(caja: Caja) -> None:
    from sqlmodel import select

    from ciudadania.modelos import Notificacion
    from nucleo.eventos import entregar_pendientes

    orden = caja.emitir("10.00")
    caja.pagar(orden, quien=caja.luis, cuenta=caja.de_luis)
    antes = caja.foto()
    assert confirmar(caja, orden, "10.00") is None
    assert caja.foto() == antes
    entregar_pendientes()
    with transaccion() as sesion:
        avisos = [n for n in sesion.exec(select(Notificacion)) if "tarjeta" in n.asunto]
    assert {(n.persona_id, n.unidad_id) for n in avisos} == {(caja.ana.id, None), (None, caja.alcaldia.id)}


def test_el_aviso_de_la_pasarela_llega_a_la_orden(caja: Caja, sesion_web: Any) -> None:
    """From the event of the gateway to the paid order, its notice and its receipt."""
    from sqlmodel import select

    from ciudadania.modelos import Notificacion
    from nucleo.actor import Autorizacion
    from nucleo.eventos import entregar_pendientes, publicar
    from pagos import Codigo, TipoCuenta, cuenta_de_unidad
    from pagos.cobros import formato_cpt
    from pagos.cobros.modelos import Pago
    from pagos.tarjetas import PAGO_CONFIRMADO, iniciar_pago_con_tarjeta
    from pagos.tarjetas.asientos import abonar

    orden, id = caja.emitir("10.00"), nuevo_id()
    with transaccion() as sesion:
        intento = iniciar_pago_con_tarjeta(
            sesion,
            Autorizacion.propia(caja.actor(caja.ana)),
            id=id,
            proposito="orden",
            destino=cuenta_de_unidad(sesion, caja.alcaldia.id, TipoCuenta.RECAUDACION),
            monto=bs("10.00"),
            descripcion="Prueba",
            codigo=Codigo.PAGO_ESTADO,
            referencia_id=orden.id,
        )
        transferencia = abonar(sesion, intento, con_reserva=True)
        hecho = {"proposito": "orden", "referencia_id": str(orden.id), "monto": 1000}
        publicar(sesion, PAGO_CONFIRMADO, id, hecho | {"transferencia_id": str(transferencia)})
    entregar_pendientes()
    with transaccion() as sesion:
        pago = sesion.exec(select(Pago)).one()
        aviso = sesion.exec(select(Notificacion).where(Notificacion.persona_id == caja.ana.id)).one()
    assert (pago.id, pago.medio, pago.transferencia_id) == (id, "tarjeta", transferencia)
    assert (caja.orden(orden).estado, caja.recaudado()) == ("pagada", 10_00)
    assert aviso.enlace == f"/pagar/{formato_cpt(orden.cpt)}"
    ruta = f"/comprobantes/{transferencia}.pdf"
    assert ruta in sesion_web(caja.ana).get(aviso.enlace).text
    assert sesion_web(caja.ana).get(ruta).status_code == 200
    assert sesion_web(caja.luis).get(ruta).status_code == 403
