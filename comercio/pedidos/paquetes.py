"""Parcels of an order: announced, received by who carries them, delivered, back, annulled, lost."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from comercio.catalogo import Modalidad
from comercio.compra import POR_DESPACHAR, POR_EMPEZAR, VIDA_PEDIDO, EstadoPedido, datos_de, quienes_cobran
from comercio.compra.modelos import Compra, Pedido, PedidoLinea
from comercio.custodia import por_cobrar
from comercio.existencias import retirar, soltar
from comercio.formas import FormaDeEntrega
from comercio.pedidos import eventos
from comercio.pedidos.avanzar import avanzar, exigir_vendedor, poner_al_dia
from comercio.pedidos.bloqueos import bloquear_pedido
from comercio.pedidos.estados import VIDA_PAQUETE, EstadoPaquete
from comercio.pedidos.lineas import LineaDePedido, contenido_de, elegidas, lineas_del_pedido, peso_de
from comercio.pedidos.modelos import Paquete, PaqueteLinea
from comercio.pedidos.plazos import entrega_en_mano, sin_entrega
from comercio.reputacion import Falta, anotar_falta
from empresa_digital.registro import parte_de_unidad
from envios import (
    AnulacionPedida,
    Envio,
    EnvioTerminado,
    EstadoEnvio,
    YaEnManos,
    cobrar_al_entregar,
    crear_envio,
    envio_por_id,
    pedir_anulacion,
)
from nucleo.actor import Actor, Autorizacion
from nucleo.dinero import formato_cantidad
from nucleo.eventos import publicar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.vidas import TransicionInvalida


def despachar(
    sesion: Session,
    actor: Actor,
    pedido_id: UUID,
    operador_id: UUID,
    cantidades: Mapping[UUID, Decimal] | None = None,
) -> Paquete:
    """Announce a parcel of the order, of all that is loose or so much of each line, to a postal operator. The
    order is on its way, and its units out of stock, when the operator receives it: its term runs until then.

    Raises `TransicionInvalida`, `CantidadQueNoQueda`, `CantidadInvalida`, `SinFacultad`, `SinHabilitacion`
    when the unit chosen is no postal operator. What is paid at the door goes whole, with an operator that
    collects it there and owes nothing late (`OperadorEnMora`).
    """
    pedido = bloquear_pedido(sesion, pedido_id)
    autorizacion = exigir_vendedor(sesion, actor, pedido)
    exigir_por_despachar(pedido)
    if pedido.forma != FormaDeEntrega.CORREO:
        raise TransicionInvalida(_("Este pedido no va por correo: declare que está listo."))
    lineas = lineas_del_pedido(sesion, pedido.id)
    que = lo_que_va(lineas, cantidades)
    cobro = por_cobrar(sesion, pedido.id)
    if cobro is not None:
        _exigir_que_se_cobre(sesion, pedido, operador_id, lineas, que)
    envio = _anunciar(sesion, autorizacion, pedido, operador_id, lineas, que)
    if cobro is not None:
        cobrar_al_entregar(sesion, autorizacion, envio.id, monto=cobro[0], cuenta=cobro[1])
    paquete = empaquetar(sesion, pedido, que, envio_id=envio.id, envio_numero=envio.numero)
    if pedido.estado in POR_EMPEZAR:
        avanzar(sesion, pedido, EstadoPedido.EN_PREPARACION, autorizacion, envio.numero)
    contar(sesion, eventos.PAQUETE_ANUNCIADO, pedido, paquete, autorizacion)
    return paquete


def _exigir_que_se_cobre(
    sesion: Session,
    pedido: Pedido,
    operador_id: UUID,
    lineas: Sequence[LineaDePedido],
    que: Mapping[UUID, Decimal],
) -> None:
    """Of what is paid at the door. Raises `TransicionInvalida`."""
    if any(que.get(x.fila.id) != x.fila.cantidad for x in lineas):
        raise TransicionInvalida(_("Se paga al recibir: va entero, en un paquete."))
    if operador_id not in quienes_cobran(sesion, pedido):
        raise TransicionInvalida(_("Ese operador no cobra en la puerta ahí: elija otro."))


def exigir_por_despachar(pedido: Pedido) -> None:
    """Raises `TransicionInvalida` of a service, and of an order that is not waiting for it any more."""
    if pedido.modalidad != Modalidad.ENVIO:
        raise TransicionInvalida(_("Un servicio no se despacha: declare que lo hizo."))
    if pedido.estado not in POR_DESPACHAR:
        VIDA_PEDIDO.exigir_paso(pedido, EstadoPedido.DESPACHADO)


def lo_que_va(
    lineas: Sequence[LineaDePedido], cantidades: Mapping[UUID, Decimal] | None = None
) -> dict[UUID, Decimal]:
    """So much of each line, or all that is loose. Raises `TransicionInvalida` when nothing is, and what
    `elegidas` does."""
    que = elegidas(lineas, cantidades)
    if not que:
        raise TransicionInvalida(_("No queda nada por despachar: lo que falta ya está anunciado."))
    return que


def empaquetar(sesion: Session, pedido: Pedido, que: Mapping[UUID, Decimal], **como: Any) -> Paquete:
    """So much of each line of an order, locked, goes together; `como`: its shipment, or its code."""
    assert pedido.forma is not None
    ultimo = select(Paquete.numero).where(col(Paquete.pedido_id) == pedido.id)
    paquete = Paquete(
        pedido_id=pedido.id,
        numero=max(sesion.exec(ultimo), default=0) + 1,
        forma=pedido.forma,
        **como,
    )
    sesion.add(paquete)
    sesion.flush()
    sesion.add_all(
        PaqueteLinea(paquete_id=paquete.id, linea_id=linea_id, pedido_id=pedido.id, cantidad=cantidad)
        for linea_id, cantidad in que.items()
    )
    sesion.flush()
    pedido.version += 1
    return paquete


def _anunciar(
    sesion: Session,
    autorizacion: Autorizacion,
    pedido: Pedido,
    operador_id: UUID,
    lineas: Sequence[LineaDePedido],
    que: Mapping[UUID, Decimal],
) -> Envio:
    filas = {x.fila.id: x.fila for x in lineas}
    contenido = "; ".join(f"{formato_cantidad(n)} × {filas[i].titulo}" for i, n in que.items())
    de = ("pedido", pedido.id)
    return anunciar(sesion, autorizacion, pedido, operador_id, de, max(1, peso_de(lineas, que)), contenido)


def anunciar(
    sesion: Session,
    autorizacion: Autorizacion,
    pedido: Pedido,
    operador_id: UUID,
    de: tuple[str, UUID],
    peso_g: int,
    contenido: str,
) -> Envio:
    """From who sold to where who bought said; `de`: what it refers to. Raises what `crear_envio` does."""
    compra = sesion.get_one(Compra, pedido.compra_id)
    assert compra.municipio_ine is not None
    assert compra.referencia is not None
    return crear_envio(
        sesion,
        autorizacion,
        remitente_parte_id=parte_de_unidad(sesion, pedido.vendedor_id).id,
        destinatario_parte_id=pedido.comprador_parte_id,
        destinatario_nombre=compra.destinatario,
        destinatario_telefono=compra.telefono,
        destino_municipio_ine=compra.municipio_ine,
        destino_referencia=compra.referencia,
        operador_unidad_id=operador_id,
        referencia_tipo=de[0],
        referencia_id=de[1],
        referencia_numero=pedido.numero,
        peso_g=peso_g,
        contenido=contenido[:200],
    )


def anotar_despacho(
    sesion: Session, pedido: Pedido, paquete: Paquete, autorizacion: Autorizacion, detalle: str = ""
) -> None:
    """Who carries it has received it, or it waits for who bought it: its units leave the stock and the term
    of its order is met."""
    VIDA_PAQUETE.pasar(paquete, EstadoPaquete.DESPACHADO)
    salir(sesion, paquete, autorizacion)
    contar(sesion, eventos.PAQUETE_DESPACHADO, pedido, paquete, autorizacion)
    poner_al_dia(sesion, pedido, autorizacion, detalle or paquete.envio_numero or "")


def salir(sesion: Session, paquete: Paquete, autorizacion: Autorizacion) -> None:
    """A parcel, locked with its order, is out of the seller's hands; said once."""
    if paquete.despachado_en is None:
        ahora, pedido = ahora_bd(sesion), sesion.get_one(Pedido, paquete.pedido_id)
        paquete.despachado_en = _cuando_salio(sesion, pedido, paquete, ahora)
        termino = entrega_en_mano if paquete.en_mano else sin_entrega
        paquete.vence_en = termino(sesion, ahora)
        if paquete.despachado_en > pedido.despachar_hasta:
            anotar_falta(sesion, paquete.pedido_id, Falta.TARDE)
        retirar(sesion, _de_su_existencia(sesion, paquete), autorizacion, paquete.pedido_id)
    sesion.flush()


