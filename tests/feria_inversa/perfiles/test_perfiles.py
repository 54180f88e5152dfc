"""Who buys, who sells, what and where: each page says of how many processes and of which days."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from feria_inversa.panorama import contar_mercado, llevar_historia
from feria_inversa.perfiles import calcular_precios
from feria_inversa.perfiles.nombres import es_de_empresa, pagina_de_proveedor
from feria_inversa.perfiles.recientes import Reparto, repartir
from nucleo.eventos import entregar_pendientes
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.datos_abiertos.historias import ejecutada
from tests.feria_inversa.importar.ayudas import CABEZA, renglon, traer
from tests.feria_inversa.perfiles.ayudas import llevar
from tests.feria_inversa.plan.ayudas import EN_MARZO, publicado

MERCADO = "/feria/mercado"
GUANTES = [("Guantes de nitrilo", "CAJA", "100", precio) for precio in ("60", "70", "80", "90", "100")]
ROPA, ANPE = "4213 · Ropa y textiles médicos 5", "ANPE · Apoyo nacional a la producción y empleo 1"
EMPRESA = "Importadora Ñandú S.R.L."


def leer(cliente: TestClient, camino: str) -> str:
    respuesta = cliente.get(f"{MERCADO}/{camino}")
    assert respuesta.status_code == 200, camino
    assert len(respuesta.content) < 60_000
    return " ".join(respuesta.text.replace("\xa0", " ").split())


def renglones(texto: str) -> list[str]:
    """The lines of the tables of a page, without their marks."""
    filas = texto.split("<tr>")[1:]
    return [" ".join(_sin_marcas(fila.split("</tr>")[0]).split()) for fila in filas]


def _sin_marcas(html: str) -> str:
    partes = html.split("<")
    return partes[0] + " ".join(parte.partition(">")[2] for parte in partes[1:])


@pytest.fixture
def historia() -> None:
    """Five processes of gloves of one company in a department, and one of another month without items."""
    llevar(*GUANTES, proveedor=EMPRESA)
    traer(
        CABEZA
        + renglon(9, publicacion="2024-05-02", departamento="Oruro", estado="Desierto", modalidad="ANPE")
    )
    llevar_historia()
    contar_mercado()


@pytest.mark.usefixtures("historia")
@pytest.mark.parametrize(
    ("camino", "dicho", "lineas"),
    [
        (
            "entidades/0389",
            "6 procesos, del 1 de marzo de 2024 al 2 de mayo de 2024.",
            {
                "mar 5",
                "may 1",
                ROPA,
                f"{EMPRESA} 5",
                "ANPE · Apoyo nacional a la producción y empleo 1",
            },
        ),
        (
            "familias/4213",
            "5 procesos, del 1 de marzo de 2024.",
            {"Alcaldía 5", f"{EMPRESA} 5", "La Paz 5", "Mediana Bs 100,00 Bs 80,00"},
        ),
        ("lugares/04", "1 proceso, del 2 de mayo de 2024.", {"Alcaldía 1", "Desiertas 1"}),
        (
            "proveedores/importadora-nandu-srl",
            "5 procesos, del 1 de marzo de 2024. Suman Bs 800,00 en 5 líneas.",
            {"Alcaldía 5", ROPA, "La Paz 5", "mar 5"},
        ),
    ],
)
def test_cada_perfil_dice_de_cuantos(
    cliente: TestClient,
    contar_consultas: Callable[[], Any],
    camino: str,
    dicho: str,
    lineas: set[str],
) -> None:
    leer(cliente, camino)
    with contar_consultas() as sentencias:
        texto = leer(cliente, camino)
    assert len(sentencias) <= 8, list(sentencias)
    assert dicho in texto
    assert lineas <= set(renglones(texto))
    hoja = cliente.get(f"{MERCADO}/{camino}.csv")
    filas = csv.DictReader(io.StringIO(hoja.content.decode("utf-8-sig")), delimiter=";")
    dichas = {f"{fila['cual']} {fila['procesos']}" for fila in filas}
    assert {linea for linea in lineas if "Mediana" not in linea} <= dichas


@pytest.mark.usefixtures("historia")
def test_lo_que_la_historia_no_dice_no_consta(cliente: TestClient) -> None:
    texto = leer(cliente, "entidades/0389")
    assert texto.count("No consta: los archivos de SICOES no lo dicen") == 2
    assert "No consta en 1 proceso." in texto  # what it asked
    assert f'href="{MERCADO}/proveedores/importadora-nandu-srl"' in texto
    assert f'href="{MERCADO}/familias/4213"' in texto
    nombre = leer(cliente, "proveedores/importadora-nandu-srl")
    assert "un nombre no es una identidad" in nombre
    assert "/unidades/" not in nombre.partition("<main")[2].partition("</main>")[0]


@pytest.mark.usefixtures("historia")
def test_cada_perfil_lleva_a_lo_demas(cliente: TestClient) -> None:
    """To its seasons and flags, and to be told; of an entity that was never here, nobody can be told."""
    entidad, familia = leer(cliente, "entidades/0389"), leer(cliente, "familias/4213")
    for texto, suyo in ((entidad, "entidad=0389"), (familia, "familia=4213")):
        assert "Muy poco para decir en qué meses se compra: hay 0 de 3 años enteros." in texto
        assert f'href="{MERCADO}/temporada?{suyo}"' in texto
        assert cliente.get(f"{MERCADO}/temporada?{suyo}").status_code == 200
    assert f'href="{MERCADO}/banderas?entidad=0389"' in entidad
    assert 'id="alertas"' not in entidad
    assert "Lo que se pida de «Ropa y textiles médicos» (UNSPSC 4213)" in familia


def test_lo_que_ninguna_linea_dice_no_consta(cliente: TestClient) -> None:
    llevar(*GUANTES, unspsc="", proveedor=EMPRESA)
    texto = leer(cliente, "proveedores/importadora-nandu-srl")
    assert "No consta en 5 procesos." in texto


def test_de_quien_puede_ser_una_persona_no_hay_perfil(cliente: TestClient) -> None:
    llevar(*GUANTES, proveedor="María Quispe Mamani")
    texto = leer(cliente, "entidades/0389")
    assert "María Quispe Mamani 5" in renglones(texto)
    assert "maria-quispe-mamani" not in texto
    for clave in ("maria-quispe-mamani", "MARIA-QUISPE-MAMANI", "p-1"):
        assert cliente.get(f"{MERCADO}/proveedores/{clave}").status_code == 404
        assert cliente.get(f"{MERCADO}/proveedores/{clave}.csv").status_code == 404
    assert not es_de_empresa("p-d0ee6ae70e")
    assert es_de_empresa("cooperativa-la-unidad-ltda")
    assert not es_de_empresa("empresa-unipersonal-maria-quispe-mamani")
    assert pagina_de_proveedor("maria-quispe-mamani") is None


def test_lo_que_se_publico_despues_de_contar_tiene_su_pagina(feria: Feria, cliente: TestClient) -> None:
    contar_mercado()
    feria.publicada()
    entregar_pendientes()
    for camino in ("familias/5612", "entidades/1101"):
        assert "Mobiliario escolar" in cliente.get(f"/feria/mercado?{_filtro(camino)}").text
        assert cliente.get(f"{MERCADO}/{camino}").status_code == 200, camino


def _filtro(camino: str) -> str:
    que, cual = camino.split("/")
    return f"{'familia' if que == 'familias' else 'entidad'}={cual}"


def test_lo_que_no_existe_y_lo_mal_escrito(cliente: TestClient) -> None:
    for camino, estado in (
        ("entidades/9999", 404),
        ("entidades/99999", 404),
        ("familias/9999", 404),
        ("familias/42", 404),
        ("lugares/10", 404),
        ("proveedores/UE-0000000-0", 404),
    ):
        assert cliente.get(f"{MERCADO}/{camino}").status_code == estado, camino
    assert "Ningún proceso todavía" in leer(cliente, "lugares/09")


def test_uno_de_aqui_por_su_numero(cliente: TestClient, feria: Feria, reloj: Any, sesion: Any) -> None:
    ejecutada(feria, reloj)
    entregar_pendientes()
    calcular_precios()
    numero, codigo = (
        sesion.connection()
        .exec_driver_sql(
            "SELECT i.proveedor_numero, p.entidad_codigo FROM feria_mercado_item i"
            " JOIN feria_mercado_proceso p ON p.id = i.proceso_id WHERE i.proveedor_numero IS NOT NULL"
            " ORDER BY i.lugar LIMIT 1"
        )
        .one()
    )
    suyo = leer(cliente, f"proveedores/{numero}")
    assert f'href="/unidades/{numero}"' in suyo
    assert "1 proceso, del" in suyo
    entidad = leer(cliente, f"entidades/{codigo}")
    assert f'href="{MERCADO}/proveedores/{numero}"' in entidad
    assert entidad.count("Muy poco para decirlo: consta en 1 proceso.") == 2
    assert "Lo que publique Gobierno Municipal Prueba" in entidad


def test_el_reparto_dice_numeros_que_hubo() -> None:
    assert repartir([None, 3, 1, None, 2, 9]) == Reparto(4, None)
    assert repartir([5, 3, 1, 2, 9, None]) == Reparto(5, (1, 2, 3, 5, 9))


def test_de_quien_solo_hay_un_plan_se_dice_quien_es(cliente: TestClient, feria: Feria, reloj: Any) -> None:
    reloj.situar(EN_MARZO)
    publicado(feria)
    entregar_pendientes()
    texto = leer(cliente, "entidades/1101")
    for dicho in (
        "<h1>Gobierno Municipal Prueba</h1>",
        "Ningún proceso todavía: solo lo planificado.",
        "Lo que prevea Gobierno Municipal Prueba",
        "Refacción del mercado central",
    ):
        assert dicho in texto, dicho
