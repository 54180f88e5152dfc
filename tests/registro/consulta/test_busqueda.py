"""Search: by name with mistakes, number, NIT, place, activity; pages; and names that look alike."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from empresa_digital.registro import TipoUnidad, buscar_unidades, inscripcion
from empresa_digital.registro.unidades.parecidas import nombre_desnudo, puntaje, unidades_parecidas
from nucleo.paginacion import CursorPedido
from tests.registro.conftest import Autoridad

Crear = Callable[..., Any]


@pytest.fixture
def registro(crear_unidad: Crear) -> dict[str, Any]:
    return {
        "tejidos": crear_unidad(
            "Cooperativa de Tejidos Illimani",
            municipio_ine="020101",
            actividad_ciiu="1391",
            identificadores={"BO-NIT": "1023456017"},
            descripcion="Chompas de alpaca",
        ),
        "cafe": crear_unidad(
            "Caficultores de Caranavi", tipo="OECA", municipio_ine="022001", actividad_ciiu="0127"
        ),
        "muebles": crear_unidad(
            "Mario Quispe",
            tipo="PERSONA_NATURAL",
            nombre_comercial="Carpintería El Cedro",
            municipio_ine="030901",
            actividad_ciiu="3100",
            actividades=["1622"],
        ),
        "potosi": crear_unidad(
            "Platería del Cerro", tipo="EMPRESA", municipio_ine="050101", actividad_ciiu="3211"
        ),
    }


@pytest.mark.parametrize(
    ("q", "primera"),
    [
        ("Tejidos Illimani", "tejidos"),
        ("tejido", "tejidos"),
        ("TEJIDOS ILIMANI", "tejidos"),
        ("tegidos", "tejidos"),
        ("alpacas", "tejidos"),
        ("1023456017", "tejidos"),
        ("102-345.6017", "tejidos"),
        ("caficultor caranavi", "cafe"),
        ("carpinteria", "muebles"),
        ("El Sedro", "muebles"),
        ("muebles", "muebles"),
        ("quillacollo", "muebles"),
        ("3211", "potosi"),
        ("potosí", "potosi"),
        ("plateria", "potosi"),
    ],
)
def test_se_encuentra(sesion: Session, registro: dict[str, Any], q: str, primera: str) -> None:
    halladas, _siguiente = buscar_unidades(sesion, q)
    assert [u.id for u in halladas][:1] == [registro[primera].id]


def test_por_numero_de_cualquier_manera(sesion: Session, registro: dict[str, Any]) -> None:
    numero = registro["potosi"].numero
    for escrito in (numero, numero.lower(), numero.replace("-", " "), numero[3:]):
        halladas, _siguiente = buscar_unidades(sesion, escrito)
        assert halladas[0].numero == numero, escrito


@pytest.mark.parametrize(
    "q", ["zzzz", "\x00", "%", "_", "'; DROP TABLE registro_unidad; --", "a" * 500, "(", "\\"]
)
def test_consultas_raras(sesion: Session, registro: dict[str, Any], q: str) -> None:
    buscar_unidades(sesion, q)
    assert len(buscar_unidades(sesion)[0]) == 4


def test_filtros(sesion: Session, registro: dict[str, Any]) -> None:
    def claves(**filtros: Any) -> set[str]:
        ids = {u.id for u in buscar_unidades(sesion, **filtros)[0]}
        return {clave for clave, unidad in registro.items() if unidad.id in ids}

    assert claves(municipio="02") == {"tejidos", "cafe"}
    assert claves(municipio="0220") == {"cafe"}
    assert claves(municipio="050101") == {"potosi"}
    assert claves(tipo=TipoUnidad.PERSONA_NATURAL) == {"muebles"}
    assert claves(actividad="C") == {"tejidos", "muebles", "potosi"}
    assert claves(actividad="31") == {"muebles"}
    assert claves(actividad="1622") == {"muebles"}  # a secondary activity counts
    assert claves(municipio="%") == set()
    assert claves(q="de", municipio="02") <= {"tejidos", "cafe"}


def test_paginas_sin_repetir_ni_saltar(sesion: Session, crear_unidad: Crear) -> None:
    creadas = {crear_unidad(f"Cooperativa Número {n}").id for n in range(7)}
    for q in ("", "cooperativa"):
        vistas: list[Any] = []
        cursor = None
        while True:
            filas, cursor = buscar_unidades(sesion, q, pagina=CursorPedido(cursor, 3))
            assert len(filas) <= 3
            vistas += [u.id for u in filas]
            if cursor is None:
                break
        assert len(vistas) == 7
        assert set(vistas) == creadas


def test_lo_no_inscrito_no_se_encuentra(
    sesion: Session, autoridad: Autoridad, crear_persona: Crear, actor_de: Crear, borrador: Crear
) -> None:
    ana = actor_de(crear_persona("Ana"))
    unidad = borrador(ana, "Secreta Unidad", identificadores={"BO-NIT": "55555"})
    for q in ("Secreta", "55555", unidad.numero):
        assert buscar_unidades(sesion, q)[0] == []
    inscripcion.presentar(sesion, ana, unidad.id)
    assert buscar_unidades(sesion, "Secreta")[0] == []
    inscripcion.inscribir(sesion, autoridad.actor, unidad.id)
    assert [u.id for u in buscar_unidades(sesion, "Secreta")[0]] == [unidad.id]
    inscripcion.cancelar(sesion, ana, unidad.id, "fin")
    assert buscar_unidades(sesion, "Secreta")[0] == []


# --- Names that look alike -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nombre", "desnudo"),
    [
        ("Cooperativa de Tejidos «Illimani» R.L.", "tejidos illimani"),
        ("Ferretería El Perno S.R.L.", "ferreteria perno"),
        ("FERRETERIA EL PERNO SRL", "ferreteria perno"),
        ("Sociedad Anónima", "sociedad anonima"),
    ],
)
def test_nombre_sin_forma_legal(nombre: str, desnudo: str) -> None:
    assert nombre_desnudo(nombre) == desnudo


def test_puntajes() -> None:
    assert puntaje("Ferretería El Perno S.R.L.", "FERRETERIA EL PERNO SA") == 100
    assert puntaje("El Perno Ferretería", "Ferretería El Perno") == 100
    assert puntaje("Tejidos Illimani", "Tejido Ilimani") >= 90
    assert puntaje("Tejidos Illimani", "Café de Caranavi") < 50


def test_parecidas_se_muestran_y_no_se_unen(
    sesion: Session, registro: dict[str, Any], crear_persona: Crear, actor_de: Crear, borrador: Crear
) -> None:
    ana = actor_de(crear_persona("Ana"))
    nueva = borrador(ana, "Tejido Ilimani S.R.L.", tipo="EMPRESA", forma_legal="PM48")
    halladas = unidades_parecidas(sesion, nueva.denominacion, excepto=nueva.id)
    assert [p.unidad.id for p in halladas] == [registro["tejidos"].id]
    assert halladas[0].puntaje >= 90
    assert unidades_parecidas(sesion, "Carpinteria el Cedro")[0].unidad.id == registro["muebles"].id
    assert unidades_parecidas(sesion, "Constructora del Sur") == []
    assert unidades_parecidas(sesion, "S.A.") == []
    assert inscripcion.presentar(sesion, ana, nueva.id).estado == "presentada"
