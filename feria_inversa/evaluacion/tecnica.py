"""With two envelopes, who evaluates says who passes by the technical part before any price is known: an act,
written once. Its points are those of the comparison that follows.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, exigir_facultad, unidades_en_lote
from feria_inversa.actos import EVALUACION_TECNICA, acta_de_clase
from feria_inversa.apertura import pasar_a_precios
from feria_inversa.designaciones import resolver_vencidas
from feria_inversa.documentos import pedidos_de
from feria_inversa.entidades import exigir_sin_conflicto_al_decidir
from feria_inversa.evaluacion.calificaciones import Verificado
from feria_inversa.evaluacion.causas import CAUSAS
from feria_inversa.evaluacion.esquemas import CalificacionTecnicaEntrada, RevisadaTecnicaEntrada
from feria_inversa.evaluacion.verificacion import con_lo_que_falta, verificar_documentos
from feria_inversa.ofertas import no_pasa, oferentes_de, ofertas_vigentes
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.papeles import CALIFICAR, exigir_papel
from feria_inversa.procesos import (
    MOTIVO_MINIMO,
    Estado,
    EstadoNoPermite,
    bloquear_publica,
    exigir_en_termino,
)
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor
from nucleo.errores import DatosInvalidos
from nucleo.lectores import en_cifras
from nucleo.reloj import ahora_bd
from nucleo.textos import en_castellano
from nucleo.textos import gettext as _


def calificar_tecnica(
    sesion: Session, actor: Actor, convocatoria_id: UUID, datos: CalificacionTecnicaEntrada
) -> Convocatoria:
    """Say of the technical part of each bid whether it passes, with its points: once. The prices of those
    that do may be opened then; those of the others never.

    Raises `EstadoNoPermite`, `ConflictoDeInteres`, `DatosInvalidos`.
    """
    convocatoria = bloquear_publica(sesion, convocatoria_id)
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.EVALUAR)
    resolver_vencidas(sesion, convocatoria_id)
    exigir_papel(sesion, actor, convocatoria, CALIFICAR)
    if convocatoria.estado != Estado.EVALUACION_TECNICA:
        raise EstadoNoPermite(_("La parte técnica se califica entre los dos actos de apertura, una vez."))
    instante = ahora_bd(sesion)
    exigir_en_termino(convocatoria, instante)
    exigir_sin_conflicto_al_decidir(sesion, actor, oferentes_de(sesion, convocatoria_id))
    ofertas = ofertas_vigentes(sesion, convocatoria_id)
    revisadas = _revisadas(sesion, convocatoria, ofertas, datos.revisadas)
    dicho = _dicho(sesion, convocatoria, ofertas, revisadas)
    for oferta in ofertas:
        dicha, _documentos = revisadas[oferta.id]
        if not _pasa(convocatoria, dicha):
            no_pasa(sesion, autorizacion, oferta, _por_que(convocatoria, dicha), instante)
    pasar_a_precios(sesion, autorizacion, convocatoria, dicho)
    return convocatoria


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
