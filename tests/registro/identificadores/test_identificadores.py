"""Identifiers by scheme: format only, normalised, and what is refused."""

import pytest

from empresa_digital.registro import TipoUnidad
from empresa_digital.registro.identificadores.errores import IdentificadorInvalido
from empresa_digital.registro.identificadores.formatos import esquemas_para, normalizar_identificador


@pytest.mark.parametrize(
    ("esquema", "escrito", "guardado"),
    [
        ("BO-NIT", "1023456017", "1023456017"),
        ("BO-NIT", " 102-345.6017 ", "1023456017"),
        ("BO-NIT", "1234", "1234"),
        ("BO-NIT", "1234567890123", "1234567890123"),
        ("BO-CINS", "1201", "1201"),
        ("BO-LICOP", "lo-001/2026", "LO-001/2026"),
        ("BO-COOP", "rc 0101", "RC0101"),
    ],
)
def test_formato_valido(esquema: str, escrito: str, guardado: str) -> None:
    assert normalizar_identificador(esquema, escrito) == guardado


@pytest.mark.parametrize(
    ("esquema", "escrito"),
    [
        ("BO-NIT", "123"),
        ("BO-NIT", "1234567890123456"),
        ("BO-NIT", "12a456"),
        ("BO-NIT", "١٢٣٤٥"),
        ("BO-CINS", ""),
        ("XX-NADA", "1"),
        ("BO-LICOP", "<script>"),
    ],
)
def test_formato_que_no_vale(esquema: str, escrito: str) -> None:
    with pytest.raises(IdentificadorInvalido):
        normalizar_identificador(esquema, escrito)


def test_cada_tipo_tiene_sus_esquemas() -> None:
    de_entidad = {e.codigo for e in esquemas_para(TipoUnidad.ENTIDAD_PUBLICA)}
    de_empresa = {e.codigo for e in esquemas_para(TipoUnidad.EMPRESA)}
    assert "BO-CINS" in de_entidad
    assert "BO-CINS" not in de_empresa
    assert {"BO-NIT", "BO-MATRICULA"} <= de_empresa
