"""Many prices at once: what is shown is what is made; what will not do is said and stays."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import lxml.html
from sqlalchemy import Engine, text

from comercio.catalogo.esquemas import ProductoCambios, VarianteCambios
from comercio.catalogo.precios import Cambio, Como, cambiar_precios
from comercio.catalogo.publicar import editar_producto
from comercio.catalogo.variar import editar_variante
from comercio.catalogo.verificar import existencias
from comercio.existencias.tareas import avisar_existencias
from comercio.existencias.umbrales import cortas, fijar_umbrales
from comercio.pedidos.cumplir import cancelar
from nucleo.bd import transaccion
from nucleo.dinero import bs
from tests.ayudas.carreras import cruzar
from tests.comercio.conftest import FICHAS, Mercado

Leer = Callable[..., list[tuple[Any, ...]]]


def _campos(pagina: str, accion: str) -> dict[str, str]:
    (formulario,) = lxml.html.fromstring(pagina).xpath(f"//form[@method='post' and @action='{accion}']")
    return dict(formulario.form_values())


def test_el_cambio_se_redondea_una_vez() -> None:
    sube, baja = Cambio(Como.SUBIR_PORCENTAJE, Decimal("12.5")), Cambio(Como.BAJAR_PORCENTAJE, Decimal("0.5"))
    assert [sube.de(bs(p)) for p in ("10.00", "0.04", "0.01")] == [bs("11.25"), bs("0.05"), bs("0.01")]
    assert baja.de(bs("1.00")) == bs("1.00")  # 99,5 centavos: half up
    assert Cambio(Como.BAJAR_MONTO, Decimal("0.30")).de(bs("0.30")) == bs("0.00")
    assert Cambio(Como.SUBIR_MONTO, Decimal("2.50")).de(bs("10.00")) == bs("12.50")


def test_ver_y_cambiar(mercado: Mercado, sesion_web: Callable[..., Any], leer: Leer, duenio: Engine) -> None:
    """The preview writes nothing; tiers follow; one that would be nothing is refused, one changed meanwhile
    too; the others change, once."""
    caro, barato = mercado.publicar("Chompa", precio="50.00"), mercado.publicar("Botón", precio="0.50")
    otro = mercado.publicar("Chompita", precio="20.00")
    escala = VarianteCambios.model_validate({"precios_por_cantidad": [{"desde": 3, "precio": bs("45.00")}]})
    with transaccion() as sesion:
        editar_variante(sesion, mercado.actor_vendedor, caro.id, mercado.variante(caro), 1, escala)
    vendedora = sesion_web(mercado.vendedor)
    assert vendedora.get("/vender/precios?como=subir_monto&cuanto=0").status_code == 422
    previa = vendedora.get("/vender/precios?como=bajar_monto&cuanto=5")
    assert previa.status_code == 200
    dicho = " ".join(lxml.html.fromstring(previa.text).text_content().split())
    assert "Bs 45,00 → Bs 40,00" in dicho
    assert "Quedaría en nada o menos." in dicho
    datos = _campos(previa.text, "/vender/precios")
    assert sum(n.endswith(".elegida") for n in datos) == 2
    with transaccion() as sesion:
        editar_producto(sesion, mercado.actor_vendedor, otro.id, 1, ProductoCambios(precio=bs("21.00")))
    sin_marcar = {n: v for n, v in datos.items() if not n.endswith(".elegida")}
    nada = vendedora.post("/vender/precios", data=sin_marcar)
    assert (nada.status_code, "No dejó marcado ningún precio" in nada.text) == (422, True)
    hecho = vendedora.post("/vender/precios", data=datos)
    assert hecho.status_code == 200
    assert "Cambió 1 precio" in hecho.text
    assert "ahora cuesta Bs\u00a021,00" in hecho.text
    precios = f"SELECT v.precio, p.precio FROM {FICHAS} WHERE p.id = :id"
    assert leer(precios, id=caro.id) == [(4500, 4500)]
    assert leer(precios, id=barato.id) == [(50, 50)]
    assert leer(precios, id=otro.id) == [(2100, 2100)]
    assert leer("SELECT desde, precio FROM comercio_precio_por_cantidad") == [(3, 4000)]
    assert vendedora.post("/vender/precios", data=datos).status_code == 303
    assert leer(precios, id=caro.id) == [(4500, 4500)]
    historia = "SELECT precio FROM comercio_precio_de_variante WHERE variante_id = :id ORDER BY id"
    assert leer(historia, id=mercado.variante(caro)) == [(5000,), (4500,)]
    assert leer(historia, id=mercado.variante(otro)) == [(2000,), (2100,)]
    pagina = vendedora.get(f"/vender/productos/{caro.id}/variantes/{mercado.variante(caro)}").text
    assert "Precios que tuvo" in pagina
    with transaccion() as sesion:
        assert existencias(sesion) == []
    with duenio.begin() as conexion:
        conexion.execute(text("DELETE FROM comercio_precio_de_variante WHERE precio = 4500"))
    with transaccion() as sesion:
        assert existencias(sesion) == [
            f"variante {mercado.variante(caro)}: su precio no es el último que se anotó"
        ]


def test_dos_a_la_vez_no_suben_dos_veces(mercado: Mercado, leer: Leer) -> None:
    variantes = [mercado.variante(mercado.publicar(t, precio="10.00")) for t in ("Uno", "Dos")]
    sube = Cambio(Como.SUBIR_PORCENTAJE, Decimal(10))
    errores: list[list[bool]] = []

    def subir(ids: list[Any]) -> Callable[[Any], None]:
        def hacer(sesion: Any) -> None:
            antes = dict.fromkeys(ids, bs("10.00"))
            hechas = cambiar_precios(sesion, mercado.actor_vendedor, mercado.unidad.id, sube, antes)
            errores.append([bool(x.error) for x in hechas])

        return hacer

    assert cruzar(subir(variantes), subir(variantes[::-1])) is None
    assert errores == [[False, False], [True, True]]
    assert leer("SELECT precio FROM comercio_variante") == [(1100,), (1100,)]


def test_dos_ponen_el_mismo_umbral_a_la_vez(mercado: Mercado, leer: Leer) -> None:
    chompa = mercado.variante(mercado.publicar("Chompa"))

    def poner(umbral: int) -> Callable[[Any], Any]:
        cual = [(chompa, Decimal(umbral))]
        return lambda sesion: fijar_umbrales(sesion, mercado.actor_vendedor, mercado.unidad.id, cual)

    assert cruzar(poner(3), poner(5)) is None
    assert leer("SELECT umbral, avisado_en FROM comercio_umbral_de_existencia") == [(5, None)]


def test_el_aviso_es_uno_cada_que_baja(mercado: Mercado, leer: Leer, sesion_web: Callable[..., Any]) -> None:
    chompa = mercado.publicar("Chompa", existencia=5)
    manta = mercado.publicar("Manta", existencia=5)
    vendedora = sesion_web(mercado.vendedor)
    datos = _campos(vendedora.get("/vender/existencias").text, "/vender/existencias")
    assert {datos[f"lineas.{n}.variante_id"] for n in (0, 1)} == {
        str(mercado.variante(chompa)),
        str(mercado.variante(manta)),
    }
    cual = next(n for n in (0, 1) if datos[f"lineas.{n}.variante_id"] == str(mercado.variante(chompa)))
    for q, hay in (("Ch%00ompa", True), ("_hompa", False), ("%25", False), ("%5C", False)):
        con_letras = vendedora.get(f"/vender/existencias?q={q}")
        assert (con_letras.status_code, str(mercado.variante(chompa)) in con_letras.text) == (200, hay), q
    assert (
        vendedora.post("/vender/existencias", data=datos | {f"lineas.{cual}.umbral": "-1"}).status_code == 422
    )
    assert leer("SELECT count(*) FROM comercio_umbral_de_existencia") == [(0,)]
    puesto = vendedora.post("/vender/existencias", data=datos | {f"lineas.{cual}.umbral": "3"})
    assert puesto.status_code == 303
    avisos = "SELECT count(*) FROM ciudadania_notificacion WHERE clase = 'comercio.existencia'"
    assert avisar_existencias() == 0
    pedido = mercado.pedido((chompa, 2))
    assert (avisar_existencias(), avisar_existencias()) == (1, 0)
    assert leer(avisos) == [(1,)]
    mercado.pedido((chompa, 1))
    assert avisar_existencias() == 0
    with transaccion() as sesion:
        assert [(x.titulo, int(x.disponible)) for x in cortas(sesion, mercado.unidad.id)] == [("Chompa", 2)]
        cancelar(sesion, mercado.actor, pedido.id, "Ya no lo quiero")
    assert avisar_existencias() == 1  # there is enough again: nothing is told
    mercado.pedido((chompa, 3))
    assert avisar_existencias() == 1
    assert leer(avisos) == [(2,)]
    with transaccion() as sesion:
        quitado = [(mercado.variante(chompa), None)]
        assert fijar_umbrales(sesion, mercado.actor_vendedor, mercado.unidad.id, quitado) == 1
        assert cortas(sesion, mercado.unidad.id) == []
    assert "Agotado" not in vendedora.get("/vender").text
