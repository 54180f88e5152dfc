"""Search: words without accents, typing errors, facets, order, pages, and how many queries it takes."""

from collections.abc import Callable, Iterator
from typing import Any

import lxml.html
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import Session

from comercio.busqueda import facetas
from comercio.busqueda.buscar import buscar_productos, sugerir
from comercio.busqueda.entender import VACIAS, corregir, leer, separar, sinonimos
from comercio.busqueda.palabras import DEPARTAMENTOS
from comercio.busqueda.valores import Filtros
from comercio.catalogo import arbol
from comercio.promociones import rebajadas
from nucleo.bd import nueva_sesion
from nucleo.dinero import bs
from nucleo.paginacion import CursorPedido
from tests.comercio.conftest import Mercado

UNA = CursorPedido(None, 1)


@pytest.fixture
def surtido(mercado: Mercado) -> Mercado:
    for titulo, categoria, precio, existencia in (
        ("Quinua real orgánica de Uyuni", "granos-andinos", "22.00", 40),
        ("Café de altura de los Yungas", "cafe-y-cacao", "45.00", 12),
        ("Taza de cerámica para café", "ceramica", "30.00", 8),
        ("Chompa de alpaca para niño", "alpaca-y-llama", "180.00", 0),
        ("Ají colorado en vaina", "ajies-sal-y-especias", "15.50", 100),
    ):
        mercado.publicar(titulo, categoria=categoria, precio=precio, existencia=existencia)
    mercado.publicar("Café en borrador", categoria="cafe-y-cacao", publicar=False)
    return mercado


def titulos(sesion: Session, *args: Any, **filtros: Any) -> list[str]:
    return [p.titulo for p in buscar_productos(sesion, Filtros(*args, **filtros)).productos]


@pytest.mark.parametrize("escrito", ["café", "CAFE", "cafes", "  cafés ", "caf"])
def test_acentos_plurales_y_prefijos(surtido: Mercado, sesion: Session, escrito: str) -> None:
    assert titulos(sesion, escrito) == ["Café de altura de los Yungas", "Taza de cerámica para café"]


def test_el_titulo_pesa_mas_que_la_categoria(surtido: Mercado, sesion: Session) -> None:
    surtido.publicar("Maceta", categoria="ceramica", descripcion="Sirve para plantas")
    assert titulos(sesion, "ceramica") == ["Taza de cerámica para café", "Maceta"]


@pytest.mark.parametrize(
    ("escrito", "entendido", "primero"),
    [
        ("quinia", "quinua", "Quinua real orgánica de Uyuni"),
        ("cafe yungsa", "cafe yungas", "Café de altura de los Yungas"),
        ("chonpa alpaka", "chompa alpaca", "Chompa de alpaca para niño"),
    ],
)
def test_corrige_errores_de_escritura(
    surtido: Mercado, sesion: Session, escrito: str, entendido: str, primero: str
) -> None:
    resultado = buscar_productos(sesion, escrito)
    assert resultado.entendido == entendido
    assert resultado.productos[0].titulo == primero


def test_si_faltan_todas_las_palabras_basta_alguna(surtido: Mercado, sesion: Session) -> None:
    resultado = buscar_productos(sesion, "quinua marciana")
    assert (resultado.parcial, [p.titulo for p in resultado.productos]) == (
        True,
        ["Quinua real orgánica de Uyuni"],
    )


def test_nada_se_parece(surtido: Mercado, sesion: Session) -> None:
    resultado = buscar_productos(sesion, "xyzzyx")
    assert (resultado.productos, resultado.facetas.total, resultado.entendido) == ((), 0, None)


def test_filtros(surtido: Mercado, sesion: Session) -> None:
    assert titulos(sesion, categoria="alimentos", orden="precio_asc") == [
        "Ají colorado en vaina",
        "Quinua real orgánica de Uyuni",
        "Café de altura de los Yungas",
    ]
    assert titulos(sesion, categoria="ceramica") == ["Taza de cerámica para café"]
    assert titulos(sesion, precio_min=bs("30"), precio_max=bs("45"), orden="precio_desc") == [
        "Café de altura de los Yungas",
        "Taza de cerámica para café",
    ]
    assert "Chompa de alpaca para niño" not in titulos(sesion, con_existencia=True)
    assert len(titulos(sesion, departamento="02")) == 5
    assert titulos(sesion, departamento="07") == []
    assert len(titulos(sesion, vendedor_id=surtido.unidad.id)) == 5
    assert titulos(sesion, vendedor_id=surtido.comprador.id) == []


