"""Write down a payment by card, before anybody asks the gateway for anything."""

from datetime import timedelta
from typing import Literal
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, bs, formato_bs
from nucleo.errores import DatosInvalidos
from nucleo.limites import limitar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos.libro import Codigo, cuenta_de_persona, exigir_cuenta, obtener_cuenta
from pagos.tarjetas import asientos as libro
from pagos.tarjetas.bloqueos import bloquear_intento, guardada_para_pagar, uno_por_id
from pagos.tarjetas.consultas import exigir_ver, tarjeta_por_id
from pagos.tarjetas.errores import (
    IntentoDistinto,
    MontoFueraDeRango,
    PagoNoCancelable,
    TarjetaInexistente,
    TarjetaNoUsable,
    TarjetasNoDisponibles,
)
from pagos.tarjetas.estados import Estado, EstadoTarjeta
from pagos.tarjetas.modelos import Intento
from pagos.tarjetas.puerta import tarjetas_disponibles

MINIMO = bs("5.00")  # below this the gateway refuses
MAXIMO = bs("50000.00")
VIDA = timedelta(minutes=30)  # to pay at the gateway; then the sweep closes it there
PRIMERA_CONSULTA = timedelta(seconds=30)  # when the sweep takes over from a request that died
INTENTOS_POR_HORA = 30
POR_COBRAR = frozenset({Estado.REQUIERE_ACCION, Estado.AMBIGUO, Estado.CREADO})

Proposito = Literal["recarga", "orden"]


def iniciar_pago_con_tarjeta(
    sesion: Session,
    autorizacion: Autorizacion,
    *,
    id: UUID,
    proposito: Proposito,
    destino: int,
    monto: Money,
    descripcion: str,
    codigo: Codigo = Codigo.RECARGA,
    referencia_id: UUID | None = None,
    metodo: str | None = None,
) -> Intento:
    """A new payment by card into the ledger account `destino`, with its credit held there.

    The caller commits, and only then calls `avanzar(id)`, outside any transaction. The same `id` and data
    again answer the same payment. `referencia_id` is the order being paid; `metodo` a PaymentMethod that the
    client made with the gateway (without one, the person pays on the gateway's own page).

    Raises `TarjetasNoDisponibles`, `MontoFueraDeRango`, `IntentoDistinto`, `LimiteExcedido`,
    `TarjetaInexistente` or `TarjetaNoUsable` for a saved card, and the ledger's errors when the account
    cannot receive that much.
    """
    exigir_tarjetas()
    if autorizacion.actor.persona_id is None:
        raise DatosInvalidos(_("Solo una persona puede pagar con tarjeta."))
    _exigir_monto(monto)
    uno_por_id(sesion, id)
    previo = sesion.get(Intento, id)
    if previo is not None:
        pedido = (proposito, destino, monto, referencia_id, metodo, autorizacion.actor.persona_id)
        if pedido != (
            previo.proposito,
            previo.destino,
            previo.monto,
            previo.referencia_id,
            previo.metodo,
            previo.persona_id,
        ):
            raise IntentoDistinto(_("Use un identificador nuevo para un pago nuevo."))
        return previo
    _exigir_metodo_propio(sesion, autorizacion.actor, metodo)
    limitar("pagos.tarjeta", autorizacion.actor.clave, cupo=INTENTOS_POR_HORA, ventana_s=3600)
    instante = ahora_bd(sesion)
    intento = Intento(
        id=id,
        proposito=proposito,
        referencia_id=referencia_id,
        destino=destino,
        monto=monto,
        codigo=codigo,
        modalidad="directa" if metodo else "alojada",
        metodo=metodo,
        descripcion=descripcion[:200],
        persona_id=autorizacion.actor.persona_id,
        unidad_id=autorizacion.unidad_id,
        reserva_id=libro.id_de(id, "reserva"),
        vence_en=instante + VIDA,
        consultar_en=instante + PRIMERA_CONSULTA,
    )
    sesion.add(intento)
    sesion.flush()
    libro.reservar_abono(sesion, intento, autorizacion)
    auditar(
        sesion,
        autorizacion,
        "pago_con_tarjeta.iniciar",
        "pagos_intento",
        id,
        {"proposito": proposito, "monto": a_centavos(monto), "destino": destino},
    )
    return intento


