"""The fixtures themselves: what they promise to the tests of every room."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlmodel import Session


@pytest.mark.parametrize("vuelta", [1, 2])
def test_cada_prueba_empieza_con_la_base_recien_migrada(
    sesion: Session, crear_persona: Callable[..., Any], servidores: dict[str, Any], vuelta: int
) -> None:
    """What a test writes, changes or deletes is gone in the next one, reference rows and numbers included."""
    conexion = sesion.connection()
    assert conexion.scalar(text("SELECT count(*) FROM ciudadania_persona")) == 0
    assert conexion.scalar(text("SELECT count(*) FROM nucleo_evento")) == 0
    total = conexion.scalar(text("SELECT count(*) FROM registro_municipio"))
    assert total == 337
    assert conexion.scalar(text("SELECT nombre FROM registro_municipio WHERE ine = '010101'")) == "Sucre"
    crear_persona()
    numero = conexion.scalar(
        text(
            "INSERT INTO nucleo_evento (id, tipo, objeto_id, datos, actor) "
            "VALUES (gen_random_uuid(), 'X', gen_random_uuid(), '{}', 'x') RETURNING numero"
        )
    )
    assert numero == 1
    sesion.commit()
    with psycopg.connect(servidores["url_admin"].format(base=servidores["base"])) as administrador:
        administrador.execute("SET session_replication_role = replica")
        administrador.execute("UPDATE registro_municipio SET nombre = 'Otro' WHERE ine = '010101'")
        administrador.execute("DELETE FROM registro_municipio WHERE ine = '010102'")


_hechas: list[str] = []


@pytest.mark.parametrize("vuelta", ["primera", "otra", "despues_de_escribir", "en_otro_tiempo"])
def test_lo_recordado_se_hace_una_vez_y_queda_igual(
    recordada: Callable[..., Any],
    crear_persona: Callable[..., Any],
    crear_unidad: Callable[..., Any],
    reloj: Any,
    sesion: Session,
    monkeypatch: pytest.MonkeyPatch,
    vuelta: str,
) -> None:
    """Rows, and the numbers that come next; made anew where database or clock are not as they were."""
    monkeypatch.setattr("tests.ayudas.escenas.VALE_S", 3600)
    if vuelta == "despues_de_escribir":
        crear_persona("Otra")
    if vuelta == "en_otro_tiempo":
        reloj.adelantar(timedelta(days=3))

    def hacer() -> tuple[Any, Any]:
        ana = crear_persona("Ana")
        _hechas.append(ana.ci)
        return ana, crear_unidad("Tejidos", representante=ana)

    ana, tejidos = recordada("prueba", hacer)
    assert len(_hechas) == {"primera": 1, "otra": 1, "despues_de_escribir": 2, "en_otro_tiempo": 3}[vuelta]
    assert (ana.ci, tejidos.numero) == (_hechas[-1], "UE-0000001-3")
    asientos = "SELECT operacion, instante <= nucleo_ahora() FROM registro_asiento ORDER BY secuencia"
    assert [tuple(f) for f in sesion.connection().execute(text(asientos))] == [
        ("crear", True),
        ("otorgar_mandato", True),
        ("presentar", True),
        ("inscribir", True),
    ]
    sesion.rollback()
    assert crear_unidad("Maderas", representante=ana).numero == "UE-0000002-1"


def test_unidad_con_representante_y_saldo(
    sesion: Session,
    crear_persona: Callable[..., Any],
    crear_unidad: Callable[..., Any],
    actor_de: Callable[..., Any],
    con_saldo: Callable[..., int],
) -> None:
    from empresa_digital.registro import (
        Facultad,
        Habilitacion,
        exigir_facultad,
        tiene_facultad,
        tiene_habilitacion,
    )
    from nucleo.dinero import bs
    from pagos import saldo_disponible

    ana, beto = crear_persona("Ana"), crear_persona("Beto")
    unidad = crear_unidad(
        representante=ana, habilitaciones=[Habilitacion.VENDEDOR], mandatos=[(beto, [Facultad.COMPRAR])]
    )
    assert exigir_facultad(sesion, actor_de(ana), unidad.id, Facultad.VENDER).unidad_id == unidad.id
    assert tiene_facultad(sesion, actor_de(beto), unidad.id, Facultad.COMPRAR)
    assert not tiene_facultad(sesion, actor_de(beto), unidad.id, Facultad.VENDER)
    assert tiene_habilitacion(sesion, unidad.id, Habilitacion.VENDEDOR)
    assert saldo_disponible(sesion, con_saldo(ana, "25000.00")) == bs("25000.00")
    assert saldo_disponible(sesion, con_saldo(unidad, "1.50")) == bs("1.50")


@pytest.mark.parametrize("tipo", ["EMPRESA", "OECA", "COMUNIDAD", "PERSONA_NATURAL", "ENTIDAD_PUBLICA"])
def test_unidades_de_todo_tipo(crear_unidad: Callable[..., Any], tipo: str) -> None:
    assert crear_unidad(tipo=tipo).estado == "inscrita"
