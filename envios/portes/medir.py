"""What the operator measures before it receives an item: the price is that of what it really is."""

from sqlmodel import Session

from envios.items.modelos import Envio
from envios.portes.bloqueos import porte_bloqueado
from envios.portes.errores import PorteTerminado
from envios.portes.estados import EstadoPorte
from envios.portes.valores import PorteDeItem
from envios.tarifas import Medidas, precio_medido
from nucleo.actor import Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, cero
from nucleo.textos import gettext as _


def fijar_medida(
    sesion: Session, autorizacion: Autorizacion, envio: Envio, *, peso_g: int, medidas: Medidas | None = None
) -> PorteDeItem | None:
    """Set the weight (grams) and size of an item, whose row the caller has locked, before it is admitted; and
    what it then costs by the rates of its quote. None when the item has no postage here.

    Measured again before the admission, the last measure counts; without sizes, those that were quoted.
    Raises `SinOferta` (the operator does not carry such a parcel), `PorteTerminado` once it was settled or
    given back. What was paid in cash stays as it is.
    """
    assert 1 <= peso_g <= 1_000_000
    porte = porte_bloqueado(sesion, envio.id)
    if porte is None or porte.estado == EstadoPorte.EN_EFECTIVO:
        return None if porte is None else PorteDeItem.de(porte)
    if porte.estado != EstadoPorte.RETENIDO:
        raise PorteTerminado(_("El peso y las medidas se anotan antes de recibir el paquete."))
    total = precio_medido(
        sesion, porte.cotizacion_id, peso_g, medidas, con_recojo=porte.recojo_devuelto == cero()
    )
    porte.peso_medido_g, porte.total_medido = peso_g, total
    lados = (medidas.largo_cm, medidas.ancho_cm, medidas.alto_cm) if medidas else (None, None, None)
    porte.largo_cm, porte.ancho_cm, porte.alto_cm = lados
    hechos = {"peso_g": peso_g, "cotizado": a_centavos(porte.cotizado), "total": a_centavos(total)}
    auditar(sesion, autorizacion, "porte.medir", "envios_envio", envio.id, hechos)
    sesion.flush()
    return PorteDeItem.de(porte)
