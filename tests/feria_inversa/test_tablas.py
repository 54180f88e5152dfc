"""What the database itself refuses."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session


def test_dos_valores_de_una_modalidad_no_rigen_el_mismo_dia(sesion: Session) -> None:
    copiar = text(
        "INSERT INTO feria_modalidad SELECT gen_random_uuid(), codigo, nombre, norma, nota, confirmado, "
        "'2026-05-01', NULL, monto_desde, monto_hasta, dias_minimos, dias_impugnacion, metodo_ocds "
        "FROM feria_modalidad WHERE codigo = 'CM'"
    )
    with pytest.raises(IntegrityError, match="ex_feria_modalidad_vigencia"):
        sesion.connection().execute(copiar)
