"""How each order of a purchase gets to who bought it: what they chose, among what its seller offers."""

from collections.abc import Mapping
from typing import Literal
from uuid import UUID

from sqlmodel import Session

from comercio.agenda import donde_atienden
from comercio.carrito import CuentaDePortes, PorteDeVendedor, VistaCarrito
from comercio.catalogo import Modalidad
from comercio.compra.errores import EntregaInvalida
from comercio.direcciones import EntregaPedida
from comercio.formas import Forma, FormaDeEntrega, a_donde_reparte, formas_de
from empresa_digital.registro import lugares
from nucleo.dinero import cero
from nucleo.textos import gettext as _


def exigir_lugar(sesion: Session, entrega: EntregaPedida) -> str:
    """The municipality where it is received, which is one of the list, and how to get there is said. Raises
    `EntregaInvalida`."""
    campos = {}
    if entrega.municipio_ine is None:
        campos["municipio_ine"] = _("Elija el municipio de entrega.")
    elif not lugares(sesion, [entrega.municipio_ine]):
        campos["municipio_ine"] = _("Elija un municipio de la lista.")
    if entrega.referencia is None:
        campos["referencia"] = _("Escriba cómo llegar: calle o zona, y algo que se reconozca.")
    if campos:
        raise EntregaInvalida(" ".join(campos.values()), campos=campos)
    assert entrega.municipio_ine is not None
    return entrega.municipio_ine


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


def por_elegir(sesion: Session, cuenta: CuentaDePortes) -> list[PorElegir]:
    """What is to be chosen: seller, name, (way, words, hint), of each who sells goods in the cart and offers
    more than the post."""
    ofrecen: dict[UUID, list[PorteDeVendedor]] = {}
    for x in cuenta.todos:
        ofrecen.setdefault(x.vendedor_id, []).append(x)
    return [
        (vendedor_id, suyas[0].nombre, [_opcion(sesion, x) for x in suyas])
        for vendedor_id, suyas in ofrecen.items()
        if [x.forma.forma for x in suyas] != [FormaDeEntrega.CORREO]
    ]


def atienden_en(sesion: Session, carrito: VistaCarrito) -> dict[UUID, str]:
    """Of the services of a cart, by variant, those to which whoever buys goes, and where."""
    servicios = [x.opcion.id for x in carrito.lineas if x.producto.modalidad == Modalidad.SERVICIO]
    return donde_atienden(sesion, servicios)


def pide_lugar(
    carrito: VistaCarrito, cuenta: CuentaDePortes, en: Mapping[UUID, str]
) -> Literal["si", "segun", "no"]:
    """Whether a place is asked of who buys: not of who goes for all of it (`en`: to the services of these
    variants); by what they choose, when all of it may be picked up."""
    if any(x.producto.modalidad == Modalidad.SERVICIO and x.opcion.id not in en for x in carrito.lineas):
        return "si"
    ofrecen: dict[UUID, set[FormaDeEntrega]] = {}
    for x in cuenta.todos:
        ofrecen.setdefault(x.vendedor_id, set()).add(x.forma.forma)
    if any(FormaDeEntrega.RETIRO not in suyas for suyas in ofrecen.values()):
        return "si"
    return "segun" if any(len(suyas) > 1 for suyas in ofrecen.values()) else "no"


def _opcion(sesion: Session, x: PorteDeVendedor) -> tuple[str, ...]:
    partes = []
    if x.forma.forma is FormaDeEntrega.REPARTO:
        partes.append(_("Solo en: %(lugares)s.") % {"lugares": a_donde_reparte(sesion, x.forma)})
    partes.append(x.forma.indicaciones)
    if x.porte is not None and (x.forma.cobra or x.porte.monto > cero()):
        partes.append(_("Envío: %(precio)s.") % {"precio": f"{x.porte.precio} {x.porte.texto}".strip()})
    elif x.sin_quien and x.forma.forma is FormaDeEntrega.CORREO:
        partes.append(_("Ningún operador lo lleva a ese municipio."))
    return (str(x.forma.forma), x.forma.forma.texto, " ".join(p for p in partes if p))
