"""The demonstration: the fixed units with their people, every state, idempotent, and sound."""

from sqlalchemy import func
from sqlmodel import Session, select

from ciudadania import actor_de_persona, obtener_persona
from demostracion.capitulos.registro import ETIQUETA, pasos, unidades_demo
from demostracion.personas import sembrar as sembrar_personas
from demostracion.relato import contar
from empresa_digital.registro import (
    EstadoUnidad,
    Facultad,
    Habilitacion,
    tiene_facultad,
    tiene_habilitacion,
    verificar_registro,
)
from empresa_digital.registro.mandatos import exigir_regulador
from empresa_digital.registro.unidades.modelos import UnidadEconomica
from nucleo.actor import Actor
from nucleo.bd import transaccion
from nucleo.ids import id_demo


def _actor(sesion: Session, clave: str) -> Actor:
    return actor_de_persona(obtener_persona(sesion, id_demo(f"persona:{clave}")))


def _contar() -> None:
    with transaccion() as propia:
        sembrar_personas(propia)
    contar({"registro": pasos})


def test_la_demostracion(sesion: Session) -> None:
    for _vez in range(2):
        _contar()

    filas = sesion.exec(select(UnidadEconomica)).all()
    assert len(filas) == len(unidades_demo()) == 48
    assert all(u.denominacion.endswith(ETIQUETA) for u in filas)
    assert {u.estado for u in filas} == set(EstadoUnidad)
    assert {(u.municipio_ine or "")[:2] for u in filas} == {f"0{n}" for n in range(1, 10)}
    assert sesion.exec(select(func.count(func.distinct(UnidadEconomica.tipo)))).one() == 8
    assert verificar_registro(sesion) == []


def test_las_unidades_fijas(sesion: Session) -> None:
    _contar()
    casos = {
        "tejidos": ((Facultad.ADMINISTRAR, Facultad.VENDER), Habilitacion.VENDEDOR),
        "alcaldia": (
            (Facultad.ADMINISTRAR, Facultad.COMPRAR, Facultad.EVALUAR, Facultad.PAGAR),
            Habilitacion.ENTIDAD_CONTRATANTE,
        ),
        "correos": ((Facultad.DESPACHAR, Facultad.ADMINISTRAR), Habilitacion.OPERADOR_POSTAL),
        "regulador": ((Facultad.REGULAR,), Habilitacion.AUTORIDAD_REGULADORA),
    }
    for clave, (facultades, habilitacion) in casos.items():
        unidad = id_demo(f"unidad:{clave}")
        for facultad in facultades:
            assert tiene_facultad(sesion, _actor(sesion, clave), unidad, facultad), (clave, facultad)
        assert tiene_habilitacion(sesion, unidad, habilitacion), clave
    assert exigir_regulador(sesion, _actor(sesion, "regulador")).unidad_id == id_demo("unidad:regulador")
