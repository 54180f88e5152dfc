"""The track of a shipment: what anybody may read, and what only those concerned see besides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import lugar, lugares
from envios import s10
from envios.eventos import Codigo, en_su_zona, historia_de, texto_de
from envios.eventos.modelos import EventoEnvio
from envios.items import EstadoEnvio, Vista, nombre_unidad
from envios.items.modelos import Envio
from envios.seguimiento.esquemas import HitoPublico, Seguimiento
from nucleo.textos import gettext as _

# At these events the place is a home or a person's whereabouts: the public reads the municipality only.
_EN_LA_PUERTA = frozenset({Codigo.EDG, Codigo.EMH, Codigo.EMI})


@dataclass(frozen=True, slots=True)
class Hito:
    """A line of the timeline in words; `motivo` and `receptor` are empty for the public."""

    id: UUID
    codigo: str
    texto: str
    lugar: str
    ocurrido_en: datetime
    motivo: str = ""
    accion: str = ""
    receptor: str = ""


def hito_de(evento: EventoEnvio, municipios: Mapping[str, str], vista: Vista) -> Hito:
    donde = municipios.get(evento.municipio_ine or "", "")
    privado = vista is not Vista.PUBLICO
    if evento.lugar and (privado or evento.codigo not in _EN_LA_PUERTA):
        donde = f"{evento.lugar}, {donde}" if donde else evento.lugar
    motivo, accion = evento.motivo_enum, evento.accion_enum
    return Hito(
        id=evento.id,
        codigo=evento.codigo,
        texto=texto_de(evento),
        lugar=donde,
        ocurrido_en=en_su_zona(evento),
        motivo=motivo.ficha.texto if motivo and privado else "",
        accion=accion.texto if accion else "",
        receptor=(evento.receptor_nombre or "") if privado else "",
    )


def hitos_de(sesion: Session, eventos: Sequence[EventoEnvio], vista: Vista) -> list[Hito]:
    """The timeline, oldest first."""
    municipios = lugares(sesion, {e.municipio_ine for e in eventos})
    return [hito_de(e, municipios, vista) for e in eventos]


def siguiente_paso(envio: Envio, decisivo: EventoEnvio | None) -> str:
    """What happens next, for whoever waits; empty when the story is over."""
    if envio.estado.es_terminal:
        return ""
    if envio.estado is EstadoEnvio.ANUNCIADO:
        return _("El remitente lo entregará al operador.")
    if envio.estado is EstadoEnvio.EN_DEVOLUCION:
        return _("Vuelve al remitente.")
    if envio.estado is EstadoEnvio.SIN_NOTICIAS:
        return _("Hace 30 días que el operador no informa nada: pregúntele por el paquete.")
    assert decisivo is not None
    if (accion := decisivo.accion_enum) is not None:
        return accion.texto + "."
    return decisivo.ficha.siguiente if decisivo.ficha else ""


def seguimiento_publico(sesion: Session, envio: Envio) -> Seguimiento:
    eventos, decisivo = historia_de(sesion, envio)
    numero = s10.validar(envio.numero)
    hitos = hitos_de(sesion, eventos, Vista.PUBLICO)
    return Seguimiento(
        numero=envio.numero,
        legible=numero.legible,
        servicio=numero.servicio,
        estado=envio.estado,
        estado_texto=envio.estado.texto,
        etiqueta=envio.estado.etiqueta_aftership,
        operador=nombre_unidad(sesion, envio.operador_unidad_id),
        destino=lugar(sesion, envio.destino_municipio_ine),
        anunciado_en=envio.creado_en,
        admitido_en=envio.admitido_en,
        entregado_en=envio.entregado_en,
        siguiente_paso=siguiente_paso(envio, decisivo),
        eventos=[
            HitoPublico(
                codigo=e.codigo,
                estado=e.estado_enum,
                texto=h.texto,
                subetiqueta=e.ficha.subetiqueta if e.ficha else None,
                ocurrido_en=h.ocurrido_en,
                lugar=h.lugar,
                accion=h.accion or None,
            )
            for e, h in zip(eventos, hitos, strict=True)
        ],
    )
