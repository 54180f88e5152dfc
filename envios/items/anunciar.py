"""Announce a shipment: the sender says what goes where and with which operator; the item gets its number."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import (
    Habilitacion,
    exigir_habilitacion,
    municipio,
    partes_en_lote,
)
from envios import s10
from envios.items import eventos
from envios.items.bloqueados import EnvioConEventos
from envios.items.estados import EstadoEnvio
from envios.items.modelos import Envio
from envios.items.numerar import siguiente_numero
from envios.items.terminos import terminos
from envios.operadores import leer_lugar
from nucleo.actor import Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos, Prohibido
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

PESO_MAXIMO_G = 1_000_000
_LARGOS = {
    "destinatario_nombre": 120,
    "destinatario_telefono": 30,
    "destino_referencia": 500,
    "contenido": 200,
}


def crear_envio(
    sesion: Session,
    autorizacion: Autorizacion,
    *,
    remitente_parte_id: UUID,
    destinatario_parte_id: UUID,
    destinatario_nombre: str,
    destinatario_telefono: str,
    destino_municipio_ine: str,
    destino_referencia: str,
    operador_unidad_id: UUID,
    referencia_tipo: str = "pedido",
    referencia_id: UUID | None = None,
    referencia_numero: str = "",
    peso_g: int,
    contenido: str,
    devolucion_de_id: UUID | None = None,
    cotizacion_id: UUID | None = None,
    latitud: Decimal | None = None,
    longitud: Decimal | None = None,
) -> Envio:
    """Announce a shipment on behalf of the sender and give it its number and delivery code.

    The parties exist already (`empresa_digital.registro`). `peso_g` in grams, 1 to 1 000 000; coordinates in
    degrees. Without `referencia_id` the shipment refers to itself; `referencia_numero` is how people call it.
    The operator announces at its counter for whoever brings it. Publishes `EnvioAnunciado`. Raises
    `DatosInvalidos` (by field), `SinHabilitacion` when the operator is not a qualified postal operator,
    `Prohibido` when the authorisation is for another unit.
    """
    remitente = partes_en_lote(sesion, [remitente_parte_id])[remitente_parte_id]
    if autorizacion.unidad_id not in (None, remitente.unidad_id, operador_unidad_id):
        raise Prohibido(_("Solo puede anunciar envíos de la unidad por la que actúa."))
    textos = {
        "destinatario_nombre": destinatario_nombre,
        "destinatario_telefono": destinatario_telefono,
        "destino_referencia": destino_referencia,
        "contenido": contenido,
    }
    limpios = _validar(sesion, textos, destino_municipio_ine, peso_g)
    exigir_habilitacion(sesion, operador_unidad_id, Habilitacion.OPERADOR_POSTAL)
    instante, envio_id = ahora_bd(sesion), nuevo_id()
    latitud, longitud = leer_lugar(latitud, longitud)
    envio = Envio(
        id=envio_id,
        numero=siguiente_numero(sesion, operador_unidad_id),
        remitente_parte_id=remitente_parte_id,
        operador_unidad_id=operador_unidad_id,
        destinatario_parte_id=destinatario_parte_id,
        destino_municipio_ine=destino_municipio_ine,
        referencia_tipo=referencia_tipo if referencia_id else "envio",
        referencia_id=referencia_id or envio_id,
        referencia_numero=s10.normalizar(referencia_numero)[:40],
        peso_g=peso_g,
        devolucion_de_id=devolucion_de_id,
        cotizacion_id=cotizacion_id,
        latitud=latitud,
        longitud=longitud,
        custodio_unidad_id=operador_unidad_id,
        estado=EstadoEnvio.ANUNCIADO,
        estado_en=instante,
        noticias_en=instante,
        revisar_en=instante + terminos(sesion, instante).por_traer,
        creado_en=instante,
        **limpios,
    )
    sesion.add(envio)
    sesion.flush()
    auditar(sesion, autorizacion, "envio.anunciar", "envios_envio", envio.id, {"numero": envio.numero})
    publicar(sesion, eventos.ENVIO_ANUNCIADO, envio.id, datos_de(envio), autorizacion)
    return envio


def datos_de(envio: EnvioConEventos) -> dict[str, str]:
    """What every event of this room carries: ids only, nobody's data."""
    return {
        "envio_id": str(envio.id),
        "numero": envio.numero,
        "referencia_tipo": envio.referencia_tipo,
        "referencia_id": str(envio.referencia_id),
    }


def _validar(
    sesion: Session, escritos: dict[str, str], destino_municipio_ine: str, peso_g: int
) -> dict[str, Any]:
    """The texts without spaces around them. Raises `DatosInvalidos` by field."""
    textos = {nombre: texto.strip() for nombre, texto in escritos.items()}
    campos: dict[str, str] = {}
    for nombre, largo in _LARGOS.items():
        if len(textos[nombre]) > largo:
            campos[nombre] = _("Escriba como máximo %(n)d caracteres.") % {"n": largo}
    for nombre in ("destinatario_nombre", "destino_referencia", "contenido"):
        if not textos[nombre]:
            campos[nombre] = _("Este dato es necesario.")
    if not 1 <= peso_g <= PESO_MAXIMO_G:
        campos["peso_g"] = _("El peso debe estar entre 1 g y 1.000 kg.")
    if municipio(sesion, destino_municipio_ine) is None:
        campos["destino_municipio_ine"] = _("Elija un municipio de la lista.")
    if campos:
        raise DatosInvalidos(_("Corrija los datos del envío."), campos=campos)
    return textos
