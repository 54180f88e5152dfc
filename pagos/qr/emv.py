"""EMVCo merchant-presented QR: read strictly, write static and dynamic codes.

Source: EMV QR Code Specification for Payment Systems, Merchant-Presented Mode 1.1. A payload is a sequence of
objects ``ID (2 digits) | length (2 digits) | value``. Two traps: a length counts **characters**, and the
CRC-16 counts the **UTF-8 bytes** of everything before it, its own ``6304`` included. Only template 64 may
hold more than ASCII, so readers that guess another encoding cannot change what is paid.

Only a code with our account template is judged by the specification's fields. Others live without some
(PromptPay and VietQR without 52): a whole code of another system is «of another system», never damaged.

No public specification of a national payload was found: our account template lives under its own globally
unique identifier, `GUID`, in the first of the ids that are free for it.
"""

import binascii
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, ClassVar

from moneyed import Money

from nucleo.dinero import BOB, a_centavos, bs
from nucleo.errores import DatosInvalidos
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

GUID = "bo.qhatu"
ID_CUENTA = "26"
LARGO_MAXIMO = 512
MONEDAS = {"068": "BOB"}
_ID = re.compile(r"[0-9]{2}", re.ASCII)
_MONTO = re.compile(
    r"(?=\.?[0-9])[0-9]*(\.[0-9]{0,2})?", re.ASCII
)  # «98.73», «98» and «98.», says the specification
_ANS = re.compile(r"[\x20-\x7e]+")
_LARGOS = {
    "52": (4, 4),
    "53": (3, 3),
    "54": (1, 13),
    "58": (2, 2),
    "59": (1, 25),
    "60": (1, 15),
    "61": (1, 10),
}
_ADICIONALES = {"01": "factura", "05": "referencia", "07": "terminal", "08": "motivo"}
_LO_ESCRIBE_QUIEN_PAGA = "***"
_DESTINOS = frozenset({"01", "04", "05"})  # of our template, whom it pays: a unit, a person, a matter
_RECARGOS = {"02": "56", "03": "57"}  # tip or convenience indicator, and the object that each value asks for


class QrInvalido(DatosInvalidos):
    """The payload cannot be trusted. `motivo` is the stable name of what is wrong."""

    codigo: ClassVar[str] = "qr_invalido"
    titulo = _l("Este código QR no es válido")

    def __init__(self, motivo: str, detalle: str) -> None:
        super().__init__(detalle, motivo=motivo)
        self.motivo = motivo


@dataclass(frozen=True, slots=True)
class DatosQR:
    """What a merchant-presented code says.

    `cuentas` maps each account id (02 to 51) to its raw value; `destino`, `orden` and `vence_en` are those of
    our own template, None in a foreign code; `persona` comes instead of `destino` (a unit) when the code pays
    a person, `asunto` when it pays into a matter. `monto` is None when the payer chooses it; its currency is
    `moneda` (ISO 4217 numeric). `dinamico` codes are made for one payment.
    """

    comercio: str
    ciudad: str
    pais: str = "BO"
    moneda: str = "068"
    rubro: str = "0000"
    dinamico: bool = False
    monto: Decimal | None = None
    destino: str | None = None
    persona: str | None = None
    asunto: str | None = None
    orden: str | None = None
    vence_en: datetime | None = None
    factura: str | None = None
    referencia: str | None = None
    terminal: str | None = None
    motivo: str | None = None
    comercio_local: str | None = None
    ciudad_local: str | None = None
    cuentas: dict[str, str] = field(default_factory=dict)

    @property
    def es_de_qhatu(self) -> bool:
        return any(x is not None for x in (self.destino, self.persona, self.asunto))

    @property
    def dinero(self) -> Money | None:
        """The amount as money; raises `QrInvalido` when it is not in bolivianos."""
        if self.monto is None:
            return None
        if MONEDAS.get(self.moneda) != BOB.code:
            raise QrInvalido("moneda_ajena", _("El código cobra en otra moneda: pida uno en bolivianos."))
        return bs(self.monto)


