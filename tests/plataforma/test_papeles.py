"""The application role holds what it needs: its stolen password mints no money and moves no clock."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Engine, Table, make_url, text
from sqlmodel import SQLModel

from nucleo.privilegios import GRUPO, concesion, privilegios
from plataforma.habitaciones import modulos
from plataforma.servidores import DUENIO
from tests.migraciones.catalogo import catalogo

modulos("modelos")
TABLAS = sorted(SQLModel.metadata.tables.values(), key=lambda tabla: tabla.name)
SECUENCIAS = {
    **dict.fromkeys(
        (
            "registro_serie",
            "envios_bloque_seq",
            "comercio_pedido_numero_seq",
            "comercio_busqueda_congelada_numero_seq",
        ),
        "USAGE",
    ),
    "pagos_transferencia_numero_seq": "SELECT",  # how far the ledger has come
    "feria_cuce_serie": "SELECT, USAGE",  # and how far that of the country has
}
SIN_MODELO = {"alembic_version": {("SELECT", None)}}

# What anybody with the application's password might try; the first ones were possible once.
ACTOS = [
    "UPDATE pagos_cuenta SET creditos_contabilizados = creditos_contabilizados + 1000000",
    "INSERT INTO pagos_transferencia (id, debito, credito, monto, saldo_debito, saldo_credito, creada_en, "
    "codigo, tipo) VALUES (gen_random_uuid(), 1, 2, 100, 0, 0, now(), 1, 1)",
    "ALTER TABLE pagos_transferencia DISABLE TRIGGER ALL",
    "ALTER TABLE pagos_cuenta DROP CONSTRAINT ck_pagos_cuenta_sobregiro",
    "UPDATE feria_sobre SET contenido = '{}'",
    "INSERT INTO pagos_cuenta (titular_id, titular_tipo, tipo, debitos_no_exceden_creditos) "
    "VALUES (gen_random_uuid(), 'persona', 'billetera', false)",
    "UPDATE pagos_pendiente SET monto = 1",
    "UPDATE pagos_congelamiento SET levantado_en = now(), motivo_levantado = 'x'",
    "SELECT pagos_guardar_cuentas('{}', now())",
    # the clock
    "INSERT INTO nucleo_reloj VALUES (true)",
    "CREATE OR REPLACE FUNCTION nucleo_ahora() RETURNS timestamptz LANGUAGE sql AS 'SELECT now()'",
    "ALTER DATABASE {base} SET qhatu.desfase = '1 year'",
    "ALTER SYSTEM SET log_min_messages = 'error'",
    # being somebody else, or having the guards look away
    f"SET ROLE {DUENIO}",
    "SET ROLE postgres",
    f"SET SESSION AUTHORIZATION {DUENIO}",
    "SET session_replication_role = replica",
    "ALTER ROLE qhatu SUPERUSER",
    f"ALTER ROLE {DUENIO} PASSWORD 'x'",
    f"GRANT {DUENIO} TO qhatu",
    f"GRANT {GRUPO} TO {DUENIO}",
    "CREATE ROLE otro LOGIN",
    "SELECT rolpassword FROM pg_authid",
    # objects of its own, and in the place of others
    "CREATE TABLE public.mia (n int)",
    "CREATE TEMPORARY TABLE pagos_limite (n int)",
    "CREATE SCHEMA mio",
    "CREATE FUNCTION public.mia() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE FUNCTION pg_temp.mia() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE VIEW public.mia AS SELECT 1",
    "CREATE TYPE public.mio AS ENUM ('x')",
    "CREATE EXTENSION hstore",
    "CREATE DATABASE mia",
    "DROP FUNCTION nucleo_inmutable() CASCADE",
    "ALTER FUNCTION pagos_transferir SECURITY INVOKER",
    "DROP SCHEMA public CASCADE",
    # files, programs and numbers
    "COPY pagos_banco FROM PROGRAM 'echo x'",
    "COPY (SELECT 1) TO PROGRAM 'cat'",
    "COPY (SELECT 1) TO '/tmp/qhatu-papeles'",
    "COPY pagos_cuenta FROM STDIN",
    "SELECT pg_read_file('PG_VERSION')",
    "SELECT lo_import('/etc/hostname')",
    "SELECT lo_create(0)",
    "SELECT lo_creat(-1)",
    "SELECT lo_from_bytea(0, 'x')",
    "SELECT setval('registro_serie', 1)",
    "SELECT setval('feria_cuce_serie', 1)",
    "SELECT nextval('pagos_transferencia_numero_seq')",
]
# These need a privilege or the ownership of the table, which the application has of none.
SOBRE_CADA_TABLA = [
    "TRUNCATE {tabla}",
    "DROP TABLE {tabla} CASCADE",
    "ALTER TABLE {tabla} DISABLE TRIGGER USER",
    "ALTER TABLE {tabla} ADD COLUMN mia int",
    "ALTER TABLE {tabla} ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE {tabla} OWNER TO qhatu",
    "CREATE INDEX mio ON {tabla} ((true))",
    "CREATE RULE mia AS ON INSERT TO {tabla} DO INSTEAD NOTHING",
    "CREATE TRIGGER mio BEFORE INSERT ON {tabla} FOR EACH ROW EXECUTE FUNCTION nucleo_inmutable()",
]


@pytest.fixture
def aplicacion_psql(bd: Engine, servidores: dict[str, Any]) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(servidores["url"], autocommit=True) as conexion:
        yield conexion


def _no_declarados(tabla: Table) -> Iterator[str]:
    """A statement for each privilege on rows that the model does not declare."""
    declarados = privilegios(tabla)
    if any(clase == "INSERT" and columna for clase, columna in declarados):
        for columna in tabla.columns:
            if ("INSERT", columna.name) not in declarados:
                yield f'INSERT INTO {tabla.name} ("{columna.name}") VALUES (NULL)'
    elif ("INSERT", None) not in declarados:
        yield f"INSERT INTO {tabla.name} DEFAULT VALUES"
    if ("DELETE", None) not in declarados:
        yield f"DELETE FROM {tabla.name}"
    if ("UPDATE", None) not in declarados:
        for columna in tabla.columns:
            suya = columna.identity is not None or columna.computed is not None  # the database's alone
            if ("UPDATE", columna.name) not in declarados and not suya:
                yield f'UPDATE {tabla.name} SET "{columna.name}" = NULL'


def _filas(url_admin: str) -> dict[str, str]:
    """A digest of the rows of every table."""
    with psycopg.connect(url_admin) as conexion:
        tablas = conexion.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        ).fetchall()
        return {
            nombre: str(
                conexion.execute(
                    sql.SQL("SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM {} t").format(
                        sql.Identifier(nombre)
                    )
                ).fetchone()
            )
            for (nombre,) in tablas
        }


def test_ningun_acto_de_quien_roba_la_clave_pasa(
    aplicacion_psql: psycopg.Connection[Any],
    servidores: dict[str, Any],
    crear_persona: Callable[..., Any],
    crear_unidad: Callable[..., Any],
    con_saldo: Callable[..., Any],
) -> None:
    con_saldo(crear_persona("Ana"), "100.00")
    crear_unidad("Tejidos")
    url_admin = servidores["url_admin"].format(base=servidores["base"])
    with psycopg.connect(url_admin) as admin:
        objetos = catalogo(admin)
    filas = _filas(url_admin)
    actos = [acto.format(base=servidores["base"]) if "{base}" in acto else acto for acto in ACTOS]
    for tabla in TABLAS:
        actos += [acto.format(tabla=tabla.name) for acto in SOBRE_CADA_TABLA]
        actos += _no_declarados(tabla)
    resultados = {}
    for acto in actos:
        try:
            aplicacion_psql.execute(acto.encode())
            resultados[acto] = "pasó"
        except psycopg.Error as error:
            resultados[acto] = str(error.sqlstate)
    assert {acto: r for acto, r in resultados.items() if r != "42501"} == {}
    assert len(resultados) > 1000
    assert _filas(url_admin) == filas
    with psycopg.connect(url_admin) as admin:
        assert catalogo(admin) == objetos


def test_el_reloj_solo_se_mueve_si_el_dueno_lo_permite(
    aplicacion_psql: psycopg.Connection[Any], duenio: Engine
) -> None:
    def leer() -> timedelta:
        fila = aplicacion_psql.execute("SELECT nucleo_ahora()").fetchone()
        assert fila is not None
        return datetime.now(UTC) - fila[0]

    aplicacion_psql.execute("SET qhatu.desfase = '-1 day'")
    assert timedelta(hours=23, minutes=59) < leer() < timedelta(days=1, minutes=1)
    with duenio.begin() as conexion:
        conexion.execute(text("DELETE FROM nucleo_reloj"))
    assert abs(leer()) < timedelta(minutes=1)


def test_una_tabla_temporal_no_ocupa_el_lugar_de_otra(
    aplicacion_psql: psycopg.Connection[Any],
    servidores: dict[str, Any],
    duenio: Engine,
    crear_persona: Callable[..., Any],
    con_saldo: Callable[..., Any],
) -> None:
    """Even where somebody gave temporary tables back, the functions of the ledger find the real ones."""
    ana = crear_persona("Ana")
    con_saldo(ana, "100.00")
    with duenio.begin() as conexion:
        conexion.execute(text(f"GRANT TEMPORARY ON DATABASE {servidores['base']} TO {GRUPO}"))
    try:
        aplicacion_psql.execute("CREATE TEMPORARY TABLE pagos_cuenta AS SELECT * FROM public.pagos_cuenta")
        aplicacion_psql.execute("UPDATE pg_temp.pagos_cuenta SET cerrada = true")
        aplicacion_psql.execute("SET search_path = pg_temp, public")
        fila = aplicacion_psql.execute(
            "SELECT pagos_marcar_congelada(id, true), id FROM public.pagos_cuenta WHERE titular_id = %s",
            [ana.id],
        ).fetchone()
        assert fila is not None
        estado = aplicacion_psql.execute(
            "SELECT p.congelada, t.congelada FROM public.pagos_cuenta p, pg_temp.pagos_cuenta t "
            "WHERE p.id = %s AND t.id = p.id",
            [fila[1]],
        ).fetchone()
        assert estado == (True, False)
    finally:
        with duenio.begin() as conexion:
            conexion.execute(text(f"REVOKE TEMPORARY ON DATABASE {servidores['base']} FROM {GRUPO}"))


def test_la_aplicacion_no_es_duena_de_nada(
    aplicacion_psql: psycopg.Connection[Any], servidores: dict[str, Any]
) -> None:
    una = aplicacion_psql.execute
    assert una(
        "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles "
        "WHERE rolname IN ('qhatu', 'qhatu_dueno', 'qhatu_aplicacion') ORDER BY 1"
    ).fetchall() == [(n, *[False] * 5) for n in ("qhatu", "qhatu_aplicacion", "qhatu_dueno")]
    assert una("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'qhatu_aplicacion'").fetchone() == (False,)
    assert una(
        "SELECT roleid::regrole::text, admin_option FROM pg_auth_members WHERE member = 'qhatu'::regrole"
    ).fetchall() == [(GRUPO, False)]
    for rol in ("qhatu", GRUPO):
        assert una(
            "SELECT count(*) FROM pg_shdepend WHERE deptype = 'o' AND refobjid = %s::regrole", [rol]
        ).fetchone() == (0,)
    assert una(
        "SELECT has_database_privilege(current_database(), 'CREATE'), "
        "has_database_privilege(current_database(), 'TEMPORARY'), has_schema_privilege('public', 'CREATE')"
    ).fetchone() == (False, False, False)


@pytest.mark.parametrize("papel", ["qhatu", DUENIO])
def test_sin_su_clave_no_entra_ni_quien_llega_al_enchufe(
    servidores: dict[str, Any], bd: Engine, papel: str
) -> None:
    for clave in ("", "otra"):
        direccion = make_url(servidores["url"]).set(username=papel, password=clave)
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(direccion.render_as_string(hide_password=False))


@pytest.mark.parametrize("tabla", TABLAS, ids=lambda tabla: tabla.name)
def test_cada_tabla_declara_lo_que_la_base_concede(tabla: Table, concedidos: dict[str, set[Any]]) -> None:
    assert concesion(tabla).startswith("GRANT SELECT")
    assert concedidos.get(tabla.name, set()) == privilegios(tabla)


def test_no_hay_tabla_ni_secuencia_concedida_sin_declarar(concedidos: dict[str, set[Any]]) -> None:
    declaradas = {tabla.name: privilegios(tabla) for tabla in TABLAS} | SIN_MODELO
    declaradas |= {nombre: {(p, None) for p in suyos.split(", ")} for nombre, suyos in SECUENCIAS.items()}
    assert concedidos == declaradas


@pytest.fixture(scope="module")
def concedidos(servidores: dict[str, Any]) -> dict[str, set[Any]]:
    """What the database grants to anybody but the owner, by table or sequence."""
    hallados: dict[str, set[Any]] = {}
    with psycopg.connect(servidores["url_admin"].format(base=servidores["base"])) as conexion:
        filas = conexion.execute(
            "SELECT c.relname, a.grantee::regrole::text, a.privilege_type, a.columna FROM pg_class c, "
            "LATERAL (SELECT *, NULL AS columna FROM aclexplode(c.relacl) UNION ALL "
            "         SELECT x.*, t.attname FROM pg_attribute t, aclexplode(t.attacl) x "
            "         WHERE t.attrelid = c.oid) a "
            "WHERE c.relnamespace = 'public'::regnamespace AND a.grantee <> c.relowner"
        ).fetchall()
    for tabla, quien, privilegio, columna in filas:
        assert quien == GRUPO, (tabla, quien)
        hallados.setdefault(tabla, set()).add((privilegio, columna))
    return hallados


def test_lo_que_corre_como_el_dueno_es_solo_de_la_aplicacion(servidores: dict[str, Any]) -> None:
    with psycopg.connect(servidores["url_admin"].format(base=servidores["base"])) as conexion:
        funciones = conexion.execute(
            "SELECT p.oid::regprocedure::text, p.proconfig, (SELECT array_agg(grantee::regrole::text) "
            "FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) WHERE grantee <> p.proowner), "
            "p.prorettype = 'trigger'::regtype "
            "FROM pg_proc p WHERE p.prosecdef AND p.pronamespace = 'public'::regnamespace"
        ).fetchall()
    assert len(funciones) >= 11
    for nombre, opciones, quienes, es_trigger in funciones:
        assert "search_path=public, pg_temp" in opciones, nombre
        assert quienes == (None if es_trigger else [GRUPO]), nombre
