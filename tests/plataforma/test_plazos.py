"""How long the application waits in the database, with nothing that PgBouncer would refuse or lose."""

from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, text

from nucleo.bd import crear_motor, motor
from nucleo.configuracion import ajustes
from plataforma.plazos import PLAZOS, fijar_plazos


def _de_una_conexion(url: str) -> dict[str, str]:
    with psycopg.connect(url) as conexion:
        return {n: conexion.execute("SELECT current_setting(%s)", (n,)).fetchone()[0] for n in PLAZOS}  # type: ignore[index]


def test_toda_conexion_del_papel_tiene_sus_plazos(bd: Engine, servidores: dict[str, Any]) -> None:
    assert _de_una_conexion(servidores["url"]) == PLAZOS
    with motor().connect() as conexion:
        assert {n: conexion.scalar(text("SELECT current_setting(:n)"), {"n": n}) for n in PLAZOS} == PLAZOS


def test_el_administrador_no_los_tiene(bd: Engine, servidores: dict[str, Any]) -> None:
    """Who migrates, repairs or copies the database may take hours."""
    suyos = _de_una_conexion(servidores["url_admin"].format(base=servidores["base"]))
    assert suyos["statement_timeout"] == "0"


def test_fijarlos_otra_vez_no_cambia_nada(bd: Engine, servidores: dict[str, Any]) -> None:
    with psycopg.connect(servidores["url_admin"].format(base=servidores["base"])) as admin:
        antes = admin.execute("SELECT xmin::text, setconfig FROM pg_db_role_setting").fetchall()
        fijar_plazos(servidores["url"])
        assert admin.execute("SELECT xmin::text, setconfig FROM pg_db_role_setting").fetchall() == antes
        admin.execute("ALTER ROLE qhatu SET lock_timeout = '1h'")
        admin.commit()
    fijar_plazos(servidores["url"])
    assert _de_una_conexion(servidores["url"]) == PLAZOS


def test_lo_que_dejo_quien_robo_la_clave_se_quita(bd: Engine, servidores: dict[str, Any]) -> None:
    """A role may change its own settings: they would outlive the change of the password."""
    with psycopg.connect(servidores["url"], autocommit=True) as robada:
        robada.execute("ALTER ROLE qhatu SET search_path = pg_temp")
        robada.execute(f"ALTER ROLE qhatu IN DATABASE {servidores['base']} SET datestyle = 'SQL, DMY'")
        robada.execute("ALTER ROLE qhatu RESET timezone")
    fijar_plazos(servidores["url"])
    assert _de_una_conexion(servidores["url"]) == PLAZOS
    with psycopg.connect(servidores["url"]) as conexion:
        assert conexion.execute("SHOW search_path").fetchone() == ('"$user", public',)
        assert conexion.execute("SHOW datestyle").fetchone() == ("ISO, MDY",)


@pytest.mark.parametrize(("preparadas", "esperado"), [("true", 1), ("false", 0)])
def test_sin_preparar_nada_queda_en_la_conexion(
    bd: Engine, servidores: dict[str, Any], monkeypatch: pytest.MonkeyPatch, preparadas: str, esperado: int
) -> None:
    monkeypatch.setenv("QHATU_BASE_DATOS_PREPARADAS", preparadas)
    ajustes.cache_clear()
    try:
        otro = crear_motor(servidores["url"], pool_size=1)
    finally:
        monkeypatch.undo()
        ajustes.cache_clear()
    try:
        with otro.connect() as conexion:
            for n in range(8):
                conexion.execute(text("SELECT CAST(:n AS integer) + 1"), {"n": n})
            hay = conexion.scalar(
                text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%integer) + 1'")
            )
    finally:
        otro.dispose()
    assert hay == esperado
