"""Receipts that anybody can verify: a code signed with the platform's secret, and what it proves.

The code is 24 letters: the transfer's number in the ledger (6 bytes) and 72 bits of an HMAC over its number,
id and amount. It cannot be guessed nor made by others, and says nothing by itself.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime

from moneyed import Money
from sqlmodel import Session, select

from ciudadania import obtener_persona
from nucleo.configuracion import ajustes
from nucleo.dinero import a_centavos
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from pagos.cobros.consultas import orden_por_id, pago_de_transferencia
from pagos.cobros.cpt import formato_cpt
from pagos.cobros.devueltos import devuelto_de_transferencia
from pagos.cobros.errores import ComprobanteNoEncontrado
from pagos.cobros.estados import Devolucion
from pagos.cobros.modelos import Orden, Pago
from pagos.libro import NOMBRE_DE_CODIGO, TipoTitular, TipoTransferencia, nombres_de_cuentas, obtener_cuenta
from pagos.libro.modelos import Transferencia

_BYTES_NUMERO, _BYTES_FIRMA = 6, 9
LARGO = 24
_RUIDO = re.compile(r"[\s\-‐‑‒–—]+")
_PARECIDAS = str.maketrans({"0": "O", "1": "I", "8": "B"})
FIRMES = frozenset({TipoTransferencia.SIMPLE, TipoTransferencia.CONFIRMA})


@dataclass(frozen=True, slots=True)
class Comprobante:
    """What a receipt says. `paga` and `recibe` are whole names: shown to the parties only."""

    transferencia: Transferencia
    codigo: str
    monto: Money
    cuando: datetime
    concepto: str
    paga: str
    recibe: str
    recibe_unidad: bool
    orden: Orden | None
    pago: Pago | None
    devuelto: Money

    @property
    def devolucion(self) -> Devolucion:
        """Whether the payment went back to who paid, whole or in part."""
        return Devolucion.de(self.monto, self.devuelto)

    @property
    def url(self) -> str:
        return f"{ajustes().url_publica}/verificar/{self.codigo}"

    @property
    def cpt(self) -> str | None:
        return formato_cpt(self.orden.cpt) if self.orden else None


def codigo_de(transferencia: Transferencia) -> str:
    """Its verification code, in groups of four."""
    crudo = transferencia.numero.to_bytes(_BYTES_NUMERO, "big") + _firma(transferencia)
    texto = base64.b32encode(crudo).decode()
    assert len(texto) == LARGO
    return "-".join(texto[i : i + 4] for i in range(0, LARGO, 4))


def _firma(t: Transferencia) -> bytes:
    secreto = hashlib.sha256(b"comprobantes:" + ajustes().secreto.get_secret_value().encode()).digest()
    mensaje = f"{t.numero}\n{t.id}\n{a_centavos(t.monto)}\n{t.debito}\n{t.credito}".encode()
    return hmac.digest(secreto, mensaje, "sha256")[:_BYTES_FIRMA]


def comprobante_por_codigo(sesion: Session, texto: str) -> Comprobante:
    """The receipt that a code proves, however it was typed. Raises `ComprobanteNoEncontrado`."""
    limpio = _RUIDO.sub("", texto).upper().translate(_PARECIDAS)
    try:
        crudo = base64.b32decode(limpio) if len(limpio) == LARGO else b""
    except ValueError:
        crudo = b""
    if len(crudo) == _BYTES_NUMERO + _BYTES_FIRMA:
        numero = int.from_bytes(crudo[:_BYTES_NUMERO], "big")
        hallada = sesion.exec(select(Transferencia).where(Transferencia.numero == numero)).one_or_none()
        if hallada is not None and hmac.compare_digest(_firma(hallada), crudo[_BYTES_NUMERO:]):
            return comprobante_de(sesion, hallada)
    raise ComprobanteNoEncontrado(
        _("Ningún pago de Qhatu tiene ese código. Revise cada letra; si está en un papel, desconfíe de él.")
    )


def comprobante_de(sesion: Session, transferencia: Transferencia) -> Comprobante:
    """Raises `ComprobanteNoEncontrado` while the money only waits (a held payment has no receipt yet)."""
    if transferencia.tipo not in FIRMES:
        raise ComprobanteNoEncontrado(_("El pago está reservado: tendrá comprobante cuando se confirme."))
    nombres = nombres_de_cuentas(sesion, {transferencia.debito, transferencia.credito})
    pago = pago_de_transferencia(sesion, transferencia.id)
    orden = orden_por_id(sesion, pago.orden_id) if pago else None
    paga = nombres.get(transferencia.debito, "")
    if pago is not None and pago.medio == "tarjeta" and pago.persona_id is not None:
        paga = obtener_persona(sesion, pago.persona_id).nombre_completo  # the money came from outside
    motivo = str(NOMBRE_DE_CODIGO.get(transferencia.codigo, _l("Movimiento")))
    return Comprobante(
        transferencia=transferencia,
        codigo=codigo_de(transferencia),
        monto=transferencia.monto,
        cuando=transferencia.creada_en,
        concepto=orden.detalle if orden else motivo,
        paga=paga,
        recibe=nombres.get(transferencia.credito, ""),
        recibe_unidad=_es_de_unidad(sesion, transferencia.credito),
        orden=orden,
        pago=pago,
        devuelto=devuelto_de_transferencia(sesion, transferencia, pago),
    )


def _es_de_unidad(sesion: Session, cuenta_id: int) -> bool:
    return obtener_cuenta(sesion, cuenta_id).titular_tipo != TipoTitular.PERSONA
