"""The receipt of posting: what was handed in, where, when, as it was weighed, and what follows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from empresa_digital.registro import ClaseDeParte, lugares
from envios import s10
from envios.admision.consultas import exigir_admision
from envios.admision.estados import ClaseAdmision, Medio
from envios.admision.modelos import FilaDeAdmision
from envios.items import Vista, calla_el_contacto, nombre_unidad, partes_de
from envios.items.modelos import Envio
from envios.operadores import agencia_por_id
from envios.tarifas import Medidas, medidas_de
from envios.tarifas.modelos import Cotizacion, Servicio
from nucleo.actor import Actor
from nucleo.configuracion import ajustes
from nucleo.dinero import cero
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import perezoso as _l

MEDIOS = {
    Medio.EFECTIVO: _l("en efectivo, en el mostrador"),
    Medio.CUENTA: _l("con la cuenta de quien lo anunció"),
    Medio.NINGUNO: _l("no se cobró en el mostrador"),
}


@dataclass(frozen=True, slots=True)
class Constancia:
    """What the receipt says. `remitente`, `destinatario`, `referencia`, `codigo_entrega`, and what the sender
    declared or is to be paid, are empty for who only verifies it: the rest is nobody's data.
    """

    numero: s10.Numero
    operador: str
    agencia_id: UUID
    agencia: str
    lugar: str
    admitido_en: datetime
    peso_g: int
    declarado_g: int
    medidas: Medidas | None
    servicio: str
    importe: Money
    medio: Medio
    destino: str
    entrega_el: date | None
    remitente: str = ""
    destinatario: str = ""
    referencia: str = ""
    contenido: str = ""
    valor_declarado: Money | None = None
    contra_entrega: Money | None = None
    codigo_entrega: str = ""

    @property
    def url(self) -> str:
        """Where anybody verifies it, as its QR says."""
        return f"{ajustes().url_publica}/seguimiento/{self.numero}/admision"

    @property
    def medio_en_palabras(self) -> str:
        return str(MEDIOS[self.medio])


def constancia_publica(sesion: Session, envio: Envio) -> Constancia:
    """Raises `SinConstancia` of what was not admitted at a counter."""
    return Constancia(**_comun(sesion, envio, exigir_admision(sesion, envio)))


def constancia_de(sesion: Session, actor: Actor, envio: Envio, vista: Vista, remitente: str) -> Constancia:
    """The parties' own paper, for who sends and the operator.

    Who took a walk-in's parcel gives its delivery code with it, on that day: nobody else holds it.
    """
    assert vista in (Vista.REMITENTE, Vista.OPERADOR)
    fila = exigir_admision(sesion, envio)
    return Constancia(
        **_comun(sesion, envio, fila),
        remitente=remitente,
        destinatario=envio.destinatario_nombre,
        referencia="" if calla_el_contacto(sesion, envio, vista) else envio.destino_referencia,
        contenido=envio.contenido,
        valor_declarado=_monto(sesion, fila, "valor_declarado"),
        contra_entrega=_monto(sesion, fila, "contra_entrega"),
        codigo_entrega=envio.codigo_entrega if lo_entrega(sesion, actor, envio, fila) else "",
    )


def lo_entrega(sesion: Session, actor: Actor, envio: Envio, fila: FilaDeAdmision) -> bool:
    """Whether the paper that this worker prints carries the delivery code."""
    del_dia = fecha_bolivia(fila.admitido_en) == fecha_bolivia(ahora_bd(sesion))
    suyo = fila.admitido_por == actor.clave and fila.clase is ClaseAdmision.MOSTRADOR
    nadie_mas = all(parte.clase is ClaseDeParte.TERCERO for parte in partes_de(sesion, [envio]).values())
    return suyo and nadie_mas and del_dia and not envio.estado.es_terminal


def _comun(sesion: Session, envio: Envio, fila: FilaDeAdmision) -> dict[str, Any]:
    agencia = agencia_por_id(sesion, fila.agencia_id)
    nombres = lugares(sesion, {agencia.municipio_ine, envio.destino_municipio_ine})
    return {
        "numero": s10.leer_numero(envio.numero),
        "operador": nombre_unidad(sesion, fila.operador_unidad_id),
        "agencia_id": agencia.id,
        "agencia": agencia.nombre,
        "lugar": nombres.get(agencia.municipio_ine, ""),
        "admitido_en": fila.admitido_en,
        "peso_g": fila.peso_g,
        "declarado_g": fila.declarado_g,
        "medidas": medidas_de(fila.largo_cm, fila.ancho_cm, fila.alto_cm),
        "servicio": _servicio(sesion, fila),
        "importe": fila.importe,
        "medio": fila.medio,
        "destino": nombres.get(envio.destino_municipio_ine, ""),
        "entrega_el": fila.entrega_el,
    }


def _monto(sesion: Session, fila: FilaDeAdmision, cual: str) -> Money | None:
    """What was declared that it is worth, or what is collected at the door; None when nothing."""
    cotizacion = sesion.get_one(Cotizacion, fila.cotizacion_id) if fila.cotizacion_id else None
    monto: Money | None = getattr(cotizacion, cual) if cotizacion is not None else None
    return monto if monto is not None and monto > cero() else None


def _servicio(sesion: Session, fila: FilaDeAdmision) -> str:
    if fila.cotizacion_id is None:
        return ""
    cotizacion = sesion.get_one(Cotizacion, fila.cotizacion_id)
    return sesion.get_one(Servicio, (cotizacion.tarifario_id, cotizacion.servicio)).nombre
