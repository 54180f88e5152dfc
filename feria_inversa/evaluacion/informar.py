"""Those who evaluate say what they recommend: each signs the same text, the last signature writes it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session

from ciudadania import nombres_de_personas
from empresa_digital.registro import Facultad, exigir_facultad, unidad_por_id
from feria_inversa.actos import INFORME, levantar, publicar_acto
from feria_inversa.actos.modelos import Acta
from feria_inversa.designaciones import resolver_vencidas
from feria_inversa.evaluacion import eventos
from feria_inversa.evaluacion.adjudicacion import exigir_en_evaluacion, juzgar
from feria_inversa.evaluacion.calificaciones import huella_de_calificacion
from feria_inversa.evaluacion.causas import CausaDesierta, por_que_desierto
from feria_inversa.evaluacion.consultas import GrupoComparado, comparar_grupos
from feria_inversa.evaluacion.desempate import desempate
from feria_inversa.evaluacion.errores import NoSeInforma
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.evaluacion.firmantes import exigir_firmantes, firmas_de
from feria_inversa.evaluacion.informes import evaluan, informe_de
from feria_inversa.papeles import (
    Papel,
    PapelIncompatible,
    SinPapel,
    del_proceso,
    exigir_sin_recusacion,
    fuera_de,
)
from feria_inversa.procesos import (
    OBJETO,
    bloquear,
    bloquear_publica,
    exigir_en_termino,
    grupos_de,
)
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor, Autorizacion
from nucleo.actos import ActoConjunto, Fin, Propuesto, acto_conjunto
from nucleo.auditoria import auditar
from nucleo.eventos import publicar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l


class Recomendacion(BaseModel):
    model_config = ConfigDict(frozen=True)

    item: UUID
    oferta: UUID | None
    causa: CausaDesierta | None = None
    motivo: str


class CuerpoDeInforme(BaseModel):
    """What is signed: of which process, for which of its decisions, by whom, upon which qualification (the
    digest of its act), and what it recommends.
    """

    model_config = ConfigDict(frozen=True)

    convocatoria: UUID
    vez: int
    calificacion: str = ""
    evaluan: tuple[UUID, ...]
    recomendaciones: tuple[Recomendacion, ...]


def informar(
    sesion: Session, actor: Actor, convocatoria_id: UUID, recomendaciones: Sequence[DecisionEntrada]
) -> Acta | Propuesto:
    """Who evaluates alone writes the report at once; of several, it waits for the others' signatures.

    Raises `SinPapel`, `NoSeInforma`, `PapelIncompatible` when nobody but who asks for it evaluates it, and
    what `adjudicar` raises of the same decisions.
    """
    convocatoria = bloquear_publica(sesion, convocatoria_id)
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.EVALUAR)
    primero = {i.id: g.primero.id for g in grupos_de(sesion, convocatoria) for i in g.items}
    cuerpo = CuerpoDeInforme(
        convocatoria=convocatoria_id,
        vez=convocatoria.resoluciones + 1,
        calificacion=huella_de_calificacion(sesion, convocatoria_id),
        evaluan=tuple(sorted(evaluan(sesion, convocatoria))),
        recomendaciones=tuple(
            Recomendacion(
                item=primero.get(r.item_id, r.item_id),
                oferta=r.oferta_id,
                causa=r.causa,
                motivo=r.motivo.strip(),
            )
            for r in recomendaciones
        ),
    )
    comparados = _exigir(sesion, actor, convocatoria, cuerpo)
    if len(cuerpo.evaluan) == 1:
        return _anotar(sesion, autorizacion, convocatoria, cuerpo, comparados)
    return INFORME_CONJUNTO.proponer(sesion, actor, cuerpo, unidad_id=convocatoria.unidad_id)


def _exigir(
    sesion: Session, actor: Actor, convocatoria: Convocatoria, cuerpo: CuerpoDeInforme
) -> list[GrupoComparado]:
    """What is compared, of a report that may be signed now."""
    exigir_en_evaluacion(convocatoria)
    exigir_en_termino(convocatoria, ahora_bd(sesion))
    resolver_vencidas(sesion, convocatoria.id)
    quienes = evaluan(sesion, convocatoria)
    if actor.persona_id not in quienes:
        raise SinPapel(_("El informe es de quienes fueron nombrados para evaluar este proceso."))
    if tuple(sorted(quienes)) != cuerpo.evaluan or cuerpo.vez != convocatoria.resoluciones + 1:
        raise NoSeInforma(
            _("Quienes evalúan, o lo que se decide, ya no son los mismos: escríbanlo de nuevo.")
        )
    if cuerpo.calificacion != huella_de_calificacion(sesion, convocatoria.id):
        raise NoSeInforma(
            _("Las ofertas se calificaron de nuevo: lean la calificación y escriban otro informe.")
        )
    if informe_de(sesion, convocatoria) is not None:
        raise NoSeInforma(_("El informe ya está firmado."))
    if quienes & fuera_de(sesion, convocatoria.id).piden:
        raise NoSeInforma(_("Alguien que evalúa pidió quedar fuera: espere la respuesta."))
    piden = del_proceso(sesion, convocatoria.unidad_id, convocatoria.id, Papel.SOLICITANTE)
    if quienes <= {d.persona_id for d in piden}:
        raise PapelIncompatible(_("Quien pide la necesidad no evalúa solo: nombren a otra persona más."))
    for persona_id in sorted(quienes):
        exigir_sin_recusacion(sesion, convocatoria, persona_id)
    exigir_firmantes(sesion, convocatoria, quienes)
    return juzgar(sesion, convocatoria, como_decisiones(cuerpo.recomendaciones))


def como_decisiones(recomendaciones: Sequence[Recomendacion]) -> list[DecisionEntrada]:
    return [
        DecisionEntrada(item_id=r.item, oferta_id=r.oferta, causa=r.causa, motivo=r.motivo)
        for r in recomendaciones
    ]


def _escribir(sesion: Session, actor: Actor, cuerpo: CuerpoDeInforme) -> Acta:
    """The last signature: the report is written with all of them."""
    convocatoria = bloquear(sesion, cuerpo.convocatoria)
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.EVALUAR)
    comparados = _exigir(sesion, actor, convocatoria, cuerpo)
    return _anotar(sesion, autorizacion, convocatoria, cuerpo, comparados)


def _anotar(
    sesion: Session,
    autorizacion: Autorizacion,
    convocatoria: Convocatoria,
    cuerpo: CuerpoDeInforme,
    comparados: Sequence[GrupoComparado],
) -> Acta:
    instante, actor = ahora_bd(sesion), autorizacion.actor
    dicho = {
        "cuce": convocatoria.cuce,
        "entidad": unidad_por_id(sesion, convocatoria.unidad_id).denominacion,
        "vez": cuerpo.vez,
        "calificacion": cuerpo.calificacion,
        "recomendaciones": _recomendaciones(comparados, cuerpo.recomendaciones),
        "firmas": firmas_de(sesion, actor, instante),
    }
    nombres = nombres_de_personas(sesion, cuerpo.evaluan)
    quienes = ", ".join(sorted(nombres.values()))[:200]
    acta = levantar(sesion, convocatoria.id, INFORME, dicho, quienes, instante)
    publicar_acto(sesion, convocatoria.id, ["tenderUpdate"], instante)
    hechos = {"acta": acta.numero}
    publicar(sesion, eventos.INFORME_FIRMADO, convocatoria.id, hechos, autorizacion)
    auditar(sesion, autorizacion, "convocatoria.informar", OBJETO, convocatoria.id, hechos)
    sesion.flush()
    return acta


def _recomendaciones(
    comparados: Sequence[GrupoComparado], recomendaciones: Sequence[Recomendacion]
) -> list[dict[str, Any]]:
    suyos = {c.grupo.primero.id: c for c in comparados}
    grupos = {id_: c.grupo for id_, c in suyos.items()}
    quienes = {p.oferta.id: p.proveedor for c in comparados for p in c.propuestas}
    return [
        {
            "item": grupos[r.item].primero.numero,
            "item_id": str(r.item),
            "que": grupos[r.item].titulo,
            "oferta_id": str(r.oferta) if r.oferta else None,
            "proveedor": quienes[r.oferta].denominacion if r.oferta else None,
            **({} if r.causa is None else {"causa": str(r.causa)}),
            "motivo": r.motivo,
            **_empate(suyos[r.item]),
        }
        for r in recomendaciones
    ]


def _empate(comparado: GrupoComparado) -> dict[str, Any]:
    """Who share the best place, in the order in which they go, and by which rule; nothing where none do."""
    if not (regla := desempate(comparado)):
        return {}
    empatan = [
        {
            "oferta_id": str(p.oferta.id),
            "proveedor": p.proveedor.denominacion,
            **({} if p.anonima else {"en": p.dicha_en.isoformat()}),
        }
        for p in comparado.empatadas
    ]
    return {"empate": {"regla": regla, "empatan": empatan}}


def como_se_lee(
    sesion: Session,
    convocatoria: Convocatoria,
    calificacion: str,
    recomendaciones: Sequence[Recomendacion],
) -> Sequence[tuple[str, str]]:
    """What is recommended or decided, of each item, lot or all, for who signs it."""
    lineas = [(_("Proceso"), f"{convocatoria.titulo} ({convocatoria.cuce})")]
    if calificacion:
        lineas.append((_("Según la calificación de huella"), calificacion))
    for r in _recomendaciones(comparar_grupos(sesion, convocatoria), recomendaciones):
        valor = r["proveedor"] or _("Desierto")
        motivo = por_que_desierto(r.get("causa"), r["motivo"])
        texto = f"{valor}. {motivo}" if motivo else valor
        if "empate" in r:
            texto = f"{texto.rstrip('.')}. {r['empate']['regla']}"
        lineas.append((r["que"], texto))
    return lineas


def _al_terminar(sesion: Session, cuerpo: CuerpoDeInforme, fin: Fin) -> None:
    """Refused, taken back or unsigned in its term: the process waits as before, and its entity is told."""
    hechos = {"estado": fin.estado, "motivo": fin.motivo or "", "vez": cuerpo.vez}
    publicar(sesion, eventos.INFORME_SIN_FIRMAR, cuerpo.convocatoria, hechos, fin.autorizacion)


INFORME_CONJUNTO: ActoConjunto[CuerpoDeInforme, Acta] = acto_conjunto(
    ActoConjunto(
        codigo="informe_de_evaluacion",
        nombre=_l("Informe de evaluación"),
        facultad=Facultad.EVALUAR.value,
        cuerpo=CuerpoDeInforme,
        ejecutar=_escribir,
        en_palabras=lambda sesion, c: como_se_lee(
            sesion, sesion.get_one(Convocatoria, c.convocatoria), c.calificacion, c.recomendaciones
        ),
        vence=lambda sesion, c: sesion.get_one(Convocatoria, c.convocatoria).sigue_en,
        al_terminar=_al_terminar,
        pagina=lambda c: f"/compras/{c.convocatoria}",
        exige=lambda sesion, actor, c: _exigir(
            sesion, actor, sesion.get_one(Convocatoria, c.convocatoria), c
        ),
        firman=lambda _sesion, c: frozenset(c.evaluan),
    )
)
