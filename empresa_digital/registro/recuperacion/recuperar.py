"""The recovery of a unit whose administrators died, lost access or dispute it.

An official of the authority opens it; everybody of the unit is told and may object during ten days; a second
official decides, in writing if somebody objected. Then the person named is offered the unit, and those who
were to be put out are. Nothing is decided after sixty days: it ends by itself.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from ciudadania import Riesgo, exigir_sesion_reciente, notificar
from empresa_digital.registro.competencias import CasoPropio, Materia, exigir_competencia
from empresa_digital.registro.mandatos import (
    ADMINISTRABLES,
    AVISO_MANDATO,
    Facultad,
    NuevoMandato,
    actua,
    ascendientes,
    cedula_de,
    mandatos_de,
    notificar_unidad,
    otorgar_con,
    terminar,
)
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.recuperacion.bloqueos import bloquear_recuperacion
from empresa_digital.registro.recuperacion.errores import (
    MismoFuncionario,
    RecuperacionAbierta,
    RecuperacionNoEncontrada,
    TodaviaNo,
)
from empresa_digital.registro.recuperacion.estados import VIDA_RECUPERACION, VIVAS, EstadoRecuperacion
from empresa_digital.registro.recuperacion.modelos import Recuperacion
from empresa_digital.registro.recuperacion.palabras import CAUSAS
from empresa_digital.registro.unidades import bloquear_unidad
from empresa_digital.registro.unidades.modelos import UnidadEconomica
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.lectores import texto_obligatorio
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.vidas import TransicionInvalida

ESPERA = timedelta(days=10)
VENCE = timedelta(days=60)


def abrir_recuperacion(
    sesion: Session,
    actor: Actor,
    unidad_id: UUID,
    *,
    causa: str,
    motivo: str,
    cedula: str,
    quita: Sequence[UUID] = (),
) -> Recuperacion:
    """Say who should administer the unit, and which mandates would end; everybody of it is told.

    Raises `SinFacultad` (only the authority, and nobody about a unit of their own), `DatosInvalidos`,
    `RecuperacionAbierta`, `SesionNoReciente`.
    """
    unidad = bloquear_unidad(sesion, unidad_id)
    autorizacion = _funcionario(sesion, actor, unidad_id)
    if unidad.estado not in ADMINISTRABLES:
        raise TransicionInvalida(_("La unidad está cancelada."))
    if causa not in CAUSAS:
        raise DatosInvalidos(campos={"causa": _("Elija una causa.")})
    if cedula == cedula_de(sesion, _persona(actor)):
        raise DatosInvalidos(campos={"ci": _("Nadie se da una unidad a sí mismo.")})
    if viva_de(sesion, unidad_id) is not None:
        raise RecuperacionAbierta(_("Ya hay una en curso para esta unidad."))
    if set(quita) - {m.id for m in mandatos_de(sesion, unidad_id, solo_vigentes=True)}:
        raise DatosInvalidos(campos={"quita": _("Elija mandatos vigentes de la unidad.")})
    momento = ahora_bd(sesion)
    fila = Recuperacion(
        unidad_id=unidad_id,
        causa=causa,
        motivo=texto_obligatorio("motivo", motivo, _("Escriba los hechos y los documentos que vio.")),
        cedula=cedula,
        quita=list(quita),
        abierta_por=_persona(actor),
        abierta_en=momento,
        puede_desde=momento + ESPERA,
        vence_en=momento + VENCE,
    )
    sesion.add(fila)
    sesion.flush()
    _anotar(sesion, autorizacion, fila, "abrir")
    _avisar(sesion, unidad, _("La autoridad abrió la recuperación de %(unidad)s"), fila.motivo)
    return fila


def objetar_recuperacion(sesion: Session, actor: Actor, recuperacion_id: UUID, objecion: str) -> Recuperacion:
    """Anybody who acts for the unit says why it should not be. Raises `RecuperacionNoEncontrada`."""
    fila = bloquear_recuperacion(sesion, recuperacion_id)
    if not actua(sesion, actor, fila.unidad_id):
        raise RecuperacionNoEncontrada()
    autorizacion = Autorizacion(actor=actor, unidad_id=fila.unidad_id)
    razon = texto_obligatorio("objecion", objecion, _("Escriba por qué se opone."))
    VIDA_RECUPERACION.pasar(fila, EstadoRecuperacion.OBJETADA)
    fila.objetada_por, fila.objetada_en, fila.objecion = actor.persona_id, ahora_bd(sesion), razon
    sesion.flush()
    _anotar(sesion, autorizacion, fila, "objetar")
    unidad = sesion.get_one(UnidadEconomica, fila.unidad_id)
    _avisar(sesion, unidad, _("Alguien se opuso a la recuperación de %(unidad)s"), razon)
    return fila


def ejecutar_recuperacion(
    sesion: Session, actor: Actor, recuperacion_id: UUID, resolucion: str = ""
) -> Recuperacion:
    """A second official does it: the unit is offered to the person named, and those to be put out are.

    Raises `SinFacultad`, `MismoFuncionario`, `TodaviaNo`, `TransicionInvalida`, `DatosInvalidos` (somebody
    objected: the answer is in writing).
    """
    fila = bloquear_recuperacion(sesion, recuperacion_id)
    autorizacion = _funcionario(sesion, actor, fila.unidad_id, fila.cedula)
    VIDA_RECUPERACION.exigir_paso(fila, EstadoRecuperacion.EJECUTADA)
    if actor.persona_id == fila.abierta_por:
        raise MismoFuncionario(_("La abrió usted: la decide otra persona de la autoridad."))
    momento = ahora_bd(sesion)
    if momento < fila.puede_desde:
        raise TodaviaNo(_("Todavía corre el plazo para oponerse."))
    if momento >= fila.vence_en:
        raise TransicionInvalida(_("Pasó el plazo para decidirla: abra otra."))
    if fila.objecion is not None:
        resolucion = texto_obligatorio("resolucion", resolucion, _("Responda por escrito a la objeción."))
    unidad = bloquear_unidad(sesion, fila.unidad_id)
    nuevo = NuevoMandato(
        (Facultad.ADMINISTRAR,), cedula=fila.cedula, documento=f"Recuperación {fila.id}", subdelegable=True
    )
    for mandato in _salen(sesion, fila, momento):
        terminar(sesion, unidad, autorizacion, mandato, momento, _("Recuperación de la unidad."))
    dado = otorgar_con(sesion, unidad, autorizacion, nuevo)
    VIDA_RECUPERACION.pasar(fila, EstadoRecuperacion.EJECUTADA)
    fila.resuelta_por, fila.resuelta_en, fila.mandato_id = actor.persona_id, momento, dado.id
    fila.resolucion = resolucion.strip() or None
    sesion.flush()
    _anotar(sesion, autorizacion, fila, "ejecutar")
    _avisar(sesion, unidad, _("Se resolvió la recuperación de %(unidad)s"), fila.resolucion or "")
    return fila


def desistir_recuperacion(
    sesion: Session, actor: Actor, recuperacion_id: UUID, resolucion: str
) -> Recuperacion:
    """An official ends it without effect. Raises `SinFacultad`, `TransicionInvalida`."""
    fila = bloquear_recuperacion(sesion, recuperacion_id)
    autorizacion = _funcionario(sesion, actor, fila.unidad_id)
    razon = texto_obligatorio("resolucion", resolucion, _("Escriba por qué no sigue."))
    VIDA_RECUPERACION.pasar(fila, EstadoRecuperacion.DESISTIDA)
    fila.resuelta_por, fila.resuelta_en, fila.resolucion = actor.persona_id, ahora_bd(sesion), razon
    sesion.flush()
    _anotar(sesion, autorizacion, fila, "desistir")
    unidad = sesion.get_one(UnidadEconomica, fila.unidad_id)
    _avisar(sesion, unidad, _("No sigue la recuperación de %(unidad)s"), razon)
    return fila


def vencer(sesion: Session, fila: Recuperacion) -> None:
    """Time ended it; the caller holds its lock."""
    VIDA_RECUPERACION.pasar(fila, EstadoRecuperacion.VENCIDA)
    fila.resuelta_en = ahora_bd(sesion)
    sesion.flush()
    autorizacion = Autorizacion.propia(Actor.sistema("plazo vencido"))
    _anotar(sesion, autorizacion, fila, "vencer")
    unidad = sesion.get_one(UnidadEconomica, fila.unidad_id)
    _avisar(sesion, unidad, _("Terminó sin decisión la recuperación de %(unidad)s"), "")


def viva_de(sesion: Session, unidad_id: UUID) -> Recuperacion | None:
    """The recovery of a unit that is under way."""
    consulta = select(Recuperacion).where(
        col(Recuperacion.unidad_id) == unidad_id, col(Recuperacion.estado).in_(VIVAS)
    )
    return sesion.exec(consulta).one_or_none()


def recuperaciones_de(sesion: Session, unidad_id: UUID) -> Sequence[Recuperacion]:
    """Those of a unit, the newest first."""
    consulta = select(Recuperacion).where(col(Recuperacion.unidad_id) == unidad_id)
    return sesion.exec(consulta.order_by(col(Recuperacion.abierta_en).desc())).all()


def _salen(sesion: Session, fila: Recuperacion, momento: datetime) -> list[Mandato]:
    """Those to be put out, and whoever got theirs from them since all were told of it, offers included."""
    vivos = [
        m
        for m in mandatos_de(sesion, fila.unidad_id)
        if all(fin is None or fin > momento for fin in (m.valido_hasta, m.revocado_en))
    ]
    return [
        m
        for m in vivos
        if m.id in fila.quita
        or (m.creado_en >= fila.abierta_en and not ascendientes(sesion, m.id).isdisjoint(fila.quita))
    ]


def _persona(actor: Actor) -> UUID:
    assert actor.persona_id is not None  # only people hold mandates to regulate
    return actor.persona_id


def _funcionario(
    sesion: Session, actor: Actor, unidad_id: UUID, beneficia: str | None = None
) -> Autorizacion:
    """Who resolves about the mandates of a unit, and gains nothing by it: `beneficia` is the identity card of
    who would be given it.
    """
    unidad = sesion.get_one(UnidadEconomica, unidad_id)
    autorizacion = exigir_competencia(
        sesion, actor, Materia.MANDATOS, lugar=unidad.municipio_ine, unidad_id=unidad_id
    )
    if beneficia is not None and beneficia == cedula_de(sesion, _persona(actor)):
        raise CasoPropio(_("Es a usted a quien se da la unidad: debe decidir otra persona."))
    exigir_sesion_reciente(actor, Riesgo.REGISTRO)
    return autorizacion


def _anotar(sesion: Session, autorizacion: Autorizacion, fila: Recuperacion, paso: str) -> None:
    datos = {"unidad": str(fila.unidad_id), "estado": fila.estado.value, "causa": fila.causa}
    auditar(sesion, autorizacion, f"recuperacion.{paso}", "registro_recuperacion", fila.id, datos)


def _avisar(sesion: Session, unidad: UnidadEconomica, asunto: str, cuerpo: str) -> None:
    """Tell the unit's mailbox and everybody who holds a mandate of it."""
    enlace = f"/mis-unidades/{unidad.numero}/recuperacion"
    asunto = asunto % {"unidad": unidad.valor().nombre}
    notificar_unidad(sesion, unidad.id, asunto, cuerpo, enlace, clase=AVISO_MANDATO)
    vigentes: Sequence[Mandato] = mandatos_de(sesion, unidad.id, solo_vigentes=True)
    for persona_id in sorted({m.apoderado_persona_id for m in vigentes if m.apoderado_persona_id}):
        notificar(
            sesion, persona_id=persona_id, asunto=asunto, cuerpo=cuerpo, enlace=enlace, clase=AVISO_MANDATO
        )
