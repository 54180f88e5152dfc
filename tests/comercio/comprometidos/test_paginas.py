"""What both sides of an entity's order read, and what who sells answers; money and budget are never added."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import comercio
from comercio.comprometidos import PagoFuera, anotar_pago_fuera, pagar, responder_pago_fuera
from comercio.panel.consultas import resumen_vendedor
from comercio.pedidos import manejadores
from comercio.pedidos.tareas import liberar_vencidas
from comercio.reclamos import reclamar
from comercio.reclamos.estados import MotivoReclamo
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from nucleo.reloj import ahora, fecha_bolivia
from pagos import TipoCuenta, cuenta_de_unidad, saldo
from tests.comercio.citas.conftest import Peluqueria, peluqueria
from tests.comercio.comprometidos.ayudas import Ente
from tests.comercio.conftest import Mercado
from tests.comercio.test_web import oculto

__all__ = ["peluqueria"]
assert manejadores  # they listen to the parcels
BS = "Bs\u00a0"


def test_se_lee_que_es_un_compromiso(mercado: Mercado, ente: Ente, sesion_web: Any) -> None:
    pedido = ente.pedido((mercado.publicar(precio="100.00"), 1))
    vendedora, compradora = sesion_web(mercado.vendedor), sesion_web(ente.entidad.persona)
    venta = vendedora.get(f"/vender/pedidos/{pedido.id}").text
    assert "La entidad comprometió su presupuesto: paga al recibir conforme." in venta
    assert "CP-2026-17" in venta
    assert f"comprometió {BS}100,00 de su presupuesto" in venta
    assert "El comprador ya pagó" not in venta
    suya = compradora.get(f"/pedidos/{pedido.id}").text
    assert "Si no, se cancela solo y el presupuesto se libera." in suya
    assert "CP-2026-17" in suya
    assert pedido.numero in compradora.get(f"/pedidos?unidad={ente.unidad.id}").text
    dinero = vendedora.get(f"/vender/dinero?unidad={mercado.unidad.id}").text
    assert f"las entidades públicas comprometieron {BS}100,00" in dinero
    ficha = vendedora.get(f"/api/v1/pedidos/{pedido.id}").json()["dinero"]
    assert (ficha["garantia"], ficha["en_custodia"]["monto"], ficha["comprometido"]["monto"]) == (
        "compromiso",
        "0.00",
        "100.00",
    )
    assert ficha["compromiso"]["certificacion"] == "CP-2026-17"
    with transaccion() as sesion:
        comercio.cancelar(sesion, mercado.actor_vendedor, pedido.id, "No hay")
    assert "Terminó sin pago" in vendedora.get(f"/vender/pedidos/{pedido.id}").text
    assert f"{BS}100,00 volvieron al presupuesto" in compradora.get(f"/pedidos/{pedido.id}").text


def test_por_pagar_y_pagado_fuera(mercado: Mercado, ente: Ente, sesion_web: Any) -> None:
    pedido = ente.pedido((mercado.publicar(precio="100.00"), 1))
    vendedora, compradora = sesion_web(mercado.vendedor), sesion_web(ente.entidad.persona)
    mercado.llevar(pedido, "EMA", "EMI")
    compradora.post(f"/pedidos/{pedido.id}/conformidad", data={})
    assert liberar_vencidas() == 0
    assert "todavía no lo pagó" in vendedora.get(f"/vender/pedidos/{pedido.id}").text
    assert "está por pagar" in compradora.get(f"/pedidos/{pedido.id}").text
    respuesta = f"/vender/pedidos/{pedido.id}/pago-de-entidad"
    assert vendedora.post(respuesta, data={"llego": "1"}).status_code == 409
    with transaccion() as sesion:
        anotar_pago_fuera(sesion, ente.pagadora, pedido.id, PagoFuera("C31-900", fecha_bolivia(ahora())))
    venta = vendedora.get(f"/vender/pedidos/{pedido.id}").text
    assert respuesta in venta
    assert "C31-900" in venta
    assert compradora.get(respuesta).status_code == 404
    datos = {"_id": oculto(vendedora.get(respuesta).text, "_id")}
    sin_decir = vendedora.post(respuesta, data=datos)
    assert sin_decir.status_code == 422
    assert "Diga si llegó o no." in sin_decir.text
    assert "La entidad lo debe" not in vendedora.get(f"/vender/pedidos/{pedido.id}").text
    assert vendedora.post(respuesta, data=datos | {"llego": "0"}).status_code == 303  # it did not
    for leido in (vendedora.get(f"/vender/pedidos/{pedido.id}"), compradora.get(f"/pedidos/{pedido.id}")):
        assert "La entidad lo debe" in leido.text
        assert "la entidad lo debe." in leido.text
        assert "fuera de Qhatu" not in leido.text
    csv = vendedora.get(
        f"/vender/estado-de-cuenta.csv?unidad={mercado.unidad.id}&desde={fecha_bolivia(ahora())}"
        f"&hasta={fecha_bolivia(ahora())}"
    ).content.decode("utf-8-sig")
    assert "La entidad lo paga fuera, o lo debe (Bs)" in csv
    assert csv.splitlines()[-1].split(";")[-2:] == ["100,00", "0,00"]


def test_lo_adeudado_que_se_paga_esta_en_el_estado_de_cuenta(
    mercado: Mercado, ente: Ente, sesion_web: Any
) -> None:
    """On the day on which it came; the file adds up to what the account has, and so does what was earned."""
    with transaccion() as sesion:
        cuenta = cuenta_de_unidad(sesion, mercado.unidad.id, TipoCuenta.COMERCIO)
    al_dia, debido = (ente.pedido((mercado.publicar(precio=p), 1)) for p in ("50.00", "100.00"))
    for pedido in (al_dia, debido):
        mercado.llevar(pedido, "EMA", "EMI")
        with transaccion() as sesion:
            comercio.dar_conformidad(sesion, ente.actor, pedido.id)
    ente.abonar(ente.unidad, "50.00")
    with transaccion() as sesion:
        pagar(sesion, ente.pagadora, al_dia.id)
        anotar_pago_fuera(sesion, ente.pagadora, debido.id, PagoFuera("C31-900", fecha_bolivia(ahora())))
    with transaccion() as sesion:
        responder_pago_fuera(sesion, mercado.actor_vendedor, debido.id, llego=False)
    primero = fecha_bolivia(ahora())
    mercado.reloj.adelantar(timedelta(days=3))
    ente.abonar(ente.unidad, "100.00")
    with transaccion() as sesion:
        pagar(sesion, ente.pagadora, debido.id)
    vendedora, despues = sesion_web(mercado.vendedor), fecha_bolivia(ahora())

    def filas(desde: date, hasta: date) -> list[list[str]]:
        ruta = f"/vender/estado-de-cuenta.csv?unidad={mercado.unidad.id}&desde={desde}&hasta={hasta}"
        return [f.split(";") for f in vendedora.get(ruta).content.decode("utf-8-sig").splitlines()[1:]]

    assert [f[-2:] for f in filas(primero, primero)] == [
        ["0,00", "48,50"],
        ["100,00", "0,00"],
        ["100,00", "48,50"],
    ]
    assert [f[0] for f in filas(despues, despues)] == [debido.numero, "Total"]
    assert filas(despues, despues)[-1][-2:] == ["-100,00", "100,00"]
    assert filas(primero, despues)[-1][-2:] == ["0,00", "148,50"]
    with transaccion() as sesion:
        assert saldo(sesion, cuenta) == bs("148.50")
        resumen = resumen_vendedor(sesion, mercado.unidad.id)
    assert (resumen.ganado, resumen.ganado_ultimos_30_dias) == (bs("148.50"), bs("148.50"))
    pagina = vendedora.get(f"/vender/dinero?unidad={mercado.unidad.id}&desde={primero}&hasta={despues}").text
    assert f"llegaron a la cuenta {BS}148,50" in pagina
    assert "Se saldaron 2 pedidos" in pagina


def test_de_un_compromiso_no_se_dice_que_haya_dinero(
    mercado: Mercado, ente: Ente, sesion_web: Any, leer: Callable[..., Any]
) -> None:
    """What comes back is budget, and nobody pays on a date by themselves."""
    pedido = ente.pedido((mercado.publicar(precio="100.00"), 1))
    mercado.llevar(pedido, "EMA", "EMI")
    entregar_pendientes()
    cuerpos = [c for (c,) in leer("SELECT cuerpo FROM ciudadania_notificacion ORDER BY id")]
    assert any("La entidad debe pagarlo desde el" in c for c in cuerpos)
    assert not any("Se le paga el" in c for c in cuerpos)
    vendedora, compradora = sesion_web(mercado.vendedor), sesion_web(ente.entidad.persona)
    assert "Debe pagarlo desde el" in vendedora.get(f"/vender/pedidos/{pedido.id}").text
    with transaccion() as sesion:
        reclamo = reclamar.abrir(sesion, ente.actor, pedido.id, MotivoReclamo.DANADO, "Llegó roto").id
    for leido in (vendedora.get(f"/vender/pedidos/{pedido.id}"), compradora.get(f"/pedidos/{pedido.id}")):
        assert "el pago está detenido" in leido.text
        assert "el dinero está detenido" not in leido.text
    escritorio = vendedora.get("/vender").text
    assert "Un reclamo espera que usted haga algo" in escritorio
    assert f'href="/reclamos-de-compra/{reclamo}"' in escritorio
    for quien in (vendedora, compradora):
        assert "vuelve a su presupuesto y no se le paga" in quien.get(f"/reclamos-de-compra/{reclamo}").text
    with transaccion() as sesion:
        reclamar.responder(sesion, mercado.actor_vendedor, reclamo, "Tiene razón", None, True)
    entregar_pendientes()
    dicho = f"Terminó: {BS}100,00 volvieron al presupuesto de la entidad."
    cuerpos = [c for (c,) in leer("SELECT cuerpo FROM ciudadania_notificacion ORDER BY id")]
    assert sum(dicho in c for c in cuerpos) >= 2
    assert (
        "lo que se devuelve vuelve a su presupuesto" in compradora.get(f"/reclamos-de-compra/{reclamo}").text
    )


def test_lo_que_lleva_cita_la_pide_y_no_se_da_por_recibido_antes(
    peluqueria: Peluqueria, ente: Ente, sesion_web: Any
) -> None:
    pedido = ente.pedido((peluqueria.corte, 1))
    compradora, suya = sesion_web(ente.entidad.persona), f"/pedidos/{pedido.id}"
    assert "Se atiende con cita: elija el día y la hora." in compradora.get(suya).text
    peluqueria.pedir(pedido, peluqueria.libres()[0].inicio, ente.actor)
    with transaccion() as sesion:
        comercio.preparar(sesion, peluqueria.mercado.actor_vendedor, pedido.id)
    pagina = compradora.get(suya).text
    assert "Su cita es el" in pagina
    assert f"{suya}/conformidad" not in pagina