def crc(texto: str) -> str:
    """CRC-16/CCITT-FALSE of the UTF-8 bytes, four upper-case hexadecimal digits."""
    return f"{binascii.crc_hqx(texto.encode('utf-8'), 0xFFFF):04X}"


def _objetos(texto: str, donde: str = "") -> dict[str, str]:
    """Split a sequence of objects; every malformation has its own name."""
    objetos: dict[str, str] = {}
    posicion = 0
    while posicion < len(texto):
        clave, largo = texto[posicion : posicion + 2], texto[posicion + 2 : posicion + 4]
        dicho = {"dato": f"{donde}{clave}"}
        if not _ID.fullmatch(clave):
            raise QrInvalido("id_invalido", _("El código está dañado (identificador «%(dato)s»).") % dicho)
        if not _ID.fullmatch(largo):
            raise QrInvalido("largo_invalido", _("El código está dañado (largo del dato %(dato)s).") % dicho)
        valor = texto[posicion + 4 : posicion + 4 + int(largo)]
        if len(valor) != int(largo):
            raise QrInvalido("truncado", _("Al código le falta una parte (dato %(dato)s).") % dicho)
        if not valor:
            raise QrInvalido("vacio", _("El código trae vacío el dato %(dato)s.") % dicho)
        if clave in objetos:
            raise QrInvalido("repetido", _("El código repite el dato %(dato)s.") % dicho)
        objetos[clave] = valor
        posicion += 4 + int(largo)
    return objetos


def _comprobar_sobre(payload: str) -> dict[str, str]:
    if not payload:
        raise QrInvalido("vacio", _("El código no contiene nada."))
    if len(payload) > LARGO_MAXIMO:
        raise QrInvalido("demasiado_largo", _("El código es demasiado largo para ser de pago."))
    try:
        payload.encode("utf-8")
    except UnicodeEncodeError as error:
        raise QrInvalido("texto_invalido", _("El código contiene texto que no se puede leer.")) from error
    if not payload.startswith("000201"):
        raise QrInvalido("no_es_emv", _("Este código no es de pago."))
    if payload[-8:-4] != "6304":
        raise QrInvalido("sin_crc", _("Al código le falta su dígito de control: vuelva a escanearlo."))
    if crc(payload[:-4]) != payload[-4:].upper():
        raise QrInvalido("crc", _("El código se leyó mal o fue alterado: vuelva a escanearlo."))
    objetos = _objetos(payload)
    if not any("02" <= clave <= "51" for clave in objetos):
        raise QrInvalido("falta_cuenta", _("El código no dice a quién se paga."))
    return objetos


def _comprobar_campos(objetos: dict[str, str]) -> None:
    for clave in ("52", "53", "58", "59", "60"):
        if clave not in objetos:
            raise QrInvalido(
                "falta_dato", _("Al código le falta el dato obligatorio %(clave)s.") % {"clave": clave}
            )
    for clave, valor in objetos.items():
        minimo, maximo = _LARGOS.get(clave, (1, 99))
        if not minimo <= len(valor) <= maximo:
            raise QrInvalido(
                "largo_de_dato", _("El dato %(clave)s del código tiene un largo indebido.") % {"clave": clave}
            )
        if clave != "64" and not _ANS.fullmatch(valor):
            raise QrInvalido(
                "texto_no_ascii",
                _("El dato %(clave)s del código lleva letras no admitidas.") % {"clave": clave},
            )
    for clave in ("52", "53"):
        if not re.fullmatch(r"[0-9]+", objetos[clave], re.ASCII):
            raise QrInvalido(
                "dato_no_numerico", _("El dato %(clave)s del código debe ser numérico.") % {"clave": clave}
            )
    if not re.fullmatch(r"[A-Z]{2}", objetos["58"], re.ASCII):
        raise QrInvalido("pais", _("El país del código no es válido."))
    if objetos.get("01", "11") not in ("11", "12"):
        raise QrInvalido("modo", _("El código no dice si sirve para un solo pago o para varios."))
    _comprobar_recargo(objetos)


