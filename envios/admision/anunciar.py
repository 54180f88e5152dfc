"""Announce a parcel from a quote: a person for themselves, or who dispatches or sells for a unit."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import (
    Facultad,
    exigir_facultad,
    parte_de_persona,
    parte_de_unidad,
    tiene_facultad,
)
from envios.admision.precio import referencia_de
from envios.admision.recojos import NuevoRecojo, pedir_recojo
from envios.items import crear_envio, tomar_cotizacion
from envios.items.modelos import Envio
from envios.portes import retener
from nucleo.actor import Actor, Autorizacion
from nucleo.errores import DatosInvalidos, Prohibido
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class Anuncio:
    """Who sends it (None: the actor) to whom, and which account pays (None: cash, when it is admitted)."""

    cotizacion_id: UUID
    remitente_unidad_id: UUID | None
    destinatario_parte_id: UUID
    destinatario_nombre: str
    destinatario_telefono: str
    destino_referencia: str
    contenido: str
    latitud: Decimal | None = None
    longitud: Decimal | None = None
    cuenta_id: int | None = None
    recojo: NuevoRecojo | None = None


def anunciar(sesion: Session, actor: Actor, nuevo: Anuncio) -> Envio:
    """Announce what a kept quote of the actor's says; its postage is held, or paid when it is admitted.

    Raises `SinFacultad`, `CotizacionInexistente`, `CotizacionVencida`, `CotizacionUsada`, `DatosInvalidos` by
    field, what `portes.retener` raises of the account, and what `pedir_recojo` raises.
    """
    autorizacion = autorizar(sesion, actor, nuevo.remitente_unidad_id)
    cotizacion = tomar_cotizacion(sesion, actor, nuevo.cotizacion_id)
    if cotizacion.bulto.recojo != (nuevo.recojo is not None):
        texto = _("Diga dónde y cuándo recogerlo.")
        if nuevo.recojo is not None:
            texto = _("La cotización no incluye el recojo: pida otra que lo incluya.")
        raise DatosInvalidos(texto, campos={"recojo_direccion": texto})
    envio = crear_envio(
        sesion,
        autorizacion,
        remitente_parte_id=_parte_de(sesion, actor, nuevo.remitente_unidad_id),
        destinatario_parte_id=nuevo.destinatario_parte_id,
        destinatario_nombre=nuevo.destinatario_nombre,
        destinatario_telefono=nuevo.destinatario_telefono,
        destino_municipio_ine=cotizacion.destino_ine,
        destino_referencia=referencia_de(sesion, cotizacion.id, nuevo.destino_referencia),
        operador_unidad_id=cotizacion.operador_unidad_id,
        peso_g=cotizacion.bulto.peso_g,
        contenido=nuevo.contenido,
        latitud=nuevo.latitud,
        longitud=nuevo.longitud,
        cotizacion_id=cotizacion.id,
    )
    if nuevo.recojo is not None:
        pedir_recojo(sesion, autorizacion, envio, cotizacion.origen_ine, nuevo.recojo)
    if nuevo.cuenta_id is not None:
        retener(sesion, actor, envio, cotizacion_id=cotizacion.id, cuenta_id=nuevo.cuenta_id)
    return envio


def autorizar(sesion: Session, actor: Actor, unidad_id: UUID | None) -> Autorizacion:
    """For oneself, or for a unit by who dispatches or sells for it. Raises `SinFacultad`, `Prohibido`."""
    if unidad_id is None:
        if actor.persona_id is None:
            raise Prohibido(_("Un programa anuncia envíos de su unidad: diga cuál."))
        return Autorizacion.propia(actor)
    vende = tiene_facultad(sesion, actor, unidad_id, Facultad.VENDER)
    return exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER if vende else Facultad.DESPACHAR)


def _parte_de(sesion: Session, actor: Actor, unidad_id: UUID | None) -> UUID:
    if unidad_id is not None:
        return parte_de_unidad(sesion, unidad_id).id
    assert actor.persona_id is not None
    return parte_de_persona(sesion, actor.persona_id).id
