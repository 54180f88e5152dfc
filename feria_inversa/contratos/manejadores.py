"""The supplier learns of its order."""

from sqlmodel import Session

from empresa_digital.registro import notificar_unidad
from feria_inversa.contratos import eventos
from feria_inversa.contratos.avisos import AVISO_ORDEN
from feria_inversa.contratos.modelos import OrdenDeCompra
from nucleo.dinero import formato_bs
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.textos import gettext as _
from nucleo.textos import ngettext


@al_ocurrir(eventos.ORDEN_DE_COMPRA_EMITIDA, consumidor="feria.avisar_orden")
def avisar_orden(sesion: Session, evento: EventoRecibido) -> None:
    orden = sesion.get_one(OrdenDeCompra, evento.objeto_id)
    notificar_unidad(
        sesion,
        orden.proveedor_id,
        _("Orden de compra {}").format(orden.numero),
        ngettext(
            "Por {monto}, para entregar en {dias} día.",
            "Por {monto}, para entregar en {dias} días.",
            orden.plazo_dias,
        ).format(monto=formato_bs(orden.total), dias=orden.plazo_dias),
        f"/ordenes-de-compra/{orden.id}",
        clase=AVISO_ORDEN,
    )
