"""Reads of card payments: one, mine, what may still be refunded, what a regulator must see."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from moneyed import Money
from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from nucleo.actor import Actor
from nucleo.dinero import cero, de_centavos, sumar
from nucleo.errores import Prohibido
from nucleo.paginacion import CursorPedido, paginar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos.libro import Cuenta, cuentas_de, obtener_cuenta, puede_ver
from pagos.tarjetas.errores import DisputaInexistente, IntentoInexistente, TarjetaInexistente
from pagos.tarjetas.estados import (
    REEMBOLSOS_SIN_EFECTO,
    Estado,
    EstadoDisputa,
    EstadoReembolso,
    EstadoRespuesta,
    EstadoTarjeta,
)
from pagos.tarjetas.modelos import (
    Disputa,
    Intento,
    PasoDeIntento,
    Reembolso,
    RespuestaDisputa,
    TarjetaGuardada,
)

PLAZO_DE_REEMBOLSO = timedelta(days=90)


def intento_por_id(sesion: Session, intento_id: UUID) -> Intento:
    """The payment as it is now. Raises `IntentoInexistente`."""
    consulta = select(Intento).where(Intento.id == intento_id).execution_options(populate_existing=True)
    intento = sesion.exec(consulta).one_or_none()
    if intento is None:
        raise IntentoInexistente()
    return intento


def hay_pago(sesion: Session, intento_id: UUID) -> bool:
    """Whether something was ever asked of a card with that id."""
    return sesion.get(Intento, intento_id) is not None


def exigir_ver(sesion: Session, actor: Actor, intento: Intento) -> Cuenta:
    """Who paid, and who may use the account that receives, see a payment. Raises `Prohibido`."""
    cuenta = obtener_cuenta(sesion, intento.destino)
    if intento.persona_id == actor.persona_id or puede_ver(sesion, actor, cuenta):
        return cuenta
    raise Prohibido(_("Este pago con tarjeta no es suyo ni de una unidad por la que usted pueda pagar."))


def intentos_de(
    sesion: Session, actor: Actor, pagina: CursorPedido, *, proposito: str | None = None
) -> tuple[list[Intento], str | None]:
    """The payments that the actor made, and those into accounts they may use; newest first."""
    cuentas = [c.id for c in cuentas_de(sesion, actor)]
    mios: ColumnElement[bool] = col(Intento.destino).in_(cuentas)
    if actor.persona_id is not None:
        mios = or_(col(Intento.persona_id) == actor.persona_id, mios)
    consulta = select(Intento).where(mios)
    if proposito is not None:
        consulta = consulta.where(Intento.proposito == proposito)
    return paginar(sesion, consulta, pagina, columnas=(col(Intento.creado_en), col(Intento.id)))


def en_curso(sesion: Session, persona_id: UUID) -> Sequence[Intento]:
    """The person's payments that wait for the person."""
    consulta = (
        select(Intento)
        .where(Intento.persona_id == persona_id, Intento.estado == Estado.REQUIERE_ACCION.value)
        .order_by(col(Intento.creado_en).desc())
        .limit(5)
    )
    return sesion.exec(consulta).all()


def pasos_de(sesion: Session, intento_id: UUID) -> Sequence[PasoDeIntento]:
    """The payment's history, oldest first."""
    return sesion.exec(
        select(PasoDeIntento)
        .where(PasoDeIntento.intento_id == intento_id)
        .order_by(col(PasoDeIntento.numero))
    ).all()


def reembolsos_de(sesion: Session, intento_id: UUID) -> Sequence[Reembolso]:
    return sesion.exec(
        select(Reembolso)
        .where(Reembolso.intento_id == intento_id)
        .order_by(col(Reembolso.creado_en), col(Reembolso.id))
    ).all()


def disputas_de(sesion: Session, intento_id: UUID) -> Sequence[Disputa]:
    """The claims on a payment, oldest first."""
    return disputas_por_intento(sesion, [intento_id]).get(intento_id, ())


