"""The track of a shipment: what anybody may read, and what only those concerned see besides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import lugar, lugares, unidad_por_id
from envios import s10
from envios.consultas import Vista, eventos_de
from envios.emsevt import Codigo
from envios.esquemas import EnvioLeido, EventoLeido, HitoPublico, Seguimiento
from envios.estados import EstadoEnvio, derivar_estado
from envios.modelos import Envio, EventoEnvio
from nucleo.configuracion import ajustes
from nucleo.textos import gettext as _

# At these events the place is a home or a person's whereabouts: the public reads the municipality only.
_EN_LA_PUERTA = frozenset({Codigo.EDG, Codigo.EMH, Codigo.EMI})


@dataclass(frozen=True, slots=True)
class Hito:
    """A line of the timeline in words; `motivo` and `receptor` are empty for the public."""

    codigo: str
    texto: str
    lugar: str
    ocurrido_en: datetime
    motivo: str = ""
    accion: str = ""
    receptor: str = ""


def nombre_unidad(sesion: Session, unidad_id: UUID) -> str:
    return unidad_por_id(sesion, unidad_id).nombre


def en_su_zona(evento: EventoEnvio) -> datetime:
    """The instant with the offset of whoever recorded it."""
    return evento.ocurrido_en.astimezone(timezone(timedelta(minutes=evento.desfase_min)))


def texto_de(evento: EventoEnvio) -> str:
    """What happened, in words; an unknown code says so."""
    if evento.es_devolucion:
        return _("Devuelto al remitente")
    ficha = evento.ficha
    return ficha.texto if ficha else _("Movimiento sin descripción (código %(c)s)") % {"c": evento.codigo}


def hito_de(evento: EventoEnvio, municipios: Mapping[str, str], vista: Vista) -> Hito:
    donde = municipios.get(evento.municipio_ine or "", "")
    privado = vista is not Vista.PUBLICO
    if evento.lugar and (privado or evento.codigo not in _EN_LA_PUERTA):
        donde = f"{evento.lugar}, {donde}" if donde else evento.lugar
    motivo, accion = evento.motivo_enum, evento.accion_enum
    return Hito(
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


def siguiente_paso(envio: Envio, eventos: Sequence[EventoEnvio]) -> str:
    """What happens next, for whoever waits; empty when the story is over."""
    if envio.estado.es_terminal:
        return ""
    if envio.estado is EstadoEnvio.ANUNCIADO:
        return _("El remitente lo entregará al operador.")
    if envio.estado is EstadoEnvio.EN_DEVOLUCION:
        return _("Vuelve al remitente.")
    decisivo = derivar_estado(eventos).evento
    assert isinstance(decisivo, EventoEnvio)
    if (accion := decisivo.accion_enum) is not None:
        return accion.texto + "."
    return decisivo.ficha.siguiente if decisivo.ficha else ""


def seguimiento_publico(sesion: Session, envio: Envio) -> Seguimiento:
    eventos = eventos_de(sesion, envio.id)
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
        siguiente_paso=siguiente_paso(envio, eventos),
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


def leer_evento(evento: EventoEnvio) -> EventoLeido:
    return EventoLeido(
        id=evento.id,
        codigo=evento.codigo,
        estado=evento.estado_enum,
        texto=texto_de(evento),
        subetiqueta=evento.ficha.subetiqueta if evento.ficha else None,
        ocurrido_en=en_su_zona(evento),
        recibido_en=evento.recibido_en,
        fuente=evento.fuente,
        evento_cliente_id=evento.evento_cliente_id,
        motivo=evento.motivo_enum,
        accion=evento.accion_enum,
        entregado_a=evento.entregado_a,
        receptor_nombre=evento.receptor_nombre,
        municipio_ine=evento.municipio_ine,
        lugar=evento.lugar,
    )


def url_de_seguimiento(envio: Envio) -> str:
    """Absolute address of the public page, as printed in the QR of the label."""
    return f"{ajustes().url_publica.rstrip('/')}/seguimiento/{envio.numero}"


def leer_envio(envio: Envio, vista: Vista) -> EnvioLeido:
    """The shipment as the API gives it to somebody concerned; the code only to who receives."""
    assert vista is not Vista.PUBLICO
    muestra_codigo = vista is Vista.DESTINATARIO and not envio.estado.es_terminal
    return EnvioLeido(
        **{
            campo: getattr(envio, campo)
            for campo in EnvioLeido.model_fields
            if campo not in ("etiqueta", "papel", "codigo_entrega", "seguimiento")
        },
        etiqueta=envio.estado.etiqueta_aftership,
        papel=vista.value,
        codigo_entrega=envio.codigo_entrega if muestra_codigo else None,
        seguimiento=url_de_seguimiento(envio),
    )
