"""Pictures of products belong to their product, and go when it does not keep them."""

import io
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import func, select

from comercio.catalogo.fotos import agregar_foto
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


def test_las_fotos_se_ordenan_se_describen_se_cambian_y_se_quitan(
    mercado: Mercado, sesion_web: Any, leer: Any
) -> None:
    producto = mercado.publicar()
    with transaccion() as sesion:
        ids = [
            agregar_foto(sesion, mercado.actor_vendedor, producto.id, Recibido.de_bytes(png(color=color))).id
            for color in ("red", "green", "blue")
        ]
    vendedora = sesion_web(mercado.vendedor)
    url = f"/vender/productos/{producto.id}/fotos"
    filas = "SELECT id, descripcion FROM comercio_producto_foto ORDER BY orden"
    primera = "SELECT f.id FROM comercio_producto p JOIN comercio_producto_foto f ON f.archivo_id = p.foto"

    sin_palabras = vendedora.post(f"{url}/{ids[2]}", data={"descripcion": "", "orden": "1"})
    assert sin_palabras.status_code == 422
    assert leer(primera) == [(ids[0],)]
    assert vendedora.post(f"{url}/{ids[2]}", data={"descripcion": "De lado", "orden": "1"}).status_code == 303
    assert leer(filas) == [(ids[2], "De lado"), *[(i, "Chompa de alpaca") for i in ids[:2]]]
    assert leer(primera) == [(ids[2],)]
    ((antes,),) = leer("SELECT foto FROM comercio_producto")
    con_otra = {"files": {"reemplazo": ("f.png", png(color="black"), "image/png")}}
    datos = {"descripcion": "De frente", "orden": "1"}
    assert vendedora.post(f"{url}/{ids[2]}", data=datos, **con_otra).status_code == 303
    assert leer(f"{primera} WHERE p.foto <> :antes", antes=antes) == [(ids[2],)]
    assert vendedora.post(f"{url}/{ids[2]}", data=datos | {"quitar": "1"}).status_code == 303
    assert leer(filas) == [(i, "Chompa de alpaca") for i in ids[:2]]
    assert leer(primera) == [(ids[0],)]
    assert vendedora.post(f"{url}/{ids[2]}", data=datos).status_code == 404