def _comprobar_recargo(objetos: dict[str, str]) -> None:
    """A tip is the payer's to offer; a fee on top of the amount would be left unpaid: better to refuse it."""
    indicador = objetos.get("55", "01")
    pedidos = {clave for clave in _RECARGOS.values() if clave in objetos}
    if indicador not in ("01", *_RECARGOS) or pedidos != {_RECARGOS.get(indicador)} - {None}:
        raise QrInvalido("recargo", _("El código dice mal su recargo: pida uno nuevo a quien le cobra."))
    if pedidos:
        raise QrInvalido(
            "recargo", _("El código pide un recargo sobre el monto, que aquí no se cobra: pida uno sin él.")
        )


def _monto(objetos: dict[str, str]) -> Decimal | None:
    texto = objetos.get("54")
    if texto is None:
        return None
    if not _MONTO.fullmatch(texto):
        raise QrInvalido("monto", _("El monto del código no es válido."))
    valor = Decimal(texto)
    if valor <= 0:
        raise QrInvalido("monto", _("El monto del código debe ser mayor que cero."))
    return valor


def _cuenta_propia(objetos: dict[str, str]) -> dict[str, str] | None:
    """Our account template's sub-objects, under whichever of the ids 26 to 51 it came; None in a foreign
    code. Templates of other systems beside it are theirs to read."""
    propias = []
    for clave in sorted(objetos):
        if "26" <= clave <= "51":
            partes = _sub_objetos(objetos[clave], f"{clave}.")
            if partes.get("00", "").lower() == GUID:
                propias.append(partes)
    nombrados = _DESTINOS & propias[0].keys() if propias else frozenset()
    if len(propias) > 1 or len(nombrados) > 1:
        raise QrInvalido(
            "cuenta_doble", _("El código nombra dos cuentas de Qhatu: no se sabe a quién se paga.")
        )
    if propias and not nombrados:
        raise QrInvalido("falta_destino", _("El código no dice a quién se paga."))
    return propias[0] if propias else None


def _sub_objetos(texto: str, donde: str) -> dict[str, str]:
    """Those of a template; none when it is written in another way, unless it begins as ours does."""
    try:
        return _objetos(texto, donde)
    except QrInvalido:
        if texto.lower().startswith(_objeto("00", GUID)):
            raise
        return {}


def _vencimiento(texto: str | None) -> datetime | None:
    if texto is None:
        return None
    if not re.fullmatch(r"[0-9]{1,11}", texto, re.ASCII):
        raise QrInvalido("vencimiento", _("La fecha de vencimiento del código no es válida."))
    return datetime.fromtimestamp(int(texto), UTC)


def leer(payload: str) -> DatosQR:
    """Read a merchant-presented payload. One of another system gives what can be read of it.

    Raises `QrInvalido` with `motivo` one of: vacio, demasiado_largo, texto_invalido, no_es_emv, sin_crc, crc,
    id_invalido, largo_invalido, truncado, repetido, falta_cuenta, cuenta_doble; and in a code of ours,
    falta_dato, largo_de_dato, texto_no_ascii, dato_no_numerico, pais, modo, recargo, monto, falta_destino,
    vencimiento.
    """
    objetos = _comprobar_sobre(payload)
    propia = _cuenta_propia(objetos)
    if propia is None:
        return _ajeno(objetos)
    _comprobar_campos(objetos)
    adicional = _objetos(objetos["62"], "62.") if "62" in objetos else {}
    local = _objetos(objetos["64"], "64.") if "64" in objetos else {}
    return DatosQR(
        monto=_monto(objetos),
        destino=propia.get("01"),
        persona=propia.get("04"),
        asunto=propia.get("05"),
        orden=propia.get("02"),
        vence_en=_vencimiento(propia.get("03")),
        **_comunes(objetos, adicional, local),
    )


