"""What is known of an item that somebody claims about, and whether it allows the claim yet."""

from dataclasses import dataclass
from datetime import date, datetime

from moneyed import Money
from sqlmodel import Session, col, select

from empresa_digital.registro import unidad_por_id
from envios.eventos import promesa_de
from envios.items import EstadoEnvio, terminos
from envios.items.modelos import Envio
from envios.portes import EstadoExcedente, EstadoPorte
from envios.portes.modelos import Excedente, Porte
from envios.reclamos.estados import ClaseReclamo
from envios.tarifas import cotizacion_guardada
from nucleo.dinero import cero
from nucleo.plantillas import filtro_fecha
from nucleo.plazos import NACIONAL, CalendarioSinPublicar, correr, fin_del_dia
from nucleo.reloj import fecha_bolivia
from nucleo.textos import gettext as _

TERMINO_PERDIDA = "envios.dar_por_perdido"


@dataclass(frozen=True, slots=True)
class Hechos:
    """An item as a claim sees it. After `perdido_desde` it may be claimed lost."""

    estado: EstadoEnvio
    admitido_en: datetime | None
    entregado_en: datetime | None
    prometido_el: date | None
    perdido_desde: datetime
    valor_declarado: Money
    porte: Money
    lugar: str


def hechos_de(sesion: Session, envio: Envio) -> Hechos:
    promesa = promesa_de(sesion, envio)
    declarado = cero()
    if envio.cotizacion_id is not None:
        declarado = cotizacion_guardada(sesion, envio.cotizacion_id).bulto.valor_declarado
    lugar = unidad_por_id(sesion, envio.operador_unidad_id).municipio_ine or NACIONAL
    return Hechos(
        estado=envio.estado,
        admitido_en=envio.admitido_en,
        entregado_en=envio.entregado_en,
        prometido_el=promesa.entrega_el,
        perdido_desde=_perdido_desde(sesion, envio, promesa.entrega_el, lugar),
        valor_declarado=declarado,
        porte=_porte_pagado(sesion, envio),
        lugar=lugar,
    )


def _porte_pagado(sesion: Session, envio: Envio) -> Money:
    """What was paid for the item here: at the counter, or settled, with what it weighed more."""
    porte = sesion.exec(select(Porte).where(col(Porte.envio_id) == envio.id)).one_or_none()
    if porte is None:
        return cero()
    if porte.estado == EstadoPorte.EN_EFECTIVO:
        return porte.cotizado
    excedente = sesion.get(Excedente, porte.id)
    de_mas = excedente.monto if excedente and excedente.estado == EstadoExcedente.PAGADO else cero()
    return (porte.cobrado or cero()) + de_mas


def _perdido_desde(sesion: Session, envio: Envio, prometido_el: date | None, lugar: str) -> datetime:
    """The first of: the term without news, that after the promised day."""
    sin_noticias = envio.noticias_en + terminos(sesion, envio.creado_en).sin_noticias
    if prometido_el is None:
        return sin_noticias
    lugares = dict.fromkeys((lugar, envio.destino_municipio_ine))
    try:
        tarde = correr(sesion, TERMINO_PERDIDA, fin_del_dia(prometido_el), lugares).vence_en
    except CalendarioSinPublicar:
        return sin_noticias
    assert tarde is not None
    return min(sin_noticias, tarde)


def procede(clase: ClaseReclamo, hechos: Hechos, ahora: datetime) -> str:
    """Why the item does not allow this claim now, and when it will; empty when it does."""
    if hechos.admitido_en is None:
        return _("El operador todavía no recibió este paquete: no hay qué reclamarle.")
    if clase is ClaseReclamo.PERDIDA:
        return _perdida(hechos, ahora)
    if clase is ClaseReclamo.DEMORA:
        return _demora(hechos, ahora)
    if hechos.estado not in (EstadoEnvio.ENTREGADO, EstadoEnvio.DEVUELTO):
        return _("Se reclama cuando el paquete llegó: al abrirlo se ve qué le falta o qué se dañó.")
    return ""


def _perdida(hechos: Hechos, ahora: datetime) -> str:
    if hechos.estado.es_terminal:
        return _("El paquete ya llegó o se anuló: no está perdido.")
    if ahora <= hechos.perdido_desde:
        return _("Todavía se lo busca: se puede reclamar la pérdida después del %(dia)s.") % {
            "dia": filtro_fecha(fecha_bolivia(hechos.perdido_desde))
        }
    return ""


def _demora(hechos: Hechos, ahora: datetime) -> str:
    if hechos.prometido_el is None:
        return _("Nadie prometió una fecha para este envío: no se puede decir que llegó tarde.")
    dia = {"dia": filtro_fecha(hechos.prometido_el)}
    if hechos.estado in (EstadoEnvio.DEVUELTO, EstadoEnvio.ANULADO):
        return _("El paquete no se entregó: se anuló o volvió a quien lo mandó.")
    if fecha_bolivia(hechos.entregado_en or ahora) <= hechos.prometido_el:
        texto = (
            _("Se entregó a tiempo: estaba prometido para el %(dia)s.")
            if hechos.entregado_en
            else _("Está a tiempo: está prometido para el %(dia)s.")
        )
        return texto % dia
    return ""
