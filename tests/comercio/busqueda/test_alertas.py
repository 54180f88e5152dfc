"""Alerts of the shop: what a list finds today is what its alert is told tomorrow."""

from typing import Any

import pytest
from sqlmodel import Session, col, select

from alertas import enviar
from alertas.guardar import crear_alerta
from alertas.modelos import Coincidencia
from ciudadania.modelos import Notificacion
from comercio.busqueda.alertas import CODIGO, Criterios, criterios_de
from comercio.busqueda.buscar import buscar_productos
from comercio.busqueda.valores import Filtros
from comercio.catalogo.esquemas import ProductoCambios
from comercio.catalogo.modelos import Producto
from comercio.catalogo.publicar import editar_producto
from nucleo.bd import transaccion
from nucleo.dinero import bs
from nucleo.eventos import entregar_pendientes
from tests.comercio.conftest import Mercado

BUSQUEDAS = (
    Filtros(),
    Filtros(q="chompas de alpaca"),
    Filtros(q="CHOMPA azul"),
    Filtros(q="alpacas", departamento="02"),
    Filtros(departamento="03"),
    Filtros(categoria="alpaca-y-llama"),
    Filtros(categoria="textiles"),
    Filtros(categoria="confeccion"),
    Filtros(precio_min=bs("50.00"), precio_max=bs("50.00")),
    Filtros(precio_min=bs("50.01")),
    Filtros(precio_max=bs("49.99")),
    Filtros(origen="BO"),
    Filtros(origen="PE"),
)


def test_la_alerta_halla_lo_mismo_que_la_lista(sesion: Session, mercado: Mercado) -> None:
    alertas = {}
    for filtros in BUSQUEDAS:
        with transaccion() as propia:
            alertas[filtros] = crear_alerta(propia, mercado.actor, CODIGO, criterios_de(filtros)).id
    productos = [mercado.publicar(), mercado.publicar("Chompa azul", precio="80.00", origen="BO")]
    entregar_pendientes()
    for filtros, alerta_id in alertas.items():
        resultado = buscar_productos(sesion, filtros)
        en_la_lista = (
            set() if resultado.parcial or resultado.entendido else {f.id for f in resultado.productos}
        )
        halladas = sesion.exec(
            select(Coincidencia.objeto_id).where(Coincidencia.alerta_id == alerta_id)
        ).all()
        assert set(halladas) == en_la_lista, filtros
    assert len({p.id for p in productos}) == 2


def test_un_producto_se_avisa_una_vez_y_solo_a_la_venta(sesion: Session, mercado: Mercado) -> None:
    with transaccion() as propia:
        crear_alerta(propia, mercado.actor, CODIGO, Criterios(q="chompa"))
    producto = mercado.publicar()
    entregar_pendientes()
    enviar.enviar_pendientes()
    for estado in ("pausado", "publicado"):
        with transaccion() as propia:
            editar_producto(
                propia,
                mercado.actor_vendedor,
                producto.id,
                propia.get_one(Producto, producto.id).version,
                ProductoCambios.model_validate({"estado": estado}),
            )
        entregar_pendientes()
        enviar.enviar_pendientes()
    avisos = sesion.exec(
        select(Notificacion)
        .where(Notificacion.clase == "alertas.hallazgo")
        .order_by(col(Notificacion.creado_en))
    ).all()
    assert [(a.asunto, a.enlace) for a in avisos] == [
        ("Hay novedad: Chompa de alpaca", f"/productos/{producto.id}")
    ]


def test_la_lista_ofrece_avisarme_con_su_busqueda(mercado: Mercado, sesion_web: Any) -> None:
    mercado.publicar()
    navegador = sesion_web(mercado.comprador)
    for direccion in ("/tienda?q=chompa&hasta=60", "/tienda?q=inexistente", "/tienda?q=%00%01x"):
        lista = navegador.get(direccion).text
        ruta = lista.split('href="/mis-alertas/nueva')[1].split('"')[0].replace("&amp;", "&")
        nueva = navegador.get(f"/mis-alertas/nueva{ruta}")
        assert nueva.status_code == 200
        assert ("«chompa», hasta Bs 60,00" in nueva.text.replace("\u00a0", " ")) == ("chompa" in direccion)


@pytest.mark.parametrize(
    "malo",
    [{"departamento": "10"}, {"desde": "x"}, {"orden": "precio"}, {"q": "a\x00b"}, {"categoria": "x\x00"}],
)
def test_un_criterio_que_no_es_se_rechaza(
    mercado: Mercado, token_de: Any, cliente: Any, malo: dict[str, str]
) -> None:
    cabeceras = {"Authorization": f"Bearer {token_de(mercado.comprador)}"}
    pedido = {"emparejador": CODIGO, "criterios": malo}
    assert cliente.post("/api/v1/alertas", json=pedido, headers=cabeceras).status_code == 422
