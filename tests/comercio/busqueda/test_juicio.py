"""The judged set: what shoppers write, in regional words, Quechua and Aymara, and what they must find.

The files name products of the demonstration's catalogue by how their title begins; all of them must be among
the first five. Those of `juicio_de_otros.csv` were written by who had only read the catalogue.
"""

import csv
from pathlib import Path

from sqlmodel import Session

from comercio.busqueda.buscar import buscar_productos
from demostracion.capitulos.comercio import ARCHIVO
from nucleo.paginacion import CursorPedido
from tests.comercio.conftest import Mercado

JUICIOS = [Path(__file__).with_name(nombre) for nombre in ("juicio.csv", "juicio_de_otros.csv")]
PRIMEROS = CursorPedido(None, 5)


def _filas(ruta: Path) -> list[dict[str, str]]:
    with ruta.open(encoding="utf-8") as archivo:
        return list(csv.DictReader(archivo, delimiter="|"))


def test_lo_buscado_esta_entre_los_cinco_primeros(mercado: Mercado, sesion: Session) -> None:
    titulos = []
    for fila in _filas(ARCHIVO):
        titulos.append(fila["titulo"])
        mercado.publicar(
            fila["titulo"],
            descripcion=fila["texto"],
            categoria=fila["categoria"],
            precio=fila["precio"],
            unidad_medida=fila["medida"],
            existencia=int(fila["existencia"]),
            peso_g=int(fila["peso_g"]),
        )
    consultas = {fila["consulta"]: fila for archivo in JUICIOS for fila in _filas(archivo)}.values()
    fallos = []
    for consulta in consultas:
        esperados = set()
        for comienzo in consulta["deben_estar"].split(";"):
            (titulo,) = (t for t in titulos if t.startswith(comienzo))
            esperados.add(titulo)
        primeros = [p.titulo for p in buscar_productos(sesion, consulta["consulta"], PRIMEROS).productos]
        if not esperados <= set(primeros):
            fallos.append(
                f"{consulta['consulta']}: faltan {sorted(esperados - set(primeros))}, salen {primeros}"
            )

    assert len(consultas) >= 480
    print(len(consultas), len(fallos), "\n".join(fallos))
    assert len(fallos) <= len(consultas) * 0.05, "\n".join(fallos)
