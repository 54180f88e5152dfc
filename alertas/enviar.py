"""Tell what was found: of each alert the notice, the unit's webhook and the mark that it was told are one
transaction.

So whoever dies between finding and telling loses nothing and doubles nothing; two workers take different
alerts, and one that fails keeps nobody waiting.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, delete, func, text
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from alertas import bloqueos
from alertas.avisos import ALERTA_CON_HALLAZGOS, AVISO_HALLAZGO
from alertas.consultas import mostrar
from alertas.emparejadores import Hallazgo
from alertas.modelos import PEDIDA, VENCIDA, Alerta, Coincidencia, Frecuencia
from ciudadania import notificar
from empresa_digital.registro import notificar_unidad
from nucleo.bd import transaccion
from nucleo.configuracion import ajustes
from nucleo.plazos import inicio_del_dia
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.tareas import LOTE, cada_uno, pendientes
from nucleo.textos import gettext as _
from nucleo.textos import ngettext
from nucleo.webhooks import encolar

POR_AVISO = 20
"""How many objects a notice or a message names; the alert's page has them all."""
CONSERVAR = timedelta(days=90)


_MARCAR = text(
    """
    UPDATE alertas_coincidencia c SET enviada_en = :ahora, dicho = d.dicho
    FROM unnest(CAST(:ids AS uuid[]), CAST(:dichos AS text[])) AS d (objeto_id, dicho)
    WHERE c.alerta_id = :alerta_id AND c.objeto_id = d.objeto_id AND c.enviada_en IS NULL
    """
)


def enviar_pendientes() -> int:
    """Tell everything that is due; of how many alerts."""
    con_algo = (
        select(Coincidencia.alerta_id)
        .where(col(Coincidencia.enviada_en).is_(None), col(Coincidencia.enviar_en) <= func.nucleo_ahora())
        .group_by(col(Coincidencia.alerta_id))
        .order_by(func.min(Coincidencia.enviar_en), col(Coincidencia.alerta_id))
    )
    enviadas = 0
    while True:
        ids = pendientes(con_algo)
        enviadas += cada_uno(ids, _enviar)
        if len(ids) < LOTE:
            return enviadas


def _enviar(sesion: Session, alerta_id: UUID) -> bool:
    """Tell of one alert all that is due, also of one whose year ended meanwhile. What nobody may see any
    more is forgotten, to be found anew if it comes back; what another alert of theirs told since the day it
    was found is marked and not told. False when there was nothing, or another worker tells it."""
    alerta = bloqueos.alerta(sesion, alerta_id, si_esta_libre=True)
    if alerta is None:
        return False
    debidas = (
        col(Coincidencia.alerta_id) == alerta.id,
        col(Coincidencia.enviada_en).is_(None),
        col(Coincidencia.enviar_en) <= func.nucleo_ahora(),
    )
    columnas = (col(Coincidencia.hallada_en), col(Coincidencia.objeto_id))
    desde = {
        id: cuando for cuando, id in sesion.execute(sql_select(*columnas).where(*debidas).order_by(*columnas))
    }
    ids = list(desde)
    vistos = {} if alerta.motivo_baja == PEDIDA else mostrar(sesion, alerta.emparejador, ids)
    hallados = {id: vistos[id] for id in ids if id in vistos}
    nuevos = _sin_repetir(sesion, alerta, hallados, desde)
    if alerta.motivo_baja != PEDIDA and (perdidos := [id for id in ids if id not in vistos]):
        suyas = (col(Coincidencia.alerta_id) == alerta.id, col(Coincidencia.objeto_id).in_(perdidos))
        sesion.execute(delete(Coincidencia).where(*suyas))
    marca = {
        "alerta_id": alerta.id,
        "ahora": ahora_bd(sesion),
        "ids": ids,
        "dichos": [nuevos[id].dicho if id in nuevos else None for id in ids],
    }
    sesion.connection().execute(_MARCAR, marca)
    if nuevos:
        _avisar(sesion, alerta, list(nuevos.values()))
    if hallados and alerta.por_webhook and alerta.unidad_id is not None:
        encolar(sesion, alerta.unidad_id, ALERTA_CON_HALLAZGOS, _para_afuera(alerta, hallados))
    return bool(hallados)