def test_facetas_cuentan_lo_que_hay(surtido: Mercado, sesion: Session) -> None:
    facetas = buscar_productos(sesion).facetas
    assert (facetas.total, facetas.hay_mas) == (5, False)
    assert facetas.categorias == {
        "granos-andinos": 1,
        "cafe-y-cacao": 1,
        "ceramica": 1,
        "alpaca-y-llama": 1,
        "ajies-sal-y-especias": 1,
    }
    assert facetas.departamentos == {"02": 5}
    assert facetas.vendedores == [(surtido.unidad.id, "Tejidos de Prueba", 5)]


def test_una_faceta_no_se_cuenta_a_si_misma(surtido: Mercado, sesion: Session) -> None:
    """What was chosen of a kind leaves the other choices of that kind to be seen."""
    de_otro = buscar_productos(sesion, Filtros(departamento="07")).facetas
    assert (de_otro.total, de_otro.departamentos, de_otro.categorias) == (0, {"02": 5}, {})
    de_nadie = buscar_productos(sesion, Filtros(vendedor_id=surtido.comprador.id)).facetas
    assert (de_nadie.total, de_nadie.vendedores) == (0, [(surtido.unidad.id, "Tejidos de Prueba", 5)])
    cafe = buscar_productos(sesion, Filtros(categoria="cafe-y-cacao", precio_max=bs("30"))).facetas
    assert (cafe.total, cafe.categorias) == (0, {"granos-andinos": 1, "ajies-sal-y-especias": 1})


