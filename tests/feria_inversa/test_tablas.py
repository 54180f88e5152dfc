"""What the database itself refuses."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session


def test_dos_valores_de_una_regla_no_rigen_el_mismo_dia(sesion: Session) -> None:
    copiar = text(
        "INSERT INTO feria_regla SELECT gen_random_uuid(), modalidad_id, clave, 7, confirmado, fuente, nota, "
        "'2026-05-01', NULL FROM feria_regla WHERE clave = 'dias_minimos'"
    )
    with pytest.raises(IntegrityError, match="ex_feria_regla_vigencia"):
        sesion.connection().execute(copiar)


@pytest.mark.parametrize(
    "sentencia",
    [
        "UPDATE feria_regla SET valor = 1 WHERE clave = 'dias_minimos'",
        "UPDATE feria_regla SET confirmado = NOT confirmado",
        "DELETE FROM feria_regla",
    ],
)
def test_una_regla_solo_termina(duenio: Engine, sentencia: str) -> None:
    with pytest.raises(IntegrityError, match="a rule only ends"), duenio.begin() as conexion:
        conexion.execute(text(sentencia))
