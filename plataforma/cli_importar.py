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
    fuente: Annotated[
        str | None, typer.Option(help="De dónde vienen, para decirlo donde se muestren (SICOES).")
    ] = None,
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
    Si uno no se puede leer, los demás se traen igual, y al final se dice cuál fue.
    """
    conectar(datos)
    from feria_inversa.importar import Origen
    from feria_inversa.importar import importar as traer
    from nucleo.actor import Actor
    from nucleo.errores import ErrorDominio

    quien = Actor.sistema("quien opera la plataforma")
    ids, fallas = [], []
    for ruta in archivos:
        try:
            with typer.progressbar(length=1, label=ruta.name, file=sys.stderr) as barra:

                def avanzar(hecho: int, total: int) -> None:
                    barra.length = total
                    barra.update(hecho - barra.pos)

                dia = visto.date() if visto else None
                resumen = traer(Origen.de_ruta(ruta), quien, fuente=fuente, visto_en=dia, progreso=avanzar)
        except OSError as error:
            fallas.append(f"No se pudo leer {ruta}: {error.strerror or error}")
        except ErrorDominio as error:
            fallas.append(f"{ruta.name}: {error.detalle}")
        else:
            ids.append(resumen.archivo_id)
            typer.echo(_en_palabras(ruta, resumen))
    if informe is not None:
        try:
            _escribir_informe(informe, ids)
        except OSError as error:
            fallas.append(f"No se pudo escribir {informe}: {error.strerror or error}")
    if fallas:
        raise ErrorDeArranque("\n".join(fallas))


def _en_palabras(ruta: Path, r: "Resumen") -> str:
    dicho = (
        f"{r.registros} líneas: {r.hechos} nuevas, {r.repetidos} repetidas, {r.ilegibles} que no se leen; "
        f"{r.avisos} con algo que no se entendió."
    )
    if r.otro_visto:
        dicho += f" Sigue como se empezó, visto el {r.visto_en} y de «{r.fuente}»: lo pedido no lo cambia."
    return f"{ruta.name} ({r.formato}): " + (f"ya estaba. {dicho}" if r.estaba else dicho)


def _escribir_informe(destino: Path, ids: list[int]) -> None:
    from feria_inversa.importar import informe_en_csv

    with destino.open("wb") as salida:
        for trozo in informe_en_csv(ids):
            salida.write(trozo)
