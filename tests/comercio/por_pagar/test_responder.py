"""Who sold what a card paid answers the bank that claims it: once each, in time, and one answer for all."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from comercio.compra.errores import PedidoNoEncontrado
from comercio.por_pagar.errores import BancoNoRecibe, SinReclamoDelBanco
from comercio.por_pagar.responder import responder_al_banco
from comercio.por_pagar.tareas import responder_al_banco as mandar
from empresa_digital.registro import SinFacultad
from nucleo.bd import transaccion
from nucleo.dinero import formato_bs
from nucleo.ids import nuevo_id
from pagos.tarjetas import puerta
from pagos.tarjetas.respuestas.responder import conciliar_respuestas
from tests.comercio.por_pagar.conftest import Caja
from tests.comercio.por_pagar.test_banco import Leer, _comprar, _decidir, _reclamar
from tests.comercio.test_web import oculto

PORQUE = "La chompa se tejió a su medida y la recibió en su casa."
_DICHO = "SELECT explicacion, enviar_en IS NULL, respuesta_id IS NOT NULL FROM comercio_prueba_al_banco"


def _responder(caja: Caja, pedido: Any, actor: Any = None, explicacion: str = PORQUE) -> None:
    with transaccion() as sesion:
        responder_al_banco(sesion, actor or caja.mercado.actor_vendedor, pedido.id, explicacion)


def _alla(disputa: str) -> dict[str, Any]:
    """What the bank has."""
    return dict(puerta.cliente().v1.disputes.retrieve(disputa).to_dict())


def _mandar(caja: Caja) -> None:
    mandar()
    caja.mercado.reloj.adelantar(timedelta(minutes=1))
    conciliar_respuestas()


def _dos(caja: Caja) -> Any:
    arreglo = caja.mercado.publicar(
        "Arreglo", precio="20.00", categoria="confeccion", unidad_medida="servicio", existencia=10
    )
    return _comprar(caja, (caja.mercado.publicar("Chompa", precio="50.00"), 2), (arreglo, 1))


def test_lo_que_dice_quien_vende_y_lo_que_se_sabe(caja: Caja, leer: Leer) -> None:
    compra_id, (pedido,) = _comprar(caja, (caja.mercado.publicar("Chompa", precio="50.00"), 2))
    caja.mercado.llevar(pedido, "EMA", "EMI")
    disputa = _reclamar(caja, compra_id)
    _responder(caja, pedido)
    _mandar(caja)
    assert leer(_DICHO) == [(PORQUE, True, True)]
    assert leer("SELECT estado, persona_id, unidad_id FROM pagos_disputa_respuesta") == [
        ("enviada", None, None)
    ]
    ((guia,),) = leer("SELECT envio_numero FROM comercio_paquete")
    alla = _alla(disputa)
    pruebas, dice = alla["evidence"], alla["evidence"]["uncategorized_text"]
    assert (alla["status"], pruebas["shipping_tracking_number"]) == ("under_review", guia)
    assert pruebas["product_description"] == "2 unidades: Chompa"
    assert pruebas["service_date"]
    for parte in (f"Pedido {pedido.numero} de Tejidos de Prueba", "Entregado el", f"guía {guia}", PORQUE):
        assert parte in dice
    _mandar(caja)  # once
    assert _alla(disputa)["evidence_details"]["submission_count"] == 1
    with pytest.raises(BancoNoRecibe, match="una sola"):
        _responder(caja, pedido)
    _decidir(caja, disputa, gana=True)
    with pytest.raises(BancoNoRecibe, match="ya decidió"):
        _responder(caja, pedido)
    assert leer(_DICHO) == [(PORQUE, True, True)]
    caja.cuadra()


def test_una_respuesta_por_todos_cuando_respondieron(caja: Caja, leer: Leer) -> None:
    compra_id, (uno, otro) = _dos(caja)
    disputa = _reclamar(caja, compra_id)
    _responder(caja, uno)
    _mandar(caja)
    assert leer(_DICHO) == [(PORQUE, False, False)]  # it waits for the other
    _responder(caja, otro, explicacion="El arreglo se hizo en el taller ese día.")
    _mandar(caja)
    dice = _alla(disputa)["evidence"]["uncategorized_text"]
    for parte in (PORQUE, "El arreglo se hizo", uno.numero, otro.numero):
        assert parte in dice
    assert leer("SELECT count(*) FROM pagos_disputa_respuesta") == [(1,)]
    assert leer("SELECT count(DISTINCT respuesta_id) FROM comercio_prueba_al_banco") == [(1,)]
    caja.cuadra()


def test_al_termino_va_lo_que_haya_y_despues_nadie_responde(caja: Caja, leer: Leer) -> None:
    compra_id, (uno, otro) = _dos(caja)
    disputa = _reclamar(caja, compra_id)
    _responder(caja, uno)
    ((hasta,),) = leer("SELECT responder_hasta - nucleo_ahora() FROM pagos_disputa")
    caja.mercado.reloj.adelantar(hasta - timedelta(hours=11))
    with pytest.raises(BancoNoRecibe, match="Pasó la fecha"):
        _responder(caja, otro)
    assert leer(_DICHO) == [(PORQUE, False, False)]
    _mandar(caja)
    assert PORQUE in _alla(disputa)["evidence"]["uncategorized_text"]
    assert leer(_DICHO) == [(PORQUE, True, True)]


def test_si_el_banco_decide_antes_no_se_manda(caja: Caja, leer: Leer) -> None:
    compra_id, (uno, _otro) = _dos(caja)
    disputa = _reclamar(caja, compra_id)
    _responder(caja, uno)
    _decidir(caja, disputa, gana=False)
    caja.mercado.reloj.adelantar(timedelta(days=10))
    _mandar(caja)
    assert leer(_DICHO) == [(PORQUE, True, False)]
    assert leer("SELECT count(*) FROM pagos_disputa_respuesta") == [(0,)]


def test_solo_quien_vende_y_solo_si_reclaman(
    caja: Caja, leer: Leer, bd: Engine, crear_persona: Any, actor_de: Any
) -> None:
    compra_id, (pedido,) = _comprar(caja, (caja.mercado.publicar("Chompa", precio="50.00"), 2))
    with pytest.raises(SinReclamoDelBanco):
        _responder(caja, pedido)
    una = (
        "INSERT INTO comercio_prueba_al_banco (id, disputa_id, pedido_id, explicacion, persona_id)"
        " SELECT :id, :id, id, repeat('x', 20), :persona FROM comercio_pedido"
    )
    with pytest.raises(DBAPIError, match="ningún banco reclama"), bd.begin() as conexion:
        conexion.execute(text(una), {"id": nuevo_id(), "persona": caja.mercado.vendedor.id})
    _reclamar(caja, compra_id)
    with pytest.raises(SinFacultad):
        _responder(caja, pedido, caja.mercado.actor)
    with pytest.raises(PedidoNoEncontrado):
        _responder(caja, pedido, actor_de(crear_persona("Beto")))
    assert leer(_DICHO) == []
    _responder(caja, pedido)
    for cambio, dice in (
        ("explicacion = repeat('x', 20)", "permission denied"),
        ("respuesta_id = id", "es de otro reclamo"),
    ):
        with pytest.raises(DBAPIError, match=dice), bd.begin() as conexion:
            conexion.exec_driver_sql(f"UPDATE comercio_prueba_al_banco SET {cambio}")
    _mandar(caja)
    with pytest.raises(DBAPIError, match="comercio_prueba_al_banco"), bd.begin() as conexion:
        conexion.exec_driver_sql("UPDATE comercio_prueba_al_banco SET respuesta_id = NULL")
    assert leer(_DICHO) == [(PORQUE, True, True)]


def test_en_la_pagina_de_los_dos(caja: Caja, sesion_web: Callable[..., Any], leer: Leer) -> None:
    compra_id, (pedido,) = _comprar(caja, (caja.mercado.publicar("Chompa", precio="50.00"), 2))
    aqui = f"/pedidos/{pedido.id}/banco"
    vende, compra = sesion_web(caja.mercado.vendedor), sesion_web(caja.mercado.comprador)
    assert vende.get(aqui).status_code == 404
    _reclamar(caja, compra_id)
    assert "Responder al banco" in vende.get(f"/vender/pedidos/{pedido.id}").text
    assert "Ver el reclamo del banco" in compra.get(f"/pedidos/{pedido.id}").text
    pagina = vende.get(aqui).text
    assert "Puede responderle hasta el" in pagina
    suya = compra.get(aqui).text
    assert "Quien vendió puede responderle hasta el" in suya
    assert "dígale a su banco que retire el reclamo" in suya
    assert "dígale a su banco" not in pagina
    for quien, donde in ((vende, f"/vender/pedidos/{pedido.id}"), (compra, f"/pedidos/{pedido.id}")):
        assert "Pedir un cambio" not in quien.get(donde).text  # it would be refused
        assert "El dinero espera lo que decida el banco." in quien.get(donde).text
    assert "mejor no lo mande todavía" in vende.get("/vender/preparar").text
    acuerdos = vende.get(f"/pedidos/{pedido.id}/acuerdos").text
    assert "El banco de la tarjeta reclama este pago" in acuerdos
    assert "<form" not in acuerdos.split("<main")[1].split("</main")[0]
    assert "<textarea" not in suya
    corta = vende.post(aqui, data={"_id": oculto(pagina, "_id"), "explicacion": "no fue así"})
    assert (corta.status_code, "no fue así" in corta.text, leer(_DICHO)) == (422, True, [])
    datos = {"_id": oculto(pagina, "_id"), "explicacion": PORQUE}
    assert compra.post(aqui, data=datos).status_code == 403
    assert leer(_DICHO) == []
    assert [vende.post(aqui, data=datos).status_code for _vez in range(2)] == [303, 303]
    assert leer(_DICHO) == [(PORQUE, False, False)]
    assert "va en camino al banco" in vende.get(aqui).text
    assert PORQUE in compra.get(aqui).text
    _mandar(caja)
    assert "El banco tiene la respuesta" in compra.get(aqui).text
    otra = vende.post(aqui, data={"_id": str(nuevo_id()), "explicacion": PORQUE})
    assert (otra.status_code, "una sola respuesta" in otra.text) == (409, True)


def test_de_varios_cada_uno_ve_cuanto_es_lo_suyo(caja: Caja, sesion_web: Callable[..., Any]) -> None:
    compra_id, (uno, _otro) = _dos(caja)
    _reclamar(caja, compra_id)
    dice = sesion_web(caja.mercado.vendedor).get(f"/pedidos/{uno.id}/banco").text.replace("\u00a0", " ")
    assert "reclamó Bs 120,00" in dice
    assert f"Este pedido es de {formato_bs(uno.total)}.".replace("\u00a0", " ") in dice


def test_si_el_banco_devuelve_el_pago_las_paginas_lo_dicen(
    caja: Caja, sesion_web: Callable[..., Any]
) -> None:
    compra_id, (pedido,) = _comprar(caja, (caja.mercado.publicar("Chompa", precio="50.00"), 2))
    _decidir(caja, _reclamar(caja, compra_id), gana=False)
    compra, vende = sesion_web(caja.mercado.comprador), sesion_web(caja.mercado.vendedor)
    for pagina in (
        compra.get(f"/pedidos/{pedido.id}").text,
        vende.get(f"/vender/pedidos/{pedido.id}").text,
    ):
        assert "El banco dio la razón al titular de la tarjeta: le devolvió el pago" in pagina
        assert "vuelven a la tarjeta" not in pagina
        assert "La comisión de toda la venta" not in pagina
    hecha = compra.get(f"/compras-hechas/{compra_id}").text
    assert ("Se canceló." in hecha, "de una vez" in hecha) == (True, False)


def test_por_la_api(caja: Caja, token_de: Callable[..., str]) -> None:
    compra_id, (pedido,) = _comprar(caja, (caja.mercado.publicar("Chompa", precio="50.00"), 2))
    _reclamar(caja, compra_id)
    ruta = f"/api/v1/pedidos/{pedido.id}/reclamo-del-banco"
    de = {
        quien.id: {"Authorization": f"Bearer {token_de(quien)}"}
        for quien in (caja.mercado.vendedor, caja.mercado.comprador)
    }
    suyas, ajenas = de[caja.mercado.vendedor.id], de[caja.mercado.comprador.id]
    cliente = caja.tarjeta.cliente
    assert cliente.get(ruta, headers=ajenas).json()["explicacion"] is None
    cuerpo = {"explicacion": PORQUE}
    assert cliente.post(f"{ruta}/respuesta", json=cuerpo, headers=ajenas).status_code == 403
    hecha = cliente.post(f"{ruta}/respuesta", json=cuerpo, headers=suyas)
    assert (hecha.status_code, hecha.json()["explicacion"], hecha.json()["estado"]) == (
        201,
        PORQUE,
        "abierta",
    )
    otra = cliente.post(f"{ruta}/respuesta", json=cuerpo, headers=suyas)
    assert (otra.status_code, otra.json()["codigo"]) == (409, "banco_no_recibe")
    assert cliente.get(ruta, headers=ajenas).json()["explicacion"] == PORQUE
