"""What a person keeps: once, seen as it is today, theirs alone."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from comercio.catalogo import ProductoNoEncontrado
from comercio.catalogo.esquemas import VarianteCambios
from comercio.catalogo.variar import editar_variante
from comercio.favoritos import guardar as favoritos
from comercio.favoritos import modelos
from comercio.favoritos.errores import FavoritosLlenos
from comercio.vendedores import tomar_vacaciones
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.paginacion import CursorPedido
from nucleo.reloj import ahora, fecha_bolivia
from tests.comercio.conftest import Mercado

Leer = Callable[..., list[tuple[Any, ...]]]
GUARDADOS = "SELECT precio FROM comercio_favorito ORDER BY guardado_en, producto_id"


def _guardar(mercado: Mercado, producto_id: Any) -> None:
    with transaccion() as sesion:
        favoritos.guardar(sesion, mercado.actor, producto_id)


def test_se_guarda_se_ve_como_esta_hoy_y_se_quita(
    mercado: Mercado, leer: Leer, sesion_web: Callable[..., Any], cliente: Any
) -> None:
    chompa = mercado.publicar("Chompa", precio="50.00", existencia=3)
    manta = mercado.publicar("Manta", precio="20.00", existencia=1)
    assert f'href="/ingresar?volver=/productos/{chompa.id}"' in cliente.get(f"/productos/{chompa.id}").text
    ana = sesion_web(mercado.comprador)
    assert "Guardar en favoritos" in ana.get(f"/productos/{chompa.id}").text
    for producto in (chompa, manta, chompa):
        assert (
            ana.post(f"/productos/{producto.id}/favorito").headers["location"] == f"/productos/{producto.id}"
        )
    assert leer(GUARDADOS) == [(5000,), (2000,)]
    assert "Está en sus favoritos" in ana.get(f"/productos/{chompa.id}").text
    with transaccion() as sesion:
        cambio = VarianteCambios(precio=bs("45.50"))
        editar_variante(sesion, mercado.actor_vendedor, chompa.id, mercado.variante(chompa), 1, cambio)
    mercado.comprar((manta, 1))
    pagina = ana.get("/mis-favoritos").text
    assert "Bs\u00a045,50" in pagina
    assert "cuando lo guardó costaba Bs\u00a050,00" in pagina
    assert "Disponible: 3" in pagina
    assert "Agotado." in pagina
    api = ana.get("/api/v1/favoritos").json()["datos"]
    assert [
        (f["titulo"], f["precio"]["monto"], f["precio_antes"]["monto"], f["disponible"], f["se_compra"])
        for f in api
    ] == [("Manta", "20.00", "20.00", "0", False), ("Chompa", "45.50", "50.00", "3", True)]
    mercado.poner_en(manta, "retirado")
    assert "Ya no está a la venta." in ana.get("/mis-favoritos").text
    ana.post(f"/mis-favoritos/{manta.id}/borrado")
    assert ana.delete(f"/api/v1/favoritos/{chompa.id}").status_code == 204
    assert ana.delete(f"/api/v1/favoritos/{chompa.id}").status_code == 204
    assert leer(GUARDADOS) == []
    assert "Todavía no guardó nada" in ana.get("/mis-favoritos").text


def test_son_de_cada_quien_y_con_limite(
    mercado: Mercado, leer: Leer, bd: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    chompa, borrador = mercado.publicar("Chompa"), mercado.publicar("Manta", publicar=False)
    with pytest.raises(ProductoNoEncontrado):
        _guardar(mercado, borrador.id)
    _guardar(mercado, chompa.id)
    with transaccion() as sesion:
        pagina = CursorPedido(None, 20)
        assert favoritos.favoritos_de(sesion, mercado.actor_vendedor, pagina) == ([], None)
        favoritos.quitar(sesion, mercado.actor_vendedor, chompa.id)
    assert leer(GUARDADOS) == [(5000,)]
    monkeypatch.setattr(favoritos, "FAVORITOS_MAXIMOS", 1)
    _guardar(mercado, chompa.id)
    with pytest.raises(FavoritosLlenos):
        _guardar(mercado, mercado.publicar("Otra").id)
    assert leer(GUARDADOS) == [(5000,)]
    with pytest.raises(IntegrityError, match="pk_comercio_favorito"), bd.begin() as conexion:
        conexion.execute(text("INSERT INTO comercio_favorito SELECT * FROM comercio_favorito"))
    with pytest.raises(ProgrammingError, match="permission denied"), bd.begin() as conexion:
        conexion.execute(text("UPDATE comercio_favorito SET precio = 1"))
    assert modelos.FAVORITOS_MAXIMOS == 200


def test_dos_a_la_vez_guardan_uno(mercado: Mercado, leer: Leer) -> None:
    chompa = mercado.publicar("Chompa")
    barrera, fallas = threading.Barrier(6), []

    def guardar() -> None:
        barrera.wait()
        try:
            _guardar(mercado, chompa.id)
        except Exception as error:
            fallas.append(repr(error))

    hilos = [threading.Thread(target=guardar) for _n in range(6)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    assert (fallas, leer(GUARDADOS)) == ([], [(5000,)])


def test_de_vacaciones_se_dice_desde_cuando(mercado: Mercado, sesion_web: Callable[..., Any]) -> None:
    chompa = mercado.publicar("Chompa")
    _guardar(mercado, chompa.id)
    with transaccion() as sesion:
        hoy = fecha_bolivia(ahora())
        tomar_vacaciones(sesion, mercado.actor_vendedor, mercado.unidad.id, hoy, hoy + timedelta(days=3))
    assert (
        "De vacaciones: se podrá comprar desde el" in sesion_web(mercado.comprador).get("/mis-favoritos").text
    )
