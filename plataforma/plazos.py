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


def fijar_plazos(url: str) -> None:
    """Have every new connection of the role of `url` begin with `PLAZOS`; a role may set its own."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(url.replace("+psycopg", "", 1), connect_timeout=10) as conexion:
        conexion.execute("SELECT pg_advisory_xact_lock(%s)", (CERROJO,))
        fila = conexion.execute(
            "SELECT array_agg(n || '=' || current_setting(n)) FROM unnest(%s::text[]) n", (list(PLAZOS),)
        ).fetchone()
        assert fila is not None
        for nombre, valor in PLAZOS.items():
            if f"{nombre}={valor}" not in fila[0]:
                orden = sql.SQL("ALTER ROLE CURRENT_USER SET {} = {}")
                conexion.execute(orden.format(sql.Identifier(nombre), valor))
