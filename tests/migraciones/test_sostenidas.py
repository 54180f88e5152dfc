"""Offers that said «usada» or «liberada», two states that an order only passed through, were let go."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from plataforma.migraciones import migrar
from tests.ayudas.servidores import base_vacia

ANTES = """
SET session_replication_role = replica;
INSERT INTO comercio_existencia (id, variante_id, lugar_id, vendedor_id, unidad_medida, existencia, reservado)
    VALUES ('01900000-0000-7000-8000-0000000000e1', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),
            'unidad', 10, 7);
INSERT INTO comercio_oferta_sostenida (id, entidad_id, entidad, vendedor_id, producto_id, variante_id,
    existencia_id, titulo, sku, unidad_medida, cantidad, precio, importe, dias, estado, persona_id,
    mandato_id, pedida_en, vence_en, sostenida_en, respondio, motivo, orden_id, terminada_en)
SELECT gen_random_uuid(), gen_random_uuid(), 'Municipio', gen_random_uuid(), gen_random_uuid(),
    gen_random_uuid(), '01900000-0000-7000-8000-0000000000e1', 'Chompa', 'X', 'unidad', n, 100, 100 * n, 5,
    estado, gen_random_uuid(), gen_random_uuid(), now(),
    CASE estado WHEN 'sostenida' THEN now() + interval '5 days' END, now(), 'Ana', '',
    CASE WHEN estado <> 'sostenida' THEN gen_random_uuid() END,
    CASE WHEN estado IN ('cumplida', 'liberada') THEN now() END
FROM (VALUES ('usada', 3), ('sostenida', 4), ('liberada', 2), ('cumplida', 1)) AS v(estado, n);
"""


@pytest.fixture
def base(servidores: dict[str, Any]) -> Iterator[str]:
    with base_vacia(servidores, "sostenidas") as nombre:
        yield nombre


def test_lo_que_ninguna_orden_tenia_vuelve_a_la_venta(base: str, servidores: dict[str, Any]) -> None:
    dueno = servidores["url_dueno"].format(base=base)
    migrar(dueno, "0176_sobres_que_constan")
    with psycopg.connect(servidores["url_admin"].format(base=base)) as conexion:
        conexion.execute(ANTES)
    migrar(dueno)
    with psycopg.connect(dueno) as conexion:
        ofertas = conexion.execute(
            "SELECT cantidad::int, estado, orden_id IS NOT NULL, terminada_en IS NOT NULL"
            " FROM comercio_oferta_sostenida ORDER BY cantidad"
        ).fetchall()
        (hay,) = conexion.execute(
            "SELECT existencia::int, reservado::int FROM comercio_existencia"
        ).fetchall()
    assert ofertas == [
        (1, "cumplida", True, True),
        (2, "retirada", False, True),
        (3, "retirada", False, True),
        (4, "sostenida", False, False),
    ]
    assert hay == (10, 4)
