"""Pictures that were kept by their hash when files became their owners'."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from plataforma.migraciones import migrar
from tests.ayudas.servidores import base_vacia

A, B, WEBP, PRIVADO = ("a" * 64, "b" * 64, "c" * 64, "d" * 64)
ANTES = f"""
SET session_replication_role = replica;  -- the rest of the room is of no matter here
INSERT INTO nucleo_archivo (sha256, tipo, tamano, publico, ancho, alto, variantes)
    VALUES ('{A}', 'image/jpeg', 10, true, 400, 300, '{{"webp-320": "{WEBP}"}}'),
           ('{B}', 'image/svg+xml', 20, true, NULL, NULL, '{{}}'),
           ('{WEBP}', 'image/webp', 5, true, NULL, NULL, '{{}}'),
           ('{PRIVADO}', 'text/plain', 7, false, NULL, NULL, '{{}}');
INSERT INTO comercio_producto (id, vendedor_id, vendedor_nombre, vendedor_numero, vendedor_habilitado,
        departamento, lugar, sku, titulo, descripcion, categoria_codigo, raiz_codigo, modalidad, precio,
        unidad_medida, existencia, reservado, peso_g, estado, foto, version, publicado_en)
    SELECT ('01900000-0000-7000-8000-00000000000' || n)::uuid, gen_random_uuid(), 'V', 'V', true, '02', 'L',
           'S' || n, 'T', 'D', 'c', 'r', 'envio', 100, 'unidad', 1, 0, 0, 'publicado', foto, 1, now()
    FROM (VALUES (1, '{A}'), (2, '{A}'), (3, repeat('0', 64)), (4, NULL)) p (n, foto);
INSERT INTO comercio_producto_foto (id, producto_id, sha, descripcion, orden)
    SELECT gen_random_uuid(), ('01900000-0000-7000-8000-00000000000' || n)::uuid, sha, '', orden
    FROM (VALUES (1, '{A}', 1), (1, '{B}', 2), (1, '{A}', 3), (2, '{A}', 1), (3, repeat('0', 64), 1))
        f (n, sha, orden);
INSERT INTO comercio_pedido_linea (id, pedido_id, producto_id, sku, titulo, foto, unidad_medida, precio,
                                   cantidad, importe)
    SELECT gen_random_uuid(), gen_random_uuid(), ('01900000-0000-7000-8000-00000000000' || n)::uuid, 'S', 'T',
           foto, 'unidad', 100, 1, 100
    FROM (VALUES (1, '{B}'), (4, '{B}'), (4, NULL)) l (n, foto);
SET session_replication_role = origin;
"""


@pytest.fixture
def base(servidores: dict[str, Any]) -> Iterator[str]:
    with base_vacia(servidores, "archivos") as nombre:
        yield nombre


def test_cada_foto_pasa_a_ser_de_su_producto(base: str, servidores: dict[str, Any]) -> None:
    duenio = servidores["url_dueno"].format(base=base)
    migrar(duenio, "0043_precios_unitarios")
    with psycopg.connect(servidores["url_admin"].format(base=base)) as conexion:
        conexion.execute(ANTES)
    migrar(duenio, "0044_archivos")
    with psycopg.connect(duenio) as conexion:

        def leer(sql: str) -> list[tuple[Any, ...]]:
            return conexion.execute(sql).fetchall()

        n, con_sha = "right(producto_id::text, 1)::int", "JOIN nucleo_archivo a ON a.id = "
        assert leer("SELECT sha256, tamano FROM nucleo_contenido ORDER BY 1") == [
            (A, 10),
            (B, 20),
            (WEBP, 5),
            (PRIVADO, 7),
        ]
        assert leer(
            "SELECT right(duenio_id::text, 1)::int, sha256, tipo, publico, ancho "
            "FROM nucleo_archivo ORDER BY 1, 2"
        ) == [
            (1, A, "image/jpeg", True, 400),
            (1, B, "image/svg+xml", True, None),
            (2, A, "image/jpeg", True, 400),
            (4, B, "image/svg+xml", True, None),
        ]
        assert leer(
            "SELECT right(a.duenio_id::text, 1)::int, c.tipo, c.ancho, c.sha256 FROM nucleo_archivo_copia c "
            "JOIN nucleo_archivo a ON a.id = c.archivo_id ORDER BY 1"
        ) == [(1, "image/webp", 320, WEBP), (2, "image/webp", 320, WEBP)]
        assert leer(
            f"SELECT {n}, orden, a.sha256 FROM comercio_producto_foto f {con_sha} f.archivo_id ORDER BY 1, 2"
        ) == [(1, 1, A), (1, 2, B), (2, 1, A)]
        assert leer(
            "SELECT right(p.id::text, 1)::int, a.sha256 FROM comercio_producto p "
            "LEFT JOIN nucleo_archivo a ON a.id = p.foto ORDER BY 1"
        ) == [(1, A), (2, A), (3, None), (4, None)]
        assert leer(
            f"SELECT {n}, a.sha256 FROM comercio_pedido_linea l LEFT {con_sha} l.foto ORDER BY 1, 2"
        ) == [(1, B), (4, B), (4, None)]