@pytest.fixture
def cuenta_dos(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Counting stops at two products; how many is written in each statement."""

    def olvidar() -> None:
        facetas._cuenta.cache_clear()
        facetas._consulta_de_valores.cache_clear()
        facetas.olvidar_facetas()

    monkeypatch.setattr(facetas, "CANDIDATOS", 2)
    olvidar()
    yield
    olvidar()


@pytest.mark.usefixtures("cuenta_dos")
def test_lo_que_se_conto_de_una_muestra_no_lleva_numero(
    surtido: Mercado, sesion: Session, cliente: Any
) -> None:
    """Each kind by what was counted for it: here only the departments are of more than what was found."""
    assert buscar_productos(sesion, pagina=UNA).facetas.de_muestra == facetas.CLASES
    de_otro = buscar_productos(sesion, Filtros(departamento="07"), UNA).facetas
    assert (de_otro.total, de_otro.hay_mas, de_otro.de_muestra) == (0, False, ("departamentos",))
    de_nadie = buscar_productos(sesion, Filtros(vendedor_id=surtido.comprador.id), UNA).facetas
    assert (de_nadie.hay_mas, de_nadie.de_muestra) == (False, ("vendedores",))
    leido = cliente.get("/api/v1/productos?departamento=07").json()["facetas"]
    assert (leido["total"], leido["hay_mas"], leido["de_muestra"]) == (0, False, ["departamentos"])
    pagina = lxml.html.fromstring(cliente.get("/tienda?departamento=07").text)
    enlaces = [" ".join(a.text_content().split()) for a in pagina.cssselect("details.facetas li a")]
    assert enlaces == [f"{n} (elegido: quitar)" if i == "07" else n for i, n in DEPARTAMENTOS.items()]


def _ramas(cliente: Any, direccion: str = "/tienda") -> list[str]:
    pagina = lxml.html.fromstring(cliente.get(direccion).text)
    return [" ".join(a.text_content().split()) for a in pagina.cssselect(".tienda__ramas a")]


def test_de_todo_lo_contado_se_ofrecen_las_categorias_que_tienen_algo(
    surtido: Mercado, sesion: Session, cliente: Any
) -> None:
    ramas = _ramas(cliente)
    assert 0 < len(ramas) < len(arbol(sesion).ramas)
    assert all(texto[-1].isdigit() for texto in ramas)


@pytest.mark.usefixtures("cuenta_dos")
def test_las_categorias_que_la_muestra_no_vio_se_ofrecen(
    surtido: Mercado, sesion: Session, cliente: Any
) -> None:
    """All those beside the chosen one, without numbers: of three in the branch two were looked at."""
    todas = arbol(sesion)
    hojas = todas.ramas[todas.nodos["granos-andinos"].padre or ""]
    assert _ramas(cliente, "/tienda?categoria=granos-andinos") == [hoja.nombre for hoja in hojas]
    assert len(hojas) > 3


@pytest.mark.usefixtures("cuenta_dos")
def test_los_valores_de_una_muestra_no_llevan_numero(mercado: Mercado, sesion: Session) -> None:
    """None of three comes in M, and that is counted whole; what else may be chosen is of all three."""
    for n in range(3):
        mercado.publicar(f"Chompa {n}", categoria="alpaca-y-llama")
    en_m = Filtros(categoria="alpaca-y-llama", atributos=(("talla", "M"),))
    hallado = buscar_productos(sesion, en_m, UNA).facetas
    assert (hallado.total, hallado.hay_mas, hallado.de_muestra) == (0, False, ("atributos",))


@pytest.mark.parametrize("orden", ["relevancia", "recientes", "precio_asc", "precio_desc"])
def test_paginas_sin_repetir_ni_perder(mercado: Mercado, sesion: Session, orden: str) -> None:
    creados = [mercado.publicar(f"Manta {n}", precio=f"{10 + n % 4}.00").id for n in range(11)]
    vistos, cursor = [], None
    while True:
        pagina = buscar_productos(sesion, Filtros("manta", orden=orden), CursorPedido(cursor, 3))
        vistos += [p.id for p in pagina.productos]
        cursor = pagina.siguiente
        if cursor is None:
            break
    assert sorted(vistos) == sorted(creados)


def test_una_consulta_lee_las_palabras_otra_la_pagina_y_otra_cuenta(
    surtido: Mercado, sesion: Session, contar_consultas: Callable[..., Any]
) -> None:
    una = CursorPedido(None, 1)
    sinonimos(sesion)  # kept for minutes
    rebajadas(sesion, [])  # who promotes, for seconds
    with contar_consultas() as completa:
        assert buscar_productos(sesion, "cafe").facetas.total == 2
    with contar_consultas() as primera:
        assert buscar_productos(sesion, "cafe", una).facetas.total == 2
    with contar_consultas() as segunda:
        buscar_productos(sesion, Filtros("cafe", orden="precio_asc"), una)
    with contar_consultas() as sin_contar:
        assert buscar_productos(sesion, "alpaca", una, contar=False).siguiente is None
        assert buscar_productos(sesion, "taza", una, contar=False).productos[0].titulo.startswith("Taza")
    assert (len(completa), len(primera), len(segunda), len(sin_contar)) == (2, 3, 2, 4)
    with contar_consultas() as sugeridas:
        assert [p.titulo for p in sugerir(sesion, "qui")] == ["Quinua real orgánica de Uyuni"]
    assert len(sugeridas) == 1


def test_las_facetas_son_las_mismas_en_una_pagina_o_en_varias(surtido: Mercado, sesion: Session) -> None:
    entera = buscar_productos(sesion, "cafe").facetas
    assert entera == buscar_productos(sesion, "cafe", CursorPedido(None, 1)).facetas
    assert (entera.total, entera.categorias, entera.departamentos) == (
        2,
        {"cafe-y-cacao": 1, "ceramica": 1},
        {"02": 2},
    )
    assert entera.vendedores == [(surtido.unidad.id, "Tejidos de Prueba", 2)]


def test_separar() -> None:
    assert separar("  Ñandú, CAFÉ & (té)! ") == ["nandu", "cafe", "te"]
    assert separar("b_c 10x") == ["b", "c", "10x"]
    assert len(separar("x " * 50)) == 8


def test_corregir_deja_lo_conocido_y_lo_lejano(surtido: Mercado, sesion: Session) -> None:
    terminos, palabras = leer(sesion, "cafe para niño zzzzzz")
    assert palabras == ["cafe", "para", "nino", "zzzzzz"]
    assert [t.palabra for t in terminos] == ["cafe", "nino", "zzzzzz"]
    assert corregir(sesion, terminos) is None


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_cualquier_texto_se_puede_buscar(mercado: Mercado, escrito: str) -> None:
    with nueva_sesion() as sesion:
        buscar_productos(sesion, escrito)


@pytest.mark.parametrize("busca", ["cinturón", "faja", "cinturon", "Faja/cinturón", "taleguilla"])
def test_lo_que_va_unido_por_una_barra_se_encuentra_por_cada_palabra(
    surtido: Mercado, sesion: Session, busca: str
) -> None:
    surtido.publicar("Faja/cinturón tejido", descripcion="De lana, con chuspa|taleguilla")
    assert titulos(sesion, busca) == ["Faja/cinturón tejido"]


def test_lo_escrito_tal_cual_va_antes_que_sus_formas_y_que_lo_nuevo(
    mercado: Mercado, sesion: Session
) -> None:
    """However many newer products only mention it."""
    mercado.publicar("Miel de abeja", descripcion="Pura")
    mercado.publicar("Mieles surtidas")
    mercado.publicar("Jabón de miel")
    for n in range(30):
        mercado.publicar(f"Crema {n}", descripcion="Con miel")
    assert titulos(sesion, "miel")[:4] == ["Miel de abeja", "Jabón de miel", "Mieles surtidas", "Crema 29"]


@pytest.mark.parametrize(
    ("escrito", "hallado"),
    [
        ("ropa", []),  # «ropero» begins so, and is no clothing
        ("camisa", []),
        ("regalo", []),
        ("té", ["Té de coca"]),
        ("lápiz", ["Lápices de color"]),
        ("meson", ["Banco para mesón"]),
        ("mesa", ["Mesa de madera"]),
        ("mesa madera", ["Mesa de madera"]),
        ("kinua", ["Quinua real"]),
        ("k'inwa", ["Quinua real"]),
        ("punchu", ["Poncho de lana"]),
        ("poncho verde", ["Poncho de lana"]),
    ],
)
def test_casos_juzgados(mercado: Mercado, sesion: Session, escrito: str, hallado: list[str]) -> None:
    for titulo in (
        "Ropero de cedro",
        "Camino de tierra",
        "Quinua real",
        "Té de coca",
        "Lápices de color",
        "Banco para mesón",
        "Mesa de madera",
        "Poncho de lana",
    ):
        mercado.publicar(titulo, descripcion="", categoria="muebles")
    assert titulos(sesion, escrito) == hallado


def test_quien_escribe_a_medias_halla_lo_que_empieza_asi(surtido: Mercado, sesion: Session) -> None:
    assert titulos(sesion, "quin") == ["Quinua real orgánica de Uyuni"]
    assert [p.titulo for p in sugerir(sesion, "café de alt")] == ["Café de altura de los Yungas"]
    assert [p.titulo for p in sugerir(sesion, "ca")] == [
        "Café de altura de los Yungas",
        "Taza de cerámica para café",
    ]


def test_las_palabras_se_doblan_igual_aqui_y_en_la_base(sesion: Session) -> None:
    escrito = "Ñandú, ch'uspa y k’antuta de la CAFÉ–té 10x Ünder/ojo"
    de_la_base = "SELECT p FROM unnest(comercio_palabras(:q)) AS p WHERE NOT comercio_es_vacia(p)"
    assert list(sesion.execute(text(de_la_base), {"q": escrito}).scalars()) == separar(escrito)
    assert sesion.execute(
        text("SELECT bool_and(comercio_es_vacia(p)) FROM unnest(CAST(:v AS text[])) AS p"),
        {"v": list(VACIAS)},
    ).scalar_one()


def test_como_suena(sesion: Session) -> None:
    for grupo in (
        "quinua kinwa quinwa kinua",
        "pollera poyera",
        "aguayo aguallo ahuayo",
        "zampona sampona",
        "azucar asucar",
        "hacha acha",
        "chompa chonpa",
        "vino bino",
        "cafe kafe",
        "cuaderno quaderno",
    ):
        sonidos = sesion.execute(
            text("SELECT DISTINCT comercio_sonido(p) FROM unnest(CAST(:p AS text[])) AS p"),
            {"p": grupo.split()},
        ).all()
        assert len(sonidos) == 1, grupo