def disputas_por_intento(sesion: Session, intentos: Collection[UUID]) -> dict[UUID, list[Disputa]]:
    """The claims on each of several payments, oldest first; those without any are not in the answer."""
    consulta = select(Disputa).where(col(Disputa.intento_id).in_(intentos)).order_by(col(Disputa.creado_en))
    agrupadas: dict[UUID, list[Disputa]] = {}
    for disputa in sesion.exec(consulta):
        agrupadas.setdefault(disputa.intento_id, []).append(disputa)
    return agrupadas


def plazo_de_reembolso(intento: Intento) -> datetime | None:
    """Until when a payment may be given back to its card; None while it is not over."""
    return intento.terminado_en + PLAZO_DE_REEMBOLSO if intento.terminado_en is not None else None


def es_reembolsable(sesion: Session, intento: Intento) -> bool:
    """Whether something of a payment may be given back to its card now."""
    hasta = plazo_de_reembolso(intento)
    if intento.estado != Estado.PAGADO or hasta is None or ahora_bd(sesion) > hasta:
        return False
    disputada = any(d.estado == EstadoDisputa.ABIERTA for d in disputas_de(sesion, intento.id))
    return not disputada and bool(saldo_reembolsable(sesion, intento))


def saldo_reembolsable(sesion: Session, intento: Intento) -> Money:
    """What of a charge may still go back to the card: what was charged, minus its refunds and what
    the bank claims in disputes."""
    if intento.estado not in (Estado.PAGADO, Estado.OBSERVADO) or intento.recibido is None:
        return cero()
    reembolsado = sesion.exec(
        select(sumar(Reembolso.monto)).where(
            Reembolso.intento_id == intento.id,
            col(Reembolso.estado).not_in([e.value for e in REEMBOLSOS_SIN_EFECTO]),
        )
    ).one()
    disputado = sesion.exec(
        select(sumar(Disputa.monto)).where(
            Disputa.intento_id == intento.id, col(Disputa.estado) != EstadoDisputa.GANADA.value
        )
    ).one()
    return max(cero(), de_centavos(intento.recibido) - reembolsado - disputado)


def devuelto_a_tarjetas(sesion: Session, intentos: Collection[UUID]) -> dict[UUID, Money]:
    """How much of each charge went back to its card: refunds done and disputes lost. Charges of which
    nothing went back, and ids that are no charge, are not in the answer."""
    sumas: dict[UUID, Money] = {}
    reembolsos = (
        select(Reembolso.intento_id, sumar(Reembolso.monto))
        .where(col(Reembolso.intento_id).in_(intentos), Reembolso.estado == EstadoReembolso.HECHO.value)
        .group_by(col(Reembolso.intento_id))
    )
    disputas = (
        select(Disputa.intento_id, sumar(Disputa.monto))
        .where(col(Disputa.intento_id).in_(intentos), Disputa.estado == EstadoDisputa.PERDIDA.value)
        .group_by(col(Disputa.intento_id))
    )
    for consulta in (reembolsos, disputas):
        for intento_id, suma in sesion.exec(consulta):
            sumas[intento_id] = sumas.get(intento_id, cero()) + suma
    return sumas


# --- Saved cards, answers to claims -------------------------------------------------------------------------


def tarjeta_por_id(sesion: Session, tarjeta_id: UUID) -> TarjetaGuardada:
    """Raises `TarjetaInexistente`."""
    hallada = sesion.get(TarjetaGuardada, tarjeta_id, populate_existing=True)
    if hallada is None:
        raise TarjetaInexistente()
    return hallada


def tarjetas_de(sesion: Session, persona_id: UUID) -> Sequence[TarjetaGuardada]:
    """The person's cards that are not over, the oldest first."""
    consulta = (
        select(TarjetaGuardada)
        .where(TarjetaGuardada.persona_id == persona_id, col(TarjetaGuardada.terminado_en).is_(None))
        .order_by(col(TarjetaGuardada.creado_en), col(TarjetaGuardada.id))
    )
    return sesion.exec(consulta).all()


