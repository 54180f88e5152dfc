"""The life of a registration: every allowed step, every refused one, and that a refusal changes nothing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, text
from sqlalchemy.exc import IntegrityError, InternalError
from sqlmodel import Session, col, select

from ciudadania.modelos import Notificacion
from empresa_digital.registro import (
    EstadoUnidad,
    Habilitacion,
    SinFacultad,
    identificadores_de,
    inscripcion,
    verificar_registro,
)
from empresa_digital.registro.asientos.modelos import Asiento
from empresa_digital.registro.asientos.tipos import Operacion
from empresa_digital.registro.competencias import CasoPropio
from empresa_digital.registro.habilitaciones.errores import UltimaAutoridad
from empresa_digital.registro.habilitaciones.habilitar import suspender_habilitacion
from empresa_digital.registro.identificadores.errores import IdentificadorEnUso
from empresa_digital.registro.identificadores.modelos import Identificador
from empresa_digital.registro.inscripcion.errores import DemasiadosBorradores, FichaIncompleta
from empresa_digital.registro.mandatos import exigir_regulador
from empresa_digital.registro.unidades.estados import TRANSICIONES
from empresa_digital.registro.unidades.modelos import UnidadEconomica
from nucleo.actor import Actor
from nucleo.auditoria import Auditoria
from nucleo.bd import transaccion
from nucleo.errores import DatosInvalidos, PrecondicionFallida
from nucleo.modelos import Evento
from nucleo.vidas import TransicionInvalida
from tests.registro.conftest import Autoridad

Crear = Callable[..., Any]


def _foto(sesion: Session, unidad_id: Any) -> tuple[Any, ...]:
    """Everything a refused action must leave as it was."""
    sesion.expire_all()
    unidad = sesion.get_one(UnidadEconomica, unidad_id)
    cuantos = [sesion.exec(select(func.count()).select_from(t)).one() for t in (Asiento, Auditoria, Evento)]
    return (unidad.model_dump(), cuantos, identificadores_de(sesion, unidad_id))


def test_de_borrador_a_inscrita(
    sesion: Session, autoridad: Autoridad, crear_persona: Crear, actor_de: Crear, borrador: Crear
) -> None:
    ana = actor_de(crear_persona("Ana"))
    unidad = borrador(ana, identificadores={"BO-NIT": "1023456017"})
    assert (unidad.estado, unidad.version) == (EstadoUnidad.BORRADOR, 1)

    inscripcion.presentar(sesion, ana, unidad.id)
    observada = inscripcion.observar(sesion, autoridad.actor, unidad.id, "  Falta la   comunidad ")
    assert (observada.estado, observada.motivo) == (EstadoUnidad.OBSERVADA, "Falta la comunidad")
    inscripcion.editar_unidad(sesion, ana, unidad.id, {"direccion": "Comunidad Chaquí, cancha"}, version=3)
    subsanada = inscripcion.presentar(sesion, ana, unidad.id)
    assert (subsanada.estado, subsanada.motivo) == (EstadoUnidad.SUBSANADA, None)
    inscrita = inscripcion.inscribir(sesion, autoridad.actor, unidad.id)
    sesion.commit()

    assert (inscrita.estado, inscrita.version) == (EstadoUnidad.INSCRITA, 6)
    assert inscrita.inscrita_en is not None
    tipos = sesion.exec(
        select(Evento.tipo).where(Evento.objeto_id == unidad.id).order_by(col(Evento.numero))
    ).all()
    assert tipos == [
        "MandatoOtorgado",
        "UnidadPresentada",
        "UnidadObservada",
        "UnidadEditada",
        "UnidadPresentada",
        "UnidadInscrita",
    ]
    assert verificar_registro(sesion) == []


def test_suspender_rehabilitar_cancelar_y_volver(
    sesion: Session, autoridad: Autoridad, crear_unidad: Crear, crear_persona: Crear, actor_de: Crear
) -> None:
    persona = crear_persona("Ana")
    unidad = crear_unidad(representante=persona, identificadores={"BO-NIT": "55555"})
    inscrita_en = unidad.inscrita_en

    suspendida = inscripcion.suspender(sesion, autoridad.actor, unidad.id, "No responde")
    assert suspendida.estado == EstadoUnidad.SUSPENDIDA
    assert inscripcion.rehabilitar(sesion, autoridad.actor, unidad.id).estado == EstadoUnidad.INSCRITA
    cancelada = inscripcion.cancelar(sesion, actor_de(persona), unidad.id, "Cierra el taller")
    assert cancelada.estado == EstadoUnidad.CANCELADA
    assert sesion.get_one(Identificador, (unidad.id, "BO-NIT")).vivo is False
    with pytest.raises(SinFacultad):
        inscripcion.rehabilitar(sesion, actor_de(persona), unidad.id)
    vuelta = inscripcion.rehabilitar(sesion, autoridad.actor, unidad.id)
    sesion.commit()

    assert (vuelta.estado, vuelta.inscrita_en) == (EstadoUnidad.INSCRITA, inscrita_en)
    assert sesion.get_one(Identificador, (unidad.id, "BO-NIT")).vivo is True
    assert verificar_registro(sesion) == []


def test_el_registro_no_queda_sin_autoridad(
    sesion: Session, autoridad: Autoridad, crear_unidad: Crear, crear_persona: Crear, actor_de: Crear
) -> None:
    """An official does not judge her own authority; another authority does, and the last one stays."""
    suya, suspende = autoridad.unidad.id, Habilitacion.AUTORIDAD_REGULADORA

    def actos(actor: Actor, de: UUID) -> list[Any]:
        return [
            lambda: suspender_habilitacion(sesion, actor, de, suspende, "Prueba"),
            lambda: inscripcion.suspender(sesion, actor, de, "Prueba"),
        ]

    for acto in actos(autoridad.actor, suya):
        with pytest.raises(CasoPropio):
            acto()
    with pytest.raises(UltimaAutoridad):
        inscripcion.cancelar(sesion, autoridad.actor, suya, "Prueba")
    assert not sesion.new
    assert not sesion.dirty
    assert sesion.get_one(UnidadEconomica, suya).estado == EstadoUnidad.INSCRITA
    assert exigir_regulador(sesion, autoridad.actor).unidad_id == suya

    rita = crear_persona("Rita")
    crear_unidad(
        "Otra autoridad",
        tipo="ENTIDAD_PUBLICA",
        representante=rita,
        facultades=["REGULAR"],
        habilitaciones=["AUTORIDAD_REGULADORA"],
    )
    assert actos(actor_de(rita), suya)[1]().estado == EstadoUnidad.SUSPENDIDA


def test_un_borrador_descartado_se_retoma(
    sesion: Session, crear_persona: Crear, actor_de: Crear, borrador: Crear
) -> None:
    ana = actor_de(crear_persona("Ana"))
    unidad = borrador(ana)
    inscripcion.cancelar(sesion, ana, unidad.id, "Me equivoqué")
    assert inscripcion.rehabilitar(sesion, ana, unidad.id).estado == EstadoUnidad.BORRADOR


def test_presentar_incompleta_dice_lo_que_falta_y_no_cambia_nada(
    sesion: Session, crear_persona: Crear, actor_de: Crear, borrador: Crear
) -> None:
    ana = actor_de(crear_persona("Ana"))
    unidad = borrador(ana, vacio=True)
    antes = _foto(sesion, unidad.id)

    with pytest.raises(FichaIncompleta) as falla:
        inscripcion.presentar(sesion, ana, unidad.id)

    assert list(falla.value.campos or {}) == [
        "forma_legal",
        "actividad_ciiu",
        "municipio_ine",
        "direccion",
        "telefono",
    ]
    assert _foto(sesion, unidad.id) == antes


@pytest.mark.parametrize("accion", ["observar", "inscribir", "suspender", "rehabilitar"])
def test_solo_el_registro_decide(
    accion: str,
    sesion: Session,
    crear_persona: Crear,
    actor_de: Crear,
    crear_unidad: Crear,
    autoridad: Autoridad,
) -> None:
    persona = crear_persona("Ana")
    unidad = crear_unidad(representante=persona)
    antes = _foto(sesion, unidad.id)
    argumentos = ("motivo",) if accion in ("observar", "suspender") else ()

    with pytest.raises(SinFacultad):
        getattr(inscripcion, accion)(sesion, actor_de(persona), unidad.id, *argumentos)

    assert _foto(sesion, unidad.id) == antes


def test_el_regulador_sin_habilitacion_vigente_no_decide(
    sesion: Session, crear_persona: Crear, actor_de: Crear, crear_unidad: Crear
) -> None:
    falso = crear_persona("Falso")
    crear_unidad(
        "Sin habilitación", tipo="ENTIDAD_PUBLICA", representante=falso, facultades=["ADMINISTRAR", "REGULAR"]
    )
    unidad = crear_unidad("Otra")
    with pytest.raises(SinFacultad):
        inscripcion.suspender(sesion, actor_de(falso), unidad.id, "porque sí")


def test_editar_con_version_anterior_no_cambia_nada(
    sesion: Session, crear_persona: Crear, actor_de: Crear, borrador: Crear
) -> None:
    ana = actor_de(crear_persona("Ana"))
    unidad = borrador(ana)
    with transaccion() as otra:
        inscripcion.editar_unidad(otra, ana, unidad.id, {"telefono": "71111111"}, version=1)
    antes = _foto(sesion, unidad.id)

    with pytest.raises(PrecondicionFallida):
        inscripcion.editar_unidad(sesion, ana, unidad.id, {"telefono": "72222222"}, version=1)

    assert _foto(sesion, unidad.id) == antes


def test_editar_lo_mismo_no_escribe_asiento(
    sesion: Session, crear_persona: Crear, actor_de: Crear, borrador: Crear
) -> None:
    ana = actor_de(crear_persona("Ana"))
    unidad = borrador(ana)
    antes = _foto(sesion, unidad.id)
    inscripcion.editar_unidad(sesion, ana, unidad.id, {"telefono": " 700-12345 "}, version=1)
    assert _foto(sesion, unidad.id) == antes


def test_mientras_se_revisa_no_se_edita(
    sesion: Session, crear_persona: Crear, actor_de: Crear, borrador: Crear
) -> None:
    ana = actor_de(crear_persona("Ana"))
    unidad = borrador(ana)
    inscripcion.presentar(sesion, ana, unidad.id)
    with pytest.raises(TransicionInvalida):
        inscripcion.editar_unidad(sesion, ana, unidad.id, {"telefono": "71111111"}, version=2)


@pytest.mark.parametrize(
    "cambio", [{"denominacion": "Otro nombre"}, {"identificadores": {"BO-NIT": "99999"}}, {"tipo": "EMPRESA"}]
)
def test_lo_que_identifica_a_una_inscrita_lo_rectifica_el_registro(
    cambio: dict[str, Any],
    sesion: Session,
    autoridad: Autoridad,
    crear_persona: Crear,
    actor_de: Crear,
    crear_unidad: Crear,
) -> None:
    persona = crear_persona("Ana")
    unidad = crear_unidad(representante=persona)
    antes = _foto(sesion, unidad.id)
    with pytest.raises(DatosInvalidos):
        inscripcion.editar_unidad(sesion, actor_de(persona), unidad.id, cambio, version=unidad.version)
    assert _foto(sesion, unidad.id) == antes
    if "tipo" not in cambio:
        rectificada = inscripcion.rectificar_unidad(
            sesion, autoridad.actor, unidad.id, cambio, "Error de transcripción", version=unidad.version
        )
        assert rectificada.version == antes[0]["version"] + 1
        consulta = select(Notificacion).where(Notificacion.unidad_id == unidad.id)
        aviso = sesion.exec(consulta.order_by(col(Notificacion.creado_en).desc())).first()
        assert aviso is not None
        assert "El registro rectificó los datos" in aviso.asunto
        assert "Error de transcripción" in aviso.cuerpo


def test_una_rectificacion_sin_motivo_no_cambia_nada(
    sesion: Session, autoridad: Autoridad, crear_unidad: Crear
) -> None:
    unidad = crear_unidad()
    antes = _foto(sesion, unidad.id)
    with pytest.raises(DatosInvalidos) as falla:
        inscripcion.rectificar_unidad(
            sesion, autoridad.actor, unidad.id, {"denominacion": "Otra"}, "  ", version=unidad.version
        )
    assert falla.value.campos == {"motivo": "Escriba por qué se rectifica: lo leerá la unidad."}
    assert _foto(sesion, unidad.id) == antes


@pytest.mark.parametrize(
    ("cambios", "campo"),
    [
        ({"denominacion": ""}, "denominacion"),
        ({"denominacion": "a\x00b"}, "denominacion"),
        ({"denominacion": "\ud800abc"}, "denominacion"),
        ({"denominacion": "x" * 201}, "denominacion"),
        ({"municipio_ine": "999999"}, "municipio_ine"),
        ({"actividad_ciiu": "13"}, "actividad_ciiu"),
        ({"actividades": ["9999"]}, "actividades"),
        ({"forma_legal": "PM48"}, "forma_legal"),
        ({"telefono": "llámame"}, "telefono"),
        ({"correo": "no es correo"}, "correo"),
        ({"latitud": "-16.5"}, "longitud"),
        ({"latitud": "40", "longitud": "-68"}, "latitud"),
        ({"latitud": "NaN", "longitud": "-68"}, "latitud"),
        ({"latitud": "-1_6.5", "longitud": "-68"}, "latitud"),
        ({"latitud": "-1.65e1", "longitud": "-68"}, "latitud"),
        ({"latitud": "-\uff11\uff16", "longitud": "-68"}, "latitud"),
        ({"sitio_web": "1.234"}, "sitio_web"),
        ({"sitio_web": "1'234.50"}, "sitio_web"),
        ({"sitio_web": "https://a..bo"}, "sitio_web"),
        ({"denominacion": "\uff10\uff0e\uff15"}, "denominacion"),
        ({"denominacion": "a\ufffd\ufffdb"}, "denominacion"),
        ({"sitio_web": "javascript://x.y/%0aalert(1)"}, "sitio_web"),
        ({"identificadores": {"BO-NIT": "12"}}, "identificadores.BO-NIT"),
        ({"identificadores": {"BO-CINS": "12"}}, "identificadores.BO-CINS"),
    ],
)
def test_datos_que_no_valen(
    cambios: dict[str, Any],
    campo: str,
    sesion: Session,
    crear_persona: Crear,
    actor_de: Crear,
    borrador: Crear,
) -> None:
    ana = actor_de(crear_persona("Ana"))
    unidad = borrador(ana)
    antes = _foto(sesion, unidad.id)
    with pytest.raises(DatosInvalidos) as falla:
        inscripcion.editar_unidad(sesion, ana, unidad.id, cambios, version=1)
    assert list(falla.value.campos or {}) == [campo]
    assert _foto(sesion, unidad.id) == antes


def test_cambiar_de_tipo_pide_otra_forma_legal(
    sesion: Session, crear_persona: Crear, actor_de: Crear, borrador: Crear
) -> None:
    ana = actor_de(crear_persona("Ana"))
    unidad = borrador(ana)
    cambiada = inscripcion.editar_unidad(sesion, ana, unidad.id, {"tipo": "EMPRESA"}, version=1)
    assert (cambiada.tipo, cambiada.forma_legal) == ("EMPRESA", None)


def test_el_nit_de_una_unidad_viva_no_se_repite(
    sesion: Session, crear_persona: Crear, actor_de: Crear, borrador: Crear, crear_unidad: Crear
) -> None:
    crear_unidad("La primera", identificadores={"BO-NIT": "1023456017"})
    ana = actor_de(crear_persona("Ana"))
    unidad = borrador(ana, identificadores={"BO-NIT": "1023456017"})
    antes = _foto(sesion, unidad.id)
    with pytest.raises(IdentificadorEnUso, match="UE-"):
        inscripcion.presentar(sesion, ana, unidad.id)
    assert _foto(sesion, unidad.id) == antes


def test_hay_un_maximo_de_borradores(
    sesion: Session, crear_persona: Crear, actor_de: Crear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("empresa_digital.registro.inscripcion.vida.BORRADORES_MAX", 2)
    ana = actor_de(crear_persona("Ana"))
    for n in range(2):
        inscripcion.crear_borrador(sesion, ana, {"tipo": "EMPRESA", "denominacion": f"Borrador {n}"})
    with pytest.raises(DemasiadosBorradores):
        inscripcion.crear_borrador(sesion, ana, {"tipo": "EMPRESA", "denominacion": "Uno más"})


def test_un_cliente_de_maquina_no_inscribe_unidades(sesion: Session) -> None:
    with pytest.raises(SinFacultad):
        inscripcion.crear_borrador(
            sesion, Actor(tipo="cliente", nombre="robot"), {"tipo": "EMPRESA", "denominacion": "Robot SRL"}
        )


def test_lo_cancelado_vuelve_como_lo_que_fue(duenio: Engine, crear_unidad: Crear) -> None:
    """The condition of those two steps, on a unit that was registered once; the life's test has the rest."""
    unidad = crear_unidad("La de prueba")
    cambiar = text("UPDATE registro_unidad SET estado = :estado WHERE id = :id")
    with duenio.connect() as conexion:
        conexion.execute(cambiar, {"estado": "cancelada", "id": unidad.id})
        with pytest.raises(IntegrityError, match="no pasa de cancelada a borrador"), conexion.begin_nested():
            conexion.execute(cambiar, {"estado": "borrador", "id": unidad.id})
        assert conexion.execute(cambiar, {"estado": "inscrita", "id": unidad.id}).rowcount == 1
        conexion.rollback()


