"""Alembic environment: one transaction for all pending migrations, one migrator at a time."""

from typing import Any

from alembic import context
from alembic.operations.ops import CreateTableOp, ExecuteSQLOp
from sqlalchemy import Connection, MetaData, create_engine, pool, text

PREFIJOS = {"feria_inversa": "feria"}
CERROJO = 7_170_001  # advisory lock: two `qhatu migrate` at once queue instead of colliding


def metadatos() -> MetaData:
    """All rooms' tables; imported only to compare, so that upgrading never depends on today's models."""
    from sqlmodel import SQLModel

    from plataforma.habitaciones import modulos

    modulos("modelos")
    return SQLModel.metadata


def incluir(objeto: Any, nombre: str | None, tipo: str, _reflejado: bool, _comparado: Any) -> bool:
    """With `-x room=pagos` autogenerate looks at the tables of that room only."""
    habitacion = context.get_x_argument(as_dictionary=True).get("room")
    if habitacion is None:
        return True
    tabla = nombre if tipo == "table" else objeto.table.name
    return str(tabla).startswith(PREFIJOS.get(str(habitacion), str(habitacion)) + "_")


def escribir(clase: str, objeto: Any, _contexto: Any) -> Any:
    """In a draft, `str` is a VARCHAR of SQLAlchemy: a revision needs nothing of SQLModel."""
    from sqlmodel import AutoString

    return "sa.String()" if clase == "type" and isinstance(objeto, AutoString) else False


def conceder(_contexto: Any, _revision: Any, borradores: list[Any]) -> None:
    """In a draft, a new table grants what its model declares."""
    from nucleo.privilegios import concesion

    pasos = borradores[0].upgrade_ops.ops
    for paso in [p for p in pasos if isinstance(p, CreateTableOp)]:
        paso.info.clear()
        pasos.append(ExecuteSQLOp(concesion(metadatos().tables[paso.table_name])))


def migrar(conexion: Connection) -> None:
    orden = getattr(context.config, "cmd_opts", None)
    compara = getattr(orden, "autogenerate", False) or "check" in str(getattr(orden, "cmd", ""))
    context.configure(
        connection=conexion,
        target_metadata=metadatos() if compara else None,
        include_object=incluir,
        render_item=escribir,
        process_revision_directives=conceder,
    )
    with context.begin_transaction():
        for plazo in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
            conexion.execute(text(f"SET LOCAL {plazo} = 0"))  # the role may have those of the application
        conexion.execute(text("SELECT pg_advisory_xact_lock(:cerrojo)"), {"cerrojo": CERROJO})
        context.run_migrations()


def principal() -> None:
    conexion = context.config.attributes.get("conexion")
    if conexion is not None:
        migrar(conexion)
        return
    from nucleo.bd import url_sqlalchemy
    from plataforma.entorno import url_del_dueno

    url = context.config.attributes.get("url") or url_del_dueno()
    if url is None:
        raise SystemExit("Falta QHATU_BASE_DATOS_DUENO_URL, o una plataforma en marcha («make run»).")
    motor = create_engine(url_sqlalchemy(url), poolclass=pool.NullPool)
    with motor.connect() as conexion:
        migrar(conexion)
        conexion.commit()


principal()
