"""`qhatu autoridad`: an empty registry gets who decides."""

from typing import Any

from sqlalchemy import text
from sqlmodel import Session
from typer.testing import CliRunner

from empresa_digital.registro import Materia, exigir_competencia, mandatos, verificar_registro
from empresa_digital.registro.mandatos.consultas import ofrecidos_a
from nucleo.bd import transaccion
from plataforma.cli import comandos
from plataforma.servidores import ErrorDeArranque
from tests.ayudas.personas import nuevo_actor

_ENTIDAD = {
    "--norma": "LEY-1398",
    "--forma": "BO-GAM",
    "--municipio": "020101",
    "--direccion": "Plaza principal",
    "--telefono": "22000000",
}


def _correr(*cedulas: str, **cambia: str) -> Any:
    opciones = _ENTIDAD | {f"--{k}": v for k, v in cambia.items()}
    argumentos = ["autoridad", "Autoridad del Registro", *(x for par in opciones.items() for x in par)]
    return CliRunner().invoke(comandos, [*argumentos, *(x for una in cedulas for x in ("--ci", una))])


def _unidades(sesion: Session) -> int:
    sesion.rollback()
    return int(sesion.connection().execute(text("SELECT count(*) FROM registro_unidad")).scalar_one())


def test_un_registro_vacio_tiene_quien_decida(
    bd: Any, duenio: Any, crear_persona: Any, sesion: Session
) -> None:
    """Also where the clock does not move, as in production: a mandate that comes from nowhere is refused
    there, but for a unit that is being registered."""
    with duenio.begin() as conexion:
        conexion.execute(text("DELETE FROM nucleo_reloj"))
    try:
        _empezar(crear_persona, sesion)
    finally:
        with duenio.begin() as conexion:
            conexion.execute(text("INSERT INTO nucleo_reloj VALUES (true) ON CONFLICT DO NOTHING"))


def _empezar(crear_persona: Any, sesion: Session) -> None:
    rosa, rita = crear_persona("Rosa", ci="3900001"), crear_persona("Rita", ci="3900002", complemento="1A")
    hecho = _correr("3900001", "3900002-1A")
    assert (hecho.exit_code, hecho.stdout) == (0, "UE-0000001-3  Autoridad del Registro\n"), hecho.output
    for persona in (rosa, rita):
        actor = nuevo_actor(persona)
        with transaccion() as propia:
            (ofrecido,) = ofrecidos_a(propia, actor)
            mandatos.aceptar_mandato(propia, actor, ofrecido.id)
        for materia in Materia:
            exigir_competencia(sesion, actor, materia)
    assert verificar_registro(sesion) == []


def test_lo_que_no_se_entiende_no_inscribe_nada(bd: Any, sesion: Session) -> None:
    for cedulas, cambia, dice in (
        (("3900001",), {}, "dos personas o más"),
        (("3900001", "3900001"), {}, "dos personas o más"),
        (("3900001", "x"), {}, "Escriba el carnet|carnet no es válido"),
        (("3900001", "3900002"), {"norma": "LEY-0"}, "norma"),
        (("3900001", "3900002"), {"municipio": "999999"}, "municipio"),
    ):
        hecho = _correr(*cedulas, **cambia)
        assert isinstance(hecho.exception, ErrorDeArranque), (cedulas, hecho.output)
        assert any(parte in str(hecho.exception) for parte in dice.split("|")), hecho.exception
    assert _unidades(sesion) == 0
