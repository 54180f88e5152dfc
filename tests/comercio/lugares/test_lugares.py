"""Places of dispatch: opened, closed, stock in each and from one to another, and which one a sale takes."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from comercio.catalogo.errores import ExistenciaReservada, LugarCerrado, LugarNoEncontrado
from comercio.catalogo.esquemas import MovimientoNuevo, ProductoCambios, TrasladoNuevo
from comercio.catalogo.estados import Motivo
from comercio.catalogo.modelos import Producto
from comercio.catalogo.movimientos import anotar_movimientos
from comercio.catalogo.publicar import editar_producto
from comercio.catalogo.variar import mover_existencia, trasladar_existencia
from comercio.catalogo.verificar import existencias as verificar
from comercio.existencias import SinExistencia
from comercio.lugares.abrir import abrir_lugar, cerrar_lugar
from comercio.lugares.errores import LugarEnUso, LugarRepetido
from comercio.pedidos import manejadores
from nucleo.actor import Autorizacion
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from tests.comercio.conftest import Mercado, sin_el_reloj
from tests.comercio.test_web import oculto

assert manejadores  # they listen to the parcel
Leer = Callable[..., list[tuple[Any, ...]]]
POR_LUGAR = (
    "SELECT d.nombre, e.existencia, e.reservado FROM comercio_existencia e"
    " JOIN comercio_lugar_de_despacho d ON d.id = e.lugar_id ORDER BY d.principal DESC, d.nombre"
)


def abrir(mercado: Mercado, nombre: str = "Depósito", lugar_id: UUID | None = None) -> UUID:
    with transaccion() as sesion:
        return abrir_lugar(
            sesion, mercado.actor_vendedor, mercado.unidad.id, nombre, "Calle 9, portón azul", lugar_id
        ).id


def cerrar(mercado: Mercado, lugar_id: UUID) -> None:
    with transaccion() as sesion:
        cerrar_lugar(sesion, mercado.actor_vendedor, lugar_id)


def mover(mercado: Mercado, producto: Producto, motivo: str, cantidad: int, lugar_id: UUID) -> None:
    datos = MovimientoNuevo.model_validate({"motivo": motivo, "cantidad": cantidad, "lugar_id": lugar_id})
    variante_id = mercado.variante(producto)
    with transaccion() as sesion:
        version = sesion.get_one(Producto, producto.id).version
        mover_existencia(sesion, mercado.actor_vendedor, producto.id, variante_id, version, datos)


def llevar(mercado: Mercado, producto: Producto, desde: UUID, hasta: UUID, cantidad: str) -> None:
    datos = TrasladoNuevo.model_validate({"desde_id": desde, "hasta_id": hasta, "cantidad": cantidad})
    variante_id = mercado.variante(producto)
    with transaccion() as sesion:
        version = sesion.get_one(Producto, producto.id).version
        trasladar_existencia(sesion, mercado.actor_vendedor, producto.id, variante_id, version, datos)


def test_se_lleva_de_un_lugar_a_otro_en_un_acto(mercado: Mercado, leer: Leer) -> None:
    producto = mercado.publicar(existencia=10)
    principal, deposito = mercado.unidad.id, abrir(mercado)
    llevar(mercado, producto, principal, deposito, "4")
    mover(mercado, producto, "ingreso", 3, deposito)
    assert leer(POR_LUGAR) == [("Lugar principal", 6, 0), ("Depósito", 7, 0)]
    pasos = leer(
        "SELECT cantidad, count(*) OVER (PARTITION BY referencia_id)"
        " FROM comercio_movimiento_de_existencia WHERE motivo = 'traslado' ORDER BY 1"
    )
    assert pasos == [(-4, 2), (4, 2)]
    with transaccion() as sesion:
        assert verificar(sesion) == []


def test_lo_que_no_se_lleva_no_cambia_nada(mercado: Mercado, crear_unidad: Any, leer: Leer) -> None:
    producto = mercado.publicar(existencia=10)
    ajena = crear_unidad("Otra de Prueba", representante=mercado.vendedor, habilitaciones=["VENDEDOR"])
    mercado.publicar("Manta", unidad_id=ajena.id, existencia=1)
    principal, deposito = mercado.unidad.id, abrir(mercado)
    mercado.pedido((producto, 8))
    antes = leer("SELECT count(*), sum(cantidad) FROM comercio_movimiento_de_existencia")
    for hasta, cantidad, error in (
        (deposito, "3", ExistenciaReservada),  # eight of ten are sold
        (deposito, "0.5", DatosInvalidos),
        (principal, "1", DatosInvalidos),
        (ajena.id, "1", LugarNoEncontrado),
        (nuevo_id(), "1", LugarNoEncontrado),
    ):
        with pytest.raises(error):
            llevar(mercado, producto, principal, hasta, cantidad)
    with pytest.raises(ExistenciaReservada):
        llevar(mercado, producto, deposito, principal, "1")
    assert leer("SELECT count(*), sum(cantidad) FROM comercio_movimiento_de_existencia") == antes
    assert leer("SELECT count(*) FROM comercio_existencia WHERE lugar_id = :d", d=deposito) == [(0,)]


def test_una_venta_sale_entera_del_lugar_que_mas_tiene(mercado: Mercado, leer: Leer) -> None:
    producto = mercado.publicar(existencia=3)
    deposito = abrir(mercado)
    mover(mercado, producto, "ingreso", 5, deposito)
    with pytest.raises(SinExistencia):  # eight in all, five in one place
        mercado.pedido((producto, 6))
    mercado.pedido((producto, 4))
    assert leer(POR_LUGAR) == [("Lugar principal", 3, 0), ("Depósito", 5, 4)]
    mercado.pedido((producto, 2))
    assert leer(POR_LUGAR) == [("Lugar principal", 3, 2), ("Depósito", 5, 4)]
    with transaccion() as sesion:
        assert verificar(sesion) == []


def test_se_abre_una_vez_y_el_principal_no_se_cierra(mercado: Mercado, leer: Leer) -> None:
    clave = nuevo_id()
    assert abrir(mercado, lugar_id=clave) == abrir(mercado, lugar_id=clave) == clave
    with pytest.raises(LugarRepetido):
        abrir(mercado, "DEPÓSITO")
    with pytest.raises(LugarEnUso):
        cerrar(mercado, mercado.unidad.id)
    cerrar(mercado, clave)
    cerrar(mercado, clave)
    assert abrir(mercado) == clave  # the same again, not another one of its name
    assert leer(
        "SELECT nombre, cerrado_en, municipio_ine IS NULL FROM comercio_lugar_de_despacho ORDER BY 1"
    ) == [
        ("Depósito", None, mercado.unidad.municipio_ine is None),
        ("Lugar principal", None, mercado.unidad.municipio_ine is None),
    ]


def test_uno_con_existencia_o_con_pedidos_no_se_cierra(mercado: Mercado, leer: Leer) -> None:
    producto = mercado.publicar(existencia=0)
    deposito = abrir(mercado)
    mover(mercado, producto, "ingreso", 2, deposito)
    with pytest.raises(LugarEnUso):
        cerrar(mercado, deposito)
    pedido = mercado.pedido((producto, 2))
    mercado.llevar(pedido, "EMA")
    assert leer(POR_LUGAR) == [("Lugar principal", 0, 0), ("Depósito", 0, 0)]
    with pytest.raises(LugarEnUso):  # it may come back
        cerrar(mercado, deposito)
    mercado.anotar(pedido, "EMI")
    mercado.cobrar(pedido)
    cerrar(mercado, deposito)
    with pytest.raises(LugarCerrado):
        mover(mercado, producto, "ingreso", 1, deposito)
    mover(mercado, producto, "ingreso", 1, mercado.unidad.id)
    with pytest.raises(LugarCerrado):
        llevar(mercado, producto, mercado.unidad.id, deposito, "1")


def test_la_base_exige_lo_mismo(mercado: Mercado) -> None:
    """Half a transfer, stock in a closed place, a closed place with stock."""
    producto = mercado.publicar(existencia=5)
    deposito = abrir(mercado)
    mover(mercado, producto, "ingreso", 1, deposito)
    quien = Autorizacion(actor=mercado.actor_vendedor, unidad_id=mercado.unidad.id)
    with transaccion() as sesion:
        (en_deposito,) = (
            sesion.connection()
            .execute(text("SELECT id FROM comercio_existencia WHERE lugar_id = :d"), {"d": deposito})
            .scalars()
        )
    with pytest.raises(IntegrityError, match="no llega como salió"), transaccion() as sesion:
        anotar_movimientos(
            sesion, quien, Motivo.TRASLADO, {en_deposito: Decimal(1)}, referencia_id=nuevo_id()
        )
    cierra = text("UPDATE comercio_lugar_de_despacho SET cerrado_en = now() WHERE id = :d")
    with pytest.raises(IntegrityError, match="tiene existencia"), transaccion() as sesion:
        sesion.connection().execute(cierra, {"d": deposito})
    mover(mercado, producto, "merma", 1, deposito)
    cerrar(mercado, deposito)
    with pytest.raises(IntegrityError, match="lugar cerrado"), transaccion() as sesion:
        anotar_movimientos(sesion, quien, Motivo.INGRESO, {en_deposito: Decimal(1)})
    mover(mercado, producto, "merma", 5, mercado.unidad.id)
    with pytest.raises(IntegrityError, match="principal_abierto"), transaccion() as sesion:
        sesion.connection().execute(cierra, {"d": mercado.unidad.id})


def test_verificar_ve_un_traslado_que_no_llega(mercado: Mercado, duenio: Engine) -> None:
    producto = mercado.publicar(existencia=5)
    llevar(mercado, producto, mercado.unidad.id, abrir(mercado), "2")
    with duenio.begin() as conexion:
        conexion.execute(text("ALTER TABLE comercio_movimiento_de_existencia DISABLE TRIGGER USER"))
        conexion.execute(
            text(
                "UPDATE comercio_movimiento_de_existencia SET cantidad = 3"
                " WHERE motivo = 'traslado' AND cantidad > 0"
            )
        )
        conexion.execute(text("ALTER TABLE comercio_movimiento_de_existencia ENABLE TRIGGER USER"))
    with transaccion() as sesion:
        dichos = verificar(sesion)
    assert len(dichos) == 2
    assert any("traslado" in d for d in dichos)


def test_con_varios_lugares_se_cuenta_en_cada_uno(mercado: Mercado, leer: Leer) -> None:
    """The stock that a ficha says is of all places: a count of it would be of none."""
    producto = mercado.publicar(existencia=5)
    deposito = abrir(mercado)
    llevar(mercado, producto, mercado.unidad.id, deposito, "2")
    with transaccion() as sesion:
        version = sesion.get_one(Producto, producto.id).version
    cambios = ProductoCambios.model_validate({"existencia": 9})
    with pytest.raises(DatosInvalidos), transaccion() as sesion:
        editar_producto(sesion, mercado.actor_vendedor, producto.id, version, cambios)
    mover(mercado, producto, "recuento", 4, deposito)
    assert leer(POR_LUGAR) == [("Lugar principal", 3, 0), ("Depósito", 4, 0)]


def test_las_paginas(mercado: Mercado, sesion_web: Any, leer: Leer, contar_consultas: Any) -> None:
    producto = mercado.publicar(existencia=10)
    vendedora, variante_id = sesion_web(mercado.vendedor), mercado.variante(producto)
    url = f"/vender/lugares?unidad={mercado.unidad.id}"
    de_variante = f"/vender/productos/{producto.id}/variantes/{variante_id}"
    assert "Llevar de un lugar a otro" not in vendedora.get(de_variante).text
    pagina = vendedora.get(url).text
    datos = {
        "_id": oculto(pagina, "_id"),
        "unidad_id": str(mercado.unidad.id),
        "nombre": "Depósito",
        "referencia": "Calle 9, portón azul",
    }
    assert vendedora.post("/vender/lugares", data=datos | {"nombre": ""}).status_code == 422
    for _vez in range(2):
        assert vendedora.post("/vender/lugares", data=datos).status_code == 303
    ((deposito,),) = leer("SELECT id FROM comercio_lugar_de_despacho WHERE NOT principal")
    with contar_consultas() as sentencias:
        pagina = vendedora.get(url).text
    assert len(sin_el_reloj(sentencias)) <= 8, "\n".join(s[:160] for s in sentencias)
    assert "Depósito" in pagina
    assert "el que más tiene" in pagina
    pasa = {"desde_id": str(mercado.unidad.id), "hasta_id": str(deposito), "cantidad": "4"}
    pasa["_id"] = str(nuevo_id())
    assert vendedora.post(f"{de_variante}/traslados", data=pasa | {"cantidad": "40"}).status_code == 409
    for _vez in range(2):
        assert vendedora.post(f"{de_variante}/traslados", data=pasa).status_code == 303
    assert leer(POR_LUGAR) == [("Lugar principal", 6, 0), ("Depósito", 4, 0)]
    merma = {"motivo": "merma", "cantidad": "1", "lugar_id": str(deposito), "_id": str(nuevo_id())}
    assert vendedora.post(f"{de_variante}/movimientos", data=merma).status_code == 303
    assert leer(POR_LUGAR) == [("Lugar principal", 6, 0), ("Depósito", 3, 0)]
    assert "Pasó de un lugar a otro" in vendedora.get(de_variante).text
    leidas = vendedora.get(f"/api/v1/productos/{producto.id}/variantes/{variante_id}/existencias").json()
    assert [(x["nombre"], x["existencia"]) for x in leidas["datos"]] == [
        ("Lugar principal", "6"),
        ("Depósito", "3"),
    ]
    cierre = vendedora.post(f"/vender/lugares/{deposito}/cerrar", data={"_id": str(nuevo_id())})
    assert cierre.status_code == 409
    assert "Todavía hay existencia" in cierre.text
