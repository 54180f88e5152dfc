"""A purchase whose QR any wallet pays: its buyer's own on another telephone, or somebody else's.

The code is random and good while the purchase waits. Who reads it sees what it costs and who sells, never
what was bought nor where it goes. It is paid whole and once: with the purchase's row held, the money enters
its account and goes into custody in the same transaction, so nothing comes late.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from moneyed import Money
from sqlmodel import Session, col, select

from comercio.carrito import Titular, bloquear_carrito
from comercio.compra import pedidos_de
from comercio.por_pagar.bloqueos import bloquear_por_pagar
from comercio.por_pagar.errores import CompraNoEspera, CompraPorPagarNoEncontrada, YaSePago
from comercio.por_pagar.estados import EstadoPorPagar, Medio
from comercio.por_pagar.modelos import PorPagar
from comercio.por_pagar.seguir import pagada
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos, cero
from nucleo.errores import Prohibido
from nucleo.limites import limitar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from pagos import Codigo, SolicitudTransferencia, exigir_cuenta, exigir_transferencia, obtener_cuenta, qr
from pagos.cobros import codigo_de_asunto

LECTURAS_POR_MINUTO = 30


@dataclass(frozen=True, slots=True)
class CompraPorQr:
    """What who reads the code of a purchase sees."""

    compra_id: UUID
    codigo: str
    estado: EstadoPorPagar
    pagada: bool
    total: Money
    vendedores: Sequence[str]
    vence_en: datetime
    pagada_de: int | None
    """From which account, once it is."""


def leer_compra(sesion: Session, actor: Actor, codigo: str) -> CompraPorQr:
    """For a person who reads it, under their quota. Raises `Prohibido`, `CompraPorPagarNoEncontrada`."""
    if actor.persona_id is None:
        raise Prohibido(_("Un código lo lee una persona: ingrese como tal."))
    limitar("pagos.qr", actor.clave, cupo=LECTURAS_POR_MINUTO, ventana_s=60)
    return compra_por_qr(sesion, codigo)


def compra_por_qr(sesion: Session, codigo: str) -> CompraPorQr:
    """Raises `CompraPorPagarNoEncontrada`."""
    fila = _por_codigo(sesion, codigo)
    pedidos = pedidos_de(sesion, fila.compra_id)
    return CompraPorQr(
        fila.compra_id,
        codigo,
        EstadoPorPagar(fila.estado),
        fila.pagada_en is not None,
        sum((p.total for p in pedidos), cero()),
        sorted({p.vendedor_nombre for p in pedidos}),
        fila.vence_en,
        fila.pagada_de,
    )


def texto_del_qr(sesion: Session, fila: PorPagar) -> str | None:
    """The payload of a purchase that waits, to be drawn; None of any other."""
    if fila.medio != Medio.QR or fila.estado != EstadoPorPagar.POR_PAGAR:
        return None
    assert fila.codigo is not None
    return qr.generar(
        asunto=fila.codigo,
        comercio=_("Compra en Qhatu"),
        ciudad="Bolivia",
        monto=compra_por_qr(sesion, fila.codigo).total,
        vence_en=fila.vence_en,
    )


@codigo_de_asunto
def leer_codigo(sesion: Session, datos: qr.DatosQR) -> str | None:
    """The page where a purchase is paid. Raises `QrInvalido` when the code is not the one that it made."""
    try:
        compra = compra_por_qr(sesion, datos.asunto or "")
    except CompraPorPagarNoEncontrada:
        return None
    if datos.dinero != compra.total:
        texto = _("El monto del código no es el de la compra: alguien pudo cambiarlo. No lo pague.")
        raise qr.QrInvalido("monto_distinto", texto)
    return f"/pagar-compra/{compra.codigo}"


def pagar_por_qr(sesion: Session, actor: Actor, codigo: str, cuenta_id: int, total: Money) -> None:
    """Pay all of a purchase from an account of the actor's; `total` is what they saw. Paid already from that
    account, nothing happens again.

    Raises `CompraPorPagarNoEncontrada`, `YaSePago`, `CompraNoEspera`, `Prohibido`, and the ledger's errors.
    """
    compra_id = _por_codigo(sesion, codigo).compra_id
    persona_id = sesion.exec(select(PorPagar.persona_id).where(col(PorPagar.compra_id) == compra_id)).one()
    bloquear_carrito(sesion, Titular(persona_id=persona_id))
    fila = bloquear_por_pagar(sesion, compra_id)
    cuenta = obtener_cuenta(sesion, cuenta_id)
    autorizacion = exigir_cuenta(sesion, actor, cuenta, total)
    if fila.pagada_en is not None:
        if fila.pagada_de == cuenta_id:
            return
        raise YaSePago(_("Otra cuenta ya la pagó: no hace falta pagar otra vez."))
    if fila.estado != EstadoPorPagar.POR_PAGAR or fila.vence_en <= ahora_bd(sesion):
        raise CompraNoEspera(_("Pasó su plazo o se dejó: pida un código nuevo a quien compra."))
    compra = compra_por_qr(sesion, codigo)
    if total != compra.total:
        raise CompraNoEspera(_("No cuesta eso: mire otra vez su código."))
    if any(p.vendedor_id == cuenta.titular_id for p in pedidos_de(sesion, compra_id)):
        raise CompraNoEspera(_("Quien vende no paga lo que le compran: elija otra cuenta."))
    exigir_transferencia(
        sesion,
        SolicitudTransferencia(
            id=uuid5(compra_id, "qr"),
            codigo=Codigo.PAGO_EN_CUSTODIA,
            debito=cuenta_id,
            credito=fila.cuenta,
            monto=total,
            referencia=compra_id,
        ),
        autorizacion,
    )
    comprada = pagada(sesion, fila, de=cuenta_id)
    assert comprada
    hechos = {"centavos": a_centavos(total)}
    auditar(sesion, autorizacion, "compra.pagar_por_qr", "comercio_compra", compra_id, hechos)


def _por_codigo(sesion: Session, codigo: str) -> PorPagar:
    consulta = (
        select(PorPagar).where(col(PorPagar.codigo) == codigo).execution_options(populate_existing=True)
    )
    fila = sesion.exec(consulta).one_or_none()
    if fila is None:
        raise CompraPorPagarNoEncontrada()
    return fila
