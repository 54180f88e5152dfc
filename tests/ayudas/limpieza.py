"""Return a test database to a remembered state, in a few milliseconds: the one right after its migrations,
or a scene that many tests share.

`pruebas.sucias()` names the tables written since, even by an UPDATE that changes no value.
`pruebas.guardar('x')` keeps what was written since as the scene x; `pruebas.reponer('x')` writes it again.
`pruebas.limpiar()` takes from those what was written and puts back the rows that are missing. It runs with
`session_replication_role = replica`: no trigger fires, so tables that refuse DELETE (the ledger) are emptied
too. The connection stays in it, since each change forgets every plan.
"""

from typing import Any

import psycopg
from psycopg import sql

INSTALACION = """
CREATE SCHEMA pruebas;
CREATE TABLE pruebas.tabla (nombre text PRIMARY KEY, filas bigint NOT NULL, columnas text NOT NULL,
    llave text);
CREATE TABLE pruebas.secuencia (nombre regclass PRIMARY KEY, ultimo bigint NOT NULL, usado boolean NOT NULL);
CREATE TABLE pruebas.marca (xid bigint NOT NULL);
CREATE TABLE pruebas.de_escena (escena text, nombre text REFERENCES pruebas.tabla);
CREATE TABLE pruebas.secuencia_de_escena (escena text, nombre regclass, ultimo bigint NOT NULL);

CREATE FUNCTION pruebas.limpiar() RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
    t record;
    desde bigint := (SELECT xid FROM pruebas.marca);
    grandes text[] := '{}';
BEGIN
    FOR t IN
        SELECT tabla.* FROM pruebas.sucias() AS sucia (nombre) JOIN pruebas.tabla USING (nombre)
    LOOP
        EXECUTE format('DELETE FROM public.%I WHERE %s', t.nombre,
            CASE WHEN t.llave IS NULL THEN 'true' ELSE 'xmin::text::bigint >= ' || desde END);
        IF t.filas > 0 THEN
            EXECUTE format('INSERT INTO public.%1$I (%2$s) OVERRIDING SYSTEM VALUE SELECT %2$s '
                'FROM pruebas.%3$I s WHERE NOT EXISTS (SELECT FROM public.%1$I p WHERE %4$s)',
                t.nombre, t.columnas, 'semilla_' || t.nombre, coalesce(t.llave, 'false'));
        END IF;
        IF pg_relation_size(format('public.%I', t.nombre)) > 1048576 + 2000 * t.filas THEN
            grandes := grandes || t.nombre;
        END IF;
    END LOOP;
    FOR t IN
        SELECT s.nombre, s.ultimo, s.usado FROM pruebas.secuencia s
        JOIN pg_sequences p ON format('%I.%I', p.schemaname, p.sequencename)::regclass = s.nombre
        WHERE p.last_value IS DISTINCT FROM CASE WHEN s.usado THEN s.ultimo END
    LOOP
        PERFORM setval(t.nombre, t.ultimo, t.usado);
    END LOOP;
    UPDATE pruebas.marca SET xid = pg_current_xact_id()::text::bigint + 1;
    RETURN grandes;
END $$;

CREATE FUNCTION pruebas.guardar(cual text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    t record;
    desde bigint := (SELECT xid FROM pruebas.marca);
BEGIN
    FOR t IN SELECT nombre FROM pruebas.de_escena WHERE escena = cual LOOP
        EXECUTE format('DROP TABLE pruebas.%I', cual || '_' || t.nombre);
    END LOOP;
    DELETE FROM pruebas.de_escena WHERE escena = cual;
    DELETE FROM pruebas.secuencia_de_escena WHERE escena = cual;
    FOR t IN
        SELECT tabla.* FROM pruebas.sucias() AS sucia (nombre) JOIN pruebas.tabla USING (nombre)
    LOOP
        EXECUTE format('CREATE TABLE pruebas.%I AS SELECT %s FROM public.%I WHERE xmin::text::bigint >= %s',
            cual || '_' || t.nombre, t.columnas, t.nombre, desde);
        INSERT INTO pruebas.de_escena VALUES (cual, t.nombre);
    END LOOP;
    INSERT INTO pruebas.secuencia_de_escena SELECT cual, s.nombre, p.last_value FROM pruebas.secuencia s
        JOIN pg_sequences p ON format('%I.%I', p.schemaname, p.sequencename)::regclass = s.nombre
        WHERE p.last_value IS DISTINCT FROM CASE WHEN s.usado THEN s.ultimo END;
END $$;

CREATE FUNCTION pruebas.reponer(cual text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    t record;
BEGIN
    FOR t IN
        SELECT tabla.*, cual || '_' || nombre AS suya FROM pruebas.de_escena JOIN pruebas.tabla USING (nombre)
        WHERE escena = cual
    LOOP
        IF t.filas > 0 THEN  -- what it changed of what there was
            EXECUTE format('DELETE FROM public.%I p USING pruebas.%I s WHERE %s', t.nombre, t.suya, t.llave);
        END IF;
        EXECUTE format('INSERT INTO public.%1$I (%2$s) OVERRIDING SYSTEM VALUE SELECT %2$s FROM pruebas.%3$I',
            t.nombre, t.columnas, t.suya);
    END LOOP;
    PERFORM setval(nombre, ultimo) FROM pruebas.secuencia_de_escena WHERE escena = cual;
END $$;
"""


