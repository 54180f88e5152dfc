"""Where the schema is, where the code wants it, and how to get there."""

import re
from pathlib import Path

CARPETA = Path(__file__).resolve().parent.parent / "migrations"
_ASIGNACION = re.compile(r'^(revision|down_revision)\b[^=\n]*=\s*["\']([^"\']+)["\']', re.MULTILINE)


def cabeza_del_codigo() -> str:
    """The last revision of the code, read without importing Alembic (a start must be quick)."""
    revisiones: set[str] = set()
    anteriores: set[str | None] = set()
    for archivo in (CARPETA / "versions").glob("*.py"):
        datos = dict(_ASIGNACION.findall(archivo.read_text(encoding="utf-8")))
        if "revision" in datos:
            revisiones.add(datos["revision"])
            anteriores.add(datos.get("down_revision"))
    cabezas = revisiones - anteriores
    if len(cabezas) != 1:
        raise RuntimeError(f"Las migraciones tienen {len(cabezas)} cabezas: {sorted(cabezas)}")
    return cabezas.pop()


def version_aplicada(url: str) -> str | None:
    """The revision of the database at `url`, None when it was never migrated."""
    import psycopg

    with psycopg.connect(url.replace("+psycopg", "", 1), connect_timeout=10) as conexion:
        fila = conexion.execute("SELECT to_regclass('alembic_version')").fetchone()
        if fila is None or fila[0] is None:
            return None
        try:
            fila = conexion.execute("SELECT version_num FROM alembic_version").fetchone()
        except psycopg.errors.InsufficientPrivilege:  # older than the application's role
            return None
        return fila[0] if fila else None


def al_dia(url: str, *, reloj_movible: bool) -> bool:
    """Whether the database at `url` has nothing to migrate, and its clock obeys as this mode asks."""
    import psycopg

    from nucleo.reloj import es_movible

    if version_aplicada(url) != cabeza_del_codigo():
        return False
    with psycopg.connect(url.replace("+psycopg", "", 1), connect_timeout=10) as conexion:
        return es_movible(conexion) == reloj_movible


def migrar(url: str, hasta: str = "head", *, reloj_movible: bool = True) -> None:
    """Bring the database at `url` (its owner's address) to `hasta`.

    `reloj_movible`: its clock can be moved, as tests and the demonstration need and production forbids.
    """
    from alembic import command
    from alembic.config import Config

    configuracion = Config()
    configuracion.set_main_option("script_location", str(CARPETA).replace("%", "%%"))
    configuracion.attributes["url"] = url
    command.upgrade(configuracion, hasta)
    asentar(url, reloj_movible)


def asentar(url: str, reloj_movible: bool = True) -> None:
    """What belongs to the database and not to its schema: a copy needs it again."""
    import psycopg
    from psycopg import sql

    from nucleo.reloj import hacer_movible

    with psycopg.connect(url.replace("+psycopg", "", 1)) as conexion:
        # A temporary table could take the place of one that a trigger reads.
        quitar = sql.SQL("REVOKE CREATE, TEMPORARY ON DATABASE {} FROM PUBLIC")
        conexion.execute(quitar.format(sql.Identifier(conexion.info.dbname)))
        hacer_movible(conexion, reloj_movible)
