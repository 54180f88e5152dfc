"""Only a published notice makes up for an interruption of an auction (RM 021/2022, art. 10)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session

from empresa_digital.registro import Facultad, exigir_facultad, unidad_por_id
from feria_inversa.actos import INTERRUPCION, levantar, publicar_acto
from feria_inversa.actos.modelos import Acta
from feria_inversa.entidades import exigir_sin_conflicto_al_decidir
from feria_inversa.ofertas import oferentes_de
from feria_inversa.papeles import CONDUCIR, exigir_papel
from feria_inversa.procesos import (
    OBJETO,
    Estado,
    EstadoNoPermite,
    bloquear_publica,
    exigir_motivo,
    reglas_de,
)
from feria_inversa.reglas import dia_de_cierre, exigir_dia_habil
from feria_inversa.subasta import eventos
from feria_inversa.subasta.bloqueos import detener
from feria_inversa.subasta.consultas import exigir_subasta, grupos_subastados
from feria_inversa.subasta.modelos import GrupoSubastado
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.eventos import publicar
from nucleo.reloj import ZONA, ahora_bd
from nucleo.textos import gettext as _

_PRORROGAR = text("SELECT feria_subasta_prorrogar(:acta)")


def avisar_interrupcion(
    sesion: Session, actor: Actor, convocatoria_id: UUID, termina_en: datetime, motivo: str
) -> Acta:
    """What of an auction has not ended now ends later, for a public reason. The act that says it.

    Raises `EstadoNoPermite`, `ConflictoDeInteres`, `FaltaMotivo`, `DiaInhabil`, `DatosInvalidos`.
    """
    convocatoria = bloquear_publica(sesion, convocatoria_id)
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR)
    exigir_papel(sesion, actor, convocatoria, CONDUCIR)
    exigir_sin_conflicto_al_decidir(sesion, actor, oferentes_de(sesion, convocatoria_id))
    if convocatoria.estado != Estado.SUBASTA:
        raise EstadoNoPermite(_("Solo se prorroga una subasta que no terminó."))
    motivo, instante = exigir_motivo(motivo), ahora_bd(sesion)
    reglas = reglas_de(convocatoria)
    assert reglas is not None
    assert reglas.subasta is not None
    dias = reglas.subasta.prorroga_dias
    if termina_en > instante + timedelta(days=dias):
        raise _otra_hora(_("La subasta puede terminar como máximo dentro de {} días.").format(dias))
    lugar = unidad_por_id(sesion, convocatoria.unidad_id).municipio_ine
    exigir_dia_habil(sesion, reglas, dia_de_cierre(termina_en), lugar, "termina_en")
    _exigir_que_mueva(sesion, convocatoria_id, instante, termina_en)  # before any bid waits for it
    detener(sesion, convocatoria_id)
    mueve = _exigir_que_mueva(sesion, convocatoria_id, instante, termina_en)
    dicho = {
        "cuce": convocatoria.cuce,
        "motivo": motivo,
        "termina": termina_en.astimezone(ZONA).isoformat(),
        "terminaba": [
            {"item": g.numero, "termina": g.termina_en.astimezone(ZONA).isoformat()} for g in mueve
        ],
    }
    acta = levantar(sesion, convocatoria_id, INTERRUPCION, dicho, actor.nombre, instante)
    movidas = sesion.connection().execute(_PRORROGAR, {"acta": acta.id}).scalar_one()
    assert movidas == len(mueve)
    publicar_acto(sesion, convocatoria_id, ["tenderUpdate"], instante)
    hechos = {"acta": acta.numero, "termina": dicho["termina"], "movidos": [g.numero for g in mueve]}
    publicar(sesion, eventos.SUBASTA_PRORROGADA, convocatoria_id, hechos, actor)
    auditar(sesion, autorizacion, "subasta.prorrogar", OBJETO, convocatoria_id, hechos | {"motivo": motivo})
    sesion.flush()
    return acta


def _exigir_que_mueva(
    sesion: Session, convocatoria_id: UUID, instante: datetime, termina_en: datetime
) -> Sequence[GrupoSubastado]:
    """What had not ended at an instant, and would end later. By rounds all of it: `termina_en` is of what
    ends last, and the rest moves by as much.
    """
    grupos = grupos_subastados(sesion, convocatoria_id)
    if exigir_subasta(sesion, convocatoria_id).rondas:
        ultimo = max(g.termina_en for g in grupos)
        mueve = [g for g in grupos if instante < g.termina_en and ultimo < termina_en]
    else:
        mueve = [g for g in grupos if instante < g.termina_en < termina_en]
    if not mueve:
        raise _otra_hora(
            _("Elija una hora posterior al final que tiene ahora; lo que ya terminó no se reabre.")
        )
    return mueve


def _otra_hora(detalle: str) -> DatosInvalidos:
    return DatosInvalidos(detalle, campos={"termina_en": detalle})