def guardadas_de(sesion: Session, persona_id: UUID) -> list[TarjetaGuardada]:
    """Those with which the person can pay."""
    return [t for t in tarjetas_de(sesion, persona_id) if t.estado == EstadoTarjeta.GUARDADA]


def cliente_en_la_pasarela(sesion: Session, persona_id: UUID) -> str | None:
    """The gateway's customer that the person is since their first saved card."""
    consulta = (
        select(TarjetaGuardada.cliente)
        .where(TarjetaGuardada.persona_id == persona_id, col(TarjetaGuardada.cliente).is_not(None))
        .order_by(col(TarjetaGuardada.creado_en))
        .limit(1)
    )
    return sesion.exec(consulta).one_or_none()


def guardada_por_metodo(sesion: Session, metodo: str | None) -> TarjetaGuardada | None:
    """The saved card that a gateway's method is, whoever has it and even when it was taken off."""
    if metodo is None:
        return None
    return sesion.exec(select(TarjetaGuardada).where(TarjetaGuardada.pasarela_id == metodo)).one_or_none()


def disputa_por_id(sesion: Session, disputa_id: UUID) -> Disputa:
    """Raises `DisputaInexistente`."""
    hallada = sesion.get(Disputa, disputa_id, populate_existing=True)
    if hallada is None:
        raise DisputaInexistente()
    return hallada


def respuesta_viva(sesion: Session, disputa_id: UUID) -> RespuestaDisputa | None:
    """The answer that is on its way to the bank, or there."""
    consulta = select(RespuestaDisputa).where(
        RespuestaDisputa.disputa_id == disputa_id,
        col(RespuestaDisputa.estado) != EstadoRespuesta.RECHAZADA.value,
    )
    return sesion.exec(consulta).one_or_none()


def es_respondible(disputa: Disputa, respuesta: RespuestaDisputa | None, instante: datetime) -> bool:
    """Whether the bank would still take an answer to this claim."""
    a_tiempo = disputa.responder_hasta is None or instante < disputa.responder_hasta
    respondida = respuesta is not None and respuesta.estado != EstadoRespuesta.RECHAZADA
    return disputa.estado == EstadoDisputa.ABIERTA and a_tiempo and not respondida


def respuestas_de(sesion: Session, disputas: Collection[UUID]) -> dict[UUID, RespuestaDisputa]:
    """Of each claim the last answer; those without one are not in the answer."""
    consulta = (
        select(RespuestaDisputa)
        .where(col(RespuestaDisputa.disputa_id).in_(disputas))
        .order_by(col(RespuestaDisputa.creado_en))
    )
    return {r.disputa_id: r for r in sesion.exec(consulta)}


def otra_disputa_con_faltante(sesion: Session, cuenta_id: int, salvo: UUID) -> Disputa | None:
    """Another claim on the account that its money does not cover."""
    return sesion.exec(_sin_cubrir(cuenta_id).where(Disputa.id != salvo).limit(1)).first()


def _sin_cubrir(cuenta_id: int) -> SelectOfScalar[Disputa]:
    return select(Disputa).where(
        Disputa.cuenta == cuenta_id,
        col(Disputa.estado) != EstadoDisputa.GANADA.value,
        col(Disputa.retenido) + col(Disputa.cobrado) < col(Disputa.monto),
    )


@dataclass(frozen=True, slots=True)
class ReclamoSinCubrir:
    """What a bank claims of a payment by card, and how much of it the account that was paid does not have."""

    intento_id: UUID
    monto: Money
    falta: Money


def reclamos_sin_cubrir(sesion: Session, cuenta_id: int) -> list[ReclamoSinCubrir]:
    """Why the platform froze an account: the claims that its money does not cover, the oldest first."""
    filas = sesion.exec(_sin_cubrir(cuenta_id).order_by(col(Disputa.creado_en)))
    return [ReclamoSinCubrir(d.intento_id, d.monto, d.faltante) for d in filas]


