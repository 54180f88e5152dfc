"""Reads a bank's camt.053 (statement) or camt.054 (notification), versions 02 to 13, entry by entry.

Source: ISO 20022 Message Definition Reports of both messages. What changes between versions and is read
here: `Sts` is a code in 02 to 06 and holds `Cd` afterwards; a transaction's own amount is `Amt` from 03 on
and `AmtDtls/TxAmt/Amt` in 02; parties are wrapped in `Pty` from 07 on. A document may come alone or inside an
envelope, with any prefix. Nothing that a file says is resolved: no entity, no DTD, no network; it is read in
one pass and each entry is let go of once it was taken.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from lxml import etree

from nucleo.archivos.recibido import Recibido
from nucleo.archivos.tipos import NOMBRES, Tipo, tipo_de
from nucleo.textos import gettext as _
from pagos.banco.errores import ArchivoDeBancoInvalido

BYTES_MAXIMOS = 10 * 1024 * 1024
LINEAS_MAXIMAS = 20_000
_ESPACIO = re.compile(r"urn:iso:std:iso:20022:tech:xsd:(camt\.05([0-9])\.001\.[0-9]{2})")
_CUERPOS = {"3": ("BkToCstmrStmt", "Stmt"), "4": ("BkToCstmrDbtCdtNtfctn", "Ntfctn")}
_NUMERO = re.compile(r"\+?([0-9]{1,18}(\.[0-9]{0,17})?|\.[0-9]{1,17})", re.ASCII)
_SIN_DATO = {"NOTPROVIDED", "NOTAVAILABLE", "NONREF", "NONE", "N/A", "-"}
_CENTAVOS_MAXIMOS = 10**15
_BLANCOS = b" \t\r\n"  # some banks begin their files with an empty line, before what XML begins with
_GZIP = b"\x1f\x8b"
_MT940 = re.compile(rb"(?:^|[\r\n])(?:\{[0-9]:[^\r\n]*)?:20:")


@dataclass(frozen=True, slots=True)
class Monto:
    """Hundredths of `moneda`; None when what is written is no whole number of them."""

    centavos: int | None
    moneda: str


@dataclass(frozen=True, slots=True)
class Detalle:
    """A transaction inside an entry. `monto` is None when it says none; `causa` is why it was returned."""

    extremo: str | None
    referencias: tuple[str, ...]
    lote: str | None
    monto: Monto | None
    sentido: str
    contraparte: str | None
    texto: str | None
    causa: str | None


@dataclass(frozen=True, slots=True)
class Entrada:
    """A booking on an account. `estado` is BOOK, PDNG, INFO or FUTR; `extracto` the place of its statement in
    the file; `referencia` is the bank's (`AcctSvcrRef`) and `orden` what else it calls it (`NtryRef`)."""

    extracto: int
    cuenta: str
    referencia: str | None
    orden: str | None
    monto: Monto
    sentido: str
    reverso: bool
    estado: str
    contabilizada_el: date | None
    lote: str | None
    cargos: int | None
    texto: str | None
    detalles: tuple[Detalle, ...]


@dataclass(frozen=True, slots=True)
class Mensaje:
    """What a file holds: its kind, «camt.053.001.08», and its entries in their order."""

    tipo: str
    entradas: tuple[Entrada, ...]


def leer(contenido: bytes) -> Mensaje:
    """The entries of a file. Raises `ArchivoDeBancoInvalido`."""
    if not contenido.strip():
        raise _malo(_("Elija el archivo que le dio el banco."))
    if len(contenido) > BYTES_MAXIMOS:
        raise _malo(_("El archivo pesa más de 10 MB. Pida al banco uno por día."))
    lector = _Lector()
    try:
        entradas = tuple(lector.entradas(contenido.lstrip(_BLANCOS)))
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        raise _malo(_de_otra_cosa(contenido)) from error
    if lector.tipo is None or not lector.con_cuerpo:
        raise _no_es()
    if not entradas:
        raise _malo(_("El archivo no tiene movimientos."))
    return Mensaje(lector.tipo, entradas)


def _de_otra_cosa(contenido: bytes) -> str:
    """What to do with a file that is no XML: banks give statements in a ZIP, and in older formats."""
    tipo = tipo_de(Recibido.de_bytes(contenido))
    if tipo == Tipo.ZIP or contenido.startswith(_GZIP):
        return _("El archivo está comprimido. Ábralo y suba cada XML que trae adentro.")
    if _MT940.search(contenido[:1000]):
        return _("El archivo es un extracto MT940. Pida al banco su extracto camt.053 (XML).")
    if tipo in NOMBRES and tipo != Tipo.TEXTO:
        return _("Es %(que)s. Pida al banco su extracto camt.053 (XML).") % {"que": NOMBRES[tipo]}
    return _("El archivo no es XML bien formado. Descárguelo otra vez del banco y súbalo sin abrirlo.")


