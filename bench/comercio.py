"""The shop over HTTP: list, product and search, as JSON and as pages, at 1.000 and at 100.000 products, or
at the sizes given: `python -m bench.comercio 4 1000000`.

One real uvicorn process, 8 keep-alive connections. Each figure is the median of some rounds and carries its
ratio to `GET /salud/vivo`, measured before and after each round: what the framework alone can do, under the
same load of the machine. A busy machine changes least the processor time of a request, in uvicorn and in
PostgreSQL. `python -m bench.comercio` runs it alone. The
search figure is that of «búsqueda, API»: how many searches of two words a second at the largest size.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from sqlalchemy import Engine, event
from sqlmodel import Session

from bench.apoyo import banco
from bench.comercio_datos import (
    CONEXIONES,
    TECHO,
    Medida,
    busquedas,
    cargar,
    motor_de,
    muestra,
    preparar,
    servidor_web,
)

TAMANOS = (1_000, 100_000)
SEGUNDOS = 4.0
RONDAS = 3


@dataclass(frozen=True, slots=True)
class Fila:
    """Requests a second, the 95th percentile, the ratio to the framework's own ceiling, what one costs."""

    nombre: str
    por_segundo: float
    p95_ms: float
    razon: float
    web_ms: float
    bd_ms: float

    @property
    def nota(self) -> str:
        return f"p95 {self.p95_ms:.1f} ms; CPU {self.web_ms:.2f} ms, base {self.bd_ms:.2f} ms"


def medir(segundos: float = SEGUNDOS, tamanos: Sequence[int] = TAMANOS) -> list[Fila]:
    """Start servers of its own, load the products, measure each address."""
    filas: list[Fila] = []
    with banco() as b:
        preparar(b.url_dueno)
        motor = motor_de(b.url_dueno)
        cargados = 0
        for tamano in tamanos:
            cargar(motor, cargados + 1, tamano)
            cargados = tamano
            if tamano == max(tamanos):  # reading all of a small table is right
                _exigir_indices(motor)
            ids = muestra(motor)
            with servidor_web() as (puerto, web):
                medida = Medida(puerto, web, b.postgres.proceso.pid, segundos / RONDAS)
                filas += _medir_tamano(medida, tamano, ids)
        motor.dispose()
    return filas


def _medir_tamano(medida: Medida, tamano: int, ids: list[str]) -> list[Fila]:
    casos: list[tuple[str, list[str]]] = [
        ("GET /salud/vivo (techo)", TECHO),
        ("lista, API", ["/api/v1/productos?limite=24"]),
        ("lista, página", ["/tienda"]),
        ("producto, API", [f"/api/v1/productos/{i}" for i in ids]),
        ("producto, página", [f"/productos/{i}" for i in ids]),
        ("búsqueda, API", [q.replace("/tienda?", "/api/v1/productos?limite=24&") for q in busquedas()]),
        ("búsqueda, página", busquedas()),
        ("inicio, página", ["/"]),
        ("buscar en todo, página", [q.replace("/tienda?", "/buscar?") for q in busquedas()]),
    ]
    return [
        _comparar(medida, f"{nombre}, {tamano:,} productos".replace(",", "."), rutas)
        for nombre, rutas in casos
    ]


def _comparar(medida: Medida, nombre: str, rutas: list[str]) -> Fila:
    """The medians of the rounds; the ratio, against the ceiling before and after each."""
    medida.rapidez(rutas, 0.5)  # warm caches, plans and compiled templates
    antes = medida.rapidez(TECHO, 0.5)[0]
    rondas: list[tuple[float, ...]] = []
    for _ in range(RONDAS):
        ronda = medida.rapidez(rutas)
        despues = medida.rapidez(TECHO, 0.5)[0]
        rondas.append((*ronda, ronda[0] / ((antes + despues) / 2)))
        antes = despues
    por_segundo, p95, web, base, razon = (median(valores) for valores in zip(*rondas, strict=True))
    return Fila(nombre, por_segundo, p95, razon, web, base)


def _exigir_indices(motor: Engine) -> None:
    """Stop when a list of the shop reads the whole table: no figure would mean much."""
    from comercio.busqueda.buscar import buscar_productos
    from comercio.busqueda.valores import Filtros

    casos = [Filtros(), Filtros("quinua"), Filtros(categoria="textiles"), Filtros(departamento="07")]
    casos += [Filtros(orden="precio_asc"), Filtros("quinua", orden="precio_desc")]
    sentencias: list[tuple[str, Any]] = []

    def anotar(_conexion: Any, _cursor: Any, sql: str, parametros: Any, *_: Any) -> None:
        sentencias.append((sql, parametros))

    event.listen(motor, "before_cursor_execute", anotar)
    with Session(motor) as sesion:
        for filtros in casos:
            buscar_productos(sesion, filtros)
    event.remove(motor, "before_cursor_execute", anotar)
    with motor.connect() as conexion:
        for sql, parametros in sentencias:
            plan = "\n".join(f[0] for f in conexion.exec_driver_sql(f"EXPLAIN {sql}", parametros))
            if "Seq Scan on comercio_producto" in plan:
                raise SystemExit(f"Se lee toda la tabla:\n{sql}\n{plan}")


def _imprimir(filas: list[Fila]) -> None:
    print(f"\nTienda, {CONEXIONES} conexiones, 1 proceso de uvicorn")
    print(f"{'':44} {'por segundo':>12} {'del techo':>10}")
    for fila in filas:
        print(f"{fila.nombre:44} {fila.por_segundo:12.0f} {fila.razon:10.2f}  {fila.nota}")


if __name__ == "__main__":
    _imprimir(
        medir(
            float(sys.argv[1]) if len(sys.argv) > 1 else SEGUNDOS,
            [int(tamano) for tamano in sys.argv[2:]] or TAMANOS,
        )
    )
