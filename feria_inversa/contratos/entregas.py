"""What is handed over and received of an order: line by line, in one delivery or in many.

Whoever of both parties writes a delivery, the entity answers it: what it receives, or that it sends all back.
Silence in the term receives everything.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad, tiene_facultad, unidad_por_id
from feria_inversa.contratos import eventos
from feria_inversa.contratos.bloqueos import bloquear_orden
from feria_inversa.contratos.consultas import entregas_de, lineas_de_entrega, lineas_de_orden, lineas_frescas
from feria_inversa.contratos.errores import EntregaNoEncontrada, OrdenNoPermite, RecepcionTardia
from feria_inversa.contratos.esquemas import EntregaEntrada, LineaDeEntrega, RecepcionEntrada
from feria_inversa.contratos.estados import VIDA_ENTREGA, VIDA_ORDEN, EstadoEntrega, EstadoOrden
from feria_inversa.contratos.modelos import Entrega, EntregaLinea, OrdenDeCompra, OrdenLinea
from feria_inversa.contratos.multas import multa_de
from feria_inversa.contratos.seguimiento import contar_acto
from feria_inversa.entidades import exigir_sin_conflicto_al_decidir
from feria_inversa.papeles import RECIBIR, exigir_papel
from feria_inversa.precios import cabe, sumar
from feria_inversa.procesos import MOTIVO_MINIMO, FaltaMotivo, reglas_de
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, bs, redondear
from nucleo.errores import DatosInvalidos
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.plantillas import filtro_fecha
from nucleo.plazos import correr
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

OBJETO = "feria_orden_de_compra"


def valor_de(linea: OrdenLinea, cantidad: Decimal) -> Money:
    """What a quantity of a line is worth: the whole line its total, a part rounded once."""
    if cantidad == linea.cantidad:
        return linea.total
    return min(linea.total, redondear(cantidad * linea.precio_unitario.amount))


def dias_despues(orden: OrdenDeCompra, dia: date) -> int:
    """How many days after the last one of the term of an accepted order."""
    assert orden.entregar_hasta is not None
    return max(0, (dia - fecha_bolivia(orden.entregar_hasta)).days)


def entregar(
    sesion: Session, actor: Actor, orden_id: UUID, datos: EntregaEntrada, id_: UUID | None = None
) -> Entrega:
    """Write a delivery: the supplier's word, or the entity's for who has no means to write it.

    The same `id_` again is the same delivery. Raises `OrdenNoPermite`, `DatosInvalidos`.
    """
    _convocatoria, orden = bloquear_orden(sesion, orden_id)
    de = orden.unidad_id if _es_de_la_entidad(sesion, actor, orden) else orden.proveedor_id
    facultad = Facultad.COMPRAR if de == orden.unidad_id else Facultad.OFERTAR
    autorizacion = exigir_facultad(sesion, actor, de, facultad, estados=CON_LO_SUYO)
    if id_ is not None and (previa := sesion.get(Entrega, id_)) is not None:
        if previa.orden_id != orden_id:
            raise DatosInvalidos(_("Ese identificador ya está en uso."), campos={"id": _("Use otro.")})
        return previa
    VIDA_ORDEN.exigir_paso(orden, EstadoOrden.RECIBIDA)
    instante = ahora_bd(sesion)
    if se_abandono(sesion, orden, instante):
        raise OrdenNoPermite(_("Se atrasó hasta que su plazo terminó: la orden queda resuelta."))
    lineas = lineas_de_orden(sesion, orden_id)
    cantidades = _por_linea(lineas, datos.lineas, {li.id: li.cantidad - li.entregada for li in lineas})
    if not cantidades:
        detalle = _("Diga cuánto entrega de al menos un ítem.")
        raise DatosInvalidos(detalle, campos={"lineas": detalle})
    hasta = correr(sesion, "feria.recibir_entrega", instante, [_lugar(sesion, orden)]).vence_en
    assert hasta is not None
    entrega = Entrega(
        id=id_ or nuevo_id(),
        orden_id=orden_id,
        numero=len(entregas_de(sesion, orden_id)) + 1,
        nota=datos.nota,
        entregada_en=instante,
        entregada_por=actor.nombre,
        recibir_hasta=hasta,
    )
    sesion.add(entrega)
    sesion.flush()
    sesion.add_all(
        EntregaLinea(entrega_id=entrega.id, linea_id=linea_id, orden_id=orden_id, cantidad=cuanto)
        for linea_id, cuanto in cantidades.items()
    )
    sesion.flush()
    hechos = {"orden_id": str(orden_id)}
    publicar(sesion, eventos.ENTREGA_HECHA, entrega.id, hechos, autorizacion)
    auditar(sesion, autorizacion, "orden_de_compra.entregar", OBJETO, orden_id, {"entrega": entrega.numero})
    sesion.flush()
    return entrega


def se_abandono(sesion: Session, orden: OrdenDeCompra, instante: datetime) -> bool:
    """Whether an order in force is late for so long that the clock ends it, with nothing that waits."""
    assert orden.cortar_en is not None
    return instante >= orden.cortar_en and not esperan_respuesta(sesion, orden)


def esperan_respuesta(sesion: Session, orden: OrdenDeCompra) -> bool:
    return any(e.estado == EstadoEntrega.POR_RECIBIR for e in entregas_de(sesion, orden.id))


def _es_de_la_entidad(sesion: Session, actor: Actor, orden: OrdenDeCompra) -> bool:
    return tiene_facultad(sesion, actor, orden.unidad_id, Facultad.COMPRAR, estados=CON_LO_SUYO)


def _lugar(sesion: Session, orden: OrdenDeCompra) -> str:
    lugar = unidad_por_id(sesion, orden.unidad_id).municipio_ine
    assert lugar is not None
    return lugar


def _por_linea(
    lineas: Sequence[OrdenLinea], dichas: Sequence[LineaDeEntrega], maximos: Mapping[UUID, Decimal]
) -> dict[UUID, Decimal]:
    """What is said of each line, zero left out; with nothing said, all there may be.

    Raises `DatosInvalidos`.
    """
    if not dichas:
        return {id_: maximo for id_, maximo in maximos.items() if maximo > 0}
    por_numero = {linea.numero: linea for linea in lineas if linea.id in maximos}
    campos: dict[str, str] = {}
    cantidades: dict[UUID, Decimal] = {}
    for lugar, dicha in enumerate(dichas):
        linea = por_numero.get(dicha.numero)
        campo = f"lineas.{lugar}.cantidad"
        if linea is None or linea.id in cantidades:
            campos[f"lineas.{lugar}.numero"] = _("Diga cada ítem de la orden una sola vez.")
        elif dicha.cantidad > maximos[linea.id]:
            campos[campo] = _("Ítem {}: es más de lo que queda.").format(linea.numero)
        elif not cabe(dicha.cantidad, linea.unidad_medida):
            campos[campo] = _("Ítem {}: esa unidad no admite tantos decimales.").format(linea.numero)
        else:
            cantidades[linea.id] = dicha.cantidad
    if campos:
        raise DatosInvalidos(" ".join(campos.values()), campos=campos)
    return {id_: cantidad for id_, cantidad in cantidades.items() if cantidad > 0}


def recibir(sesion: Session, actor: Actor, orden_id: UUID, numero: int, datos: RecepcionEntrada) -> Entrega:
    """The entity says what it receives of a delivery: all, a part, or nothing, which it sends back and why.

    Raises `RecepcionTardia`, `EntregaNoPermite`, `FaltaMotivo`, `DatosInvalidos`, `ConflictoDeInteres`.
    """
    convocatoria, orden = bloquear_orden(sesion, orden_id)
    autorizacion = exigir_facultad(sesion, actor, orden.unidad_id, Facultad.COMPRAR, estados=CON_LO_SUYO)
    exigir_papel(sesion, actor, convocatoria, RECIBIR)
    exigir_sin_conflicto_al_decidir(sesion, actor, [orden.proveedor_id])
    entrega = _entrega(sesion, orden_id, numero)
    VIDA_ENTREGA.exigir_paso(entrega, EstadoEntrega.RECIBIDA)
    instante = ahora_bd(sesion)
    if instante >= entrega.recibir_hasta:
        raise RecepcionTardia(_("El plazo para objetar terminó: se tiene por recibida conforme."))
    filas = lineas_de_entrega(sesion, entrega.id)
    entregadas = {fila.linea_id: fila.cantidad for fila in filas}
    recibidas = _por_linea(lineas_de_orden(sesion, orden_id), datos.lineas, entregadas)
    if recibidas != entregadas and len(datos.motivo) < MOTIVO_MINIMO:
        detalle = _("Explique con al menos {} letras por qué no recibe todo: será público.")
        raise FaltaMotivo(detalle.format(MOTIVO_MINIMO), campos={"motivo": detalle.format(MOTIVO_MINIMO)})
    llego_el = _dia_de_llegada(orden, entrega, datos.llego_el, fecha_bolivia(instante))
    entrega.motivo = datos.motivo or None
    _responder(
        sesion,
        convocatoria,
        orden,
        entrega,
        recibidas,
        autorizacion,
        instante,
        llego_el=llego_el,
        multar=datos.multar,
    )
    return entrega


def _dia_de_llegada(orden: OrdenDeCompra, entrega: Entrega, dicho: date | None, hoy: date) -> date:
    """The day that is said, or that on which it was written down. Raises `DatosInvalidos`."""
    desde = fecha_bolivia(orden.emitida_en)
    llego_el = dicho or fecha_bolivia(entrega.entregada_en)
    if not desde <= llego_el <= hoy:
        detalle = _("El día en que llegó va desde el de la orden, el {}, hasta hoy.").format(
            filtro_fecha(desde)
        )
        raise DatosInvalidos(detalle, campos={"llego_el": detalle})
    return llego_el


def tener_por_recibida(sesion: Session, entrega_id: UUID) -> bool:
    """A delivery to which nobody objected in the term is received; False when there is nothing to do."""
    vista = sesion.get_one(Entrega, entrega_id)
    convocatoria, orden = bloquear_orden(sesion, vista.orden_id)
    entrega = _entrega(sesion, orden.id, vista.numero)
    instante = ahora_bd(sesion)
    if entrega.estado != EstadoEntrega.POR_RECIBIR or instante < entrega.recibir_hasta:
        return False
    recibidas = {fila.linea_id: fila.cantidad for fila in lineas_de_entrega(sesion, entrega.id)}
    llego_el = fecha_bolivia(entrega.entregada_en)
    sistema = Autorizacion.propia(Actor.sistema("plazo para objetar la entrega"))
    _responder(
        sesion, convocatoria, orden, entrega, recibidas, sistema, instante, llego_el=llego_el, tacita=True
    )
    return True


def _entrega(sesion: Session, orden_id: UUID, numero: int) -> Entrega:
    """A delivery of a locked order, as it is now."""
    for entrega in entregas_de(sesion, orden_id):
        if entrega.numero == numero:
            sesion.refresh(entrega)
            return entrega
    raise EntregaNoEncontrada


def _responder(
    sesion: Session,
    convocatoria: Convocatoria,
    orden: OrdenDeCompra,
    entrega: Entrega,
    recibidas: Mapping[UUID, Decimal],
    quien: Autorizacion,
    instante: datetime,
    *,
    llego_el: date,
    multar: bool = False,
    tacita: bool = False,
) -> None:
    lineas = {linea.id: linea for linea in lineas_de_orden(sesion, orden.id)}
    vale = sumar(
        valor_de(lineas[id_], lineas[id_].recibida + cuanto) - valor_de(lineas[id_], lineas[id_].recibida)
        for id_, cuanto in recibidas.items()
    )
    dias = dias_despues(orden, llego_el)
    multa = multa_de(reglas_de(convocatoria), orden, vale, dias)
    aplica = multa is not None and (multa.confirmada or multar)
    for fila in lineas_de_entrega(sesion, entrega.id):
        fila.recibida = recibidas.get(fila.linea_id, Decimal(0))
    sesion.flush()
    entrega.respondida_en, entrega.respondida_por, entrega.tacita = instante, quien.actor.nombre, tacita
    entrega.valor, entrega.llego_el, entrega.dias_atraso = vale, llego_el, dias
    entrega.por_mil, entrega.multa = (multa.por_mil, multa.monto) if aplica and multa else (0, bs(0))
    VIDA_ENTREGA.pasar(entrega, EstadoEntrega.RECIBIDA if recibidas else EstadoEntrega.DEVUELTA)
    sesion.flush()
    sesion.refresh(orden)  # triggers add up what was received
    if all(linea.recibida == linea.cantidad for linea in lineas_frescas(sesion, orden.id)):
        dar_por_recibida(sesion, orden, instante)
    hechos = {"entrega": entrega.numero, "valor_centavos": a_centavos(vale)}
    publicar(sesion, eventos.ENTREGA_RESPONDIDA, entrega.id, {"orden_id": str(orden.id)}, quien)
    contar_acto(sesion, convocatoria, orden, quien, "orden_de_compra.recibir", hechos, instante)


def dar_por_recibida(sesion: Session, orden: OrdenDeCompra, instante: datetime) -> None:
    """No more will be delivered: what was received is to be paid in its term."""
    hasta = correr(sesion, "feria.pagar_orden", instante, [_lugar(sesion, orden)]).vence_en
    orden.recibida_en, orden.pagar_hasta = instante, hasta
    VIDA_ORDEN.pasar(orden, EstadoOrden.RECIBIDA)
    sesion.flush()
    concluir_si_pagada(orden, instante)
    sesion.flush()


def concluir_si_pagada(orden: OrdenDeCompra, instante: datetime) -> None:
    """A received order of which nothing is owed ends."""
    if orden.estado == EstadoOrden.RECIBIDA and orden.pagado + orden.multa == orden.recibido:
        VIDA_ORDEN.pasar(orden, EstadoOrden.CONCLUIDA)
        orden.concluida_en = instante
