"""Check a proof without network or database: `python -m pagos.supervision.comprobar prueba.json [raíz]`."""

import json
import sys
from pathlib import Path

import typer

from pagos.supervision.prueba import comprobar_prueba


def principal(argumentos: list[str]) -> int:
    """0 when the proof holds, 1 when it does not, 2 when it cannot be read."""
    if len(argumentos) not in (1, 2):
        typer.echo("Uso: python -m pagos.supervision.comprobar prueba.json [raíz publicada]")
        return 2
    try:
        documento = json.loads(Path(argumentos[0]).read_text("utf-8"))
    except (OSError, ValueError) as error:
        typer.echo(f"No se pudo leer: {error}")
        return 2
    fallas = comprobar_prueba(documento, argumentos[1] if len(argumentos) == 2 else None)
    for falla in fallas:
        typer.echo(f"MAL: {falla}")
    if not fallas:
        cierre = documento["cierre"]
        typer.echo(f"BIEN: la transferencia está en el cierre del {cierre['dia']}, raíz {cierre['raiz']}.")
    return 1 if fallas else 0


if __name__ == "__main__":
    sys.exit(principal(sys.argv[1:]))
