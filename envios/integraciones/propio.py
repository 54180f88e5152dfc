"""Our own sheet, for an operator without a format of its own: the columns are those of the API."""

import re
from collections.abc import Mapping
from datetime import datetime, time
from enum import StrEnum
from typing import TypeVar

from envios.eventos import AccionIntento, EventoNuevo, Motivo, QuienRecibe
from envios.integraciones.planillas import leer_planilla
from envios.integraciones.traducir import Leido
from nucleo.archivos.recibido import Recibido
from nucleo.lectores import Ilegible, leer_fecha, leer_linea
from nucleo.reloj import ZONA
from nucleo.textos import gettext as _

COLUMNAS = (
    "numero",
    "codigo",
    "ocurrido_en",
    "identificador",
    "motivo",
    "accion",
    "entregado_a",
    "codigo_entrega",
    "receptor",
    "municipio_ine",
    "lugar",
)
EJEMPLOS = (
    ("PQ000000015BO", "EMA", "2026-11-28T14:05-04:00", "lapaz-1", "", "", "", "", "", "020101", "Central"),
    (
        "PQ000000015BO",
        "EMH",
        "29/11/2026 10:30",
        "lapaz-2",
        "destinatario_ausente",
        "nuevo_intento",
        "",
        "",
        "",
        "020101",
        "",
    ),
)
_HORA = re.compile(r"(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?")
_CODIGO = re.compile(r"[A-Z0-9]{2,10}")
_IDENTIFICADOR = re.compile(r"[\x21-\x7e]{0,64}")
_MUNICIPIO = re.compile(r"(?:[0-9]{6})?")
_E = TypeVar("_E", bound=StrEnum)


def leer(recibido: Recibido) -> list[Leido]:
    """Every line of the sheet, each on its own. Raises `TablaInvalida`: it is not that sheet."""
    return leer_planilla(recibido, COLUMNAS, evento_de)


def evento_de(celdas: Mapping[str, str]) -> EventoNuevo:
    """What a line says. Raises `Ilegible`."""
    limpias = {columna: leer_linea(celdas[columna]) for columna in COLUMNAS}
    if not _CODIGO.fullmatch(limpias["codigo"]):
        raise Ilegible(_("«codigo» lleva de 2 a 10 letras mayúsculas o dígitos, como EMA."))
    if not _IDENTIFICADOR.fullmatch(limpias["identificador"]):
        raise Ilegible(_("«identificador» lleva hasta 64 letras, dígitos o signos, sin espacios ni tildes."))
    if not _MUNICIPIO.fullmatch(limpias["municipio_ine"]):
        raise Ilegible(_("«municipio_ine» lleva 6 dígitos, como 020101."))
    return EventoNuevo(
        codigo=limpias["codigo"],
        numero=limpias["numero"],
        ocurrido_en=_momento(limpias["ocurrido_en"]),
        evento_cliente_id=limpias["identificador"],
        motivo=_uno_de(Motivo, "motivo", limpias),
        accion=_uno_de(AccionIntento, "accion", limpias),
        entregado_a=_uno_de(QuienRecibe, "entregado_a", limpias),
        codigo_entrega=limpias["codigo_entrega"][:20],
        receptor_nombre=limpias["receptor"][:120],
        municipio_ine=limpias["municipio_ine"] or None,
        lugar=limpias["lugar"][:120],
    )


def _momento(texto: str) -> datetime:
    """With its offset, as programs write it; or day and hour, of Bolivia's clock."""
    try:
        momento = datetime.fromisoformat(texto)
    except ValueError:
        dia, _sep, hora = texto.partition(" ")
        if not _HORA.fullmatch(hora):
            raise Ilegible(
                _("Escriba «ocurrido_en» como 2026-11-28T14:05-04:00 o como 28/11/2026 14:05.")
            ) from None
        momento = datetime.combine(
            leer_fecha(dia), time.fromisoformat(hora if hora[1:2] != ":" else f"0{hora}")
        )
    return momento if momento.utcoffset() is not None else momento.replace(tzinfo=ZONA)


def _uno_de(clase: type[_E], columna: str, celdas: Mapping[str, str]) -> _E | None:
    texto = celdas[columna].lower()
    if not texto:
        return None
    try:
        return clase(texto)
    except ValueError:
        raise Ilegible(
            _("«%(columna)s» es una de: %(cuales)s.") % {"columna": columna, "cuales": ", ".join(clase)}
        ) from None
