"""What goes back of what orders received: the order, its receipts, the API and the webhook say so."""

import json
import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from nucleo.actor import Autorizacion
from nucleo.bd import motor, transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.ids import nuevo_id
from nucleo.modelos import MensajeWebhook
from nucleo.webhooks import suscribir
from pagos import Codigo, TipoCuenta, cuenta_de_unidad
from pagos.cobros.errores import OrdenConPagos, OrdenYaPagada
from pagos.cobros.modelos import Orden, Pago
from pagos.cobros.ordenes import anular_orden
from pagos.devoluciones.devoluciones import devolver
from pagos.tarjetas import avanzar, avanzar_reembolso, id_en_la_pasarela, iniciar_pago_con_tarjeta
from pagos.tarjetas.disputar import aplicar_disputa
from pagos.tarjetas.lectura import LecturaDisputa, LecturaReembolso
from pagos.tarjetas.reembolsar import aplicar_reembolso, pedir_reembolso, reembolso_por_id
from tests.pagos.cobros.conftest import Caja

ORDENES = "/api/v1/ordenes-de-cobro"


def _devolver(caja: Caja, pago: Pago, monto: str, visto: str) -> None:
    with transaccion() as sesion:
        devolver(
            sesion,
            caja.actor(caja.alberto),
            id=uuid4(),
            transferencia_id=pago.transferencia_id,
            monto=bs(monto),
            saldo_visto=bs(visto),
            nota="No hubo atención",
        )


def _con_tarjeta(caja: Caja, orden: Orden) -> UUID:
    id = nuevo_id()
    with transaccion() as sesion:
        iniciar_pago_con_tarjeta(
            sesion,
            Autorizacion.propia(caja.actor(caja.ana)),
            id=id,
            proposito="orden",
            destino=cuenta_de_unidad(sesion, caja.alcaldia.id, TipoCuenta.RECAUDACION),
            monto=orden.monto,
            descripcion="Prueba",
            codigo=Codigo.PAGO_ESTADO,
            referencia_id=orden.id,
            metodo="pm_card_visa",
        )
    avanzar(id)
    entregar_pendientes()
    return id


def _vista(como: Any, caja: Caja, orden: Orden) -> tuple[str, str, str, list[tuple[str, str]]]:
    """(state, how much went back, how it is called, each payment's refunded and refundable)."""
    v = como(caja.cajera, "GET", f"{ORDENES}/{orden.id}").json()
    pagos = [(p["devuelto"]["monto"], p["saldo_reembolsable"]["monto"]) for p in v["pagos"]]
    return v["estado"], v["devuelto"]["monto"], v["devolucion"], pagos


def test_la_orden_dice_lo_devuelto_y_avisa_a_quien_la_emitio(caja: Caja, como: Any) -> None:
    with transaccion() as sesion:
        suscribir(sesion, caja.alcaldia.id, "https://ejemplo.bo/avisos", ["OrdenDeCobroDevuelta"])
    orden = caja.emitir("75.50", referencia="PAT-1")
    pago = caja.pagar(orden)
    assert _vista(como, caja, orden) == ("pagada", "0.00", "ninguna", [("0.00", "75.50")])
    _devolver(caja, pago, "25.50", "75.50")
    assert _vista(como, caja, orden) == ("pagada", "25.50", "parcial", [("25.50", "50.00")])
    _devolver(caja, pago, "50.00", "50.00")
    assert _vista(como, caja, orden) == ("pagada", "75.50", "total", [("75.50", "0.00")])
    (lista,) = como(caja.cajera, "GET", ORDENES).json()["datos"]
    assert (lista["devuelto"]["monto"], lista["devolucion"], lista["pagado"]["monto"]) == (
        "75.50",
        "total",
        "75.50",
    )
    assert como(None, "GET", f"/api/v1/cobros/{lista['cpt']}").json()["devolucion"] == "total"
    antes = caja.orden(orden).version
    entregar_pendientes()
    assert caja.orden(orden).version == antes + 2  # whoever cached it reads it again
    with transaccion() as sesion:
        cuerpos = [json.loads(m.cuerpo) for m in sesion.exec(select(MensajeWebhook))]
    assert {c["type"] for c in cuerpos} == {"OrdenDeCobroDevuelta"}
    assert cuerpos[-1]["data"]["devuelto"] == {"monto": "75.50", "moneda": "BOB"}
    assert (cuerpos[-1]["data"]["devolucion"], cuerpos[-1]["data"]["estado"]) == ("total", "pagada")


