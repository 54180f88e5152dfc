"""Recovery of a unit: two officials, notice, a waiting time, the right to object, an end by time."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from ciudadania import contar_sin_leer
from empresa_digital.registro import (
    Facultad,
    Materia,
    NuevoMandato,
    SinFacultad,
    mandatos,
    tiene_facultad,
    verificar_registro,
)
from empresa_digital.registro.competencias import CasoPropio, SinCompetencia
from empresa_digital.registro.mandatos.consultas import mandatos_de, ofrecidos_a
from empresa_digital.registro.mandatos.verificar import verificar_uso
from empresa_digital.registro.recuperacion.errores import (
    MismoFuncionario,
    RecuperacionAbierta,
    RecuperacionNoEncontrada,
    TodaviaNo,
)
from empresa_digital.registro.recuperacion.modelos import Recuperacion
from empresa_digital.registro.recuperacion.recuperar import (
    abrir_recuperacion,
    desistir_recuperacion,
    ejecutar_recuperacion,
    objetar_recuperacion,
    viva_de,
)
from empresa_digital.registro.recuperacion.tareas import vencer_recuperaciones
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos
from nucleo.vidas import TransicionInvalida
from tests.autorizacion.escena import apoderar
from tests.ayudas.personas import nuevo_actor
from tests.registro.conftest import Autoridad

Crear = Callable[..., Any]
DIEZ_DIAS = timedelta(days=10, seconds=1)


@pytest.fixture
def caso(crear_persona: Crear, crear_unidad: Crear, autoridad: Autoridad) -> dict[str, Any]:
    """A founder put out of her unit by Eva; Rosa and Pedro are officials; Luis sells for the unit."""
    personas = {
        n: crear_persona(n.capitalize())
        for n in ("fundadora", "eva", "luis", "pedro", "ajeno", "amiga", "otra")
    }
    apoderar(autoridad.unidad, ["REGULAR"], persona=personas["pedro"])
    unidad = crear_unidad(
        "La unidad",
        representante=personas["eva"],
        facultades=["ADMINISTRAR"],
        mandatos=[(personas["luis"], ["VENDER"])],
    )
    return {"unidad": unidad, "rosa": autoridad.persona, **personas}


def _abrir(
    caso: dict[str, Any], por: str = "rosa", *, a: str = "fundadora", quita: bool = True
) -> Recuperacion:
    with transaccion() as sesion:
        administran = [
            m.id for m in mandatos_de(sesion, caso["unidad"].id) if Facultad.ADMINISTRAR in m.facultades
        ]
        return abrir_recuperacion(
            sesion,
            nuevo_actor(caso[por]),
            caso["unidad"].id,
            causa="disputa",
            motivo="La expulsaron sin asamblea; acta notarial 12/2026",
            cedula=caso[a].ci,
            quita=administran if quita else (),
        )


def _ejecutar(caso: dict[str, Any], fila: Recuperacion, por: str, resolucion: str = "") -> None:
    with transaccion() as sesion:
        ejecutar_recuperacion(sesion, nuevo_actor(caso[por]), fila.id, resolucion)


def _administra(caso: dict[str, Any], quien: str) -> bool:
    with transaccion() as sesion:
        return tiene_facultad(sesion, nuevo_actor(caso[quien]), caso["unidad"].id, Facultad.ADMINISTRAR)


def test_la_fundadora_vuelve_por_dos_funcionarios(caso: dict[str, Any], reloj: Any, sesion: Session) -> None:
    antes = {n: contar_sin_leer(sesion, nuevo_actor(caso[n])) for n in ("eva", "luis", "ajeno")}
    sesion.rollback()
    fila = _abrir(caso)
    avisados = {n: contar_sin_leer(sesion, nuevo_actor(caso[n])) - antes[n] for n in antes}
    assert avisados == {"eva": 2, "luis": 1, "ajeno": 0}  # Eva reads the unit's mailbox too
    with pytest.raises(TodaviaNo):
        _ejecutar(caso, fila, "pedro")
    reloj.adelantar(DIEZ_DIAS)
    with pytest.raises(MismoFuncionario):
        _ejecutar(caso, fila, "rosa")
    assert _administra(caso, "eva")
    _ejecutar(caso, fila, "pedro")
    assert (_administra(caso, "eva"), _administra(caso, "fundadora")) == (False, False)
    with transaccion() as propia:
        (ofrecido,) = ofrecidos_a(propia, nuevo_actor(caso["fundadora"]))
        mandatos.aceptar_mandato(propia, nuevo_actor(caso["fundadora"]), ofrecido.id)
    assert _administra(caso, "fundadora")
    with pytest.raises(TransicionInvalida):
        _ejecutar(caso, fila, "pedro")
    sesion.rollback()
    assert verificar_registro(sesion) == []
    assert verificar_uso(sesion) == []


def test_quien_actua_por_la_unidad_se_opone_y_se_le_responde(
    caso: dict[str, Any], reloj: Any, sesion: Session
) -> None:
    fila = _abrir(caso)
    for ajeno in ("ajeno", "fundadora"):
        with pytest.raises(RecuperacionNoEncontrada), transaccion() as propia:
            objetar_recuperacion(propia, nuevo_actor(caso[ajeno]), fila.id, "No")
    with transaccion() as propia:
        objetar_recuperacion(propia, nuevo_actor(caso["luis"]), fila.id, "Hubo asamblea")
    reloj.adelantar(DIEZ_DIAS)
    with pytest.raises(DatosInvalidos):
        _ejecutar(caso, fila, "pedro")
    assert _administra(caso, "eva")
    _ejecutar(caso, fila, "pedro", "El acta no tiene quórum")
    assert not _administra(caso, "eva")


def test_solo_la_autoridad_y_no_en_lo_propio(caso: dict[str, Any]) -> None:
    with pytest.raises(SinFacultad):
        _abrir(caso, por="ajeno")
    with pytest.raises(DatosInvalidos):
        _abrir(caso, a="rosa")
    apoderar(caso["unidad"], ["VENDER"], persona=caso["rosa"])
    with pytest.raises(SinFacultad):
        _abrir(caso)
    fila = _abrir(caso, por="pedro")
    with pytest.raises(RecuperacionAbierta):
        _abrir(caso, por="pedro")
    with transaccion() as propia:
        desistir_recuperacion(propia, nuevo_actor(caso["pedro"]), fila.id, "Se arreglaron")
    with transaccion() as propia:
        assert viva_de(propia, caso["unidad"].id) is None


def test_el_tiempo_solo_la_termina(caso: dict[str, Any], reloj: Any, sesion: Session) -> None:
    fila = _abrir(caso)
    reloj.adelantar(timedelta(days=60))
    with pytest.raises(TransicionInvalida):
        _ejecutar(caso, fila, "pedro")
    assert vencer_recuperaciones() == 1
    assert vencer_recuperaciones() == 0
    assert sesion.get_one(Recuperacion, fila.id).estado == "vencida"
    assert _administra(caso, "eva")


_NO_ASI = "ck_registro_recuperacion_ejecucion"
_HECHA = "estado = 'ejecutada', mandato_id = :m"


@pytest.mark.parametrize(
    ("dias", "cambio", "motivo"),
    [
        (
            11,
            "resuelta_por = abierta_por, resuelta_en = nucleo_ahora()",
            _NO_ASI,
        ),
        (0, "resuelta_por = :p, resuelta_en = nucleo_ahora()", _NO_ASI),
        (0, "resuelta_por = :p, resuelta_en = puede_desde", "se resuelve a su hora"),
        (61, "resuelta_por = :p, resuelta_en = puede_desde", "se resuelve a su hora"),
        (61, "resuelta_por = :p, resuelta_en = nucleo_ahora()", _NO_ASI),
    ],
)
def test_la_base_pide_dos_y_a_tiempo(
    dias: int, cambio: str, motivo: str, caso: dict[str, Any], sesion: Session, reloj: Any
) -> None:
    _abrir(caso)
    reloj.adelantar(timedelta(days=dias))
    mandato = mandatos_de(sesion, caso["unidad"].id)[0].id
    datos = {"p": caso["pedro"].id, "m": mandato}
    orden = text(f"UPDATE registro_recuperacion SET {_HECHA}, {cambio}")
    with pytest.raises(DBAPIError, match=motivo):
        sesion.execute(orden, {c: v for c, v in datos.items() if f":{c}" in str(orden)})


def test_paginas_de_la_recuperacion(caso: dict[str, Any], sesion_web: Crear, reloj: Any) -> None:
    numero, rosa = caso["unidad"].numero, sesion_web(caso["rosa"])
    ruta = f"/regulador/unidades/{numero}/recuperacion"
    assert "Hoy la administran: Eva Prueba." in rosa.get(ruta).text
    malo = rosa.post(ruta, data={"ci": "x"})
    assert malo.status_code == 422
    datos = {"causa": "disputa", "motivo": "Acta 12", "ci": caso["fundadora"].ci, "quita_todos": "1"}
    assert rosa.post(ruta, data=datos).status_code == 303
    luis = sesion_web(caso["luis"])
    pagina = luis.get(f"/mis-unidades/{numero}/recuperacion").text
    assert "Disputa entre quienes la administran" in pagina
    with transaccion() as sesion:
        fila = viva_de(sesion, caso["unidad"].id)
        assert fila is not None
        id = fila.id
    objecion = luis.post(
        f"/mis-unidades/{numero}/recuperacion/{id}/objecion", data={"objecion": "Hubo asamblea"}
    )
    assert objecion.status_code == 303
    assert "Hubo asamblea" in rosa.get(ruta).text


def test_solo_la_autoridad_que_resuelve_sobre_mandatos(
    caso: dict[str, Any], crear_persona: Crear, otra_autoridad: Crear
) -> None:
    caso["rita"] = crear_persona("Rita")
    otra_autoridad(caso["rita"], Materia.PAGOS)
    with pytest.raises(SinCompetencia):
        _abrir(caso, por="rita")
    fila = _abrir(caso)
    with pytest.raises(SinCompetencia), transaccion() as propia:
        desistir_recuperacion(propia, nuevo_actor(caso["rita"]), fila.id, "Porque sí")


def test_nadie_ejecuta_la_recuperacion_que_le_da_la_unidad(caso: dict[str, Any], reloj: Any) -> None:
    """Two officials in collusion: one opens it for the other."""
    fila = _abrir(caso, a="pedro")
    reloj.adelantar(DIEZ_DIAS)
    with pytest.raises(CasoPropio):
        _ejecutar(caso, fila, "pedro")
    assert _administra(caso, "eva")


def test_lo_que_da_quien_ya_sabe_que_sale_se_va_con_quien_sale(
    caso: dict[str, Any], reloj: Any, sesion: Session
) -> None:
    """Ten days of notice are enough to leave the unit to friends, by the hand of a friend too."""
    fila = _abrir(caso)
    with transaccion() as propia:
        for da, a in (("eva", "ajeno"), ("ajeno", "amiga"), ("eva", "otra")):
            dado = mandatos.otorgar_mandato(
                propia,
                nuevo_actor(caso[da]),
                caso["unidad"].id,
                NuevoMandato((Facultad.ADMINISTRAR,), persona_id=caso[a].id),
            )
            if a != "otra":  # not accepted yet
                mandatos.aceptar_mandato(propia, nuevo_actor(caso[a]), dado.id)
    reloj.adelantar(DIEZ_DIAS)
    _ejecutar(caso, fila, "pedro")
    assert [_administra(caso, q) for q in ("eva", "ajeno", "amiga")] == [False, False, False]
    with transaccion() as propia:
        assert ofrecidos_a(propia, nuevo_actor(caso["otra"])) == []
        assert tiene_facultad(propia, nuevo_actor(caso["luis"]), caso["unidad"].id, Facultad.VENDER)
    assert verificar_registro(sesion) == []


@pytest.mark.parametrize(
    ("orden", "motivo"),
    [
        (
            "INSERT INTO registro_recuperacion (id, unidad_id, causa, motivo, cedula, quita, estado,"
            " abierta_por, abierta_en, puede_desde, vence_en) SELECT gen_random_uuid(), unidad_id, causa,"
            " motivo, cedula, quita, 'abierta', abierta_por, abierta_en - interval '11 days',"
            " puede_desde - interval '11 days', vence_en - interval '11 days' FROM registro_recuperacion",
            "no se abre hacia atrás",
        ),
        ("UPDATE registro_recuperacion SET objecion = 'Retiro lo dicho'", "no cambia"),
        (
            "UPDATE registro_recuperacion SET estado = 'ejecutada', objetada_por = NULL, objetada_en = NULL,"
            " objecion = NULL, resuelta_por = :otro, resuelta_en = puede_desde, mandato_id = :mandato",
            "no cambia",
        ),
        (
            "UPDATE registro_recuperacion SET estado = 'ejecutada', resuelta_por = :otro, resolucion = 'x',"
            " resuelta_en = puede_desde, mandato_id = :mandato",
            "a su hora",
        ),
    ],
)
def test_la_base_guarda_los_plazos_y_la_objecion(
    caso: dict[str, Any], sesion: Session, orden: str, motivo: str
) -> None:
    """Also from the application's own role: the ten days pass, and what somebody objected stays written."""
    fila = _abrir(caso)
    with transaccion() as propia:
        objetar_recuperacion(propia, nuevo_actor(caso["luis"]), fila.id, "Soy su hermano y vive")
    mandato = mandatos_de(sesion, caso["unidad"].id)[0].id
    datos = {"otro": caso["pedro"].id, "mandato": mandato}
    usados = {clave: valor for clave, valor in datos.items() if f":{clave}" in orden}
    with pytest.raises(DBAPIError, match=motivo):
        sesion.connection().execute(text(orden), usados)
    sesion.rollback()
    assert sesion.exec(text("SELECT estado, objecion FROM registro_recuperacion")).all() == [
        ("objetada", "Soy su hermano y vive")
    ]