def _cuando_salio(sesion: Session, pedido: Pedido, paquete: Paquete, ahora: datetime) -> datetime:
    """When who carries it says that they received it, which is heard late; never before it was bought."""
    if paquete.envio_id is None:
        return ahora
    with sesion.no_autoflush:  # its state is written with this
        admitido_en = envio_por_id(sesion, paquete.envio_id).admitido_en or ahora
    return min(max(admitido_en, pedido.creado_en), ahora)


def _de_su_existencia(sesion: Session, paquete: Paquete) -> dict[UUID, Decimal]:
    """How much a parcel holds of each row of stock."""
    que = contenido_de(sesion, paquete.id)
    filas = sesion.exec(select(PedidoLinea).where(col(PedidoLinea.id).in_(que)))
    return {f.existencia_id: que[f.id] for f in filas}


def saldar(sesion: Session, paquete: Paquete, fin: EstadoPaquete) -> bool:
    """A parcel, locked with its order, is annulled, lost or back: what it held is no longer of the order.
    False when it already was not: what is to be done with it was done."""
    antes = paquete.saldado
    VIDA_PAQUETE.pasar(paquete, fin)
    paquete.saldado = True
    sesion.flush()
    return not antes


def anular(sesion: Session, pedido: Pedido, paquete: Paquete) -> None:
    """A parcel, locked with its order, never left: what it held is owed again, or for sale if it ended."""
    saldar(sesion, paquete, EstadoPaquete.ANULADO)
    if pedido.estado in VIDA_PEDIDO.fines:
        soltar(sesion, _de_su_existencia(sesion, paquete))


