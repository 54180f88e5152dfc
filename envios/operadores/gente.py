"""Who works in which agency: who administers the operator says so, and they act only where they work."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from ciudadania import Riesgo, exigir_sesion_reciente, notificar
from empresa_digital.registro import (
    CON_LO_SUYO,
    Apoderado,
    Facultad,
    Habilitacion,
    apoderados_con,
    exigir_facultad,
    exigir_habilitacion,
    mandatos_con,
    sostener_mandato,
    tiene_facultad,
)
from envios.operadores.agencias import exigir_administracion
from envios.operadores.avisos import AVISO_AGENCIA
from envios.operadores.bloqueos import bloquear_agencia
from envios.operadores.consultas import agencia, agencia_por_id, agencias_de
from envios.operadores.errores import AgenciaCerrada, NoEstaAsignada, NoTrabajaAqui
from envios.operadores.modelos import FilaDeAgencia, FilaDeTrabajo
from envios.operadores.valores import Agencia, Trabajo
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class EnAgencia:
    """An actor at work in an agency: by which authority, and where."""

    autorizacion: Autorizacion
    agencia: Agencia


def exigir_despacho(sesion: Session, actor: Actor, operador_unidad_id: UUID) -> Autorizacion:
    """Who speaks for a postal operator: whoever dispatches for it, while it is one; it finishes what it has
    while it is suspended. Raises `SinFacultad`, `SinHabilitacion`.
    """
    autorizacion = exigir_facultad(sesion, actor, operador_unidad_id, Facultad.DESPACHAR, estados=CON_LO_SUYO)
    exigir_habilitacion(sesion, operador_unidad_id, Habilitacion.OPERADOR_POSTAL, estados=CON_LO_SUYO)
    return autorizacion


def exigir_en_agencia(sesion: Session, actor: Actor, agencia_id: UUID) -> EnAgencia:
    """What a use case at a counter, a bag or a round asks first: who does it, and in which open agency.

    Who administers the operator, and its programs, act in all of them; anybody else where they work. Raises
    `AgenciaNoEncontrada`, `AgenciaCerrada`, `NoTrabajaAqui`, `SinFacultad`, `SinHabilitacion`.
    """
    donde = agencia_por_id(sesion, agencia_id)
    operador = donde.operador_unidad_id
    autorizacion = exigir_despacho(sesion, actor, operador)
    if not donde.abierta:
        raise AgenciaCerrada(_("%(nombre)s está cerrada: elija otra agencia.") % {"nombre": donde.nombre})
    if not _en_todas(sesion, actor, operador) and agencia_id not in _donde_trabaja(sesion, actor):
        raise NoTrabajaAqui(
            _("Usted no está asignado a %(nombre)s: pida que le asigne quien administra el operador.")
            % {"nombre": donde.nombre}
        )
    return EnAgencia(autorizacion, donde)


def agencias_del_actor(sesion: Session, actor: Actor, operador_unidad_id: UUID) -> list[Agencia]:
    """The open agencies in which the actor may act: all of the operator, or those where they work."""
    abiertas = agencias_de(sesion, operador_unidad_id, abiertas=True)
    if _en_todas(sesion, actor, operador_unidad_id):
        return abiertas
    suyas = _donde_trabaja(sesion, actor)
    return [a for a in abiertas if a.id in suyas]


def agencias_en_que_anota(
    sesion: Session, actor: Actor, operador_unidad_id: UUID, ids: Collection[UUID]
) -> dict[UUID, Agencia]:
    """Those of these agencies, open or closed, that are of the operator and where the actor may act."""
    suyas = {a.id: a for a in agencias_de(sesion, operador_unidad_id) if a.id in ids} if ids else {}
    if not suyas or _en_todas(sesion, actor, operador_unidad_id):
        return suyas
    trabaja = _donde_trabaja(sesion, actor)
    return {id: a for id, a in suyas.items() if id in trabaja}


def asignables(sesion: Session, operador_unidad_id: UUID) -> list[Apoderado]:
    """Who may be assigned to the agencies of an operator: those who may dispatch for it, alone."""
    return apoderados_con(sesion, operador_unidad_id, Facultad.DESPACHAR)


def trabajos_en(sesion: Session, agencias: Collection[UUID]) -> list[Trabajo]:
    """Who works, or is to work, in these agencies; those whose mandate ended do not, whatever was written."""
    hoy = fecha_bolivia(ahora_bd(sesion))
    consulta = select(FilaDeTrabajo).where(col(FilaDeTrabajo.agencia_id).in_(agencias), *_en_pie(hoy))
    return _vivos(
        sesion, sesion.exec(consulta.order_by(col(FilaDeTrabajo.desde), col(FilaDeTrabajo.id))).all()
    )


def asignar(
    sesion: Session,
    actor: Actor,
    agencia_id: UUID,
    persona_id: UUID,
    *,
    desde: date | None = None,
    hasta: date | None = None,
) -> Trabajo:
    """Let a person who dispatches for the operator work in an agency, between two days (today, without end).

    It ends with the mandate. Raises `SinFacultad`, `SesionNoReciente`, `AgenciaCerrada`, `DatosInvalidos`.
    """
    donde = bloquear_agencia(sesion, agencia_id)
    autorizacion = exigir_administracion(sesion, actor, donde.operador_unidad_id)
    exigir_sesion_reciente(actor, Riesgo.PODERES)
    if not agencia(donde).abierta:
        raise AgenciaCerrada(_("Ábrala otra vez antes de asignar a quien trabaje en ella."))
    momento = ahora_bd(sesion)
    hoy = fecha_bolivia(momento)
    empieza = desde or hoy
    _exigir_fechas(empieza, hasta, hoy)
    apoderado = next(
        (a for a in asignables(sesion, donde.operador_unidad_id) if a.persona_id == persona_id), None
    )
    if apoderado is None:
        raise DatosInvalidos(
            campos={"persona_id": _("Elija a una persona con un mandato de despacho de este operador.")}
        )
    sostener_mandato(sesion, apoderado.mandato_id)
    _retirar_muertas(sesion, autorizacion, donde, persona_id, empieza, hasta)
    fila = FilaDeTrabajo(
        agencia_id=agencia_id,
        persona_id=persona_id,
        mandato_id=apoderado.mandato_id,
        desde=empieza,
        hasta=hasta,
        asignada_en=momento,
        asignada_por=autorizacion.actor.persona_id,
    )
    sesion.add(fila)
    sesion.flush()
    _auditar(sesion, autorizacion, "agencia.asignar", fila)
    if persona_id != autorizacion.actor.persona_id:
        notificar(
            sesion,
            persona_id=persona_id,
            asunto=_("Ahora trabaja en %(agencia)s") % {"agencia": donde.nombre},
            enlace="/envios/operador",
            clase=AVISO_AGENCIA,
        )
    return _trabajo(fila, apoderado)


def retirar(sesion: Session, actor: Actor, agencia_id: UUID, persona_id: UUID) -> None:
    """The person works there no more, from now on. Raises `NoEstaAsignada`, `SesionNoReciente`."""
    donde = bloquear_agencia(sesion, agencia_id)
    autorizacion = exigir_administracion(sesion, actor, donde.operador_unidad_id)
    exigir_sesion_reciente(actor, Riesgo.PODERES)
    filas = _sin_retirar(sesion, agencia_id, persona_id)
    if not any(f.hasta is None or f.hasta >= fecha_bolivia(ahora_bd(sesion)) for f in filas):
        raise NoEstaAsignada(_("Quizá alguien ya la quitó: vea quién trabaja ahora."))
    for fila in filas:
        _retirar(sesion, autorizacion, fila)
    sesion.flush()


def _exigir_fechas(desde: date, hasta: date | None, hoy: date) -> None:
    if desde < hoy:
        raise DatosInvalidos(campos={"desde": _("Elija hoy o un día por venir.")})
    if hasta is not None and hasta < desde:
        raise DatosInvalidos(campos={"hasta": _("El último día no puede ser anterior al primero.")})


def _en_todas(sesion: Session, actor: Actor, operador_unidad_id: UUID) -> bool:
    if actor.tipo == "cliente":
        return actor.unidad_cliente_id == operador_unidad_id
    return tiene_facultad(sesion, actor, operador_unidad_id, Facultad.ADMINISTRAR, estados=CON_LO_SUYO)


def _donde_trabaja(sesion: Session, actor: Actor) -> set[UUID]:
    hoy = fecha_bolivia(ahora_bd(sesion))
    consulta = select(FilaDeTrabajo).where(
        col(FilaDeTrabajo.persona_id) == actor.persona_id,
        col(FilaDeTrabajo.desde) <= hoy,
        *_en_pie(hoy),
    )
    return {t.agencia_id for t in _vivos(sesion, sesion.exec(consulta).all())}


def _en_pie(hoy: date) -> tuple[ColumnElement[bool], ...]:
    hasta = col(FilaDeTrabajo.hasta)
    return (col(FilaDeTrabajo.retirada_en).is_(None), or_(hasta.is_(None), hasta >= hoy))


def _vivos(sesion: Session, filas: Collection[FilaDeTrabajo]) -> list[Trabajo]:
    valen = mandatos_con(sesion, {f.mandato_id for f in filas}, Facultad.DESPACHAR)
    return [_trabajo(f, valen[f.mandato_id]) for f in filas if f.mandato_id in valen]


def _trabajo(fila: FilaDeTrabajo, apoderado: Apoderado) -> Trabajo:
    fines = [fila.hasta, fecha_bolivia(apoderado.hasta) if apoderado.hasta else None]
    return Trabajo(
        id=fila.id,
        agencia_id=fila.agencia_id,
        persona_id=fila.persona_id,
        desde=fila.desde,
        hasta=min((f for f in fines if f is not None), default=None),
    )


def _sin_retirar(sesion: Session, agencia_id: UUID, persona_id: UUID) -> list[FilaDeTrabajo]:
    consulta = select(FilaDeTrabajo).where(
        col(FilaDeTrabajo.agencia_id) == agencia_id,
        col(FilaDeTrabajo.persona_id) == persona_id,
        col(FilaDeTrabajo.retirada_en).is_(None),
    )
    return list(sesion.exec(consulta.order_by(col(FilaDeTrabajo.id))))


def _retirar_muertas(
    sesion: Session,
    autorizacion: Autorizacion,
    donde: FilaDeAgencia,
    persona_id: UUID,
    desde: date,
    hasta: date | None,
) -> None:
    """What died with its mandate leaves its place; one that lives in those days is said to be there."""
    filas = _sin_retirar(sesion, donde.id, persona_id)
    viven = {t.id for t in _vivos(sesion, filas)}
    for fila in filas:
        junto = (fila.hasta is None or fila.hasta >= desde) and (hasta is None or fila.desde <= hasta)
        if fila.id in viven and junto:
            detalle = _("Esa persona ya trabaja aquí en esos días: quítela antes de cambiar sus fechas.")
            raise DatosInvalidos(campos={"persona_id": detalle})
        if fila.id not in viven:
            _retirar(sesion, autorizacion, fila)
    sesion.flush()


def _retirar(sesion: Session, autorizacion: Autorizacion, fila: FilaDeTrabajo) -> None:
    fila.retirada_en, fila.retirada_por = ahora_bd(sesion), autorizacion.actor.persona_id
    sesion.add(fila)
    _auditar(sesion, autorizacion, "agencia.retirar", fila)


def _auditar(sesion: Session, autorizacion: Autorizacion, accion: str, fila: FilaDeTrabajo) -> None:
    datos = {
        "agencia": str(fila.agencia_id),
        "persona": str(fila.persona_id),
        "desde": fila.desde.isoformat(),
        "hasta": fila.hasta.isoformat() if fila.hasta else None,
    }
    auditar(sesion, autorizacion, accion, "envios_agencia_trabajo", fila.id, datos)
