"""Giving competences to an authority and withdrawing them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from ciudadania import Riesgo, exigir_sesion_reciente
from constancia import anotar, registrar_tipo
from empresa_digital.registro.catalogos import nombre_de_lugar
from empresa_digital.registro.competencias.consultas import competencia_por_id
from empresa_digital.registro.competencias.errores import UltimaCompetencia
from empresa_digital.registro.competencias.exigir import exigir_competencia, exigir_dos_personas
from empresa_digital.registro.competencias.modelos import Competencia
from empresa_digital.registro.competencias.normas import exigir_norma
from empresa_digital.registro.competencias.tipos import CLASES, Materia
from empresa_digital.registro.unidades import bloquear_unidad
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.bloqueos import cerrojo
from nucleo.errores import Conflicto, DatosInvalidos
from nucleo.lectores import texto_obligatorio
from nucleo.plazos import NACIONAL
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

registrar_tipo("competencia", _l("Competencia de una autoridad"), "/competencias")


@dataclass(frozen=True, slots=True)
class NuevaCompetencia:
    """What a grant says; `vigente_desde` and `vigente_hasta` are days in Bolivia, both included."""

    materia: Materia
    norma: str
    vigente_desde: date
    vigente_hasta: date | None = None
    clase: str | None = None
    lugar: str | None = None


def otorgar_competencia(
    sesion: Session, actor: Actor, autoridad_id: UUID, nueva: NuevaCompetencia
) -> Competencia:
    """Two officials give an authority a competence.

    Raises `SinCompetencia`, `DatosInvalidos`, `LugarDesconocido`, `Conflicto` (it has it), `FaltanFirmas`
    (the second one).
    """
    autorizacion = exigir_competencia(sesion, actor, Materia.COMPETENCIAS)
    exigir_sesion_reciente(actor, Riesgo.REGISTRO)
    hecha = otorgar_competencia_con(sesion, autoridad_id, autorizacion, nueva)
    exigir_dos_personas(sesion, autorizacion)
    return hecha


def otorgar_competencia_con(
    sesion: Session, autoridad_id: UUID, autorizacion: Autorizacion, nueva: NuevaCompetencia
) -> Competencia:
    """`otorgar_competencia` for a caller that already holds the authority."""
    bloquear_unidad(sesion, autoridad_id)
    exigir_norma(sesion, nueva.norma, nueva.vigente_desde)
    nombre_de_lugar(sesion, nueva.lugar or NACIONAL)
    if nueva.clase is not None and nueva.clase not in CLASES.get(nueva.materia, ()):
        raise DatosInvalidos(
            _("Esa materia no se limita a esa clase."),
            campos={"clase": _("Elija una clase de esa materia, o todas.")},
        )
    momento = ahora_bd(sesion)
    if nueva.vigente_hasta is not None and nueva.vigente_hasta < max(
        nueva.vigente_desde, fecha_bolivia(momento)
    ):
        raise DatosInvalidos(
            _("La competencia terminaría antes de empezar."),
            campos={"vigente_hasta": _("Ese día ya pasó o es anterior al primero.")},
        )
    if _ya_la_tiene(sesion, autoridad_id, nueva):
        raise Conflicto(_("Esa autoridad ya tiene esa competencia."))
    fila = Competencia(
        autoridad_id=autoridad_id,
        materia=nueva.materia,
        clase=nueva.clase,
        lugar=nueva.lugar,
        norma=nueva.norma,
        vigente_desde=nueva.vigente_desde,
        vigente_hasta=nueva.vigente_hasta,
        otorgada_en=momento,
    )
    sesion.add(fila)
    sesion.flush()
    _dejar_constancia(sesion, autorizacion, fila, "otorgar")
    return fila


def retirar_competencia(sesion: Session, actor: Actor, id: UUID, motivo: str) -> Competencia:
    """Two officials end a competence now. Somebody must stay who can give them.

    Raises `UltimaCompetencia`, `FaltanFirmas` (the second one).
    """
    autorizacion = exigir_competencia(sesion, actor, Materia.COMPETENCIAS)
    exigir_sesion_reciente(actor, Riesgo.REGISTRO)
    cerrojo(sesion, "registro.competencias")  # two that withdraw each other's: one of them stays
    fila = competencia_por_id(sesion, id)
    sesion.refresh(fila)
    if fila.retirada_en is not None:
        raise Conflicto(_("Esa competencia ya estaba retirada."))
    razon = texto_obligatorio("motivo", motivo, _("Escriba por qué se la retira."))
    if fila.materia == Materia.COMPETENCIAS and not _queda_otra(sesion, fila):
        raise UltimaCompetencia(
            _("Dé antes esta competencia, sin fecha final, a otra autoridad que tenga dos funcionarios.")
        )
    fila.retirada_en, fila.retirada_motivo = ahora_bd(sesion), razon
    sesion.add(fila)
    sesion.flush()
    _dejar_constancia(sesion, autorizacion, fila, "retirar")
    exigir_dos_personas(sesion, autorizacion)
    return fila


def _ya_la_tiene(sesion: Session, autoridad_id: UUID, nueva: NuevaCompetencia) -> bool:
    igual = select(Competencia.id).where(
        col(Competencia.autoridad_id) == autoridad_id,
        col(Competencia.materia) == nueva.materia,
        col(Competencia.clase).is_not_distinct_from(nueva.clase),
        col(Competencia.lugar).is_not_distinct_from(nueva.lugar),
        col(Competencia.vigente_hasta).is_(None),
        col(Competencia.retirada_en).is_(None),
    )
    return sesion.exec(igual).first() is not None


_OTRA = text(
    """
    SELECT EXISTS (
        SELECT FROM registro_competencia c JOIN registro_unidad u ON u.id = c.autoridad_id
        WHERE c.id <> :esta AND c.materia = 'COMPETENCIAS' AND c.lugar IS NULL AND c.retirada_en IS NULL
          AND c.vigente_desde <= :hoy AND c.vigente_hasta IS NULL AND u.estado = 'inscrita'
          AND 2 <= (
            SELECT count(DISTINCT m.apoderado_persona_id) FROM registro_mandato m
            WHERE m.unidad_id = u.id AND 'REGULAR' = ANY (m.facultades) AND m.firmas_requeridas = 1
              AND registro_mandato_vigente(m, nucleo_ahora())))
    """
)


def _queda_otra(sesion: Session, esta: Competencia) -> bool:
    """Whether another authority may give competences: everywhere, without end, with two who would sign."""
    datos = {"esta": esta.id, "hoy": fecha_bolivia(ahora_bd(sesion))}
    return bool(sesion.connection().execute(_OTRA, datos).scalar_one())


def _dejar_constancia(sesion: Session, autorizacion: Autorizacion, fila: Competencia, accion: str) -> None:
    datos = {
        "autoridad": str(fila.autoridad_id),
        "materia": fila.materia.value,
        "clase": fila.clase,
        "lugar": fila.lugar,
        "norma": fila.norma,
        "vigente_desde": fila.vigente_desde.isoformat(),
        "vigente_hasta": fila.vigente_hasta.isoformat() if fila.vigente_hasta else None,
        "motivo": fila.retirada_motivo,
    }
    auditar(sesion, autorizacion, f"competencia.{accion}", "registro_competencia", fila.id, datos)
    contenido = (
        f"{accion}|{fila.materia}|{fila.clase or ''}|{fila.lugar or ''}|{fila.norma}|{fila.autoridad_id}"
    )
    anotar(sesion, "competencia", str(fila.id), contenido)
