"""JSON routes of the programs of a unit.

No `Idempotency-Key` where a secret is given: the stored answer would keep it.
"""

from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

from fastapi import APIRouter
from sqlmodel import Session

from ciudadania import ActorRequerido, Cliente
from empresa_digital.registro.clientes import programas
from empresa_digital.registro.clientes.esquemas import (
    ClienteConSecreto,
    ClienteNuevo,
    ClienteSalida,
    Desconexion,
    Rotacion,
)
from empresa_digital.registro.mandatos import unidad_visible
from empresa_digital.registro.unidades import Numero
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.paginacion import Pagina

router = APIRouter(prefix="/api/v1/unidades-economicas/{numero}/clientes", tags=["registro"])


def _unidad(sesion: Session, actor: Actor, numero: str) -> UUID:
    return unidad_visible(sesion, actor, numero)[0].id


def _salida(cliente: Cliente) -> ClienteSalida:
    return ClienteSalida(**asdict(cliente))


@router.get("", responses=respuestas(404))
def listar_clientes(numero: Numero, sesion: Sesion, actor: ActorRequerido) -> Pagina[ClienteSalida]:
    """Los programas de la unidad: primero los conectados."""
    unidad_id = _unidad(sesion, actor, numero)
    return Pagina(datos=[_salida(c) for c in programas.programas_de(sesion, actor, unidad_id)])


@router.post("", status_code=201, responses=respuestas(404, 409))
def conectar_cliente(
    numero: Numero, datos: ClienteNuevo, sesion: Sesion, actor: ActorRequerido
) -> ClienteConSecreto:
    """Conecta un programa; la respuesta trae el secreto con que pide tokens en `/oauth/token`."""
    unidad_id = _unidad(sesion, actor, numero)
    cliente, secreto = programas.conectar(
        sesion, actor, unidad_id, nombre=datos.nombre, alcances=datos.alcances, dias=datos.dias
    )
    return ClienteConSecreto(**asdict(cliente), secreto=secreto)


@router.post("/{cliente_id}/rotacion", responses=respuestas(404, 409))
def rotar_cliente(
    numero: Numero, cliente_id: UUID, datos: Rotacion, sesion: Sesion, actor: ActorRequerido
) -> ClienteConSecreto:
    """Da al programa un secreto nuevo; el anterior vale unas horas más, o ninguna si alguien lo conoció."""
    cliente, secreto = programas.rotar(
        sesion,
        actor,
        _unidad(sesion, actor, numero),
        cliente_id,
        pista=datos.pista,
        traslape=timedelta(hours=datos.traslape_horas),
        dias=datos.dias,
    )
    return ClienteConSecreto(**asdict(cliente), secreto=secreto)


@router.post("/{cliente_id}/revocacion", responses=respuestas(404, 409))
def desconectar_cliente(
    numero: Numero, cliente_id: UUID, datos: Desconexion, sesion: Sesion, actor: ActorRequerido
) -> ClienteSalida:
    """Desconecta un programa para siempre: sus secretos y sus tokens dejan de valer en ese momento."""
    unidad_id = _unidad(sesion, actor, numero)
    return _salida(programas.desconectar(sesion, actor, unidad_id, cliente_id, datos.motivo))
