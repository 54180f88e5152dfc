"""The decision: every item awarded to one bid or declared desierto."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, select

from empresa_digital.registro import Compromiso, Facultad, exigir_facultad, usar_mandato
from feria_inversa.actos import publicar_acto
from feria_inversa.entidades import exigir_sin_conflicto_al_decidir
from feria_inversa.evaluacion import eventos
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.evaluacion.estados import EstadoItem
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.ofertas import lineas_abiertas, oferentes_de
from feria_inversa.ofertas.modelos import Oferta, OfertaLinea
from feria_inversa.precios import sumar
from feria_inversa.procesos import (
    MOTIVO_MINIMO,
    OBJETO,
    PUBLICOS,
    ConvocatoriaNoEncontrada,
    Estado,
    EstadoNoPermite,
    FaltaMotivo,
    bloquear,
    items_de,
    nombre_estado,
    pasar,
)
from feria_inversa.procesos.modelos import Convocatoria, Item
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos
from nucleo.errores import DatosInvalidos
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


def adjudicar(
    sesion: Session, actor: Actor, convocatoria_id: UUID, decisiones: Sequence[DecisionEntrada]
) -> list[Adjudicacion]:
    """Decide every item of a call under evaluation, all at once.

    An item goes to one bid or is declared desierto; a reason is required unless it goes to the lowest total
    at or under the reference. Raises `EstadoNoPermite`, `FaltaMotivo`, `DatosInvalidos`,
    `ConflictoDeInteres`, and the registry's `MontoExcedido` when the awarded total is over the evaluator's
    mandate.
    """
    convocatoria = bloquear(sesion, convocatoria_id)
    if convocatoria.estado not in PUBLICOS:
        raise ConvocatoriaNoEncontrada
    exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.EVALUAR)
    _exigir_en_evaluacion(convocatoria)
    elegidas = {(d.item_id, d.oferta_id) for d in decisiones}
    total = sumar(
        linea.total
        for linea in lineas_abiertas(sesion, convocatoria)
        if (linea.item_id, linea.oferta_id) in elegidas
    )
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.EVALUAR, total)
    return adjudicar_con(sesion, autorizacion, convocatoria_id, decisiones)


def _exigir_en_evaluacion(convocatoria: Convocatoria) -> None:
    if convocatoria.estado != Estado.EVALUACION:
        raise EstadoNoPermite(
            _("La convocatoria está «{}»: solo se adjudica lo que está en evaluación.").format(
                nombre_estado(convocatoria.estado).lower()
            )
        )


def adjudicar_con(
    sesion: Session, autorizacion: Autorizacion, convocatoria_id: UUID, decisiones: Sequence[DecisionEntrada]
) -> list[Adjudicacion]:
    """`adjudicar` for a caller that already holds the authority."""
    actor = autorizacion.actor
    convocatoria = bloquear(sesion, convocatoria_id)
    _exigir_en_evaluacion(convocatoria)
    exigir_sin_conflicto_al_decidir(sesion, actor, oferentes_de(sesion, convocatoria_id))
    instante = ahora_bd(sesion)
    filas = _decidir(sesion, convocatoria, decisiones, actor, instante)
    adjudicadas = [fila for fila in filas if fila.resultado == EstadoItem.ADJUDICADO]
    total = sumar(fila.total for fila in adjudicadas if fila.total is not None)
    usar_mandato(sesion, autorizacion, Compromiso.ADJUDICACION, convocatoria_id, total)
    sesion.add_all(filas)
    sesion.flush()
    pasar(convocatoria, Estado.ADJUDICADO if adjudicadas else Estado.DESIERTO)
    convocatoria.resuelto_en = instante
    sesion.flush()
    publicar_acto(sesion, convocatoria.id, ["award"] if adjudicadas else ["tenderUpdate", "award"], instante)
    hechos = {"adjudicados": len(adjudicadas), "desiertos": len(filas) - len(adjudicadas)}
    publicar(sesion, eventos.ITEMS_ADJUDICADOS, convocatoria_id, hechos, actor)
    datos = {**hechos, "total_centavos": a_centavos(total)}
    auditar(sesion, autorizacion, "convocatoria.adjudicar", OBJETO, convocatoria_id, datos)
    sesion.flush()
    return filas


def _decidir(
    sesion: Session,
    convocatoria: Convocatoria,
    decisiones: Sequence[DecisionEntrada],
    actor: Actor,
    instante: datetime,
) -> list[Adjudicacion]:
    items = {item.id: item for item in items_de(sesion, convocatoria.id)}
    if sorted(d.item_id for d in decisiones) != sorted(items):
        detalle = _("Decida todos los ítems, cada uno una sola vez.")
        raise DatosInvalidos(detalle, campos={"decisiones": detalle})
    lineas: dict[UUID, list[OfertaLinea]] = defaultdict(list)
    for linea in lineas_abiertas(sesion, convocatoria):
        lineas[linea.item_id].append(linea)
    unidades = {oferta.id: oferta.unidad_id for oferta in _ofertas(sesion, convocatoria.id)}
    campos: dict[str, str] = {}
    filas: list[Adjudicacion] = []
    for lugar, decision in enumerate(decisiones):
        item = items[decision.item_id]
        elegida = next((li for li in lineas[item.id] if li.oferta_id == decision.oferta_id), None)
        if decision.oferta_id is not None and elegida is None:
            campos[f"decisiones.{lugar}.oferta_id"] = _("Esa oferta no cotiza el ítem {}.").format(
                item.numero
            )
            continue
        fila = _fila(convocatoria.id, item, elegida, lineas[item.id], decision.motivo, actor, instante)
        fila.proveedor_id = unidades[elegida.oferta_id] if elegida else None
        if _exige_motivo(fila, item) and len(fila.motivo) < MOTIVO_MINIMO:
            campos[f"decisiones.{lugar}.motivo"] = _falta_motivo(fila, item)
        filas.append(fila)
    if campos:
        clase = FaltaMotivo if all(c.endswith(".motivo") for c in campos) else DatosInvalidos
        raise clase(" ".join(campos.values()), campos=campos)
    return filas


def _fila(
    convocatoria_id: UUID,
    item: Item,
    elegida: OfertaLinea | None,
    todas: Sequence[OfertaLinea],
    motivo: str,
    actor: Actor,
    instante: datetime,
) -> Adjudicacion:
    menor = min((linea.total for linea in todas), default=None)
    return Adjudicacion(
        id=nuevo_id(),
        convocatoria_id=convocatoria_id,
        item_id=item.id,
        resultado=EstadoItem.ADJUDICADO if elegida else EstadoItem.DESIERTO,
        oferta_linea_id=elegida.id if elegida else None,
        total=elegida.total if elegida else None,
        es_menor_precio=elegida is not None and elegida.total == menor,
        motivo=motivo.strip(),
        decidida_en=instante,
        decidida_por=actor.nombre,
    )


def _exige_motivo(fila: Adjudicacion, item: Item) -> bool:
    return not fila.es_menor_precio or (fila.total is not None and fila.total > item.total_referencial)


def _falta_motivo(fila: Adjudicacion, item: Item) -> str:
    if fila.resultado == EstadoItem.DESIERTO:
        caso = _("Ítem {}: explique por qué lo declara desierto.")
    elif not fila.es_menor_precio:
        caso = _("Ítem {}: explique por qué no elige el precio más bajo.")
    else:
        caso = _("Ítem {}: explique por qué adjudica sobre el precio referencial.")
    return caso.format(item.numero)


def _ofertas(sesion: Session, convocatoria_id: UUID) -> list[Oferta]:
    return list(sesion.exec(select(Oferta).where(Oferta.convocatoria_id == convocatoria_id)))
