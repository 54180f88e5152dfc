"""Programs connected to units: a municipality's counter, and a postal operator's reader that was given up."""

from collections.abc import Iterator
from datetime import timedelta

from sqlmodel import Session

from demostracion.elenco import actor, id_de_unidad
from demostracion.relato import Epoca, Paso, a_las, capitulo
from empresa_digital.registro.clientes import conectar, desconectar
from nucleo.ids import id_demo

LECTOR = id_demo("programa:lector")


@capitulo("empresa_digital.registro.clientes")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    yield Paso(a_las(epoca.desde + timedelta(days=70), 10.5), "lector", _conectar_lector)
    yield Paso(a_las(epoca.desde + timedelta(days=118), 9.4), "ventanilla", _conectar_ventanilla)
    yield Paso(a_las(epoca.desde + timedelta(days=214), 17.2), "lector: fin", _desconectar_lector)


def _conectar_ventanilla(sesion: Session) -> None:
    conectar(
        sesion,
        actor(sesion, "alcaldia"),
        id_de_unidad("alcaldia"),
        nombre="Sistema de ventanilla",
        alcances=["cobros"],
        cliente_id=id_demo("programa:ventanilla"),
    )


def _conectar_lector(sesion: Session) -> None:
    unidad = id_de_unidad("correos")
    conectar(
        sesion,
        actor(sesion, "correos"),
        unidad,
        nombre="Lector de andén",
        alcances=["envios"],
        cliente_id=LECTOR,
    )


def _desconectar_lector(sesion: Session) -> None:
    motivo = "Se cambió de lectores."
    desconectar(sesion, actor(sesion, "correos"), id_de_unidad("correos"), LECTOR, motivo)
