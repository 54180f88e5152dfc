"""Of the history that there is, one month and what a search found of three years, no season can be told."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from feria_inversa.panorama import llevar_historia
from feria_inversa.temporada import estacion
from feria_inversa.temporada.consultas import meses
from feria_inversa.temporada.perfil import Falta
from tests.feria_inversa.importar.ayudas import CABEZA, DE_SICOES, MES, consultar, renglon, traer

VISTO = date(2026, 7, 1)


@pytest.mark.skipif(not MES.is_file(), reason="faltan los datos externos (QHATU_DATOS_EXTERNOS)")
def test_de_lo_que_hay_se_dice_muy_poco(
    bd: Engine, sesion: Session, cliente: Any, contar_consultas: Any
) -> None:
    for ruta in DE_SICOES.values():
        traer(ruta, visto_en=VISTO)
    llevar_historia()
    assert meses(sesion).conocidos == [(2024, 3)]
    assert meses(sesion, familia="5310").conocidos == [], "the month does not say what each call asks for"
    familias = [f for (f,) in consultar(bd, "SELECT DISTINCT familia FROM feria_mercado_item") if f]
    assert len(familias) > 100
    dichas = [estacion(sesion, familia=familia) for familia in familias[:20]]
    assert {d.temporada.falta for d in dichas} == {Falta.ANIOS}
    assert {len(d.serie) for d in dichas} == {0}
    ((entidad, cuantos),) = consultar(
        bd,
        "SELECT entidad_codigo, count(*) FROM feria_mercado_proceso WHERE mes = 3 AND gestion = 2024"
        " AND publicado >= '2024-03-01' AND publicado < '2024-04-01'"
        " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1",
    )
    suya = estacion(sesion, entidad=entidad)
    assert (suya.serie, suya.temporada.falta) == ({(2024, 3): cuantos}, Falta.ANIOS)
    sesion.rollback()
    with contar_consultas() as sentencias:
        pagina = cliente.get(f"/feria/mercado/temporada?entidad={entidad}").text
    assert len([s for s in sentencias if "feria_" in s]) <= 2
    assert "Muy poco para decir en qué meses se compra: hay 0 de 3 años enteros." in pagina
    assert (pagina.count("no consta</td>"), f"<td>{cuantos}</td>" in pagina) == (11, True)
    assert len(pagina) < 60_000
    hoja = cliente.get(f"/feria/mercado/temporada.csv?entidad={entidad}").text
    assert hoja.splitlines() == ["\ufeffanio;mes;procesos", f"2024;3;{cuantos}"]
    fechada = next(f for f, dicha in zip(familias, dichas, strict=False) if dicha.dias)
    de_familia = cliente.get(f"/feria/mercado/temporada?familia={fechada}").text
    assert "De ningún mes se importó la lista entera" in de_familia
    assert f'href="/feria/mercado/familias/{fechada}"' in de_familia
    assert f'href="/feria/mercado/entidades/{entidad}"' in pagina


def test_un_mes_a_medias_no_cubre(bd: Engine, sesion: Session) -> None:
    """Fourteen days of a month are not a month."""
    for dias, cubierto in ((range(1, 15), []), (range(15, 16), [(2024, 5)])):
        filas = [renglon(n, publicacion=f"2024-05-{n:02}", presentacion="2024-06-03") for n in dias]
        traer(CABEZA + "".join(filas), visto_en=VISTO)
        llevar_historia()
        sesion.rollback()
        assert meses(sesion).conocidos == cubierto


def test_un_mes_que_no_habia_terminado_no_cubre(bd: Engine, sesion: Session) -> None:
    """Seen on its twenty-first day, it is not known what its last ones had."""
    filas = [renglon(n, publicacion=f"2024-05-{n:02}", presentacion="2024-06-03") for n in range(1, 22)]
    for cuantas, visto, cubierto in (
        (20, date(2024, 5, 21), []),
        (21, date(2024, 6, 1), [(2024, 5)]),
    ):
        traer(CABEZA + "".join(filas[:cuantas]), visto_en=visto)
        llevar_historia()
        sesion.rollback()
        assert meses(sesion).conocidos == cubierto


@pytest.mark.parametrize("mala", ["familia=12", "entidad=x", "familia=abcd"])
def test_lo_mal_pedido_se_rechaza(cliente: Any, mala: str) -> None:
    assert cliente.get(f"/feria/mercado/temporada?{mala}").status_code == 422