def retomar(sesion: Session, paquete: Paquete) -> bool:
    """What was annulled before it left was delivered after all: it is of the order again, if the order still
    owes all that it held. The caller flushes it with its new state."""
    if not paquete.saldado or paquete.despachado_en is not None:
        return False
    sueltas = {x.fila.id: x.suelta for x in lineas_del_pedido(sesion, paquete.pedido_id)}
    if any(n > sueltas[id] for id, n in contenido_de(sesion, paquete.id).items()):
        return False
    paquete.saldado = False
    return True


def pedir_que_se_anule(sesion: Session, pedido: Pedido, paquete: Paquete) -> bool:
    """As `anular_anunciado`, of a parcel: whatever happens to it later is an incident."""
    if not anular_anunciado(sesion, envio_de(paquete), pedido.vendedor_id, "cancelación de pedido"):
        return False
    anular(sesion, pedido, paquete)
    return True


def anular_anunciado(sesion: Session, envio_id: UUID, vendedor_id: UUID, por: str) -> bool:
    """Ask its operator to annul what a seller announced; it counts as annulled at once. False when somebody
    has it already."""
    quien = Autorizacion(actor=Actor.sistema(por), unidad_id=vendedor_id)
    try:
        pedir_anulacion(sesion, quien, envio_id)
    except YaEnManos:
        return False
    except AnulacionPedida:
        pass
    except EnvioTerminado:
        return envio_por_id(sesion, envio_id).estado is EstadoEnvio.ANULADO
    return True


def anotar_incidencia(
    sesion: Session, pedido: Pedido, paquete: Paquete, autorizacion: Autorizacion, texto: str
) -> None:
    """What happened to a parcel is not what was settled with its money: both sides are told."""
    paquete.incidencia = texto[:300]
    pedido.version += 1
    contar(sesion, eventos.PAQUETE_CON_INCIDENCIA, pedido, paquete, autorizacion)
    sesion.flush()


def envio_de(paquete: Paquete) -> UUID:
    """The shipment of what goes by post."""
    assert paquete.envio_id is not None
    return paquete.envio_id


def contar(
    sesion: Session, evento: str, pedido: Pedido, paquete: Paquete, autorizacion: Autorizacion
) -> None:
    datos = datos_de(pedido) | {"paquete_id": str(paquete.id), "envio_numero": paquete.envio_numero or ""}
    publicar(sesion, evento, pedido.id, datos, autorizacion)
