"""The list and the product's page are kept by what they show: a change is seen at once, by whoever looks."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from comercio.catalogo.esquemas import ProductoCambios
from comercio.catalogo.modelos import Producto
from comercio.catalogo.publicar import editar_producto
from comercio.compra.modelos import Pedido
from comercio.opiniones import publicar_opinion
from comercio.pedidos.lineas import lineas_del_pedido
from comercio.promociones import PromocionNueva, promover
from comercio.promociones.crear import mover_promocion
from comercio.promociones.estados import EstadoPromocion
from comercio.vendedores import terminar_vacaciones, tomar_vacaciones
from nucleo import plantillas, web
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.reloj import ahora, fecha_bolivia
from tests.comercio.conftest import Mercado

LISTA = "/tienda"
Ver = Callable[[str], str]


@pytest.fixture
def ver(cliente: Any) -> Ver:
    """A page as nobody in particular sees it, in one line; twice the same, the second time a kept one."""

    def pagina(ruta: str) -> str:
        primera, segunda = (_llano(cliente.get(ruta).text) for _vez in range(2))
        assert primera == segunda
        return primera

    return pagina


def _llano(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\xa0", " ").split())


@pytest.fixture
def dibujadas(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that were drawn."""
    vistas: list[str] = []
    dibujar = plantillas.renderizar

    def anotar(nombre: str, **contexto: Any) -> str:
        vistas.append(nombre)
        return dibujar(nombre, **contexto)

    monkeypatch.setattr(web, "renderizar", anotar)
    return vistas


def _cambiar(producto: Producto, **valores: Any) -> None:
    """What an event of the registry writes on the ficha."""
    with transaccion() as sesion:
        for nombre, valor in valores.items():
            setattr(sesion.get_one(Producto, producto.id), nombre, valor)


def test_se_dibuja_una_vez_y_cada_respuesta_tiene_lo_suyo(
    mercado: Mercado, cliente: Any, dibujadas: list[str]
) -> None:
    manta = mercado.publicar("Manta de oveja")
    for ruta, veces in ((LISTA, 1), (f"/productos/{manta.id}", 2)):
        dibujadas.clear()
        respuestas = [cliente.get(ruta, headers={"Accept-Encoding": c}) for c in ("gzip", "identity", "gzip")]
        assert len(dibujadas) == 1, ruta
        nonces = set()
        for r in respuestas:
            assert r.headers["content-type"] == "text/html; charset=utf-8"
            assert (r.headers["x-frame-options"], r.headers["cache-control"]) == ("DENY", "no-store")
            assert r.headers["vary"] == "Accept-Encoding"
            (nonce,) = set(re.findall(r'nonce="([^"]+)"', r.text))
            assert r.text.count(f'nonce="{nonce}"') == veces
            assert f"'nonce-{nonce}'" in r.headers["content-security-policy"]
            nonces.add(nonce)
        assert len(nonces) == 3
        assert [r.headers.get("content-encoding") for r in respuestas] == ["gzip", None, "gzip"]
    ids = {re.findall(r'name="_id" value="([^"]+)"', r.text)[0] for r in respuestas}
    assert len({UUID(i) for i in ids}) == 3
    puesto = cliente.post(
        "/carrito/lineas", data={"_id": ids.pop(), "producto_id": str(manta.id), "cantidad": "1"}
    )
    assert puesto.status_code == 303


def test_precio_y_existencia_se_ven_al_momento(mercado: Mercado, ver: Ver) -> None:
    manta = mercado.publicar("Manta de oveja", precio="50.00", existencia=7)
    ruta = f"/productos/{manta.id}"
    assert "Bs 50,00" in ver(LISTA)
    assert "Disponible: 7" in ver(ruta)
    with transaccion() as sesion:
        cambios = ProductoCambios(precio=bs("45.50"))
        editar_producto(sesion, mercado.actor_vendedor, manta.id, manta.version, cambios)
    for pagina in (ver(LISTA), ver(ruta)):
        assert "Bs 45,50" in pagina
    mercado.comprar((manta, 4))
    assert "Quedan 3" in ver(LISTA)
    assert "Quedan 3" in ver(ruta)
    mercado.comprar((manta, 3))
    assert "Agotado" in ver(LISTA)
    assert "Agotado" in ver(ruta)
    assert "Agregar al carrito" not in ver(ruta)


def test_una_promocion_se_ve_al_empezar_al_pausarla_y_al_terminar(mercado: Mercado, ver: Ver) -> None:
    manta = mercado.publicar("Manta de oveja", precio="50.00")
    otra = mercado.publicar("Poncho", precio="80.00")
    # the last one shows it too, as another of the same seller
    rutas = (LISTA, f"/productos/{manta.id}", f"/productos/{otra.id}")
    assert not any("Bs 45,00" in ver(r) for r in rutas)
    hoy = fecha_bolivia(ahora())
    with transaccion() as sesion:
        datos = {"unidad_id": mercado.unidad.id, "nombre": "Feria", "clase": "porcentaje", "cuanto": "10"}
        nueva = PromocionNueva.model_validate(datos | {"desde": hoy, "hasta": hoy + timedelta(days=2)})
        feria = promover(sesion, mercado.actor_vendedor, nueva)
    assert all("Bs 45,00" in ver(r) for r in rutas)
    for estado, rebajada in ((EstadoPromocion.PAUSADA, False), (EstadoPromocion.ACTIVA, True)):
        with transaccion() as sesion:
            mover_promocion(sesion, mercado.actor_vendedor, feria.id, estado)
        assert [("Bs 45,00" in ver(r)) for r in rutas] == [rebajada] * 3
    mercado.reloj.adelantar(timedelta(days=3))
    assert not any("Bs 45,00" in ver(r) for r in rutas)


