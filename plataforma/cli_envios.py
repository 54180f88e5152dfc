"""`qhatu simular-envio`: an item lives a story; `qhatu mensajeria`: the second operator's system runs."""

import json
import time
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from plataforma import entorno
from plataforma.conexion import Datos, conectar
from plataforma.servidores import ErrorDeArranque


def simular_envio(
    numero: Annotated[str, typer.Argument(help="Número del envío, por ejemplo PQ000000015BO.")],
    historia: Annotated[
        str,
        typer.Option(help="entrega, agencia, devolucion, perdida, danio, traspaso, sin_red, corregida…"),
    ] = "entrega",
    hasta: Annotated[str, typer.Option(help="Código del suceso en que se detiene, o «fin».")] = "fin",
    otro_operador: Annotated[
        str | None, typer.Option(help="Número de la unidad que lo recibe, en «traspaso».")
    ] = None,
    datos: Datos = None,
) -> None:
    """Lleva un envío por una historia: entrega, pérdida, traspaso, lote sin red… Solo en demostración."""
    ajustes = conectar(datos)
    if not ajustes.es_demostracion:
        raise ErrorDeArranque("«qhatu simular-envio» solo existe en modo demostracion.")
    from empresa_digital.registro import unidad_por_numero
    from envios import HISTORIAS, avanzar_demo, envio_por_numero
    from nucleo.bd import transaccion
    from nucleo.errores import ErrorDominio
    from plataforma.habitaciones import modulos

    modulos("manejadores")
    if historia not in HISTORIAS:
        raise ErrorDeArranque(f"No hay una historia «{historia}»: hay {', '.join(HISTORIAS)}.")
    try:
        with transaccion() as sesion:
            envio_id = envio_por_numero(sesion, numero).id
            otro = unidad_por_numero(sesion, otro_operador).id if otro_operador else None
            avanzar_demo(sesion, envio_id, hasta, historia=historia, otro_operador_id=otro)
            estado = envio_por_numero(sesion, numero).estado
    except (ErrorDominio, ValueError) as error:
        raise ErrorDeArranque(str(error)) from None
    typer.echo(f"{numero}: {estado.texto}")


def mensajeria(
    falla: Annotated[
        str | None, typer.Option(help="Cómo falla: doble, tarde, firma_mala… o «ninguna».")
    ] = None,
    vueltas: Annotated[int, typer.Option(min=1, max=100_000, help="Cuántas vueltas da.")] = 1,
    cada_s: Annotated[float, typer.Option(min=0, max=3600, help="Segundos entre una y otra.")] = 10,
    datos: Datos = None,
) -> None:
    """El sistema del segundo operador de demostración: lleva lo que le anuncian y lo cuenta, con fallas."""
    ajustes = conectar(datos)
    if not ajustes.es_demostracion:
        raise ErrorDeArranque("«qhatu mensajeria» solo existe en modo demostracion.")
    from demostracion.mensajeria import OPERADOR_ID, Falla, Mensajeria, por_http
    from nucleo.reloj import ahora

    if falla is not None and falla != "ninguna" and falla not in set(Falla):
        raise ErrorDeArranque(f"No hay una falla «{falla}»: hay ninguna, {', '.join(Falla)}.")
    archivo = ajustes.datos / "mensajeria.json"
    sistema = Mensajeria.leer(archivo, str(OPERADOR_ID))
    if falla is not None:
        sistema.falla = None if falla == "ninguna" else Falla(falla)
    cliente_id, secreto = _programa(ajustes.datos / "mensajeria_programa.json", OPERADOR_ID)
    with por_http(ajustes.url_publica, cliente_id, secreto) as (enviar, pedir_token):
        for n in range(vueltas):
            time.sleep(cada_s if n else 0)
            contados = sistema.vuelta(enviar, pedir_token(), ahora())
            sistema.guardar(archivo)
            tiene = f"{len(sistema.tomados)} paquetes, {len(sistema.salida)} mensajes por enviar"
            typer.echo(f"{tiene}; {contados} contestados.")


def _programa(archivo: Path, unidad_id: UUID) -> tuple[str, str]:
    """Its id and secret, connected to its unit the first time."""
    if archivo.exists():
        guardado = json.loads(archivo.read_text("utf-8"))
        return guardado["client_id"], guardado["client_secret"]
    from empresa_digital.registro.clientes import conectar_con
    from nucleo.actor import Actor, Autorizacion
    from nucleo.bd import transaccion

    quien = Autorizacion(Actor.sistema("quien opera la plataforma"), unidad_id=unidad_id)
    with transaccion() as sesion:
        cliente, secreto = conectar_con(sesion, quien, nombre="Sistema de mensajería", alcances=["envios"])
    entorno.escribir_privado(archivo, {"client_id": str(cliente.id), "client_secret": secreto})
    return str(cliente.id), secreto
