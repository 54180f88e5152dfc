"""Lists filter, order and show by what is paid with the promotions in force; all pages say the same price."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, text
from sqlmodel import Session

from comercio.busqueda import Filtros, buscar_productos, fichas_de, otros_del_vendedor
from comercio.busqueda.facetas import olvidar_facetas
from comercio.catalogo.modelos import Producto
from comercio.catalogo.verificar import existencias
from comercio.promociones import reflejar
from comercio.promociones.crear import mover_promocion
from comercio.promociones.estados import EstadoPromocion
from comercio.promociones.modelos import Promocion
from comercio.promociones.tareas import reflejar_promociones, terminar_promociones
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.en_texto import en_texto, leer_texto
from nucleo.reloj import ahora, fecha_bolivia
from tests.comercio.carrito.test_carrito import en_paralelo
from tests.comercio.catalogo.test_variantes import cambiar, variar
from tests.comercio.conftest import ENTREGA, Mercado

Promo = Callable[..., Promocion]
BARATOS = Filtros(orden="precio_asc")


def _titulos(filtros: Filtros = BARATOS) -> list[str]:
    olvidar_facetas()
    with transaccion() as sesion:
        resultado = buscar_productos(sesion, filtros)
        assert resultado.facetas.total == len(resultado.productos)
        return [f"{f.titulo} {f.cuesta.amount:.2f}" for f in resultado.productos]


def _mover(mercado: Mercado, promocion: Promocion, a: EstadoPromocion) -> None:
    with transaccion() as sesion:
        mover_promocion(sesion, mercado.actor_vendedor, promocion.id, a)


def _sin_faltas() -> None:
    with transaccion() as sesion:
        assert existencias(sesion) == []


@pytest.fixture
def tres(mercado: Mercado) -> dict[str, Producto]:
    """At Bs 100, 80 and 60."""
    return {
        t: mercado.publicar(t, precio=p)
        for t, p in (("Poncho", "100.00"), ("Manta", "80.00"), ("Faja", "60.00"))
    }


def test_filtran_y_ordenan_desde_que_empieza_hasta_que_termina(
    mercado: Mercado, tres: dict[str, Producto], promo: Promo
) -> None:
    sin = ["Faja 60.00", "Manta 80.00", "Poncho 100.00"]
    con = ["Poncho 50.00", "Faja 60.00", "Manta 80.00"]
    manana = fecha_bolivia(ahora()) + timedelta(days=1)
    suya = promo(
        cuanto="50",
        alcance="elegidos",
        variantes=[mercado.variante(tres["Poncho"])],
        desde=manana,
        hasta=manana + timedelta(days=2),
    )
    assert (reflejar_promociones(), _titulos()) == (0, sin)
    mercado.reloj.adelantar(timedelta(days=1))
    assert (reflejar_promociones(), reflejar_promociones(), _titulos()) == (1, 0, con)
    assert _titulos(Filtros(orden="precio_desc")) == con[::-1]
    assert _titulos(Filtros(precio_max=bs("55.00"))) == con[:1]
    assert _titulos(Filtros(precio_min=bs("90.00"))) == []
    assert _titulos(Filtros(precio_min=bs("45.00"), precio_max=bs("61.00"), orden="precio_asc")) == con[:2]
    assert _titulos(Filtros(q="poncho", precio_max=bs("50.00"))) == con[:1]
    for estado, esperado in ((EstadoPromocion.PAUSADA, sin), (EstadoPromocion.ACTIVA, con)):
        _mover(mercado, suya, estado)
        _sin_faltas()
        assert (reflejar_promociones(), _titulos()) == (1, esperado)
        _sin_faltas()
    mercado.reloj.adelantar(timedelta(days=3))
    assert terminar_promociones() == 1
    assert (reflejar_promociones(), reflejar_promociones(), _titulos()) == (1, 0, sin)
    assert _titulos(Filtros(precio_min=bs("90.00"))) == sin[2:]
    _sin_faltas()


def test_por_paginas_y_por_programa(tres: dict[str, Producto], promo: Promo, cliente: Any) -> None:
    """Bs 30 less of each: filters and the cursor go by what is paid."""
    promo(clase="monto", cuanto="30")
    reflejar_promociones()
    vistos, cursor = [], ""
    while cursor is not None:
        ruta = f"/api/v1/productos?orden=precio_asc&limite=1&precio_max=5000{cursor and f'&cursor={cursor}'}"
        pagina = cliente.get(ruta).json()
        vistos += [
            (f["titulo"], f["precio"]["monto"], f["rebaja"]["precio"]["monto"]) for f in pagina["datos"]
        ]
        cursor = pagina["siguiente"]
    assert vistos == [("Faja", "60.00", "30.00"), ("Manta", "80.00", "50.00")]


def test_lo_que_se_publica_durante_la_promocion_ya_la_tiene(mercado: Mercado, promo: Promo) -> None:
    """A product, another variant of it, another price: without waiting for the sweep."""
    promo(cuanto="50")
    manta = mercado.publicar("Manta", precio="80.00")
    cambiar(mercado, manta, mercado.variante(manta), atributos={"color": "rojo"})
    assert _titulos(Filtros(precio_max=bs("40.00"))) == ["Manta 40.00"]
    variar(mercado, manta, precio=bs("30.00"), atributos={"color": "azul"}, existencia=2)
    assert _titulos(Filtros(precio_max=bs("15.00"))) == ["Manta 15.00"]
    assert _titulos(Filtros(precio_min=bs("16.00"), precio_max=bs("39.00"))) == []
    assert _titulos(Filtros(precio_max=bs("15.00"), atributos=(("color", "rojo"),))) == []
    assert reflejar_promociones() == 1
    _sin_faltas()


def _llano(pagina: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", pagina).replace("\xa0", " ").split())


def test_el_mismo_precio_en_todas_partes(
    mercado: Mercado, promo: Promo, cliente: Any, sesion_web: Callable[..., Any], token_de: Callable[..., str]
) -> None:
    chompa, gorro = mercado.publicar("Chompa", precio="50.00"), mercado.publicar("Gorro", precio="200.00")
    antes = mercado.pedido((chompa, 1))
    mercado.llevar(antes, "EMA", "EMI")
    mercado.cobrar(antes)
    mercado.reloj.adelantar(timedelta(days=40))
    promo(cuanto="15", alcance="elegidos", variantes=[mercado.variante(chompa)])
    reflejar_promociones()
    ana = sesion_web(mercado.comprador)
    ana.post(f"/productos/{chompa.id}/favorito")
    ana.post("/carrito/lineas", data={"producto_id": str(chompa.id)})
    for quien, ruta in (
        (cliente, "/"),
        (cliente, "/buscar?q=chompa"),
        (cliente, "/tienda"),
        (cliente, f"/tienda?vendedor={mercado.unidad.id}&hasta=45"),
        (cliente, f"/productos/{chompa.id}"),
        (cliente, f"/productos/{gorro.id}"),  # among the others of its seller
        (ana, "/mis-favoritos"),
        (ana, "/carrito"),
        (ana, "/comprar"),
        (ana, f"/pedidos/{antes.id}/otra-vez"),
    ):
        assert "Bs 42,50" in _llano(quien.get(ruta, follow_redirects=True).text), ruta
    pagina = cliente.get(f"/productos/{chompa.id}", follow_redirects=True).text
    assert '"price":"42.50"' in pagina.replace('": "', '":"')
    assert 'product:price:amount" content="42.50"' in pagina
    (guardado,) = ana.get("/api/v1/favoritos").json()["datos"]
    assert (guardado["precio"]["monto"], guardado["precio_antes"]["monto"]) == ("42.50", "42.50")
    ficha = cliente.get(f"/api/v1/productos/{chompa.id}").json()
    assert (ficha["precio"]["monto"], ficha["rebaja"]["precio"]["monto"]) == ("50.00", "42.50")
    with transaccion() as sesion:
        de_ella = otros_del_vendedor(mercado.unidad.id, gorro.id)
        (otro,) = fichas_de(leer_texto(sesion.execute(select(en_texto(de_ella))).scalar_one())[0])
    assert (otro.cuesta, otro.cuesta_mas, otro.antes) == (bs("42.50"), bs("42.50"), bs("50.00"))
    cuerpo = {
        "lineas": [{"producto_id": str(chompa.id), "cantidad": "1"}],
        "entrega": ENTREGA.model_dump(),
        "total": {"monto": "42.50"},
    }
    cabeceras = {
        "Authorization": f"Bearer {token_de(mercado.comprador)}",
        "Idempotency-Key": "el-mismo-precio-0001",
    }
    assert cliente.post("/api/v1/pedidos", json=cuerpo, headers=cabeceras).status_code == 201


def test_si_cambia_mientras_se_escribe_se_escribe_otra_vez(
    mercado: Mercado, tres: dict[str, Producto], promo: Promo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paused after its products were written and before it is noted; and dead half way."""
    suya = promo(cuanto="50")
    verdadero = reflejar._poner

    def pausa(sesion: Session, id: Any, reflejada: bool | None) -> bool:
        if reflejada is not None:
            _mover(mercado, suya, EstadoPromocion.PAUSADA)
        return verdadero(sesion, id, reflejada)

    monkeypatch.setattr(reflejar, "_poner", pausa)
    assert reflejar_promociones() == 0
    monkeypatch.setattr(reflejar, "_poner", verdadero)
    assert (reflejar_promociones(), reflejar_promociones()) == (1, 0)
    assert _titulos() == ["Faja 60.00", "Manta 80.00", "Poncho 100.00"]
    _mover(mercado, suya, EstadoPromocion.ACTIVA)
    monkeypatch.setattr(reflejar, "PARTE", 1)
    monkeypatch.setattr(reflejar, "_poner", _muere_al_terminar(verdadero))
    with pytest.raises(RuntimeError):
        reflejar_promociones()
    monkeypatch.setattr(reflejar, "_poner", verdadero)
    assert (reflejar_promociones(), reflejar_promociones()) == (1, 0)
    assert _titulos() == ["Faja 30.00", "Manta 40.00", "Poncho 50.00"]


