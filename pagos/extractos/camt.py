"""A statement as ISO 20022 camt.053.001.08 (BankToCustomerStatement), for accounting programs.

Times carry Bolivia's offset; entry references are the ledger's own numbers and transfer ids, so that a file
read twice books nothing twice.
"""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from nucleo.reloj import ZONA
from pagos.extractos.extracto import Extracto, decimal_de
from pagos.libro import Codigo, Movimiento

TIPO_CAMT = "application/xml"
ESPACIO = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


def texto_xml(texto: str, maximo: int) -> str:
    """Text that XML 1.0 admits, cut to what the schema admits; never empty."""
    limpio = "".join(c if c.isprintable() else " " for c in texto if not 0xD800 <= ord(c) <= 0xDFFF)
    return escape(limpio.strip()[:maximo].strip() or "-")


def generar_camt053(extracto: Extracto) -> Iterator[bytes]:
    """The document in pieces."""
    yield _cabeza(extracto).encode()
    lote: list[str] = []
    for m, nombre, nota in extracto.lineas():
        lote.append(_entrada(m, texto_xml(nombre, 140), texto_xml(extracto.titular, 140), nota))
        if len(lote) == 200:
            yield "".join(lote).encode()
            lote.clear()
    yield ("".join(lote) + "</Stmt></BkToCstmrStmt></Document>\n").encode()


def _cabeza(e: Extracto) -> str:
    creado = e.preparado_en.astimezone(ZONA).isoformat(timespec="seconds")
    mensaje = f"QHATU-{e.cuenta_id}-{e.preparado_en:%Y%m%d%H%M%S}"
    ident = f"{e.cuenta_id}-{e.desde:%Y%m%d}-{e.hasta:%Y%m%d}"
    fin = e.fin.isoformat(timespec="seconds")
    total = e.entradas + e.salidas
    neto = e.entradas - e.salidas
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="{ESPACIO}"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>{mensaje[:35]}</MsgId><CreDtTm>{creado}</CreDtTm></GrpHdr>"
        f"<Stmt><Id>{ident[:35]}</Id><CreDtTm>{creado}</CreDtTm>"
        f"<FrToDt><FrDtTm>{e.inicio.isoformat()}</FrDtTm><ToDtTm>{fin}</ToDtTm></FrToDt>"
        f"<Acct><Id><Othr><Id>{e.cuenta_id}</Id><Issr>QHATU</Issr></Othr></Id><Ccy>BOB</Ccy>"
        f"<Ownr><Nm>{texto_xml(e.titular, 140)}</Nm></Ownr></Acct>"
        + _saldo("OPBD", e.saldo_inicial, e.desde.isoformat())
        + _saldo("CLBD", e.saldo_final, e.hasta.isoformat())
        + f"<TxsSummry><TtlNtries><NbOfNtries>{e.cantidad}</NbOfNtries><Sum>{decimal_de(total)}</Sum>"
        f"<TtlNetNtry><Amt>{decimal_de(abs(neto))}</Amt><CdtDbtInd>{_signo(neto)}</CdtDbtInd></TtlNetNtry>"
        f"</TtlNtries><TtlCdtNtries><NbOfNtries>{e.abonos}</NbOfNtries><Sum>{decimal_de(e.entradas)}</Sum>"
        f"</TtlCdtNtries><TtlDbtNtries><NbOfNtries>{e.cantidad - e.abonos}</NbOfNtries>"
        f"<Sum>{decimal_de(e.salidas)}</Sum></TtlDbtNtries></TxsSummry>"
    )


def _signo(centavos: int) -> str:
    return "CRDT" if centavos >= 0 else "DBIT"


def _saldo(codigo: str, centavos: int, dia: str) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{codigo}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="BOB">{decimal_de(abs(centavos))}</Amt><CdtDbtInd>{_signo(centavos)}</CdtDbtInd>'
        f"<Dt><Dt>{dia}</Dt></Dt></Bal>"
    )


def _entrada(m: Movimiento, contraparte: str, titular: str, nota: str) -> str:
    signo = "CRDT" if m.entra else "DBIT"
    paga, recibe = (contraparte, titular) if m.entra else (titular, contraparte)
    monto = f'<Amt Ccy="BOB">{decimal_de(m.monto)}</Amt><CdtDbtInd>{signo}</CdtDbtInd>'
    cuando = m.creada_en.astimezone(ZONA)
    codigo = Codigo(m.codigo).name if m.codigo in Codigo.__members__.values() else str(m.codigo)
    devuelve = "<RvslInd>true</RvslInd>" if m.codigo == Codigo.DEVOLUCION else ""
    escrito = f"<Ustrd>{texto_xml(nota, 140)}</Ustrd>" if nota else ""  # what the payer wrote goes first
    referencia = f"<EndToEndId>{m.referencia.hex}</EndToEndId>" if m.referencia else ""
    return (
        f"<Ntry><NtryRef>{m.numero}</NtryRef>{monto}{devuelve}<Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><DtTm>{cuando.isoformat(timespec='microseconds')}</DtTm></BookgDt>"
        f"<ValDt><Dt>{cuando:%Y-%m-%d}</Dt></ValDt><AcctSvcrRef>{m.id.hex}</AcctSvcrRef>"
        f"<BkTxCd><Prtry><Cd>{codigo}</Cd><Issr>QHATU</Issr></Prtry></BkTxCd>"
        f"<NtryDtls><TxDtls><Refs><AcctSvcrRef>{m.id.hex}</AcctSvcrRef>{referencia}</Refs>{monto}"
        f"<RltdPties><Dbtr><Pty><Nm>{paga}</Nm></Pty></Dbtr><Cdtr><Pty><Nm>{recibe}</Nm></Pty></Cdtr></RltdPties>"
        f"<RmtInf>{escrito}<Ustrd>{texto_xml(str(m.motivo), 140)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )
