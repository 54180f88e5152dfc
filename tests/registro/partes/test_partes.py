"""Parties: one row a citizen and a unit, a third person each time, and what the database refuses."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session

from ciudadania import PersonaNoEncontrada
from empresa_digital.registro import (
    ClaseDeParte,
    Parte,
    UnidadNoEncontrada,
    buscar_partes,
    parte_de_persona,
    parte_de_unidad,
    parte_tercera,
    partes_en_lote,
)
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.ids import nuevo_id
from tests.ayudas.carreras import cruzar


def _filas(sesion: Session) -> int:
    return int(sesion.connection().execute(text("SELECT count(*) FROM registro_parte")).scalar_one())


def test_una_persona_y_una_unidad_son_siempre_la_misma_parte(
    sesion: Session, crear_persona: Callable[..., Any], crear_unidad: Callable[..., Any]
) -> None:
    ana = crear_persona("ANA MARÍA", ci="1000001", complemento="1A", celular="70012345")
    tejidos = crear_unidad("Tejidos Illimani SRL", nombre_comercial="Illimani", telefono="+59122441234")

    suya, de_ella = parte_de_persona(sesion, ana.id), parte_de_unidad(sesion, tejidos.id)

    assert suya == Parte(
        id=suya.id,
        clase=ClaseDeParte.PERSONA,
        persona_id=ana.id,
        unidad_id=None,
        nombre="Ana María Prueba",
        telefono="+59170012345",
        documento="1000001-1A",
    )
    assert de_ella == Parte(
        id=de_ella.id,
        clase=ClaseDeParte.UNIDAD,
        persona_id=None,
        unidad_id=tejidos.id,
        nombre="Illimani",
        telefono="+59122441234",
        documento=None,
    )
    assert (parte_de_persona(sesion, ana.id), parte_de_unidad(sesion, tejidos.id)) == (suya, de_ella)
    assert buscar_partes(sesion, personas=[ana.id], unidades=[tejidos.id]) == {suya.id, de_ella.id}
    assert _filas(sesion) == 2


def test_buscar_no_hace_partes(sesion: Session, crear_persona: Callable[..., Any]) -> None:
    assert buscar_partes(sesion, personas=[crear_persona("Ana").id]) == set()
    assert buscar_partes(sesion) == set()
    assert _filas(sesion) == 0


def test_un_tercero_se_lee_como_todo_lo_que_se_escribe_y_es_otra_fila_cada_vez(sesion: Session) -> None:
    primera = parte_tercera(sesion, "  Juan   Pérez ", "7001 2345", "1.234.567-1a LP")
    segunda = parte_tercera(sesion, "Juan Pérez", "", " ")

    assert primera == Parte(
        id=primera.id,
        clase=ClaseDeParte.TERCERO,
        persona_id=None,
        unidad_id=None,
        nombre="Juan Pérez",
        telefono="+59170012345",
        documento="1234567-1A",
    )
    assert (segunda.nombre, segunda.telefono, segunda.documento) == ("Juan Pérez", None, None)
    assert primera.id != segunda.id
    assert partes_en_lote(sesion, [primera.id, segunda.id, nuevo_id()]) == {
        primera.id: primera,
        segunda.id: segunda,
    }


@pytest.mark.parametrize(
    ("documento", "leido"),
    [("1234567 SC", "1234567"), ("aa-123456", "AA-123456"), ("G 1234567", "G1234567"), ("N° 5", None)],
)
def test_el_documento_es_un_carnet_o_un_pasaporte(sesion: Session, documento: str, leido: str | None) -> None:
    if leido is None:
        with pytest.raises(DatosInvalidos) as rechazo:
            parte_tercera(sesion, "Juan", documento=documento)
        assert rechazo.value.campos == {
            "documento": "Escriba el carnet como 1234567, o el número del pasaporte."
        }
    else:
        assert parte_tercera(sesion, "Juan", documento=documento).documento == leido


@pytest.mark.parametrize(
    ("datos", "campo"),
    [
        ({"nombre": "¿?"}, "nombre"),
        ({"nombre": "Jսan"}, "nombre"),
        ({"nombre": "J" * 121}, "nombre"),
        ({"nombre": "Juan", "telefono": "123"}, "telefono"),
        ({"nombre": "Juan", "documento": "sin carnet"}, "documento"),
    ],
)
def test_lo_que_no_se_lee_no_deja_nada(sesion: Session, datos: dict[str, str], campo: str) -> None:
    with pytest.raises(DatosInvalidos) as rechazo:
        parte_tercera(sesion, **datos)
    assert list(rechazo.value.campos) == [campo]
    assert _filas(sesion) == 0


def test_quien_no_existe_no_es_parte(sesion: Session, bd: Engine) -> None:
    with pytest.raises(PersonaNoEncontrada):
        parte_de_persona(sesion, nuevo_id())
    with pytest.raises(UnidadNoEncontrada):
        parte_de_unidad(sesion, nuevo_id())
    assert _filas(sesion) == 0


def test_dos_a_la_vez_hacen_una(crear_persona: Callable[..., Any], crear_unidad: Callable[..., Any]) -> None:
    ana, tejidos = crear_persona("Ana"), crear_unidad("Tejidos")
    halladas: list[UUID] = []

    def hallar(propia: Session) -> None:
        halladas.append(parte_de_persona(propia, ana.id).id)
        halladas.append(parte_de_unidad(propia, tejidos.id).id)

    assert cruzar(hallar, hallar) is None
    assert halladas[:2] == halladas[2:]
    with transaccion() as sesion:
        assert _filas(sesion) == 2


def test_muchas_partes_cuestan_tres_consultas(
    sesion: Session,
    crear_persona: Callable[..., Any],
    crear_unidad: Callable[..., Any],
    contar_consultas: Callable[[], Any],
) -> None:
    ids = [parte_de_persona(sesion, crear_persona(f"Ana {n}").id).id for n in "abcd"]
    ids += [parte_de_unidad(sesion, crear_unidad(f"Tejidos {n}").id).id for n in "ab"]
    ids += [parte_tercera(sesion, "Juan").id]
    sesion.expire_all()
    with contar_consultas() as sentencias:
        assert len(partes_en_lote(sesion, ids)) == 7
    assert len(sentencias) == 3


BASE = "INSERT INTO registro_parte (id, clase, persona_id, unidad_id, nombre, telefono, documento) VALUES "


@pytest.mark.parametrize(
    ("valores", "regla"),
    [
        ("'persona', NULL, NULL, NULL, NULL, NULL", "lo_de_su_clase"),
        ("'persona', :persona, NULL, 'Juan', NULL, NULL", "lo_de_su_clase"),
        ("'persona', :persona, NULL, NULL, '+59170012345', NULL", "lo_de_su_clase"),
        ("'persona', :persona, :unidad, NULL, NULL, NULL", "lo_de_su_clase"),
        ("'unidad', :persona, NULL, NULL, NULL, NULL", "lo_de_su_clase"),
        ("'unidad', NULL, :unidad, NULL, NULL, '1234567'", "lo_de_su_clase"),
        ("'tercero', NULL, NULL, NULL, '+59170012345', NULL", "lo_de_su_clase"),
        ("'tercero', :persona, NULL, 'Juan', NULL, NULL", "lo_de_su_clase"),
        ("'tercero', NULL, NULL, ' Juan', NULL, NULL", "nombre"),
        ("'tercero', NULL, NULL, '', NULL, NULL", "nombre"),
        ("'tercero', NULL, NULL, 'Juan', '70012345', NULL", "telefono"),
        ("'tercero', NULL, NULL, 'Juan', NULL, 'x'", "documento"),
        ("'otra', NULL, NULL, 'Juan', NULL, NULL", "clase"),
    ],
)
def test_la_base_pide_lo_de_cada_clase_y_nada_mas(
    sesion: Session,
    crear_persona: Callable[..., Any],
    crear_unidad: Callable[..., Any],
    valores: str,
    regla: str,
) -> None:
    quienes = {"persona": crear_persona("Ana").id, "unidad": crear_unidad("Tejidos").id}
    with pytest.raises(IntegrityError, match=f"ck_registro_parte_{regla}"):
        sesion.connection().execute(text(f"{BASE} (gen_random_uuid(), {valores})"), quienes)


@pytest.mark.parametrize(
    "acto", ["UPDATE registro_parte SET nombre = 'Otro'", "DELETE FROM registro_parte WHERE true"]
)
def test_nadie_cambia_ni_borra_una_parte(bd: Engine, duenio: Engine, acto: str) -> None:
    with transaccion() as sesion:
        parte = parte_tercera(sesion, "Juan", "70012345")
    for motor, regla in ((bd, "permission denied"), (duenio, "registro_parte")):
        with pytest.raises(DBAPIError, match=regla), motor.begin() as conexion:
            conexion.execute(text(acto))
    with transaccion() as sesion:
        assert partes_en_lote(sesion, [parte.id]) == {parte.id: parte}