# Each is one statement that is planned once: asked of each table by itself, it costs as much as a test.
FOTO = """
CREATE FUNCTION pruebas.foto() RETURNS TABLE (de text, filas bigint, ultima bigint) LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY {};
END $$;
"""
VISTA = "SELECT {nombre}::text, count(*), max(xmin::text::bigint) FROM public.{tabla}"
SUCIAS = """
CREATE FUNCTION pruebas.sucias() RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY {};
END $$;
"""
VACIA = "SELECT {nombre}::text WHERE EXISTS (SELECT FROM public.{tabla})"
# Rows written after the remembered ones have a later transaction number.
CON_FILAS = (
    "SELECT {nombre}::text FROM public.{tabla} HAVING count(*) <> {filas} "
    "OR bool_or(xmin::text::bigint >= (SELECT xid FROM {esquema}.marca))"
)


def instalar(url_admin: str, esquema: str = "pruebas") -> None:
    """Remember the rows that the database has now, in a schema of that name."""
    with psycopg.connect(url_admin, autocommit=True) as conexion:
        conexion.execute(f"DROP SCHEMA IF EXISTS {esquema} CASCADE")
        conexion.execute(_en(esquema, INSTALACION))
        tablas = conexion.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
            "AND relname <> 'alembic_version'"
        ).fetchall()
        sucias = [_recordar_tabla(conexion, esquema, nombre) for (nombre,) in tablas]
        vistas = [
            sql.SQL(VISTA).format(nombre=sql.Literal(nombre), tabla=sql.Identifier(nombre))
            for (nombre,) in tablas
        ]
        for funcion, preguntas in ((SUCIAS, sucias), (FOTO, vistas)):
            conexion.execute(sql.SQL(_en(esquema, funcion)).format(sql.SQL(" UNION ALL ").join(preguntas)))
        for (nombre,) in conexion.execute(
            "SELECT format('%I.%I', schemaname, sequencename) FROM pg_sequences WHERE schemaname = 'public'"
        ).fetchall():
            conexion.execute(
                f"INSERT INTO {esquema}.secuencia "
                f"SELECT '{nombre}'::regclass, last_value, is_called FROM {nombre}"
            )
        conexion.execute(f"INSERT INTO {esquema}.marca SELECT pg_current_xact_id()::text::bigint")


def _en(esquema: str, orden: str) -> str:
    return orden.replace("pruebas", esquema)