def _ajeno(objetos: dict[str, str]) -> DatosQR:
    try:
        monto = _monto(objetos)
    except QrInvalido:
        monto = None
    plantillas = (_sub_objetos(objetos.get(clave, ""), f"{clave}.") for clave in ("62", "64"))
    return DatosQR(monto=monto, **_comunes(objetos, *plantillas))


def _comunes(objetos: dict[str, str], adicional: dict[str, str], local: dict[str, str]) -> dict[str, Any]:
    escritos = {clave: valor for clave, valor in adicional.items() if valor != _LO_ESCRIBE_QUIEN_PAGA}
    return {
        "comercio": objetos.get("59", ""),
        "ciudad": objetos.get("60", ""),
        "pais": objetos.get("58", ""),
        "moneda": objetos.get("53", ""),
        "rubro": objetos.get("52", ""),
        "dinamico": objetos.get("01") == "12",
        "comercio_local": local.get("01"),
        "ciudad_local": local.get("02"),
        "cuentas": {clave: valor for clave, valor in objetos.items() if "02" <= clave <= "51"},
    } | {nombre: escritos.get(clave) for clave, nombre in _ADICIONALES.items()}


def _a_ascii(texto: str, maximo: int) -> str:
    """The closest printable ASCII of a name (`Ñandú` → `Nandu`), cut to `maximo` characters."""
    plano = unicodedata.normalize("NFKD", texto).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[^\x20-\x7e]", " ", plano).split())[:maximo].strip() or "SIN NOMBRE"[:maximo]


def _objeto(clave: str, valor: str) -> str:
    if not 1 <= len(valor) <= 99:
        raise QrInvalido(
            "largo_de_dato", _("El dato %(clave)s del código tiene un largo indebido.") % {"clave": clave}
        )
    return f"{clave}{len(valor):02d}{valor}"


def _plantilla(clave: str, partes: dict[str, str | None]) -> str:
    contenido = "".join(_objeto(sub, valor) for sub, valor in partes.items() if valor)
    return _objeto(clave, contenido) if contenido else ""


def generar(
    *,
    destino: str | None = None,
    persona: str | None = None,
    asunto: str | None = None,
    comercio: str,
    ciudad: str,
    monto: Money | None = None,
    orden: str | None = None,
    vence_en: datetime | None = None,
    rubro: str = "0000",
    referencia: str | None = None,
    motivo: str | None = None,
) -> str:
    """The payload of a code that pays `destino` (a unit's number), the wallet of `persona` (a code of theirs)
    or into an `asunto` (a code that its room knows).

    With `orden` or `asunto` the code is dynamic (one payment); otherwise it is static and may be printed.
    Names are written in ASCII where the standard asks for it and whole, in Spanish, in template 64.
    """
    nombre, lugar = _a_ascii(comercio, 25), _a_ascii(ciudad, 15)
    vence = None if vence_en is None else str(int(vence_en.timestamp()))
    if monto is not None and a_centavos(monto) <= 0:
        raise QrInvalido("monto", _("El monto debe ser mayor que cero."))
    local: dict[str, str | None] = {}
    if (nombre, lugar) != (comercio, ciudad):
        local = {"00": "ES", "01": comercio[:25], "02": ciudad[:15]}
    texto = "".join(
        (
            "000201",
            _objeto("01", "12" if orden or asunto else "11"),
            _plantilla(
                ID_CUENTA,
                {"00": GUID, "01": destino, "02": orden, "03": vence, "04": persona, "05": asunto},
            ),
            _objeto("52", rubro),
            "5303068",
            _objeto("54", str(monto.amount)) if monto is not None else "",
            "5802BO",
            _objeto("59", nombre),
            _objeto("60", lugar),
            _plantilla("62", {"05": _recortar(referencia), "08": _recortar(motivo)}),
            _plantilla("64", local),
            "6304",
        )
    )
    payload = texto + crc(texto)
    leer(payload)  # what we print, we can read
    return payload


def _recortar(texto: str | None) -> str | None:
    return _a_ascii(texto, 25) if texto else None
