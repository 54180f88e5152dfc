"""Who may charge for a unit, and who sees an order: the doors of this room."""

from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

from sqlmodel import Session, col, select

from ciudadania import obtener_persona
from empresa_digital.registro import (
    CON_LO_SUYO,
    EstadoUnidad,
    Facultad,
    Habilitacion,
    SinFacultad,
    TipoUnidad,
    Unidad,
    UnidadInactiva,
    con_habilitacion,
    exigir_facultad,
    exigir_habilitacion,
    sostener_activas,
    unidad_por_id,
    unidades_de,
    unidades_representadas,
)
from nucleo.actor import Actor, Autorizacion
from nucleo.textos import gettext as _
from pagos.cobros.errores import EntidadNoRecibe, OrdenNoEncontrada
from pagos.cobros.modelos import Orden, Pago
from pagos.libro import Codigo, TipoCuenta, cuenta_de_unidad

ALCANCE = "cobros"
ACTIVAS = (EstadoUnidad.INSCRITA,)
RECIBEN = (Habilitacion.RECEPTOR_DE_PAGOS, Habilitacion.ENTIDAD_CONTRATANTE)


class Papel(StrEnum):
    """How somebody is concerned by an order."""

    COBRADOR = "cobrador"
    PAGADOR = "pagador"


def recibe_pagos(sesion: Session, unidad_id: UUID) -> bool:
    """Whether the unit may be paid today: it receives payments, or is an entity that contracts."""
    return bool(con_habilitacion(sesion, [unidad_id], *RECIBEN))


def exigir_receptor(sesion: Session, unidad_id: UUID) -> None:
    """For who charges; the unit stays registered until the transaction ends. Raises `SinHabilitacion`."""
    sostener_activas(sesion, [unidad_id])
    if not recibe_pagos(sesion, unidad_id):
        exigir_habilitacion(sesion, unidad_id, Habilitacion.RECEPTOR_DE_PAGOS)


def cuenta_que_recibe(sesion: Session, unidad_id: UUID) -> tuple[int, Codigo]:
    """The ledger account a unit collects in, and why money moves to it. The unit stays registered until the
    transaction ends, so that no money is left in one that closes. Raises `EntidadNoRecibe`.
    """
    sostener_activas(sesion, [unidad_id])
    if not recibe_pagos(sesion, unidad_id):
        raise EntidadNoRecibe(
            _("Consulte con quien le cobra: su habilitación para recibir pagos no rige hoy.")
        )
    if unidad_por_id(sesion, unidad_id).tipo == TipoUnidad.ENTIDAD_PUBLICA:
        return cuenta_de_unidad(sesion, unidad_id, TipoCuenta.RECAUDACION), Codigo.PAGO_ESTADO
    return cuenta_de_unidad(sesion, unidad_id, TipoCuenta.COMERCIO), Codigo.PAGO_COMERCIO


def exigir_cobrar(
    sesion: Session, actor: Actor, unidad_id: UUID, estados: Collection[EstadoUnidad] = ACTIVAS
) -> Autorizacion:
    """The authority to issue a unit's orders, or with `CON_LO_SUYO` to see and annul them: a person's faculty
    VENDER (ADMINISTRAR implies it), or a machine of that unit with the scope `cobros`. Raises `SinFacultad`.
    """
    if actor.tipo == "cliente":
        suya = actor.unidad_cliente_id == unidad_id and ALCANCE in actor.alcances
        if suya and unidad_por_id(sesion, unidad_id).estado in estados:
            return Autorizacion(actor=actor, unidad_id=unidad_id)
        raise SinFacultad(_("Este cliente no cobra por esa unidad económica."))
    return exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER, estados=estados)


def exigir_catalogo(sesion: Session, actor: Actor, unidad_id: UUID) -> Autorizacion:
    """The authority to edit a unit's catalogue of fees: people with ADMINISTRAR. Raises `SinFacultad`."""
    return exigir_facultad(sesion, actor, unidad_id, Facultad.ADMINISTRAR)


def unidades_que_cobran(
    sesion: Session, actor: Actor, estados: Collection[EstadoUnidad] = ACTIVAS
) -> list[Unidad]:
    """The units that the actor may charge for and that may receive payments today; with `CON_LO_SUYO`, those
    too whose orders are only to be ended.
    """
    if actor.tipo == "cliente":
        propias = unidades_representadas(sesion, actor, estados=estados) if ALCANCE in actor.alcances else []
    else:
        propias = unidades_de(sesion, actor, Facultad.VENDER, estados=estados)
    reciben = con_habilitacion(sesion, [u.id for u in propias], *RECIBEN, estados=estados)
    return [u for u in propias if u.id in reciben]


def puede_cobrar(sesion: Session, actor: Actor | None, unidad_id: UUID) -> bool:
    if actor is None:
        return False
    try:
        exigir_cobrar(sesion, actor, unidad_id, CON_LO_SUYO)
    except SinFacultad:
        return False
    return True


def papel_en(sesion: Session, actor: Actor | None, orden: Orden) -> Papel | None:
    """Whether the actor charges this order, owes or paid it, or has nothing to do with it."""
    if actor is None:
        return None
    if puede_cobrar(sesion, actor, orden.unidad_id):
        return Papel.COBRADOR
    if actor.persona_id is None:
        return None
    if orden.pagador_tipo == "CI" and orden.pagador_documento == documento_de(sesion, actor.persona_id):
        return Papel.PAGADOR
    consulta = select(Pago.id).where(Pago.orden_id == orden.id, col(Pago.persona_id) == actor.persona_id)
    return Papel.PAGADOR if sesion.exec(consulta.limit(1)).first() is not None else None


def exigir_papel(sesion: Session, actor: Actor, orden: Orden) -> Papel:
    """Raises `OrdenNoEncontrada`: to others the order does not exist."""
    papel = papel_en(sesion, actor, orden)
    if papel is None:
        raise OrdenNoEncontrada()
    return papel


def exigir_cobrar_orden(sesion: Session, actor: Actor, orden: Orden) -> Autorizacion:
    """As `exigir_cobrar`; for whom the order is none of their business, it does not exist.

    Raises `SinFacultad`, `OrdenNoEncontrada`."""
    try:
        return exigir_cobrar(sesion, actor, orden.unidad_id, CON_LO_SUYO)
    except UnidadInactiva:
        raise
    except SinFacultad:
        exigir_papel(sesion, actor, orden)
        raise


def documento_de(sesion: Session, persona_id: UUID) -> str:
    """A person's card number as orders carry it: `1234567` or `1234567-1A`."""
    persona = obtener_persona(sesion, persona_id)
    return f"{persona.ci}-{persona.complemento}" if persona.complemento else persona.ci