def _sin_repetir(
    sesion: Session, alerta: Alerta, hallados: Mapping[UUID, Hallazgo], desde: Mapping[UUID, datetime]
) -> Mapping[UUID, Hallazgo]:
    """Those of which no other alert of its owner told them since the day (of La Paz) on which each was found,
    nor this one just now: who has one that tells at once and a weekly one learns of it at once."""
    if not hallados:
        return {}
    bloqueos.avisos_de(sesion, alerta.unidad_id or alerta.persona_id)
    dias = {id: inicio_del_dia(fecha_bolivia(desde[id])) for id in hallados}
    de_quien = (
        col(Alerta.unidad_id) == alerta.unidad_id
        if alerta.unidad_id is not None
        else and_(col(Alerta.persona_id) == alerta.persona_id, col(Alerta.unidad_id).is_(None))
    )
    consulta = (
        select(Coincidencia.dicho, func.max(Coincidencia.enviada_en))
        .join(Alerta, col(Alerta.id) == col(Coincidencia.alerta_id))
        .where(
            de_quien,
            col(Alerta.baja_en).is_(None),
            col(Coincidencia.enviada_en) >= min(dias.values()),
            col(Coincidencia.dicho).in_({h.dicho for h in hallados.values()}),
        )
        .group_by(col(Coincidencia.dicho))
    )
    dichos = dict(sesion.exec(consulta).all())
    nuevos = {}
    for id, hallazgo in hallados.items():
        dicha_en = dichos.get(hallazgo.dicho)
        if dicha_en is None or dicha_en < dias[id]:
            dichos[hallazgo.dicho] = datetime.max.replace(tzinfo=UTC)
            nuevos[id] = hallazgo
    return nuevos


def _avisar(sesion: Session, alerta: Alerta, hallazgos: Sequence[Hallazgo]) -> None:
    """One notice an object as it comes; of a whole day, one."""
    if alerta.frecuencia == Frecuencia.AL_MOMENTO and len(hallazgos) <= POR_AVISO:
        for hallazgo in hallazgos:
            asunto = _("Hay novedad: %(titulo)s") % {"titulo": hallazgo.titulo}
            cuerpo = "\n".join((hallazgo.detalle, _("Lo pidió en su alerta «%(n)s».") % {"n": alerta.nombre}))
            _notificar(sesion, alerta, asunto, cuerpo, hallazgo.enlace)
        return
    asunto = ngettext("%(n)s novedad de «%(alerta)s»", "%(n)s novedades de «%(alerta)s»", len(hallazgos))
    lineas = [f"{h.titulo}. {h.detalle}" for h in hallazgos[:POR_AVISO]]
    if len(hallazgos) > POR_AVISO:
        lineas.append(_("Y %(n)s más en la página de su alerta.") % {"n": len(hallazgos) - POR_AVISO})
    datos = {"n": len(hallazgos), "alerta": alerta.nombre}
    pagina = f"/mis-alertas/{alerta.id}" if alerta.baja_en is None else "/mis-alertas"
    _notificar(sesion, alerta, asunto % datos, "\n".join(lineas), pagina)


def _notificar(sesion: Session, alerta: Alerta, asunto: str, cuerpo: str, enlace: str) -> None:
    if alerta.unidad_id is not None:
        notificar_unidad(sesion, alerta.unidad_id, asunto, cuerpo, enlace, clase=AVISO_HALLAZGO)
    else:
        notificar(
            sesion,
            persona_id=alerta.persona_id,
            asunto=asunto,
            cuerpo=cuerpo,
            enlace=enlace,
            clase=AVISO_HALLAZGO,
        )


def _para_afuera(alerta: Alerta, hallados: Mapping[UUID, Hallazgo]) -> dict[str, object]:
    base = ajustes().url_publica
    return {
        "alerta_id": str(alerta.id),
        "nombre": alerta.nombre,
        "cuantos": len(hallados),
        "hallazgos": [
            {"id": str(id), "titulo": h.titulo, "detalle": h.detalle, "url": base + h.enlace}
            for id, h in list(hallados.items())[:POR_AVISO]
        ],
    }


def vencer() -> int:
    """End the alerts whose year is over and tell their owners how to have them again; returns how many."""
    vencidas = (
        select(Alerta.id)
        .where(col(Alerta.baja_en).is_(None), col(Alerta.vence_en) <= func.nucleo_ahora())
        .order_by(col(Alerta.vence_en), col(Alerta.id))
    )
    return cada_uno(pendientes(vencidas), _vencer)


def _vencer(sesion: Session, alerta_id: UUID) -> bool:
    alerta = bloqueos.alerta(sesion, alerta_id)
    if alerta is None or alerta.baja_en is not None:
        return False
    alerta.baja_en, alerta.motivo_baja = ahora_bd(sesion), VENCIDA
    asunto = _("Terminó su alerta «%(nombre)s»") % {"nombre": alerta.nombre}
    cuerpo = _("Pasó un año. Si todavía le sirve, créela otra vez desde la lista.")
    _notificar(sesion, alerta, asunto, cuerpo, "/mis-alertas")
    return True


def limpiar() -> int:
    """Delete what was found for alerts that ended long ago, a bounded batch a time; returns how many rows."""
    with transaccion() as sesion:
        viejas = (
            sql_select(col(Coincidencia.alerta_id), col(Coincidencia.objeto_id))
            .join(Alerta, col(Alerta.id) == col(Coincidencia.alerta_id))
            .where(col(Alerta.baja_en) < func.nucleo_ahora() - CONSERVAR)
            .limit(5_000)
            .subquery()
        )
        orden = delete(Coincidencia).where(
            col(Coincidencia.alerta_id) == viejas.c.alerta_id,
            col(Coincidencia.objeto_id) == viejas.c.objeto_id,
        )
        return int(sesion.connection().execute(orden).rowcount)