def test_el_comprobante_de_un_pago_devuelto_lo_dice(caja: Caja, cliente: Any, sesion_web: Any) -> None:
    orden = caja.emitir("100.00")
    pago = caja.pagar(orden)
    ana, alberto = sesion_web(caja.ana), sesion_web(caja.alberto)
    ruta = f"/comprobantes/{pago.transferencia_id}"
    codigo = ana.get(f"{ruta}/verificacion").headers["location"]
    limpio = cliente.get(codigo)
    assert (limpio.status_code, "devolvi" in limpio.text) == (200, False)
    assert f"{ruta}/devolver" in alberto.get(ruta).text
    assert f"{ruta}/devolver" not in ana.get(ruta).text
    pdf = ana.get(f"{ruta}.pdf").content
    _devolver(caja, pago, "40.00", "100.00")
    assert "De este pago se devolvieron Bs\xa040,00; quedan pagados Bs\xa060,00" in cliente.get(codigo).text
    parcial = ana.get(ruta).text
    assert ("Devuelto en parte" in parcial, "No hubo atención" in parcial) == (True, True)
    assert ana.get(f"{ruta}.pdf").content != pdf
    (vuelta,) = set(re.findall(r'href="(/comprobantes/[0-9a-f-]{36})"', parcial)) - {ruta}
    assert f'href="{ruta}"' in ana.get(vuelta).text  # from the refund to what it gives back
    _devolver(caja, pago, "60.00", "60.00")
    entera = cliente.get(codigo).text
    assert "Este pago se devolvió completo" in entera
    assert "Comprobante auténtico" in entera
    assert f"{ruta}/devolver" not in alberto.get(ruta).text
    de_quien_cobra = sesion_web(caja.cajera).get(f"/cobros/ordenes/{orden.id}").text
    assert re.search(r"Devuelta\s*</span>", de_quien_cobra)
    assert (
        "devuelto Bs\xa0100,00" in sesion_web(caja.cajera).get(f"/cobros?unidad={caja.alcaldia.numero}").text
    )
    publica = cliente.get(f"/pagar/{orden.cpt[:4]}-{orden.cpt[4:8]}-{orden.cpt[8:]}").text
    assert "Quien cobró devolvió dinero" in publica


def test_lo_devuelto_a_la_tarjeta_y_lo_que_el_banco_deshace(caja: Caja, como: Any, reloj: Any) -> None:
    orden = caja.emitir("80.00")
    intento_id = _con_tarjeta(caja, orden)
    assert _vista(como, caja, orden) == ("pagada", "0.00", "ninguna", [("0.00", "80.00")])
    id = uuid4()
    with transaccion() as sesion:
        pedir_reembolso(
            sesion,
            caja.actor(caja.alberto),
            id=id,
            intento_id=intento_id,
            monto=bs(30),
            saldo_visto=bs(80),
        )
    # Held, not yet at the card: nothing went back, and it cannot be promised twice.
    assert _vista(como, caja, orden) == ("pagada", "0.00", "ninguna", [("0.00", "50.00")])
    avanzar_reembolso(id)
    entregar_pendientes()
    assert _vista(como, caja, orden) == ("pagada", "30.00", "parcial", [("30.00", "50.00")])
    version = caja.orden(orden).version
    with transaccion() as sesion:
        pasarela_id = reembolso_por_id(sesion, id).pasarela_id
        assert pasarela_id is not None
        lectura = LecturaReembolso(
            pasarela_id=pasarela_id,
            veredicto="fallido",
            monto=3_000,
            metadatos_id=str(id),
            motivo="expired_or_canceled_card",
        )
        aplicar_reembolso(sesion, id, lectura)
    entregar_pendientes()
    assert _vista(como, caja, orden) == ("pagada", "0.00", "ninguna", [("0.00", "80.00")])
    assert caja.orden(orden).version == version + 1


