"""What a purchase does when something happens to its order; and who learns what became of it."""

from sqlmodel import Session

import comercio
from ciudadania import notificar
from empresa_digital.registro import notificar_unidad
from feria_inversa.compra_de_catalogo import eventos
from feria_inversa.compra_de_catalogo.avisos import AVISO_COMPRA
from feria_inversa.compra_de_catalogo.consultas import compra_del_pedido
from feria_inversa.compra_de_catalogo.estados import EstadoCompra
from feria_inversa.compra_de_catalogo.modelos import CompraDeCatalogo
from feria_inversa.compra_de_catalogo.recibir import nombrados
from feria_inversa.compra_de_catalogo.seguir import seguir
from nucleo.dinero import formato_bs
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.plantillas import filtro_fecha_hora
from nucleo.textos import gettext as _


def _a_su_compra(sesion: Session, evento: EventoRecibido) -> None:
    seguir(sesion, evento.objeto_id)


al_ocurrir("PedidoDespachado", consumidor="feria.seguir_despacho")(_a_su_compra)
al_ocurrir("PedidoEntregado", consumidor="feria.seguir_entrega")(_a_su_compra)
al_ocurrir("PedidoConcluido", consumidor="feria.seguir_conclusion")(_a_su_compra)
al_ocurrir("PagoDeEntidadRecibido", consumidor="feria.seguir_pago")(_a_su_compra)
al_ocurrir("PagoDeEntidadDesmentido", consumidor="feria.seguir_desmentido")(_a_su_compra)
al_ocurrir("PedidoCancelado", consumidor="feria.seguir_cancelacion")(_a_su_compra)
al_ocurrir("DineroDePedidoDevuelto", consumidor="feria.seguir_devolucion")(_a_su_compra)


@al_ocurrir(eventos.COMPRA_DE_CATALOGO_PEDIDA, consumidor="feria.avisar_compra_pedida")
def avisar_pedida(sesion: Session, evento: EventoRecibido) -> None:
    """The entity: until when somebody may approve it."""
    compra = sesion.get_one(CompraDeCatalogo, evento.objeto_id)
    if compra.estado != EstadoCompra.SOLICITADA:
        return
    texto = _("{quien} pidió «{que}» por {total}. Otra persona la aprueba hasta el {hasta}.").format(
        quien=compra.solicito,
        que=compra.titulo,
        total=formato_bs(compra.total),
        hasta=filtro_fecha_hora(compra.vence_en),
    )
    _avisar(sesion, compra, _("Una compra espera aprobación"), texto)


@al_ocurrir(eventos.COMPRA_DE_CATALOGO_CAMBIO, consumidor="feria.avisar_cambio_de_compra")
def avisar_cambio(sesion: Session, evento: EventoRecibido) -> None:
    compra = sesion.get_one(CompraDeCatalogo, evento.objeto_id)
    if compra.estado != evento.datos["estado"]:
        return  # something happened since
    asunto = _("Compra {numero}: {estado}").format(numero=compra.numero, estado=compra.texto.lower())
    texto = compra.motivo or f"{compra.titulo}, {formato_bs(compra.total)}."
    if evento.datos.get("volvio"):
        texto = _("Su entrega se declaró equivocada: todavía no se recibió.")
    _avisar(sesion, compra, asunto, texto)
    if compra.estado == EstadoCompra.RECIBIDA:
        _avisar_a_quien_recibe(sesion, compra)


def _avisar_a_quien_recibe(sesion: Session, compra: CompraDeCatalogo) -> None:
    """Whom the entity named, of what nobody received conform yet."""
    assert compra.pedido_id is not None
    suyo = comercio.compromiso_de(sesion, compra.pedido_id)
    if suyo is None or suyo.pagar_desde is None or suyo.por_pagar:
        return
    for persona_id in nombrados(sesion, compra):
        notificar(
            sesion,
            persona_id,
            _("Compra {numero}: diga si llegó bien").format(numero=compra.numero),
            _("{que}, de {quien}.").format(que=compra.titulo, quien=compra.vendedor),
            f"/compras-de-catalogo/{compra.id}",
            clase=AVISO_COMPRA,
            unidad_id=compra.unidad_id,
        )


@al_ocurrir("PagoDeEntidadVencido", consumidor="feria.avisar_pago_vencido")
def avisar_vencida(sesion: Session, evento: EventoRecibido) -> None:
    """The entity, on its day: how it is paid."""
    compra = compra_del_pedido(sesion, evento.objeto_id)
    suyo = None if compra is None else comercio.compromiso_de(sesion, evento.objeto_id)
    if compra is None or suyo is None or not suyo.por_pagar:
        return  # another order's, or it was paid since
    asunto = _("Compra {numero}: debe pagarse").format(numero=compra.numero)
    texto = _("{quien} espera {monto}.").format(quien=compra.vendedor, monto=formato_bs(suyo.queda))
    _avisar(sesion, compra, asunto, f"{texto} {suyo.que_hacer}")


def _avisar(sesion: Session, compra: CompraDeCatalogo, asunto: str, texto: str) -> None:
    pagina = f"/compras-de-catalogo/{compra.id}"
    notificar_unidad(sesion, compra.unidad_id, asunto, texto, pagina, clase=AVISO_COMPRA)
