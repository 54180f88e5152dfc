"""A bid waits when its call changes: who made it reconfirms it, or presents another; otherwise it ends."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, func, select

from empresa_digital.registro import Facultad, Habilitacion, exigir_facultad, exigir_habilitacion
from feria_inversa.entidades import exigir_sin_conflicto_al_ofertar
from feria_inversa.ofertas import eventos
from feria_inversa.ofertas.a_tiempo import exigir_a_tiempo
from feria_inversa.ofertas.bloqueos import lugar_de
from feria_inversa.ofertas.declaraciones import exigir_leida
from feria_inversa.ofertas.errores import (
    OfertaNoEncontrada,
    OfertaPorRehacer,
    OfertaTerminada,
    VersionCambiada,
)
from feria_inversa.ofertas.estados import EstadoOferta
from feria_inversa.ofertas.modelos import Oferta, Reconfirmacion
from feria_inversa.ofertas.ofertas import OBJETO, terminar
from feria_inversa.procesos import Estado, compartir
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.eventos import publicar
from nucleo.textos import gettext as _


def reconfirmar_oferta(
    sesion: Session,
    actor: Actor,
    oferta_id: UUID,
    version: int | None = None,
    declaracion: int | None = None,
) -> Oferta:
    """The envelope of before also holds for the version in force of its call, and what is declared with it is
    declared again; twice is once. `version` and `declaracion` are those that were read.

    Raises `OfertaTardia`, `OfertaTerminada`, `VersionCambiada`, and `OfertaPorRehacer` when what is asked
    changed since.
    """
    oferta = sesion.get(Oferta, oferta_id)
    if oferta is None:
        raise OfertaNoEncontrada
    autorizacion = exigir_facultad(sesion, actor, oferta.unidad_id, Facultad.OFERTAR)
    exigir_habilitacion(sesion, oferta.unidad_id, Habilitacion.PROVEEDOR_DEL_ESTADO)
    convocatoria = compartir(sesion, oferta.convocatoria_id)
    exigir_sin_conflicto_al_ofertar(sesion, actor, convocatoria.unidad_id, oferta.unidad_id)
    lugar_de(sesion, convocatoria.id, oferta.unidad_id)
    sesion.refresh(oferta)
    instante = exigir_a_tiempo(sesion, convocatoria)
    if oferta.estado != EstadoOferta.VIGENTE:
        raise OfertaTerminada
    if vale(sesion, convocatoria, oferta):
        return oferta
    if version not in {None, convocatoria.versiones}:
        raise VersionCambiada(_("Lea lo que cambió y reconfirme su oferta otra vez."))
    if oferta.version < convocatoria.pedido_en:
        raise OfertaPorRehacer(_("Cambiaron los ítems o los días de entrega desde que la presentó."))
    sesion.add(
        Reconfirmacion(
            oferta_id=oferta.id,
            version=convocatoria.versiones,
            hecha_en=instante,
            hecha_por=actor.nombre,
            declaracion=exigir_leida(sesion, declaracion),
        )
    )
    sesion.flush()
    hechos = {"convocatoria_id": str(convocatoria.id), "version": convocatoria.versiones}
    publicar(sesion, eventos.OFERTA_RECONFIRMADA, oferta.id, hechos, actor)
    auditar(sesion, autorizacion, "oferta.reconfirmar", OBJETO, oferta.id, hechos)
    sesion.flush()
    return oferta


def vale(sesion: Session, convocatoria: Convocatoria, oferta: Oferta) -> bool:
    """Whether a bid is for the version in force: made for it, or reconfirmed."""
    if oferta.version == convocatoria.versiones:
        return True
    return sesion.get(Reconfirmacion, (oferta.id, convocatoria.versiones)) is not None


def las_que_valen(sesion: Session, filas: Sequence[tuple[Oferta, Convocatoria]]) -> set[UUID]:
    """`vale`, of many."""
    ids = [oferta.id for oferta, _c in filas]
    consulta = select(Reconfirmacion.oferta_id, Reconfirmacion.version).where(
        col(Reconfirmacion.oferta_id).in_(ids)
    )
    dichas = {(id_, version) for id_, version in sesion.exec(consulta)}
    dichas |= {(oferta.id, oferta.version) for oferta, _c in filas}
    return {oferta.id for oferta, c in filas if (oferta.id, c.versiones) in dichas}


def por_sostener(sesion: Session, unidades: Sequence[UUID]) -> list[tuple[Oferta, Convocatoria]]:
    """The bids of these units that will not be opened as they are: those that must be made again, and those
    that are to be reconfirmed; by when their calls close.
    """
    dicha = select(Reconfirmacion.oferta_id).where(
        Reconfirmacion.oferta_id == Oferta.id, Reconfirmacion.version == Convocatoria.versiones
    )
    consulta = (
        select(Oferta, Convocatoria)
        .join(Convocatoria, col(Convocatoria.id) == Oferta.convocatoria_id)
        .where(
            col(Oferta.unidad_id).in_(unidades),
            Oferta.estado == EstadoOferta.VIGENTE,
            Convocatoria.estado == Estado.PUBLICADO,
            col(Convocatoria.vence_en) > select(func.nucleo_ahora()).scalar_subquery(),
            col(Convocatoria.versiones) > 1,  # as what follows says; few are, and the database knows it
            col(Oferta.version) < col(Convocatoria.versiones),
            ~dicha.exists(),
        )
        .order_by(col(Convocatoria.vence_en), col(Oferta.id))
    )
    return list(sesion.exec(consulta).all())


def _para_la_ultima(convocatoria: Convocatoria) -> ColumnElement[bool]:
    """SQL condition: `vale`."""
    reconfirmadas = select(Reconfirmacion.oferta_id).where(Reconfirmacion.version == convocatoria.versiones)
    return or_(col(Oferta.version) == convocatoria.versiones, col(Oferta.id).in_(reconfirmadas))


def hay_por_abrir(sesion: Session, convocatoria: Convocatoria) -> bool:
    """Whether a closed call has an envelope to open: of a bid that stands, for the version in force."""
    consulta = select(Oferta.id).where(
        Oferta.convocatoria_id == convocatoria.id,
        Oferta.estado == EstadoOferta.VIGENTE,
        _para_la_ultima(convocatoria),
    )
    return sesion.exec(consulta.limit(1)).first() is not None


def caducar_sin_reconfirmar(sesion: Session, convocatoria: Convocatoria, instante: datetime) -> int:
    """End the bids of a locked call, in its opening, that are not for its last version; how many.

    Their envelopes are never opened.
    """
    if convocatoria.versiones == 1:
        return 0
    consulta = (
        select(Oferta)
        .where(
            Oferta.convocatoria_id == convocatoria.id,
            Oferta.estado == EstadoOferta.VIGENTE,
            ~_para_la_ultima(convocatoria),
        )
        .order_by(col(Oferta.presentada_en), col(Oferta.id))
    )
    ofertas = sesion.exec(consulta).all()
    sistema = Autorizacion.propia(Actor.sistema("apertura"))
    for oferta in ofertas:
        terminar(oferta, EstadoOferta.CADUCADA, instante)
        hechos = {"convocatoria_id": str(convocatoria.id), "version": convocatoria.versiones}
        auditar(sesion, sistema, "oferta.caducar", OBJETO, oferta.id, hechos)
    sesion.flush()
    return len(ofertas)