def test_lo_que_un_banco_tomo_y_devolvio(caja: Caja, como: Any) -> None:
    """Who issued it hears both; of a claim that was won at first, nothing changed."""
    with transaccion() as sesion:
        suscribir(sesion, caja.alcaldia.id, "https://ejemplo.bo/avisos", ["OrdenDeCobroDevuelta"])
    orden = caja.emitir("80.00")
    intento_id = _con_tarjeta(caja, orden)
    with transaccion() as sesion:
        pago = id_en_la_pasarela(sesion, intento_id)
    antes = caja.orden(orden).version

    def dice(veredicto: str, disputa: str) -> None:
        with transaccion() as sesion:
            aplicar_disputa(sesion, LecturaDisputa(veredicto, disputa, pago, 8_000, "fraudulent", None))
        entregar_pendientes()

    for veredicto in ("abierta", "ganada"):
        dice(veredicto, "dp_1")
    assert caja.orden(orden).version == antes
    for veredicto in ("abierta", "perdida"):
        dice(veredicto, "dp_2")
    assert _vista(como, caja, orden)[:3] == ("pagada", "80.00", "total")
    for _vez in range(2):
        dice("ganada", "dp_2")
    assert _vista(como, caja, orden)[:3] == ("pagada", "0.00", "ninguna")
    assert caja.orden(orden).version == antes + 2
    with transaccion() as sesion:
        mensajes = sesion.exec(select(MensajeWebhook).order_by(MensajeWebhook.creado_en))
        dichos = [json.loads(m.cuerpo)["data"] for m in mensajes]
    assert [(d["devuelto"]["monto"], d["devolucion"]) for d in dichos] == [
        ("80.00", "total"),
        ("0.00", "ninguna"),
    ]


def test_se_anula_la_pagada_en_parte_solo_si_todo_volvio(caja: Caja) -> None:
    orden = caja.emitir("100.00", parcial=True, minimo={"monto": "10.00"})
    uno = caja.pagar(orden, monto=bs(30))
    otro = caja.pagar(orden, quien=caja.luis, cuenta=caja.de_luis, monto=bs(20))
    _devolver(caja, uno, "30.00", "30.00")

    def anular() -> Orden:
        with transaccion() as sesion:
            version = sesion.get_one(Orden, orden.id).version
            return anular_orden(sesion, caja.actor(caja.cajera), orden.id, "Se suspendió", version)

    with pytest.raises(OrdenConPagos):
        anular()
    with pytest.raises(DBAPIError, match="mientras tiene dinero"), motor().begin() as conexion:
        conexion.execute(
            text(
                "UPDATE pagos_orden SET estado = 'anulada', motivo_anulacion = 'x', terminada_en = now(), "
                "version = version + 1 WHERE id = :id"
            ),
            {"id": orden.id},
        )
    assert caja.orden(orden).estado == "pagada_parcial"
    _devolver(caja, otro, "20.00", "20.00")
    assert anular().estado == "anulada"
    assert (caja.recaudado(), caja.saldo(caja.de_ana), caja.saldo(caja.de_luis)) == (0, 50_000, 50_000)
    entera = caja.emitir("10.00")
    _devolver(caja, caja.pagar(entera), "10.00", "10.00")
    with transaccion() as sesion, pytest.raises(OrdenYaPagada):
        anular_orden(sesion, caja.actor(caja.cajera), entera.id, "x", caja.orden(entera).version)