class _Lector:
    """One pass over a file: it remembers which document, statement and account it is in."""

    def __init__(self) -> None:
        self.tipo: str | None = None
        self.con_cuerpo = False
        self._espacio, self._cuerpo, self._extracto = "", "", ""
        self._numero, self._cuenta, self._lineas = 0, "", 0

    def entradas(self, contenido: bytes) -> Iterator[Entrada]:
        pasos = etree.iterparse(
            BytesIO(contenido),
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        primero = True
        for suceso, nodo in pasos:
            if primero and nodo.getroottree().docinfo.doctype:
                raise _no_es()
            primero = False
            if suceso == "start":
                self._entrar(nodo)
            elif self._es(nodo, "Ntry"):
                yield self._contar(_entrada(nodo, self._espacio, self._numero, self._cuenta))
                _soltar(nodo)
            elif self._es(nodo, "Acct"):
                self._cuenta = _cuenta(nodo, self._espacio)

    def _entrar(self, nodo: Any) -> None:
        nombre = etree.QName(nodo)
        if nombre.localname == "Document" and self.tipo is None:
            hallado = _ESPACIO.fullmatch(nombre.namespace or "")
            if hallado is None or hallado[2] not in _CUERPOS:
                raise _no_es(hallado[1] if hallado else None)
            self.tipo, self._espacio = hallado[1], f"{{{nombre.namespace}}}"
            self._cuerpo, self._extracto = (self._espacio + n for n in _CUERPOS[hallado[2]])
        elif nodo.tag == self._cuerpo:
            self.con_cuerpo = True
        elif nodo.tag == self._extracto:
            self._numero, self._cuenta = self._numero + 1, ""

    def _es(self, nodo: Any, nombre: str) -> bool:
        """Whether it is that part of a statement, and not something of the same name inside an entry."""
        padre = nodo.getparent()
        return bool(
            self._extracto
            and nodo.tag == self._espacio + nombre
            and padre is not None
            and padre.tag == self._extracto
        )

    def _contar(self, entrada: Entrada) -> Entrada:
        self._lineas += max(1, len(entrada.detalles))
        if self._lineas > LINEAS_MAXIMAS:
            raise _malo(_("El archivo tiene demasiados movimientos. Pida al banco uno por día."))
        return entrada


def _soltar(nodo: Any) -> None:
    nodo.clear()
    while nodo.getprevious() is not None:
        del nodo.getparent()[0]


def _entrada(nodo: Any, e: str, extracto: int, cuenta: str) -> Entrada:
    sentido = (_texto(nodo, f"{e}CdtDbtInd", 4) or "").upper()
    return Entrada(
        extracto=extracto,
        cuenta=cuenta,
        referencia=_dato(nodo, f"{e}AcctSvcrRef"),
        orden=_dato(nodo, f"{e}NtryRef"),
        monto=_monto(nodo.find(f"{e}Amt")) or Monto(None, ""),
        sentido=sentido,
        reverso=_texto(nodo, f"{e}RvslInd", 5) in ("true", "1"),
        estado=(_texto(nodo, f"{e}Sts/{e}Cd", 4) or _texto(nodo, f"{e}Sts", 4) or "").upper(),
        contabilizada_el=_fecha(nodo, f"{e}BookgDt/{e}Dt") or _fecha(nodo, f"{e}BookgDt/{e}DtTm"),
        lote=_dato(nodo, f"{e}NtryDtls/{e}Btch/{e}PmtInfId") or _dato(nodo, f"{e}NtryDtls/{e}Btch/{e}MsgId"),
        cargos=_cargos(nodo, e),
        texto=_texto(nodo, f"{e}AddtlNtryInf", 300),
        detalles=tuple(_detalle(d, e, sentido) for d in nodo.iterfind(f"{e}NtryDtls/{e}TxDtls")),
    )


def _detalle(nodo: Any, e: str, sentido: str) -> Detalle:
    refs, otra = f"{e}Refs", f"{e}RltdPties/{e}" + ("Cdtr" if sentido == "DBIT" else "Dbtr")
    referencias = (_dato(nodo, f"{refs}/{e}{n}") for n in ("AcctSvcrRef", "TxId", "InstrId", "UETR"))
    montos = (f"{e}Amt", f"{e}AmtDtls/{e}TxAmt/{e}Amt", f"{e}AmtDtls/{e}InstdAmt/{e}Amt")
    return Detalle(
        extremo=_dato(nodo, f"{refs}/{e}EndToEndId"),
        referencias=tuple(r or "" for r in referencias),
        lote=_dato(nodo, f"{refs}/{e}PmtInfId"),
        monto=next((m for m in (_monto(nodo.find(ruta)) for ruta in montos) if m), None),
        sentido=(_texto(nodo, f"{e}CdtDbtInd", 4) or sentido).upper(),
        contraparte=_texto(nodo, f"{otra}/{e}Nm", 140) or _texto(nodo, f"{otra}/{e}Pty/{e}Nm", 140),
        texto=_texto(nodo, f"{e}RmtInf/{e}Ustrd", 300) or _texto(nodo, f"{e}AddtlTxInf", 300),
        causa=_causa(nodo.find(f"{e}RtrInf"), e),
    )


def _causa(nodo: Any, e: str) -> str | None:
    """Why it was returned: the code («AC04») and what the bank adds; something even when it says neither."""
    if nodo is None:
        return None
    partes = (
        _texto(nodo, f"{e}Rsn/{e}Cd", 4) or _texto(nodo, f"{e}Rsn/{e}Prtry", 35),
        _texto(nodo, f"{e}AddtlInf", 105),
    )
    return " ".join(p for p in partes if p) or "MS03"


def _cargos(nodo: Any, e: str) -> int | None:
    """What the bank charged for an entry, said by itself or by its transactions."""
    if (propios := _cargos_de(nodo, e)) is not None:
        return propios
    sueltos = [_cargos_de(d, e) for d in nodo.iterfind(f"{e}NtryDtls/{e}TxDtls")]
    dichos = [c for c in sueltos if c is not None]
    return sum(dichos) if dichos else None


def _cargos_de(nodo: Any, e: str) -> int | None:
    """The total that it says, or the sum of its records (a bare list in 02)."""
    total = _monto(nodo.find(f"{e}Chrgs/{e}TtlChrgsAndTaxAmt"))
    if total is not None:
        return total.centavos
    sueltos = [*nodo.iterfind(f"{e}Chrgs/{e}Amt"), *nodo.iterfind(f"{e}Chrgs/{e}Rcrd/{e}Amt")]
    centavos = [m.centavos for m in map(_monto, sueltos) if m and m.centavos is not None]
    return sum(centavos) if centavos else None


def _cuenta(nodo: Any, e: str) -> str:
    return _texto(nodo, f"{e}Id/{e}IBAN", 40) or _texto(nodo, f"{e}Id/{e}Othr/{e}Id", 40) or ""


def _dato(nodo: Any, ruta: str) -> str | None:
    """A reference; None also for the ways in which banks write that there is none."""
    hallado = _texto(nodo, ruta, 36)
    if hallado is None or hallado.upper() in _SIN_DATO or not hallado.strip("0"):
        return None
    return hallado[:35]


def _texto(nodo: Any, ruta: str, maximo: int) -> str | None:
    escrito = nodo.findtext(ruta)
    if not escrito:
        return None
    visible = "".join(c if c.isprintable() else " " for c in escrito[: maximo * 4])
    return " ".join(visible.split())[:maximo].strip() or None


def _fecha(nodo: Any, ruta: str) -> date | None:
    try:
        return date.fromisoformat((_texto(nodo, ruta, 10) or "")[:10])
    except ValueError:
        return None


def _monto(nodo: Any) -> Monto | None:
    if nodo is None:
        return None
    moneda = (nodo.get("Ccy") or "").strip().upper()[:3]
    escrito = (nodo.text or "").strip()
    if not _NUMERO.fullmatch(escrito):
        return Monto(None, moneda)
    centavos = Decimal(escrito) * 100
    if centavos != centavos.to_integral_value() or centavos >= _CENTAVOS_MAXIMOS:
        return Monto(None, moneda)
    return Monto(int(centavos), moneda)


def _no_es(tipo: str | None = None) -> ArchivoDeBancoInvalido:
    if tipo is None:
        return _malo(_("El archivo no es un extracto camt.053 ni un aviso camt.054."))
    texto = _("El archivo es un %(tipo)s. Pida al banco su extracto camt.053 o sus avisos camt.054.")
    return _malo(texto % {"tipo": tipo})


def _malo(texto: str) -> ArchivoDeBancoInvalido:
    return ArchivoDeBancoInvalido(texto, campos={"archivo": texto})
