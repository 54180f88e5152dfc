"""How each order of a purchase gets to who bought it: what they chose, among what its seller offers."""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import Session

from comercio.carrito import VistaCarrito
from comercio.catalogo import Modalidad
from comercio.compra.errores import EntregaInvalida
from comercio.formas import Forma, FormaDeEntrega, formas_de
from empresa_digital.registro import lugar
from nucleo.textos import gettext as _


def elegir_formas(
    sesion: Session,
    pedidas: Mapping[UUID, FormaDeEntrega],
    vendedores: Mapping[UUID, str],
    municipio_ine: str,
) -> dict[UUID, Forma]:
    """For each seller (by id, with their name) what was asked for, or the post if they said nothing: nobody
    goes for what they were not told to pick up. Raises `EntregaInvalida`."""
    elegidas: dict[UUID, Forma] = {}
    for vendedor_id, ofrece in formas_de(sesion, vendedores).items():
        quiere = pedidas.get(vendedor_id, FormaDeEntrega.CORREO)
        forma = next((f for f in ofrece if f.forma == quiere and f.llega_a(municipio_ine)), None)
        if forma is None:
            texto = (
                _("%(vendedor)s no lo entrega así en ese municipio: elija otra forma u otro municipio.")
                if vendedor_id in pedidas
                else _("%(vendedor)s no lo envía por correo: elija cómo lo recibe.")
            )
            texto %= {"vendedor": vendedores[vendedor_id]}
            raise EntregaInvalida(texto, campos={"formas": texto})
        elegidas[vendedor_id] = forma
    return elegidas


PorElegir = tuple[UUID, str, list[tuple[str, ...]]]


def formas_del_carrito(sesion: Session, carrito: VistaCarrito) -> list[PorElegir]:
    """What is to be chosen: seller, name, (way, words, hint), of each who sells goods in the cart and offers
    more than the post."""
    nombres = {
        uno.vendedor_id: uno.vendedor_nombre
        for uno, lineas in carrito.por_vendedor
        if any(x.producto.modalidad == Modalidad.ENVIO for x in lineas)
    }
    return [
        (vendedor_id, nombres[vendedor_id], [_opcion(sesion, f) for f in ofrece])
        for vendedor_id, ofrece in formas_de(sesion, nombres).items()
        if [f.forma for f in ofrece] != [FormaDeEntrega.CORREO]
    ]


def _opcion(sesion: Session, forma: Forma) -> tuple[str, ...]:
    ayuda = forma.indicaciones
    if forma.forma is FormaDeEntrega.REPARTO:
        solo = _("Solo en %(lugar)s.") % {"lugar": lugar(sesion, forma.municipio_ine)}
        ayuda = f"{solo} {ayuda}".strip()
    return (str(forma.forma), forma.forma.texto, ayuda)
