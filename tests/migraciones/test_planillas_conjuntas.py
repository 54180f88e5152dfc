"""Batches that were presented and waiting when batches became joint acts."""

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from plataforma.migraciones import migrar
from tests.ayudas.servidores import base_vacia

RAIZ = "01900000-0000-7000-8000-0000000000"
ANTES = """
INSERT INTO ciudadania_persona (id, ci, nombres, primer_apellido, creado_en, actualizado_en)
    VALUES ('{i}01', '1900001', 'Ana', 'Prueba', now(), now()),
           ('{i}02', '1900002', 'Beto', 'Prueba', now(), now());
INSERT INTO registro_unidad (id, numero, tipo, estado, denominacion, version, secuencia, huella, creado_en,
                             actualizado_en)
    SELECT '{i}0a', 'UE-0000001-3', 'COOPERATIVA', 'borrador', 'Una', 1, 1, '',
           now(), now();
INSERT INTO registro_mandato (id, unidad_id, apoderado_persona_id, facultades, valido_desde, aceptado_en,
                              firmas_requeridas, subdelegable, creado_en)
    SELECT '{i}aa', '{i}0a',
           '{i}01', ARRAY['PAGAR'], now() - interval '1 day', now(), 1, false, now();
INSERT INTO pagos_cuenta (id, titular_id, titular_tipo, tipo)
    VALUES (901, '{i}0a', 'unidad', 'comercio');
INSERT INTO pagos_planilla (id, unidad_id, cuenta_id, nombre, huella, lineas, total, diferencias, estado,
                            preparada_por, preparada_nombre, pagadas, pagado)
    SELECT p.id::uuid, '{i}0a', 901, 'Jornales', '\\xab', 1, 1205, 0, 'preparada',
           p.por::uuid, 'Alguien', 0, 0
    FROM (VALUES ('{i}b1', '{i}01'),
                 ('{i}b2', '{i}02'),
                 ('{i}b3', '{i}01')) p (id, por);
INSERT INTO pagos_planilla_linea (id, planilla_id, numero, documento, nombre, registrado, coincide,
                                  destino_tipo, destino_id, monto, glosa)
    SELECT gen_random_uuid(), id, 2, '1', 'Carla', 'Carla', true, 'persona', gen_random_uuid(), 1205, ''
    FROM pagos_planilla;
UPDATE pagos_planilla SET estado = 'presentada', presentada_en = now()
    WHERE id <> '{i}b3';
""".replace("{i}", RAIZ)


@pytest.fixture
def base(servidores: dict[str, Any]) -> Iterator[str]:
    with base_vacia(servidores, "planillas") as nombre:
        yield servidores["url_dueno"].format(base=nombre)


def test_las_presentadas_esperan_firmas_como_actos(base: str) -> None:
    """Who prepared it has signed if they still may; who may not any more has not, and it waits for two."""
    migrar(base, "0028_actos")
    with psycopg.connect(base) as conexion:
        conexion.execute(ANTES)
    migrar(base, "0029_planillas_conjuntas")
    with psycopg.connect(base) as conexion:
        filas = conexion.execute(
            "SELECT right(p.id::text, 2), p.estado, a.estado, a.firmas_requeridas, a.monto, a.documento,"
            " (SELECT count(*) FROM registro_acto_firma f WHERE f.acto_id = a.id)"
            " FROM pagos_planilla p LEFT JOIN registro_acto a ON a.id = p.acto_id ORDER BY 1"
        ).fetchall()
        assert [(n, e, a, k, monto, firmas) for n, e, a, k, monto, _d, firmas in filas] == [
            ("b1", "presentada", "pendiente", 2, 1205, 1),
            ("b2", "presentada", "pendiente", 2, 1205, 0),
            ("b3", "preparada", None, None, None, 0),
        ]
        documento = filas[0][5]
        assert documento == json.dumps(
            json.loads(documento), sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
        assert json.loads(documento)["cuerpo"] == {
            "archivo": "ab",
            "lineas": 1,
            "planilla": f"{RAIZ}b1",
            "total": {"moneda": "BOB", "monto": "12.05"},
        }
