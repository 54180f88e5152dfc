"""What is the same thing: the rule of words and units, and the whole file of real items put through it."""

import csv
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from feria_inversa.panorama import llevar_historia
from feria_inversa.perfiles import calcular_precios
from tests.feria_inversa.importar.ayudas import DE_SICOES, consultar, traer

GUANTES = (
    "GUANTES DE NITRILO",
    "Guante nitrilo.",
    "guantes de  NITRILO,",
    "ADQUISICIÓN DE GUANTES DE NITRILO",
)
KN95 = ("Barbijos KN-95", "BARBIJO KN95", "barbijos kn 95")


def que_es(bd: Engine, *textos: str, de_historia: str | None = None) -> list[str | None]:
    sql = "SELECT feria_lo_que_es(:texto, :codigo)"
    return [consultar(bd, sql, texto=texto, codigo=de_historia)[0][0] for texto in textos]


def test_dos_maneras_de_escribirlo_son_una(bd: Engine) -> None:
    assert set(que_es(bd, *GUANTES)) == {"guant nitril"}
    assert set(que_es(bd, *KN95)) == {"95 barbij kn"}
    assert set(que_es(bd, "Alcohol en gel 1LT", "alcohol gel de 1 litro")) == {"1 alcohol gel litr"}
    assert set(que_es(bd, "Jarabe 0,5 mg x 100cc", "JARABE 0.5mg 100 ml")) == {"0.5 100 jarab mg ml"}
    assert set(que_es(bd, "Guantes N° 7", "GUANTE Nro. 7")) == {"7 guant"}
    assert que_es(bd, "", " - ", "de la") == [None, None, None]


def test_otra_medida_u_otra_cosa_es_otra(bd: Engine) -> None:
    distintas = (
        "alcohol 500 ml",
        "alcohol 250 ml",
        "alcohol 500 litros",
        "alcohol",
        "barbijo n95",
        "barbijo kn95",
    )
    assert len(set(que_es(bd, *distintas))) == len(distintas)


def test_el_rubro_que_antepone_el_sicoes_no_es_la_cosa(bd: Engine) -> None:
    """Before « - », of a code that has a class; of what is of here (no code is given) it is part of it."""
    de_sicoes = "Guantes de cirugía - GUANTES DE NITRILO"
    assert que_es(bd, de_sicoes, de_historia="42132200") == ["guant nitril"]
    assert que_es(bd, de_sicoes, de_historia="42130000") == que_es(bd, de_sicoes) == ["cirugi guant nitril"]
    assert que_es(bd, "GUANTES DE NITRILO - ", de_historia="42132200") == ["guant nitril"]


def test_sin_unidad_que_diga_algo_no_se_compara(bd: Engine) -> None:
    def racimo(unidad: str | None, contenido: str | None = None, de: str | None = None) -> str:
        sql = "SELECT feria_racimo('guant', :u, CAST(:c AS numeric), :d)"
        return str(consultar(bd, sql, u=unidad, c=contenido, d=de)[0][0])

    for unidad in (None, "global", "servicio", "lote", "obra", "conjunto"):
        assert racimo(unidad) == "None"
    assert racimo("caja", "100") == racimo("caja", "100.0000")
    cuatro = (racimo("caja"), racimo("caja", "100"), racimo("caja", "50"), racimo("bolsa", "40", "kilogramo"))
    assert len(set(cuatro)) == 4


_GUANTES = """
    SELECT p.que, p.precios, p.procesos, p.entidades, p.desde, p.hasta, p.minimo, p.cuartil_1, p.mediana,
        p.cuartil_3, p.maximo, p.distintos, p.sin_precio
    FROM feria_mercado_racimo r JOIN feria_mercado_precio p ON p.racimo_id = r.id
    WHERE r.palabras = ARRAY['guant', 'nitril'] AND r.unidad = 'caja' AND r.contenido IS NULL ORDER BY p.que
"""
_JUNTOS = """
    SELECT count(*) FROM feria_mercado_item a JOIN feria_mercado_item b ON b.racimo = a.racimo
    WHERE a.unspsc = b.unspsc AND a.descripcion ~* 'reactivo|medio de cultivo'
        AND b.descripcion ~* 'traje|overol|barbijo|guante'
"""
_DICEN = """
    SELECT count(*) FROM feria_mercado_precio
    WHERE que = 'adjudicado' AND precios >= 5 AND procesos >= 3 AND cuartil_3 <= 3 * cuartil_1
"""


@pytest.mark.skipif(
    not DE_SICOES["items"].is_file(), reason="faltan los datos externos (QHATU_DATOS_EXTERNOS)"
)
def test_los_items_de_sicoes(bd: Engine) -> None:
    for formato in ("procesos", "items"):
        traer(DE_SICOES[formato], visto_en=date(2026, 7, 1))
    llevar_historia()
    assert calcular_precios() > 0
    assert calcular_precios() == 0
    assert consultar(
        bd, "SELECT count(*), count(racimo), count(DISTINCT racimo) FROM feria_mercado_item"
    ) == [(14981, 13621, 10159)]
    assert consultar(bd, _DICEN) == [(39,)]
    assert consultar(bd, _JUNTOS) == [(0,)]
    adjudicado, referencial = consultar(bd, _GUANTES)
    _los_del_archivo(adjudicado)
    assert referencial == (
        "referencial",
        *(8, 8, 7, date(2020, 7, 7), date(2021, 7, 1)),
        *map(Decimal, ("100", "100", "110", "110", "130")),
        *(3, 20),
    )


def _los_del_archivo(fila: tuple[object, ...]) -> None:
    """The same by Python, from the file: its gloves of nitrile by the box, under whatever code."""
    with DE_SICOES["items"].open(encoding="utf-8") as archivo:
        filas = [
            f
            for f in csv.DictReader(archivo)
            if f["unidad_de_medida"].strip(" .").lower() in ("caja", "cajas", "cja")
            and f["descripcion_del_bien_o_servicio"].rpartition(" - ")[2].upper().strip(" .,")
            in ("GUANTES DE NITRILO", "GUANTES NITRILO", "GUANTE DE NITRILO")
            and f["precio_unitario_adjudicado"]
        ]
    sirven = [f for f in filas if _cuadra(f)]
    assert len({f["codigo_unspsc"] for f in sirven}) > 4
    diezmilesimas = Decimal("0.0001")  # the file has 180.23999999999998
    precios = sorted(Decimal(f["precio_unitario_adjudicado"]).quantize(diezmilesimas) for f in sirven)
    cuartiles = [precios[-(-len(precios) * k // 4) - 1] for k in (1, 2, 3)]
    procesos = {f["cuce"].replace(" ", "") for f in sirven}
    entidades = {cuce.split("-")[1] for cuce in procesos}
    assert fila[:4] == ("adjudicado", len(precios), len(procesos), len(entidades))
    assert fila[6:11] == (precios[0], *cuartiles, precios[-1])
    assert fila[11:] == (len(filas) - len(precios), 0)


def _cuadra(fila: dict[str, str]) -> bool:
    cantidad, precio, total = (
        Decimal(fila[columna]) for columna in ("cantidad", "precio_unitario_adjudicado", "total_adjudicado")
    )
    return abs(cantidad * precio - total) <= Decimal("0.05")
