"""The hashes that chain the entries of a unit."""

import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any

from empresa_digital.registro.asientos.modelos import Asiento


def canonico(valor: Any) -> bytes:
    """One byte string per JSON value: sorted keys, no spaces, UTF-8 (RFC 8785 for the types used here)."""
    return json.dumps(valor, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def huella_de_valor(sal: str, valor: Any) -> str:
    """The salted hash that stands for a value; with the salt forgotten it cannot be guessed back."""
    return hashlib.sha256(bytes.fromhex(sal) + canonico(valor)).hexdigest()


def huella_de_asiento(asiento: Asiento) -> str:
    """The hash of an entry: it covers the hashes of the values and the previous entry, never the values."""
    contenido = {
        "unidad": str(asiento.unidad_id),
        "secuencia": asiento.secuencia,
        "instante": iso(asiento.instante),
        "operacion": str(asiento.operacion),
        "actor": [asiento.actor_tipo, texto_o_nada(asiento.actor_id), asiento.actor_nombre],
        "por_unidad": texto_o_nada(asiento.por_unidad_id),
        "mandato": texto_o_nada(asiento.mandato_id),
        "huellas": asiento.huellas,
        "anterior": asiento.huella_anterior,
    }
    return hashlib.sha256(canonico(contenido)).hexdigest()


def iso(instante: datetime) -> str:
    return instante.astimezone(UTC).isoformat(timespec="microseconds")


def texto_o_nada(valor: object | None) -> str | None:
    return None if valor is None else str(valor)


def iso_o_nada(instante: datetime | None) -> str | None:
    return None if instante is None else iso(instante)


def instante_o_nada(texto: str | None) -> datetime | None:
    return None if texto is None else datetime.fromisoformat(texto)


def fecha_o_nada(texto: str | None) -> date | None:
    return None if texto is None else date.fromisoformat(texto)
