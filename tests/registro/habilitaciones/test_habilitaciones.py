"""Qualities: asked for, granted with norm and dates, refused, suspended; what holds today."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from empresa_digital.registro import (
    Habilitacion,
    SinFacultad,
    SinHabilitacion,
    exigir_habilitacion,
    habilitaciones,
    inscripcion,
    tiene_habilitacion,
    verificar_registro,
)
from empresa_digital.registro.habilitaciones.consultas import habilitaciones_de
from empresa_digital.registro.habilitaciones.tipos import EstadoHabilitacion
from nucleo.errores import DatosInvalidos
from nucleo.reloj import fecha_bolivia
from nucleo.vidas import TransicionInvalida
from tests.registro.conftest import Autoridad

Crear = Callable[..., Any]
VENDEDOR = Habilitacion.VENDEDOR


def test_de_la_solicitud_a_la_suspension(
    sesion: Session, autoridad: Autoridad, crear_persona: Crear, actor_de: Crear, crear_unidad: Crear
) -> None:
    ana = crear_persona("Ana")
    unidad = crear_unidad(representante=ana)
    pedida = habilitaciones.solicitar_habilitacion(sesion, actor_de(ana), unidad.id, VENDEDOR)
    assert pedida.estado == EstadoHabilitacion.SOLICITADA
    assert not tiene_habilitacion(sesion, unidad.id, VENDEDOR)
    rechazada = habilitaciones.rechazar_habilitacion(
        sesion, autoridad.actor, unidad.id, VENDEDOR, "Falta el acta"
    )
    assert (rechazada.estado, rechazada.motivo) == (EstadoHabilitacion.RECHAZADA, "Falta el acta")
    habilitaciones.solicitar_habilitacion(sesion, actor_de(ana), unidad.id, VENDEDOR)
    hoy = fecha_bolivia()
    dada = habilitaciones.otorgar_habilitacion(
        sesion, autoridad.actor, unidad.id, VENDEDOR, norma="LEY-1398", desde=hoy, hasta=hoy
    )
    assert (dada.estado, dada.norma, dada.motivo) == (EstadoHabilitacion.OTORGADA, "LEY-1398", None)
    exigir_habilitacion(sesion, unidad.id, VENDEDOR)
    habilitaciones.suspender_habilitacion(sesion, autoridad.actor, unidad.id, VENDEDOR, "Reclamos")
    with pytest.raises(SinHabilitacion):
        exigir_habilitacion(sesion, unidad.id, VENDEDOR)
    habilitaciones.otorgar_habilitacion(
        sesion, autoridad.actor, unidad.id, VENDEDOR, norma="DS-4596", desde=hoy
    )
    exigir_habilitacion(sesion, unidad.id, VENDEDOR)
    sesion.commit()
    assert verificar_registro(sesion) == []


def test_vence_al_terminar_el_dia_en_bolivia(
    sesion: Session, autoridad: Autoridad, crear_unidad: Crear, reloj: Any
) -> None:
    unidad = crear_unidad()
    hoy = fecha_bolivia()
    habilitaciones.otorgar_habilitacion(
        sesion, autoridad.actor, unidad.id, VENDEDOR, norma="LEY-1398", desde=hoy, hasta=hoy
    )
    sesion.commit()
    assert tiene_habilitacion(sesion, unidad.id, VENDEDOR)
    sesion.rollback()
    reloj.adelantar(timedelta(days=1))
    assert not tiene_habilitacion(sesion, unidad.id, VENDEDOR)


def test_todavia_no_vale_antes_de_su_fecha(
    sesion: Session, autoridad: Autoridad, crear_unidad: Crear
) -> None:
    unidad = crear_unidad()
    manana = fecha_bolivia() + timedelta(days=1)
    habilitaciones.otorgar_habilitacion(
        sesion, autoridad.actor, unidad.id, VENDEDOR, norma="LEY-1398", desde=manana
    )
    assert not tiene_habilitacion(sesion, unidad.id, VENDEDOR)


def test_una_unidad_suspendida_no_tiene_ninguna(
    sesion: Session, autoridad: Autoridad, crear_unidad: Crear
) -> None:
    unidad = crear_unidad(habilitaciones=["VENDEDOR"])
    inscripcion.suspender(sesion, autoridad.actor, unidad.id, "No responde")
    assert not tiene_habilitacion(sesion, unidad.id, VENDEDOR)


@pytest.mark.parametrize(
    ("tipo", "habilitacion"),
    [
        ("EMPRESA", Habilitacion.ENTIDAD_CONTRATANTE),
        ("COOPERATIVA", Habilitacion.OPERADOR_POSTAL),
        ("EMPRESA", Habilitacion.AUTORIDAD_REGULADORA),
        ("ENTIDAD_PUBLICA", Habilitacion.AUTORIDAD_REGULADORA),
    ],
)
def test_lo_que_no_se_puede_pedir(
    tipo: str,
    habilitacion: Habilitacion,
    sesion: Session,
    crear_persona: Crear,
    actor_de: Crear,
    crear_unidad: Crear,
) -> None:
    ana = crear_persona("Ana")
    unidad = crear_unidad(tipo=tipo, representante=ana)
    with pytest.raises(DatosInvalidos):
        habilitaciones.solicitar_habilitacion(sesion, actor_de(ana), unidad.id, habilitacion)
    assert habilitaciones_de(sesion, unidad.id) == []


def test_pasos_que_no_existen_y_personas_que_no_pueden(
    sesion: Session, autoridad: Autoridad, crear_persona: Crear, actor_de: Crear, crear_unidad: Crear
) -> None:
    ana, luis = crear_persona("Ana"), crear_persona("Luis")
    unidad = crear_unidad(representante=ana, mandatos=[(luis, ["VENDER"])])
    with pytest.raises(SinFacultad):
        habilitaciones.solicitar_habilitacion(sesion, actor_de(luis), unidad.id, VENDEDOR)
    with pytest.raises(SinFacultad):
        habilitaciones.otorgar_habilitacion(
            sesion, actor_de(ana), unidad.id, VENDEDOR, norma="mía", desde=fecha_bolivia()
        )
    with pytest.raises(TransicionInvalida):
        habilitaciones.rechazar_habilitacion(sesion, autoridad.actor, unidad.id, VENDEDOR, "no la pidió")
    with pytest.raises(TransicionInvalida):
        habilitaciones.suspender_habilitacion(sesion, autoridad.actor, unidad.id, VENDEDOR, "no la tiene")
    with pytest.raises(DatosInvalidos):
        habilitaciones.otorgar_habilitacion(
            sesion, autoridad.actor, unidad.id, VENDEDOR, norma="  ", desde=fecha_bolivia()
        )
    habilitaciones.solicitar_habilitacion(sesion, actor_de(ana), unidad.id, VENDEDOR)
    with pytest.raises(TransicionInvalida):
        habilitaciones.solicitar_habilitacion(sesion, actor_de(ana), unidad.id, VENDEDOR)
