"""The track of a shipment: what anybody may read, and what only those concerned see besides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import lugares
from envios import s10
from envios.eventos import CODIGOS, Codigo, CodigoPropio, Suceso, en_su_zona, historias_de, texto_de
from envios.items import EstadoEnvio, Vista, lugares_de
from envios.items.modelos import Envio
from envios.seguimiento.esquemas import HitoPublico, Seguimiento
from envios.seguimiento.rastros import Rastro
from nucleo.plantillas import filtro_fecha
from nucleo.textos import gettext as _

# At these events the place is a home or a person's whereabouts: the public reads the municipality only.
_EN_LA_PUERTA = frozenset({Codigo.EDG, Codigo.EMH, Codigo.EMI})
_LLEGADAS = frozenset(
    {Codigo.EMJ, Codigo.EMD, Codigo.EDD, Codigo.EMG, CodigoPropio.SACA_ENTRA, CodigoPropio.TRASPASO_TOMADO}
)


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


@dataclass(frozen=True, slots=True)
class Parada:
    """A municipality of the route; `pasada` when the item was there."""

    lugar: str
    pasada: bool


def hito_de(evento: Suceso, municipios: Mapping[str, str], vista: Vista) -> Hito:
    donde = municipios.get(evento.municipio_ine or "", "")
    privado = vista is not Vista.PUBLICO
    publico = evento.agencia_id is not None or evento.codigo not in _EN_LA_PUERTA
    if evento.lugar and (privado or publico):
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


def hitos_de(sesion: Session, eventos: Sequence[Suceso], vista: Vista) -> list[Hito]:
    """The timeline, oldest first."""
    municipios = lugares(sesion, {e.municipio_ine for e in eventos})
    return [hito_de(e, municipios, vista) for e in eventos]


def ya_esta_ahi(envio: Envio, decisivo: Suceso | None) -> bool:
    """Whether the last word is that it arrived where it goes, by whatever code it was said."""
    return (
        decisivo is not None
        and envio.estado is EstadoEnvio.EN_TRANSITO
        and decisivo.codigo in _LLEGADAS
        and decisivo.municipio_ine == envio.destino_municipio_ine
    )


def titulo_de(rastro: Rastro) -> str:
    """How it goes, in a few words."""
    if ya_esta_ahi(rastro.envio, rastro.historia.decisivo):
        return _("Llegó a la agencia de destino")
    return rastro.envio.estado.texto


def siguiente_paso(rastro: Rastro, vista: Vista = Vista.PUBLICO) -> str:
    """What happens next, said to whoever looks; empty when the story is over."""
    envio, decisivo = rastro.envio, rastro.historia.decisivo
    if envio.estado.es_terminal:
        return ""
    if envio.estado is EstadoEnvio.ANUNCIADO:
        if vista is Vista.REMITENTE:
            return _("Péguele la etiqueta y entréguelo al operador.")
        return _("El remitente lo entregará al operador.")
    if envio.estado is EstadoEnvio.EN_DEVOLUCION:
        return _("Vuelve al remitente.")
    if envio.estado is EstadoEnvio.SIN_NOTICIAS:
        return _("El operador no informó nada en su plazo: pregúntele por el paquete.")
    assert decisivo is not None
    if rastro.en_espera and envio.estado is EstadoEnvio.ADMITIDO:
        if vista is Vista.REMITENTE:
            return _("Responda lo que falta del franqueo: hasta entonces no sale.")
        return _("Saldrá cuando quien lo envía responda al operador.")
    if ya_esta_ahi(envio, decisivo):
        return CODIGOS[Codigo.EMG].siguiente
    if envio.espera_desde is not None and envio.espera_hasta == envio.espera_desde:
        return _("No se aceptó: vuelve al remitente.")
    if envio.espera_hasta is not None:
        return _("Espera a quien lo recibe hasta el %(dia)s; después vuelve al remitente.") % {
            "dia": filtro_fecha(envio.espera_hasta, "d 'de' MMMM")
        }
    if (accion := decisivo.accion_enum) is not None:
        return accion.texto + "."
    if envio.estado is EstadoEnvio.EN_REPARTO and vista is Vista.DESTINATARIO:
        return _("Tenga a mano su código de entrega.")
    return decisivo.ficha.siguiente if decisivo.ficha else ""


@dataclass(frozen=True, slots=True)
class Paradero:
    """Where an item was seen last: empty when nobody said. `lejos`: known, and not where it goes."""

    lugar: str = ""
    lejos: bool = False
    agencia_id: UUID | None = None


def paraderos_de(sesion: Session, envios: Sequence[Envio]) -> dict[UUID, Paradero]:
    """By item, for who has them in hand; two statements."""
    ultimos = {
        id: next((e for e in reversed(historia.cuentan) if e.municipio_ine), None)
        for id, historia in historias_de(sesion, envios).items()
    }
    municipios = lugares(sesion, {e.municipio_ine for e in ultimos.values() if e is not None})
    hechos = {}
    for envio in envios:
        evento = ultimos[envio.id]
        hechos[envio.id] = Paradero()
        if evento is not None:
            lugar = hito_de(evento, municipios, Vista.OPERADOR).lugar
            lejos = evento.municipio_ine != envio.destino_municipio_ine
            hechos[envio.id] = Paradero(lugar, lejos, evento.agencia_id)
    return hechos


def ruta_de(sesion: Session, rastro: Rastro) -> list[Parada]:
    """The municipalities that it went through, in order, and where it goes; nobody's address."""
    municipios = [e.municipio_ine for e in rastro.historia.cuentan if e.municipio_ine]
    ines = [ine for ine, _iguales in groupby(municipios)]
    pasadas = len(ines)
    if rastro.envio.estado is not EstadoEnvio.DEVUELTO and ines[-1:] != [rastro.envio.destino_municipio_ine]:
        ines.append(rastro.envio.destino_municipio_ine)
    nombres = lugares(sesion, ines)
    return [Parada(nombres[ine], n < pasadas) for n, ine in enumerate(ines)]


def seguimiento_de(sesion: Session, rastro: Rastro, vista: Vista = Vista.PUBLICO) -> Seguimiento:
    """What anybody may read of it, or what those concerned do besides."""
    envio, eventos = rastro.envio, rastro.historia.cuentan
    numero = s10.leer_numero(envio.numero)
    hitos = hitos_de(sesion, eventos, vista)
    return Seguimiento(
        numero=envio.numero,
        legible=numero.legible,
        servicio=numero.servicio,
        estado=envio.estado,
        estado_texto=envio.estado.texto,
        etiqueta=envio.estado.etiqueta_aftership,
        operador=rastro.operador,
        destino=lugares_de(sesion, [envio])[envio.destino_municipio_ine],
        anunciado_en=envio.creado_en,
        admitido_en=envio.admitido_en,
        entregado_en=envio.entregado_en,
        entrega_prometida=rastro.entrega_el,
        siguiente_paso=siguiente_paso(rastro),
        ruta=[p.lugar for p in ruta_de(sesion, rastro)],
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
