"""Sealed bids of twenty lines: sealing them and opening them all, 100, 300 and 1.000 at once.

The ratio is the exponent of the time by how many they are, from 100 to 1.000: 1 is linear.
"""

import time
from collections.abc import Callable
from math import log
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
CUANTOS = (100, 300, 1_000)


def _cronometro(que: Callable[[], object]) -> float:
    empieza = time.process_time()
    que()
    return time.process_time() - empieza


def _exponente(antes: float, despues: float, veces: float) -> float:
    return log(despues / antes) / log(veces)


def medir() -> list[Fila]:
    privada = X25519PrivateKey.generate().private_bytes_raw()
    publica, proceso, unidad = publica_de(privada), uuid4(), uuid4()
    lineas = [
        LineaEntrada(item_id=uuid4(), precio_unitario=bs("12.50"), marca="Artesanal", plazo_dias=15)
        for _ in range(LINEAS)
    ]
    info = info_de(proceso, unidad, uuid4(), 1)
    demoras: dict[tuple[str, int], float] = {}
    for cuantos in CUANTOS:
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
            _exponente(demoras[que, 100], demoras[que, 1_000], 10),
            nota=f"{' y '.join(f'{demoras[que, n] * 1_000:.0f}' for n in CUANTOS)} ms los 100, 300 y 1.000; "
            f"de 300 a 1.000 {_exponente(demoras[que, 300], demoras[que, 1_000], 10 / 3):.2f}",
        )
        for que in ("sellar", "abrir")
    ] + [Fila("juntar 3 de 5 partes", 1 / juntas, 1.0, nota=f"{juntas * 1_000:.0f} ms")]
