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
        fila = conexion.execute("SELECT version_num FROM alembic_version").fetchone()
        return fila[0] if fila else None


def migrar(url: str | None = None, hasta: str = "head") -> None:
    """Bring the database at `url` (the configured one by default) to `hasta`."""
    from alembic import command
    from alembic.config import Config

    configuracion = Config()
    configuracion.set_main_option("script_location", str(CARPETA).replace("%", "%%"))
    configuracion.attributes["url"] = url
    command.upgrade(configuracion, hasta)
