"""The ISO 20022 message that orders a bank to pay: pain.001.001.09."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from lxml import etree

from nucleo.reloj import ZONA, fecha_bolivia
from pagos.retiros.latino import a_latino
from pagos.retiros.modelos import LoteDeRetiros, Retiro

PAIN = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
ORDENANTE = "Qhatu"
MONEDA = "BOB"


def escribir_pain001(
    lote: LoteDeRetiros, retiros: Sequence[Retiro], bancos: dict[str, str], creado: datetime
) -> bytes:
    """The file that orders the bank to pay these withdrawals. Its totals are exact."""
    assert len(retiros) == lote.cantidad
    total = sum((r.monto.amount for r in retiros), Decimal(0))
    assert total == lote.total.amount
    raiz = etree.Element(f"{{{PAIN}}}Document", nsmap={None: PAIN})
    iniciacion = _hijo(raiz, "CstmrCdtTrfInitn")
    grupo = _hijo(iniciacion, "GrpHdr")
    _hijo(grupo, "MsgId", lote.id.hex)
    _hijo(grupo, "CreDtTm", creado.astimezone(ZONA).isoformat(timespec="seconds"))
    _hijo(grupo, "NbOfTxs", str(len(retiros)))
    _hijo(grupo, "CtrlSum", f"{total:.2f}")
    _hijo(_hijo(grupo, "InitgPty"), "Nm", ORDENANTE)
    pago = _hijo(iniciacion, "PmtInf")
    _hijo(pago, "PmtInfId", lote.id.hex)
    _hijo(pago, "PmtMtd", "TRF")
    _hijo(pago, "BtchBookg", "false")  # one entry a withdrawal, so that each is told apart
    _hijo(pago, "NbOfTxs", str(len(retiros)))
    _hijo(pago, "CtrlSum", f"{total:.2f}")
    _hijo(_hijo(pago, "ReqdExctnDt"), "Dt", fecha_bolivia(creado).isoformat())
    _hijo(_hijo(pago, "Dbtr"), "Nm", ORDENANTE)
    cuenta = _hijo(pago, "DbtrAcct")
    _hijo(_hijo(_hijo(cuenta, "Id"), "Othr"), "Id", "LIQUIDACION")
    _hijo(cuenta, "Ccy", MONEDA)
    _hijo(_hijo(_hijo(_hijo(pago, "DbtrAgt"), "FinInstnId"), "Othr"), "Id", "NOTPROVIDED")
    for retiro in retiros:
        _transferencia(pago, retiro, bancos[retiro.banco])
    return bytes(etree.tostring(raiz, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _transferencia(pago: Any, retiro: Retiro, banco: str) -> None:
    una = _hijo(pago, "CdtTrfTxInf")
    _hijo(_hijo(una, "PmtId"), "EndToEndId", retiro.extremo)
    monto = _hijo(_hijo(una, "Amt"), "InstdAmt", f"{retiro.monto.amount:.2f}")
    monto.set("Ccy", MONEDA)
    agente = _hijo(_hijo(una, "CdtrAgt"), "FinInstnId")
    _hijo(agente, "Nm", a_latino(banco))
    _hijo(_hijo(agente, "Othr"), "Id", retiro.banco)
    _hijo(_hijo(una, "Cdtr"), "Nm", a_latino(retiro.titular)[:70] or retiro.titular)
    _hijo(_hijo(_hijo(_hijo(una, "CdtrAcct"), "Id"), "Othr"), "Id", retiro.numero_cuenta)
    _hijo(_hijo(una, "RmtInf"), "Ustrd", "Retiro de Qhatu")


def _hijo(padre: Any, nombre: str, texto: str | None = None) -> Any:
    hijo = etree.SubElement(padre, f"{{{PAIN}}}{nombre}")
    hijo.text = texto
    return hijo
