"""What an entity does with its annual plan: begin it, fill it, publish it, change what was published.

What is published changes by versions, each with its public reason; the form `_con` is for a caller that
already holds the authority.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, delete, select

from empresa_digital.registro import Habilitacion, exigir_facultad, exigir_habilitacion, unidad_por_id
from feria_inversa.actos import a_json
from feria_inversa.entidades import codigo_institucional, entidad_contratante
from feria_inversa.plan import eventos
from feria_inversa.plan.archivo import leer_archivo
from feria_inversa.plan.bloqueos import bloquear_gestion, bloquear_plan
from feria_inversa.plan.consultas import lineas_de, modalidades_de, plan_visible
from feria_inversa.plan.errores import PlanIncompleto, PlanNoPermite, PlanRepetido
from feria_inversa.plan.esquemas import Cambio, LineaEntrada
from feria_inversa.plan.estados import VIDA_PLAN, EstadoPlan
from feria_inversa.plan.lineas import DE_UNA_LINEA, aplicar
from feria_inversa.plan.modelos import Linea, Plan, VersionDePlan
from feria_inversa.plan.quien import PLANIFICA, exigir_publicar
from feria_inversa.plan.retrato import retrato
from nucleo.actor import Actor, Autorizacion
from nucleo.archivos import Recibido
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos, PrecondicionFallida
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.lectores import texto_obligatorio
from nucleo.reloj import ZONA, ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

OBJETO = "feria_plan"
MOTIVO_MINIMO = 10
ANIOS_ADELANTE = 2


def crear(
    sesion: Session,
    actor: Actor,
    unidad_id: UUID,
    gestion: int,
    lineas: Sequence[LineaEntrada] = (),
    id: UUID | None = None,
) -> Plan:
    """A draft of the entity's plan of a year, this or one soon to come; the same `id` again is the same one.

    Raises `SinFacultad`, `SinHabilitacion`, `DatosInvalidos`, `PlanRepetido`.
    """
    autorizacion = exigir_facultad(sesion, actor, unidad_id, PLANIFICA)
    exigir_habilitacion(sesion, unidad_id, Habilitacion.ENTIDAD_CONTRATANTE)
    bloquear_gestion(sesion, unidad_id, gestion)
    if id is not None and (ya := sesion.get(Plan, id)) is not None:
        if (ya.unidad_id, ya.gestion) != (unidad_id, gestion):
            raise DatosInvalidos(_("Ese identificador ya está en uso."), campos={"id": _("Use otro.")})
        return ya
    if sesion.exec(select(Plan.id).where(Plan.unidad_id == unidad_id, Plan.gestion == gestion)).first():
        dice = _("La entidad ya tiene su plan de {}: cámbielo, con su motivo si ya es público.").format(
            gestion
        )
        raise PlanRepetido(dice, campos={"gestion": dice})
    ahora = ahora_bd(sesion)
    if not 0 <= gestion - fecha_bolivia(ahora).year <= ANIOS_ADELANTE:
        dice = _("Un plan es de este año o de uno de los {} que vienen.").format(ANIOS_ADELANTE)
        raise DatosInvalidos(dice, campos={"gestion": dice})
    plan = Plan(
        id=id or nuevo_id(),
        unidad_id=unidad_id,
        gestion=gestion,
        municipio_ine=unidad_por_id(sesion, unidad_id).municipio_ine,
        creado_en=ahora,
        creado_por=actor.nombre,
    )
    sesion.add(plan)
    sesion.flush()
    aplicar(sesion, plan, [Cambio(linea=linea) for linea in lineas], donde=DE_UNA_LINEA)
    auditar(sesion, autorizacion, "plan.crear", OBJETO, plan.id, {"gestion": gestion})
    sesion.flush()
    return plan


def cambiar(
    sesion: Session,
    actor: Actor,
    plan_id: UUID,
    cambios: Sequence[Cambio],
    motivo: str | None = None,
    *,
    revision: int | None = None,
    leidas: Mapping[int, int] | None = None,
) -> Plan:
    """Lines that are added, changed or taken out: of a draft as they come, of a published plan as its next
    version, if anything of it differs. Only if nobody changed the plan since `revision` was read, nor a line
    since it was of the revision that `leidas` says.

    Raises `PlanNoEncontrado`, `SinFacultad`, `SinPapel`, `PlanNoPermite`, `DatosInvalidos`,
    `ModalidadNoCorresponde`, `PrecondicionFallida`.
    """
    plan, autorizacion = _suyo(sesion, actor, plan_id)
    _exigir_como_se_leyo(plan, revision)
    if plan.estado == EstadoPlan.BORRADOR:
        plan.revision += 1
        sesion.flush()
        hecho = aplicar(sesion, plan, cambios, leidas)
        auditar(sesion, autorizacion, "plan.cambiar", OBJETO, plan_id, hecho.numeros)
        sesion.flush()
        return plan
    _exigir_vigente(sesion, plan)
    exigir_publicar(sesion, actor, plan.id, plan.unidad_id)
    motivo = _exigir_motivo(motivo)
    plan.version, plan.revision = plan.version + 1, plan.revision + 1
    sesion.flush()
    hecho = aplicar(sesion, plan, cambios, leidas)
    if not hecho.numeros:
        raise DatosInvalidos(_("El plan ya dice eso: no cambia nada."))
    _escribir(sesion, autorizacion, plan, motivo, hecho.dicho)
    publicar(sesion, eventos.PLAN_MODIFICADO, plan.id, {"version": plan.version}, autorizacion)
    audita = {"version": plan.version, **hecho.numeros}
    auditar(sesion, autorizacion, "plan.modificar", OBJETO, plan_id, audita)
    sesion.flush()
    return plan


def importar(
    sesion: Session,
    actor: Actor,
    plan_id: UUID,
    recibido: Recibido,
    motivo: str | None = None,
    revision: int | None = None,
) -> Plan:
    """`cambiar` by what a sheet says: all of it, or nothing. Raises `ArchivoDePlanInvalido` besides, also of
    a line that changed since the sheet was downloaded.
    """
    plan, _autorizacion = _suyo(sesion, actor, plan_id)
    _exigir_como_se_leyo(plan, revision)
    estan = {linea.numero: linea.revision for linea in lineas_de(sesion, plan_id) if not linea.retirada}
    return cambiar(sesion, actor, plan_id, leer_archivo(sesion, recibido, estan), motivo)


def publicar_plan(sesion: Session, actor: Actor, plan_id: UUID, revision: int | None = None) -> Plan:
    """The draft becomes public, with its number; from then on it changes by versions. With `revision`, only
    if it is what was read.

    Raises `PlanNoEncontrado`, `SinFacultad`, `SinPapel`, `PlanNoPermite`, `PlanIncompleto`,
    `PrecondicionFallida`.
    """
    plan, autorizacion = _suyo(sesion, actor, plan_id)
    exigir_habilitacion(sesion, plan.unidad_id, Habilitacion.ENTIDAD_CONTRATANTE)
    exigir_publicar(sesion, actor, plan.id, plan.unidad_id)
    ahora = ahora_bd(sesion)
    VIDA_PLAN.exigir_paso(plan, EstadoPlan.PUBLICADO)
    _exigir_como_se_leyo(plan, revision)
    if plan.gestion < fecha_bolivia(ahora).year:
        raise PlanNoPermite(_("La gestión {} ya terminó: elimine el borrador.").format(plan.gestion))
    if sesion.exec(select(Linea.id).where(Linea.plan_id == plan_id).limit(1)).first() is None:
        raise PlanIncompleto(_("Añada al menos una línea antes de publicar."))
    codigos = entidad_contratante(sesion, plan.unidad_id, codigo_institucional(sesion, plan.unidad_id))
    VIDA_PLAN.pasar(plan, EstadoPlan.PUBLICADO)
    plan.numero = f"PAC-{codigos.codigo}-{codigos.ejecutora}-{plan.gestion}"
    plan.publicado_en = ahora
    plan.revision += 1
    sesion.flush()
    _escribir(sesion, autorizacion, plan, None, {})
    publicar(sesion, eventos.PLAN_PUBLICADO, plan.id, {"version": plan.version}, autorizacion)
    auditar(sesion, autorizacion, "plan.publicar", OBJETO, plan_id, {"numero": plan.numero})
    sesion.flush()
    return plan


def eliminar(sesion: Session, actor: Actor, plan_id: UUID, revision: int | None = None) -> None:
    """Throw a draft away; with `revision`, only if it is what was read. Raises `PlanNoEncontrado`,
    `SinFacultad`, `PrecondicionFallida`, `PlanNoPermite` of what was published.
    """
    plan, autorizacion = _suyo(sesion, actor, plan_id)
    if plan.estado != EstadoPlan.BORRADOR:
        raise PlanNoPermite(_("Lo publicado no se elimina: se cambia, con un motivo público."))
    _exigir_como_se_leyo(plan, revision)
    sesion.execute(delete(Linea).where(col(Linea.plan_id) == plan_id))
    sesion.delete(plan)
    auditar(sesion, autorizacion, "plan.eliminar", OBJETO, plan_id, {"gestion": plan.gestion})
    sesion.flush()


def terminar(sesion: Session, plan_id: UUID) -> bool:
    """Its year ended. False when something else happened meanwhile."""
    plan = bloquear_plan(sesion, plan_id)
    ahora = ahora_bd(sesion)
    if plan.estado != EstadoPlan.PUBLICADO or fecha_bolivia(ahora).year <= plan.gestion:
        return False
    VIDA_PLAN.pasar(plan, EstadoPlan.TERMINADO)
    plan.terminado_en = ahora
    plan.revision += 1
    auditar(sesion, Actor.sistema("fin de planes"), "plan.terminar", OBJETO, plan_id)
    sesion.flush()
    return True


def _suyo(sesion: Session, actor: Actor, plan_id: UUID) -> tuple[Plan, Autorizacion]:
    """The locked plan, by who makes it; a draft does not exist for whoever does not work for its entity."""
    plan_visible(sesion, actor, plan_id)
    plan = bloquear_plan(sesion, plan_id)
    return plan, exigir_facultad(sesion, actor, plan.unidad_id, PLANIFICA)


def _exigir_como_se_leyo(plan: Plan, revision: int | None) -> None:
    if revision is not None and revision != plan.revision:
        raise PrecondicionFallida(
            _("Otra persona cambió el plan: revise lo que dice ahora y repita su cambio.")
        )


def _exigir_vigente(sesion: Session, plan: Plan) -> None:
    if not plan.vigente(ahora_bd(sesion)):
        raise PlanNoPermite(_("El plan terminó con su gestión {}: ya no cambia.").format(plan.gestion))


def _exigir_motivo(motivo: str | None) -> str:
    dice = _("Explique el motivo con al menos {} letras: será público.").format(MOTIVO_MINIMO)
    dado = texto_obligatorio("motivo", motivo or "", dice)
    if len(dado) < MOTIVO_MINIMO:
        raise DatosInvalidos(dice, campos={"motivo": dice})
    return dado


def _escribir(
    sesion: Session, autorizacion: Autorizacion, plan: Plan, motivo: str | None, cambio: dict[str, Any]
) -> None:
    """Freeze what a locked plan says in its version, with what changed in it and why."""
    lineas = lineas_de(sesion, plan.id)
    unidad = unidad_por_id(sesion, plan.unidad_id)
    ahora = ahora_bd(sesion)
    contenido = a_json(
        {
            "clase": "plan anual de contrataciones",
            "numero": plan.numero,
            "version": plan.version,
            "gestion": plan.gestion,
            "entidad": {"registro": unidad.numero, "nombre": unidad.denominacion},
            "publicada_en": ahora.astimezone(ZONA).isoformat(),
            "motivo": motivo,
            "cambio": cambio,
            "plan": retrato(lineas, modalidades_de(sesion, lineas)),
        }
    )
    sesion.add(
        VersionDePlan(
            plan_id=plan.id,
            version=plan.version,
            contenido=contenido,
            huella=hashlib.sha256(contenido.encode()).hexdigest(),
            motivo=motivo,
            hecha_en=ahora,
            hecha_por=autorizacion.actor.nombre,
            mandato_id=autorizacion.mandato_id,
        )
    )
    sesion.flush()