def exigir_tarjetas() -> None:
    """Raises `TarjetasNoDisponibles`."""
    if not tarjetas_disponibles():
        raise TarjetasNoDisponibles(
            _("Por ahora no se aceptan tarjetas. Pague con su billetera o con QR de su banco.")
        )


def _exigir_monto(monto: Money) -> None:
    if not a_centavos(MINIMO) <= a_centavos(monto) <= a_centavos(MAXIMO):
        texto = _("Con tarjeta se paga entre %(minimo)s y %(maximo)s.") % {
            "minimo": formato_bs(MINIMO),
            "maximo": formato_bs(MAXIMO),
        }
        raise MontoFueraDeRango(texto, campos={"monto": texto})


def _exigir_metodo_propio(sesion: Session, actor: Actor, metodo: str | None) -> None:
    """A saved card pays for its holder alone, and only while it is saved."""
    guardada = guardada_para_pagar(sesion, metodo)
    if guardada is None:
        return
    if guardada.persona_id != actor.persona_id:
        raise TarjetaInexistente()
    if guardada.estado != EstadoTarjeta.GUARDADA:
        raise TarjetaNoUsable(_("Elija otra tarjeta o escríbala en la página segura."))


def _metodo_de(sesion: Session, actor: Actor, tarjeta_id: UUID) -> str:
    tarjeta = tarjeta_por_id(sesion, tarjeta_id)
    if tarjeta.persona_id != actor.persona_id:
        raise TarjetaInexistente()
    if tarjeta.pasarela_id is None:
        raise TarjetaNoUsable(_("Termine de guardarla en la página segura, o elija otra."))
    return tarjeta.pasarela_id


def recargar(
    sesion: Session,
    actor: Actor,
    *,
    id: UUID,
    monto: Money,
    cuenta_id: int | None = None,
    metodo: str | None = None,
    tarjeta_id: UUID | None = None,
) -> Intento:
    """Top up the actor's wallet, or an account of a unit they may pay for; `tarjeta_id` is a saved card.

    Raises what `iniciar_pago_con_tarjeta` raises, `CuentaInexistente`, `Prohibido`.
    """
    exigir_tarjetas()
    if tarjeta_id is not None:
        metodo = _metodo_de(sesion, actor, tarjeta_id)
    if cuenta_id is None:
        if actor.persona_id is None:
            raise DatosInvalidos(_("Elija la cuenta que quiere recargar."))
        cuenta_id = cuenta_de_persona(sesion, actor.persona_id)
    autorizacion = exigir_cuenta(sesion, actor, obtener_cuenta(sesion, cuenta_id))
    return iniciar_pago_con_tarjeta(
        sesion,
        autorizacion,
        id=id,
        proposito="recarga",
        destino=cuenta_id,
        monto=monto,
        descripcion=_("Recarga de billetera en Qhatu"),
        metodo=metodo,
    )


def pedir_cancelacion(sesion: Session, actor: Actor, intento_id: UUID) -> Intento:
    """Ask that a payment be stopped if it was not charged yet; the sweep (or `avanzar`) does it.

    Raises `PagoNoCancelable`, `Prohibido`, `IntentoInexistente`.
    """
    intento = bloquear_intento(sesion, intento_id)
    exigir_ver(sesion, actor, intento)
    if intento.estado == Estado.CANCELADO:
        return intento
    if intento.estado not in POR_COBRAR:
        raise PagoNoCancelable(_("Ya está en manos del banco o ya terminó. Mire su estado."))
    _dejar(sesion, actor, intento)
    return intento


def dejar_de_cobrar(sesion: Session, intento_id: UUID) -> None:
    """What a payment was for waits no longer: if it was not charged yet, the sweep stops it."""
    intento = bloquear_intento(sesion, intento_id)
    if intento.estado in POR_COBRAR:
        _dejar(sesion, libro.SISTEMA.actor, intento)


def _dejar(sesion: Session, actor: Actor, intento: Intento) -> None:
    if intento.cancelar:
        return
    intento.cancelar = True
    intento.consultar_en = ahora_bd(sesion)
    auditar(sesion, actor, "pago_con_tarjeta.pedir_cancelacion", "pagos_intento", intento.id)
    sesion.flush()
