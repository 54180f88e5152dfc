"""A public entity orders of the catalogue: its order holds a commitment of its budget instead of money."""

from sqlmodel import Session

from comercio.carrito import Titular, bloquear_carrito
from comercio.compra import CompromisoDeCompra, SolicitudCompra, Sostenido, comprar
from comercio.compra.modelos import Compra
from comercio.comprometidos.valores import OrdenDeEntidad
from comercio.custodia import Certificacion
from comercio.evidencias import exigir_entidad
from comercio.sostenidas import OfertaNoEncontrada, ceder
from comercio.sostenidas.modelos import OfertaSostenida
from nucleo.actor import Actor


def ordenar(sesion: Session, actor: Actor, orden: OrdenDeEntidad) -> Compra:
    """All or nothing: takes over what is held, freezes what is sold and commits the budget. Everything else
    of its order is as of any other.

    Who asks has `COMPRAR` of the entity up to the total (a joint mandate raises `FaltanFirmas`). Raises
    `SoloEntidades`, `SinFacultad`, `MontoExcedido`, what `comprar` does of stock, prices and delivery,
    `OfertaNoEncontrada`, `OfertaTerminada`, and `FondosInsuficientes` when the certificate does not have
    as much.
    """
    exigir_entidad(sesion, actor, orden.entidad_id)
    with sesion.begin_nested():
        bloquear_carrito(sesion, Titular(persona_id=actor.persona_id))  # before offers and products
        oferta = ceder(sesion, actor, orden.oferta_id, orden.id)
        if oferta.entidad_id != orden.entidad_id:
            raise OfertaNoEncontrada()
        certificacion = Certificacion(orden.entidad_id, orden.certificacion_id, orden.certificacion[:60])
        solicitud = SolicitudCompra(
            id=orden.id,
            entrega=orden.entrega,
            lineas=((oferta.variante_id, oferta.cantidad),),
            total=orden.total,
            porte=orden.porte,
            unidad_id=orden.entidad_id,
            formas=orden.formas,
            compromiso=CompromisoDeCompra(
                certificacion, orden.cuenta_id, orden.se_paga_con, _sostenido(oferta)
            ),
        )
        return comprar(sesion, actor, solicitud)


def _sostenido(oferta: OfertaSostenida) -> Sostenido:
    assert oferta.existencia_id is not None
    return Sostenido(oferta.existencia_id, oferta.precio)
