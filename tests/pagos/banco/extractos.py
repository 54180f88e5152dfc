"""Writes small files as banks do, in the versions and with the oddities of public samples of real ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

VERSIONES = ("02", "03", "04", "06", "08")


@dataclass(frozen=True, kw_only=True)
class Apunte:
    """An entry. `detalles` are (end-to-end id or none, amount or none, sense or none) each; `como` is where a
    transaction writes its amount: Amt, TxAmt (as version 02 does) or InstdAmt."""

    monto: str
    sentido: str = "DBIT"
    moneda: str = "BOB"
    referencia: str | None = None
    orden: str | None = None
    dia: str = "2026-11-20"
    estado: str = "BOOK"
    reverso: bool | None = None
    lote: str | None = None
    detalles: Sequence[tuple[str | None, str | None, str | None]] = ()
    como: str = "Amt"
    causa: str | None = None
    cargos: str | None = None
    mas: str = ""


def camt(
    *extractos: Sequence[Apunte],
    version: str = "08",
    mensaje: str = "053",
    prefijo: str = "",
    cuenta: str = "100",
) -> bytes:
    """A camt.053 or camt.054 of these statements (or notifications)."""
    cuerpo, parte = {"053": ("BkToCstmrStmt", "Stmt"), "054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn")}[mensaje]
    partes = "".join(
        f"<{parte}><Id>E{i}</Id><Acct><Id><Othr><Id>{cuenta}</Id></Othr></Id><Ccy>BOB</Ccy></Acct>"
        + "".join(_apunte(a, version) for a in apuntes)
        + f"</{parte}>"
        for i, apuntes in enumerate(extractos)
    )
    xml = f"<Document><{cuerpo}><GrpHdr><MsgId>M</MsgId></GrpHdr>{partes}</{cuerpo}></Document>"
    espacio = f"urn:iso:std:iso:20022:tech:xsd:camt.{mensaje}.001.{version}"
    if prefijo:
        xml = xml.replace("</", "\0").replace("<", f"<{prefijo}:").replace("\0", f"</{prefijo}:")
    declara = f' xmlns:{prefijo}="{espacio}"' if prefijo else f' xmlns="{espacio}"'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>' + xml.replace("Document>", f"Document{declara}>", 1)
    ).encode()


def _apunte(a: Apunte, version: str) -> str:
    estado = f"<Cd>{a.estado}</Cd>" if version >= "07" else a.estado
    sueltos = (
        f"<NtryRef>{a.orden}</NtryRef>" if a.orden else "",
        f'<Amt Ccy="{a.moneda}">{a.monto}</Amt><CdtDbtInd>{a.sentido}</CdtDbtInd>',
        f"<RvslInd>{str(a.reverso).lower()}</RvslInd>" if a.reverso is not None else "",
        f"<Sts>{estado}</Sts>" if a.estado else "",
        f"<BookgDt><Dt>{a.dia}</Dt></BookgDt>" if a.dia else "",
        f"<AcctSvcrRef>{a.referencia}</AcctSvcrRef>" if a.referencia else "",
        _cargos(a, version),
    )
    lote = f"<Btch><PmtInfId>{a.lote}</PmtInfId></Btch>" if a.lote else ""
    detalles = "".join(_detalle(a, *d) for d in a.detalles)
    dentro = f"<NtryDtls>{lote}{detalles}</NtryDtls>" if lote or detalles else ""
    return f"<Ntry>{''.join(sueltos)}{dentro}{a.mas}</Ntry>"


def _cargos(a: Apunte, version: str) -> str:
    if a.cargos is None:
        return ""
    monto = f'<Amt Ccy="{a.moneda}">{a.cargos}</Amt>'
    return f"<Chrgs>{monto}</Chrgs>" if version == "02" else f"<Chrgs><Rcrd>{monto}</Rcrd></Chrgs>"


def _detalle(a: Apunte, extremo: str | None, monto: str | None, sentido: str | None) -> str:
    refs = f"<Refs><EndToEndId>{escape(extremo)}</EndToEndId></Refs>" if extremo else "<Refs/>"
    cifra = f'<Amt Ccy="{a.moneda}">{monto}</Amt>'
    dicho = {"Amt": cifra, "TxAmt": f"<AmtDtls><TxAmt>{cifra}</TxAmt></AmtDtls>"}.get(
        a.como, f"<AmtDtls><InstdAmt>{cifra}</InstdAmt></AmtDtls>"
    )
    causa = f"<RtrInf><Rsn><Cd>{a.causa}</Cd></Rsn></RtrInf>" if a.causa else ""
    signo = f"<CdtDbtInd>{sentido}</CdtDbtInd>" if sentido else ""
    return f"<TxDtls>{refs}{dicho if monto else ''}{signo}{causa}</TxDtls>"


def camt_simple(*movimientos: tuple[str, str, str]) -> bytes:
    """(end-to-end id, amount, sense) each, an entry for each, with a reference of the bank's."""
    return camt(
        [
            Apunte(
                monto=monto, sentido=sentido, referencia=f"B{i}{sentido}", detalles=[(extremo, None, None)]
            )
            for i, (extremo, monto, sentido) in enumerate(movimientos)
        ]
    )
