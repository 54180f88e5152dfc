"""Reads of bags, manifests, differences and rounds."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from envios.despachos.errores import (
    DespachoNoEncontrado,
    DiferenciaNoEncontrada,
    HojaNoEncontrada,
    NumeroIlegible,
    SacaNoEncontrada,
)
from envios.despachos.estados import EstadoCarga, EstadoDespacho, EstadoParada, EstadoSaca
from envios.despachos.modelos import Carga, Despacho, Diferencia, HojaDeRuta, Parada, Saca
from envios.despachos.numeros import Cosa
from envios.entrega.modelos import EleccionDeEntrega
from envios.eventos.modelos import EventoEnvio
from envios.items import EstadoEnvio
from envios.items.modelos import Envio
from envios.operadores import Agencia, agencias_en_que_anota
from envios.operadores.modelos import FilaDeAgencia
from envios.portes import espera_respuesta
from envios.tarifas import se_retira
from nucleo.actor import Actor
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class Contenido:
    """An item in a bag or loose in a manifest."""

    carga: Carga
    envio: Envio


def saca_por_serie(sesion: Session, cosa: Cosa, serie: int) -> Saca:
    """The bag of a number that was read. Raises `NumeroIlegible` (of another thing), `SacaNoEncontrada`."""
    if cosa is not Cosa.SACA:
        detalle = _("Ese número no es de una saca ni de un envío: los de las sacas empiezan con SA.")
        raise NumeroIlegible(detalle, campos={"codigo": detalle})
    saca = sesion.exec(select(Saca).where(col(Saca.serie) == serie)).one_or_none()
    if saca is None:
        raise SacaNoEncontrada(_("No hay una saca con ese número."))
    return saca


def donde_esta(sesion: Session, envio_id: UUID) -> Saca | Despacho | None:
    """The bag or the manifest in which an item is."""
    consulta = select(Carga).where(col(Carga.envio_id) == envio_id, col(Carga.estado) == EstadoCarga.DENTRO)
    carga = sesion.exec(consulta).one_or_none()
    if carga is None:
        return None
    return sesion.get(Saca, carga.saca_id) if carga.saca_id else sesion.get(Despacho, carga.despacho_id)


# --- For who works at an agency -----------------------------------------------------------------------------


def saca_visible(sesion: Session, actor: Actor, saca_id: UUID) -> Saca:
    """The bag, for who works where it is filled or opened; for anybody else it does not exist."""
    saca = sesion.get(Saca, saca_id)
    if saca is None or not _trabaja_en_alguna(sesion, actor, saca):
        raise SacaNoEncontrada()
    return saca


def despacho_visible(sesion: Session, actor: Actor, despacho_id: UUID) -> Despacho:
    """The manifest, for who works at either end, once it left; before, where it is loaded."""
    despacho = sesion.get(Despacho, despacho_id)
    if despacho is None or not _trabaja_en_alguna(
        sesion, actor, despacho, ya_salio=despacho.salio_en is not None
    ):
        raise DespachoNoEncontrado()
    return despacho


def diferencia_visible(sesion: Session, actor: Actor, diferencia_id: UUID) -> Diferencia:
    """A difference of a manifest that the actor may see; for anybody else it does not exist."""
    fila = sesion.get(Diferencia, diferencia_id)
    if fila is None:
        raise DiferenciaNoEncontrada()
    try:
        despacho_visible(sesion, actor, fila.despacho_id)
    except DespachoNoEncontrado as error:
        raise DiferenciaNoEncontrada() from error
    return fila


def hoja_visible(sesion: Session, actor: Actor, hoja_id: UUID) -> tuple[HojaDeRuta, Agencia]:
    """The round and its agency, for who works there; for anybody else it does not exist."""
    hoja = sesion.get(HojaDeRuta, hoja_id)
    suya = trabaja_en(sesion, actor, hoja.operador_unidad_id, hoja.agencia_id) if hoja is not None else None
    if hoja is None or suya is None:
        raise HojaNoEncontrada()
    return hoja, suya


def trabaja_en(sesion: Session, actor: Actor, operador_unidad_id: UUID, agencia_id: UUID) -> Agencia | None:
    """The agency, open or closed, if they may act there."""
    return agencias_en_que_anota(sesion, actor, operador_unidad_id, [agencia_id]).get(agencia_id)


def _trabaja_en_alguna(
    sesion: Session, actor: Actor, cosa: Saca | Despacho, *, ya_salio: bool = True
) -> bool:
    if trabaja_en(sesion, actor, cosa.operador_unidad_id, cosa.origen_agencia_id):
        return True
    return ya_salio and bool(trabaja_en(sesion, actor, cosa.destino_unidad_id, cosa.destino_agencia_id))


def sacas_de(agencia_id: UUID) -> Select[Any]:
    """The bags that an agency fills or opens, for `paginar` by (creada_en, id)."""
    en_camino = col(Saca.estado).not_in([EstadoSaca.ABIERTA, EstadoSaca.CERRADA, EstadoSaca.DESHECHA])
    aqui = or_(
        col(Saca.origen_agencia_id) == agencia_id, (col(Saca.destino_agencia_id) == agencia_id) & en_camino
    )
    return sa_select(Saca).where(aqui)


def despachos_de(agencia_id: UUID) -> Select[Any]:
    """The manifests that leave an agency or come to it, for `paginar` by (creado_en, id)."""
    aqui = or_(
        col(Despacho.origen_agencia_id) == agencia_id,
        (col(Despacho.destino_agencia_id) == agencia_id) & col(Despacho.salio_en).is_not(None),
    )
    return sa_select(Despacho).where(aqui)


def hojas_de(agencia_id: UUID) -> Select[Any]:
    """The rounds of an agency, for `paginar` by (creada_en, id)."""
    return sa_select(HojaDeRuta).where(col(HojaDeRuta.agencia_id) == agencia_id)


def hojas_por_repartir(sesion: Session, persona_id: UUID, dia: date) -> Sequence[HojaDeRuta]:
    """The rounds of a worker that still have to be done: of that day, or out since before."""
    consulta = select(HojaDeRuta).where(
        col(HojaDeRuta.repartidor_persona_id) == persona_id,
        col(HojaDeRuta.revisar_en).is_not(None),
        or_(col(HojaDeRuta.dia) == dia, col(HojaDeRuta.salio_en).is_not(None)),
    )
    return sesion.exec(consulta.order_by(col(HojaDeRuta.serie))).all()


def contenido(
    sesion: Session, saca_ids: Collection[UUID], despacho_id: UUID | None = None
) -> list[Contenido]:
    """What these bags hold or held and goes loose in a manifest, with each item; not what was taken out."""
    dentro = col(Carga.saca_id).in_(saca_ids)
    suelto = col(Carga.despacho_id) == despacho_id
    consulta = (
        select(Carga, Envio)
        .join(Envio, col(Envio.id) == col(Carga.envio_id))
        .where(or_(dentro, suelto) if despacho_id else dentro, col(Carga.estado) != EstadoCarga.SACADA)
        .order_by(col(Carga.entro_en), col(Carga.id))
    )
    return [Contenido(carga, envio) for carga, envio in sesion.exec(consulta)]


def sacas_de_despacho(sesion: Session, despacho_id: UUID) -> Sequence[Saca]:
    return sesion.exec(
        select(Saca).where(col(Saca.despacho_id) == despacho_id).order_by(col(Saca.serie))
    ).all()


def diferencias_de(sesion: Session, despacho_id: UUID) -> Sequence[Diferencia]:
    """Of a manifest, what waits for somebody first."""
    filas = sesion.exec(
        select(Diferencia)
        .where(col(Diferencia.despacho_id) == despacho_id)
        .order_by(col(Diferencia.abierta_en), col(Diferencia.id))
    ).all()
    return sorted(filas, key=lambda f: f.vence_en is None)


def diferencias_por_explicar(sesion: Session, agencias: Collection[UUID]) -> dict[UUID, int]:
    """How many differences wait for somebody, by manifest, of those of these agencies."""
    consulta = (
        select(Diferencia.despacho_id, func.count())
        .join(Despacho, col(Despacho.id) == col(Diferencia.despacho_id))
        .where(
            col(Diferencia.vence_en).is_not(None),
            or_(
                col(Despacho.origen_agencia_id).in_(agencias), col(Despacho.destino_agencia_id).in_(agencias)
            ),
        )
        .group_by(col(Diferencia.despacho_id))
    )
    return dict(sesion.exec(consulta).all())


def con_trabajo(sesion: Session, agencias: Collection[UUID]) -> set[UUID]:
    """Those of these agencies to which something comes, or that have a difference to clear up."""
    origen, destino = col(Despacho.origen_agencia_id), col(Despacho.destino_agencia_id)
    viene = select(destino).where(destino.in_(agencias), col(Despacho.estado) == EstadoDespacho.EN_CAMINO)
    distinto = (
        select(origen, destino)
        .join(Diferencia, col(Diferencia.despacho_id) == col(Despacho.id))
        .where(col(Diferencia.vence_en).is_not(None), or_(origen.in_(agencias), destino.in_(agencias)))
    )
    return {*sesion.exec(viene), *(a for par in sesion.exec(distinto) for a in par)}


def por_explicar_de_operadores(sesion: Session, operadores: Collection[UUID]) -> dict[UUID, int]:
    """How many differences wait for somebody, by operator, at either end of their manifests."""
    sale, llega = col(Despacho.operador_unidad_id), col(Despacho.destino_unidad_id)
    cuentas: dict[UUID, int] = {}
    for lado, cuales in ((sale, sale.in_(operadores)), (llega, llega.in_(operadores) & (llega != sale))):
        consulta = (
            select(lado, func.count())
            .join(Diferencia, col(Diferencia.despacho_id) == col(Despacho.id))
            .where(col(Diferencia.vence_en).is_not(None), cuales)
            .group_by(lado)
        )
        for operador, cuantas in sesion.exec(consulta):
            cuentas[operador] = cuentas.get(operador, 0) + cuantas
    return cuentas


def hoja_de_envio(sesion: Session, envio_id: UUID) -> HojaDeRuta | None:
    """The round in which an item is."""
    pendiente = (col(Parada.envio_id) == envio_id) & (col(Parada.estado) == EstadoParada.PENDIENTE)
    return sesion.exec(
        select(HojaDeRuta).join(Parada, col(Parada.hoja_id) == col(HojaDeRuta.id)).where(pendiente)
    ).one_or_none()


def paradas_de(sesion: Session, hoja_id: UUID) -> list[tuple[Parada, Envio]]:
    """The stops of a round in its order (before it leaves, as they were added), with each item."""
    consulta = (
        select(Parada, Envio)
        .join(Envio, col(Envio.id) == col(Parada.envio_id))
        .where(col(Parada.hoja_id) == hoja_id, col(Parada.estado) != EstadoParada.QUITADA)
        .order_by(col(Parada.orden), col(Parada.entro_en), col(Parada.id))
    )
    return [(p, e) for p, e in sesion.exec(consulta)]


_REPARTIBLES = (EstadoEnvio.ADMITIDO, EstadoEnvio.EN_TRANSITO, EstadoEnvio.INTENTO_FALLIDO)


def esperan_en(sesion: Session, agencia: Agencia, dia: date, cuantos: int) -> list[UUID]:
    """Items whose last word was said at an agency and go to its municipality, oldest first: not in a bag, a
    manifest nor a round, not paid to be collected, whose postage nobody has to answer, and that nobody asked
    to keep for another day or there."""
    ultima = (
        select(EventoEnvio.agencia_id)
        .where(col(EventoEnvio.envio_id) == col(Envio.id), col(EventoEnvio.agencia_id).is_not(None))
        .order_by(col(EventoEnvio.ocurrido_en).desc(), col(EventoEnvio.recibido_en).desc())
        .limit(1)
        .correlate(Envio)
        .scalar_subquery()
    )
    en_carga = exists().where(col(Carga.envio_id) == col(Envio.id), col(Carga.estado) == EstadoCarga.DENTRO)
    en_ronda = exists().where(
        col(Parada.envio_id) == col(Envio.id), col(Parada.estado) == EstadoParada.PENDIENTE
    )
    otra = aliased(EleccionDeEntrega)
    para_otro_dia = exists().where(
        col(EleccionDeEntrega.envio_id) == col(Envio.id),
        or_(col(EleccionDeEntrega.agencia_id).is_not(None), col(EleccionDeEntrega.dia) > dia),
        ~exists().where(
            col(otra.envio_id) == col(EleccionDeEntrega.envio_id),
            col(otra.version) > col(EleccionDeEntrega.version),
        ),
    )
    consulta = (
        select(Envio.id)
        .where(
            col(Envio.custodio_unidad_id) == agencia.operador_unidad_id,
            col(Envio.estado).in_(_REPARTIBLES),
            col(Envio.destino_municipio_ine) == agencia.municipio_ine,
            ultima == agencia.id,
            ~en_carga,
            ~en_ronda,
            ~para_otro_dia,
            ~se_retira(col(Envio.cotizacion_id)),
            ~espera_respuesta(col(Envio.id)),
        )
        .order_by(col(Envio.estado_en), col(Envio.id))
        .limit(cuantos)
    )
    return list(sesion.exec(consulta))


def elecciones_de(sesion: Session, ids: Collection[UUID]) -> dict[UUID, tuple[EleccionDeEntrega, str]]:
    """What the recipients of these items chose, the last word of each, with the name of the agency."""
    consulta = (
        select(EleccionDeEntrega, FilaDeAgencia.nombre)
        .outerjoin(FilaDeAgencia, col(FilaDeAgencia.id) == col(EleccionDeEntrega.agencia_id))
        .where(col(EleccionDeEntrega.envio_id).in_(ids))
        .order_by(col(EleccionDeEntrega.version))
    )
    return {e.envio_id: (e, agencia or "") for e, agencia in sesion.exec(consulta)}


def contenido_de_saca(sesion: Session, saca_id: UUID) -> tuple[str, list[str]]:
    """The number of a bag, and those of the items in it as they were put in."""
    saca = sesion.get_one(Saca, saca_id)
    return saca.numero, [c.envio.numero for c in contenido(sesion, [saca_id])]
