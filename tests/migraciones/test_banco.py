"""The statements that were read before entries were kept by the bank's own reference."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from plataforma.migraciones import migrar
from tests.ayudas.servidores import base_vacia

RAIZ = "01900000-0000-7000-8000-0000000000"
ANTES = """
INSERT INTO pagos_cuenta (id, titular_id, titular_tipo, tipo)
    VALUES (901, '{i}0a', 'unidad', 'comercio');
INSERT INTO pagos_lote_retiro (id, cantidad, total, creado_por, contenido)
    VALUES ('{i}1a', 3, 300, '{i}01', 'x');
INSERT INTO pagos_retiro (id, extremo, cuenta_id, monto, banco, numero_cuenta, titular, persona_id, estado,
                          comision, comision_id)
    SELECT ('{i}b' || n)::uuid, 'QR' || n, 901, 100, 'UNION', '12345678', 'Ana', '{i}01', 'pedido', 0,
           (SELECT id FROM pagos_comision WHERE operacion = 'retiro' LIMIT 1)
    FROM generate_series(1, 3) n;
UPDATE pagos_retiro SET estado = 'en_lote', lote_id = '{i}1a';
UPDATE pagos_retiro SET estado = 'pagado', terminado_en = now() WHERE extremo IN ('QR1', 'QR2');
UPDATE pagos_retiro SET estado = 'devuelto', motivo = 'El banco devolvió el pago.', terminado_en = now()
    WHERE extremo = 'QR2';
INSERT INTO pagos_extracto (id, huella, nombre, subido_por, subido_en)
    VALUES ('{i}e1', '\\x01', 'uno.xml', '{i}01', now() - interval '2 days'),
           ('{i}e2', '\\x02', 'dos.xml', '{i}01', now() - interval '1 day');
INSERT INTO pagos_extracto_linea (extracto_id, numero, extremo, monto, moneda, sentido, retiro_id, resultado)
    VALUES ('{i}e1', 1, 'QR1', 100, 'BOB', 'DBIT', '{i}b1', 'pagado'),
           ('{i}e1', 2, 'QR2', 100, 'BOB', 'DBIT', '{i}b2', 'ya_pagado'),
           ('{i}e1', 3, 'QR2', 100, 'BOB', 'CRDT', '{i}b2', 'devuelto_tarde'),
           ('{i}e1', 4, NULL, NULL, '', '', NULL, 'sin_referencia'),
           ('{i}e2', 1, 'QR1', 100, 'BOB', 'DBIT', '{i}b1', 'ya_pagado'),
           ('{i}e2', 2, 'QR2', 100, 'BOB', 'DBIT', '{i}b2', 'ya_pagado'),
           ('{i}e2', 3, 'QR3', 100, 'BOB', 'DBIT', '{i}b3', 'no_contabilizado');
""".replace("{i}", RAIZ)


@pytest.fixture
def base(servidores: dict[str, Any]) -> Iterator[str]:
    with base_vacia(servidores, "banco") as nombre:
        yield servidores["url_dueno"].format(base=nombre)


def test_lo_leido_antes_se_guarda_y_lo_dudoso_espera(base: str) -> None:
    migrar(base, "0045_reservas")
    with psycopg.connect(base) as conexion:
        conexion.execute(ANTES)
    migrar(base, "0046_banco")
    with psycopg.connect(base) as conexion:
        lineas = conexion.execute(
            "SELECT a.nombre, l.numero, m.extremo, m.resultado, m.estado, e.efecto"
            " FROM pagos_banco_linea l JOIN pagos_banco_archivo a ON a.id = l.archivo_id"
            " JOIN pagos_banco_movimiento m ON m.id = l.movimiento_id"
            " LEFT JOIN pagos_banco_efecto e ON e.movimiento_id = m.id ORDER BY a.subido_en, l.numero"
        ).fetchall()
        (quedan,) = conexion.execute("SELECT to_regclass('pagos_extracto')").fetchone() or ("",)
    assert quedan is None
    assert lineas == [
        ("uno.xml", 1, "QR1", "pagado", "conciliado", "pago"),
        ("uno.xml", 2, "QR2", "confirmado", "conciliado", "pago"),
        ("uno.xml", 3, "QR2", "devuelto_tarde", "conciliado", "devolucion"),
        ("uno.xml", 4, None, "sin_referencia", "pendiente", None),
        ("dos.xml", 1, "QR1", "pagado_dos_veces", "pendiente", None),
        ("dos.xml", 2, "QR2", "pagado_dos_veces", "pendiente", None),
        ("dos.xml", 3, "QR3", "no_contabilizado", "informado", None),
    ]
