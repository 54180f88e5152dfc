"""Publishing and editing: who may, what is refused, and that a refusal changes nothing."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, ProgrammingError

from comercio.catalogo.consultas import detalle_de_producto
from comercio.catalogo.errores import ExistenciaReservada, ProductoNoEncontrado, SkuRepetido
from comercio.catalogo.esquemas import ProductoCambios
from comercio.catalogo.estados import EstadoProducto
from comercio.catalogo.fotos import agregar_foto
from comercio.catalogo.publicar import editar_producto
from empresa_digital.registro import SinFacultad, SinHabilitacion
from nucleo.archivos import Recibido
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.errores import DatosInvalidos, PrecondicionFallida
from nucleo.vidas import TransicionInvalida
from tests.comercio.conftest import FICHAS, Mercado

Leer = Callable[..., list[tuple[Any, ...]]]


def test_publicar_copia_al_vendedor_y_lo_pone_a_la_venta(mercado: Mercado, leer: Leer) -> None:
    producto = mercado.publicar("Chompa de alpaca", precio="185.50", sku="CH-01")
    filas = leer(
        "SELECT sku, p.precio, existencia, reservado, p.estado, modalidad, raiz_codigo, vendedor_nombre, "
        f"departamento, lugar, vendedor_habilitado, version FROM {FICHAS} WHERE p.id = :id",
        id=producto.id,
    )
    assert filas == [
        ("CH-01", 18550, 10, 0, "publicado", "envio", "textiles", "Tejidos de Prueba", "02",
         filas[0][9], True, 1)
    ]  # fmt: skip
    assert filas[0][9].endswith(", La Paz")


def test_sin_habilitacion_solo_borradores(
    mercado: Mercado, crear_unidad: Callable[..., Any], leer: Leer
) -> None:
    otra = crear_unidad("Sin permiso", representante=mercado.vendedor)
    with pytest.raises(SinHabilitacion):
        mercado.publicar(unidad_id=otra.id)
    assert leer("SELECT count(*) FROM comercio_producto") == [(0,)]
    borrador = mercado.publicar(unidad_id=otra.id, publicar=False)
    assert borrador.estado == EstadoProducto.BORRADOR
    with pytest.raises(SinHabilitacion), transaccion() as sesion:
        editar_producto(
            sesion, mercado.actor_vendedor, borrador.id, 1, ProductoCambios(estado=EstadoProducto.PUBLICADO)
        )
    assert leer("SELECT estado, version FROM comercio_producto") == [("borrador", 1)]


def test_otro_no_puede_publicar_ni_editar(mercado: Mercado, leer: Leer) -> None:
    with pytest.raises(SinFacultad):
        mercado.publicar(actor=mercado.actor)
    producto = mercado.publicar()
    with pytest.raises(SinFacultad), transaccion() as sesion:
        editar_producto(sesion, mercado.actor, producto.id, 1, ProductoCambios(precio=bs("1.00")))
    assert leer("SELECT precio, version FROM comercio_producto") == [(5000, 1)]


def test_sku_unico_por_vendedor(mercado: Mercado, crear_unidad: Callable[..., Any], leer: Leer) -> None:
    mercado.publicar(sku="A-1")
    with pytest.raises(SkuRepetido):
        mercado.publicar("Otra", sku="A-1")
    otra = crear_unidad("Otra tienda", representante=mercado.vendedor, habilitaciones=["VENDEDOR"])
    mercado.publicar("De otra tienda", sku="A-1", unidad_id=otra.id)
    assert leer("SELECT count(*) FROM comercio_variante WHERE sku = 'A-1'") == [(2,)]


def test_editar_con_version_vieja_no_cambia_nada(mercado: Mercado, leer: Leer) -> None:
    producto = mercado.publicar()
    with transaccion() as sesion:
        editar_producto(sesion, mercado.actor_vendedor, producto.id, 1, ProductoCambios(precio=bs("60.00")))
    with pytest.raises(PrecondicionFallida), transaccion() as sesion:
        editar_producto(sesion, mercado.actor_vendedor, producto.id, 1, ProductoCambios(existencia=99))
    assert leer(f"SELECT p.precio, existencia, version FROM {FICHAS}") == [(6000, 10, 2)]


def test_existencia_no_baja_de_lo_reservado(mercado: Mercado, leer: Leer, duenio: Engine) -> None:
    producto = mercado.publicar()
    mercado.comprar((producto, 3))
    with pytest.raises(ExistenciaReservada), transaccion() as sesion:
        editar_producto(sesion, mercado.actor_vendedor, producto.id, 1, ProductoCambios(existencia=2))
    with pytest.raises(IntegrityError, match="ck_comercio_existencia_reservado"), duenio.begin() as conexion:
        conexion.exec_driver_sql("UPDATE comercio_existencia SET existencia = 2")
    with pytest.raises(ProgrammingError, match="permission denied"), transaccion() as sesion:
        sesion.connection().exec_driver_sql("UPDATE comercio_existencia SET existencia = 20")
    assert leer("SELECT existencia, reservado FROM comercio_existencia") == [(10, 3)]


def test_retirado_no_vuelve_y_nadie_mas_lo_ve(mercado: Mercado) -> None:
    producto = mercado.publicar()
    with transaccion() as sesion:
        retirar = ProductoCambios(estado=EstadoProducto.RETIRADO)
        editar_producto(sesion, mercado.actor_vendedor, producto.id, 1, retirar)
    with transaccion() as sesion:
        assert detalle_de_producto(sesion, producto.id, mercado.actor_vendedor).es_del_vendedor
        with pytest.raises(ProductoNoEncontrado):
            detalle_de_producto(sesion, producto.id, mercado.actor)
        with pytest.raises(ProductoNoEncontrado):
            detalle_de_producto(sesion, producto.id)
    publicar = ProductoCambios(estado=EstadoProducto.PUBLICADO)
    with pytest.raises(TransicionInvalida), transaccion() as sesion:
        editar_producto(sesion, mercado.actor_vendedor, producto.id, 2, publicar)


def test_foto_se_recodifica_y_la_primera_es_la_de_la_lista(mercado: Mercado, leer: Leer) -> None:
    producto = mercado.publicar()
    for color in ("red", "blue"):
        salida = io.BytesIO()
        Image.new("RGB", (50, 40), color).save(salida, "PNG")
        with transaccion() as sesion:
            agregar_foto(sesion, mercado.actor_vendedor, producto.id, Recibido.de_bytes(salida.getvalue()))
    fotos = leer("SELECT orden, archivo_id FROM comercio_producto_foto ORDER BY orden")
    assert [orden for orden, _ in fotos] == [1, 2]
    assert leer("SELECT foto, version FROM comercio_producto") == [(fotos[0][1], 3)]


def test_unidad_suspendida_deja_de_vender(mercado: Mercado, leer: Leer) -> None:
    from comercio.catalogo.publicar import refrescar_vendedor

    mercado.publicar()
    with transaccion() as sesion:
        sesion.connection().exec_driver_sql(
            "UPDATE registro_habilitacion SET estado = 'suspendida', motivo = 'prueba'"
        )
        assert refrescar_vendedor(sesion, mercado.unidad.id) == 1
        assert refrescar_vendedor(sesion, mercado.unidad.id) == 0
    assert leer("SELECT estado, vendedor_habilitado FROM comercio_producto") == [("publicado", False)]


def test_la_habilitacion_vencida_saca_de_la_tienda(mercado: Mercado, leer: Leer) -> None:
    from comercio.catalogo.tareas import revisar_vendedores

    mercado.publicar()
    assert revisar_vendedores() == 0
    with transaccion() as sesion:
        sesion.connection().exec_driver_sql(
            "UPDATE registro_habilitacion SET vigente_desde = current_date - 9, "
            "vigente_hasta = current_date - 2"
        )
    assert revisar_vendedores() == 1
    assert leer("SELECT vendedor_habilitado FROM comercio_producto") == [(False,)]


@pytest.mark.parametrize(
    ("titulo", "dice"),
    [
        ("CHOMPA BARATA LLAME AL 70012345", "Quite «70012345» del título: parece un teléfono"),
        ("Chompas en chompas.com.bo", "del título: parece un enlace"),
        ("😀😀😀😀", "Escriba en el título qué es"),
        ("Chompa talla 42, modelo 2026", ""),
    ],
)
def test_un_titulo_dice_que_es_y_no_adonde_llamar(
    mercado: Mercado, leer: Callable[..., Any], titulo: str, dice: str
) -> None:
    if not dice:
        mercado.publicar(titulo)
        return
    with pytest.raises(DatosInvalidos, match=dice):
        mercado.publicar(titulo)
    bueno = mercado.publicar("Chompa")
    with pytest.raises(DatosInvalidos, match=dice), transaccion() as sesion:
        editar_producto(sesion, mercado.actor_vendedor, bueno.id, 1, ProductoCambios(titulo=titulo))
    assert leer("SELECT titulo FROM comercio_producto") == [("Chompa",)]
