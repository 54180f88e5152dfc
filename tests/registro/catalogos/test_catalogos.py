"""Reference tables as the migration loads them."""

from datetime import date

import pytest
from sqlalchemy import func
from sqlmodel import Session, select

from empresa_digital.registro import (
    TipoUnidad,
    actividad,
    actividades,
    departamentos,
    formas_legales,
    lugar,
    municipios,
)
from empresa_digital.registro.catalogos.consultas import municipio
from empresa_digital.registro.catalogos.modelos import Actividad, FormaLegal, Municipio, Provincia


def test_cuantos_hay(sesion: Session) -> None:
    def contar(tabla: type) -> int:
        return sesion.exec(select(func.count()).select_from(tabla)).one()

    assert len(departamentos(sesion)) == 9
    assert contar(Provincia) == 112
    assert contar(Municipio) == 337
    assert contar(Actividad) == 21 + 88 + 419
    assert contar(FormaLegal) == 27


def test_valores_exactos_y_version_fechada(sesion: Session) -> None:
    la_paz = municipio(sesion, "020101")
    assert la_paz is not None
    assert (la_paz.nombre, la_paz.otro_nombre) == ("La Paz", "Nuestra Señora de La Paz")
    assert (la_paz.vigente_desde, la_paz.vigente_hasta) == (date(2019, 1, 1), None)
    assert lugar(sesion, "070102") == "Cotoca, Santa Cruz"
    tejidos = actividad(sesion, "1391")
    assert tejidos is not None
    assert tejidos.nombre == "Fabricación de tejidos de punto y ganchillo"
    assert (tejidos.padre, tejidos.seccion) == ("13", "C")
    assert municipio(sesion, "999999") is None
    assert municipio(sesion, None) is None


@pytest.mark.parametrize(
    ("q", "esperado"),
    [("potosi", "050101"), ("NUÑEZ", None), ("muyupampa", "011001"), ("%", None), ("\x00", None)],
)
def test_buscar_municipio_sin_acentos(sesion: Session, q: str, esperado: str | None) -> None:
    hallados = [m.ine for m in municipios(sesion, q)]
    if q == "\x00":
        assert len(hallados) >= 1  # nothing but blanks: names with a space
    elif esperado is None:
        assert hallados == []
    else:
        assert esperado in hallados


def test_buscar_actividad(sesion: Session) -> None:
    assert "3100" in [a.codigo for a in actividades(sesion, "mueble")]
    assert [a.codigo for a in actividades(sesion, "1391")] == ["1391"]
    assert len(actividades(sesion, "47")) > 20


def test_formas_de_cada_tipo(sesion: Session) -> None:
    assert [f.codigo for f in formas_legales(sesion, TipoUnidad.COOPERATIVA)] == ["BO-COOP"]
    for tipo in TipoUnidad:
        assert formas_legales(sesion, tipo), tipo
