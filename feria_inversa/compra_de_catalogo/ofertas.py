"""What a purchase makes of the offers that are held for its entity: asked for from there, or in use."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session

import comercio
from feria_inversa.compra_de_catalogo.consultas import ya_pedidas
from feria_inversa.compra_de_catalogo.evidencia import faltas_de_evidencia
from nucleo.textos import gettext as _


@comercio.usa_ofertas("feria_inversa.compra_de_catalogo")
def usos(sesion: Session, ofertas: Sequence[comercio.OfertaLeida]) -> Mapping[UUID, comercio.UsoDeOferta]:
    """Where each is asked for; of those that cannot be, why; of those that a purchase waits for, which."""
    pedidas = ya_pedidas(sesion, [o.id for o in ofertas])
    faltas = faltas_de_evidencia(sesion, [o for o in ofertas if o.id not in pedidas])
    return {o.id: _uso(o, pedidas.get(o.id), faltas.get(o.id)) for o in ofertas}


def _uso(oferta: comercio.OfertaLeida, compra_id: UUID | None, falta: str | None) -> comercio.UsoDeOferta:
    if compra_id is not None:
        pagina = f"/compras-de-catalogo/{compra_id}"
        return comercio.UsoDeOferta(_("Ver la compra que la usa"), pagina, ocupada=True)
    if falta is not None:
        return comercio.UsoDeOferta(falta)
    nueva = f"/entidades/{oferta.entidad_id}/compras-de-catalogo/nueva?oferta={oferta.id}"
    return comercio.UsoDeOferta(_("Pedir la compra"), nueva)
