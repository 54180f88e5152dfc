"""The decision: every item awarded to one bid or declared desierto, and the purchase orders that follow."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from moneyed import Money
from sqlmodel import Session, col, select

from empresa_digital.registro import Compromiso, Facultad, exigir_facultad, unidad_por_id, usar_mandato
from feria_inversa import eventos, ocds
from feria_inversa.apertura import oferentes_de
from feria_inversa.bloqueos import bloquear
from feria_inversa.consultas import items_de
from feria_inversa.convocatorias import MOTIVO_MINIMO, OBJETO, pasar
from feria_inversa.errores import ConvocatoriaNoEncontrada, EstadoNoPermite, FaltaMotivo, PlazoDeImpugnacion
from feria_inversa.esquemas import DecisionEntrada
from feria_inversa.estados import PUBLICOS, Estado, EstadoItem, nombre_estado
from feria_inversa.modalidades import modalidad_por_id, plazo_para_impugnar
from feria_inversa.modelos import Adjudicacion, Convocatoria, Item, Oferta, OfertaLinea, OrdenDeCompra
from feria_inversa.montos import sumar
from feria_inversa.series import entidad_contratante, nuevo_numero_de_orden
from feria_inversa.sobres import lineas_abiertas
from feria_inversa.unidades import codigo_institucional, exigir_sin_conflicto_al_decidir
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos
from nucleo.errores import DatosInvalidos
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.plazos import Computo, correr
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
    ocds.publicar_release(
        sesion, convocatoria, ["award"] if adjudicadas else ["tenderUpdate", "award"], instante
    )
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


def emitir_ordenes(sesion: Session, actor: Actor, convocatoria_id: UUID) -> list[OrdenDeCompra]:
    """One purchase order for each winning supplier; the call is then contracted.

    Raises `PlazoDeImpugnacion` while the modality's days to contest run, `EstadoNoPermite`.
    """
    convocatoria = bloquear(sesion, convocatoria_id)
    if convocatoria.estado not in PUBLICOS:
        raise ConvocatoriaNoEncontrada
    total = sumar(linea.total for _fila, linea in _ganadas(sesion, convocatoria_id))
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR, total)
    return emitir_con(sesion, autorizacion, convocatoria_id)


def emitir_con(sesion: Session, autorizacion: Autorizacion, convocatoria_id: UUID) -> list[OrdenDeCompra]:
    """`emitir_ordenes` for a caller that already holds the authority."""
    actor = autorizacion.actor
    convocatoria = bloquear(sesion, convocatoria_id)
    pasar(convocatoria, Estado.CONTRATADO)
    instante = ahora_bd(sesion)
    _exigir_plazo_de_impugnacion(sesion, convocatoria, instante)
    por_proveedor: dict[UUID, list[tuple[Money, int]]] = defaultdict(list)
    for ganada, linea in _ganadas(sesion, convocatoria_id):
        assert ganada.proveedor_id is not None
        por_proveedor[ganada.proveedor_id].append((linea.total, linea.plazo_dias))
    entidad = entidad_contratante(
        sesion, convocatoria.unidad_id, codigo_institucional(sesion, convocatoria.unidad_id)
    )
    ordenes = [
        OrdenDeCompra(
            id=nuevo_id(),
            numero=nuevo_numero_de_orden(sesion, entidad),
            convocatoria_id=convocatoria_id,
            unidad_id=convocatoria.unidad_id,
            proveedor_id=proveedor_id,
            total=sumar(monto for monto, _dias in lineas),
            plazo_dias=max(dias for _monto, dias in lineas),
            emitida_en=instante,
            emitida_por=actor.nombre,
        )
        for proveedor_id, lineas in por_proveedor.items()
    ]
    assert ordenes
    total = sumar(orden.total for orden in ordenes)
    acto = uuid5(convocatoria_id, "ordenes")  # another act than the award of the same call
    usar_mandato(sesion, autorizacion, Compromiso.ORDEN_DE_COMPRA, acto, total)
    sesion.add_all(ordenes)
    convocatoria.contratado_en = instante
    sesion.flush()
    ocds.publicar_release(sesion, convocatoria, ["contract"], instante)
    for orden in ordenes:
        hechos = {"convocatoria_id": str(convocatoria_id), "proveedor_id": str(orden.proveedor_id)}
        publicar(sesion, eventos.ORDEN_DE_COMPRA_EMITIDA, orden.id, hechos, actor)
        datos = {**hechos, "numero": orden.numero, "total_centavos": a_centavos(orden.total)}
        auditar(sesion, autorizacion, "orden_de_compra.emitir", "feria_orden_de_compra", orden.id, datos)
    sesion.flush()
    return ordenes


def _ganadas(sesion: Session, convocatoria_id: UUID) -> list[tuple[Adjudicacion, OfertaLinea]]:
    consulta = (
        select(Adjudicacion, OfertaLinea, Item.numero)
        .join(OfertaLinea, col(OfertaLinea.id) == Adjudicacion.oferta_linea_id)
        .join(Item, col(Item.id) == Adjudicacion.item_id)
        .where(Adjudicacion.convocatoria_id == convocatoria_id)
        .order_by(col(Item.numero))
    )
    return [(fila, linea) for fila, linea, _numero in sesion.exec(consulta)]


def cuenta_para_impugnar(sesion: Session, convocatoria: Convocatoria) -> Computo | None:
    """The working days to contest an award, at the entity's place; None where the modality has none, and
    while nothing is resolved.
    """
    if convocatoria.resuelto_en is None or convocatoria.modalidad_id is None:
        return None
    modalidad = modalidad_por_id(sesion, convocatoria.modalidad_id)
    if not modalidad.dias_impugnacion:
        return None
    lugar = unidad_por_id(sesion, convocatoria.unidad_id).municipio_ine
    return correr(sesion, plazo_para_impugnar(modalidad), convocatoria.resuelto_en, [lugar])


def _exigir_plazo_de_impugnacion(sesion: Session, convocatoria: Convocatoria, instante: datetime) -> None:
    computo = cuenta_para_impugnar(sesion, convocatoria)
    if computo is not None and not computo.vencio(instante):
        assert computo.ultimo_dia is not None
        raise PlazoDeImpugnacion(
            _("El plazo para impugnar corre hasta el {}: emita las órdenes después.").format(
                computo.ultimo_dia.strftime("%d/%m/%Y")
            )
        )
