"""The two ISO 20022 messages spoken with banks: pain.001.001.09 out, camt.053 in (any version)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from lxml import etree

from nucleo.reloj import ZONA, fecha_bolivia
from nucleo.textos import gettext as _
from pagos.retiros.errores import ExtractoInvalido
from pagos.retiros.modelos import LoteDeRetiros, Retiro

PAIN = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
CAMT = "urn:iso:std:iso:20022:tech:xsd:camt.053.001."
ORDENANTE = "Qhatu"
MONEDA = "BOB"
BYTES_MAXIMOS = 5 * 1024 * 1024
LINEAS_MAXIMAS = 20_000


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
    _hijo(agente, "Nm", banco)
    _hijo(_hijo(agente, "Othr"), "Id", retiro.banco)
    _hijo(_hijo(una, "Cdtr"), "Nm", retiro.titular)
    _hijo(_hijo(_hijo(_hijo(una, "CdtrAcct"), "Id"), "Othr"), "Id", retiro.numero_cuenta)
    _hijo(_hijo(una, "RmtInf"), "Ustrd", "Retiro de Qhatu")


def _hijo(padre: Any, nombre: str, texto: str | None = None) -> Any:
    hijo = etree.SubElement(padre, f"{{{PAIN}}}{nombre}")
    hijo.text = texto
    return hijo


@dataclass(frozen=True, slots=True)
class Apunte:
    """One transaction of a statement. `centavos` is None when its amount is not a whole number of them."""

    extremo: str | None
    centavos: int | None
    moneda: str
    sentido: str
    contabilizado: bool


def leer_camt053(contenido: bytes) -> list[Apunte]:
    """The transactions of a statement. Raises `ExtractoInvalido`; no entity or network is ever resolved."""
    if not contenido.strip():
        raise _malo(_("Elija el archivo del extracto."))
    if len(contenido) > BYTES_MAXIMOS:
        raise _malo(_("El extracto pesa más de 5 MB. Pida al banco uno por día."))
    lector = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        raiz = etree.fromstring(contenido, lector)
    except etree.XMLSyntaxError as error:
        raise _malo(_("El archivo no es XML bien formado.")) from error
    espacio = etree.QName(raiz).namespace or ""
    if raiz.getroottree().docinfo.doctype or not espacio.startswith(CAMT):
        raise _malo(_("El archivo no es un extracto camt.053."))
    apuntes = [a for entrada in raiz.iterfind(".//{*}Ntry") for a in _apuntes(entrada)]
    if not apuntes:
        raise _malo(_("El extracto no tiene movimientos."))
    if len(apuntes) > LINEAS_MAXIMAS:
        raise _malo(_("El extracto tiene demasiados movimientos. Pida al banco uno por día."))
    return apuntes


def _apuntes(entrada: Any) -> Iterator[Apunte]:
    contabilizado = (_texto(entrada, "{*}Sts/{*}Cd") or _texto(entrada, "{*}Sts")) == "BOOK"
    sentido = _texto(entrada, "{*}CdtDbtInd") or ""
    detalles = entrada.findall("{*}NtryDtls/{*}TxDtls")
    for detalle in detalles or [None]:
        monto = detalle.find("{*}Amt") if detalle is not None else None
        if monto is None and len(detalles) <= 1:
            monto = entrada.find("{*}Amt")
        propio = _texto(detalle, "{*}CdtDbtInd") if detalle is not None else None
        extremo = _texto(detalle, "{*}Refs/{*}EndToEndId") if detalle is not None else None
        yield Apunte(
            extremo=extremo[:35] if extremo and extremo != "NOTPROVIDED" else None,
            centavos=_centavos(monto),
            moneda=(monto.get("Ccy") or "")[:3] if monto is not None else "",
            sentido=(propio or sentido)[:4],
            contabilizado=contabilizado,
        )


def _texto(nodo: Any, ruta: str) -> str | None:
    hallado = nodo.findtext(ruta)
    return hallado.strip() or None if hallado else None


def _centavos(monto: Any) -> int | None:
    try:
        valor = Decimal((monto.text or "").strip()) * 100 if monto is not None else None
    except ArithmeticError:  # no number, or one without end
        return None
    if (
        valor is None
        or not valor.is_finite()
        or not 0 <= valor < 10**15
        or valor != valor.to_integral_value()
    ):
        return None
    return int(valor)


def _malo(texto: str) -> ExtractoInvalido:
    return ExtractoInvalido(texto, campos={"archivo": texto})
