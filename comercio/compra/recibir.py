"""How each order of a purchase gets to who bought it: what they chose, among what its seller offers."""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import Session

from comercio.carrito import CuentaDePortes, PorteDeVendedor
from comercio.compra.errores import EntregaInvalida
from comercio.formas import Forma, FormaDeEntrega, a_donde_reparte, formas_de
from nucleo.dinero import cero
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
