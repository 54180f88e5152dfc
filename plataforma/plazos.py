"""How long the application may wait and work in the database: settings of its role.

Not of the connection: PgBouncer hands one from client to client and refuses start-up options. Nor
of the database: who migrates, repairs or copies it takes hours.
"""

PLAZOS = {
    "timezone": "UTC",
    "statement_timeout": "30s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "1min",
}
CERROJO = 7_170_002  # advisory lock: PostgreSQL refuses two changes of one role at once


_SUYOS = """
    SELECT setdatabase <> 0, ARRAY(SELECT lower(c) FROM unnest(setconfig) c ORDER BY 1)
    FROM pg_db_role_setting
    WHERE setrole = current_user::regrole
      AND setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
"""


def fijar_plazos(url: str) -> None:
    """Have every new connection of the role of `url` begin with `PLAZOS` and no other setting of the role.

    A role may set its own, so what somebody with its password left there (a `search_path`, say) goes.
    """
    import psycopg
    from psycopg import sql

    with psycopg.connect(url.replace("+psycopg", "", 1), connect_timeout=10) as conexion:
        conexion.execute("SELECT pg_advisory_xact_lock(%s)", (CERROJO,))
        debidos = sorted(f"{nombre}={valor}".lower() for nombre, valor in PLAZOS.items())
        if conexion.execute(_SUYOS).fetchall() == [(False, debidos)]:
            return
        base = sql.Identifier(conexion.info.dbname)
        conexion.execute("ALTER ROLE CURRENT_USER RESET ALL")
        conexion.execute(sql.SQL("ALTER ROLE CURRENT_USER IN DATABASE {} RESET ALL").format(base))
        for nombre, valor in PLAZOS.items():
            orden = sql.SQL("ALTER ROLE CURRENT_USER SET {} = {}")
            conexion.execute(orden.format(sql.Identifier(nombre), valor))
