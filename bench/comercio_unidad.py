"""Buying what everybody wants: 64 people at once, one product, against 64 that want different ones.

Whole purchases over the API, by turns. That exactly what there is is sold is held by a test (`make caos
PARTES=una_unidad`); here there is enough, so that each purchase is one.
"""

import os

from bench.apoyo import RAIZ, Fila, banco, mediana
from bench.comercio_datos import (
    Medida,
    cargar,
    comprables,
    comprar_sin_parar,
    motor_de,
    poblar,
    preparar,
    servidor_web,
)

COMPRADORES = 64
RONDAS = int(os.environ.get("QHATU_BENCH_RONDAS", "5"))
SEGUNDOS = float(os.environ.get("QHATU_BENCH_SEGUNDOS", "6"))


def medir() -> list[Fila]:
    with banco() as b:
        preparar(b.url_dueno)
        motor = motor_de(b.url_dueno)
        cargar(motor, 1, 1_000, existencia=900_000)
        productos = comprables(motor)
        motor.dispose()
        tokens = poblar(RAIZ, b.url_dueno, dict(os.environ))
        with servidor_web() as (puerto, web):
            medida = Medida(puerto, web, b.postgres.proceso.pid, SEGUNDOS, COMPRADORES)
            comprar_sin_parar(medida, productos, tokens)
            rondas = [
                (
                    comprar_sin_parar(medida, productos[:1], tokens)[0],
                    comprar_sin_parar(medida, productos, tokens)[0],
                )
                for _ in range(RONDAS)
            ]
    razones = [uno / muchos for uno, muchos in rondas]
    nota = f"{min(razones):.2f} a {max(razones):.2f}; muchos productos {mediana([r[1] for r in rondas]):.1f}"
    nombre = f"compra, {COMPRADORES} a la vez, un producto contra muchos"
    return [Fila(nombre, mediana([r[0] for r in rondas]), mediana(razones), 0.5, nota)]
