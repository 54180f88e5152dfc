"""Files of history for tests, and what is in the tables."""

import io
import os
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from feria_inversa.importar import Origen, Resumen, importar
from nucleo.actor import Actor

EXTERNOS = Path(os.environ.get("QHATU_DATOS_EXTERNOS", Path(__file__).parents[4] / "shared" / "datos"))
SICOES = EXTERNOS / "sicoes"
MES = SICOES / "convocatorias-202403.csv"
DE_SICOES = {
    "convocatorias": MES,
    "procesos": SICOES / "procesos-covid-2020-2022.csv",
    "items": SICOES / "items-covid-2020-2022.csv",
    "adjudicados": SICOES / "adjudicados-covid-2020-2022.csv",
}
QUIEN = Actor.sistema("quien prueba")
CABEZA = (
    "cuce,entidad,tipo_de_contratacion,modalidad,objeto_de_contratacion,subasta,fecha_publicacion,"
    "fecha_presentacion,estado,fecha_adjudicacion_desierta,departamento,normativa\n"
)
DEL_MES_DE_SOCIEDATOS = (
    "cuce,entidad,tipo_de_contratacion,modalidad,objeto_de_contratacion,estado,subasta,fecha_presentacion,"
    "fecha_publicacion,persona_contacto,fecha_adjudicacion_desierta,departamento,normativa\n"
)
TABLAS = ("proceso", "item", "adjudicado", "linea", "archivo")


def renglon(serie: int, **cambia: str) -> str:
    """A line of a month."""
    celdas = {
        "cuce": f"24-0389-00-{serie:07d}-1-1",
        "entidad": "Alcaldía",
        "tipo": "Bienes",
        "modalidad": "CM",
        "objeto": "Uniformes",
        "subasta": "False",
        "publicacion": "2024-03-01",
        "presentacion": "2024-03-05",
        "estado": "Vigente",
        "decidido": "",
        "departamento": "La Paz",
        "normativa": "NB-SABS (D.S.0181)",
    } | cambia
    return ",".join(celdas.values()) + "\n"


def de_bytes(contenido: bytes | str, nombre: str = "mes.csv") -> Origen:
    crudo = contenido.encode() if isinstance(contenido, str) else contenido
    return Origen(nombre, lambda: io.BytesIO(crudo))


def traer(contenido: bytes | str | Path, **opciones: Any) -> Resumen:
    origen = Origen.de_ruta(contenido) if isinstance(contenido, Path) else de_bytes(contenido)
    opciones.setdefault("visto_en", date(2024, 5, 1))
    return importar(origen, QUIEN, **opciones)


def cuentas(r: Resumen) -> tuple[int, int, int, int, int]:
    return r.registros, r.hechos, r.repetidos, r.ilegibles, r.avisos


def consultar(bd: Engine, sql: str, **valores: Any) -> list[tuple[Any, ...]]:
    with bd.connect() as conexion:
        return [tuple(fila) for fila in conexion.execute(text(sql), valores)]


def todo(bd: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that there is of the history."""
    return {
        tabla: consultar(bd, f"SELECT t::text FROM feria_historia_{tabla} t ORDER BY 1") for tabla in TABLAS
    }


def informe(bd: Engine) -> list[tuple[Any, ...]]:
    return consultar(
        bd, "SELECT linea, campo, que, motivo, texto FROM feria_historia_linea ORDER BY archivo_id, 1, 2, 4"
    )
