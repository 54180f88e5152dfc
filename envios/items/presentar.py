"""An item for the API."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from empresa_digital.registro import ClaseDeParte, Parte
from envios.items.consultas import Vista
from envios.items.esquemas import EnvioLeido
from envios.items.modelos import Envio
from envios.operadores import codigo_plus
from nucleo.configuracion import ajustes


def url_de_seguimiento(envio: Envio) -> str:
    """Absolute address of the public page, as printed in the QR of the label."""
    return f"{ajustes().url_publica}/seguimiento/{envio.numero}"


def plus_de(envio: Envio) -> str | None:
    """The plus code of where it goes; None without coordinates."""
    if envio.latitud is None or envio.longitud is None:
        return None
    return codigo_plus(envio.latitud, envio.longitud)


def leer_envio(
    envio: Envio, vista: Vista, partes: Mapping[UUID, Parte], *, calla: bool = False
) -> EnvioLeido:
    """The shipment as the API gives it to somebody concerned; the code only to who holds it.

    `partes` of `partes_de`; `calla` of `calla_el_contacto`.
    """
    assert vista is not Vista.PUBLICO
    remitente, destinatario = partes[envio.remitente_parte_id], partes[envio.destinatario_parte_id]
    tiene_codigo = Vista.REMITENTE if destinatario.clase is ClaseDeParte.TERCERO else Vista.DESTINATARIO
    muestra_codigo = vista is tiene_codigo and not envio.estado.es_terminal
    derivados: dict[str, Any] = {
        "remitente_unidad_id": remitente.unidad_id,
        "remitente_persona_id": remitente.persona_id,
        "destinatario_persona_id": destinatario.persona_id,
        "destinatario_unidad_id": destinatario.unidad_id,
        "codigo_plus": plus_de(envio),
        "etiqueta": envio.estado.etiqueta_aftership,
        "papel": vista.value,
        "codigo_entrega": envio.codigo_entrega if muestra_codigo else None,
        "seguimiento": url_de_seguimiento(envio),
    }
    propios = {campo: getattr(envio, campo) for campo in EnvioLeido.model_fields if campo not in derivados}
    if calla:
        propios |= {"destinatario_telefono": "", "destino_referencia": "", "latitud": None, "longitud": None}
        derivados["codigo_plus"] = None
    return EnvioLeido(**propios, **derivados)
