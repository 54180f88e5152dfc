"""`qhatu importar sicoes`: the history of the State's purchases, from files."""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plataforma.conexion import Datos, conectar
from plataforma.servidores import ErrorDeArranque

if TYPE_CHECKING:
    from feria_inversa.importar import Resumen

importar = typer.Typer(name="importar", help="Trae datos de fuera.", no_args_is_help=True)


@importar.command()
def sicoes(
    archivos: Annotated[list[Path], typer.Argument(help="CSV, también comprimido con gzip o xz.")],
    fuente: Annotated[str, typer.Option(help="De dónde vienen, para decirlo donde se muestren.")] = "SICOES",
    visto: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="El día en que se vio lo que dicen (hoy)."),
    ] = None,
    informe: Annotated[
        Path | None, typer.Option(help="Dónde escribir, en CSV, qué líneas no se entendieron y por qué.")
    ] = None,
    datos: Datos = None,
) -> None:
    """Trae la historia de SICOES: convocatorias de un mes, procesos, ítems o adjudicados.

    Se puede cortar y volver a correr: sigue donde estaba. Un archivo que ya está no cambia nada.
    """
    conectar(datos)
    from feria_inversa.importar import Origen
    from feria_inversa.importar import importar as traer
    from nucleo.actor import Actor
    from nucleo.errores import ErrorDominio

    quien = Actor.sistema("quien opera la plataforma")
    ids = []
    for ruta in archivos:
        try:
            with typer.progressbar(length=1, label=ruta.name, file=sys.stderr) as barra:

                def avanzar(hecho: int, total: int) -> None:
                    barra.length = total
                    barra.update(hecho - barra.pos)

                dia = visto.date() if visto else None
                resumen = traer(Origen.de_ruta(ruta), quien, fuente=fuente, visto_en=dia, progreso=avanzar)
        except OSError as error:
            raise ErrorDeArranque(f"No se pudo leer {ruta}: {error.strerror or error}") from None
        except ErrorDominio as error:
            raise ErrorDeArranque(f"{ruta.name}: {error.detalle}") from None
        ids.append(resumen.archivo_id)
        typer.echo(_en_palabras(ruta, resumen))
    if informe is not None:
        _escribir_informe(informe, ids)


def _en_palabras(ruta: Path, r: "Resumen") -> str:
    dicho = (
        f"{r.registros} líneas: {r.hechos} nuevas, {r.repetidos} repetidas, {r.ilegibles} que no se leen; "
        f"{r.avisos} con algo que no se entendió."
    )
    return f"{ruta.name} ({r.formato}): " + (f"ya estaba. {dicho}" if r.estaba else dicho)


def _escribir_informe(destino: Path, ids: list[int]) -> None:
    from feria_inversa.importar import informe_en_csv

    try:
        with destino.open("wb") as salida:
            for trozo in informe_en_csv(ids):
                salida.write(trozo)
    except OSError as error:
        raise ErrorDeArranque(f"No se pudo escribir {destino}: {error.strerror or error}") from None
