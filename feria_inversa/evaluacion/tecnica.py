"""With two envelopes, who evaluates says who passes by the technical part before any price is known: an act,
written once, which all of those who were named to evaluate sign. Its points are those of the comparison that
follows.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlmodel import Session, col, select

from ciudadania import nombres_de_personas
from empresa_digital.registro import Facultad, exigir_facultad, unidades_en_lote
from feria_inversa.actos import EVALUACION_TECNICA, acta_de_clase
from feria_inversa.apertura import pasar_a_precios
from feria_inversa.designaciones import resolver_vencidas
from feria_inversa.documentos import pedidos_de
from feria_inversa.entidades import exigir_sin_conflicto_al_decidir
from feria_inversa.evaluacion import eventos
from feria_inversa.evaluacion.calificaciones import Verificado
from feria_inversa.evaluacion.causas import CAUSAS
from feria_inversa.evaluacion.esquemas import CalificacionTecnicaEntrada, RevisadaTecnicaEntrada
from feria_inversa.evaluacion.firmantes import exigir_firmantes, firmas_de
from feria_inversa.evaluacion.informes import evaluan, hubo_quien_evalue
from feria_inversa.evaluacion.verificacion import con_lo_que_falta, verificar_documentos
from feria_inversa.ofertas import no_pasa, oferentes_de, ofertas_vigentes
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.papeles import CALIFICAR, SinPapel, exigir_papel, exigir_sin_recusacion
from feria_inversa.procesos import (
    MOTIVO_MINIMO,
    Estado,
    EstadoNoPermite,
    bloquear,
    bloquear_publica,
    exigir_en_termino,
)
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor, Autorizacion
from nucleo.actos import ActoConjunto, Fin, Propuesto, acto_conjunto
from nucleo.errores import DatosInvalidos
from nucleo.eventos import publicar
from nucleo.lectores import en_cifras
from nucleo.reloj import ahora_bd
from nucleo.textos import en_castellano
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l


class CuerpoDeTecnica(BaseModel):
    """What is signed: of which process, by whom, and what is said of the technical part of each bid."""

    model_config = ConfigDict(frozen=True)

    convocatoria: UUID
    evaluan: tuple[UUID, ...]
    revisadas: tuple[RevisadaTecnicaEntrada, ...]


def calificar_tecnica(
    sesion: Session, actor: Actor, convocatoria_id: UUID, datos: CalificacionTecnicaEntrada
) -> Convocatoria | Propuesto:
    """Say of the technical part of each bid whether it passes, with its points: once, and the same again is
    the same. The prices of those that do may be opened then; those of the others never.

    Who evaluates alone writes it; of several named, it waits for the others' signatures. Raises
    `EstadoNoPermite`, `SinPapel`, `ConflictoDeInteres`, `DatosInvalidos`.
    """
    convocatoria = bloquear_publica(sesion, convocatoria_id)
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.EVALUAR)
    resolver_vencidas(sesion, convocatoria_id)
    exigir_papel(sesion, actor, convocatoria, CALIFICAR)
    if _ya_escrita(sesion, convocatoria, datos.revisadas):
        return convocatoria
    cuerpo = CuerpoDeTecnica(
        convocatoria=convocatoria_id,
        evaluan=tuple(sorted(evaluan(sesion, convocatoria))),
        revisadas=tuple(datos.revisadas),
    )
    revisadas = _exigir(sesion, convocatoria, cuerpo)
    exigir_sin_conflicto_al_decidir(sesion, actor, oferentes_de(sesion, convocatoria_id))
    if len(cuerpo.evaluan) > 1:
        return TECNICA_CONJUNTA.proponer(sesion, actor, cuerpo, unidad_id=convocatoria.unidad_id)
    _anotar(sesion, autorizacion, convocatoria, cuerpo, revisadas)
    return convocatoria


def _exigir(sesion: Session, convocatoria: Convocatoria, cuerpo: CuerpoDeTecnica) -> "dict[UUID, _Revisada]":
    """What is said of each bid, of what may be written now, whoever signs last."""
    if convocatoria.estado != Estado.EVALUACION_TECNICA:
        raise EstadoNoPermite(_("La parte técnica se califica entre los dos actos de apertura, una vez."))
    exigir_en_termino(convocatoria, ahora_bd(sesion))
    quienes = evaluan(sesion, convocatoria)
    if tuple(sorted(quienes)) != cuerpo.evaluan:
        raise EstadoNoPermite(_("Quienes evalúan ya no son los mismos: califiquen de nuevo."))
    if not quienes and hubo_quien_evalue(sesion, convocatoria):
        raise SinPapel(_("Quienes evaluaban ya no lo hacen: nombre a alguien que califique."))
    if len(quienes) > 1:
        for persona_id in sorted(quienes):
            exigir_sin_recusacion(sesion, convocatoria, persona_id)
        exigir_firmantes(sesion, convocatoria, quienes)
    return _revisadas(sesion, convocatoria, ofertas_vigentes(sesion, convocatoria.id), cuerpo.revisadas)


def _escribir(sesion: Session, actor: Actor, cuerpo: CuerpoDeTecnica) -> Convocatoria:
    """The last signature: it is written with all of them."""
    convocatoria = bloquear(sesion, cuerpo.convocatoria)
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.EVALUAR)
    resolver_vencidas(sesion, convocatoria.id)
    _anotar(sesion, autorizacion, convocatoria, cuerpo, _exigir(sesion, convocatoria, cuerpo))
    return convocatoria


def _anotar(
    sesion: Session,
    autorizacion: Autorizacion,
    convocatoria: Convocatoria,
    cuerpo: CuerpoDeTecnica,
    revisadas: "Mapping[UUID, _Revisada]",
) -> None:
    instante, actor = ahora_bd(sesion), autorizacion.actor
    ofertas = ofertas_vigentes(sesion, convocatoria.id)
    dicho = _dicho(sesion, convocatoria, ofertas, revisadas)
    dicho["firmas"] = firmas_de(sesion, actor, instante)
    for oferta in ofertas:
        dicha, _documentos = revisadas[oferta.id]
        if not _pasa(convocatoria, dicha):
            no_pasa(sesion, autorizacion, oferta, _por_que(convocatoria, dicha), instante)
    nombres = nombres_de_personas(sesion, cuerpo.evaluan) if actor.acto is not None else {}
    quienes = ", ".join(sorted(nombres.values()))[:200] or actor.nombre
    pasar_a_precios(sesion, autorizacion, convocatoria, dicho, quienes)


def _ya_escrita(
    sesion: Session, convocatoria: Convocatoria, dichas: Sequence[RevisadaTecnicaEntrada]
) -> bool:
    """Whether it was written before with the same of each bid: whoever pressed twice said it once."""
    escrita = tecnica_de(sesion, convocatoria)
    if escrita is None:
        return False
    pedidos = pedidos_de(sesion, convocatoria.id)
    esta = []
    for sin_verificar in dichas:
        verificados, _fallo = verificar_documentos(pedidos, sin_verificar)
        dicha = con_lo_que_falta(sin_verificar, verificados)
        puntos = None if dicha.causa is not None else dicha.puntos
        hallados = [asdict(d) for d in verificados]
        esta.append((str(dicha.oferta_id), dicha.causa, dicha.explicacion, puntos, hallados))
    antes = [
        (o["oferta"], o["causa"], o["explicacion"], o["puntos"], o.get("documentos", []))
        for o in escrita["ofertas"]
    ]
    return sorted(esta, key=lambda dicha: dicha[0]) == sorted(antes, key=lambda dicha: dicha[0])


_Revisada = tuple[RevisadaTecnicaEntrada, Sequence[Verificado]]


def _revisadas(
    sesion: Session,
    convocatoria: Convocatoria,
    ofertas: Sequence[Oferta],
    dichas: Sequence[RevisadaTecnicaEntrada],
) -> dict[UUID, _Revisada]:
    """Each bid once: out with its cause and reason, or with its points; who lacks what cannot be mended
    is out.
    """
    if sorted(r.oferta_id for r in dichas) != sorted(oferta.id for oferta in ofertas):
        detalle = _("Revise todas las ofertas, cada una una sola vez.")
        raise DatosInvalidos(detalle, campos={"revisadas": detalle})
    pedidos, tope = pedidos_de(sesion, convocatoria.id), convocatoria.puntos_tecnica
    campos: dict[str, str] = {}
    revisadas: dict[UUID, _Revisada] = {}
    for n, sin_verificar in enumerate(dichas):
        verificados, fallo = verificar_documentos(pedidos, sin_verificar)
        if fallo:
            campos[f"revisadas.{n}.documentos"] = fallo
        dicha = con_lo_que_falta(sin_verificar, verificados)
        if dicha.causa is not None and len(dicha.explicacion) < MOTIVO_MINIMO:
            campos[f"revisadas.{n}.explicacion"] = _(
                "Explique la causa con al menos 10 letras: será pública."
            )
        if dicha.causa is None and (dicha.puntos is None or dicha.puntos > tope):
            campos[f"revisadas.{n}.puntos"] = _("Ponga sus puntos técnicos, de 0 a {}.").format(tope)
        revisadas[dicha.oferta_id] = dicha, verificados
    if campos:
        raise DatosInvalidos(" ".join(dict.fromkeys(campos.values())), campos=campos)
    return revisadas


def _pasa(convocatoria: Convocatoria, dicha: RevisadaTecnicaEntrada) -> bool:
    if dicha.causa is not None:
        return False
    assert dicha.puntos is not None
    return dicha.puntos >= convocatoria.minimo_tecnica


def _por_que(convocatoria: Convocatoria, dicha: RevisadaTecnicaEntrada) -> str:
    if dicha.causa is not None:
        with en_castellano():
            return f"{CAUSAS[dicha.causa]}. {dicha.explicacion}".strip()
    assert dicha.puntos is not None
    return _("Su propuesta técnica tiene {} puntos, y se pasa con {}.").format(
        en_cifras(dicha.puntos), convocatoria.minimo_tecnica
    )


def _dicho(
    sesion: Session,
    convocatoria: Convocatoria,
    ofertas: Sequence[Oferta],
    revisadas: Mapping[UUID, _Revisada],
) -> dict[str, Any]:
    unidades = unidades_en_lote(sesion, [oferta.unidad_id for oferta in ofertas])
    return {
        "cuce": convocatoria.cuce,
        "metodo": convocatoria.metodo,
        "puntos_tecnica": convocatoria.puntos_tecnica,
        "minimo_tecnica": convocatoria.minimo_tecnica,
        "ofertas": [
            {
                "oferta": str(oferta.id),
                "proveedor": unidades[oferta.unidad_id].denominacion,
                "registro": unidades[oferta.unidad_id].numero,
                "causa": dicha.causa,
                "explicacion": dicha.explicacion,
                "puntos": None if dicha.causa is not None else dicha.puntos,
                "pasa": _pasa(convocatoria, dicha),
                **({"documentos": [asdict(d) for d in documentos]} if documentos else {}),
            }
            for oferta in ofertas
            for dicha, documentos in [revisadas[oferta.id]]
        ],
    }


def tecnica_de(sesion: Session, convocatoria: Convocatoria) -> dict[str, Any] | None:
    """What the technical qualification said, as it was written; None before it and where there is none."""
    if convocatoria.tecnica_en is None:
        return None
    acta = acta_de_clase(sesion, convocatoria.id, EVALUACION_TECNICA)
    if acta is None:
        return None
    dicho: dict[str, Any] = json.loads(acta.contenido, parse_float=Decimal)
    return dicho


def puntos_dados(sesion: Session, convocatoria: Convocatoria) -> dict[UUID, Fraction]:
    """The points of each bid that passed, given before any price was known."""
    dicho = tecnica_de(sesion, convocatoria)
    return {UUID(o["oferta"]): Fraction(o["puntos"]) for o in dicho["ofertas"] if o["pasa"]} if dicho else {}


def _como_se_lee(sesion: Session, cuerpo: CuerpoDeTecnica) -> Sequence[tuple[str, str]]:
    """What is said of each bid, for who signs it."""
    convocatoria = sesion.get_one(Convocatoria, cuerpo.convocatoria)
    de_oferta = {r.oferta_id: r for r in cuerpo.revisadas}
    suyas = select(Oferta.id, Oferta.unidad_id).where(col(Oferta.id).in_(de_oferta))
    quienes = dict(sesion.exec(suyas.order_by(col(Oferta.presentada_en), col(Oferta.id))).all())
    unidades, pedidos = unidades_en_lote(sesion, list(quienes.values())), pedidos_de(sesion, convocatoria.id)
    lineas = [(_("Proceso"), f"{convocatoria.titulo} ({convocatoria.cuce})")]
    for id_, unidad_id in quienes.items():
        verificados, _fallo = verificar_documentos(pedidos, de_oferta[id_])
        dicha = con_lo_que_falta(de_oferta[id_], verificados)
        faltan = "; ".join(d.nombre for d in verificados if not d.presente)
        texto = _("No pasa. {}").format(_por_que(convocatoria, dicha))
        if dicha.puntos is not None and _pasa(convocatoria, dicha):
            texto = _("Pasa con {} puntos.").format(en_cifras(dicha.puntos))
            texto += " " + _("Le falta: {}.").format(faltan) if faltan else ""
        lineas.append((unidades[unidad_id].denominacion, texto))
    return lineas


def _al_terminar(sesion: Session, cuerpo: CuerpoDeTecnica, fin: Fin) -> None:
    """Refused, taken back or unsigned in its term: the process waits as before, and its entity is told."""
    hechos = {"estado": fin.estado, "motivo": fin.motivo or ""}
    publicar(sesion, eventos.TECNICA_SIN_FIRMAR, cuerpo.convocatoria, hechos, fin.autorizacion)


TECNICA_CONJUNTA: ActoConjunto[CuerpoDeTecnica, Convocatoria] = acto_conjunto(
    ActoConjunto(
        codigo="calificacion_tecnica",
        nombre=_l("Calificación de la parte técnica"),
        facultad=Facultad.EVALUAR.value,
        cuerpo=CuerpoDeTecnica,
        ejecutar=_escribir,
        en_palabras=_como_se_lee,
        vence=lambda sesion, c: sesion.get_one(Convocatoria, c.convocatoria).sigue_en,
        al_terminar=_al_terminar,
        pagina=lambda c: f"/compras/{c.convocatoria}",
        exige=lambda sesion, _actor, c: _exigir(sesion, sesion.get_one(Convocatoria, c.convocatoria), c),
        firman=lambda _sesion, c: frozenset(c.evaluan),
    )
)
