"""One and many are found by each other: «lápiz» and «lápices», «collar» and «collares», «ají» and «ajís»."""

import pytest
from sqlalchemy import text
from sqlmodel import Session

from comercio.busqueda.buscar import buscar_productos
from tests.comercio.conftest import Mercado

PARES = """
pollera polleras; lápiz lápices; pan panes; frijol frijoles; luz luces; nuez nueces; arroz arroces;
avestruz avestruces; collar collares; telar telares; celular celulares; tenedor tenedores; suéter
suéteres; néctar néctares; sartén sartenes; joven jóvenes; imagen imágenes; botón botones; reparación
reparaciones; pared paredes; mantel manteles; jarrón jarrones; olla ollas; ajo ajos; arpa arpas; uva
uvas; ojo ojos; ave aves; pie pies; té tes; ají ajís; ají ajíes; maní manís; surubí surubís; singani
singanis; champú champús; tarwi tarwis; jean jeans; short shorts; kit kits; chip chips; dulce dulces;
bronce bronces; clase clases; mes meses; gris grises; autobús autobuses; francés franceses; compás
compases; torre torres; calle calles; red redes; base bases; cine cines; queso quesos; bolsa bolsas; bol
boles; país países
"""
_RAICES = text(
    """
    SELECT p, array_agg(DISTINCT r) FROM (
        SELECT p, comercio_raiz(unnest(comercio_palabras(p))) AS r
        FROM unnest(CAST(:pares AS text[])) AS p) AS t
    GROUP BY p HAVING count(DISTINCT r) > 1
    """
)


def test_uno_y_muchos_tienen_la_misma_raiz(sesion: Session) -> None:
    pares = [" ".join(par.split()) for par in PARES.split(";")]
    assert len(pares) == 58
    assert [(p, r) for p, r in sesion.connection().execute(_RAICES, {"pares": pares})] == []


@pytest.mark.parametrize(
    ("titulo", "buscado"),
    [
        ("Collar de plata", "collares"),
        ("Collares de plata", "collar"),
        ("Lápices de color", "lapiz"),
        ("Olla de barro", "ollas de barro"),
        ("Ají en vaina", "ajís"),
        ("Jeans para niña", "jean niña"),
    ],
)
def test_se_hallan_el_uno_al_otro(mercado: Mercado, sesion: Session, titulo: str, buscado: str) -> None:
    mercado.publicar(titulo, descripcion="Nuevo.")
    resultado = buscar_productos(sesion, buscado)
    assert [p.titulo for p in resultado.productos] == [titulo]
    assert (resultado.parcial, resultado.entendido) == (False, None)


def test_lo_que_se_parece_no_es_lo_mismo(mercado: Mercado, sesion: Session) -> None:
    """A bag is no bowl, and what was written as it is comes first."""
    for titulo in ("Bolsa de yute", "Bol de madera", "Tela de algodón", "Telar de mesa"):
        mercado.publicar(titulo, descripcion="Nuevo.")
    hallados = {
        q: [p.titulo for p in buscar_productos(sesion, q).productos] for q in ("boles", "bolsas", "telares")
    }
    assert hallados["boles"] == ["Bol de madera"]
    assert hallados["bolsas"] == ["Bolsa de yute"]
    assert hallados["telares"][0] == "Telar de mesa"
