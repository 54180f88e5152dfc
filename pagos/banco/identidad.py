"""How an entry of a bank is known again, whatever file tells of it.

The account servicer's reference (`AcctSvcrRef`) names an entry; some banks begin it anew each day, so it goes
with the day and the amount. Without it there is what the entry says: its amount, day, `NtryRef` (which may be
the same for many) and the references of its transactions. In both cases a statement that holds the same twice
holds two entries: they are counted, so that one which overlaps it counts the same ones.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence

from pagos.banco.camt import Detalle, Entrada

DE_LA_ENTRADA = hashlib.sha256(b"entrada").digest()
"""The key of a movement that is its whole entry."""


def claves_de_entradas(entradas: Iterable[Entrada]) -> list[bytes]:
    """One key an entry, in their order: 32 bytes."""
    vistas: Counter[tuple[int, str]] = Counter()
    claves = []
    for entrada in entradas:
        dicho = json.dumps(_dicho(entrada), ensure_ascii=True)
        vistas[entrada.extracto, dicho] += 1
        claves.append(_resumen(dicho, vistas[entrada.extracto, dicho]))
    return claves


def claves_de_detalles(detalles: Sequence[Detalle]) -> list[bytes]:
    """One key a transaction, among those of its entry. Two files may say more and less of the same one, but
    not another end-to-end id."""
    vistas: Counter[str] = Counter()
    claves = []
    for detalle in detalles:
        propio: list[object] = ["extremo", detalle.extremo, detalle.sentido]
        if detalle.extremo is None:
            propio = ["sin", detalle.referencias, detalle.sentido, detalle.monto and detalle.monto.centavos]
        dicho = json.dumps(propio, ensure_ascii=True)
        vistas[dicho] += 1
        claves.append(_resumen(dicho, vistas[dicho]))
    return claves


def _dicho(entrada: Entrada) -> list[object]:
    comunes: list[object] = [
        entrada.cuenta,
        entrada.monto.centavos,
        entrada.monto.moneda,
        entrada.sentido,
        entrada.reverso,
        entrada.estado == "BOOK",
        entrada.contabilizada_el.isoformat() if entrada.contabilizada_el else "",
    ]
    referencia = entrada.referencia
    if referencia is None and len(entrada.detalles) == 1:
        referencia = entrada.detalles[0].referencias[0] or None
    if referencia is not None:
        return ["banco", referencia, *comunes]
    detalles = [[d.extremo, d.referencias, d.monto and d.monto.centavos] for d in entrada.detalles]
    return ["dicho", entrada.orden, *comunes, detalles]


def _resumen(dicho: str, cual: int) -> bytes:
    return hashlib.sha256(f"{cual}/{dicho}".encode()).digest()
