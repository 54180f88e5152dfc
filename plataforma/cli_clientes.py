"""`qhatu cliente`: the programs of a unit, for who operates the platform.

The operator acts as the system, not for a person: the audit trail says so, and the unit is told each time.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

import typer

from plataforma.conexion import Datos, conectar
from plataforma.servidores import ErrorDeArranque

clientes = typer.Typer(
    name="cliente",
    help="Programas conectados a una unidad económica (clientes de OAuth 2).",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Unidad = Annotated[str, typer.Argument(help="Número de la unidad, por ejemplo UE-0000001-3.")]
Cliente = Annotated[UUID, typer.Argument(help="Identificador del programa; «qhatu cliente listar» los dice.")]


@clientes.command()
def listar(unidad: Unidad, datos: Datos = None) -> None:
    """Los programas de una unidad: qué pueden, cuándo se usaron y cuándo vence su secreto."""
    conectar(datos)
    from ciudadania import clientes_de

    for c in _hacer(unidad, lambda sesion, quien: clientes_de(sesion, quien.unidad_id)):
        uso = f"usado {c.usado_en:%Y-%m-%d %H:%M}" if c.usado_en else "sin uso"
        fin = f"{'desconectado' if c.revocado_en else 'vence'} {c.revocado_en or c.secreto_vence_en:%Y-%m-%d}"
        typer.echo(f"{c.id}  {c.nombre}  [{' '.join(c.alcances)}]  …{c.pista}  {uso}  {fin}")


@clientes.command()
def crear(
    unidad: Unidad,
    nombre: Annotated[str, typer.Argument(help="Cómo se llama, por ejemplo «Sistema de ventas».")],
    alcance: Annotated[
        list[str], typer.Option(help="Qué podrá hacer; se repite: --alcance productos --alcance pedidos.")
    ],
    dias: Annotated[int, typer.Option(min=1, max=365, help="Días que vale el secreto.")] = 365,
    datos: Datos = None,
) -> None:
    """Conecta un programa e imprime su identificador y su secreto, que no se vuelve a mostrar."""
    conectar(datos)
    from empresa_digital.registro.clientes import conectar_con

    _decir_secreto(
        *_hacer(
            unidad,
            lambda sesion, quien: conectar_con(sesion, quien, nombre=nombre, alcances=alcance, dias=dias),
        )
    )


@clientes.command()
def rotar(
    unidad: Unidad,
    cliente: Cliente,
    horas: Annotated[
        int, typer.Option(min=0, max=168, help="Horas que el anterior todavía vale; 0: ninguna.")
    ] = 24,
    dias: Annotated[int, typer.Option(min=1, max=365, help="Días que vale el secreto nuevo.")] = 365,
    datos: Datos = None,
) -> None:
    """Da al programa un secreto nuevo."""
    conectar(datos)
    from empresa_digital.registro.clientes import rotar_con

    traslape = timedelta(hours=horas)
    _decir_secreto(
        *_hacer(
            unidad,
            lambda sesion, quien: rotar_con(sesion, quien, cliente, pista=None, traslape=traslape, dias=dias),
        )
    )


@clientes.command()
def revocar(
    unidad: Unidad,
    cliente: Cliente,
    motivo: Annotated[str, typer.Option(help="Por qué; la unidad lo lee.")],
    datos: Datos = None,
) -> None:
    """Desconecta un programa para siempre: sus secretos y sus tokens dejan de valer."""
    conectar(datos)
    from empresa_digital.registro.clientes import desconectar_con

    hecho = _hacer(unidad, lambda sesion, quien: desconectar_con(sesion, quien, cliente, motivo))
    typer.echo(f"Desconectado: {hecho.nombre}.")


def _hacer(unidad: str, acto: Callable[[Any, Any], Any]) -> Any:
    """Run it in one transaction, as the operator and for that unit; a refusal is one line."""
    from empresa_digital.registro import unidad_por_numero
    from nucleo.actor import Actor, Autorizacion
    from nucleo.bd import transaccion
    from nucleo.errores import ErrorDominio

    try:
        with transaccion() as sesion:
            suya = unidad_por_numero(sesion, unidad)
            return acto(sesion, Autorizacion(Actor.sistema("quien opera la plataforma"), unidad_id=suya.id))
    except ErrorDominio as error:
        campos = "; ".join((error.campos or {}).values())
        raise ErrorDeArranque(campos or error.detalle) from None


def _decir_secreto(cliente: Any, secreto: str) -> None:
    """On the output what a script takes; what a person should know, beside it."""
    typer.echo(f"client_id={cliente.id}")
    typer.echo(f"client_secret={secreto}")
    typer.echo(f"El secreto no se vuelve a mostrar; vence el {cliente.secreto_vence_en:%Y-%m-%d}.", err=True)
