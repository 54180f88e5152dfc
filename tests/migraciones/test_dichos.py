"""What was answered of payments outside before it was kept row by row: said by somebody, or by nobody."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from plataforma.migraciones import migrar
from tests.ayudas.servidores import base_vacia

P = "01900000-0000-7000-8000-0000000000d"
ANTES = f"""
SET session_replication_role = replica;
INSERT INTO comercio_compromiso (pedido_id, entidad_id, certificado_id, certificacion, estado, intentos,
    comprobante, comprobante_fecha, dicho_por, dicho_en, responder_hasta, terminado_en)
SELECT ('{P}' || n)::uuid, gen_random_uuid(), gen_random_uuid(), 'C', estado, 0,
    '44' || n, current_date, 'Carla', now(),
    CASE estado WHEN 'dicho' THEN date_trunc('day', now()) + interval '9 days' END,
    CASE estado WHEN 'recibido' THEN now() END
FROM (VALUES (1, 'recibido'), (2, 'recibido'), (3, 'dicho')) AS v(n, estado);
INSERT INTO nucleo_auditoria (actor_tipo, actor_id, actor_nombre, mandato_id, accion, objeto_tipo, objeto_id,
    datos)
VALUES ('persona', '{P}8', 'Tomasa', '{P}9', 'compromiso.recibir', 'comercio_pedido', '{P}1', '{{}}'),
    ('sistema', NULL, 'compromisos', NULL, 'compromiso.recibir', 'comercio_pedido', '{P}2', '{{}}');
"""


@pytest.fixture
def base(servidores: dict[str, Any]) -> Iterator[str]:
    with base_vacia(servidores, "dichos") as nombre:
        yield nombre


def test_lo_que_se_respondio_no_es_silencio(base: str, servidores: dict[str, Any]) -> None:
    dueno = servidores["url_dueno"].format(base=base)
    migrar(dueno, "0184_ganado_despues")
    with psycopg.connect(servidores["url_admin"].format(base=base)) as conexion:
        conexion.execute(ANTES)
    migrar(dueno)
    with psycopg.connect(dueno) as conexion:
        dichos = conexion.execute(
            "SELECT right(pedido_id::text, 1), numero, que, comprobante, quien"
            " FROM comercio_pago_dicho ORDER BY 1, 2"
        ).fetchall()
        respondieron = conexion.execute(
            "SELECT respondio, right(respondio_id::text, 1), cardinality(respondio_mandatos),"
            " respondio_en = terminado_en, responder_hasta - recordar_en = interval '2 days'"
            " FROM comercio_compromiso ORDER BY pedido_id"
        ).fetchall()
    assert dichos == [
        ("1", 1, "pago", "441", "Carla"),
        ("1", 2, "llego", "441", "Tomasa"),
        ("2", 1, "pago", "442", "Carla"),
        ("2", 2, "silencio", "442", ""),
        ("3", 1, "pago", "443", "Carla"),
    ]
    assert respondieron == [
        ("Tomasa", "8", 1, True, None),
        (None, None, None, None, None),
        (None, None, None, None, True),
    ]
