"""Readings in words, for the telephone."""

from datetime import datetime, timedelta, timezone
from uuid import UUID

from sqlmodel import Session

from envios.escaner.consultas import por_resolver
from envios.escaner.esquemas import EscaneoJuzgado, EscaneosJuzgados, PorResolver, ResultadoEscaneo
from envios.escaner.estados import EstadoEscaneo
from envios.escaner.modelos import FilaDeEscaneo
from envios.escaner.recibir import Juzgado
from envios.eventos import CodigoPropio, Suceso, en_su_zona, eventos_por_id, ficha, texto_de
from envios.items import lugares_de
from nucleo.textos import gettext as _


def texto_de_codigo(codigo: str) -> str:
    suya = ficha(codigo)
    return suya.texto if suya else codigo


def hora_de(fila: FilaDeEscaneo) -> datetime:
    """When it happened, on the worker's own clock."""
    return fila.ocurrido_en.astimezone(timezone(timedelta(minutes=fila.zona_min)))


def leer_juzgados(sesion: Session, juzgados: list[Juzgado], ahora: datetime) -> EscaneosJuzgados:
    destinos = lugares_de(sesion, [j.envio for j in juzgados if j.envio is not None])
    eventos = eventos_por_id(sesion, {j.fila.evento_id for j in juzgados if j.fila and j.fila.evento_id})
    return EscaneosJuzgados(
        ahora_ms=int(ahora.timestamp() * 1000),
        resultados=[
            _leer(
                j,
                destinos.get(j.envio.destino_municipio_ine, "") if j.envio else "",
                eventos.get(j.fila.evento_id) if j.fila and j.fila.evento_id else None,
                ahora,
            )
            for j in juzgados
        ],
    )


def _leer(juzgado: Juzgado, destino: str, evento: Suceso | None, ahora: datetime) -> EscaneoJuzgado:
    fila = juzgado.fila
    if fila is None:
        return EscaneoJuzgado(
            id=juzgado.id,
            resultado=ResultadoEscaneo.RECHAZADO,
            codigo="",
            numero="",
            estado=EstadoEscaneo.RECHAZADO,
            texto=_("Es de otra persona"),
            detalle=_("Quien la leyó debe ingresar en este teléfono para enviarla."),
            ocurrido_en=ahora,
        )
    detalle = fila.detalle
    if fila.estado == EstadoEscaneo.YA_ESTABA and evento is not None:
        detalle = _("Ya estaba anotado a las %(hora)s.") % {"hora": f"{en_su_zona(evento):%H:%M}"}
    elif fila.reloj_corregido and not detalle:
        detalle = _("El reloj del teléfono estaba mal: se anotó a las %(hora)s.") % {
            "hora": f"{hora_de(fila):%H:%M}"
        }
    return EscaneoJuzgado(
        id=fila.id,
        resultado=juzgado.resultado,
        codigo=fila.codigo,
        numero=juzgado.envio.numero if juzgado.envio else fila.numero,
        estado=fila.estado,
        texto=texto_de_codigo(fila.codigo),
        detalle=detalle,
        destino=destino,
        ocurrido_en=hora_de(fila),
        reloj_corregido=fila.reloj_corregido,
        por_confirmar=evento is not None and evento.codigo == CodigoPropio.ENTREGA_PROVISIONAL,
    )


def leer_por_resolver(sesion: Session, persona_id: UUID) -> list[PorResolver]:
    filas = por_resolver(sesion, persona_id)
    contrarios = eventos_por_id(sesion, {f.choca_con_id for f in filas if f.choca_con_id})
    return [_leer_pendiente(fila, contrarios) for fila in filas]


def _leer_pendiente(fila: FilaDeEscaneo, contrarios: dict[UUID, Suceso]) -> PorResolver:
    rechazado = fila.estado == EstadoEscaneo.RECHAZADO
    otro = contrarios.get(fila.choca_con_id) if fila.choca_con_id else None
    if rechazado or otro is None:
        que_hacer = fila.detalle
    else:
        que_hacer = _(
            "Otro teléfono dice «%(otro)s» a las %(hora)s. Si lo suyo no ocurrió, deshágalo; "
            "si ocurrió, déjelo así."
        ) % {"otro": texto_de(otro), "hora": f"{en_su_zona(otro):%H:%M}"}
    return PorResolver(
        id=fila.id,
        numero=fila.numero,
        codigo=fila.codigo,
        texto=texto_de_codigo(fila.codigo),
        que_hacer=que_hacer,
        ocurrido_en=hora_de(fila),
        rechazado=rechazado,
        con_foto=fila.foto_archivo_id is not None,
    )