def test_el_nombre_de_quien_vende_y_su_suspension(mercado: Mercado, cliente: Any, ver: Ver) -> None:
    manta = mercado.publicar("Manta de oveja")
    ruta = f"/productos/{manta.id}"
    assert "Tejidos de Prueba" in ver(ruta)
    _cambiar(manta, vendedor_nombre="Tejidos Nuevos")
    assert "Tejidos Nuevos" in ver(ruta)
    assert "Tejidos Nuevos" in ver(LISTA)
    _cambiar(manta, vendedor_habilitado=False)
    assert "No disponible por ahora" in ver(ruta)
    assert "Manta de oveja" not in ver(LISTA)
    _cambiar(manta, vendedor_habilitado=True)
    assert "Agregar al carrito" in ver(ruta)
    mercado.poner_en(manta, "retirado")
    assert cliente.get(ruta).status_code == 404
    assert cliente.get(f"{ruta}/manta-de-oveja").status_code == 404
    assert "Manta de oveja" not in ver(LISTA)


def test_las_vacaciones_se_ven_al_tomarlas_y_al_terminarlas(mercado: Mercado, ver: Ver) -> None:
    manta = mercado.publicar("Manta de oveja")
    hoy = fecha_bolivia(ahora())
    with transaccion() as sesion:
        vacaciones = tomar_vacaciones(sesion, mercado.actor_vendedor, mercado.unidad.id, hoy, hoy)
    for ruta in (LISTA, f"/productos/{manta.id}"):
        assert "De vacaciones" in ver(ruta)
    with transaccion() as sesion:
        terminar_vacaciones(sesion, mercado.actor_vendedor, vacaciones.id)
    for ruta in (LISTA, f"/productos/{manta.id}"):
        assert "De vacaciones" not in ver(ruta)


def test_una_opinion_su_cambio_y_su_moderacion(mercado: Mercado, ver: Ver, duenio: Engine) -> None:
    manta = mercado.publicar("Manta de oveja", precio="100.00")
    ruta = f"/productos/{manta.id}"
    pedido = mercado.pedido((manta, 1))
    mercado.llevar(pedido, "EMA", "EMI")
    mercado.cobrar(pedido)
    assert "Todavía no hay opiniones" in ver(ruta)
    _opinar(mercado, pedido, "Abriga mucho")
    assert "Abriga mucho" in ver(ruta)
    _opinar(mercado, pedido, "Se destiñó")  # as many stars as before
    pagina = ver(ruta)
    assert "Se destiñó" in pagina
    assert "Abriga mucho" not in pagina
    with duenio.begin() as conexion:  # as the authority hides it
        conexion.execute(text("UPDATE comercio_opinion SET oculta = true"))
    assert "Se destiñó" not in ver(ruta)


def _opinar(mercado: Mercado, pedido: Pedido, dice: str) -> None:
    with transaccion() as sesion:
        (linea,) = lineas_del_pedido(sesion, pedido.id)
        publicar_opinion(sesion, mercado.actor, pedido.id, linea.fila.id, 4, dice)


def test_cada_quien_ve_lo_suyo(mercado: Mercado, cliente: Any, sesion_web: Any, ver: Ver) -> None:
    manta = mercado.publicar("Manta de oveja")
    ruta = f"/productos/{manta.id}"
    assert "Ingrese para preguntar" in ver(ruta)
    compradora, vendedora = sesion_web(mercado.comprador), sesion_web(mercado.vendedor)
    assert compradora.post(f"{ruta}/favorito").status_code == 303
    suya = _llano(compradora.get(ruta).text)
    assert "Está en sus favoritos" in suya
    assert "Ana" in suya
    de_ella = _llano(vendedora.get(ruta).text)
    assert "Este producto es de su unidad" in de_ella
    de_nadie = ver(ruta)
    assert "Guardar en favoritos" in de_nadie
    assert "Mi cuenta" in _llano(compradora.get(LISTA).text)
    assert "Mi cuenta" not in ver(LISTA)
    compradora.post("/salir")
    assert "Ingrese para preguntar" in _llano(compradora.get(ruta).text)


def test_un_aviso_se_dice_una_vez(mercado: Mercado, cliente: Any, ver: Ver) -> None:
    mercado.publicar("Manta de oveja")
    ver(LISTA)
    cliente.cookies.set("qhatu_mensaje", "Listo")
    con_aviso = cliente.get(LISTA)
    assert "Listo" in con_aviso.text
    cliente.cookies.delete("qhatu_mensaje")
    assert "Listo" not in ver(LISTA)


def test_otra_direccion_y_otro_dia_son_otra_pagina(
    mercado: Mercado, cliente: Any, dibujadas: list[str]
) -> None:
    mercado.publicar("Manta de oveja")
    cliente.get(LISTA)
    dibujadas.clear()
    assert "volver=/tienda" in cliente.get(LISTA).text
    assert dibujadas == []
    cliente.get(f"{LISTA}?orden=precio_asc")
    mercado.reloj.adelantar(timedelta(days=1))
    cliente.get(LISTA)
    assert len(dibujadas) == 2


def test_el_titulo_nuevo_lleva_a_su_direccion(mercado: Mercado, cliente: Any) -> None:
    manta = mercado.publicar("Manta de oveja")
    vieja = f"/productos/{manta.id}/manta-de-oveja"
    assert cliente.get(vieja).status_code == 200
    _cambiar(manta, titulo="Manta de llama")
    llevado = cliente.get(vieja)
    assert (llevado.status_code, llevado.headers["location"]) == (
        301,
        f"/productos/{manta.id}/manta-de-llama",
    )
