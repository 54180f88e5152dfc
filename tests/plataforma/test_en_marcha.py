"""The shared running platform, seen from outside: where its files lie, and its other commands."""

from tests.ayudas.viva import PlataformaViva, abiertos_a_otros


def test_lo_subido_queda_en_su_carpeta_de_nombre_dificil(plataforma_viva: PlataformaViva) -> None:
    """The pictures of the demonstration land inside the data folder, which is closed to others."""
    datos = plataforma_viva.datos
    assert " " in datos.name
    assert "ñ" in datos.name
    assert len([a for a in (datos / "archivos").rglob("*") if a.is_file()]) > 100
    assert not list(datos.parent.glob("*%20*"))
    assert abiertos_a_otros(datos) == []


def test_token_de_quien_nunca_ingreso(plataforma_viva: PlataformaViva) -> None:
    assert plataforma_viva.token("nueva") != plataforma_viva.token("ana")
