"""The purchase orders that follow an award, once the days to contest it are over."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID, uuid5

from moneyed import Money
from sqlmodel import Session, col, select

from empresa_digital.registro import Compromiso, Facultad, exigir_facultad, unidad_por_id, usar_mandato
from feria_inversa.actos import publicar_acto
from feria_inversa.contratos import eventos
from feria_inversa.contratos.errores import PlazoDeImpugnacion
from feria_inversa.contratos.modelos import OrdenDeCompra
from feria_inversa.entidades import codigo_institucional, entidad_contratante, nuevo_numero_de_orden
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.ofertas.modelos import OfertaLinea
from feria_inversa.precios import sumar
from feria_inversa.procesos import PUBLICOS, ConvocatoriaNoEncontrada, Estado, bloquear, pasar
from feria_inversa.procesos.modelos import Convocatoria, Item
from feria_inversa.reglas import modalidad_por_id, plazo_para_impugnar
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.plazos import Computo, correr
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


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
    publicar_acto(sesion, convocatoria.id, ["contract"], instante)
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
