"""Purchases that were there before parties and charges: the same buyers, the same sums."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from plataforma.migraciones import migrar
from tests.ayudas.servidores import base_vacia

ANTES = "0096_recojo_sin_paso"
P = "01900000-0000-7000-8000-00000000000"
DATOS = f"""
SET session_replication_role = replica;  -- the rest of the room is of no matter here
INSERT INTO registro_unidad (id, numero, tipo, estado, denominacion, version, secuencia, huella, creado_en,
        actualizado_en)
    VALUES ('{P}9', 'UE-0000001-3', 'COOPERATIVA', 'borrador', 'Tejidos', 1, 1, 'a', now(), now());
INSERT INTO ciudadania_persona (id, ci, nombres, primer_apellido, nivel, creado_en, actualizado_en)
    VALUES ('{P}1', '1234567', 'Ana', 'Prueba', 2, now(), now());
INSERT INTO comercio_compra (id, comprador_id, total, huella, destinatario, telefono, municipio_ine, lugar,
        referencia)
    SELECT ('{P}' || n)::uuid, '{P}1', 800, 'h', 'Ana', '71234567', '020101', 'La Paz', 'Puerta verde'
    FROM (VALUES (2), (3)) c (n);
INSERT INTO comercio_pedido (id, numero, compra_id, vendedor_id, vendedor_nombre, vendedor_numero,
        comprador_id, modalidad, estado, total, peso_g, dias_de_elaboracion, despachar_hasta, version)
    SELECT ('{P}' || n)::uuid, 'P-' || n, ('{P}' || c)::uuid, '{P}9', 'V', 'V', '{P}1', m, 'pagado', 800,
        1, 0, now(), 1
    FROM (VALUES (4, 2, 'envio'), (5, 3, 'servicio')) p (n, c, m);
INSERT INTO comercio_pedido_linea (id, pedido_id, producto_id, variante_id, existencia_id, sku, titulo,
        opcion, unidad_medida, precio, cantidad, importe)
    SELECT ('{P}' || n)::uuid, ('{P}' || p)::uuid, '{P}0', ('{P}' || n)::uuid, '{P}0', 'S', 'Chompa', '',
        'unidad', i, 1, i
    FROM (VALUES (6, 4, 300), (7, 4, 500), (8, 5, 800)) l (n, p, i);
INSERT INTO comercio_pedido_comision (pedido_id, tasa_id, tasa_pb, monto, impuesto_pb, impuesto)
    SELECT p.id, (SELECT id FROM pagos_comision ORDER BY id LIMIT 1), 300, 24, 1300, 3 FROM comercio_pedido p;
SET session_replication_role = origin;
"""


@pytest.fixture
def base(servidores: dict[str, Any]) -> Iterator[str]:
    with base_vacia(servidores, "compras") as nombre:
        yield nombre


def test_quien_compro_es_una_parte_y_lo_que_pago_son_cargos(base: str, servidores: dict[str, Any]) -> None:
    duenio = servidores["url_dueno"].format(base=base)
    migrar(duenio, ANTES)
    with psycopg.connect(servidores["url_admin"].format(base=base)) as conexion:
        conexion.execute(DATOS)
    migrar(duenio)
    with psycopg.connect(duenio) as conexion:

        def leer(sql: str) -> list[tuple[Any, ...]]:
            return conexion.execute(sql).fetchall()

        assert leer(
            "SELECT count(*), count(DISTINCT a.id), min(a.persona_id::text) FROM comercio_pedido p "
            "JOIN comercio_compra c ON c.id = p.compra_id AND c.comprador_parte_id = p.comprador_parte_id "
            "JOIN registro_parte a ON a.id = p.comprador_parte_id"
        ) == [(2, 1, f"{P}1")]
        assert leer("SELECT modalidad, forma FROM comercio_pedido ORDER BY modalidad") == [
            ("envio", "correo"),
            ("servicio", None),
        ]
        assert leer(
            "SELECT right(pedido_id::text, 1)::int, clase, paga, recibe, monto, right(linea_id::text, 1), "
            "tasa_pb, impuesto FROM comercio_pedido_cargo ORDER BY 1, 2, 5"
        ) == [
            (4, "bienes", "comprador", "vendedor", 300, "6", None, 0),
            (4, "bienes", "comprador", "vendedor", 500, "7", None, 0),
            (4, "comision", "vendedor", "plataforma", 24, None, 300, 3),
            (5, "bienes", "comprador", "vendedor", 800, "8", None, 0),
            (5, "comision", "vendedor", "plataforma", 24, None, 300, 3),
        ]
