"""Who received an item sends it back: a new item, linked to the first one, that they announce and pay for.

What was never delivered needs none of this: it goes back under its own number, at the sender's expense
(`envios.entrega.espera`, `docs/decisiones`).
"""

from uuid import UUID

from sqlmodel import Session, col, select

from empresa_digital.registro import (
    CON_LO_SUYO,
    ClaseDeParte,
    Facultad,
    SinFacultad,
    exigir_facultad,
    unidad_por_id,
)
from envios.entrega import eventos
from envios.entrega.elegir import bloquear_el_que_recibe
from envios.entrega.errores import SinDevolucionPropia, YaSeDevuelve
from envios.items import EstadoEnvio, crear_envio, datos_de, destinatario_de, remitente_de, tomar_cotizacion
from envios.items.modelos import Envio
from envios.portes import retener
from nucleo.actor import Actor, Autorizacion
from nucleo.eventos import publicar
from nucleo.textos import gettext as _


def anunciar_devolucion(
    sesion: Session,
    actor: Actor,
    envio_id: UUID,
    *,
    contenido: str = "",
    peso_g: int | None = None,
    cotizacion_id: UUID | None = None,
    cuenta_id: int | None = None,
) -> Envio:
    """Announce the return of what was delivered, by who received it, with whoever carried it last.

    Weighs and holds the same unless told. Who announces pays: from `cuenta_id`, by a kept quote, now; without
    them, in cash at the counter. Raises `EnvioNoEncontrado` for anybody else, `YaSeDevuelve`,
    `SinDevolucionPropia` (it cannot be returned so), and what `tomar_cotizacion`, `crear_envio` and
    `portes.retener` raise.
    """
    primero = bloquear_el_que_recibe(sesion, actor, envio_id)
    if primero.estado is not EstadoEnvio.ENTREGADO:
        raise SinDevolucionPropia(_("Se devuelve lo que ya se entregó; este todavía no."))
    if primero.devolucion_de_id is not None:
        raise SinDevolucionPropia(_("Este envío ya es una devolución."))
    if devolucion_de(sesion, primero.id) is not None:
        raise YaSeDevuelve()
    remitente = remitente_de(sesion, primero)
    tienda = unidad_por_id(sesion, remitente.unidad_id) if remitente.unidad_id else None
    if tienda is None or tienda.municipio_ine is None or not tienda.direccion:
        raise SinDevolucionPropia(
            _("Quien lo envió no tiene una dirección registrada: envíelo desde una agencia.")
        )
    autorizacion = _autorizar(sesion, actor, primero)
    if cotizacion_id is not None:
        tomar_cotizacion(sesion, actor, cotizacion_id)
    vuelta = crear_envio(
        sesion,
        autorizacion,
        remitente_parte_id=primero.destinatario_parte_id,
        destinatario_parte_id=primero.remitente_parte_id,
        destinatario_nombre=remitente.nombre[:120],
        destinatario_telefono=remitente.telefono or "",
        destino_municipio_ine=tienda.municipio_ine,
        destino_referencia=tienda.direccion,
        operador_unidad_id=primero.custodio_unidad_id,
        peso_g=peso_g or primero.peso_g,
        contenido=contenido or primero.contenido,
        devolucion_de_id=primero.id,
        cotizacion_id=cotizacion_id,
        latitud=tienda.latitud,
        longitud=tienda.longitud,
    )
    if cotizacion_id is not None and cuenta_id is not None:
        retener(sesion, actor, vuelta, cotizacion_id=cotizacion_id, cuenta_id=cuenta_id)
    publicar(sesion, eventos.ENVIO_DEVOLUCION_ANUNCIADA, vuelta.id, datos_de(vuelta), autorizacion)
    sesion.flush()
    return vuelta


def se_devuelve(sesion: Session, envio: Envio) -> bool:
    """Whether who received it may announce its return, as far as the item goes."""
    con_cuenta = destinatario_de(sesion, envio).clase is not ClaseDeParte.TERCERO
    return envio.estado is EstadoEnvio.ENTREGADO and envio.devolucion_de_id is None and con_cuenta


def devolucion_de(sesion: Session, envio_id: UUID) -> Envio | None:
    """The item by which this one goes back; None when there is none, or it was annulled."""
    return sesion.exec(
        select(Envio).where(col(Envio.devolucion_de_id) == envio_id, col(Envio.estado) != EstadoEnvio.ANULADO)
    ).one_or_none()


def _autorizar(sesion: Session, actor: Actor, primero: Envio) -> Autorizacion:
    destinatario = destinatario_de(sesion, primero)
    if destinatario.clase is ClaseDeParte.TERCERO:
        raise SinDevolucionPropia(_("Quien lo recibió no tiene cuenta: que lo envíe desde una agencia."))
    if destinatario.unidad_id is None:
        return Autorizacion.propia(actor)
    try:
        return exigir_facultad(sesion, actor, destinatario.unidad_id, Facultad.COMPRAR, estados=CON_LO_SUYO)
    except SinFacultad:
        return exigir_facultad(sesion, actor, destinatario.unidad_id, Facultad.DESPACHAR, estados=CON_LO_SUYO)
