"""Every way in which a price could be written down somewhere, and everywhere that the platform writes."""

import base64
import hashlib
import os
import struct
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Engine, text
from sqlmodel import Session, select

from nucleo.idempotencia import _abierto
from nucleo.modelos import ClaveIdempotencia


def codificaciones(precio: str) -> dict[str, bytes]:
    """By name. `precio` has four decimals and enough figures not to appear by chance."""
    numero = Decimal(precio)
    entero, decimales = precio.split(".")
    con_puntos = f"{int(entero):,}".replace(",", ".")
    centavos = int((numero * 100).quantize(Decimal(1)))
    textos = {
        "punto": precio,
        "coma": f"{entero},{decimales}",
        "miles": f"{con_puntos},{decimales}",
        "diezmilesimos": entero + decimales,
        "centavos": str(centavos),
        "monto": f"{centavos // 100}.{centavos % 100:02}",
        "monto con coma": f"{centavos // 100},{centavos % 100:02}",
        "al reves": precio[::-1],
        "hexadecimal": f"{int(entero + decimales):x}",
    }
    formas = {nombre: dicho.encode() for nombre, dicho in textos.items()}
    for nombre, dicho in list(formas.items()):
        formas[f"{nombre} utf-16"] = dicho.decode().encode("utf-16-le")
        formas[f"{nombre} en hexadecimal"] = dicho.hex().encode()
        for antes in range(
            3
        ):  # wherever it falls in a longer text, less the letters that its neighbours touch
            codificado = base64.b64encode(b"\0" * antes + dicho).rstrip(b"=")
            formas[f"{nombre} base64 {antes}"] = codificado[(antes * 4 + 2) // 3 :][:-1]
        formas[f"{nombre} sha256"] = hashlib.sha256(dicho).digest()
        formas[f"{nombre} sha256 hex"] = hashlib.sha256(dicho).hexdigest().encode()
    for nombre, valor in (("diezmilesimos", int(entero + decimales)), ("centavos", centavos)):
        for orden in "<>":
            formas[f"{nombre} int64 {orden}"] = struct.pack(f"{orden}q", valor)
    grupos = [int(entero[:-4] or 0), int(entero[-4:]), int(decimales)]
    for orden in "<>":  # NUMERIC of PostgreSQL, on disk and on the wire
        formas[f"numeric {orden}"] = struct.pack(f"{orden}3h", *grupos)
        formas[f"float64 {orden}"] = struct.pack(f"{orden}d", float(precio))
    return formas


def segmento_actual(url_admin: str) -> str:
    """The file of the WAL that is being written: what is done from now on is in it or in a later one."""
    with psycopg.connect(url_admin) as conexion:
        (nombre,) = conexion.execute("SELECT pg_walfile_name(pg_current_wal_insert_lsn())").fetchone() or (
            "",
        )
    return str(nombre)


def lo_guardado(
    duenio: Engine, url_admin: str, desde: str, valkey: Any, carpeta: Path, registros: str
) -> Iterator[tuple[str, bytes]]:
    """(where, bytes): tables row by row, the server's own files, its WAL from that file on, Valkey, files,
    logs, secrets."""
    with duenio.connect() as conexion:
        tablas = conexion.execute(
            text(
                "SELECT format('public.%I', tablename) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
            )
        ).scalars()
        for tabla in tablas.all():
            filas = conexion.execute(text(f"SELECT t::text FROM {tabla} t")).scalars()
            yield f"tabla {tabla}", "\n".join(filas).encode("utf-8", "surrogatepass")
    with Session(duenio) as sesion:  # whoever has the secrets opens what is kept of the answers
        for cuerpo in sesion.exec(select(ClaveIdempotencia.cuerpo)):
            yield "respuesta guardada", _abierto(bytes(cuerpo)) if cuerpo else b""
    yield from _del_servidor(url_admin, desde)
    for clave in valkey.scan_iter():
        yield f"valkey {clave!r}", bytes(valkey.dump(clave) or b"")
    for archivo in carpeta.rglob("*") if carpeta.is_dir() else ():
        if archivo.is_file():
            yield f"archivo {archivo.name}", archivo.read_bytes()
    yield "registros", registros.encode()
    yield "secretos", "\n".join(f"{k}={v}" for k, v in os.environ.items()).encode()


def _del_servidor(url_admin: str, desde: str) -> Iterator[tuple[str, bytes]]:
    """The WAL, and the files of the whole database, as they lie on the disk.

    Of the WAL, what was written since: other tests wrote gigabytes before, and the files that follow the
    present one are old ones that wait to be written over.
    """
    with psycopg.connect(url_admin, autocommit=True) as conexion:
        conexion.execute("CHECKPOINT")
        (datos,) = conexion.execute("SHOW data_directory").fetchone() or ("",)
        (base,) = conexion.execute(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        ).fetchone() or (0,)
    hasta = segmento_actual(url_admin)
    for carpeta in (Path(datos) / "pg_wal", Path(datos) / "base" / str(base)):
        for archivo in sorted(carpeta.iterdir()):
            ajeno = carpeta.name == "pg_wal" and not desde <= archivo.name <= hasta
            if archivo.is_file() and not ajeno:
                yield f"disco {carpeta.name}/{archivo.name}", archivo.read_bytes()


def donde(guardado: Iterator[tuple[str, bytes]], formas: dict[str, bytes]) -> list[str]:
    """Where the price is, and how it is written there."""
    return [
        f"{lugar}: {nombre}"
        for lugar, dicho in guardado
        for nombre, forma in formas.items()
        if len(forma) >= 4 and forma in dicho
    ]
