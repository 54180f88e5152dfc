"""How a shipment looks: tones, progress, places."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import lugares, unidad_por_id
from envios.items.estados import EstadoEnvio
from envios.items.modelos import Envio
from nucleo.textos import gettext as _

_TONOS = {
    EstadoEnvio.ANUNCIADO: "neutro",
    EstadoEnvio.ADMITIDO: "info",
    EstadoEnvio.EN_TRANSITO: "info",
    EstadoEnvio.EN_REPARTO: "acento",
    EstadoEnvio.LISTO_PARA_RETIRO: "acento",
    EstadoEnvio.RETENIDO: "aviso",
    EstadoEnvio.INTENTO_FALLIDO: "aviso",
    EstadoEnvio.EN_DEVOLUCION: "aviso",
    EstadoEnvio.ENTREGADO: "bien",
    EstadoEnvio.DEVUELTO: "mal",
    EstadoEnvio.ANULADO: "mal",
}

_AVANCE = {
    EstadoEnvio.ANUNCIADO: 0,
    EstadoEnvio.ADMITIDO: 1,
    EstadoEnvio.EN_TRANSITO: 2,
    EstadoEnvio.RETENIDO: 2,
    EstadoEnvio.EN_REPARTO: 3,
    EstadoEnvio.LISTO_PARA_RETIRO: 3,
    EstadoEnvio.INTENTO_FALLIDO: 3,
    EstadoEnvio.ENTREGADO: 5,
}


def tono(estado: EstadoEnvio) -> str:
    """The tone of a state's badge; the text always says it too."""
    return _TONOS[estado]


def pasos_de(envio: Envio) -> tuple[list[str], int] | None:
    """The five steps of a normal journey and the current one; None for what left that road."""
    actual = _AVANCE.get(envio.estado)
    if actual is None:
        return None
    tercero = _("Listo para retirar") if envio.estado is EstadoEnvio.LISTO_PARA_RETIRO else _("En reparto")
    return [_("Anunciado"), _("Recibido"), _("En camino"), tercero, _("Entregado")], actual


def lugares_de(sesion: Session, envios: Iterable[Envio]) -> dict[str, str]:
    """Destinations as «Cotoca, Santa Cruz», by INE code; one query."""
    return lugares(sesion, {e.destino_municipio_ine for e in envios})


def nombre_unidad(sesion: Session, unidad_id: UUID) -> str:
    return unidad_por_id(sesion, unidad_id).nombre
