"""Announce a shipment: the sender says what goes where and with which operator; the item gets its number."""

from typing import Any
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Habilitacion, exigir_habilitacion, municipio, partes_en_lote
from envios.items import eventos
from envios.items.estados import EstadoEnvio
from envios.items.modelos import Envio
from envios.items.numerar import siguiente_numero, vigente_hasta
from nucleo.actor import Autorizacion
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos, Prohibido
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd, fecha_bolivia
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
    peso_g: int,
    contenido: str,
    devolucion_de_id: UUID | None = None,
) -> Envio:
    """Announce a shipment on behalf of the sender and give it its S10 number and delivery code.

    The parties exist already (`empresa_digital.registro`). `peso_g` in grams, 1 to 1 000 000. Without
    `referencia_id` the shipment refers to itself. Publishes
    `EnvioAnunciado`. Raises `DatosInvalidos` (by field), `SinHabilitacion` when the operator is not
    a qualified postal operator, `Prohibido` when the authorisation is for another unit.
    """
    remitente = partes_en_lote(sesion, [remitente_parte_id])[remitente_parte_id]
    if autorizacion.unidad_id not in (None, remitente.unidad_id):
        raise Prohibido(_("Solo puede anunciar envíos de la unidad por la que actúa."))
    textos: dict[str, Any] = {
        "destinatario_nombre": destinatario_nombre.strip(),
        "destinatario_telefono": destinatario_telefono.strip(),
        "destino_referencia": destino_referencia.strip(),
        "contenido": contenido.strip(),
    }
    _validar(sesion, textos, destino_municipio_ine, peso_g)
    exigir_habilitacion(sesion, operador_unidad_id, Habilitacion.OPERADOR_POSTAL)
    instante = ahora_bd(sesion)
    dia = fecha_bolivia(instante)
    envio_id = nuevo_id()
    envio = Envio(
        id=envio_id,
        numero=siguiente_numero(sesion, operador_unidad_id),
        numero_desde=dia,
        numero_hasta=vigente_hasta(dia),
        remitente_parte_id=remitente_parte_id,
        operador_unidad_id=operador_unidad_id,
        destinatario_parte_id=destinatario_parte_id,
        destino_municipio_ine=destino_municipio_ine,
        referencia_tipo=referencia_tipo if referencia_id else "envio",
        referencia_id=referencia_id or envio_id,
        peso_g=peso_g,
        devolucion_de_id=devolucion_de_id,
        estado=EstadoEnvio.ANUNCIADO,
        estado_en=instante,
        creado_en=instante,
        **textos,
    )
    sesion.add(envio)
    sesion.flush()
    auditar(sesion, autorizacion, "envio.anunciar", "envios_envio", envio.id, {"numero": envio.numero})
    publicar(sesion, eventos.ENVIO_ANUNCIADO, envio.id, datos_de(envio), autorizacion)
    return envio


def datos_de(envio: Envio) -> dict[str, str]:
    """What every event of this room carries: ids only, nobody's data."""
    return {
        "envio_id": str(envio.id),
        "numero": envio.numero,
        "referencia_tipo": envio.referencia_tipo,
        "referencia_id": str(envio.referencia_id),
    }


def _validar(
    sesion: Session,
    textos: dict[str, str],
    destino_municipio_ine: str,
    peso_g: int,
) -> None:
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
