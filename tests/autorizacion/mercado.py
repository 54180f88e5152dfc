"""What the scenes of the market are made of: what Tomasa offers, and what Ana buys of it."""

from typing import Any
from uuid import UUID

from tests.autorizacion.escena import MARCA, Escena
from tests.autorizacion.filas import bs

ENTREGA = {
    "destinatario": "Ana Prueba",
    "telefono": "71234567",
    "municipio_ine": "020105",
    "referencia": "Puerta verde",
}


def publicar(e: Escena, titulo: str, **campos: object) -> UUID:
    """A product of the shop; the fields are those of the API."""
    from comercio.catalogo.esquemas import ProductoNuevo
    from comercio.catalogo.publicar import crear_producto
    from nucleo.bd import transaccion

    datos = {
        "unidad_id": e.unidades["tienda"].id,
        "titulo": titulo,
        "categoria": "alpaca-y-llama",
        "precio": bs("50.00"),
        "existencia": 10,
        "peso_g": 400,
        "publicar": True,
    }
    with transaccion() as sesion:
        return crear_producto(sesion, e.actor("tomasa"), ProductoNuevo.model_validate(datos | campos)).id


def publicar_servicio(e: Escena, titulo: str) -> UUID:
    return publicar(e, titulo, categoria="confeccion", precio=bs("5.00"), unidad_medida="servicio", peso_g=0)


def comprado(e: Escena, producto_id: UUID, clave: str, **como: Any) -> UUID:
    """One of it, bought; the order, kept with its purchase and its line as `clave`."""
    from comercio.catalogo.opciones import variante_pedida
    from comercio.compra.hacer import SolicitudCompra, comprar, pedidos_de
    from comercio.direcciones import Entrega
    from comercio.pedidos.lineas import lineas_del_pedido
    from nucleo.bd import transaccion
    from nucleo.ids import nuevo_id

    entrega = Entrega.model_validate(ENTREGA | {"referencia": f"Puerta {MARCA}"})
    with transaccion() as sesion:
        lineas = ((variante_pedida(sesion, producto_id), 1),)
        solicitud = SolicitudCompra(id=nuevo_id(), entrega=entrega, lineas=lineas, **como)
        compra = comprar(sesion, e.actor("ana"), solicitud)
        (pedido,) = pedidos_de(sesion, compra.id)
        (linea,) = lineas_del_pedido(sesion, pedido.id)
        e.valores |= {clave: pedido.id, f"compra_{clave}": compra.id, f"linea_de_{clave}": linea.fila.id}
        return pedido.id


def entregado(e: Escena, producto_id: UUID, clave: str) -> UUID:
    """One of it, bought and delivered by post; the order."""
    return entregar(e, comprado(e, producto_id, clave))


def entregar(e: Escena, pedido_id: UUID) -> UUID:
    """An order of Tomasa's goes by post, and arrives."""
    from comercio.pedidos import seguir
    from comercio.pedidos.cumplir import despachar
    from envios.eventos import EventoNuevo, Fuente, exigir_registrado, registrar_autorizado
    from nucleo.actor import Actor, Autorizacion
    from nucleo.bd import transaccion

    correos = e.unidades["correos"].id
    quien = Autorizacion(actor=Actor.sistema("prueba"), unidad_id=correos)
    with transaccion() as sesion:
        envio_id = despachar(sesion, e.actor("tomasa"), pedido_id, correos).envio_id
        assert envio_id is not None
        for codigo, oir in (("EMA", seguir.anotar_admision), ("EMI", seguir.anotar_entrega)):
            nuevo = EventoNuevo(codigo, envio_id)
            (hecho,) = registrar_autorizado(
                sesion, quien, correos, [nuevo], Fuente.SIMULADOR, verificar_codigo=False
            )
            exigir_registrado(hecho)
            assert oir(sesion, envio_id)
    return pedido_id
