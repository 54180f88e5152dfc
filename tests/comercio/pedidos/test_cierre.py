"""A unit closes when nothing of it lives; a suspended one finishes what it has and begins nothing."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from comercio.compra.modelos import Pedido
from comercio.existencias.errores import ProductoNoDisponible
from comercio.pedidos import cumplir as pedidos
from empresa_digital.registro import (
    EstadoUnidad,
    SinHabilitacion,
    UnidadInactiva,
    inscripcion,
    unidad_por_id,
)
from empresa_digital.registro.inscripcion import web as web_de_inscripcion
from empresa_digital.registro.inscripcion.errores import ObligacionesVivas
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.ids import nuevo_id
from nucleo.obligaciones import Obligacion, registradas
from pagos import saldo
from pagos.libro import cuentas_de
from tests.ayudas.carreras import hasta_que_esperen
from tests.comercio.conftest import Mercado

Crear = Callable[..., Any]


@pytest.fixture(autouse=True)
def _todas_las_habitaciones(aplicacion: Any) -> None:
    """Rooms register what lives when the application is put together."""


def _estado(unidad_id: Any) -> str:
    with transaccion() as sesion:
        return unidad_por_id(sesion, unidad_id).estado


def test_cada_habitacion_dice_lo_que_vive() -> None:
    assert registradas() == {
        "pagos.libro",
        "pagos.planillas",
        "pagos.tarjetas",
        "pagos.cobros",
        "pagos.reservas",
        "comercio",
        "comercio.comprometidos",
        "comercio.sostenidas",
        "envios",
        "envios.deudas",
        "envios.portes",
        "envios.reclamos",
        "feria_inversa",
        "feria_inversa.certificaciones",
        "feria_inversa.compras_de_catalogo",
        "feria_inversa.ordenes",
    }


def test_con_un_pedido_vivo_o_dinero_no_se_cierra_y_sin_nada_si(mercado: Mercado, sesion: Session) -> None:
    pedido = mercado.pedido((mercado.publicar(), 1))
    with pytest.raises(ObligacionesVivas) as falla:
        inscripcion.cancelar(sesion, mercado.actor_vendedor, mercado.unidad.id, "Me mudo")
    sesion.rollback()
    urls = [o["url"] for o in falla.value.extra["obligaciones"]]
    assert "/vender" in urls
    assert _estado(mercado.unidad.id) == "inscrita"
    with transaccion() as propia:
        pedidos.cancelar(propia, mercado.actor_vendedor, pedido.id, "No hay más")
    cerrada = inscripcion.cancelar(sesion, mercado.actor_vendedor, mercado.unidad.id, "Me mudo")
    assert cerrada.estado == EstadoUnidad.CANCELADA


def test_con_dinero_en_la_cuenta_no_se_cierra(mercado: Mercado, con_saldo: Crear, sesion: Session) -> None:
    cuenta = con_saldo(mercado.unidad, "552.90")
    with pytest.raises(ObligacionesVivas) as falla:
        inscripcion.cancelar(sesion, mercado.actor_vendedor, mercado.unidad.id, "Me mudo")
    assert falla.value.extra["obligaciones"] == [
        {
            "texto": "Retire o envíe el dinero de su cuenta.",
            "url": f"/billetera?cuenta={cuenta}",
            "cuantas": 1,
            "monto": {"monto": "552.90", "moneda": "BOB"},
        }
    ]
    sesion.rollback()
    assert saldo(sesion, cuenta) == bs("552.90")


def test_suspendida_no_vende_pero_termina_lo_que_tiene(
    mercado: Mercado, crear_unidad: Crear, crear_persona: Crear, actor_de: Crear, con_saldo: Crear
) -> None:
    producto = mercado.publicar()
    pedido = mercado.pedido((producto, 1))
    con_saldo(mercado.unidad, "10.00")
    rosa = crear_persona("Rosa")
    crear_unidad(
        "Autoridad",
        tipo="ENTIDAD_PUBLICA",
        representante=rosa,
        facultades=["REGULAR"],
        habilitaciones=["AUTORIDAD_REGULADORA"],
    )
    with transaccion() as sesion:
        inscripcion.suspender(sesion, actor_de(rosa), mercado.unidad.id, "Reclamos")
    with pytest.raises(ProductoNoDisponible):
        mercado.comprar((producto, 1))
    with pytest.raises(UnidadInactiva):
        mercado.publicar("Otra cosa")
    with transaccion() as sesion:
        assert mercado.unidad.id in {c.unidad_id for c in cuentas_de(sesion, mercado.actor_vendedor)}
        pedidos.cancelar(sesion, mercado.actor_vendedor, pedido.id, "No puedo despachar")
        assert sesion.get_one(Pedido, pedido.id).estado == "cancelado"


def test_la_venta_que_empezo_antes_gana_al_cierre(mercado: Mercado) -> None:
    """A sale under way holds the seller registered: the closure waits, finds the order, and is refused."""
    producto = mercado.publicar()
    fallas: list[BaseException] = []

    def cerrar() -> None:
        try:
            with transaccion() as propia:
                inscripcion.cancelar(propia, mercado.actor_vendedor, mercado.unidad.id, "Me mudo")
        except BaseException as error:
            fallas.append(error)

    from comercio.compra.hacer import SolicitudCompra, comprar
    from tests.comercio.conftest import ENTREGA

    with transaccion() as sesion:
        comprar(
            sesion,
            mercado.actor,
            SolicitudCompra(id=nuevo_id(), entrega=ENTREGA, lineas=((mercado.variante(producto), 1),)),
        )
        hilo = threading.Thread(target=cerrar)
        hilo.start()
        hasta_que_esperen()
    hilo.join(20)
    assert [type(f) for f in fallas] == [ObligacionesVivas]
    assert _estado(mercado.unidad.id) == "inscrita"


def test_el_cierre_que_empezo_antes_gana_a_la_venta(mercado: Mercado) -> None:
    producto = mercado.publicar()
    fallas: list[BaseException] = []

    def comprar() -> None:
        try:
            mercado.comprar((producto, 1))
        except BaseException as error:
            fallas.append(error)

    with transaccion() as sesion:
        inscripcion.cancelar(sesion, mercado.actor_vendedor, mercado.unidad.id, "Me mudo")
        hilo = threading.Thread(target=comprar)
        hilo.start()
        hasta_que_esperen()
    hilo.join(20)
    assert [type(f) for f in fallas] == [ProductoNoDisponible]
    assert _estado(mercado.unidad.id) == "cancelada"


def test_tampoco_empieza_nada_quien_se_esta_cerrando(mercado: Mercado) -> None:
    """What asks for a quality begins business: it waits for the closure, and is refused."""
    fallas: list[BaseException] = []

    def publicar() -> None:
        try:
            mercado.publicar("Otra chompa")
        except BaseException as error:
            fallas.append(error)

    with transaccion() as sesion:
        inscripcion.cancelar(sesion, mercado.actor_vendedor, mercado.unidad.id, "Me mudo")
        hilo = threading.Thread(target=publicar)
        hilo.start()
        hasta_que_esperen()
    hilo.join(20)
    assert [type(f) for f in fallas] == [SinHabilitacion]


def test_la_pagina_lleva_de_lo_que_vive_al_cierre(
    mercado: Mercado, con_saldo: Crear, sesion_web: Crear
) -> None:
    """Refused with what lives; the money goes out; then it closes."""
    cuenta = con_saldo(mercado.unidad, "25.00")
    navegador = sesion_web(mercado.vendedor)
    ruta = f"/mis-unidades/{mercado.unidad.numero}/cancelar"
    vista = navegador.get(ruta).text
    assert "25,00" in vista
    assert f'href="/billetera?cuenta={cuenta}"' in vista
    assert 'name="motivo"' not in vista
    assert navegador.post(ruta, data={"motivo": "Me mudo"}).status_code == 409
    assert navegador.get(f"/billetera?cuenta={cuenta}").status_code == 200
    api = {"headers": {"Idempotency-Key": "saldo"}}
    envio = {
        "id": str(nuevo_id()),
        "debito": cuenta,
        "credito": mercado.cuenta,
        "monto": {"monto": "25.00", "moneda": "BOB"},
    }
    assert navegador.post("/api/v1/transferencias", json=envio, **api).status_code == 201
    assert 'name="motivo"' in navegador.get(ruta).text
    assert navegador.post(ruta, data={"motivo": "Me mudo"}).status_code == 303
    assert _estado(mercado.unidad.id) == "cancelada"


@pytest.mark.parametrize(("cuantas", "dice"), [(1, "Queda 1."), (2, "Quedan 2.")])
def test_la_pagina_dice_cuanto_queda(
    mercado: Mercado, sesion_web: Crear, monkeypatch: pytest.MonkeyPatch, cuantas: int, dice: str
) -> None:
    viva = Obligacion("Termine sus cosas.", "/cosas", cuantas)
    monkeypatch.setattr(web_de_inscripcion, "obligaciones_de", lambda *_: [viva])
    vista = sesion_web(mercado.vendedor).get(f"/mis-unidades/{mercado.unidad.numero}/cancelar").text
    assert (dice in vista, "%(" in vista) == (True, False)
