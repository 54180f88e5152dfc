"""A seller on holidays: what they have says so and cannot be bought; open orders keep their terms."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from comercio.carrito.llenar import Titular, agregar, ver_carrito
from comercio.compra.modelos import Pedido
from comercio.existencias.errores import ProductoNoDisponible
from comercio.vendedores import vacaciones_de
from comercio.vendedores.errores import VacacionesTerminadas
from comercio.vendedores.vacaciones import terminar_vacaciones, tomar_vacaciones
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.reloj import ahora, fecha_bolivia
from tests.comercio.conftest import Mercado

Leer = Callable[..., list[tuple[Any, ...]]]


def test_de_vacaciones_no_se_vende_y_lo_abierto_sigue(
    mercado: Mercado, sesion_web: Callable[..., Any], cliente: Any, reloj: Any
) -> None:
    chompa = mercado.publicar("Chompa")
    quien = Titular(persona_id=mercado.comprador.id)
    with transaccion() as sesion:
        agregar(sesion, quien, mercado.variante(chompa), 1)
    abierto = mercado.pedido((chompa, 1))
    hoy = fecha_bolivia(ahora())
    vendedora = sesion_web(mercado.vendedor)
    pagina = vendedora.get("/vender/vacaciones").text
    id_ = re.search(r'name="_id" value="([^"]+)"', pagina)
    assert id_
    datos = {
        "_id": id_[1],
        "unidad_id": str(mercado.unidad.id),
        "desde": hoy.isoformat(),
        "hasta": (hoy + timedelta(days=9)).isoformat(),
    }
    ayer = (hoy - timedelta(days=1)).isoformat()
    assert vendedora.post("/vender/vacaciones", data=datos | {"desde": ayer}).status_code == 422
    assert vendedora.post("/vender/vacaciones", data=datos | {"hasta": ayer}).status_code == 422
    for _vez in range(2):
        assert vendedora.post("/vender/vacaciones", data=datos).status_code == 303
    otras = {"_id": datos["_id"].replace(datos["_id"][:4], "0190")}
    assert vendedora.post("/vender/vacaciones", data=datos | otras).status_code == 409
    with transaccion() as sesion:
        assert len(vacaciones_de(sesion, mercado.unidad.id)) == 1

    for ruta in ("/tienda", f"/productos/{chompa.id}"):
        assert "De vacaciones" in cliente.get(ruta).text, ruta
    ficha = cliente.get(f"/api/v1/productos/{chompa.id}").json()
    assert (ficha["disponible"], ficha["vuelve"]) == ("0", (hoy + timedelta(days=10)).isoformat())
    respuesta = cliente.post("/carrito/lineas", data={"producto_id": str(chompa.id)})
    assert respuesta.status_code == 409
    assert "está de vacaciones. Se podrá comprar desde el" in respuesta.text
    with pytest.raises(ProductoNoDisponible, match="está de vacaciones"):
        mercado.pedido((chompa, 1))
    with transaccion() as sesion:
        assert [x.problema for x in ver_carrito(sesion, quien).lineas] == ["no_disponible"]
        assert sesion.get_one(Pedido, abierto.id).despachar_hasta == abierto.despachar_hasta
    assert "De vacaciones: se podrá comprar" in sesion_web(mercado.comprador).get("/carrito").text
    assert "Está de vacaciones" in vendedora.get("/vender").text
    mercado.llevar(abierto, "EMA")  # what is open goes on

    reloj.adelantar(timedelta(days=10))
    assert mercado.pedido((chompa, 1)).estado == "pagado"
    with transaccion() as sesion:
        assert vacaciones_de(sesion, mercado.unidad.id) == []


def test_volver_antes_y_dias_que_no_valen(mercado: Mercado) -> None:
    chompa = mercado.publicar("Chompa")
    hoy = fecha_bolivia(ahora())
    with transaccion() as sesion:
        with pytest.raises(DatosInvalidos):
            tomar_vacaciones(sesion, mercado.actor_vendedor, mercado.unidad.id, hoy, hoy + timedelta(days=90))
        tomadas = tomar_vacaciones(
            sesion, mercado.actor_vendedor, mercado.unidad.id, hoy, hoy + timedelta(days=89)
        )
    with pytest.raises(ProductoNoDisponible):
        mercado.pedido((chompa, 1))
    with transaccion() as sesion:
        terminar_vacaciones(sesion, mercado.actor_vendedor, tomadas.id)
    mercado.pedido((chompa, 1))
    with transaccion() as sesion, pytest.raises(VacacionesTerminadas):
        terminar_vacaciones(sesion, mercado.actor_vendedor, tomadas.id)


def test_se_va_mientras_le_compran(mercado: Mercado, leer: Leer, monkeypatch: pytest.MonkeyPatch) -> None:
    """After its stock was held, before the order is written: refused in words, and nothing is left."""
    chompa = mercado.publicar()
    hoy = fecha_bolivia(ahora())

    def irse(*_que: Any) -> dict[Any, Any]:
        with transaccion() as sesion:
            tomar_vacaciones(sesion, mercado.actor_vendedor, mercado.unidad.id, hoy, hoy)
        return {mercado.unidad.id: mercado.unidad.municipio_ine}

    monkeypatch.setattr("comercio.compra.hacer.exigir_activas", irse)
    with pytest.raises(ProductoNoDisponible, match="se fue de vacaciones"):
        mercado.pedido((chompa, 1))
    assert leer("SELECT count(*), sum(reservado) FROM comercio_existencia") == [(1, 0)]
    assert leer("SELECT count(*) FROM comercio_pedido") == [(0,)]


def test_la_base_no_deja_vender(mercado: Mercado, bd: Engine, leer: Leer) -> None:
    """Whatever the code does: an order of a seller who is away is refused by the table."""
    pedido = mercado.pedido((mercado.publicar(), 1))
    hoy = fecha_bolivia(ahora())
    with transaccion() as sesion:
        tomar_vacaciones(sesion, mercado.actor_vendedor, mercado.unidad.id, hoy, hoy)
    otro = text(
        "INSERT INTO comercio_pedido SELECT (jsonb_populate_record(p, jsonb_build_object("
        "'id', gen_random_uuid(), 'numero', 'X-1', 'modalidad', 'servicio', 'forma', NULL))).*"
        " FROM comercio_pedido p WHERE id = :id"
    )
    with pytest.raises(DBAPIError, match="de vacaciones"), bd.begin() as conexion:
        conexion.execute(otro, {"id": pedido.id})
    assert leer("SELECT count(*) FROM comercio_pedido") == [(1,)]
