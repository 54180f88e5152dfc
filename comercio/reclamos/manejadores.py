"""Who is told of a claim: both sides at each step. What its exchange does when its shipment moves."""

from collections.abc import Callable
from uuid import UUID

from sqlmodel import Session

from comercio.compra.modelos import Pedido
from comercio.custodia import dinero_de
from comercio.pedidos import AVISO_VENTA, avisar_comprador
from comercio.reclamos import eventos, seguir, volver
from comercio.reclamos.cambios import REFERENCIA
from comercio.reclamos.consultas import cambio_de, dicho_por_el_banco
from comercio.reclamos.modelos import Reclamo
from empresa_digital.registro import notificar_unidad
from nucleo.dinero import formato_bs
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.plantillas import filtro_fecha
from nucleo.textos import gettext as _


@al_ocurrir(eventos.RECLAMO_ABIERTO, consumidor="comercio.avisar_reclamo")
@al_ocurrir(eventos.RECLAMO_MOVIDO, consumidor="comercio.avisar_reclamo")
def avisar(sesion: Session, evento: EventoRecibido) -> None:
    reclamo = sesion.get_one(Reclamo, evento.objeto_id)
    pedido = sesion.get_one(Pedido, UUID(str(evento.datos["pedido_id"])))
    asunto = _("Reclamo del pedido %(numero)s") % {"numero": pedido.numero}
    cuerpo = dicho_por_el_banco(sesion, reclamo.id) or f"{reclamo.texto}."
    if reclamo.resuelto and dinero_de(sesion, pedido.id).comprometido:
        cuerpo = _("Terminó: %(monto)s volvieron al presupuesto de la entidad.") % {
            "monto": formato_bs(reclamo.resuelto)
        }
    if reclamo.vence_en is not None:
        cuerpo += " " + _("Hay plazo hasta el %(dia)s.") % {"dia": filtro_fecha(reclamo.vence_en)}
    cambio = cambio_de(sesion, reclamo.id)
    if cambio is not None and cambio.incidencia:
        cuerpo += f" {cambio.incidencia}"
    enlace = f"/reclamos-de-compra/{reclamo.id}"
    avisar_comprador(sesion, pedido, asunto, cuerpo, enlace)
    notificar_unidad(sesion, pedido.vendedor_id, asunto, cuerpo, enlace, clase=AVISO_VENTA)


def _al_cambio(hacer: Callable[[Session, UUID], bool]) -> Callable[[Session, EventoRecibido], None]:
    """Tell it to the exchange that the shipment is."""

    def oir(sesion: Session, evento: EventoRecibido) -> None:
        if evento.datos.get("referencia_tipo") == REFERENCIA:
            hacer(sesion, evento.objeto_id)

    return oir


def _al_volver(sesion: Session, evento: EventoRecibido) -> None:
    """What who bought sends back refers to no order: it is the return of one of its parcels."""
    if evento.datos.get("referencia_tipo") == "envio":
        volver.anotar_vuelta(sesion, evento.objeto_id)


al_ocurrir("EnvioAdmitido", consumidor="comercio.seguir_vuelta")(_al_volver)
al_ocurrir("EnvioEntregado", consumidor="comercio.seguir_vuelta")(_al_volver)
al_ocurrir("EnvioDevuelto", consumidor="comercio.seguir_vuelta")(_al_volver)
al_ocurrir("EnvioAnulado", consumidor="comercio.seguir_vuelta")(_al_volver)
al_ocurrir("EnvioSinNoticias", consumidor="comercio.seguir_vuelta")(_al_volver)
al_ocurrir("EnvioCorregido", consumidor="comercio.seguir_vuelta")(_al_volver)
al_ocurrir("EnvioAdmitido", consumidor="comercio.seguir_cambio")(_al_cambio(seguir.anotar_admision))
al_ocurrir("EnvioEntregado", consumidor="comercio.seguir_cambio")(_al_cambio(seguir.anotar_entrega))
al_ocurrir("EnvioDevuelto", consumidor="comercio.seguir_cambio")(_al_cambio(seguir.anotar_devolucion))
al_ocurrir("EnvioAnulado", consumidor="comercio.seguir_cambio")(_al_cambio(seguir.anotar_anulacion))
al_ocurrir("EnvioSinNoticias", consumidor="comercio.seguir_cambio")(_al_cambio(seguir.anotar_sin_noticias))
al_ocurrir("EnvioCorregido", consumidor="comercio.seguir_cambio")(_al_cambio(seguir.anotar_correccion))
