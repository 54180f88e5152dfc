"""What is planned in a year of fifty thousand lines: a page is a page of an index, and eight questions."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from empresa_digital.registro import Facultad, TipoUnidad
from feria_inversa.plan.buscar import Filtro, buscar_lineas, por_mes
from nucleo.bd import transaccion
from nucleo.ids import nuevo_id
from nucleo.paginacion import CursorPedido
from tests.comercio.conftest import sin_el_reloj
from tests.feria_inversa.conftest import Feria
from tests.feria_inversa.plan.ayudas import EN_MARZO

PLANES, LINEAS = 25, 2000
LEIDAS_MAXIMO = 2_500
"""Rows of the tables of plans that a search may read: at most those of one plan, and a page."""
SENTENCIAS_MAXIMAS = 8

# Published first, its lines then, its text last: what publishing does, without the lines in memory.
_PLAN = text(
    "INSERT INTO feria_plan (id, unidad_id, gestion, municipio_ine, estado, version, revision, creado_en,"
    " creado_por) VALUES (:plan, :unidad, 2028, :municipio, 'borrador', 1, 1, nucleo_ahora(), 'Prueba')"
)
_SE_PUBLICA = text(
    "UPDATE feria_plan SET estado = 'publicado', numero = :numero, publicado_en = nucleo_ahora(),"
    " revision = 2 WHERE id = :plan"
)
_LINEAS = text(
    """
    INSERT INTO feria_plan_linea (id, plan_id, gestion, numero, objeto, categoria, modalidad_id, mes, monto,
        partida, familia, version, revision, retirada)
    SELECT gen_random_uuid(), :plan, 2028, n,
        CASE WHEN n % 50 = 0 THEN 'Frazadas de lana ' ELSE 'Mobiliario ' END || n,
        CASE WHEN n = 2000 THEN 'obras' ELSE 'bienes' END, m.id, 1 + n % 12, 100000, '43700',
        CASE WHEN n = 1000 THEN '7210' ELSE '5612' END, 1, 2, false
    FROM generate_series(1, :lineas) n,
        (SELECT id FROM feria_modalidad WHERE codigo = 'CM' ORDER BY id LIMIT 1) m
    """
)
_TEXTO = text(
    "INSERT INTO feria_plan_version (plan_id, version, contenido, huella, hecha_en, hecha_por)"
    " SELECT :plan, 1, c, encode(sha256(convert_to(c, 'UTF8')), 'hex'), nucleo_ahora(), 'Prueba'"
    " FROM (VALUES ('{}')) AS v (c)"
)
_LEIDAS = text(
    "SELECT coalesce(sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)), 0)"
    " FROM pg_stat_xact_user_tables WHERE relname IN ('feria_plan', 'feria_plan_linea', 'feria_plan_mes')"
)


@pytest.fixture
def entidades(feria: Feria, reloj: Any, bd: Engine, duenio: Engine) -> list[UUID]:
    """As many plans as their entities; the first one, elsewhere."""
    reloj.situar(EN_MARZO)
    unidades = [
        feria.crear_parte(f"Municipio {n}", TipoUnidad.ENTIDAD_PUBLICA, (Facultad.COMPRAR,)).id
        for n in range(PLANES)
    ]
    for n, unidad in enumerate(unidades):
        pide = {"plan": nuevo_id(), "unidad": unidad, "municipio": "010101" if n else "051201"}
        with bd.begin() as conexion:
            conexion.execute(_PLAN, pide)
            conexion.execute(_SE_PUBLICA, pide | {"numero": f"PAC-{n}"})
            conexion.execute(_LINEAS, pide | {"lineas": LINEAS})
            conexion.execute(_TEXTO, pide)
    with duenio.connect().execution_options(isolation_level="AUTOCOMMIT") as conexion:
        conexion.execute(text("ANALYZE feria_plan, feria_plan_linea, feria_plan_mes"))
    return unidades


def test_una_pagina_de_un_anio_entero(entidades: list[UUID], cliente: Any, contar_consultas: Any) -> None:
    filtros = {
        "": Filtro(2028),
        "&mes=7": Filtro(2028, mes=7),
        "&departamento=05": Filtro(2028, departamento="05"),
        "&categoria=obras": Filtro(2028, categoria="obras"),
        "&familia=7210": Filtro(2028, familia="7210"),
        "&modalidad=CM": Filtro(2028, modalidad="CM"),
        "&q=mobiliario": Filtro(2028, q="mobiliario"),
        "&q=frazada": Filtro(2028, q="frazada"),
        "&q=camioneta": Filtro(2028, q="camioneta"),
        f"&entidad={entidades[3]}": Filtro(2028, unidad_id=entidades[3]),
    }
    cliente.get("/feria/planes?gestion=2027")  # the names of places are remembered by the process
    for direccion, filtro in filtros.items():
        with transaccion() as sesion:
            # What the same connection read before, and nobody was told of yet, counts there too.
            antes = sesion.connection().execute(_LEIDAS).scalar_one()
            hay, siguiente = buscar_lineas(sesion, filtro, CursorPedido(None, 25))
            suman = por_mes(sesion, filtro)
            leidas = sesion.connection().execute(_LEIDAS).scalar_one() - antes
        assert leidas <= LEIDAS_MAXIMO, (direccion, leidas)
        assert len(hay) == (0 if "camioneta" in direccion else 25), direccion
        if not filtro.por_lo_que_es:
            assert suman is not None
            esperadas = LINEAS if filtro.unidad_id or filtro.departamento else PLANES * LINEAS
            if filtro.mes is None:
                assert sum(m.lineas for m in suman) == esperadas, direccion
        for pagina in (None, siguiente):
            ruta = f"/feria/planes?gestion=2028{direccion}&meses=todos"
            with contar_consultas() as sentencias:
                dice = cliente.get(f"{ruta}&cursor={pagina}" if pagina else ruta)
            assert dice.status_code == 200
            assert len(sin_el_reloj(sentencias)) <= SENTENCIAS_MAXIMAS, (direccion, sentencias)