def test_la_base_no_deja_borrar_renumerar_ni_nacer_inscrita(duenio: Engine, crear_unidad: Crear) -> None:
    unidad = crear_unidad("La de prueba")
    ordenes = (
        "DELETE FROM registro_unidad WHERE id = :id",
        "UPDATE registro_unidad SET numero = 'UE-9999999-9' WHERE id = :id",
        "UPDATE registro_unidad SET inscrita_en = now() WHERE id = :id",
        "UPDATE registro_unidad SET version = 1 WHERE id = :id",
        "UPDATE registro_unidad SET direccion = NULL WHERE id = :id",
        "UPDATE registro_unidad SET latitud = -16 WHERE id = :id",
        "INSERT INTO registro_unidad SELECT gen_random_uuid(), 'UE-9999999-9', tipo, estado, denominacion, "
        "nombre_comercial, forma_legal, municipio_ine, actividad_ciiu, direccion, latitud, longitud, "
        "telefono, correo, sitio_web, descripcion, motivo, version, secuencia, huella, inscrita_en, "
        "creado_en, actualizado_en "
        "FROM registro_unidad WHERE id = :id",
    )
    for orden in ordenes:
        with duenio.connect() as conexion, pytest.raises((IntegrityError, InternalError)):
            conexion.execute(text(orden), {"id": unidad.id})


def test_cada_operacion_de_vida_tiene_un_paso_y_ninguna_sobra() -> None:
    assert {op for _e, op in TRANSICIONES} == {
        Operacion.PRESENTAR,
        Operacion.OBSERVAR,
        Operacion.INSCRIBIR,
        Operacion.SUSPENDER,
        Operacion.REHABILITAR,
        Operacion.CANCELAR,
        Operacion.RESTAURAR,
    }
