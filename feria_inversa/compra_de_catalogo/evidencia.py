"""The frozen search that a purchase leans on: it led to that very product, and it is not old."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

import comercio
from feria_inversa.compra_de_catalogo.errores import SinEvidencia
from nucleo.plazos import vence
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

PLAZO = "feria.busqueda_de_compra"


def exigir_evidencia(sesion: Session, oferta: comercio.OfertaLeida) -> UUID:
    """Its search. Raises `SinEvidencia`."""
    falta = faltas_de_evidencia(sesion, [oferta]).get(oferta.id)
    if falta is not None:
        raise SinEvidencia(falta)
    assert oferta.busqueda_id is not None
    return oferta.busqueda_id


def faltas_de_evidencia(sesion: Session, ofertas: Sequence[comercio.OfertaLeida]) -> dict[UUID, str]:
    """Of each of these that is held and cannot be asked for, why and what to do."""
    ids = {o.busqueda_id for o in ofertas if o.busqueda_id is not None}
    congeladas = comercio.congeladas_por_id(sesion, ids) if ids else {}
    ahora = ahora_bd(sesion)
    hasta: dict[date, datetime] = {}  # of a day, once
    faltas = {}
    for oferta in ofertas:
        congelada = congeladas.get(oferta.busqueda_id) if oferta.busqueda_id is not None else None
        if congelada is None or congelada.producto_id != oferta.producto_id:
            faltas[oferta.id] = _(
                "No tiene una búsqueda congelada que elija este producto: déjela, congele una, y pida "
                "desde ella que le sostengan el precio."
            )
            continue
        dia = fecha_bolivia(congelada.congelada_en)
        if dia not in hasta:
            hasta[dia] = vence(sesion, PLAZO, congelada.congelada_en)
        if hasta[dia] <= ahora:
            faltas[oferta.id] = _(
                "La búsqueda {} ya es antigua: deje la oferta, congele otra búsqueda, y pida desde ella que "
                "le sostengan el precio."
            ).format(congelada.numero)
    return faltas
