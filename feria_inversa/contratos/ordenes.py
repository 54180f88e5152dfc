"""The purchase orders that follow an award, once the days to contest it are over."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Compromiso, Facultad, exigir_facultad, unidad_por_id, usar_mandato
from feria_inversa.actos import publicar_acto
from feria_inversa.contratos import eventos
from feria_inversa.contratos.consultas import Ganada, acto_de_emitir, ordenes_de, por_ordenar
from feria_inversa.contratos.modelos import OrdenDeCompra, OrdenLinea
from feria_inversa.entidades import (
    Cuce,
    ProveedorNoHabilitado,
    habilitados,
    nuevos_numeros_de_orden,
)
from feria_inversa.papeles import ORDENAR, exigir_papel
from feria_inversa.precios import sumar
from feria_inversa.procesos import (
    Estado,
    EstadoNoPermite,
    bloquear,
    bloquear_publica,
    como_esta,
    exigir_en_termino,
    exigir_plazo_de_impugnacion,
    nombre_estado,
    que_espera,
)
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar_varios
from nucleo.dinero import a_centavos
from nucleo.eventos import Noticia, publicar_varias
from nucleo.ids import nuevo_id
from nucleo.plazos import Computo, correr
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _


def emitir_ordenes(sesion: Session, actor: Actor, convocatoria_id: UUID) -> list[OrdenDeCompra]:
    """One purchase order for each winning supplier that has none; the call is then contracted.

    Who may not contract today is left without one, which can be given once it may. Raises
    `ProveedorNoHabilitado` when that is everybody, `PlazoDeImpugnacion` while the days to contest run,
    `EstadoNoPermite`.
    """
    convocatoria = bloquear_publica(sesion, convocatoria_id)
    total = sumar(ganada.linea.total for ganada in por_ordenar(sesion, convocatoria_id))
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR, total)
    exigir_papel(sesion, actor, convocatoria, ORDENAR)
    return emitir_con(sesion, autorizacion, convocatoria_id)


def emitir_con(sesion: Session, autorizacion: Autorizacion, convocatoria_id: UUID) -> list[OrdenDeCompra]:
    """`emitir_ordenes` for a caller that already holds the authority."""
    convocatoria = bloquear(sesion, convocatoria_id)
    ganadas = por_ordenar(sesion, convocatoria_id)
    instante = ahora_bd(sesion)
    if convocatoria.estado != Estado.RESUELTO or not ganadas:
        raise EstadoNoPermite(
            _("La convocatoria está «{}»: no hay nada adjudicado que ordenar.").format(
                nombre_estado(como_esta(convocatoria)).lower()
            )
        )
    exigir_en_termino(convocatoria, instante)
    exigir_plazo_de_impugnacion(sesion, convocatoria, instante)
    por_proveedor: dict[UUID, list[Ganada]] = defaultdict(list)
    for ganada in ganadas:
        por_proveedor[ganada.proveedor_id].append(ganada)
    pueden = habilitados(sesion, por_proveedor)
    if not pueden:
        raise ProveedorNoHabilitado(
            _("Ningún proveedor adjudicado sin orden está habilitado hoy para contratar con el Estado.")
        )
    previas = len(ordenes_de(sesion, convocatoria_id))
    assert convocatoria.cuce is not None
    cuce = Cuce.leer(convocatoria.cuce)
    hasta = plazo_para_aceptar(sesion, convocatoria, instante).vence_en
    assert hasta is not None
    quienes = [id_ for id_ in por_proveedor if id_ in pueden]
    numeros = nuevos_numeros_de_orden(sesion, cuce, fecha_bolivia(instante).year, len(quienes))
    ordenes = [
        _orden(convocatoria, numero, por_proveedor[id_], autorizacion.actor, instante, hasta)
        for numero, id_ in zip(numeros, quienes, strict=True)
    ]
    sesion.add_all(ordenes)
    sesion.flush()
    lineas = [_linea(orden, ganada) for orden in ordenes for ganada in por_proveedor[orden.proveedor_id]]
    sesion.add_all(lineas)
    convocatoria.items_ordenados += len(lineas)
    acto = acto_de_emitir(convocatoria_id, previas)
    total = sumar(orden.total for orden in ordenes)
    convocatoria.contratado_en = convocatoria.contratado_en or instante
    convocatoria.version += 1
    if que_espera(convocatoria) is None:
        convocatoria.sigue_en = None
    usar_mandato(sesion, autorizacion, Compromiso.ORDEN_DE_COMPRA, acto, total)
    sesion.flush()
    publicar_acto(sesion, convocatoria.id, ["contract"], instante)
    _decir(sesion, autorizacion, ordenes)
    return ordenes


def _decir(sesion: Session, autorizacion: Autorizacion, ordenes: Sequence[OrdenDeCompra]) -> None:
    """Each supplier is told, and each order audited."""
    hechos = {
        orden.id: {"convocatoria_id": str(orden.convocatoria_id), "proveedor_id": str(orden.proveedor_id)}
        for orden in ordenes
    }
    noticias = [Noticia(eventos.ORDEN_DE_COMPRA_EMITIDA, id_, dicho) for id_, dicho in hechos.items()]
    publicar_varias(sesion, noticias, autorizacion.actor)
    datos = {
        orden.id: {**hechos[orden.id], "numero": orden.numero, "total_centavos": a_centavos(orden.total)}
        for orden in ordenes
    }
    auditar_varios(sesion, autorizacion, "orden_de_compra.emitir", "feria_orden_de_compra", datos)


def _orden(
    convocatoria: Convocatoria,
    numero: str,
    ganadas: Sequence[Ganada],
    actor: Actor,
    instante: datetime,
    aceptar_hasta: datetime,
) -> OrdenDeCompra:
    return OrdenDeCompra(
        id=nuevo_id(),
        numero=numero,
        convocatoria_id=convocatoria.id,
        unidad_id=convocatoria.unidad_id,
        proveedor_id=ganadas[0].proveedor_id,
        total=sumar(ganada.linea.total for ganada in ganadas),
        plazo_dias=max(ganada.linea.plazo_dias for ganada in ganadas),
        emitida_en=instante,
        emitida_por=actor.nombre,
        aceptar_hasta=aceptar_hasta,
    )


def _linea(orden: OrdenDeCompra, ganada: Ganada) -> OrdenLinea:
    item, linea = ganada.item, ganada.linea
    return OrdenLinea(
        id=nuevo_id(),
        orden_id=orden.id,
        proveedor_id=orden.proveedor_id,
        adjudicacion_id=ganada.adjudicacion.id,
        item_id=item.id,
        numero=item.numero,
        descripcion=item.descripcion,
        unspsc=item.unspsc,
        marca=linea.marca,
        detalle=linea.detalle,
        cantidad=item.cantidad,
        unidad_medida=item.unidad_medida,
        unidad_texto=item.unidad_texto,
        precio_unitario=linea.precio_unitario,
        total=linea.total,
        plazo_dias=linea.plazo_dias,
    )


def plazo_para_aceptar(sesion: Session, convocatoria: Convocatoria, emitida_en: datetime) -> Computo:
    """The working days, at the entity's place, in which an order is accepted."""
    lugar = unidad_por_id(sesion, convocatoria.unidad_id).municipio_ine
    return correr(sesion, "feria.aceptar_orden", emitida_en, [lugar])