@dataclass(frozen=True, slots=True)
class ReclamoDelBanco:
    """What a bank claims of a payment by card: how it stands, and what of it nobody's money covers yet.
    `de_quien_pago`: who paid answers for that with their wallet, no longer the account that was paid.
    `responder_hasta`: until when the bank takes evidence; `respuesta`, where the last that was sent is.
    `cambio`: it gave back after all what it had taken; `por_repartir`, what of that the account had held, and
    has still to be given to whose it was."""

    id: UUID
    estado: EstadoDisputa
    monto: Money
    falta: Money
    de_quien_pago: bool
    creado_en: datetime
    responder_hasta: datetime | None
    respuesta: EstadoRespuesta | None
    cambio: bool
    por_repartir: Money


def reclamos_del_banco(sesion: Session, intento_id: UUID) -> list[ReclamoDelBanco]:
    """What banks claimed of a payment, the oldest first."""
    disputas = disputas_de(sesion, intento_id)
    cobro = intento_por_id(sesion, intento_id).destino if disputas else 0
    respuestas = respuestas_de(sesion, [d.id for d in disputas]) if disputas else {}
    return [
        ReclamoDelBanco(
            d.id,
            EstadoDisputa(d.estado),
            d.monto,
            d.faltante,
            d.cuenta != cobro,
            d.creado_en,
            d.responder_hasta,
            EstadoRespuesta(respuestas[d.id].estado) if d.id in respuestas else None,
            d.recuperada_en is not None,
            d.por_repartir,
        )
        for d in disputas
    ]


@dataclass(frozen=True, slots=True)
class RecuperadoSinRepartir:
    """What a bank gave back of a payment, and nobody has yet; since when it waits."""

    disputa_id: UUID
    intento_id: UUID
    monto: Money
    desde: datetime


def recuperado_sin_repartir(sesion: Session) -> list[RecuperadoSinRepartir]:
    """All of it, the oldest first."""
    consulta = select(Disputa).where(col(Disputa.por_repartir) > cero()).order_by(col(Disputa.recuperada_en))
    return [
        RecuperadoSinRepartir(d.id, d.intento_id, d.por_repartir, d.recuperada_en)
        for d in sesion.exec(consulta)
        if d.recuperada_en is not None
    ]


def reclama_un_banco(sesion: Session, intento_id: UUID) -> bool:
    """Whether a bank claims a payment and has not decided; of what is no payment by card, no."""
    consulta = select(Disputa.id).where(
        Disputa.intento_id == intento_id, Disputa.estado == EstadoDisputa.ABIERTA.value
    )
    return sesion.exec(consulta.limit(1)).first() is not None


def observados(sesion: Session, pagina: CursorPedido) -> tuple[list[Intento], str | None]:
    """Charges that do not match what we asked, newest first."""
    consulta = select(Intento).where(Intento.estado == Estado.OBSERVADO.value)
    return paginar(sesion, consulta, pagina, columnas=(col(Intento.creado_en), col(Intento.id)))


def disputas(sesion: Session, pagina: CursorPedido) -> tuple[list[Disputa], str | None]:
    """All the claims of cardholders, newest first."""
    return paginar(sesion, select(Disputa), pagina, columnas=(col(Disputa.creado_en), col(Disputa.id)))


def sin_resolver(sesion: Session) -> dict[str, tuple[int, Money]]:
    """How many payments are in each unfinished state, and their sum."""
    filas = sesion.exec(
        select(Intento.estado, func.count(), sumar(Intento.monto))
        .where(col(Intento.consultar_en).is_not(None))
        .group_by(Intento.estado)
    )
    return {estado: (int(cuantos), suma) for estado, cuantos, suma in filas}


def faltante_total(sesion: Session) -> Money:
    """What accounts owe for claims they could not cover."""
    falta = col(Disputa.monto) - col(Disputa.retenido) - col(Disputa.cobrado)
    return sesion.exec(select(sumar(falta)).where(col(Disputa.estado) != EstadoDisputa.GANADA.value)).one()
