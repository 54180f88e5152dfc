"""The history of purchases taken in, against plain COPY of the same rows and then their indexes.

One durable server. Months like those of SICOES, `QHATU_BENCH_LINEAS` lines each (300.000), of which one in a
hundred is repeated and one in a hundred has something that is not understood. After each import, the rows
that it left are copied into tables of the same columns and no index, which get their indexes afterwards. The
memory of the process that imports is looked at in the first tenth of the file and after it. The ratio is of
processor, of PostgreSQL and of the process together.
`python -m bench historia`.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg

from bench.apoyo import RAIZ, Fila, banco, mediana
from bench.comercio_datos import procesador_ms
from feria_inversa.importar import Origen, Progreso, Resumen, importar
from nucleo.actor import Actor

LINEAS = int(os.environ.get("QHATU_BENCH_LINEAS", "300000"))
RONDAS = int(os.environ.get("QHATU_BENCH_RONDAS", "3"))
OBJETIVO, CRECE_MAXIMO = 0.3, 1.1
CABEZA = (
    "cuce,entidad,tipo_de_contratacion,modalidad,objeto_de_contratacion,subasta,fecha_publicacion,"
    "fecha_presentacion,estado,fecha_adjudicacion_desierta,departamento,normativa\n"
)
OBJETOS = (
    "Adquisicion De Uniformes Escolares Para La Unidad Educativa Simon Bolivar De La Comunidad",
    "Contratacion De Un Consultor Individual De Linea Para El Area De Sistemas, Gestion",
    "Mejoramiento Del Sistema De Riego Y Construccion De Atajados En El Distrito",
    "Servicio De Mantenimiento Preventivo Y Correctivo De Vehiculos Del Parque Automotor Numero",
)


def renglones(ronda: int, lineas: int) -> Iterator[bytes]:
    """A month: about 250 letters a line, as the real ones."""
    yield CABEZA.encode()
    dia = date(2024, 3, 1)
    for n in range(lineas):
        de = n - 1 if n % 100 == 7 else n  # the line before, again
        departamento = "Atacama" if de % 100 == 50 else ("La Paz", "Cochabamba", "Santa Cruz")[de % 3]
        publicado = dia + timedelta(days=de % 28)
        yield (
            f"24-{de % 800:04d}-00-{ronda * 1_500_000 + de + 1:07d}-1-1,"
            f"Gobierno Autonomo Municipal Numero {de % 800} De Bolivia,Bienes,{('CM', 'ANPE', 'LP')[de % 3]},"
            f'"{OBJETOS[de % 4]} {de}, Primera Convocatoria",{de % 2 == 0},{publicado},'
            f"{publicado + timedelta(days=8)},Contratado,,{departamento},NB-SABS (D.S.0181)\n"
        ).encode()


def medir() -> list[Fila]:
    """In a process of its own, whose memory nothing else has touched."""
    with banco() as b:
        orden = [sys.executable, "-m", "bench.historia", "--dentro", b.url_admin]
        orden += [str(b.postgres.proceso.pid), str(b.carpeta)]
        fin = subprocess.run(orden, cwd=RAIZ, check=True, stdout=subprocess.PIPE, text=True)
    por_segundo, razones, crece = [], [], 0.0
    for linea in fin.stdout.splitlines():
        print(f"  {linea}")
        cifra, razon, memoria = (float(x.split(" ")[0]) for x in linea.split(": ", 1)[1].split("; "))
        por_segundo.append(cifra)
        razones.append(razon)
        crece = max(crece, memoria)
    nota = f"{min(razones):.2f} a {max(razones):.2f}; {LINEAS:,} líneas cada vez"
    return [
        Fila("importar contra COPY e índices", mediana(por_segundo), mediana(razones), OBJETIVO, nota),
        Fila("memoria al final contra la de un décimo", 0, crece, CRECE_MAXIMO, "veces; que no crezca"),
    ]


def _dentro(url_admin: str, postgres: int, carpeta: Path) -> None:
    _traer(_escribir(carpeta, 0, 20_000))  # all is loaded
    for ronda in range(1, RONDAS + 1):
        ruta = _escribir(carpeta, ronda, LINEAS)
        memoria = Memoria()
        inicio, antes = time.perf_counter(), _procesador(postgres)
        hecho = _traer(ruta, memoria.mirar)
        nuestra, duracion = _procesador(postgres) - antes, time.perf_counter() - inicio
        ruta.unlink()
        assert (hecho.registros, hecho.ilegibles) == (LINEAS, 0), hecho
        assert hecho.hechos + hecho.repetidos == LINEAS
        copia = _copiar(url_admin, postgres, hecho.archivo_id)
        print(
            f"ronda {ronda}: {LINEAS / duracion:.0f} líneas por segundo; {copia / nuestra:.3f} de COPY"
            f" e índices; {memoria.despues / memoria.antes:.3f} de la memoria",
            flush=True,
        )


def _escribir(carpeta: Path, ronda: int, lineas: int) -> Path:
    ruta = carpeta / f"mes-{ronda}.csv"
    with ruta.open("wb") as salida:
        salida.writelines(renglones(ronda, lineas))
    return ruta


def _traer(ruta: Path, progreso: Progreso = lambda _hecho, _total: None) -> Resumen:
    quien = Actor.sistema("quien mide")
    return importar(Origen.de_ruta(ruta), quien, visto_en=date(2024, 5, 1), progreso=progreso)


@dataclass(slots=True)
class Memoria:
    """The most that the process had in the first tenth of the file, and after it (MB)."""

    antes: float = 0
    despues: float = 0

    def mirar(self, hecho: int, total: int) -> None:
        if hecho <= total / 10:
            self.antes = max(self.antes, _memoria_mb())
        else:
            self.despues = max(self.despues, _memoria_mb())


def _procesador(postgres: int) -> float:
    """Seconds of processor that PostgreSQL and this process have taken so far: what else the machine does
    would weigh on whoever takes longer."""
    return (procesador_ms(postgres) + procesador_ms(os.getpid())) / 1000


def _copiar(url_admin: str, postgres: int, archivo_id: int) -> float:
    """Seconds of processor that plain COPY of the rows of a file, and then their indexes, takes."""
    with psycopg.connect(url_admin, autocommit=True) as conexion:
        tablas = ("feria_historia_proceso", "feria_historia_linea")
        trozos: dict[str, list[bytes]] = {}
        for tabla in tablas:
            suyas = (
                f"SELECT {', '.join(_columnas(conexion, tabla))} FROM {tabla} WHERE archivo_id = {archivo_id}"
            )
            with conexion.cursor().copy(f"COPY ({suyas}) TO STDOUT") as salida:
                trozos[tabla] = [bytes(trozo) for trozo in salida]
            conexion.execute(f"CREATE TABLE copia_{tabla} (LIKE {tabla} INCLUDING GENERATED)")
        inicio = _procesador(postgres)
        for tabla in tablas:
            columnas = ", ".join(_columnas(conexion, tabla))
            with conexion.cursor().copy(f"COPY copia_{tabla} ({columnas}) FROM STDIN") as entrada:
                entrada.write(b"".join(trozos[tabla]))
        conexion.execute("ALTER TABLE copia_feria_historia_proceso ADD PRIMARY KEY (archivo_id, linea)")
        conexion.execute("ALTER TABLE copia_feria_historia_proceso ADD UNIQUE (cuce, huella)")
        conexion.execute(
            "ALTER TABLE copia_feria_historia_linea ADD PRIMARY KEY (archivo_id, linea, campo, motivo)"
        )
        duracion = _procesador(postgres) - inicio
        conexion.execute("DROP TABLE copia_feria_historia_proceso, copia_feria_historia_linea")
    return duracion


def _columnas(conexion: psycopg.Connection[Any], tabla: str) -> list[str]:
    filas = conexion.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND attgenerated = '' "
        "ORDER BY attnum",
        [tabla],
    )
    return [nombre for (nombre,) in filas]


def _memoria_mb() -> float:
    with open("/proc/self/status") as estado:
        return next(float(linea.split()[1]) / 1024 for linea in estado if linea.startswith("VmRSS"))


if __name__ == "__main__":
    if "--dentro" in sys.argv:
        _dentro(sys.argv[-3], int(sys.argv[-2]), Path(sys.argv[-1]))
    else:
        from bench.__main__ import imprimir

        imprimir([("historia", f) for f in medir()])
