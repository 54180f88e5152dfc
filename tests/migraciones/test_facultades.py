"""The written rule for mandates granted before CONSULTAR, PRESENTAR, FIRMAR, BUZON and acceptances."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from plataforma.migraciones import migrar
from tests.ayudas.servidores import base_vacia
from tests.registro.mandatos.test_facultades import REGLA


@pytest.fixture
def base(servidores: dict[str, Any]) -> Iterator[str]:
    with base_vacia(servidores, "facultades") as nombre:
        yield servidores["url_dueno"].format(base=nombre)


def test_los_mandatos_de_antes_siguen_la_regla(base: str) -> None:
    migrar(base, "0022_calendario")
    with psycopg.connect(base) as conexion:
        conexion.execute(
            "INSERT INTO registro_unidad (id, numero, tipo, estado, denominacion, version, secuencia, huella,"
            " creado_en, actualizado_en) SELECT gen_random_uuid(), numero, 'COOPERATIVA', 'borrador', nombre,"
            " 1, 1, '', now(), now() FROM (VALUES ('UE-0000001-3', 'Una'), ('UE-0000002-1', 'Otra'))"
            " AS v (numero, nombre)"
        )
        for n, (facultades, _) in enumerate(REGLA):
            conexion.execute(
                "INSERT INTO registro_mandato (id, unidad_id, apoderado_unidad_id, facultades, monto_limite,"
                " valido_desde, firmas_requeridas, subdelegable, creado_en) SELECT gen_random_uuid(), a.id,"
                " b.id, %s, %s, '2025-01-02 12:00Z', 1, false, '2025-01-02 12:00Z' FROM registro_unidad a,"
                " registro_unidad b WHERE a.denominacion = 'Una' AND b.denominacion = 'Otra'",
                [facultades, n + 1],
            )
    migrar(base, "0023_facultades")
    with psycopg.connect(base) as conexion:
        filas = conexion.execute(
            "SELECT facultades, aceptado_en = creado_en, registro_mandato_vigente(m, '2025-01-02 12:00Z') "
            "FROM registro_mandato m ORDER BY monto_limite"
        ).fetchall()
        assert filas == [(ahora, True, True) for _, ahora in REGLA]
        with pytest.raises(psycopg.errors.RestrictViolation):
            conexion.execute("UPDATE registro_mandato SET facultades = ARRAY['REGULAR']")
