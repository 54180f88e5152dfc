"""From a claim to the page that its sides share."""

from typing import Any
from uuid import UUID

from fastapi import Request
from sqlmodel import Session
from starlette.responses import Response

from comercio.catalogo import medida, opciones_de, quedan
from comercio.compra.modelos import Pedido
from comercio.custodia import dinero_de
from comercio.pedidos import operadores, paquetes_de
from comercio.reclamos import reclamar
from comercio.reclamos.cambiar import por_que_no_se_cambia
from comercio.reclamos.consultas import cambio_de, pasos_de, reclamadas, reclamo_visible
from comercio.reclamos.estados import ABIERTOS, EstadoCambio, EstadoReclamo, Lado
from comercio.reclamos.formularios import (
    CAMBIO,
    DECISION,
    MANDAR_CAMBIO,
    POSTURA,
    PRUEBA,
    RENUNCIA,
    RESPUESTA,
    REVISION,
)
from comercio.reclamos.modelos import Cambio, Reclamo
from comercio.reclamos.volver import VUELVE, por_que_no_vuelve
from comercio.reclamos.vueltas import camino_de
from empresa_digital.registro import es_caso_propio
from envios import envio_por_id, lo_cedido
from nucleo.actor import Actor
from nucleo.archivos import TIPO_PDF, tipos_de
from nucleo.formularios import Hoja
from nucleo.web import pagina


def pagina_de_reclamo(
    request: Request, sesion: Session, actor: Actor, reclamo_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    reclamo, pedido, lado = reclamo_visible(sesion, actor, reclamo_id)
    estado = EstadoReclamo(reclamo.estado)
    pasos, paquetes = pasos_de(sesion, reclamo_id), paquetes_de(sesion, pedido.id)
    tipos = tipos_de(sesion, [p.archivo_id for p in pasos if p.archivo_id])
    de_parte = lado in (Lado.COMPRADOR, Lado.VENDEDOR) and estado in ABIERTOS
    media = lado is Lado.MEDIADOR and estado is EstadoReclamo.EN_MEDIACION
    caso_propio = media and es_caso_propio(lambda: reclamar.autorizar_mediacion(sesion, actor, pedido))
    responde = lado is Lado.VENDEDOR and estado is EstadoReclamo.ABIERTO
    return pagina(
        request,
        "comercio/reclamos/reclamo.html",
        hoja=hoja,
        reclamo=reclamo,
        pedido=pedido,
        lado=lado,
        pasos=pasos,
        documentos={archivo for archivo, tipo in tipos.items() if tipo == TIPO_PDF},
        reclamadas=reclamadas(sesion, reclamo_id),
        dinero=dinero_de(sesion, pedido.id),
        paquetes=paquetes,
        cedido=next(iter(lo_cedido(sesion, [p.envio_id for p in paquetes if p.envio_id]).values()), None),
        medida=medida,
        respuesta=_respuesta(request, sesion, reclamo, pedido, hoja) if responde else None,
        postura=POSTURA.mostrar(request, enviada=hoja) if de_parte and lado is Lado.COMPRADOR else None,
        prueba=PRUEBA.mostrar(request, enviada=hoja, de="prueba") if de_parte else None,
        decision=DECISION.mostrar(request, enviada=hoja) if media and not caso_propio else None,
        caso_propio=caso_propio,
        **_del_cambio(request, sesion, reclamo, pedido, lado, hoja),
        **_de_la_vuelta(request, sesion, reclamo, pedido, lado, hoja),
    )


def _del_cambio(
    request: Request, sesion: Session, reclamo: Reclamo, pedido: Pedido, lado: Lado, hoja: Hoja[Any] | None
) -> dict[str, Any]:
    """The exchange as it stands, and what the reader may do with it."""
    cambio = cambio_de(sesion, reclamo.id)
    en_curso = lado is Lado.VENDEDOR and cambio is not None and reclamo.estado == EstadoReclamo.EN_CAMBIO
    estado = EstadoCambio(cambio.estado) if cambio is not None else None
    manda = renuncia = ofrece = None
    if lado is Lado.VENDEDOR and reclamo.estado == EstadoReclamo.ABIERTO:
        ofrece = _ofrecimiento(request, sesion, reclamo, pedido, hoja)
    if en_curso and estado is EstadoCambio.APARTADO:
        llevan = [(o.id, o.nombre) for o in operadores(sesion)]
        elegido = {"operador_id": llevan[0][0]} if llevan else {}
        manda = MANDAR_CAMBIO.mostrar(request, elegido, enviada=hoja, opciones={"operador_id": llevan})
    if en_curso and estado in (EstadoCambio.APARTADO, EstadoCambio.ANUNCIADO):
        renuncia = RENUNCIA.mostrar(request, enviada=hoja, de="renuncia")
    return {
        "cambio": cambio,
        "codigo": _codigo(sesion, cambio) if lado is Lado.COMPRADOR else None,
        "ofrece_cambio": ofrece,
        "manda_cambio": manda,
        "renuncia": renuncia,
    }


def _respuesta(
    request: Request, sesion: Session, reclamo: Reclamo, pedido: Pedido, hoja: Hoja[Any] | None
) -> Hoja[Any]:
    """How the seller may answer: what cannot come back is not asked for."""
    respuesta = RESPUESTA.mostrar(request, enviada=hoja)
    if por_que_no_vuelve(sesion, reclamo, pedido):
        respuesta.opciones["que"] = [o for o in respuesta.opciones_de("que") if o[0] != "recibir"]
    return respuesta


def _de_la_vuelta(
    request: Request, sesion: Session, reclamo: Reclamo, pedido: Pedido, lado: Lado, hoja: Hoja[Any] | None
) -> dict[str, Any]:
    """What comes back: its shipment, the one that who bought may send, and what who sells says of it."""
    if reclamo.estado not in VUELVE:
        vuelta = envio_por_id(sesion, reclamo.vuelta_id) if reclamo.vuelta_id else None
        return {"vuelta": vuelta, "por_mandar": None, "revision": None}
    camino = camino_de(sesion, reclamo, pedido)
    return {
        "vuelta": camino.vuelta,
        "por_mandar": camino.por_mandar if reclamo.estado == EstadoReclamo.POR_VOLVER else None,
        "revision": REVISION.mostrar(request, enviada=hoja) if lado is Lado.VENDEDOR else None,
    }


def _ofrecimiento(
    request: Request, sesion: Session, reclamo: Reclamo, pedido: Pedido, hoja: Hoja[Any] | None
) -> Hoja[Any] | None:
    """The form of an exchange, when the claim admits one and there is something to send."""
    lineas = reclamadas(sesion, reclamo.id)
    if por_que_no_se_cambia(pedido) or len(lineas) != 1:
        return None
    fila, cantidad = lineas[0]
    hay = [
        (str(o.id), o.nombre or o.titulo, quedan(o.disponible))
        for o in opciones_de(sesion, fila.producto_id)
        if o.a_la_venta and o.disponible >= cantidad
    ]
    if not hay:
        return None
    misma = str(fila.variante_id)
    valores = {"variante_id": misma} if any(o[0] == misma for o in hay) else {}
    return CAMBIO.mostrar(request, valores, enviada=hoja, de="cambio", opciones={"variante_id": hay})


def _codigo(sesion: Session, cambio: Cambio | None) -> str | None:
    """What who bought says to whoever brings it."""
    viene = (EstadoCambio.ANUNCIADO, EstadoCambio.EN_CAMINO)
    if cambio is None or cambio.envio_id is None or cambio.estado not in viene:
        return None
    return envio_por_id(sesion, cambio.envio_id).codigo_entrega
