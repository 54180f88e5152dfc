"""The command line `qhatu`. Imports live inside the commands: help and a start must be quick."""

import io
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from plataforma import entorno
from plataforma.cli_autoridad import autoridad
from plataforma.cli_clientes import clientes
from plataforma.cli_envios import mensajeria, simular_envio
from plataforma.cli_importar import importar
from plataforma.conexion import Datos, conectar, conectar_sin_dueno
from plataforma.servidores import ErrorDeArranque

comandos = typer.Typer(
    name="qhatu",
    help="Qhatu: mercado, pagos, feria inversa, envíos y empresa digital.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

comandos.add_typer(clientes)
comandos.add_typer(importar)
comandos.command()(autoridad)
comandos.command()(simular_envio)
comandos.command()(mensajeria)


@comandos.command()
def run(
    puerto: Annotated[
        int | None, typer.Option(min=1, max=65534, help="Puerto del servicio web (8000).")
    ] = None,
    datos: Datos = None,
    sin_demo: Annotated[bool, typer.Option("--sin-demo", help="No crear datos de demostración.")] = False,
    procesos: Annotated[int, typer.Option(min=1, max=64, help="Procesos del servicio web.")] = 1,
) -> None:
    """Arranca toda la plataforma: servidores, web, trabajadores e identidad de demostración."""
    from plataforma.supervisor import Supervisor

    raise typer.Exit(Supervisor(entorno.carpeta_de_datos(datos), puerto, sin_demo, procesos).correr())


@comandos.command()
def migrate(datos: Datos = None) -> None:
    """Lleva el esquema de la base de datos a la versión de este código, como su dueño."""
    ajustes = conectar(datos)
    url = entorno.url_del_dueno(datos)
    if url is None:
        raise ErrorDeArranque(
            f"Falta {entorno.VARIABLE_DEL_DUENO}: la dirección del papel que es dueño de la base de datos "
            "(vea deploy/README.md)."
        )
    from plataforma.migraciones import cabeza_del_codigo, migrar
    from plataforma.plazos import fijar_plazos

    migrar(url, reloj_movible=ajustes.es_demostracion)
    fijar_plazos(ajustes.base_datos_url)
    typer.echo(f"Esquema en {cabeza_del_codigo()}.")


@comandos.command()
def web(
    puerto: Annotated[int | None, typer.Option(min=1, max=65535)] = None,
    anfitrion: Annotated[str, typer.Option(help="Dirección donde escucha.")] = "127.0.0.1",
    datos: Datos = None,
) -> None:
    """Solo el servicio web."""
    ajustes = conectar_sin_dueno(datos)
    from plataforma.servir import servir

    servir("plataforma.web:app", anfitrion=anfitrion, puerto=puerto or ajustes.puerto)


@comandos.command()
def worker(
    concurrencia: Annotated[int, typer.Option(min=1, help="Tareas a la vez.")] = 2, datos: Datos = None
) -> None:
    """Solo un trabajador de Celery: entrega eventos y hace el trabajo periódico."""
    conectar_sin_dueno(datos)
    from plataforma.celery_app import celery

    celery.worker_main(["worker", "--loglevel=WARNING", f"--concurrency={concurrencia}"])


@comandos.command()
def beat(datos: Datos = None) -> None:
    """Solo el reloj del trabajo periódico."""
    ajustes = conectar_sin_dueno(datos)
    from plataforma.celery_app import celery

    programa = ajustes.datos / "agenda" / "programa"
    programa.parent.mkdir(parents=True, exist_ok=True)
    celery.start(["beat", "--loglevel=WARNING", "--schedule", str(programa), "--pidfile="])


@comandos.command()
def demo(datos: Datos = None) -> None:
    """Crea los datos de demostración (una sola vez: repetirlo no duplica nada)."""
    ajustes = conectar(datos)
    if not ajustes.es_demostracion:
        raise ErrorDeArranque("Los datos de demostración no existen en modo produccion.")
    from demostracion import PERSONAS
    from demostracion.capitulos import sembrar_todo
    from plataforma.habitaciones import modulos

    modulos("manejadores")
    modulos("obligaciones")
    sembrar_todo()
    personas = [{"clave": p.clave, "nombre": p.nombre_completo, "papel": p.papel} for p in PERSONAS.values()]
    entorno.escribir_privado(ajustes.datos / "demostracion.json", {"personas": personas})
    typer.echo("Datos de demostración listos.")


@comandos.command()
def token(
    persona: Annotated[str, typer.Argument(help="ana, tejidos, alcaldia, correos, nueva…")],
    datos: Datos = None,
) -> None:
    """Imprime un token para llamar a la API como una persona de demostración."""
    ajustes = conectar(datos)
    if not ajustes.es_demostracion:
        raise ErrorDeArranque("«qhatu token» solo existe en modo demostracion.")
    from demostracion import token_de
    from nucleo.bd import transaccion
    from nucleo.errores import ErrorDominio

    try:
        with transaccion() as sesion:
            emitido = token_de(sesion, persona)
    except ErrorDominio as error:
        raise ErrorDeArranque(str(error)) from None
    typer.echo(emitido)


@comandos.command()
def verify(
    que: Annotated[
        str,
        typer.Argument(
            help="Una de las partes («libro», «cierres», «registro», «constancia»…), «todo» o «comprobante»."
        ),
    ] = "todo",
    archivo: Annotated[
        Path | None,
        typer.Argument(help="Con «comprobante» o «constancia»: la prueba que se guardó."),
    ] = None,
    raiz: Annotated[
        str | None, typer.Option(help="Con «comprobante»: la raíz que se publicó para ese día.")
    ] = None,
    clave: Annotated[
        str | None, typer.Option(help="Con «constancia» y un archivo: la clave que se publicó.")
    ] = None,
    datos: Datos = None,
) -> None:
    """Comprueba que lo guardado cumple lo que debe cumplir siempre; termina con 1 si algo falla.

    «verify comprobante prueba.json» y «verify constancia prueba.json» no necesitan la plataforma ni la red:
    cualquiera los corre en su máquina.
    """
    que = {"ledger": "libro"}.get(que, que)
    if que == "comprobante":
        _verificar_comprobante(archivo, raiz)
        return
    if que == "constancia" and archivo is not None:
        _verificar_constancia(archivo, clave)
        return
    conectar(datos)
    from nucleo.verificar import partes, verificar
    from plataforma.habitaciones import modulos

    modulos("verificar")
    if que not in (*partes(), "todo"):
        raise ErrorDeArranque(f"No sé verificar «{que}»: use {', '.join(partes())}, todo o comprobante.")
    fallo = False
    for nombre in partes() if que == "todo" else [que]:
        faltas = verificar(nombre)
        fallo = fallo or bool(faltas)
        for falta in faltas:
            typer.echo(f"✗ {nombre}: {falta}")
        if not faltas:
            typer.echo(f"✓ {nombre}: todo cuadra.")
    if fallo:
        raise typer.Exit(1)


def _leer_prueba(archivo: Path) -> Any:
    import json

    try:
        return json.loads(archivo.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ErrorDeArranque(f"No se pudo leer {archivo}: {error}") from None


def _decir_fallas(fallas: list[str]) -> None:
    for falla in fallas:
        typer.echo(f"✗ {falla}")
    if fallas:
        raise typer.Exit(1)


def _verificar_constancia(archivo: Path, clave: str | None) -> None:
    # Each room says what the proofs of its leaves show, and the fair how its own are checked.
    import feria_inversa.pruebas  # noqa: F401
    import pagos.supervision  # noqa: F401
    from constancia import comprobar_constancia, decir_constancia

    prueba = _leer_prueba(archivo)
    _decir_fallas(comprobar_constancia(prueba, clave))
    dicho = decir_constancia(prueba)
    for n, linea in enumerate(dicho.lineas):
        typer.echo(f"{' ' if n else '✓'} {linea}")
    cabeza = prueba["cabeza"]
    for hoja in prueba.get("hojas", [prueba]):
        typer.echo(
            f"  está en el registro público: es la hoja {hoja['indice'] + 1} de las {cabeza['tamano']} "
            f"firmadas el {cabeza['instante']} con la clave {cabeza['clave']}."
        )
    typer.echo(f"  {dicho.frases.prueba}\n  {dicho.frases.no_prueba}")
    if clave is None:
        typer.echo("  Compare esa clave con las publicadas en /constancia, o désela con --clave.")


def _verificar_comprobante(archivo: Path | None, raiz: str | None) -> None:
    from pagos.supervision import comprobar_prueba

    if archivo is None:
        raise ErrorDeArranque("Diga qué archivo: qhatu verify comprobante qhatu-prueba-123.json")
    prueba = _leer_prueba(archivo)
    _decir_fallas(comprobar_prueba(prueba, raiz))
    cierre = prueba["cierre"]
    typer.echo(f"✓ La transferencia está en el cierre del {cierre['dia']}, raíz {cierre['raiz']}.")
    if raiz is None:
        typer.echo("  Compare esa raíz con la publicada en /cierres, o désela con --raiz.")


def app() -> None:
    """Entry point: an expected failure is one line on stderr and exit code 1, never a traceback."""
    os.umask(0o077)  # what the platform writes is for its own eyes, whoever started it
    for salida in (sys.stdout, sys.stderr):
        if isinstance(salida, io.TextIOWrapper):
            salida.reconfigure(errors="replace")  # a terminal that has no ✓
    try:
        comandos()
    except ErrorDeArranque as error:
        _terminar(str(error))
    except Exception as error:
        if type(error).__name__ != "OperationalError":  # of SQLAlchemy, not imported to learn its name
            raise
        motivo = " ".join(str(error).split("(Background")[0].split())[:300]
        _terminar(f"No se puede usar la base de datos: {motivo}")


def _terminar(motivo: str) -> None:
    print(f"qhatu: {motivo}", file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    app()
