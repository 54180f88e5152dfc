"""How a naming ends, and what was asked about it with it. Callers hold the authority and the lock."""

from typing import Any
from uuid import UUID

from sqlmodel import Session

from ciudadania import nombres_de_personas
from feria_inversa.designaciones import eventos
from feria_inversa.designaciones.bloqueos import papeles_de_entidad
from feria_inversa.papeles import (
    VIDA_EXCUSA,
    DesignacionTerminada,
    EstadoExcusa,
    NoSeRecusa,
    Papel,
    PapelNoCorresponde,
    designacion_por_id,
    excusas_de,
)
from feria_inversa.papeles.modelos import Designacion, Excusa
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.eventos import publicar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

OBJETO = "feria_designacion"
DE_EXCUSA = "feria_excusa"


def cesar_con(sesion: Session, autorizacion: Autorizacion, designacion_id: UUID, motivo: str) -> Designacion:
    """Raises `DesignacionTerminada`."""
    papeles_de_entidad(sesion, designacion_por_id(sesion, designacion_id).unidad_id)
    fila = designacion_por_id(sesion, designacion_id)
    if fila.papel == Papel.RESPONSABLE:
        raise PapelNoCorresponde(_("Quien publicó un proceso lo publicó: eso no cesa."))
    if fila.cesada_en is not None:
        raise DesignacionTerminada
    fila.cesada_en, fila.cesada_por, fila.motivo_cese = ahora_bd(sesion), autorizacion.actor.nombre, motivo
    sesion.flush()
    _dejar_sin_objeto(sesion, fila.id)
    decir(sesion, autorizacion, fila, "cesar", eventos.PAPEL_CESADO)
    return fila


def _dejar_sin_objeto(sesion: Session, designacion_id: UUID) -> None:
    """What was asked about a naming that ended has no object any more."""
    sistema = Autorizacion.propia(Actor.sistema("cese"))
    for excusa in excusas_de(sesion, [designacion_id]):
        if excusa.estado == EstadoExcusa.PRESENTADA:
            terminar_excusa(
                sesion, excusa, EstadoExcusa.SIN_OBJETO, _("Esa persona ya no tiene el papel."), sistema
            )


def terminar_excusa(
    sesion: Session, excusa: Excusa, como: EstadoExcusa, fundamento: str, quien: Autorizacion
) -> None:
    """It is answered. Raises `ExcusaNoPermite`, `NoSeRecusa` once its term is over."""
    VIDA_EXCUSA.exigir_paso(excusa, como)
    instante = ahora_bd(sesion)
    tarde = instante >= excusa.resolver_hasta
    if tarde and quien.actor.tipo != "sistema":
        raise NoSeRecusa(_("El plazo para resolverla terminó: ya lo resolvió el tiempo."))
    excusa.resuelta_en, excusa.resuelta_por, excusa.tacita = instante, quien.actor.nombre, tarde
    excusa.fundamento = fundamento
    VIDA_EXCUSA.pasar(excusa, como)
    sesion.flush()
    publicar(sesion, eventos.EXCUSA_RESUELTA, excusa.id, {"estado": str(como)}, quien)
    auditar(sesion, quien, f"excusa.{como}", DE_EXCUSA, excusa.id, {"fundamento": fundamento})


def decir(sesion: Session, autorizacion: Autorizacion, fila: Designacion, accion: str, evento: str) -> None:
    """What became of a naming, to who listens and in the audit trail."""
    nombre = nombres_de_personas(sesion, [fila.persona_id])[fila.persona_id]
    hechos: dict[str, Any] = {"papel": fila.papel, "persona": nombre}
    if fila.convocatoria_id is not None:
        hechos["convocatoria_id"] = str(fila.convocatoria_id)
    if fila.motivo_cese is not None:
        hechos["motivo"] = fila.motivo_cese
    publicar(sesion, evento, fila.id, hechos, autorizacion)
    auditar(sesion, autorizacion, f"papel.{accion}", OBJETO, fila.id, hechos)
    sesion.flush()
