"""Programs connected to a unit (machine clients): who connects them, and what they may do for it."""

from empresa_digital.registro.clientes.programas import (
    conectar,
    conectar_con,
    desconectar,
    desconectar_con,
    programas_de,
    rotar,
    rotar_con,
    unidad_que_actua,
)

__all__ = [
    "conectar",
    "conectar_con",
    "desconectar",
    "desconectar_con",
    "programas_de",
    "rotar",
    "rotar_con",
    "unidad_que_actua",
]
