"""Open data: an act is noted, its release comes after it, and what the releases of a process say is kept."""

import json
from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from alembic import op
from sqlalchemy import text

revision = "0223_release_por_acto"
down_revision = "0222_donde_se_atiende"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql" / revision
LEIDOS = 500


def upgrade() -> None:
    for archivo in ("01_actos.sql", "02_releases.sql"):
        _ejecutar(archivo)
    _compilar()
    for archivo in ("03_guardas.sql", "04_documentos.sql"):
        _ejecutar(archivo)


def _ejecutar(archivo: str) -> None:
    op.get_bind().exec_driver_sql(
        (SQL / archivo).read_text(encoding="utf-8"), execution_options={"no_parameters": True}
    )


def _compilar() -> None:
    """What is published of each process, merged as OCDS says."""
    conexion = op.get_bind()
    procesos = (
        conexion.execute(text("SELECT DISTINCT convocatoria_id FROM feria_ocds_release")).scalars().all()
    )
    suyas = text(
        "SELECT convocatoria_id, secuencia, contenido FROM feria_ocds_release"
        " WHERE convocatoria_id = ANY(:procesos) ORDER BY convocatoria_id, secuencia"
    )
    poner = text("INSERT INTO feria_ocds_compilado VALUES (:proceso, :secuencia, :contenido)")
    for desde in range(0, len(procesos), LEIDOS):
        filas = conexion.execute(suyas, {"procesos": procesos[desde : desde + LEIDOS]}).all()
        conexion.execute(
            poner,
            [
                {"proceso": proceso, **_fusion(releases)}
                for proceso, releases in groupby(filas, lambda fila: fila.convocatoria_id)
            ],
        )


def _fusion(releases: Iterable[Any]) -> dict[str, Any]:
    compilado: dict[str, Any] = {}
    secuencia = 0
    for fila in releases:
        release = json.loads(fila.contenido, parse_float=Decimal)
        _poner(compilado, {k: v for k, v in release.items() if k not in ("id", "date", "tag")})
        ocid, fecha = release["ocid"], release["date"]
        compilado |= {"id": f"{ocid}-{fecha}", "date": fecha, "tag": ["compiled"]}
        secuencia = fila.secuencia
    return {"secuencia": secuencia, "contenido": _a_json(compilado)}


def _poner(sobre: dict[str, Any], dicho: dict[str, Any]) -> None:
    for clave, valor in dicho.items():
        if valor is None:
            sobre.pop(clave, None)
        elif isinstance(valor, dict):
            if valor:
                _poner(sobre.setdefault(clave, {}), valor)
        elif clave != "additionalIdentifiers" and valor and isinstance(valor, list) and _de_objetos(valor):
            lista = sobre.setdefault(clave, [])
            de_id = {elemento["id"]: elemento for elemento in lista}
            for elemento in valor:
                if elemento["id"] not in de_id:
                    de_id[elemento["id"]] = {}
                    lista.append(de_id[elemento["id"]])
                _poner(de_id[elemento["id"]], elemento)
        elif valor != []:
            sobre[clave] = valor


def _de_objetos(valor: list[Any]) -> bool:
    return all(isinstance(elemento, dict) for elemento in valor)


def _a_json(valor: Any) -> str:
    if isinstance(valor, dict):
        pares = (f"{json.dumps(clave, ensure_ascii=False)}:{_a_json(v)}" for clave, v in valor.items())
        return "{" + ",".join(pares) + "}"
    if isinstance(valor, list):
        return "[" + ",".join(_a_json(v) for v in valor) + "]"
    return f"{valor:f}" if isinstance(valor, Decimal) else json.dumps(valor, ensure_ascii=False)


def downgrade() -> None:
    raise NotImplementedError("releases that say only what changed would be read as all there is")