def _muere_al_terminar(verdadero: Callable[..., bool]) -> Callable[..., bool]:
    def muere(sesion: Session, id: Any, reflejada: bool | None) -> bool:
        if reflejada is not None:
            raise RuntimeError
        return verdadero(sesion, id, reflejada)

    return muere


def test_quien_compra_mientras_se_escribe_espera_y_compra(
    mercado: Mercado, tres: dict[str, Producto], promo: Promo, leer: Callable[..., Any]
) -> None:
    """The sweep takes products before the promotion, as who buys does: neither is undone."""
    suya = promo(cuanto="50")
    errores = en_paralelo(
        3,
        lambda n: (
            reflejar.reflejar(suya.id) if n == 0 else mercado.comprar((tres[("Manta", "Faja")[n - 1]], 1))
        ),
    )
    assert errores == []
    assert leer("SELECT total FROM comercio_pedido ORDER BY total") == [(3000,), (4000,)]
    reflejar_promociones()
    assert _titulos() == ["Faja 30.00", "Manta 40.00", "Poncho 50.00"]
    _sin_faltas()


def test_verificar_ve_lo_que_no_dice_su_precio(
    mercado: Mercado, tres: dict[str, Producto], promo: Promo, duenio: Engine, sesion: Session
) -> None:
    promo(cuanto="50")
    assert existencias(sesion) == []  # some seconds late is no fault
    reflejar_promociones()
    with duenio.begin() as conexion:
        conexion.execute(
            text("UPDATE comercio_producto SET rebajado = 1 WHERE id = :id"), {"id": tres["Faja"].id}
        )
    sesion.rollback()
    assert existencias(sesion) == [
        f"producto {tres['Faja'].id}: no dice lo que sus variantes y su existencia"
    ]
