"""Pictures of products belong to their product, and go when it does not keep them."""

import io
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import func, select

from comercio.catalogo import agregar_foto
from nucleo.archivos import Recibido, guardar
from nucleo.archivos.modelos import Archivo
from nucleo.archivos.tareas import barrer_archivos
from nucleo.archivos.verificar import comprobar
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from tests.comercio.conftest import Mercado
from tests.nucleo.archivos.ayudas import almacen, en_disco, png, vaciar_almacen


def _verificar() -> list[str]:
    with transaccion() as sesion:
        return comprobar(sesion)


def test_nadie_toma_el_archivo_de_otro(mercado: Mercado, duenio: Engine) -> None:
    uno, otro = mercado.publicar(), mercado.publicar(sku="OTRO")
    with transaccion() as sesion:
        suyo = guardar(sesion, io.BytesIO(png()), "image/png", duenio=uno.id)
    for orden in (
        "UPDATE comercio_producto SET foto = :archivo WHERE id = :producto",
        "INSERT INTO comercio_producto_foto (id, producto_id, archivo_id, descripcion, orden) "
        "VALUES (gen_random_uuid(), :producto, :archivo, '', 1)",
    ):
        with pytest.raises(IntegrityError, match="fk_comercio_producto_foto"), duenio.begin() as conexion:
            conexion.execute(text(orden), {"archivo": suyo, "producto": otro.id})
        with duenio.begin() as conexion:
            conexion.execute(text(orden), {"archivo": suyo, "producto": uno.id})


def test_el_barrido_quita_lo_que_no_es_de_nadie_pasado_un_dia(
    mercado: Mercado, reloj: Any, duenio: Engine
) -> None:
    vaciar_almacen()
    producto = mercado.publicar()
    with transaccion() as sesion:
        agregar_foto(sesion, mercado.actor_vendedor, producto.id, Recibido.de_bytes(png()))
    de_producto = en_disco()
    with transaccion() as sesion:
        guardar(sesion, io.BytesIO(b"de nadie"), "text/plain", duenio=nuevo_id())
    carpeta = almacen() / "ab"
    carpeta.mkdir(exist_ok=True)
    (carpeta / ("ab" + "0" * 62)).write_bytes(b"de una caida")
    (carpeta / ("ab" + "1" * 62 + ".f00")).write_bytes(b"mitad")
    cuantos = len(en_disco())

    assert barrer_archivos() == 0
    assert len(en_disco()) == cuantos
    assert _verificar() == []

    reloj.adelantar(timedelta(days=1, minutes=1))
    assert _verificar() == ["1 archivos no son de nadie"]
    assert barrer_archivos() == 3
    assert en_disco() == de_producto
    with transaccion() as sesion:
        assert sesion.exec(select(func.count()).select_from(Archivo)).one() == 1
    assert barrer_archivos() == 0
    assert _verificar() == []
