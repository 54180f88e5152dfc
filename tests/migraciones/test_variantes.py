"""Products, carts and orders that were there before variants: the same things, the same sums."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from plataforma.migraciones import migrar
from tests.ayudas.servidores import base_vacia

ANTES, DESPUES = "0085_numero_de_pedido", "0088_variantes"
P = "01900000-0000-7000-8000-00000000000"
DATOS = f"""
SET session_replication_role = replica;  -- the rest of the room is of no matter here
INSERT INTO registro_unidad (id, numero, tipo, estado, denominacion, version, secuencia, huella, creado_en,
        actualizado_en) 
    VALUES ('{P}9', 'UE-0000001-3', 'COOPERATIVA', 'borrador', 'Tejidos', 1, 1, 'a', now(), now());
INSERT INTO comercio_producto (id, vendedor_id, vendedor_nombre, vendedor_numero, vendedor_habilitado,
        departamento, lugar, sku, titulo, descripcion, categoria_codigo, raiz_codigo, modalidad, precio,
        unidad_medida, existencia, reservado, peso_g, estado, version, publicado_en)
    SELECT ('{P}' || n)::uuid, '{P}9', 'V', 'V', true, '02', 'L', 'S-' || n, 'Chompa ' || n, 'D', 'c', 'r',
           'envio', 100 * n, medida, existencia, reservado, 7, estado, 1, now()
    FROM (VALUES (1, 'unidad', 10, 3, 'publicado'), (2, 'kg', 0, 0, 'pausado'), (3, 'par', 5, 0, 'retirado'))
        p (n, medida, existencia, reservado, estado);
INSERT INTO comercio_carrito_linea (carrito_id, producto_id, cantidad, precio_visto)
    VALUES ('{P}8', '{P}1', 2, 90);
INSERT INTO comercio_pedido_linea (id, pedido_id, producto_id, sku, titulo, unidad_medida, precio, cantidad,
        importe) VALUES ('{P}6', '{P}7', '{P}1', 'S-1', 'Chompa 1', 'unidad', 100, 3, 300);
SET session_replication_role = origin;
"""


@pytest.fixture
def base(servidores: dict[str, Any]) -> Iterator[str]:
    with base_vacia(servidores, "variantes") as nombre:
        yield nombre


def test_cada_producto_pasa_a_tener_una_variante_con_su_existencia(
    base: str, servidores: dict[str, Any]
) -> None:
    duenio = servidores["url_dueno"].format(base=base)
    migrar(duenio, ANTES)
    with psycopg.connect(servidores["url_admin"].format(base=base)) as conexion:
        conexion.execute(DATOS)
    migrar(duenio, DESPUES)
    with psycopg.connect(duenio) as conexion:

        def leer(sql: str) -> list[tuple[Any, ...]]:
            return conexion.execute(sql).fetchall()

        ids = "right(id::text, 1)::int"
        assert leer(
            f"SELECT {ids}, id = producto_id, sku, atributos, precio, unidad_medida, peso_g, estado "
            "FROM comercio_variante ORDER BY 1"
        ) == [
            (1, True, "S-1", {}, 100, "unidad", 7, "activa"),
            (2, True, "S-2", {}, 200, "kg", 7, "activa"),
            (3, True, "S-3", {}, 300, "par", 7, "archivada"),
        ]
        assert leer(f"SELECT {ids}, existencia, reservado FROM comercio_existencia ORDER BY 1") == [
            (1, 10, 3),
            (2, 0, 0),
            (3, 5, 0),
        ]
        assert leer(f"SELECT {ids}, cantidad, motivo FROM comercio_movimiento_de_existencia ORDER BY 1") == [
            (1, 10, "apertura"),
            (3, 5, "apertura"),
        ]
        assert leer(f"SELECT {ids}, precio_maximo, disponible FROM comercio_producto ORDER BY 1") == [
            (1, 100, 7),
            (2, 200, 0),
            (3, 300, 0),
        ]
        assert leer("SELECT right(variante_id::text, 1), cantidad FROM comercio_carrito_linea") == [("1", 2)]
        assert leer(
            "SELECT variante_id = producto_id, existencia_id = producto_id, cantidad, importe, opcion "
            "FROM comercio_pedido_linea"
        ) == [(True, True, 3, 300, "")]
        # What triggers would write now is what the migration wrote.
        sin_cambio = (
            "SELECT count(*) FROM comercio_producto p, comercio_producto_resumen(ARRAY[p.id]) r "
            "WHERE p.disponible = r.disponible AND p.opciones = r.opciones"
        )
        assert leer(sin_cambio) == [(3,)]