def _recordar_tabla(conexion: psycopg.Connection[Any], esquema: str, nombre: str) -> sql.Composed:
    """Keep its rows; what tells whether it was written since."""
    tabla = sql.Identifier(nombre)
    fila = conexion.execute(sql.SQL("SELECT count(*) FROM public.{}").format(tabla)).fetchone()
    assert fila is not None
    columnas = conexion.execute(
        "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum), "
        "(SELECT string_agg(format('p.%%1$I = s.%%1$I', k.attname), ' AND ') FROM pg_index i "
        "JOIN pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = ANY (i.indkey) "
        "WHERE i.indrelid = a.attrelid AND i.indisprimary) "
        "FROM pg_attribute a WHERE attrelid = format('public.%%I', %s::text)::regclass AND attnum > 0 "
        "AND NOT attisdropped AND attgenerated = '' GROUP BY attrelid",
        (nombre,),
    ).fetchone()
    assert columnas is not None
    conexion.execute(f"INSERT INTO {esquema}.tabla VALUES (%s, %s, %s, %s)", (nombre, fila[0], *columnas))
    if fila[0]:
        conexion.execute(
            sql.SQL("CREATE TABLE {} AS SELECT {} FROM public.{}").format(
                sql.Identifier(esquema, f"semilla_{nombre}"), sql.SQL(columnas[0]), tabla
            )
        )
    return sql.SQL(CON_FILAS if fila[0] else VACIA).format(
        nombre=sql.Literal(nombre), tabla=tabla, filas=fila[0], esquema=sql.Identifier(esquema)
    )


class Limpiador:
    """Cleans one worker's database; keeps a superuser connection for it."""

    def __init__(self, url_admin: str, esquema: str = "pruebas") -> None:
        self.esquema = esquema
        self._visto: str | None = None
        self.conexion = psycopg.connect(url_admin, autocommit=True)
        self.conexion.execute("SET lock_timeout = '5s'")
        self.conexion.execute("SET session_replication_role = replica")

    def sucias(self) -> list[str]:
        """The tables written since the remembered state. While nobody writes, asking again costs nothing."""
        siguiente = self._siguiente_transaccion()
        if siguiente == self._visto:
            return []
        filas = self.conexion.execute(_en(self.esquema, "SELECT pruebas.sucias() ORDER BY 1")).fetchall()
        self._visto = None if filas else siguiente
        return [nombre for (nombre,) in filas]

    def foto(self) -> dict[str, tuple[int, int | None]]:
        """How many rows each table has and which transaction wrote the newest: any write changes it."""
        filas = self.conexion.execute(_en(self.esquema, "SELECT * FROM pruebas.foto()")).fetchall()
        return {nombre: (cuantas, ultima) for nombre, cuantas, ultima in filas}

    def _siguiente_transaccion(self) -> str:
        """The number of the next transaction that writes."""
        fila = self.conexion.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text").fetchone()
        assert fila is not None
        return str(fila[0])

    def limpiar(self) -> None:
        orden = _en(self.esquema, "SELECT pruebas.limpiar()")
        try:
            fila = self.conexion.execute(orden).fetchone()
        except psycopg.errors.LockNotAvailable:
            culpables = self.conexion.execute(
                "SELECT pid, state, left(query, 200), pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"
            ).fetchall()
            self.conexion.execute(orden)
            raise AssertionError(f"La prueba dejó transacciones abiertas: {culpables}") from None
        assert fila is not None
        marca = self.conexion.execute(_en(self.esquema, "SELECT xid::text FROM pruebas.marca")).fetchone()
        self._visto = marca and marca[0]  # nobody wrote before that transaction
        for nombre in fila[0]:
            self.conexion.execute(sql.SQL("VACUUM public.{}").format(sql.Identifier(nombre)))

    def guardar(self, escena: str) -> None:
        """Keep what was written since the remembered state."""
        self.conexion.execute(_en(self.esquema, "SELECT pruebas.guardar(%s)"), [escena])

    def reponer(self, escena: str) -> None:
        """Write it again, after the remembered state was put back."""
        self.conexion.execute(_en(self.esquema, "SELECT pruebas.reponer(%s)"), [escena])

    def cerrar(self) -> None:
        self.conexion.close()
