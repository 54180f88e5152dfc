"""Which authority decides what: matter, kind, place, dates; nobody in her own case; the last one stays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from pydantic import BaseModel
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, InternalError, ProgrammingError
from sqlmodel import Session, func, select

from empresa_digital.registro import (
    Facultad,
    Habilitacion,
    Materia,
    NuevaCompetencia,
    NuevoMandato,
    SinFacultad,
    exigir_competencia,
    firmar_acto,
    inscripcion,
    mandatos,
    unidad_por_id,
)
from empresa_digital.registro.competencias import CasoPropio, SinCompetencia
from empresa_digital.registro.competencias.consultas import autoridades_competentes, competencias_vigentes
from empresa_digital.registro.competencias.errores import UltimaCompetencia
from empresa_digital.registro.competencias.modelos import Competencia, Norma
from empresa_digital.registro.competencias.normas import (
    agregar_norma,
    derogar_norma,
    exigir_norma,
    lista_de_normas,
)
from empresa_digital.registro.competencias.otorgar import otorgar_competencia, retirar_competencia
from empresa_digital.registro.habilitaciones import otorgar_habilitacion
from empresa_digital.registro.inscripcion.acto import INSCRIPCION, CuerpoDeInscripcion
from empresa_digital.registro.mandatos import otorgar_con
from empresa_digital.registro.mandatos.consultas import ofrecidos_a
from empresa_digital.registro.unidades import bloquear_unidad
from nucleo import actos
from nucleo.actor import Actor, Autorizacion
from nucleo.actos import ActoConjunto, FaltanFirmas, Propuesto
from nucleo.bd import transaccion
from nucleo.errores import Conflicto, DatosInvalidos, ErrorDominio
from nucleo.ids import nuevo_id
from nucleo.reloj import fecha_bolivia
from tests.autorizacion.escena import apoderar
from tests.ayudas.personas import nuevo_actor
from tests.registro.conftest import Autoridad

Crear = Callable[..., Any]
HOY = fecha_bolivia
SISTEMA = Autorizacion.propia(Actor.sistema("prueba"))


@pytest.fixture
def otra(crear_persona: Crear, otra_autoridad: Crear, actor_de: Crear) -> Callable[..., Actor]:
    """`otra(Materia.PAGOS, clase=…, lugar=…)` -> an official of another authority, with that alone."""

    def crear(materia: Materia, **alcance: Any) -> Actor:
        persona = crear_persona("Rita")
        otra_autoridad(persona, materia, **alcance)
        return actor_de(persona)

    return crear


@pytest.fixture
def entre_dos(
    autoridad: Autoridad,
    crear_persona: Crear,
    otorgar: Crear,
    actor_de: Crear,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[Callable[[Session, Actor], Any]], Any]:
    """`entre_dos(hacer)` -> what `hacer(session, actor)` answers to the second signature of two officials."""
    rita = crear_persona("Rita")
    otorgar(autoridad.unidad.id, rita, Facultad.REGULAR)
    monkeypatch.setattr(actos, "_declarados", dict(actos.actos_declarados()))
    hechos: list[Any] = []

    class Prueba(BaseModel):
        id: UUID

    def dos(hacer: Callable[[Session, Actor], Any]) -> Any:
        acto = ActoConjunto(
            codigo=f"prueba.{len(hechos)}",
            nombre="Prueba",
            facultad=Facultad.REGULAR.value,
            cuerpo=Prueba,
            ejecutar=lambda s, actor, _cuerpo: hechos.append(hacer(s, actor)),
            en_palabras=lambda _s, _cuerpo: [],
            firmas_minimas=2,
        )
        actos._declarados[acto.codigo] = acto
        cuerpo = Prueba(id=nuevo_id())
        with transaccion() as propia:
            propuesto = acto.proponer(propia, autoridad.actor, cuerpo, unidad_id=autoridad.unidad.id)
        with transaccion() as propia:
            firmar_acto(propia, actor_de(rita), propuesto.id, propuesto.huella)
        return hechos[-1]

    return dos


def test_dos_personas_son_las_de_un_acto_que_se_hace_ahora(
    sesion: Session, autoridad: Autoridad, entre_dos: Crear
) -> None:
    """Not whoever says so: of no act, of one that is over, or of the signature of another."""
    nueva = NuevaCompetencia(Materia.HABILITACION, "LEY-164", HOY(), clase="OPERADOR_POSTAL")
    antes = _cuantas(sesion)

    def negada(s: Session, actor: Actor) -> Actor:
        ajena = replace(autoridad.actor, acto=actor.acto)
        with pytest.raises(FaltanFirmas), s.begin_nested():
            otorgar_competencia(s, ajena, autoridad.unidad.id, nueva)
        return actor

    segunda = entre_dos(negada)
    for impostor in (replace(autoridad.actor, acto=nuevo_id()), segunda, replace(segunda, acto=None)):
        with pytest.raises(FaltanFirmas):
            otorgar_competencia(sesion, impostor, autoridad.unidad.id, nueva)
        sesion.rollback()
    assert _cuantas(sesion) == antes


def _cuantas(sesion: Session) -> int:
    return sesion.exec(select(func.count()).select_from(Competencia)).one()


@pytest.mark.parametrize(
    ("alcance", "tipo", "municipio", "decide"),
    [
        ({}, "EMPRESA", "020101", True),
        ({"clase": "EMPRESA"}, "EMPRESA", "020101", True),
        ({"clase": "EMPRESA"}, "COOPERATIVA", "020101", False),
        ({"lugar": "02"}, "EMPRESA", "020101", True),
        ({"lugar": "020101"}, "EMPRESA", "020101", True),
        ({"lugar": "05"}, "EMPRESA", "020101", False),
        ({"lugar": "020101"}, "EMPRESA", "020105", False),
        ({"clase": "EMPRESA", "lugar": "05"}, "EMPRESA", "020101", False),
    ],
)
def test_de_que_clase_y_en_que_lugar(
    alcance: dict[str, str],
    tipo: str,
    municipio: str,
    decide: bool,
    sesion: Session,
    otra: Callable[..., Actor],
    crear_unidad: Crear,
) -> None:
    rita = otra(Materia.INSCRIPCION, **alcance)
    unidad = crear_unidad(tipo=tipo, municipio_ine=municipio)
    if decide:
        assert inscripcion.suspender(sesion, rita, unidad.id, "Prueba").estado == "suspendida"
        return
    with pytest.raises(SinCompetencia):
        inscripcion.suspender(sesion, rita, unidad.id, "Prueba")
    sesion.rollback()
    assert (
        sesion.connection()
        .execute(text("SELECT estado FROM registro_unidad WHERE id = :u"), {"u": unidad.id})
        .scalar_one()
        == "inscrita"
    )


def test_lo_sin_lugar_lo_decide_quien_llega_a_todo_el_pais(
    sesion: Session, otra: Callable[..., Actor]
) -> None:
    exigir_competencia(sesion, otra(Materia.PAGOS), Materia.PAGOS)
    with pytest.raises(SinCompetencia):
        exigir_competencia(sesion, otra(Materia.PAGOS, lugar="02"), Materia.PAGOS)


def test_de_cuando_a_cuando(sesion: Session, otra: Callable[..., Actor], reloj: Any) -> None:
    manana = HOY() + timedelta(days=1)
    rita = otra(Materia.PAGOS, desde=manana, vigente_hasta=manana)
    with pytest.raises(SinCompetencia):
        exigir_competencia(sesion, rita, Materia.PAGOS)
    sesion.rollback()
    reloj.adelantar(timedelta(days=1))
    exigir_competencia(sesion, rita, Materia.PAGOS)
    sesion.rollback()
    reloj.adelantar(timedelta(days=1))
    with pytest.raises(SinCompetencia):
        exigir_competencia(sesion, rita, Materia.PAGOS)


def test_quien_no_es_de_una_autoridad_no_tiene_ninguna(
    sesion: Session, crear_persona: Crear, actor_de: Crear
) -> None:
    with pytest.raises(SinFacultad) as falla:
        exigir_competencia(sesion, actor_de(crear_persona("Ana")), Materia.PAGOS)
    assert falla.value.codigo == "sin_facultad"


def _representa(crear_unidad: Crear, persona: Any, _otra_persona: Any) -> UUID:
    return crear_unidad(representante=persona, facultades=["VENDER"]).id


def _por_una_oficina(crear_unidad: Crear, persona: Any, _otra_persona: Any) -> UUID:
    oficina = crear_unidad("Oficina", representante=persona, facultades=["DESPACHAR"])
    clienta = crear_unidad("Clienta")
    with transaccion() as propia:
        mandato = NuevoMandato((Facultad.VENDER,), unidad_id=oficina.id)
        otorgar_con(propia, bloquear_unidad(propia, clienta.id), SISTEMA, mandato)
    return UUID(str(clienta.id))


def _le_ofrecen_por_cedula(crear_unidad: Crear, persona: Any, otra_persona: Any) -> UUID:
    unidad = crear_unidad(representante=otra_persona, facultades=["ADMINISTRAR"])
    with transaccion() as propia:
        nuevo = NuevoMandato((Facultad.VENDER,), cedula=persona.ci)
        mandatos.otorgar_mandato(propia, nuevo_actor(otra_persona), unidad.id, nuevo)
    return UUID(str(unidad.id))


def _renuncio_hace_un_momento(crear_unidad: Crear, persona: Any, otra_persona: Any) -> UUID:
    unidad = crear_unidad(representante=otra_persona, facultades=["ADMINISTRAR"])
    dado = apoderar(unidad, ["VENDER"], persona=persona)
    with transaccion() as propia:
        mandatos.revocar_mandato(propia, nuevo_actor(persona), dado, "Renuncio")
    return UUID(str(unidad.id))


@pytest.mark.parametrize(
    "caso", [_representa, _por_una_oficina, _le_ofrecen_por_cedula, _renuncio_hace_un_momento]
)
def test_nadie_decide_en_su_propio_caso(
    caso: Callable[..., UUID],
    sesion: Session,
    autoridad: Autoridad,
    crear_unidad: Crear,
    crear_persona: Crear,
) -> None:
    unidad_id = caso(crear_unidad, autoridad.persona, crear_persona("Otra"))
    with pytest.raises(CasoPropio):
        inscripcion.suspender(sesion, autoridad.actor, unidad_id, "Prueba")
    with pytest.raises(CasoPropio):
        otorgar_habilitacion(
            sesion, autoridad.actor, unidad_id, Habilitacion.VENDEDOR, norma="LEY-1398", desde=HOY()
        )
    with pytest.raises(CasoPropio):
        exigir_competencia(sesion, autoridad.actor, Materia.PAGOS, persona_id=autoridad.persona.id)


def test_la_norma_es_de_la_lista_y_vigente_ese_dia(
    sesion: Session, autoridad: Autoridad, entre_dos: Crear
) -> None:
    assert exigir_norma(sesion, "LEY-1398", HOY()).confirmado is False
    for codigo, dia in (("porque sí", HOY()), ("LEY-1398", date(2021, 9, 23))):
        with pytest.raises(DatosInvalidos) as falla:
            exigir_norma(sesion, codigo, dia)
        assert list(falla.value.campos or {}) == ["norma"]
    nueva = {"codigo": "RA-7/2026", "titulo": "Reglamento de prueba", "vigente_desde": HOY()}
    with pytest.raises(FaltanFirmas):  # nobody lists alone what she decides by
        agregar_norma(sesion, autoridad.actor, **nueva)
    sesion.rollback()
    assert "RA-7/2026" not in [n.codigo for n in lista_de_normas(sesion)]
    entre_dos(lambda s, segunda: agregar_norma(s, segunda, **nueva).codigo)
    with pytest.raises(FaltanFirmas):
        derogar_norma(sesion, autoridad.actor, "RA-7/2026", HOY())
    sesion.rollback()
    assert sesion.get_one(Norma, "RA-7/2026").vigente_hasta is None
    sesion.rollback()
    entre_dos(lambda s, segunda: derogar_norma(s, segunda, "RA-7/2026", HOY()).codigo)
    exigir_norma(sesion, "RA-7/2026", HOY())
    with pytest.raises(DatosInvalidos):
        exigir_norma(sesion, "RA-7/2026", HOY() + timedelta(days=1))
    with pytest.raises(DatosInvalidos):
        derogar_norma(sesion, autoridad.actor, "LEY-1398", HOY() - timedelta(days=1))


def test_dar_y_retirar(
    sesion: Session,
    autoridad: Autoridad,
    crear_unidad: Crear,
    crear_persona: Crear,
    actor_de: Crear,
    entre_dos: Crear,
) -> None:
    persona = crear_persona("Inés")
    unidad = crear_unidad("Otra", tipo="ENTIDAD_PUBLICA", representante=persona, facultades=["REGULAR"])
    nueva = NuevaCompetencia(Materia.HABILITACION, "LEY-164", HOY(), clase="OPERADOR_POSTAL")
    with pytest.raises(FaltanFirmas):
        otorgar_competencia(sesion, autoridad.actor, unidad.id, nueva)
    sesion.rollback()
    dada = entre_dos(lambda s, segunda: otorgar_competencia(s, segunda, unidad.id, nueva).id)
    assert [c.id for c in competencias_vigentes(sesion, unidad.id)] == [dada]
    with pytest.raises(Conflicto):
        entre_dos(lambda s, segunda: otorgar_competencia(s, segunda, unidad.id, nueva))
    with pytest.raises(SinFacultad):
        otorgar_competencia(sesion, actor_de(persona), unidad.id, nueva)
    sesion.rollback()
    retirar = lambda s, segunda: retirar_competencia(s, segunda, dada, "Ya no le toca").retirada_motivo  # noqa: E731
    assert (entre_dos(retirar), competencias_vigentes(sesion, unidad.id)) == ("Ya no le toca", [])
    with pytest.raises(Conflicto):
        entre_dos(retirar)


@pytest.mark.parametrize(
    ("materia", "alcance", "campo"),
    [
        (Materia.INSCRIPCION, {"clase": "PANADERIA"}, "clase"),
        (Materia.PAGOS, {"clase": "EMPRESA"}, "clase"),
        (Materia.HABILITACION, {"clase": "EMPRESA"}, "clase"),
        (Materia.PAGOS, {"lugar": "99"}, "lugar"),
        (Materia.PAGOS, {"lugar": "029999"}, "lugar"),
    ],
)
def test_lo_que_nadie_podria_decidir_no_se_da(
    materia: Materia,
    alcance: dict[str, str],
    campo: str,
    sesion: Session,
    autoridad: Autoridad,
    entre_dos: Crear,
) -> None:
    antes = _cuantas(sesion)
    nueva = NuevaCompetencia(materia, "LEY-1398", HOY(), **alcance)
    with pytest.raises(ErrorDominio) as falla:
        entre_dos(lambda s, segunda: otorgar_competencia(s, segunda, autoridad.unidad.id, nueva))
    assert list(falla.value.campos or {}) == [campo]
    assert _cuantas(sesion) == antes


def test_siempre_queda_quien_da_competencias(sesion: Session, autoridad: Autoridad, entre_dos: Crear) -> None:
    (unica,) = [
        c for c in competencias_vigentes(sesion, autoridad.unidad.id) if c.materia == Materia.COMPETENCIAS
    ]
    antes = _cuantas(sesion)
    with pytest.raises(UltimaCompetencia):
        entre_dos(lambda s, segunda: retirar_competencia(s, segunda, unica.id, "Prueba"))
    sesion.expire_all()
    assert sesion.get_one(Competencia, unica.id).retirada_en is None
    assert _cuantas(sesion) == antes


@pytest.mark.parametrize(
    "orden",
    [
        "UPDATE registro_competencia SET materia = 'PAGOS'",
        "UPDATE registro_competencia SET vigente_hasta = NULL",
        "DELETE FROM registro_competencia",
        "UPDATE registro_norma SET titulo = 'otra'",
        "DELETE FROM registro_norma",
    ],
)
def test_la_aplicacion_no_las_cambia(orden: str, bd: Engine, autoridad: Autoridad) -> None:
    with bd.connect() as conexion, pytest.raises(ProgrammingError, match="permission denied"):
        conexion.execute(text(orden))


def test_lo_retirado_y_lo_derogado_no_vuelve(sesion: Session, bd: Engine, autoridad: Autoridad) -> None:
    retira = "UPDATE registro_competencia SET retirada_en = {}, retirada_motivo = {} WHERE materia = 'PAGOS'"
    deroga = "UPDATE registro_norma SET vigente_hasta = {} WHERE codigo = 'LEY-164'"
    with bd.begin() as conexion:
        conexion.execute(text(retira.format("now()", "'x'")))
        conexion.execute(text(deroga.format("'2030-01-01'")))
    for orden in (retira.format("NULL", "NULL"), deroga.format("NULL"), deroga.format("'2031-01-01'")):
        with bd.connect() as conexion, pytest.raises((InternalError, IntegrityError)):
            conexion.execute(text(orden))
    assert sesion.get_one(Norma, "LEY-164").vigente_hasta == date(2030, 1, 1)


def test_una_oferta_que_no_acepto_no_la_aparta_para_siempre(
    sesion: Session, autoridad: Autoridad, crear_unidad: Crear, crear_persona: Crear
) -> None:
    """Nobody chooses who judges them by offering mandates to the others."""
    unidad_id = _le_ofrecen_por_cedula(crear_unidad, autoridad.persona, crear_persona("Otra"))
    with transaccion() as propia:
        (ofrecido,) = ofrecidos_a(propia, autoridad.actor)
        mandatos.declinar_mandato(propia, autoridad.actor, ofrecido.id)
    exigir_competencia(sesion, autoridad.actor, Materia.INSCRIPCION, unidad_id=unidad_id)


def test_quien_represento_a_la_unidad_vuelve_a_decidir_al_anio(
    sesion: Session, autoridad: Autoridad, crear_unidad: Crear, crear_persona: Crear, reloj: Any
) -> None:
    unidad_id = _renuncio_hace_un_momento(crear_unidad, autoridad.persona, crear_persona("Otra"))
    reloj.adelantar(timedelta(days=365, seconds=1))
    exigir_competencia(sesion, autoridad.actor, Materia.INSCRIPCION, unidad_id=unidad_id)


def test_dos_personas_inscriben_a_una_entidad(
    sesion: Session,
    autoridad: Autoridad,
    crear_persona: Crear,
    actor_de: Crear,
    otorgar: Crear,
    borrador: Crear,
) -> None:
    """The first signature leaves it waiting; the second, of another official without part in it, does it."""
    ana, rita, parte = crear_persona("Ana"), crear_persona("Rita"), crear_persona("Pía")
    for oficial in (rita, parte):
        otorgar(autoridad.unidad.id, oficial, Facultad.REGULAR)
    entidad = borrador(actor_de(ana), "Entidad nueva", tipo="ENTIDAD_PUBLICA", forma_legal="BO-GAM")
    with transaccion() as propia:
        inscripcion.presentar(propia, actor_de(ana), entidad.id)
    otorgar(entidad.id, parte, Facultad.VENDER)
    version = unidad_por_id(sesion, entidad.id).version
    sesion.rollback()
    with transaccion() as propia:
        cuerpo = CuerpoDeInscripcion(unidad=entidad.id, version=version)
        propuesto = INSCRIPCION.hacer(propia, autoridad.actor, cuerpo)
    assert isinstance(propuesto, Propuesto)
    assert propuesto.faltan == 1
    assert unidad_por_id(sesion, entidad.id).estado == "presentada"
    sesion.rollback()
    with pytest.raises(CasoPropio), transaccion() as propia:
        firmar_acto(propia, actor_de(parte), propuesto.id, propuesto.huella)
    with transaccion() as propia:
        firmar_acto(propia, actor_de(rita), propuesto.id, propuesto.huella)
    assert unidad_por_id(sesion, entidad.id).estado == "inscrita"


def test_no_queda_quien_las_da_donde_solo_hay_una_persona(
    sesion: Session, autoridad: Autoridad, entre_dos: Crear, otra_autoridad: Crear, crear_persona: Crear
) -> None:
    """Two sign: another authority of one official, or closed, gives none."""
    segunda = otra_autoridad(crear_persona("Rita"), Materia.COMPETENCIAS)
    (unica,) = [
        c for c in competencias_vigentes(sesion, autoridad.unidad.id) if c.materia == Materia.COMPETENCIAS
    ]
    with pytest.raises(UltimaCompetencia):
        entre_dos(lambda s, otra: retirar_competencia(s, otra, unica.id, "Prueba"))
    apoderar(segunda, ["REGULAR"], persona=crear_persona("Rómulo"))
    entre_dos(lambda s, otra: retirar_competencia(s, otra, unica.id, "Prueba"))
    sesion.expire_all()
    assert sesion.get_one(Competencia, unica.id).retirada_en is not None


def test_de_una_clase_se_le_avisa_tambien_a_quien_decide_solo_esa(
    sesion: Session, crear_persona: Crear, otra_autoridad: Crear
) -> None:
    rita, pia = (
        otra_autoridad(crear_persona(n), Materia.HABILITACION, clase=clase).id
        for n, clase in (("Rita", Habilitacion.VENDEDOR), ("Pía", Habilitacion.OPERADOR_POSTAL))
    )
    de_todas = autoridades_competentes(sesion, Materia.HABILITACION)
    de_vendedores = autoridades_competentes(sesion, Materia.HABILITACION, Habilitacion.VENDEDOR)
    assert {rita, pia} & set(de_todas) == set()
    assert {rita, *de_todas} <= set(de_vendedores)
    assert pia not in de_vendedores
