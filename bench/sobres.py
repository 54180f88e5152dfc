"""Sealed bids of twenty lines: sealing them and opening them all, 250 and 1.000 at once.

The ratio is the cost of one among 1.000 against one among 250: 1 is linear.
"""

import time
from collections.abc import Callable
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from bench.apoyo import Fila
from feria_inversa.llaves import abrir, sin_relleno
from feria_inversa.llaves.hpke import publica_de
from feria_inversa.llaves.partes import juntar, partir
from feria_inversa.ofertas.esquemas import LineaEntrada
from feria_inversa.ofertas.sobres import cerrar, info_de, sellar
from nucleo.dinero import bs

LINEAS = 20


def _cronometro(que: Callable[[], object]) -> float:
    empieza = time.perf_counter()
    que()
    return time.perf_counter() - empieza


def medir() -> list[Fila]:
    privada = X25519PrivateKey.generate().private_bytes_raw()
    publica, proceso, unidad = publica_de(privada), uuid4(), uuid4()
    lineas = [
        LineaEntrada(item_id=uuid4(), precio_unitario=bs("12.50"), marca="Artesanal", plazo_dias=15)
        for _ in range(LINEAS)
    ]
    info = info_de(proceso, unidad, uuid4(), 1)
    demoras: dict[tuple[str, int], float] = {}
    for cuantos in (250, 1_000):
        sobres: list[bytes] = []
        demoras["sellar", cuantos] = _cronometro(
            lambda n=cuantos, s=sobres: s.extend(  # type: ignore[misc]
                sellar(publica, info, cerrar(lineas)[0], LINEAS) for _ in range(n)
            )
        )
        demoras["abrir", cuantos] = _cronometro(
            lambda s=sobres: [sin_relleno(abrir(privada, info, sobre)) for sobre in s]  # type: ignore[misc]
        )
    partes = partir(privada, 3, 5)
    juntas = _cronometro(lambda: juntar(partes[:3]))
    return [
        Fila(
            f"{que} 1.000 sobres",
            1_000 / demoras[que, 1_000],
            demoras[que, 1_000] / 1_000 / (demoras[que, 250] / 250),
            nota=f"{demoras[que, 1_000] * 1_000:.0f} ms los 1.000",
        )
        for que in ("sellar", "abrir")
    ] + [Fila("juntar 3 de 5 partes", 1 / juntas, 1.0, nota=f"{juntas * 1_000:.0f} ms")]
