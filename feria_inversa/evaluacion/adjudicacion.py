"""The decision: every item awarded to one bid or declared desierto."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, distinct, func, select

from empresa_digital.registro import (
    Compromiso,
    Facultad,
    devolver_compromiso,
    exigir_facultad,
    usar_mandato,
)
from feria_inversa.actos import publicar_acto
from feria_inversa.entidades import (
    ProveedorNoHabilitado,
    exigir_sin_conflicto_al_decidir,
    habilitados,
)
from feria_inversa.evaluacion import eventos
from feria_inversa.evaluacion.consultas import adjudicaciones_de, lineas_caidas
from feria_inversa.evaluacion.errores import SobreLaReferencia
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.ofertas import lineas_abiertas, oferentes_de
from feria_inversa.ofertas.modelos import Oferta, OfertaLinea
from feria_inversa.papeles import DECIDIR, exigir_papel
from feria_inversa.precios import sumar
from feria_inversa.procesos import (
    DESHECHAS,
    MOTIVO_MINIMO,
    OBJETO,
    POR_DECIDIR,
    PUBLICOS,
    ConvocatoriaNoEncontrada,
    Estado,
    EstadoItem,
    EstadoNoPermite,
    FaltaMotivo,
    acto_de_resolucion,
    bloquear,
    como_esta,
    exigir_motivo,
    items_de,
    nombre_estado,
    pasar,
    poner_plazo,
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
    """Decide every item of a call under evaluation that waits for it, all at once.

    An item goes to one bid, never above its reference, nor to who may not contract, nor to one that lost
    it; or it is declared desierto. A reason is required unless it goes to the lowest total. Raises
    `EstadoNoPermite`, `FaltaMotivo`, `SobreLaReferencia`, `ProveedorNoHabilitado`, `DatosInvalidos`,
    `ConflictoDeInteres`, and the registry's `MontoExcedido` when the total is over the evaluator's mandate.
    """
    convocatoria = bloquear(sesion, convocatoria_id)
    if convocatoria.estado not in PUBLICOS:
        raise ConvocatoriaNoEncontrada
    exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.EVALUAR)
    exigir_papel(sesion, actor, convocatoria, DECIDIR)
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
                nombre_estado(como_esta(convocatoria)).lower()
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
    acto = acto_de_resolucion(convocatoria_id, convocatoria.resoluciones + 1)
    usar_mandato(sesion, autorizacion, Compromiso.ADJUDICACION, acto, total)
    sesion.add_all(filas)
    sesion.flush()
    convocatoria.resuelto_en = instante
    pasar(convocatoria, Estado.RESUELTO)
    etiquetas = ["award"] if adjudicadas else ["tenderUpdate", "award"]
    if convocatoria.resoluciones:
        etiquetas = ["awardUpdate"]
    convocatoria.resoluciones += 1
    _contar_adjudicados(sesion, convocatoria)
    poner_plazo(sesion, convocatoria, instante)
    sesion.flush()
    publicar_acto(sesion, convocatoria.id, etiquetas, instante)
    hechos = {"adjudicados": len(adjudicadas), "desiertos": len(filas) - len(adjudicadas)}
    publicar(sesion, eventos.ITEMS_ADJUDICADOS, convocatoria_id, hechos, actor)
    datos = {**hechos, "total_centavos": a_centavos(total)}
    auditar(sesion, autorizacion, "convocatoria.adjudicar", OBJETO, convocatoria_id, datos)
    sesion.flush()
    return filas


def _contar_adjudicados(sesion: Session, convocatoria: Convocatoria) -> None:
    """A trigger gave each item the state of its last decision: read again."""
    consulta = select(Item).where(Item.convocatoria_id == convocatoria.id)
    items = sesion.exec(consulta, execution_options={"populate_existing": True})
    convocatoria.items_adjudicados = sum(item.estado == EstadoItem.ADJUDICADO for item in items)


def _decidir(
    sesion: Session,
    convocatoria: Convocatoria,
    decisiones: Sequence[DecisionEntrada],
    actor: Actor,
    instante: datetime,
) -> list[Adjudicacion]:
    items = {i.id: i for i in items_de(sesion, convocatoria.id) if i.estado in POR_DECIDIR}
    if sorted(d.item_id for d in decisiones) != sorted(items):
        detalle = _("Decida todos los ítems que esperan decisión, cada uno una sola vez.")
        raise DatosInvalidos(detalle, campos={"decisiones": detalle})
    lineas: dict[UUID, list[OfertaLinea]] = defaultdict(list)
    for linea in lineas_abiertas(sesion, convocatoria):
        lineas[linea.item_id].append(linea)
    unidades = {oferta.id: oferta.unidad_id for oferta in _ofertas(sesion, convocatoria.id)}
    pueden = habilitados(sesion, set(unidades.values()))
    vigentes = adjudicaciones_de(sesion, convocatoria.id)
    caidas = lineas_caidas(sesion, convocatoria.id)
    faltas: dict[str, tuple[type[DatosInvalidos], str]] = {}
    filas: list[Adjudicacion] = []
    for lugar, decision in enumerate(decisiones):
        item = items[decision.item_id]
        elegida = next((li for li in lineas[item.id] if li.oferta_id == decision.oferta_id), None)
        puede = elegida is None or unidades[elegida.oferta_id] in pueden
        cayo = elegida is not None and elegida.id in caidas
        if decision.oferta_id is not None and (falta := _reparo(item, elegida, puede=puede, cayo=cayo)):
            faltas[f"decisiones.{lugar}.oferta_id"] = falta
            continue
        fila = _fila(convocatoria.id, item, elegida, lineas[item.id], decision.motivo, actor, instante)
        fila.proveedor_id = unidades[elegida.oferta_id] if elegida else None
        fila.reemplaza_a = vigentes[item.id].id if item.id in vigentes else None
        if not fila.es_menor_precio and len(fila.motivo) < MOTIVO_MINIMO:
            faltas[f"decisiones.{lugar}.motivo"] = FaltaMotivo, _falta_motivo(fila, item)
        filas.append(fila)
    if faltas:
        clases = {clase for clase, _detalle in faltas.values()}
        campos = {campo: detalle for campo, (_clase, detalle) in faltas.items()}
        raise (clases.pop() if len(clases) == 1 else DatosInvalidos)(" ".join(campos.values()), campos=campos)
    return filas


def _reparo(
    item: Item, elegida: OfertaLinea | None, *, puede: bool, cayo: bool
) -> tuple[type[DatosInvalidos], str] | None:
    """Why an item may not go to a bid: none for it, dearer than what was asked for (a cause of rejection),
    one that won it and fell, or of who may not contract today.
    """
    if elegida is None:
        return DatosInvalidos, _("Esa oferta no cotiza el ítem {}.").format(item.numero)
    if elegida.total > item.total_referencial:
        detalle = _("Ítem {}: esa oferta supera el precio referencial. Elija otra o declárelo desierto.")
        return SobreLaReferencia, detalle.format(item.numero)
    if cayo:
        detalle = _("Ítem {}: esa oferta ya lo ganó y quedó sin efecto. Elija otra o declárelo desierto.")
        return DatosInvalidos, detalle.format(item.numero)
    if not puede:
        detalle = _("Ítem {}: ese proveedor hoy no está habilitado. Elija otra oferta o declárelo desierto.")
        return ProveedorNoHabilitado, detalle.format(item.numero)
    return None


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


def _falta_motivo(fila: Adjudicacion, item: Item) -> str:
    if fila.resultado == EstadoItem.DESIERTO:
        caso = _("Ítem {}: explique por qué lo declara desierto.")
    else:
        caso = _("Ítem {}: explique por qué no elige el precio más bajo.")
    return caso.format(item.numero)


def _ofertas(sesion: Session, convocatoria_id: UUID) -> list[Oferta]:
    return list(sesion.exec(select(Oferta).where(Oferta.convocatoria_id == convocatoria_id)))


def anular_con(
    sesion: Session,
    autorizacion: Autorizacion,
    convocatoria: Convocatoria,
    vigente: Adjudicacion,
    caida: EstadoItem,
    motivo: str,
) -> Adjudicacion:
    """The entity lets the award in force of an item of a locked call fall, for a public reason.

    Raises `FaltaMotivo`, `ConflictoDeInteres`.
    """
    actor = autorizacion.actor
    exigir_sin_conflicto_al_decidir(sesion, actor, oferentes_de(sesion, convocatoria.id))
    motivo = exigir_motivo(motivo)
    (fila,) = hacer_caer(sesion, convocatoria, [vigente], caida, motivo, actor.nombre)
    publicar_acto(sesion, convocatoria.id, ["awardCancellation"], fila.decidida_en)
    hechos = avisar_caida(sesion, fila, actor)
    datos = {**hechos, "caida": str(caida), "motivo": motivo}
    auditar(sesion, autorizacion, "convocatoria.dejar_sin_efecto", OBJETO, convocatoria.id, datos)
    sesion.flush()
    return fila


def avisar_caida(sesion: Session, caida: Adjudicacion, actor: Actor) -> dict[str, str]:
    """Who had won the item is told that its award fell; the facts that are told."""
    vigente = sesion.get_one(Adjudicacion, caida.reemplaza_a)
    hechos = {"proveedor_id": str(vigente.proveedor_id), "item_id": str(vigente.item_id)}
    publicar(sesion, eventos.ADJUDICACION_SIN_EFECTO, caida.id, hechos, actor)
    return hechos


def decidir_por_reloj(sesion: Session, convocatoria_id: UUID) -> bool:
    """What nobody decided while the bids held is desierto; False when there is nothing to do."""
    convocatoria = bloquear(sesion, convocatoria_id)
    if convocatoria.estado != Estado.EVALUACION:
        return False
    assert convocatoria.sigue_en is not None
    if ahora_bd(sesion) < convocatoria.sigue_en:
        return False
    motivo = _("Nadie decidió el ítem mientras valían las ofertas.")
    decisiones = [
        DecisionEntrada(item_id=item.id, oferta_id=None, motivo=motivo)
        for item in items_de(sesion, convocatoria_id)
        if item.estado in POR_DECIDIR
    ]
    sistema = Autorizacion.propia(Actor.sistema("plazo para decidir"))
    adjudicar_con(sesion, sistema, convocatoria_id, decisiones)
    return True


def hacer_caer(
    sesion: Session,
    convocatoria: Convocatoria,
    vigentes: Sequence[Adjudicacion],
    caida: EstadoItem,
    motivo: str,
    quien: str,
) -> list[Adjudicacion]:
    """Awards in force of a locked call fall (by an appeal, any decision), and their items wait again.

    The mandates by which they were awarded have their amounts back. The caller publishes and audits.
    """
    assert caida in DESHECHAS
    caen = {EstadoItem.ADJUDICADO} | ({EstadoItem.DESIERTO} if caida == EstadoItem.REVOCADO else set())
    assert all(vigente.resultado in caen for vigente in vigentes)
    instante = ahora_bd(sesion)
    filas = [
        Adjudicacion(
            id=nuevo_id(),
            convocatoria_id=convocatoria.id,
            item_id=vigente.item_id,
            resultado=caida,
            es_menor_precio=False,
            motivo=motivo,
            decidida_en=instante,
            decidida_por=quien,
            reemplaza_a=vigente.id,
        )
        for vigente in vigentes
    ]
    sesion.add_all(filas)
    sesion.flush()
    for vigente in vigentes:
        if vigente.total is not None:
            devolver_compromiso(sesion, _acto_de(sesion, vigente), vigente.total)
    if convocatoria.estado == Estado.RESUELTO:
        pasar(convocatoria, Estado.EVALUACION)
    poner_plazo(sesion, convocatoria, instante)
    _contar_adjudicados(sesion, convocatoria)
    sesion.flush()
    return filas


def _acto_de(sesion: Session, adjudicada: Adjudicacion) -> UUID:
    """By which act a mandate knows an award: its resolution's, whose rows are all of one instant."""
    consulta = select(func.count(distinct(col(Adjudicacion.decidida_en)))).where(
        Adjudicacion.convocatoria_id == adjudicada.convocatoria_id,
        col(Adjudicacion.resultado).not_in(DESHECHAS),
        col(Adjudicacion.decidida_en) <= adjudicada.decidida_en,
    )
    return acto_de_resolucion(adjudicada.convocatoria_id, sesion.exec(consulta).one())
