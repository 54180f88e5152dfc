"""The door of the authorities: is this official's authority competent, and has she no part in the case?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import case, exists, func, or_, text
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from empresa_digital.registro.competencias.consultas import competentes
from empresa_digital.registro.competencias.errores import CasoPropio, SinCompetencia
from empresa_digital.registro.competencias.palabras import MATERIAS
from empresa_digital.registro.competencias.tipos import Materia
from empresa_digital.registro.mandatos import (
    Facultad,
    SinFacultad,
    cedula_de,
    exigir_regulador,
)
from empresa_digital.registro.mandatos.modelos import Mandato
from nucleo.actor import Actor, Autorizacion
from nucleo.actos import FaltanFirmas
from nucleo.textos import gettext as _

RECIENTE = timedelta(days=365)
"""Who represented a unit decides nothing about it for this long: a recusal that one's own resignation ends is
none. Our rule; no norm says the time.
"""

_SUYO, _DE_SU_OFICINA, _EN_LA_OFICINA = aliased(Mandato), aliased(Mandato), aliased(Mandato)


def exigir_competencia(
    sesion: Session,
    actor: Actor,
    materia: Materia,
    *,
    clase: str | None = None,
    lugar: str | None = None,
    unidad_id: UUID | None = None,
    persona_id: UUID | None = None,
) -> Autorizacion:
    """The authority of `actor` to decide a matter; `unidad_id` or `persona_id` is whose case it is.

    Raises `SinFacultad` (nobody of an authority), `SinCompetencia` (of one that does not decide this),
    `CasoPropio` (her own case, or that of a unit she represents: Ley 2341, excusa y recusación).
    """
    try:
        autorizacion = exigir_regulador(sesion, actor, entre=competentes(materia, clase, lugar))
    except SinFacultad:
        exigir_regulador(sesion, actor)
        raise SinCompetencia(
            _("Esto lo decide una autoridad con esta competencia: «%(materia)s». Vea «Quién decide qué».")
            % {"materia": MATERIAS[materia]}
        ) from None
    propio = persona_id is not None and persona_id == actor.persona_id
    if propio or (unidad_id is not None and _tiene_parte(sesion, autorizacion, unidad_id)):
        raise CasoPropio(_("Es su propio caso o el de una unidad que representa: debe decidir otra persona."))
    return autorizacion


def es_caso_propio(exigir: Callable[[], Autorizacion]) -> bool:
    """Whether what `exigir` asks is refused because the official has a part in it: for their pages."""
    try:
        exigir()
    except CasoPropio:
        return True
    return False


_FIRMADO = text(
    "SELECT count(DISTINCT v.persona_id) FROM registro_acto a, registro_acto_en_curso(a.id) c, "
    "registro_firmas_validas(a.id, nucleo_ahora()) v WHERE a.id = CAST(:acto AS uuid) "
    "AND a.unidad_id = :unidad AND a.facultad = :facultad AND a.resuelto_por = :quien"
)


def exigir_dos_personas(sesion: Session, autorizacion: Autorizacion) -> None:
    """What two officials decide together: raise `FaltanFirmas` unless this very transaction does an act of
    their authority that the actor is the last of two to sign.
    """
    datos = {
        "acto": autorizacion.actor.acto,
        "unidad": autorizacion.unidad_id,
        "facultad": Facultad.REGULAR.value,
        "quien": autorizacion.actor.persona_id,
    }
    if sesion.connection().execute(_FIRMADO, datos).scalar_one() < 2:
        assert autorizacion.unidad_id is not None
        raise FaltanFirmas(
            _("Esto lo deciden dos personas de la autoridad."),
            unidad_id=autorizacion.unidad_id,
            facultad=Facultad.REGULAR.value,
            monto=None,
        )


def _tiene_parte(sesion: Session, autorizacion: Autorizacion, unidad_id: UUID) -> bool:
    """Whether she represents the unit, will, did lately, or has an offer to, by herself or through an office
    of hers; or it is her own authority.
    """
    if unidad_id == autorizacion.unidad_id:
        return True
    persona = autorizacion.actor.persona_id
    assert persona is not None
    cedula = cedula_de(sesion, persona)

    def de_ella(mandato: type[Mandato]) -> Any:
        return or_(
            col(mandato.apoderado_persona_id) == persona,
            col(mandato.aceptado_en).is_(None) & (col(mandato.apoderado_cedula) == cedula),
        )

    suyo = select(_SUYO.id).where(col(_SUYO.unidad_id) == unidad_id, de_ella(_SUYO), _pesa(_SUYO))
    de_su_oficina = (
        select(_DE_SU_OFICINA.id)
        .join(_EN_LA_OFICINA, col(_EN_LA_OFICINA.unidad_id) == col(_DE_SU_OFICINA.apoderado_unidad_id))
        .where(
            col(_DE_SU_OFICINA.unidad_id) == unidad_id,
            _pesa(_DE_SU_OFICINA),
            de_ella(_EN_LA_OFICINA),
            _pesa(_EN_LA_OFICINA),
        )
    )
    return bool(sesion.execute(select(or_(exists(suyo), exists(de_su_oficina)))).scalar_one())


def _pesa(mandato: type[Mandato]) -> Any:
    """SQL condition: neither revoked nor over, whether or not it has begun or was accepted; or accepted, and
    over for less than `RECIENTE`. What was offered in vain recuses nobody.
    """
    desde = func.nucleo_ahora()
    ultimo = case(
        (col(mandato.aceptado_en).is_(None), desde),
        else_=desde - RECIENTE,
    )
    return or_(col(mandato.revocado_en).is_(None), col(mandato.revocado_en) > ultimo) & or_(
        col(mandato.valido_hasta).is_(None), col(mandato.valido_hasta) > ultimo
    )
