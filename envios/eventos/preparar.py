"""The row of an event from what somebody reports: whether it can have happened so, by itself."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import CON_LO_SUYO, Habilitacion, con_habilitacion, municipio
from envios.eventos.derivar import QuienRecibe
from envios.eventos.emsevt import Codigo, CodigoPropio, estado_de_codigo
from envios.eventos.errores import EventoFuturo, EventoInvalido, EventoSinExplicar
from envios.eventos.nuevo import ID_DE_LA_CASA, EventoNuevo, Fuente
from envios.eventos.sucesos import Suceso
from envios.items import EnvioBloqueado
from envios.operadores import Agencia, agencias_en_que_anota
from nucleo.actor import Actor
from nucleo.ids import nuevo_id
from nucleo.reloj import ZONA
from nucleo.textos import gettext as _

ADELANTO_TOLERADO = timedelta(minutes=5)
DESFASE_MAXIMO = timedelta(hours=14)
ANTES_DEL_ANUNCIO = timedelta(minutes=10)
# A delivery that was not judged right, and the word of who should have received it: never an operator's own.
DE_LA_CASA: Mapping[str, Collection[Fuente]] = {
    CodigoPropio.ENTREGA_PROVISIONAL: (Fuente.ESCANER,),
    CodigoPropio.NO_RECIBIDO: (Fuente.DESTINATARIO,),
}
DE_AFUERA = frozenset({Fuente.API, Fuente.LOTE})
"""What operators' own systems send, with ids of theirs."""
_CODIGO = re.compile(r"[A-Z0-9]{2,10}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Conocidos:
    """What the events of an upload name, and exists."""

    municipios: Collection[str]
    toman: Collection[UUID]
    """The other operators to whom an item may be given."""
    dieron: Collection[UUID]
    """Those from whom it may be taken: a suspended one too, so that what it held goes on."""
    agencias: Mapping[UUID, Agencia]
    """Those of who uploads, where they work."""

    @classmethod
    def de(
        cls, sesion: Session, actor: Actor, operador_unidad_id: UUID, nuevos: Sequence[EventoNuevo]
    ) -> Self:
        mencionados = {n.municipio_ine for n in nuevos if n.municipio_ine}
        otros = {n.contraparte_unidad_id for n in nuevos if n.contraparte_unidad_id}
        agencias = {n.agencia_id for n in nuevos if n.agencia_id}
        return cls(
            municipios={ine for ine in mencionados if municipio(sesion, ine) is not None},
            toman=con_habilitacion(sesion, otros, Habilitacion.OPERADOR_POSTAL),
            dieron=con_habilitacion(sesion, otros, Habilitacion.OPERADOR_POSTAL, estados=CON_LO_SUYO),
            agencias=agencias_en_que_anota(sesion, actor, operador_unidad_id, agencias),
        )


@dataclass(frozen=True, slots=True)
class Remision:
    """Who uploads, for which operator, by which way and when."""

    operador_unidad_id: UUID
    fuente: Fuente
    instante: datetime
    registrado_por: str


def para_ordenar(nuevo: EventoNuevo, instante: datetime) -> datetime:
    """When it happened; now, for an event without an instant or with one that will be refused."""
    ocurrido = nuevo.ocurrido_en
    return ocurrido if ocurrido is not None and ocurrido.utcoffset() is not None else instante


def preparar(envio: EnvioBloqueado, nuevo: EventoNuevo, remision: Remision, conocidos: Conocidos) -> Suceso:
    """The row of a well-formed event, not yet added. Raises `EventoInvalido`."""
    if nuevo.municipio_ine and nuevo.municipio_ine not in conocidos.municipios:
        raise EventoInvalido(_("No existe el municipio del evento."))
    otros = conocidos.dieron if nuevo.codigo == CodigoPropio.TRASPASO_TOMADO else conocidos.toman
    if nuevo.contraparte_unidad_id and nuevo.contraparte_unidad_id not in otros:
        raise EventoInvalido(_("El otro operador no es un operador postal habilitado."))
    if not _CODIGO.fullmatch(nuevo.codigo):
        raise EventoInvalido(_("El código de evento lleva de 2 a 10 letras mayúsculas o dígitos."))
    ocurrido_en, desfase_min = _cuando(envio, nuevo, remision.instante)
    if nuevo.codigo == Codigo.EMH and (nuevo.motivo is None or nuevo.accion is None):
        raise EventoSinExplicar(_("Indique por qué no se entregó y qué se hará después."))
    if nuevo.codigo in DE_LA_CASA and remision.fuente not in DE_LA_CASA[nuevo.codigo]:
        raise EventoInvalido(_("Ese código lo anota solo la plataforma."))
    if remision.fuente in DE_AFUERA and ID_DE_LA_CASA.fullmatch(nuevo.evento_cliente_id):
        raise EventoInvalido(_("Ese identificador es de los que da la plataforma: use otro."))
    _exigir_contraparte(nuevo, remision.operador_unidad_id)
    agencia = _agencia(nuevo, conocidos, ocurrido_en)
    es_entrega = nuevo.codigo == Codigo.EMI
    tiene_receptor = es_entrega or nuevo.codigo == CodigoPropio.ENTREGA_PROVISIONAL
    return Suceso(
        id=nuevo_id(),
        envio_id=envio.id,
        operador_unidad_id=remision.operador_unidad_id,
        codigo=nuevo.codigo,
        estado=estado_de_codigo(nuevo.codigo),
        ocurrido_en=ocurrido_en,
        desfase_min=desfase_min,
        evento_cliente_id=nuevo.evento_cliente_id,
        fuente=remision.fuente,
        recibido_en=remision.instante,
        cuenta_desde=max(ocurrido_en, remision.instante),
        registrado_por=remision.registrado_por,
        motivo=nuevo.motivo,
        accion=nuevo.accion,
        contraparte_unidad_id=nuevo.contraparte_unidad_id,
        entregado_a=(nuevo.entregado_a or QuienRecibe.DESTINATARIO) if es_entrega else None,
        receptor_nombre=nuevo.receptor_nombre.strip()[:120] or None if tiene_receptor else None,
        municipio_ine=agencia.municipio_ine if agencia else nuevo.municipio_ine or None,
        lugar=agencia.nombre if agencia else nuevo.lugar.strip()[:120],
        agencia_id=agencia.id if agencia else None,
    )


def _agencia(nuevo: EventoNuevo, conocidos: Conocidos, ocurrido_en: datetime) -> Agencia | None:
    """The agency at which it happened, open then: the place is its own, whatever else was written."""
    if nuevo.agencia_id is None:
        return None
    agencia = conocidos.agencias.get(nuevo.agencia_id)
    if agencia is None:
        raise EventoInvalido(_("Elija una agencia de su operador en la que usted trabaje."))
    if agencia.cerrada_en is not None and agencia.cerrada_en <= ocurrido_en:
        raise EventoInvalido(
            _("%(nombre)s ya estaba cerrada: elija otra agencia.") % {"nombre": agencia.nombre}
        )
    return agencia


def _cuando(envio: EnvioBloqueado, nuevo: EventoNuevo, instante: datetime) -> tuple[datetime, int]:
    """When it happened and the offset of whoever saw it, in minutes."""
    ocurrido_en = nuevo.ocurrido_en or instante.astimezone(ZONA)
    desfase = ocurrido_en.utcoffset()
    if desfase is None:
        raise EventoInvalido(_("La hora del evento debe llevar su zona, como -04:00."))
    if abs(desfase) > DESFASE_MAXIMO:
        raise EventoInvalido(_("La zona de la hora del evento no existe."))
    if ocurrido_en > instante + ADELANTO_TOLERADO:
        raise EventoFuturo(_("La hora del evento está en el futuro: revise el reloj del aparato."))
    if ocurrido_en < envio.creado_en - ANTES_DEL_ANUNCIO:
        raise EventoInvalido(_("La hora del evento es anterior al anuncio del envío: revise fecha y reloj."))
    return ocurrido_en, int(desfase.total_seconds() // 60)


def _exigir_contraparte(nuevo: EventoNuevo, operador_unidad_id: UUID) -> None:
    es_traspaso = nuevo.codigo in (CodigoPropio.TRASPASO_DADO, CodigoPropio.TRASPASO_TOMADO)
    if es_traspaso != (nuevo.contraparte_unidad_id is not None):
        raise EventoInvalido(_("Un traspaso, y solo un traspaso, dice con qué operador se hizo."))
    if nuevo.contraparte_unidad_id == operador_unidad_id:
        raise EventoInvalido(_("Un traspaso se hace con otro operador."))
