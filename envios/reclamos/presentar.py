"""A claim for the API, and what its pages say of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlmodel import Session

from ciudadania import nombres_de_personas
from empresa_digital.registro import nombres_de_unidades
from envios.items.modelos import Envio
from envios.reclamos.consultas import decisiones_de, indemnizacion_de, mensajes_de, reclamante_de
from envios.reclamos.esquemas import DecisionLeida, MensajeLeido, ReclamoEntero, ReclamoLeido
from envios.reclamos.estados import EstadoReclamo, Lado
from envios.reclamos.mensajes import es_de_mostrador
from envios.reclamos.modelos import MensajeDeReclamo, Reclamo
from envios.reclamos.reclamar import IMPUGNAR, RESOLVER, RESPONDER
from nucleo.plazos import Computo, correr
from nucleo.textos import gettext as _

_TONOS = {
    EstadoReclamo.PRESENTADO: "info",
    EstadoReclamo.EN_REVISION: "info",
    EstadoReclamo.ACEPTADO: "bien",
    EstadoReclamo.RECHAZADO: "aviso",
    EstadoReclamo.ANTE_REGULADOR: "acento",
    EstadoReclamo.RESUELTO: "bien",
    EstadoReclamo.PAGADO: "bien",
    EstadoReclamo.CERRADO: "neutro",
    EstadoReclamo.SIN_OBJETO: "neutro",
    EstadoReclamo.RETIRADO: "neutro",
}


def tono_de(estado: str) -> str:
    return _TONOS[EstadoReclamo(estado)]


def reclamo_leido(reclamo: Reclamo, numero: str) -> ReclamoLeido:
    return ReclamoLeido(**_propios(reclamo), numero=numero)


def _propios(reclamo: Reclamo) -> dict[str, Any]:
    return {c: getattr(reclamo, c) for c in ReclamoLeido.model_fields if c != "numero"}


def reclamo_entero(sesion: Session, reclamo: Reclamo, lado: Lado) -> ReclamoEntero:
    indemnizacion = indemnizacion_de(sesion, reclamo.id)
    quienes = autores_de(sesion, reclamo, mensajes := mensajes_de(sesion, reclamo.id))
    return ReclamoEntero(
        **_propios(reclamo),
        numero=sesion.get_one(Envio, reclamo.envio_id).numero,
        lado=lado,
        mensajes=[
            MensajeLeido(
                numero=m.numero,
                lado=Lado(m.lado),
                texto=m.texto,
                escrito_por=quienes[m.id],
                escrito_en=m.escrito_en,
                foto=url_de_foto(m),
            )
            for m in mensajes
        ],
        decisiones=[
            DecisionLeida.model_validate(d, from_attributes=True) for d in decisiones_de(sesion, reclamo.id)
        ],
        por_pagar=indemnizacion.total if indemnizacion else None,
    )


def url_de_foto(mensaje: MensajeDeReclamo) -> str | None:
    if mensaje.archivo_id is None:
        return None
    return f"/envios/reclamos/{mensaje.reclamo_id}/fotos/{mensaje.archivo_id}"


def autores_de(sesion: Session, reclamo: Reclamo, mensajes: list[MensajeDeReclamo]) -> Mapping[UUID, str]:
    """Who said each message, by its id: the unit it was written for, else the person; of what somebody
    without an account told at the counter, they."""
    unidades = nombres_de_unidades(sesion, {m.unidad_id for m in mensajes if m.unidad_id})
    personas = {
        m.id: UUID(m.escrito_por.removeprefix("persona:"))
        for m in mensajes
        if m.unidad_id is None and m.escrito_por.startswith("persona:")
    }
    nombres = nombres_de_personas(sesion, set(personas.values()))
    autores = {
        m.id: unidades[m.unidad_id] if m.unidad_id else nombres.get(personas.get(m.id, m.id), "")
        for m in mensajes
    }
    if es_de_mostrador(sesion, reclamo):
        nombre = reclamante_de(sesion, reclamo).nombre
        for m in mensajes:
            if m.lado == Lado.RECLAMANTE:
                autores[m.id] = _("%(nombre)s (lo anotó %(operador)s)") % {
                    "nombre": nombre,
                    "operador": autores[m.id],
                }
    return autores


def computo_de(sesion: Session, reclamo: Reclamo) -> Computo | None:
    """The clock that runs, counted day by day; None when none does."""
    if reclamo.estado in (EstadoReclamo.PRESENTADO, EstadoReclamo.EN_REVISION):
        return correr(sesion, RESPONDER, reclamo.presentado_en, [reclamo.lugar])
    if reclamo.estado == EstadoReclamo.RECHAZADO and reclamo.respondido_en:
        return correr(sesion, IMPUGNAR, reclamo.respondido_en, [reclamo.lugar])
    if reclamo.estado == EstadoReclamo.ANTE_REGULADOR and reclamo.impugnado_en:
        return correr(sesion, RESOLVER, reclamo.impugnado_en, [reclamo.lugar])
    return None
